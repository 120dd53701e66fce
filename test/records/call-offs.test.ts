import { describe, expect, test } from "vitest";
import { formatMoney } from "../../src/model/money.ts";
import {
  type CallOff,
  knownValueOf,
  ordersOfCallOff,
  partOfCallOff,
  statesNoCeiling,
  withValueAsCeiling,
} from "../../src/records/call-offs.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";

const opened = async (callOff: string) => {
  const register = await openText(`
suppliers: [{ supplier: a, name: Alpha }]
contracts:
  - { contract: fw, lots: [{ lot: 1, ceiling: EUR 100k, suppliers: [a] }] }
  - { contract: c, framework: no, ${callOff} }
`);
  const contracts = (await allOf(register.stated())).flat();
  const [framework, one] = contracts;
  if (framework === undefined || one === undefined) throw new Error("there are no two contracts");
  return { framework, one, preference: register.preference };
};

const settledIn = ({ settledContracts }: CallOff): readonly string[] => settledContracts.map(({ id }) => id);

describe("the part of a call-off under one framework agreement", () => {
  test("is that of the contracts that name it, where any names one", async () => {
    const { one } = await opened(
      "lots: [{ lot: x }], settledContracts: [{ settled: K1, callOffOf: fw }, { settled: K2, callOffOf: other }, { settled: K3 }]",
    );
    expect(settledIn(partOfCallOff(one, "fw"))).toEqual(["K1"]);
    expect(settledIn(partOfCallOff(one, "none"))).toEqual([]);
  });

  test("is all of it, where none does", async () => {
    const { one } = await opened("lots: [{ lot: x }], settledContracts: [{ settled: K1 }, { settled: K2 }]");
    expect(partOfCallOff(one, "fw")).toBe(one);
  });
});

test.each([
  ["lots: [{ lot: x }, { lot: y }]", ["x", "y"]],
  ["lots: [{ lot: x, status: awarded }, { lot: y }]", ["x"]],
  ["lots: [{ lot: x }, { lot: y, status: cancelled }]", []],
  ["lots: [{ lot: x, status: open }, { lot: y, status: pending }, { lot: z }]", ["z"]],
  ["lots: [{ lot: x, status: cancelled }, { lot: y, awarded: EUR 5 }, { lot: z }]", ["y"]],
])(
  "where nothing says what became of its lots, all may be ordered that is not only called for: %s",
  async (lots, ordered) => {
    const { framework, one, preference } = await opened(`callOffOf: fw, procedure: p, ${lots}`);
    const within = { ...framework, procedure: "p", lots: one.lots };
    const orders = ordersOfCallOff(one, within, preference, () => []);
    expect(orders.flatMap(({ callOff }) => callOff?.lots ?? [])).toEqual(ordered);
  },
);

test.each([
  ["all of one contract", "lots: [{ lot: x }, { lot: y }]", "[x, y]: 12", ["x y EUR 12"]],
  ["one with a contract of its own", "lots: [{ lot: x }, { lot: y }]", "[x, y]: 12, [y]: 5", ["y EUR 5", "x y EUR 12"]],
  ["one outside of it", "lots: [{ lot: x }, { lot: y }, { lot: z }]", "[x, y]: 12", ["z ≥ EUR 0", "x y EUR 12"]],
  [
    "quantities",
    "lots: [{ lot: x, status: awarded, quantity: 3 kg }, { lot: y, status: awarded }]",
    "[x, y]: 12",
    ["x EUR 0 3 kg", "x y EUR 12"],
  ],
  [
    "what was awarded of one",
    "lots: [{ lot: x, awarded: EUR 7 }, { lot: y, status: awarded }]",
    "[x, y]: 12",
    ["x EUR 7", "y ≥ EUR 0"],
  ],
])("a contract for several lots counts for them: %s", async (_, lots, contracts, ordered) => {
  const settled = contracts.split(/, (?=\[)/).map((contract, index) => {
    const [ids, value] = contract.split(": ");
    return `{ settled: K${index}, lots: ${ids}, value: EUR ${value} }`;
  });
  const written = `callOffOf: fw, procedure: p, ${lots}, settledContracts: [${settled.join()}]`;
  const { framework, one, preference } = await opened(written);
  const orders = ordersOfCallOff(one, { ...framework, procedure: "p", lots: one.lots }, preference, () => []);
  const told = orders.map(({ callOff, amount, quantity }) =>
    [...(callOff?.lots ?? []), amount && formatMoney(amount), quantity && formatMoney(quantity)]
      .filter(Boolean)
      .join(" "),
  );
  expect(told).toEqual(ordered);
});

test("lots of the same name are the same within one procedure only", async () => {
  const { framework, one, preference } = await opened("callOffOf: fw, lots: [{ lot: 1, status: awarded }]");
  const lotsUnder = (procedure: string | undefined, of: string | undefined) =>
    ordersOfCallOff({ ...one, procedure }, { ...framework, procedure: of }, preference, () => []).map(
      ({ callOff }) => callOff?.lots,
    );
  expect([lotsUnder("p", "p"), lotsUnder("p", "q"), lotsUnder(undefined, undefined)]).toEqual([[["1"]], [[]], [[]]]);
});

test("a modification counts where it says by how much, of a lot that was called off or of all", async () => {
  const { framework, one, preference } = await opened(
    "callOffOf: fw, lots: [{ lot: x, suppliers: [a], awarded: EUR 20k }, { lot: y, status: cancelled }], modifications: [{ modification: m, date: 2020, lot: x, value: EUR 5k }, { modification: n, date: 2021, lot: y, value: EUR 7k }, { modification: o, date: 2022 }, { modification: p, date: 2023, value: EUR 1k }]",
  );
  expect(knownValueOf(one, preference).map(formatMoney)).toEqual(["EUR 26k"]);
  const orders = ordersOfCallOff(one, framework, preference, () => []);
  expect(orders.map(({ amount, date }) => [amount && formatMoney(amount), date?.year])).toEqual([
    ["EUR 20k", undefined],
    ["EUR 5k", 2020],
    ["EUR 1k", 2023],
  ]);
});

test.each([
  ["lots: [{ lot: x }, { lot: y }], groups: [{ group: g, lots: [x, y] }]", true],
  ["lots: [], ceiling: EUR 5", false],
  ["lots: [{ lot: x }, { lot: y, ceiling: EUR 5 }]", false],
  ["lots: [{ lot: x }, { lot: y, ceilingPerSupplier: EUR 5 }]", false],
  [
    "lots: [{ lot: x }, { lot: y }], groups: [{ group: g, lots: [x, y], ceiling: withheld }, { group: h, lots: [x, y] }]",
    false,
  ],
])("whether no ceiling is stated, of the whole or of a part: %s", async (stated, expected) => {
  expect(statesNoCeiling((await opened(stated)).one)).toBe(expected);
});

test.each([
  ["{ s /awards/0/value: EUR 5M }", "EUR 5M"],
  ["{ s /awards/0/value: between EUR 2M and EUR 5M }", "EUR 5M"],
  ["{ s /awards/0/value: at least EUR 5M }", undefined],
  ["{ s /awards/0/value: [EUR 5M, USD 1M] }", undefined],
  ["{ s /awards/0/value: withheld }", undefined],
  ["{ s BT-709: EUR 5M }", undefined],
  ["EUR 5M", undefined],
])("O2: the value of a framework agreement of OCDS is its ceiling: %s", async (awarded, ceiling) => {
  const register = await openText(`
sources: [{ source: s, title: Release }]
contracts: [{ contract: fw, framework: yes, lots: [{ lot: 1, awarded: ${awarded} }] }]
`);
  const [contract] = (await allOf(register.stated())).flat();
  const valued = contract && withValueAsCeiling(contract)?.lots[0]?.ceiling?.[0].value;
  expect(typeof valued === "object" ? formatMoney(valued) : valued).toBe(ceiling);
});

test("what a contract of several lots is worth is not that of the first of them", async () => {
  const lots = "lots: [{ lot: x, status: awarded }, { lot: y, status: awarded }]";
  const settled = "[{ settled: K, lots: [x], value: EUR 5 }, { settled: L, lots: [x, y], value: EUR 7 }]";
  const { one, framework, preference } = await opened(`callOffOf: fw, ${lots}, settledContracts: ${settled}`);
  const [first] = ordersOfCallOff(one, framework, preference, () => []);
  expect(first?.amount && formatMoney(first.amount)).toBe("EUR 5");
});

test.each([
  ["awardDate: 2025-01-02, signedDate: 2025-02-03", { year: 2025, month: 1, day: 2 }],
  ["awardDate: 2025-01-02", { year: 2025, month: 1, day: 2 }],
  ["signedDate: 2025-02", { year: 2025, month: 2 }],
])("a contract that calls off does so when it was awarded, or else signed: %s", async (dates, date) => {
  const settled = `settledContracts: [{ settled: K, callOffOf: fw, value: EUR 5, ${dates} }]`;
  const { one, framework, preference } = await opened(`awardDate: 2024, lots: [{ lot: x }], ${settled}`);
  expect(ordersOfCallOff(one, framework, preference, () => []).map((order) => order.date)).toEqual([date]);
});

test("what was awarded is what a call-off without lots is worth, and not what its contracts are besides", async () => {
  const stated = "callOffOf: fw, lots: [], awarded: EUR 9, settledContracts: [{ settled: K, value: EUR 5 }]";
  const { one, preference } = await opened(stated);
  expect(knownValueOf(one, preference).map(formatMoney)).toEqual(["EUR 9"]);
});
