import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { headroom } from "../../../src/engine/headroom/headroom.ts";
import type { HeadroomOptions } from "../../../src/engine/headroom/headroom-rows.ts";
import { DataError } from "../../../src/model/errors.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import { parseQuery } from "../../../src/query/parse-query.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { linesOf, openText, rowsOf } from "../../open-text.ts";

const SUPPLIERS = `
suppliers:
  - { supplier: a, name: Alpha, aliases: [ALPHA Ltd] }
  - { supplier: b, name: Beta }
  - { supplier: c, name: Gamma, successions: [{ renamed: 2021, from: Gama }, { merged: 2024-03-01, into: b }] }
  - { supplier: d, name: Delta, successions: [{ left: 2024-02 }] }
`;

const USUAL = ["ceilingOf", "ceiling", "ordered", "left", "used", "use"];

interface Asked extends HeadroomOptions {
  readonly at?: string;
  readonly query?: string;
  readonly fields?: readonly string[];
}

const ask = async (contract: string, { at = "2999", query = "", fields = USUAL, ...options }: Asked = {}) => {
  const day = parsePartialDate(at);
  const report = headroom(
    await openText(`${SUPPLIERS}\ncontracts:${contract}`),
    { query: parseQuery(query, undefined, undefined, "headroom"), ...(day !== undefined && { at: day }) },
    options,
  );
  const lines = await linesOf(report, ...fields);
  const { notes, findings = [] } = report.closing();
  return { lines, notes, findings: findings.map(({ rule, message, hint }) => `${rule} ${message} | ${hint}`) };
};

const lines = async (contract: string, asked?: Asked): Promise<readonly string[]> => (await ask(contract, asked)).lines;

const PORTS = `
  - contract: ports
    title: Ports
    ceiling: EUR 1,000.00
    lots:
      - { lot: 1, title: Quays, ceiling: EUR 600, suppliers: [a, b] }
      - { lot: 2, ceilingPerSupplier: EUR 300, suppliers: [a, b] }
      - { lot: 3 }
      - { lot: 4, ceiling: withheld }
    groups:
      - { group: north, title: North, lots: [1, 3], ceiling: EUR 700 }
`;

describe("L1: orders use up every ceiling whose scope contains them", () => {
  test("of the contract, of groups, of the lot or of the supplier", async () => {
    const orders = `
    orders:
      - { order: 1, lot: 1, supplier: a, amount: EUR 100.50 }
      - { order: 2, lot: 1, supplier: b, amount: EUR 200 }
      - { order: 3, lot: 2, supplier: b, amount: EUR 30 }
      - { order: 4, lot: 2, supplier: ALPHA Ltd, amount: EUR 20 }
      - { order: 5, lot: 3, amount: EUR 7 }
      - { order: 6, lot: 4, amount: EUR 8 }
      - { order: 7, lot: 1, supplier: a, amount: EUR -50 }`;
    expect(await lines(`${PORTS}${orders}`)).toEqual([
      "ports | EUR 1,000.00 | EUR 315.50 | EUR 684.50 | 31.6 % | open",
      "ports group north | EUR 700 | EUR 257.50 | EUR 442.50 | 36.8 % | open",
      "ports/1 | EUR 600 | EUR 250.50 | EUR 349.50 | 41.8 % | open",
      "ports/2 a | EUR 300 | EUR 20 | EUR 280 | 6.7 % | open",
      "ports/2 b | EUR 300 | EUR 30 | EUR 270 | 10.0 % | open",
      "ports/3 | missing | EUR 7 | missing | - | unknown",
      "ports/4 | withheld | EUR 8 | missing | - | unknown",
    ]);
  });

  test.each([
    ["EUR 0", "0.0 %", "open"],
    ["EUR 79.94", "79.9 %", "open"],
    ["EUR 80.00", "80.0 %", "warning"],
    ["EUR 99.99", "99.9 %", "warning"],
    ["EUR 100.00", "100.0 %", "exhausted"],
    ["EUR 100.01", "100.0 %", "breach"],
    ["EUR 250", "250.0 %", "breach"],
    ["EUR -5", "-5.0 %", "open"],
  ])("%s of EUR 100 are %s: %s", async (amount, used, status) => {
    const contract = `
  - { contract: k, lots: [{ lot: 1, ceiling: EUR 100 }], orders: [{ order: 1, amount: ${amount} }] }`;
    expect(await lines(contract, { fields: ["used", "use"] })).toEqual([`${used} | ${status}`]);
  });

  test("the percentage from which to warn can be another, and is exact", async () => {
    const contract = `
  - { contract: k, lots: [{ lot: 1, ceiling: EUR 3 }], orders: [{ order: 1, amount: EUR 2.24 }] }`;
    const status = async (warnAt: number) => lines(contract, { warnAt, fields: ["use"] });
    expect(await status(74)).toEqual(["warning"]);
    expect(await status(75)).toEqual(["open"]);
    expect(await status(0)).toEqual(["warning"]);
  });

  test("of a ceiling of zero nothing is left, and any order is too much", async () => {
    const contract = (orders: string) => `
  - { contract: k, lots: [{ lot: 1, ceiling: EUR 0 }], orders: ${orders} }`;
    expect(await lines(contract("[]"))).toEqual(["k/1 | EUR 0 | EUR 0 | EUR 0 | - | exhausted"]);
    expect(await lines(contract("[{ order: 1, amount: EUR 0.01 }]"))).toEqual([
      "k/1 | EUR 0 | EUR 0.01 | EUR -0.01 | - | breach",
    ]);
  });

  test("L3: however orders are placed, the suppliers of a lot use up one ceiling", async () => {
    const contract = (callOff: string) => `
  - contract: k
    lots: [{ lot: 1, ceiling: EUR 100, suppliers: [a, b], callOff: ${callOff} }]
    orders: [{ order: 1, supplier: a, amount: EUR 30 }, { order: 2, supplier: b, amount: EUR 40 }]`;
    for (const callOff of ["cascade", "reopened competition", "mixed"]) {
      expect(await lines(contract(callOff))).toEqual(["k/1 | EUR 100 | EUR 70 | EUR 30 | 70.0 % | open"]);
    }
  });
});

describe("T8: what is not known is not zero", () => {
  test("a contract that says nothing of orders", async () => {
    const { lines: shown, notes } = await ask(PORTS, { fields: ["ceilingOf", "ordered", "left", "used", "use"] });
    expect(shown[0]).toBe("ports | missing | missing | - | unknown");
    expect(notes).toEqual(["No orders are stated under ports, so what is left is unknown."]);
  });

  test("several such contracts", async () => {
    const contracts = ["k", "l", "m", "n"].map((id) => `\n  - { contract: ${id}, lots: [{ lot: 1 }] }`).join("");
    expect((await ask(contracts)).notes).toEqual([
      "No orders are stated under k, l, m and 1 more, so what is left is unknown.",
    ]);
  });

  test("a contract without orders so far", async () => {
    expect(await lines("\n  - { contract: k, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }], orders: [] }")).toEqual([
      "k/1 | EUR 5 | EUR 0 | EUR 5 | 0.0 % | open",
      "k/2 | missing | EUR 0 | missing | - | unknown",
    ]);
    expect(await lines("\n  - { contract: k, lots: [{ lot: 1, ceiling: withheld }], orders: [] }")).toEqual([
      "k/1 | withheld | missing | missing | - | unknown",
    ]);
  });

  test("a ceiling for each supplier of a lot that nobody holds", async () => {
    expect(await lines("\n  - { contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 5 }], orders: [] }")).toEqual([
      "k/1 | missing | EUR 0 | missing | - | unknown",
    ]);
  });
});

describe("T7: currencies stay apart", () => {
  test("orders in another currency than the ceiling come on top of what is shown", async () => {
    const contract = `
  - contract: k
    lots: [{ lot: 1, ceiling: EUR 100 }]
    orders: [{ order: 1, amount: EUR 85 }, { order: 2, amount: USD 5 }, { order: 3, amount: USD 7.50 }]`;
    const { lines: shown, findings } = await ask(contract);
    expect(shown).toEqual(["k/1 | EUR 100 | ≥ EUR 85 | ≤ EUR 15 | 85.0 % | warning to breach"]);
    expect(findings).toEqual([
      "T7-order k: 2 orders are in another currency than the ceiling (USD): USD 12.50 | currencies are not converted: what is ordered is at least (≥) what is shown; also at <stdin>:11",
    ]);
  });

  test("a credit in another currency makes it less", async () => {
    const contract = (orders: string) => `
  - { contract: k, lots: [{ lot: 1, ceiling: EUR 100 }], orders: [{ order: 1, amount: EUR 85 }, ${orders}] }`;
    expect(await lines(contract("{ order: 2, amount: USD -5 }"))).toEqual([
      "k/1 | EUR 100 | ≤ EUR 85 | ≥ EUR 15 | 85.0 % | open or warning",
    ]);
    expect(await lines(contract("{ order: 2, amount: USD -5 }, { order: 3, amount: GBP 1 }"))).toEqual([
      "k/1 | EUR 100 | missing | missing | - | unknown",
    ]);
  });

  test("a call-off of which nothing is known makes it more, whatever the currency", async () => {
    const contract = `
  - { contract: k, lots: [{ lot: 1, ceiling: USD 100 }], orders: [{ order: 1, amount: USD 85 }] }
  - { contract: c, callOffOf: k, lots: [{ lot: x, status: awarded }] }`;
    expect((await lines(contract))[0]).toBe("k/1 | USD 100 | ≥ USD 85 | ≤ USD 15 | 85.0 % | warning to breach");
  });

  test("of an unknown ceiling, one row for each currency that was ordered in", async () => {
    const contract = `
  - { contract: k, lots: [{ lot: 1 }], orders: [{ order: 1, amount: EUR 85 }, { order: 2, amount: USD 5 }] }`;
    const { lines: shown, findings } = await ask(contract);
    expect(shown).toEqual([
      "k/1 | missing | EUR 85 | missing | - | unknown",
      "k/1 | missing | USD 5 | missing | - | unknown",
    ]);
    expect(findings).toEqual([]);
  });

  test("amounts with value added tax are held against ceilings with it", async () => {
    const contract = `
  - { contract: k, vat: included, lots: [{ lot: 1, ceiling: EUR 100 }], orders: [{ order: 1, amount: EUR 85 }] }`;
    expect(await lines(contract)).toEqual([
      "k/1 | EUR 100 incl. VAT | EUR 85 incl. VAT | EUR 15 incl. VAT | 85.0 % | warning",
    ]);
  });
});

describe("orders that do not belong where they say are told, and left out of no figure", () => {
  const contract = (orders: string) => `${PORTS}    orders: [{ order: 0, lot: 1, amount: EUR 100 }, ${orders}]`;
  const FIELDS = ["ceilingOf", "ordered", "left"];

  test("F8: a lot that the contract does not have: any of its lots may be meant", async () => {
    const { lines: shown, findings } = await ask(contract("{ order: 1, lot: 9, amount: EUR 5 }"), { fields: FIELDS });
    expect(shown).toEqual([
      "ports | EUR 105 | EUR 895",
      "ports group north | EUR 100.00 to EUR 105.00 | EUR 595.00 to EUR 600.00",
      "ports/1 | EUR 100.00 to EUR 105.00 | EUR 495.00 to EUR 500.00",
      "ports/2 a | EUR 0.00 to EUR 5.00 | EUR 295.00 to EUR 300.00",
      "ports/2 b | EUR 0.00 to EUR 5.00 | EUR 295.00 to EUR 300.00",
      "ports/3 | EUR 0.00 to EUR 5.00 | missing",
      "ports/4 | EUR 0.00 to EUR 5.00 | missing",
    ]);
    expect(findings).toEqual([
      "F8 ports: 1 order names a lot that it does not have (9): EUR 5 | they count for the contract, and may count for any of its lots: correct the lot",
    ]);
  });

  test("L1: no lot, where there are several", async () => {
    const { lines: shown, findings } = await ask(contract("{ order: 1, amount: EUR -5 }"), { fields: FIELDS });
    expect(shown.slice(0, 3)).toEqual([
      "ports | EUR 95 | EUR 905",
      "ports group north | EUR 95.00 to EUR 100.00 | EUR 600.00 to EUR 605.00",
      "ports/1 | EUR 95.00 to EUR 100.00 | EUR 500.00 to EUR 505.00",
    ]);
    expect(findings).toEqual([
      "L1-unplaced ports: 1 order does not say which of its lots it is for: EUR -5 | they count for the contract, and may count for any of the lots where their supplier has a seat: give each its lot",
    ]);
  });

  test("an order in another currency without a lot may come on top anywhere", async () => {
    const { lines: shown } = await ask(contract("{ order: 1, amount: USD 5 }"), { fields: FIELDS });
    expect(shown.slice(0, 3)).toEqual([
      "ports | ≥ EUR 100 | ≤ EUR 900",
      "ports group north | ≥ EUR 100 | ≤ EUR 600",
      "ports/1 | ≥ EUR 100 | ≤ EUR 500",
    ]);
  });

  test("a credit that may be meant, and one order in another currency", async () => {
    const orders = "{ order: 1, amount: EUR -5 }, { order: 2, lot: 1, amount: USD 5 }";
    expect((await lines(contract(orders), { fields: FIELDS })).slice(0, 3)).toEqual([
      "ports | ≥ EUR 95 | ≤ EUR 905",
      "ports group north | ≥ EUR 95.00 | ≤ EUR 605.00",
      "ports/1 | ≥ EUR 95.00 | ≤ EUR 505.00",
    ]);
  });

  test("however many there are", async () => {
    const orders = Array.from({ length: 10_002 }, (_, index) => ({
      order: `o${index}`,
      supplier: `x${index}`,
      amount: "EUR 1",
    }));
    const again = { order: "last", supplier: "x10001", amount: "EUR 1" };
    const many = { contract: "k", lots: [{ lot: "1", ceiling: "EUR 1,000" }], orders: [...orders, again] };
    const report = headroom(await openText(JSON.stringify(many)), {});
    expect(await linesOf(report, ...USUAL)).toEqual(["k/1 | EUR 1,000 | EUR 10,003 | EUR -9,003 | 1000.3 % | breach"]);
    expect(report.closing().findings?.map(({ message }) => message)).toEqual([
      "k: 10003 orders name a supplier that nobody declares (x0, x1, x2 …): EUR 10,003",
    ]);
  });

  test("L1: no supplier, where each has a ceiling; the only one is meant where there is one", async () => {
    const { lines: shown, findings } = await ask(contract("{ order: 1, lot: 2, amount: EUR 5 }"), { fields: FIELDS });
    expect(shown).toContain("ports/1 | EUR 100 | EUR 500");
    expect(shown).toContain("ports/2 a | EUR 0.00 to EUR 5.00 | EUR 295.00 to EUR 300.00");
    expect(findings).toEqual([
      "L1-unplaced ports: 1 order names no supplier on a lot where each has a ceiling (ports/2): EUR 5 | they count for the contract, and may count for any supplier on the lot: give each its supplier",
    ]);
    const sole = `
  - { contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 9, suppliers: [a] }], orders: [{ order: 1, amount: EUR 5 }] }`;
    expect(await lines(sole, { fields: FIELDS })).toEqual(["k/1 a | EUR 5 | EUR 4"]);
  });

  test("F8: a supplier that nobody declares", async () => {
    const orders =
      "{ order: 1, lot: 2, supplier: Omega, amount: EUR 5 }, { order: 2, lot: 1, supplier: Psi, amount: EUR 3 }";
    const { lines: shown, findings } = await ask(contract(orders), { fields: FIELDS });
    expect(shown).toContain("ports/1 | EUR 103 | EUR 497");
    expect(shown).toContain("ports/2 b | EUR 0.00 to EUR 5.00 | EUR 295.00 to EUR 300.00");
    expect(findings).toEqual([
      "F8 ports: 2 orders name a supplier that nobody declares (Omega, Psi): EUR 8 | they count for the lot, and where each supplier has a ceiling may count for any: correct the name, or declare it; also at <stdin>:19",
    ]);
  });

  test("F8: one that nobody declares need not hold the only seat", async () => {
    const orders = "{ order: 1, lot: 1, supplier: Omega, amount: EUR 5 }";
    const only = `
  - contract: k
    lots: [{ lot: 1, ceilingPerSupplier: EUR 100, suppliers: [a] }]
    orders: [${orders}]`;
    expect(await lines(only, { fields: ["ceilingOf", "ordered"] })).toEqual(["k/1 a | EUR 0.00 to EUR 5.00"]);
  });

  test("F8: each supplier that is mistyped is told with what may have been meant", async () => {
    const orders =
      "{ order: 1, lot: 1, supplier: Alpah, amount: EUR 5 }, { order: 2, lot: 1, supplier: Betta, amount: EUR 3 }";
    const { findings } = await ask(contract(orders));
    expect(findings[0]).toContain('Alpah: did you mean "Alpha"?; Betta: did you mean "Beta" or "Delta"?');
  });

  test("T2: a name that two suppliers have tells neither", async () => {
    const alike = `
suppliers: [{ supplier: x, name: Acme }, { supplier: y, name: Acme }]
contracts:
  - contract: k
    lots: [{ lot: 1, ceilingPerSupplier: EUR 100, suppliers: [x, y] }]
    orders: [{ order: 1, lot: 1, supplier: Acme, amount: EUR 60 }, { order: 2, lot: 1, supplier: x, amount: EUR 5 }]`;
    const report = headroom(await openText(alike), {});
    expect(await linesOf(report, "ceilingOf", "ordered")).toEqual([
      "k/1 x | EUR 5.00 to EUR 65.00",
      "k/1 y | EUR 0.00 to EUR 60.00",
    ]);
    expect(report.closing().findings?.map(({ rule, message, hint }) => `${rule} ${message} | ${hint}`)).toEqual([
      "T2-alias k: 1 order names a supplier as several are called (Acme): EUR 60 | they count for the lot, and where each supplier has a ceiling may count for any: name the supplier by its id",
    ]);
  });

  test("T2: a supplier without a seat on the lot", async () => {
    const { lines: shown, findings } = await ask(
      contract("{ order: 1, lot: 2, supplier: Gamma, date: 2024-01-01, amount: EUR 5 }"),
      {
        fields: FIELDS,
        at: "2024-02-29",
      },
    );
    expect(shown).toContain("ports | EUR 5.00 to EUR 105.00 | EUR 895.00 to EUR 995.00");
    expect(shown).toContain("ports/2 b | EUR 0 | EUR 300");
    expect(findings).toEqual([
      "L1-seat ports: 1 order is placed with a supplier that holds no seat on the lot (Gamma on ports/2): EUR 5 | they count for the lot and the contract, and for no supplier: correct the lot or the supplier",
    ]);
  });

  test("of many, the first few are named, and where they stand", async () => {
    const orders = Array.from(
      { length: 6 },
      (_, index) => `\n      - { order: o${index}, lot: 1${index}, amount: EUR 1 }`,
    );
    const { findings } = await ask(`${PORTS}    orders:${orders.join("")}`);
    expect(findings).toEqual([
      "F8 ports: 6 orders name a lot that it does not have (10, 11, 12 …): EUR 6 | they count for the contract, and may count for any of its lots: correct the lot; also at <stdin>:21, <stdin>:22, <stdin>:23",
    ]);
  });

  test("where nobody says who holds a lot, anybody may", async () => {
    expect((await ask(contract("{ order: 1, lot: 3, supplier: a, amount: EUR 5 }"))).findings).toEqual([]);
  });
});

describe("D3: the state at a date", () => {
  const LONG = `
  - contract: k
    startDate: 2023-01-01
    term: 1 year + 1 renewal of 1 year
    lots:
      - { lot: 1, ceiling: EUR 100, suppliers: [a] }
      - { lot: 2, ceilingPerSupplier: EUR 50, suppliers: [b, c, d] }
    modifications: [{ modification: M1, date: 2023-07-01, lot: 1, amount: EUR 20 }]
    orders:
      - { order: 1, lot: 1, date: 2023-03, amount: EUR 10 }
      - { order: 2, lot: 1, date: 2023-03-15, amount: EUR 15 }
      - { order: 3, lot: 1, date: 2024, amount: EUR 30 }
      - { order: 4, lot: 2, supplier: c, date: 2023-06-01, amount: EUR 7 }
      - { order: 5, lot: 2, supplier: d, date: 2023-06-01, amount: EUR 8 }
      - { order: 6, lot: 2, supplier: b, amount: EUR 1 }`;
  const FIELDS = ["ceilingOf", "ceiling", "ordered", "orders"];

  test("L1c: an order may count from the first day that its date may mean, and does from the last", async () => {
    const { lines: shown, notes } = await ask(LONG, { at: "2023-03-14", fields: FIELDS, query: "lot:1" });
    expect(shown).toEqual(["k/1 | EUR 100 | EUR 0.00 to EUR 10.00 | 0"]);
    expect(notes).toEqual([
      "4 orders dated after 2023-03-14 are not counted.",
      "1 order may be from after 2023-03-14, as it is dated no better: possible.",
      "1 order without a date may be from after 2023-03-14: possible.",
    ]);
    expect(await lines(LONG, { at: "2023-02", fields: FIELDS, query: "lot:1" })).toEqual(["k/1 | EUR 100 | EUR 0 | 0"]);
    expect(await lines(LONG, { at: "2023-03", fields: FIELDS, query: "lot:1" })).toEqual([
      "k/1 | EUR 100 | EUR 25 | 2",
    ]);
  });

  test("L2: ceilings are those of the day", async () => {
    expect(await lines(LONG, { at: "2024-01-01", fields: FIELDS, query: "lot:1" })).toEqual([
      "k/1 | EUR 120 | EUR 25.00 to EUR 55.00 | 2",
    ]);
  });

  test("L1a: what a merged supplier ordered is its successor's, and what one ordered that left stays its own", async () => {
    expect(await lines(LONG, { at: "2024-02-29", fields: FIELDS, query: "lot:2" })).toEqual([
      "k/2 b | EUR 50 | EUR 0.00 to EUR 1.00 | 0",
      "k/2 c | EUR 50 | EUR 7 | 1",
      "k/2 d | EUR 50 | EUR 8 | 1",
    ]);
    const { lines: shown, findings } = await ask(LONG, { at: "2024-03-01", fields: FIELDS, query: "lot:2" });
    expect(shown).toEqual(["k/2 b | EUR 100 | EUR 7.00 to EUR 8.00 | 1", "k/2 d | EUR 50 | EUR 8 | 1"]);
    expect(findings).toEqual([]);
  });

  test("L1: an order with a supplier after it left; D1: one outside of the term", async () => {
    const late = `${LONG}
      - { order: 7, lot: 2, supplier: Delta, date: 2024-03-01, amount: EUR 2 }
      - { order: 8, lot: 2, supplier: d, date: 2024-02, amount: EUR 2 }
      - { order: 9, lot: 1, date: 2022-12-31, amount: EUR 4 }
      - { order: 10, lot: 1, date: 2025-01-01, amount: EUR 4 }
      - { order: 11, lot: 1, date: 2022, amount: EUR 4 }
      - { order: 12, lot: 1, date: 2023, amount: EUR 4 }
      - { order: 13, lot: 9, date: 2030, amount: EUR 4 }`;
    const { lines: shown, findings } = await ask(late, {
      at: "2031",
      fields: ["ceilingOf", "ordered"],
      query: "lot:1",
    });
    expect(shown).toEqual(["k/1 | EUR 71.00 to EUR 75.00"]);
    expect(findings.map((finding) => finding.split(" | ")[0])).toEqual([
      "L1-seat k: 1 order is placed with a supplier after it left (Delta): EUR 2",
      "D1-order k: 4 orders are dated outside of its term: EUR 16",
      "F8 k: 1 order names a lot that it does not have (9): EUR 4",
    ]);
  });

  test("D1: one of a month in which the term begins may lie within it", async () => {
    const contract = `
  - contract: k
    startDate: 2023-06-15
    term: 1 year
    lots: [{ lot: 1 }]
    orders: [{ order: 1, date: 2023-06, amount: EUR 1 }, { order: 2, date: 2023-05, amount: EUR 1 }]`;
    expect((await ask(contract)).findings.map((finding) => finding.split(" | ")[0])).toEqual([
      "D1-order k: 1 order is dated outside of its term: EUR 1",
    ]);
  });

  test("D1: a renewal that was declined ends the term before it, a lot's own term when it says", async () => {
    const contract = `
  - contract: k
    startDate: 2023-01-01
    term: 1 year + 1 renewal of 1 year
    renewals: [{ renewal: 1, declined: 2023-11 }]
    lots: [{ lot: 1, ceiling: EUR 9 }, { lot: 2, ceiling: EUR 9, term: 3 years }]
    orders:
      - { order: 1, lot: 1, date: 2024-01-01, amount: EUR 1 }
      - { order: 2, lot: 2, date: 2024-01-01, amount: EUR 1 }`;
    expect((await ask(contract)).findings.map((finding) => finding.split(" | ")[0])).toEqual([
      "D1-order k: 1 order is dated outside of its term: EUR 1",
    ]);
  });
});

describe("a query leaves the ceilings of the selected lots", () => {
  const contract = `${PORTS}    orders: [{ order: 1, lot: 1, amount: EUR 5 }]`;
  const asked = (query: string) =>
    lines(contract, { query, fields: ["scope", "group", "lot", "supplier", "name", "title"] });

  test("of their groups and their contract, with all that is ordered under these", async () => {
    expect(await asked("lot:1")).toEqual([
      "contract | - | - | - | - | Ports",
      "group | north | - | - | - | North",
      "lot | - | 1 | - | - | Quays",
    ]);
    expect(await lines(contract, { query: "lot:3", fields: ["ceilingOf", "ordered"] })).toEqual([
      "ports | EUR 5",
      "ports group north | EUR 5",
      "ports/3 | EUR 0",
    ]);
  });

  test("of a lot that nobody holds by what is asked of it and its ceiling", async () => {
    expect(await lines(contract, { query: "lot:3 missing:supplier use:open", fields: ["ceilingOf"] })).toEqual([
      "ports",
      "ports group north",
    ]);
  });

  test("of the suppliers that are asked for", async () => {
    expect(await asked("lot:2 supplier:beta")).toEqual([
      "contract | - | - | - | - | Ports",
      "supplier | - | 2 | b | Beta | -",
    ]);
  });
});

test("T9: a ceiling that may be one or several is not said to be used up", async () => {
  const register = await openText(
    `contracts:${PORTS}    orders: [{ order: 1, lot: 1, amount: EUR 800 }]`.replace(
      "contracts:",
      `${SUPPLIERS}contracts:`,
    ),
  );
  const uncertain = {
    ...register,
    contracts: async function* () {
      for await (const batch of register.contracts()) {
        yield batch.map((each) => ({ ...each, groups: each.groups.map((group) => ({ ...group, certain: false })) }));
      }
    },
  };
  const status = async (asked: typeof register) => linesOf(headroom(asked), "ceilingOf", "use");
  expect(await status(register)).toContain("ports group north | breach");
  expect(await status(uncertain)).toContain("ports group north | unknown");
  expect(await status(uncertain)).toContain("ports/1 | breach");
});

describe("the pace", () => {
  const contract = `
  - contract: k
    lots: [{ lot: 1, ceiling: EUR 100 }, { lot: 2, ceiling: withheld }, { lot: 3, ceiling: EUR 30 }]
    orders:
      - { order: 1, lot: 1, date: 2024-06-30, amount: EUR 40 }
      - { order: 2, lot: 1, date: 2024-07-01, amount: EUR 10 }
      - { order: 3, lot: 1, date: 2024-12, amount: EUR 5 }
      - { order: 4, lot: 1, amount: EUR 25 }
      - { order: 5, lot: 2, date: 2024-12-31, amount: EUR 12 }
      - { order: 6, lot: 3, date: 2024-12-31, amount: EUR 31 }`;
  const FIELDS = ["ceilingOf", "left", "pace", "monthsLeft"];

  test("is what was ordered in the time asked for, a month", async () => {
    const { lines: shown, notes } = await ask(contract, {
      at: "2024-12-31",
      burn: { count: 6, unit: "m" },
      fields: FIELDS,
    });
    expect(shown).toEqual([
      "k/1 | EUR 20.00 to EUR 45.00 | EUR 2.50 to EUR 6.67 | 3.0 to 18.0",
      "k/2 | missing | EUR 2.00 | -",
      "k/3 | EUR -1 | EUR 5.17 | 0.0",
    ]);
    expect(notes).toEqual([
      "1 order without a date may be from after 2024-12-31: possible.",
      "The pace is what was ordered from 2024-07-01 to 2024-12-31, on average per month; months left say how long the rest lasts at that pace. This is not a forecast.",
      "1 order without a date may be in the pace: possible.",
    ]);
  });

  test.each([
    [{ count: 1, unit: "y" }, "EUR 4.58 to EUR 6.67 | 3.0 to 9.8"],
    [{ count: 31, unit: "d" }, "EUR 4.91 to EUR 29.46 | 0.6 to 9.1"],
    [{ count: 1, unit: "w" }, "EUR 0.00 to EUR 130.44 | ≥ 0.1"],
  ] as const)("in %j", async (burn, expected) => {
    const shown = await lines(contract, { at: "2024-12-31", burn, fields: ["pace", "monthsLeft"], query: "lot:1" });
    expect(shown).toEqual([expected]);
  });

  test("of what is not known exactly, the least or the most", async () => {
    const least = contract.replace("orders:", "orders:\n      - { order: 0, date: 2024-12-01, amount: EUR 2 }");
    const most = contract.replace("orders:", "orders:\n      - { order: 0, lot: 1, date: 2024-12-01, amount: USD 2 }");
    const both = most.replace("orders:", "orders:\n      - { order: 00, lot: 1, date: 2024-12-01, amount: GBP -2 }");
    const months = async (yaml: string) => {
      const at = parsePartialDate("2024-12-31");
      const report = headroom(
        await openText(`contracts:${yaml}`),
        { query: parseQuery("lot:1"), ...(at && { at }) },
        { burn: { count: 6, unit: "m" } },
      );
      return (await rowsOf(report)).map(({ pace }) => pace?.monthsLeft);
    };
    expect(await months(least)).toEqual([
      {
        bound: "between",
        least: { numerator: 10800n, denominator: 4200n },
        value: { numerator: 27000n, denominator: 1500n },
      },
    ]);
    expect(await months(most)).toEqual([{ value: { numerator: 27000n, denominator: 1500n }, bound: "atMost" }]);
    expect(await months(both)).toEqual([undefined]);
  });

  const unplaced = `
  - contract: k
    startDate: 2023-01-01
    term: 4 years
    lots: [{ lot: 1, ceiling: EUR 500k }, { lot: 2, ceiling: EUR 500k }, { lot: 3, ceiling: EUR 500k, endDate: 2030 }]
    orders:
      - { order: 1, lot: 2, date: 2024-07-10, amount: EUR 100k }
      - { order: 2, date: 2024-08-01, amount: EUR 200k }
      - { order: 3, lot: 3, date: 2024-12-01, amount: EUR 100k }`;

  test("T8: has both ends where an order may lie on several lots, and lasts as long as it would with each", async () => {
    const fields = ["ceilingOf", "pace", "monthsLeft", "runsOutOn", "runsOut"];
    expect(await lines(unplaced, { at: "2024-12-31", burn: { count: 6, unit: "m" }, fields })).toEqual([
      "k/1 | EUR 0.00 to EUR 33,333.33 | ≥ 9.0 | 2025-10-03..9999-12-31 | up to 14 months early, or not",
      "k/2 | EUR 16,666.67 to EUR 50,000.00 | 4.0 to 24.0 | 2025-05-02..2027-01-06 | up to 19 months early, or not",
      "k/3 | EUR 16,666.67 to EUR 50,000.00 | 4.0 to 24.0 | 2025-05-02..2027-01-06 | between 35 months and 55 months early",
    ]);
  });

  test("runs out before the end, or not, where it may", async () => {
    const found = (query: string) => lines(unplaced, { at: "2024-12-31", query, fields: ["ceilingOf"] });
    expect(await found("runsOut:before-end")).toEqual(["k/1", "k/2", "k/3"]);
    expect(await found("runsOut:after-end")).toEqual(["k/1", "k/2"]);
    expect(await found("-runsOut:after-end")).toEqual(["k/3"]);
  });

  test("of a month that lies in the time asked for in part", async () => {
    const coarse = unplaced.replace("date: 2024-07-10", "date: 2024");
    const fields = ["pace", "monthsLeft"];
    expect(await lines(coarse, { at: "2024-12-31", burn: { count: 6, unit: "m" }, fields, query: "lot:2" })).toEqual([
      "EUR 0.00 to EUR 50,000.00 | ≥ 4.0",
    ]);
  });

  test("needs no orders of late where a ceiling is used up: it has run out", async () => {
    const usedUp = `
  - contract: k
    startDate: 2023-01-01
    term: 4 years
    lots: [{ lot: 1, ceiling: EUR 100 }, { lot: 2, ceiling: EUR 100 }, { lot: 3, ceiling: EUR 100 }, { lot: 4, ceiling: EUR 100 }]
    orders:
      - { order: 1, lot: 1, date: 2023-03-01, amount: EUR 120 }
      - { order: 2, lot: 2, date: 2023-03-01, amount: EUR 100 }
      - { order: 3, lot: 3, date: 2023-03-01, amount: EUR 99 }`;
    const fields = ["ceilingOf", "pace", "monthsLeft", "runsOutOn", "runsOut"];
    const asked = { at: "2024-12-31", burn: { count: 6, unit: "m" }, fields } as const;
    expect(await lines(usedUp, asked)).toEqual([
      "k/1 | EUR 0.00 | 0.0 | 2024-12-31 | 24 months early",
      "k/2 | EUR 0.00 | 0.0 | 2024-12-31 | 24 months early",
      "k/3 | EUR 0.00 | - | - | -",
      "k/4 | EUR 0.00 | - | - | -",
    ]);
    const found = await lines(usedUp, { at: "2024-12-31", query: "runsOut:before-end", fields: ["ceilingOf"] });
    expect(found).toEqual(["k/1", "k/2"]);
  });

  test("T8: may have run out where an order of then may lie on it", async () => {
    const maybe = `
  - contract: k
    startDate: 2023-01-01
    term: 4 years
    lots: [{ lot: 1, ceiling: EUR 100 }, { lot: 2, ceiling: EUR 100 }]
    orders: [{ order: 1, date: 2023-03-01, amount: EUR 100 }]`;
    const fields = ["ceilingOf", "monthsLeft", "runsOut"];
    expect(await lines(maybe, { at: "2024-12-31", burn: { count: 6, unit: "m" }, fields })).toEqual([
      "k/1 | ≥ 0.0 | up to 24 months early, or not",
      "k/2 | ≥ 0.0 | up to 24 months early, or not",
    ]);
  });

  test("is not reckoned where nothing is said of orders", async () => {
    const shown = await lines(PORTS, { burn: { count: 6, unit: "m" }, fields: ["pace", "monthsLeft"], query: "lot:1" });
    expect(shown).toEqual(["- | -", "- | -", "- | -"]);
  });
});

test("all that is wrong with the orders of all contracts, and with the register, is thrown together", async () => {
  const twice = (id: string) => `
  - { contract: ${id}, lots: [{ lot: 1 }], orders: [{ order: 1, amount: EUR 1 }, { order: 1, amount: EUR 1 }] }`;
  const register = await openText(
    `contracts:${twice("k")}${twice("l")}\n`,
    '{"contract":"k","lots":[{"lot":"1"}]}\n{"x":"y"}\n',
  );
  const error = await rowsOf(headroom(register)).catch((thrown: unknown) => thrown);
  expect(
    error instanceof DataError ? error.findings.map(({ rule, position }) => `${rule} ${position?.line}`) : error,
  ).toEqual(["F7 2", "F7 3", "F7 1", "F2 2"]);
});

test("what is not about the data is thrown as it is", async () => {
  const register = await openRegister("test/registers/orders/missing.yaml");
  const message = `cannot read ${join("test", "registers", "orders", "nowhere.csv")}: no such file or folder`;
  await expect(rowsOf(headroom(register))).rejects.toThrow(message);
});

describe("L1a: what was used stays visible", () => {
  const seats = `
  - contract: k
    awardDate: 2023-01
    lots:
      - { lot: 1, ceilingPerSupplier: EUR 10, suppliers: [a, b, c, d] }
      - { lot: 2, ceiling: EUR 100, suppliers: [d] }
    orders:
      - { order: 1, lot: 1, supplier: d, date: 2023-05-01, amount: EUR 18 }
      - { order: 2, lot: 1, supplier: c, date: 2023-05-01, amount: EUR 8 }
      - { order: 3, lot: 1, supplier: b, date: 2023-05-01, amount: EUR 7 }
      - { order: 4, supplier: d, lot: 1, date: 2024-06-01, amount: EUR 1 }`;

  test("of one that left, what it ordered before; of a successor, all seats with their ceilings", async () => {
    const { lines: shown, findings } = await ask(seats, {
      query: "lot:1",
      fields: ["ceilingOf", "ceiling", "ordered", "use"],
    });
    expect(shown).toEqual([
      "k/1 a | EUR 10 | EUR 0 | open",
      "k/1 b | EUR 20 | EUR 15 | open",
      "k/1 d | EUR 10 | EUR 18 | breach",
    ]);
    expect(findings.map((each) => each.split(" | ")[0])).toEqual([
      "L1-seat k: 1 order is placed with a supplier after it left (d): EUR 1",
    ]);
  });

  test("on a day before, each has its own", async () => {
    expect(await lines(seats, { at: "2024-01", query: "lot:1", fields: ["ceilingOf", "ceiling", "ordered"] })).toEqual([
      "k/1 a | EUR 10 | EUR 0",
      "k/1 b | EUR 10 | EUR 7",
      "k/1 c | EUR 10 | EUR 8",
      "k/1 d | EUR 10 | EUR 18",
    ]);
  });

  test("seats that went without being used are not shown, and not where others are asked for", async () => {
    const fields = ["ceilingOf"];
    expect(await lines(seats.replace("EUR 18", "EUR 0"), { query: "lot:1 supplier:alpha", fields })).toEqual(["k/1 a"]);
    const unused =
      "\n  - { contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 1, suppliers: [a, d] }], orders: [] }";
    expect(await lines(unused, { fields })).toEqual(["k/1 a"]);
  });
});

describe("L1c: an order that names no lot", () => {
  const contract = (orders: string) => `
  - contract: k
    lots:
      - { lot: 1, ceiling: EUR 100, suppliers: [a] }
      - { lot: 2, ceiling: EUR 100, suppliers: [a, b] }
      - { lot: 3, ceiling: EUR 100, suppliers: [b] }
    groups: [{ group: g, lots: [1, 2], ceiling: EUR 150 }, { group: all, lots: [1, 2, 3], ceiling: EUR 160 }]
    orders: [${orders}]`;
  const fields = ["ceilingOf", "ordered"];

  test("may lie where its supplier has a seat, and certainly under what holds all these lots", async () => {
    expect(await lines(contract("{ order: 1, supplier: a, amount: EUR 90 }"), { fields })).toEqual([
      "k group g | EUR 90",
      "k group all | EUR 90",
      "k/1 | EUR 0.00 to EUR 90.00",
      "k/2 | EUR 0.00 to EUR 90.00",
      "k/3 | EUR 0",
    ]);
  });

  describe("of a supplier that left", () => {
    const text = (orders: string) => `
suppliers:
  - { supplier: e, name: Epsilon, successions: [{ left: 2024-06-01, contract: k, lot: 1 }] }
  - { supplier: f, name: Phi, successions: [{ left: 2024-06-01 }] }
contracts:
  - contract: k
    awardDate: 2023-01-01
    lots:
      - { lot: 1, ceilingPerSupplier: EUR 1M, suppliers: [e, f] }
      - { lot: 2, ceiling: EUR 500k, suppliers: [e] }
    orders:
      - { order: 1, lot: 1, supplier: e, date: 2024-01-10, amount: EUR 980k }
      - ${orders}`;
    const rows = async (orders: string) =>
      linesOf(headroom(await openText(text(orders))), "ceilingOf", "ordered", "use");

    test.each([
      ["after it left", "2024-08-01", ["EUR 980k | warning", "EUR 50k | open"]],
      [
        "before",
        "2024-05-31",
        ["EUR 980,000.00 to EUR 1,030,000.00 | warning to breach", "EUR 0.00 to EUR 50,000.00 | open"],
      ],
      [
        "at some time",
        "2024",
        ["EUR 980,000.00 to EUR 1,030,000.00 | warning to breach", "EUR 0.00 to EUR 50,000.00 | open"],
      ],
    ])("%s", async (_, date, [seat, lot]) => {
      const shown = await rows(`{ order: 2, supplier: e, date: ${date}, amount: EUR 50k }`);
      expect(shown).toContain(`k/1 e | ${seat}`);
      expect(shown).toContain(`k/2 | ${lot}`);
    });

    test("all lots, may lie on any of them, on no seat, and is told", async () => {
      const report = headroom(await openText(text("{ order: 2, supplier: f, date: 2024-08-01, amount: EUR 30k }")));
      expect(await linesOf(report, "ceilingOf", "ordered")).toEqual([
        "k/1 | EUR 980,000.00 to EUR 1,010,000.00",
        "k/1 e | EUR 980k",
        "k/2 | EUR 0.00 to EUR 30,000.00",
      ]);
      expect(report.closing().findings?.map(({ message }) => message)).toEqual([
        "k: 1 order is placed with a supplier after it left (f): EUR 30k",
      ]);
    });

    test("very many lots one by one, is told apart by some of the days only", async () => {
      const days = Array.from(
        { length: 80 },
        (_, index) => `2024-${String((index % 8) + 2).padStart(2, "0")}-${String(Math.floor(index / 8) + 10)}`,
      );
      const many = `
suppliers: [{ supplier: s, name: S, successions: [${days.map((day, index) => `{ left: ${day}, lot: k/${index} }`).join()}] }]
contracts:
  - contract: k
    lots: [${days.map((_, index) => `{ lot: ${index}, ceiling: EUR 1M, suppliers: [s] }`).join()}]
    orders: [${days.map((day, index) => `{ order: ${index}, supplier: s, date: ${day}, amount: EUR 1 }`).join()}]`;
      const shown = await linesOf(headroom(await openText(many)), "lot", "ordered");
      expect(shown.find((line) => line.startsWith("79 "))).toBe("79 | EUR 0.00 to EUR 80.00");
      const first = shown.find((line) => line.startsWith("0 "));
      expect(["0 | EUR 0.00 to EUR 1.00", "0 | EUR 0.00 to EUR 2.00", "0 | EUR 0.00 to EUR 3.00"]).toContain(first);
    });
  });

  test("lies on any lot where it names no supplier", async () => {
    expect(await lines(contract("{ order: 1, amount: EUR 90 }"), { fields })).toEqual([
      "k group g | EUR 0.00 to EUR 90.00",
      "k group all | EUR 90",
      "k/1 | EUR 0.00 to EUR 90.00",
      "k/2 | EUR 0.00 to EUR 90.00",
      "k/3 | EUR 0.00 to EUR 90.00",
    ]);
  });

  test("lies on the only lot of its supplier, without a word", async () => {
    const one = contract("{ order: 1, supplier: b, amount: EUR 90 }").replace("[b] }", "[c] }");
    const { lines: shown, findings } = await ask(one, { fields, at: "2023", query: "lot:2,3" });
    expect(shown.slice(-2)).toEqual(["k/2 | EUR 0.00 to EUR 90.00", "k/3 | EUR 0"]);
    expect(findings).toEqual([]);
  });

  test("with a supplier that holds none is told, and counts for the contract", async () => {
    const { lines: shown, findings } = await ask(contract("{ order: 1, supplier: d, amount: EUR 90 }"), { fields });
    expect(shown).toContain("k group all | EUR 90");
    expect(findings[0]).toContain(
      "L1-seat k: 1 order is placed with a supplier that holds no seat on the lot (d on any lot)",
    );
  });
});

describe("the status lies between what is certain and what is possible", () => {
  const status = async (orders: string) =>
    lines(
      `
  - contract: k
    lots: [{ lot: 1, ceiling: EUR 100 }, { lot: 2 }]
    orders: [${orders}]`,
      { query: "lot:1", fields: ["use"] },
    );

  test.each([
    ["{ order: 1, lot: 1, amount: EUR 100 }, { order: 2, amount: EUR 40 }", "exhausted or breach"],
    ["{ order: 1, lot: 1, amount: EUR 90 }, { order: 2, amount: EUR 10 }", "warning or exhausted"],
    ["{ order: 1, amount: EUR 101 }", "open to breach"],
    ["{ order: 1, amount: EUR 40 }", "open"],
    ["{ order: 1, lot: 1, amount: EUR 101 }, { order: 2, amount: EUR 40 }", "breach"],
    ["{ order: 1, lot: 1, amount: EUR 101 }, { order: 2, amount: EUR -40 }", "open to breach"],
  ])("%s: %s", async (orders, expected) => {
    expect(await status(orders)).toEqual([expected]);
  });
});

test("T7: net and gross are told apart by their name", async () => {
  const contract = (ceiling: string, order: string) => `
  - { contract: k, lots: [{ lot: 1, ceiling: ${ceiling} }], orders: [{ order: 1, amount: ${order} }] }`;
  const told = async (ceiling: string, order: string) =>
    (await ask(contract(ceiling, order))).findings[0]?.split(" | ")[0];
  expect(await told("EUR 119", "EUR 9 incl. VAT")).toBe(
    "T7-order k: 1 order includes VAT, and the ceiling does not: EUR 9 incl. VAT",
  );
  expect(await told("EUR 119 incl. VAT", "EUR 9")).toBe(
    "T7-order k: 1 order does not include VAT, and the ceiling does: EUR 9",
  );
});

test("D1d: orders before the award or after the end are told, whatever the day is", async () => {
  const contract = `
  - contract: k
    awardDate: 2023-02
    startDate: 2023-03-01
    term: 1 year
    lots: [{ lot: 1, ceiling: EUR 9 }]
    orders:
      - { order: 1, date: 2023-01, amount: EUR 1 }
      - { order: 2, date: 2052-01-01, amount: EUR 1 }`;
  for (const at of ["2022", "2023-06", "2060"]) {
    expect((await ask(contract, { at })).findings.map((each) => each.split(" | ")[0])).toEqual([
      "D1-order k: 1 order is dated before its award: EUR 1",
      "D1-order k: 1 order is dated outside of its term: EUR 1",
    ]);
  }
});

test("orders without a lot, and orders without a supplier on a lot where each has a ceiling, may both use up a seat", async () => {
  const contract = `
  - contract: k
    lots: [{ lot: 1, ceilingPerSupplier: EUR 100, suppliers: [a, b] }, { lot: 2, ceiling: EUR 100 }]
    orders:
      - { order: 1, amount: EUR 7 }
      - { order: 2, lot: 1, amount: EUR 5 }
      - { order: 3, lot: 1, supplier: a, amount: EUR 20 }
      - { order: 4, lot: 1, amount: EUR -3 }`;
  expect(await lines(contract, { fields: ["ceilingOf", "ordered"] })).toEqual([
    "k/1 a | EUR 17.00 to EUR 32.00",
    "k/1 b | EUR -3.00 to EUR 12.00",
    "k/2 | EUR 0.00 to EUR 7.00",
  ]);
});

describe("L1a: seats are asked for by who held them, too", () => {
  const contract = `
  - contract: k
    lots:
      - { lot: 1, ceilingPerSupplier: EUR 10, suppliers: [a, b, c, d] }
      - { lot: 2, ceiling: EUR 10, suppliers: [d] }
      - { lot: 3, ceiling: EUR 10, suppliers: [a] }
    orders: [{ order: 1, lot: 1, supplier: d, amount: EUR 18, date: 2023 }]`;
  const left = "k/1 d | EUR 18";
  test.each([
    ["", ["k/1 a | EUR 0", "k/1 b | EUR 0", left, "k/2 | EUR 0", "k/3 | EUR 0"], []],
    ["lot:1", ["k/1 a | EUR 0", "k/1 b | EUR 0", left], []],
    ["lot:2", ["k/2 | EUR 0"], []],
    [
      "supplier:a",
      ["k/1 a | EUR 0", "k/3 | EUR 0", "k/1 b | EUR 0", left, "k/2 | EUR 0"],
      ["Delta left in 2024-02 (k/2)."],
    ],
    ["supplierId:b", ["k/1 b | EUR 0"], []],
    ["supplierId:c", ["k/1 b | EUR 0"], ["The seat of Gamma is held by Beta now (k/1)."]],
    ["supplierId:d", [left, "k/2 | EUR 0"], ["Delta left in 2024-02 (k/1, k/2)."]],
    ["supplierId:d use:breach", [left], ["Delta left in 2024-02 (k/1, k/2)."]],
    ["supplierId:c use:open", ["k/1 b | EUR 0"], ["The seat of Gamma is held by Beta now (k/1)."]],
    ["supplierId:c use:breach", [], ["The seat of Gamma is held by Beta now (k/1)."]],
  ])("%s", async (query, expected, notes) => {
    const answer = await ask(contract, { query, fields: ["ceilingOf", "ordered"] });
    expect([new Set(answer.lines), answer.notes.filter((note) => /Gamma|Delta/.test(note))]).toEqual([
      new Set(expected),
      notes,
    ]);
  });

  test("before it left, its seat is one like any other", async () => {
    const answer = await ask(contract, { query: "supplierId:d", at: "2023", fields: ["ceilingOf", "ordered"] });
    expect([answer.lines, answer.notes]).toEqual([[left, "k/2 | EUR 0"], []]);
  });
});
