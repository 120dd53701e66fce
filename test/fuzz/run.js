/** Bundles the fuzzer, which is TypeScript, and runs it with the options that it was given. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Beside the packages that it imports.
const folder = mkdtempSync(join(root, "node_modules", ".lotbook-fuzz-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
process.on("SIGINT", () => process.exit(130));
const outfile = join(folder, "fuzz.mjs");
const program = join(root, "src", "cli");
await build({
  entryPoints: [join(root, "test", "fuzz", "fuzz.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  loader: { ".md": "text" },
  logLevel: "error",
  // Files that the program looks for beside itself are where its sources have them.
  define: {
    "import.meta.url": JSON.stringify(pathToFileURL(join(program, "main.ts")).href),
    "import.meta.dirname": JSON.stringify(program),
  },
});
await import(pathToFileURL(outfile).href);
