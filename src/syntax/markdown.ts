import { lexer, type Token, type Tokens } from "marked";

/** A piece of a line, and how it is set. */
export interface Run {
  readonly kind: "text" | "code" | "strong" | "emphasis";
  readonly text: string;
  readonly target?: string;
  /** The page of the manual to which the target leads. */
  readonly page?: string;
}

export type Line = readonly Run[];

/** A part of a page of the manual. Pages have no parts of other kinds. */
export type Block =
  | { readonly kind: "heading"; readonly depth: number; readonly line: Line }
  | { readonly kind: "paragraph"; readonly line: Line }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Line[] }
  | { readonly kind: "table"; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] };

/** A text with single spaces for all white space: where its lines ended in the file does not matter. */
const filled = (text: string): string => text.replaceAll(/\s+/g, " ");

const KINDS = { codespan: "code", strong: "strong", em: "emphasis" } as const;

const runOf = (token: Token): Run => {
  const text = "text" in token ? filled(String(token.text)) : "";
  const [, kind = "text"] = Object.entries(KINDS).find(([type]) => type === token.type) ?? [];
  return token.type === "link" ? linkOf(text, String(token.href)) : { kind, text };
};

const linkOf = (text: string, target: string): Run => {
  const page = /^(?:docs\/)?([\w-]+)\.md(?:#.*)?$/.exec(target)?.[1];
  return { kind: "text", text, target, ...(page !== undefined && { page }) };
};

const lineOf = (tokens: readonly Token[] = []): Line =>
  tokens.flatMap((token) => (token.type === "text" && token.tokens ? lineOf(token.tokens) : [runOf(token)]));

const isTable = (token: Token): token is Tokens.Table => token.type === "table";
const isList = (token: Token): token is Tokens.List => token.type === "list";
const isHeading = (token: Token): token is Tokens.Heading => token.type === "heading";

const cellsOf = (cells: readonly Tokens.TableCell[]): readonly Line[] => cells.map(({ tokens }) => lineOf(tokens));

const blockOf = (token: Token): readonly Block[] => {
  if (isHeading(token)) return [{ kind: "heading", depth: token.depth, line: lineOf(token.tokens) }];
  if (isTable(token)) return [{ kind: "table", head: cellsOf(token.header), rows: token.rows.map(cellsOf) }];
  if (isList(token)) return [{ kind: "list", items: token.items.map((item) => lineOf(item.tokens)) }];
  if (token.type === "code") return [{ kind: "code", text: String(token["text"]) }];
  return token.type === "space" ? [] : [{ kind: "paragraph", line: lineOf("tokens" in token ? token.tokens : []) }];
};

export const readMarkdown = (text: string): readonly Block[] => lexer(text).flatMap(blockOf);
