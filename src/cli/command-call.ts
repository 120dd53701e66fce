import { dirname } from "node:path";
import type { Call, Command, PageLook, Question } from "../commands/command.ts";
import { elsewhere } from "../commands/commands.ts";
import { arrange, type Elsewhere, type Report } from "../engine/report.ts";
import { BUILTIN_REGISTER } from "../inputs/data-words.ts";
import { type Finding, UsageError } from "../model/errors.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import type { Dialect } from "../model/stored-table.ts";
import { findingsText } from "../output/error-text.ts";
import type { Style } from "../output/format.ts";
import { FORMATS } from "../output/formats.ts";
import { paragraph } from "../output/text-width.ts";
import { parseQuery, queryNameHint } from "../query/parse-query.ts";
import { printQuery } from "../query/print-query.ts";
import { contractsAskedFor } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type OpenOptions, openRegister } from "../register/open-register.ts";
import { freeTargetOf, STANDARD_OUTPUT } from "../writers/target.ts";
import type { AnswerWriter } from "./answer-writer.ts";
import {
  type ChosenData,
  chooseData,
  chooseOwnData,
  committedPath,
  dataLine,
  passedOver,
  pathsAmong,
  queryLookup,
  tellApart,
} from "./data.ts";
import type { Io } from "./io.ts";
import {
  arrangementOption,
  colorOption,
  conversionOption,
  flagOption,
  formatOption,
  listOption,
  type ParsedOptions,
  packageOptions,
  selectionOption,
  textOption,
  todayOption,
  version,
} from "./options.ts";
import { notesText, remarksOn, warningsText } from "./remarks.ts";
import { styleFor, wantsColor } from "./style.ts";

interface Said {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: ParsedOptions;
}

/** One run of a command: its answer, and what must be said beside that. */
export class CommandCall implements Call {
  readonly args: readonly string[];
  readonly paths: readonly string[];
  readonly #command: Command;
  readonly #options: ParsedOptions;
  readonly #io: Io;
  readonly #writer: AnswerWriter;
  readonly #opened: Register[] = [];
  readonly #asked: Question[] = [];
  readonly #data: string[] = [];
  readonly #notes: string[] = [];
  readonly #skipped: Finding[] = [];
  #isEmpty = false;
  /** Whether the answer has no rows that would show whether anything was found. */
  #isWhole = false;
  #findings: () => readonly Finding[] = () => [];

  constructor({ command, args, options }: Said, io: Io, writer: AnswerWriter) {
    const { words, paths } = tellApart(args, command, io.platform);
    this.args = words;
    this.paths = paths;
    this.#command = command;
    this.#options = options;
    this.#io = io;
    this.#writer = writer;
    if (this.flag("quiet") && this.flag("notes"))
      throw new UsageError("--quiet and --notes cannot be combined", "leave one of them out");
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  get hasErrors(): boolean {
    return this.#opened.flatMap((one) => one.findings()).some(({ severity }) => severity === "error");
  }

  today(): PartialDate {
    return todayOption(this.#options, this.#io.env);
  }

  flag(name: string): boolean {
    return flagOption(this.#options, name);
  }

  text(name: string): string | undefined {
    return textOption(this.#options, name);
  }

  ownData(): ChosenData {
    return this.#choose(true);
  }

  #choose(own: boolean): ChosenData {
    const choose = own ? chooseOwnData : chooseData;
    const chosen = choose(this.paths, this.#options, this.#io, this.#command.name);
    for (const note of passedOver(chosen)) this.#notes.push(note);
    return chosen;
  }

  async open({
    checking = false,
    own = false,
    paths,
    committed = false,
    besideNotices = false,
  }: Parameters<Call["open"]>[0] = {}): Promise<Register> {
    const chosen = paths ?? this.#choose(own).paths;
    const wanted = committed ? chosen.map(committedPath) : chosen;
    for (const path of wanted.length === 0 ? [BUILTIN_REGISTER] : wanted) this.#data.push(path);
    const register = await openRegister(wanted, { ...this.#opening(checking), besideNotices });
    this.#opened.push(register);
    return register;
  }

  #opening(checking: boolean): OpenOptions {
    const prefer = this.text("prefer");
    const { progress } = this.#writer;
    return {
      positions: checking,
      lenient: checking,
      stdin: this.#io.stdin,
      aliases: listOption(this.#options, "aliases"),
      skipBad: this.flag("skip-bad"),
      everyNote: this.flag("notes"),
      clickhouse: clickHouseAccess(this.#io.env),
      ...(progress !== undefined && { progress: (state) => progress.show(state) }),
      ...(prefer !== undefined && { prefer }),
    };
  }

  async ask(opening?: Parameters<Call["ask"]>[0]): Promise<Question> {
    const at = this.today();
    const register = await this.open(opening);
    const words = (opening?.words ?? this.args).join(" ");
    const query = await withElsewhere(undefined, (otherwise) => {
      const hint = (written: string) => queryNameHint(register, written) ?? otherwise(written);
      return parseQuery(words, queryLookup(register), hint, this.#command.asks);
    });
    const question = { register, selection: selectionOption(this.#options, query, at) };
    this.#asked.push(question);
    return question;
  }

  shows(column: string): boolean {
    const { fields = [], sort = [] } = arrangementOption(this.#options);
    return (
      formatOption(this.#options) !== "table" || [...fields, ...sort].some((name) => name.replace(/^-/, "") === column)
    );
  }

  async answer<Row>(report: Report<Row>): Promise<void> {
    const surface = await this.#writer.surface();
    const arranged = await withElsewhere(this.#command, (otherwise) =>
      arrange(report, arrangementOption(this.#options), otherwise),
    );
    let rows = 0;
    async function* counted() {
      for await (const batch of arranged.batches) {
        rows += batch.length;
        yield batch;
      }
    }
    const format = formatOption(this.#options);
    await this.#writer.put(FORMATS[format]({ ...arranged, batches: counted() }, surface));
    this.#isEmpty = rows === 0;
    this.#findings = () => report.closing().findings ?? [];
    if (this.#writer.isShown && format === "table" && this.#data.length > 0 && !this.flag("quiet"))
      await this.#writer.put([paragraph(dataLine(this.#data, this.#command.name), surface, surface.style.dim)]);
  }

  print(text: string): void {
    this.#writer.print(text);
  }

  say(text: string): void {
    this.#writer.say(text);
  }

  async startRegister(file: string): Promise<boolean> {
    const target = file === "-" ? STANDARD_OUTPUT : freeTargetOf(file);
    const { STARTER_REGISTER } = await import("../writers/starter-register.ts");
    await this.#writer.put([STARTER_REGISTER], target);
    return target.kind === "file";
  }

  async importSheets(files: readonly string[]): ReturnType<Call["importSheets"]> {
    const { importSheets } = await import("../register/import-register.ts");
    const map = this.text("map");
    return await importSheets(files, { stdin: this.#io.stdin, ...(map !== undefined && { map }) });
  }

  async writeRegister(register: Register, said: readonly string[]): Promise<void> {
    for (const note of said) this.#notes.push(note);
    const to = this.text("to") === "jsonl" ? "jsonl" : "yaml";
    const { writtenRegister } = await import("./convert.ts");
    await this.#writer.put(writtenRegister(to, register, { folder: this.#folder() }));
    this.#opened.push(register);
  }

  /** The folder that the output will be in. Paths within the output are relative to it. */
  #folder(): string {
    return dirname(this.text("output") ?? "-");
  }

  async suggestMap(files: readonly string[]): Promise<void> {
    const { suggestImportMap } = await import("../register/import-register.ts");
    const { importMapYaml } = await import("../writers/register-yaml.ts");
    await this.#writer.put([importMapYaml(await suggestImportMap(files, { stdin: this.#io.stdin }))]);
  }

  async layOut(check: boolean): ReturnType<Call["layOut"]> {
    const { formatRegisters } = await import("../writers/format-registers.ts");
    return await formatRegisters(writable(this.ownData().paths), {
      check,
      stdin: this.#io.stdin,
      ...(this.flag("skip-bad") && { skipped: this.#skipped }),
      watch: this.#io.watchForSignals,
    });
  }

  async convert(): Promise<void> {
    const to = conversionOption(this.#options);
    if (to === "parquet") return await this.#convertToStore();
    const look = { arrangement: arrangementOption(this.#options), surface: await this.#writer.surface() };
    const tell = (note: string): unknown => this.#notes.push(note);
    const ocds = { ...packageOptions(this.#options, to), at: this.today() };
    const { convert } = await import("./convert.ts");
    this.#isWhole = true;
    await this.#writer.put(convert({ to, folder: this.#folder(), ocds, tell }, await this.ask(), look));
  }

  async #convertToStore(): Promise<void> {
    const folder = this.text("output");
    if (folder === undefined || folder === "-")
      throw new UsageError(
        "parquet is a folder of tables",
        "name it: lotbook convert --format parquet --output FOLDER",
      );
    this.#isWhole = true;
    await takeLittleMemory();
    const { register, selection } = await this.ask();
    const contracts = contractsAskedFor(register, selection);
    const about = { register, paths: this.#data, day: this.today(), version: version() };
    const { writeStore } = await import("../store/write-store.ts");
    const { counts } = await writeStore(folder, { ...about, ...(contracts && { contracts }) });
    const { storeLine } = await import("../commands/index-store.ts");
    this.say(storeLine(folder, counts));
  }

  async index(folder: string, add: boolean): ReturnType<Call["index"]> {
    if (add) return await this.#addTo(folder);
    await takeLittleMemory();
    const register = await this.open({ own: true });
    const { writeStore } = await import("../store/write-store.ts");
    const about = { register, paths: this.#data, day: this.today(), version: version() };
    return (await writeStore(folder, about)).counts;
  }

  async #addTo(folder: string): ReturnType<Call["index"]> {
    const { addToStore } = await import("../store/add-to-store.ts");
    const day = this.text("at") === undefined ? undefined : this.today();
    const about = { paths: this.ownData().paths, options: this.#opening(false), version: version() };
    const { manifest, register } = await addToStore(folder, { ...about, ...(day !== undefined && { day }) });
    this.#opened.push(register);
    return manifest.counts;
  }

  async printSql(dialect: Dialect): Promise<void> {
    const { storeTables } = await import("../store/answer-tables.ts");
    const { storeSql } = await import("../store/store-sql.ts");
    const [folder] = this.paths;
    await this.#writer.put([storeSql(storeTables(await openRegister()), dialect, folder)]);
  }

  async publish(look: PageLook): Promise<void> {
    if (this.#writer.isShown)
      throw new UsageError("a page is for browsers", "write it to a file: lotbook report --output report.html");
    const { reportOn } = await import("./report.ts");
    this.#isWhole = true;
    await this.#writer.put([await reportOn(await this.ask(), look)]);
  }

  async audit(): Promise<void> {
    const { evidenceOf, packFormatOption, packText } = await import("./audit.ts");
    const format = packFormatOption(this.#options);
    this.#isWhole = true;
    const question = await this.ask();
    const { query, contracts = [], lots = [], suppliers = [] } = question.selection;
    const asked = {
      day: formatPartialDate(this.today()),
      query: typeof query === "object" ? printQuery(query) : (query ?? ""),
      data: this.#data.slice(),
      aliases: listOption(this.#options, "aliases"),
      contracts,
      lots,
      suppliers,
      prefer: this.text("prefer") ?? "",
      skipBad: this.flag("skip-bad"),
    };
    await this.#writer.put([await packText(await evidenceOf(question, asked, version()), format)]);
  }

  async verify(pack: string): Promise<number> {
    if (this.args.length > 0) throw new UsageError("--verify asks what the pack asks", "leave the query out");
    const { verifyPack } = await import("./audit.ts");
    const { same, lines } = await verifyPack(pack, [...this.paths, ...listOption(this.#options, "data")], version());
    for (const line of lines) this.say(`${line}\n`);
    return same ? 0 : 1;
  }

  async printSchema(of: Parameters<Call["printSchema"]>[0]): Promise<void> {
    await this.#writer.put([`${JSON.stringify(await schemaOf(of), null, 2)}\n`]);
  }

  /** Says, after the answer, what its reader must know of it and of the data behind it. */
  async remark(): Promise<void> {
    this.#writer.wipe();
    const style = await styleFor(wantsColor(colorOption(this.#options), this.#io.env, this.#io.stderr.isTerminal));
    if (this.#isEmpty || this.#isWhole) await this.#noteWhatWasMeant();
    await this.#noteUnreadPipe();
    if (this.#skipped.length > 0) this.#io.stderr.write(warningsText(this.#skipped, style));
    if (this.#opened.length > 0) await this.#sayOf(style);
  }

  async #sayOf(style: Style): Promise<void> {
    const quiet = this.flag("quiet");
    const surface = { style, width: this.#io.stderr.columns, everyNote: this.flag("notes"), quiet };
    let text = await findingsText(this.#findings(), style);
    for (const register of this.#opened)
      text += await remarksOn(register, surface, this.#command.showsFindings === true);
    if (!quiet) text += notesText(this.#notes, surface);
    if (text !== "") this.#io.stderr.write(text);
  }

  async #noteWhatWasMeant(): Promise<void> {
    for (const question of this.#asked) for (const note of await missedBy(question, this.#io)) this.#notes.push(note);
    for (const note of pathsAmong(this.args, this.#command.name)) this.#notes.push(note);
  }

  async #noteUnreadPipe(): Promise<void> {
    if (this.#data.length === 0 || this.#data.includes("-") || this.#io.input() !== "pipe") return;
    if (!(await this.#io.pipeHolds())) return;
    const unread = "standard input is a pipe with data in it, which was not read";
    this.#notes.push(`${unread}; to read it: lotbook ${this.#command.name} -`);
  }
}

/**
 * Makes the process use little memory, for commands that read all there is and keep little of it. Otherwise garbage
 * would fill several times the memory of what is kept before it is collected. DuckDB, too, holds on to freed memory for
 * each thread that it ever ran on.
 */
const takeLittleMemory = async (): Promise<void> => {
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--heap-growing-percent=25");
  process.env["UV_THREADPOOL_SIZE"] ??= "1";
};

/** The access to ClickHouse, from the environment: on the command line, others would see it. */
const clickHouseAccess = (env: Io["env"]): NonNullable<OpenOptions["clickhouse"]> => ({
  user: env["LOTBOOK_CLICKHOUSE_USER"],
  password: env["LOTBOOK_CLICKHOUSE_PASSWORD"],
  passwordFile: env["LOTBOOK_CLICKHOUSE_PASSWORD_FILE"],
  seconds: env["LOTBOOK_CLICKHOUSE_TIMEOUT"],
});

const MOST_MS_FOR_HINTS = 1_000;

/**
 * What a question without an answer may have meant. It takes a second reading of the data, which is worth it only if
 * they are soon read.
 */
const missedBy = async ({ register, selection }: Question, io: Io): Promise<readonly string[]> => {
  const end = io.now() + MOST_MS_FOR_HINTS;
  const { missedValues } = await import("../engine/missed-values.ts");
  return await missedValues(register, selection, () => io.now() < end);
};

const writable = (paths: readonly string[]): readonly string[] => {
  if (!paths.includes(BUILTIN_REGISTER)) return paths;
  throw new UsageError(`${BUILTIN_REGISTER} is part of lotbook and cannot be written`, "name a register of yours");
};

const schemaOf = async (of: Command | "register" | "import"): Promise<JsonSchema> => {
  if (of === "import") return await (await import("../register/import-register.ts")).importMapSchema();
  if (of === "register") return (await import("../records/register.ts")).registerSchema();
  const { reportSchema } = await import("../output/report-schema.ts");
  return reportSchema(of.name, of.columns ?? [], of.variants);
};

/**
 * Tries again with hints at the fields of other commands. These are worth loading only if a field was asked for in
 * vain.
 */
const withElsewhere = async <T>(command: Command | undefined, attempt: (otherwise: Elsewhere) => T): Promise<T> => {
  try {
    return attempt(() => undefined);
  } catch (error) {
    if (error instanceof UsageError) return attempt(await elsewhere(command));
    throw error;
  }
};
