import { type Node, type ParseError, type ParseErrorCode, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Finding } from "../model/errors.ts";
import {
  MAX_DEPTH,
  type Part,
  type Path,
  type Plain,
  type PlainDocument,
  positionsIn,
  type TextIssue,
} from "../syntax/plain.ts";

/** Where a line of JSON stands: the file, and the number of the line (from 1). */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * Reads one line of JSON, or a whole text, with its positions, its numbers as the text that was written (`1.10` stays
 * `1.10`). Slower than `JSON.parse`, and exact: it finds keys that stand twice. The hint is for what is no JSON.
 */
export const readJsonExactly = (
  text: string,
  place: LinePlace,
  hint = "each line is one JSON object",
): { document: PlainDocument } | { findings: readonly Finding[] } => {
  const locateOffset = positionsIn(text, place.file, place.line);
  const toFinding = ({ rule, message, hint, offset }: TextIssue): Finding => ({
    rule,
    severity: "error",
    message,
    hint,
    position: locateOffset(offset),
  });
  const deep = deepOffset(text);
  if (deep !== undefined) {
    return {
      findings: [
        toFinding({
          rule: "F9",
          message: `nested more than ${MAX_DEPTH} levels deep`,
          hint: "data need far fewer",
          offset: deep,
        }),
      ],
    };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  });
  // What follows the first error of a line is mostly its echo.
  const first = errors.slice(0, 1);
  const issues = first.map(
    ({ error, offset }): TextIssue => ({
      rule: "F1",
      message: describe(error),
      hint,
      offset,
    }),
  );
  const value = root === undefined ? "" : toPlain(root, text, issues);
  if (issues.length > 0)
    return {
      findings: issues.sort((a, b) => a.offset - b.offset).map(toFinding),
    };
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
    if (name in map) {
      issues.push({
        rule: "F4",
        message: `the key "${name}" stands twice in one map`,
        hint: "keep one of them",
        offset: key.offset,
      });
    }
    map[name] = toPlain(value, text, issues);
  }
  return map;
};

type PropertyIn = (object: Node, key: string) => Node | undefined;

/** Finds properties by their keys; an object's keys are indexed when it is first asked for one. */
const keyIndex = (): PropertyIn => {
  const indexes = new WeakMap<Node, Map<string, Node>>();
  return (object, key) => {
    const index =
      indexes.get(object) ?? new Map(object.children?.map((child) => [String(child.children?.[0]?.value), child]));
    indexes.set(object, index);
    return index.get(key);
  };
};

const offsetOf = (root: Node, path: Path, part: Part, propertyIn: PropertyIn): number => {
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
