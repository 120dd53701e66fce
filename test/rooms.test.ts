import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type ts from "typescript";
import { describe, expect, test } from "vitest";
import { compiler } from "./compiler.ts";

const SRC = resolve(import.meta.dirname, "..", "src");
const PAGE = readFileSync(resolve(SRC, "..", "ARCHITECTURE.md"), "utf8");

/** What each room may import, as the table of ARCHITECTURE.md says: rooms, or a file of one. */
const ROOMS: ReadonlyMap<string, readonly string[]> = new Map(
  [...PAGE.matchAll(/^\| `src\/(\w+)\/` \| (.+?) \|/gm)].map(([, room = "", allowed = ""]) => [
    room,
    allowed === "–" ? [] : allowed.split(", ").map((name) => name.replaceAll("`", "")),
  ]),
);

interface Import {
  readonly from: string;
  /** A file below `src`, or a package. */
  readonly to: string;
  readonly isType: boolean;
}

/** Everything that a file imports, types and what is loaded later included. */
const importsOf = (file: string): readonly Import[] => {
  const source = compiler.createSourceFile(file, readFileSync(join(SRC, file), "utf8"), compiler.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean): void => {
    if (specifier === undefined || !compiler.isStringLiteral(specifier)) return;
    const { text } = specifier;
    const to = text.startsWith(".") ? relative(SRC, resolve(SRC, dirname(file), text)) : text;
    found.push({ from: file, to, isType });
  };
  const visit = (node: ts.Node): void => {
    if (compiler.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly === true);
    else if (compiler.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (compiler.isCallExpression(node) && node.expression.kind === compiler.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    compiler.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const IMPORTS = FILES.flatMap(importsOf);
const WITHIN = IMPORTS.filter(({ to }) => to.endsWith(".ts"));

const roomOf = (file: string): string => file.split("/")[0] ?? "";

describe("the rooms of ARCHITECTURE.md", () => {
  test("are those that there are", () => {
    expect([...ROOMS.keys()].sort()).toEqual(
      [...new Set(FILES.map(roomOf))].filter((room) => !room.endsWith(".ts")).sort(),
    );
  });

  test.each([...ROOMS])("%s imports no more than it may", (room, allowed) => {
    const wrong = WITHIN.filter(({ from, to }) => roomOf(from) === room && roomOf(to) !== room).filter(
      ({ to }) => !allowed.includes(roomOf(to)) && !allowed.includes(to),
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test("stand in a line: none imports one below it, not even its types", () => {
    const line = [...ROOMS.keys()];
    const back = [...ROOMS].flatMap(([room, allowed]) =>
      allowed.filter((other) => line.indexOf(roomOf(other)) > line.indexOf(room)).map((other) => `${room} → ${other}`),
    );
    expect(back).toEqual([]);
  });
});

/** The first comment of a file, as one line. */
const headOf = (file: string): string =>
  (/^\/\*\*\n(.*?)\n \*\//s.exec(readFileSync(join(SRC, file), "utf8"))?.[1] ?? "")
    .replaceAll(/\s*\n? \* /g, " ")
    .trim();

describe("why a file is as it is, by the list of ARCHITECTURE.md", () => {
  test.each([...PAGE.matchAll(/^- `([\w/-]+\.ts)`: (.+)$/gm)].map(([, file = "", why = ""]) => [file, why]))(
    "%s begins with it: %s",
    (file, why) => expect(headOf(file).toLowerCase().startsWith(why.toLowerCase())).toBe(true),
  );
});

/** Files that import each other, directly or by way of others, each such group sorted. */
const circlesIn = (imports: readonly Import[]): readonly (readonly string[])[] => {
  const reach = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    for (const queue = [start]; queue.length > 0; ) {
      const file = queue.pop();
      for (const { from, to } of imports) {
        if (from !== file || seen.has(to)) continue;
        seen.add(to);
        queue.push(to);
      }
    }
    return seen;
  };
  const inCircle = FILES.map((file) => [file, reach(file)] as const).filter(([file, reached]) => reached.has(file));
  const groups = inCircle.map(([file, reached]) =>
    inCircle
      .filter(([other, back]) => reached.has(other) && back.has(file))
      .map(([other]) => other)
      .sort(),
  );
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
};

describe("no file imports itself by way of others", () => {
  test("when the program runs", () => {
    expect(circlesIn(WITHIN.filter(({ isType }) => !isType))).toEqual([]);
  });

  test("nor by types, but for the records, which name each other as the domain does", () => {
    expect(circlesIn(WITHIN.filter(({ from }) => roomOf(from) !== "records"))).toEqual([]);
  });
});

/** Where what may be used: packages, and doors to the machine. */
const DOORS: Readonly<Record<string, RegExp>> = {
  yaml: /^syntax\/yaml/,
  saxes: /^syntax\/xml\//,
  "ical-generator": /^output\/calendar\.ts$/,
  "write-excel-file": /^output\/xlsx\.ts$/,
  "jsonc-parser": /^syntax\/json\.ts$/,
  yauzl: /^inputs\/archives\//,
  marked: /^syntax\/markdown\.ts$/,
  commander: /^cli\/program\.ts$/,
  "node:child_process": /^(inputs\/git\/ask-git|cli\/pager)\.ts$/,
  "@clickhouse/client": /^inputs\/store\/clickhouse\.ts$/,
  "@duckdb/node-api": /^inputs\/store\/duckdb\.ts$/,
  "node:fs": /^(inputs|writers|store|cli)\/|^register\/default-register\.ts$/,
};

test.each(Object.entries(DOORS))("%s is used behind one door", (name, door) => {
  const users = IMPORTS.filter(({ to }) => to === name || to.startsWith(`${name}/`)).map(({ from }) => from);
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((file) => !door.test(file))).toEqual([]);
});
