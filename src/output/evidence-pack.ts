/**
 * Evidence is derived again, not believed. A pack has the page's sections as JSON, one row a line, and the checksums of
 * the inputs that they came from (`register/input-files.ts`). `cli/audit.ts` makes it anew and compares the texts. A
 * pack holds its query as printed, so that it names no file, and its paths are followed below the folder only.
 */

import type { Section } from "../engine/page-answers.ts";
import type { Report } from "../engine/report.ts";
import { escapeHidden } from "../model/hidden-characters.ts";
import type { InputFile } from "../model/input-file.ts";
import { addUnder } from "../model/lists.ts";
import type { Assumption } from "../model/publication.ts";
import { htmlPicture, htmlTable, notesHtml } from "./html.ts";
import { htmlPage } from "./html-page.ts";
import { formatJson } from "./json.ts";
import { escapeLine, escapeMarkdown, formatMarkdown } from "./markdown.ts";
import { escapeXml } from "./svg.ts";
import { ENGLISH } from "./tongue.ts";

export interface Asked {
  /** The day of the answer: 2025-06-30. */
  readonly day: string;
  readonly query: string;
  readonly data: readonly string[];
  readonly aliases: readonly string[];
  readonly contracts: readonly string[];
  readonly lots: readonly string[];
  readonly suppliers: readonly string[];
  readonly prefer: string;
  readonly skipBad: boolean;
}

export interface Evidence {
  readonly version: string;
  readonly asked: Asked;
  readonly inputs: readonly InputFile[];
  readonly sections: readonly Section[];
  readonly assumptions: () => readonly Assumption[];
}

/** The formats of evidence. Only JSON can be derived again. */
export const PACK_FORMATS = ["json", "markdown", "html"] as const;
export type PackFormat = (typeof PACK_FORMATS)[number];

/** The version of the layout of packs. It grows with each change. */
const LAYOUT = 1;

const json = (value: unknown): string => escapeHidden(JSON.stringify(value));

const linesOf = (items: readonly unknown[]): string =>
  items.length === 0 ? "[]" : `[\n${items.map((item) => json(item)).join(",\n")}\n]`;

/** The rows of an answer, one a line, and its notes. */
const answerJson = async <Row>(report: Report<Row>): Promise<string> => {
  const rows: string[] = [];
  for await (const text of formatJson(report)) rows.push(text);
  return `"rows": ${rows.join("").trimEnd()},\n"notes": ${linesOf(report.closing().notes)}`;
};

export const packJson = async ({ version, asked, inputs, sections, assumptions }: Evidence): Promise<string> => {
  const parts: string[] = [];
  for (const { id, heading, says, answer } of sections)
    parts.push(`{"id": ${json(id)}, "heading": ${json(heading)}, "says": ${json(says)},\n${await answer(answerJson)}}`);
  const assumed = assumptions().map(({ rule, first, count }) => ({ rule, count, first }));
  return [
    `{"pack": ${LAYOUT}, "program": "lotbook", "version": ${json(version)},`,
    `"asked": ${json(asked)},`,
    `"inputs": ${linesOf(inputs)},`,
    `"sections": [\n${parts.join(",\n")}\n],`,
    `"assumed": ${linesOf(assumed)}}`,
    "",
  ].join("\n");
};

const NOTHING = "There is nothing to tell.";

/** The head of a pack for people: its day, the version that made it, and what was asked. */
const aboutOf = ({ version, asked: { day, query, prefer, skipBad, ...among } }: Evidence) => ({
  title: `Evidence as of ${day}`,
  madeBy: `Made by lotbook ${version}.`,
  asked: [
    ["Asked for", query],
    ["Contracts", among.contracts.join(", ")],
    ["Lots", among.lots.join(", ")],
    ["Suppliers", among.suppliers.join(", ")],
    ["Data", among.data.join(", ")],
    ["Suppliers are known from", among.aliases.join(", ")],
    ["Believed first", prefer],
    ["Rows that cannot be read", skipBad ? "left out, and told" : ""],
  ].filter(([, text]) => text !== ""),
});

const assumedIn = ({ assumptions }: Evidence): readonly string[] =>
  assumptions().flatMap(({ rule, first, count }) => [
    ...first.map(({ text }) => `${rule}: ${text}`),
    ...(count > first.length ? [`${rule}: ${count - first.length} more`] : []),
  ]);

const answerMarkdown = async <Row>(report: Report<Row>): Promise<string> => {
  const pieces: string[] = [];
  for await (const text of formatMarkdown(report)) pieces.push(text);
  return pieces.join("") || `${NOTHING}\n`;
};

/** The pack as Markdown for people, with its inputs first. */
export const packMarkdown = async (made: Evidence): Promise<string> => {
  const { title, madeBy, asked } = aboutOf(made);
  const parts = [
    `# ${title}\n`,
    `${madeBy}\n`,
    ...asked.map(([what, text]) => `- ${what}: ${escapeMarkdown(`${text}`)}`),
    "\n## Inputs\n",
    "| File | Bytes | SHA-256 |\n| --- | --: | --- |",
    ...made.inputs.map(({ file, bytes, sha256 }) => `| ${escapeMarkdown(file)} | ${bytes} | \`${sha256}\` |`),
    "",
  ];
  for (const { heading, says, answer } of made.sections)
    parts.push(`## ${escapeMarkdown(heading)}\n`, `${escapeMarkdown(says)}\n`, await answer(answerMarkdown));
  const assumed = assumedIn(made);
  if (assumed.length > 0)
    parts.push(["## What was assumed\n", ...assumed.map((text) => `- ${escapeLine(text)}`), ""].join("\n"));
  return `${parts.join("\n").trimEnd()}\n`;
};

const sectionHtml = (id: string, heading: string, body: string): string =>
  `<section aria-labelledby="${id}">\n<h2 id="${id}">${escapeXml(heading)}</h2>\n${body}</section>\n`;

const inputsHtml = (
  inputs: readonly InputFile[],
): string => `<div class="wide" tabindex="0" role="group" aria-label="Table"><table>
<thead><tr><th scope="col">File</th><th scope="col" class="number">Bytes</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${inputs
  .map(
    ({ file, bytes, sha256 }) =>
      `<tr><th scope="row">${escapeXml(file)}</th><td class="number">${bytes}</td><td><code>${sha256}</code></td></tr>`,
  )
  .join("\n")}
</tbody>
</table></div>
`;

const askedHtml = (asked: readonly (readonly string[])[]): string =>
  asked.length === 0
    ? ""
    : `<ul>${asked.map(([what, text]) => `<li>${escapeXml(`${what}: ${text}`)}</li>`).join("")}</ul>\n`;

/** The pack as a page that needs nothing else and runs nothing, with pictures where there are any. */
export const packHtml = async (made: Evidence): Promise<string> => {
  const { title, madeBy, asked } = aboutOf(made);
  const parts = [sectionHtml("inputs", "Inputs", inputsHtml(made.inputs))];
  for (const { id, heading, says, answer, drawing } of made.sections) {
    const { html, rows } = await answer(htmlTable);
    const picture =
      drawing === undefined || rows === 0 ? "" : await drawing((report) => htmlPicture(report, id, ENGLISH));
    const body = html === "" ? `<p>${NOTHING}</p>\n` : picture + html;
    parts.push(sectionHtml(id, heading, `<p class="faint">${escapeXml(says)}</p>\n${body}`));
  }
  const assumed = assumedIn(made);
  if (assumed.length > 0) parts.push(sectionHtml("assumed", "What was assumed", notesHtml(assumed)));
  const header = `<header>\n<h1>${escapeXml(title)}</h1>\n<p class="faint">${escapeXml(madeBy)}</p>\n${askedHtml(asked)}</header>`;
  return htmlPage({ title, body: `${header}\n<main>\n${parts.join("")}</main>` });
};

export interface PackDifference {
  /** `inputs`, `asked`, or the id of a section. */
  readonly part: string;
  readonly onlyInPack: readonly string[];
  readonly onlyNow: readonly string[];
}

/** The lines of a pack by the parts that they belong to. */
const partsOf = (pack: string): ReadonlyMap<string, readonly string[]> => {
  const parts = new Map<string, string[]>();
  let part = "program";
  for (const line of pack.split("\n")) {
    part = /^\{"id": "([^"]*)"/.exec(line)?.[1] ?? /^"(asked|inputs|sections|assumed)": /.exec(line)?.[1] ?? part;
    addUnder(parts, part, line.trim().replace(/,$/, ""));
  }
  return parts;
};

/** How a pack differs from the one that is derived now, part by part. Empty if only their layout differs. */
export const packDifferences = (pack: string, now: string): readonly PackDifference[] => {
  const [before, after] = [partsOf(pack), partsOf(now)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((part) => {
    const [were, are] = [before.get(part) ?? [], after.get(part) ?? []];
    const [known, present] = [new Set(were), new Set(are)];
    const difference = {
      part,
      onlyInPack: were.filter((line) => !present.has(line)),
      onlyNow: are.filter((line) => !known.has(line)),
    };
    return difference.onlyInPack.length + difference.onlyNow.length === 0 ? [] : [difference];
  });
};
