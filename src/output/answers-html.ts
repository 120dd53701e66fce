import type { Answers, Section } from "../engine/page-answers.ts";
import { cellLines } from "./cell-text.ts";
import { htmlPicture, htmlTable } from "./html.ts";
import { escapeXml } from "./svg.ts";

/** A part of a page, and the link that leads to it. */
export interface Shown {
  readonly html: string;
  readonly link: string;
}

const sectionHtml = async ({ id, heading, says, fold, answer, drawing }: Section): Promise<readonly Shown[]> => {
  const { html, rows } = await answer(htmlTable);
  if (rows === 0) return [];
  const picture = drawing === undefined ? "" : await drawing((report) => htmlPicture(report, id));
  const table = fold === undefined ? html : `<details><summary>${escapeXml(fold)}</summary>\n${html}</details>\n`;
  const shown = `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeXml(heading)}</h2>
<p class="faint">${escapeXml(says)}</p>
${picture}${table}</section>
`;
  return [{ html: shown, link: `<li><a href="#${id}">${escapeXml(heading)}</a></li>` }];
};

/** The sections with something to show. */
export const sectionsHtml = async (sections: readonly Section[]): Promise<Shown> => {
  const shown: Shown[] = [];
  for (const section of sections) shown.push(...(await sectionHtml(section)));
  return { html: shown.map(({ html }) => html).join(""), link: shown.map(({ link }) => link).join("") };
};

const figureHtml = ([term, value]: Answers["figures"][number]): string =>
  `<div><dt>${escapeXml(term)}</dt><dd>${cellLines(value).map(escapeXml).join("<br>")}</dd></div>`;

/** What a page says of that which is asked for: the part of it that follows its reader's questions. */
export const answersHtml = async ({ says, figures, sections }: Answers): Promise<Shown> => {
  const { html, link } = await sectionsHtml(sections);
  return {
    html: `<p class="faint">${escapeXml(says)}</p>
<dl class="figures">${figures.map(figureHtml).join("")}</dl>
${html}`,
    link,
  };
};
