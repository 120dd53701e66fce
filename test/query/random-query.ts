import fc from "fast-check";
import { isBlank } from "../../src/model/fold.ts";
import { QUERY_FIELDS, STATES } from "../../src/query/fields.ts";
import { OPERATORS, type Operator, type Query } from "../../src/query/query.ts";
import {
  type Amounts,
  type AskedAmount,
  type AskedDate,
  askedAmount,
  type Counts,
  type Dates,
  type Range,
} from "../../src/query/values.ts";
import { anyText } from "../any-text.ts";

/** Random queries of every kind, as the parser builds them: and/or have two parts or more, ranges do not run backwards. */

/** Anything that can be looked for: what folds to nothing is refused. */
const text = fc
  .oneof(
    anyText(8, 1),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      "AND",
      "or",
      "NOT",
      "any",
      "all",
      "-",
      ":late",
      "@file",
      '"',
      "\\",
      "a b",
      "1,2",
      "..",
      "~x",
      "a:b",
      "x=y",
      "<",
      ",",
      "'x'",
      "||",
    ),
  )
  .filter((written) => !isBlank(written));

const fieldsOf = (...types: readonly string[]): readonly string[] =>
  QUERY_FIELDS.filter(({ type, only }) => types.includes(type) && only === undefined).map(({ name }) => name);

const PRESENCE_OF_LOTS = fieldsOf("id", "text", "amount", "date", "count");

const texts: fc.Arbitrary<Query> = fc.oneof(
  fc.record({
    kind: fc.constant("texts" as const),
    field: fc.constantFrom(
      ...fieldsOf("id", "text").filter((name) => !["status", "kind", "country", "size", "sme"].includes(name)),
    ),
    op: fc.constantFrom(":" as const),
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("texts" as const),
    field: fc.constantFrom("title", "lot", "buyer"),
    op: fc.constantFrom("=" as const, "!=" as const),
    values: fc.tuple(text),
  }),
  fc.record({
    kind: fc.constant("texts" as const),
    field: fc.constant("is"),
    op: fc.constant(":" as const),
    values: fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("texts" as const),
    field: fc.constantFrom("has", "missing"),
    op: fc.constant(":" as const),
    values: fc.array(fc.constantFrom(...PRESENCE_OF_LOTS), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("texts" as const),
    field: fc.constant("withheld"),
    op: fc.constant(":" as const),
    values: fc.array(fc.constantFrom(...fieldsOf("amount")), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("texts" as const),
    field: fc.constant("country"),
    op: fc.constantFrom(":" as const, "=" as const, "!=" as const),
    values: fc.tuple(fc.constantFrom("BE", "es")),
  }),
);

/** A single value, or a range with at least one end; `ordered` says whether the ends may stand so. */
const rangeOf = <T>(value: fc.Arbitrary<T>, ordered: (low: T, high: T) => boolean): fc.Arbitrary<Range<T>> =>
  fc.oneof<fc.Arbitrary<Range<T>>[]>(
    value.map((one) => ({ low: one, high: one, single: true })),
    value.map((low) => ({ low, high: undefined, single: false })),
    value.map((high) => ({ low: undefined, high, single: false })),
    fc
      .tuple(value, value)
      .filter(([low, high]) => ordered(low, high))
      .map(([low, high]) => ({ low, high, single: false })),
  );

const FIGURES: readonly string[] = ["0", "1", "700000", "1,250,000.00", "10.2M", "13.9M", "2bn"];
const askedIn = (...units: readonly (string | undefined)[]): fc.Arbitrary<AskedAmount> =>
  fc.tuple(fc.constantFrom(...FIGURES), fc.constantFrom(...units)).map(([figure, currency]) => {
    const amount = askedAmount(figure, currency);
    if ("problem" in amount) throw new Error(amount.problem);
    return amount;
  });
const rank = ({ figure }: AskedAmount): number => FIGURES.indexOf(figure);
const amountRangeIn = (...units: readonly (string | undefined)[]): fc.Arbitrary<Amounts> =>
  rangeOf(askedIn(...units), (low, high) => low.currency === high.currency && rank(low) <= rank(high));

const dates: fc.Arbitrary<AskedDate> = fc.oneof(
  fc
    .constantFrom<AskedDate & { kind: "date" }>(
      { kind: "date", date: { year: 2015 } },
      { kind: "date", date: { year: 2015, month: 12 } },
      { kind: "date", date: { year: 2015, month: 12, day: 18 } },
      { kind: "date", date: { year: 2023, month: 3, day: 24, offset: "+02:00" } },
      { kind: "date", date: { year: 1, month: 1, day: 1, offset: "Z" } },
    )
    .map((date): AskedDate => date),
  fc.record({
    kind: fc.constant("relative" as const),
    count: fc.integer({ min: -9999, max: 9999 }),
    unit: fc.constantFrom("d" as const, "w" as const, "m" as const, "y" as const),
  }),
);
const dateRange: fc.Arbitrary<Dates> = fc
  .tuple(
    rangeOf(dates, (low, high) => low.kind === high.kind && (low.kind === "date" ? low === high : low.count === 0)),
    fc.boolean(),
  )
  .filter(([{ low, high }]) => low?.kind !== "relative" || high?.kind !== "relative" || high.count >= 0)
  .map(([range, perhaps]) => ({ ...range, perhaps }));

const count = fc.nat({ max: 999_999_999 });
const countRange: fc.Arbitrary<Counts> = rangeOf(count, (low, high) => low <= high);

const operator = fc.constantFrom<Operator>(...OPERATORS);

/** Only a colon takes several values, ranges and `~`. */
const typed = <T extends Range<unknown>, K extends "amounts" | "dates" | "counts">(
  kind: K,
  fields: readonly string[],
  range: fc.Arbitrary<T>,
  plain: (range: T) => boolean,
) =>
  fc.oneof(
    fc.record({
      kind: fc.constant(kind),
      field: fc.constantFrom(...fields),
      op: fc.constant<Operator>(":"),
      values: fc.array(range, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant(kind),
      field: fc.constantFrom(...fields),
      op: operator,
      values: fc.tuple(range.filter(plain)),
    }),
  );

const clause: fc.Arbitrary<Query> = fc.oneof(
  texts,
  typed(
    "amounts",
    fieldsOf("amount").filter((field) => field !== "quantity"),
    amountRangeIn(undefined, "EUR", "GBP"),
    ({ single }) => single,
  ),
  typed("amounts", ["quantity"], amountRangeIn(undefined, "machines", "gpu hours"), ({ single }) => single),
  typed("dates", fieldsOf("date"), dateRange, ({ single, perhaps }) => single && !perhaps),
  typed("counts", fieldsOf("count"), countRange, ({ single }) => single),
  text.map((word): Query => ({ kind: "word", text: word })),
);

export const randomQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    clause,
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("query"), { minLength: 2, maxLength: 4 }),
    }),
    tie("query").map((part): Query => ({ kind: "not", part })),
    fc.record({ kind: fc.constantFrom("any" as const, "all" as const), part: tie("query") }),
  ),
})).query;
