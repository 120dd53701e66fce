import { describe, expect, test } from "vitest";
import { lots } from "../../src/engine/lots.ts";
import { arrange } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { type TotalOptions, total } from "../../src/engine/total.ts";
import { GROUPINGS } from "../../src/engine/total-groups.ts";
import { UNATTRIBUTED } from "../../src/model/claim.ts";
import type { Selection } from "../../src/query/selection.ts";
import type { Contract } from "../../src/records/contract.ts";
import type { Lot } from "../../src/records/lot.ts";
import type { Supplier } from "../../src/records/supplier.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { amountText, closingOf, linesOf, openText, rowsOf } from "../open-text.ts";

const SUPPLIERS = `
suppliers:
  - { supplier: a, name: Alpha }
  - { supplier: b, name: Beta }
  - { supplier: c, name: Gamma }
`;

/** A register of contracts written as flow maps, with suppliers a, b and c. */
const withContracts = (...contracts: string[]) => openText(`${SUPPLIERS}\ncontracts: [${contracts.join(",")}]`);

const totals = async (contracts: readonly string[], options: TotalOptions = {}, selection: Selection = {}) => {
  const report = total(await withContracts(...contracts), selection, options);
  return linesOf(
    report,
    ...report.columns
      .map(({ name }) => name)
      .filter((name) => !["row", "supplier", "sources", "awarded", "ordered"].includes(name)),
  );
};
const grand = async (contract: string, selection: Selection = {}): Promise<string> => {
  const [only, ...others] = await totals([contract], {}, selection);
  expect(others).toEqual([]);
  return only ?? "nothing";
};

test.each([
  ["cancelled", "EUR 100 | EUR 0", "EUR 0 | EUR 0"],
  ["closed-no-winner", "EUR 100 | EUR 0", "EUR 0 | EUR 0"],
  ["open", "EUR 100 | EUR 0", "missing | missing"],
])(
  "T8: who holds only a lot that is %s, and nobody, has the same figures as that lot",
  async (status, held, nothing) => {
    const lots = `[{ lot: 1, ceiling: EUR 100, suppliers: [a] }, { lot: 2, status: ${status}, suppliers: [b] }, { lot: 3, status: ${status} }]`;
    const register = await withContracts(`{ contract: k, lots: ${lots} }`);
    expect(await linesOf(total(register, {}, { by: "supplier", split: "equal" }), "name", "sole", "share")).toEqual([
      "Alpha | EUR 100 | EUR 100.00",
      `Beta | ${nothing}`,
      `(no supplier) | ${nothing}`,
      `- | - | ${status === "open" ? "\u2265 " : ""}EUR 100.00`,
    ]);
    expect(await linesOf(suppliers(register), "sole", "shared")).toEqual([held, nothing]);
    const two = await withContracts(
      `{ contract: k, lots: ${lots} }`,
      "{ contract: l, lots: [{ lot: 1, ceiling: USD 1 }] }",
    );
    const [, beta] = await linesOf(total(two, {}, { by: "supplier", split: "equal" }), "sole", "shared", "share");
    expect(beta).toBe(status === "open" ? "missing | missing | missing" : "- | - | -");
  },
);

describe("T1, golden: the default register", () => {
  test.each([
    [undefined, "3 | 3 | EUR 34.4M"],
    ["digit", "3 | 3 | EUR 34,559,737.00"],
  ])("prefer %s: %s, however it is grouped", async (prefer, expected) => {
    const register = await openRegister([], prefer === undefined ? {} : { prefer });
    expect(await linesOf(total(register), "lots", "known", "ceiling")).toEqual([expected]);
    for (const by of GROUPINGS) {
      const rows = await linesOf(arrange(total(register, {}, { by }), {}), "row", "lots", "known", "ceiling");
      expect(rows.at(-1)).toBe(`total | ${expected}`);
    }
    const closings = [
      await closingOf(lots(register)),
      await closingOf(suppliers(register)),
      await closingOf(total(register, {}, { by: "supplier" })),
    ];
    for (const [summary] of closings) expect(summary).toContain(`Total: ${expected.slice(8)} (`);
  });

  test("120.9 million, the ceilings added up over suppliers, appears nowhere", async () => {
    for (const prefer of ["article", "digit"]) {
      const register = await openRegister([], { prefer });
      const answers = [];
      for (const by of [undefined, ...GROUPINGS]) {
        for (const split of ["equal", undefined] as const) {
          const options = { ...(by === undefined ? {} : { by }), ...(split === undefined ? {} : { split }) };
          answers.push(
            ...(await linesOf(total(register, {}, options))),
            ...(await closingOf(total(register, {}, options))),
          );
        }
      }
      expect(answers.join("\n")).not.toMatch(/120[.,]9|121[.,]4/);
    }
  });

  test("T6: what each supplier may reach, alone and shared", async () => {
    const report = total(await openRegister(), {}, { by: "supplier" });
    expect(await linesOf(report, "name", "lots", "sole", "shared", "ceiling")).toEqual([
      "Accenture | 2 | EUR 0 | EUR 24.2M | -",
      "Atos | 2 | EUR 0 | EUR 24.2M | -",
      "BT | 2 | EUR 10.2M | EUR 13.9M | -",
      "Cloud Team Alliance | 1 | EUR 0 | EUR 13.9M | -",
      "IBM Belgium | 2 | EUR 0 | EUR 24.2M | -",
      "Telecom Italia | 1 | EUR 0 | EUR 10.3M | -",
      "- | 3 | - | - | EUR 34.4M",
    ]);
    expect(report.closing().summaries).toMatchObject([
      { column: "ceiling", remark: "shared ceilings counted once; the rows above repeat them" },
    ]);
  });

  test("T6: the equal split adds up to the cent", async () => {
    const report = total(await openRegister(), {}, { by: "supplier", split: "equal" });
    expect(await linesOf(report, "name", "share")).toEqual([
      "Accenture | EUR 5,355,000.00",
      "Atos | EUR 5,355,000.00",
      "BT | EUR 12,980,000.00",
      "Cloud Team Alliance | EUR 2,780,000.00",
      "IBM Belgium | EUR 5,355,000.00",
      "Telecom Italia | EUR 2,575,000.00",
      "- | EUR 34,400,000.00",
    ]);
    expect(await closingOf(total(await openRegister(), {}, { by: "supplier", split: "equal" }))).toEqual([
      "Total: EUR 34,400,000.00 (shared ceilings counted once, here divided equally: an assumption)",
    ]);
  });

  test("T2: one supplier's rows are its own, the total is that of its lots", async () => {
    const register = await openRegister();
    expect(
      await linesOf(total(register, { suppliers: ["atos"] }, { by: "supplier" }), "name", "lots", "shared", "ceiling"),
    ).toEqual(["Atos | 2 | EUR 24.2M | -", "- | 2 | - | EUR 24.2M"]);
  });
});

describe("every grouping", () => {
  const TWO = [
    "{ contract: z, buyer: City, awardDate: 2019-03, lots: [{ lot: 2, service: IaaS, deployment: public, ceiling: EUR 2M, suppliers: [a, b] }, { lot: 10, ceiling: EUR 1M }] }",
    "{ contract: y, lots: [{ lot: 1, service: IaaS, deployment: private, ceiling: EUR 4M, suppliers: [a] }] }",
    "{ contract: x, buyer: City, awardDate: 2015, lots: [{ lot: 1, service: PaaS, ceiling: USD 8M, suppliers: [c] }] }",
  ];
  const END = ["- | 4 | 4 | EUR 7M", "- | 4 | 4 | USD 8M"];

  test.each([
    ["contract", ["x | 1 | 1 | USD 8M", "y | 1 | 1 | EUR 4M", "z | 2 | 2 | EUR 3M"]],
    ["lot", ["x/1 | 1 | 1 | USD 8M", "y/1 | 1 | 1 | EUR 4M", "z/2 | 1 | 1 | EUR 2M", "z/10 | 1 | 1 | EUR 1M"]],
    ["buyer", ["City | 3 | 3 | EUR 3M", "City | 3 | 3 | USD 8M", "- | 1 | 1 | EUR 4M"]],
    ["service", ["IaaS | 2 | 2 | EUR 6M", "PaaS | 1 | 1 | USD 8M", "- | 1 | 1 | EUR 1M"]],
    ["deployment", ["private | 1 | 1 | EUR 4M", "public | 1 | 1 | EUR 2M", "- | 2 | 2 | EUR 1M", "- | 2 | 2 | USD 8M"]],
    ["year", ["2015 | 1 | 1 | USD 8M", "2019 | 2 | 2 | EUR 3M", "- | 1 | 1 | EUR 4M"]],
  ] as const)("by %s", async (by, groups) => {
    expect(await totals(TWO, { by })).toEqual([...groups, ...END]);
  });

  test("by nothing", async () => {
    expect(await totals(TWO)).toEqual(["4 | 4 | EUR 7M", "4 | 4 | USD 8M"]);
  });

  test("by supplier, each in each of its currencies", async () => {
    expect(
      await totals([...TWO, "{ contract: w, lots: [{ lot: 1, ceiling: USD 5, suppliers: [a] }] }"], { by: "supplier" }),
    ).toEqual([
      "Alpha | 3 | 3 | EUR 4M | EUR 2M | -",
      "Alpha | 3 | 3 | USD 5 | USD 0 | -",
      "Beta | 1 | 1 | EUR 0 | EUR 2M | -",
      "Gamma | 1 | 1 | USD 8M | USD 0 | -",
      "- | 5 | 5 | - | - | EUR 7M",
      "- | 5 | 5 | - | - | USD 8,000,005",
    ]);
  });

  test("of nothing is nothing", async () => {
    expect(await totals([])).toEqual([]);
    expect(await totals(TWO, { by: "supplier" }, { suppliers: ["nobody"] })).toEqual([]);
    expect(await closingOf(total(await openText("contracts: []")))).toEqual([
      "Total:  (each shared ceiling counted once)",
    ]);
  });

  test("the columns say what they are grouped by, and the total rows are told apart", async () => {
    const register = await withContracts(...TWO);
    const report = total(register, {}, { by: "buyer" });
    expect(report.columns.map(({ name, shown }) => `${name} ${shown}`)).toEqual([
      "row never",
      "buyer known",
      "lots known",
      "known never",
      "ceiling known",
      "awarded known",
      "ordered known",
      "sources never",
    ]);
    expect((await rowsOf(report)).map((row) => report.summarised?.(row))).toEqual([false, false, false, true, true]);
  });
});

describe("T3: the scope of a ceiling is declared", () => {
  test("a shared ceiling does not add up, one per supplier does", async () => {
    expect(await grand("{ contract: k, lots: [{ lot: 1, ceiling: EUR 700k, suppliers: [a, b, c] }] }")).toBe(
      "1 | 1 | EUR 700k",
    );
    const own = "{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 700k, suppliers: [a, b, c] }] }";
    expect(await grand(own)).toBe("1 | 1 | EUR 2,100k");
    expect(await totals([own], { by: "supplier", split: "equal" })).toEqual([
      "Alpha | 1 | 1 | EUR 700k | EUR 0 | EUR 700,000.00 | -",
      "Beta | 1 | 1 | EUR 700k | EUR 0 | EUR 700,000.00 | -",
      "Gamma | 1 | 1 | EUR 700k | EUR 0 | EUR 700,000.00 | -",
      "- | 1 | 1 | - | - | EUR 2,100,000.00 | EUR 2,100k",
    ]);
  });

  test("a ceiling per supplier that is withheld or has nobody", async () => {
    expect(await grand("{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: withheld, suppliers: [a] }] }")).toBe(
      "1 | 0 | withheld",
    );
    expect(await grand("{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 5 }] }")).toBe("1 | 0 | missing");
  });

  test("T5: several seats on identical terms are one ceiling", async () => {
    expect(await grand("{ contract: k, lots: [{ lot: 1, ceiling: EUR 5M, suppliers: [a, b, a, c, b] }] }")).toBe(
      "1 | 1 | EUR 5M",
    );
  });
});

describe("T4: the usable total is the lower of the contract's ceiling and the sum of its lots", () => {
  const LOTS = "{ lot: 1, ceiling: EUR 6M, suppliers: [a] }, { lot: 2, ceiling: EUR 6M, suppliers: [a, b] }";

  test.each([
    ["EUR 10M", "EUR 10M"],
    ["EUR 12M", "EUR 12M"],
    ["EUR 20M", "EUR 12M"],
    ["EUR 0", "EUR 0"],
    ["USD 1", "EUR 12M"],
    ["withheld", "≤ EUR 12M"],
  ])("a contract's ceiling of %s over lots of 12M gives %s", async (ceiling, expected) => {
    expect(await grand(`{ contract: k, ceiling: ${ceiling}, lots: [${LOTS}] }`)).toBe(`2 | 2 | ${expected}`);
  });

  test("some of the lots reach their own sum, and never more than the contract", async () => {
    const contract = `{ contract: k, ceiling: EUR 5M, lots: [${LOTS}] }`;
    expect(await grand(contract, { lots: ["1"] })).toBe("1 | 1 | EUR 5M");
    expect(await grand(contract.replace("5M", "8M"), { lots: ["1"] })).toBe("1 | 1 | EUR 6M");
    expect(await totals([contract], { by: "lot" })).toEqual([
      "k/1 | 1 | 1 | EUR 5M",
      "k/2 | 1 | 1 | EUR 5M",
      "- | 2 | 2 | EUR 5M",
    ]);
  });

  test("lots of another currency stand beside it", async () => {
    expect(
      await totals(["{ contract: k, ceiling: EUR 1, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: USD 5 }] }"]),
    ).toEqual(["2 | 2 | EUR 1", "2 | 2 | USD 5"]);
  });

  describe("one source's total never caps another's parts", () => {
    const sourced = async (ceiling: string, one: string, two: string): Promise<string[]> => {
      const register = await openText(`
sources: [{ source: p, title: P }, { source: q, title: Q }, { source: r, title: R }]
contracts: [{ contract: k, ceiling: ${ceiling}, lots: [{ lot: 1, ceiling: ${one} }, { lot: 2, ceiling: ${two} }] }]`);
      return linesOf(total(register), "ceiling");
    };
    const P = "{ p: EUR 6M }";
    const Q = "{ q: EUR 6M }";

    test("of the same source it does", async () => {
      expect(await sourced("{ q: EUR 9M, p: EUR 10M }", P, P)).toEqual(["EUR 10M"]);
    });

    test("of another source it does not, also where some lots have other sources again", async () => {
      expect(await sourced("{ q: EUR 10M }", P, P)).toEqual(["EUR 12M"]);
      expect(await sourced("{ r: EUR 10M }", P, Q)).toEqual(["EUR 12M"]);
    });

    test("but the preferred source's caps all, whoever states the parts", async () => {
      expect(await sourced("{ q: EUR 10M, p: EUR 11M }", P, Q)).toEqual(["EUR 11M"]);
      expect(await sourced("{ p: EUR 11M }", Q, Q)).toEqual(["EUR 11M"]);
    });

    test("and where it is silent, the next caps its own parts, and those without a figure", async () => {
      expect(await sourced("{ q: EUR 5M, r: EUR 1M }", P, Q)).toEqual(["EUR 11M"]);
      expect(await sourced("{ q: EUR 5M }", P, "withheld")).toEqual(["≤ EUR 11M"]);
      expect(await sourced("{ r: EUR 1M, q: EUR 9M, p: EUR 10M }", P, Q)).toEqual(["EUR 10M"]);
    });

    test("where no lot has a figure, the preferred source's total stands", async () => {
      expect(await sourced("{ q: EUR 9M, p: EUR 10M }", "withheld", "withheld")).toEqual(["EUR 10M"]);
    });
  });
});

describe("T8: missing, zero and withheld are three things", () => {
  const all = async (contracts: readonly string[], selection: Selection = {}): Promise<string[]> => {
    const register = await withContracts(...contracts);
    return [...(await linesOf(total(register, selection))), ...(await closingOf(total(register, selection))).slice(1)];
  };

  test("zero is known", async () => {
    expect(await all(["{ contract: k, lots: [{ lot: 1, ceiling: EUR 0 }] }"])).toEqual(["total | 1 | 1 | EUR 0"]);
  });

  test("nothing stated", async () => {
    expect(await all(["{ contract: k, lots: [{ lot: 1 }] }"])).toEqual([
      "total | 1 | 0 | missing",
      "0 of 1 lot has a known ceiling (1 not stated): there is no total.",
    ]);
  });

  test("withheld", async () => {
    expect(
      await all(["{ contract: k, lots: [{ lot: 1, ceiling: withheld }, { lot: 2, ceiling: withheld }] }"]),
    ).toEqual(["total | 2 | 0 | withheld", "0 of 2 lots have a known ceiling (2 withheld): there is no total."]);
    expect(await all(["{ contract: k, lots: [{ lot: 1, ceiling: withheld }, { lot: 2 }] }"])).toEqual([
      "total | 2 | 0 | missing",
      "0 of 2 lots have a known ceiling (1 not stated, 1 withheld): there is no total.",
    ]);
  });

  test("a total over unknown parts is a lower bound, in every currency", async () => {
    expect(
      await all([
        "{ contract: k, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }] }",
        "{ contract: l, lots: [{ lot: 1, ceiling: USD 5 }] }",
      ]),
    ).toEqual([
      "total | 3 | 2 | ≥ EUR 5",
      "total | 3 | 2 | ≥ USD 5",
      "2 of 3 lots have a known ceiling (1 not stated): the total is a lower bound.",
    ]);
  });

  test("a contract's own ceiling stands for lots without one", async () => {
    expect(await all(["{ contract: k, ceiling: EUR 9, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }] }"])).toEqual([
      "total | 2 | 1 | EUR 9",
      "1 of 2 lots have a known ceiling (1 not stated): a ceiling for all together stands for the rest.",
    ]);
  });

  test("for some of its lots it is an upper bound", async () => {
    const contract = "{ contract: k, ceiling: EUR 9, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }, { lot: 3 }] }";
    const note = "the total is an upper bound.";
    expect(await all([contract], { lots: ["2"] })).toEqual([
      "total | 1 | 0 | ≤ EUR 9",
      `0 of 1 lot has a known ceiling (1 not stated): ${note}`,
    ]);
    expect(await all([contract], { lots: ["1", "2"] })).toEqual([
      "total | 2 | 1 | ≤ EUR 9",
      `1 of 2 lots have a known ceiling (1 not stated): ${note}`,
    ]);
  });

  test("where one part has an upper bound and another only a lower one, what is certain is a lower bound", async () => {
    const contracts = [
      "{ contract: k, ceiling: EUR 9, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }, { lot: 3 }] }",
      "{ contract: l, lots: [{ lot: 1, ceiling: EUR 1 }, { lot: 2 }] }",
    ];
    expect(await all(contracts, { lots: ["1", "2"] })).toEqual([
      "total | 4 | 2 | ≥ EUR 6",
      "2 of 4 lots have a known ceiling (2 not stated): the total is a lower bound.",
    ]);
  });

  test("by supplier: unknown lots make its figure a bound, or leave none; what it does not hold is zero", async () => {
    expect(
      await totals(
        [
          "{ contract: k, lots: [{ lot: 1, ceiling: EUR 5, suppliers: [a] }, { lot: 2, suppliers: [a] }, { lot: 3, ceiling: withheld, suppliers: [b, c] }, { lot: 4, ceiling: EUR 3, suppliers: [c] }] }",
        ],
        { by: "supplier" },
      ),
    ).toEqual([
      "Alpha | 2 | 1 | ≥ EUR 5 | EUR 0 | -",
      "Beta | 1 | 0 | missing | withheld | -",
      "Gamma | 2 | 1 | EUR 3 | withheld | -",
      "- | 4 | 2 | - | - | ≥ EUR 8",
    ]);
  });
});

describe("T6: by supplier where the contract's own ceiling is the limit", () => {
  test("a supplier's figures together stay within it", async () => {
    expect(
      await totals(
        [
          "{ contract: k, ceiling: EUR 10, lots: [{ lot: 1, ceiling: EUR 6, suppliers: [a] }, { lot: 2, ceiling: EUR 8, suppliers: [a, b] }] }",
        ],
        { by: "supplier", split: "equal" },
      ),
    ).toEqual([
      "Alpha | 2 | 2 | EUR 6 | EUR 8 | EUR 7.15 | -",
      "Beta | 1 | 1 | EUR 0 | EUR 8 | EUR 2.85 | -",
      "- | 2 | 2 | - | - | EUR 10.00 | EUR 10",
    ]);
  });

  test("a supplier that holds every lot alone has it for itself", async () => {
    expect(
      await totals(
        ["{ contract: k, ceiling: EUR 10, lots: [{ lot: 1, suppliers: [a] }, { lot: 2, suppliers: [a] }] }"],
        {
          by: "supplier",
        },
      ),
    ).toEqual(["Alpha | 2 | 0 | EUR 10 | EUR 0 | -", "- | 2 | 0 | - | - | EUR 10"]);
  });

  test("a lot without a ceiling of its own may reach what is left", async () => {
    expect(
      await totals(
        [
          "{ contract: k, ceiling: EUR 10, lots: [{ lot: 1, ceiling: EUR 4, suppliers: [a] }, { lot: 2, suppliers: [a, b] }, { lot: 3, suppliers: [c] }] }",
        ],
        { by: "supplier", split: "equal" },
      ),
    ).toEqual([
      "Alpha | 2 | 1 | EUR 4 | ≤ EUR 10 | EUR 5.50 | -",
      "Beta | 1 | 0 | EUR 0 | ≤ EUR 10 | EUR 1.50 | -",
      "Gamma | 1 | 0 | ≤ EUR 10 | EUR 0 | EUR 3.00 | -",
      "- | 3 | 1 | - | - | EUR 10.00 | EUR 10",
    ]);
  });

  test("lots that exceed it leave nothing for one without a ceiling", async () => {
    expect(
      await totals(
        [
          "{ contract: k, ceiling: EUR 10, lots: [{ lot: 1, ceiling: EUR 14, suppliers: [a] }, { lot: 2, suppliers: [b] }] }",
        ],
        { by: "supplier", split: "equal" },
      ),
    ).toEqual([
      "Alpha | 1 | 1 | EUR 10 | EUR 0 | EUR 10.00 | -",
      "Beta | 1 | 0 | ≤ EUR 10 | EUR 0 | EUR 0.00 | -",
      "- | 2 | 1 | - | - | EUR 10.00 | EUR 10",
    ]);
  });

  test("T8: nothing to reach is a known zero", async () => {
    expect(
      await totals(
        [
          "{ contract: k, ceiling: EUR 0, lots: [{ lot: 1, ceiling: EUR 5, suppliers: [a] }, { lot: 2, ceiling: EUR 5, suppliers: [a, b] }] }",
        ],
        {
          by: "supplier",
        },
      ),
    ).toEqual(["Alpha | 2 | 2 | EUR 0 | EUR 0 | -", "Beta | 1 | 1 | EUR 0 | EUR 0 | -", "- | 2 | 2 | - | - | EUR 0"]);
  });
});

describe("T6: the equal split", () => {
  test("the odd cent does not depend on the order in which suppliers are named", async () => {
    const contract = (order: string) => `{ contract: k, lots: [{ lot: 1, ceiling: EUR 1.00, suppliers: [${order}] }] }`;
    const expected = [
      "Alpha | 1 | 1 | EUR 0 | EUR 1.00 | EUR 0.34 | -",
      "Beta | 1 | 1 | EUR 0 | EUR 1.00 | EUR 0.33 | -",
      "Gamma | 1 | 1 | EUR 0 | EUR 1.00 | EUR 0.33 | -",
      "- | 1 | 1 | - | - | EUR 1.00 | EUR 1.00",
    ];
    for (const order of ["a, b, c", "c, b, a", "b, c, a"]) {
      expect(await totals([contract(order)], { by: "supplier", split: "equal" })).toEqual(expected);
    }
  });

  test("a lot that nobody holds has a row of its own, so that the column adds up", async () => {
    const contracts = [
      "{ contract: k, lots: [{ lot: 1, ceiling: EUR 4, suppliers: [b] }, { lot: 2, ceiling: EUR 6 }, { lot: 3, ceiling: USD 2 }] }",
      "{ contract: l, lots: [{ lot: 1, suppliers: [a] }] }",
    ];
    expect(await totals(contracts, { by: "supplier", split: "equal" })).toEqual([
      "Alpha | 1 | 0 | missing | missing | missing | -",
      "Beta | 1 | 1 | EUR 4 | EUR 0 | EUR 4.00 | -",
      "(no supplier) | 2 | 2 | EUR 0 | EUR 0 | EUR 6.00 | -",
      "(no supplier) | 2 | 2 | USD 0 | USD 0 | USD 2.00 | -",
      "- | 4 | 3 | - | - | ≥ EUR 10.00 | ≥ EUR 10",
      "- | 4 | 3 | - | - | ≥ USD 2.00 | ≥ USD 2",
    ]);
  });

  test("T8: a share of unknown parts is a lower bound, or is itself unknown", async () => {
    const contract =
      "{ contract: k, lots: [{ lot: 1, ceiling: EUR 4, suppliers: [a, b] }, { lot: 2, suppliers: [b] }, { lot: 3, ceiling: withheld, suppliers: [c] }, { lot: 4 }] }";
    expect(await totals([contract], { by: "supplier", split: "equal" })).toEqual([
      "Alpha | 1 | 1 | EUR 0 | EUR 4 | EUR 2.00 | -",
      "Beta | 2 | 1 | missing | EUR 4 | ≥ EUR 2.00 | -",
      "Gamma | 1 | 0 | withheld | missing | withheld | -",
      "(no supplier) | 1 | 0 | missing | missing | missing | -",
      "- | 4 | 1 | - | - | ≥ EUR 4.00 | ≥ EUR 4",
    ]);
  });

  test("T8: parts of an upper bound are upper bounds", async () => {
    const contract =
      "{ contract: k, ceiling: EUR 9, lots: [{ lot: 1, suppliers: [a, b] }, { lot: 2, suppliers: [c] }] }";
    expect(await totals([contract], { by: "supplier", split: "equal" }, { lots: ["1"] })).toEqual([
      "Alpha | 1 | 0 | EUR 0 | ≤ EUR 9 | ≤ EUR 4.50 | -",
      "Beta | 1 | 0 | EUR 0 | ≤ EUR 9 | ≤ EUR 4.50 | -",
      "- | 1 | 0 | - | - | ≤ EUR 9.00 | ≤ EUR 9",
    ]);
  });

  test("where nothing is known, the total says so", async () => {
    expect(
      await totals(["{ contract: k, lots: [{ lot: 1, suppliers: [a] }] }"], { by: "supplier", split: "equal" }),
    ).toEqual(["Alpha | 1 | 0 | missing | missing | missing | -", "- | 1 | 0 | - | - | missing | missing"]);
  });

  test("of suppliers that were asked for, only their own parts are shown", async () => {
    expect(
      await totals(
        ["{ contract: k, lots: [{ lot: 1, ceiling: EUR 9, suppliers: [a, b, c] }] }"],
        { by: "supplier", split: "equal" },
        { suppliers: ["beta"] },
      ),
    ).toEqual(["Beta | 1 | 1 | EUR 0 | EUR 9 | EUR 3.00 | -", "- | 1 | 1 | - | - | EUR 3.00 | EUR 9"]);
  });

  test("suppliers of one name are ordered by id", async () => {
    const register = await openText(`
suppliers: [{ supplier: n10, name: Nova }, { supplier: n9, name: NOVA }]
contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 9, suppliers: [n10, n9] }] }]`);
    const named = (supplier: Supplier): Supplier => ({ ...supplier, name: [{ value: "Nova", by: UNATTRIBUTED }] });
    const alike = {
      ...register,
      async *contracts() {
        const suppliers = register.suppliers.map(named);
        for await (const batch of register.contracts()) {
          yield batch.map((contract): Contract => {
            const lots = contract.lots.map(
              (lot): Lot => ({ ...lot, suppliers: [{ value: suppliers, by: UNATTRIBUTED }] }),
            );
            return { ...contract, lots };
          });
        }
      },
    };
    expect(await linesOf(total(alike, {}, { by: "supplier" }), "supplier", "name")).toEqual([
      "n9 | Nova",
      "n10 | Nova",
      "- | -",
    ]);
  });
});

test("by the main code of the CPV, to as many digits as are asked for, of the lot before its contract", async () => {
  const register = await openText(`
contracts:
  - contract: a
    cpv: ["72212000-4", "30200000"]
    awardDate: 2024-05
    lots: [{ lot: 1, ceiling: EUR 1M }, { lot: 2, ceiling: EUR 2M, cpv: ["48000000"] }]
  - { contract: b, ceiling: EUR 4M, cpv: ["72000000"], awardDate: 2024, lots: [] }
`);
  const groupsOf = async (by: (typeof GROUPINGS)[number]) =>
    (await rowsOf(total(register, {}, { by })))
      .filter(({ row }) => row === "group")
      .map(({ groups, ceiling }) => [groups[0], ceiling && amountText(ceiling)]);
  expect(await groupsOf("cpv:2")).toEqual([
    ["48000000", "EUR 2M"],
    ["72000000", "EUR 5M"],
  ]);
  expect(await groupsOf("cpv")).toEqual([
    ["48000000", "EUR 2M"],
    ["72000000", "EUR 4M"],
    ["72212000", "EUR 1M"],
  ]);
  expect(await groupsOf("cpv:3")).toEqual([
    ["48000000", "EUR 2M"],
    ["72000000", "EUR 4M"],
    ["72200000", "EUR 1M"],
  ]);
  expect(await groupsOf("month")).toEqual([
    ["2024-05", "EUR 3M"],
    [undefined, "EUR 4M"],
  ]);
  expect(await groupsOf("quarter")).toEqual([
    ["2024-Q2", "EUR 3M"],
    [undefined, "EUR 4M"],
  ]);
});
