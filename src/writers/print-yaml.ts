import { breakLineCommands, breakLogCommands, hiddenIn, showHidden } from "../model/hidden-characters.ts";
import type { Remark, YamlEntry, YamlItem, YamlList, YamlMap, YamlText, YamlTree } from "../syntax/yaml-tree.ts";

const WIDTH = 120;
const STEP = 2;

/**
 * A tree as text in the one layout: two spaces a level, brackets that fit their line stay, quotes only where they are
 * needed, at most one empty line in a row. Reading the text gives a tree that prints the same.
 */
export const printYaml = (tree: YamlMap | YamlList): string => {
  const printer = new Printer();
  printer.collection(tree, 0);
  return printer.text();
};

class Printer {
  readonly #lines: string[] = [];
  /** The start of the next line, if a dash has already been put there. */
  #begun: string | undefined;
  /** Whether the next line is the first of a list or map, before which no empty line stands. */
  #first = true;

  text(): string {
    return `${this.#lines.join("\n")}\n`;
  }

  collection(tree: YamlMap | YamlList, indent: number): void {
    this.#first = true;
    if (tree.kind === "map") for (const entry of tree.items) this.#entry(entry, indent);
    else for (const item of tree.items) this.#item(item, indent);
    this.#remarks(tree.below, indent);
  }

  #before({ above, spaced }: YamlItem, indent: number): void {
    this.#remarks(above, indent);
    if (spaced) this.#space();
  }

  #entry(entry: YamlEntry, indent: number): void {
    this.#before(entry, indent);
    this.#value(`${keyText(entry, false)}:`, entry.value, besideOf(entry), indent);
  }

  #item(item: YamlItem, indent: number): void {
    const { value } = item;
    this.#before(item, indent);
    if (value.kind === "text" || this.#inBrackets("-", value, indent) !== undefined || besideOf(item) !== "") {
      this.#value("-", value, besideOf(item), indent);
      return;
    }
    this.#begun = `${this.#begun ?? " ".repeat(indent)}-${" ".repeat(STEP - 1)}`;
    this.collection(value, indent + STEP);
  }

  /** Prints a value after its key or dash. */
  #value(before: string, value: YamlTree, beside: string, indent: number): void {
    const [first = "", ...rest] = value.kind === "text" ? textLines(value) : [this.#inBrackets(before, value, indent)];
    const head = `${before}${first === "" ? "" : ` ${first}`}`;
    // The comment of a block text (`|` or `>`) stands beside its mark, that of any other text at its end.
    const marked = value.kind === "text" && (value.form === "literal" || value.form === "folded");
    this.#line(head + (marked || rest.length === 0 ? beside : ""), indent);
    rest.forEach((line, index) => {
      const end = !marked && index === rest.length - 1 ? beside : "";
      this.#lines.push(line === "" ? end : " ".repeat(indent + STEP) + line + end);
    });
    if (value.kind !== "text" && first === "") this.collection(value, indent + STEP);
  }

  #inBrackets(before: string, value: YamlMap | YamlList, indent: number): string | undefined {
    const text = value.flow || value.items.length === 0 ? bracketed(value) : undefined;
    const start = this.#begun?.length ?? indent;
    return text !== undefined && start + before.length + 1 + text.length <= WIDTH ? text : undefined;
  }

  #remarks(remarks: readonly Remark[], indent: number): void {
    for (const { text, spaced } of remarks) {
      if (spaced) this.#space();
      this.#line(text, indent);
    }
  }

  #line(text: string, indent: number): void {
    this.#lines.push((this.#begun ?? " ".repeat(indent)) + text);
    this.#begun = undefined;
    this.#first = false;
  }

  #space(): void {
    if (!this.#first && this.#lines.at(-1) !== "") this.#lines.push("");
  }
}

const besideOf = ({ beside }: YamlItem): string => (beside === undefined ? "" : ` ${beside}`);

/** A list or map on one line; undefined where comments or texts of several lines stand in it. */
const bracketed = (tree: YamlTree): string | undefined => {
  if (tree.kind === "text") {
    const [only, ...others] = textLines(tree, true);
    return others.length > 0 || only === "" ? undefined : only;
  }
  if (tree.below.length > 0 || tree.items.some(({ above, beside }) => above.length > 0 || beside !== undefined))
    return undefined;
  const items = tree.kind === "map" ? tree.items.map(bracketedEntry) : tree.items.map(({ value }) => bracketed(value));
  if (items.includes(undefined)) return undefined;
  if (tree.kind === "list") return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
};

const bracketedEntry = (entry: YamlEntry): string | undefined => {
  const text = bracketed(entry.value);
  return text === undefined ? undefined : `${keyText(entry, true)}: ${text}`;
};

const keyText = ({ key }: YamlEntry, brackets: boolean): string => inlineText(key, brackets) || quoted("");

/**
 * The lines of a text: the first as it follows a key, the others without their indentation. Invisible characters, and
 * commands that a build server's log would obey, are written as escapes, because a layout may be printed.
 */
const textLines = (text: YamlText, brackets = false): readonly string[] => {
  const lines = linesAsFormed(text, brackets);
  return lines.every(isSafe) ? lines : [onOneLine(text.value, brackets)];
};

const onOneLine = (value: string, brackets: boolean): string =>
  readsPlainly(value, brackets) && showsAll(value) ? value : quoted(value);

const isSafe = (line: string): boolean => showsAll(line) && breakLineCommands(line, () => "") === line;

const linesAsFormed = (text: YamlText, brackets: boolean): readonly string[] => {
  if (text.form === "folded") return foldedLines(text) ?? literalLines(text);
  if (text.form === "literal") return literalLines(text);
  if (!text.source.includes("\n")) return [inlineText(text, brackets)];
  return text.source.split("\n").map((line, index) => (index === 0 ? line : line.replace(/^[ \t]+/, "")));
};

/** The lines of a folded text as they stand. Undefined if its mark states more than how the text ends. */
const foldedLines = ({ source }: YamlText): readonly string[] | undefined => {
  const mark = /^>-?(?=[ \t]*(?:#.*)?\n)/.exec(source)?.[0];
  const lines = source.trimEnd().split("\n").slice(1);
  const indent = /^ */.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0].length ?? 0;
  return mark === undefined || lines.length === 0 ? undefined : [mark, ...lines.map((line) => line.slice(indent))];
};

const literalLines = ({ value }: YamlText): readonly string[] => {
  if (value.trim() === "") return [quoted(value)];
  const ending = value.endsWith("\n\n") ? "+" : value.endsWith("\n") ? "" : "-";
  const indented = /^[ \n]/.test(value) ? String(STEP) : "";
  return [`|${indented}${ending}`, ...(ending === "-" ? value : value.slice(0, -1)).split("\n")];
};

const inlineText = (text: YamlText, brackets: boolean): string => {
  // A literal text made by {@link yamlText} has no source, and a source with invisible characters cannot be used.
  if (text.form === "literal" || !showsAll(text.source)) return quoted(text.value);
  return text.form === "quoted" && readsPlainly(text.value, brackets) ? text.value : text.source;
};

/** Characters that have a meaning in YAML, or that a reader cannot see. */
const RISKY = /: |:$| #|[\p{C}\u2028\u2029]|^\s|\s$/u;
const RISKY_IN_BRACKETS = /[,[\]{}:]/;
/** Whether all of a text can be seen. */
const isSeen = (value: string): boolean => hiddenIn(value).every((char) => char === "\n");

/** Words that other YAML readers take for a truth value or for null. */
const NO_WORD = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** Whether every YAML reader reads a text the same without quotes. */
const readsPlainly = (value: string, brackets: boolean): boolean =>
  /^\p{L}/u.test(value) &&
  isSeen(value) &&
  !RISKY.test(value) &&
  !NO_WORD.test(value) &&
  !(brackets && RISKY_IN_BRACKETS.test(value));

const yamlEscape = (char: string): string => {
  const code = (char.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
};

/** A text in quotes, with escapes for what cannot be seen and for what a build server's log would obey. */
export const quoted = (value: string): string => byCodes(JSON.stringify(value));

const byCodes = (text: string): string => breakLogCommands(showHidden(text, yamlEscape), yamlEscape);

/** Whether a text has nothing that {@link quoted} escapes. */
const showsAll = (text: string): boolean => byCodes(text) === text;

/** Texts that need no quotes wherever they stand, such as ids, dates, amounts and file names. */
const BARE = /^[\p{L}\p{N}/](?:[\p{L}\p{N} ._+%/&()'@-]|(?<! )#|:(?! ))*(?<=[\p{L}\p{N}.%)])$/u;
/** Texts that old YAML readers take for a number of seconds, such as `12:30`. */
const CLOCK = /^[\d:.]*:[\d:.]*$/;

/** A text that can be written as several lines, without escapes. */
const LINES = /^(?! )[^\p{C}\u2028\u2029]+(?:\n[^\p{C}\u2028\u2029]*)+$/u;
/** Commands that a build server's log would obey in a text of several lines. */
const LOG_COMMAND = /^\s*(?:::|section_(?:start|end):)|##(?:\[|vso\[|teamcity\[)/im;

/** A new text for YAML: in quotes only where it needs them, and as a literal block if it has several lines. */
export const yamlText = (value: string): YamlText => {
  const seen = isSeen(value);
  if (seen && LINES.test(value) && value.trim() !== "" && !LOG_COMMAND.test(value))
    return { kind: "text", form: "literal", source: "", value };
  const bare = seen && BARE.test(value) && !NO_WORD.test(value) && !CLOCK.test(value);
  return { kind: "text", form: bare ? "plain" : "quoted", source: bare ? value : quoted(value), value };
};
