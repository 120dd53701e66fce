/** Whether the compiler refuses a mutant: then nobody can write it, whatever the tests say. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";

/** Where a place of a mutant, whose lines and columns begin with 0, stands in a text. */
const offsetOf = (text, { line, column }) => {
  let at = 0;
  for (let passed = 0; passed < line; passed++) at = text.indexOf("\n", at) + 1;
  return at + column;
};

/** A file as somebody would have written it with the mutant: an expression stays one, whatever stands beside it. */
const textWith = ({ fileName, mutatorName, location: { start, end }, replacement }) => {
  const text = readFileSync(fileName, "utf8");
  const isExpression = mutatorName !== "BlockStatement" && !/^(?:case|default)\b/.test(replacement);
  const written = isExpression ? `(${replacement})` : replacement;
  return text.slice(0, offsetOf(text, start)) + written + text.slice(offsetOf(text, end));
};

/** The compiler with the settings of the project, for its sources alone. */
export const compilerOf = (root) => {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const sources = fileNames.filter((name) => !name.includes("/test/"));
  let changed = { fileName: "", text: "", version: 0 };
  const service = ts.createLanguageService({
    ...ts.sys,
    getCompilationSettings: () => options,
    getScriptFileNames: () => sources,
    getScriptVersion: (name) => (name === changed.fileName ? String(changed.version) : "0"),
    getScriptSnapshot: (name) => {
      const text = name === changed.fileName ? changed.text : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    useCaseSensitiveFileNames: () => true,
  });
  return {
    refuses: (mutant) => {
      // The service asks for files by their full names alone.
      const fileName = resolve(root, mutant.fileName);
      changed = { fileName, text: textWith(mutant), version: changed.version + 1 };
      return service.getSyntacticDiagnostics(fileName).length + service.getSemanticDiagnostics(fileName).length > 0;
    },
  };
};
