import { expect } from "vitest";
import { times } from "../long.ts";
import type { StepCounter, Task } from "./steps.ts";

/**
 * Nothing takes long because somebody made it so: the steps that an answer takes grow as its input does, with a little
 * for sorting. Four times as much of one thing may take six times as many steps; work on all pairs would take sixteen.
 * The long run takes more of each.
 */
const SIZE = times(80, 24);
const MOST = 6;

/**
 * Counts the steps of a run on some and on four times as many, and bounds how they grow. Where a limit lies between the
 * two, or the program goes another way from there on, the next four times as much must hold.
 */
export const holdGrowth = async (counter: StepCounter, task: (n: number) => Task | Promise<Task>): Promise<void> => {
  const run = async (n: number) => await counter.count(await task(n));
  // What each run does, whatever it reads, is no part of the work.
  let least = await run(1);
  let once = await run(SIZE);
  let more = await run(4 * SIZE);
  // Where the larger input is refused before it is looked at, the smallest may take more steps than it.
  const isLeast = () => least.steps < Math.min(once.steps, more.steps);
  const noneOf = () => (isLeast() ? least.steps : 0);
  const ratio = () => (more.steps - noneOf()) / (once.steps - noneOf());
  // Nor is what is loaded when it is first needed: counting it makes the ratio higher, never lower, unless it hides the rest.
  if (!isLeast() || ratio() >= MOST) least = await run(1);
  if (ratio() >= MOST) [once, more] = [more, await run(16 * SIZE)];
  const none = noneOf();
  expect(more.exitCode).not.toBe(70);
  expect(more.steps - none, "nothing was done").toBeGreaterThan(SIZE);
  expect(ratio(), `${ratio().toFixed(1)} times the steps: ${more.hottest.join(", ")}`).toBeLessThan(MOST);
};
