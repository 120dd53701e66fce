import { Command as Commander, CommanderError, Option } from "commander";
import { type Command, type CommandEntry, commandNamed } from "../commands/command.ts";
import { loadCommand } from "../commands/commands.ts";
import { namesData } from "../inputs/data-words.ts";
import { UsageError } from "../model/errors.ts";
import { didYouMean, meantBy, nearest } from "../model/nearest.ts";
import type { Style } from "../output/format.ts";
import { wrap } from "../output/text-width.ts";
import {
  freeOptions,
  hasMeaning,
  longName,
  markClauses,
  meantOption,
  optionNames,
  ownOptions,
  spellingsOf,
  spellOut,
  unmarkClause,
  wordsOf,
} from "./command-line.ts";
import type { Io, Sink } from "./io.ts";
import { TOPICS, topicNamed, topicText } from "./manual.ts";
import { chosen, GLOBAL_OPTIONS, type OptionSpec, type ParsedOptions } from "./options.ts";
import { pagedSink } from "./pager.ts";

/** Runs a command with what the command line said; gives the exit code. */
export type Run = (command: Command, args: readonly string[], options: ParsedOptions) => Promise<number>;

export const INTRODUCTION =
  "Answers questions about public framework contracts: which suppliers hold which lot, how much may be spent, until when, and who says so. A ceiling that suppliers share is counted once.";

const USUAL_WIDTH = 100;

/** The examples of the general help. Each is run as a test. */
export const THREE_EXAMPLES = ["lotbook lots", "lotbook total --by supplier", "lotbook lots --json"];

const optionOf = ({ flags, description, choices, repeatable, hidden }: OptionSpec): Option => {
  const option = new Option(flags, description).hideHelp(hidden === true);
  // The choices are for the help; the parser's own check suggests nothing.
  if (choices !== undefined)
    option.choices(choices).argParser((value: string) => chosen(value, choices, `--${longName(flags)}`));
  return repeatable === true
    ? option.argParser((value: string, before: readonly string[] = []) => [...before, value])
    : option;
};

const examplesText = (examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}`;

const VERSION = ["-v", "--version"];
const HELP = ["-h", "--help"];

/**
 * Throws UsageError for an unknown word. The parser would answer `nope -h` and `help nope` with the general help, as if
 * nothing were wrong.
 */
const refuseUnknown = (
  word: string | undefined,
  what: string,
  {
    names,
    others,
    platform,
  }: { readonly names: readonly string[]; readonly others: readonly string[]; readonly platform: string },
): void => {
  if (word === undefined || names.includes(word) || others.includes(word)) return;
  throw new UsageError(`unknown ${what} "${word}"`, meantCommand(word, names, platform));
};

/** What other programs call commands, and what they are called here. */
const ELSEWHERE_CALLED: ReadonlyMap<string, string> = new Map([
  ["list", "lots, contracts or suppliers"],
  ["ls", "lots, contracts or suppliers"],
  ["search", "lots"],
  ["find", "lots"],
  ["query", "lots"],
  ["get", "show"],
  ["info", "show"],
  ["view", "show"],
  ["validate", "check"],
  ["lint", "check"],
  ["format", "fmt"],
  ["export", "convert"],
  ["new", "init"],
  ["create", "init"],
  ["sum", "total"],
  ["budget", "headroom"],
  ["remaining", "headroom"],
  ["ending", "expiring"],
  ["spend", "orders"],
]);

const meantCommand = (word: string, names: readonly string[], platform: string): string => {
  if (namesData(word, platform) === "surely") return `a command stands first: lotbook lots ${word}`;
  const called = ELSEWHERE_CALLED.get(word);
  return called === undefined ? meantBy(word, names, LISTED) : `did you mean ${called}?`;
};

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const parsedOptions = (values: Readonly<Record<string, unknown>>, specs: readonly OptionSpec[]): ParsedOptions => {
  const options = new Map<string, string | true | readonly string[]>();
  for (const { flags } of specs) {
    const name = longName(flags);
    const value = values[camelCase(name)];
    if (name.startsWith("no-") && values[camelCase(name.slice("no-".length))] === false) options.set(name, true);
    if (typeof value === "string" || value === true) options.set(name, value);
    else if (Array.isArray(value)) options.set(name, value.map(String));
  }
  return options;
};

const refuseMeaningless = (options: ParsedOptions, command: Command): void => {
  for (const spec of GLOBAL_OPTIONS) {
    if (hasMeaning(spec, command) || !options.has(longName(spec.flags))) continue;
    const hint = `leave it out; lotbook ${command.name} --help lists what it takes`;
    throw new UsageError(`--${longName(spec.flags)} does nothing for ${command.name}`, hint);
  }
};

const addCommand = (
  program: Commander,
  command: Command,
  finish: (run: () => Promise<number>) => Promise<void>,
  run: Run,
): void => {
  const own = ownOptions(command);
  const sub = program.command(command.name).summary(command.summary).description(sentence(command.summary));
  sub.aliases(command.aliases ?? []).helpGroup(`${command.group}:`);
  for (const name of command.argument?.name.split(" ") ?? []) sub.argument(name, command.argument?.description);
  if (command.selects) sub.argument("[query...]", QUERY_HELP);
  else if (command.words === undefined || command.words === "id") sub.argument("[data...]", DATA_HELP);
  for (const spec of own) sub.addOption(optionOf(spec));
  sub.addHelpText("after", `\nAll options: lotbook help options\n${examplesText(command.examples)}`);
  sub.action(async () => {
    const options = parsedOptions(sub.optsWithGlobals(), [...own, ...GLOBAL_OPTIONS]);
    refuseMeaningless(options, command);
    await finish(() => run(command, sub.args.map(unmarkClause), options));
  });
};

const QUERY_HELP =
  "which lots: words, field:value, AND, OR, NOT, ( ); lotbook fields lists the fields. Words that are paths name data.";
const DATA_HELP = "registers and notices (as with --data)";

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

const topicsText = (width: number): string => {
  const lines = wrap(TOPICS.join(", "), width - 2, (text) => text.length).map((line) => `\n  ${line}`);
  return `\nTopics (lotbook help <topic>):${lines.join("")}\n`;
};

const buildProgram = (io: Io, commands: readonly Command[]): Commander => {
  const program = new Commander("lotbook");
  const width = io.stdout.columns ?? USUAL_WIDTH;
  program.description(INTRODUCTION).usage("<command> [options]").exitOverride();
  program.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stdout.write(text),
    outputError: () => {},
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
    // The help has no colours to be taken out. Asking standard output itself would load what sockets need.
    getOutHasColors: () => true,
    getErrHasColors: () => true,
  });
  program.configureHelp({
    showGlobalOptions: true,
    minWidthToWrap: 16,
    visibleOptions: (command) => (command === program ? [] : command.options.filter(({ hidden }) => !hidden)),
    visibleGlobalOptions: (command) =>
      program.options.filter(({ long }) => commonOf(command.name(), commands).has(long ?? "")),
    subcommandTerm: (command) => command.name(),
    commandUsage: (command) => `${command === program ? "" : "lotbook "}${command.name()} ${command.usage()}`,
    styleTitle: (title) => title.replace("Global Options:", "Common options:"),
  });
  for (const spec of GLOBAL_OPTIONS) program.addOption(optionOf(spec));
  program.option("-v, --version", "print the version");
  program.helpCommand(false);
  program.addHelpText("after", `${topicsText(width)}${examplesText(THREE_EXAMPLES)}`);
  return program;
};

const commonOf = (name: string, commands: readonly Command[]): ReadonlySet<string> => {
  const command = commandNamed(name, commands);
  if (command === undefined) return new Set();
  const own = optionNames(ownOptions(command));
  const common = optionNames(GLOBAL_OPTIONS.filter((spec) => spec.common === true && hasMeaning(spec, command)));
  return new Set(common.filter((each) => !own.includes(each)).map((each) => `--${each}`));
};

const help = async (
  program: Commander,
  word: string | undefined,
  stdout: Sink,
  style: () => Promise<Style>,
): Promise<void> => {
  const command = program.commands.find((sub) => sub.name() === word || sub.aliases().some((alias) => alias === word));
  const topic = topicNamed(word ?? "");
  if (command !== undefined || topic === undefined) (command ?? program).outputHelp();
  if (topic === undefined) return;
  const between = command === undefined ? "" : "\n";
  stdout.write(between + (await topicText(topic, { width: stdout.columns, style: await style() })));
};

const withPager = async (io: Io, wanted: boolean, write: (shown: Io) => Promise<void>): Promise<void> => {
  const paged = wanted ? await pagedSink(io, () => {}) : undefined;
  await write(paged === undefined ? io : { ...io, stdout: { ...io.stdout, write: (text) => paged.write(text) } });
  await paged?.end();
};

/** What the command line parser calls to run a command. */
export interface Runner {
  readonly run: Run;
  readonly version: () => string;
  /** The style of pages of the manual. */
  readonly style: () => Promise<Style>;
}

/** Reads the command line and runs the command that it names. Throws UsageError for what it cannot understand. */
export const runProgram = async (
  argv: readonly string[],
  io: Io,
  entries: readonly CommandEntry[],
  { run, version, style }: Runner,
): Promise<number> => {
  const [first, second] = wordsOf(argv);
  const names = [...entries.map(({ name }) => name), "help"];
  const aliases = entries.flatMap((entry) => entry.aliases ?? []);
  const known = { others: aliases, platform: io.platform };
  if (first === "help") refuseUnknown(second, "command or topic", { names: [...names, ...TOPICS], ...known });
  else refuseUnknown(first, "command", { names, ...known });
  const entry = commandNamed(first, entries);
  let exitCode = 0;
  const finish = async (start: () => Promise<number>) => {
    exitCode = await start();
  };
  // Loading and setting up a command costs start-up time: only the help needs them all.
  const commands = await Promise.all((entry === undefined ? entries : [entry]).map(loadCommand));
  const programFor = (shown: Io): Commander => {
    const program = buildProgram(shown, commands);
    for (const each of commands) addCommand(program, each, finish, run);
    return program;
  };
  if (first === "help") {
    await withPager(io, !argv.includes("--no-pager"), (shown) => help(programFor(shown), second, shown.stdout, style));
    return 0;
  }
  const program = programFor(io);
  const command = commandNamed(first, commands);
  if (command === undefined) return withoutCommand(argv, program, io, version);
  const specs = [...GLOBAL_OPTIONS, ...ownOptions(command)];
  const spelled = spellOut(argv, command);
  try {
    const ordered = freeOptions(spelled, specs, io.platform);
    await program.parseAsync(command.selects ? markClauses(ordered, specs) : ordered, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw usageErrorOf(error, command, await Promise.all(entries.map(loadCommand)));
  }
  return exitCode;
};

const withoutCommand = (argv: readonly string[], program: Commander, io: Io, version: () => string): number => {
  if (argv.some((word) => VERSION.includes(word))) io.stdout.write(`${version()}\n`);
  else if (argv.length === 0 || argv.some((word) => HELP.includes(word))) program.outputHelp();
  else refuseWithoutCommand(argv);
  return 0;
};

const LISTED = "lotbook --help lists the commands";

const refuseWithoutCommand = (argv: readonly string[]): never => {
  const known = [...GLOBAL_OPTIONS.flatMap(({ flags }) => spellingsOf(flags)), ...VERSION, ...HELP];
  const odd = argv.find((word) => word.startsWith("--") && !known.includes(word.replace(/=.*/, "")));
  if (odd === undefined) throw new UsageError("no command given", LISTED);
  throw new UsageError(`unknown option '${odd}'`, didYouMean(nearest(odd, known, 1)) ?? LISTED);
};

/** The parser's error, such as "error: unknown option '--jsn'", in this program's own words. */
const usageErrorOf = ({ message }: CommanderError, command: Command, commands: readonly Command[]): UsageError => {
  const [first = ""] = message.replace(/^error: /, "").split("\n");
  const { argument } = command;
  if (argument !== undefined && first.startsWith("missing required argument"))
    return new UsageError(
      `${command.name} needs ${argument.name}: ${argument.description}`,
      `for example: ${command.examples[0]}`,
    );
  const written = /^unknown option '(-[^=']*)/.exec(first)?.[1];
  const hint = written === undefined ? undefined : meantOption(written, command, commands);
  return new UsageError(first.replace(/\.$/, ""), hint ?? `lotbook ${command.name} --help lists what there is`);
};
