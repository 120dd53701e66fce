import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type ts from "typescript";
import { expect, test } from "vitest";
import { compiler } from "./compiler.ts";

const SOURCES = join(import.meta.dirname, "..", "src");

/** What such a call has in its text: what has none of it need not be parsed, which is most of the time that this takes. */
const MAY_SPREAD = /[(,]\s*\.{3}|\.\s*apply\b/;

/** Calls that take each item of a list as an argument of its own. */
const spreadCallsIn = (file: string, text: string): string[] => {
  const found: string[] = [];
  if (!MAY_SPREAD.test(text)) return found;
  const source = compiler.createSourceFile(file, text, compiler.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const isCall = compiler.isCallExpression(node) || compiler.isNewExpression(node);
    const spreads = isCall && node.arguments?.some(compiler.isSpreadElement) === true;
    const applies = compiler.isPropertyAccessExpression(node) && node.name.text === "apply";
    if (spreads || applies) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    compiler.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

test("no call takes the items of a list as its arguments: they would have to fit on the stack", () => {
  expect(spreadCallsIn("a.ts", "list.push(...others);\nnew Row(1, ...cells);\nMath.max.apply(null, list);")).toEqual([
    "a.ts:1",
    "a.ts:2",
    "a.ts:3",
  ]);
  expect(spreadCallsIn("a.ts", "f([...a, ...b], { ...c });")).toEqual([]);
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((name) => /\.c?ts$/.test(name));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => spreadCallsIn(file, readFileSync(join(SOURCES, file), "utf8")))).toEqual([]);
});
