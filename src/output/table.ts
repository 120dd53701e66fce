import type { Column, Report, Summary } from "../engine/report.ts";
import { formatMoney, unitOf } from "../model/money.ts";
import { capitalised } from "../model/phrases.ts";
import type { Style, Surface } from "./format.ts";
import {
  aligned,
  type Drawn,
  type Layout,
  layOut,
  linesOf,
  measureRows,
  type RowText,
  rightEdge,
  setOff,
  textsOf,
  widened,
} from "./table-layout.ts";
import { type Measure, paragraph, wrap } from "./text-width.ts";
import { visibleColumns } from "./visible-columns.ts";

interface Pen<Row> {
  readonly layout: Layout<Row>;
  readonly style: Style;
  readonly measure: Measure;
}

/** A row of a table as texts, with the row itself, whose cells decide how they look. */
interface TextRow<Row> {
  readonly row: Row;
  readonly text: RowText;
}

/**
 * How large a table cli-table3 draws, in lines and in cells of a column. It compares all cells with each other and
 * measures texts again and again, in a time that grows with the square of their lines and their length. Even in blocks
 * it draws only a thousand rows a second, and answers may have a hundred thousand. So whatever is longer than people
 * read is written line by line, from the same cells.
 */
const MOST_LINES = 60;
const WIDEST = 120;

/** The lines of one row's cells: plain, which is measured, and as shown, which has colours. */
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

const ruleOf = (width: number): string => "─".repeat(width);

const drawTable = async <Row>(rows: readonly TextRow<Row>[], pen: Pen<Row>): Promise<string> => {
  const all = [...headOf(pen), ...rows.map((row) => cellsOf(row, pen))];
  const lines = all.reduce((sum, cells) => sum + heightOf(cells), 0);
  const isLarge = lines > MOST_LINES || pen.layout.columns.some(({ width }) => width > WIDEST);
  return isLarge ? all.map((cells) => written(cells, pen)).join("") : await drawn(all, pen.layout);
};

const drawRows = <Row>(rows: readonly TextRow<Row>[], pen: Pen<Row>): string =>
  rows.map((row) => written(cellsOf(row, pen), pen)).join("");

const EDGES = ["top", "bottom", "left", "right"] as const;

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

/** Like {@link drawn}, without looking at other rows. */
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
const listOf = <Row>(
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

/**
 * A light table: headings, one rule, numbers to the right, amounts of unlike precision with like digits below each
 * other. On a terminal it fits the width: names end in `…`, other texts are broken, and columns that say least are
 * dropped. No figure, date or id is ever broken. Below 50 columns, each row becomes a short list if the table does not
 * fit. The first rows, as many as a person looks at, settle the layout. The rest follow in it, and it grows with them
 * if there is no terminal to fit.
 */
export async function* formatTable<Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> {
  const { summarised = () => false, closing } = report;
  const { columns: visible, first, rest } = await visibleColumns(report);
  const firstRows = first.filter((row) => !summarised(row));
  let layout = await layOut(visible, firstRows, surface, report.shape?.kind !== "card");
  const columns = layout?.columns.map(({ column }) => column) ?? visible;
  const textRow = (row: Row): TextRow<Row> => ({ row, text: textsOf(columns, row, layout?.bars ?? false) });
  const rows = firstRows.map(textRow);
  const measure = await measureRows(rows.map(({ text }) => text));
  const list = (row: TextRow<Row>, by: Measure): string => listOf(columns, row, surface, by);
  if (rows.length > 0 && layout !== undefined) yield await drawTable(rows, { layout, style: surface.style, measure });
  else yield rows.map((row) => list(row, measure)).join("");
  let later = 0;
  for await (const batch of rest) {
    const more = batch.filter((row) => !summarised(row)).map(textRow);
    const texts = more.map(({ text }) => text);
    const by = await measureRows(texts);
    if (layout !== undefined && surface.width === undefined) layout = widened(layout, texts, by);
    later += more.length;
    yield layout === undefined
      ? more.map((row) => list(row, by)).join("")
      : drawRows(more, { layout, style: surface.style, measure: by });
  }
  const { summaries, notes } = closing();
  const isEmpty = rows.length + later === 0;
  if (isEmpty && summaries.every(({ amounts }) => amounts.length === 0) && notes.length === 0)
    yield surface.style.dim("Nothing matches.\n");
  yield drawSummaries(summaries, isEmpty ? undefined : layout, surface, measure);
  for (const note of notes) yield paragraph(note, surface, surface.style.warning);
  if (!isEmpty && layout !== undefined && layout.without.length > 0)
    yield paragraph(`No room for: ${layout.without.join(", ")}.`, surface, surface.style.dim);
}

/** The lines below the table: totals under their columns if these show them, otherwise on lines of their own. */
const drawSummaries = <Row>(
  all: readonly Summary[],
  layout: Layout<Row> | undefined,
  surface: Surface,
  measure: Measure,
): string => {
  const summaries = all.filter(({ amounts }) => amounts.length > 0);
  if (summaries.length === 0) return "";
  const { heading, dim } = surface.style;
  const rule =
    layout === undefined ? "" : `${dim(layout.columns.map(({ width }) => ruleOf(width)).join(layout.gap))}\n`;
  const lines =
    (layout && linesUnderColumns(summaries, layout, measure)) ??
    summaries.flatMap(
      (summary) =>
        (layout && linesUnderColumns([summary], layout, measure)) ??
        summary.amounts.map((money) => ({ label: summary.label, rest: `  ${formatMoney(money)}` })),
    );
  const remarks = summaries.flatMap(({ remark }) =>
    remark === undefined ? [] : paragraph(`${capitalised(remark)}.`, surface, dim),
  );
  return `${rule}${lines.map(({ label, rest }) => `${heading(label)}${rest}\n`).join("")}${remarks.join("")}`;
};

interface SummaryLine {
  readonly label: string;
  readonly rest: string;
}

/** A line for each unit, its figures under their columns; undefined where a figure would not fit there. */
const linesUnderColumns = <Row>(
  summaries: readonly Summary[],
  layout: Layout<Row>,
  measure: Measure,
): readonly SummaryLine[] | undefined => {
  const placed = summaries
    .map((summary) => ({ summary, edge: rightEdge(layout, summary.column) }))
    .sort((a, b) => a.edge - b.edge);
  const units = new Set(summaries.flatMap(({ amounts }) => amounts.map(unitOf)));
  const label = summaries[0]?.label ?? "";
  const lines: SummaryLine[] = [];
  for (const unit of units) {
    let rest = "";
    for (const { summary, edge } of placed) {
      const money = summary.amounts.find((amount) => unitOf(amount) === unit);
      if (money === undefined) continue;
      const alignment = layout.columns.find(({ column }) => column.name === summary.column)?.alignment;
      const figure = aligned(formatMoney(money), alignment);
      const space = edge - label.length - measure(rest) - measure(figure);
      if (space < layout.gap.length) return undefined;
      rest += " ".repeat(space) + figure;
    }
    lines.push({ label, rest: rest.trimEnd() });
  }
  return lines;
};
