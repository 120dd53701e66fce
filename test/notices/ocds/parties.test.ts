import { describe, expect, test } from "vitest";
import { award, contractIn, lotLines, namesOf, notesOf, read, release, supplier } from "./reading.ts";

const party = (id: string, name: string, more: object = {}) => ({ id, name, ...more });
const identifier = (scheme: string | undefined, id: string) => ({ scheme, id });

/** The supplier of an award that refers to a party. */
const supplierOf = (described: object, reference: object = { id: "p" }) => {
  const contract = contractIn(
    release({ parties: [{ id: "p", ...described }], awards: [{ id: "a", status: "active", suppliers: [reference] }] }),
  );
  const found = contract.lots[0]?.suppliers?.[0].value[0];
  if (found === undefined) throw new Error("no supplier");
  return found;
};

describe("what a supplier is called", () => {
  test.each([
    [{ name: "Alder" }, { id: "p", name: "Alder Ltd" }, "Alder Ltd"],
    [{ name: "Alder" }, { id: "p" }, "Alder"],
    [{ identifier: { legalName: "Alder PLC" } }, { id: "p" }, "Alder PLC"],
    [{}, { id: "p", name: " Alder \u00a0 and\nsons " }, "Alder and sons"],
  ])("%j, %j: %s", (described, reference, expected) =>
    expect(supplierOf(described, reference).name[0].value).toBe(expected),
  );

  test("T2: without a name by its id; without either it is no supplier", () => {
    const suppliers = [{ id: "X-1" }, { details: {} }];
    const contract = contractIn(release({ awards: [award("a", "", { suppliers })] }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: X-1"]);
    expect(notesOf(contract)).toEqual([
      "T2 X-1: a supplier without a name is called by its id",
      "R-SUP /awards/0/suppliers/1: a supplier with neither a name nor an id is left out",
    ]);
  });
});

describe("T2: who is one supplier", () => {
  const process = (ocid: string, described: object) =>
    release({ ocid, parties: [{ id: "p", ...described }], awards: [award("a", "", { suppliers: [{ id: "p" }] })] });
  const suppliersOf = (...processes: object[]) =>
    read(...processes).notices.map(({ contract }) => contract.lots[0]?.suppliers?.[0].value[0]);

  test("the same number in the same register, whatever the name and country", () => {
    const [first, second] = suppliersOf(
      process("ocds-1", party("p", "Alder", { identifier: identifier("GB-COH", "123"), address: { country: "GB" } })),
      process("ocds-2", party("p", "ALDER LTD", { identifier: identifier("GB-COH", "123") })),
    );
    expect(second).toBe(first);
    expect(first).toMatchObject({ id: "GB-COH:123", legalId: "123" });
  });

  test("a lot still calls it as its own release does", () => {
    const { notices } = read(
      process("ocds-1", party("p", "Alder", { identifier: identifier("GB-COH", "123") })),
      process("ocds-2", party("p", "ALDER LTD", { identifier: identifier("GB-COH", "123") })),
    );
    const lots = notices.flatMap(({ contract }) => contract.lots);
    expect(lots.map(({ statedHere = [] }) => [...statedHere].map(([, { name }]) => name))).toEqual([
      ["Alder"],
      ["ALDER LTD"],
    ]);
  });

  test.each([
    ["equal names", {}, {}],
    ["another register", identifier("GB-COH", "123"), identifier("IE-CRO", "123")],
    ["no number", identifier("GB-COH", ""), identifier("GB-COH", "")],
    ["a placeholder", identifier("GB-COH", "N/A"), identifier("GB-COH", "N/A")],
    ["a filler", identifier("GB-COH", "12345678"), identifier("GB-COH", "12345678")],
    ["zeros", identifier("GB-COH", "000"), identifier("GB-COH", "000")],
    ["a number of an unknown register", identifier(undefined, "123"), identifier(undefined, "123")],
  ])("%s prove nothing", (_, one, other) => {
    const [first, second] = suppliersOf(
      process("ocds-1", party("p", "Alder", { identifier: one })),
      process("ocds-2", party("p", "Alder", { identifier: other })),
    );
    expect(second).not.toBe(first);
    expect(second?.id).not.toBe(first?.id);
  });

  test("a number without its register is one within a country", () => {
    const stated = (country: string) => ({ identifier: { id: "40317070" }, address: { country } });
    const suppliers = ["GB", "GB", "IE"].map((country, index) =>
      process(`ocds-${index}`, party("p", "Alder", stated(country))),
    );
    expect(suppliersOf(...suppliers).map((one) => one?.id)).toEqual(["GB:40317070", "GB:40317070", "IE:40317070"]);
  });

  test("within a process its id", () => {
    const awards = [
      award("a", "", { relatedLots: ["1"], suppliers: [{ id: "p", name: "Alder" }] }),
      award("b", "", { relatedLots: ["2"], suppliers: [{ id: "p", name: "Alder Ltd" }] }),
    ];
    const [one, two] = contractIn(release({ awards })).lots.map(({ suppliers }) => suppliers?.[0].value[0]);
    expect(two).toBe(one);
  });
});

test.each([
  [{ country: "GB" }, "GB"],
  [{ countryName: "PT" }, "PT"],
  [{ countryCode: "PY" }, "PY"],
  [{ country: "NOR" }, "NO"],
  [{ countryName: "United Kingdom" }, undefined],
  [undefined, undefined],
])("the country of %j is %s", (address, expected) => {
  expect(supplierOf({ name: "Alder", address }).country?.[0].value).toBe(expected);
});

test("OCDS 1.0 states whole organisations with each award", () => {
  const stated = { name: "Alder", identifier: identifier("GB-COH", "123"), address: { countryName: "GB" } };
  expect(supplierOf({}, stated)).toMatchObject({ id: "GB-COH:123", country: [{ value: "GB" }] });
});

describe("T2: who bid together holds one seat", () => {
  const parties = [
    party("p", "Alder", { roles: ["supplier", "leadTenderer"], address: { country: "GB" } }),
    party("q", "Birch", { roles: ["supplier"], identifier: identifier("GB-COH", "47") }),
    party("r", "Cedar"),
  ];
  const bids = {
    details: [
      { id: "1", tenderers: [{ id: "p" }, { id: "q" }] },
      { id: "2", tenderers: [{ id: "r" }] },
      { id: "3", tenderers: [{ name: "nameless" }, { name: "twins" }] },
    ],
  };
  const suppliers = [{ id: "p" }, { id: "q" }, { id: "r" }, { name: "Doe" }, { name: "Roe" }];

  test("as a grouping, with its lead", () => {
    const awards = [award("a", "", { suppliers, relatedBids: ["1", "2", "3", "4"] })];
    const contract = contractIn(release({ parties, bids, awards }));
    const seats = contract.lots[0]?.suppliers?.[0].value;
    expect(namesOf(seats)).toEqual(["Alder + Birch", "Cedar", "Doe", "Roe"]);
    expect(seats?.[0]).toMatchObject({
      id: "ocds-1:p+q",
      kind: "grouping",
      members: [
        {
          value: [
            { name: "Alder", country: "GB", legalId: undefined, lead: true },
            { name: "Birch", country: undefined, legalId: "47", lead: false },
          ],
        },
      ],
    });
  });

  test("in whatever order each award lists them", () => {
    const [first, second] = [suppliers.slice(0, 2), suppliers.slice(0, 2).reverse()];
    const awards = [first, second].map((listed, index) =>
      award(`${index}`, "", { suppliers: listed, relatedBids: ["1"], relatedLots: [`${index}`] }),
    );
    const { lots } = contractIn(release({ parties, bids, awards }));
    expect(new Set(lots.flatMap((lot) => lot.suppliers?.[0].value ?? [])).size).toBe(1);
  });

  test("as a grouping that has a name, of which bidders say that they belong to it", () => {
    const memberOf = [{ id: "g", name: "Grove" }];
    const described = [
      party("g", "Grove", { identifier: identifier("XX-REG", "g") }),
      party("p", "Alder", { roles: ["tenderer", "leadTenderer"], memberOf }),
      party("q", "Birch", { roles: ["supplier", "tenderer"], memberOf }),
      party("u", "Union", { roles: ["funder"], memberOf }),
    ];
    const contract = contractIn(
      release({ parties: described, awards: [award("a", "", { suppliers: [{ id: "g" }, { id: "p" }] })] }),
    );
    const [grouping, company] = contract.lots[0]?.suppliers?.[0].value ?? [];
    expect(grouping).toMatchObject({
      id: "XX-REG:g",
      kind: "grouping",
      members: [
        {
          value: [
            { name: "Alder", lead: true },
            { name: "Birch", lead: false },
          ],
        },
      ],
    });
    expect(company).toMatchObject({ kind: "company", members: undefined });
  });

  test("subcontractors are none of them", () => {
    const subcontracting = { subcontracts: [{ id: "1", subcontractor: { id: "q" } }, { id: "2" }] };
    const contract = contractIn(
      release({
        parties,
        bids: { details: [{ id: "1", tenderers: [{ id: "p" }], subcontracting }] },
        awards: [award("a", "", { suppliers: [{ id: "p" }], relatedBids: ["1"] })],
      }),
    );
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder"]);
    expect(contract.lots[0]?.subcontractors?.[0].value).toEqual(["Birch"]);
  });
});

describe("who buys", () => {
  const buyers = [party("c", "City", { roles: ["buyer"] }), party("d", "Docks", { roles: ["buyer"] })];

  test("the buyer, and those that buy with it", () => {
    const contract = contractIn(release({ buyer: { id: "d" }, parties: buyers }));
    expect(contract.buyer).toEqual([{ value: "Docks", by: { source: "ocds-1/r1", locator: "/buyer" } }]);
    expect(contract.jointBuyers?.[0].value).toEqual(["City"]);
  });

  test("else who has the role, else the procuring entity", () => {
    expect(contractIn(release({ parties: buyers })).buyer?.[0].value).toBe("City");
    expect(contractIn(release({ tender: { procuringEntity: supplier("Port") } })).buyer?.[0].value).toBe("Port");
    expect(contractIn(release({})).buyer).toBeUndefined();
  });
});
