import type { Answers, Section } from "../engine/page-answers.ts";
import { addAll } from "../model/lists.ts";
import { htmlPicture, htmlTable } from "./html.ts";
import { escapeXml } from "./svg.ts";
import type { Tongue } from "./tongue.ts";

/** A part of a page, and the link that leads to it. */
interface Shown {
  readonly html: string;
  readonly link: string;
}

const sectionHtml = async (section: Section, tongue: Tongue): Promise<readonly Shown[]> => {
  const { id, fold, answer, drawing } = section;
  const { html, rows } = await answer((report) => htmlTable(report, tongue));
  if (rows === 0) return [];
  const said = (english: string): string => escapeXml(tongue.say(english));
  const [heading, says] = [said(section.heading), said(section.says)];
  const picture = drawing === undefined ? "" : await drawing((report) => htmlPicture(report, id, tongue));
  const table = fold === undefined ? html : `<details><summary>${said(fold)}</summary>\n${html}</details>\n`;
  const shown = `<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
<p class="faint">${says}</p>
${picture}${table}</section>
`;
  return [{ html: shown, link: `<li><a href="#${id}">${heading}</a></li>` }];
};

export const sectionsHtml = async (sections: readonly Section[], tongue: Tongue): Promise<Shown> => {
  const shown: Shown[] = [];
  for (const section of sections) addAll(shown, await sectionHtml(section, tongue));
  return { html: shown.map(({ html }) => html).join(""), link: shown.map(({ link }) => link).join("") };
};

const figureHtml = ([term, value]: Answers["figures"][number], { say, lines }: Tongue): string =>
  `<div><dt>${escapeXml(say(term))}</dt><dd>${lines(value).map(escapeXml).join("<br>")}</dd></div>`;

/** The part of a page that answers its reader's questions. */
export const answersHtml = async ({ says, figures, sections }: Answers, tongue: Tongue): Promise<Shown> => {
  const { html, link } = await sectionsHtml(sections, tongue);
  return {
    html: `<p class="faint">${escapeXml(tongue.say(says))}</p>
<dl class="figures">${figures.map((figure) => figureHtml(figure, tongue)).join("")}</dl>
${html}`,
    link,
  };
};
