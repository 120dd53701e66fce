import { expect, test } from "vitest";
import { Coverage } from "../../src/query/coverage.ts";

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
