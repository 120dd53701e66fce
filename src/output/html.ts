import type { Column, Report, Summary } from "../engine/report.ts";
import { capitalised } from "../model/capitalised.ts";
import { formatMoney } from "../model/money.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import { pictureOf } from "./picture.ts";
import { escapeXml } from "./svg.ts";
import { visibleColumns } from "./visible-columns.ts";

const cellHtml = <Row>({ type, cell }: Column<Row>, row: Row, isHead: boolean): string => {
  const text = cellLines(cell(row)).map(escapeXml).join("<br>");
  if (isHead) return `<th scope="row">${text}</th>`;
  return `<td${classOf(type)}>${text}</td>`;
};

/** Figures stand to the right, and neither they nor days are broken. */
const classOf = (type: Column<never>["type"]): string =>
  isNumeric(type) ? ' class="number"' : type === "date" ? ' class="date"' : "";

const headHtml = <Row>({ title, name, type }: Column<Row>): string =>
  `<th scope="col"${classOf(type)}>${escapeXml(title === "" ? name : title)}</th>`;

/** The line of a total: its amounts under their column where that is shown, and what must be known of them. */
const footHtml = <Row>(columns: readonly Column<Row>[], { label, column, amounts, remark }: Summary): string => {
  const at = columns.findIndex(({ name }) => name === column);
  const text = amounts.map((amount) => escapeXml(formatMoney(amount))).join("<br>");
  const note = remark === undefined ? "" : ` <span class="faint">${escapeXml(remark)}</span>`;
  if (at < 1) return `<tr><td colspan="${columns.length}">${escapeXml(label)}: ${text}${note}</td></tr>`;
  const rest = columns.length - at - 1;
  const after = rest === 0 ? "" : `<td colspan="${rest}">${note}</td>`;
  return `<tr><th scope="row" colspan="${at}">${escapeXml(label)}${rest === 0 ? note : ""}</th><td class="number">${text}</td>${after}</tr>`;
};

export const notesHtml = (notes: readonly string[]): string =>
  notes.length === 0
    ? ""
    : `<ul class="notes">${notes.map((note) => `<li>${escapeXml(capitalised(note))}</li>`).join("")}</ul>`;

/** A piece of a page, and whether there is anything in it. */
export interface Fragment {
  readonly html: string;
  readonly rows: number;
}

/** A report as a table with headings for those who listen, its totals below, and its notes. */
export const htmlTable = async <Row>(report: Report<Row>): Promise<Fragment> => {
  const { closing, summarised = () => false } = report;
  const { columns, batches } = await visibleColumns(report);
  const lines: string[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      if (summarised(row)) continue;
      lines.push(`<tr>${columns.map((column, index) => cellHtml(column, row, index === 0)).join("")}</tr>`);
    }
  }
  const { summaries, notes } = closing();
  const totals = summaries.filter(({ amounts }) => amounts.length > 0).map((summary) => footHtml(columns, summary));
  const foot = totals.length === 0 ? "" : `<tfoot>${totals.join("")}</tfoot>`;
  const table = `<div class="wide" tabindex="0" role="group" aria-label="Table"><table>
<thead><tr>${columns.map(headHtml).join("")}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>${foot}
</table></div>
`;
  const shown = lines.length === 0 && totals.length === 0 ? "" : table;
  return { html: `${shown}${notesHtml(notes)}`, rows: lines.length };
};

/** A report as a picture within a page, of which the id is its own. */
export const htmlPicture = async <Row>(report: Report<Row>, id: string): Promise<string> =>
  `<figure tabindex="0" role="group" aria-label="Picture">${await pictureOf(report, `${id}-`)}</figure>\n`;
