import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { attachComments, type Collection, type Place, type Remark, type Remarks } from "./yaml-comments.ts";

/** A single value as it is written, with what it says. */
export interface YamlText {
  readonly kind: "text";
  readonly form: "plain" | "quoted" | "literal" | "folded";
  /** What stands in the file; of a folded text its mark and the lines below, as they are indented. */
  readonly source: string;
  readonly value: string;
}

/** An item of a list, or the value of a key, with the comments that belong to it. */
export interface YamlItem {
  readonly above: readonly Remark[];
  /** Whether an empty line stands right before it. */
  readonly spaced: boolean;
  /** The comment that ends its line. */
  readonly beside: string | undefined;
  readonly value: YamlTree;
}

export interface YamlEntry extends YamlItem {
  readonly key: YamlText;
}

interface YamlCollection<Item> {
  /** Whether it is written in brackets. */
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

/** What a YAML text says, and how it is written where that is worth keeping: comments, empty lines, brackets, quotes. */
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
