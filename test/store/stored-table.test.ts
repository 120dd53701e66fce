import { describe, expect, test } from "vitest";
import { type Cell, type Column, column, reportOf } from "../../src/engine/report.ts";
import { type Amount, parseMoney, type StatedAmount } from "../../src/model/money.ts";
import { storeTables } from "../../src/store/answer-tables.ts";
import { oneBatch, storedTable } from "../../src/store/stored-table.ts";
import { allOf } from "../reading.ts";
import { registerOf } from "../register-of.ts";

interface Row {
  readonly title: string;
  readonly ceiling?: Amount;
  readonly awarded?: readonly StatedAmount[];
  readonly used?: { readonly value: bigint; readonly bound?: "atLeast" };
  readonly lots?: number;
  readonly tags?: readonly string[];
  readonly whole?: boolean;
}

const money = (text: string) => {
  const amount = parseMoney(text);
  return typeof amount === "object" && "minor" in amount ? amount : expect.unreachable(text);
};

const wholeCell = ({ whole }: Row): Cell | undefined =>
  whole === undefined ? undefined : { type: "flag", value: whole };

const COLUMNS: readonly Column<Row>[] = [
  column.text("title", "What it is.", ({ title }: Row) => title),
  column.money("ceiling", "What may be spent.", ({ ceiling }: Row) => ceiling),
  column.moneys("awarded", "What was awarded.", ({ awarded }: Row) => awarded),
  column.percent(
    "used",
    "How much is used.",
    ({ used }: Row) => used && { ...used, value: { numerator: used.value, denominator: 10n } },
  ),
  column.count("lots", "How many lots.", ({ lots }: Row) => lots),
  column.texts("tags", "Its tags.", ({ tags }: Row) => tags),
  { ...column.any("whole", "Whether it is all.", wholeCell), type: "flag" },
];

const tableOf = (...rows: readonly Row[]) =>
  storedTable(
    "answers",
    "Says.",
    reportOf(COLUMNS, oneBatch(rows), undefined, ({ title }) => title === "total"),
  );

/** The rows of a table by the names of their columns, without what has no value. */
const stored = async (...rows: readonly Row[]) => {
  const table = tableOf(...rows);
  return (await allOf(table.rows))
    .flat()
    .map((values) => Object.fromEntries(table.columns.map(({ name }, index) => [name, values[index] ?? ""])))
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
};

describe("an answer is a table of a store", () => {
  test("with a column for each part of a figure (T8)", () => {
    const { name, says, columns } = tableOf();
    expect({ name, says }).toEqual({ name: "answers", says: "Says." });
    const parts = (of: string, ...names: readonly string[]) => names.map((part) => `${of}_${part}`);
    expect(columns.map((one) => one.name)).toEqual([
      ...["title", "ceiling", ...parts("ceiling", "currency", "digits", "bound", "least", "state")],
      ...["awarded", ...parts("awarded", "currency", "digits", "bound", "least", "state")],
      ...["used", ...parts("used", "bound", "least", "state"), "lots", "tags", "whole"],
    ]);
    expect(columns.map(({ type }) => type).join(" ")).toBe(
      "text minor text count text minor text minor text count text minor text ratio text ratio text count texts flag",
    );
  });

  test("an amount in minor units, with its bound and the lower end of a range", async () => {
    const between = { ...money("EUR 10.50"), bound: "between", least: 700n } as const;
    const figure = { ceiling_currency: "EUR", ceiling_digits: "2", ceiling_state: "known" };
    const rows = await stored({ title: "a", ceiling: money("EUR 10.50") }, { title: "b", ceiling: between });
    expect(rows).toMatchObject([
      { title: "a", ceiling: "1050", ceiling_bound: "exactly", ...figure },
      { title: "b", ceiling: "1050", ceiling_bound: "between", ceiling_least: "700", ...figure },
    ]);
    expect(rows[0]).not.toHaveProperty("ceiling_least");
  });

  test("what is unknown is called so, and is no figure", async () => {
    const none = { awarded_state: "missing", used_state: "missing" };
    expect(await stored({ title: "a", ceiling: "withheld" }, { title: "b" })).toEqual([
      { title: "a", ceiling_state: "withheld", ...none },
      { title: "b", ceiling_state: "missing", ...none },
    ]);
  });

  test("of several amounts each in a line, where what is no amount is said again and figures are not", async () => {
    const [first, second] = await stored({
      title: "a",
      ceiling: money("EUR 9"),
      awarded: [money("EUR 1"), money("JPY 2")],
      used: { value: 125n, bound: "atLeast" },
      lots: 3,
      tags: ["x", "y"],
      whole: false,
    });
    const said = { title: "a", tags: "x\u001fy", whole: "false" };
    expect(first).toMatchObject({ ...said, lots: "3", ceiling: "900", awarded: "100", awarded_currency: "EUR" });
    expect(first).toMatchObject({ used: "12.5", used_bound: "atLeast", used_state: "known" });
    expect(second).toEqual({
      ...said,
      ...{
        awarded: "2",
        awarded_currency: "JPY",
        awarded_digits: "0",
        awarded_bound: "exactly",
        awarded_state: "known",
      },
    });
  });

  test("a total among its rows is none of them", async () => {
    expect((await stored({ title: "a" }, { title: "total" })).map(({ title }) => title)).toEqual(["a"]);
  });
});

test("each table of a store says what a row is, and each of its columns what it holds, under a name of its own", async () => {
  const tables = storeTables(await registerOf({ contracts: [{ contract: "c", lots: [] }] }));
  for (const { name, says, columns } of tables) {
    const silent = columns.filter((one) => one.says.trim() === "").map((one) => one.name);
    expect({ name, says: says.trim() !== "", silent }).toEqual({ name, says: true, silent: [] });
    expect(new Set(columns.map((one) => one.name)).size).toBe(columns.length);
  }
  expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
});
