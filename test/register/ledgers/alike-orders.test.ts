import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { everyUse } from "../../../src/engine/headroom/contract-ceilings.ts";
import { type ContractUse, useOf } from "../../../src/engine/headroom/contract-use.ts";
import { DataError, type Finding } from "../../../src/model/errors.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import { select } from "../../../src/query/selection.ts";
import type { Register } from "../../../src/records/register.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { times } from "../../long.ts";
import { seeded } from "../../seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-alike-"));
afterAll(() => rmSync(folder, { recursive: true }));

const REGISTER = `suppliers:
  - { supplier: a, name: Ahorn }
  - { supplier: b, name: "Buche, Eiche & Co" }
  - { supplier: c, name: Cornelius, successions: [{ left: 2023-06-30 }] }
contracts:
  - contract: k
    startDate: 2022-01-01
    term: 3 years
    awardDate: 2021-12-01
    users: [Port]
    ceiling: EUR 5M
    lots:
      - { lot: 1, ceiling: EUR 1M, suppliers: [a, b] }
      - { lot: 2, suppliers: [a, c], ceilingPerSupplier: EUR 10k }
      - { lot: 3, suppliers: [b] }
    groups: [{ group: g, lots: [1, 3], ceiling: EUR 2M }]
    ledger: { file: FILE, currency: EUR }
`;

/** Most of what rows say is usual; each of the others is unusual in a way of its own, or wrong. */
const COLUMNS: Readonly<Record<string, readonly [usual: readonly string[], unusual: readonly string[]]>> = {
  lot: [
    ["1", "2"],
    ["3", "", "9", '"1"', " 2"],
  ],
  supplier: [
    ["a", "b"],
    ["c", "", "Ahorn", '"Buche, Eiche & Co"', "nobody", "c"],
  ],
  buyer: [
    ["Port", "Port"],
    ["", '"Port"', "Somebody Else"],
  ],
  date: [
    ["2023-05-17", "2022-02-28"],
    ["", "2024-02-29", "2023", "2023-06", "2021-11-30", "2026-01-01", "31.12.2023", "2023-07-01"],
  ],
  amount: [
    ["12.50", "7", "-3.25"],
    ["0", "1.5", "1.5k", "99999999999", "-99999999.99", '"1,200.00"', "-0", '"8.25"'],
  ],
  currency: [
    ["", "EUR"],
    ["CHF", "JPY"],
  ],
  description: [
    ["Switches", ""],
    ['"with ""quotes"" and, commas"', "caf\u00e9", '"two\nlines"'],
  ],
};

const field = ([usual, unusual]: readonly [readonly string[], readonly string[]]) =>
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...unusual) });

const row = fc.tuple(...Object.values(COLUMNS).map(field));

interface Ledger {
  readonly rows: readonly (readonly string[])[];
  readonly repeats: number;
  readonly total: string;
  readonly twice: boolean;
  readonly end: string;
}

const ledger: fc.Arbitrary<Ledger> = fc.record({
  rows: fc.array(row, { minLength: 30, maxLength: 50 }),
  repeats: fc.integer({ min: 60, max: 120 }),
  total: fc.constantFrom("", "Total,,,,,,EUR,", "Total,,,,,0.01,EUR,", "Sum of all,1,a,,2023-01-01,5,EUR,"),
  twice: fc.boolean(),
  end: fc.constantFrom("\n", "\r\n"),
});

/** So long that it is read in several pieces. */
const textOf = ({ rows, repeats, total, twice, end }: Ledger): string => {
  const lines = Array.from({ length: repeats }, (_, round) =>
    rows.map((fields, index) => [`No-${twice && index === 3 ? index : `${round}.${index}`}`, ...fields].join(",")),
  ).flat();
  const all = [...lines.slice(0, lines.length - 9), ...(total === "" ? [] : [total]), ...lines.slice(lines.length - 9)];
  return `order,${Object.keys(COLUMNS).join(",")}${end}${all.join(end)}${end}`;
};

const saidOf = (use: ContractUse) => ({
  ceilings: everyUse(use).map((ceiling) => ({
    orders: ceiling.orders,
    lines: ceiling.lines.map(({ unit = "EUR" }) => [
      unit,
      ceiling.sum(unit),
      ceiling.range(unit),
      ceiling.recentRange(unit),
    ]),
  })),
  placed: use.placed.amountsIn(undefined, undefined),
  onOne: use.placed.amountsIn([{ lot: { id: "1" }, seats: undefined, holders: 2 }], "EUR"),
  dates: use.dates,
  findings: use.findings,
});

const said = async (read: () => Promise<ContractUse>): Promise<object> => {
  try {
    return saidOf(await read());
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { findings: error.findings satisfies readonly Finding[] };
  }
};

const path = join(folder, "register.yaml");
writeFileSync(path, REGISTER.replace("FILE", "orders.csv"));

/** A register that counts the orders that somebody is shown. */
const counting = (register: Register, shown: { count: number }): Register => ({
  ...register,
  orders: async function* (contract, beside) {
    for await (const batch of register.orders(contract, beside)) {
      shown.count += batch.length;
      yield batch;
    }
  },
});

test("orders that are added up come to the same as orders that are looked at one by one", async () => {
  const shown = { oneByOne: { count: 0 }, together: { count: 0 } };
  const days = fc.constantFrom("2025-06-30", "2023-06-30", "2023-05-17", "2023-01-01");
  await fc.assert(
    fc.asyncProperty(ledger, days, fc.boolean(), async (given, on, withLater) => {
      writeFileSync(join(folder, "orders.csv"), textOf(given));
      const register = await openRegister(path);
      const options = {
        day: parsePartialDate(on) ?? { year: 2025 },
        recent: { first: 19_480, last: 20_000 },
        withLater,
      };
      for await (const [selected] of select(register, {}, "ceiling")) {
        if (selected === undefined) continue;
        const see = () => undefined;
        const oneByOne = await said(() => useOf(counting(register, shown.oneByOne), selected, options, see));
        expect(await said(() => useOf(counting(register, shown.together), selected, options))).toEqual(oneByOne);
      }
    }),
    seeded(times(100, 15)),
  );
  expect(shown.together.count).toBeLessThan(shown.oneByOne.count * 0.8);
}, 60_000);

test("a total in the midst of a long ledger is held against the rows above it, and counts for nothing", async () => {
  const rows = (from: number) =>
    Array.from({ length: 4000 }, (_, index) => `No-${from + index},1,a,Port,2023-05-17,12.50,,\n`).join("");
  const headings = `order,${Object.keys(COLUMNS).join(",")}\n`;
  writeFileSync(join(folder, "orders.csv"), `${headings}${rows(0)}Total,,,,,"50,000.00",,\n${rows(4000)}`);
  const register = await openRegister(path);
  for await (const [selected] of select(register, {}, "ceiling")) {
    if (selected === undefined) continue;
    const use = await useOf(register, selected, { day: { year: 2025 } });
    expect(use.findings.map(({ message }) => message)).toEqual([
      "k: 1 order is called a total, with the sum of the rows above (Total): EUR 50,000.00",
    ]);
    expect(use.whole.orders).toBe(8000);
  }
});

test("N1: sums of long ledgers stay exact, of orders and of credits", async () => {
  const headings = `order,${Object.keys(COLUMNS).join(",")}\n`;
  for (const [sign, one] of [
    ["", 1n],
    ["-", -1n],
  ] as const) {
    const rows = Array.from({ length: 9000 }, (_, id) => `${id},1,a,Port,2023-05-17,${sign}99999999999,,\n`);
    writeFileSync(join(folder, "orders.csv"), headings + rows.join(""));
    const register = await openRegister(path);
    for await (const [selected] of select(register, {}, "ceiling")) {
      if (selected === undefined) continue;
      const use = await useOf(register, selected, { day: { year: 2025 } });
      expect(use.whole.sum("EUR").minor).toBe(9000n * one * 9_999_999_999_900n);
    }
  }
});
