import type { Block, Line, Run } from "../syntax/markdown.ts";
import type { Style, Surface } from "./format.ts";
import { wrap } from "./text-width.ts";

/** Lines of prose are read with ease up to this length. */
const MOST_COLUMNS = 88;
const INDENT = 2;

const colorless = (text: string): number => text.replaceAll(/\u001b\[\d+m/g, "").length;

/** Where a link leads, for readers on a terminal: another page of the manual, or an address. */
const leadingTo = ({ target = "", page }: Run): string => {
  if (page !== undefined) return ` (lotbook help ${page})`;
  return target.startsWith("http") ? ` (${target})` : "";
};

const setOf = ({ kind }: Run, { id, heading }: Style): ((text: string) => string) | undefined =>
  kind === "code" ? id : kind === "strong" ? heading : undefined;

/** The text of a line. Each word is styled by itself, because the line may be broken between any two. */
const textOf = (line: Line, style: Style): string =>
  line
    .map((run) => {
      const set = setOf(run, style);
      const text =
        set === undefined
          ? run.text
          : run.text
              .split(" ")
              .map((word) => set(word))
              .join(" ");
      return text + leadingTo(run);
    })
    .join("");

interface Paper {
  readonly columns: number;
  readonly style: Style;
}

const indented = (text: string, by: number, { columns }: Paper): string =>
  wrap(text, columns - by, colorless)
    .map((line) => `${" ".repeat(by)}${line}\n`)
    .join("");

const item = (line: Line, paper: Paper): string =>
  indented(textOf(line, paper.style), 2 * INDENT, paper).replace(/^ {4}/, "  • ");

/** The first cell of a row, and the others below it. If there are several, each has its heading in front. */
const row = (cells: readonly Line[], head: readonly Line[], paper: Paper): string => {
  const [first = [], ...others] = cells;
  const named = others.map((cell, index) => {
    const name = others.length > 1 ? `${textOf(head[index + 1] ?? [], paper.style)}: ` : "";
    return indented(name + textOf(cell, paper.style), 3 * INDENT, paper);
  });
  return indented(textOf(first, paper.style), INDENT, paper) + named.join("");
};

const blockText = (block: Block, paper: Paper): string => {
  switch (block.kind) {
    case "heading":
      return `${paper.style.heading(textOf(block.line, { ...paper.style, id: (text) => text }))}\n`;
    case "paragraph":
      return indented(textOf(block.line, paper.style), INDENT, paper);
    case "list":
      return block.items.map((line) => item(line, paper)).join("");
    case "table":
      return block.rows.map((cells) => row(cells, block.head, paper)).join("");
    case "code":
      // Code is not broken, so that it can be copied.
      return block.text.replaceAll(/^(?=.)/gm, " ".repeat(2 * INDENT)).concat("\n");
  }
};

/** A page of the manual for a terminal: headings, and paragraphs as wide as can be read with ease. */
export const pageText = (blocks: readonly Block[], { width, style }: Pick<Surface, "width" | "style">): string => {
  const paper = { columns: Math.min(width ?? MOST_COLUMNS, MOST_COLUMNS), style };
  return blocks.map((block) => blockText(block, paper)).join("\n");
};
