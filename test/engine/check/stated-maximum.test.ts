import { expect, test } from "vitest";
import { found } from "../../checking.ts";

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
