import type { Column } from "../engine/report.ts";
import { setOff } from "./column-traits.ts";
import type { Style, Surface } from "./format.ts";
import { type Drawn, type Layout, linesOf, type RowText } from "./table-layout.ts";
import { type Measure, wrap } from "./text-width.ts";

/** What puts a table on paper; what stands where, its layout says. */
export interface Pen<Row> {
  readonly layout: Layout<Row>;
  readonly style: Style;
  readonly measure: Measure;
}

/** A row of a table as texts, with what its cells say of how they look. */
export interface TextRow<Row> {
  readonly row: Row;
  readonly text: RowText;
}

/**
 * What cli-table3 draws: it compares all cells with each other, and measures a text again and again, in a time that grows
 * with the square of their lines and their length. Even in blocks it draws a thousand rows a second, and a hundred thousand are
 * asked for; so what is longer than people read is written line by line, from the same cells.
 */
const MOST_LINES = 60;
const WIDEST = 120;

/** The lines of one row's cells, as they are seen: unlike in width what they measure. */
type Cells = readonly (readonly { readonly plain: string; readonly shown: string }[])[];

const cellsOf = <Row>({ row, text }: TextRow<Row>, { layout, style, measure }: Pen<Row>): Cells =>
  linesOf(layout, text, measure).map((lines, index) => {
    const column = layout.columns[index]?.column;
    const set = column === undefined ? (plain: string) => plain : setOff(column, column.cell(row), style);
    return lines.map((plain) => ({ plain, shown: plain === "" ? "" : set(plain) }));
  });

const headOf = <Row>({ layout, style }: Pen<Row>): readonly Cells[] => {
  if (!layout.headed) return [];
  const headings = layout.columns.map(({ heading }) =>
    heading.map((plain) => ({ plain, shown: plain === "" ? "" : style.heading(plain) })),
  );
  const rules = layout.columns.map(({ width }) => [{ plain: ruleOf(width), shown: style.dim(ruleOf(width)) }]);
  return [headings, rules];
};

export const ruleOf = (width: number): string => "─".repeat(width);

/** The head of a table and its first rows. */
export const drawTable = async <Row>(rows: readonly TextRow<Row>[], pen: Pen<Row>): Promise<string> => {
  const all = [...headOf(pen), ...rows.map((row) => cellsOf(row, pen))];
  const lines = all.reduce((sum, cells) => sum + heightOf(cells), 0);
  const isLarge = lines > MOST_LINES || pen.layout.columns.some(({ width }) => width > WIDEST);
  return isLarge ? all.map((cells) => written(cells, pen)).join("") : await drawn(all, pen.layout);
};

/** Further rows, however many. */
export const drawRows = <Row>(rows: readonly TextRow<Row>[], pen: Pen<Row>): string =>
  rows.map((row) => written(cellsOf(row, pen), pen)).join("");

const EDGES = ["top", "bottom", "left", "right"] as const;

/** By cli-table3. */
const drawn = async <Row>(all: readonly Cells[], { columns, gap }: Layout<Row>): Promise<string> => {
  const { default: Table } = await import("cli-table3");
  const none = EDGES.flatMap((edge) => [edge, `${edge}-mid`, `${edge}-left`, `${edge}-right`]);
  const table = new Table({
    chars: { ...Object.fromEntries([...none, "mid", "mid-mid"].map((name) => [name, ""])), middle: gap },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: columns.map(({ right }) => (right ? "right" : "left")),
    colWidths: columns.map(({ width }) => Math.max(1, width)),
  });
  for (const cells of all) table.push(cells.map((lines) => lines.map(({ shown }) => shown).join("\n")));
  const lines = table.toString().split("\n");
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
};

const heightOf = (cells: Cells): number => cells.reduce((most, lines) => Math.max(most, lines.length), 1);

/** As {@link drawn}, without a look at other rows. */
const written = <Row>(cells: Cells, { layout, measure }: Pen<Row>): string => {
  return Array.from({ length: heightOf(cells) }, (_, index) => {
    const parts = layout.columns.map((column, place) => padded(cells[place]?.[index], column, measure));
    return `${parts.join(layout.gap).trimEnd()}\n`;
  }).join("");
};

const padded = <Row>(
  { plain, shown }: Cells[number][number] = { plain: "", shown: "" },
  { width, right }: Drawn<Row>,
  measure: Measure,
): string => {
  const space = " ".repeat(Math.max(0, width - measure(plain)));
  return right ? space + shown : shown + space;
};

/** A row as a list of its cells, for terminals too narrow for a table. */
export const listOf = <Row>(
  columns: readonly Column<Row>[],
  { row, text }: TextRow<Row>,
  { style, width = Number.POSITIVE_INFINITY }: Surface,
  measure: Measure,
): string => {
  const items = columns.map((column, index) => {
    const heading = `${column.title === "" ? column.name : column.title}:`;
    const [first = "", ...more] = wrap(`${heading} ${(text[index]?.lines ?? []).join(", ")}`, width, measure);
    const set = column.type === "id" ? (plain: string) => plain : setOff(column, column.cell(row), style);
    return [style.heading(first.slice(0, heading.length)) + set(first.slice(heading.length)), ...more].join("\n");
  });
  return `${items.join("\n")}\n\n`;
};
