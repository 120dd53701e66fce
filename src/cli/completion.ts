/**
 * Completion is asked, not generated: the script of a shell hands over what has been typed, and inserts what `lotbook
 * __complete` answers. So it knows the data, and its options are those of the help. Each option and argument says what
 * may be offered for it (`offers`). `typedLine` takes apart what bash hands over and quotes for it. zsh and fish quote
 * by themselves. No script evaluates what it is given, because candidates are strangers' text. The scripts of the
 * libraries for this do evaluate it (cobra's, and those of `@bomb.sh/tab`, which come from there).
 */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Command, commandNamed, type Offer } from "../commands/command.ts";
import { COMMANDS, loadCommand } from "../commands/commands.ts";
import { type FieldValue, fieldValues } from "../engine/field-values.ts";
import { BUILTIN_REGISTER, isServer, namesData } from "../inputs/data-words.ts";
import { safeText } from "../output/safe-text.ts";
import { QUERY_FIELDS, queryFieldNamed } from "../query/fields.ts";
import type { QueryField } from "../query/query.ts";
import type { Register } from "../records/register.ts";
import { openRegister } from "../register/open-register.ts";
import { hasMeaning, ownOptions, spellingsOf, takesValue, wordsOf } from "./command-line.ts";
import { chooseData, tellApart } from "./data.ts";
import type { Io } from "./io.ts";
import { TOPICS } from "./manual.ts";
import { GLOBAL_OPTIONS, type OptionSpec } from "./options.ts";

/** What may stand in place of the word that is being typed. */
type Offered = FieldValue;

/** How much data is read, and for how long, while somebody waits for the next letter. */
const MOST_BYTES = 4 * 2 ** 20;
const MOST_FILES = 500;
const MOST_MS = 300;
const MOST_OFFERED = 1_000;
const MOST_SAID = 70;

interface Typing {
  readonly before: readonly string[];
  readonly current: string;
  readonly command: Command | undefined;
  readonly options: readonly OptionSpec[];
  readonly io: Io;
}

/**
 * Answers the script of a shell: a line for each word that may stand where the cursor is. Says nothing where there is none,
 * or where anything is wrong: nobody has asked for an answer yet.
 */
export const complete = async ([shell = "", ...args]: readonly string[], io: Io): Promise<number> => {
  const line = typedLine(shell, args);
  if (line === undefined) return 2;
  const written = (await offersOf(line.before, line.current, io)).flatMap(({ value, says = "" }) => {
    // Nobody could check a word with invisible characters.
    const word = safeText(value) === value ? line.write(value, shortened(says)) : undefined;
    return word === undefined ? [] : [`${word}\n`];
  });
  io.stdout.write(written.slice(0, MOST_OFFERED).join(""));
  return 0;
};

const shortened = (says: string): string => {
  const line = safeText(says);
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID - 1).trimEnd()}\u2026` : line;
};

const offersOf = async (before: readonly string[], current: string, io: Io): Promise<readonly Offered[]> => {
  try {
    const entry = commandNamed(wordsOf(before)[0], COMMANDS);
    const command = entry && (await loadCommand(entry));
    const shared = GLOBAL_OPTIONS.filter((spec) => command === undefined || hasMeaning(spec, command));
    const options = [...(command === undefined ? [] : ownOptions(command)), ...shared];
    return await wordOffers({ before, current, command, options, io });
  } catch {
    return [];
  }
};

const beginningWith = (start: string, offered: readonly Offered[]): readonly Offered[] =>
  offered.filter(({ value }) => value.startsWith(start));

/** The offers, each behind the part that is kept. */
const after = (kept: string, offered: readonly Offered[]): readonly Offered[] =>
  offered.map((one) => ({ ...one, value: kept + one.value }));

const wordOffers = async (typing: Typing): Promise<readonly Offered[]> => {
  const { before, current, command, options } = typing;
  if (!before.includes("--")) {
    const last = before.at(-1) ?? "";
    const asked = options.find(({ flags }) => takesValue(flags) && spellingsOf(flags).includes(last));
    if (asked !== undefined) return await valueOffers(asked, current, typing);
    const [, name = "", value = ""] = /^(--[a-z-]+)=(.*)$/s.exec(current) ?? [];
    const assigned = options.find(({ flags }) => spellingsOf(flags).includes(name));
    if (assigned !== undefined) return after(`${name}=`, await valueOffers(assigned, value, typing));
    if (/^-?$|^--/.test(current) && current !== "") return optionOffers(typing);
  }
  const [name, ...rest] = wordsOf(before);
  if (name === "help") return rest.length === 0 ? beginningWith(current, [...commandOffers(), ...topicOffers()]) : [];
  if (command === undefined) return name === undefined ? beginningWith(current, [...commandOffers(), HELP]) : [];
  return command.selects ? await queryOffers(typing) : await offersFor(command.argument?.offers ?? "data", typing);
};

const HELP: Offered = { value: "help", says: "A command or a topic of the manual" };

const commandOffers = (): readonly Offered[] => COMMANDS.map(({ name, summary }) => ({ value: name, says: summary }));

const topicOffers = (): readonly Offered[] => TOPICS.map((value) => ({ value, says: "a page of the manual" }));

const optionOffers = ({ before, current, options }: Typing): readonly Offered[] => {
  const open = options.filter(
    ({ hidden, repeatable, flags }) =>
      hidden !== true && (repeatable === true || !spellingsOf(flags).some((spelling) => before.includes(spelling))),
  );
  const offered = open.map(({ flags, description }) => ({
    value: spellingsOf(flags).find((spelling) => spelling.startsWith("--")) ?? flags,
    says: description,
  }));
  return beginningWith(current, [...offered, { value: "--help", says: "print the help" }]);
};

const valueOffers = async (
  { offers, choices = [] }: OptionSpec,
  current: string,
  typing: Typing,
): Promise<readonly Offered[]> => await offersFor(offers ?? choices, { ...typing, current });

/** The offers of a kind that begin with the current word. */
const offersFor = async (offer: Offer, typing: Typing): Promise<readonly Offered[]> => {
  const { current } = typing;
  switch (offer) {
    case "data":
      return beginningWith(current, [...pathOffers(current, true), BUILTIN]);
    case "files":
      return pathOffers(current, false);
    case "commands":
      return beginningWith(current, commandOffers());
    case "columns":
      return listOffers(current, columnsOf(typing.command));
    case "ids":
      return [
        ...(await idOffers("contracts", typing)),
        ...(await idOffers("lots", typing)),
        ...(await idOffers("suppliers", typing)),
      ];
    case "contracts":
    case "lots":
    case "suppliers":
    case "sources":
      return await idOffers(offer, typing);
    default:
      return listOffers(
        current,
        offer.map((value) => ({ value })),
      );
  }
};

const BUILTIN: Offered = { value: BUILTIN_REGISTER, says: "the register that lotbook ships" };

const columnsOf = (command: Command | undefined): readonly Offered[] => {
  const columns = [...(command?.columns ?? []), ...Object.values(command?.variants ?? {}).flat()];
  return [...new Map(columns.map(({ name, meaning }) => [name, { value: name, says: meaning }])).values()];
};

/** Offers for one of several values that commas separate. A hyphen before a value sorts downwards. */
const listOffers = (current: string, offered: readonly Offered[]): readonly Offered[] => {
  const [, kept = "", start = ""] = /^((?:.*,)?-?)(.*)$/s.exec(current) ?? [];
  const named = kept.split(/,-?/);
  return after(
    kept,
    beginningWith(
      start,
      offered.filter(({ value }) => !named.includes(value)),
    ),
  );
};

/** Files and folders that begin with the current word. As data, only files whose names say that they are some. */
const pathOffers = (current: string, isData: boolean): readonly Offered[] => {
  const folder = current.slice(0, current.lastIndexOf("/") + 1);
  const entries = readdirSync(folder === "" ? "." : folder).filter(
    (name) => (folder + name).startsWith(current) && (!name.startsWith(".") || current.length > folder.length),
  );
  return entries.flatMap((name) => {
    const isFolder = statSync(folder + name, { throwIfNoEntry: false })?.isDirectory() === true;
    if (isFolder) return [{ value: `${folder}${name}/` }];
    return !isData || namesData(name, "posix") === "surely" ? [{ value: folder + name }] : [];
  });
};

const FIELD_OF = { contracts: "contract", lots: "lot", suppliers: "supplierId", sources: "source" } as const;

const idOffers = async (kind: keyof typeof FIELD_OF, typing: Typing): Promise<readonly Offered[]> =>
  beginningWith(typing.current, await valuesOf(FIELD_OF[kind], typing.current, typing));

/** The values of a field in the data that the line names, or that would answer. */
const valuesOf = async (field: string, start: string, typing: Typing): Promise<readonly Offered[]> => {
  const register = await registerFor(typing);
  if (register === undefined) return [];
  const end = typing.io.now() + MOST_MS;
  const goesOn = () => typing.io.now() < end;
  const values = await fieldValues(register, field, goesOn);
  if (field !== "lot" || start.includes("/")) return values;
  // If there is only one contract, the id of the lot is enough.
  const [contract, ...others] = await fieldValues(register, "contract", goesOn);
  if (contract === undefined || others.length > 0) return values;
  return values.map((one) => ({ ...one, value: one.value.slice(contract.value.length + 1) }));
};

/**
 * The register to take values from; undefined if the data are too much to be read in passing, on a server, or in a
 * pipe.
 */
const registerFor = async ({ before, command, options, io }: Typing): Promise<Register | undefined> => {
  if (command === undefined) return undefined;
  const { words, data } = wordsAndData(before, options);
  const named = tellApart(words.slice(1), command, io.platform).paths;
  const { paths } = chooseData(named, new Map([["data", data]]), { ...io, input: () => "other" });
  if (paths.includes("-") || paths.some(isServer) || !areSmall(paths)) return undefined;
  return await openRegister(paths, { lenient: true, skipBad: true });
};

const DATA = "--data=";

/** The words of a line, and what stands behind `--data`. */
const wordsAndData = (before: readonly string[], options: readonly OptionSpec[]) => {
  const data: string[] = [];
  const words: string[] = [];
  let open: OptionSpec | undefined;
  for (const word of before) {
    if (open !== undefined) {
      if (open.flags.includes("--data")) data.push(word);
      open = undefined;
    } else if (word.startsWith(DATA)) data.push(word.slice(DATA.length));
    else if (word.startsWith("-"))
      open = options.find(({ flags }) => takesValue(flags) && spellingsOf(flags).includes(word));
    else words.push(word);
  }
  return { words, data };
};

const areSmall = (paths: readonly string[]): boolean => {
  let [bytes, files] = [MOST_BYTES, MOST_FILES];
  const waiting = paths.filter((path) => !/^(?:git|builtin):/.test(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) for (const name of readdirSync(path)) waiting.push(join(path, name));
    else bytes -= stats?.size ?? 0;
    if (bytes < 0 || --files < 0 || waiting.length > MOST_FILES) return false;
  }
  return true;
};

/** The last part of a query: a clause that is not ended, or nothing. */
const LAST_CLAUSE = /(?:[^\s("]|"(?:[^"\\]|\\.)*"?)*$/s;
/** A clause: what negates it, its field and operator, the values that are complete, and the one that is begun. */
const CLAUSE = /^(-?([A-Za-z]+)(?:!=|<=|>=|[:=<>])(?:(?:[^",]|"(?:[^"\\]|\\.)*")*,)?)(.*)$/s;
const MOST_TYPED = 1_000;

/** Offers for a word of a query, in whose place data may stand, too. */
const queryOffers = async (typing: Typing): Promise<readonly Offered[]> => {
  const { current } = typing;
  if (current.length > MOST_TYPED) return [];
  const clause = LAST_CLAUSE.exec(current)?.[0] ?? "";
  const kept = current.slice(0, current.length - clause.length);
  const [, begun, name, start = ""] = CLAUSE.exec(clause) ?? [];
  if (begun !== undefined && name !== undefined) return after(kept + begun, await clauseOffers(name, start, typing));
  if (clause.startsWith(":")) return after(kept, beginningWith(clause, await namedQueries(typing)));
  const minus = clause.startsWith("-") ? "-" : "";
  const fields = QUERY_FIELDS.filter((field) => !isElsewhere(field, typing)).map(({ name: field, meaning }) => ({
    value: `${minus}${field}:`,
    says: meaning,
  }));
  const offered = after(kept, beginningWith(clause, fields));
  return kept + minus === "" ? [...offered, ...(await offersFor("data", typing))] : offered;
};

const namedQueries = async (typing: Typing): Promise<readonly Offered[]> =>
  [...((await registerFor(typing))?.queries ?? [])].map(([name, { find }]) => ({ value: `:${name}`, says: find }));

/** A value that needs no quotes. */
const BARE = /^(?![~=<>!'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb])(?:(?!\.\.)[^\s(),"\\])+$/;

/** The values of a field that begin with what is typed, in quotes where they need them. */
const clauseOffers = async (name: string, start: string, typing: Typing): Promise<readonly Offered[]> => {
  const field = queryFieldNamed(name);
  if (field === undefined || isElsewhere(field, typing)) return [];
  if (field.type === "date") return beginningWith(start, DAYS);
  const [quote, wanted] = start.startsWith('"') ? ['"', start.slice(1)] : ["", start];
  const found = (await valuesOf(name, wanted, typing)).flatMap((one) => matching(one, wanted, field.type === "text"));
  // Other names of suppliers count only if no id begins with what is typed.
  const ids = found.filter(({ says }) => name === "supplier" && says !== undefined);
  const values = new Map((ids.length > 0 ? ids : found).map(({ value, says }) => [value, says]));
  return [...values].map(([value, says]) => ({
    value: quote === "" && BARE.test(value) ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`,
    ...(says !== undefined && { says }),
  }));
};

/**
 * The value, if it begins with what is typed. Texts are found in any case, and offered in small letters unless others
 * are typed.
 */
const matching = ({ value, ...one }: Offered, wanted: string, isText: boolean): readonly Offered[] => {
  const [small, wantedSmall] = [value.toLowerCase(), wanted.toLowerCase()];
  if (!isText) return value.startsWith(wanted) ? [{ value, ...one }] : [];
  return small.startsWith(wantedSmall) ? [{ value: wanted === wantedSmall ? small : value, ...one }] : [];
};

const isElsewhere = ({ only }: QueryField, { command }: Typing): boolean =>
  only !== undefined && only !== command?.asks;

const DAYS: readonly Offered[] = [{ value: "today.." }, { value: "..today" }, { value: "today..today+6m" }];

/** A command line up to the cursor, without its first word, the program. */
export interface TypedLine {
  readonly before: readonly string[];
  /** The word with the cursor, up to the cursor. */
  readonly current: string;
  /** Writes an offered word as the shell takes it in place of the current one; undefined if it cannot be. */
  readonly write: (word: string, says: string) => string | undefined;
}

/** Whether more of the word will follow. */
const goesOn = (word: string): boolean => /[:=/]$/.test(word);

/**
 * What has been typed, from the arguments that the script of a shell hands over; undefined for a shell that has no
 * script.
 */
export const typedLine = (shell: string, args: readonly string[]): TypedLine | undefined => {
  const [before, current = ""] = [args.slice(0, -1), args.at(-1)];
  switch (shell) {
    case "bash":
      return typedInBash(args[0] ?? "", args[1] ?? "");
    case "zsh":
    case "fish":
      return { before, current, write: (word, says) => `${word}\t${says}` };
    case "powershell": {
      // PowerShell drops empty words, so its script puts a sign before the current one.
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
 * Bash hands over the line as it stands. It splits words at more characters than spaces (`breaks`), and replaces only
 * what follows the last of them.
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

/**
 * A word as bash takes it within a quote or none. A whole word ends with a space, unless the quote has to be closed.
 */
const inBash = (word: string, quote: string, isBegun: boolean): string | undefined => {
  if (quote === "'") return word.replaceAll("'", "'\\''");
  // Within double quotes, nothing keeps `!` from expanding the history.
  if (quote === '"') return word.includes("!") ? undefined : word.replaceAll(/["$`\\]/g, "\\$&");
  const escaped = word.replaceAll(/[^\w./:=@%+,\u0080-\uffff-]/g, "\\$&");
  return isBegun ? escaped : `${escaped} `;
};
