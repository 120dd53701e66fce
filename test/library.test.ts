import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type ts from "typescript";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.ts";
import { compiler } from "./compiler.ts";

const SRC = join(import.meta.dirname, "..", "src");

const trees = new Map<string, ts.SourceFile>();

/** A file as the compiler reads it, which is read once. */
const parsed = (file: string): ts.SourceFile => {
  const tree =
    trees.get(file) ?? compiler.createSourceFile(file, readFileSync(file, "utf8"), compiler.ScriptTarget.Latest, true);
  trees.set(file, tree);
  return tree;
};

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
    if (compiler.isImportDeclaration(node) && compiler.isStringLiteral(node.moduleSpecifier)) {
      const bindings = node.importClause?.namedBindings;
      const elements = bindings !== undefined && compiler.isNamedImports(bindings) ? [...bindings.elements] : [];
      const typeOnly = node.importClause?.isTypeOnly === true;
      const values = typeOnly ? [] : elements.filter((element) => !element.isTypeOnly);
      imports.push({
        module: node.moduleSpecifier.text,
        values: values.map(({ name, propertyName }) => (propertyName ?? name).text),
        typeOnly: typeOnly || (elements.length > 0 && values.length === 0),
      });
    }
    if (
      compiler.isExportDeclaration(node) &&
      node.moduleSpecifier !== undefined &&
      compiler.isStringLiteral(node.moduleSpecifier)
    )
      imports.push({ module: node.moduleSpecifier.text, values: [], typeOnly: node.isTypeOnly });
    if (compiler.isCallExpression(node) && node.expression.kind === compiler.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && compiler.isStringLiteral(argument))
        imports.push({ module: argument.text, values: [], typeOnly: false });
    }
    compiler.forEachChild(node, visit);
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
  const named = compiler.isParameter(node) || compiler.isVariableDeclaration(node) || compiler.isBindingElement(node);
  if (named && compiler.isIdentifier(node.name) && node.name.text === word) return true;
  return compiler.forEachChild(node, (child) => declares(child, word)) === true;
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
    const others = parsed(join(SRC, "index.ts")).statements.filter(
      (statement) => !compiler.isExportDeclaration(statement),
    );
    expect(others.map((statement) => statement.getText())).toEqual([]);
  });

  for (const file of LIBRARY_MODULES) {
    test(`${relative(SRC, file)} only declares, and never names the process`, () => {
      const source = parsed(file);
      const acting = source.statements.filter(
        (statement) =>
          !compiler.isImportDeclaration(statement) &&
          !compiler.isExportDeclaration(statement) &&
          !compiler.isInterfaceDeclaration(statement) &&
          !compiler.isTypeAliasDeclaration(statement) &&
          !compiler.isFunctionDeclaration(statement) &&
          !compiler.isClassDeclaration(statement) &&
          !(
            compiler.isVariableStatement(statement) &&
            (statement.declarationList.flags & compiler.NodeFlags.Const) !== 0
          ),
      );
      expect(acting.map((statement) => statement.getText())).toEqual([]);
      const touched: string[] = [];
      // A contracting process of OCDS may be called one: where the word is declared, it is not Node's.
      const words = ["process", "console"].filter((word) => !declares(source, word));
      const visit = (node: ts.Node): void => {
        if (compiler.isIdentifier(node) && words.includes(node.text)) touched.push(node.text);
        if (compiler.isStringLiteral(node) && /^(node:)?(process|child_process)$/.test(node.text))
          touched.push(node.text);
        compiler.forEachChild(node, visit);
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
