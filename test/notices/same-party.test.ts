import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awards, contracts, headroom, show, suppliers as suppliersReport } from "../../src/index.ts";
import { Parties } from "../../src/notices/same-party.ts";
import { SupplierPool } from "../../src/notices/supplier-pool.ts";
import type { Supplier } from "../../src/records/supplier.ts";
import { linesOf, openText } from "../open-text.ts";
import { contract, lot, notice, organisation, party, result, technique, tender } from "./eforms/notice-xml.ts";

const member = (name: string, legalId?: string) => ({ name, country: "DE", legalId, lead: false });

const grouping = (notice: string, name: string, members: readonly ReturnType<typeof member>[]): Supplier =>
  new SupplierPool().find(
    { localId: members.map(({ name }) => name).join("+"), name, legalId: undefined, country: undefined, members },
    {
      notice,
      by: { source: notice, locator: undefined },
      origin: { locate: () => ({ file: "", line: 1, column: 1, text: "" }) },
    },
  );

const companies = [member("Alder", "1"), member("Birch", "2"), member("Cedar"), member("Dogwood")];

/** Whether the suppliers of two notices are one. */
const areOne = (one: Supplier, other: Supplier): boolean => {
  const parties = new Parties();
  parties.add([one], {});
  parties.add([other], {});
  return parties.among([one])(other);
};

describe("E8: a grouping is the same in the notices of one contract", () => {
  test("whatever each calls it, and in whatever order it lists its companies", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(companies, { minLength: 2 }), fc.string(), (members, name) => {
        const listed = companies.filter((one) => members.includes(one));
        expect(areOne(grouping("1", "Salt together", listed), grouping("2", name, members))).toBe(true);
      }),
    );
  });

  test("with other companies, only under the same name; by the numbers of all of them under any", () => {
    const [alder, birch, cedar] = [member("Alder", "1"), member("Birch", "2"), member("Cedar")];
    const known = grouping("1", "Salt", [alder, birch]);
    expect(areOne(known, grouping("2", "Grit", [alder, cedar]))).toBe(false);
    expect(areOne(known, grouping("2", "Grit", [alder]))).toBe(false);
    expect(areOne(known, grouping("2", "Salt", [alder, cedar]))).toBe(true);
    expect(areOne(known, grouping("2", "Grit", [member("Birch AG", "2"), member("Alder", "1")]))).toBe(true);
    expect(areOne(known, grouping("2", "Grit", [member("Birch AG", "7"), member("Alder", "1")]))).toBe(false);
  });
});

const bid = (number: string, companies: readonly string[], name: string | undefined, form = "result"): string =>
  notice({
    number,
    noticeId: `5f0c7f9e-0000-4000-8000-0000${number.slice(0, 8)}`,
    published: "2024-05-02Z",
    form,
    organisations:
      organisation("ORG-1", "Alder", { legalId: "123456", country: "DEU" }) +
      organisation("ORG-2", "Birch", { country: "FRA" }),
    lots: lot("LOT-1", technique("fa-wo-rc")),
    results:
      result("LOT-1", { status: "selec-w", tenders: ["TEN-1"], contracts: ["CON-1"], maximum: "EUR 500" }) +
      tender("TEN-1", { party: "TPA-1" }) +
      contract("CON-1", { tenders: ["TEN-1"] }) +
      party("TPA-1", companies, name === undefined ? {} : { name }),
  });

test.each([
  ["a further award in another order", ["ORG-2", "ORG-1"], undefined, "result"],
  ["a further award by a name", ["ORG-2", "ORG-1"], "Salt together", "result"],
  ["a modification in another order", ["ORG-2", "ORG-1"], undefined, "cont-modif"],
])("T2, E8: a consortium that a later notice tells again holds one seat: %s", async (_, order, name, form) => {
  const first = bid("00000001-2024", ["ORG-1", "ORG-2"], undefined);
  const later = bid("00000002-2024", order, name, form);
  for (const texts of [
    [first, later],
    [later, first],
  ])
    expect(await linesOf(suppliersReport(await openText(...texts)), "lots", "sole", "shared")).toEqual([
      "1 | EUR 500 | EUR 0",
    ]);
});

/** A notice of one company's contract of lots of a framework. */
const telling = (
  day: number,
  procedure: number,
  name: string,
  legalId: string | undefined,
  { held = "LOT-1", marks = "" } = {},
): string =>
  notice({
    number: `0000000${day}-2024`,
    noticeId: `5f0c7f9e-0000-4000-8000-00000000000${day}`,
    published: `2024-05-0${day}Z`,
    procedure: `5f0c7f9e-1111-4000-8000-00000000000${procedure}`,
    organisations: organisation("ORG-1", name, { ...(legalId !== undefined && { legalId }), country: "DEU" }),
    lots: lot(held, marks === "" ? technique("fa-wo-rc") : ""),
    results:
      result(held, { status: "selec-w", tenders: ["TEN-1"], contracts: ["CON-1"], maximum: "EUR 500" }) +
      tender("TEN-1", { party: "TPA-1", value: "EUR 20" }) +
      contract("CON-1", { tenders: ["TEN-1"], more: marks }) +
      party("TPA-1", ["ORG-1"]),
  });

const elsewhere = telling(1, 2, "Alder Holding", "123456");

const inOrders = (family: readonly string[]): readonly (readonly string[])[] => [
  [elsewhere, ...family],
  [...family, elsewhere],
  [elsewhere, ...family].reverse(),
];

test("T2, T12: who is who among the notices of one contract does not depend on what others call a company, or on their order", async () => {
  for (const family of [
    [telling(2, 1, "Alder", "123456"), telling(3, 1, "Alder", undefined)],
    [telling(2, 1, "Alder", undefined), telling(3, 1, "Alder", "123456"), telling(4, 1, "Alder AG", "123456")],
    [telling(2, 1, "Alder", "123456"), telling(3, 1, "Alder AG", "123456"), telling(4, 1, "Alder AG", undefined)],
  ])
    for (const texts of inOrders(family)) {
      const rows = await linesOf(awards(await openText(...texts)), "contract");
      expect(rows.filter((row) => row.includes("00000002-2024"))).toHaveLength(1);
      const found = await linesOf(contracts(await openText(...texts)), "contract", "awarded");
      expect(found).toContain("00000002-2024 | EUR 20");
    }
});

test("T2, T11: nor does who delivers a call-off, and what it is called", async () => {
  const marks =
    "<efbc:ContractFrameworkIndicator>true</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>00000002-2024</cbc:ID></cac:NoticeDocumentReference>";
  const another = telling(3, 1, "Birch", "654321", { held: "LOT-2" });
  for (const [held, called] of [
    [undefined, "123456"],
    ["123456", undefined],
    ["123456", "123456"],
  ])
    for (const texts of inOrders([telling(2, 1, "Alder", held), another, telling(4, 4, "Alder", called, { marks })])) {
      const register = await openText(...texts);
      expect(await linesOf(headroom(register), "ceilingOf", "ordered")).toContain("00000002-2024/LOT-1 | EUR 20");
      const facts = await linesOf(show(register, "00000002-2024"), "fact", "value");
      expect(facts.filter((fact) => fact.startsWith("call-off"))).toEqual([expect.stringMatching(/; Alder$/)]);
    }
});
