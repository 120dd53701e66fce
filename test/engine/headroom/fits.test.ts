import { describe, expect, test } from "vitest";
import { amountAsked, fits } from "../../../src/engine/headroom/fits.ts";
import { UsageError } from "../../../src/model/errors.ts";
import { isMoneyProblem, parseMoney } from "../../../src/model/money.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import { parseQuery } from "../../../src/query/parse-query.ts";
import { closingOf, linesOf, openText, rowsOf } from "../../open-text.ts";

const PORTS = `
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - contract: ports
    ceiling: EUR 1,000
    lots:
      - { lot: 1, ceiling: EUR 600, suppliers: [a, b] }
      - { lot: 2, ceilingPerSupplier: EUR 300, suppliers: [a, b] }
      - { lot: 3 }
      - { lot: 4, ceiling: withheld }
    groups: [{ group: north, lots: [1, 3], ceiling: EUR 650 }]
    orders:
      - { order: 1, lot: 1, amount: EUR 500 }
      - { order: 2, lot: 2, supplier: a, amount: EUR 200.50 }
`;

const ask = async (amount: string, query: string, yaml = PORTS) => {
  const money = parseMoney(amount);
  if (isMoneyProblem(money)) throw new Error(money.problem);
  const { report, verdict } = fits(await openText(yaml), { query: parseQuery(query) }, money);
  const lines = await linesOf(report, "ceilingOf", "ordered", "leftAfter", "fits");
  return { lines, said: report.closing().notes[0], verdict: verdict() };
};

test.each([
  ["1.234 EUR", '"1.234" has more decimals than EUR has (2)'],
  ["5 eur", '"eur" is not an ISO 4217 currency code'],
  ["1,5 machines", '"1,5" has a decimal comma'],
  ["-5 EUR", "a credit always fits"],
])("of %s it is said: %s", (text, said) => {
  expect(() => amountAsked(text)).toThrow(said);
});

describe("L1: whether an order stays within the numeric limits", () => {
  test("of its lot, of the groups with it and of the contract", async () => {
    expect(await ask("EUR 100", "lot:1")).toEqual({
      lines: [
        "ports | EUR 700.50 | EUR 199.50 | yes",
        "ports group north | EUR 500 | EUR 50 | yes",
        "ports/1 | EUR 500 | EUR 0 | yes",
      ],
      said: "Yes: EUR 100 is within the numeric limit of every ceiling.",
      verdict: "yes",
    });
    expect(await ask("EUR 100.01", "lot:1")).toEqual({
      lines: [
        "ports | EUR 700.50 | EUR 199.49 | yes",
        "ports group north | EUR 500 | EUR 49.99 | yes",
        "ports/1 | EUR 500 | EUR -0.01 | no",
      ],
      said: "No: EUR 100.01 is above the numeric limit of ports/1.",
      verdict: "no",
    });
    expect((await ask("EUR 300", "lot:1")).said).toBe(
      "No: EUR 300 is above the numeric limit of ports and ports group north and ports/1.",
    );
  });

  test("of the supplier's seat, where each has a ceiling of its own", async () => {
    expect(await ask("EUR 99.50", "lot:2 supplier:alpha")).toEqual({
      lines: ["ports | EUR 700.50 | EUR 200.00 | yes", "ports/2 a | EUR 200.50 | EUR 0 | yes"],
      said: "Yes: EUR 99.50 is within the numeric limit of every ceiling.",
      verdict: "yes",
    });
  });

  test("T8: a lot without a ceiling is limited by those above it", async () => {
    expect((await ask("EUR 100", "lot:3")).lines).toEqual([
      "ports | EUR 700.50 | EUR 199.50 | yes",
      "ports group north | EUR 500 | EUR 50 | yes",
    ]);
  });
});

describe("what the data do not tell is no yes", () => {
  test("T8: a ceiling that is withheld", async () => {
    expect(await ask("EUR 100", "lot:4")).toEqual({
      lines: ["ports | EUR 700.50 | EUR 199.50 | yes", "ports/4 | missing | missing | unknown"],
      said: "Unknown: of ports/4 too little is known.",
      verdict: "unknown",
    });
    expect((await ask("EUR 1,000", "lot:4")).verdict).toBe("no");
  });

  test("T8: no ceiling at all, or nothing said of orders", async () => {
    const bare = "contracts: [{ contract: k, lots: [{ lot: 1 }], orders: [] }]";
    expect(await ask("EUR 1", "", bare)).toEqual({
      lines: [],
      said: "Unknown: no ceiling is stated.",
      verdict: "unknown",
    });
    const silent = "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 5 }] }]";
    expect((await ask("EUR 1", "", silent)).lines).toEqual(["k/1 | missing | missing | unknown"]);
  });

  test("T7: another currency, of the order or of orders before", async () => {
    expect((await ask("USD 1", "lot:1")).lines[0]).toBe("ports | missing | missing | unknown");
    const mixed = `${PORTS}      - { order: 3, lot: 1, amount: USD 1 }\n`;
    expect((await ask("EUR 1", "lot:1", mixed)).lines).toEqual([
      "ports | ≥ EUR 700.50 | ≤ EUR 298.50 | unknown",
      "ports group north | ≥ EUR 500 | ≤ EUR 149 | unknown",
      "ports/1 | ≥ EUR 500 | ≤ EUR 99 | unknown",
    ]);
    expect((await ask("EUR 101", "lot:1", mixed)).verdict).toBe("no");
  });

  test("L1: orders that may belong to the lot or to another", async () => {
    const unplaced = `${PORTS}      - { order: 3, amount: EUR 20 }\n`;
    const left = async (amount: string) => (await ask(amount, "lot:1", unplaced)).lines.at(-1);
    expect(await left("EUR 80")).toBe("ports/1 | EUR 500.00 to EUR 520.00 | EUR 0.00 to EUR 20.00 | yes");
    expect(await left("EUR 90")).toBe("ports/1 | EUR 500.00 to EUR 520.00 | EUR -10.00 to EUR 10.00 | unknown");
    expect(await left("EUR 101")).toBe("ports/1 | EUR 500.00 to EUR 520.00 | EUR -21.00 to EUR -1.00 | no");
  });

  test("T9: a group's ceiling that may be one or several", async () => {
    const register = await openText(PORTS);
    const uncertain = {
      ...register,
      contracts: async function* () {
        for await (const batch of register.contracts()) {
          yield batch.map((each) => ({ ...each, groups: each.groups.map((group) => ({ ...group, certain: false })) }));
        }
      },
    };
    const asked = fits(uncertain, { lots: ["3"] }, { minor: 20_000n, currency: "EUR", precision: 0 });
    expect(await linesOf(asked.report, "ceilingOf", "fits")).toEqual(["ports | yes", "ports group north | unknown"]);
  });
});

test("value added tax: the amount is meant as the contract states its own", async () => {
  const gross = "contracts: [{ contract: k, vat: included, lots: [{ lot: 1, ceiling: EUR 5 }], orders: [] }]";
  expect((await ask("EUR 5", "", gross)).lines).toEqual(["k/1 | EUR 0 incl. VAT | EUR 0 incl. VAT | yes"]);
});

describe("a contract without lots", () => {
  const BARE = `contracts:
  - { contract: whole, ceiling: EUR 100, lots: [], orders: [{ order: 1, amount: EUR 40 }] }
  - { contract: over, ceiling: EUR 100, startDate: 2020, term: 2 years, lots: [], orders: [] }
  - { contract: parts, lots: [{ lot: 1, ceiling: EUR 5 }] }`;
  test.each([
    ["EUR 60", "yes", "whole | EUR 40 | EUR 0 | yes"],
    ["EUR 61", "no", "whole | EUR 40 | EUR -1 | no"],
  ])("%s: %s", async (amount, verdict, line) => {
    const answer = await ask(amount, "whole", BARE);
    expect([answer.verdict, answer.lines]).toEqual([verdict, [line]]);
  });

  test("that is over", async () => {
    const asked = await ask("EUR 1", "over", BARE);
    expect([asked.verdict, asked.said]).toEqual(["no", "No: over ended in 2022."]);
  });

  test("is one of those that may be meant", async () => {
    await expect(ask("EUR 1", "", BARE)).rejects.toThrow("which lot is this order for? whole, over, parts/1");
  });
});

describe("L1a: a supplier that left takes no order, and its successor does", () => {
  const GONE = `
suppliers:
  - { supplier: a, name: Alpha, successions: [{ left: 2024-02 }] }
  - { supplier: b, name: Beta }
  - { supplier: c, name: Gamma, successions: [{ merged: 2024-03, into: b }] }
  - { supplier: d, name: Delta, successions: [{ merged: 2023-01, into: a }] }
contracts:
  - contract: k
    lots:
      - { lot: 1, ceilingPerSupplier: EUR 10, suppliers: [a, b, c] }
      - { lot: 2, ceiling: EUR 10, suppliers: [a, c] }
      - { lot: 3, ceiling: EUR 10, suppliers: [d] }
    orders: [{ order: 1, lot: 1, supplier: a, amount: EUR 18, date: 2023 }]
`;
  test.each([
    ["lot:1 supplier:alpha", ["k/1 a | EUR 18 | EUR -9 | no"], "No: Alpha left in 2024-02 (k/1)."],
    [
      "lot:1 supplier:gamma",
      ["k/1 b | EUR 0 | EUR 19 | yes"],
      "Yes: EUR 1 is within the numeric limit of every ceiling.",
    ],
    [
      "lot:1 supplier:beta",
      ["k/1 b | EUR 0 | EUR 19 | yes"],
      "Yes: EUR 1 is within the numeric limit of every ceiling.",
    ],
    ["lot:1", ["k/1 b | EUR 0 | EUR 19 | yes"], "Yes: EUR 1 is within the numeric limit of every ceiling."],
    ["lot:2 supplier:alpha", ["k/2 | EUR 0 | EUR 9 | no"], "No: Alpha left in 2024-02 (k/2)."],
    ["lot:2", ["k/2 | EUR 0 | EUR 9 | yes"], "Yes: EUR 1 is within the numeric limit of every ceiling."],
    [
      "lot:3 supplier:delta",
      ["k/3 | EUR 0 | EUR 9 | no"],
      "No: Alpha, which held the seat of Delta, left in 2024-02 (k/3).",
    ],
    [
      "lot:3 supplier:alpha",
      ["k/3 | EUR 0 | EUR 9 | no"],
      "No: Alpha, which held the seat of Delta, left in 2024-02 (k/3).",
    ],
  ])("%s", async (query, lines, said) => {
    const answer = await ask("EUR 1", query, GONE);
    expect([answer.lines, answer.said]).toEqual([lines, said]);
  });

  test("is said once, and so is who holds a seat now", async () => {
    const notesOn = async (suppliers: readonly string[]) => {
      const { report } = fits(
        await openText(GONE),
        { lots: ["1"], suppliers },
        { minor: 1n, currency: "EUR", precision: 2 },
      );
      return (await closingOf(report)).filter((note) => /Alpha|Gamma/.test(note));
    };
    expect(await notesOn(["a"])).toEqual(["No: Alpha left in 2024-02 (k/1)."]);
    expect(await notesOn(["c"])).toEqual(["The seat of Gamma is held by Beta now (k/1)."]);
    expect(await notesOn(["b"])).toEqual([]);
  });
});

test("what is wrong with other orders is told beside the answer", async () => {
  const money = { minor: 100n, currency: "EUR", precision: 0 };
  const { report } = fits(
    await openText(`${PORTS}      - { order: 3, lot: 9, amount: EUR 1 }\n`),
    { lots: ["1"] },
    money,
  );
  await rowsOf(report);
  expect(report.closing().findings?.map(({ rule }) => rule)).toEqual(["F8"]);
});

describe("a question that is not clear is refused", () => {
  test.each([
    ["", "which lot is this order for? ports/1, ports/2, ports/3"],
    ["lot:1,3", "which lot is this order for? ports/1, ports/3"],
    ["lot:2", "each supplier of ports/2 has a ceiling of its own"],
    ["title:nothing", "no lot was found for this order"],
  ])("%s", async (query, message) => {
    await expect(ask("EUR 1", query)).rejects.toThrow(UsageError);
    await expect(ask("EUR 1", query)).rejects.toThrow(message);
  });

  test("of many lots the first are named", async () => {
    const lots = Array.from({ length: 5 }, (_, index) => `{ lot: ${index} }`).join(", ");
    await expect(ask("EUR 1", "", `contracts: [{ contract: k, lots: [${lots}] }]`)).rejects.toThrow(
      "which lot is this order for? k/0, k/1, k/2 …",
    );
  });
});

describe("L1b: there must be something to order from", () => {
  const OLD = `
suppliers: [{ supplier: a, name: Zeta }, { supplier: b, name: Alpha }]
contracts:
  - contract: old
    awardDate: 2020-01-01
    startDate: 2021-01-01
    term: 1 year + 1 renewal of 1 year
    lots:
      - { lot: 1, ceiling: EUR 100, suppliers: [a] }
      - { lot: 2, ceiling: EUR 100, status: cancelled }
      - { lot: 3, ceiling: EUR 100, term: 3 years, suppliers: [a] }
      - { lot: 4, ceiling: EUR 100, status: open }
      - { lot: 5, ceiling: EUR 100, status: closed-no-winner }
    orders: [{ order: 1, lot: 1, date: 2030, amount: EUR 90 }]
`;
  const askOn = async (at: string, lot: string, yaml = OLD) => {
    const day = parsePartialDate(at);
    const { report, verdict } = fits(
      await openText(yaml),
      { lots: [lot], ...(day && { at: day }) },
      { minor: 500n, currency: "EUR", precision: 0 },
    );
    await rowsOf(report);
    return [verdict(), ...report.closing().notes];
  };

  test.each([
    ["2019", "1", "no", "No: old is awarded only on 2020-01-01."],
    ["2020-06", "1", "no", "No: old/1 has not begun before 2021-01-01."],
    ["2023-01-01", "1", "no", "No: old/1 ended on 2022-12-31."],
    ["2023-01-01", "3", "yes", "Yes: EUR 5 is within the numeric limit of every ceiling."],
    ["2021-06", "2", "no", "No: old/2 is cancelled."],
    ["2021-06", "4", "yes", "Yes: EUR 5 is within the numeric limit of every ceiling."],
  ])("on %s, lot %s: %s", async (at, lot, verdict, said) => {
    expect((await askOn(at, lot)).slice(0, 2)).toEqual([verdict, said]);
  });

  test("a renewal that nobody decided may not come", async () => {
    const [verdict, said] = await askOn("2022-06-01", "1");
    expect(verdict).toBe("unknown");
    expect(said).toContain("renewal 1");
  });

  test("where nothing says when or who, the ceilings decide, and a note tells", async () => {
    expect((await askOn("2021-06", "4")).slice(2)).toContain("old/4 is open: only the ceilings decide.");
    expect((await askOn("2021-06", "5")).slice(2)).toContain(
      "old/5 was closed without a winner: only the ceilings decide.",
    );
    expect(
      await askOn("2021", "1", "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 9 }], orders: [] }]"),
    ).toEqual([
      "yes",
      "Yes: EUR 5 is within the numeric limit of every ceiling.",
      "Nobody holds k/1: only the ceilings decide.",
      "No term is stated for k/1: only the ceilings decide.",
    ]);
  });

  test("L1c: orders of later days may come on top", async () => {
    const few = await askOn("2021-06", "1", OLD.replace("EUR 90", "EUR 96"));
    expect(few).toEqual([
      "unknown",
      "Unknown: of old/1 too little is known.",
      "1 order dated after 2021-06 may come on top.",
    ]);
  });

  test("of a supplier, the one whose id is written is meant, and else whoever is called so", async () => {
    const two = `
suppliers: [{ supplier: a, name: Zeta }, { supplier: b, name: Alpha }]
contracts: [{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 9, suppliers: [a, b] }], orders: [] }]
`;
    const lineOf = async (supplier: string) => {
      const money = { minor: 500n, currency: "EUR", precision: 0 };
      return linesOf(fits(await openText(two), { suppliers: [supplier] }, money).report, "ceilingOf", "fits");
    };
    expect(await lineOf("a")).toEqual(["k/1 a | yes"]);
    expect(await lineOf("alph")).toEqual(["k/1 b | yes"]);
    await expect(lineOf("A")).rejects.toThrow("each supplier");
  });

  test("the tax is in the amount where it says so, and else as in the contract's amounts", async () => {
    const taxed = "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 9 incl. VAT }], orders: [] }]";
    const money = { minor: 500n, currency: "EUR", precision: 0 };
    const verdictOf = async (basis?: "included" | "excluded", yaml = taxed) => {
      const { report, verdict } = fits(await openText(yaml), {}, money, basis);
      await rowsOf(report);
      return verdict();
    };
    expect(await verdictOf("included")).toBe("yes");
    expect(await verdictOf()).toBe("unknown");
    const gross = taxed.replace("lots:", "vat: included, lots:").replace(" incl. VAT", "");
    expect(await verdictOf(undefined, gross)).toBe("yes");
    expect(await verdictOf("excluded", gross)).toBe("unknown");
  });
});
