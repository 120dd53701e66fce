import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { addToStore, openRegister, writeStore } from "../../src/index.ts";
import { openDatabase, sqlParquetIn } from "../../src/inputs/store/duckdb.ts";
import { readAllSums, sumsText } from "../../src/model/sums.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { registerFrom } from "../fuzz/registers.ts";
import { someOf, times } from "../long.ts";
import { eformsOf, lifeOf, ocdsOf, type Script, scripts } from "../notices/random-families.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-adding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY = { year: 2026, month: 1, day: 2 };
let made = 0;

/** A folder of these files, by name. */
const folderOf = (files: Readonly<Record<string, string>>): string => {
  const path = join(folder, `files-${++made}`);
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
};

const index = async (paths: readonly string[]): Promise<string> => {
  const store = join(folder, `store-${++made}`);
  await writeStore(store, { register: await openRegister(paths), paths, day: DAY, version: "1.2.3" });
  return store;
};

const ANSWERED = [
  ["lots", "--json"],
  ["total", "--by", "supplier"],
  ["suppliers", "--json", "--sort", "-lots"],
  ["sources"],
  ["convert", "--to", "jsonl"],
];

/** What is settled of a store, in however many rows it stands. */
const settledIn = async (store: string): Promise<unknown> => {
  const figures = await (await openRegister(store)).settled?.figures(true);
  if (figures === undefined) return undefined;
  const { holders: _, ...whole } = Object.fromEntries(figures.whole);
  const ofSuppliers = [...figures.suppliers].map(
    ([id, own]) => [id, readAllSums(own.map(({ text }) => text))] as const,
  );
  const held = ofSuppliers.filter(([, sums]) => sums.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return { whole: sumsText(new Map(Object.entries(whole))), suppliers: held.map(([id, sums]) => [id, sumsText(sums)]) };
};

/** The rows of each table, in however many parts. */
const rowsOf = (tables: Readonly<Record<string, readonly number[]>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(tables)
      .map(([table, parts]) => [table, parts.reduce((all, rows) => all + rows, 0)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What a store answers, tells and holds, whatever the order of the rows in tables for other engines. */
const allIn = async (store: string): Promise<readonly unknown[]> => {
  const answers: unknown[] = [];
  for (const words of someOf(ANSWERED, 2)) {
    const { stdout, stderr, exitCode } = await runInProcess([...words, store, "--at", "2026-01-02"]);
    answers.push({
      stdout,
      stderr: stderr.split("\n").sort(),
      exitCode,
    });
  }
  const { tables, counts, mayCallOff } = JSON.parse(readFileSync(join(store, "manifest.json"), "utf8"));
  const { settled: _, ...others } = rowsOf(tables);
  answers.push({ tables: others, counts, mayCallOff, settled: await settledIn(store) });
  const database = await openDatabase([store]);
  try {
    for (const table of Object.keys(tables)) {
      if (table === "note" || table === "settled") continue;
      const file = `read_parquet(${sqlParquetIn(join(store, table))})`;
      // Where suppliers stand among the records makes no difference.
      const place = { record: "line", lot: "place", seat: "place" }[table];
      const rows = place === undefined ? `SELECT * FROM ${file}` : `SELECT * EXCLUDE (${place}) FROM ${file}`;
      const texts = await allOf(database.rows(`SELECT x::VARCHAR FROM (${rows}) AS x`));
      answers.push([
        table,
        texts
          .flat()
          .map(([text]) => String(text))
          .sort(),
      ]);
    }
  } finally {
    database.close();
  }
  return answers.map((answer) => JSON.parse(JSON.stringify(answer).replaceAll(store, "STORE")));
};

/** Holds a store to which parts were added, one after the other, to one that was made of all of them. */
const holdsTogether = async (parts: readonly (readonly string[])[]): Promise<void> => {
  const [first = [], ...later] = parts;
  const store = await index(first);
  for (const paths of later) await addToStore(store, { paths, version: "1.2.3" });
  const whole = await index(parts.flat());
  expect(await allIn(store)).toEqual(await allIn(whole));
  rmSync(store, { recursive: true });
  rmSync(whole, { recursive: true });
};

/** What a store tells of contracts of one procedure, and of how many. */
const toldOfTwice = async (store: string): Promise<readonly string[]> => {
  const { stderr } = await runInProcess(["total", "--notes", store]);
  return stderr
    .split("\n")
    .filter((line) => line.includes("[T1]"))
    .sort();
};

/** Items in as many parts, each in one of them. */
const divided = <T>(items: readonly T[], places: readonly number[], count: number): readonly (readonly T[])[] =>
  Array.from({ length: count }, (_, part) =>
    items.filter((_, index) => (places[index % places.length] ?? 0) % count === part),
  );

const places = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 12 });

describe("a store to which data are added answers as one made from everything at once", () => {
  test.each(["eforms", "ocds"] as const)("random lives in %s", { timeout: 300_000 }, async (format) => {
    await fc.assert(
      fc.asyncProperty(scripts, places, fc.integer({ min: 2, max: 3 }), async (script, split, count) => {
        const { told } = lifeOf(script, format);
        const texts = told.map((one) => (format === "eforms" ? eformsOf(one) : JSON.stringify(ocdsOf(one))));
        const parts = divided([...texts.entries()], split, count).filter((part) => part.length > 0);
        const ending = format === "eforms" ? "xml" : "json";
        await holdsTogether(
          parts.map((part) => [folderOf(Object.fromEntries(part.map(([n, text]) => [`${n}.${ending}`, text])))]),
        );
      }),
      { ...seeded(times(60, 1)), endOnFailure: true },
    );
  });

  test("contracts of registers and of notices that may be one are told, in whatever order they come", {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        scripts,
        places,
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        async (script, split, order) => {
          const texts = lifeOf(script, "eforms").told.map((one, n) => [`${n}.xml`, eformsOf(one)] as const);
          if (texts.length === 0) return;
          const notices = divided(texts, split, 2).filter((part) => part.length > 0);
          const read = await openRegister(folderOf(Object.fromEntries(texts)));
          const procedures = (await allOf(read.contracts())).flat().flatMap(({ procedure }) => procedure ?? []);
          if (procedures.length === 0) return;
          const contracts = [...new Set(procedures)].map((procedure, n) => ({
            contract: `own-${n}`,
            procedure,
            lots: [{ lot: "1" }],
          }));
          const parts = [
            ...notices.map((part) => Object.fromEntries(part)),
            { "own.jsonl": contracts.map((one) => `${JSON.stringify(one)}\n`).join("") },
          ];
          const ordered = order.flatMap((at) => (parts[at] === undefined ? [] : [folderOf(parts[at])]));
          const [first = "", ...later] = ordered;
          const store = await index([first]);
          for (const added of later) await addToStore(store, { paths: [added], version: "1.2.3" });
          // Registers come before notices where both are read at once, so rows stand in another order.
          expect(await toldOfTwice(store)).toEqual(await toldOfTwice(await index(ordered)));
        },
      ),
      { ...seeded(times(40, 1)), endOnFailure: true },
    );
  });

  test("random registers", { timeout: 300_000 }, async () => {
    let compared = 0;
    for (let seed = 1; seed <= times(60, 2); seed++) {
      const { contracts = [], ...definitions } = registerFrom(seed);
      const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");
      const [some = [], rest = []] = divided(contracts, [seed % 2, (seed >> 1) % 2, 1], 2);
      if (some.length * rest.length === 0) continue;
      const first = folderOf({ "a.jsonl": lines([...Object.values(definitions).flat(), ...some]) });
      const second = folderOf({ "b.jsonl": lines(rest) });
      if ((await openRegister([first, second]).catch(() => undefined)) === undefined) continue;
      await holdsTogether([[first], [second]]);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

const REGISTER = `
suppliers: [{ supplier: a, name: Alpha, country: DE, legalId: "12345565" }]
contracts: [{ contract: harbour, ceiling: EUR 3M, lots: [{ lot: 1, ceiling: EUR 2M, suppliers: [a] }] }]
`;

/** Notices of one random life. */
const NOTICES = Object.fromEntries(
  lifeOf(
    {
      families: [{ lots: 2, framework: false, abroad: false }],
      steps: [{ kind: "award", picks: [0, 0, 0, 0], value: 7 }],
    },
    "eforms",
  ).told.map((one, n) => [`${n}.xml`, eformsOf(one)]),
);

describe("what is added", () => {
  test("may declare suppliers that notices before it named: their contracts are put together anew", async () => {
    await holdsTogether([[folderOf(NOTICES)], [folderOf({ "a.yaml": REGISTER })]]);
  });

  /** What a life tells in a format, in parts of so many documents. */
  const partsOf = (script: Script, format: "eforms" | "ocds", ...sizes: readonly number[]) => {
    const texts = lifeOf(script, format).told.map((one) =>
      format === "eforms" ? eformsOf(one) : JSON.stringify(ocdsOf(one)),
    );
    let begin = 0;
    return sizes.map((size) => {
      const files = texts
        .slice(begin, begin + size)
        .map((text, n) => [`${begin + n}.${format === "eforms" ? "xml" : "json"}`, text]);
      begin += size;
      return [folderOf(Object.fromEntries(files))];
    });
  };
  const family = { lots: 2, framework: false, abroad: false };

  test("names a bidder without a legal id by the latest of the releases that state it", async () => {
    const steps = [
      { kind: "callOff", picks: [0, 1, 0, 5], value: 185 },
      { kind: "recall", picks: [0, 0, 0, 0], value: 470 },
    ] as const;
    await holdsTogether(partsOf({ families: [{ ...family, framework: true }], steps }, "ocds", 2, 1));
  });

  test("may name a supplier of which only a notice told before that was changed since", async () => {
    const steps = [
      { kind: "change", picks: [0, 1, 3, 0], value: 9 },
      { kind: "award", picks: [0, 0, 1, 1], value: 8 },
    ] as const;
    await holdsTogether(partsOf({ families: [family, family], steps }, "eforms", 3, 1));
  });

  test("goes into a store that is there, by the command line", async () => {
    const [notices, register] = [folderOf(NOTICES), folderOf({ "a.yaml": REGISTER })];
    const add = (...words: readonly string[]) => runInProcess(["index", "--add", ...words]);
    const nowhere = join(folder, "nowhere.store");
    expect(await add(register, "-o", nowhere)).toMatchObject({
      exitCode: 66,
      stderr: expect.stringContaining("is no store"),
    });
    const store = await index([notices]);
    const { stdout, exitCode } = await add(register, "-o", store);
    expect({ stdout, exitCode }).toEqual({ stdout: `${store}: 2 contracts, 2 lots\n`, exitCode: 0 });
    const { inputs, day } = JSON.parse(readFileSync(join(store, "manifest.json"), "utf8"));
    expect(inputs).toHaveLength(Object.keys(NOTICES).length + 1);
    expect(day).toBe("2026-01-02");
    expect((await add(notices, "-o", store, "--prefer", "x")).exitCode).toBe(2);
    expect((await add(notices, "-o", store, "--at", "2027-01-01")).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(join(store, "manifest.json"), "utf8")).day).toBe("2027-01-01");
  });

  test("puts figures of suppliers together before they are many times as many as suppliers", async () => {
    const contract = (id: number) =>
      `contracts: [{ contract: c${id}, lots: [{ lot: 1, ceiling: EUR ${id}M, suppliers: [a] }] }]`;
    const parts = [REGISTER, ...Array.from({ length: 6 }, (_, id) => contract(id + 1))].map((text) => [
      folderOf({ "a.yaml": text }),
    ]);
    const [first = [], ...later] = parts;
    const store = await index(first);
    const counts: number[] = [];
    for (const paths of later) {
      const { manifest } = await addToStore(store, { paths, version: "1.2.3" });
      counts.push((manifest.tables["settled"] ?? []).reduce((all, rows) => all + rows, 0));
    }
    expect(counts).toEqual([4, 2, 4, 2, 4, 2]);
    expect(await allIn(store)).toEqual(await allIn(await index(parts.flat())));
  });

  test("leaves what contracts refer to as it is, where it brings nothing of that", async () => {
    const store = await index([folderOf({ "a.yaml": REGISTER })]);
    const inode = () =>
      ["supplier", "source", "member"].map((table) => statSync(join(store, table, "000001.parquet")).ino);
    const before = inode();
    const contract = `{ contract: other, lots: [{ lot: 1, suppliers: [a] }] }`;
    await addToStore(store, { paths: [folderOf({ "b.yaml": `contracts: [${contract}]` })], version: "1.2.3" });
    expect(inode()).toEqual(before);
    const more = `suppliers: [{ supplier: b, name: Beta }]`;
    await addToStore(store, { paths: [folderOf({ "c.yaml": more })], version: "1.2.3" });
    expect(inode()).not.toEqual(before);
    expect((await runInProcess(["suppliers", store, "--at", "2026-01-02"])).stdout).toContain("Alpha");
  });

  test("leaves the store as it was where it is wrong", async () => {
    const register = folderOf({ "a.yaml": REGISTER });
    const store = await index([register]);
    const before = readFileSync(join(store, "manifest.json"), "utf8");
    const beside = readdirSync(folder);
    const { exitCode, stderr } = await runInProcess(["index", "--add", register, "-o", store]);
    expect(exitCode).toBe(65);
    expect(stderr).toContain('the supplier "a" stands twice');
    expect(readFileSync(join(store, "manifest.json"), "utf8")).toBe(before);
    expect(readdirSync(folder)).toEqual(beside);
  });
});
