/**
 * Runs the program in a thread of its own, and counts its steps: each run of a block of code, as V8 counts them for
 * coverage, and each element or letter that the built-in functions go through. The counts do not depend on the machine.
 */
import { type Profiler, Session } from "node:inspector";
import { parentPort } from "node:worker_threads";
import { runInProcess } from "../cases/run-in-process.ts";
import type { Counted, Task } from "./steps.ts";

let builtIn = 0;

/** Lets a built-in function count what each call of it goes through. */
const weigh = (holder: object, names: readonly string[], weight: (self: unknown, result: unknown) => number): void => {
  for (const name of names) {
    const original: unknown = Reflect.get(holder, name);
    if (typeof original !== "function") throw new Error(`there is no ${name}`);
    const value = function (this: unknown, ...given: unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, given);
      builtIn += weight(this, result);
      return result;
    };
    Object.defineProperty(holder, name, { configurable: true, writable: true, value });
  }
};

const lengthOf = (value: unknown): number =>
  typeof value === "string" ? value.length : Array.isArray(value) || ArrayBuffer.isView(value) ? sizeOf(value) : 0;
const sizeOf = (value: object): number => Number(Reflect.get(value, "length"));
const iteratorOf = (iterable: Iterable<unknown>): object => Object.getPrototypeOf(iterable[Symbol.iterator]());

const ofThis = (self: unknown): number => lengthOf(self);
const ofResult = (_: unknown, result: unknown): number => lengthOf(result);
const ofBoth = (self: unknown, result: unknown): number => Math.max(lengthOf(self), lengthOf(result));
/** A search that ends with success is as long as the way to it, which is not known where only that it is there is told. */
const ofSearch = (self: unknown, result: unknown): number =>
  result === false || result === -1 ? lengthOf(self) : typeof result === "number" ? 1 : lengthOf(self) / 2;

const watchBuiltIns = (): void => {
  for (const iterable of [[], new Set(), new Map(), ""]) weigh(iteratorOf(iterable), ["next"], () => 1);
  weigh(Array.prototype, ["reverse", "splice", "shift", "unshift"], ofThis);
  weigh(Array.prototype, ["includes", "indexOf", "lastIndexOf"], ofSearch);
  weigh(Array.prototype, ["concat", "slice", "flat", "join"], ofResult);
  weigh(String.prototype, ["repeat", "padEnd", "padStart"], ofResult);
  weigh(String.prototype, ["normalize", "toLowerCase", "toUpperCase", "replace", "replaceAll", "split"], ofBoth);
  weigh(Object, ["keys", "values", "entries"], ofResult);
  weigh(Buffer, ["concat"], ofResult);
  weigh(TextDecoder.prototype, ["decode"], ofResult);
};

const session = new Session();
session.connect();

/** What ran since the last time. */
const functionsRun = (): readonly Profiler.FunctionCoverage[] => {
  let taken: readonly Profiler.ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) throw error;
    taken = result;
  });
  return taken.filter(({ url }) => url === "[worker eval]").flatMap(({ functions }) => functions);
};

/** Few blocks run often: those are named, and all are added up. */
const OFTEN = 1000;

const count = async ({ argv, input }: Task): Promise<Counted> => {
  builtIn = 0;
  const outcome = await runInProcess(argv, { input: input && Buffer.from(input) });
  let steps = builtIn;
  const often: (readonly [runs: number, name: string])[] = [[builtIn, "built-in"]];
  for (const { functionName, ranges } of functionsRun())
    for (const range of ranges) {
      steps += range.count;
      if (range.count >= OFTEN) often.push([range.count, functionName]);
    }
  const hottest = often.sort(([a], [b]) => b - a).slice(0, 7);
  return { ...outcome, steps, hottest: hottest.map(([runs, name]) => `${name} ${runs}`) };
};

watchBuiltIns();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
functionsRun();
parentPort?.on("message", async (task: Task) => parentPort?.postMessage(await count(task)));
