import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import { FORMATS, headroom, lots, openRegister, orders, parseQuery, suppliers, writeStore } from "../../src/index.ts";
import type { Register } from "../../src/records/register.ts";
import { registerFrom } from "../fuzz/registers.ts";
import { times } from "../long.ts";
import { allOf } from "../reading.ts";
import { calmed } from "./calmed.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-narrowing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STORED = { year: 2026, month: 1, day: 2 };
const DAYS = ["2014-02", "2026-01-02", "2031-07-09"];

const storeOf = async (file: string): Promise<string> => {
  const store = `${file}.store`;
  await writeStore(store, { register: await openRegister(file), paths: [], day: STORED, version: "1" });
  return store;
};

/** Only places differ: those of a store are lines of its records. */
const placeless = (text: string): string => text.replaceAll(PLACES, "PLACE");
const PLACES = new RegExp(`"origin": "[^"]*"|${folder}/[\\w.]+(?::\\d+)*`, "g");

/** What a report says, with all that is said beside it; or why there is none. */
const said = async <Row>(report: Report<Row>): Promise<unknown> => {
  try {
    const text = (await allOf(FORMATS.ndjson(arrange(report, {})))).join("");
    const beside = JSON.stringify(report.closing(), (key, value) =>
      key === "position" ? undefined : typeof value === "bigint" ? String(value) : value,
    );
    return [text, beside].map(placeless);
  } catch (error) {
    return messageOf(error);
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? placeless(error.message) : "");

const answersTo = async (register: Register, text: string, at: string): Promise<readonly unknown[]> => {
  try {
    const asked = { query: parseQuery(text), at };
    const answers = [await said(lots(register, asked)), await said(suppliers(register, asked))];
    return [...answers, await said(orders(register, asked)), await said(headroom(register, asked))];
  } catch (error) {
    return [messageOf(error)];
  }
};

/** A register that counts what is read of its contracts where others are left out. */
const watched = (register: Register) => {
  const read = { narrowed: 0, contracts: 0 };
  const contracts: Register["contracts"] = async function* (wanted) {
    if (wanted === undefined || "unsettled" in wanted) return yield* register.contracts(wanted);
    let isNarrowed = false;
    const onNarrowed = () => {
      isNarrowed = true;
      read.narrowed++;
      wanted.onNarrowed();
    };
    for await (const batch of register.contracts({ ...wanted, onNarrowed })) {
      if (isNarrowed) read.contracts += batch.length;
      yield batch;
    }
  };
  return { read, register: { ...register, contracts } };
};

/** All texts of records that may stand after a colon, and parts of them. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value, value.slice(1, 4), ...value.split(/[ /-]/)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const TEXT_FIELDS = [
  "contract",
  "lot",
  "title",
  "buyer",
  "procedure",
  "user",
  "tag",
  "status",
  "service",
  "deployment",
  "source",
  "cpv",
  "supplier",
  "supplierId",
  "country",
  "nature",
  "currency",
];
const AMOUNT_FIELDS = ["ceiling", "estimate", "reestimate", "awarded", "quantity"];
const DATE_FIELDS = ["awardDate", "reviewDate", "latestEnd"];
const VALUES = ["0", "1", "10k", "1M", "10.2M", "EUR1M", "EUR250k", "PLN1M", "2bn"];
const DATES = ["2013", "2014-02", "2014-02-03", "2016", "today", "2026-01-02"];

/** Amounts that the register states, as a query may name them. */
const amountsIn = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => /^[A-Z]{3} \d+(\.\d+)?$/.test(text)).map((text) => text.replace(" ", ""));

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** Queries in which most terms are of texts that the register has. */
const queriesOf = (texts: readonly string[]): fc.Arbitrary<string> => {
  const text = fc.constantFrom(...texts.filter((each) => each.trim() !== "")).map(quoted);
  const range = (values: readonly string[]) =>
    fc.oneof(
      fc
        .tuple(fc.constantFrom(":", "=", "<", "<=", ">", ">=", "!="), fc.constantFrom(...values))
        .map(([a, b]) => a + b),
      fc.constantFrom(...values).map((value) => `:${value}..`),
      fc.constantFrom(...values).map((value) => `:..${value}`),
    );
  const amount = fc
    .tuple(fc.constantFrom(...AMOUNT_FIELDS), range([...VALUES, ...amountsIn(texts)]))
    .map((parts) => parts.join(""));
  const term = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...TEXT_FIELDS), text).map(([name, value]) => `${name}:${value}`),
    },
    { weight: 1, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom("title", "buyer"), text).map(([name, value]) => `${name}!=${value}`),
    },
    { weight: 4, arbitrary: amount },
    // Of one lot, and of another of the same contract.
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom("any", "all", "NOT all"), amount, amount)
        .map(([scope, one, other]) => `${scope}(${one}) ${other}`),
    },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...DATE_FIELDS), range(DATES)).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: range(["0", "1", "2", "3"]).map((value) => `suppliers${value}`) },
    { weight: 1, arbitrary: fc.constantFrom("is:shared", "is:sole", "is:awarded", "is:grouping", "is:ended") },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom("has", "missing", "withheld"), fc.constantFrom("ceiling", "estimate", "awarded"))
        .map((parts) => parts.join(":")),
    },
  );
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      term,
      fc.tuple(tie("query"), tie("query")).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(tie("query"), tie("query")).map((parts) => `(${parts.join(" OR ")})`),
      tie("query").map((part) => `NOT (${part})`),
      fc.tuple(fc.constantFrom("any", "all"), tie("query")).map(([scope, part]) => `${scope}(${part})`),
    ),
  }));
  return query;
};

describe("a query reads what may answer it, and answers as from the files", () => {
  test("random queries of random registers", { timeout: 240_000 }, async () => {
    const seen = { narrowed: 0, contracts: 0, all: 0 };
    for (let seed = 1; seed <= times(60, 8); seed++) {
      const written = registerFrom(seed);
      const calm = seed % 3 === 0 ? written : calmed(written);
      const file = join(folder, `${seed}.jsonl`);
      const lines = Object.values(calm).flat();
      writeFileSync(file, lines.map((record) => `${JSON.stringify(record)}\n`).join(""));
      const register = await openRegister(file).catch(() => undefined);
      const store = register && (await storeOf(file).catch(() => undefined));
      if (register === undefined || store === undefined) continue;
      const stored = watched(await openRegister(store));
      for (const query of fc.sample(queriesOf(textsIn(calm)), { numRuns: times(12, 6), seed }))
        for (const at of DAYS)
          expect({ seed, query, at, answers: await answersTo(stored.register, query, at) }).toEqual({
            seed,
            query,
            at,
            answers: await answersTo(register, query, at),
          });
      seen.narrowed += stored.read.narrowed;
      seen.contracts += stored.read.contracts;
      seen.all += stored.read.narrowed * calm.contracts.length;
    }
    expect(seen.narrowed).toBeGreaterThan(times(1000, 100));
    expect(seen.contracts).toBeLessThan(seen.all * 0.8);
  });

  test("of one lot, and of another of the same contract", async () => {
    const file = join(folder, "two-lots.jsonl");
    const lot = (id: string, ceiling: string) => ({ lot: id, title: `Lot ${id}`, ceiling });
    const contract = (id: string, ceilings: readonly [string, string]) => ({
      contract: id,
      title: id,
      lots: ceilings.map((ceiling, index) => lot(String(index + 1), ceiling)),
    });
    const contracts = [contract("both", ["EUR 20000000", "EUR 1000000"]), contract("neither", ["EUR 3", "EUR 4"])];
    writeFileSync(file, contracts.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const register = await openRegister(file);
    const stored = watched(await openRegister(await storeOf(file)));
    for (const query of ["any(ceiling:10M..) ceiling:..2M", "any(ceiling:10M..) any(ceiling:900k..2M)"])
      expect({ query, answers: await answersTo(stored.register, query, "2020-01-01") }).toEqual({
        query,
        answers: await answersTo(register, query, "2020-01-01"),
      });
    expect(stored.read.contracts).toBe(stored.read.narrowed);
  });
});
