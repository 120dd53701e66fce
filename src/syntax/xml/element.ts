import { detached } from "../detached.ts";

/** More than any notice needs; what goes beyond is refused before it takes all memory. */
export const MAX_LENGTH = 64 * 2 ** 20;
export const MAX_DEPTH = 100;
export const MAX_ELEMENTS = 2_000_000;

/** An element of a document; nothing of it may be changed. */
export interface XmlElement {
  /** Its local name, without a prefix. */
  readonly name: string;
  /** The URI of its namespace; empty for none. */
  readonly namespace: string;
  /** By the names as they were written, prefixes included. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** Those elements in it that were asked for. */
  readonly children: readonly XmlElement[];
  /** Its own characters, entities and CDATA decoded, without those of the elements in it. */
  readonly text: string;
  /** How much of its parent's text stands before it. */
  readonly textBefore: number;
  /** Where its start tag ends in the document. */
  readonly tagEnd: number;
}

/** The first element of a name in another; undefined where there is none, or nothing to look in. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined => {
  if (element === undefined) return undefined;
  for (const child of element.children) if (child.name === name) return child;
  return undefined;
};

/** All elements of a name in another. */
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] => {
  const found: XmlElement[] = [];
  if (element === undefined) return found;
  for (const child of element.children) if (child.name === name) found.push(child);
  return found;
};

/** The first element at the end of a path of names; the first at each step. */
export const descend = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined => {
  let found = element;
  for (const name of path) found = childOf(found, name);
  return found;
};

/** Characters as they are read: runs of white space, no-break spaces included, are one space, and none at the ends (R-WS). */
export const plainText = (text: string): string =>
  /\s/.test(text) ? text.replace(/\s+/g, " ").trim() : detached(text);

/** {@link plainText} of an element and of all elements in it, in the order in which they stand. */
export const textOf = (element: XmlElement): string =>
  plainText(element.children.length === 0 ? element.text : wholeText(element));

const wholeText = ({ text, children }: XmlElement): string => {
  const parts: string[] = [];
  let from = 0;
  for (const child of children) {
    parts.push(text.slice(from, child.textBefore), wholeText(child));
    from = child.textBefore;
  }
  return parts.join("") + text.slice(from);
};
