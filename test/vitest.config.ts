import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { defineConfig } from "vitest/config";
import { LONG } from "./long.ts";

const ROOT = join(import.meta.dirname, "..");
const ALL = "test/**/*.test.ts";
const PRESENT_DAY = join(import.meta.dirname, "present-day.ts");

/** Starting a program copies the tables of all memory that the process has: a hundred times as long where that is a gigabyte. */
const startsPrograms = (file: string): boolean =>
  /from "(?:node:child_process|\S*\/(?:git-repository|npm-registry|faults)\.ts)"/.test(
    readFileSync(join(ROOT, file), "utf8"),
  );

const OF_PROGRAMS = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join("test", name))
  .filter(startsPrograms);

/**
 * Node 20 optimizes code so soon that it unlearns much of it where the next test has other values: waiting longer takes a
 * fifth of all work away. Later ones compile in between, and gain nothing.
 */
const FLAGS = process.versions.node.startsWith("20.") ? ["--interrupt-budget=400000"] : [];
for (const flag of FLAGS) setFlagsFromString(flag);

export default defineConfig({
  test: {
    root: ROOT,
    globalSetup: join(import.meta.dirname, "temporary-files.ts"),
    // For speed: all cores (by default one stays idle), and modules loaded once a worker, for they hold no state.
    maxWorkers: "100%",
    isolate: false,
    // Both projects take each module as it was transformed once, and so does the next run where it is the same.
    experimental: { fsModuleCache: true },
    testTimeout: LONG ? 600_000 : 20_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "programs", include: OF_PROGRAMS, pool: "forks", execArgv: FLAGS } },
      {
        extends: true,
        test: { name: "library", include: [ALL], exclude: OF_PROGRAMS, pool: "threads", setupFiles: [PRESENT_DAY] },
      },
    ],
    coverage: {
      enabled: process.env["LOTBOOK_COVERAGE"] === "yes",
      provider: "v8",
      include: ["src/**"],
      reporter: ["text-summary"],
      // The rooms that hold the domain are covered nearly to the last branch: CI asks for it.
      thresholds: {
        "src/model/**": { branches: 96 },
        "src/query/**": { branches: 96.5 },
        "src/engine/**": { branches: 94.5 },
      },
    },
  },
});
