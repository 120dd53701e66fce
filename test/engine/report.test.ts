import { describe, expect, test } from "vitest";
import {
  arrange,
  type Cell,
  column,
  compareCells,
  hidden,
  type Report,
  reportLater,
  reportOf,
  whenVaried,
} from "../../src/engine/report.ts";
import { UsageError } from "../../src/model/errors.ts";
import { type Amount, isMoneyProblem, type Money, parseMoney } from "../../src/model/money.ts";
import { linesOf, rowsOf } from "../open-text.ts";

const money = (text: string): Money => {
  const parsed = parseMoney(text);
  if (isMoneyProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};

interface Row {
  readonly id: string;
  readonly amount: Amount | undefined;
  readonly isTotal?: boolean;
}
const ROWS: readonly (readonly Row[])[] = [
  [
    { id: "10", amount: money("EUR 2") },
    { id: "2", amount: "withheld" },
  ],
  [
    { id: "b", amount: undefined },
    { id: "1", amount: money("EUR 2.00") },
    { id: "a", amount: money("EUR 10") },
  ],
  [{ id: "sum", amount: money("EUR 14"), isTotal: true }],
];

const report = (read = { batches: 0 }): Report<Row> => {
  const batches = async function* () {
    for (const batch of ROWS) {
      yield batch;
      read.batches++;
    }
  };
  return reportOf(
    [
      column.id<Row>("id", "", (row) => row.id),
      hidden(column.money<Row>("amount", "", (row) => row.amount)),
      whenVaried(column.text<Row>("kind", "", (row) => (row.isTotal ? "total" : "row"))),
    ],
    batches(),
    () => ({ summaries: [], notes: [`${read.batches} batches`] }),
    (row) => row.isTotal === true,
  );
};
const ids = async (arranged: Report<Row>): Promise<string[]> => (await rowsOf(arranged)).map(({ id }) => id);

describe("arranging a report", () => {
  test("nothing asked, nothing changed", async () => {
    expect(await ids(arrange(report(), {}))).toEqual(["10", "2", "b", "1", "a", "sum"]);
    expect(arrange(report(), {}).shape).toBeUndefined();
    expect(arrange({ ...report(), shape: { kind: "card" } }, { fields: ["id"] }).shape).toEqual({ kind: "card" });
  });

  test("fields are shown in the order asked for, hidden ones too", async () => {
    const arranged = arrange(report(), { fields: ["amount", "id"] });
    expect(arranged.columns.map(({ name, shown }) => [name, shown])).toEqual([
      ["amount", "asked"],
      ["id", "asked"],
    ]);
    expect((await linesOf(arranged))[1]).toBe("withheld | 2");
    expect(report().columns.map(({ shown }) => shown)).toEqual(["known", "never", "varied"]);
  });

  test.each([
    [{ sort: ["id"] }, ["1", "2", "10", "a", "b", "sum"]],
    [{ sort: ["-id"] }, ["b", "a", "10", "2", "1", "sum"]],
    [{ sort: ["amount"] }, ["10", "1", "a", "2", "b", "sum"]],
    [{ sort: ["-amount"] }, ["a", "10", "1", "2", "b", "sum"]],
    [{ sort: ["amount", "id"] }, ["1", "10", "a", "2", "b", "sum"]],
    [{ sort: ["-amount", "-id"] }, ["a", "10", "1", "b", "2", "sum"]],
    [{ sort: ["id"], limit: 2 }, ["1", "2", "sum"]],
    [{ sort: ["id"], limit: 0 }, ["sum"]],
    [{ limit: 3 }, ["10", "2", "b", "sum"]],
    [{ limit: 0 }, ["sum"]],
    [{ limit: 99 }, ["10", "2", "b", "1", "a", "sum"]],
  ])("%j: T8, what is missing or withheld comes last, the total after it", async (arrangement, expected) => {
    expect(await ids(arrange(report(), arrangement))).toEqual(expected);
  });

  test("a limit does not change what the report says of the whole", async () => {
    const arranged = arrange(report(), { limit: 1 });
    await rowsOf(arranged);
    expect(arranged.closing().notes).toEqual(["1 of 5 shown.", "3 batches"]);
  });

  test("a report without summarised rows keeps none of them back", async () => {
    const later = reportLater(report().columns, () =>
      Promise.resolve({ rows: ROWS.flat(), closing: { summaries: [], notes: ["read"] } }),
    );
    expect(later.closing().notes).toEqual([]);
    expect(await ids(arrange(later, { sort: ["-id"], limit: 2 }))).toEqual(["sum", "b"]);
    expect(later.closing().notes).toEqual(["read"]);
    const bare = reportOf(report().columns, later.batches);
    expect(bare.closing()).toEqual({ summaries: [], notes: [] });
  });

  test("a field that it does not have is an error with the nearest ones", () => {
    const refusal = (arrangement: { fields?: string[]; sort?: string[] }): string | undefined => {
      try {
        arrange(report(), arrangement);
      } catch (error) {
        if (error instanceof UsageError) return `${error.message}: ${error.hint}`;
      }
      return undefined;
    };
    expect(refusal({ fields: ["amuont"] })).toBe('there is no field "amuont" here: did you mean amount?');
    expect(refusal({ sort: ["-kinds"] })).toBe('there is no field "kinds" here: did you mean kind?');
    expect(refusal({ sort: ["zzzzzzz"] })).toBe('there is no field "zzzzzzz" here: fields: id, amount, kind');
    expect(refusal({ fields: ["__proto__"] })).toBe('there is no field "__proto__" here: fields: id, amount, kind');
  });
});

describe("ordering cells", () => {
  const sorted = (cells: readonly (Cell | undefined)[], down: boolean): (Cell | undefined)[] =>
    cells
      .map((cell, place) => ({ cell, place }))
      .sort((a, b) => compareCells(a.cell, b.cell, down))
      .map(({ cell }) => cell);
  const supplier = (name: string) => ({ id: name, name, kind: "company" as const, organisations: [] });

  const KINDS: readonly (readonly [string, readonly Cell[]])[] = [
    ["counts by value", [2, 10, 11].map((value) => ({ type: "count", value }))],
    [
      "N4: dates, the coarser first",
      [{ year: 2014 }, { year: 2015 }, { year: 2015, month: 1 }].map((value) => ({ type: "date", value })),
    ],
    [
      "T7: amounts within their currency",
      ["EUR 2", "EUR 10", "USD 1"].map((text) => ({ type: "money", value: money(text) })),
    ],
    ["lists of amounts by the first", ["EUR 2", "EUR 10"].map((text) => ({ type: "moneys", value: [money(text)] }))],
    ["ids as numbers", ["2", "10", "a"].map((value) => ({ type: "id", value }))],
    ["lists of texts", [["a", "z"], ["b"]].map((value) => ({ type: "texts", value }))],
    ["notes by their rules", ["R-AMT", "T9"].map((rule) => ({ type: "notes", value: [{ rule, text: "…" }] }))],
    [
      "suppliers by name",
      [[supplier("Atos")], [supplier("BT"), supplier("Atos")]].map((value) => ({ type: "suppliers", value })),
    ],
  ];

  test.each(KINDS)("%s", (_, ascending) => {
    const descending = [...ascending].reverse();
    expect(sorted(descending, false)).toEqual(ascending);
    expect(sorted(ascending, true)).toEqual(descending);
  });

  test.each<readonly [string, Cell | undefined]>([
    ["no cell", undefined],
    ["missing", { type: "money", value: "missing" }],
    ["withheld", { type: "money", value: "withheld" }],
    ["an empty list", { type: "moneys", value: [] }],
    ["no texts", { type: "texts", value: [] }],
    ["no notes", { type: "notes", value: [] }],
    ["no suppliers", { type: "suppliers", value: [] }],
  ])("%s comes last in both directions", (_, empty) => {
    const cell: Cell = { type: "text", value: "x" };
    for (const down of [false, true]) {
      expect(compareCells(empty, cell, down)).toBeGreaterThan(0);
      expect(compareCells(cell, empty, down)).toBeLessThan(0);
      expect(compareCells(empty, undefined, down)).toBe(0);
    }
  });

  test("amounts that are equal but for their precision are equal in order", () => {
    const [coarse, fine]: Cell[] = ["EUR 1", "EUR 1.00"].map((text) => ({ type: "money", value: money(text) }));
    expect(Math.abs(compareCells(coarse, fine, false))).toBe(0);
    expect(Math.abs(compareCells(coarse, fine, true))).toBe(0);
  });

  test("cells of several kinds have an order, whichever way they are compared", () => {
    const mixed = KINDS.flatMap(([, cells]) => cells);
    for (const a of mixed) {
      for (const b of mixed) {
        expect(Math.sign(compareCells(a, b, false)) + Math.sign(compareCells(b, a, false))).toBe(0);
        for (const c of mixed) {
          if (compareCells(a, b, false) <= 0 && compareCells(b, c, false) <= 0) {
            expect(compareCells(a, c, false)).toBeLessThanOrEqual(0);
          }
        }
      }
    }
  });
});
