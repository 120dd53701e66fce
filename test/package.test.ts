import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInProcess } from "./cases/run-in-process.ts";
import { someOf } from "./long.ts";

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

/** As npm does it, but from the packages that are here: no registry is asked. */
const install = (packed: string): void => {
  mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", packed, "-C", installed, "--strip-components=1", "--no-same-owner"]);
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  for (const [path, { dev = false }] of Object.entries<{ readonly dev?: boolean }>(packages))
    if (path !== "" && !dev) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  mkdirSync(join(folder, "node_modules", ".bin"));
  symlinkSync(join("..", "lotbook", bin.lotbook), join(folder, "node_modules", ".bin", "lotbook"));
};

beforeAll(() => {
  run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], ROOT);
  const [packed = ""] = readdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  install(packed);
}, 120_000);

test("it holds what runs, and nothing else", () => {
  const modules = filesBelow(join(ROOT, "src")).filter((file) =>
    /^(engine|inputs|model|notices|output|query|records|register|store|syntax|writers)\/.+\.ts$/.test(file),
  );
  const isDeclaration = (file: string): boolean =>
    modules.includes(file.replace(/^dist\/lib\//, "").replace(/\.d\.ts$/, ".ts"));
  expect(filesBelow(installed).filter((file) => !isDeclaration(file))).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "bin/keep-compiled.js",
    "bin/lotbook.js",
    "bin/package.json",
    "data/cloud-i.yaml",
    "data/register.schema.json",
    "dist/cli/calendar.js",
    "dist/cli/catalogue.js",
    "dist/cli/chalk.js",
    "dist/cli/duckdb.js",
    "dist/cli/grapheme-width.js",
    "dist/cli/html.js",
    "dist/cli/import-sheets.js",
    "dist/cli/lotbook.js",
    "dist/cli/markdown.js",
    "dist/cli/package.json",
    "dist/cli/page.js",
    "dist/cli/picture.js",
    "dist/cli/read-notices.js",
    "dist/cli/remote-store.js",
    "dist/cli/report-page.js",
    "dist/cli/workbook.js",
    "dist/cli/xlsx.js",
    "dist/cli/yaml.js",
    "dist/cloud-i.json",
    "dist/lib/browser.d.ts",
    "dist/lib/browser.js",
    "dist/lib/index.d.ts",
    "dist/lib/index.js",
    "dist/licences.txt",
    ...filesBelow(join(ROOT, "dist", "man")).map((page) => `dist/man/${page}`),
    "dist/page/answer-back.js",
    "dist/sbom.cdx.json",
    ...filesBelow(join(ROOT, "docs")).map((page) => `docs/${page}`),
    "package.json",
  ]);
});

describe("of the packages whose code is copied", () => {
  interface Component {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes: readonly unknown[];
  }
  interface Bill {
    readonly components: readonly Component[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  }
  const readJson = <T>(file: string): T => JSON.parse(readFileSync(join(installed, file), "utf8"));
  const copied = (): readonly Component[] => readJson<Bill>("dist/sbom.cdx.json").components;

  test("each has its licence there", () => {
    const licences = readFileSync(join(installed, "dist/licences.txt"), "utf8");
    const titles = [...licences.matchAll(/(?:^|\n-{80}\n\n)(\S+ \d\S*)\n/g)].map(([, title]) => title);
    expect(titles).toEqual(copied().map(({ name, version }) => `${name} ${version}`));
  });

  test("each that lotbook itself depends on is listed at the version that is copied, and no other is listed", () => {
    const { dependencies } = readJson<{ readonly dependencies: Record<string, string> }>("package.json");
    const { dependencies: edges } = readJson<Bill>("dist/sbom.cdx.json");
    const own = edges.find(({ ref }) => ref.startsWith("pkg:npm/lotbook@"))?.dependsOn;
    const duckdb = copied().find(({ name }) => name === "@duckdb/node-api")?.purl;
    expect(own).toEqual([
      ...Object.entries(dependencies).map(([name, version]) => `pkg:npm/${name}@${version}`),
      duckdb,
    ]);
  });

  test("each can be reached from what lotbook lists, so that an audit sees it", () => {
    const { dependencies: edges } = readJson<Bill>("dist/sbom.cdx.json");
    const seen = new Set(edges.slice(0, 1).map(({ ref }) => ref));
    for (const ref of seen)
      for (const needed of edges.find((edge) => edge.ref === ref)?.dependsOn ?? []) seen.add(needed);
    expect(copied().filter(({ purl }) => !seen.has(purl))).toEqual([]);
  });

  test("each is told by name, version and checksum, and nothing of when or where it was built", () => {
    for (const { name, version, purl, hashes } of copied()) {
      const { version: there } = JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8"));
      expect([version, purl]).toEqual([there, `pkg:npm/${name.replace("@", "%40")}@${there}`]);
      expect(hashes).toEqual([{ alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
    }
    expect(readFileSync(join(installed, "dist/sbom.cdx.json"), "utf8")).not.toMatch(/timestamp|serialNumber|resolved/);
  });
});

test("the program answers", async () => {
  const program = join("node_modules", ".bin", "lotbook");
  for (const argv of [["lots"], ["check", "builtin:cloud-i"], ["total", "--by", "supplier", "--json"], ["--version"]]) {
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

import { openRegister as openGiven } from "lotbook/browser";

const register = await openRegister("contracts.yaml", { prefer: "notice" });
await openRegister({ text: "contracts: []", name: "mine.yaml" });
await openGiven([{ bytes: new Uint8Array() }, { text: "" }], { skipBad: true });
// @ts-expect-error There are no files in a browser.
await openGiven("contracts.yaml");
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

  const settings = [
    ["NodeNext", "NodeNext"],
    ["ESNext", "Bundler"],
  ] as const;
  test.each(someOf(settings, 2))(
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
        skipDefaultLibCheck: true,
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
