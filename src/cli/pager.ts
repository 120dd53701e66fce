import type { ChildProcess, spawn } from "node:child_process";
import { ClosedPipe, type Watch, type WatchForSignals } from "../writers/write-fully.ts";
import type { Io, Pager, Sink } from "./io.ts";

const USUAL = "less -FRX";

/** The words of the pager's command; empty if the user wants no pager, which `cat` also means. No shell sees them. */
export const pagerCommand = ({ env, platform }: Pick<Io, "env" | "platform">): readonly string[] => {
  const written = env["LOTBOOK_PAGER"] ?? env["PAGER"] ?? (platform === "win32" ? "" : USUAL);
  const words = [...written.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  return words[0] === "cat" ? [] : words;
};

interface Paging {
  readonly open: () => Pager;
  /** Called before the pager gets the terminal. */
  readonly before: () => void;
  readonly watch: WatchForSignals;
}

/** Holds back an answer until it is longer than the screen, and then gives it to a pager. */
export class PagedSink {
  readonly #terminal: Sink;
  readonly #room: number;
  readonly #how: Paging;
  #watch: Watch | undefined;
  #held = "";
  #lines = 0;
  #pager: Pager | undefined;
  #passes = false;

  constructor(terminal: Sink, rows: number, how: Paging) {
    this.#terminal = terminal;
    this.#room = rows - 1;
    this.#how = how;
  }

  write(text: string): void {
    if (this.#pager !== undefined || this.#passes) {
      (this.#pager ?? this.#terminal).write(text);
      return;
    }
    this.#held += text;
    for (const line of text.split("\n").slice(1)) this.#lines += Math.max(1, Math.ceil(line.length / this.#columns));
    if (this.#lines > this.#room) this.#start();
  }

  get #columns(): number {
    return this.#terminal.columns ?? Number.POSITIVE_INFINITY;
  }

  #start(): void {
    this.#how.before();
    // An interrupt is for the pager, which would otherwise be left alone with the terminal.
    this.#watch = this.#how.watch();
    this.#pager = this.#how.open();
    this.#release();
  }

  #release(): void {
    const held = this.#held;
    this.#held = "";
    if (held !== "") (this.#pager ?? this.#terminal).write(held);
  }

  async end(): Promise<void> {
    this.#release();
    await this.#pager?.end();
    this.#watch?.end();
    this.#watch = undefined;
    this.#pager = undefined;
    this.#passes = true;
  }
}

/** The sink that shows long answers page by page; undefined if there is no terminal or no pager for that. */
export const pagedSink = async (io: Io, before: () => void): Promise<PagedSink | undefined> => {
  const { isTerminal, rows } = io.stdout;
  if (!isTerminal || rows === undefined || io.env["TERM"] === "dumb") return undefined;
  const command = pagerCommand(io);
  const open = command.length === 0 ? undefined : await io.findPager(command);
  return open && new PagedSink(io.stdout, rows, { open, before, watch: io.watchForSignals });
};

/** Gives the function that starts a pager. The module that starts programs is loaded only for it. */
export const pagerStarter = async (program: string, args: readonly string[], env: Io["env"]): Promise<() => Pager> => {
  const { spawn } = await import("node:child_process");
  return () => startPager(spawn, program, args, env);
};

const startPager = (start: typeof spawn, program: string, args: readonly string[], env: Io["env"]): Pager => {
  // By default, less shows colours, ends at once if everything fits, and leaves the answer on the screen. A user who
  // sets LESS knows better.
  const child = start(program, args, { stdio: ["pipe", "inherit", "inherit"], env: { LESS: "FRX", ...env } });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve()).on("error", () => resolve());
  });
  child.stdin.on("error", () => {});
  return {
    write: (text) => {
      if (hasLeft(child)) throw new ClosedPipe();
      child.stdin.write(text);
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
};

const hasLeft = ({ stdin, exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null || stdin?.destroyed === true;
