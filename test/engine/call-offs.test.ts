import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../src/engine/check/check.ts";
import { fits } from "../../src/engine/headroom/fits.ts";
import { headroom } from "../../src/engine/headroom/headroom.ts";
import { lots } from "../../src/engine/lots.ts";
import { orderGroups, orderSample, orders } from "../../src/engine/orders/orders.ts";
import type { Report } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { why } from "../../src/engine/why.ts";
import { type Amount, formatMoney, parseMoney } from "../../src/model/money.ts";
import type { Register } from "../../src/records/register.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { releasePackage } from "../../src/writers/ocds/release-package.ts";
import { times } from "../long.ts";
import { amountText, openText, rowsOf } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { linesOf } from "../register-of.ts";

const SUPPLIERS = "suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]";

const open = (...contracts: readonly string[]): Promise<Register> =>
  openText(`${SUPPLIERS}\ncontracts:\n${contracts.map((contract) => `  - { ${contract} }`).join("\n")}`);

const FRAMEWORK =
  "contract: fw, lots: [{ lot: 1, ceiling: EUR 100k, suppliers: [a] }, { lot: 2, ceiling: EUR 50k, suppliers: [b] }]";
const callOff = (id: string, rest: string): string => `contract: ${id}, framework: no, callOffOf: fw, ${rest}`;

/** `fw/1: EUR 70k of EUR 100k, open`. */
const used = async (register: Register): Promise<readonly string[]> =>
  (await rowsOf(headroom(register))).map(
    ({ ceilingOf, ordered, ceiling, use }) => `${ceilingOf}: ${amountText(ordered)} of ${amountText(ceiling)}, ${use}`,
  );

const totals = async <Row>(report: Report<Row>): Promise<readonly string[]> => {
  await rowsOf(report);
  return report.closing().summaries.map(({ label, amounts }) => `${label} ${amounts.map(formatMoney).join(" and ")}`);
};

const notesOf = async <Row>(report: Report<Row>): Promise<readonly string[]> => {
  await rowsOf(report);
  return report.closing().notes;
};

test("L1: a call-off that says nothing of the framework's lots is told without any", async () => {
  const messages = async (rest: string) => {
    const { findings } = await check(await open(FRAMEWORK, callOff("c", rest)), { only: ["L1-unplaced"] });
    return findings.map(({ message }) => message);
  };
  const lotsOf = "lots: [{ lot: x, awarded: EUR 5k }]";
  const text = "fw: 1 order does not say which of its lots it is for";
  expect(await messages(lotsOf)).toEqual([`${text}: EUR 5k`]);
  expect(await messages(`callOffLots: [1, 2], ${lotsOf}`)).toEqual([`${text} (1, 2): EUR 5k`]);
});

describe("a call-off that may be of several frameworks (T11)", () => {
  const other = "contract: fw2, lots: [{ lot: 1, ceiling: EUR 30k, suppliers: [a] }]";
  const either = (id: string, value: string, more = "otherFrameworks: [fw2]") =>
    callOff(id, `${more}, callOffLots: [1], lots: [{ lot: x, suppliers: [a], awarded: ${value} }]`);

  test("may use up all of its value of each, or nothing, and is added to none", async () => {
    const register = await open(FRAMEWORK, other, either("c", "EUR 20k"), either("d", "EUR -3k"));
    expect(await used(register)).toEqual([
      "fw/1: EUR -3,000.00 to EUR 20,000.00 of EUR 100k, open",
      "fw/2: EUR 0 of EUR 50k, open",
      "fw2/1: EUR -3,000.00 to EUR 20,000.00 of EUR 30k, open",
    ]);
    expect(await totals(total(register))).toContain("Total EUR 180k");
    expect(await notesOf(total(register))).toContain("2 call-offs are not added: they lie within the framework fw.");
  });

  test("of which one alone is among the data is not added beside that one", async () => {
    const register = await open(other, either("c", "EUR 20k"));
    expect(await used(register)).toEqual(["fw2/1: EUR 0.00 to EUR 20,000.00 of EUR 30k, open"]);
    expect(await notesOf(total(register))).toContain("1 call-off is not added: it lies within the framework fw2.");
  });

  test("is certain where all its names are of one, and is in no circle", async () => {
    const named = `${other}, procedure: P2`;
    const sure = `contract: c, callOffOf: fw2, otherFrameworks: [P2], lots: [{ lot: x, suppliers: [a], awarded: EUR 20k }]`;
    expect(await used(await open(named, sure))).toEqual(["fw2/1: EUR 20k of EUR 30k, open"]);
    const circle = ["c", "d"].map((id, index, all) =>
      callOff(id, `otherFrameworks: [${all[1 - index]}], lots: [{ lot: x, suppliers: [a] }]`),
    );
    expect(await used(await open(FRAMEWORK, ...circle))).toHaveLength(2);
  });
});

describe("a call-off uses up its framework's ceiling (T11)", () => {
  test.each([
    [
      "on the lot that its supplier holds",
      "lots: [{ lot: x, suppliers: [b], awarded: EUR 20k }]",
      ["EUR 0 of EUR 100k", "EUR 20k of EUR 50k"],
    ],
    [
      "a lot's id means nothing in another procedure",
      "lots: [{ lot: 1, suppliers: [b], awarded: EUR 20k }]",
      ["EUR 0 of EUR 100k", "EUR 20k of EUR 50k"],
    ],
    [
      "on the lot that it names",
      "callOffLots: [1], lots: [{ lot: x, suppliers: [a], awarded: EUR 20k }]",
      ["EUR 20k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
    [
      "of its own procedure, by the lot's id",
      "procedure: P, lots: [{ lot: 2, suppliers: [a], awarded: EUR 20k }]",
      ["EUR 0 of EUR 100k", "EUR 20k of EUR 50k"],
    ],
    [
      "nobody says on which lot",
      "lots: [{ lot: x, awarded: EUR 20k }]",
      ["EUR 0.00 to EUR 20,000.00 of EUR 100k", "EUR 0.00 to EUR 20,000.00 of EUR 50k"],
    ],
    [
      "what it is worth, its contracts say",
      "lots: [{ lot: x, suppliers: [a] }], settledContracts: [{ settled: K, lots: [x], suppliers: [a], value: EUR 7k }]",
      ["EUR 7k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
    [
      "of one without lots what its contracts say",
      "callOffLots: [1], lots: [], settledContracts: [{ settled: K, suppliers: [a], value: EUR 7k }]",
      ["EUR 7k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
    ["nobody says what it is worth", "lots: [{ lot: x, suppliers: [a] }]", ["≥ EUR 0 of EUR 100k", "EUR 0 of EUR 50k"]],
    [
      "a lot that was cancelled uses up nothing",
      "lots: [{ lot: x, suppliers: [a], awarded: EUR 5k, status: cancelled }, { lot: y, suppliers: [b], awarded: EUR 6k }]",
      ["EUR 0 of EUR 100k", "EUR 6k of EUR 50k"],
    ],
    [
      "as it was modified",
      "lots: [{ lot: x, suppliers: [a], awarded: EUR 20k }], modifications: [{ modification: m, date: 2020, lot: x, value: EUR 5k }]",
      ["EUR 25k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
    [
      "of several lots, each with its own value",
      "lots: [{ lot: x, suppliers: [a], awarded: EUR 20k }, { lot: y, suppliers: [a], awarded: EUR 9k }], modifications: [{ modification: m, date: 2020, lot: y, value: EUR 5k }]",
      ["EUR 34k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
    [
      "of a lot that was awarded in two currencies, of which the other may come to more",
      "lots: [{ lot: x, suppliers: [a], awarded: [USD 7k, EUR 20k] }]",
      ["≥ EUR 20k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
    [
      "for several lots together",
      "lots: [{ lot: x, suppliers: [a] }, { lot: y, suppliers: [a] }], sharedAwards: [{ lots: [x, y], value: EUR 9k }]",
      ["EUR 9k of EUR 100k", "EUR 0 of EUR 50k"],
    ],
  ])("%s", async (_, rest, [first, second]) => {
    const register = await open(`${FRAMEWORK}, procedure: P`, callOff("co", rest));
    expect((await used(register)).map((line) => line.replace(/^fw\/\d: |, [a-z ]*$/g, ""))).toEqual([first, second]);
  });

  test("whichever stands first", async () => {
    const [framework, own] = [
      { contract: "fw", lots: [{ lot: "1", ceiling: "EUR 100k" }] },
      { contract: "co", callOffOf: "fw", lots: [{ lot: "1", awarded: "EUR 70k" }] },
    ];
    for (const texts of [[[framework, own]], [[own, framework]]])
      expect(await used(await openText(...texts.map((contracts) => linesOf({ contracts }))))).toEqual([
        "fw/1: EUR 70k of EUR 100k, open",
      ]);
  });

  test("beside the orders of the framework itself, which check and --fits count alike", async () => {
    const orders = "orders: [{ order: PO-1, lot: 1, amount: EUR 40k }]";
    const register = await open(
      `${FRAMEWORK}, ${orders}`,
      callOff("co", "lots: [{ lot: x, suppliers: [a], awarded: EUR 70k }]"),
    );
    expect((await used(register))[0]).toBe("fw/1: EUR 110k of EUR 100k, breach");
    const { findings } = await check(register);
    expect(findings.filter(({ rule }) => rule === "L1-breach").map(({ message }) => message)).toEqual([
      "fw/1: EUR 110k ordered, above the ceiling of EUR 100k (110.0 %)",
    ]);
    const euro = parseMoney("EUR 1");
    if ("problem" in euro) throw new Error(euro.problem);
    const asked = fits(register, { contracts: ["fw"], lots: ["1"] }, euro);
    await rowsOf(asked.report);
    expect(asked.verdict()).toBe("no");
  });

  test("each of its contracts under the framework that it names", async () => {
    const settled = ["fw", "other"].map(
      (of, index) => `{ settled: ${of}, lots: [x], suppliers: [a], value: EUR ${index + 1}0k, callOffOf: ${of} }`,
    );
    const register = await open(
      FRAMEWORK,
      "contract: other, lots: [{ lot: 1, ceiling: EUR 30k, suppliers: [a] }]",
      callOff("co", `lots: [{ lot: x, suppliers: [a], awarded: EUR 30k }], settledContracts: [${settled}]`),
    );
    expect(await used(register)).toEqual([
      "fw/1: EUR 10k of EUR 100k, open",
      "fw/2: EUR 0 of EUR 50k, open",
      "other/1: EUR 20k of EUR 30k, open",
    ]);
  });

  test("by the id that a notice has from its publisher", async () => {
    const register = await open(
      `${FRAMEWORK}, publications: [{ publication: 00000001-2024, noticeId: 5f0c7f9e-0000-4000-8000-000000000001 }]`,
      "contract: co, callOffOf: 5f0c7f9e-0000-4000-8000-000000000001, lots: [{ lot: x, suppliers: [a], awarded: EUR 7k }]",
    );
    expect((await used(register))[0]).toBe("fw/1: EUR 7k of EUR 100k, open");
  });

  test("a grandchild lies within its parent's value, and stands for it where it states none", async () => {
    const of = (id: string, parent: string, rest: string) =>
      `contract: ${id}, callOffOf: ${parent}, lots: [{ lot: x, suppliers: [a]${rest} }]`;
    const within = await open(FRAMEWORK, of("c", "fw", ", awarded: EUR 30k"), of("g", "c", ", awarded: EUR 10k"));
    expect((await used(within))[0]).toBe("fw/1: EUR 30k of EUR 100k, open");
    const instead = await open(FRAMEWORK, of("c", "fw", ""), of("g", "c", ""), of("h", "g", ", awarded: EUR 10k"));
    expect((await used(instead))[0]).toBe("fw/1: ≥ EUR 10k of EUR 100k, open to breach");
  });
});

describe("a call-off takes its quantity of its framework's (L4, T11)", () => {
  const counted =
    "contract: fw, procedure: P, lots: [{ lot: 1, quantity: 2500 machines, suppliers: [a] }, { lot: 2, ceiling: EUR 50k, quantity: 800 hours, suppliers: [b] }]";
  const bound = "≥ 0 machines of 2,500 machines";

  test.each([
    ["its lot states", "lots: [{ lot: x, suppliers: [a], quantity: 300 machines }]", "300 machines of 2,500 machines"],
    [
      "is stated of it as a whole",
      "quantity: 300 machines, lots: [{ lot: x, suppliers: [a] }]",
      "300 machines of 2,500 machines",
    ],
    ["is stated of it alone", "quantity: 300 machines, callOffLots: [1], lots: []", "300 machines of 2,500 machines"],
    [
      "stands beside its value",
      "lots: [{ lot: x, suppliers: [a], awarded: EUR 9k, quantity: 300 machines }]",
      "300 machines of 2,500 machines",
    ],
    [
      "is of the whole, and the value of each lot",
      "quantity: 300 machines, callOffLots: [1], lots: [{ lot: x, suppliers: [a], awarded: EUR 9k }, { lot: y, suppliers: [a], awarded: EUR 1k }]",
      "300 machines of 2,500 machines",
    ],
    [
      "of each lot, and the value is of the whole",
      "awarded: EUR 9k, lots: [{ lot: x, suppliers: [a], quantity: 300 machines }, { lot: y, suppliers: [a], quantity: 20 machines }]",
      "320 machines of 2,500 machines",
    ],
    [
      "was modified by the day",
      "lots: [{ lot: x, suppliers: [a], awarded: EUR 9k, quantity: 300 machines }], modifications: [{ modification: m, date: 2020, quantity: 50 machines }, { modification: n, date: 2021, value: EUR 1k }, { modification: o, date: 9999, quantity: 7 machines }]",
      "350 machines of 2,500 machines",
    ],
    [
      "of a lot that is not called for any more is none",
      "lots: [{ lot: x, suppliers: [a], quantity: 300 machines }, { lot: y, status: cancelled, quantity: 20 machines }]",
      "300 machines of 2,500 machines",
    ],
    ["in another unit is not added", "lots: [{ lot: x, suppliers: [a], quantity: 300 pallets }]", bound],
    ["is withheld of one without lots is any", "quantity: withheld, callOffLots: [1], lots: []", bound],
    ["withheld is any", "lots: [{ lot: x, suppliers: [a], quantity: withheld }]", bound],
    [
      "of a lot that is only called for is none",
      "lots: [{ lot: x, suppliers: [a], quantity: 300 machines }, { lot: y, status: open, quantity: 20 machines }]",
      "300 machines of 2,500 machines",
    ],
    [
      "of one lot is known, and of another not",
      "lots: [{ lot: x, suppliers: [a], quantity: 300 machines }, { lot: y, suppliers: [a], awarded: EUR 9k }]",
      "≥ 300 machines of 2,500 machines",
    ],
    [
      "of a framework agreement is a ceiling",
      "framework: yes, lots: [{ lot: x, suppliers: [a], quantity: 300 machines }]",
      bound,
    ],
  ])("that %s", async (_, rest, first) => {
    const own = rest.startsWith("framework") ? `contract: co, callOffOf: fw, ${rest}` : callOff("co", rest);
    const [line = ""] = await used(await open(counted, own));
    expect(line.replace(/^fw\/1: |, [a-z ]*$/g, "")).toBe(first);
  });

  test.each([
    ["quantity: 30 hours", "awarded: EUR 9k", "", "EUR 0 + 30 hours, EUR 9k + 0 hours, ≥ EUR 0 + 0 hours"],
    [
      "quantity: 30 hours",
      "awarded: EUR 9k",
      ", awarded: withheld",
      "EUR 0 + 30 hours, EUR 9k + 0 hours, ≥ EUR 0 + 0 hours",
    ],
    ["awarded: EUR 9k", "quantity: 30 hours", "", "EUR 9k + 0 hours, EUR 0 + 30 hours, EUR 0 + ≥ 0 hours"],
  ])(
    "as a whole where %s is stated so, and of what else one of its lots alone states any: %s%s",
    async (whole, stated, silent, told) => {
      const lotsOf = `lots: [{ lot: x, suppliers: [b], ${stated} }, { lot: y, suppliers: [b]${silent} }]`;
      const register = await open(counted, callOff("co", `${whole}, callOffLots: [2], ${lotsOf}`));
      const text = (amount: Amount | undefined) => (amount === undefined ? "-" : amountText(amount));
      const rows = await rowsOf(orders(register));
      expect(rows.map(({ amount, quantity }) => `${text(amount)} + ${text(quantity)}`).join(", ")).toBe(told);
      expect((await used(register)).slice(1)).toEqual([
        "fw/2: ≥ EUR 9k of EUR 50k, open to breach",
        "fw/2: ≥ 30 hours of 800 hours, open to breach",
      ]);
    },
  );

  test("of a supplier among several that hold the lot, whose order it is alone", async () => {
    const several = "contract: fw, lots: [{ lot: 1, ceiling: EUR 100k, suppliers: [a, b] }]";
    const register = await open(several, callOff("co", "lots: [{ lot: x, suppliers: [b], awarded: EUR 5k }]"));
    expect((await rowsOf(orders(register))).map(({ lot, supplier }) => [lot, supplier])).toEqual([["1", "b"]]);
  });

  test("which takes none more of money where that alone is modified, and money none of it", async () => {
    const changes =
      "modifications: [{ modification: m, date: 2020, quantity: 5 hours }, { modification: n, date: 2021, value: EUR 1k }]";
    const rest = `lots: [{ lot: x, suppliers: [b], awarded: EUR 9k, quantity: 30 hours }], ${changes}`;
    expect((await used(await open(counted, callOff("co", rest)))).slice(1)).toEqual([
      "fw/2: EUR 10k of EUR 50k, open",
      "fw/2: 35 hours of 800 hours, open",
    ]);
  });

  test("as an order that states as much does, in every answer", async () => {
    const one = "lots: [{ lot: x, suppliers: [a], quantity: 300 machines }]";
    const called = await open(counted, callOff("co", one));
    const ordered = await open(`${counted}, orders: [{ order: co, lot: 1, supplier: a, quantity: 300 machines }]`);
    expect(await totals(total(called))).toEqual(await totals(total(ordered)));
    expect(await used(called)).toEqual(await used(ordered));
    for (const register of [called, ordered]) {
      const { findings } = await check(register, { only: ["T7-order"] });
      expect(findings).toEqual([]);
      for (const [minor, answer] of [
        [2200n, "yes"],
        [2201n, "no"],
      ] as const) {
        const asked = { minor: minor * 1_000_000n, currency: "machines", precision: 0 };
        const { report, verdict } = fits(register, { contracts: ["fw"], lots: ["1"] }, asked);
        await rowsOf(report);
        expect(verdict()).toBe(answer);
      }
      const [row] = await rowsOf(orders(register));
      expect(row?.quantity && amountText(row.quantity)).toBe("300 machines");
    }
  });

  test("but not of each of several frameworks, of whose contracts nothing tells how much they take", async () => {
    const settled = ["fw", "other"].map((of) => `{ settled: ${of}, lots: [x], suppliers: [a], callOffOf: ${of} }`);
    const register = await open(
      counted,
      "contract: other, lots: [{ lot: 1, quantity: 90 machines, suppliers: [a] }]",
      callOff("co", `quantity: 30 machines, lots: [{ lot: x, suppliers: [a] }], settledContracts: [${settled}]`),
    );
    const lines = (await used(register)).filter((line) => line.includes("machines"));
    expect(lines).toEqual([
      "fw/1: ≥ 0 machines of 2,500 machines, open to breach",
      "other/1: ≥ 0 machines of 90 machines, open to breach",
    ]);
  });

  test("may be taken of another framework altogether", async () => {
    const other = "contract: fw2, lots: [{ lot: 1, quantity: 90 machines, suppliers: [a] }]";
    const either =
      "otherFrameworks: [fw2], callOffLots: [1], lots: [{ lot: x, suppliers: [a], quantity: 30 machines }]";
    const lines = (await used(await open(counted, other, callOff("co", either)))).filter((line) =>
      line.includes("mach"),
    );
    expect(lines).toEqual([
      "fw/1: 0 machines to 30 machines of 2,500 machines, open",
      "fw2/1: 0 machines to 30 machines of 90 machines, open",
    ]);
  });

  test("and stands for one between that states none", async () => {
    const of = (id: string, parent: string, rest: string) =>
      `contract: ${id}, callOffOf: ${parent}, lots: [{ lot: x, suppliers: [a], quantity: ${rest} }]`;
    const chain = await open(counted, of("c", "fw", "900 machines"), of("g", "c", "300 machines"));
    expect(await used(chain)).toEqual([
      "fw/1: ≥ 300 machines of 2,500 machines, open to breach",
      "fw/2: EUR 0 of EUR 50k, open",
      "fw/2: 0 hours of 800 hours, open",
      "c/x: 300 machines of 900 machines, open",
    ]);
  });
});

describe("what a call-off comes to is never added to its framework", () => {
  const family = () =>
    open(
      FRAMEWORK,
      callOff("c1", "lots: [{ lot: x, suppliers: [a], ceiling: EUR 30k, awarded: EUR 30k }]"),
      callOff("c2", "lots: [{ lot: x, suppliers: [b], awarded: EUR 20k }]"),
    );

  test("in no total or footer, where its framework is among the data; its row stays", async () => {
    const register = await family();
    const note = "2 call-offs are not added: they lie within the framework fw.";
    for (const by of ["contract", "lot", "supplier", "buyer", "year"] as const)
      expect(await totals(total(register, {}, { by }))).toEqual(["Total EUR 150k", "Total ordered EUR 50k"]);
    expect(await totals(lots(register))).toEqual(["Total EUR 150k", "Total ordered EUR 50k"]);
    expect(await totals(suppliers(register))).toEqual(["Total EUR 150k", "Total ordered EUR 50k"]);
    expect(await totals(why(register))).toEqual(["Total EUR 150k"]);
    expect(await notesOf(lots(register))).toContain(note);
    expect(await notesOf(total(register))).toContain(note);
    expect((await rowsOf(lots(register))).map(({ contract, callOffOf }) => [contract, callOffOf])).toEqual([
      ["fw", undefined],
      ["fw", undefined],
      ["c1", "fw"],
      ["c2", "fw"],
    ]);
    expect(
      (await rowsOf(suppliers(register))).map(({ name, ordered }) => [name, ordered && amountText(ordered)]),
    ).toEqual([
      ["Alpha", "EUR 30k"],
      ["Beta", "EUR 20k"],
    ]);
  });

  test("it counts by itself where its framework is not among the data, with a note", async () => {
    const register = await open(callOff("c1", "lots: [{ lot: x, awarded: EUR 30k, suppliers: [a] }]"));
    expect(await totals(total(register))).toEqual(["Total ", "Total awarded EUR 30k"]);
    expect(await notesOf(total(register))).toContain(
      "1 call-off counts by itself: the framework fw is not among the data.",
    );
  });

  test("in a circle each counts by itself, and check says so", async () => {
    const of = (id: string, parent: string) =>
      `contract: ${id}, callOffOf: ${parent}, lots: [{ lot: 1, ceiling: EUR 10k }]`;
    const register = await open(of("a", "b"), of("b", "c"), of("c", "b"), of("d", "d"));
    expect((await totals(total(register)))[0]).toBe("Total EUR 30k");
    const { findings } = await check(register, { only: ["T11-circle"] });
    expect(findings.map(({ message }) => message)).toEqual([
      "b is a call-off of c, and so in a circle of itself",
      "c is a call-off of b, and so in a circle of itself",
      "d is a call-off of itself",
    ]);
  });
});

describe("orders placed under call-offs (T11)", () => {
  const orderOf = (id: string, amount: string, more = "date: 2020-02-01") =>
    `{ order: ${id}, lot: x, amount: ${amount}, ${more} }`;
  const ordered = (id: string, orders: readonly string[], value = "") =>
    callOff(
      id,
      `awardDate: 2020-01-01, callOffLots: [1], lots: [{ lot: x, suppliers: [a]${value} }], orders: [${orders.join(", ")}]`,
    );

  test("use up its framework, each from its day on, where nothing says what the call-off is worth", async () => {
    const own = [orderOf("n1", "EUR 3k"), orderOf("n2", "EUR 4k", "date: 2021-02-01")];
    const register = await open(
      FRAMEWORK,
      ordered("c", own),
      ordered("v", [orderOf("v1", "EUR 9k")], ", awarded: EUR 20k"),
    );
    const usedAt = async (at: string) => (await rowsOf(headroom(register, { at })))[0]?.ordered;
    expect(amountText((await usedAt("2020-06")) ?? "missing")).toBe("≥ EUR 23k");
    expect(amountText((await usedAt("2021-06")) ?? "missing")).toBe("≥ EUR 27k");
    const { findings } = await check(register, { only: ["L1-unplaced", "L1-seat", "D1-order"] });
    expect(findings).toEqual([]);
  });

  test("are not added beside it, however they are asked for", async () => {
    const valued = ordered("v", [orderOf("v1", "EUR 9k")], ", awarded: EUR 20k");
    const register = await open(FRAMEWORK, ordered("c", [orderOf("n1", "EUR 3k")]), valued);
    const note = "2 orders are not added: they lie within the call-offs c, v.";
    for (const by of ["contract", "supplier", "month"] as const) {
      const report = orderGroups(register, {}, { by: [by] });
      expect(await totals(report)).toEqual(["Total ≥ EUR 23k"]);
      expect(report.closing().notes).toContain(note);
    }
    const listed = orders(register);
    expect(await totals(listed)).toEqual(["Total ≥ EUR 23k"]);
    expect(listed.closing().notes).toContain(note);
    expect(await totals(orders(register, { contracts: ["v"] }))).toEqual(["Total EUR 9k"]);
    const drawn = (byAmount: boolean) => orderSample(register, {}, { size: 9, seed: "1", byAmount });
    expect(await totals(drawn(false))).toEqual(["Sample ≥ EUR 23k"]);
    expect(await notesOf(drawn(true))).toContainEqual(expect.stringMatching(/from EUR 23,000.00/));
  });

  test("count where they are certain, if that is further down", async () => {
    const register = await open(
      FRAMEWORK,
      callOff("c", `lots: [{ lot: 1, suppliers: [a, b] }], orders: [{ order: n1, lot: 1, amount: EUR 3k }]`),
    );
    const asked = { query: "order:n1,c/n1 lot:1" };
    expect((await rowsOf(orders(register, asked))).map(({ order, counts }) => `${order} ${counts}`)).toEqual([
      "c/n1 possible",
      "n1 certain",
    ]);
    const listed = orders(register, asked);
    expect(await totals(listed)).toEqual(["Total EUR 3k"]);
    expect(listed.closing().summaries[0]?.remark).toBeUndefined();
    expect(listed.closing().notes).toContain("1 order is not added: it lies within the call-off c.");
  });

  test("in a ledger that cannot be read are told of once", async () => {
    const ledger = "lots: [{ lot: x, status: awarded }], ledger: { file: orders.csv, currency: EUR }";
    const register = await openRegister([
      {
        name: "r.yaml",
        text: `contracts:\n  - { contract: fw, lots: [{ lot: 1, ceiling: EUR 9 }] }\n  - { ${callOff("c", ledger)} }`,
      },
      { name: "orders.csv", text: "order,date,amount\n1,2020-01-01,5\n2,2020-02-01,much\n" },
    ]);
    const places = async () => {
      const { findings } = await check(register, { ignore: ["N3-unsourced"] });
      return findings.map(({ position }) => `${position?.file}:${position?.line}`);
    };
    expect(await places()).toEqual(["orders.csv:3"]);
    await expect(rowsOf(headroom(register))).rejects.toMatchObject({ findings: [{ rule: "N2-amount" }] });
  });

  test("are told of the ceilings above, where one more is asked about", async () => {
    const { report, verdict } = fits(await open(FRAMEWORK, ordered("c", [])), { contracts: ["c"] }, "EUR 999k");
    expect(await notesOf(report)).toContain("c is a call-off of fw: its ceilings hold, too, and were not asked about.");
    expect(verdict()).toBe("unknown");
  });

  test("of which nothing is known are at least nothing, in what the framework is limited in", async () => {
    const limited = "contract: fw, vat: included, lots: [{ lot: 1, ceiling: GBP 5k }, { lot: 2, ceiling: CHF 9k }]";
    const register = await open(limited, callOff("c", "callOffLots: [2], lots: [{ lot: x, suppliers: [a] }]"));
    expect(await used(register)).toEqual([
      "fw/1: GBP 0 incl. VAT of GBP 5k incl. VAT, open",
      "fw/2: ≥ CHF 0 incl. VAT of CHF 9k incl. VAT, open to breach",
    ]);
    expect((await check(register, { only: ["T7-order"] })).findings).toEqual([]);
  });

  interface Node {
    readonly value: number | undefined;
    readonly orders: readonly number[];
    readonly below: readonly Node[];
  }

  const treeOf = (depth: number): fc.Arbitrary<Node> =>
    fc.record({
      value: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
      orders: fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 2 }),
      below: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 2 }),
    });

  const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);
  /** What a call-off takes at least: its value, else all that is known to lie within it. */
  const worth = ({ value, orders: own, below }: Node): number => value ?? sumOf(own) + sumOf(below.map(worth));

  const dayOf = (amount: number): string => (amount % 2 === 0 ? "2020-02-01" : "2021-02-01");
  const allOrders = ({ orders: own, below }: Node): readonly number[] => [...own, ...below.flatMap(allOrders)];
  const count = ({ below }: Node): number => 1 + sumOf(below.map(count));

  const written = (node: Node, id: string, above: string): readonly string[] => [
    `contract: ${id}, callOffOf: ${above}, lots: [{ lot: x${node.value === undefined ? ", status: awarded" : `, awarded: EUR ${node.value}`} }], orders: [${node.orders.map((amount, place) => `{ order: o${place}, amount: EUR ${amount}, date: ${dayOf(amount)} }`).join(", ")}]`,
    ...node.below.flatMap((below, place) => written(below, `${id}-${place}`, id)),
  ];

  test("and those below them come to what lies within them, at any depth, in every answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(treeOf(2), { minLength: 1, maxLength: 3 }), async (nodes) => {
        const contracts = nodes.flatMap((node, place) => written(node, `c${place}`, "fw"));
        const register = await open("contract: fw, lots: [{ lot: 1, ceiling: EUR 100k }]", ...contracts.reverse());
        const bound = nodes.every(({ value }) => value !== undefined) ? "" : "≥ ";
        const all = `${bound}EUR ${sumOf(nodes.map(worth)).toLocaleString("en")}`;
        expect((await used(register))[0]).toMatch(`fw/1: ${all} of EUR 100k`);
        expect(await totals(total(register))).toContain(`Total ordered ${all}`);
        expect(await totals(orders(register))).toEqual([`Total ${all}`]);
        // Of each order that is asked for, be it without its call-off, one counts, and one may be drawn.
        const placed = nodes.flatMap(allOrders);
        const even = sumOf(placed.filter((amount) => amount % 2 === 0));
        const asked = { query: "date:2020" };
        expect(await totals(orders(register, asked))).toEqual(
          even === 0 ? [] : [`Total EUR ${even.toLocaleString("en")}`],
        );
        const drawn = await rowsOf(orderSample(register, {}, { size: 999, seed: "1", byAmount: false }));
        expect(drawn).toHaveLength(placed.length + sumOf(nodes.map(count)));
      }),
      { numRuns: times(300, 25) },
    );
  });
});

describe("written as OCDS, a call-off names the process of its framework (O3)", () => {
  const writtenOf = async (register: Register) => {
    const notes: string[] = [];
    const pieces = releasePackage(register, {
      at: { year: 2021 },
      prefix: "ocds-abc123",
      tell: (note) => notes.push(note),
    });
    return { read: await openText((await allOf(pieces)).join("")), notes };
  };

  test("and its lots, whichever stands first", async () => {
    const own = "procedure: P, lots: [{ lot: 2, suppliers: [a], awarded: EUR 20k }]";
    const contracts = [
      callOff("co", own),
      `${FRAMEWORK}, procedure: P`,
      callOff("other", "procedure: Q, callOffLots: [1], lots: [{ lot: x, suppliers: [b], awarded: EUR 5k }]"),
    ];
    for (const all of [contracts, [...contracts].reverse()]) {
      const { read } = await writtenOf(await open(...all));
      expect(await used(read)).toEqual([
        "ocds-abc123-P/1: EUR 5,000 of EUR 100,000, open",
        "ocds-abc123-P/2: EUR 20,000 of EUR 50,000, open",
      ]);
    }
  });

  test("what it says of single contracts, and by how much they grew, is told as lost", async () => {
    const rest =
      "lots: [{ lot: x, suppliers: [a] }], settledContracts: [{ settled: K, lots: [x], callOffOf: fw }], modifications: [{ modification: m, date: 2020, value: EUR 1 }]";
    const { notes } = await writtenOf(await open(FRAMEWORK, callOff("co", rest)));
    expect(notes.at(-1)).toMatch(/by how much modifications changed what contracts are worth \(1\)/);
    expect(notes.at(-1)).toMatch(/the framework agreements of single contracts \(1\)/);
  });
});
