import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openRegister, writeStore } from "../../src/index.ts";
import { openDatabase, sqlText } from "../../src/inputs/store/duckdb.ts";
import { partFile } from "../../src/inputs/store/parts.ts";
import { restoredText, type SharedTexts } from "../../src/inputs/store/shared-texts.ts";
import { markedText } from "../../src/store/shared-records.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { allOf } from "../reading.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-shared-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Marks as numbers that can be seen. */
const seen = (text: string): string => text.replace(/[\u0001-\u0007\u000e]/g, (mark) => String(mark.charCodeAt(0)));

const lot = (id: string, { title = "", ceiling = "", currency = "EUR", digits = "2" }: Record<string, string> = {}) => [
  id,
  title,
  "",
  "",
  ceiling,
  ceiling === "" ? "" : currency,
  ceiling === "" ? "" : digits,
];

const marked = (record: object, shared: SharedTexts) => {
  const text = JSON.stringify({ contract: "c", ...record });
  const written = markedText(text, "c", shared);
  expect(written === text ? text : restoredText(written, "c", shared)).toBe(text);
  return written === text ? undefined : seen(written);
};

describe("a record has marks for what lots and seats say", () => {
  test.each([
    [{ ceiling: "EUR 90,714.28" }, "9071428", "2", '{"lot":3,"ceiling":7}'],
    [{ ceiling: "EUR 12,345,678" }, "1234567800", "2", '{"lot":3,"ceiling":14}'],
    [{ ceiling: "EUR 0.05" }, "5", "2", '{"lot":3,"ceiling":7}'],
    [{ ceiling: "JPY 1,234" }, "1234", "0", '{"lot":3,"ceiling":7}'],
    [{ ceiling: "EUR 10M" }, "1000000000", "2", '{"lot":3,"ceiling":"EUR 10M"}'],
    [{ ceiling: "EUR 1,234.6" }, "123460", "2", '{"lot":3,"ceiling":"EUR 1,234.6"}'],
    [{ ceiling: "EUR 5" }, "", "", '{"lot":3,"ceiling":"EUR 5"}'],
    [{ ceiling: { notice: "EUR 5.00" } }, "500", "2", '{"lot":3,"ceiling":{"notice":"EUR 5.00"}}'],
  ])("%j of lots", (facts, ceiling, digits, expected) => {
    const shared = { lots: lot("1", { ceiling, digits, currency: digits === "0" ? "JPY" : "EUR" }), suppliers: [] };
    expect(marked({ lots: [{ lot: "1", ...facts }] }, shared)).toBe(`{"contract":1,"lots":[${expected}]}`);
  });

  test("of suppliers, where seats have all of them in turn", () => {
    const lots = [...lot("1"), ...lot("2", { title: "Sails" })];
    const record = {
      lots: [
        { lot: "1", suppliers: ["a", "b"] },
        { lot: "2", title: "Sails", suppliers: "b" },
      ],
    };
    expect(marked(record, { lots, suppliers: ["a", "b", "b"] })).toBe(
      '{"contract":1,"lots":[{"lot":3,"suppliers":[2,2]},{"lot":3,"title":4,"suppliers":2}]}',
    );
    for (const suppliers of [[], ["a", "b"], ["b", "a", "b"], ["a", "b", "b", "b"]])
      expect(marked(record, { lots, suppliers })).toBe(
        '{"contract":1,"lots":[{"lot":3,"suppliers":["a","b"]},{"lot":3,"title":4,"suppliers":"b"}]}',
      );
  });

  test("and none where lots are others than its own", () => {
    const shared = { lots: lot("1"), suppliers: [] };
    expect(marked({ lots: [{ lot: "2" }] }, shared)).toBeUndefined();
    expect(marked({ lots: [{ lot: "1" }, { lot: "1" }] }, shared)).toBeUndefined();
    expect(marked({ lots: [] }, { lots: [], suppliers: [] })).toBeUndefined();
    expect(marked({}, { lots: [], suppliers: [] })).toBeUndefined();
    expect(marked({ contract: "other", lots: [{ lot: "1" }] }, shared)).toBeUndefined();
  });

  test("which say what was written, whatever it is", () => {
    const text = fc.oneof(fc.constantFrom("", "1", "a", "\u0003", '"\\u0003"', "\u202e", "##[x"), fc.string());
    fc.assert(
      fc.property(
        fc.array(fc.record({ lot: text, title: text, suppliers: fc.array(text, { maxLength: 2 }) }), { maxLength: 3 }),
        fc.boolean(),
        (lots, areSame) => {
          const rows = lots.flatMap(({ lot: id, title }) => lot(id, { title: areSame ? title : "other" }));
          marked({ lots }, { lots: rows, suppliers: lots.flatMap(({ suppliers }) => suppliers) });
        },
      ),
    );
  });
});

const REGISTER = `
suppliers: [{ supplier: alpha, name: Alpha }, { supplier: beta, name: Beta }]
contracts:
  - { contract: quay, title: Without lots, lots: [] }
  - contract: harbour
    lots:
      - { lot: 1, title: Masts, ceiling: "EUR 2,345.67", suppliers: [alpha, beta], awarded: [EUR 1M, PLN 2M] }
      - { lot: 2, title: Sails, suppliers: [beta] }
  - contract: port
    lots:
      - { lot: 1, title: Cranes, ceiling: "EUR 1,234.50", suppliers: [beta] }
      - { lot: 2, title: Anchors, suppliers: [] }
  - { contract: dock, lots: [{ lot: 1, title: Ropes, ceiling: "EUR 1,234.50" }] }
`;
const file = join(folder, "register.yaml");
writeFileSync(file, REGISTER);
const store = join(folder, "register.store");
const day = { year: 2026, month: 1, day: 2 };
await writeStore(store, { register: await openRegister(file), paths: [], day, version: "1.2.3" });

const ask = (...words: readonly string[]) => runInProcess([...words, "--at", "2026-01-02"]);

const inDuckdb = async <Result>(action: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<Result>) => {
  const database = await openDatabase([folder]);
  try {
    return await action(database);
  } finally {
    database.close();
  }
};

describe("a store", () => {
  const records = () =>
    inDuckdb(async (database) =>
      (await allOf(database.rows(`SELECT json FROM ${sqlText(partFile(store, "record", 0))} WHERE lots > 0`))).flat(),
    );

  test("says of lots and seats once what records say", async () => {
    const texts = (await records()).flat().map((text) => seen(String(text)));
    expect(texts).toEqual([
      // An amount in two currencies has two rows.
      expect.stringContaining('"title":"Masts"'),
      '{"contract":1,"lots":[{"lot":3,"title":4,"ceiling":7,"suppliers":[2]},{"lot":3,"title":4,"suppliers":[]}]}',
      '{"contract":1,"lots":[{"lot":3,"title":4,"ceiling":7}]}',
    ]);
  });

  test.each([
    ["lots"],
    ["convert"],
    ["total", "--by", "supplier"],
    ["lots", "contract:dock OR contract:harbour"],
    ["lots", "title:anchors"],
    ["lots", "supplier:beta ceiling:..2000"],
  ])("answers as its files: %s %s", async (...words) => {
    expect(await ask(...words, "-d", store)).toEqual(await ask(...words, "-d", file));
  });

  test.each(["lot", "seat"])("without some rows of %s is damaged", async (table) => {
    const damaged = mkdtempSync(join(folder, "damaged-"));
    cpSync(store, damaged, { recursive: true });
    const part = partFile(damaged, table, 0);
    await inDuckdb((database) =>
      database.run(
        `COPY (SELECT * FROM ${sqlText(part)} WHERE contract <> 'port' OR lot = '2') TO ${sqlText(`${part}.new`)} (FORMAT parquet)`,
      ),
    );
    renameSync(`${part}.new`, part);
    expect(await ask("lots", "-d", damaged)).toMatchObject({
      exitCode: 66,
      stdout: "",
      stderr: expect.stringContaining("has not all lots and seats of port"),
    });
  });
});
