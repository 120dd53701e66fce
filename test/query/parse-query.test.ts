import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { QUERY_FIELDS } from "../../src/query/fields.ts";
import { type Lookup, parseQuery, queryNameHint } from "../../src/query/parse-query.ts";
import type { Query } from "../../src/query/query.ts";
import { QueryError } from "../../src/query/query-error.ts";
import { anyText } from "../any-text.ts";
import { openText } from "../open-text.ts";
import { seeded } from "../seeded.ts";

const word = (text: string): Query => ({ kind: "word", text });
const [a, b, c, d] = [word("a"), word("b"), word("c"), word("d")] as const;
const not = (part: Query): Query => ({ kind: "not", part });
const and = (...parts: readonly Query[]): Query => ({ kind: "and", parts });
const or = (...parts: readonly Query[]): Query => ({ kind: "or", parts });
const texts = (field: string, ...values: readonly string[]): Query => ({ kind: "texts", field, op: ":", values });

describe("what binds how tightly", () => {
  const table: readonly (readonly [string, Query])[] = [
    ["a b", and(a, b)],
    ["a AND b", and(a, b)],
    ["a b AND c", and(a, b, c)],
    ["a OR b", or(a, b)],
    ["a OR b OR c", or(a, b, c)],
    ["a b OR c d", or(and(a, b), and(c, d))],
    ["a OR b c", or(a, and(b, c))],
    ["a AND b OR c", or(and(a, b), c)],
    ["a (b OR c) d", and(a, or(b, c), d)],
    ["(a OR b) (c OR d)", and(or(a, b), or(c, d))],
    ["(a b) c", and(and(a, b), c)],
    ["NOT a b", and(not(a), b)],
    ["NOT a OR b", or(not(a), b)],
    ["-a b", and(not(a), b)],
    ["a -b", and(a, not(b))],
    ["a AND NOT b", and(a, not(b))],
    ["NOT (a b)", not(and(a, b))],
    ["-(a OR b) c", and(not(or(a, b)), c)],
    ["NOT -a", not(not(a))],
    ["--a", not(not(a))],
    ["a-b", word("a-b")],
    ["- a", and(word("-"), a)],
    ["(-)", word("-")],
    ["any(a b) c", and({ kind: "any", part: and(a, b) }, c)],
    ["-all(a OR b)", not({ kind: "all", part: or(a, b) })],
    ["any (a)", { kind: "any", part: a }],
    ["any any(a)", and(word("any"), { kind: "any", part: a })],
    ["((a))(b)", and(a, b)],
    ["a(b)", and(a, b)],
    ['a"b"', and(a, b)],
    ['"and" "or" "not"', and(word("and"), word("or"), word("not"))],
    ["all any none", and(word("all"), word("any"), word("none"))],
    ['"AND"', word("AND")],
    ['"a \\"b\\" \\\\ \\n"', word('a "b" \\ n')],
    ["a\u00a0b\n\tc\u3000d", and(a, b, c, d)],
    ["lot:1,2 service:paas", and(texts("lot", "1", "2"), texts("service", "paas"))],
    ['title:"public cloud",b', texts("title", "public cloud", "b")],
    ['title:"a,b"', texts("title", "a,b")],
    ["(lot:2)", texts("lot", "2")],
    ["contract:a:b", texts("contract", "a:b")],
    [": @ -", and(word(":"), word("@"), word("-"))],
    ['":late"', word(":late")],
    ["a,b", word("a,b")],
  ];
  test.each(table)("%s", (text, query) => {
    expect(parseQuery(text)).toEqual(query);
  });
});

describe("values", () => {
  const amount = (figure: string, currency?: string) => ({ figure, currency });
  const one = <T>(value: T) => ({ low: value, high: value, single: true });
  const range = (low: unknown, high: unknown) => ({ low, high, single: false });
  const date = (year: number, month?: number, day?: number) => ({
    kind: "date",
    date: { year, ...(month && { month }), ...(day && { day }) },
  });
  const relative = (count: number, unit: string) => ({ kind: "relative", count, unit });
  test.each([
    ["ceiling:10M", ":", one(amount("10M"))],
    ["ceiling:EUR10M", ":", one(amount("10M", "EUR"))],
    ['ceiling:"EUR 10M"', ":", one(amount("10M", "EUR"))],
    ['ceiling:"10M EUR"', ":", one(amount("10M", "EUR"))],
    ["ceiling:EUR 10M..11M EUR", ":", range(amount("10M", "EUR"), amount("11M", "EUR"))],
    ["ceiling:10MEUR", ":", one(amount("10M", "EUR"))],
    ['ceiling:"EUR 1,250.00"', ":", one(amount("1,250.00", "EUR"))],
    ["ceiling:10252762.00..", ":", range(amount("10252762.00"), undefined)],
    ["ceiling:..10M", ":", range(undefined, amount("10M"))],
    ["ceiling:0..0", ":", range(amount("0"), amount("0"))],
    ["ceiling:EUR1M..2M", ":", range(amount("1M", "EUR"), amount("2M", "EUR"))],
    ["ceiling:1M..EUR2M", ":", range(amount("1M", "EUR"), amount("2M", "EUR"))],
    ["ceiling=1M", "=", one(amount("1M"))],
    ["ceiling!=1M", "!=", one(amount("1M"))],
    ["ceiling<1M", "<", one(amount("1M"))],
    ["ceiling<=1M", "<=", one(amount("1M"))],
    ["ceiling>1M", ">", one(amount("1M"))],
    ["ceiling>=1M", ">=", one(amount("1M"))],
    ["suppliers:2", ":", one(2)],
    ["suppliers:2..5", ":", range(2, 5)],
    ["suppliers:2..2", ":", range(2, 2)],
    ["suppliers:..5", ":", range(undefined, 5)],
    ["offers>=007", ">=", one(7)],
    ["awardDate:2015", ":", { ...one(date(2015)), perhaps: false }],
    ["awardDate:~2015-12", ":", { ...one(date(2015, 12)), perhaps: true }],
    ["awardDate:2015-12-18..", ":", { ...range(date(2015, 12, 18), undefined), perhaps: false }],
    ["awardDate:2015..2015-01", ":", { ...range(date(2015), date(2015, 1)), perhaps: false }],
    ["awardDate:2015-12-31..2015", ":", { ...range(date(2015, 12, 31), date(2015)), perhaps: false }],
    ["awardDate<today", "<", { ...one(relative(0, "d")), perhaps: false }],
    ["awardDate:-0d", ":", { ...one(relative(0, "d")), perhaps: false }],
    ["latestEnd:today..+6m", ":", { ...range(relative(0, "d"), relative(6, "m")), perhaps: false }],
    ["latestEnd:today-1y..today+180d", ":", { ...range(relative(-1, "y"), relative(180, "d")), perhaps: false }],
    ["latestEnd:+1m..+28d", ":", { ...range(relative(1, "m"), relative(28, "d")), perhaps: false }],
    ["latestEnd:+12m..+1y", ":", { ...range(relative(12, "m"), relative(1, "y")), perhaps: false }],
    ["latestEnd:2015..today", ":", { ...range(date(2015), relative(0, "d")), perhaps: false }],
  ])("%s", (text, op, value) => {
    expect(parseQuery(text)).toMatchObject({ op, values: [value] });
  });

  test("a field of orders is for orders, and not for the lots of any( ) and all( )", () => {
    expect(() => parseQuery("amount:10k..")).toThrow("amount is a field of orders, not of lots");
    expect(() => parseQuery("missing:date")).toThrow("date is a field of orders, not of lots");
    expect(() => parseQuery("any(date:2024)", undefined, undefined, "orders")).toThrow("date is not a field of lots");
    expect(parseQuery("any(lot:1) date:2024", undefined, undefined, "orders").kind).toBe("and");
  });
});

const failure = (text: string, lookup?: Lookup): QueryError => {
  try {
    parseQuery(text, lookup);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    if (error instanceof QueryError) return error;
  }
  throw new Error(`"${text}" was understood`);
};

/** The query, a caret under the place, what is wrong, what was expected. */
const table: readonly (readonly [string, string, string, string | RegExp])[] = [
  ["(a", "^", "the bracket is not closed", "end it with )"],
  ["a (b OR", "       ^", "the query ends too early", "write a word, a field:value, or ( … )"],
  ["a)", " ^", "this bracket closes nothing", "remove it, or open one before"],
  [")", "^", '")" stands where a clause should', "write a word, a field:value, or ( … )"],
  ["a ()", "   ^", "there is nothing between the brackets", "write a clause"],
  ["any()", "    ^", "there is nothing between the brackets", "write a clause"],
  ["any(a", "^", "the bracket is not closed", "end it with )"],
  ["AND a", "^", '"AND" stands where a clause should', "write a word, a field:value, or ( … )"],
  ["OR a", "^", '"OR" stands where a clause should', "write a word, a field:value, or ( … )"],
  ["a OR OR b", "     ^", '"OR" stands where a clause should', "write a word, a field:value, or ( … )"],
  ["a AND", "     ^", "the query ends too early", "write a word, a field:value, or ( … )"],
  ["NOT", "   ^", "the query ends too early", "write a word, a field:value, or ( … )"],
  ['a "b', "  ^", "the quote is not closed", 'end it with "'],
  ['"b\\"', "^", "the quote is not closed", 'end it with "'],
  ['"b\\', "^", "the quote is not closed", 'end it with "'],
  ['title:"b', "      ^", "the quote is not closed", 'end it with "'],
  ['""', "^", "there is nothing between the quotes", "write a word or a field:value"],
  ["lot:", "    ^", '"lot:" has no value', 'write a word, "several words", or a range low..high'],
  ["lot: 2", "    ^", '"lot:" has no value', /low..high, without a space before it$/],
  ["lot:1,", "      ^", '"lot:" has no value', 'write a word, "several words", or a range low..high'],
  ['title:""', "      ^", '"title:" has no value', 'write a word, "several words", or a range low..high'],
  ["ceiling>=", "         ^", '"ceiling>=" has no value', 'write a word, "several words", or a range low..high'],
  ["a suplier:x", "  ^", 'there is no field "suplier"', "did you mean supplier or suppliers or supplierId?"],
  ["qqqqqq:x", "^", 'there is no field "qqqqqq"', "lotbook fields lists all that there are"],
  ["is:shard", "   ^", '"shard" is not a value of is', "did you mean shared?"],
  ["is:qqqqqq", "   ^", '"qqqqqq" is not a value of is', /^one of shared, sole, /],
  ["status:awarded,opne", "               ^", '"opne" is not a value of status', "did you mean open?"],
  ["kind:firm", "     ^", '"firm" is not a value of kind', "one of company, grouping"],
  ["size:tiny", "     ^", '"tiny" is not a value of size', /^one of micro, /],
  ["sme:perhaps", "    ^", '"perhaps" is not a value of sme', "one of yes, no"],
  ["has:ceilng", "    ^", '"ceilng" is not a value of has', "did you mean ceiling?"],
  ["missing:is", "        ^", '"is" is not a value of missing', /^(did you mean|one of) /],
  ["title>x", "     ^", 'title cannot be compared by ">"', 'for example title:"public cloud"'],
  ["lot<=2", "   ^", 'lot cannot be compared by "<="', "for example lot:2,3"],
  ["is=shared", "  ^", 'is cannot be compared by "="', "for example is:shared"],
  ["has!=ceiling", "   ^", 'has cannot be compared by "!="', "for example has:ceiling"],
  ["lot:~2", "    ^", '"~" is for dates, and lot is not a date', "for example lot:2,3"],
  ["ceiling:~10M", "        ^", '"~" is for dates, and ceiling is not a date', "for example ceiling:10M.."],
  ["awardDate>~2015", "          ^", '"~" goes with a colon', "for example awardDate:~2015-12-10.."],
  ["a or b", "  ^", '"or" does not work in a query', 'write OR; or quote it to look for it: "or"'],
  ["not a", "^", '"not" does not work in a query', /^write NOT; /],
  ["a && b", "  ^", '"&&" does not work in a query', /^write AND; /],
  ["a & b", "  ^", '"&" does not work in a query', /^write AND; /],
  ["a | b", "  ^", '"|" does not work in a query', /^write OR; /],
  ["!is:shared", "^", '"!is:shared" does not work in a query', /^write NOT; /],
  ["ANY(a)", "^", "any( and all( are written in small letters", "write any( … ) or all( … )"],
  [
    "a ceiling",
    "  ^",
    "the field ceiling has nothing to be compared with",
    /^for example ceiling:10M\.\.; the shell needs quotes/,
  ],
  [">10M", "^", '">10M" compares no field', 'write field>10M; or quote it to look for it: ">10M"'],
  ["a =b", "  ^", '"=b" compares no field', /^write field=b; /],
  ["lot:1 ,2", "      ^", "a comma stands here without a value", /^several values go after a colon/],
  ["lot:1, 2", "      ^", '"lot:" has no value', /, without a space before it$/],
  ["title:'a b'", "      ^", "' does not quote", 'quote with ": "several words"'],
  ["“a b”", "^", "“ does not quote", /^quote with "/],
  ["'title':a", "^", "' does not quote", /^quote with "/],
  ["ceiling:>>10M", "         ^", '">" and ">" do not go together', "write ceiling> and the value"],
  [
    'ceiling:"EUR 10M"..',
    "                 ^",
    "a value ends at its quote",
    'write all of it between quotes: ceiling:"low..high"',
  ],
  ["service==paas", "        ^", '"=" and "=" do not go together', "write service= and the value"],
  ["award-date:2015", "^", 'there is no field "award-date"', /^did you mean awardDate.*; to look for .*, quote it$/],
  [
    "1:2",
    "^",
    'there is no field "1"',
    "lotbook fields lists all that there are; to look for a text with such signs, quote it",
  ],
  ["service\u200b:a", "^", 'there is no field "service\u200b"', /^did you mean service\?/],
  ['" "', "^", "there is nothing to look for in this word", "write a word, or a part of one"],
  ["\u0301", "^", "there is nothing to look for in this word", "write a word, or a part of one"],
  ['supplier:" "', "         ^", "there is nothing to look for in this value", "write a word, or a part of one"],
  ["country:Spain", "        ^", '"Spain" is not a country code', /^codes have two letters/],
  ["withheld:title", "         ^", '"title" is not a value of withheld', /^one of ceiling, /],
  ["ceiling:10,252,762.00", "        ^", '"10,252,762.00" reads as several amounts', "write ceiling:10252762.00"],
  ["ceiling:1,5,3..2,5", "        ^", '"1,5,3..2,5" has a decimal comma', "write no commas in amounts"],
  ["ceiling:EUR1,000..2,000", "        ^", '"EUR1,000..2,000" reads as several amounts', "write ceiling:EUR1000..2000"],
  ["ceiling:lots", "        ^", '"lots" is not an amount', /^write 10M, EUR10M/],
  ["ceiling:10_252_762.00", "        ^", '"10_252_762.00" is not an amount', "write 10252762.00"],
  ["ceiling:1e6", "        ^", '"1e6" is not an amount', /^write 10M, EUR10M/],
  ["ceiling:XXQ10M", "        ^", '"XXQ" is not an ISO 4217 currency code', /^use a three-letter code/],
  [
    "ceiling:EUR1.234",
    "        ^",
    '"1.234" has more decimals than EUR has (2)',
    "write EUR 1,234 if the point separates thousands",
  ],
  [
    "ceiling:JPY1..1.5",
    "        ^",
    '"1.5" has more decimals than JPY has (0)',
    "round the figure, or check the currency",
  ],
  ["ceiling:x..1M", "        ^", '"x" is not an amount', /^write 10M/],
  ["ceiling:1M..x", "        ^", '"x" is not an amount', /^write 10M/],
  ["ceiling:..", "        ^", "the range has no end", "write low..high, low.. or ..high"],
  ["ceiling:EUR1..GBP2", "        ^", "the ends of the range are in different currencies", /^ask for each currency/],
  ["ceiling:20M..10M", "        ^", "nothing can lie in 20M..10M: its end is before its beginning", "swap the ends"],
  ["ceiling:EUR20M..10M", "        ^", "^nothing can lie in", "swap the ends"],
  [
    "contract!=k,l",
    "           ^",
    '"!=" compares with one value, not with a list',
    "write contract:…,… or NOT contract:…,…",
  ],
  [
    "ceiling>1M..2M",
    "        ^",
    '">" compares with one value, not with a range',
    "write the field, a colon and the range",
  ],
  ["awardDate:soon", "          ^", '"soon" is not a date', /^write 2026, 2026-03, .*today/],
  ["awardDate:2015-02-30", "          ^", '"2015-02-30" does not exist: February 2015 has 28 days', /^write 2026/],
  ["awardDate:6m", "          ^", '"6m" is not a date', "write +6m"],
  ["awardDate:+6q", "          ^", '"+6q" is not a date', /^write 2026, 2026-03, .*today/],
  ["awardDate:2016..2015", "          ^", "^nothing can lie in", "swap the ends"],
  ["awardDate:2015-12-19..2015-12-18", "          ^", "^nothing can lie in", "swap the ends"],
  ["awardDate:today..-6m", "          ^", "^nothing can lie in", "swap the ends"],
  ["awardDate:+2m..+1m", "          ^", "^nothing can lie in", "swap the ends"],
  ["awardDate:+1y..+1w", "          ^", "^nothing can lie in", "swap the ends"],
  ["suppliers:two", "          ^", '"two" is not a whole number', "numbers are written 3, 2..5 or 2.."],
  ["suppliers:5..2", "          ^", "^nothing can lie in", "swap the ends"],
  [":late", "^", 'there is no query named "late"', /^name a query of the register's queries/],
  ["a -@late.query", "   ^", 'there is no query file "late.query"', /^name a query of the register's queries/],
];

describe("what cannot be understood", () => {
  test.each(table)("%s", (text, caret, message, expected) => {
    const error = failure(text);
    expect(`${" ".repeat(error.offset)}^`).toBe(caret);
    expect(error.query).toBe(text);
    if (message.startsWith("^")) expect(error.message).toMatch(new RegExp(message));
    else expect(error.message).toBe(message);
    if (typeof expected === "string") expect(error.hint).toBe(expected);
    else expect(error.hint).toMatch(expected);
  });
});

describe("limits", () => {
  test("length", () => {
    expect(parseQuery("a".repeat(10_000))).toEqual(word("a".repeat(10_000)));
    const error = failure("a".repeat(10_001));
    expect([error.message, error.offset, error.query.length]).toEqual(["the query is too long", 0, 80]);
  });

  test.each(["-", "NOT ", "(", "any("])("depth of %s", (opening) => {
    const nested = (levels: number) => `${opening.repeat(levels)}a${opening.endsWith("(") ? ")".repeat(levels) : ""}`;
    expect(() => parseQuery(nested(99))).not.toThrow();
    expect(failure(nested(100))).toMatchObject({
      message: "the query is nested too deeply",
      hint: "at most 100 levels",
    });
    expect(failure(nested(3000).slice(0, 9999)).message).toBe("the query is nested too deeply");
  });

  test("many clauses are not deep", () => {
    expect(parseQuery("a ".repeat(2000))).toEqual(and(...Array.from({ length: 2000 }, () => a)));
  });
});

describe("named queries", () => {
  const named =
    (queries: Readonly<Record<string, string>>): Lookup =>
    (reference) =>
      queries[reference];

  test("stand as one clause, wherever they are named", () => {
    const lookup = named({ ":ab": " a OR b ", "@c.query": "c\n", ":both": ":ab c" });
    expect(parseQuery(":ab c", lookup)).toEqual(and(or(a, b), c));
    expect(parseQuery("-:ab", lookup)).toEqual(not(or(a, b)));
    expect(parseQuery(":both OR :both", lookup)).toEqual(or(and(or(a, b), c), and(or(a, b), c)));
  });

  test.each([
    [":x", { ":x": "a @c.query" }],
    [":x", { ":x": "a :y", ":y": "a OR @c.query" }],
    ["@x", { "@x": "a @c.query" }],
    ["@x", { "@x": ":x", ":x": "-(a @c.query)" }],
  ])("files belong to the query that is asked alone: %s, %j", (text, queries) => {
    const error = failure(text, named({ "@c.query": "c", ...queries }));
    expect(error.message).toBe('a query that is named by another reads no files: "@c.query"');
    expect(error.query.slice(error.offset)).toMatch(/^@c\.query/);
    expect(parseQuery("@c.query", named({ "@c.query": "c", ...queries }))).toEqual(c);
  });

  test("an empty one is refused", () => {
    expect(failure("a :x", named({ ":x": " \n" }))).toMatchObject({
      message: 'the query named "x" is empty',
      offset: 2,
    });
    expect(failure("@x", named({ "@x": "" })).message).toBe('the query file "x" is empty');
  });

  test("an error in one is shown in its own text", () => {
    const error = failure("a b :x", named({ ":x": "c (d" }));
    expect([error.named, error.query, error.offset]).toEqual([":x", "c (d", 2]);
    expect(failure("a (b").named).toBeUndefined();
  });

  test("circles are refused, long chains of honest names are not", () => {
    expect(failure(":x", named({ ":x": "a :x" }))).toMatchObject({
      message: "queries name each other in a circle",
      hint: "write one of them out",
      query: "a :x",
      offset: 2,
    });
    expect(failure(":x", named({ ":x": ":y :y", ":y": "b OR :x" })).message).toMatch(/circle/);
    const chain = (length: number): Lookup => {
      return (reference) => (reference === `:q${length}` ? "a" : `:q${Number(reference.slice(2)) + 1}`);
    };
    expect(parseQuery(":q1", chain(50))).toEqual(a);
    expect(failure(":q1", chain(5000)).message).toBe("the query is nested too deeply");
  });

  test("queries that multiply are refused before they fill the memory", () => {
    const lookup: Lookup = (reference) => `${`:q${Number(reference.slice(2)) + 1} `.repeat(100)}`;
    expect(failure(":q1", lookup).message).toBe("the query is too long");
  });
});

const FRAGMENTS = [
  ...'()-"\\:,~@=<> .',
  ..."!=|<=|>=|..|AND|OR|NOT|any(|all(|any|10M|EUR|EUR10M|2015-12|2015-13|today|+6m|-6m|today+1y|atos|:late|@q|5|''".split(
    "|",
  ),
  ...QUERY_FIELDS.flatMap(({ name, example }) => [name, `${name}:`, example]),
  "\u0000",
  "\ud800",
  "\udc00",
  "\u202e",
  "é",
  "日本",
  "\u{1f600}",
  "\n",
  "\u00a0",
] as const;

describe("100,000 random strings", () => {
  const lookup: Lookup = (reference) => (reference === ":late" ? "a OR (b" : undefined);
  const understood = (text: string): boolean => {
    try {
      parseQuery(text, lookup);
      return true;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const inside = error.offset >= 0 && error.offset <= error.query.length;
      if (!inside || error.message === "" || error.hint === undefined) throw new Error("no place or no advice");
      return false;
    }
  };
  const survive = (arbitrary: fc.Arbitrary<string>, runs: number): void => {
    let read = 0;
    fc.assert(
      fc.property(arbitrary, (text) => {
        if (understood(text)) read++;
      }),
      seeded(runs),
    );
    // Neither all sense nor all nonsense.
    expect(read).toBeGreaterThan(runs / 50);
    expect(read).toBeLessThan(runs);
  };

  test("of any characters", () => {
    survive(anyText(20), 30_000);
    survive(
      fc.array(fc.nat({ max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
      10_000,
    );
  });

  test("of pieces of the grammar", () => {
    const piece = fc.constantFrom(...FRAGMENTS);
    survive(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
      30_000,
    );
    survive(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(" ")),
      30_000,
    );
  });

  test("the longest are read in no time", () => {
    for (const piece of ["a ", "a OR ", "(", "-", '"', "\\", "lot:1,", "any(", "title:x,", "..", "ceiling:1..2 "]) {
      const begin = performance.now();
      understood(piece.repeat(10_000).slice(0, 10_000));
      expect(performance.now() - begin).toBeLessThan(500);
    }
  });
});

test("a name that the register does not have is answered with those that it has", async () => {
  const named = (...names: string[]) =>
    openText(`queries: [${names.map((name) => `{ query: ${name}, find: is:ended }`).join(", ")}]\n`);
  const register = await named("late", "big");
  expect(queryNameHint(register, ":lat")).toBe("did you mean :late?");
  expect(queryNameHint(register, ":something")).toBe("the register names :late, :big");
  expect(queryNameHint(register, "late")).toBeUndefined();
  expect(queryNameHint(await named("a1", "b2", "c3", "d4", "e5", "f6"), ":something")).toBe(
    "the register names :a1, :b2, :c3, :d4, :e5",
  );
  expect(queryNameHint(await openText("contracts: []\n"), ":late")).toBe(
    "the register names no queries; @file reads one from a file",
  );
});
