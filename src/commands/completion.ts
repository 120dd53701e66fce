import { UsageError } from "../model/errors.ts";
import { didYouMean, nearest } from "../model/nearest.ts";
import type { CommandBody } from "./command.ts";

/**
 * The scripts that make a shell ask for completions. Each asks `lotbook __complete` with what has been typed, and only
 * ever inserts the answer, quoted. None of it is evaluated, because it may come from anybody's data.
 */
const SCRIPTS: ReadonlyMap<string, string> = new Map([
  [
    "bash",
    `# Completion of lotbook for bash. In ~/.bashrc: eval "$(lotbook completion bash)"
_lotbook() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(lotbook __complete bash "$COMP_WORDBREAKS" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)
}
complete -o default -o nospace -F _lotbook lotbook
`,
  ],
  [
    "zsh",
    `#compdef lotbook
# Completion of lotbook for zsh. In ~/.zshrc, after compinit: source <(lotbook completion zsh)
_lotbook() {
  local line value says
  local -a whole wholeShown begun begunShown
  for line in "\${(@f)$(lotbook __complete zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}"; do
    [[ -n $line ]] || continue
    value=\${line%%$'\\t'*} says=\${line#*$'\\t'}
    [[ -n $says ]] && says="$value  -- $says" || says=$value
    if [[ $value == *[:=/] ]]; then
      begun+=("$value") begunShown+=("$says")
    else
      whole+=("$value") wholeShown+=("$says")
    fi
  done
  (( $#whole + $#begun )) || { _files; return }
  (( $#whole )) && compadd -U -l -d wholeShown -a -- whole
  (( $#begun )) && compadd -U -S '' -l -d begunShown -a -- begun
}
if [[ $funcstack[1] == _lotbook ]]; then _lotbook "$@"; else compdef _lotbook lotbook; fi
`,
  ],
  [
    "fish",
    `# Completion of lotbook for fish. Save it as ~/.config/fish/completions/lotbook.fish
function __lotbook_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l plain (string unescape -- "$current"); or set plain (string replace -ra '[\\'"]' '' -- "$current")
    set -l found (command lotbook __complete fish $words "$plain" 2>/dev/null </dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c lotbook -f -a '(__lotbook_complete)'
`,
  ],
  [
    "powershell",
    `# Completion of lotbook for PowerShell. In $PROFILE: lotbook completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName lotbook -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
  $current = $wordToComplete.Trim("'", '"')
  $words = @($before) + @("=$current")
  # Programs are read in the console's code page, which is seldom UTF-8. A host without a console has none to set.
  $encoding = $null
  try {
    try {
      $encoding = [Console]::OutputEncoding
      [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
    } catch { }
    lotbook __complete powershell @words 2>$null | ForEach-Object {
      $insert, $list, $says = $_ -split "\`t", 3
      if (-not $says) { $says = $list }
      [System.Management.Automation.CompletionResult]::new($insert, $list, 'ParameterValue', $says)
    }
  } finally {
    try { if ($encoding) { [Console]::OutputEncoding = $encoding } } catch { }
  }
}
`,
  ],
]);

export const completionCommand: CommandBody = {
  argument: {
    name: "[shell]",
    description: `a script for ${[...SCRIPTS.keys()].join(", ")}, whose first lines say where to put it`,
    offers: [...SCRIPTS.keys()],
  },
  words: "names",
  takes: [],
  selects: false,
  examples: ["lotbook completion bash", "lotbook completion fish"],
  run: async (call) => {
    const [shell] = call.args;
    const script = SCRIPTS.get(shell ?? "");
    if (script === undefined) throw noScript(shell);
    call.print(script);
    return 0;
  },
};

const noScript = (shell: string | undefined): UsageError => {
  const shells = [...SCRIPTS.keys()];
  if (shell === undefined) return new UsageError("completion for which shell?", "for example: lotbook completion bash");
  const hint = didYouMean(nearest(shell, shells, 1)) ?? `there is one for ${shells.join(", ")}`;
  return new UsageError(`there is no completion for "${shell}"`, hint);
};
