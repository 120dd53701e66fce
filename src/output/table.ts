import type { Report, Summary } from "../engine/report.ts";
import { capitalised } from "../model/capitalised.ts";
import { formatMoney, unitOf } from "../model/money.ts";
import { aligned } from "./aligned-amounts.ts";
import type { Surface } from "./format.ts";
import { paragraph } from "./paragraph.ts";
import { drawRows, drawTable, listOf, ruleOf, type TextRow } from "./table-drawing.ts";
import { type Layout, layOut, measureRows, rightEdge, textsOf, widened } from "./table-layout.ts";
import type { Measure } from "./text-width.ts";
import { visibleColumns } from "./visible-columns.ts";

/**
 * A light table: headings, one rule, numbers to the right, amounts of unlike precision with like digits below each other.
 * On a terminal it fits the width: names end in `…`, other texts are broken, and columns that say least go; no figure, date
 * or id is ever broken. Below 50 columns each row becomes a short list where the table does not fit. The first rows, as many
 * as a person looks at, settle the layout; the rest, however many, follow in it, and it grows with them where there is no
 * terminal to fit.
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
