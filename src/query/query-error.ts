import { UsageError } from "../model/errors.ts";

export class QueryError extends UsageError {
  /** Where in the query, counted from 0 in UTF-16 code units. */
  readonly offset: number;
  readonly query: string;
  /** How the query was named in the one that was asked, `:late` or `@late.query`; undefined for that one itself. */
  readonly named: string | undefined;

  /** `late.query:2:7`, the line and the column counted from 1; undefined for what stands in no file. */
  get place(): string | undefined {
    if (this.named?.startsWith("@") !== true) return undefined;
    const before = this.query.slice(0, this.offset).split("\n");
    return `${this.named.slice(1)}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  }

  constructor({ text, named }: QueryText, offset: number, message: string, expected: string) {
    super(message, expected);
    this.query = text;
    this.named = named;
    this.offset = offset;
  }
}

export class QueryText {
  readonly text: string;
  readonly named: string | undefined;

  constructor(text: string, named?: string) {
    this.text = text;
    this.named = named;
  }

  fail(offset: number, message: string, expected: string): never {
    throw new QueryError(this, offset, message, expected);
  }
}
