import { isBlank } from "../model/fold.ts";
import { nearest } from "../model/nearest.ts";
import type { Register } from "../records/register.ts";
import { ClauseReader } from "./clause-reader.ts";
import { meantField, queryFieldNamed } from "./fields.ts";
import { Lexer, type Token, type WrittenValue } from "./lexer.ts";
import { EVERYTHING, type Operator, type Query, type QueryField, type RowKind } from "./query.ts";
import { QueryText } from "./query-error.ts";

/** What to write instead of a query's name that the register does not have. Undefined for other words. */
export const queryNameHint = ({ queries }: Register, written: string): string | undefined => {
  if (!written.startsWith(":")) return undefined;
  const names = [...queries.keys()].map((name) => `:${name}`);
  const near = nearest(written, names);
  if (near.length > 0) return `did you mean ${near.join(" or ")}?`;
  if (names.length === 0) return "the register names no queries; @file reads one from a file";
  return `the register names ${names.slice(0, 5).join(", ")}`;
};

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 100;
/** Looks up a named query or a query file by its reference: `:late`, `@late.query`. Undefined where there is none. */
export type Lookup = (reference: string) => string | undefined;

/** Gives a hint for a field or a query's name (`:late`) that is not known here. Undefined for none. */
type Elsewhere = (written: string) => string | undefined;

const NOWHERE = (): undefined => undefined;

/**
 * Reads a query:
 *
 *     query   = and { "OR" and }
 *     and     = unary { ["AND"] unary }                      a space is AND
 *     unary   = ["NOT" | "-"] ( clause | "(" query ")" | ("any" | "all") "(" query ")" )
 *     clause  = field ":" value { "," value } | field [":"] op value | word | ":" name | "@" file
 *     value   = word | "quoted text" | ["~"] [low] ".." [high]
 *
 * Only the query that is asked may name files: the queries that it names may be a stranger's. Besides the fields of
 * lots it may ask for those of the rows that are named. Throws QueryError, and nothing else, for what it cannot
 * understand.
 */
export const parseQuery = (
  text: string,
  lookup: Lookup = NOWHERE,
  elsewhere: Elsewhere = NOWHERE,
  rows?: RowKind,
): Query =>
  new Parser(new QueryText(text), { lookup, elsewhere, rows, open: [], depth: 0, length: 0, scopes: 0 }).parse();

interface Reading {
  readonly lookup: Lookup;
  readonly elsewhere: Elsewhere;
  /** The kind of rows that may be asked for, besides lots. */
  readonly rows: RowKind | undefined;
  readonly open: string[];
  depth: number;
  length: number;
  /** How many `any( )` and `all( )` are open. Within these, only lots can be asked about. */
  scopes: number;
}

class Parser {
  readonly #query: QueryText;
  readonly #lexer: Lexer;
  readonly #reading: Reading;
  #token: Token;

  constructor(query: QueryText, reading: Reading) {
    this.#query = query;
    this.#reading = reading;
    this.#lexer = new Lexer(query);
    reading.length += query.text.length;
    if (reading.length > MAX_LENGTH) {
      const limit = `at most ${MAX_LENGTH} characters, with the queries that it names`;
      new QueryText(query.text.slice(0, 80), query.named).fail(0, "the query is too long", limit);
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
    return this.#query.fail(offset, message, expected);
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
        return this.#scoped(token.scope, token.offset);
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

  #scoped(kind: "any" | "all", offset: number): Query {
    this.#reading.scopes++;
    const part = this.#bracketed(offset);
    this.#reading.scopes--;
    return { kind, part };
  }

  #bracketed(offset: number): Query {
    if (this.#token.kind === ")") this.#fail("there is nothing between the brackets", "write a clause");
    const query = this.#or();
    if (this.#advance().kind !== ")") this.#fail("the bracket is not closed", "end it with )", offset);
    return query;
  }

  #word(text: string, offset: number): Query {
    const quoted = this.#query.text.charAt(offset) === '"';
    if (!quoted && /^[:@]./.test(text)) return this.#named(text, offset);
    if (!quoted) this.#refuseLoneField(text, offset);
    if (isBlank(text))
      this.#fail("there is nothing to look for in this word", "write a word, or a part of one", offset);
    return { kind: "word", text };
  }

  /**
   * Refuses a field without a value. Where the shell takes `>10M` as a redirection, only the field is left of the
   * clause.
   */
  #refuseLoneField(text: string, offset: number): void {
    const field = queryFieldNamed(text);
    if (field === undefined || !["amount", "date", "count"].includes(field.type)) return;
    const expected = `for example ${field.example}; the shell needs quotes around < and >; to look for the word: "${text}"`;
    this.#fail(`the field ${text} has nothing to be compared with`, expected, offset);
  }

  #named(reference: string, offset: number): Query {
    const { lookup, elsewhere, open } = this.#reading;
    const isFile = reference.startsWith("@");
    const what = `query ${isFile ? "file" : "named"} "${reference.slice(1)}"`;
    if (isFile && open.length > 0) {
      const where = "name it where you ask, or write out what it says";
      this.#fail(`a query that is named by another reads no files: "${reference}"`, where, offset);
    }
    const found = lookup(reference)?.trimEnd();
    if (found === undefined) {
      const otherwise = "name a query of the register's queries: :name, or a file: @file";
      this.#fail(`there is no ${what}`, elsewhere(reference) ?? otherwise, offset);
    }
    if (found === "") this.#fail(`the ${what} is empty`, "write a word or a field:value into it", offset);
    if (open.includes(reference)) this.#fail("queries name each other in a circle", "write one of them out", offset);
    open.push(reference);
    const query = new Parser(new QueryText(found, reference), this.#reading).parse();
    open.pop();
    return query;
  }

  #clause(name: string, op: Operator, values: readonly WrittenValue[], offset: number): Query {
    const field = queryFieldNamed(name);
    if (field === undefined) {
      // What cannot be a name is more likely a text with a colon in it.
      const text = /^[A-Za-z]+$/.test(name) ? "" : "; to look for a text with such signs, quote it";
      this.#fail(`there is no field "${name}"`, this.#reading.elsewhere(name) ?? meantField(name) + text, offset);
    }
    this.#refuseOfRows(field, offset);
    const clause = new ClauseReader(this.#query).read(field, op, values, offset);
    if (field.type === "presence")
      for (const { text, offset: at } of values) this.#refuseOfRows(queryFieldNamed(text), at);
    return clause;
  }

  #refuseOfRows(field: QueryField | undefined, offset: number): void {
    const { rows, scopes } = this.#reading;
    if (field?.only === undefined || (field.only === rows && scopes === 0)) return;
    const { name, only, example } = field;
    if (only === rows) this.#fail(`${name} is not a field of lots`, "any( ) and all( ) ask about lots", offset);
    this.#fail(`${name} is a field of ${only}, not of lots`, `lotbook ${only} ${example}`, offset);
  }
}
