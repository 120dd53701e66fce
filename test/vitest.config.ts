import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LONG } from "./long.ts";

export default defineConfig({
  test: {
    root: join(import.meta.dirname, ".."),
    include: ["test/**/*.test.ts"],
    globalSetup: join(import.meta.dirname, "temporary-files.ts"),
    // For speed: all cores (by default one stays idle), and modules loaded once a worker, for they hold no state.
    pool: "threads",
    maxWorkers: "100%",
    isolate: false,
    testTimeout: LONG ? 600_000 : 20_000,
    coverage: {
      provider: "v8",
      include: ["src/**"],
      reporter: ["text-summary"],
      // The rooms that hold the domain are covered nearly to the last branch.
      thresholds: {
        "src/model/**": { branches: 96 },
        "src/query/**": { branches: 96.5 },
        "src/engine/**": { branches: 94.5 },
      },
    },
  },
});
