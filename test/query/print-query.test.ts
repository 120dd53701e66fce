import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery } from "../../src/query/parse-query.ts";
import { printQuery } from "../../src/query/print-query.ts";
import { EVERYTHING } from "../../src/query/query.ts";
import { seeded } from "../seeded.ts";
import { randomQuery } from "./random-query.ts";

test("reading what was printed gives the same query", () => {
  fc.assert(
    fc.property(randomQuery, (query) => {
      expect(parseQuery(printQuery(query))).toEqual(query);
    }),
    seeded(4000),
  );
});

test("the query for everything is an empty text", () => {
  expect(printQuery(EVERYTHING)).toBe("");
  expect(parseQuery("")).toEqual(EVERYTHING);
  expect(parseQuery(" \n\t")).toEqual(EVERYTHING);
});

test.each([
  ["service:paas", "service:paas"],
  ["service:paas AND lot:2", "service:paas lot:2"],
  ["-is:grouping", "NOT is:grouping"],
  ["NOT NOT atos", "NOT NOT atos"],
  ["a OR b c", "a OR b c"],
  ["(a OR b) c", "(a OR b) c"],
  ["a (b c)", "a (b c)"],
  ["(a OR b) OR c", "(a OR b) OR c"],
  ["-(a b)", "NOT (a b)"],
  ["((a))", "a"],
  ["any( supplier:ibm OR lot:2 )", "any(supplier:ibm OR lot:2)"],
  ["all(any(a))", "all(any(a))"],
  ["lot:1,01,1.10", "lot:1,01,1.10"],
  ['title:"public cloud",x', 'title:"public cloud",x'],
  ['"and" "AND" "OR" "a \\" b \\\\"', '"and" "AND" "OR" "a \\" b \\\\"'],
  ['":late" "@file" "-x" "a:b" "a=b" "(" ","', '":late" "@file" "-x" "a:b" "a=b" "(" ","'],
  ['"ceiling" "lot"', '"ceiling" "lot"'],
  ["me@example.org", '"me@example.org"'],
  ['title:"~x"', 'title:"~x"'],
  ["ceiling:10M..", "ceiling:10M.."],
  ["ceiling:..EUR10M", "ceiling:..EUR10M"],
  ["ceiling:EUR1M..2M", "ceiling:EUR1M..EUR2M"],
  ["ceiling:1M..EUR2M", "ceiling:EUR1M..EUR2M"],
  ['ceiling:"EUR 1,250,000.00"', 'ceiling:"EUR1,250,000.00"'],
  ['ceiling>="10.2M EUR"', "ceiling>=EUR10.2M"],
  ["awarded!=0", "awarded!=0"],
  ["suppliers:2..,7", "suppliers:2..,7"],
  ["offers<05", "offers<5"],
  ["latestEnd:today..+6m", "latestEnd:today..today+6m"],
  ["latestEnd:-6m..today", "latestEnd:today-6m..today"],
  ["latestEnd:today+0d latestEnd:-0m", "latestEnd:today latestEnd:today+0m"],
  ["awardDate:~2015-12..2016", "awardDate:~2015-12..2016"],
  ["awardDate<=2023-03-24+02:00", "awardDate<=2023-03-24+02:00"],
  ["łódź Βήτα 日本", "łódź Βήτα 日本"],
])("%s is printed as %s", (written, printed) => {
  expect(printQuery(parseQuery(written))).toBe(printed);
});
