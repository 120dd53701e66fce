import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Call, Command, Question } from "../commands/command.ts";
import { COMMANDS, elsewhere } from "../commands/commands.ts";
import { arrange, type Elsewhere, type Report } from "../engine/report.ts";
import { BUILTIN_REGISTER } from "../inputs/data-words.ts";
import { explainSystemError, isSystemError, type SystemError } from "../inputs/system-error.ts";
import { type Finding, InputError, UsageError, UserError } from "../model/errors.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { formatPartialDate } from "../model/partial-date.ts";
import type { Style, Surface } from "../output/format.ts";
import { FORMATS } from "../output/formats.ts";
import { paragraph } from "../output/paragraph.ts";
import { safeLines, safeText } from "../output/safe-text.ts";
import { parseQuery } from "../query/parse-query.ts";
import { printQuery } from "../query/print-query.ts";
import type { Register } from "../records/register.ts";
import { openRegister } from "../register/open-register.ts";
import { freeTargetOf, STANDARD_OUTPUT, type Target, targetOf } from "../writers/target.ts";
import { ClosedPipe } from "../writers/write-fully.ts";
import { type Pieces, writeWhole } from "../writers/write-whole.ts";
import {
  type ChosenData,
  chooseData,
  chooseOwnData,
  committedPath,
  dataLine,
  passedOver,
  pathsAmong,
  tellApart,
} from "./data.ts";
import type { Io, Sink } from "./io.ts";
import {
  arrangementOption,
  colorOption,
  conversionOption,
  flagOption,
  formatOption,
  listOption,
  type ParsedOptions,
  packageOptions,
  packFormatOption,
  selectionOption,
  textOption,
  todayOption,
} from "./options.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { PagedSink, pagerCommand } from "./pager.ts";
import { runProgram } from "./program.ts";
import { ProgressLine } from "./progress-line.ts";
import { queryLookup, queryNameHint } from "./query-lookup.ts";
import { notesText, remarksOn, warningsText } from "./remarks.ts";
import { errorText, findingsText } from "./report-error.ts";
import { COLOR_MODES, type ColorMode, styleFor, wantsColor } from "./style.ts";

const ROOT = join(import.meta.dirname, "..", "..");

const BAD_DATA = 65;
const INTERNAL_ERROR = 70;

const version = (): string => {
  const file = join(ROOT, "package.json");
  return String(JSON.parse(readFileSync(file, "utf8")).version);
};

/**
 * Runs the program: `argv` without the interpreter and the script. Gives the exit code; never throws, never ends the process.
 */
export const main = async (argv: readonly string[], streams: Io): Promise<number> => {
  const io = { ...streams, stderr: withSafeLines(streams.stderr) };
  try {
    // A shell asks at each key, and shows no errors.
    if (argv[0] === "__complete") return await (await import("./completion.ts")).complete(argv.slice(1), streams);
    return await runProgram(argv, io, COMMANDS, {
      version,
      run: (command, args, options) => runCommand(command, args, options, io),
      style: () => styleFor(wantsColor(colorWord(argv), io.env, io.stdout.isTerminal)),
    });
  } catch (error) {
    return await failWith(error, io, colorWord(argv));
  }
};

/** What is said beside the answer may end in the log of a build server, which obeys some lines. */
const withSafeLines = (sink: Sink): Sink => ({ ...sink, write: (text) => sink.write(safeLines(text)) });

/** What `--color` says, also where the rest of the command line could not be understood. */
const colorWord = (argv: readonly string[]): ColorMode => {
  if (argv.includes("--no-color")) return "never";
  const given = /(?:^|\0)--color[\0=]([^\0]*)/.exec(argv.join("\0"))?.[1];
  return COLOR_MODES.find((mode) => mode === given) ?? "auto";
};

const runCommand = async (
  command: Command,
  args: readonly string[],
  options: ParsedOptions,
  io: Io,
): Promise<number> => {
  // What is wrong with the command line is told before any file is opened.
  if (command.name === "convert") conversionOption(options);
  else formatOption(options);
  const { words, paths: named } = tellApart(args, command, io.platform);
  const progress = wantsProgress(io) ? new ProgressLine(io.stderr, io.now) : undefined;
  const paged = await pagedSink(options, io, () => progress?.stop());
  const output = new OutputBuffer(
    paged === undefined ? io.stdout : { ...io.stdout, write: (text) => paged.write(text) },
    () => progress?.wipe(),
  );
  let empty = false;
  const opened: Register[] = [];
  const asked: Question[] = [];
  const data: string[] = [];
  let findings: () => readonly Finding[] = () => [];
  const notes: string[] = [];
  const skipped: Finding[] = [];
  const today = () => todayOption(options, io.env);
  const target = (): Target => {
    const file = outputFile(options);
    return file === undefined ? STANDARD_OUTPUT : targetOf(file);
  };
  const put = async (target: Target, pieces: Pieces): Promise<void> => {
    if (target.kind === "file" || target.descriptor !== STANDARD_OUTPUT.descriptor) {
      return await writeWhole(target, pieces, io.watchForSignals);
    }
    for await (const piece of pieces) output.write(piece);
  };
  const choose = (own: boolean): ChosenData => {
    const chosen = own ? chooseOwnData(named, options, io, command.name) : chooseData(named, options, io);
    for (const note of passedOver(chosen)) notes.push(note);
    return chosen;
  };
  const call: Call = {
    args: words,
    paths: named,
    today,
    flag: (name) => flagOption(options, name),
    text: (name) => textOption(options, name),
    ownData: () => choose(true),
    open: async ({ checking = false, own = false, paths, committed = false } = {}) => {
      const prefer = textOption(options, "prefer");
      const chosen = paths ?? choose(own).paths;
      const wanted = committed ? chosen.map(committedPath) : chosen;
      for (const path of wanted.length === 0 ? [BUILTIN_REGISTER] : wanted) data.push(path);
      const register = await openRegister(wanted, {
        positions: checking,
        lenient: checking,
        stdin: io.stdin,
        aliases: listOption(options, "aliases"),
        skipBad: flagOption(options, "skip-bad"),
        everyNote: flagOption(options, "notes"),
        ...(progress !== undefined && { progress: (state) => progress.show(state) }),
        ...(prefer !== undefined && { prefer }),
      });
      opened.push(register);
      return register;
    },
    ask: async (opening) => {
      const at = today();
      const register = await call.open(opening);
      const query = await withElsewhere(undefined, (otherwise) => {
        const hint = (written: string) => queryNameHint(register, written) ?? otherwise(written);
        return parseQuery((opening?.words ?? words).join(" "), queryLookup(register), hint, command.asks);
      });
      const question = { register, selection: selectionOption(options, query, at) };
      asked.push(question);
      return question;
    },
    answer: async (report) => {
      empty = (await write(report, command, options, io, (pieces) => put(target(), pieces))) === 0;
      findings = () => report.closing().findings ?? [];
      if (
        io.stdout.isTerminal &&
        outputFile(options) === undefined &&
        formatOption(options) === "table" &&
        data.length > 0 &&
        !flagOption(options, "quiet")
      ) {
        const surface = await surfaceFor(options, io);
        output.write(paragraph(dataLine(data, command.name), surface, surface.style.dim));
      }
    },
    print: (text) => output.write(io.stdout.isTerminal ? safeLinesOf(text) : text),
    say: (text) => output.write(safeLines(safeLinesOf(text))),
    startRegister: async (file) => {
      const target = file === "-" ? STANDARD_OUTPUT : freeTargetOf(file);
      const { STARTER_REGISTER } = await import("../writers/starter-register.ts");
      await put(target, [STARTER_REGISTER]);
      return target.kind === "file";
    },
    importSheets: async (files) => {
      const { importSheets } = await import("../register/import-register.ts");
      const map = textOption(options, "map");
      return await importSheets(files, { stdin: io.stdin, ...(map !== undefined && { map }) });
    },
    writeRegister: async (register, said) => {
      for (const note of said) notes.push(note);
      const to = textOption(options, "to") === "jsonl" ? "jsonl" : "yaml";
      const { writtenRegister } = await import("./convert.ts");
      await put(target(), writtenRegister(to, register, { folder: dirname(textOption(options, "output") ?? "-") }));
      opened.push(register);
    },
    suggestMap: async (files) => {
      const { suggestImportMap } = await import("../register/import-register.ts");
      const { importMapYaml } = await import("../writers/import-map-yaml.ts");
      await put(target(), [importMapYaml(await suggestImportMap(files, { stdin: io.stdin }))]);
    },
    layOut: async (check) => {
      const { formatRegisters } = await import("../writers/format-registers.ts");
      return await formatRegisters(writable(choose(true).paths), {
        check,
        stdin: io.stdin,
        ...(flagOption(options, "skip-bad") && { skipped }),
        watch: io.watchForSignals,
      });
    },
    convert: async () => {
      const to = conversionOption(options);
      const look = { arrangement: arrangementOption(options), surface: await surfaceFor(options, io) };
      const ocds = { ...packageOptions(options, to), at: today(), tell: (note: string) => notes.push(note) };
      const { convert } = await import("./convert.ts");
      const folder = dirname(textOption(options, "output") ?? "-");
      await put(target(), convert({ to, folder, ocds }, await call.ask(), look));
    },
    index: async (folder) => {
      const register = await call.open({ own: true });
      const { writeStore } = await import("../store/write-store.ts");
      const { counts } = await writeStore(folder, { register, paths: data, day: today(), version: version() });
      return counts;
    },
    printSql: async (dialect) => {
      const { storeTables } = await import("../store/write-store.ts");
      const { storeSql } = await import("../store/store-sql.ts");
      const [folder] = named;
      await put(target(), [storeSql(storeTables(await openRegister()), dialect, folder)]);
    },
    publish: async (page) => {
      if (outputFile(options) === undefined && io.stdout.isTerminal)
        throw new UsageError("a page is for browsers", "write it to a file: lotbook report --output report.html");
      const { reportPage } = await import("../output/report-page.ts");
      await put(target(), [await reportPage(page)]);
    },
    audit: async () => {
      const format = packFormatOption(options);
      const { evidenceOf, packText } = await import("./audit.ts");
      const question = await call.ask();
      const { query, contracts = [], lots = [], suppliers = [] } = question.selection;
      const asked = {
        day: formatPartialDate(today()),
        query: query === undefined ? "" : printQuery(query),
        data: data.slice(),
        aliases: listOption(options, "aliases"),
        contracts,
        lots,
        suppliers,
        prefer: textOption(options, "prefer") ?? "",
        skipBad: flagOption(options, "skip-bad"),
      };
      await put(target(), [await packText(await evidenceOf(question, asked, version()), format)]);
    },
    verify: async (pack) => {
      if (words.length > 0) throw new UsageError("--verify asks what the pack asks", "leave the query out");
      const { verifyPack } = await import("./audit.ts");
      const { same, lines } = await verifyPack(pack, [...named, ...listOption(options, "data")], version());
      for (const line of lines) call.say(`${line}\n`);
      return same ? 0 : 1;
    },
    printSchema: async (of) => put(target(), [`${JSON.stringify(await schemaOf(of), null, 2)}\n`]),
  };
  const remark = async (): Promise<void> => {
    progress?.wipe();
    if (empty) {
      for (const note of pathsAmong(words, command.name)) notes.push(note);
      for (const question of asked) for (const note of await missedBy(question, io)) notes.push(note);
    }
    if (data.length > 0 && !data.includes("-") && io.input() === "pipe" && (await io.pipeHolds()))
      notes.push(`standard input is a pipe with data in it, which was not read; to read it: lotbook ${command.name} -`);
    if (skipped.length > 0) io.stderr.write(warningsText(skipped, await styleOfRemarks(io, colorOption(options))));
    if (opened.length > 0) {
      const how = {
        mode: colorOption(options),
        everyNote: flagOption(options, "notes"),
        quiet: flagOption(options, "quiet"),
      };
      await sayRemarks(opened, { findings: findings(), notes }, command, io, how);
    }
  };
  try {
    const exitCode = await command.run(call);
    output.flush();
    await paged?.end();
    await remark();
    if (exitCode !== 0) return exitCode;
    if (opened.flatMap((one) => one.findings()).some(({ severity }) => severity === "error")) return BAD_DATA;
    return empty && flagOption(options, "exit-status") ? 1 : 0;
  } catch (error) {
    progress?.wipe();
    await paged?.end();
    // What is asked for in vain may be in what could not be read.
    if (error instanceof UsageError) await remark();
    throw error;
  }
};

const MOST_MS_FOR_HINTS = 1_000;

/** What may be meant by a question that nothing answers; worth a second reading of data that are soon read. */
const missedBy = async ({ register, selection }: Question, io: Io): Promise<readonly string[]> => {
  const end = io.now() + MOST_MS_FOR_HINTS;
  const { missedValues } = await import("../engine/missed-values.ts");
  return await missedValues(register, selection, () => io.now() < end);
};

/** Where answers that are longer than the screen are shown page by page; undefined where they are not. */
const pagedSink = async (options: ParsedOptions, io: Io, before: () => void): Promise<PagedSink | undefined> => {
  const { isTerminal, rows } = io.stdout;
  if (!isTerminal || rows === undefined || io.env["TERM"] === "dumb" || flagOption(options, "no-pager"))
    return undefined;
  const command = pagerCommand(io);
  const open = command.length === 0 ? undefined : await io.findPager(command);
  return open && new PagedSink(io.stdout, rows, { open, before, watch: io.watchForSignals });
};

/** A line that is written over and over is for terminals that can wipe it. */
const wantsProgress = ({ stderr, env }: Io): boolean => stderr.isTerminal && env["TERM"] !== "dumb";

const styleOfRemarks = (io: Io, mode: ColorMode): Promise<Style> =>
  styleFor(wantsColor(mode, io.env, io.stderr.isTerminal));

/** Says, after the answer, what its reader must know of the data behind it. */
const sayRemarks = async (
  registers: readonly Register[],
  { findings, notes }: { readonly findings: readonly Finding[]; readonly notes: readonly string[] },
  command: Command,
  io: Io,
  { mode, ...which }: { readonly mode: ColorMode; readonly everyNote: boolean; readonly quiet: boolean },
): Promise<void> => {
  const style = await styleOfRemarks(io, mode);
  const surface = { style, width: io.stderr.columns, ...which };
  let text = await findingsText(findings, style);
  for (const register of registers) text += await remarksOn(register, surface, command.showsFindings === true);
  if (!which.quiet) text += notesText(notes, surface);
  if (text !== "") io.stderr.write(text);
};

const writable = (paths: readonly string[]): readonly string[] => {
  if (!paths.includes(BUILTIN_REGISTER)) return paths;
  throw new UsageError(`${BUILTIN_REGISTER} is part of lotbook, and is not written`, "name a register of yours");
};

const schemaOf = async (of: Command | "register" | "import"): Promise<JsonSchema> => {
  if (of === "import") return await (await import("../register/import-register.ts")).importMapSchema();
  if (of === "register") return (await import("../records/register-lists.ts")).registerSchema();
  const { reportSchema } = await import("../output/report-schema.ts");
  return reportSchema(of.name, of.columns ?? [], of.variants);
};

/** The file that the answer is written to; undefined for standard output. */
const outputFile = (options: ParsedOptions): string | undefined => {
  const file = textOption(options, "output");
  return file === "-" ? undefined : file;
};

const surfaceFor = async (options: ParsedOptions, io: Io): Promise<Surface> => {
  const { isTerminal, columns } = io.stdout;
  const shown = isTerminal && outputFile(options) === undefined;
  return {
    width: shown ? columns : undefined,
    style: await styleFor(wantsColor(colorOption(options), io.env, shown)),
    terminal: shown,
    raw: flagOption(options, "raw"),
  };
};

/** What fields the other commands have is worth loading only where one was asked for in vain. */
const withElsewhere = async <T>(command: Command | undefined, attempt: (otherwise: Elsewhere) => T): Promise<T> => {
  try {
    return attempt(() => undefined);
  } catch (error) {
    if (error instanceof UsageError) return attempt(await elsewhere(command));
    throw error;
  }
};

/** Writes the report as it is read; gives the number of its rows. */
const write = async <Row>(
  report: Report<Row>,
  command: Command,
  options: ParsedOptions,
  io: Io,
  put: (pieces: Pieces) => Promise<void>,
): Promise<number> => {
  const surface = await surfaceFor(options, io);
  let rows = 0;
  const arranged = await withElsewhere(command, (otherwise) => arrange(report, arrangementOption(options), otherwise));
  async function* counted() {
    for await (const batch of arranged.batches) {
      rows += batch.length;
      yield batch;
    }
  }
  const format = FORMATS[formatOption(options)];
  await put(format({ ...arranged, batches: counted() }, surface));
  return rows;
};

const failWith = async (thrown: unknown, io: Io, mode: ColorMode): Promise<number> => {
  if (thrown instanceof ClosedPipe) return 0;
  const error = isSystemError(thrown) ? refusalOf(thrown) : thrown;
  try {
    const style = await styleFor(wantsColor(mode, io.env, io.stderr.isTerminal));
    io.stderr.write(error instanceof UserError ? await errorText(error, style) : internalErrorText(error));
    if (io.env["LOTBOOK_DEBUG"] === "1" && thrown instanceof Error)
      io.stderr.write(`${safeLinesOf(String(thrown.stack))}\n`);
  } catch {
    // Nobody reads the errors; the exit code still tells.
  }
  return error instanceof UserError ? error.exitCode : INTERNAL_ERROR;
};

/** Several lines, each made safe. */
const safeLinesOf = (text: string): string => text.split("\n").map(safeText).join("\n");

/** What the system refuses where nobody expected it, is no defect of this program. */
const refusalOf = (error: SystemError): InputError =>
  error.syscall === "uv_cwd"
    ? new InputError("the working folder is gone, or its path is too long", "change to another folder")
    : new InputError(`the system refused to go on: ${explainSystemError(error)}`);

const internalErrorText = (error: unknown): string =>
  `lotbook: internal error: ${safeText(error instanceof Error ? error.message : String(error))}\n  hint: this is a defect of lotbook; LOTBOOK_DEBUG=1 shows where\n`;
