/** A command line up to the cursor, without its first word, the program. */
export interface TypedLine {
  readonly before: readonly string[];
  /** The word with the cursor, up to it. */
  readonly current: string;
  /** Writes a word that may stand in place of the current one as the shell takes it; undefined where it cannot. */
  readonly write: (word: string, says: string) => string | undefined;
}

/** After these, more of the word follows. */
const goesOn = (word: string): boolean => /[:=/]$/.test(word);

/** What has been typed, by what the script of a shell hands over; undefined for a shell that has none. */
export const typedLine = (shell: string, args: readonly string[]): TypedLine | undefined => {
  const [before, current = ""] = [args.slice(0, -1), args.at(-1)];
  switch (shell) {
    case "bash":
      return typedInBash(args[0] ?? "", args[1] ?? "");
    case "zsh":
    case "fish":
      return { before, current, write: (word, says) => `${word}\t${says}` };
    case "powershell": {
      // It drops empty words: the current one comes behind a sign.
      return { before, current: current.replace(/^=/, ""), write: (word, says) => inPowerShell(word, says) };
    }
    default:
      return undefined;
  }
};

const inPowerShell = (word: string, says: string): string => {
  const plain = /^[\w./:=-]+$/.test(word);
  return [plain ? word : `'${word.replaceAll(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`, word, says].join("\t");
};

/**
 * Bash hands over the line as it stands, and takes apart at more places than spaces (`breaks`): only what stands behind the
 * last of them is replaced.
 */
const typedInBash = (breaks: string, line: string): TypedLine => {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  let kept = 0;
  for (let at = 0; at < line.length; at++) {
    let char = line.charAt(at);
    if (quote === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      [word, kept] = [undefined, 0];
      continue;
    }
    word ??= "";
    if (char === quote || (quote === "" && /['"]/.test(char))) {
      quote = char === quote ? "" : char;
      kept = word.length;
      continue;
    }
    const escapes = char === "\\" && (quote === "" || (quote === '"' && /["$`\\]/.test(line.charAt(at + 1))));
    if (escapes) char = line.charAt(++at);
    word += char;
    if (!escapes && quote === "" && breaks.includes(char)) kept = word.length;
  }
  const start = words.findIndex((one) => !/^\w+=/.test(one));
  const current = word ?? "";
  return {
    before: start < 0 ? [] : words.slice(start + 1),
    current,
    write: (candidate) => {
      if (!candidate.startsWith(current.slice(0, kept))) return undefined;
      return inBash(candidate.slice(kept), quote, goesOn(candidate));
    },
  };
};

/** A word as bash takes it within a quote or none; it ends a whole word with a space, unless the quote has to be closed. */
const inBash = (word: string, quote: string, isBegun: boolean): string | undefined => {
  if (quote === "'") return word.replaceAll("'", "'\\''");
  // Between double quotes nothing keeps it from the history.
  if (quote === '"') return word.includes("!") ? undefined : word.replaceAll(/["$`\\]/g, "\\$&");
  const escaped = word.replaceAll(/[^\w./:=@%+,\u0080-\uffff-]/g, "\\$&");
  return isBegun ? escaped : `${escaped} `;
};
