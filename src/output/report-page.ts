import type { Page, Section } from "../engine/page.ts";
import { cellLines } from "./cell-text.ts";
import { type Fragment, htmlPage, htmlPicture, htmlTable, notesHtml } from "./html.ts";
import { escapeXml } from "./svg.ts";

const tableOf = async ({ answer }: Section): Promise<Fragment> => answer(htmlTable);

const pictureIn = async ({ id, drawing }: Section): Promise<string> =>
  drawing === undefined ? "" : await drawing((report) => htmlPicture(report, id));

/** A section with something to show, and nothing of one without. */
const sectionHtml = async (section: Section): Promise<string> => {
  const { id, heading, says, fold } = section;
  const { html, rows } = await tableOf(section);
  if (rows === 0) return "";
  const picture = await pictureIn(section);
  const shown = fold !== undefined ? `<details><summary>${escapeXml(fold)}</summary>\n${html}</details>\n` : html;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeXml(heading)}</h2>
<p class="faint">${escapeXml(says)}</p>
${picture}${shown}</section>
`;
};

const figureHtml = ([term, value]: Page["figures"][number]): string =>
  `<div><dt>${escapeXml(term)}</dt><dd>${cellLines(value).map(escapeXml).join("<br>")}</dd></div>`;

/** A report on what there is, as one page: the sections that have something to say, and where to find each. */
export const reportPage = async ({ title, says, figures, sections, notes }: Page): Promise<string> => {
  const shown: { readonly section: Section; readonly html: string }[] = [];
  for (const section of sections) {
    const html = await sectionHtml(section);
    if (html !== "") shown.push({ section, html });
  }
  const links = shown.map(({ section: { id, heading } }) => `<li><a href="#${id}">${escapeXml(heading)}</a></li>`);
  return htmlPage(
    title,
    `<header>
<h1>${escapeXml(title)}</h1>
<p class="faint">${escapeXml(says)}</p>
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>
</header>
<main>
<dl class="figures">${figures.map(figureHtml).join("")}</dl>
${shown.map(({ html }) => html).join("")}${notesHtml(notes())}</main>`,
  );
};
