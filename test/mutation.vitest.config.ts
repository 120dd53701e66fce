import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The tests that judge mutants: those of the rooms that are mutated. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, ".."),
    include: ["test/{model,records,query,engine}/**/*.test.ts"],
    setupFiles: [join(import.meta.dirname, "present-day.ts")],
    testTimeout: 20_000,
    // Each mutant is judged by tests of several files; reading the sources anew for each file doubles the time.
    isolate: false,
  },
});
