import { once } from "node:events";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import type { Outcome } from "../cases/case-file.ts";

/** A run of the program, and what its standard input gives. */
export interface Task {
  readonly argv: readonly string[];
  readonly input?: Uint8Array;
}

export interface Counted extends Outcome {
  readonly steps: number;
  /** The blocks that ran most often, for people who look for what is slow. */
  readonly hottest: readonly string[];
}

/** The program with a counter around it, as one text. Files that it looks for beside itself are where `src` has them. */
const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("step-worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "node",
    loader: { ".md": "text" },
    // Its code is built for each machine, and bundles for one alone.
    external: ["@clickhouse/client", "@duckdb/node-api"],
    format: "cjs",
    mainFields: ["module", "main"],
    define: {
      "import.meta.url": JSON.stringify(pathToFileURL("src/cli/main.ts").href),
      "import.meta.dirname": JSON.stringify(resolve("src/cli")),
    },
    supported: { "dynamic-import": false },
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild gave nothing");
  return output.text;
};

/** Counts the steps of runs of the program, one after the other. */
export class StepCounter {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async start(): Promise<StepCounter> {
    return new StepCounter(new Worker(await bundle(), { eval: true }));
  }

  async count(task: Task): Promise<Counted> {
    this.#worker.postMessage(task);
    const [counted]: Counted[] = await once(this.#worker, "message");
    if (counted === undefined) throw new Error("the counter gave nothing");
    return counted;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
