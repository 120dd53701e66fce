import { defineConfig } from "vitest/config";

// Before the usual settings are read, which depend on it.
process.env["LOTBOOK_TESTS"] = "all";
const { default: usual } = await import("./vitest.config.ts");

/** The whole suite at its full length. */
export default defineConfig(usual);
