import type { Section } from "../engine/page-answers.ts";
import type { Report } from "../engine/report.ts";
import { addUnder } from "../model/add-under.ts";
import { escapeHidden } from "../model/hidden-characters.ts";
import type { InputFile } from "../model/input-file.ts";
import type { Assumption } from "../model/publication.ts";
import { formatJson } from "./json.ts";
import { escapeLine, escapeMarkdown, formatMarkdown } from "./markdown.ts";

/** What was asked, in words that can be asked again. */
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

/** All that goes into a pack. */
export interface Evidence {
  readonly version: string;
  readonly asked: Asked;
  readonly inputs: readonly InputFile[];
  readonly sections: readonly Section[];
  /** What was assumed, once all has been read. */
  readonly assumptions: () => readonly Assumption[];
}

/** In which forms evidence is written. Only JSON is derived again. */
export const PACK_FORMATS = ["json", "markdown"] as const;
export type PackFormat = (typeof PACK_FORMATS)[number];

/** How packs are laid out: a number that grows where it changes. */
const LAYOUT = 1;

const json = (value: unknown): string => escapeHidden(JSON.stringify(value));

const linesOf = (items: readonly unknown[]): string =>
  items.length === 0 ? "[]" : `[\n${items.map((item) => json(item)).join(",\n")}\n]`;

/** The rows of an answer, a line each, and what must be known to read them. */
const answerJson = async <Row>(report: Report<Row>): Promise<string> => {
  const rows: string[] = [];
  for await (const text of formatJson(report)) rows.push(text);
  return `"rows": ${rows.join("").trimEnd()},\n"notes": ${linesOf(report.closing().notes)}`;
};

/** A pack as JSON: the same bytes from the same inputs, wherever and whenever it is made. */
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

const answerMarkdown = async <Row>(report: Report<Row>): Promise<string> => {
  const { shape: _, ...table } = report;
  const pieces: string[] = [];
  for await (const text of formatMarkdown(table)) pieces.push(text);
  return pieces.join("");
};

/** The same for people, with what it rests on first. */
export const packMarkdown = async ({ version, asked, inputs, sections, assumptions }: Evidence): Promise<string> => {
  const parts = [
    `# Evidence as of ${asked.day}\n`,
    `Made by lotbook ${version}${asked.query === "" ? "" : `; asked for: ${escapeMarkdown(asked.query)}`}.\n`,
    "## Inputs\n",
    "| File | Bytes | SHA-256 |\n| --- | --: | --- |",
    ...inputs.map(({ file, bytes, sha256 }) => `| ${escapeMarkdown(file)} | ${bytes} | \`${sha256}\` |`),
    "",
  ];
  for (const { heading, says, answer } of sections)
    parts.push(`## ${escapeMarkdown(heading)}\n`, `${escapeMarkdown(says)}\n`, await answer(answerMarkdown));
  const assumed = assumptions().flatMap(({ rule, first }) =>
    first.map(({ text }) => `- ${escapeLine(`${rule}: ${text}`)}`),
  );
  if (assumed.length > 0) parts.push("## What was assumed\n", assumed.join("\n"), "");
  return `${parts.join("\n").trimEnd()}\n`;
};

/** Where two packs differ: in what part, and with which lines. */
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

/** How a pack differs from the one that is derived now, part by part; nothing where they are the same but for their layout. */
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
