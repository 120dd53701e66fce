import type { Block, Line, Run } from "../syntax/markdown.ts";

/** What stands at the head and foot of a manual page, and tells it apart from others. */
export interface ManHead {
  readonly name: string;
  /** 1 for commands, 7 for what they have in common. */
  readonly section: 1 | 7;
  /** What it is about, in a line that searches find. */
  readonly about: string;
  readonly version: string;
}

/** As roff reads it as text: a backslash, a hyphen to be copied, a point where a request would begin. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gm, "\\&");

const FONTS = { text: undefined, code: "B", strong: "B", emphasis: "I" } as const;

/** Another page of the manual is named as people look it up. */
const targetOf = ({ target = "" }: Run): string => {
  const page = /^(?:docs\/)?([\w-]+)\.md(?:#.*)?$/.exec(target)?.[1];
  return page === undefined ? "" : ` (\\fBlotbook\\-${escaped(page)}\\fR(7))`;
};

const lineText = (line: Line): string => {
  const text = line
    .map((run) => {
      const font = FONTS[run.kind];
      const words = run.text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
      return (font === undefined ? words : `\\f${font}${words}\\fR`) + targetOf(run);
    })
    .join("");
  return text.replace(/^(?=[.'])/, "\\&");
};

const rowText = (cells: readonly Line[], head: readonly Line[]): string => {
  const [first = [], ...others] = cells;
  const named = others.map((cell, index) =>
    others.length > 1 ? `${lineText(head[index + 1] ?? [])}: ${lineText(cell)}` : lineText(cell),
  );
  return `.TP\n${lineText(first)}\n${named.join("\n.br\n")}\n`;
};

/** Capitals, but for the names of fonts. */
const capitals = (text: string): string => text.toUpperCase().replaceAll(/\\F([BRI])/g, "\\f$1");

const blockText = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return block.depth > 2 ? `.SS ${lineText(block.line)}\n` : `.SH ${capitals(lineText(block.line))}\n`;
    case "paragraph":
      return `.PP\n${lineText(block.line)}\n`;
    case "list":
      return block.items.map((line) => `.IP \\(bu 2\n${lineText(line)}\n`).join("");
    case "table":
      return block.rows.map((cells) => rowText(cells, block.head)).join("");
    case "code":
      return `.PP\n.RS 2\n.EX\n${escaped(block.text)}\n.EE\n.RE\n`;
  }
};

export const manPage = ({ name, section, about, version }: ManHead, blocks: readonly Block[]): string =>
  `.TH "${name.toUpperCase()}" "${section}" "" "lotbook ${version}" "lotbook manual"
.SH NAME
${escaped(name)} \\- ${escaped(about)}
${blocks.map(blockText).join("")}`;
