import { type ChildProcess, spawn } from "node:child_process";
import { ClosedPipe } from "../writers/write-fully.ts";
import type { Io, Pager } from "./io.ts";

export const startPager = (program: string, args: readonly string[], env: Io["env"]): Pager => {
  // What is made for people may have colours, and stays on the screen; who sets LESS knows better.
  const child = spawn(program, args, { stdio: ["pipe", "inherit", "inherit"], env: { LESS: "FRX", ...env } });
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
