import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The views of a store in the engines that are here: `npm run test:engines`. */
export default defineConfig({
  test: { root: join(import.meta.dirname, ".."), include: ["test/engines/*.engines.ts"], testTimeout: 120_000 },
});
