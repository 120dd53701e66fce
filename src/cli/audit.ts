import { readFileSync, statSync } from "node:fs";
import type { Question } from "../commands/command.ts";
import { evidence } from "../engine/page.ts";
import { isServer } from "../inputs/data-words.ts";
import { leadsOut } from "../inputs/folders.ts";
import { explainSystemError } from "../inputs/system-error.ts";
import { InputError, UsageError } from "../model/errors.ts";
import {
  type Asked,
  type Evidence,
  PACK_FORMATS,
  type PackDifference,
  type PackFormat,
  packDifferences,
  packHtml,
  packJson,
  packMarkdown,
} from "../output/evidence-pack.ts";
import { parseQuery } from "../query/parse-query.ts";
import { inputFiles } from "../register/input-files.ts";
import { openRegister } from "../register/open-register.ts";
import { chosen, type ParsedOptions, textOption } from "./options.ts";

export const packFormatOption = (options: ParsedOptions): PackFormat => {
  const text = textOption(options, "format");
  return text === undefined ? "json" : chosen(text, PACK_FORMATS, "--format");
};

export const evidenceOf = async (
  { register, selection }: Question,
  asked: Asked,
  version: string,
): Promise<Evidence> => {
  const inputs = await inputFiles([...asked.data, ...asked.aliases], register);
  const sections = await evidence(register, selection);
  return { version, asked, inputs, sections, assumptions: () => register.assumptions() };
};

/**
 * Asks a pack's question again, of whatever its paths lead to now. The pack holds the text of its query, and names no
 * file of queries.
 */
const askAgain = async ({ data, aliases, skipBad, prefer, query, day, ...among }: Asked): Promise<Question> => ({
  register: await openRegister(data, { aliases, skipBad, ...(prefer !== "" && { prefer }) }),
  selection: { query: parseQuery(query), at: day, ...among },
});

const WRITERS: Readonly<Record<PackFormat, (made: Evidence) => Promise<string>>> = {
  json: packJson,
  markdown: packMarkdown,
  html: packHtml,
};

export const packText = (made: Evidence, format: PackFormat): Promise<string> => WRITERS[format](made);

/** Whether a pack is the one that is derived now, and what there is to say about it. */
export interface Verdict {
  readonly same: boolean;
  readonly lines: readonly string[];
}

/**
 * Derives a pack again. `named` is the data that the user named. Paths of the pack that lead out of the current folder
 * must be among it.
 */
export const verifyPack = async (file: string, named: readonly string[], version: string): Promise<Verdict> => {
  const pack = readPack(file);
  const asked = askedIn(pack, file);
  refuseElsewhere(asked, named, file);
  const made = await evidenceOf(await askAgain(asked), asked, version);
  const now = await packJson(made);
  if (now === pack) {
    const inputs = `${made.inputs.length} input${made.inputs.length === 1 ? "" : "s"}`;
    return { same: true, lines: [`${file} holds: derived again, byte for byte, from ${inputs}.`] };
  }
  const differences = packDifferences(pack, now);
  if (differences.length === 0) return { same: false, lines: [`${file} says the same, but is laid out otherwise.`] };
  return { same: false, lines: [`${file} does not hold:`, ...differences.flatMap(linesOf)] };
};

const MOST_SHOWN = 3;
const MOST_LETTERS = 300;

const linesOf = ({ part, onlyInPack, onlyNow }: PackDifference): readonly string[] => [
  `${part}: lines of the pack that are not derived: ${onlyInPack.length}; others that are: ${onlyNow.length}`,
  ...onlyInPack.slice(0, MOST_SHOWN).map((line) => `  pack: ${line.slice(0, MOST_LETTERS)}`),
  ...onlyNow.slice(0, MOST_SHOWN).map((line) => `  now:  ${line.slice(0, MOST_LETTERS)}`),
];

const readPack = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${explainSystemError(error)}`);
  }
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const isAsked = (value: unknown): value is Asked => {
  if (typeof value !== "object" || value === null) return false;
  const said = new Map<string, unknown>(Object.entries(value));
  return (
    ["day", "query", "prefer"].every((name) => typeof said.get(name) === "string") &&
    ["data", "aliases", "contracts", "lots", "suppliers"].every((name) => isTexts(said.get(name))) &&
    typeof said.get("skipBad") === "boolean" &&
    said.size === 9
  );
};

const askedIn = (pack: string, file: string): Asked => {
  const read = parsed(pack);
  const asked = typeof read === "object" && read !== null && "asked" in read ? read.asked : undefined;
  if (isAsked(asked)) return asked;
  throw new InputError(`${file} is not a pack of evidence`, "lotbook audit -o pack.json writes one");
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Throws UsageError if the pack names data outside of this folder that the user did not name: a stranger's pack must
 * not lead to any file of this machine. Also throws it if the user named data that the pack does not.
 */
const refuseElsewhere = ({ data, aliases }: Asked, named: readonly string[], file: string): void => {
  const all = [...data, ...aliases];
  const other = named.find((path) => !all.includes(path));
  if (other !== undefined)
    throw new UsageError(`${file} was not made from ${other}`, `it names ${all.join(", ") || "no data"}`);
  const elsewhere = all.find((path) => leadsElsewhere(path) && !named.includes(path));
  if (elsewhere !== undefined)
    throw new UsageError(
      `${file} names ${elsewhere}, which is no file or folder below this one`,
      `if that is meant, name it too: lotbook audit --verify ${file} ${elsewhere}`,
    );
};

const leadsElsewhere = (path: string): boolean =>
  !path.startsWith("builtin:") &&
  (isServer(path) ||
    /^([/\\~]|[A-Za-z]:[/\\]|[a-z]+:)/.test(path) ||
    path.split(/[/\\]/).includes("..") ||
    leadsOut(path, ".") ||
    !isFileOrFolder(path));

/** Whether a path may be opened as data. If nothing is there, opening it says so. */
const isFileOrFolder = (path: string): boolean => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isFile() || stats.isDirectory();
};
