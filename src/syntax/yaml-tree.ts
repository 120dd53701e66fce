/**
 * A layout is a tree with comments: YAML is read with all that is worth keeping, because the parser's own writer moves
 * comments and folds lines. `writers/` puts the keys in the order of the JSON Schema and prints the tree. What was
 * printed is read again before it is written to a file: it must say the same, with the same comments.
 */

import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** A single value as it is written, with what it says. */
export interface YamlText {
  readonly kind: "text";
  readonly form: "plain" | "quoted" | "literal" | "folded";
  /**
   * The text as it stands in the file. Of a literal or folded one this is its mark and the lines below, with their
   * indentation.
   */
  readonly source: string;
  readonly value: string;
}

/** An item of a list, or the value of a key, with the comments that belong to it. */
export interface YamlItem {
  readonly above: readonly Remark[];
  readonly spaced: boolean;
  /** The comment that ends its line. */
  readonly beside: string | undefined;
  readonly value: YamlTree;
}

export interface YamlEntry extends YamlItem {
  readonly key: YamlText;
}

interface YamlCollection<Item> {
  readonly flow: boolean;
  readonly items: readonly Item[];
  /** The comments after its last item. */
  readonly below: readonly Remark[];
}

export interface YamlList extends YamlCollection<YamlItem> {
  readonly kind: "list";
}

export interface YamlMap extends YamlCollection<YamlEntry> {
  readonly kind: "map";
}

/**
 * What a YAML text says, and how it is written where that is worth keeping: comments, empty lines, brackets, quotes.
 */
export type YamlTree = YamlText | YamlList | YamlMap;

/**
 * Reads a text that `readYaml` has found good, with its comments. Each comment belongs to what it stands beside, to the
 * next item of its own depth, or to the end of a list or map.
 */
export const readYamlTree = (text: string): YamlTree => {
  const { contents } = parseDocument(text, {
    version: "1.2",
    schema: "failsafe",
    stringKeys: true,
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: "silent",
  });
  const builder = new Builder(text);
  const tree = builder.tree(contents, undefined);
  attachComments(text, builder.places);
  return tree;
};

const NOTHING: YamlText = { kind: "text", form: "plain", source: "", value: "" };

/** Builds the tree, and notes where its items stand, in the order of the text. */
class Builder {
  readonly places: Place[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  tree(node: unknown, parent: Place | undefined): YamlTree {
    if (isMap(node)) return this.#map(node, parent);
    if (isSeq(node)) return this.#list(node, parent);
    return isScalar(node) ? this.#textOf(node) : NOTHING;
  }

  #map(node: YAMLMap, parent: Place | undefined): YamlMap {
    const collection = this.#collection(node, parent);
    const items = node.items.map((pair) => {
      const key = isScalar(pair.key) ? this.#textOf(pair.key) : NOTHING;
      const place = this.#place(collection, startOfPair(pair), pair.value, "entry");
      return Object.assign(place.remarks, { key, value: this.tree(pair.value, place) });
    });
    return { kind: "map", flow: collection.flow, items, below: collection.below };
  }

  #list(node: YAMLSeq, parent: Place | undefined): YamlList {
    const collection = this.#collection(node, parent);
    const items = node.items.map((item, index) => {
      const place = this.#place(collection, startOfItem(node, index), item, "item");
      return Object.assign(place.remarks, { value: this.tree(isPair(item) ? undefined : item, place) });
    });
    return { kind: "list", flow: collection.flow, items, below: collection.below };
  }

  #collection(node: YAMLMap | YAMLSeq, parent: Place | undefined): Collection {
    const [start, end] = node.range ?? [0, 0];
    const column = start - (this.#text.lastIndexOf("\n", start - 1) + 1);
    return { flow: node.flow === true, start, end, column, below: [], parent };
  }

  #place(collection: Collection, start: number, value: unknown, kind: Place["kind"]): Place {
    const remarks: Remarks = { above: [], spaced: false, beside: undefined };
    const place = { kind, collection, start, valueStart: startOf(value) ?? start, remarks };
    this.places.push(place);
    return place;
  }

  #textOf({ value, type, range, source = "" }: Scalar): YamlText {
    const [start, end] = range ?? [0, 0];
    const written = this.#text.slice(start, end);
    const said = typeof value === "string" ? value : source;
    if (type === "BLOCK_LITERAL") return { kind: "text", form: "literal", source: written, value: said };
    if (type === "BLOCK_FOLDED") return { kind: "text", form: "folded", source: written, value: said };
    return { kind: "text", form: type === "PLAIN" ? "plain" : "quoted", source: written, value: said };
  }
}

const startOf = (node: unknown): number | undefined =>
  isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;

const startOfPair = ({ key, value }: Pair): number => startOf(key) ?? startOf(value) ?? 0;

/** Where the dash of an item stands; in brackets the item itself. */
const startOfItem = (list: YAMLSeq, index: number): number => {
  const token = list.srcToken;
  const dash =
    token?.type === "block-seq" ? token.items[index]?.start.find(({ type }) => type === "seq-item-ind") : undefined;
  return dash?.offset ?? startOf(list.items[index]) ?? 0;
};

/** A comment on a line of its own, from its # on, and whether an empty line stands above it. */
export interface Remark {
  readonly text: string;
  readonly spaced: boolean;
}

/** The comments on an item or entry, and whether an empty line stands above it. */
interface Remarks {
  readonly above: Remark[];
  spaced: boolean;
  beside: string | undefined;
}

interface Collection {
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
  /** The column of its items, from 0. It means nothing for a collection in brackets. */
  readonly column: number;
  readonly below: Remark[];
  /** The item or entry whose value it is. */
  readonly parent: Place | undefined;
}

interface Place {
  readonly kind: "item" | "entry";
  readonly collection: Collection;
  readonly start: number;
  readonly valueStart: number;
  readonly remarks: Remarks;
}

/** A comment, from its # to the end of the line. */
interface Comment {
  readonly text: string;
  readonly offset: number;
}

/** The items between which a comment stands. */
interface Between {
  readonly previous: Place | undefined;
  readonly next: Place | undefined;
}

/**
 * Gives every comment of a text to one of its items, and notes which items follow an empty line. The items must come in
 * the order of the text.
 */
const attachComments = (text: string, places: readonly Place[]): void => {
  for (const { remarks, start } of places) remarks.spaced = followsEmptyLine(text, start);
  let index = 0;
  for (const comment of commentsIn(text)) {
    while ((places[index]?.start ?? Number.POSITIVE_INFINITY) < comment.offset) index++;
    const between = { previous: places[index - 1], next: places[index] };
    if (standsAlone(text, comment)) attachLine(text, comment, between);
    else attachBeside(comment, between);
  }
};

/** Marks that the lexer puts between the parts of a text. They are no part of the text. */
const MARKERS = ["\u0002", "\u0018", "\u001f"];
const SCALAR_FOLLOWS = "\u001f";

/** Every comment of a text that is well-formed. */
export const commentsIn = (text: string): readonly Comment[] => {
  const comments: Comment[] = [];
  let offset = 0;
  let before = "";
  for (const part of new Lexer().lex(text)) {
    const scalar = before === SCALAR_FOLLOWS;
    before = scalar ? "" : part;
    if (!scalar && MARKERS.includes(part)) continue;
    if (!scalar && part.startsWith("#")) comments.push({ text: part.trimEnd(), offset });
    offset += part.length;
  }
  return comments;
};

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const followsEmptyLine = (text: string, offset: number): boolean => {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(lineStart(text, start - 1), start).trim() === "";
};

/** A comment after the mark that begins or ends a document belongs to no item of that line. */
const standsAlone = (text: string, { offset }: Comment): boolean =>
  ["", "---", "..."].includes(text.slice(lineStart(text, offset), offset).trim());

/**
 * Gives a comment at the end of a line to the item before it. If that item stands in brackets that have closed before
 * the comment, it is given to the item or entry whose value the brackets are.
 */
const attachBeside = ({ text, offset }: Comment, { previous, next }: Between): void => {
  let place = previous;
  while (place?.collection.flow && place.collection.end <= offset) place = place.collection.parent;
  if (place !== undefined && place.remarks.beside === undefined) place.remarks.beside = text;
  else (place ?? next)?.remarks.above.push({ text, spaced: false });
};

const attachLine = (text: string, comment: Comment, between: Between): void => {
  const remark = { text: comment.text, spaced: followsEmptyLine(text, comment.offset) };
  const indent = /^ */.exec(text.slice(lineStart(text, comment.offset), comment.offset))?.[0].length ?? 0;
  remarksFor(indent, comment.offset, between).push(remark);
};

/** Where a comment on a line of its own goes: above the next item, or to the end of a list or map that is deeper in. */
const remarksFor = (column: number, offset: number, { previous, next }: Between): Remark[] => {
  if (previous === undefined) return next?.remarks.above ?? [];
  const opened = next?.collection.parent === previous ? next.collection : undefined;
  const beforeValue = offset < previous.valueStart;
  if (beforeValue && (opened === undefined || opened.flow || previous.kind === "item")) return previous.remarks.above;
  const open = [...(opened === undefined ? [] : [opened]), ...openAt(offset, previous)];
  const holding = open.find((one) => one.flow || one.column <= column) ?? open.at(-1) ?? previous.collection;
  return next !== undefined && isWithin(next.collection, holding) ? next.remarks.above : holding.below;
};

/** The lists and maps that are open at a place, from the inside out. Those in brackets that have closed are not. */
const openAt = (offset: number, previous: Place): readonly Collection[] => {
  const open: Collection[] = [];
  for (let place: Place | undefined = previous; place !== undefined; place = place.collection.parent) {
    if (!place.collection.flow || offset < place.collection.end) open.push(place.collection);
  }
  return open;
};

const isWithin = (collection: Collection, outer: Collection): boolean =>
  collection === outer || (collection.parent !== undefined && isWithin(collection.parent.collection, outer));
