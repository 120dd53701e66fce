import { defineConfig } from "vitest/config";

/** The tests that judge mutants: those of the rooms that are mutated. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/{model,query,engine}/**/*.test.ts"],
    testTimeout: 20_000,
    isolate: false,
  },
});
