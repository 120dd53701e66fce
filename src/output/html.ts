import type { Column, Report, Summary } from "../engine/report.ts";
import { formatMoney } from "../model/money.ts";
import { isNumeric } from "./cell-text.ts";
import { pictureOf } from "./picture.ts";
import { escapeXml } from "./svg.ts";
import { ENGLISH, type Tongue } from "./tongue.ts";
import { visibleColumns } from "./visible-columns.ts";

const cellHtml = <Row>({ name, type, cell }: Column<Row>, row: Row, isHead: boolean, tongue: Tongue): string => {
  const shown = cell(row);
  const text = tongue.lines(shown, name).map(escapeXml).join("<br>");
  if (isHead) return `<th scope="row">${text}</th>`;
  const isWhole = type === "any" && shown?.type === "money";
  return `<td${isWhole ? WHOLE : classOf(type)}>${text}</td>`;
};

/** Figures are aligned to the right. Neither figures nor days are broken. */
const classOf = (type: Column<never>["type"]): string =>
  isNumeric(type) ? ' class="number"' : type === "date" ? WHOLE : "";

const WHOLE = ' class="whole"';

const headHtml = <Row>({ title, name, type }: Column<Row>, { say }: Tongue): string =>
  `<th scope="col"${classOf(type)}>${escapeXml(say(title === "" ? name : title))}</th>`;

/** The line of a total: its amounts, under their column if that is shown, and its remark. */
const footHtml = <Row>(
  columns: readonly Column<Row>[],
  { label: english, column, amounts, remark }: Summary,
  { say, figures, language }: Tongue,
): string => {
  const label = say(english);
  const colon = language === "fr" ? "\u00a0:" : ":";
  const at = columns.findIndex(({ name }) => name === column);
  const text = amounts.map((amount) => escapeXml(figures(formatMoney(amount)))).join("<br>");
  const note = remark === undefined ? "" : ` <span class="faint">${escapeXml(say(remark))}</span>`;
  if (at < 1) return `<tr><td colspan="${columns.length}">${escapeXml(label)}${colon} ${text}${note}</td></tr>`;
  const rest = columns.length - at - 1;
  const after = rest === 0 ? "" : `<td colspan="${rest}">${note}</td>`;
  return `<tr><th scope="row" colspan="${at}">${escapeXml(label)}${rest === 0 ? note : ""}</th><td class="number">${text}</td>${after}</tr>`;
};

/** The notes one by one. A drawing made of letters is one note, whose further lines begin with its signs. */
const drawings = (notes: readonly string[]): readonly string[] =>
  notes
    .join("\n")
    .split(/\n(?![ \u2502]*[\u251C\u2514]|\(|\u2026$)/)
    .filter((note) => note !== "");

/**
 * Notes as a list, with drawings made of letters as they are. What the language has no words for stays in English and
 * is marked so for screen readers.
 */
export const notesHtml = (notes: readonly string[], { knows, say }: Tongue = ENGLISH): string => {
  const item = (note: string) => {
    const lines = note.split("\n");
    const text = lines.map((line) => escapeXml(say(line))).join("\n");
    const language = lines.every(knows) ? "" : ' lang="en"';
    return lines.length > 1 ? `<li${language}><pre>${text}</pre></li>` : `<li${language}>${text}</li>`;
  };
  return notes.length === 0 ? "" : `<ul class="notes">${drawings(notes).map(item).join("")}</ul>`;
};

/** A piece of a page, and whether there is anything in it. */
interface Fragment {
  readonly html: string;
  readonly rows: number;
}

/** A report as a table, with headings for screen readers, its totals below, and its notes. */
export const htmlTable = async <Row>(report: Report<Row>, tongue = ENGLISH): Promise<Fragment> => {
  const { closing, summarised = () => false } = report;
  const { columns, batches } = await visibleColumns(report);
  const lines: string[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      if (summarised(row)) continue;
      lines.push(`<tr>${columns.map((column, index) => cellHtml(column, row, index === 0, tongue)).join("")}</tr>`);
    }
  }
  const { summaries, notes } = closing();
  const totals = summaries
    .filter(({ amounts }) => amounts.length > 0)
    .map((summary) => footHtml(columns, summary, tongue));
  const foot = totals.length === 0 ? "" : `<tfoot>${totals.join("")}</tfoot>`;
  const table = `<div class="wide" tabindex="0" role="group" aria-label="${escapeXml(tongue.say("Table"))}"><table>
<thead><tr>${columns.map((column) => headHtml(column, tongue)).join("")}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>${foot}
</table></div>
`;
  const shown = lines.length === 0 && totals.length === 0 ? "" : table;
  return { html: `${shown}${notesHtml(notes, tongue)}`, rows: lines.length };
};

/**
 * The height that fits on a sheet of paper below a heading, in pixels of pictures. For a taller picture only the table
 * is printed.
 */
const SHEET = 1_200;

const heightOf = (picture: string): number => Number(/ height="(\d+)"/.exec(picture)?.[1]);

/** A report as a picture within a page. The id is unique in the page. */
export const htmlPicture = async <Row>(report: Report<Row>, id: string, tongue: Tongue): Promise<string> => {
  const label = escapeXml(tongue.say("Picture"));
  const picture = await pictureOf(report, { within: `${id}-`, tongue });
  const tall = heightOf(picture) > SHEET ? ' class="tall"' : "";
  return `<figure${tall} tabindex="0" role="group" aria-label="${label}">${picture}</figure>\n`;
};
