import { LOT_STATUSES, SUPPLIER_KINDS } from "../model/contract.ts";
import { UsageError } from "../model/errors.ts";
import { isMoneyProblem, parseFigure } from "../model/money.ts";
import { nearest } from "../model/nearest.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import { PRESENCE_FIELDS, QUERY_FIELDS, type QueryField, queryFieldNamed, STATES } from "./fields.ts";
import { type Clause, EVERYTHING, OPERATORS, type Operator, type Query } from "./query.ts";
import {
  type Amounts,
  type Dates,
  FORM_CURRENCY,
  isEarlier,
  isValueProblem,
  parseAskedAmount,
  parseAskedDate,
  parseCount,
  parseRange,
  type Range,
  type ValueProblem,
} from "./values.ts";

/** A query that cannot be understood; the message shows the query with a caret under the place. */
export class QueryError extends UsageError {
  /** Where in the query, counted from 0 in UTF-16 code units. */
  readonly offset: number;
  readonly query: string;

  constructor(query: string, offset: number, message: string, expected: string) {
    super(message, expected);
    this.query = query;
    this.offset = offset;
  }
}

type Token =
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

interface WrittenValue {
  readonly text: string;
  readonly quoted: boolean;
  readonly perhaps: boolean;
  readonly offset: number;
}

/** The fields that know only certain words. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["is", STATES],
  ["status", LOT_STATUSES],
  ["kind", SUPPLIER_KINDS],
]);

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 100;
const NAME = /[A-Za-z]+/y;
const OPERATOR = /!=|<=|>=|[:=<>]/y;
const KEYWORDS = ["AND", "OR", "NOT"] as const;

/** Named queries and query files, by what was written: `:late`, `@late.query`; undefined where there is none. */
export type Lookup = (reference: string) => string | undefined;

/** A hint for a name that no query knows; undefined where it is known nowhere else either. */
export type Elsewhere = (field: string) => string | undefined;

const NOWHERE = (): undefined => undefined;

/**
 * Reads a query:
 *
 *     query   = and { "OR" and }
 *     and     = unary { ["AND"] unary }                      a space is AND
 *     unary   = ["NOT" | "-"] ( clause | "(" query ")" | ("any" | "all") "(" query ")" )
 *     clause  = field ":" value { "," value } | field op value | word | ":" name | "@" file
 *     value   = word | "quoted text" | ["~"] [low] ".." [high]
 *
 * Throws QueryError, and nothing else, for what it cannot understand.
 */
export const parseQuery = (text: string, lookup: Lookup = NOWHERE, elsewhere: Elsewhere = NOWHERE): Query =>
  new Parser(text, { lookup, elsewhere, open: [], depth: 0, length: 0 }).parse();

/** What a query shares with the queries that it names. */
interface Reading {
  readonly lookup: Lookup;
  readonly elsewhere: Elsewhere;
  /** The names that led here. */
  readonly open: string[];
  depth: number;
  /** How many characters were read in all. */
  length: number;
}

class Lexer {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fail(offset: number, message: string, expected: string): never {
    throw new QueryError(this.#text, offset, message, expected);
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
    const scope = (["any", "all"] as const).find((name) => this.#text.startsWith(`${name}(`, offset));
    if (scope === undefined) return undefined;
    this.#at += scope.length + 1;
    return { kind: "scope", scope, offset };
  }

  #clause(offset: number): Token | undefined {
    const field = this.#match(NAME, offset);
    const op = field === undefined ? undefined : this.#operator(offset + field.length);
    if (field === undefined || op === undefined) return undefined;
    this.#at = offset + field.length + op.length;
    const values = [this.#value(field, op)];
    while (op === ":" && this.#text.charAt(this.#at) === ",") {
      this.#at++;
      values.push(this.#value(field, op));
    }
    if (this.#text.charAt(this.#at) === ",")
      this.fail(this.#at, `"${op}" compares with one value, not with a list`, `write ${field}:…,… or NOT ${field}:…,…`);
    return { kind: "clause", field, op, values, offset };
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
    const quoted = this.#text.charAt(offset) === '"';
    const text = quoted ? this.#quoted() : this.#bare(/[\s(),]/);
    if (text === "")
      this.fail(offset, `"${field}${op}" has no value`, 'write a word, "several words", or a range low..high');
    return { text, quoted, perhaps, offset };
  }

  #word(offset: number): Token {
    if (this.#text.charAt(offset) === '"') {
      const text = this.#quoted();
      if (text === "") this.fail(offset, "there is nothing between the quotes", "write a word or a field:value");
      return { kind: "word", text, offset };
    }
    const text = this.#bare(/[\s()"]/);
    const keyword = KEYWORDS.find((candidate) => candidate === text);
    return keyword === undefined ? { kind: "word", text, offset } : { kind: keyword, offset };
  }

  #bare(end: RegExp): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !end.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** Text between quotes; a backslash takes the next character as it is. */
  #quoted(): string {
    const start = this.#at++;
    let text = "";
    for (;;) {
      const char = this.#text.charAt(this.#at++);
      if (char === "") this.fail(start, "the quote is not closed", 'end it with "');
      if (char === '"') return text;
      text += char === "\\" ? this.#text.charAt(this.#at++) : char;
    }
  }
}

class Parser {
  readonly #text: string;
  readonly #lexer: Lexer;
  readonly #reading: Reading;
  #token: Token;

  constructor(text: string, reading: Reading) {
    this.#text = text;
    this.#reading = reading;
    this.#lexer = new Lexer(text);
    reading.length += text.length;
    if (reading.length > MAX_LENGTH) {
      const limit = `at most ${MAX_LENGTH} characters, with the queries that it names`;
      throw new QueryError(text.slice(0, 80), 0, "the query is too long", limit);
    }
    this.#token = this.#lexer.next();
  }

  parse(): Query {
    if (this.#token.kind === "end") return EVERYTHING;
    const query = this.#or();
    if (this.#token.kind === ")") this.#fail("this bracket closes nothing", "remove it, or open one before");
    return query;
  }

  #fail(message: string, expected: string, offset = this.#token.offset): never {
    throw new QueryError(this.#text, offset, message, expected);
  }

  #advance(): Token {
    const token = this.#token;
    this.#token = this.#lexer.next();
    return token;
  }

  #or(): Query {
    const parts = [this.#and()];
    while (this.#token.kind === "OR") {
      this.#advance();
      parts.push(this.#and());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "or", parts };
  }

  #and(): Query {
    const parts = [this.#unary()];
    while (this.#token.kind !== "end" && this.#token.kind !== ")" && this.#token.kind !== "OR") {
      if (this.#token.kind === "AND") this.#advance();
      parts.push(this.#unary());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "and", parts };
  }

  #unary(): Query {
    const token = this.#advance();
    if (++this.#reading.depth > MAX_DEPTH)
      this.#fail("the query is nested too deeply", `at most ${MAX_DEPTH} levels`, token.offset);
    const query = this.#unaryOf(token);
    this.#reading.depth--;
    return query;
  }

  #unaryOf(token: Token): Query {
    switch (token.kind) {
      case "NOT":
      case "-":
        return { kind: "not", part: this.#unary() };
      case "(":
        return this.#bracketed(token.offset);
      case "scope":
        return { kind: token.scope, part: this.#bracketed(token.offset) };
      case "clause":
        return this.#clause(token.field, token.op, token.values, token.offset);
      case "word":
        return this.#word(token.text, token.offset);
      default:
        return this.#fail(
          token.kind === "end" ? "the query ends too early" : `"${token.kind}" stands where a clause should`,
          "write a word, a field:value, or ( … )",
          token.offset,
        );
    }
  }

  #bracketed(offset: number): Query {
    if (this.#token.kind === ")") this.#fail("there is nothing between the brackets", "write a clause");
    const query = this.#or();
    if (this.#advance().kind !== ")") this.#fail("the bracket is not closed", "end it with )", offset);
    return query;
  }

  #word(text: string, offset: number): Query {
    const quoted = this.#text.charAt(offset) === '"';
    if (quoted || !/^[:@]./.test(text)) return { kind: "word", text };
    const { lookup, open } = this.#reading;
    const what = text.startsWith("@") ? `query file "${text.slice(1)}"` : `query named "${text.slice(1)}"`;
    const found = lookup(text)?.trim();
    if (found === undefined) {
      this.#fail(`there is no ${what}`, "name a query of the register's queries: :name, or a file: @file", offset);
    }
    if (found === "") this.#fail(`the ${what} is empty`, "write a word or a field:value into it", offset);
    if (open.includes(text)) this.#fail("queries name each other in a circle", "write one of them out", offset);
    open.push(text);
    const query = new Parser(found, this.#reading).parse();
    open.pop();
    return query;
  }

  #clause(name: string, op: Operator, values: readonly WrittenValue[], offset: number): Query {
    const field = queryFieldNamed(name);
    if (field === undefined) {
      const names = QUERY_FIELDS.map((candidate) => candidate.name);
      const near = nearest(name, names);
      this.#fail(
        `there is no field "${name}"`,
        this.#reading.elsewhere(name) ??
          (near.length > 0 ? `did you mean ${near.join(" or ")}?` : `fields: ${names.join(", ")}`),
        offset,
      );
    }
    return this.#typed(field, op, values, offset);
  }

  #typed(field: QueryField, op: Operator, values: readonly WrittenValue[], offset: number): Clause {
    const { name, type } = field;
    for (const { perhaps, offset: at } of values) {
      if (perhaps && type !== "date")
        this.#fail(`"~" is for dates; ${name} is none`, `for example ${field.example}`, at - 1);
    }
    switch (type) {
      case "amount":
        return { kind: "amounts", field: name, op, values: values.map((value) => this.#amounts(value, op)) };
      case "date":
        return { kind: "dates", field: name, op, values: values.map((value) => this.#dates(value, op)) };
      case "count":
        return { kind: "counts", field: name, op, values: values.map((value) => this.#counts(value, op)) };
      default:
        return {
          kind: "texts",
          field: name,
          op: this.#textOperator(field, op, offset),
          values: values.map((value) => this.#textValue(field, value)),
        };
    }
  }

  #textOperator({ name, type, example }: QueryField, op: Operator, offset: number): ":" | "=" | "!=" {
    const plain = type === "state" || type === "presence";
    if (op === ":" || (!plain && (op === "=" || op === "!="))) return op;
    return this.#fail(`${name} cannot be compared by "${op}"`, `for example ${example}`, offset + name.length);
  }

  #textValue({ name, type }: QueryField, { text, offset }: WrittenValue): string {
    const words = WORDS.get(name) ?? (type === "presence" ? PRESENCE_FIELDS : undefined);
    if (words === undefined || words.some((word) => word === text)) return text;
    const near = nearest(text, words);
    return this.#fail(
      `"${name}:" does not know "${text}"`,
      near.length > 0 ? `did you mean ${near.join(" or ")}?` : `one of ${words.join(", ")}`,
      offset,
    );
  }

  #range<T extends object | number>(
    value: WrittenValue,
    op: Operator,
    parse: (text: string) => T | ValueProblem,
  ): Range<T> {
    const range = parseRange(value.text, parse);
    if (isValueProblem(range)) return this.#fail(range.problem, range.expected, value.offset);
    if (op !== ":" && !range.single)
      this.#fail(
        `"${op}" compares with one value, not with a range`,
        "write the field, a colon and the range",
        value.offset,
      );
    return range;
  }

  #amounts(value: WrittenValue, op: Operator): Amounts {
    const range = this.#range(value, op, parseAskedAmount);
    const { low, high } = range;
    if (low?.currency !== undefined && high?.currency !== undefined && low.currency !== high.currency) {
      this.#fail(
        "the ends of the range are in different currencies",
        "ask for each currency by itself, with OR",
        value.offset,
      );
    }
    if (low === undefined || high === undefined) return range;
    const currency = low.currency ?? high.currency;
    const least = this.#figure(low.figure, currency, value.offset);
    const most = this.#figure(high.figure, currency, value.offset);
    if (most < least) this.#empty(value);
    return { ...range, low: { ...low, currency }, high: { ...high, currency } };
  }

  /** A figure in the currency that stands at the other end of its range, too. */
  #figure(figure: string, currency: string | undefined, offset: number): bigint {
    const money = parseFigure(figure, currency ?? FORM_CURRENCY);
    return isMoneyProblem(money) ? this.#fail(money.problem, money.hint, offset) : money.minor;
  }

  #dates(value: WrittenValue, op: Operator): Dates {
    const range = this.#range(value, op, parseAskedDate);
    if (value.perhaps && op !== ":")
      this.#fail('"~" goes with a colon', "for example awardDate:~2015-12-10..", value.offset - 1);
    const { low, high } = range;
    if (low?.kind === "date" && high?.kind === "date" && !range.single) {
      const padded = { ...low.date, month: low.date.month ?? 1, day: low.date.day ?? 1 };
      if (
        comparePartialDates({ year: high.date.year, month: high.date.month ?? 12, day: high.date.day ?? 31 }, padded) <
        0
      )
        this.#empty(value);
    }
    if (low?.kind === "relative" && high?.kind === "relative" && isEarlier(high, low)) this.#empty(value);
    return { ...range, perhaps: value.perhaps };
  }

  #counts(value: WrittenValue, op: Operator): Range<number> {
    const range = this.#range(value, op, parseCount);
    if (range.low !== undefined && range.high !== undefined && range.high < range.low) this.#empty(value);
    return range;
  }

  #empty({ text, offset }: WrittenValue): never {
    this.#fail(`nothing can lie in ${text}: its end is before its beginning`, "turn the ends round", offset);
  }
}
