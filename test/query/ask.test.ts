import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lots } from "../../src/engine/lots.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { UsageError } from "../../src/model/errors.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

const DATA = `
sources: [{ source: act, title: Act }, { source: web, title: Web }]
suppliers:
  - { supplier: a, name: Télécom, aliases: [Alpha], country: BE }
  - { supplier: b, name: Beta, successions: [{ renamed: 2019, from: Old Betty }, { left: 2030 }] }
  - { supplier: g, name: Group, members: [{ name: Gigas, country: ES }, { name: One }] }
contracts:
  - contract: k
    title: Kiosks
    buyer: City of Łódź
    coordinator: Digit
    jointBuyers: [Port of Gdańsk]
    users: [Court of Auditors]
    procedure: P-7
    regime: utilities
    tags: [critical, IT]
    cpv: [48000000-8]
    callDate: 2015-01-10
    awardDate: 2015-12
    startDate: 2016-01-01
    term: 2 years + 2 renewals of 1 year
    lots:
      - { lot: 1, title: First, service: IaaS, deployment: public, ceiling: { act: EUR 10.2M }, suppliers: [a], callOff: cascade, offers: 7, cpv: [72212000], estimate: EUR 9M }
      - { lot: 2, service: PaaS, ceiling: { web: "EUR 13,946,625.00" }, suppliers: [a, b, g], offers: 9, reestimate: EUR 8M, awarded: [EUR 2M, PLN 3M] }
      - { lot: 3, status: cancelled, awarded: withheld, ceiling: withheld }
  - contract: l
    framework: no
    awardDate: 2020
    lots:
      - { lot: 1, ceilingPerSupplier: EUR 1M, suppliers: [b, g], awarded: "EUR 1,250,000.00" }
      - { lot: 4, suppliers: [b] }
`;

const ask = async (query: string, at = { year: 2018, month: 6, day: 15 }): Promise<string> => {
  const rows = await rowsOf(lots(await openText(DATA), { query: parseQuery(query), at }));
  return rows.map(({ contract, lot }) => `${contract}/${lot}`).join(" ");
};

const ALL = "k/1 k/2 k/3 l/1 l/4";

describe("texts and ids", () => {
  test.each([
    ["", ALL],
    ["contract:k", "k/1 k/2 k/3"],
    ["contract!=k", "l/1 l/4"],
    ["lot:1", "k/1 l/1"],
    ["lot=k/1", "k/1"],
    ["lot:1,4", "k/1 l/1 l/4"],
    ["title:kiosk", "k/1 k/2 k/3"],
    ["title=first", "k/1"],
    ["title=fir", ""],
    ["title!=first", "k/2 k/3 l/1 l/4"],
    ["vat:excluded", ALL],
    ["vat:included", ""],
    ["buyer:lodz", "k/1 k/2 k/3"],
    ["coordinator:DIGIT", "k/1 k/2 k/3"],
    ["buyer:gdansk", "k/1 k/2 k/3"],
    ["user:court", "k/1 k/2 k/3"],
    ["procedure:P-7", "k/1 k/2 k/3"],
    ["regime:utilities", "k/1 k/2 k/3"],
    ["regime!=utilities", "l/1 l/4"],
    ["tag:crit", "k/1 k/2 k/3"],
    ["cpv:72212000", "k/1"],
    ["cpv:72000000", "k/1"],
    ["cpv:72200000,99000000", "k/1"],
    ["cpv:48000000", "k/1 k/2 k/3"],
    ["cpv:48000000-8", "k/1 k/2 k/3"],
    ["cpv:73000000", ""],
    ["supplier:betty", "k/2 l/1 l/4"],
    ["supplier:telecom", "k/1 k/2"],
    ["supplier!=beta", "k/1 k/3"],
    ["supplier:gigas", "k/2 l/1"],
    ["country:ES", "k/2 l/1"],
    ["country:be", "k/1 k/2"],
    ["kind:grouping", "k/2 l/1"],
    ["service:aas", "k/1 k/2"],
    ["deployment:public", "k/1"],
    ["status:cancelled", "k/3"],
    ["callOff:cascade", "k/1"],
    ["source:web", "k/2"],
    ["kiosks", "k/1 k/2 k/3"],
    ["gigas", "k/2 l/1"],
    ["first", "k/1"],
    ["k", "k/1 k/2 k/3"],
    ["k/2", "k/2"],
    ["4", "l/4"],
  ])("%s", async (query, found) => {
    expect(await ask(query)).toBe(found);
  });
});

describe("NOT binds tighter than AND, AND tighter than OR", () => {
  test.each([
    ["lot:1 OR lot:4 contract:l", "k/1 l/1 l/4"],
    ["(lot:1 OR lot:4) contract:l", "l/1 l/4"],
    ["-lot:1 contract:k", "k/2 k/3"],
    ["NOT (lot:1 OR lot:2)", "k/3 l/4"],
    ["any(supplier:gigas)", ALL],
    ["any(status:cancelled)", "k/1 k/2 k/3"],
    ["all(suppliers:1..)", "l/1 l/4"],
  ])("%s", async (query, found) => {
    expect(await ask(query)).toBe(found);
  });
});

describe("amounts, counts and what is unknown", () => {
  test.each([
    ["ceiling:10.2M", "k/1"],
    ["ceiling:13.9M", "k/2"],
    ["ceiling=13.9M", ""],
    ["ceiling=EUR13946625.00", "k/2"],
    ["ceiling!=10.2M", "k/2 k/3 l/1 l/4"],
    ["ceiling<10.2M", "l/1"],
    ["ceiling<=10.2M", "k/1 l/1"],
    ["ceiling>10.2M", "k/2"],
    ["ceiling>=10.2M", "k/1 k/2"],
    ["ceiling:10M..", "k/1 k/2"],
    ["ceiling:..10M", "l/1"],
    ["ceiling:1M..11M", "k/1 l/1"],
    ["ceiling:USD1M..", ""],
    ["ceiling:10.2M..11M", "k/1"],
    ["ceiling:5M..10.2M", "k/1"],
    ["ceiling:10.2M,13.9M", "k/1 k/2"],
    ["ceiling!=USD10.2M", ALL],
    ["ceiling:0.0001..", "k/1 k/2 l/1"],
    ["ceiling:0.0001..20M", "k/1 k/2 l/1"],
    ["ceiling:1..20000000.0001", "k/1 k/2 l/1"],
    ["ceiling!=0.0001", ALL],
    ["ceiling:2000000.0001..", "k/1 k/2"],
    ["ceiling:..2000000.0001", "l/1"],
    ["ceiling>1999999.9999", "k/1 k/2 l/1"],
    ["ceiling<2000000.0001", "l/1"],
    ["ceiling<=1999999.9999", ""],
    ["ceiling>=-0.0001", "k/1 k/2 l/1"],
    ["ceiling=2000000.0001", ""],
    ["ceiling:2000000.0001", ""],
    ["awarded:EUR1.25M", "l/1"],
    ["awarded:PLN3M", "k/2"],
    ["awarded:EUR1M..EUR2M", "k/2 l/1"],
    ["awarded!=EUR2M", "k/1 k/3 l/1 l/4"],
    ["estimate:9M", "k/1"],
    ["missing:estimate", "k/2 k/3 l/1 l/4"],
    ["reestimate:..8M", "k/2"],
    ["has:reestimate", "k/2"],
    ["suppliers:2..", "k/2 l/1"],
    ["suppliers:3", "k/2"],
    ["suppliers!=1", "k/2 k/3 l/1"],
    ["offers:7..8", "k/1"],
    ["offers>7", "k/2"],
    ["offers>=7", "k/1 k/2"],
    ["offers<9", "k/1"],
    ["offers<=9", "k/1 k/2"],
    ["offers=9", "k/2"],
    ["offers:..7", "k/1"],
    ["offers!=7", "k/2 k/3 l/1 l/4"],
    ["offers:7,9", "k/1 k/2"],
    ["has:ceiling", "k/1 k/2 l/1"],
    ["missing:ceiling", "l/4"],
    ["withheld:awarded", "k/3"],
    ["has:offers", "k/1 k/2"],
    ["missing:startDate", "l/1 l/4"],
    ["has:buyer", "k/1 k/2 k/3"],
    ["has:startDate", "k/1 k/2 k/3"],
    ["missing:offers", "k/3 l/1 l/4"],
    ["missing:offers,ceiling", "k/3 l/1 l/4"],
    ["has:supplier", "k/1 k/2 l/1 l/4"],
    ["missing:supplier", "k/3"],
    ["missing:suppliers", "k/3"],
    ["has:suppliers", "k/1 k/2 l/1 l/4"],
    ["missing:country", "k/3 l/4"],
    ["missing:user", "l/1 l/4"],
    ["missing:cpv", "l/1 l/4"],
    ["has:cpv", "k/1 k/2 k/3"],
    ["has:estimate", "k/1"],
    ["has:awarded", "k/2 l/1"],
  ])("%s", async (query, found) => {
    expect(await ask(query)).toBe(found);
  });
});

test.each([
  ["quantity:1000", "q/1"],
  ["quantity>=2500.5", "q/2"],
  ["quantity<2500", "q/1"],
  ["currency:USD", "q/2"],
  ["currency:GBP", "q/1"],
])("of quantities, and of what was signed or awarded together: %s", async (query, found) => {
  const register = await openText(`
suppliers: [{ supplier: a, name: A }]
contracts:
  - contract: q
    lots: [{ lot: 1, quantity: 1000 machines, suppliers: [a] }, { lot: 2, quantity: 2500.5 machines, suppliers: [a] }]
    sharedAwards: [{ lots: [1], value: GBP 5 }]
    settledContracts: [{ settled: K, lots: [2], suppliers: [a], value: USD 5 }]
`);
  const rows = await rowsOf(lots(register, { query: parseQuery(query) }));
  expect(rows.map(({ contract, lot }) => `${contract}/${lot}`).join(" ")).toBe(found);
});

describe("dates are certain, unless ~ asks for what is possible", () => {
  const K = "k/1 k/2 k/3";
  const L = "l/1 l/4";
  test.each([
    ["awardDate:2015", K],
    ["awardDate:2015-12-01..2015-12-31", K],
    ["awardDate:2015-12-10..2015-12-20", ""],
    ["awardDate:~2015-12-10..2015-12-20", K],
    ["awardDate:2016..", L],
    ["awardDate:..2019", K],
    ["awardDate=2015-12", K],
    ["awardDate!=2015-12", L],
    ["awardDate!=2015", ALL],
    ["awardDate:2015,2020", ALL],
    ["startDate!=2016", ALL],
    ["awardDate=2015", ""],
    ["startDate=2016", ""],
    ["awardDate<2016", K],
    ["awardDate<2015-12", ""],
    ["awardDate<2015-12-31", ""],
    ["awardDate>2015-12-01", L],
    ["awardDate>=2016", L],
    ["awardDate<=2015", K],
    ["awardDate>2015", L],
    ["awardDate>=2015-12", ALL],
    ["callDate:2015-01-10", K],
    ["callDate!=2014", ALL],
    ["startDate:2016", K],
    ["firmEnd:2017", K],
    ["latestEnd:today..today+2y", K],
    ["latestEnd:-2m..+81w", K],
    ["callDate:..-1000d", K],
  ])("%s", async (query, found) => {
    expect(await ask(query)).toBe(found);
  });
});

describe("states at a day", () => {
  test.each([
    ["is:shared", "k/2"],
    ["is:sole", "k/1 l/1 l/4"],
    ["is:grouping", "k/2 l/1"],
    ["is:framework", "k/1 k/2 k/3"],
    ["is:awarded", "k/1 k/2 l/1 l/4"],
    ["is:renewable", "k/1 k/2 k/3"],
    ["is:ended", ""],
    ["is:firm", ""],
    ["is:shared,sole", "k/1 k/2 l/1 l/4"],
  ])("%s", async (query, found) => {
    expect(await ask(query)).toBe(found);
  });

  test("a lot that nobody holds is held by no one alone", async () => {
    const unheld = await openText("contracts: [{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 1M }] }]");
    expect(await rowsOf(lots(unheld, { query: parseQuery("is:sole") }))).toEqual([]);
  });

  test("only where its dates leave no doubt", async () => {
    const coarse = await openText("contracts: [{ contract: k, awardDate: 2016-03, term: 1 year, lots: [{ lot: 1 }] }]");
    const found = async (query: string, day: number) =>
      (await rowsOf(lots(coarse, { query: parseQuery(query), at: { year: 2017, month: 3, day } }))).length > 0;
    expect([await found("is:firm", 15), await found("is:ended", 15), await found("is:ended", 31)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("before, in and after the term", async () => {
    expect(await ask("is:firm", { year: 2017, month: 1, day: 1 })).toBe("k/1 k/2 k/3");
    expect(await ask("is:ended", { year: 2021, month: 1, day: 1 })).toBe("k/1 k/2 k/3");
  });
});

test("by seats, a clause about suppliers is asked of each", async () => {
  const names = async (query: string) => {
    const rows = await rowsOf(suppliers(await openText(DATA), { query: parseQuery(query) }));
    // A supplier has a row for each currency.
    return [...new Set(rows.map(({ supplier }) => supplier))];
  };
  expect(await names("lot:k/2 -is:grouping")).toEqual(["b", "a"]);
  expect(await names("NOT (kind:grouping OR alpha)")).toEqual(["b"]);
  expect(await names("any(kind:grouping) lot:1")).toEqual(["b", "g", "a"]);
});

describe("what cannot be compared is refused", () => {
  const refusal = async (query: string, data = DATA): Promise<string> => {
    try {
      await rowsOf(lots(await openText(data), { query: parseQuery(query) }));
    } catch (error) {
      if (error instanceof UsageError) return `${error.message}: ${error.hint}`;
      throw error;
    }
    throw new Error("it was accepted");
  };

  const THREE = `
contracts:
  - contract: k
    lots: [{ lot: 1, ceiling: USD 1M }, { lot: 2, ceiling: EUR 1M, awarded: CHF 1 }, { lot: 3, ceiling: GBP 1M }]
`;
  test("T7: an amount without a currency in data of several, of which all are named", async () => {
    const wanted = "ceiling: an amount without a currency, and the data have several: EUR, GBP, USD: say which: ";
    expect(await refusal("ceiling:1M..", THREE)).toBe(`${wanted}ceiling:EUR1M..`);
    expect(await refusal("lot:2 (any(NOT ceiling<1M) OR ceiling:EUR1M..)", THREE)).toBe(`${wanted}ceiling<EUR1M`);
  });

  test("T7: what is asked for is said again with a currency, and is then answered", async () => {
    const figure = fc.oneof(fc.nat().map(String), fc.constantFrom("1.5M", "12.50", "10k"));
    const range = fc.oneof(
      fc.tuple(fc.constantFrom(":", "=", "!=", "<", ">=", ":.."), figure).map((parts) => parts.join("")),
      figure.map((low) => `:${low}..`),
    );
    await fc.assert(
      fc.asyncProperty(range, async (asked) => {
        const [, hint = ""] = (await refusal(`ceiling${asked}`, THREE)).split("say which: ");
        expect(hint.replace("EUR", "")).toBe(`ceiling${asked}`);
        await rowsOf(lots(await openText(THREE), { query: parseQuery(hint) }));
      }),
      seeded(50),
    );
  });

  test("T7: also in all(…), and beside a field of one currency; nothing is answered before", async () => {
    const two =
      "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 1M, awarded: EUR 1 }, { lot: 2, ceiling: USD 1M }] }]";
    expect(await refusal("all(ceiling:..1M)", two)).toContain("EUR, USD");
    expect(await refusal("awarded:..1M ceiling:1M", two)).toContain("EUR, USD");
    const rows: unknown[] = [];
    const report = lots(await openText(two), { query: parseQuery("ceiling:1M") });
    await expect(
      (async () => {
        for await (const row of report) rows.push(row);
      })(),
    ).rejects.toThrow(UsageError);
    expect(rows).toEqual([]);
  });

  test("another field, or a currency that is named, is no reason", async () => {
    const found = async (query: string) => rowsOf(lots(await openText(THREE), { query: parseQuery(query) }));
    expect(await found("awarded:1..")).toHaveLength(1);
    expect(await found("ceiling:USD1M..,EUR1M..")).toHaveLength(2);
    expect(await found("awarded:1.. ceiling:EUR1M..")).toHaveLength(1);
  });

  test("a text of no field that there is", async () => {
    const query = { kind: "texts", field: "colour", op: ":", values: ["red"] } as const;
    await expect(rowsOf(lots(await openText(DATA), { query }))).rejects.toThrow("no answer to the field colour");
  });

  test("T7: in either of several fields, and of several values", async () => {
    const usd = "contracts: [{ contract: k, lots: [{ lot: 1, awarded: USD 1M }, { lot: 2, awarded: EUR 1M }] }]";
    expect(await refusal("awarded:1M..", usd)).toBe(
      "awarded: an amount without a currency, and the data have several: EUR, USD: say which: awarded:EUR1M..",
    );
    const two = "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 1M }, { lot: 2, ceiling: USD 1M }] }]";
    expect(await refusal("ceiling:USD5..,1M", two)).toContain('EUR, USD: say which: ceiling:"USD5..","EUR1M"');
    for (const query of ["ceiling:EUR1M..", "ceiling:..EUR1M"])
      expect(await rowsOf(lots(await openText(two), { query: parseQuery(query) }))).toHaveLength(1);
  });

  test.each([
    ["lot:9", 'there is no lot "9": for example: 1, k/1'],
    ["NOT contract:m", 'there is no contract "m": for example: k, l'],
    ["any(lot:7) OR lot:1", 'there is no lot "7"'],
    ["all(lot:7)", 'there is no lot "7"'],
    ["lot:1 (title:x lot:7)", 'there is no lot "7"'],
    ["source:wep", 'there is no source "wep": did you mean web?'],
  ])("%s", async (query, message) => {
    expect(await refusal(query)).toContain(message);
  });
});

test("the days from a call to its award count where both are days", async () => {
  const contract = (id: string, called: string) =>
    `{ contract: ${id}, callDate: ${called}, awardDate: 2020-03-01, lots: [{ lot: 1 }] }`;
  const calls = await openText(`contracts: [${contract("a", "2020-02-01")}, ${contract("b", "2020-02")}]`);
  const found = async (query: string) =>
    (await rowsOf(lots(calls, { query: parseQuery(query) }))).map((row) => row.contract);
  expect(await found("daysToAward:29")).toEqual(["a"]);
  expect(await found("daysToAward!=29")).toEqual(["b"]);
});

test("a lot is found by its contract's id and its own behind more of them than are kept to suggest", async () => {
  const many = Array.from({ length: 5001 }, (_, index) => `{ lot: ${index} }`).join(", ");
  const city = await openText(`contracts: [{ contract: k, lots: [${many}] }, { contract: z, lots: [{ lot: x }] }]`);
  expect(await rowsOf(lots(city, { query: parseQuery("lot:z/x") }))).toHaveLength(1);
  await expect(rowsOf(lots(city, { query: parseQuery("lot:z/y") }))).rejects.toThrow('there is no lot "z/y"');
});

test("N3: a figure finds gross amounts as it finds net ones", async () => {
  const gross = await openText(
    "contracts: [{ contract: k, vat: included, lots: [{ lot: 1, ceiling: EUR 10.2M }, { lot: 2, ceiling: EUR 9M excl. VAT }] }]",
  );
  const found = async (query: string) =>
    (await rowsOf(lots(gross, { query: parseQuery(query) }))).map(({ lot }) => lot);
  expect(await found("ceiling:10M")).toEqual(["1"]);
  expect(await found("ceiling:10.3M")).toEqual([]);
  expect(await found("ceiling:9M,10.2M")).toEqual(["1", "2"]);
});

test("a supplier that merged is looked for on its successor's seats, from that day on", async () => {
  const merging = await openText(`
suppliers: [{ supplier: a, name: Alpha, successions: [{ merged: 2020-06, into: b }] }, { supplier: b, name: Beta }, { supplier: c, name: Cee }]
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a] }, { lot: 2, suppliers: [c] }] }]
`);
  const holders = async (year: number) =>
    (await rowsOf(lots(merging, { query: parseQuery("lot:1"), at: { year } }))).map(({ suppliers: seats }) =>
      seats.map(({ name }) => name),
    );
  expect(await holders(2019)).toEqual([["Alpha"]]);
  expect(await holders(2021)).toEqual([["Beta"]]);
});

test("by seats, a lot is left out where no supplier of it alone is what is asked for", async () => {
  const rows = await rowsOf(suppliers(await openText(DATA), { query: parseQuery("supplier:beta supplier:telecom") }));
  expect(rows).toEqual([]);
});
