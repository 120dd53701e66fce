import { describe, expect, test } from "vitest";
import { compare } from "../../src/engine/compare.ts";
import { cellText, openText } from "../open-text.ts";
import { allOf } from "../reading.ts";

/** How two sources stand to each other that state a fact of a contract, or of its lot. */
const standing = async (place: "contract" | "lot", field: string, one: string, other: string): Promise<string> => {
  const fact = `${field}: { act: ${one}, web: ${other} }`;
  const [contract, lot] = place === "contract" ? [`${fact}, `, ""] : ["", `, ${fact}`];
  const register = await openText(`
sources: [{ source: act, title: Act }, { source: web, title: Web }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts: [{ contract: k, ${contract}lots: [{ lot: 1${lot} }] }]
`);
  const [row] = await allOf(compare(register, {}, { all: true }));
  if (row === undefined) throw new Error("nothing to compare");
  return [row.fact, cellText(row.value), cellText(row.otherValue), row.verdict, cellText(row.difference)].join(" | ");
};

describe("N3: facts of two sources", () => {
  test.each([
    ["contract", "buyer", "City", "CITY", "buyer | City | CITY | agrees | -"],
    ["contract", "buyer", "City", "State", "buyer | City | State | contradicts | -"],
    ["contract", "users", "[A, B]", "[b, a]", "users | A, B | b, a | agrees | -"],
    ["contract", "users", "[A, B]", "[A]", "users | A, B | A | contradicts | -"],
    ["contract", "users", "[A, B]", "[A, C]", "users | A, B | A, C | contradicts | -"],
    ["contract", "awardDate", "2015-12", "2015-12-18", "awardDate | 2015-12 | 2015-12-18 | agrees | -"],
    ["contract", "awardDate", "2015-12-18", "2015", "awardDate | 2015-12-18 | 2015 | agrees | -"],
    ["contract", "awardDate", "2015-12", "2015-11", "awardDate | 2015-12 | 2015-11 | contradicts | -"],
    ["contract", "term", "24 months", "2 years", "term | 2 years | 2 years | agrees | -"],
    ["contract", "term", "2 years", "3 years", "term | 2 years | 3 years | contradicts | -"],
    ["contract", "maximumDuration", "1 year", "12 months", "maximumDuration | 1 year | 1 year | agrees | -"],
    ["contract", "maximumDuration", "1 year", "2 years", "maximumDuration | 1 year | 2 years | contradicts | -"],
    ["contract", "estimate", "withheld", "withheld", "estimate | withheld | withheld | agrees | -"],
    ["contract", "estimate", "withheld", "EUR 5", "estimate | withheld | EUR 5 | contradicts | -"],
    ["contract", "estimate", "EUR 5", "withheld", "estimate | EUR 5 | withheld | contradicts | -"],
    ["contract", "estimate", "EUR 5", "EUR 7", "estimate | EUR 5 | EUR 7 | contradicts | EUR 2"],
    ["contract", "participants", "about 50", "56", "participants | about 50 | 56 | cut | 6"],
    ["contract", "participants", "50 firms", "56", "participants | 50 firms | 56 | contradicts | -"],
    ["contract", "capacity", "[5 disks]", "[5 disks]", "capacity | 5 disks | 5 disks | agrees | -"],
    ["contract", "capacity", "[5 disks]", "[6 disks]", "capacity | 5 disks | 6 disks | contradicts | -"],
    ["lot", "suppliers", "[a, b]", "[b, a]", "suppliers | Alpha, Beta | Beta, Alpha | agrees | -"],
    ["lot", "suppliers", "[a, b]", "[a]", "suppliers | Alpha, Beta | Alpha | contradicts | -"],
    ["lot", "awarded", "EUR 5", "EUR 7", "awarded | EUR 5 | EUR 7 | contradicts | EUR 2"],
    ["lot", "awarded", "withheld", "withheld", "awarded | withheld | withheld | agrees | -"],
    ["lot", "awarded", "withheld", "EUR 7", "awarded | withheld | EUR 7 | contradicts | -"],
    ["lot", "awarded", "[EUR 5, USD 1]", "[USD 1, EUR 5]", "awarded | EUR 5, USD 1 | USD 1, EUR 5 | agrees | -"],
    ["lot", "awarded", "[EUR 5, USD 1]", "EUR 5", "awarded | EUR 5, USD 1 | EUR 5 | contradicts | -"],
    ["lot", "awarded", "EUR 5", "[EUR 5, USD 1]", "awarded | EUR 5 | EUR 5, USD 1 | contradicts | -"],
  ] as const)("of a %s: %s: %s and %s", async (place, field, one, other, expected) => {
    expect(await standing(place, field, one, other)).toBe(expected);
  });
});
