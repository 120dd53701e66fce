import { describe, expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { lots } from "../../src/engine/lots.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { preferring } from "../../src/records/register.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { closingOf, linesOf, openText, rowsOf } from "../open-text.ts";

const CITY = `
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers:
  - { supplier: a, name: { act: Alpha, news: ALPHA Ltd }, aliases: [Alfa] }
  - { supplier: b, name: Beta }
  - supplier: g
    name: Group
    kind: grouping
  - supplier: u
    name: Union
    members: { news: [{ name: One }, { name: Two }] }
contracts:
  - contract: k
    title: Kiosks
    buyer: City
    startDate: 2016-01-31
    awardDate: 2015-12
    term: 1 month + 1 renewal of 1 year
    lots:
      - { lot: 1, title: First, service: S, deployment: D, ceiling: { act: EUR 2M, news: EUR 1M }, awarded: EUR 3, callOff: cascade, suppliers: [a, u] }
      - { lot: 2, ceilingPerSupplier: EUR 5, awarded: withheld, suppliers: [b, g] }
  - contract: l
    awardDate: 2015
    term: 18 months
    lots:
      - { lot: 1, ceiling: withheld, status: cancelled }
  - contract: m
    lots:
      - { lot: 1, ceiling: EUR 7, suppliers: [a] }
      - { lot: 2, ceiling: USD 8, suppliers: [a] }
  - contract: n
    lots:
      - { lot: 1, ceiling: withheld }
      - { lot: 2 }
`;

describe("lots", () => {
  test("golden: the default register", async () => {
    expect(
      await linesOf(
        lots(await openRegister()),
        "lot",
        "status",
        "service",
        "deployment",
        "ceiling",
        "suppliers",
        "source",
      ),
    ).toEqual([
      "1 | awarded | IaaS | private | EUR 10.2M | BT | article",
      "2 | awarded | IaaS | public | EUR 13.9M | BT, IBM Belgium, Accenture, Cloud Team Alliance, Atos | article",
      "3 | awarded | PaaS | public | EUR 10.3M | Telecom Italia, Accenture, Atos, IBM Belgium | article",
    ]);
    expect(await linesOf(lots(await openRegister([], { prefer: "digit" })), "lot", "ceiling", "source")).toEqual([
      "1 | EUR 10,252,762.00 | digit",
      "2 | EUR 13,946,625.00 | digit",
      "3 | EUR 10,360,350.00 | digit",
    ]);
  });

  test("each of its fields, T3 and T8 in the ceiling", async () => {
    const register = await openText(CITY);
    expect(await linesOf(lots(register))).toEqual([
      "k | 1 | First | awarded | S | D | EUR 2M | missing | missing | missing | missing | Alpha, Union | cascade | City | act |  |  | - | - |  | - | - | - | - | 2015-12 | - | -",
      "k | 2 | - | awarded | - | - | EUR 10 | EUR 5 | missing | missing | missing | Beta, Group | - | City | - |  |  | - | - |  | - | - | - | - | 2015-12 | - | -",
      "l | 1 | - | cancelled | - | - | withheld | missing | missing | missing | missing |  | - | - | - |  |  | - | - |  | - | - | - | - | 2015 | - | -",
      "m | 1 | - | awarded | - | - | EUR 7 | missing | missing | missing | missing | Alpha | - | - | - |  |  | - | - |  | - | - | - | - | - | - | -",
      "m | 2 | - | awarded | - | - | USD 8 | missing | missing | missing | missing | Alpha | - | - | - |  |  | - | - |  | - | - | - | - | - | - | -",
      "n | 1 | - | no-result | - | - | withheld | missing | missing | missing | missing |  | - | - | - |  |  | - | - |  | - | - | - | - | - | - | -",
      "n | 2 | - | no-result | - | - | missing | missing | missing | missing | missing |  | - | - | - |  |  | - | - |  | - | - | - | - | - | - | -",
    ]);
    expect(await closingOf(lots(register))).toEqual([
      "Total: ≥ EUR 2,000,017 + ≥ USD 8 (each shared ceiling counted once)",
      "Total awarded: ≥ EUR 3",
      "5 of 7 lots have a known ceiling (1 not stated, 1 withheld): the total is a lower bound.",
      "1 lot cancelled or closed without a winner counts up to what was ordered (l).",
      "Where the preferred source is silent another fills in: the register for act on k/2.",
      "Awarded values are not known for all lots (2 not stated, 1 withheld): their total is a lower bound.",
    ]);
  });

  test("T2: the organisations of a grouping are its members, of a company itself", async () => {
    const [first, second] = await rowsOf(lots(await openText(CITY)));
    expect(first?.suppliers.map(({ kind, organisations }) => [kind, organisations])).toEqual([
      ["company", ["Alpha"]],
      ["grouping", ["One", "Two"]],
    ]);
    expect(second?.suppliers.map(({ kind, organisations }) => [kind, organisations])).toEqual([
      ["company", ["Beta"]],
      ["grouping", ["Group"]],
    ]);
  });

  test("another source's names and figures, where it is preferred", async () => {
    const register = preferring(await openText(CITY), "news");
    expect(await linesOf(lots(register, { lots: ["k/1"] }), "ceiling", "suppliers", "source")).toEqual([
      "EUR 1M | ALPHA Ltd, Union | news",
    ]);
  });
});

describe("suppliers", () => {
  test("T2, golden: the default register has six, not seven", async () => {
    const report = suppliers(await openRegister());
    expect(await linesOf(report, "supplier", "name", "kind", "lots", "sole", "shared")).toEqual([
      "accenture | Accenture | company | 2 | EUR 0 | EUR 24.2M",
      "atos | Atos | company | 2 | EUR 0 | EUR 24.2M",
      "bt | BT | company | 2 | EUR 10.2M | EUR 13.9M",
      "cloud-team-alliance | Cloud Team Alliance | grouping | 1 | EUR 0 | EUR 13.9M",
      "ibm | IBM Belgium | company | 2 | EUR 0 | EUR 24.2M",
      "telecom-italia | Telecom Italia | company | 1 | EUR 0 | EUR 10.3M",
    ]);
    expect(await rowsOf(suppliers(await openRegister(), { lots: ["2"] }))).toHaveLength(5);
    expect(await linesOf(suppliers(await openRegister(), { suppliers: ["numergy"] }), "name", "organisations")).toEqual(
      ["Cloud Team Alliance | Numergy, Portugal Telecom, Gigas, Enter"],
    );
  });

  test("a row for each currency, with every other name as an alias", async () => {
    expect(await linesOf(suppliers(await openText(CITY)))).toEqual([
      "a | Alpha | company | - | ALPHA Ltd, Alfa | Alpha | 3 | EUR 7 | EUR 2M",
      "a | Alpha | company | - | ALPHA Ltd, Alfa | Alpha | 3 | USD 8 | USD 0",
      "b | Beta | company | - |  | Beta | 1 | EUR 5 | EUR 0",
      "g | Group | grouping | - |  | Group | 1 | EUR 5 | EUR 0",
      "u | Union | grouping | - |  | One, Two | 1 | EUR 0 | EUR 2M",
    ]);
  });

  test("of one name by id", async () => {
    const register = await openText(`
suppliers: [{ supplier: n10, name: Nova }, { supplier: n9, name: NOVA }]
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [n10] }, { lot: 2, suppliers: [n9] }] }]`);
    expect(await linesOf(suppliers(register), "supplier")).toEqual(["n9", "n10"]);
  });
});

describe("awards", () => {
  test("one row a seat; T3 says whether its ceiling is its own", async () => {
    expect(await linesOf(awards(await openText(CITY)))).toEqual([
      "k | 1 | a | Alpha | Alpha | shared | EUR 2M",
      "k | 1 | u | Union | One, Two | shared | EUR 2M",
      "k | 2 | b | Beta | Beta | sole | EUR 5",
      "k | 2 | g | Group | Group | sole | EUR 5",
      "m | 1 | a | Alpha | Alpha | sole | EUR 7",
      "m | 2 | a | Alpha | Alpha | sole | USD 8",
    ]);
  });

  test("T1, golden: ten seats of the default register, whose footer is the true total", async () => {
    const report = awards(await openRegister());
    expect(await rowsOf(report)).toHaveLength(10);
    expect(await closingOf(awards(await openRegister()))).toEqual([
      "Total: EUR 34.4M (each shared ceiling counted once)",
    ]);
  });

  test("the seats of one supplier; the lot is still shared", async () => {
    expect(await linesOf(awards(await openText(CITY), { suppliers: ["union"] }), "lot", "supplier", "held")).toEqual([
      "1 | u | shared",
    ]);
  });
});

describe("contracts", () => {
  test("D1, golden: the default register ends in 2017, or with every renewal in 2019", async () => {
    const report = contracts(await openRegister());
    expect(await linesOf(report)).toEqual([
      "cloud-i | Cloud I | European Commission | 2015-12 | 2 years + 2 renewals of 1 year | 2017-12 | 2019-12 | awardDate | - | 3 | 6 | EUR 34.4M |  |  | - | - |  |  |  | - |  | - | - | 2014-12 | - | -",
    ]);
    expect(report.closing().notes).toEqual(["Where no start date is stated, ends are counted from the award date."]);
  });

  test("D1, T7, T8: terms, currencies and gaps", async () => {
    expect(await linesOf(contracts(await openText(CITY)))).toEqual([
      "k | Kiosks | City | 2015-12 | 1 month + 1 renewal of 1 year | 2016-02-29 | 2017-02-28 | startDate | - | 2 | 4 | EUR 2,000,010 |  |  | - | - |  |  |  | - |  | - | - | - | - | -",
      "l | - | - | 2015 | 18 months | 2016-07..2017-06 | 2016-07..2017-06 | awardDate | - | 1 | 0 | missing |  |  | - | - |  |  |  | - |  | - | - | - | - | -",
      "m | - | - | - | - | - | - | - | - | 2 | 1 | EUR 7 |  |  | - | - |  |  |  | - |  | - | - | - | - | -",
      "m | - | - | - | - | - | - | - | - | 2 | 1 | USD 8 |  |  | - | - |  |  |  | - |  | - | - | - | - | -",
      "n | - | - | - | - | - | - | - | - | 2 | 0 | missing |  |  | - | - |  |  |  | - |  | - | - | - | - | -",
    ]);
  });

  test("a selection narrows what is counted", async () => {
    expect(
      await linesOf(
        contracts(await openText(CITY), { suppliers: ["beta"] }),
        "contract",
        "lots",
        "suppliers",
        "ceiling",
      ),
    ).toEqual(["k | 1 | 2 | EUR 10"]);
    expect(await closingOf(contracts(await openText(CITY), { contracts: ["m"] }))).toEqual([
      "Total: EUR 7 + USD 8 (each shared ceiling counted once)",
    ]);
  });

  test("a term without a date has no end", async () => {
    const register = await openText("contracts: [{ contract: k, term: 1 year, lots: [{ lot: 1 }] }]");
    expect(await linesOf(contracts(register), "term", "firmEnd", "termFrom")).toEqual(["1 year | - | -"]);
  });
});
