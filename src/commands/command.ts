import type { Column, Report } from "../engine/report.ts";
import type { Register } from "../model/register.ts";
import type { Selection } from "../query/selection.ts";

/** An option of one command, beside those that every command has. */
export interface CommandOption {
  /** As the help shows it: `--by <key>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

/** What a command is given to do its work; it knows nothing of streams, environment or formats. */
export interface Call {
  readonly args: readonly string[];
  /** What `--contract`, `--lot` and `--supplier` ask for. */
  readonly selection: Selection;
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  /** Opens the data that the user named; other paths go before them. */
  readonly open: (options?: { readonly positions?: boolean; readonly paths?: readonly string[] }) => Promise<Register>;
  /** Shows a report in the format, order and length that the user asked for. */
  readonly answer: <Row>(report: Report<Row>) => Promise<void>;
  /** Prints the JSON Schema of a command's answer. */
  readonly printSchema: (command: Command) => void;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly argument?: { readonly name: string; readonly description: string };
  readonly options?: readonly CommandOption[];
  /** Whether `--contract`, `--lot` and `--supplier` narrow it. */
  readonly selects: boolean;
  /** Command lines for the help; each is run as a test. */
  readonly examples: readonly string[];
  /** The columns of its answer, for `lotbook schema`; none where it answers in other ways. */
  readonly columns?: readonly Column<never>[];
  /** The columns that its answer has instead with certain options, by those options. */
  readonly variants?: Readonly<Record<string, readonly Column<never>[]>>;
  /** Gives the exit code; throws UserError for what the user can mend. */
  readonly run: (call: Call) => Promise<number>;
}
