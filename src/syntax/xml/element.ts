import { detached } from "../detached.ts";

/**
 * Limits on documents, the first in characters. No notice needs more. A document that exceeds one is refused before it
 * takes all memory.
 */
export const MAX_LENGTH = 64 * 2 ** 20;
export const MAX_DEPTH = 100;
export const MAX_ELEMENTS = 2_000_000;

/** An element of a document. It must not be changed: elements may share attributes, and an empty list of children. */
export interface XmlElement {
  /** Its local name, without a prefix. */
  readonly name: string;
  /** The URI of its namespace; empty for none. */
  readonly namespace: string;
  /** The values of its attributes, by the names as they were written, prefixes included. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** The elements directly in it that were asked for. */
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

/** Follows a path of names from an element, by the first element of the name at each step. */
export const descend = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined => {
  let found = element;
  for (const name of path) found = childOf(found, name);
  return found;
};

/** A text with each run of white space, no-break spaces included, as one space, and with none at its ends (R-WS). */
export const plainText = (text: string): string =>
  /\s/.test(text) ? text.replace(/\s+/g, " ").trim() : detached(text);

/** The {@link plainText} of an element and of all elements in it, in the order in which they stand. */
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
