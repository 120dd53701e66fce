import { minorUnitDigits } from "../model/currency.ts";
import { queryFieldNamed } from "./fields.ts";
import { OPERATORS, type Operator } from "./query.ts";
import type { QueryText } from "./query-error.ts";

export type Token =
  | { readonly kind: "(" | ")" | "-" | "AND" | "OR" | "NOT" | "end"; readonly offset: number }
  | { readonly kind: "scope"; readonly scope: "any" | "all"; readonly offset: number }
  | { readonly kind: "word"; readonly text: string; readonly offset: number }
  | {
      readonly kind: "clause";
      readonly field: string;
      readonly op: Operator;
      readonly values: readonly WrittenValue[];
      readonly offset: number;
    };

export interface WrittenValue {
  readonly text: string;
  readonly quoted: boolean;
  readonly perhaps: boolean;
  readonly offset: number;
}

/**
 * Text that may stand before an operator. Only names of fields are understood there, and others are answered with a
 * list of them.
 */
const NAME = /(?:(?!!=)[^\s()",:=<>])+/y;
const OPERATOR = /!=|<=|>=|[:=<>]/y;
/** An amount or a range of amounts: `EUR 10M`, `10M EUR..20M EUR`. */
const CURRENCY = "(?:[A-Z]{3}|[€£])";
const FIGURE = "\\d+(?:\\.\\d+)?(?:k|M|bn)?";
const AMOUNT = `(?:${CURRENCY} ?${FIGURE}|${FIGURE} ?${CURRENCY}|${FIGURE})`;
const AMOUNTS = new RegExp(`${AMOUNT}?(?:\\.\\.${AMOUNT}?)?(?=[\\s(),]|$)`, "y");
const SCOPE = /(any|all)\s*\(/iy;
const KEYWORDS = ["AND", "OR", "NOT"] as const;

/**
 * Keywords of other query languages. Taken as words to look for, they would find nothing, and nobody would know why.
 */
const ELSEWHERE_WRITTEN: ReadonlyMap<string, string> = new Map([
  ...KEYWORDS.map((keyword) => [keyword.toLowerCase(), keyword] as const),
  ["&", "AND"],
  ["&&", "AND"],
  ["|", "OR"],
  ["||", "OR"],
  ["!", "NOT"],
]);

const OTHER_QUOTES = new Set("'`‘’‚“”„«»");

/** Splits a query into tokens. Throws QueryError where that is not possible. */
export class Lexer {
  readonly #query: QueryText;
  readonly #text: string;
  #at = 0;

  constructor(query: QueryText) {
    this.#query = query;
    this.#text = query.text;
  }

  next(): Token {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    const offset = this.#at;
    const char = this.#text.charAt(offset);
    if (char === "") return { kind: "end", offset };
    if (char === "(" || char === ")") {
      this.#at++;
      return { kind: char, offset };
    }
    if (char === "-" && /[^\s)]/.test(this.#text.charAt(offset + 1))) {
      this.#at++;
      return { kind: "-", offset };
    }
    return this.#scope(offset) ?? this.#clause(offset) ?? this.#word(offset);
  }

  #scope(offset: number): Token | undefined {
    const written = this.#match(SCOPE, offset);
    const scope = (["any", "all"] as const).find((name) => written?.startsWith(name));
    if (written === undefined) return undefined;
    if (scope === undefined)
      this.#query.fail(offset, "any( and all( are written in small letters", "write any( … ) or all( … )");
    this.#at += written.length;
    return { kind: "scope", scope, offset };
  }

  #clause(offset: number): Token | undefined {
    const field = /[@!]/.test(this.#text.charAt(offset)) ? undefined : this.#match(NAME, offset);
    const first = field === undefined ? undefined : this.#operator(offset + field.length);
    if (field === undefined || first === undefined) return undefined;
    this.#refuseOtherQuote(offset);
    this.#at = offset + field.length + first.length;
    const op = (first === ":" && this.#comparison()) || first;
    const values = [this.#value(field, op)];
    while (op === ":" && this.#text.charAt(this.#at) === ",") {
      this.#at++;
      values.push(this.#value(field, op));
    }
    if (this.#text.charAt(this.#at) === ",") {
      const expected = `write ${field}:…,… or NOT ${field}:…,…`;
      this.#query.fail(this.#at, `"${op}" compares with one value, not with a list`, expected);
    }
    return { kind: "clause", field, op, values, offset };
  }

  /** Takes a comparison that follows a colon: people write `ceiling:>=10M` in other tools. */
  #comparison(): Operator | undefined {
    const op = this.#operator(this.#at);
    if (op === undefined || !/[<>]/.test(op)) return undefined;
    this.#at += op.length;
    return op;
  }

  #operator(offset: number): Operator | undefined {
    const found = this.#match(OPERATOR, offset);
    return OPERATORS.find((op) => op === found);
  }

  #match(pattern: RegExp, offset: number): string | undefined {
    pattern.lastIndex = offset;
    return pattern.exec(this.#text)?.[0];
  }

  #value(field: string, op: Operator): WrittenValue {
    const perhaps = this.#text.charAt(this.#at) === "~";
    if (perhaps) this.#at++;
    const offset = this.#at;
    this.#refuseOtherQuote(offset);
    const second = this.#operator(offset);
    if (second !== undefined && second !== ":") {
      this.#query.fail(offset, `"${op}" and "${second}" do not go together`, `write ${field}${second} and the value`);
    }
    const quoted = this.#text.charAt(offset) === '"';
    const text = quoted ? this.#quoted() : this.#bareValue(field);
    if (quoted) this.#refuseRest(field, op);
    if (text !== "") return { text, quoted, perhaps, offset };
    const forms = 'a word, "several words", or a range low..high';
    const space = /\s/.test(this.#text.charAt(offset)) ? ", without a space before it" : "";
    return this.#query.fail(offset, `"${field}${op}" has no value`, `write ${forms}${space}`);
  }

  /** Refuses text right after a quoted value: `"EUR 10M"..` would ask for EUR 10M and, in a title, for dots. */
  #refuseRest(field: string, op: Operator): void {
    if (/^[^\s(),]/.test(this.#text.slice(this.#at)))
      this.#query.fail(
        this.#at,
        "a value ends at its quote",
        `write all of it between quotes: ${field}${op}"low..high"`,
      );
  }

  #word(offset: number): Token {
    if (this.#text.charAt(offset) === '"') {
      const text = this.#quoted();
      if (text === "") this.#query.fail(offset, "there is nothing between the quotes", "write a word or a field:value");
      return { kind: "word", text, offset };
    }
    const text = this.#bare(/[\s()"]/);
    const keyword = KEYWORDS.find((candidate) => candidate === text);
    if (keyword !== undefined) return { kind: keyword, offset };
    this.#refuseOddWord(text, offset);
    return { kind: "word", text, offset };
  }

  #refuseOtherQuote(offset: number): void {
    const char = this.#text.charAt(offset);
    if (OTHER_QUOTES.has(char)) this.#query.fail(offset, `${char} does not quote`, `quote with ": "several words"`);
  }

  /** Refuses text that is unlikely to be meant as a word to look for. */
  #refuseOddWord(text: string, offset: number): void {
    this.#refuseOtherQuote(offset);
    const keyword = ELSEWHERE_WRITTEN.get(text) ?? (text.startsWith("!") ? "NOT" : undefined);
    const quoted = `quote it to look for it: "${text}"`;
    if (keyword !== undefined)
      this.#query.fail(offset, `"${text}" does not work in a query`, `write ${keyword}; or ${quoted}`);
    if (/^[=<>]/.test(text))
      this.#query.fail(offset, `"${text}" compares no field`, `write field${text}; or ${quoted}`);
    if (text.startsWith(",")) {
      this.#query.fail(
        offset,
        "a comma stands here without a value",
        `several values go after a colon: lot:2,3; or ${quoted}`,
      );
    }
  }

  #bare(end: RegExp): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !end.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** A value without quotes. An amount may have a space between its currency and its figure. */
  #bareValue(field: string): string {
    const isAmount = queryFieldNamed(field)?.type === "amount";
    const amounts = (isAmount && this.#match(AMOUNTS, this.#at)) || "";
    const codes = amounts.match(/[A-Z]{3}/g) ?? [];
    if (!amounts.includes(" ") || codes.some((code) => minorUnitDigits(code) === undefined))
      return this.#bare(/[\s(),]/);
    this.#at += amounts.length;
    return amounts;
  }

  #quoted(): string {
    const start = this.#at++;
    let text = "";
    for (;;) {
      const char = this.#text.charAt(this.#at++);
      if (char === "") this.#query.fail(start, "the quote is not closed", 'end it with "');
      if (char === '"') return text;
      text += char === "\\" ? this.#text.charAt(this.#at++) : char;
    }
  }
}
