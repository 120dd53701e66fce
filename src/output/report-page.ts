import type { Page } from "../engine/page.ts";
import type { Language } from "../model/language.ts";
import { capitalised } from "../model/phrases.ts";
import { answersHtml, sectionsHtml } from "./answers-html.ts";
import { notesHtml } from "./html.ts";
import { htmlPage } from "./html-page.ts";
import { escapeXml } from "./svg.ts";
import { tongueOf } from "./tongue.ts";
import { WORDS } from "./words.ts";

/** What a page needs to answer its reader's questions by itself. */
export interface AnsweringPart {
  readonly register: string;
  /** What else a script in the page must know. */
  readonly asked: object;
  readonly script: string;
}

/**
 * Data for the page's script. `<` is escaped, so that nothing in it acts as markup. In JSON, this sign stands in
 * strings alone.
 */
const dataHtml = (id: string, type: string, json: string): string =>
  `<script type="${type}" id="${id}">${json.replaceAll("<", "\\u003c")}</script>\n`;

/** The words of the page's language, for its script. English needs none. */
const wordsFor = (language: Language): { readonly words?: readonly (readonly [english: string, said: string])[] } =>
  language === "en"
    ? {}
    : { words: WORDS.map(([english, french, german]) => [english, language === "fr" ? french : german]) };

const EXAMPLE = "supplier:name ceiling:1M.. latestEnd:..2027";

const askHtml = (asked: string, said: (english: string) => string): string => `<form id="ask" role="search" hidden>
<label for="query">${said("Ask for some of it")}</label>
<div class="line"><input id="query" type="text" value="${escapeXml(asked)}" spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="how told"><button>${said("Ask")}</button></div>
<p id="how" class="faint">${said(`In the language of lotbook’s queries, such as ${EXAMPLE}, or nothing for all. Nothing leaves this page.`)}</p>
<div id="told" role="alert"></div>
</form>
<noscript><p class="faint">${said("Where scripts may run, this page answers questions, too.")}</p></noscript>
`;

/**
 * A report as one page: the sections that have something to say, and links to them. It answers questions if it is given
 * what that takes. Otherwise it shows `why` it does not.
 */
export const reportPage = async (
  { title, asked, answers, whole, notes }: Page,
  answering: AnsweringPart | { readonly why: string },
  language: Language = "en",
): Promise<string> => {
  const tongue = tongueOf(language);
  const said = (english: string): string => escapeXml(tongue.say(english));
  const [shown, rest] = [await answersHtml(answers, tongue), await sectionsHtml(whole, tongue)];
  const name = title ?? answers.title ?? tongue.say(answers.count);
  const canAnswer = "script" in answering;
  const data = canAnswer
    ? dataHtml("asked", "application/json", JSON.stringify({ ...answering.asked, ...wordsFor(language) })) +
      dataHtml("register", "application/jsonl", answering.register)
    : "";
  const ask = canAnswer
    ? askHtml(asked, said)
    : answering.why === ""
      ? ""
      : `<p class="faint">${said(answering.why)}</p>\n`;
  return htmlPage({
    title: name,
    language,
    script: canAnswer ? answering.script : undefined,
    body: `<header>
<h1>${escapeXml(name)}</h1>
${ask}<nav aria-label="${said("Sections")}"><ul id="links">${shown.link}</ul><ul>${rest.link}</ul></nav>
</header>
<main>
<div id="answers">
${shown.html}</div>
${rest.html}${notesHtml(notes().map(capitalised), tongue)}</main>
${data}`,
  });
};
