import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";
import type { Outcome } from "./case-file.ts";

/** The world around a run: what is not given is absent. */
export interface World {
  /** The columns of the terminal that both streams write to. */
  readonly terminal?: number | undefined;
  /** The rows of that terminal, where it knows them. */
  readonly rows?: number;
  /** Has what is shown page by page; there is no pager where it is left out. */
  readonly page?: (text: string) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input gives. */
  readonly input?: Buffer | undefined;
  /** Where standard input comes from, if it gives something. */
  readonly inputIs?: "file" | "pipe" | undefined;
  /** Where to look for data that nobody names; nowhere, if it is left out. */
  readonly folder?: string | undefined;
  /** Sees what both streams write, in the order in which a terminal has it. */
  readonly watch?: (text: string) => void;
  /** The clock; it stands still where it is left out. */
  readonly now?: () => number;
}

/** Runs the program inside this process, on streams that only remember. */
export const runInProcess = async (argv: readonly string[], world: World = {}): Promise<Outcome> => {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
      world.watch?.(text);
    },
    isTerminal: world.terminal !== undefined,
    columns: world.terminal,
  });
  const { page } = world;
  const io: Io = {
    stdin: async function* () {
      if (world.input !== undefined) yield world.input;
    },
    input: () => (world.input === undefined ? "other" : (world.inputIs ?? "pipe")),
    pipeHolds: async () => world.input !== undefined,
    stdout: {
      ...sink("stdout"),
      rows: world.rows,
      writeBytes: (bytes) => {
        written.stdout += Buffer.from(bytes).toString("latin1");
      },
    },
    stderr: sink("stderr"),
    env: world.env ?? {},
    platform: process.platform,
    findPager: async () => page && (() => ({ write: page, end: async () => {} })),
    whereabouts: () => ({ folder: world.folder, home: undefined, users: [] }),
    watchForSignals: () => ({ interruption: () => undefined, end: () => {} }),
    now: world.now ?? (() => 0),
  };
  const exitCode = await main(argv, io);
  return { ...written, exitCode };
};
