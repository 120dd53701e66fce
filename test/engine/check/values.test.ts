import { describe, expect, test } from "vitest";
import { found } from "../../checking.ts";

describe("T4: contracts awarded above a ceiling", () => {
  test("of a lot, of a lot with a ceiling for each supplier, of the contract", async () => {
    expect(await found("T4-awarded", "lots: [{ lot: 1, ceiling: EUR 5, awarded: [PLN 9, EUR 6] }]")).toEqual([
      "warning T4-awarded: lot k/1: contracts for EUR 6 were awarded, above its ceiling of EUR 5",
    ]);
    expect(
      await found("T4-awarded", "lots: [{ lot: 1, ceilingPerSupplier: EUR 2, suppliers: [a, b], awarded: EUR 5 }]"),
    ).toEqual(["warning T4-awarded: lot k/1: contracts for EUR 5 were awarded, above its ceiling of EUR 4"]);
    expect(await found("T4-awarded", "ceiling: EUR 5, awarded: EUR 6, lots: [{ lot: 1 }]")).toEqual([
      "warning T4-awarded: contract k: contracts for EUR 6 were awarded, above its ceiling of EUR 5",
    ]);
  });

  test("T10c: of offers for one volume, where all that they may come to is above it", async () => {
    expect(await found("T4-awarded", "lots: [{ lot: 1, ceiling: EUR 5, awarded: between EUR 6 and EUR 9 }]")).toEqual([
      "warning T4-awarded: lot k/1: contracts for EUR 6 to EUR 9 were awarded, above its ceiling of EUR 5",
    ]);
  });

  test.each([
    "ceiling: EUR 5, awarded: EUR 5",
    "ceiling: EUR 5, awarded: withheld",
    "ceiling: withheld, awarded: EUR 5",
    "ceilingPerSupplier: withheld, awarded: EUR 5",
    "awarded: EUR 5",
    "ceiling: USD 5, awarded: EUR 6",
    "ceiling: { p: EUR 5 }, awarded: { q: EUR 6 }",
    "ceiling: EUR 1M, awarded: EUR 1.4M",
    "ceiling: EUR 5, awarded: between EUR 5 and EUR 9",
    "ceiling: EUR 5, awarded: between EUR 2 and EUR 9",
  ])("%s passes", async (facts) => {
    expect(await found("T4-awarded", `lots: [{ lot: 1, ${facts} }]`)).toEqual([]);
  });

  test("the ceiling counts with its modifications", async () => {
    const more = "modifications: [{ modification: M, date: 2024, lot: 1, amount: EUR 1 }]";
    expect(await found("T4-awarded", `lots: [{ lot: 1, ceiling: EUR 5, awarded: EUR 6 }], ${more}`)).toEqual([]);
  });
});

describe("T4: a ceiling far from its estimate", () => {
  test.each([
    ["ceiling: EUR 10, estimate: EUR 1", "its ceiling is EUR 10, its estimate EUR 1"],
    ["ceiling: EUR 1, estimate: EUR 11", "its ceiling is EUR 1, its estimate EUR 11"],
  ])("%s", async (facts, message) => {
    expect(await found("T4-estimate", `${facts}, lots: [{ lot: 1 }]`)).toEqual([
      `warning T4-estimate: contract k: ${message}`,
    ]);
    expect(await found("T4-estimate", `lots: [{ lot: 1, ${facts} }]`)).toEqual([
      `warning T4-estimate: lot k/1: ${message}`,
    ]);
  });

  test.each([
    "ceiling: EUR 9, estimate: EUR 1",
    "ceiling: EUR 1, estimate: EUR 9",
    "ceiling: EUR 0, estimate: EUR 9",
    "ceiling: EUR 9, estimate: EUR 0",
    "ceiling: USD 99, estimate: EUR 1",
    "ceiling: withheld, estimate: EUR 1",
    "ceiling: EUR 9, estimate: withheld",
    "estimate: EUR 9",
  ])("%s passes", async (facts) => {
    expect(await found("T4-estimate", `lots: [{ lot: 1, ${facts} }]`)).toEqual([]);
  });
});

test("T10b: a declared total within the range of offers for one volume agrees with it", async () => {
  const declared = async (total: string) =>
    (
      await found(
        "T10",
        `awarded: ${total}, lots: [{ lot: 1, suppliers: [a, b], awarded: between EUR 50 and EUR 80 }, { lot: 2, suppliers: [c], awarded: EUR 10 }]`,
      )
    ).length;
  for (const within of ["EUR 60", "EUR 75", "EUR 90"]) expect(await declared(within)).toBe(0);
  for (const outside of ["EUR 57", "EUR 93"]) expect(await declared(outside)).toBe(1);
});

describe("T2: the number of suppliers", () => {
  test.each([
    [
      "[1 European, 1 American]",
      "info",
      "1 European + 1 American = 2 suppliers declared; its lots are held by 2: they agree",
    ],
    ["[3 European]", "warning", "3 European = 3 suppliers declared; its lots are held by 2: they differ"],
  ])("declared as %s", async (origins, severity, message) => {
    const rule = severity === "info" ? "T2-agrees" : "T2-count";
    expect(
      await found(
        rule,
        `supplierOrigins: ${origins}, lots: [{ lot: 1, suppliers: [a, b] }, { lot: 2, suppliers: [b, Beta] }, { lot: 3 }]`,
      ),
    ).toEqual([`${severity} ${rule}: k: ${message}`]);
  });
});

describe("T4: the declared offers against the lots' sum", () => {
  test("that differ", async () => {
    expect(await found("T4", "offers: 5, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]")).toEqual([
      "warning T4-offers: k: 5 offers declared; its lots add up to 4",
    ]);
  });

  test.each([
    ["agree", "offers: 4, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]"],
    ["are incomplete", "offers: 5, lots: [{ lot: 1, offers: 2 }, { lot: 2 }]"],
    ["are approximate", "offers: about 5, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]"],
    ["come from another source", "offers: { p: 5 }, lots: [{ lot: 1, offers: { q: 2 } }]"],
  ])("not where they %s", async (_, contract) => {
    expect(await found("T4", contract)).toEqual([]);
  });
});

const LOTS = "[{ lot: 1, reestimate: EUR 400.00 }, { lot: 2, reestimate: EUR 300.00 }, { lot: 3 }]";

test.each([
  ["EUR 702.00", LOTS],
  ["EUR 698.00", LOTS],
  ["EUR 702.01", "[{ lot: 1, reestimate: withheld }]"],
  ["withheld", LOTS],
  ["USD 900", LOTS],
  ["EUR 900", "[{ lot: 1 }]"],
  ["EUR 900", "[{ lot: 1, reestimate: EUR 1 }, { lot: 2, reestimate: USD 1 }]"],
  ["EUR 900", "[{ lot: 1, reestimate: EUR 1 }, { lot: 2, reestimate: withheld }]"],
  ["{ p: EUR 900 }", "[{ lot: 1, reestimate: { q: EUR 1 } }]"],
])("E5: a re-estimate of %s passes, with lots %s", async (whole, lots) => {
  expect(await found("E5", `reestimate: ${whole}, lots: ${lots}`)).toEqual([]);
});

test.each(["EUR 702.01", "EUR 697.99"])("E5: %s is more than 1.00 a lot away", async (whole) => {
  expect(await found("E5", `reestimate: ${whole}, lots: ${LOTS}`)).toEqual([
    `warning E5-reestimate: k: ${whole} re-estimated for all; its 2 lots add up to EUR 700.00`,
  ]);
});

test("E5: one lot, in a currency without decimals", async () => {
  expect(await found("E5", "reestimate: JPY 12, lots: [{ lot: 1, reestimate: JPY 10 }]")).toEqual([
    "warning E5-reestimate: k: JPY 12 re-estimated for all; its lot has JPY 10",
  ]);
  expect(await found("E5", "reestimate: JPY 11, lots: [{ lot: 1, reestimate: JPY 10 }]")).toEqual([]);
});

const about = async (contract: string) =>
  (await found("L1-maximum", contract)).map((line) =>
    line.replace("info L1-maximum: k: no field states the maximum of this framework agreement", "none"),
  );

test.each<[string, string[]]>([
  ["lots: []", ["none"]],
  ["ceiling: EUR 1M, lots: [{ lot: 1 }]", []],
  ["ceiling: withheld, lots: [{ lot: 1 }]", []],
  ["quantity: 5 cars, lots: [{ lot: 1 }]", []],
  [
    "lots: [{ lot: 1, ceilingPerSupplier: EUR 1 }, { lot: 2, quantity: 3 cars }, { lot: 3, quantityPerSupplier: 1 car }]",
    [],
  ],
  [
    "lots: [{ lot: 1 }, { lot: 2 }, { lot: 3 }], groups: [{ group: A, lots: [1, 3], ceiling: EUR 1 }]",
    ["none for 1 of its 3 lots (2)"],
  ],
  ["lots: [{ lot: 1 }], groups: [{ group: A, lots: [1] }]", ["none"]],
  ["lots: [{ lot: 1, estimate: EUR 1M, awarded: EUR 1M }]", ["none"]],
  ["lots: [{ lot: 1, status: cancelled }, { lot: 2, status: closed-no-winner }]", []],
  ["lots: [{ lot: 1, status: open }, { lot: 2, status: cancelled }]", ["none for 1 of its 2 lots (1)"]],
  ["framework: no, lots: [{ lot: 1 }]", []],
  ["regime: uk-2023, lots: [{ lot: 1 }]", []],
  ["callOffOf: f, lots: [{ lot: 1 }]", []],
  ["framework: yes, lots: [{ lot: 1 }], publications: [{ publication: n, date: 2024-05-01 }], callOffOf: f", ["none"]],
  [
    'lots: [{ lot: 1 }], notes: [{ rule: T4, text: "its notices are about different lots: the totals that each states are left out (ceiling)" }]',
    [],
  ],
  [
    'lots: [{ lot: 1 }], notes: [{ rule: T4, text: "its notices are about different lots: the totals that each states are left out (awarded)" }]',
    ["none"],
  ],
])("C-23/20: a framework agreement without a maximum: %s", async (contract, expected) => {
  expect(await about(contract)).toEqual(expected);
});

test("T9: groups of which it is open whether they have one ceiling", async () => {
  const group = (certain: string) =>
    `lots: [{ lot: 1 }, { lot: 2 }], groups: [{ group: A, lots: [1, 2], ceiling: EUR 5, certain: ${certain} }]`;
  expect(await found("T9", group("no"))).toEqual([
    "warning T9-uncertain: group k/A: its lots may have one ceiling together or one each",
  ]);
  expect(await found("T9", group("yes"))).toEqual([]);
});
