import { type Node, type ParseError, type ParseErrorCode, parseTree, printParseErrorCode } from "jsonc-parser";
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

/** Where a text of JSON stands: the file, and the numbers of its line and of the column there, from 1. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
  /** 1 where it is left out. */
  readonly column?: number | undefined;
}

/** What `JSON.parse` gives. */
type Parsed = string | number | boolean | null | Parsed[] | { [key: string]: Parsed };

/** Counts what a parsed value holds, and the length of the shortest JSON text that says the same. */
class Contents {
  keys = 0;
  numbers = false;
  /**
   * Whether there are numbers that JavaScript may write differently from the text, whichever way the text wrote them.
   */
  unlike = false;
  deepest = 0;
  /**
   * The length of a text without spaces between its parts, in which every character stands for itself, and no number
   * has an exponent.
   */
  length = 0;

  /**
   * Counts a value with all that is in it, and replaces numbers, `true` and `false` by their texts: within lists and
   * maps in place. Gives the value, or the text that replaces it.
   */
  settle(value: Parsed, depth = 0): Parsed {
    if (typeof value === "object" && value !== null) return this.#settleWithin(value, depth + 1);
    const text = String(value);
    this.length += text.length;
    if (typeof value === "number") this.#see(value, text);
    else if (typeof value === "string") this.length += QUOTES;
    return value === null ? value : text;
  }

  /**
   * JavaScript writes `-0` without its sign, very small numbers with an exponent, and only as many digits as it takes
   * to tell numbers apart.
   */
  #see(value: number, text: string): void {
    this.numbers = true;
    const isPlain = value === 0 ? Object.is(value, 0) : text.length <= MOST_DIGITS && Math.abs(value) >= LEAST_PLAIN;
    if (!isPlain) this.unlike = true;
  }

  #settleWithin(value: Parsed[] | { [key: string]: Parsed }, depth: number): Parsed {
    this.deepest = Math.max(this.deepest, depth);
    if (depth > MAX_DEPTH) return value;
    const parts = Array.isArray(value) ? this.#settleList(value, depth) : this.#settleMap(value, depth);
    this.length += BRACKETS + Math.max(0, parts - 1);
    return value;
  }

  #settleList(list: Parsed[], depth: number): number {
    for (let index = 0; index < list.length; index++) {
      const inner = list[index] ?? null;
      // Most are texts, which stay.
      if (typeof inner === "string") this.length += inner.length + QUOTES;
      else list[index] = this.settle(inner, depth);
    }
    return list.length;
  }

  #settleMap(map: { [key: string]: Parsed }, depth: number): number {
    let keys = 0;
    for (const key in map) {
      keys++;
      const inner = map[key] ?? null;
      this.length += key.length + QUOTES + COLON;
      if (typeof inner === "string") this.length += inner.length + QUOTES;
      else map[key] = this.settle(inner, depth);
    }
    this.keys += keys;
    return keys;
  }
}

const QUOTES = 2;
const BRACKETS = 2;
const COLON = 1;

/** JavaScript writes a number with up to this many digits by the same digits, whatever its value. */
const MOST_DIGITS = 15;
const LEAST_PLAIN = 1e-6;

const EXPONENT = /\d[eE][-+\d]/;

/** Matches a number, or what looks like one within a string, that JavaScript may write differently. */
const UNLIKE = /(?:^|[:[,])\s*-?(?:[\d.]{16}|\d+\.\d*0(?!\d)|\d[\d.]*[eE])/;

/**
 * Each number that `UNLIKE` matches has at least one of these. Looking for them first takes a third of the time,
 * because each pattern jumps over what cannot be part of it. That is why the digits of long numbers are written out one
 * by one.
 */
const SIGNS_OF_UNLIKE = [EXPONENT, /\d\.\d*0(?!\d)/, new RegExp("[\\d.]".repeat(16))];

const hasUnlike = (text: string): boolean => SIGNS_OF_UNLIKE.some((sign) => sign.test(text)) && UNLIKE.test(text);

/**
 * The longest text, in characters, that `JSON.parse` reads before its depth has been looked at. `JSON.parse` takes
 * memory for each level that is open.
 */
const MOST_UNSEEN = 2 ** 20;

/**
 * Reads a text by `JSON.parse`, with its numbers as they were written. Undefined for what is no JSON, and where
 * anything may be lost that way: a key that stands twice, or digits of a number. {@link readJsonExactly} is for such a
 * text.
 */
export const readJsonQuickly = (text: string): Plain | undefined => {
  if (text.length > MOST_UNSEEN && deepOffset(text) !== undefined) return undefined;
  const plain = readPlainly(text);
  return plain === undefined && hasUnlike(text) ? readPlainly(withNumbersAsTexts(text)) : plain;
};

const readPlainly = (text: string): Plain | undefined => {
  try {
    const parsed = JSON.parse(text);
    const contents = new Contents();
    contents.settle(parsed);
    // Lists and maps were settled in place. A single value becomes its text here.
    const plain: Plain = typeof parsed === "object" ? parsed : String(parsed);
    if (contents.deepest > MAX_DEPTH || contents.unlike) return undefined;
    return isShortest(text, contents) || isAllOf(text, contents) ? plain : undefined;
  } catch {
    return undefined;
  }
};

const NUMBER = /([:[,]\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s*[,\]}])/g;

/**
 * Puts quotes around numbers that JavaScript may write differently, so that they are read as texts. Where what looks
 * like such a number stands within a string, the quotes leave a text that is no JSON, and so in doubt.
 */
const withNumbersAsTexts = (text: string): string =>
  text.replace(NUMBER, (written: string, before: string, number: string) =>
    UNLIKE.test(number) ? `${before}"${number}"` : written,
  );

/**
 * Whether a text is as short as any that says the same, as most are that programs write. A key that stands twice, a
 * space, an escape or a zero at the end of a number would make it longer.
 */
const isShortest = (text: string, { length, numbers }: Contents): boolean =>
  text.length === length && !(numbers && EXPONENT.test(text));

/** Whether a text has no more keys than were counted, and writes all numbers as JavaScript does. */
const isAllOf = (text: string, { keys, numbers }: Contents): boolean =>
  !(numbers && hasUnlike(text)) && (countPlainKeys(text) === keys || countKeys(text) === keys);

const [SPACE, QUOTE, BACKSLASH] = [0x20, 0x22, 0x5c];

/**
 * Counts the quotes with a colon right behind them, which is how programs write keys. Undefined where a key may be
 * written otherwise, or such a quote may be part of a string.
 */
const countPlainKeys = (text: string): number | undefined => {
  let count = 0;
  let spaces = false;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before <= SPACE) spaces = true;
    if (before !== QUOTE) continue;
    if (text.charCodeAt(at - 2) === BACKSLASH) return undefined;
    count++;
  }
  return spaces && SPACED_KEY.test(text) ? undefined : count;
};

const SPACED_KEY = /"[ \t\r\n]+:/;

/** How many colons stand outside of strings. */
const countKeys = (text: string): number => {
  let count = 0;
  let inString = false;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text[offset];
    if (char === "\\") offset++;
    else if (char === '"') inString = !inString;
    else if (char === ":" && !inString) count++;
  }
  return count;
};

/**
 * Reads one value of JSON: quickly where that leaves no doubt, and otherwise exactly. Gives findings for what is no
 * JSON, has a key twice, or is nested too deeply.
 */
export const readJson = (
  text: string,
  place: LinePlace,
  hint?: string,
): PlainDocument | { readonly findings: readonly Finding[] } => {
  const value = readJsonQuickly(text);
  if (value !== undefined) return { value, locate: locateLater(text, place) };
  const exact = readJsonExactly(text, place, hint);
  return "document" in exact ? exact.document : exact;
};

/** Says where the parts of a text stand. The text is read again, with positions, when this is first asked. */
export const locateLater = (text: string, place: LinePlace): PlainDocument["locate"] => {
  let document: PlainDocument | undefined;
  return (path, part) => {
    if (document === undefined) {
      const read = readJsonExactly(text, place);
      document = "document" in read ? read.document : undefined;
    }
    return document?.locate(path, part) ?? { ...place, column: place.column ?? 1, text };
  };
};

/**
 * Reads one line of JSON, or a whole text, with positions, and with numbers as they were written (`1.10` stays `1.10`).
 * Slower than `JSON.parse`, but it finds keys that stand twice. The hint is for a text that is no JSON.
 */
export const readJsonExactly = (
  text: string,
  place: LinePlace,
  hint = "each line is one JSON object",
): { document: PlainDocument } | { findings: readonly Finding[] } => {
  const locateOffset = positionsIn(text, place.file, place.line, place.column);
  const toFinding = (issue: TextIssue): Finding => findingAt(issue, locateOffset);
  const deep = deepOffset(text);
  if (deep !== undefined) return { findings: [toFinding(tooDeepAt(deep, "data need far fewer"))] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  });
  // What follows the first error of a line is mostly its echo.
  const issues = errors
    .slice(0, 1)
    .map(({ error, offset }): TextIssue => ({ rule: "F1", message: describe(error), hint, offset }));
  const value = root === undefined ? "" : toPlain(root, text, issues);
  if (issues.length > 0) return { findings: issues.sort((a, b) => a.offset - b.offset).map(toFinding) };
  const propertyIn = keyIndex();
  return {
    document: {
      value,
      locate: (path, part) => locateOffset(root === undefined ? 0 : offsetOf(root, path, part, propertyIn)),
    },
  };
};

/** "CloseBraceExpected" as words. */
const describe = (error: ParseErrorCode): string =>
  printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();

/** The offset of the first bracket past the depth allowed, outside of strings. */
const deepOffset = (text: string): number | undefined => {
  let depth = 0;
  let inString = false;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text[offset];
    if (inString && char === "\\") offset++;
    else if (char === '"') inString = !inString;
    else if (inString) continue;
    else if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth--;
    if (depth > MAX_DEPTH) return offset;
  }
  return undefined;
};

const toPlain = (node: Node, text: string, issues: TextIssue[]): Plain => {
  if (node.type === "array") return (node.children ?? []).map((child) => toPlain(child, text, issues));
  if (node.type === "object") return objectToPlain(node, text, issues);
  if (node.type === "string") return String(node.value);
  return node.type === "null" ? null : text.slice(node.offset, node.offset + node.length);
};

const objectToPlain = (node: Node, text: string, issues: TextIssue[]): Plain => {
  const map: Record<string, Plain> = Object.create(null);
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (name in map) issues.push(keyTwiceAt(key.offset, name));
    map[name] = toPlain(value, text, issues);
  }
  return map;
};

type PropertyIn = (object: Node, key: string) => Node | undefined;

/** Finds properties by their keys. The keys of an object are indexed when it is first asked for one. */
const keyIndex = (): PropertyIn => {
  const indexes = new WeakMap<Node, Map<string, Node>>();
  const indexOf = ({ children }: Node) =>
    new Map(children?.map((child) => [String(child.children?.[0]?.value), child]));
  return (object, key) => madeUnder(indexes, object, () => indexOf(object)).get(key);
};

const offsetOf = (root: Node, path: Path, part: Part | undefined, propertyIn: PropertyIn): number => {
  let node = root;
  let offset = root.offset;
  for (const step of path) {
    const property = typeof step === "number" ? undefined : propertyIn(node, step);
    const next = typeof step === "number" ? node.children?.[step] : property?.children?.[1];
    if (next === undefined) break;
    node = next;
    offset = part === "key" ? (property?.offset ?? next.offset) : next.offset;
  }
  return offset;
};
