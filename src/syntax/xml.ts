import type { Finding, Position } from "../model/errors.ts";
import { findingAt, positionsIn, type TextIssue } from "./plain.ts";
import { MAX_LENGTH, type XmlElement } from "./xml/element.ts";
import type { KeepElement } from "./xml/names.ts";
import { quickScan } from "./xml/quick-scan.ts";
import { MOST_ISSUES, TreeBuilder, tagStart } from "./xml/tree-builder.ts";

export interface XmlDocument {
  readonly root: XmlElement;
  /** Where an element's start tag stands. */
  readonly locate: (element: XmlElement) => Position;
}

const keepAll: KeepElement = () => true;

/**
 * Reads a document of XML 1.0 with namespaces into a tree of the elements that `keep` asks for. The root is always
 * kept. Documents that are not well-formed are refused, with the place of each mistake. So are DOCTYPEs, and with them
 * entities of one's own, and documents that are too deep, too long, or have too many elements.
 */
export const readXml = (
  text: string,
  file: string,
  keep: KeepElement = keepAll,
): { readonly document: XmlDocument } | { readonly findings: readonly Finding[] } => {
  const positionAt = positionsIn(text, file);
  const read = text.length > MAX_LENGTH ? { issues: [tooLong] } : build(text, keep);
  if ("issues" in read) return { findings: read.issues.map((issue) => findingAt(issue, positionAt)) };
  return { document: { root: read.root, locate: ({ tagEnd }) => positionAt(tagStart(text, tagEnd)) } };
};

const tooLong: TextIssue = {
  rule: "F9",
  message: `longer than ${MAX_LENGTH / 2 ** 20} million characters`,
  hint: "is it the right file?",
  offset: 0,
};

const build = (
  text: string,
  keep: KeepElement,
): { readonly root: XmlElement } | { readonly issues: readonly TextIssue[] } => {
  const quick = quickScan(text, keep);
  if (quick !== undefined) return { root: quick };
  const strays = strayAmpersands(text, MOST_ISSUES);
  if (strays.length === MOST_ISSUES) return { issues: strays.map(strayIssue) };
  const builder = new TreeBuilder(strays.length === 0 ? text : blankedAt(text, strays), keep);
  builder.build();
  const issues = [...strays.map(strayIssue), ...builder.issues];
  if (builder.root === undefined || issues.length > 0) return { issues: issues.sort((a, b) => a.offset - b.offset) };
  return { root: builder.root };
};

const strayIssue = (offset: number): TextIssue => ({
  rule: "F1",
  message: "this & begins no entity",
  hint: "an ampersand is written &amp;",
  offset,
});

const ENTITY = /&#?[^\s&;<#]+;/y;

/** Where an ampersand stands for itself: how such a section begins, and how it ends. */
const LITERAL: ReadonlyMap<string, string> = new Map([
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
]);

/**
 * The offsets of ampersands that begin no entity, no more than `most` of them. The parser would take everything up to
 * the next semicolon for the name of an entity, and so find fault far below, or at the end of the document.
 */
const strayAmpersands = (text: string, most: number): readonly number[] => {
  let at = text.indexOf("&");
  while (at !== -1 && beginsEntity(text, at)) at = text.indexOf("&", at + 1);
  return at === -1 ? [] : outsideOfLiterals(text, most);
};

const beginsEntity = (text: string, at: number): boolean => {
  ENTITY.lastIndex = at;
  return ENTITY.test(text);
};

const outsideOfLiterals = (text: string, most: number): readonly number[] => {
  const found: number[] = [];
  const next = /<!--|<!\[CDATA\[|<\?|&/g;
  for (let match = next.exec(text); match !== null && found.length < most; match = next.exec(text)) {
    const end = LITERAL.get(match[0]);
    if (end === undefined) {
      if (!beginsEntity(text, match.index)) found.push(match.index);
      continue;
    }
    const closed = text.indexOf(end, next.lastIndex);
    if (closed === -1) break;
    next.lastIndex = closed;
  }
  return found;
};

/** The text with a space in place of the character at each offset. Everything else stays where it stood. */
const blankedAt = (text: string, offsets: readonly number[]): string => {
  const parts: string[] = [];
  let from = 0;
  for (const offset of offsets) {
    parts.push(text.slice(from, offset));
    from = offset + 1;
  }
  return [...parts, text.slice(from)].join(" ");
};
