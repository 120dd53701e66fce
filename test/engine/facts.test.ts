import { describe, expect, test } from "vitest";
import { compare } from "../../src/engine/compare.ts";
import { contractFacts, type FactView, groupFacts, lotFacts } from "../../src/engine/facts.ts";
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

test("facts have the names and places that they have in a register, and values of their kinds", async () => {
  const register = await openText(`
suppliers: [{ supplier: a, name: Alpha }]
contracts:
  - contract: k
    buyer: City
    jointBuyers: [Port]
    users: [Court]
    coordinator: Digit
    callDate: 2015-01
    awardDate: 2015-12
    startDate: 2016-01-01
    endDate: 2017-12-31
    firstUse: 2016-02
    term: 2 years
    maximumDuration: 4 years
    ceiling: EUR 9
    estimate: EUR 8
    reestimate: EUR 7
    awarded: EUR 6
    cpv: [72000000]
    supplierOrigins: [3 countries]
    tenderers: 12
    offers: 11
    participants: 56
    capacity: [5 disks]
    reservedShare: 75 %
    reservedFor: [Schools]
    dataLocation: [EU]
    lots:
      - lot: 1
        service: IaaS
        deployment: public
        ceiling: withheld
        estimate: EUR 5
        reestimate: EUR 4
        awarded: [EUR 3, USD 2]
        cpv: [48000000]
        term: 1 year
        suppliers: [a]
        callOff: sole supplier
        awardCriteria: price
        offers: 7
        subcontractors: [Beta]
      - { lot: 2, ceilingPerSupplier: EUR 1 }
    groups: [{ group: A, lots: [1], ceiling: EUR 2, reestimate: EUR 1 }]
`);
  const [[contract] = []] = await allOf(register.contracts());
  const [first, second] = contract?.lots ?? [];
  const [group] = contract?.groups ?? [];
  if (contract === undefined || first === undefined || second === undefined || group === undefined)
    throw new Error("no");
  const { preference } = register;
  const shown = (facts: readonly FactView[]): string[] =>
    facts.map(({ name, path, chosen: { cell } }) => `${name} ${path.join("/")} ${cell.type} ${cellText(cell)}`);
  expect(shown(contractFacts(contract, preference))).toEqual([
    "cpv cpv texts 72000000",
    "buyer buyer text City",
    "jointBuyers jointBuyers texts Port",
    "users users texts Court",
    "coordinator coordinator text Digit",
    "callDate callDate date 2015-01",
    "awardDate awardDate date 2015-12",
    "startDate startDate date 2016-01-01",
    "endDate endDate date 2017-12-31",
    "firstUse firstUse date 2016-02",
    "term term text 2 years",
    "maximumDuration maximumDuration text 4 years",
    "ceiling ceiling money EUR 9",
    "estimate estimate money EUR 8",
    "reestimate reestimate money EUR 7",
    "awarded awarded money EUR 6",
    "participants participants composite 56",
    "supplierOrigins supplierOrigins composites 3 countries",
    "tenderers tenderers composite 12",
    "offers offers composite 11",
    "capacity capacity composites 5 disks",
    "reservedShare reservedShare composite 75 %",
    "reservedFor reservedFor texts Schools",
    "dataLocation dataLocation texts EU",
  ]);
  expect(shown(lotFacts(first, 0, preference))).toEqual([
    "service lots/0/service text IaaS",
    "deployment lots/0/deployment text public",
    "ceiling lots/0/ceiling money withheld",
    "estimate lots/0/estimate money EUR 5",
    "reestimate lots/0/reestimate money EUR 4",
    "awarded lots/0/awarded moneys EUR 3, USD 2",
    "cpv lots/0/cpv texts 48000000",
    "term lots/0/term text 1 year",
    "callOff lots/0/callOff text sole supplier",
    "awardCriteria lots/0/awardCriteria text price",
    "offers lots/0/offers composite 7",
    "suppliers lots/0/suppliers suppliers Alpha",
    "subcontractors lots/0/subcontractors texts Beta",
  ]);
  expect(shown(lotFacts(second, 1, preference))).toEqual(["ceilingPerSupplier lots/1/ceilingPerSupplier money EUR 1"]);
  expect(shown(groupFacts(group, 2, preference))).toEqual([
    "ceiling groups/2/ceiling money EUR 2",
    "reestimate groups/2/reestimate money EUR 1",
  ]);
});
