import { describe, expect, test } from "vitest";
import { allCommands } from "../../src/commands/commands.ts";
import { answersOf } from "../../src/commands/fields.ts";
import { fields, vocabulary, whereElse } from "../../src/engine/vocabulary.ts";
import { QUERY_FIELDS } from "../../src/query/fields.ts";
import { LOT_STATUSES } from "../../src/records/lot.ts";
import { SUPPLIER_KINDS } from "../../src/records/supplier.ts";
import { allOf } from "../reading.ts";

const COMMANDS = await allCommands();

const ANSWERS = COMMANDS.flatMap(answersOf);

/** Names that say different things in different places, and why they may. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  suppliers: "who holds the lot, where a row is one lot; how many do, where it is several, and in queries",
  supplier: "the supplier's id in answers; found by any of its names in queries",
  ceiling: "on awards the lot's ceiling stands in every row of the suppliers that share it",
  cpv: "the codes that are stated; in queries also those that they are part of",
  currency: "of a row of totals; in queries of any amount of a lot",
  directAward: "a list, of which queries find each",
  offers: "a number, which may be approximate; compared in queries",
  procedure: "its number; in queries its number or its kind",
  share: "a part in percent, or what equal parts come to",
  size: "in queries that of any supplier in view",
  quarter: "as the year",
  month: "as the year",
  year: "of totals the year of the award, of orders the one in which they were placed",
  use: "how far a ceiling is used up; in queries also what it may be",
  used: "a percentage, which queries compare as a number",
  runsOut: "how long before its end; in queries whether before it",
  row: "what is counted once in a total: ceilings, or orders",
  amount: "an order's, or why a ceiling's amount is in a total",
  date: "an order's, or a publication's",
  awarded: "an amount a currency on lots; compared in queries in any of them",
  ordered:
    "an amount a currency on lots and contracts; of a ceiling, a supplier or a total in one; of orders by groups what certainly is",
  quantity: "how much may be ordered on a lot; of an order how much it takes",
};

test("a name has one type and one meaning over all answers and queries, but for the exceptions", () => {
  const names = vocabulary(ANSWERS).map(({ field }) => field);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  expect(new Set(repeated)).toEqual(new Set(Object.keys(EXCEPTIONS)));
});

test("everything that can be asked for or shown is listed, with an example and where it can be used", () => {
  const listed = vocabulary(ANSWERS);
  const names = new Set(listed.map(({ field }) => field));
  for (const { name } of QUERY_FIELDS) expect(names).toContain(name);
  for (const { name, columns } of ANSWERS)
    for (const column of columns)
      expect(listed.some(({ field, uses }) => field === column.name && uses.includes(name))).toBe(true);
  for (const { meaning, example, uses } of listed) {
    expect(meaning).toMatch(/\.$/);
    expect(example).not.toBe("");
    expect(uses.length).toBeGreaterThan(0);
  }
});

test("no word of a field stands in another: asking for one never finds the other", () => {
  for (const words of [LOT_STATUSES, SUPPLIER_KINDS])
    for (const word of words) expect(words.filter((other) => other.includes(word))).toEqual([word]);
});

test("an answer to which no query leads has its own fields only", async () => {
  const sources = ANSWERS.filter(({ name }) => name === "sources");
  const rows = await allOf(fields(sources, false));
  expect(rows.map(({ field }) => field)).toEqual(sources[0]?.columns.map(({ name }) => name));
  expect((await allOf(fields(sources))).length).toBeGreaterThan(rows.length);
});

describe("a field that is not here", () => {
  test("is said to be elsewhere", () => {
    expect(whereElse(ANSWERS, "firmEnd")).toBe(
      "it is a field of queries, contracts, headroom --burn: see lotbook fields",
    );
    expect(whereElse(ANSWERS, "reason")).toBe("it is a field of total --why: see lotbook fields");
    expect(whereElse(ANSWERS, "known", "total")).toBe("it is a field of total with other options: see lotbook fields");
    expect(whereElse(ANSWERS, "share", "total")).toBe(
      "it is a field of suppliers --shares, suppliers --shares ceiling, total --by supplier --split equal: see lotbook fields",
    );
  });

  test("or to be unknown everywhere", () => {
    expect(whereElse(ANSWERS, "nope")).toBeUndefined();
  });
});

/** Fields under several headings, each of which says in its table what the others need not. */
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  awarded: ["Awarded", "Awarded value"],
  supplier: ["Id", "Supplier id"],
  value: ["Says", "Value"],
  verdict: ["Beside the others", "Verdict"],
};

test("fields of one name and meaning have one heading, but for the exceptions", () => {
  const headings = new Map<string, Set<string>>();
  for (const column of ANSWERS.flatMap(({ columns }) => columns)) {
    const key = `${column.name}: ${column.meaning}`;
    headings.set(key, (headings.get(key) ?? new Set()).add(column.title));
  }
  const several = [...headings].filter(([, titles]) => titles.size > 1);
  expect(Object.fromEntries(several.map(([key, titles]) => [key.split(":")[0], [...titles].sort()]))).toEqual(HEADINGS);
});
