import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import * as library from "../src/index.ts";

/** The library for browsers, bundled as a page would and run where nothing of Node is there. The library must be built. */
const ROOT = join(import.meta.dirname, "..");
const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(join(ROOT, file)));

let page: ReturnType<typeof createContext>;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [join(ROOT, "dist", "lib", "browser.js")],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "lotbook",
    write: false,
    logLevel: "silent",
  });
  expect(bundle.warnings).toEqual([]);
  // What browsers have besides the language itself, as far as it is used.
  page = createContext({ TextDecoder, TextEncoder, URL });
  runInContext(bundle.outputFiles[0]?.text ?? "", page);
}, 60_000);

/** What the page answers with these values: `body` gives a text. */
const inPage = async (body: string, values: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
  Object.assign(page, { values });
  return await runInContext(
    `(async () => {
      const { openRegister, formatCsv, formatJson } = lotbook;
      const textOf = async (pieces) => { let text = ""; for await (const piece of pieces) text += piece; return text; };
      ${body}
    })()`,
    page,
  );
};

const csvOf = async <Row>(report: library.Report<Row>): Promise<string> => {
  const surface = { style: library.PLAIN_STYLE, width: undefined, terminal: false, raw: false };
  let text = "";
  for await (const piece of library.FORMATS.csv(report, surface)) text += piece;
  return text;
};

test("it has nothing of Node", async () => {
  expect(runInContext("[typeof process, typeof require, typeof Buffer, typeof fetch]", page)).toEqual([
    "undefined",
    "undefined",
    "undefined",
    "undefined",
  ]);
  expect(textOf("dist/lib/browser.js")).not.toMatch(/from "node:|require\("/);
});

const SELECTION = { at: "2017-06" };

/** Questions, as they are asked here and in the page. */
const QUESTIONS: readonly (readonly [
  asked: string,
  file: string,
  ask: (register: library.Register) => Promise<string>,
])[] = [
  [
    "total(register, {}, { by: 'supplier' })",
    "data/cloud-i.yaml",
    (one) => csvOf(library.total(one, {}, { by: "supplier" })),
  ],
  ["lots(register)", "examples/small-contracts.jsonl", (one) => csvOf(library.lots(one))],
  ["suppliers(register)", "examples/award-notice.xml", (one) => csvOf(library.suppliers(one))],
  ["contracts(register, { at: '2017-06' })", "examples/ports.yaml", (one) => csvOf(library.contracts(one, SELECTION))],
  ["expiring(register, { at: '2017-06' })", "examples/harbour.yaml", (one) => csvOf(library.expiring(one, SELECTION))],
];

test.each(QUESTIONS)("%s of %s is answered as in Node", async (asked, file, ask) => {
  const bytes = bytesOf(file);
  const wanted = await ask(await library.openRegister({ bytes, name: file }));
  const answer = await inPage(
    `const register = await openRegister({ bytes: values.bytes, name: "${file}" });
     return textOf(formatCsv(lotbook.${asked}, {}));`,
    { bytes },
  );
  expect(answer).toBe(wanted);
  expect(wanted.split("\n").length).toBeGreaterThan(2);
});

test("a register finds its ledger among what is given", async () => {
  const answer = await inPage(
    `const register = await openRegister([
       { name: "fleet.yaml", text: values.register },
       { name: "fleet-orders.csv", text: values.ledger },
     ]);
     const rows = [];
     for await (const row of lotbook.headroom(register, { at: "2025-06-30" })) rows.push(row);
     return JSON.stringify(rows.map(({ ceilingOf, ordered }) => [ceilingOf, ordered]));`,
    { register: textOf("examples/fleet.yaml"), ledger: textOf("examples/fleet-orders.csv") },
  );
  expect(JSON.parse(String(answer))[0]).toEqual(["fleet", { amount: "735250.50", currency: "EUR" }]);
});

test("a long package is read release by release", async () => {
  const awards = [{ id: "1", status: "active", value: { amount: 1, currency: "EUR" } }];
  const releases = Array.from({ length: 500 }, (_, index) => ({
    ocid: `ocds-${index}`,
    title: "x".repeat(10_000),
    awards,
  }));
  const answer = await inPage(
    `const register = await openRegister({ text: values.text, name: "package.json" });
     const rows = [];
     for await (const row of lotbook.total(register)) rows.push(row);
     return JSON.stringify(rows.map(({ awarded }) => awarded));`,
    { text: JSON.stringify({ releases }) },
  );
  expect(JSON.parse(String(answer))).toEqual([{ amount: "500", currency: "EUR" }]);
});

test("archives are refused, and what is no register with its place", async () => {
  const archive = { packed: new Uint8Array(gzipSync(textOf("examples/award-notice.xml"))) };
  const asked = "for await (const _ of lotbook.lots(await openRegister({ bytes: values.packed, name: 'n.gz' })));";
  await expect(inPage(asked, archive)).rejects.toThrow("archives are not read here");
  await expect(inPage("return openRegister({ text: 'contracts: [' });")).rejects.toThrow(/flow|not closed|end/i);
});
