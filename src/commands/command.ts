import type { Column, Report } from "../engine/report.ts";
import type { FileLayout } from "../model/input-file.ts";
import type { Language } from "../model/language.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Dialect } from "../model/stored-table.ts";
import type { RowKind } from "../query/query.ts";
import type { Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";

/**
 * What a shell may offer where a value or a word is typed: data, files, ids from the data, columns of the answer, names of
 * commands or of help topics, or one or several of a list.
 */
export type Offer =
  | "data"
  | "files"
  | "ids"
  | "contracts"
  | "lots"
  | "suppliers"
  | "sources"
  | "columns"
  | "commands"
  | readonly string[];

export interface CommandOption {
  /** As the help shows it: `--by <key>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** What a shell may offer for its value; its choices if this is left out. */
  readonly offers?: Offer;
  /** Whether the help leaves it out: another spelling of what it shows. */
  readonly hidden?: boolean;
}

/** The groups of options that all commands share. */
export type OptionGroup = "data" | "day" | "answer" | "rows" | "output";

/** What a command is given to do its work. It knows nothing of streams, environment or formats. */
export interface Call {
  /** Its words, without those that name data. */
  readonly args: readonly string[];
  /** Its words that name data. */
  readonly paths: readonly string[];
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  readonly open: (options?: Opening) => Promise<Register>;
  /** Opens the data, and reads what the query, `--contract`, `--lot` and `--supplier` ask of them. */
  readonly ask: (
    options?: Pick<Opening, "own" | "besideNotices"> & { readonly words?: readonly string[] },
  ) => Promise<Question>;
  /** The paths of the user's data, never of the register that lotbook ships, and whether somebody named them. */
  readonly ownData: () => { readonly paths: readonly string[]; readonly named: boolean };
  /** The day that `--at` names; the present day where it is left out. */
  readonly today: () => PartialDate;
  /** Whether an answer shows a column that tables for people leave out unless asked. */
  readonly shows: (column: string) => boolean;
  readonly answer: <Row>(report: Report<Row>) => Promise<void>;
  /**
   * Writes a page of all that there is to say about what is asked for, to the file that `--output` names or to standard
   * output.
   */
  readonly publish: (look: PageLook) => Promise<void>;
  /** Writes what was read, asked and found as one file of evidence, to the file that `--output` names or to standard output. */
  readonly audit: () => Promise<void>;
  /** Derives a pack of evidence again, and says how it differs; gives the exit code. */
  readonly verify: (pack: string) => Promise<number>;
  /** Prints the JSON Schema of a command's answer, of registers, or of the maps of imports. */
  readonly printSchema: (of: Command | "register" | "import") => Promise<void>;
  readonly print: (text: string) => void;
  /** Says something to a person on standard output. */
  readonly say: (text: string) => void;
  /**
   * Writes a starter register to a file that must not be there yet, or prints it for `-`. Gives whether it is a file.
   */
  readonly startRegister: (file: string) => Promise<boolean>;
  /** Reads spreadsheets by the map that `--map` names. Gives what must be known of them, too. */
  readonly importSheets: (
    files: readonly string[],
  ) => Promise<{ readonly register: Register; readonly notes: readonly string[] }>;
  /** Writes a register in the form that `--to` names, with notes beside it. */
  readonly writeRegister: (register: Register, notes: readonly string[]) => Promise<void>;
  readonly suggestMap: (files: readonly string[]) => Promise<void>;
  /** Lays out the registers that the user named, and writes them unless they are only to be checked. */
  readonly layOut: (check: boolean) => Promise<readonly FileLayout[]>;
  /** Writes the contracts that are asked for in the form that `--format` names, to the file that `--output` names or to standard output. */
  readonly convert: () => Promise<void>;
  /** Writes a store of the data into a folder, or adds the data to the one that is there. Gives what is in it. */
  readonly index: (folder: string, add: boolean) => Promise<{ readonly contracts: number; readonly lots: number }>;
  /** Prints the tables of a store, and views over them, in the SQL of an engine. */
  readonly printSql: (dialect: Dialect) => Promise<void>;
}

/** Answers what the words of a command ask with one report. The exit code never tells of anything amiss. */
export const answering =
  <Row>(report: (register: Register, selection: Selection, call: Call) => Report<Row>) =>
  async (call: Call): Promise<number> => {
    const { register, selection } = await call.ask();
    await call.answer(report(register, selection, call));
    return 0;
  };

interface Opening {
  /** Whether they are opened to be checked. Then the register tells what is wrong. */
  readonly checking?: boolean;
  /** Whether the register that lotbook ships must be named to be opened. */
  readonly own?: boolean;
  /** The paths to open, instead of what the command line names. */
  readonly paths?: readonly string[];
  /** Whether to open them as git's HEAD has them. */
  readonly committed?: boolean;
  /** Whether contracts of registers are compared with those of notices, instead of standing twice. */
  readonly besideNotices?: boolean;
}

export interface PageLook {
  /** Its title, if one was given. */
  readonly title: string | undefined;
  /** Whether it holds no more than it shows, and so answers no questions. */
  readonly still: boolean;
  readonly language: Language;
}

/** The forms that `convert` writes. */
export const CONVERSIONS = ["yaml", "jsonl", "csv", "ocds", "xlsx", "parquet"] as const;
export type Conversion = (typeof CONVERSIONS)[number];

export interface Question {
  readonly register: Register;
  readonly selection: Selection;
}

/** The groups of commands, in the order of the help. */
export const COMMAND_GROUPS = ["Ask", "Watch", "Keep", "Exchange"] as const;

interface Listed {
  readonly name: string;
  /** Other names that people type for it. */
  readonly aliases?: readonly string[];
  readonly group: (typeof COMMAND_GROUPS)[number];
  readonly summary: string;
}

/** What the list of commands says of one, which is enough for the general help. */
export interface CommandEntry extends Listed {
  readonly load: () => Promise<CommandBody>;
}

export interface Command extends CommandBody, Listed {}

/** A command without its place in the list. */
export interface CommandBody {
  /** As the help shows it: `[files...]`, or `<old> <new>` for two. */
  readonly argument?: { readonly name: string; readonly description: string; readonly offers?: Offer };
  /**
   * What its words are, other than those of a query: all files, all names of other things than data, or one id. If this
   * is left out or is `id`, words that look like paths name data.
   */
  readonly words?: "files" | "names" | "id";
  readonly options?: readonly CommandOption[];
  /** The groups of shared options that have a meaning here; all by default. */
  readonly takes?: readonly OptionGroup[];
  /** Whether a query narrows it, and with it `--contract`, `--lot` and `--supplier`. */
  readonly selects: boolean;
  /** The rows that its query may ask about, other than lots. */
  readonly asks?: RowKind;
  /** Whether its answer tells what is wrong with the data, notices included. */
  readonly showsFindings?: boolean;
  /** Command lines for the help; each is run as a test. */
  readonly examples: readonly string[];
  /** The columns of its answer, for `lotbook schema`; undefined if it answers in other ways. */
  readonly columns?: readonly Column<never>[];
  /** The columns that its answer has with certain options instead, by those options. */
  readonly variants?: Readonly<Record<string, readonly Column<never>[]>>;
  /** Gives the exit code; throws UserError for what the user can mend. */
  readonly run: (call: Call) => Promise<number>;
}

/** The command with this name or alias. */
export const commandNamed = <Named extends Listed>(
  word: string | undefined,
  commands: readonly Named[],
): Named | undefined =>
  commands.find(({ name, aliases = [] }) => name === word || aliases.some((alias) => alias === word));
