import { Command as Commander, CommanderError, Option } from "commander";
import type { Command, CommandEntry } from "../commands/command.ts";
import { loadCommand } from "../commands/commands.ts";
import { UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { queryFieldNamed } from "../query/fields.ts";
import type { Io } from "./io.ts";
import { GLOBAL_OPTIONS, type OptionSpec, type ParsedOptions, SELECTION_OPTIONS } from "./options.ts";

/** Runs a command with what the command line said; gives the exit code. */
export type Run = (command: Command, args: readonly string[], options: ParsedOptions) => Promise<number>;

const INTRODUCTION =
  "Answers questions about public framework contracts: which suppliers hold which lot, how much may be spent, until when, and who says so. A ceiling that suppliers share is counted once.";

/** What the general help shows; each is run as a test. */
export const THREE_EXAMPLES = ["lotbook lots", "lotbook total --by supplier", "lotbook lots --json"];

const optionOf = ({ flags, description, choices, repeatable }: OptionSpec): Option => {
  const option = new Option(flags, description);
  // The choices are for the help; the parser's own check suggests nothing.
  if (choices !== undefined) option.choices(choices).argParser((value: string) => chosen(value, choices, flags));
  return repeatable === true
    ? option.argParser((value: string, before: readonly string[] = []) => [...before, value])
    : option;
};

const chosen = (value: string, choices: readonly string[], flags: string): string => {
  if (choices.includes(value)) return value;
  const near = nearest(value, choices);
  throw new UsageError(
    `--${longName(flags)} "${value}" is not one of ${choices.join(", ")}`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `for example --${longName(flags)} ${choices[0]}`,
  );
};

const examplesText = (examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}`;

const longName = (flags: string): string => /--([a-z-]+)/.exec(flags)?.[1] ?? flags;

const takesValue = (flags: string): boolean => flags.includes("<");

const optionNamesWithValue = (specs: readonly OptionSpec[]): ReadonlySet<string> =>
  new Set(
    specs
      .filter(({ flags }) => takesValue(flags))
      .flatMap(({ flags }) => flags.split(/[ ,]+/).filter((part) => part.startsWith("-"))),
  );

/** The first word that is no option nor an option's value. */
const firstWord = (argv: readonly string[]): string | undefined => {
  const names = optionNamesWithValue([...GLOBAL_OPTIONS, ...SELECTION_OPTIONS]);
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? "";
    if (word === "--") return argv[index + 1];
    if (!word.startsWith("-")) return word;
    if (names.has(word)) index++;
  }
  return undefined;
};

/** The parser would answer `nope -h` and `help nope` with the general help, as if nothing were wrong. */
const refuseUnknownCommand = (
  argv: readonly string[],
  word: string | undefined,
  commands: readonly CommandEntry[],
): void => {
  const wanted = word === "help" ? argv[argv.indexOf("help") + 1] : word;
  const names = [...commands.map(({ name }) => name), "help"];
  if (wanted === undefined || wanted.startsWith("-") || names.includes(wanted)) return;
  const near = nearest(wanted, names);
  throw new UsageError(
    `unknown command "${wanted}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `commands: ${names.join(", ")}`,
  );
};

const parsedOptions = (values: Readonly<Record<string, unknown>>, specs: readonly OptionSpec[]): ParsedOptions => {
  const options = new Map<string, string | true | readonly string[]>();
  for (const { flags } of specs) {
    const name = longName(flags);
    const value = values[name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
    if (typeof value === "string" || value === true) options.set(name, value);
    else if (Array.isArray(value)) options.set(name, value.map(String));
  }
  return options;
};

const addCommand = (
  program: Commander,
  command: Command,
  finish: (run: () => Promise<number>) => Promise<void>,
  run: Run,
): void => {
  const own = [...(command.options ?? []), ...(command.selects ? SELECTION_OPTIONS : [])];
  const sub = program.command(command.name).summary(command.summary).description(sentence(command.summary));
  for (const name of command.argument?.name.split(" ") ?? []) sub.argument(name, command.argument?.description);
  if (command.selects) sub.argument("[query...]", QUERY_HELP);
  for (const spec of own) sub.addOption(optionOf(spec));
  sub.addHelpText("after", examplesText(command.examples));
  sub.action(async () => {
    const options = parsedOptions(sub.optsWithGlobals(), [...own, ...GLOBAL_OPTIONS]);
    await finish(() => run(command, sub.args.map(unmarkClause), options));
  });
};

const QUERY_HELP = "which lots: words, field:value, AND, OR, NOT, ( ); lotbook fields lists the fields";

/** Command line words never hold this character. */
const CLAUSE_MARK = "\0";

const unmarkClause = (word: string): string => (word.startsWith(CLAUSE_MARK) ? word.slice(1) : word);

/** Whether a word with a leading hyphen is part of a query, not an option; a single letter would be an option. */
const isNegatedClause = (word: string): boolean => {
  const field = /^-([A-Za-z]+)(?:[:=<>]|!=)/.exec(word)?.[1];
  if (field !== undefined && queryFieldNamed(field) !== undefined) return true;
  return /^-[^-]./.test(word) && !SHORT_OPTIONS.some((option) => word.startsWith(option));
};

const SHORT_OPTIONS = ["-h", ...GLOBAL_OPTIONS.flatMap(({ flags }) => /^-[a-z]/.exec(flags) ?? [])];

/** Marks the negated clauses of a query, which the parser would take for options; values of options stay as they are. */
const markClauses = (argv: readonly string[], specs: readonly OptionSpec[]): string[] => {
  const withValue = optionNamesWithValue(specs);
  return argv.map((word, index) =>
    isNegatedClause(word) && !withValue.has(argv[index - 1] ?? "") ? CLAUSE_MARK + word : word,
  );
};

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

const buildProgram = (io: Io, version: () => string): Commander => {
  const program = new Commander("lotbook");
  program.description(INTRODUCTION).exitOverride();
  program.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stdout.write(text),
    outputError: () => {},
    getOutHelpWidth: () => io.stdout.columns ?? 100,
    getErrHelpWidth: () => io.stdout.columns ?? 100,
    // The help has no colours to be taken out. To ask standard output itself would load what sockets need.
    getOutHasColors: () => true,
    getErrHasColors: () => true,
  });
  program.configureHelp({ showGlobalOptions: true, minWidthToWrap: 16 });
  for (const spec of GLOBAL_OPTIONS) program.addOption(optionOf(spec));
  program.option("--version", "print the version");
  program.on("option:version", () => {
    io.stdout.write(`${version()}\n`);
    throw new CommanderError(0, "commander.version", version());
  });
  program.helpCommand("help [command]", "help for a command");
  program.addHelpText("after", examplesText(THREE_EXAMPLES));
  return program;
};

/** Reads the command line and runs the command that it names. Throws UsageError for what it cannot understand. */
export const runProgram = async (
  argv: readonly string[],
  io: Io,
  entries: readonly CommandEntry[],
  version: () => string,
  run: Run,
): Promise<number> => {
  const word = firstWord(argv);
  refuseUnknownCommand(argv, word, entries);
  const program = buildProgram(io, version);
  let exitCode = 0;
  // Loading and setting up a command costs start-up time: only the help needs them all.
  const named = entries.filter(({ name }) => name === word);
  const commands = await Promise.all((named.length > 0 ? named : entries).map(loadCommand));
  for (const command of commands) {
    addCommand(
      program,
      command,
      async (start) => {
        exitCode = await start();
      },
      run,
    );
  }
  if (word === undefined && !argv.some((one) => one === "--version" || one === "-h" || one === "--help")) {
    if (argv.length === 0) {
      program.outputHelp();
      return 0;
    }
    throw new UsageError("no command given", "lotbook --help lists the commands");
  }
  try {
    const [command] = named.length > 0 ? commands : [];
    const specs = [...GLOBAL_OPTIONS, ...SELECTION_OPTIONS, ...(command?.options ?? [])];
    await program.parseAsync(command?.selects === true ? markClauses(argv, specs) : [...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // `help help` shows the help and calls it an error.
    if (error.exitCode === 0 || error.code === "commander.help") return 0;
    throw usageErrorOf(error, word);
  }
  return exitCode;
};

/** "error: unknown option '--jsn'\n(Did you mean --json?)" in this program's own words. */
const usageErrorOf = ({ message }: CommanderError, command: string | undefined): UsageError => {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const suggestion = /\(Did you mean (.+?)\?\)/.exec(rest.join(" "))?.[1];
  return new UsageError(
    first.replace(/\.$/, ""),
    suggestion === undefined
      ? `lotbook ${command === undefined ? "" : `${command} `}--help lists what there is`
      : `did you mean ${suggestion}?`,
  );
};
