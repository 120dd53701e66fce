import { existsSync } from "node:fs";
import { CONVERSIONS, type Command } from "../commands/command.ts";
import { namesData } from "../inputs/data-words.ts";
import { UsageError } from "../model/errors.ts";
import { didYouMean, nearest } from "../model/nearest.ts";
import { FORMAT_NAMES } from "../output/formats.ts";
import { queryFieldNamed } from "../query/fields.ts";
import { GLOBAL_OPTIONS, type OptionSpec, SELECTION_OPTIONS } from "./options.ts";

export const takesValue = (flags: string): boolean => flags.includes("<");

/** `-d` and `--data` of `-d, --data <path>`. */
export const spellingsOf = (flags: string): readonly string[] =>
  flags.split(/[ ,]+/).filter((part) => part.startsWith("-"));

const optionNamesWithValue = (specs: readonly OptionSpec[]): ReadonlySet<string> =>
  new Set(specs.filter(({ flags }) => takesValue(flags)).flatMap(({ flags }) => spellingsOf(flags)));

/** The words that are neither options nor values of options: the command, and what it is asked. */
export const wordsOf = (argv: readonly string[]): readonly string[] => {
  const names = optionNamesWithValue([...GLOBAL_OPTIONS, ...SELECTION_OPTIONS]);
  const end = argv.indexOf("--");
  const before = argv.slice(0, end < 0 ? undefined : end);
  const after = end < 0 ? [] : argv.slice(end + 1);
  return [...before.filter((word, index) => !word.startsWith("-") && !names.has(before[index - 1] ?? "")), ...after];
};

/** Command line words never hold this character. */
const CLAUSE_MARK = "\0";

export const unmarkClause = (word: string): string => (word.startsWith(CLAUSE_MARK) ? word.slice(1) : word);

/**
 * What may follow `-f`, `-d` or `-o` without a space: a format, or what looks like a path. Anything else makes it a
 * word: `-fleet`.
 */
const ATTACHED: ReadonlyMap<string, RegExp> = new Map([
  ["-f", new RegExp(`^(${[...new Set([...FORMAT_NAMES, ...CONVERSIONS])].join("|")})$|[./\\\\]`)],
  ["-d", /[./\\]|^-$|^(?:git|builtin):/],
  ["-o", /[./\\]|^-$/],
]);

/** Throws UsageError for `-json`, which is hardly meant as a word to leave out. */
const refuseSingleHyphen = (word: string): void => {
  const name = /^-([a-z][a-z-]+)$/.exec(word)?.[1];
  if (name === undefined || !optionNames([...GLOBAL_OPTIONS, ...SELECTION_OPTIONS]).includes(name)) return;
  const hint = `did you mean --${name}? To leave out the word, write NOT ${name}`;
  throw new UsageError(`${word} is not an option`, hint);
};

/**
 * Throws UsageError for `-dcontracts` if there is a `contracts` to read: leaving out what has "dcontracts" in it is
 * hardly meant.
 */
const refuseAttachedFolder = (word: string): void => {
  const path = word.slice("-d".length);
  if (!word.startsWith("-d") || /[./\\:]/.test(path) || !existsSync(path)) return;
  const hint = `to read ${path}, put a space: -d ${path}; to leave out the word, write NOT d${path}`;
  throw new UsageError(`${word} would leave out what has "d${path}" in it`, hint);
};

/** Whether a word is a clause of a query and not the value of an option: `used:80..` or `-is:shared`. */
const isClause = (word: string): boolean => {
  const field = /^-?([A-Za-z]+)(?:[:=<>]|!=)/.exec(word)?.[1];
  return field !== undefined && queryFieldNamed(field) !== undefined;
};

/** Whether a word with a leading hyphen is part of a query, not an option; a single letter would be an option. */
const isNegatedClause = (word: string): boolean => {
  if (!/^-[^-]./.test(word)) return false;
  if (isClause(word)) return true;
  refuseSingleHyphen(word);
  refuseAttachedFolder(word);
  const attached = ATTACHED.get(word.slice(0, 2));
  return attached === undefined || !attached.test(word.slice(2));
};

/** Options that are written in a short way, spelled out: `--json=lot,title` is `--json --fields lot,title`. */
export const spellOut = (argv: readonly string[], command: Command): string[] => {
  const end = argv.indexOf("--");
  const columns = [...(command.columns ?? []), ...Object.values(command.variants ?? {}).flat()].map(({ name }) => name);
  return argv.flatMap((word, index) => {
    if (end >= 0 && index > end) return [word];
    const [, short, value] = /^(-[dfo])=(.+)$/.exec(word) ?? [];
    if (short !== undefined && value !== undefined) return [short, value];
    if (word.startsWith("--json=")) return ["--json", "--fields", word.slice("--json=".length)];
    if (argv[index - 1] === "--json" && word.split(",").every((name) => columns.includes(name)))
      throw new UsageError(
        `"${word}" after --json is read as a query`,
        `fields go after an equals sign: --json=${word}`,
      );
    return [word];
  });
};

/** Marks the negated clauses of a query, which the parser would take for options; values of options stay as they are. */
export const markClauses = (argv: readonly string[], specs: readonly OptionSpec[]): string[] => {
  const withValue = optionNamesWithValue(specs);
  return argv.map((word, index) =>
    isNegatedClause(word) && !withValue.has(argv[index - 1] ?? "") ? CLAUSE_MARK + word : word,
  );
};

/** Moves an option whose value may be left out behind all words, if data or a clause follow it instead of a value. */
export const freeOptions = (argv: readonly string[], specs: readonly OptionSpec[], platform: string): string[] => {
  const optional = new Set(optionNames(specs.filter(({ flags }) => flags.includes("["))).map((name) => `--${name}`));
  const isNoValue = (word: string) => isClause(word) || namesData(word, platform) !== undefined;
  const isFree = (word: string, index: number): boolean => optional.has(word) && isNoValue(argv[index + 1] ?? "");
  const end = argv.indexOf("--");
  const before = argv.slice(0, end < 0 ? undefined : end);
  const free = before.filter(isFree);
  return [...before.filter((word, index) => !isFree(word, index)), ...free, ...(end < 0 ? [] : argv.slice(end))];
};

/** What other programs call options, and what to write here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["--columns", "--fields lot,title"],
  ["--select", "--fields lot,title"],
  ["--order-by", "--sort -ceiling"],
  ["--group-by", "total --by supplier"],
  ["--top", "--limit 10"],
  ["--head", "--limit 10"],
  ["-n", "--limit 10"],
  ["--file", "--data contracts.yaml"],
  ["--input", "--data contracts.yaml"],
  ["-i", "--data contracts.yaml"],
  ["--filter", "a query: service:paas"],
  ["--where", "a query: service:paas"],
  ["--query", "a query: service:paas"],
  ["--date", "--at 2026-03-31"],
  ["--today", "--at 2026-03-31"],
  ["--buyer", "a query: buyer:commission"],
  ["--service", "a query: service:paas"],
  ["--csv", "--format csv"],
  ["--tsv", "--format tsv"],
  ["--table", "--format table"],
  ["--markdown", "--format markdown"],
  ["--yaml", "convert --format yaml"],
  ["--ndjson", "--format ndjson"],
  ["--jsonl", "--format ndjson"],
]);

export const longName = (flags: string): string => /--([a-z-]+)/.exec(flags)?.[1] ?? flags;

export const optionNames = (specs: readonly OptionSpec[]): readonly string[] =>
  specs.map(({ flags }) => longName(flags));

/** Whether an option that all commands share has a meaning for this one. */
export const hasMeaning = ({ about }: OptionSpec, { takes }: Command): boolean =>
  about === undefined || takes === undefined || takes.includes(about);

/** The options of a command, without those that all commands have. */
export const ownOptions = ({ options = [], selects }: Command): readonly OptionSpec[] => [
  ...options,
  ...(selects ? SELECTION_OPTIONS : []),
];

/** A hint at what an option that a command does not have may mean. */
export const meantOption = (written: string, command: Command, commands: readonly Command[]): string | undefined => {
  const name = written.replace(/^-+/, "");
  const others = commands.filter((other) => optionNames(ownOptions(other)).includes(name)).map((other) => other.name);
  if (others.length > 0) return `it is an option of ${listed(others)}`;
  const elsewhere = ELSEWHERE.get(written);
  if (elsewhere !== undefined) return `write ${elsewhere}`;
  const near = written.startsWith("--") ? nearest(name, optionNames([...GLOBAL_OPTIONS, ...ownOptions(command)])) : [];
  return didYouMean(near.map((option) => `--${option}`));
};

const MOST_LISTED = 4;

const listed = (names: readonly string[]): string =>
  names.length > MOST_LISTED
    ? `${names.slice(0, MOST_LISTED).join(", ")} and others`
    : names.join(", ").replace(/, (?=[^,]+$)/, " and ");
