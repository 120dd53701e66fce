/**
 * End-to-end cases as data. A `.case` file begins with what it is about; then each case is
 *
 *     == what it shows
 *     $ lotbook lots --json          the command line, quoted as for a shell
 *     % terminal 60                  optional: on a terminal of 60 columns
 *     % env NO_COLOR=1               optional, repeatable
 *     % stdin test/registers/a.yaml  optional: what standard input reads
 *     % redirected test/a.yaml     optional, instead: standard input is this file
 *     % rule T4-child                optional, instead: standard input reads the reproducer of this rule
 *     the exact standard output
 *     --- stderr                     left out when standard error is silent
 *     the exact standard error
 *     --- exit 2                     left out when the exit code is 0
 *
 * and one empty line before the next. Control characters are written as their pictures (␛ for escape), others that
 * act on a terminal as {U+202E}. `UPDATE_CASES=1 npx vitest run --config test/vitest.config.ts test/cases.test.ts` rewrites what is expected;
 * read the difference before believing it.
 */
export interface Case {
  readonly name: string;
  readonly command: string;
  readonly terminal: number | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  /** A file that standard input is redirected from. */
  readonly redirected?: string | undefined;
  readonly rule: string | undefined;
  readonly expected: Outcome;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface CaseFile {
  readonly about: string;
  readonly cases: readonly Case[];
}

const ACTING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text as a case file writes it. */
const visible = (text: string): string =>
  text.replace(ACTING, (char) => {
    const code = char.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return `{U+${code.toString(16).toUpperCase().padStart(4, "0")}}`;
  });

/** An outcome as a case file can hold it. */
export const visibleOutcome = ({ stdout, stderr, exitCode }: Outcome): Outcome => ({
  stdout: visible(stdout),
  stderr: visible(stderr),
  exitCode,
});

export const parseCaseFile = (text: string): CaseFile => {
  const [about = "", ...rest] = text.split(/^== /m);
  return { about, cases: rest.map((part, index) => parseCase(part, index === rest.length - 1)) };
};

const parseCase = (part: string, last: boolean): Case => {
  // An empty line stands between cases; it is no part of what is expected.
  const lines = (last ? part : part.replace(/\n$/, "")).split("\n").slice(0, -1);
  const [name = "", command = "", ...body] = lines;
  if (!command.startsWith("$ lotbook")) throw new Error(`case "${name}" has no "$ lotbook" line`);
  const settings = body.slice(0, body.findIndex((line) => !line.startsWith("% ")) >>> 0);
  const env: Record<string, string> = {};
  let terminal: number | undefined;
  let stdin: string | undefined;
  let redirected: string | undefined;
  let rule: string | undefined;
  for (const setting of settings) {
    const [, key, value = ""] = /^% (\w+) (.+)$/.exec(setting) ?? [];
    if (key === "terminal") terminal = Number(value);
    else if (key === "stdin") stdin = value;
    else if (key === "redirected") redirected = value;
    else if (key === "rule") rule = value;
    else if (key === "env") env[value.split("=")[0] ?? ""] = value.slice(value.indexOf("=") + 1);
    else throw new Error(`case "${name}" has the unknown setting "${setting}"`);
  }
  const output = body.slice(settings.length);
  const exitLine = /^--- exit (\d+)$/.exec(output.at(-1) ?? "");
  if (exitLine !== null) output.pop();
  const border = output.indexOf("--- stderr");
  const joined = (part: readonly string[]) => part.map((line) => `${line}\n`).join("");
  return {
    name,
    command: command.slice("$ lotbook".length).trim(),
    terminal,
    env,
    stdin,
    redirected,
    rule,
    expected: {
      stdout: joined(border === -1 ? output : output.slice(0, border)),
      stderr: joined(border === -1 ? [] : output.slice(border + 1)),
      exitCode: Number(exitLine?.[1] ?? 0),
    },
  };
};

export const printCaseFile = ({ about, cases }: CaseFile): string => about + cases.map(printCase).join("\n");

const printCase = ({ name, command, terminal, env, stdin, redirected, rule, expected }: Case): string => {
  const { stdout, stderr, exitCode } = expected;
  for (const text of [stdout, stderr]) {
    if (text !== "" && !text.endsWith("\n")) throw new Error(`case "${name}": the output ends within a line`);
    if (/^(?:== |--- (?:stderr$|exit )|% )/m.test(text))
      throw new Error(`case "${name}": the output looks like a case`);
  }
  return [
    `== ${name}\n$ lotbook ${command}`.trimEnd(),
    "\n",
    terminal === undefined ? "" : `% terminal ${terminal}\n`,
    ...Object.entries(env).map(([key, value]) => `% env ${key}=${value}\n`),
    stdin === undefined ? "" : `% stdin ${stdin}\n`,
    redirected === undefined ? "" : `% redirected ${redirected}\n`,
    rule === undefined ? "" : `% rule ${rule}\n`,
    stdout,
    stderr === "" ? "" : `--- stderr\n${stderr}`,
    exitCode === 0 ? "" : `--- exit ${exitCode}\n`,
  ].join("");
};

/** Splits a command line as a shell would, without expanding anything. */
export const splitWords = (command: string): string[] =>
  [...command.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
