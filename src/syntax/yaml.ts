import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import type { Finding } from "../model/errors.ts";
import { madeUnder } from "../model/lists.ts";
import {
  findingAt,
  keyTwiceAt,
  MAX_DEPTH,
  type Part,
  type Path,
  type Plain,
  type PlainDocument,
  positionsIn,
  type TextIssue,
  tooDeepAt,
} from "./plain.ts";

export { commentsIn, readYamlTree } from "./yaml-tree.ts";

/**
 * Reads one YAML document as texts, lists and maps. Nothing is coerced: `NO`, `0042` and `1.10` stay as written.
 * Anchors, aliases, tags, directives, keys that stand twice and nesting past {@link MAX_DEPTH} are refused. All
 * problems of the text come back together, and the document only when there are none.
 */
export const readYaml = (
  text: string,
  file: string,
): { document: PlainDocument } | { findings: readonly Finding[] } => {
  const positionAt = positionsIn(text, file);
  const deep = tooDeep(text);
  if (deep !== undefined) return { findings: [findingAt(deep, positionAt)] };
  const parsed = parseDocument(text, {
    version: "1.2",
    schema: "failsafe",
    stringKeys: true,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    // "silent" would also hide the error about a second document.
    logLevel: "error",
  });
  // What is missing at the end is shown after the last line that says something.
  const end = text.trimEnd().length;
  const issues: TextIssue[] = parsed.errors.map(({ code, message, pos }) => ({
    rule: "F1",
    ...(code === "MULTIPLE_DOCS"
      ? { message: "a second document begins here", hint: "write them as one: without this line, and each list once" }
      : { message: message.split("\n")[0] ?? message, hint: "the file is not well-formed YAML" }),
    offset: Math.min(pos[0], end),
  }));
  const directive = directiveIn(text);
  if (directive !== undefined) issues.push(notAllowed("directives", "remove the line", directive));
  const walker = new Walker(text, issues);
  const value = parsed.contents === null ? "" : walker.plain(parsed.contents, 0);
  if (issues.length > 0) {
    const inOrder = issues.sort((a, b) => a.offset - b.offset);
    return { findings: inOrder.map((issue) => findingAt(issue, positionAt)) };
  }
  const root = parsed.contents;
  const pairIn = keyIndex();
  return {
    document: {
      value,
      locate: (path, part) => positionAt(root === null ? 0 : offsetOf(root, path, part, pairIn)),
    },
  };
};

const MAX_INDENT = 8 * MAX_DEPTH;

/**
 * Finds where brackets or indentation go deeper than any register needs. Deep brackets would make the parser run out of
 * stack.
 */
const tooDeep = (text: string): TextIssue | undefined => {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text[offset];
    if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth--;
    else if (char === "\n" && depth < 0) depth = 0;
    if (depth > MAX_DEPTH) return deepAt(offset);
  }
  // Deep indentation makes the parser build regular expressions that exhaust memory: an abort that nothing can catch.
  const steps = new RegExp(`^(?: *(?:[-?] +){${MAX_DEPTH}}| {${MAX_INDENT}})`, "m").exec(text);
  return steps === null ? undefined : deepAt(steps.index);
};

const deepAt = (offset: number): TextIssue => tooDeepAt(offset, "a register needs far fewer");

const notAllowed = (what: string, hint: string, offset: number): TextIssue => ({
  rule: "F1",
  message: `${what} are not allowed`,
  hint,
  offset,
});

const startOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;

class Walker {
  readonly #text: string;
  readonly #issues: TextIssue[];

  constructor(text: string, issues: TextIssue[]) {
    this.#text = text;
    this.#issues = issues;
  }

  plain(node: unknown, depth: number): Plain {
    if (isAlias(node)) return this.#refuse(notAllowed("aliases", "write the value out", startOf(node)));
    if (isScalar(node)) {
      this.#refuseExtras(node);
      return typeof node.value === "string" ? node.value : (node.source ?? "");
    }
    if (!isSeq(node) && !isMap(node)) return "";
    this.#refuseExtras(node);
    if (depth >= MAX_DEPTH) return this.#refuse(deepAt(startOf(node)));
    return isSeq(node) ? node.items.map((item) => this.plain(item, depth + 1)) : this.#map(node.items, depth);
  }

  #map(items: readonly unknown[], depth: number): Plain {
    const map: Record<string, Plain> = Object.create(null);
    const seen = new Set<string>();
    for (const pair of items) {
      if (!isPair(pair)) continue;
      const key = this.plain(pair.key, depth + 1);
      const offset = isScalar(pair.key) ? startOf(pair.key) : 0;
      if (typeof key !== "string") continue;
      if (seen.has(key)) this.#refuse(keyTwiceAt(offset, key));
      seen.add(key);
      map[key] = this.plain(pair.value, depth + 1);
    }
    return map;
  }

  #refuseExtras(node: Node & { anchor?: string; tag?: string }): void {
    if (node.anchor !== undefined)
      this.#refuse(notAllowed("anchors", "write the value out where it is used", this.#markBefore(node, "&")));
    if (node.tag !== undefined)
      this.#refuse(notAllowed("tags", "every value is read as written", this.#markBefore(node, "!")));
  }

  /** Where the anchor or tag of a node begins; the node itself begins after it. */
  #markBefore(node: Node, mark: string): number {
    let found = this.#text.lastIndexOf(mark, startOf(node));
    while (found > 0 && this.#text[found - 1] === mark) found--;
    return found === -1 ? startOf(node) : found;
  }

  #refuse(issue: TextIssue): "" {
    this.#issues.push(issue);
    return "";
  }
}

type PairIn = (map: YAMLMap, key: string) => Pair | undefined;

/** Finds pairs by their keys. The keys of a map are indexed when it is first asked for one. */
const keyIndex = (): PairIn => {
  const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();
  return (map, key) =>
    madeUnder(indexes, map, () => new Map(map.items.map((pair) => [String(pair.key), pair]))).get(key);
};

/** The offset of the deepest part of the path that exists. */
const offsetOf = (root: Node, path: Path, part: Part | undefined, pairIn: PairIn): number => {
  let node: unknown = root;
  let offset = startOf(root);
  for (const step of path) {
    if (isMap(node)) {
      const pair = pairIn(node, String(step));
      if (pair === undefined) return offset;
      node = pair.value;
      const at = part === "key" || !isNode(pair.value) ? pair.key : pair.value;
      offset = isNode(at) ? startOf(at) : offset;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = isNode(node) ? startOf(node) : offset;
    }
  }
  return offset;
};

/**
 * The offset of a directive, if there is one. Comments and blank lines may stand before it, and are passed one at a
 * time, because there may be millions.
 */
const directiveIn = (text: string): number | undefined => {
  const passed = /[ \t]*(?:#[^\n]*)?\r?\n/y;
  let offset = text.startsWith("\uFEFF") ? 1 : 0;
  for (passed.lastIndex = offset; passed.test(text); ) offset = passed.lastIndex;
  return text[offset] === "%" ? offset : undefined;
};
