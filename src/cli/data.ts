import { isUtf8 } from "node:buffer";
import { closeSync, existsSync, openSync, readSync, realpathSync } from "node:fs";
import { basename, delimiter, dirname, join, relative, sep } from "node:path";
import type { Command } from "../commands/command.ts";
import { BUILTIN_REGISTER, namesData } from "../inputs/data-words.ts";
import { nearPaths } from "../inputs/folders.ts";
import { findOwnData } from "../inputs/own-data.ts";
import { explainSystemError, systemErrorCode } from "../inputs/system-error.ts";
import { InputError, UsageError } from "../model/errors.ts";
import { didYouMean } from "../model/nearest.ts";
import type { Register } from "../records/register.ts";
import type { Io } from "./io.ts";
import { listOption, type ParsedOptions } from "./options.ts";

interface Words {
  readonly words: readonly string[];
  readonly paths: readonly string[];
}

/**
 * Tells the words of a command that name data from the others. For some commands all do, for most those that look like
 * paths. Throws InputError and UsageError.
 */
export const tellApart = (args: readonly string[], command: Command, platform: NodeJS.Platform): Words => {
  if (command.words === "files") return { words: [], paths: args };
  if (command.words === "names") return { words: args, paths: [] };
  const kinds = args.map((word) => namesData(word, platform));
  // The id of a lot has a separator, too.
  const id = command.words === "id" && kinds.every(Boolean) ? kinds.indexOf("perhaps") : -1;
  const isPath = (index: number): boolean => kinds[index] !== undefined && index !== id;
  const told = { words: args.filter((_, index) => !isPath(index)), paths: args.filter((_, index) => isPath(index)) };
  const [absent] = args.filter((word, index) => isPath(index) && kinds[index] === "perhaps" && !existsSync(word));
  if (absent !== undefined) throw noSuchPath(absent, command);
  refuseFurther(told.words, command);
  return told;
};

const noSuchPath = (word: string, { selects }: Command): InputError => {
  const otherwise = selects ? `a word with a separator names data; lot:${word} asks for a lot` : "check the path";
  return new InputError(`cannot read ${word}: no such file or folder`, didYouMean(nearPaths(word)) ?? otherwise);
};

const refuseFurther = (words: readonly string[], { name, selects, words: kind }: Command): void => {
  const further = selects ? undefined : words[kind === "id" ? 1 : 0];
  if (further === undefined) return;
  throw new UsageError(
    `${name} has no use for "${further}"`,
    kind === "id" ? "ask for one at a time; quote an id that has several words" : `to name data, write ./${further}`,
  );
};

export interface ChosenData {
  /** Empty for the register that lotbook ships. */
  readonly paths: readonly string[];
  /** Whether somebody named them: on the command line, by redirecting them, or in the environment. */
  readonly named: boolean;
  /** The user's own data beside them that are not read, as they were not named. */
  readonly others: readonly string[];
}

/**
 * The data to read: what the command line names, else a file that standard input is redirected from, what
 * `$LOTBOOK_DATA` names, the user's own data here or above, and at last the register that lotbook ships.
 */
export const chooseData = (paths: readonly string[], options: ParsedOptions, io: Io): ChosenData => {
  const onCommandLine = [...paths, ...listOption(options, "data")];
  refuseTwice(onCommandLine);
  if (onCommandLine.length > 0) return { paths: onCommandLine, named: true, others: [] };
  if (io.input() === "file") return { paths: ["-"], named: true, others: [] };
  const inEnvironment = pathsIn(io.env["LOTBOOK_DATA"] ?? "");
  if (inEnvironment.length > 0) return { paths: inEnvironment, named: true, others: [] };
  const own = findOwnData(io.whereabouts());
  return { paths: own === undefined ? [] : [own.path], named: false, others: own?.others ?? [] };
};

/** Throws UsageError if standard input is named twice: each of its records would stand twice, which is an error. */
const refuseTwice = (paths: readonly string[]): void => {
  if (paths.indexOf("-") === paths.lastIndexOf("-")) return;
  throw new UsageError(
    "- stands for standard input, and is named twice",
    "name it once; save it as a file to read it again",
  );
};

/**
 * Splits a variable into paths. Where colons separate paths, those in `git:REV:path`, `builtin:name` and
 * `clickhouse://host:8443/name` do not.
 */
const pathsIn = (variable: string): readonly string[] =>
  variable
    .split(
      delimiter === ":"
        ? /(?<!(?:^|:)(?:builtin|git|git:[^:]+|clickhouse(?:\+http)?|clickhouse(?:\+http)?:\/\/[^:/]+)):/
        : delimiter,
    )
    .filter((path) => path !== "");

/**
 * Like {@link chooseData}, for commands that must never be answered from the register that lotbook ships unasked.
 * Throws UsageError if there are no other data.
 */
export const chooseOwnData = (
  paths: readonly string[],
  options: ParsedOptions,
  io: Io,
  command: string,
): ChosenData => {
  const chosen = chooseData(paths, options, io);
  if (chosen.paths.length > 0) return chosen;
  throw new UsageError(
    `${command} needs data of your own: you named none, and there is no contracts.yaml or contracts/ here or above`,
    `name files or folders: lotbook ${command} contracts.yaml; ${BUILTIN_REGISTER} is the register that lotbook ships`,
  );
};

/** Notes on a query that found nothing, for words that also name something to read. */
export const pathsAmong = (words: readonly string[], command: string): readonly string[] =>
  words
    .filter((word) => /^[^\s:=<>()"]+$/.test(word))
    .flatMap((word) => {
      if (existsSync(word))
        return [`"${word}" is also the name of a file or folder here; to read it: lotbook ${command} ./${word}`];
      const file = ENDINGS.map((ending) => `${word}.${ending}`).find((name) => existsSync(name));
      return file === undefined ? [] : [`there is a file ${file} here; to read it: lotbook ${command} ${file}`];
    });

const ENDINGS = ["yaml", "yml", "json", "jsonl", "xml", "zip"] as const;

/** Notes on the user's own data that were passed over. */
export const passedOver = ({ paths: [first], others }: ChosenData): readonly string[] =>
  others.length === 0 ? [] : [`${others.join(" and ")} beside ${first} is not read; to read more, name it`];

/** The path that reads a file as git's HEAD has it. Throws UsageError for what no commit holds. */
export const committedPath = (path: string): string => {
  if (path === "-" || path.includes(":"))
    throw new UsageError(
      `${path} has nothing to be compared with`,
      "name two registers; a file alone is compared with git's HEAD",
    );
  if (!existsSync(path)) return `git:HEAD:./${path}`;
  const here = relative(realpathSync("."), join(realpathSync(dirname(path)), basename(path)));
  return `git:HEAD:./${here.split(sep).join("/")}`;
};

const MOST_NAMED = 3;

/** Which data answered, in a line. */
export const dataLine = (registers: readonly string[], command: string): string => {
  const names = registers.slice(0, MOST_NAMED).join(", ");
  const more = registers.length > MOST_NAMED ? ` and ${registers.length - MOST_NAMED} more` : "";
  if (registers.every((name) => name === BUILTIN_REGISTER))
    return `Data: Cloud I, which lotbook ships; to ask yours: lotbook ${command} contracts.yaml`;
  return `Data: ${names}${more}`;
};

/** More than any query that is accepted. */
const MOST_BYTES = 1 << 16;

/** Finds the queries that a register names, and those that stand in files. */
export const queryLookup =
  ({ queries }: Register) =>
  (reference: string): string | undefined => {
    const name = reference.slice(1);
    return reference.startsWith(":") ? queries.get(name)?.find : readQuery(name);
  };

const readQuery = (path: string): string | undefined => {
  const bytes = firstBytes(path);
  if (bytes === undefined) return undefined;
  if (bytes.length > MOST_BYTES) throw new InputError(`${path} is too large for a query`);
  if (!isUtf8(bytes)) throw new InputError(`${path} is not valid UTF-8`, "save it as UTF-8");
  return bytes.toString("utf8");
};

/**
 * The first bytes of a file or pipe, up to more than a query can have, because some pipes have no end; undefined if
 * there is no such file.
 */
const firstBytes = (path: string): Buffer | undefined => {
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  try {
    const descriptor = openSync(path, "r");
    for (let read = 1; read > 0; length += read)
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    closeSync(descriptor);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`);
  }
  return buffer.subarray(0, length);
};
