import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import {
  awards,
  compare,
  contracts,
  FORMATS,
  headroom,
  lots,
  openRegister,
  parseQuery,
  preferring,
  type Register,
  registerLines,
  sources,
  suppliers,
  total,
  writeStore,
} from "../../src/index.ts";
import { openDatabase } from "../../src/inputs/store/duckdb.ts";
import { partFile } from "../../src/inputs/store/parts.ts";
import { unitOf } from "../../src/model/money.ts";
import { countIn } from "../../src/model/sums.ts";
import { storeTables } from "../../src/store/answer-tables.ts";
import { storeSql } from "../../src/store/store-sql.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { registerFrom } from "../fuzz/registers.ts";
import { someOf, times } from "../long.ts";
import { eformsOf, lifeOf, ocdsOf, scripts } from "../notices/random-families.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";
import { calmed, relatedRegister } from "./calmed.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY = { year: 2026, month: 1, day: 2 };
const asked = { at: DAY };

const jsonOf = async <Row>(report: Report<Row>): Promise<string> =>
  (await allOf(FORMATS.ndjson(arrange(report, {})))).join("");

const answersOf = async (register: Register): Promise<readonly string[]> => [
  await jsonOf(lots(register, asked)),
  await jsonOf(contracts(register, asked)),
  await jsonOf(awards(register, asked)),
  await jsonOf(suppliers(register, asked)),
  await jsonOf(total(register, asked, { by: ["contract", "supplier"] })),
  await jsonOf(headroom(register, asked)),
  await jsonOf(compare(register, asked)),
  await jsonOf(sources(register)),
  (await allOf(registerLines(register, { folder: undefined }))).join(""),
];

const storeOf = async (register: Register, name: string): Promise<string> => {
  const store = join(folder, name);
  await writeStore(store, { register, paths: [], day: DAY, version: "1.2.3" });
  return store;
};

const TWO = `
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - contract: harbour
    ceiling: EUR 3M
    awardDate: 2025-01-01
    term: 4 years
    lots:
      - { lot: 1, title: Masts, ceiling: EUR 2M, suppliers: [a, b], awarded: EUR 1.5M }
      - { lot: 2, title: Sails, ceiling: EUR 2M, suppliers: [b] }
    orders: [{ order: O1, lot: 1, supplier: a, amount: EUR 100k, date: 2025-06-01 }]
  - contract: port
    lots: [{ lot: 1, title: Cranes, ceiling: PLN 7M, suppliers: [a] }, { lot: 9, suppliers: [b] }]
`;

const PARTS = `
sources: [{ source: article, title: A }, { source: digit, title: D }]
suppliers:
  - { supplier: pair, name: Pair, kind: grouping, members: [{ name: Alder, lead: yes }, { name: Birch }] }
contracts:
  - contract: quay
    ceiling: EUR 9M
    lots:
      - { lot: 1, ceiling: { article 3: EUR 1M, digit: "EUR 1,000,001" }, suppliers: [pair] }
      - { lot: 2, ceiling: EUR 2M }
      - { lot: 3 }
      - { lot: 4, suppliers: [pair], ceilingPerSupplier: { digit: EUR 5 }, quantityPerSupplier: { article: 6 lamps } }
    groups: [{ group: G, lots: [2, 3], ceiling: EUR 3M }]
    modifications:
      - { modification: M1, date: 2025-05-01, lot: 1, amount: EUR -5000, source: digit }
      - { modification: M2, date: 2026-05-01, lot: 1, amount: EUR -6000, source: digit }
`;

const files = { two: join(folder, "two.yaml") };
writeFileSync(files.two, TWO);
const two = await storeOf(await openRegister(files.two), "two.store");
const ask = (...words: readonly string[]) => runInProcess([...words, "--at", "2026-01-02"]);

describe("a store answers as what it was made of", () => {
  test("random registers", { timeout: 240_000 }, async () => {
    let answered = 0;
    for (let seed = 1; seed <= times(200, 2); seed++) {
      const lines = Object.values(registerFrom(seed))
        .flat()
        .map((record) => `${JSON.stringify(record)}\n`);
      const file = join(folder, "random.jsonl");
      writeFileSync(file, lines.join(""));
      const register = await openRegister(file).catch(() => undefined);
      const expected = register && (await answersOf(register).catch(() => undefined));
      if (register === undefined || expected === undefined) continue;
      const stored = await openRegister(await storeOf(register, "random.store"));
      expect({ seed, answers: await answersOf(stored) }).toEqual({ seed, answers: expected });
      answered++;
    }
    expect(answered).toBeGreaterThan(times(50, 0));
  });

  test.each(["eforms", "ocds"] as const)("random lives in %s", { timeout: 240_000 }, async (format) => {
    for (const script of fc.sample(scripts, { ...seeded(times(60, 1)) })) {
      const notices = mkdtempSync(join(folder, "notices-"));
      for (const [index, one] of lifeOf(script, format).told.entries())
        if (format === "eforms") writeFileSync(join(notices, `${index}.xml`), eformsOf(one));
        else writeFileSync(join(notices, `${index}.json`), JSON.stringify(ocdsOf(one)));
      const register = await openRegister(notices);
      const stored = await openRegister(await storeOf(register, "notices.store"));
      expect(await answersOf(stored)).toEqual(await answersOf(register));
    }
  });

  test.each([
    ["lots"],
    ["lots", "contract:port"],
    ["lots", "lot:1"],
    ["lots", "lot:harbour/2", "supplier:beta"],
    ["lots", "contract:port", "lot:9"],
    ["lots", "contract:harbor"],
    ["lots", "contract:port,harbor"],
    ["lots", "lot:7"],
    ["lots", "contract:port", "lot:harbour/1"],
    ["lots", "ceiling:1M..", "contract:port"],
    ["total", "--why"],
    ["headroom"],
    ["show", "harbour"],
    ["lots", "not:a:word"],
  ])("%s %s", async (...words) => {
    const { stdout, stderr, exitCode } = await ask(...words, two);
    const expected = await ask(...words, files.two);
    expect({ stdout, stderr, exitCode }).toEqual(expected);
  });

  test("of a query with ids, only those contracts are read", async () => {
    const register = await openRegister(two);
    const seen = async (query: string) =>
      (await allOf(register.contracts(await wantedFrom(register, query)))).flat().map(({ id }) => id);
    expect(await seen("contract:port")).toEqual(["port"]);
    expect(await seen("lot:2")).toEqual(["harbour"]);
    expect(await seen("contract:port,nowhere")).toEqual(["harbour", "port"]);
  });
});

describe("what is settled of a store", () => {
  const QUESTIONS = [
    ["total"],
    ["total", "--by", "supplier"],
    ["suppliers"],
    ["suppliers", "--sort", "-lots", "--limit", "2"],
  ];
  const LOOKS = [[], ["--json"], ["--fields", "sources"]];
  const DAYS = ["2014-02", "2026-01-02", "2031-07-09"];
  const fieldsOf = (words: readonly string[]): boolean => words.includes("--fields");
  const ASKED = QUESTIONS.flatMap((question) =>
    LOOKS.filter((words) => !fieldsOf(words) || question[0] === "suppliers").flatMap((look) =>
      DAYS.map((day) => ({ question, look, day })),
    ),
  );

  /** Every answer that rests on it, in every look, before the day of the store, on it and after it. */
  const answersTo = async (data: string): Promise<readonly unknown[]> => {
    const answers: unknown[] = [];
    for (const { question, look, day } of someOf(ASKED, 4)) {
      const { stdout, stderr, exitCode } = await runInProcess([...question, ...look, "-d", data, "--at", day]);
      answers.push([question, look, day, stdout, stderr, exitCode]);
    }
    // Only places differ: those of a store are lines of its records.
    return JSON.parse(
      JSON.stringify(answers)
        .replaceAll(data, "DATA")
        .replace(/DATA(?:[/\w.]*)(?::\d+)+/g, "PLACE"),
    );
  };

  const countsOf = async (store: string): Promise<{ readonly settled: number; readonly unsettled: number }> => {
    const register = await openRegister(store);
    const figures = await register.settled?.figures(true);
    const all = (await allOf(register.contracts())).flat().length;
    const settled = figures === undefined ? 0 : countIn(figures.whole, "contracts");
    return { settled, unsettled: all - settled };
  };

  test("answers as the files do, of random registers", { timeout: 240_000 }, async () => {
    const seen = { settled: 0, unsettled: 0 };
    for (let seed = 1; seed <= times(40, 2); seed++) {
      const file = join(folder, "settled.jsonl");
      const written = seed % 4 === 0 ? registerFrom(seed) : calmed(registerFrom(seed));
      const lines = Object.values(
        seed % 2 === 0
          ? written
          : relatedRegister(written, [calmed(registerFrom(-seed)), calmed(registerFrom(~seed * 7))], seed),
      ).flat();
      writeFileSync(file, lines.map((record) => `${JSON.stringify(record)}\n`).join(""));
      const register = await openRegister(file).catch(() => undefined);
      const store = register && (await storeOf(register, "settled.store").catch(() => undefined));
      if (store === undefined) continue;
      expect({ seed, answers: await answersTo(store) }).toEqual({ seed, answers: await answersTo(file) });
      const { settled, unsettled } = await countsOf(store);
      seen.settled += settled;
      seen.unsettled += unsettled;
    }
    expect(seen.settled).toBeGreaterThan(0);
    expect(seen.unsettled).toBeGreaterThan(0);
  });

  test("answers as the files do, of the registers of these tests", { timeout: 240_000 }, async () => {
    const registers = join(import.meta.dirname, "..", "registers");
    const names = ["groups.yaml", "withheld.yaml", "gross.yaml", "bounds.yaml", "quantities.yaml", "realistic"];
    for (const name of someOf(names, 3)) {
      const file = join(registers, name);
      const store = await storeOf(await openRegister(file), "register.store");
      expect(await answersTo(store)).toEqual(await answersTo(file));
    }
  });

  test("is not asked where more is: another source first, other data beside it, a query", async () => {
    const register = await openRegister(two);
    const { settled } = register;
    let times = 0;
    const watched = {
      ...register,
      settled: settled && {
        ...settled,
        figures: (all: boolean) => {
          times++;
          return settled.figures(all);
        },
      },
    };
    await jsonOf(total(watched, { at: { year: 2027 }, query: "lot:1" }));
    await jsonOf(total(watched, { at: { year: 2025 } }));
    await jsonOf(total(watched, { at: { year: 2027 } }, { by: "contract" }));
    expect(times).toBe(0);
    await jsonOf(total(watched, { at: { year: 2027 } }, { by: "supplier" }));
    expect(times).toBe(1);
    expect(preferring(register, "other").settled).toBeUndefined();
    const beside = join(folder, "beside.yaml");
    writeFileSync(beside, "sources: [{ source: other, title: O }]");
    expect((await openRegister([two, beside])).settled).toBeUndefined();
    expect((await openRegister(files.two)).settled).toBeUndefined();
  });

  test("is all but families of call-offs, of which alone all is read", async () => {
    const file = join(folder, "family.yaml");
    writeFileSync(file, FAMILY);
    const store = await storeOf(await openRegister(file), "family.store");
    expect(await countsOf(store)).toEqual({ settled: 2, unsettled: 3 });
    expect(await answersTo(store)).toEqual(await answersTo(file));
    const register = await openRegister(store);
    const some = await wantedFrom(register, "ceiling:EUR2M");
    const read = (await allOf(register.contracts(some))).flat().map(({ id }) => id);
    expect(read).toEqual(["lone"]);
    const { frameworkOf, isFramework } = await register.callOffs();
    const all = (await allOf(register.contracts())).flat();
    expect(all.map((each) => [each.id, isFramework(each), frameworkOf(each)])).toEqual([
      ["lone", false, undefined],
      ["whole", true, undefined],
      ["part", false, "whole"],
      ["stray", false, undefined],
      ["other", false, undefined],
    ]);
    // The call-offs of one may be those of another's frameworks.
    const more = await openRegister([store, writtenNone()]);
    expect([more.settled, more.tabledBy]).toEqual([undefined, undefined]);
  });

  test("that is not whole is refused", async () => {
    const store = join(folder, "lacking.store");
    cpSync(two, store, { recursive: true });
    const none = await storeOf(await openRegister(writtenNone()), "none.store");
    cpSync(join(none, "settled"), join(store, "settled"), { recursive: true });
    const { stderr, exitCode } = await ask("total", "-d", store);
    expect(stderr).toContain("has the figures of 1 of 2 contracts");
    expect(exitCode).toBe(66);
  });
});

const FAMILY = `
suppliers: [{ supplier: a, name: Alder }]
contracts:
  - { contract: lone, lots: [{ lot: 1, ceiling: EUR 2M, suppliers: [a] }] }
  - { contract: whole, procedure: W-1, lots: [{ lot: 1, ceiling: EUR 9M, suppliers: [a] }] }
  - { contract: part, callOffOf: W-1, lots: [{ lot: 1, status: awarded, awarded: EUR 3M, suppliers: [a] }] }
  - { contract: stray, callOffOf: nowhere, lots: [{ lot: 1, status: awarded, awarded: EUR 4M, suppliers: [a] }] }
  - { contract: other, lots: [{ lot: 1, ceiling: EUR 50M, suppliers: [a] }] }
`;

const writtenNone = (): string => {
  const file = join(folder, "none.yaml");
  writeFileSync(file, "contracts: []");
  return file;
};

/** What a selection asks a register for. */
const wantedFrom = async (register: Register, text: string): Promise<Parameters<Register["contracts"]>[0]> => {
  let wanted: Parameters<Register["contracts"]>[0];
  const watching: Register = {
    ...register,
    contracts: (some) => {
      wanted = some;
      return register.contracts(some);
    },
  };
  await jsonOf(lots(watching, { query: parseQuery(text) })).catch(() => undefined);
  return wanted;
};

test("a store tells what was assumed and found wrong of its notices", async () => {
  const notices = ["examples/award-notice.xml", "test/notices/cut-short.xml", "test/notices/call.xml"];
  const store = join(folder, "told.store");
  expect((await ask("index", ...notices, "--skip-bad", "-o", store)).exitCode).toBe(0);
  const told = async (...data: readonly string[]) =>
    (await ask("lots", "--notes", "--skip-bad", ...data)).stderr
      .split("\n")
      .filter((line) => /^(note|warning): /.test(line))
      .sort();
  const expected = await told(...notices);
  expect(expected.length).toBeGreaterThan(2);
  expect(await told(store)).toEqual(expected);
});

test("a mistake in a question is told of a store as of its files, without what nobody asked for yet", async () => {
  const store = join(folder, "mistake.store");
  await ask("index", "examples/award-notice.xml", "-o", store);
  const wrong = ["lots", "--sort", "nothing"];
  expect(await ask(...wrong, store)).toEqual(await ask(...wrong, "examples/award-notice.xml"));
});

describe("a contract that may be told twice", () => {
  const NOTICE = "examples/award-notice.xml";
  const own = join(folder, "own.yaml");
  const later = join(folder, "later.xml");
  const stores: Readonly<Record<string, string>> = {
    [own]: join(folder, "own.store"),
    [later]: join(folder, "later.store"),
    [NOTICE]: join(folder, "notice.store"),
  };
  const told = async (...data: readonly string[]): Promise<readonly string[]> => {
    const { stderr } = await ask("total", "--notes", ...data);
    return stderr.split("\n").filter((line) => line.endsWith("[T1]"));
  };
  const saying = (id: string, where: string, other: string) =>
    `${id}: ${where} has ${other} of the same procedure: both count, and may be one contract told twice [T1]`;

  test("is told of a store beside registers, notices and other stores, in whatever order", async () => {
    const procedure = "0a7f2c1e-0000-4000-9000-000000000042";
    writeFileSync(own, `contracts: [{ contract: own, procedure: ${procedure}, lots: [{ lot: "1", ceiling: EUR 1 }] }]`);
    writeFileSync(later, readFileSync(NOTICE, "utf8").replaceAll("00000042-2024", "00000077-2025"));
    for (const [data, store] of Object.entries(stores)) await ask("index", data, "-o", store);
    const [ownStore = "", laterStore = "", noticeStore = ""] = Object.values(stores);
    const first = `note: ${NOTICE}: ${saying("00000042-2024", "a register", "own")}`;
    expect(await told(own, NOTICE)).toEqual([first]);
    expect(await told(own, noticeStore)).toEqual([first]);
    const ofStore = `note: ${NOTICE}: ${saying("00000042-2024", `the store ${ownStore}`, "own")}`;
    for (const data of [
      [ownStore, noticeStore],
      [noticeStore, ownStore],
      [ownStore, NOTICE],
    ])
      expect(await told(...data)).toEqual([ofStore]);
    const ofLater = `note: ${later}: ${saying("00000077-2025", `the store ${noticeStore}`, "00000042-2024")}`;
    expect(await told(noticeStore, laterStore)).toEqual([ofLater]);
    // Of notices beside a store it is said otherwise.
    expect(await told(noticeStore, later)).toEqual([]);
    expect(await told(noticeStore)).toEqual([]);
  });
});

describe("notices beside a store", () => {
  test("are told of where they may belong to its contracts", async () => {
    const place = mkdtempSync(join(folder, "beside-"));
    const script = { families: [{ lots: 1, framework: false, abroad: false }], steps: [step("award"), step("award")] };
    const other = lifeOf({ ...script, steps: [] }, "ocds").told.map((one) => JSON.stringify(ocdsOf(one)));
    for (const [index, one] of lifeOf(script, "eforms").told.entries()) {
      mkdirSync(join(place, `${index}`));
      writeFileSync(join(place, `${index}`, "notice.xml"), eformsOf(one));
    }
    writeFileSync(join(place, "other.json"), other[0] ?? "");
    // The store has more than what the notice beside it may belong to.
    const more = {
      ocid: "ocds-b5fd17-9",
      id: "1",
      date: "2024-05-01T00:00:00Z",
      awards: [{ id: "a", status: "active" }],
    };
    writeFileSync(join(place, "0", "more.json"), JSON.stringify(more));
    const [first = "", second = ""] = [join(place, "0"), join(place, "1")];
    const store = join(place, "first.store");
    expect((await ask("index", first, "-o", store)).exitCode).toBe(0);
    const said = "may tell of procedures that it has, too";
    expect((await ask("lots", store, second)).stderr).toContain(said);
    expect((await ask("lots", store, join(place, "other.json"))).stderr).not.toContain(said);
    expect((await ask("index", "--add", second, "-o", store)).stderr).not.toContain(said);
  });
});

const step = (kind: "award") => ({ kind, picks: [0, 0, 0, 0] as const, value: 3 });

describe("its tables", () => {
  const rowsOf = async (store: string, question: string): Promise<readonly (readonly unknown[])[]> => {
    const database = await openDatabase([store]);
    try {
      const sql = storeSql(storeTables(await openRegister(files.two)), "duckdb", store);
      await database.run(sql);
      return (await allOf(database.rows(question))).flat();
    } finally {
      database.close();
    }
  };

  test("count each ceiling once", async () => {
    expect(
      await rowsOf(two, "SELECT currency, minor::VARCHAR, digits, contracts FROM counted_once ORDER BY 1"),
    ).toEqual([
      ["EUR", "300000000", 2n, 1n],
      ["PLN", "700000000", 2n, 1n],
    ]);
    expect(await rowsOf(two, "SELECT currency, minor::VARCHAR FROM awarded_once")).toEqual([["EUR", "150000000"]]);
    expect(
      await rowsOf(
        two,
        "SELECT supplier, held, currency, minor::VARCHAR FROM by_supplier WHERE minor > 0 ORDER BY ALL",
      ),
    ).toEqual([
      ["a", "shared", "EUR", "200000000"],
      ["a", "sole", "PLN", "700000000"],
      ["b", "shared", "EUR", "200000000"],
      ["b", "sole", "EUR", "200000000"],
    ]);
    expect(
      await rowsOf(two, `SELECT scope, "left"::VARCHAR FROM headroom WHERE contract = 'harbour' ORDER BY ALL`),
    ).toEqual([
      ["contract", "290000000"],
      ["lot", "190000000"],
      ["lot", "200000000"],
    ]);
  });

  test("say of sums whether they are bounds, and of what is ordered its currency", async () => {
    const file = join(folder, "open-figures.yaml");
    writeFileSync(file, OPEN_FIGURES);
    const store = await storeOf(await openRegister(file), "open-figures.store");
    const columns = "supplier, held, minor::VARCHAR, least::VARCHAR, open_upwards::INTEGER";
    expect(await rowsOf(store, `SELECT ${columns} FROM by_supplier WHERE minor > 0 ORDER BY ALL`)).toEqual([
      ["a", "sole", "400000000", "400000000", 1],
      ["b", "sole", "500000000", "0", 0],
    ]);
    const ordered =
      "SELECT ordered::VARCHAR, ordered_currency FROM headroom WHERE minor IS NULL AND ordered IS NOT NULL";
    expect(await rowsOf(store, ordered)).toEqual([["700", "EUR"]]);
  });

  test("have the parts of contracts: what lies below a ceiling, what changed it, who says so, and who stands behind", async () => {
    const file = join(folder, "parts.yaml");
    writeFileSync(file, PARTS);
    const parts = await storeOf(await openRegister(file), "parts.store");
    const rows = async (columns: string, table: string) =>
      await rowsOf(parts, `SELECT ${columns} FROM read_parquet('${parts}/${table}/*.parquet') ORDER BY ALL`);
    expect(await rows('"ceilingOf", lot', "ceiling_lot")).toEqual([
      ["quay", "1"],
      ["quay", "2"],
      ["quay", "3"],
      ["quay", "4"],
      ["quay group G", "2"],
      ["quay group G", "3"],
    ]);
    expect(await rows('"ceilingOf", parent, source, "from", "to"', "ceiling")).toEqual([
      ["quay", null, null, null, null],
      ["quay group G", "quay", null, null, null],
      ["quay/1", "quay", "article", "2025-05-01", "2026-05-01"],
      ["quay/2", "quay group G", null, null, null],
      ["quay/3", "quay group G", null, null, null],
      ["quay/4 pair", "quay", "digit", null, null],
      ["quay/4 pair", null, "article", null, null],
    ]);
    expect(
      await rows("contract, modification, date, lot, amount::VARCHAR, amount_currency, source", "modification"),
    ).toEqual([
      ["quay", "M1", "2025-05-01", "1", "-500000", "EUR", "digit"],
      ["quay", "M2", "2026-05-01", "1", "-600000", "EUR", "digit"],
    ]);
    expect(await rows("lot, fact, source, locator, value, chosen", "claim")).toEqual([
      ["1", "ceiling", "article", "3", "EUR 1M", "yes"],
      ["1", "ceiling", "digit", null, "EUR 1,000,001", null],
    ]);
    expect(await rows("supplier, name, lead", "member")).toEqual([
      ["pair", "Alder", "yes"],
      ["pair", "Birch", null],
    ]);
  });

  test("have the notices of which contracts were put together", async () => {
    const register = await openRegister("examples/award-notice.xml");
    const told = (await allOf(register.contracts()))
      .flat()
      .flatMap(({ id, publications }) =>
        publications.map(({ id: source, kind = null, file }) => [id, source, kind, file]),
      );
    const notices = await storeOf(register, "notices.store");
    expect(told.length).toBeGreaterThan(0);
    expect(
      await rowsOf(
        notices,
        `SELECT contract, source, kind, file FROM read_parquet('${notices}/publication/*.parquet') ORDER BY ALL`,
      ),
    ).toEqual(told);
  });

  /** What suppliers hold alone and shared, added up over contracts. */
  const heldIn = async (register: Register): Promise<ReadonlyMap<string, bigint>> => {
    const sums = new Map<string, bigint>();
    for await (const { row, groups, sole, shared } of total(register, asked, { by: ["contract", "supplier"] }))
      for (const [held, amount] of Object.entries({ sole, shared }))
        if (row === "group" && typeof amount === "object") {
          const key = `${groups[1]} ${held} ${unitOf(amount)}`;
          sums.set(key, (sums.get(key) ?? 0n) + amount.minor);
        }
    return sums;
  };
  const ceilingsIn = async (register: Register): Promise<string[]> => {
    const rows: string[] = [];
    for await (const { contract, scope, ceilingOf, ceiling, left, use } of headroom(register, asked)) {
      const figures = typeof ceiling === "object" ? [ceiling.minor, unitOf(ceiling)] : ["none", "none"];
      rows.push(
        [contract, scope, ceilingOf, ...figures, typeof left === "object" ? left.minor : "none", use].join(" | "),
      );
    }
    return rows;
  };
  const withoutZeros = (sums: Iterable<readonly [string, bigint]>) =>
    new Map([...sums].filter(([, minor]) => minor !== 0n));

  test("agree with totals to the cent, whatever the register", { timeout: 240_000 }, async () => {
    let compared = 0;
    for (let seed = 1; seed <= times(100, 2); seed++) {
      const file = join(folder, "sum.jsonl");
      writeFileSync(
        file,
        Object.values(registerFrom(seed))
          .flat()
          .map((record) => `${JSON.stringify(record)}\n`)
          .join(""),
      );
      const register = await openRegister(file).catch(() => undefined);
      if (register === undefined) continue;
      const store = await storeOf(register, "sum.store").catch(() => undefined);
      if (store === undefined) continue;
      const expected = new Map<string, bigint>();
      for await (const row of total(register, asked)) {
        const { ceiling } = row;
        if (typeof ceiling === "object" && row.row === "total")
          if (ceiling.bound !== "atLeast") expected.set(unitOf(ceiling), ceiling.minor);
      }
      const rows = await rowsOf(store, "SELECT currency, minor::VARCHAR FROM counted_once");
      const agreeing = rows.filter(([unit]) => expected.has(String(unit)));
      expect({ seed, total: new Map(agreeing.map(([unit, minor]) => [unit, BigInt(String(minor))])) }).toEqual({
        seed,
        total: expected,
      });
      const bySupplier = await rowsOf(store, "SELECT supplier, held, currency, minor::VARCHAR FROM by_supplier");
      const inView = bySupplier.map(
        ([supplier, held, unit, minor]) => [`${supplier} ${held} ${unit}`, BigInt(String(minor))] as const,
      );
      expect({ seed, held: withoutZeros(inView) }).toEqual({ seed, held: withoutZeros(await heldIn(register)) });
      const ofCeilings =
        'SELECT contract, scope, "ceilingOf", minor::VARCHAR, currency, "left"::VARCHAR, "use" FROM headroom';
      const inHeadroom = (await rowsOf(store, ofCeilings)).map(([contract, scope, of, ...figures]) =>
        [contract, scope, of, ...figures.map((figure) => figure ?? "none")].join(" | "),
      );
      expect({ seed, rows: inHeadroom.sort() }).toEqual({ seed, rows: (await ceilingsIn(register)).sort() });
      compared++;
    }
    expect(compared).toBeGreaterThan(1);
  });

  test("the manifest says what they were made of", () => {
    const manifest = JSON.parse(readFileSync(join(two, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({ format: "lotbook-store", version: 11, lotbook: "1.2.3", day: "2026-01-02" });
    expect(manifest.tables).toMatchObject({
      contract: [2],
      lot: [4],
      seat: [5],
      supplier: [2],
      order: [1],
      record: [4],
    });
  });
});

describe("writing a store", () => {
  const index = (...words: readonly string[]) => runInProcess(["index", ...words, "--at", "2026-01-02"]);

  test("tells what is in it, and names its inputs with their hashes", async () => {
    const store = join(folder, "new.store");
    expect(await index(files.two, "-o", store)).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `${store}: 2 contracts, 4 lots\n`,
    });
    const { inputs } = JSON.parse(readFileSync(join(store, "manifest.json"), "utf8"));
    expect(inputs).toEqual([{ name: files.two, bytes: TWO.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await index(files.two, "-o", store)).toMatchObject({ exitCode: 0 });
  });

  test("needs a name, of nothing or of a store", async () => {
    expect((await index(files.two)).stderr).toContain("a store is a folder");
    expect((await index(files.two, "-o", "-")).exitCode).toBe(2);
    const other = join(folder, "other");
    mkdirSync(other);
    writeFileSync(join(other, "letter.txt"), "kept");
    const refused = await index(files.two, "-o", other);
    expect(refused).toMatchObject({ exitCode: 74, stderr: expect.stringContaining("it is a folder that is no store") });
    expect((await index(files.two, "-o", files.two)).stderr).toContain("it is no folder");
    expect(readdirSync(other)).toEqual(["letter.txt"]);
  });

  test("takes the place of a store of another version, which cannot be read any more", async () => {
    const older = join(folder, "older");
    mkdirSync(older);
    writeFileSync(join(older, "manifest.json"), '{"format":"lotbook-store","version":2}');
    expect((await runInProcess(["total", older])).stderr).toContain("is a store of version 2");
    expect(await index(files.two, "-o", older)).toMatchObject({ exitCode: 0 });
    expect(await runInProcess(["total", older])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("that fails leaves the old one whole, and nothing beside it", async () => {
    const place = join(folder, "kept");
    mkdirSync(place);
    const store = join(place, "kept.store");
    await index(files.two, "-o", store);
    const before = readFileSync(join(store, "manifest.json"), "utf8");
    const broken = join(folder, "broken.jsonl");
    writeFileSync(
      broken,
      '{"contract":"x","lots":[{"lot":"1"}]}\n{"contract":"y","lots":[{"lot":"1","ceiling":"EUR ?"}]}\n',
    );
    expect((await index(broken, "-o", store)).exitCode).toBe(65);
    expect(readFileSync(join(store, "manifest.json"), "utf8")).toBe(before);
    expect(readdirSync(place)).toEqual(["kept.store"]);
    expect((await ask("lots", store)).exitCode).toBe(0);
  });
});

describe("convert --to parquet", () => {
  test("writes the same folder of what is asked for, to which nothing is added", async () => {
    const store = join(folder, "some.store");
    const converted = await ask("convert", "--to", "parquet", "-o", store, "-d", files.two, "contract:harbour");
    expect(converted).toEqual({ stdout: `${store}: 1 contract, 2 lots\n`, stderr: "", exitCode: 0 });
    for (const words of [["lots"], ["total", "--by", "supplier"], ["convert", "--to", "jsonl"]])
      expect(await ask(...words, "-d", store)).toEqual(await ask(...words, "-d", files.two, "contract:harbour"));
    const whole = await ask("index", files.two, "-o", join(folder, "whole.store"));
    expect(whole.exitCode).toBe(0);
    expect(readdirSync(store)).toEqual(readdirSync(join(folder, "whole.store")));
    const refused = await ask("index", "--add", files.two, "-o", store);
    expect(refused).toMatchObject({ exitCode: 66, stderr: expect.stringContaining("holds only what was asked for") });
  });

  test("needs a name for it", async () => {
    expect(await ask("convert", "--to", "parquet", files.two)).toMatchObject({
      exitCode: 2,
      stderr:
        "lotbook: parquet is a folder of tables\n  hint: name it: lotbook convert --format parquet --output FOLDER\n",
    });
  });
});

test("what is asked for comes in reading order, however it is spread", async () => {
  const file = join(folder, "spread.jsonl");
  const isWanted = (number: number): boolean => number === 5 || (number >= 2100 && number < 2300);
  const contractsOf = (count: number) =>
    Array.from({ length: count }, (_, number) => ({
      contract: `c${number}`,
      title: isWanted(number) ? "Wanted" : "Other",
      lots: [{ lot: "1", ceiling: "EUR 1M" }],
    }));
  writeFileSync(
    file,
    contractsOf(2400)
      .map((contract) => `${JSON.stringify(contract)}\n`)
      .join(""),
  );
  const register = await openRegister(file);
  const stored = await openRegister(await storeOf(register, "spread.store"));
  const asked = { query: parseQuery("title:wanted"), at: { year: 2026 } };
  expect(await jsonOf(lots(stored, asked))).toEqual(await jsonOf(lots(register, asked)));
});

describe("a store that is not whole", () => {
  const damaged = (damage: (store: string) => void): string => {
    const store = mkdtempSync(join(folder, "damaged-"));
    cpSync(two, store, { recursive: true });
    damage(store);
    return store;
  };
  const told = async (damage: (store: string) => void) => {
    const { exitCode, stderr } = await ask("lots", damaged(damage));
    return { exitCode, stderr };
  };
  const said = (text: string) => ({ exitCode: 66, stderr: expect.stringContaining(text) });

  test("is refused by what is wrong with it", async () => {
    expect(await told((store) => writeFileSync(partFile(store, "record", 0), "junk"))).toEqual(said("cannot be read"));
    expect(await told((store) => unlinkSync(partFile(store, "note", 0)))).toEqual(said("is missing or no file"));
    expect(
      await told((store) => {
        unlinkSync(partFile(store, "record", 0));
        symlinkSync(partFile(two, "record", 0), partFile(store, "record", 0));
      }),
    ).toEqual(said("is missing or no file"));
  });

  test("is refused by its manifest", async () => {
    const manifest = (text: string) => (store: string) => writeFileSync(join(store, "manifest.json"), text);
    expect(await told(manifest('{"format":"lotbook-store","version":4}'))).toEqual(said("is a store of version 4"));
    expect(await told(manifest('{"format":"lotbook-store","version":11}'))).toEqual(said("is damaged"));
    expect(await told(manifest('{"format":"lotbook-store","ver'))).toEqual(said("is damaged"));
    // What is no manifest makes no store: the folder is read as any other.
    expect(await told(manifest('{"format":"other"}'))).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining("Parquet files"),
    });
    expect(await told(manifest('"lotbook-store"'))).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining("Parquet files"),
    });
    expect(await told(manifest('{"lotbook-store"'))).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining("Parquet files"),
    });
  });

  test("may have signs of patterns in its name", async () => {
    const odd = join(folder, "odd [a-z]*? 'name'");
    cpSync(two, odd, { recursive: true });
    expect((await ask("lots", odd)).stdout).toEqual((await ask("lots", two)).stdout);
  });
});

const OPEN_FIGURES = `
suppliers: [{ supplier: a, name: Alder }, { supplier: b, name: Birch }]
contracts:
  - contract: capped
    ceiling: EUR 5M
    lots: [{ lot: 1, ceiling: EUR 2M, suppliers: [a] }, { lot: 2, suppliers: [b] }]
  - contract: open
    lots: [{ lot: 1, ceiling: EUR 2M, suppliers: [a] }, { lot: 2, suppliers: [a] }]
    orders: [{ order: PO-1, lot: 2, amount: EUR 7 }]
`;

describe("lotbook sql", () => {
  test.each([["duckdb"], ["postgres"]])("refuses in %s what is no store", async (dialect) => {
    for (const name of [join(folder, "nowhere.store"), files.two]) {
      const { exitCode, stderr } = await runInProcess(["sql", name, "--dialect", dialect]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 66, stderr: expect.stringContaining(`${name} is no store`) });
    }
  });

  test.each(["duckdb", "postgres", "clickhouse", "sqlite", "spark"])(
    "writes tables and views for %s",
    async (dialect) => {
      const { stdout, exitCode } = await runInProcess(["sql", "--dialect", dialect]);
      expect(exitCode).toBe(0);
      for (const name of ["record", "contract", "lot", "counted"].slice(1))
        expect(stdout).toMatch(new RegExp(`CREATE TABLE [\`"]${name}[\`"]`));
      for (const name of ["counted_once", "awarded_once", "by_supplier", "headroom"])
        expect(stdout).toMatch(new RegExp(`CREATE (?:OR REPLACE )?VIEW [\`"]${name}[\`"]`));
      const tables = [...stdout.matchAll(/^CREATE TABLE \S+ \(\n(.*?)\n\)/gms)].map(([, columns = ""]) => columns);
      expect(tables.length).toBeGreaterThan(5);
      for (const table of tables) {
        const columns = table.split("\n").map((line) => /^ {2}[`"]\w+[`"] [A-Za-z][^-]*?(,?) -- \S/.exec(line)?.[1]);
        expect(columns).toEqual(columns.map((_, index) => (index === columns.length - 1 ? "" : ",")));
      }
    },
  );

  test("holds amounts, and nothing else, to whole numbers in SQLite, whose columns take whatever comes", async () => {
    const columnsIn = async (dialect: string) =>
      [...(await runInProcess(["sql", "--dialect", dialect])).stdout.matchAll(/^ {2}("\w+") (.*?),? -- /gm)].map(
        ([, name = "", type = ""]) => ({ name, type }),
      );
    const amounts = (await columnsIn("postgres")).map(({ type }) => type === "numeric(38,0)");
    expect(new Set(amounts).size).toBe(2);
    expect(
      (await columnsIn("sqlite")).map(({ name, type }) =>
        type.endsWith(` CHECK (typeof(${name}) IN ('integer', 'null'))`),
      ),
    ).toEqual(amounts);
  });

  test("reads the files of a store in DuckDB", async () => {
    expect((await runInProcess(["sql", two])).stdout).toContain(`read_parquet('${join(two, "lot", "*.parquet")}')`);
  });
});
