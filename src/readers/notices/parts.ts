import type { Worker } from "node:worker_threads";
import type { Assumption } from "../../model/publication.ts";
import { CHUNK_BYTES, readChunks } from "../bytes.ts";
import type { NoticeInput } from "../inputs.ts";
import type { Meter } from "../meter.ts";
import type { FilePart, PartQuestion, PartReply } from "./part-messages.ts";
import type { Threads } from "./threads.ts";

/** What is read is forgotten soon: with more room for what is young, less of it is ever looked at again. */
const LIMITS = { maxYoungGenerationSizeMb: 64 };

export interface AnsweredInParts {
  readonly answers: readonly string[];
  readonly assumptions: readonly Assumption[];
}

/** A file of notices, one a line. */
export type LinesFile = Pick<NoticeInput, "file" | "size" | "meter"> & { readonly path: string };

/**
 * Has a question answered for parts of a file by a thread each; undefined where the parts have to do with each other, or
 * anything is wrong in one: then all must be read in turn, which tells what it is.
 */
export const askInParts = async (
  file: LinesFile,
  threads: Threads,
  question: string,
): Promise<AnsweredInParts | undefined> => {
  const count = await threads.count();
  if (count < 2) return undefined;
  const { Worker: Thread } = await import("node:worker_threads");
  const workers = partsOf(file, count).map(
    (part) => new PartWorker(new Thread(threads.script, { workerData: part, resourceLimits: LIMITS }), file.meter),
  );
  try {
    const scanned = await Promise.all(workers.map((worker) => worker.ask({ kind: "scan" })));
    const firstLines = firstLinesOf(scanned);
    if (firstLines === undefined) return undefined;
    const replies = await Promise.all(
      workers.map((worker, index) => worker.ask({ kind: "answer", question, firstLine: firstLines[index] ?? 1 })),
    );
    const answered = replies.filter((reply) => reply.kind === "answered");
    if (answered.length < workers.length) return undefined;
    return {
      answers: answered.map(({ answer }) => answer),
      assumptions: answered.flatMap(({ assumptions }) => assumptions),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
};

/** The numbers of the parts' first lines; undefined where a procedure stands in several parts, or a part cannot be read alone. */
const firstLinesOf = (replies: readonly PartReply[]): readonly number[] | undefined => {
  const seen = new Set<number>();
  const firstLines: number[] = [];
  let line = 1;
  for (const reply of replies) {
    if (reply.kind !== "scanned") return undefined;
    firstLines.push(line);
    line += reply.lines;
    for (const procedure of reply.procedures) {
      if (seen.has(procedure)) return undefined;
      seen.add(procedure);
    }
  }
  return firstLines;
};

/** So many parts of about one size, each of whole lines; fewer where lines are long. */
const partsOf = ({ path, file, size }: LinesFile, count: number): readonly FilePart[] => {
  const starts = Array.from({ length: count }, (_, index) => lineStart(path, Math.floor((size * index) / count)));
  return starts
    .map((from, index) => ({ path, file, from, to: starts[index + 1] ?? size }))
    .filter(({ from, to }) => from < to);
};

const LINE_FEED = 10;

/** The first offset, from one on, at which a line begins; the end of the file where none does. */
const lineStart = (path: string, from: number): number => {
  if (from === 0) return 0;
  let at = from - 1;
  for (const chunk of readChunks(path, CHUNK_BYTES, { from: at, to: Number.POSITIVE_INFINITY })) {
    const found = chunk.indexOf(LINE_FEED);
    if (found !== -1) return at + found + 1;
    at += chunk.length;
  }
  return at;
};

/** A thread with its part; what goes wrong with it is a reply, too. */
class PartWorker {
  readonly #worker: Worker;
  #settle: (reply: PartReply) => void = () => {};
  #failed = false;

  constructor(worker: Worker, meter: Meter | undefined) {
    this.#worker = worker;
    worker.on("message", (reply: PartReply) => {
      if (reply.kind === "passed") meter?.passBytes(reply.bytes);
      else this.#settle(reply);
    });
    const fail = (): void => {
      this.#failed = true;
      this.#settle({ kind: "unable" });
    };
    worker.on("error", fail);
    worker.on("exit", fail);
  }

  ask(question: PartQuestion): Promise<PartReply> {
    return new Promise((resolve) => {
      if (this.#failed) resolve({ kind: "unable" });
      this.#settle = resolve;
      this.#worker.postMessage(question);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
