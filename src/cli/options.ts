import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONVERSIONS, type CommandOption, type Conversion, type OptionGroup } from "../commands/command.ts";
import type { Arrangement } from "../engine/report.ts";
import { namesData } from "../inputs/data-words.ts";
import { presentDay } from "../model/calendar.ts";
import { UsageError } from "../model/errors.ts";
import { meantBy } from "../model/nearest.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { ExcelDialect } from "../output/format.ts";
import { FORMAT_NAMES, type FormatName } from "../output/formats.ts";
import type { Query } from "../query/query.ts";
import type { Selection } from "../query/selection.ts";
import { dayAsked, isValueProblem } from "../query/values.ts";
import type { PackageIdentity } from "../writers/ocds/release-package.ts";
import { isOcidPrefix } from "../writers/ocds/values.ts";
import { COLOR_MODES, type ColorMode } from "./style.ts";

/**
 * The languages whose Excel is known. In all but English, a comma marks decimals, and so a semicolon separates fields.
 */
const LOCALES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt"] as const;

/** An option as the help shows it. The lists below are the only place where each is named. */
export interface OptionSpec extends CommandOption {
  /** Whether it may be given several times, each time adding to the list. */
  readonly repeatable?: boolean;
  /** Whether the help of each command shows it. The others stand on the page of options. */
  readonly common?: boolean;
  /** The group that it belongs to. Commands for which that group has no meaning refuse it. */
  readonly about?: OptionGroup;
}

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    common: true,
    about: "data",
    flags: "-d, --data <path>",
    description:
      "registers and notices: file, folder, archive or - for standard input (default: $LOTBOOK_DATA, else contracts.yaml or contracts/ here or above, else the register that lotbook ships, but not for check, fmt and diff)",
    repeatable: true,
    offers: "data",
  },
  {
    about: "data",
    flags: "--aliases <file>",
    description: "a register of suppliers that notices may call by any of their names and aliases",
    repeatable: true,
    offers: "data",
  },
  {
    about: "data",
    flags: "--skip-bad",
    description: "warn about what cannot be read, and leave it out: files, archives, notices, rows of ledgers",
  },
  { about: "data", flags: "--notes", description: "every note on what was assumed, not only the first of each rule" },
  {
    common: true,
    about: "day",
    flags: "--at <date>",
    description: "the day of the answer (default: $LOTBOOK_TODAY, else today)",
    offers: ["today", "+6m", "-1y"],
  },
  { about: "data", flags: "--prefer <source>", description: "the source to believe first", offers: "sources" },
  {
    common: true,
    about: "answer",
    flags: "-f, --format <name>",
    description: `how to answer: ${FORMAT_NAMES.join(", ")}`,
    offers: FORMAT_NAMES,
  },
  {
    common: true,
    about: "rows",
    flags: "--json",
    description: "short for --format json; --json=lot,title picks fields",
    offers: "columns",
  },
  {
    common: true,
    about: "rows",
    flags: "--fields <a,b,c>",
    description: "these fields, in this order",
    offers: "columns",
  },
  {
    common: true,
    about: "rows",
    flags: "--sort <a,-b>",
    description: "by a, then by b, the largest first",
    offers: "columns",
  },
  { common: true, about: "rows", flags: "--limit <n>", description: "at most n rows" },
  {
    about: "output",
    common: true,
    flags: "-o, --output <file>",
    description: "into this file, as a whole or not at all (default: standard output)",
    offers: "files",
  },
  {
    about: "rows",
    flags: "--raw",
    description: "in csv and tsv: keep texts that a spreadsheet takes for formulas as they are",
  },
  { about: "rows", flags: "--excel", description: "in csv: a mark by which Excel recognises the encoding" },
  {
    about: "rows",
    flags: "--locale <language>",
    description: "with csv --excel: separators as Excel expects them in this language",
    offers: LOCALES,
  },
  { flags: "-q, --quiet", description: "no notes: only the answer, warnings and errors" },
  { flags: "--color <when>", description: "colour", choices: COLOR_MODES },
  { flags: "--no-color", description: "short for --color never" },
  { flags: "--no-pager", description: "show long answers at once, not page by page" },
  {
    about: "rows",
    flags: "--exit-status",
    description: "exit with 1 if the answer is empty",
  },
];

export const SELECTION_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--contract <id>",
    description: "only this contract",
    repeatable: true,
    offers: "contracts",
  },
  {
    flags: "--lot <id>",
    description: "only this lot: 2, or cloud-i/2",
    repeatable: true,
    offers: "lots",
  },
  {
    flags: "--supplier <text>",
    description: "only suppliers found by id, name, alias or member",
    repeatable: true,
    offers: "suppliers",
  },
];

/** What the command line parser found, by the option's long name. */
export type ParsedOptions = ReadonlyMap<string, string | true | readonly string[]>;

export const textOption = (options: ParsedOptions, name: string): string | undefined => {
  const value = options.get(name);
  return typeof value === "string" ? value : undefined;
};

export const flagOption = (options: ParsedOptions, name: string): boolean => options.get(name) === true;

export const listOption = (options: ParsedOptions, name: string): readonly string[] => {
  const value = options.get(name);
  return typeof value === "object" ? value : [];
};

const commaSeparated = (options: ParsedOptions, name: string): readonly string[] | undefined => {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => part !== "" && part !== "-")) return parts;
  throw new UsageError(`--${name} "${text}" has an empty place in it`, "separate names by single commas: lot,title");
};

/** Formats that have an option of their own; not every command has each. */
const SHORT_FORMATS = ["json", "svg"] as const satisfies readonly FormatName[];

/** Refuses a value of an option that is not among its choices. */
export const chosen = <Choice extends string>(value: string, choices: readonly Choice[], option: string): Choice => {
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  if (option === "--format" && namesData(value, process.platform) !== undefined)
    throw new UsageError(
      `-f is the format, and ${value} names data`,
      `data are words of their own: lotbook lots ${value}`,
    );
  // Two letters with another in one's place are another word: "es" is no mistyped "en".
  const near = choices.filter((one) => one.length > 2 || value.toLowerCase().includes(one));
  const hint = meantBy(value, near, `for example ${option} ${choices[0]}`);
  throw new UsageError(`${option} "${value}" is not one of ${choices.join(", ")}`, hint);
};

const agreed = <Choice extends string>(
  asked: readonly { readonly name: Choice; readonly written: string }[],
): Choice | undefined => {
  const [first] = asked;
  const other = asked.find(({ name }) => name !== first?.name);
  if (other === undefined) return first?.name;
  throw new UsageError(`${first?.written} and ${other.written} cannot be combined`, "give one of them");
};

const checkForSheets = (options: ParsedOptions, format: FormatName | undefined): void => {
  if (flagOption(options, "raw") && !TEXTS_FOR_SHEETS.some((name) => name === format))
    throw new UsageError("--raw is for csv and tsv", "leave it out, or give --format csv");
  if (flagOption(options, "excel") && format !== "csv")
    throw new UsageError("--excel is for csv", "give --format csv --excel, or --format xlsx, which needs neither");
  if (textOption(options, "locale") !== undefined && !flagOption(options, "excel"))
    throw new UsageError("--locale is for csv that Excel opens", "add --format csv --excel");
};

export const excelOption = (options: ParsedOptions): ExcelDialect | undefined => {
  if (!flagOption(options, "excel")) return undefined;
  const locale = chosen(textOption(options, "locale") ?? "en", LOCALES, "--locale");
  return locale === "en" ? { separator: ",", decimal: "." } : { separator: ";", decimal: "," };
};

const TEXTS_FOR_SHEETS: readonly FormatName[] = ["csv", "tsv"];

/** Refuses the formats in which only another command, `convert`, writes. */
const refuseConversion = (text: string | undefined): void => {
  const meant = text === "yml" ? "yaml" : text;
  if (FORMAT_NAMES.some((name) => name === meant) || !CONVERSIONS.some((name) => name === meant)) return;
  throw new UsageError(`--format ${meant} is for registers, which convert writes`, `lotbook convert --format ${meant}`);
};

export const formatOption = (options: ParsedOptions): FormatName => {
  const text = textOption(options, "format");
  refuseConversion(text);
  const named = text === undefined ? undefined : chosen(text, FORMAT_NAMES, "--format");
  const format = agreed([
    ...SHORT_FORMATS.filter((name) => flagOption(options, name)).map((name) => ({ name, written: `--${name}` })),
    ...(named === undefined ? [] : [{ name: named, written: `--format ${named}` }]),
  ]);
  checkForSheets(options, format);
  return format ?? "table";
};

export const conversionOption = (options: ParsedOptions): Conversion => {
  const asked = ["--format", "--to"].flatMap((option) => {
    const text = textOption(options, option.slice(2));
    return text === undefined ? [] : [{ name: chosen(text, CONVERSIONS, option), written: `${option} ${text}` }];
  });
  const to = agreed(asked) ?? "yaml";
  const [needless] = ["json", "fields", "sort", "limit", "raw", "excel", "locale"].filter((name) => options.has(name));
  if (needless !== undefined && (to !== "csv" || needless === "json"))
    throw new UsageError(`--${needless} does nothing for ${to}`, "it is for tables: lotbook lots, or --format csv");
  return to;
};

export const colorOption = (options: ParsedOptions): ColorMode =>
  flagOption(options, "no-color")
    ? "never"
    : (COLOR_MODES.find((mode) => mode === textOption(options, "color")) ?? "auto");

export const arrangementOption = (options: ParsedOptions): Arrangement => {
  const fields = commaSeparated(options, "fields");
  const sort = commaSeparated(options, "sort");
  const limit = limitOption(textOption(options, "limit"));
  return {
    ...(fields && { fields }),
    ...(sort && { sort }),
    ...(limit !== undefined && { limit }),
  };
};

const limitOption = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`--limit "${text}" is not a whole number`, "for example --limit 10");
};

export const selectionOption = (options: ParsedOptions, query: Query, at: PartialDate): Selection => ({
  query,
  at,
  contracts: listOption(options, "contract"),
  lots: listOption(options, "lot"),
  suppliers: listOption(options, "supplier"),
});

/** What a package of OCDS says of itself. Throws UsageError if such an option is given for another conversion. */
export const packageOptions = (options: ParsedOptions, to: Conversion): PackageIdentity => {
  const uri = textOption(options, "uri");
  const publisher = textOption(options, "publisher");
  const prefix = textOption(options, "ocid-prefix");
  const given = Object.entries({ "--uri": uri, "--publisher": publisher, "--ocid-prefix": prefix });
  const [misplaced] = given.find(([, text]) => text !== undefined) ?? [];
  if (to !== "ocds" && misplaced !== undefined)
    throw new UsageError(`${misplaced} is for --format ocds`, "leave it out, or give --format ocds");
  if (uri !== undefined && !URL.canParse(uri))
    throw new UsageError(`--uri "${uri}" is not an address`, "for example --uri https://example.org/awards.json");
  if (prefix !== undefined && !isOcidPrefix(prefix))
    throw new UsageError(
      `--ocid-prefix "${prefix}" is not a publisher's prefix`,
      "for example --ocid-prefix ocds-a1b2c3",
    );
  return {
    ...(uri !== undefined && { uri }),
    ...(publisher !== undefined && { publisher }),
    ...(prefix !== undefined && { prefix }),
  };
};

const dayOf = (text: string, from: PartialDate, option: string): PartialDate => {
  const day = dayAsked(text, from);
  if (isValueProblem(day)) throw new UsageError(`${option}: ${day.problem}`, day.expected);
  return day;
};

export const todayOption = (options: ParsedOptions, env: Readonly<Record<string, string | undefined>>): PartialDate => {
  const set = env["LOTBOOK_TODAY"] ?? "";
  const today = set === "" ? presentDay() : dayOf(set, presentDay(), "LOTBOOK_TODAY");
  const named = textOption(options, "at");
  return named === undefined ? today : dayOf(named, today, "--at");
};

/** The folder of the package, from the sources as well as from the built program. */
const ROOT = join(import.meta.dirname, "..", "..");

export const version = (): string => String(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
