import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInProcess } from "./cases/run-in-process.ts";

/** The package as a user gets it: packed, and installed into an empty folder. The program must be built. */
const ROOT = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "lotbook-package-"));
const installed = join(folder, "node_modules", "lotbook");
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, argv: readonly string[], cwd = folder): string =>
  execFileSync(command, argv, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .filter((file) => !file.startsWith("node_modules/"))
    .sort();

beforeAll(() => {
  run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], ROOT);
  const [packed = ""] = readdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const quietly = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  run("npm", ["install", ...quietly, `./${packed}`]);
}, 120_000);

test("it holds what runs, and nothing else", () => {
  const modules = filesBelow(join(ROOT, "src")).filter((file) =>
    /^(engine|model|output|query|readers|writers)\/.+\.ts$/.test(file),
  );
  const isDeclaration = (file: string): boolean =>
    modules.includes(file.replace(/^dist\/lib\//, "").replace(/\.d\.ts$/, ".ts"));
  expect(filesBelow(installed).filter((file) => !isDeclaration(file))).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "bin/keep-compiled.js",
    "bin/lotbook.js",
    "bin/package.json",
    "data/cloud-i.yaml",
    "data/register.schema.json",
    "data/rules.md",
    "dist/cli/catalogue.js",
    "dist/cli/chalk.js",
    "dist/cli/grapheme-width.js",
    "dist/cli/lotbook.js",
    "dist/cli/notices.js",
    "dist/cli/package.json",
    "dist/cli/part-worker.js",
    "dist/cli/yaml.js",
    "dist/cloud-i.json",
    "dist/lib/index.d.ts",
    "dist/lib/index.js",
    "dist/licences.txt",
    "package.json",
  ]);
});

test("each package whose code is copied into it has its licence there", () => {
  const licences = readFileSync(join(installed, "dist/licences.txt"), "utf8");
  for (const name of [
    "chalk",
    "cli-table3",
    "commander",
    "fastest-levenshtein",
    "jsonc-parser",
    "saxes",
    "string-width",
    "yaml",
    "yauzl",
  ])
    expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("the program answers", async () => {
  const program = join("node_modules", ".bin", "lotbook");
  for (const argv of [["lots"], ["check"], ["total", "--by", "supplier", "--json"], ["--version"]]) {
    expect(run(program, argv)).toBe((await runInProcess(argv)).stdout);
  }
});

test("the library answers, and leaves the process alone", () => {
  const script = `
    const before = [process.listeners("exit").length, Object.keys(globalThis).length, process.exitCode];
    const { openRegister, lots, suppliers, total } = await import("lotbook");
    const register = await openRegister();
    const rows = async (report) => { const all = []; for await (const row of report) all.push(row); return all; };
    const after = [process.listeners("exit").length, Object.keys(globalThis).length, process.exitCode];
    const [whole] = await rows(total(register));
    console.log(JSON.stringify([
      (await rows(lots(register))).map(({ lot }) => lot),
      (await rows(suppliers(register, { lots: ["2"] }))).length,
      String(whole.ceiling.minor),
      JSON.stringify(before) === JSON.stringify(after),
    ]));`;
  writeFileSync(join(folder, "library.js"), script);
  expect(JSON.parse(run(process.execPath, ["library.js"]))).toEqual([["1", "2", "3"], 5, "3440000000", true]);
});

describe("its declarations serve strict TypeScript", () => {
  const consumer = `
import { type LotRow, lots, type Money, openRegister, suppliers, total } from "lotbook";

const register = await openRegister("contracts.yaml", { prefer: "notice" });
for await (const row of lots(register, { lots: ["2"] })) {
  const lot: LotRow = row;
  const id: string = lot.lot;
  const names: readonly string[] = lot.suppliers.map(({ name }) => name);
  // @ts-expect-error An amount may also be missing or withheld.
  const money: Money = lot.ceiling;
}
for await (const row of total(register, {}, { by: "supplier", split: "equal" })) row.lots.toFixed();
// @ts-expect-error There is no such grouping.
total(register, {}, { by: "colour" });
// @ts-expect-error There is no such option.
openRegister([], { prefers: "notice" });
for await (const row of suppliers(register)) {
  // @ts-expect-error There is no such field.
  row.colour;
}
`;

  test.each([
    ["NodeNext", "NodeNext"],
    ["ESNext", "Bundler"],
  ])(
    "module %s, resolved as %s",
    (module, moduleResolution) => {
      const project = join(folder, module);
      mkdirSync(project);
      writeFileSync(join(project, "consumer.ts"), consumer);
      const compilerOptions = {
        module,
        moduleResolution,
        target: "ES2023",
        lib: ["ES2023"],
        strict: true,
        noEmit: true,
        types: [],
      };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
      writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
      const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
      let said = "";
      try {
        run(process.execPath, [tsc, "--project", project]);
      } catch (error) {
        said = error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
      }
      expect(said).toBe("");
    },
    60_000,
  );
});
