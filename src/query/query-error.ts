import { UsageError } from "../model/errors.ts";

export class QueryError extends UsageError {
  /** Where in the query, counted from 0 in UTF-16 code units. */
  readonly offset: number;
  readonly query: string;
  /**
   * The name of the query within the one that was asked, `:late` or `@late.query`. Undefined for the query that was
   * asked itself.
   */
  readonly named: string | undefined;

  /**
   * The place in a query file, `late.query:2:7`, with line and column counted from 1. Undefined for a query that is in
   * no file.
   */
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
