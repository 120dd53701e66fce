/**
 * Builds dist/: the library (ES modules and type declarations), the command line program as one CommonJS file, which
 * starts faster than modules do, the licences of the packages in that file and a bill of them, a parsed copy of the
 * default register, and the manual pages.
 * Writes data/register.schema.json and the list of manual pages in package.json, too.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));

// npm leaves out what builds a package that it installs globally from git (npm/cli#8440), as pre-commit has it do.
if (!existsSync("node_modules/esbuild"))
  execFileSync(process.execPath, [process.env.npm_execpath, "ci", "--ignore-scripts"], {
    env: { ...process.env, npm_config_global: "false" },
    stdio: "ignore",
  });
const { build, transform } = await import("esbuild");
const { default: ts } = await import("typescript");

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/lib", { recursive: true });

/** Functions of Node whose modules are loaded only when they are first called: crypto, for one, loads streams. */
const LATE = { "node:crypto": "createHash", "node:os": "homedir" };

/**
 * What is replaced in cli-table3's cells: a text for a log that nobody reads, which was cut letter by letter, and signs
 * that each cell had of its own.
 */
const LEANER_CELLS = [
  ["utils.truncate(this.content, 10, this.truncate)", "this.content"],
  ["(this.chars = {})", "(this.chars = this.options.chars ? {} : (tableOptions.ofCells ??= {}))"],
  ["CHAR_NAMES.forEach(", "if (chars.middle === undefined) CHAR_NAMES.forEach("],
];

/**
 * Leaves out what libraries load at start-up and this program never or rarely needs. commander can start other programs
 * for commands that are files of their own, and there are none here. cli-table3 measures every text with an emoji
 * pattern that takes milliseconds to compile, although the length will do for most. jsonc-parser can also lay out and
 * edit, and keeps rows of spaces ready for that.
 */
const leanLibraries = {
  name: "lean-libraries",
  setup(builder) {
    builder.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("commander") ? { path: "child_process", namespace: "empty" } : undefined,
    );
    builder.onResolve({ filter: /^\.\/impl\/(format|edit)$/ }, ({ importer }) =>
      importer.includes("jsonc-parser") ? { path: "jsonc-parser", namespace: "empty" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({
      contents: "module.exports = {};",
    }));
    builder.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      path in LATE && !importer.includes("node_modules") ? { path, namespace: "late" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `export const ${LATE[path]} = (...given) => require("${path.slice("node:".length)}").${LATE[path]}(...given);`,
    }));
    builder.onLoad({ filter: /cli-table3\/src\/cell\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const parts = LEANER_CELLS.map(([part]) => part).filter((part) => !text.includes(part));
      if (parts.length > 0) throw new Error(`${path} has changed: it has no ${parts.join(", no ")}`);
      return { contents: LEANER_CELLS.reduce((contents, [part, leaner]) => contents.replace(part, leaner), text) };
    });
    builder.onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer.includes("cli-table3") ? { path: resolve("src/output/ascii-first-width.cjs") } : undefined,
    );
  },
};

/**
 * Leaves out jsonc-parser's map of the names of characters: its compiler has already put the values in their places.
 */
const leanScanner = {
  name: "lean-scanner",
  setup(builder) {
    builder.onLoad({ filter: /jsonc-parser\/lib\/esm\/impl\/scanner\.js$/ }, ({ path }) => {
      const [code, unused] = readFileSync(path, "utf8").split("var CharacterCodes;");
      if (unused === undefined || code.replaceAll(/\/\* CharacterCodes\.\w+ \*\//g, "").includes("CharacterCodes"))
        throw new Error(`${path} has changed: the names of characters are in use`);
      return { contents: code };
    });
  },
};

/** Pages of the manual that the program quotes are taken into it as texts. */
const loader = { ".md": "text" };

/** The modules that stand for DuckDB's packages in the program. They say why. */
const DUCKDB = "src/inputs/store/duckdb-package.cjs";
const DUCKDB_BINDING = "src/inputs/store/duckdb-binding.cjs";

/** The files that the program loads only when they are needed. Each is built on its own. */
const LAZY = {
  yaml: "src/syntax/yaml.ts",
  "read-notices": "src/notices/read-notices.ts",
  chalk: "chalk",
  "grapheme-width": "src/output/grapheme-width.ts",
  xlsx: "src/output/xlsx.ts",
  "import-sheets": "src/register/sheets/import-sheets.ts",
  workbook: "src/inputs/workbooks/workbook.ts",
  picture: "src/output/picture.ts",
  html: "src/output/html-page.ts",
  calendar: "src/output/calendar.ts",
  "report-page": "src/output/report-page.ts",
  catalogue: "src/engine/rules/catalogue.ts",
  markdown: "src/syntax/markdown.ts",
  page: "src/output/page.ts",
  "remote-store": "src/inputs/store/remote-store.ts",
  duckdb: DUCKDB,
};

/** Packages that are loaded where somebody installed them beside lotbook. */
const PEERS = Object.keys(readJson("package.json").peerDependencies);

/**
 * Errors are told apart by their classes. So the files that are loaded later take the classes from the program and have
 * no copies.
 */
const sharedErrors = {
  name: "shared-errors",
  setup(builder) {
    builder.onResolve({ filter: /\/errors\.ts$/ }, () => ({ path: "./lotbook.js", external: true }));
  },
};

const lazyFiles = {
  name: "lazy-files",
  setup(builder) {
    builder.onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
      const isMeant = (file) => path === file || resolve(resolveDir, path) === resolve(file);
      const [name] = Object.entries(LAZY).find(([, file]) => isMeant(file)) ?? [];
      const later = kind === "dynamic-import" || kind === "require-call";
      return later && name !== undefined ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/** A peer that the program has a copy of; only its own file may be another version's. */
const copiedPeer = {
  name: "copied-peer",
  setup(builder) {
    builder.onResolve({ filter: /^@duckdb\/node-api(\/package\.json)?$/ }, ({ path, importer }) =>
      importer === resolve(DUCKDB)
        ? { path: resolve("node_modules", path, path.endsWith(".json") ? "" : "lib/index.js") }
        : { path: "./duckdb.js", external: true },
    );
    builder.onResolve({ filter: /^@duckdb\/node-bindings/ }, ({ path, importer }) =>
      path.endsWith("bindings") && importer.includes("node-api")
        ? { path: resolve(DUCKDB_BINDING) }
        : { path, external: true },
    );
  },
};

/** The folders of the packages whose code is copied, each with the parts of the build that it goes into. */
const copied = new Map();

const notePackages = (part) => ({
  name: "note-packages",
  setup(builder) {
    builder.initialOptions.metafile = true;
    builder.onEnd(({ metafile }) => {
      for (const input of Object.keys(metafile?.inputs ?? {})) {
        const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input) ?? [];
        if (folder !== undefined) copied.set(folder, new Set([...(copied.get(folder) ?? []), part]));
      }
    });
  },
});

/** The text of a licence, for packages that name the licence and leave it out. */
const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`;

/**
 * Puts what a module keeps to itself into a block of its own. esbuild gives all modules of a file one scope, and V8
 * processes all of its names at each start, used or not. Of four thousand names there, two thirds are used by no other
 * module.
 */
const ownScopes = {
  name: "own-scopes",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "ts", target: "es2022" });
      return { contents: inOwnScope(code) };
    });
  },
};

/**
 * The module's code with its exports declared above a block. The block holds the rest and gives the exports their
 * values.
 */
function inOwnScope(code) {
  const file = ts.createSourceFile("module.js", code, ts.ScriptTarget.Latest, true);
  const textOf = (node) => code.slice(node.getStart(file), node.end);
  const isExported = ({ modifiers = [] }) => modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const [outside, functions, inside, names] = [[], [], [], []];
  const assign = (name, value) => `${name} = ${value};`;
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) outside.push(textOf(statement));
    else if (!isExported(statement)) inside.push(textOf(statement));
    else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name)) throw new Error(`${textOf(statement)}: export names one by one`);
        names.push(name.text);
        if (initializer !== undefined) inside.push(assign(name.text, textOf(initializer)));
      }
    } else {
      // Declared functions can be called from the first line on.
      const { text } = statement.name;
      names.push(text);
      const declared = assign(text, textOf(statement).replace(/^export\s+/, ""));
      (ts.isFunctionDeclaration(statement) ? functions : inside).push(declared);
    }
  }
  const exported = names.length === 0 ? [] : [`export let ${names.join(", ")};`];
  return [...outside, ...exported, "{", ...functions, ...inside, "}"].join("\n");
}

/** The program and the files that it loads later, each as one function that takes what a CommonJS module is given. */
async function buildProgram() {
  const options = {
    outdir: "dist/cli",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
    legalComments: "none",
    minify: true,
    charset: "ascii",
    loader,
    supported: { "dynamic-import": false },
    plugins: [ownScopes, copiedPeer, lazyFiles, leanLibraries, leanScanner, notePackages("program")],
    define: { "import.meta.dirname": "__dirname" },
    external: PEERS,
    banner: {
      js: "/* The licences of the packages in this file are in ../licences.txt. */(function (exports, require, module, __filename, __dirname) {",
    },
    footer: { js: "})" },
  };
  await build({ ...options, entryPoints: { lotbook: "src/cli/run.ts" } });
  await build({ ...options, plugins: [sharedErrors, ...options.plugins], entryPoints: LAZY });
  for (const file of readdirSync("dist/cli")) beginWithDigest(`dist/cli/${file}`);
  writeFileSync("dist/cli/package.json", '{ "type": "commonjs" }\n');
}

/** Begins a file with its digest, by which compiled code is kept: two versions may have the same size and time. */
function beginWithDigest(path) {
  const text = readFileSync(path, "utf8");
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  writeFileSync(path, text.replace("/*", `/* ${digest}`));
}

await buildProgram();

/** Replaces what the library takes from Node by what browsers get instead. The rest needs none of it. */
const withoutNode = {
  name: "without-node",
  setup(builder) {
    const buffer = resolve("src/inputs/browser-buffer.ts");
    builder.onResolve({ filter: /^node:buffer$/ }, () => ({ path: buffer }));
    builder.onResolve({ filter: /\/unpack\.ts$/ }, () => ({ path: resolve("src/inputs/archives/cannot-unpack.ts") }));
    builder.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true, sideEffects: false }));
  },
};

const library = {
  outdir: "dist/lib",
  bundle: true,
  format: "esm",
  loader,
  // jsonc-parser is published in a form that Node cannot import by name.
  external: [...Object.keys(readJson("package.json").dependencies).filter((name) => name !== "jsonc-parser"), ...PEERS],
  mainFields: ["module", "main"],
};
await build({
  ...library,
  entryPoints: ["src/index.ts"],
  platform: "node",
  target: "node20",
  plugins: [notePackages("library")],
});
await build({
  ...library,
  entryPoints: ["src/browser.ts"],
  platform: "browser",
  target: "es2022",
  inject: ["src/inputs/browser-buffer.ts"],
  plugins: [withoutNode, notePackages("library")],
});

/**
 * The files that pages replace by smaller ones, because they hold few contracts, the words of their own language, and
 * no tables of letters.
 */
const PAGE_FILES = [
  ["words", "page-words"],
  ["narrowing", "reads-all"],
  ["settled", "settles-nothing"],
  ["grapheme-width", "page-widths"],
  ["foreign", "nothing-foreign"],
];

/** Leaves out what pages never need: they hold only what lotbook wrote, each contract with its orders. */
const withoutFiles = {
  name: "without-files",
  setup(builder) {
    builder.onResolve({ filter: /\/(stored|read-ledger|row-tally|spread-orders|workbook)\.ts$/ }, ({ path }) => ({
      path,
      namespace: "never",
    }));
    for (const [file, ownFile] of PAGE_FILES)
      builder.onResolve({ filter: new RegExp(`/${file}\\.ts$`) }, () => ({ path: resolve(`src/page/${ownFile}.ts`) }));
    builder.onLoad({ filter: /.*/, namespace: "never" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** The program that stands in each report: the questions and everything that answers them, and no other reader. */
await build({
  entryPoints: ["src/page/answer-back.ts"],
  outdir: "dist/page",
  bundle: true,
  platform: "browser",
  target: "es2022",
  format: "iife",
  mainFields: ["module", "main"],
  legalComments: "none",
  minify: true,
  charset: "ascii",
  inject: ["src/inputs/browser-buffer.ts"],
  plugins: [withoutFiles, withoutNode, leanScanner, notePackages("page")],
});

writeLicences();
writeBillOfMaterials();
emitDeclarations();
await compileDefaultRegister();
await writeRegisterSchema();
leaveCompiledCode();
await writeManPages();

/** The licences of the packages whose code is copied into dist/: they ask to go with every copy. */
function writeLicences() {
  const texts = [...copied.keys()].sort().map((folder) => {
    const { name, version, license, author } = readJson(`${folder}/package.json`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined && license !== "ISC") throw new Error(`${name} has no licence file`);
    const text = file === undefined ? `Copyright ${author}\n\n${ISC}` : readFileSync(`${folder}/${file}`, "utf8");
    return `${name} ${version}\n\n${text.trim()}\n`;
  });
  writeFileSync("dist/licences.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
}

/**
 * Writes what lotbook consists of apart from its own code, in CycloneDX: for each copied package its version, the
 * checksum of its archive, and the parts that it is copied into. The same files give the same bytes, so there is no
 * date and no serial number.
 */
function writeBillOfMaterials() {
  const { packages } = readJson("package-lock.json");
  const folders = [...copied.keys()].sort();
  const { name, version, description, license } = readJson("package.json");
  const purl = purlOf(name, version);
  const licenses = [{ license: { id: license } }];
  const component = { type: "application", "bom-ref": purl, name, version, description, licenses, purl };
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { lifecycles: [{ phase: "build" }], component },
    components: folders.map((folder) => componentOf(folder, packages[folder].integrity)),
    dependencies: [".", ...folders].map((folder) => dependenciesOf(folder, packages)),
  };
  writeFileSync("dist/sbom.cdx.json", `${JSON.stringify(bill, null, 2)}\n`);
}

/** The copied packages that one of them needs, or that lotbook itself needs. */
function dependenciesOf(folder, packages) {
  const { name, version, ...needs } = readJson(`${folder}/package.json`);
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = needs;
  const needed = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).map((other) =>
    installedFor(folder === "." ? "" : `${folder}/`, other, packages),
  );
  const dependsOn = needed
    .filter((other) => copied.has(other))
    .map((other) => purlOf(other.replace(/.*node_modules\//, ""), packages[other].version));
  return { ref: purlOf(name, version), dependsOn };
}

/** The folder from which Node loads a package for code in another folder. */
function installedFor(folder, needed, packages) {
  const own = `${folder}node_modules/${needed}`;
  if (own in packages || folder === "") return own;
  return installedFor(folder.replace(/node_modules\/(@[^/]+\/)?[^/]+\/$/, ""), needed, packages);
}

function componentOf(folder, integrity) {
  const { name, version, description, license } = readJson(`${folder}/package.json`);
  const ref = purlOf(name, version);
  const [, algorithm, hash] = /^sha(\d+)-(.+)$/.exec(integrity) ?? [];
  return {
    type: "library",
    "bom-ref": ref,
    name,
    version,
    description,
    scope: "required",
    hashes: [{ alg: `SHA-${algorithm}`, content: Buffer.from(hash, "base64").toString("hex") }],
    licenses: [{ license: { id: license } }],
    purl: ref,
    properties: [...copied.get(folder)].sort().map((part) => ({ name: "lotbook:copiedInto", value: part })),
  };
}

function purlOf(name, version) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Writes the type declarations of the library and of what it names. `npm run check` checks whether all types are right.
 */
function emitDeclarations() {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ".");
  const program = ts.createProgram(["src/index.ts", "src/browser.ts"], {
    ...options,
    noEmit: false,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: "src",
    outDir: "dist/lib",
  });
  const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (diagnostics.length === 0) return;
  console.error(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => ".",
      getNewLine: () => "\n",
    }),
  );
  process.exit(1);
}

/** Writes a parsed copy of the default register, so that answering from it needs no YAML parser. */
async function compileDefaultRegister() {
  await build({
    entryPoints: ["src/syntax/yaml.ts"],
    outfile: "dist/yaml.js",
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const { readYaml } = await import(pathToFileURL("dist/yaml.js").href);
  rmSync("dist/yaml.js");
  const file = "data/cloud-i.yaml";
  const text = readFileSync(file, "utf8");
  const read = readYaml(text, file);
  if (!("document" in read)) throw new Error(`${file}: ${JSON.stringify(read.findings, null, 2)}`);
  writeFileSync("dist/cloud-i.json", JSON.stringify({ text, value: read.document.value }));
}

/** Writes a file that is kept with the sources, but only if its content changes, because others may be reading it. */
function writeKept(file, text) {
  if (readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

async function writeRegisterSchema() {
  const { registerSchema } = await import(pathToFileURL("dist/lib/index.js").href);
  writeKept("data/register.schema.json", `${JSON.stringify(registerSchema(), null, 2)}\n`);
}

/** Starts the program once with the command by which starts are measured, so that its compiled code is kept. */
function leaveCompiledCode() {
  execFileSync(process.execPath, ["bin/lotbook.js", "lots"], {
    stdio: "ignore",
  });
}

/**
 * Writes the manual for `man`: a page for each topic, for each command and for the program. package.json lists them.
 */
async function writeManPages() {
  const outfile = "dist/man-pages.cjs";
  const define = { "import.meta.dirname": "__dirname" };
  await build({
    entryPoints: ["src/cli/man-pages.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    loader,
    define,
  });
  const { manPages } = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  mkdirSync("dist/man", { recursive: true });
  const pages = await manPages((file) => readFileSync(file, "utf8"), readJson("package.json").version);
  for (const [name, text] of pages) writeFileSync(`dist/man/${name}`, text);
  const man = [...pages.keys()].sort().map((name) => `./dist/man/${name}`);
  writeKept("package.json", `${JSON.stringify({ ...readJson("package.json"), man }, null, 2)}\n`);
}
