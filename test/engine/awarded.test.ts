import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../src/engine/check/check.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { lots } from "../../src/engine/lots.ts";
import type { Report } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { formatMoney } from "../../src/model/money.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import type { Register } from "../../src/records/register.ts";
import { linesOf, openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

const SUPPLIERS = "suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]";

const open = (contract: string): Promise<Register> =>
  openText(`${SUPPLIERS}\ncontracts: [{ contract: k, ${contract} }]`);

/** What stands below a table, the awarded values first and then what must be known of them. */
const below = async <Row>(report: Report<Row>): Promise<string> => {
  await rowsOf(report);
  const { summaries, notes } = report.closing();
  const amounts = summaries.filter(({ column }) => column === "awarded").flatMap((summary) => summary.amounts);
  return [...amounts.map(formatMoney), ...notes.filter((note) => note.startsWith("Awarded"))].join("; ");
};

const LOWER = "their total is a lower bound.";

describe("awarded values are added up beside ceilings, currency by currency (T7, T8)", () => {
  test.each([
    ["nothing stated, nothing said", "lots: [{ lot: 1, suppliers: [a] }]", ""],
    [
      "all known",
      "lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2, suppliers: [a], awarded: EUR 0 }]",
      "EUR 2M",
    ],
    ["two currencies", "lots: [{ lot: 1, suppliers: [a], awarded: [EUR 2M, PLN 3M] }]", "EUR 2M; PLN 3M"],
    ["no winner is no gap", "lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2 }]", "EUR 2M"],
    [
      "a lot that is said to be awarded to nobody is none",
      "lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2, status: awarded }]",
      "EUR 2M",
    ],
    [
      "a winner without a value is",
      "lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2, suppliers: [b] }]",
      `≥ EUR 2M; Awarded values are not known for all lots (1 not stated): ${LOWER}`,
    ],
    [
      "so is a secret",
      "lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2, suppliers: [b], awarded: withheld }]",
      `≥ EUR 2M; Awarded values are not known for all lots (1 withheld): ${LOWER}`,
    ],
    ["a part that is a secret", "lots: [{ lot: 1, suppliers: [a], awarded: at least EUR 2M }]", "≥ EUR 2M"],
    ["only secrets", "lots: [{ lot: 1, suppliers: [a], awarded: withheld }]", ""],
  ])("%s", async (_, contract, expected) => {
    const register = await open(contract);
    expect(await below(lots(register))).toBe(expected);
    expect(await below(contracts(register))).toBe(expected);
    expect(await below(total(register))).toBe(expected);
    expect(await below(suppliers(register))).toBe(expected);
  });
});

describe("a value for several lots counts once in a total, and in no lot (T9)", () => {
  const SHARED =
    "lots: [{ lot: 1, suppliers: [a], service: S }, { lot: 2, suppliers: [a], service: T }, { lot: 3, suppliers: [b], service: T, awarded: EUR 1M }], sharedAwards: [{ lots: [1, 2], value: EUR 5M }]";

  test("in the total", async () => {
    expect(await below(total(await open(SHARED)))).toBe("EUR 6M");
    expect(await linesOf(lots(await open(SHARED)), "lot", "awarded")).toEqual(["1 | ", "2 | ", "3 | EUR 1M"]);
  });

  test("of some of them it is an upper bound", async () => {
    const register = await open(SHARED);
    expect(await below(total(register, { query: parseQuery("lot:1") }))).toBe("≤ EUR 5M");
    expect(await below(total(register, { query: parseQuery("lot:3") }))).toBe("EUR 1M");
    expect(await linesOf(total(register, {}, { by: "service" }), "service", "awarded")).toEqual([
      "S | ≤ EUR 5M",
      "T | ≤ EUR 6M",
      "- | EUR 6M",
    ]);
  });

  test("that rows do not add up to the total is told, of a value for several of them as of one for a whole contract", async () => {
    const UNLIKE = "those of the rows do not add up to the total";
    const isTold = async (contract: string, by: "lot" | "service" | "contract"): Promise<boolean> => {
      const report = total(await open(contract), {}, { by });
      await rowsOf(report);
      return report.closing().notes.some((note) => note.includes(UNLIKE));
    };
    const whole = `awarded: EUR 9M, ${SHARED.replace(/, sharedAwards.*/, "")}`;
    expect(await isTold(SHARED, "service")).toBe(true);
    expect(await isTold(whole, "lot")).toBe(true);
    for (const contract of [SHARED, whole]) expect(await isTold(contract, "contract")).toBe(false);
    expect(
      await isTold("lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2, awarded: withheld }]", "lot"),
    ).toBe(false);
  });

  test("that is withheld, leaves the total open", async () => {
    const withheld = SHARED.replace("EUR 5M", "withheld");
    expect(await below(total(await open(withheld)))).toBe(
      `≥ EUR 1M; Awarded values are not known for all lots (1 withheld): ${LOWER}`,
    );
  });
});

describe("a total in another currency than its parts is told, and the parts count (T10b, T7)", () => {
  const apart = (id: string) =>
    `{ contract: ${id}, awarded: PLN 9M, lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2, suppliers: [a], awarded: PLN 3M }] }`;
  const told = async (...ids: readonly string[]) => {
    const register = await openText(`${SUPPLIERS}\ncontracts: [${ids.map(apart)}]`);
    const report = total(register);
    await rowsOf(report);
    const { summaries, notes } = report.closing();
    const { findings } = await check(register, {});
    const messages = findings.filter(({ rule }) => rule === "T10-declared").map(({ message, hint }) => [message, hint]);
    return { amounts: summaries.flatMap(({ amounts }) => amounts.map(formatMoney)), notes: notes.slice(1), messages };
  };

  test("of one contract with its figures, of several by name", async () => {
    const text = "k declares PLN 9M awarded in all; its parts come to EUR 2M and PLN 3M";
    expect(await told("k")).toEqual({
      amounts: ["EUR 2M", "PLN 3M"],
      notes: [`${text}: the parts count.`],
      messages: [[text, "the parts count"]],
    });
    expect((await told("k", "l")).notes).toEqual([
      "2 contracts declare totals in other currencies than their parts (k, l): the parts count.",
    ]);
  });
});

describe("by supplier", () => {
  const awardedBySupplier = async (contract: string) => {
    const register = await open(contract);
    const lines = await linesOf(total(register, {}, { by: "supplier" }), "supplier", "sole", "shared", "awarded");
    const groups = lines.filter((line) => !line.startsWith("-"));
    expect(await linesOf(suppliers(register), "supplier", "sole", "shared", "awarded")).toEqual(groups);
    return groups;
  };

  test("what was signed with it, else the value of the lots that it holds alone", async () => {
    expect(
      await awardedBySupplier(
        "lots: [{ lot: 1, suppliers: [a, b], awarded: EUR 5M }, { lot: 2, suppliers: [a], awarded: EUR 1M }], settledContracts: [{ settled: C1, lots: [1], suppliers: [a], value: EUR 3M }, { settled: C2, lots: [1], suppliers: [b], value: EUR 2M }]",
      ),
    ).toEqual(["a | missing | missing | EUR 4M", "b | EUR 0 | missing | EUR 2M"]);
  });

  test("what several lots were awarded for together is one's who holds them alone, and may be each other's (T9)", async () => {
    const awarded = async (second: string, more = ""): Promise<readonly string[]> =>
      (
        await awardedBySupplier(
          `lots: [{ lot: 1, suppliers: [a] }, { lot: 2, suppliers: ${second} }], sharedAwards: [{ lots: [1, 2], value: EUR 5M }]${more}`,
        )
      ).map((line) => line.replace(/ \|.*\|/, ""));
    expect(await awarded("[a]")).toEqual(["a EUR 5M"]);
    expect(await awarded("[a, b]")).toEqual(["a ≤ EUR 5M", "b ≤ EUR 5M"]);
    const signed = ", settledContracts: [{ settled: C1, lots: [1, 2], suppliers: [a], value: EUR 4M }]";
    expect(await awarded("[a]", signed)).toEqual(["a EUR 5M"]);
    expect(await awarded("[a, b]", signed)).toEqual(["a EUR 4M", "b ≤ EUR 5M"]);
  });

  test("what a contract states of all its lots is one's who holds them alone, as it is the total (T10d)", async () => {
    const stated = (second: string) =>
      `awarded: EUR 5M, lots: [{ lot: 1, suppliers: [a] }, { lot: 2, suppliers: ${second}, awarded: EUR 2M }]`;
    expect(await awardedBySupplier(stated("[a]"))).toEqual(["a | missing | EUR 0 | EUR 5M"]);
    expect(await below(suppliers(await open(stated("[a]"))))).toBe("EUR 5M");
    const apart = await awardedBySupplier(stated("[b]"));
    expect(apart.map((line) => line.replace(/ \|.*\|/, ""))).toEqual(["a -", "b EUR 2M"]);
  });

  test("one contract of all winners for all lots divides nothing that the lots themselves tell", async () => {
    expect(
      await awardedBySupplier(
        "lots: [{ lot: 1, suppliers: [a], awarded: EUR 5M }, { lot: 2, suppliers: [b], awarded: EUR 1M }], settledContracts: [{ settled: C1, lots: [1, 2], suppliers: [a, b], value: EUR 6M }]",
      ),
    ).toEqual(["a | missing | EUR 0 | EUR 5M", "b | missing | EUR 0 | EUR 1M"]);
  });

  test("what nothing divides may be all of one's or nothing", async () => {
    expect(await awardedBySupplier("lots: [{ lot: 1, suppliers: [a, b], awarded: EUR 5M }]")).toEqual([
      "a | EUR 0 | missing | ≤ EUR 5M",
      "b | EUR 0 | missing | ≤ EUR 5M",
    ]);
  });

  test("a currency that only awarded values have says nothing of ceilings", async () => {
    expect(await awardedBySupplier("lots: [{ lot: 1, suppliers: [a], ceiling: EUR 9M, awarded: PLN 5M }]")).toEqual([
      "a | EUR 9M | EUR 0 | -",
      "a | - | - | PLN 5M",
    ]);
  });

  test("a lot that came to nothing is no gap", async () => {
    expect(
      await awardedBySupplier(
        "lots: [{ lot: 1, suppliers: [a], awarded: EUR 5M }, { lot: 2, status: cancelled, suppliers: [a] }]",
      ),
    ).toEqual(["a | missing | EUR 0 | EUR 5M"]);
  });

  test("a contract for several lots, a withheld one, and a gap", async () => {
    expect(
      await awardedBySupplier(
        "lots: [{ lot: 1, suppliers: [a] }, { lot: 2, suppliers: [a] }, { lot: 3, suppliers: [a] }, { lot: 4, suppliers: [b], awarded: EUR 1 }], settledContracts: [{ settled: C1, lots: [1, 2], suppliers: [a], value: EUR 3M }, { settled: C2, lots: [3], suppliers: [a], value: withheld }, { settled: C3, lots: [4], suppliers: [b] }]",
      ),
    ).toEqual(["a | missing | EUR 0 | ≥ EUR 3M", "b | missing | EUR 0 | EUR 1"]);
  });
});

describe("a supplier comes to the same in its row and in the group of it (T6, T10b)", () => {
  const columns = ["lots", "sole", "shared", "awarded"] as const;
  const bySupplier = async (register: Register): Promise<readonly string[]> =>
    (await linesOf(total(register, {}, { by: "supplier" }), "row", "supplier", ...columns)).filter((line) =>
      line.startsWith("group | "),
    );
  const bySeats = async (register: Register): Promise<readonly string[]> =>
    (await linesOf(suppliers(register), "supplier", ...columns)).map((line) => `group | ${line}`);

  test("also where nobody holds other lots of its contract", async () => {
    const register = await open("awarded: EUR 3M, lots: [{ lot: 1, suppliers: [a], awarded: EUR 2M }, { lot: 2 }]");
    expect(await bySeats(register)).toEqual(["group | a | 1 | missing | EUR 0 | EUR 2M to EUR 3M"]);
    expect(await bySeats(register)).toEqual(await bySupplier(register));
  });

  test("whatever its contract states", async () => {
    const amounts = fc.constantFrom("", "EUR 1M", "EUR 2M", "USD 2M", "withheld");
    const lot = fc.record({ holders: fc.subarray(["a", "b"]), ceiling: amounts, awarded: amounts });
    const stated = (key: string, value: string) => (value === "" ? "" : `${key}: ${value}, `);
    await fc.assert(
      fc.asyncProperty(
        amounts,
        amounts,
        fc.array(lot, { minLength: 1, maxLength: 3 }),
        async (ceiling, awarded, all) => {
          const texts = all.map(
            (one, index) =>
              `{ ${stated("ceiling", one.ceiling)}${stated("awarded", one.awarded)}suppliers: [${one.holders}], lot: ${index} }`,
          );
          const register = await open(`${stated("ceiling", ceiling)}${stated("awarded", awarded)}lots: [${texts}]`);
          expect(await bySeats(register)).toEqual(await bySupplier(register));
        },
      ),
      seeded(1000),
    );
  });
});

test.each([
  ["EUR 10.2M", "EUR 10,252,762.00", "EUR 10,252,762.00"],
  ["EUR 100.00", "EUR 100.90", "EUR 100.90"],
  ["EUR 100.00", "EUR 102.00", "EUR 100.00 to EUR 102.00"],
])("T10b: %s of the whole and %s of its lot are that of its lot within rounding", async (whole, part, told) => {
  const register = await open(`awarded: "${whole}", lots: [{ lot: 1, suppliers: [a], awarded: "${part}" }]`);
  expect((await below(total(register))).split("; ")[0]).toBe(told);
});
