import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.ts";

const SRC = join(import.meta.dirname, "..", "src");

const parsed = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);

interface Import {
  readonly module: string;
  /** The values that it names; types leave nothing behind. */
  readonly values: readonly string[];
  readonly typeOnly: boolean;
}

const known = new Map<string, readonly Import[]>();

/** The imports and re-exports of a file, those that load a module later included. */
const importsOf = (file: string): readonly Import[] => {
  const found = known.get(file) ?? findImports(file);
  known.set(file, found);
  return found;
};

const findImports = (file: string): readonly Import[] => {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = node.importClause?.namedBindings;
      const elements = bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
      const typeOnly = node.importClause?.isTypeOnly === true;
      const values = typeOnly ? [] : elements.filter((element) => !element.isTypeOnly);
      imports.push({
        module: node.moduleSpecifier.text,
        values: values.map(({ name, propertyName }) => (propertyName ?? name).text),
        typeOnly: typeOnly || (elements.length > 0 && values.length === 0),
      });
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
      imports.push({ module: node.moduleSpecifier.text, values: [], typeOnly: node.isTypeOnly });
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteral(argument))
        imports.push({ module: argument.text, values: [], typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed(file));
  return imports;
};

/** All modules of this project that importing the library may load. */
const reachable = (entry: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const { module, typeOnly } of importsOf(entry)) {
    if (/^\..*\.ts$/.test(module) && !typeOnly) reachable(join(entry, "..", module), seen);
  }
  return seen;
};

const LIBRARY_MODULES = [...reachable(join(SRC, "index.ts"))].filter((file) => file.endsWith(".ts"));

/** How the manual is set is no business of the library. */
const MANUAL = /^\.\.\/(syntax\/markdown|output\/(man-page|page|text-width))\.ts$/;

describe("the command line uses nothing that the library does not offer", () => {
  for (const room of ["commands", "cli"]) {
    for (const name of readdirSync(join(SRC, room))) {
      test(`${room}/${name}`, () => {
        const used = importsOf(join(SRC, room, name))
          .filter(({ module }) =>
            /^\.\.\/(engine|inputs|model|notices|output|query|records|register|syntax|writers)\//.test(module),
          )
          .filter(({ module }) => !MANUAL.test(module));
        const missing = used.flatMap(({ values }) => values).filter((value) => !(value in library));
        expect(missing).toEqual([]);
      });
    }
  }
});

/** Whether a name is declared in a file, as a parameter, a variable or a part of one. */
const declares = (node: ts.Node, word: string): boolean => {
  const named = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node);
  if (named && ts.isIdentifier(node.name) && node.name.text === word) return true;
  return ts.forEachChild(node, (child) => declares(child, word)) === true;
};

/** The one file that starts another program. */
const GIT = join("inputs", "git", "ask-git.ts");

describe("what the library is made of", () => {
  test("it reaches every room but the commands and the command line", () => {
    const rooms = new Set(LIBRARY_MODULES.map((file) => relative(SRC, file).split("/")[0]));
    expect([...rooms].sort()).toEqual([
      "browser.ts",
      "engine",
      "index.ts",
      "inputs",
      "model",
      "notices",
      "output",
      "query",
      "records",
      "register",
      "store",
      "syntax",
      "writers",
    ]);
  });

  test("the entry only exports", () => {
    const others = parsed(join(SRC, "index.ts")).statements.filter((statement) => !ts.isExportDeclaration(statement));
    expect(others.map((statement) => statement.getText())).toEqual([]);
  });

  for (const file of LIBRARY_MODULES) {
    test(`${relative(SRC, file)} only declares, and never names the process`, () => {
      const source = parsed(file);
      const acting = source.statements.filter(
        (statement) =>
          !ts.isImportDeclaration(statement) &&
          !ts.isExportDeclaration(statement) &&
          !ts.isInterfaceDeclaration(statement) &&
          !ts.isTypeAliasDeclaration(statement) &&
          !ts.isFunctionDeclaration(statement) &&
          !ts.isClassDeclaration(statement) &&
          !(ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) !== 0),
      );
      expect(acting.map((statement) => statement.getText())).toEqual([]);
      const touched: string[] = [];
      // A contracting process of OCDS may be called one: where the word is declared, it is not Node's.
      const words = ["process", "console"].filter((word) => !declares(source, word));
      const visit = (node: ts.Node): void => {
        if (ts.isIdentifier(node) && words.includes(node.text)) touched.push(node.text);
        if (ts.isStringLiteral(node) && /^(node:)?(process|child_process)$/.test(node.text)) touched.push(node.text);
        ts.forEachChild(node, visit);
      };
      visit(source);
      // Who starts a program looks for it in PATH.
      const allowed = relative(SRC, file) === GIT ? ["node:child_process", "process"] : [];
      expect(new Set(touched)).toEqual(new Set(allowed));
    });
  }
});

test("the day of an answer is a text, too", async () => {
  const register = await library.openRegister();
  const states = async (at: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const row of library.contracts(register, { at })) found.push(row.state);
    return found;
  };
  expect(await states("2017-06")).toEqual(["firm"]);
  expect(await states("2030")).toEqual(["ended"]);
  await expect(states("30.06.2017")).rejects.toThrow('at: "30.06.2017" is not an ISO date');
});
