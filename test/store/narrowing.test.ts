import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import { FORMATS, headroom, lots, openRegister, orders, parseQuery, suppliers, writeStore } from "../../src/index.ts";
import type { Register } from "../../src/records/register.ts";
import { registerFrom } from "../fuzz/registers.ts";
import { LONG, someOf, times } from "../long.ts";
import { allOf } from "../reading.ts";
import { calmed, related, relatedRegister } from "./calmed.ts";

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

const lotsAndSuppliers = async (register: Register, text: string, at: string): Promise<readonly unknown[]> => {
  const asked = { query: parseQuery(text), at };
  return [await said(lots(register, asked)), await said(suppliers(register, asked))];
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
const DATE_FIELDS = ["awardDate", "reviewDate", "firmEnd", "latestEnd"];
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
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...["shared", "sole", "awarded", "grouping", "ended", "firm", "undecided"].map((state) => `is:${state}`),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom("vat:included", "vat:excluded", "vat=included,excluded", "vat:incl") },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom("has", "missing", "withheld"),
          fc.constantFrom("ceiling", "estimate", "awarded", "quantity"),
        )
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
    for (let seed = 1; seed <= times(60, 4); seed++) {
      const written = registerFrom(seed);
      const some = seed % 3 === 0 ? written : calmed(written);
      const calm =
        seed % 2 === 0
          ? some
          : relatedRegister(some, [calmed(registerFrom(-seed)), calmed(registerFrom(~seed * 7))], seed);
      const file = join(folder, `${seed}.jsonl`);
      const lines = Object.values(calm).flat();
      writeFileSync(file, lines.map((record) => `${JSON.stringify(record)}\n`).join(""));
      const register = await openRegister(file).catch(() => undefined);
      const store = register && (await storeOf(file).catch(() => undefined));
      if (register === undefined || store === undefined) continue;
      const stored = watched(await openRegister(store));
      for (const query of fc.sample(queriesOf(textsIn(calm)), { numRuns: times(12, 3), seed }))
        for (const at of someOf(DAYS, 2))
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
    expect(seen.narrowed).toBeGreaterThan(times(1000, 15));
    expect(seen.contracts).toBeLessThan(seen.all * 0.8);
  });

  test("random queries of lots that are much alike", { timeout: 240_000 }, async () => {
    const seen = { found: 0, narrowed: 0, contracts: 0, all: 0 };
    for (let seed = 1; seed <= times(40, 4); seed++) {
      const [plain = []] = fc.sample(alikeContracts, { numRuns: 1, seed });
      const names = plain.map(({ contract }) => contract);
      const contracts = seed % 2 === 0 ? plain : related(plain, names, seed);
      const file = join(folder, `alike-${seed}.jsonl`);
      writeFileSync(file, [...ALIKE_SUPPLIERS, ...contracts].map((record) => `${JSON.stringify(record)}\n`).join(""));
      const register = await openRegister(file);
      const stored = watched(await openRegister(await storeOf(file)));
      const at = ["2020-12-24", "2022-01", "2023-05-06"][seed % 3] ?? "";
      for (const query of fc.sample(ALIKE_QUERIES, { numRuns: times(60, 8), seed })) {
        const expected = await lotsAndSuppliers(register, query, at);
        expect({ seed, query, at, answers: await lotsAndSuppliers(stored.register, query, at) }).toEqual({
          seed,
          query,
          at,
          answers: expected,
        });
        if (String(expected).includes('"lot"')) seen.found++;
      }
      seen.narrowed += stored.read.narrowed;
      seen.contracts += stored.read.contracts;
      seen.all += stored.read.narrowed * contracts.length;
    }
    expect(seen.narrowed).toBeGreaterThan(times(2000, 40));
    expect(seen.found).toBeGreaterThan(times(500, 8));
    expect(seen.contracts).toBeLessThan(seen.all * 0.6);
  });
});

const ALIKE_SUPPLIERS = ["ash", "birch", "cedar"].map((supplier, index) => ({
  supplier,
  name: `${supplier} trees`,
  kind: index === 2 ? "grouping" : "company",
}));
const FIGURES = ["EUR 1000000", "EUR 2000000", "EUR 5000000", "USD 2000000"];

const ALIKE_TERM = fc.constantFrom("1 year", "2 years + 2 renewals of 1 year", "1 year + tacit renewals of 1 year");

/** Contracts of several lots, of which the values are few, so that queries of several terms are often true of some. */
const alikeContracts = fc
  .array(
    fc.record(
      {
        title: fc.constantFrom("Cloud", "Cloud and networks", "Büro"),
        buyer: fc.constantFrom("City of Ulm", "Ministry"),
        awardDate: fc.constantFrom("2019-05-06", "2020-11", "2021"),
        term: ALIKE_TERM,
        renewals: fc.constantFrom(
          [{ renewal: "1", exercised: "2020-12-01" }],
          [
            { renewal: "1", exercised: "2020-12-01" },
            { renewal: "2", declined: "2022-03-01" },
          ],
        ),
        vat: fc.constantFrom("included", "excluded"),
        tags: fc.subarray(["green", "old"], { minLength: 1 }),
        regime: fc.constantFrom("classic", "defence"),
        cpv: fc.subarray(["72000000", "72400000", "48000000"], { minLength: 1 }),
        lots: fc.array(
          fc.record(
            {
              title: fc.constantFrom("Storage", "Servers"),
              status: fc.constantFrom("awarded", "cancelled", "open"),
              service: fc.constantFrom("iaas", "paas"),
              ceiling: fc.constantFrom(...FIGURES),
              estimate: fc.constantFrom(...FIGURES),
              awarded: fc.oneof(fc.constantFrom(...FIGURES), fc.constant(["EUR 1000000", "USD 2000000"])),
              suppliers: fc.subarray(["ash", "birch", "cedar"]),
              term: ALIKE_TERM,
              endDate: fc.constantFrom("2022-02", "2021-12-31"),
              quantity: fc.constantFrom("10 boats", "200 boats", "10 cars"),
              cpv: fc.subarray(["72000000", "72410000"], { minLength: 1 }),
            },
            { requiredKeys: ["status"] },
          ),
          { minLength: 1, maxLength: 4 },
        ),
      },
      { requiredKeys: ["lots"] },
    ),
    { minLength: 3, maxLength: 5 },
  )
  .map((contracts) =>
    contracts.map(({ lots: written, ...rest }, number) => ({
      contract: `c${number + 1}`,
      ...rest,
      ...(rest.term?.includes("2 renewals") ? {} : { renewals: undefined }),
      lots: written.map((lot, index) => ({
        lot: String(index + 1),
        ...lot,
        // Only what was awarded has suppliers and awards.
        ...(lot.status === "awarded" ? {} : { suppliers: undefined, awarded: undefined }),
      })),
    })),
  );

const oneOf = (...words: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
const joined = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(""));

const ALIKE_AMOUNTS = fc.oneof(
  joined(oneOf("ceiling", "awarded"), oneOf(":", "=", ">=", "<="), oneOf("EUR1M", "EUR2M", "EUR5M", "USD2M")),
  joined(oneOf("ceiling:", "awarded:"), oneOf("EUR2M..", "..EUR2M", "USD1M..3M", "EUR5M..,USD2M")),
);

/** Of a lot, or of some or all lots of its contract. */
const ALIKE_TERMS = fc.oneof(ALIKE_AMOUNTS, joined(oneOf("any(", "all("), ALIKE_AMOUNTS, oneOf(")")));

const ALIKE_QUERIES = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 20, arbitrary: joined(ALIKE_TERMS, oneOf(" ", " ", " status:awarded "), ALIKE_TERMS) },
    {
      weight: 3,
      arbitrary: joined(
        oneOf("ceiling", "estimate", "awarded"),
        oneOf(":", "=", ">", ">=", "<", "<=", "!="),
        oneOf("EUR1M", "EUR2M", "EUR5M", "USD2M", "2M"),
      ),
    },
    {
      weight: 2,
      arbitrary: joined(
        oneOf("ceiling:", "awarded:"),
        oneOf("EUR1M..2M", "EUR2M..", "..EUR2M", "USD1M..3M", "EUR1M,USD2M"),
      ),
    },
    joined(oneOf("has:", "missing:", "withheld:"), oneOf("ceiling", "estimate", "awarded", "ceiling,awarded")),
    oneOf("status:awarded", "status!=awarded", "status:open,cancelled"),
    joined(
      oneOf("service:", "title:", "buyer:", "tag:", ""),
      oneOf("iaas", "cloud", "büro", "ulm", "green", "storage"),
    ),
    oneOf("supplier:ash", "supplier:birch,cedar", "supplier:trees", "kind:grouping", "cedar", "nobody"),
    oneOf("cpv:72", "cpv:724", "cpv!=72", "cpv:72000000", "cpv:48000000,72410000"),
    joined(oneOf("suppliers"), oneOf(":", "=", ">", ">=", "<", "<="), oneOf("0", "1", "2")),
    joined(oneOf("suppliers:"), oneOf("1..2", "2..", "..1", "0,3")),
    joined(oneOf("awardDate"), oneOf(":", "=", ">", ">=", "<", "<=", "!="), oneOf("2019", "2020-11", "2021-01-01")),
    joined(oneOf("awardDate:"), oneOf("2019..2020", "2020-12..", "..2019-05-06")),
    joined(oneOf("is:"), oneOf("shared", "sole", "awarded", "grouping", "shared,awarded")),
    joined(oneOf("is:"), oneOf("ended", "firm", "undecided", "ended,sole")),
    joined(
      oneOf("firmEnd", "latestEnd"),
      oneOf(":", "=", ">", ">=", "<", "<=", "!="),
      oneOf("2020", "2021-11", "2022-05-05", "2023", "today"),
    ),
    joined(
      oneOf("firmEnd:", "latestEnd:"),
      oneOf("2020..2021", "2022-03..", "..2021-05-06", "..2022", "2022-06..", "2021..today"),
    ),
    joined(oneOf("quantity"), oneOf(":", ">=", "<"), oneOf('"10 boats"', '"100 boats"', "10")),
    oneOf("vat:included", "vat:excluded", "has:quantity", "missing:quantity"),
    oneOf("currency:EUR", "currency:USD", "regime:classic", "contract:c1", "lot:c1/1", "lot:2"),
    { weight: 4, arbitrary: joined(tie("query"), oneOf(" "), tie("query")) },
    { weight: 2, arbitrary: joined(oneOf("("), tie("query"), oneOf(" OR "), tie("query"), oneOf(")")) },
    joined(oneOf("NOT ("), tie("query"), oneOf(")")),
    { weight: 2, arbitrary: joined(oneOf("any(", "all("), tie("query"), oneOf(")")) },
  ),
})).query;

const ENDING = `
contracts:
  - contract: decided
    awardDate: 2019-05-06
    term: 2 years + 2 renewals of 1 year
    renewals: [{ renewal: 1, exercised: 2020-12-01 }, { renewal: 2, declined: 2022-03-01 }]
    lots: [{ lot: 1 }, { lot: 2, term: 1 year }]
  - { contract: tacit, awardDate: 2019-11, term: 1 year + tacit renewals of 1 year, lots: [{ lot: 1 }] }
  - { contract: coarse, awardDate: 2020, term: 18 months, lots: [{ lot: 1 }, { lot: 2, endDate: 2023-02 }] }
  - { contract: latest, latestEndDate: 2024-03, lots: [{ lot: 1 }] }
  - { contract: silent, lots: [{ lot: 1 }] }
`;

test("ends are found on every day, whatever is decided of renewals by then", async () => {
  const file = join(folder, "ending.yaml");
  writeFileSync(file, ENDING);
  const register = await openRegister(file);
  const stored = watched(await openRegister(await storeOf(file)));
  const years = [2019, 2020, 2021, 2022, 2023, 2024, 2025];
  const ends = ["firmEnd", "latestEnd"].flatMap((field) =>
    years.flatMap((year) => [`${field}:${year}`, `${field}:${year}-05..`, `${field}<${year}`]),
  );
  const days = ["2019-06-07", "2020-12-24", "2022-05-20", "2024-01-02"];
  // Each on every day at full length; otherwise on one, and each kind of query on each day.
  for (const [nth, query] of [...ends, "is:ended", "is:firm", "is:undecided"].entries())
    for (const at of LONG ? days : days.slice(nth % days.length, (nth % days.length) + 1))
      expect({ query, at, answers: await lotsAndSuppliers(stored.register, query, at) }).toEqual({
        query,
        at,
        answers: await lotsAndSuppliers(register, query, at),
      });
  expect(stored.read.contracts).toBeLessThan(stored.read.narrowed * 4);
});
