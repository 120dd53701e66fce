/**
 * Builds dist/: the library (ES modules and type declarations), the command line program as one CommonJS file, which
 * starts faster than modules do, and a parsed copy of the default register. Writes data/register.schema.json, too.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/lib", { recursive: true });

/** commander starts other programs for commands that are files of their own; there are none here, and loading what does costs 3 ms. */
const withoutChildProcess = {
  name: "without-child-process",
  setup(builder) {
    builder.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("commander") ? { path: "child_process", namespace: "empty" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

await build({
  entryPoints: ["src/cli/run.ts"],
  outfile: "dist/cli/lotbook.cjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  plugins: [withoutChildProcess],
});

await build({
  entryPoints: ["src/index.ts"],
  outdir: "dist/lib",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // jsonc-parser is published in a form that Node cannot import by name.
  external: Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies),
  mainFields: ["module", "main"],
});

emitDeclarations();
await compileDefaultRegister();
await writeRegisterSchema();

/** Type declarations of the library and of what it names. */
function emitDeclarations() {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ".");
  const program = ts.createProgram(["src/index.ts"], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: "src",
    outDir: "dist/lib",
  });
  const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (diagnostics.length === 0) return;
  console.error(ts.formatDiagnostics(diagnostics, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ".", getNewLine: () => "\n" }));
  process.exit(1);
}

/** What the default register's YAML says, so that answering from it needs no YAML parser. */
async function compileDefaultRegister() {
  await build({ entryPoints: ["src/readers/yaml.ts"], outfile: "dist/yaml.js", bundle: true, platform: "node", format: "esm", packages: "external" });
  const { readYaml } = await import(pathToFileURL("dist/yaml.js").href);
  rmSync("dist/yaml.js");
  const file = "data/cloud-i.yaml";
  const text = readFileSync(file, "utf8");
  const read = readYaml(text, file);
  if (!("document" in read)) throw new Error(`${file}: ${JSON.stringify(read.findings, null, 2)}`);
  writeFileSync("dist/cloud-i.json", JSON.stringify({ text, value: read.document.value }));
}

async function writeRegisterSchema() {
  const { registerSchema } = await import(pathToFileURL("dist/lib/index.js").href);
  writeFileSync("data/register.schema.json", `${JSON.stringify(registerSchema(), null, 2)}\n`);
}
