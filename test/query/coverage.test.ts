import { expect, test } from "vitest";
import { Coverage, CoverageWatch } from "../../src/query/coverage.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { openText } from "../open-text.ts";

test.each<[readonly [isKnown: boolean, isLot?: boolean][], "lot" | "seat", readonly string[]]>([
  [[], "lot", []],
  [[[true]], "lot", []],
  [[[false]], "lot", ["0 of 1 lot state their offers."]],
  [[[true], [false]], "lot", ["1 of 2 lots states their offers."]],
  [[[true], [true], [false]], "seat", ["2 of 3 seats state their offers."]],
  [[[false]], "seat", ["0 of 1 seat state their offers."]],
  [[[false, false]], "lot", ["0 of 1 lots and contracts without lots state their offers."]],
])("of %j by %ss is said %j", (rows, unit, said) => {
  const coverage = new Coverage("their offers", unit);
  for (const row of rows) coverage.add(...row);
  expect(coverage.notes()).toEqual(said);
});

test.each([
  ["offers:1..", "0 of 1 lot state their offers."],
  ["procedureType:open", "0 of 1 lot state the kind of their procedure."],
  ["directAward:urgency", "0 of 1 lot state why there was no call."],
  ["nature:works", "0 of 1 lot state what is bought."],
  ["buyerCountry:BE", "0 of 1 lot state the country of their buyer."],
  ["callDate:2020", "0 of 1 lot state when the call was published."],
  ["daysToAward:1..", "0 of 1 lot state the days of call and award."],
  ["country:BE", "0 of 2 seats state where the supplier comes from."],
  ["size:small", "0 of 2 seats state how large the supplier is."],
  ["sme:yes", "0 of 2 seats state how large the supplier is."],
  ["title:x", undefined],
])("of a register that says nothing of %s it is said: %s", async (query, said) => {
  const register = await openText(
    "suppliers: [{ supplier: a, name: A }, { supplier: b, name: B }]\ncontracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a, b] }] }]",
  );
  const watch = new CoverageWatch(parseQuery(query), register.preference);
  for await (const batch of register.contracts()) for (const contract of batch) watch.see(contract);
  expect(watch.notes()).toEqual(said === undefined ? [] : [said]);
});
