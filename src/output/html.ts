import { createHash } from "node:crypto";
import type { Column, Report, Summary } from "../engine/report.ts";
import { capitalised } from "../model/capitalised.ts";
import { formatMoney } from "../model/money.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import { pictureOf } from "./picture.ts";
import { DARK_RULES, escapeXml } from "./svg.ts";
import { visibleColumns } from "./visible-columns.ts";

/**
 * Pages that need nothing else and may do nothing: no script, no font, nothing to load, and a policy that forbids it all. For
 * screens of any width, for print, for light and dark grounds, and for those who listen to them.
 */

const STYLE = `:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--faint:#595959;--line:#d5d5d5;--band:#f3f6fa;--link:#1f5fa8;--mark:#b3261e}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--text:#ececec;--faint:#a8a8a8;--line:#3b3e42;--band:#1f2429;--link:#7db3ee;--mark:#ff8a80}}
*{box-sizing:border-box}
figure{margin:.5rem 0;overflow-x:auto}
body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line)}
p{margin:.5rem 0;max-width:46rem}
.faint,caption{color:var(--faint)}
a{color:var(--link)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
dl.figures{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1rem 0}
dl.figures dt{color:var(--faint)}
dl.figures dd{margin:0;font-size:1.5rem;font-weight:600}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.25rem 0}
th,td{padding:.35rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
thead th{border-bottom:2px solid var(--text);white-space:nowrap}
tbody tr:nth-child(even){background:var(--band)}
tfoot td,tfoot th{border-top:2px solid var(--text);border-bottom:0;font-weight:600}
.number{text-align:right;white-space:nowrap}
.withheld,.missing{color:var(--faint);font-style:italic}
ul.notes{padding-left:1.2rem;max-width:46rem}
summary{cursor:pointer;color:var(--link)}
svg{min-width:40rem;max-width:100%;height:auto}
@media print{svg{min-width:0}body{max-width:none;padding:0;font-size:9pt}nav,summary{display:none}h2{break-after:avoid}tr,svg,figure{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}@page{size:A4;margin:15mm}}
${DARK_RULES}`;

const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** A page with a title, in a language. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;

const cellHtml = <Row>({ type, cell }: Column<Row>, row: Row, isHead: boolean): string => {
  const text = cellLines(cell(row)).map(escapeXml).join("<br>");
  if (isHead) return `<th scope="row">${text}</th>`;
  return isNumeric(type) ? `<td class="number">${text}</td>` : `<td>${text}</td>`;
};

const headHtml = <Row>({ title, name, type }: Column<Row>): string =>
  `<th scope="col"${isNumeric(type) ? ' class="number"' : ""}>${escapeXml(title === "" ? name : title)}</th>`;

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
  `<figure>${await pictureOf(report, `${id}-`)}</figure>\n`;

/** Any answer as a page of its own. */
export async function* formatHtml<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { html } = await htmlTable(report);
  yield htmlPage("lotbook", `<main>\n${html}</main>`);
}
