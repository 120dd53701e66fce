import type { Column, Report, Summary } from "../engine/report.ts";
import { formatMoney, unitOf } from "../model/money.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import type { Style, Surface } from "./format.ts";
import { paragraph } from "./paragraph.ts";
import { linesWithBars } from "./percent-bar.ts";
import { safeLines, safeText } from "./safe-text.ts";
import { type Measure, measureAll, wrap } from "./text-width.ts";
import { visibleColumns } from "./visible-columns.ts";

/** Between columns; one space where two would not fit. */
const GAPS = ["  ", " "] as const;
const LEAST_WIDTH = 8;

/** One column as it is drawn. */
interface Drawn<Row> {
  readonly column: Column<Row>;
  readonly heading: string;
  readonly right: boolean;
  readonly width: number;
}

/** The columns of a table, and what stands between them. */
interface Layout<Row> {
  readonly columns: readonly Drawn<Row>[];
  readonly gap: string;
}

/** The lines of each cell of one table row. */
type RowLines = readonly (readonly string[])[];

/**
 * A light table: headings, one rule, numbers to the right. On a terminal it fits the width by wrapping text, and
 * where not even that fits each row becomes a short list; nothing is ever cut. The first rows, as many as a person
 * looks at, settle the widths and are drawn by cli-table3; the rest, however many, follow line by line in the same layout,
 * which grows with them where there is no terminal to fit: there no id or figure is ever broken.
 */
export async function* formatTable<Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> {
  const { summarised = () => false, closing } = report;
  const card = report.shape?.kind === "card";
  const { columns: visible, first, rest } = await visibleColumns(report);
  const firstRows = first.filter((row) => !summarised(row));
  const {
    columns,
    bars,
    rows,
    measure,
    layout: fitting,
  } = await firstThatFits(viewsOf(visible, surface), (view) => draftOf(view, firstRows, surface.width, card));
  let layout = fitting;
  if (rows.length > 0) {
    if (layout !== undefined) yield await drawTable(layout, rows, surface.style, measure, !card);
    else yield rows.map(listRows(columns, surface, measure)).join("");
  }
  let later = 0;
  for await (const batch of rest) {
    const more = batch.filter((row) => !summarised(row)).map((row) => linesOf(columns, row, bars));
    const measureMore = await measureAll(more.flat(2));
    if (layout !== undefined && surface.width === undefined) layout = widen(layout, more, measureMore);
    const draw =
      layout === undefined ? listRows(columns, surface, measureMore) : tableRows(layout, surface.style, measureMore);
    later += more.length;
    yield more.map(draw).join("");
  }
  const { summaries, notes } = closing();
  const nothing =
    rows.length + later === 0 && summaries.every(({ amounts }) => amounts.length === 0) && notes.length === 0;
  if (nothing) yield surface.style.dim("Nothing matches.\n");
  yield drawSummaries(summaries, rows.length > 0 ? layout : undefined, surface, measure);
  for (const note of notes) yield paragraph(note, surface, surface.style.warning);
}

/** The columns to show, and whether percentages have bars. */
interface View<Row> {
  readonly columns: readonly Column<Row>[];
  readonly bars: boolean;
}

/** The ways to show a table, the fullest first: where there is no room, bars go, and then what an id tells already. */
const viewsOf = <Row>(columns: readonly Column<Row>[], { terminal }: Surface): readonly [View<Row>, ...View<Row>[]] => {
  if (!terminal) return [{ columns, bars: false }];
  const needed = columns.filter(({ expendable }) => expendable !== true);
  return [
    { columns, bars: true },
    ...(columns.some(({ bar }) => bar === true) ? [{ columns, bars: false }] : []),
    ...(needed.length < columns.length ? [{ columns: needed, bars: false }] : []),
  ];
};

/** A view of the first rows, with a layout where the terminal has room for one. */
interface Draft<Row> extends View<Row> {
  readonly rows: readonly RowLines[];
  readonly measure: Measure;
  readonly layout: Layout<Row> | undefined;
}

const draftOf = async <Row>(
  { columns, bars }: View<Row>,
  first: readonly Row[],
  width: number | undefined,
  card: boolean,
): Promise<Draft<Row>> => {
  const rows = first.map((row) => linesOf(columns, row, bars));
  const measure = await measureAll(rows.flat(2));
  const natural = measureColumns(columns, rows, measure, card);
  const layout = GAPS.map((gap) => fitWidth({ columns: natural, gap }, rows, width, measure)).find(Boolean);
  return { columns, bars, rows, measure, layout };
};

/** The draft of the first view that fits; where none does of the fullest, which is shown as lists. */
const firstThatFits = async <Row>(
  [fullest, ...narrower]: readonly [View<Row>, ...View<Row>[]],
  draft: (view: View<Row>) => Promise<Draft<Row>>,
): Promise<Draft<Row>> => {
  const full = await draft(fullest);
  if (full.layout !== undefined) return full;
  for (const view of narrower) {
    const narrow = await draft(view);
    if (narrow.layout !== undefined) return narrow;
  }
  return full;
};

const linesOf = <Row>(columns: readonly Column<Row>[], row: Row, bars: boolean): RowLines =>
  columns.map(({ cell, bar = false }) =>
    (bars && bar ? linesWithBars : cellLines)(cell(row)).map((line) => safeLines(safeText(line))),
  );

const measureColumns = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly RowLines[],
  measure: Measure,
  card: boolean,
): readonly Drawn<Row>[] =>
  widen(
    {
      gap: "",
      columns: columns.map((column) => ({
        column,
        heading: column.title,
        right: isNumeric(column.type),
        width: card ? 0 : column.title.length,
      })),
    },
    rows,
    measure,
  ).columns;

const widen = <Row>({ columns, gap }: Layout<Row>, rows: readonly RowLines[], measure: Measure): Layout<Row> => ({
  gap,
  columns: columns.map((column, index) => {
    let { width } = column;
    for (const row of rows) for (const line of row[index] ?? []) width = Math.max(width, measure(line));
    return { ...column, width };
  }),
});

const totalWidth = <Row>({ columns, gap }: Layout<Row>): number =>
  columns.reduce((sum, { width }) => sum + width, 0) + gap.length * (columns.length - 1);

/** Narrows text columns, the widest first, until the table fits; undefined where it cannot. */
const fitWidth = <Row>(
  layout: Layout<Row>,
  rows: readonly RowLines[],
  available: number | undefined,
  measure: Measure,
): Layout<Row> | undefined => {
  const excess = available === undefined ? 0 : totalWidth(layout) - available;
  const widths = layout.columns.map(({ width }) => width);
  const least = layout.columns.map((column, index) => leastWidth(column, rows, index, measure));
  for (let left = excess; left > 0; left--) {
    let widest = -1;
    widths.forEach((width, index) => {
      if (width > (least[index] ?? 0) && (widest === -1 || width > (widths[widest] ?? 0))) widest = index;
    });
    if (widest === -1) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const columns = layout.columns.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
  return { ...layout, columns };
};

/** Figures and dates are never broken; text may be, down to a few letters or its longest word. */
const leastWidth = <Row>(
  { column, heading, width }: Drawn<Row>,
  rows: readonly RowLines[],
  index: number,
  measure: Measure,
): number => {
  if (column.type !== "text" && column.type !== "texts" && column.type !== "suppliers" && column.type !== "any")
    return width;
  let word = 0;
  for (const row of rows) {
    for (const line of row[index] ?? []) for (const part of line.split(" ")) word = Math.max(word, measure(part));
  }
  return Math.min(width, Math.max(LEAST_WIDTH, heading.length, Math.min(word, 2 * LEAST_WIDTH)));
};

const styled = <Row>({ column }: Drawn<Row>, line: string, style: Style): string =>
  column.type === "id" && line !== "" ? style.id(line) : line;

const wrapCells = <Row>({ columns }: Layout<Row>, row: RowLines, measure: Measure): string[][] =>
  columns.map(({ width }, index) => (row[index] ?? []).flatMap((line) => wrap(line, width, measure)));

/**
 * What cli-table3 draws: it compares all cells with each other, and measures a text again and again, in a time that grows
 * with the square of their number and length.
 */
const MOST_ROWS = 50;
const WIDEST = 120;

/** The head of the table and its first rows. */
const drawTable = async <Row>(
  layout: Layout<Row>,
  rows: readonly RowLines[],
  style: Style,
  measure: Measure,
  headed: boolean,
): Promise<string> => {
  const { columns, gap } = layout;
  if (rows.length > MOST_ROWS || columns.some(({ width }) => width > WIDEST))
    return drawLargeTable(layout, rows, style, measure, headed);
  const { default: Table } = await import("cli-table3");
  const none = "";
  const table = new Table({
    chars: {
      top: none,
      "top-mid": none,
      "top-left": none,
      "top-right": none,
      bottom: none,
      "bottom-mid": none,
      "bottom-left": none,
      "bottom-right": none,
      left: none,
      "left-mid": none,
      mid: none,
      "mid-mid": none,
      right: none,
      "right-mid": none,
      middle: gap,
    },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: columns.map(({ right }) => (right ? "right" : "left")),
    colWidths: columns.map(({ width }) => Math.max(1, width)),
  });
  if (headed) {
    table.push(columns.map(({ heading }) => style.heading(heading)));
    table.push(columns.map(({ width }) => style.dim("─".repeat(width))));
  }
  for (const row of rows) {
    const cells = wrapCells(layout, row, measure);
    table.push(
      cells.map((lines, index) => {
        const column = columns[index];
        return lines.map((line) => (column === undefined ? line : styled(column, line, style))).join("\n");
      }),
    );
  }
  return `${table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")}\n`;
};

const pad = (line: string, shown: string, width: number, right: boolean, measure: Measure): string => {
  const space = " ".repeat(Math.max(0, width - measure(line)));
  return right ? space + shown : shown + space;
};

/** Draws a row in the layout of {@link drawTable}, without looking at the others. */
const tableRows =
  <Row>(layout: Layout<Row>, style: Style, measure: Measure) =>
  (row: RowLines): string => {
    const cells = wrapCells(layout, row, measure);
    const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1);
    let text = "";
    for (let index = 0; index < height; index++) {
      const line = layout.columns.map((column, place) => {
        const part = cells[place]?.[index] ?? "";
        return pad(part, styled(column, part, style), column.width, column.right, measure);
      });
      text += `${line.join(layout.gap).trimEnd()}\n`;
    }
    return text;
  };

/** As {@link drawTable}, however wide and long it is. */
const drawLargeTable = <Row>(
  layout: Layout<Row>,
  rows: readonly RowLines[],
  style: Style,
  measure: Measure,
  headed: boolean,
): string => {
  const headings = layout.columns.map(({ heading, width, right }) =>
    pad(heading, style.heading(heading), width, right, measure),
  );
  const rules = layout.columns.map(({ width }) => style.dim("─".repeat(width)));
  const head = headed ? [headings, rules].map((cells) => `${cells.join(layout.gap).trimEnd()}\n`).join("") : "";
  return head + rows.map(tableRows(layout, style, measure)).join("");
};

/** A row as a list of its cells, for terminals too narrow for a table. */
const listRows =
  <Row>(columns: readonly Column<Row>[], { style, width = Number.POSITIVE_INFINITY }: Surface, measure: Measure) =>
  (row: RowLines): string => {
    const items = columns.map(({ title, name }, index) => {
      const heading = `${title === "" ? name : title}:`;
      const [first = "", ...more] = wrap(`${heading} ${(row[index] ?? []).join(", ")}`, width, measure);
      return [style.heading(first.slice(0, heading.length)) + first.slice(heading.length), ...more].join("\n");
    });
    return `${items.join("\n")}\n\n`;
  };

/** What stands below the table: totals under their columns where these show them, otherwise on lines of their own. */
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
    layout === undefined ? "" : `${dim(layout.columns.map(({ width }) => "─".repeat(width)).join(layout.gap))}\n`;
  const lines =
    (layout && linesUnderColumns(summaries, layout, measure)) ??
    summaries.flatMap(
      (summary) =>
        (layout && linesUnderColumns([summary], layout, measure)) ??
        summary.amounts.map((money) => ({ label: summary.label, rest: `  ${formatMoney(money)}` })),
    );
  const remarks = summaries.flatMap(({ remark }) =>
    remark === undefined ? [] : paragraph(`${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`, surface, dim),
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
      const figure = formatMoney(money);
      const space = edge - label.length - measure(rest) - measure(figure);
      if (space < layout.gap.length) return undefined;
      rest += " ".repeat(space) + figure;
    }
    lines.push({ label, rest });
  }
  return lines;
};

/** Where a column ends; 0 for one that the table does not show. */
const rightEdge = <Row>(layout: Layout<Row>, name: string): number => {
  const place = layout.columns.findIndex(({ column }) => column.name === name);
  return place === -1 ? 0 : totalWidth({ ...layout, columns: layout.columns.slice(0, place + 1) });
};
