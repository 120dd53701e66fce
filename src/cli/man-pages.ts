import { COMMAND_GROUPS, type Command } from "../commands/command.ts";
import { allCommands } from "../commands/commands.ts";
import { type Block, type Line, type Run, readMarkdown } from "../syntax/markdown.ts";
import { ownOptions } from "./command-line.ts";
import { TOPICS } from "./manual.ts";
import type { OptionSpec } from "./options.ts";
import { INTRODUCTION, THREE_EXAMPLES } from "./program.ts";

/** What stands at the head and foot of a manual page. */
interface ManHead {
  readonly name: string;
  /** 1 for commands, 7 for what they have in common. */
  readonly section: 1 | 7;
  /** What it is about, in a line that searches of manual pages find. */
  readonly about: string;
  readonly version: string;
}

/** Escapes words for roff: backslashes, and hyphens so that they can be copied. */
const escapedWords = (text: string): string => text.replaceAll("\\", "\\e").replaceAll("-", "\\-");

/** Escapes lines for roff, even if one begins like a request. */
const escaped = (text: string): string => escapedWords(text).replaceAll(/^(?=[.'])/gm, "\\&");

const FONTS = { text: undefined, code: "B", strong: "B", emphasis: "I" } as const;

/** Names another page of the manual as people look it up. */
const targetOf = ({ page }: Run): string => (page === undefined ? "" : ` (\\fBlotbook\\-${escaped(page)}\\fR(7))`);

const lineText = (line: Line): string => {
  const text = line
    .map((run) => {
      const font = FONTS[run.kind];
      const words = escapedWords(run.text);
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

/** Text in capitals, except for the names of fonts. */
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

const manPage = ({ name, section, about, version }: ManHead, blocks: readonly Block[]): string =>
  `.TH "${name.toUpperCase()}" "${section}" "" "lotbook ${version}" "lotbook manual"
.SH NAME
${escaped(name)} \\- ${escaped(about)}
${blocks.map(blockText).join("")}`;

const plain = (text: string): Line => [{ kind: "text", text }];
const code = (text: string): Line => [{ kind: "code", text }];
const heading = (text: string, depth = 2): Block => ({ kind: "heading", depth, line: plain(text) });
const paragraph = (text: string): Block => ({ kind: "paragraph", line: plain(text) });
const table = (rows: readonly (readonly [string, string])[]): Block => ({
  kind: "table",
  head: [],
  rows: rows.map(([name, meaning]) => [code(name), plain(meaning)]),
});
const examplesOf = (examples: readonly string[]): readonly Block[] => [
  heading("Examples"),
  { kind: "code", text: examples.map((example) => `$ ${example}`).join("\n") },
];

const optionRows = (specs: readonly OptionSpec[]): readonly (readonly [string, string])[] =>
  specs.map(({ flags, description }) => [flags, description]);

const commandPage = (command: Command, version: string): string => {
  const { name, summary, argument, selects, examples } = command;
  const own = ownOptions(command).filter(({ hidden }) => hidden !== true);
  const words = [`lotbook ${name}`, "[options]", argument?.name, selects ? "[query...]" : undefined];
  return manPage({ name: `lotbook-${name}`, section: 1, about: summary, version }, [
    heading("Synopsis"),
    { kind: "paragraph", line: code(words.filter((word) => word !== undefined).join(" ")) },
    ...(own.length === 0 ? [] : [heading("Options"), table(optionRows(own))]),
    ...examplesOf(examples),
    heading("See also"),
    paragraph("lotbook(1), lotbook-options(7), lotbook-queries(7)"),
  ]);
};

const programPage = (
  commands: readonly Command[],
  pageOf: (topic: string) => readonly Block[],
  version: string,
): string =>
  manPage({ name: "lotbook", section: 1, about: "answers questions about public framework contracts", version }, [
    heading("Synopsis"),
    { kind: "paragraph", line: code("lotbook <command> [options]") },
    heading("Description"),
    paragraph(INTRODUCTION),
    heading("Commands"),
    ...COMMAND_GROUPS.flatMap((group) => [
      heading(group, 3),
      table(commands.filter((command) => command.group === group).map(({ name, summary }) => [name, summary])),
    ]),
    ...["options", "exit-codes", "environment"].flatMap(pageOf),
    ...examplesOf(THREE_EXAMPLES),
    heading("See also"),
    paragraph(TOPICS.map((topic) => `lotbook-${topic}(7)`).join(", ")),
  ]);

/** What the README says of each page: "| [queries](docs/queries.md) | which lots | ". */
const aboutOf = (readme: string, topic: string): string =>
  new RegExp(`^\\| \\[${topic}\\]\\(.+?\\) \\| (.+) \\|$`, "m").exec(readme)?.[1] ?? topic;

/** The manual pages by the names of their files, made of the pages in docs/ and of the commands. */
export const manPages = async (
  textOf: (file: string) => string,
  version: string,
): Promise<ReadonlyMap<string, string>> => {
  const commands = await allCommands();
  const pageOf = (topic: string): readonly Block[] => readMarkdown(textOf(`docs/${topic}.md`));
  const readme = textOf("README.md");
  const topicPage = (topic: string): string => {
    const head: ManHead = { name: `lotbook-${topic}`, section: 7, about: aboutOf(readme, topic), version };
    return manPage(head, pageOf(topic));
  };
  return new Map([
    ["lotbook.1", programPage(commands, pageOf, version)],
    ...commands.map((command) => [`lotbook-${command.name}.1`, commandPage(command, version)] as const),
    ...TOPICS.map((topic) => [`lotbook-${topic}.7`, topicPage(topic)] as const),
  ]);
};
