import { expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { headroom } from "../../src/engine/headroom/headroom.ts";
import { lots } from "../../src/engine/lots.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { why } from "../../src/engine/why.ts";
import { preferring, type Register } from "../../src/records/register.ts";
import { closingOf, linesOf, openText } from "../open-text.ts";

const register = (...all: readonly string[]): Promise<Register> =>
  openText(`
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers: [{ supplier: oak, name: Oak }, { supplier: elm, name: Elm }]
contracts: [${all.join(", ")}]`);

const totalOf = async (contract: string, query: readonly string[] = []): Promise<string> =>
  (await linesOf(total(await register(contract), query.length > 0 ? { lots: query } : {}), "ceiling")).join(" + ");

test("T4g: a contract without lots is in every answer that is not of lots or seats", async () => {
  const data = await register(
    "{ contract: rail, buyer: City, ceiling: EUR 7M, lots: [], orders: [{ order: 1, amount: EUR 8M }] }",
    "{ contract: road, ceiling: EUR 3M, lots: [{ lot: 1, service: paving }] }",
  );
  expect(await linesOf(contracts(data), "contract", "lots", "ceiling")).toEqual([
    "rail | 0 | EUR 7M",
    "road | 1 | EUR 3M",
  ]);
  expect(await linesOf(total(data, {}, { by: "service" }), "service", "lots", "ceiling")).toEqual([
    "paving | 1 | EUR 3M",
    "- | 0 | EUR 7M",
    "- | 1 | EUR 10M",
  ]);
  expect(await linesOf(total(data, { contracts: ["rail"] }), "ceiling")).toEqual(["EUR 7M"]);
  expect((await linesOf(headroom(data), "ceilingOf", "use"))[0]).toBe("rail | breach");
  const told = "1 contract without lots is not in this total; lotbook total counts it.";
  expect((await closingOf(lots(data)))[0]).toBe("Total: EUR 3M (each shared ceiling counted once)");
  for (const said of [closingOf(lots(data)), closingOf(awards(data)), closingOf(suppliers(data))])
    expect(await said).toContain(told);
  // A call-off is in no total.
  const called = await register(
    "{ contract: road, lots: [{ lot: 1, ceiling: EUR 3M }] }",
    "{ contract: lane, callOffOf: road, lots: [] }",
  );
  for (const told of [closingOf(lots(called)), closingOf(awards(called)), closingOf(suppliers(called))]) {
    const said = (await told).join();
    expect(said).not.toContain("without lots");
    expect(said).toContain("1 call-off is not added");
  }
  expect((await linesOf(why(data), "action", "ceilingOf", "reason"))[0]).toBe(
    "counted | rail | the contract has no lots",
  );
  expect(await linesOf(total(data, {}, { by: "supplier", split: "equal" }), "share")).toEqual([
    "EUR 10,000,000.00",
    "EUR 10,000,000.00",
  ]);
});

test("T4g: a lot that came to nothing counts up to what was ordered on it", async () => {
  const of = (orders: string) =>
    totalOf(
      `{ contract: k, lots: [{ lot: 1, status: cancelled, ceiling: EUR 5M }, { lot: 2, ceiling: EUR 1M }]${orders} }`,
    );
  expect(await of("")).toBe("EUR 1M");
  expect(await of(", orders: [{ order: 1, lot: 1, amount: EUR 2M }]")).toBe("EUR 3M");
  expect(await of(", orders: [{ order: 1, lot: 1, amount: EUR 9M }]")).toBe("EUR 6M");
  expect(await of(", orders: [{ order: 1, amount: EUR 2M }]")).toBe("EUR 1M to EUR 3M");
});

test("T6: sole and shared are each what their lots allow, whichever of them are asked for", async () => {
  const data = await register(
    "{ contract: k, ceiling: EUR 8M, lots: [{ lot: 1, ceiling: EUR 9M, suppliers: [oak] }, { lot: 2, ceiling: EUR 5M, suppliers: [oak, elm] }, { lot: 3, suppliers: [elm] }] }",
  );
  expect(await linesOf(suppliers(data), "supplier", "sole", "shared")).toEqual([
    "elm | ≤ EUR 8M | EUR 5M",
    "oak | EUR 8M | EUR 5M",
  ]);
  expect(await linesOf(suppliers(data, { lots: ["2"] }), "supplier", "shared")).toEqual([
    "elm | EUR 5M",
    "oak | EUR 5M",
  ]);
});

test("T6: a total of seats has the seats that were asked for", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1, ceiling: EUR 4M, suppliers: [oak, elm] }, { lot: 2, ceilingPerSupplier: EUR 3M, suppliers: [oak, elm] }, { lot: 3, ceiling: EUR 1M }] }",
  );
  const oak = { suppliers: ["oak"] };
  expect((await closingOf(awards(data, oak)))[0]).toBe("Total: EUR 7M (each shared ceiling counted once)");
  expect(await closingOf(awards(data))).toEqual([
    "Total: EUR 10M (each shared ceiling counted once)",
    "1 lot that nobody holds is not in this total; lotbook total counts it.",
  ]);
  expect(await closingOf(total(data, oak, { by: "supplier", split: "equal" }))).toEqual([
    "Total: EUR 5,000,000.00 (shared ceilings counted once, here divided equally: an assumption)",
    "The shares of suppliers that were not asked for are left out.",
  ]);
});

test("T4a: each currency for itself; rows under one ceiling overlap", async () => {
  const data = await register(
    "{ contract: k, ceiling: EUR 2M, lots: [{ lot: 1, ceiling: EUR 2M }, { lot: 2, ceiling: EUR 3M }, { lot: 3, ceiling: GBP 4M }] }",
  );
  expect(await linesOf(total(data, {}, { by: "lot" }), "lot", "ceiling")).toEqual([
    "k/1 | EUR 2M",
    "k/2 | EUR 2M",
    "k/3 | GBP 4M",
    "- | EUR 2M",
    "- | GBP 4M",
  ]);
  expect(await closingOf(total(data, {}, { by: "lot" }))).toContain(
    "Some rows share a ceiling: they do not add up to the total.",
  );
});

test("T4e: rows add up to the upper end of a range alone where groups overlap", async () => {
  const groups = "[{ group: g, lots: [1, 2], ceiling: EUR 3M, certain: no }]";
  const lots = "[{ lot: 1, ceiling: EUR 2M }, { lot: 2, ceiling: EUR 2M }]";
  const data = await register(`{ contract: k, groups: ${groups}, lots: ${lots} }`);
  expect(await linesOf(total(data, {}, { by: "lot" }), "lot", "ceiling")).toEqual([
    "k/1 | EUR 2M",
    "k/2 | EUR 2M",
    "- | EUR 3M to EUR 4M",
  ]);
  expect(await closingOf(total(data, {}, { by: "lot" }))).toContain(
    "Some rows share a ceiling: they do not add up to the total.",
  );
});

test("T4c: a withheld ceiling above", async () => {
  expect(
    await totalOf(
      "{ contract: k, ceiling: withheld, lots: [{ lot: 1, ceiling: EUR 3M }, { lot: 2, ceiling: EUR 1M }] }",
    ),
  ).toBe("≤ EUR 4M");
  const open = await register("{ contract: k, ceiling: withheld, lots: [{ lot: 1, ceiling: EUR 3M }, { lot: 2 }] }");
  expect(await closingOf(total(open))).toEqual([
    "Total:  (each shared ceiling counted once)",
    "1 of 2 lots have a known ceiling (1 not stated): there is no total.",
    "Nothing is certain where parts are unknown and the ceiling of the whole is withheld: EUR 3M of k is known.",
  ]);
  const between =
    "{ contract: k, ceiling: EUR 5M, lots: [{ lot: 1, ceiling: EUR 4M }, { lot: 2, ceiling: EUR 3M }], groups: [{ group: G, lots: [1], ceiling: withheld }] }";
  expect(await totalOf(between)).toBe("EUR 5M");
  expect(await totalOf(between, ["1"])).toBe("≤ EUR 4M");
});

test("T4d: the most believed source caps the whole; a silent one is filled in for", async () => {
  const data = await register(
    "{ contract: k, ceiling: { act: EUR 6M, news: EUR 5M }, lots: [{ lot: 1, ceiling: { act: EUR 7M } }] }",
    "{ contract: l, ceiling: { act: EUR 6M }, lots: [{ lot: 1, ceiling: { act: EUR 7M } }, { lot: 2, ceiling: { news: EUR 9M } }] }",
  );
  const by = (other: Register) => linesOf(total(other, {}, { by: "contract" }), "contract", "ceiling");
  expect(await by(data)).toEqual(["k | EUR 6M", "l | EUR 6M", "- | EUR 12M"]);
  expect(await by(preferring(data, "news"))).toEqual(["k | EUR 5M", "l | EUR 15M", "- | EUR 20M"]);
  expect(await closingOf(total(preferring(data, "news")))).toContain(
    "Where the preferred source is silent another fills in: act for news on l.",
  );
});

test("T4e: groups that cannot be reached, that overlap, and that are uncertain", async () => {
  const three = (groups: string) =>
    totalOf(
      `{ contract: k, lots: [{ lot: 1, ceiling: EUR 8M }, { lot: 2, ceiling: EUR 6M }, { lot: 3, ceiling: EUR 5M }], groups: [${groups}] }`,
    );
  expect(
    await three("{ group: A, lots: [1, 2], ceiling: EUR 14M }, { group: B, lots: [2, 3], ceiling: EUR 20M }"),
  ).toBe("EUR 19M");
  expect(await three("{ group: A, lots: [1, 2], ceiling: EUR 9M }, { group: B, lots: [2, 3], ceiling: EUR 20M }")).toBe(
    "EUR 14M",
  );
  const triangle =
    "{ group: A, lots: [1, 2], ceiling: EUR 9M }, { group: B, lots: [2, 3], ceiling: EUR 8M }, { group: C, lots: [1, 3], ceiling: EUR 10M }";
  expect(await three(triangle)).toBe("EUR 10.0M to EUR 13.5M");
  const uncertain = (lot: string) =>
    totalOf(
      `{ contract: k, ceiling: EUR 20M, lots: [{ lot: 1, ceiling: EUR 3M }, { lot: 2${lot} }], groups: [{ group: A, lots: [1, 2], ceiling: EUR 5M, certain: no }] }`,
    );
  expect(await uncertain(", ceiling: EUR 4M")).toBe("EUR 5M to EUR 7M");
  expect(await uncertain("")).toBe("EUR 5M to EUR 20M");
});

test("L1c: an order for some lot lies in a group of all lots", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1 }, { lot: 2 }], groups: [{ group: A, lots: [2, 1], ceiling: EUR 1M }, { group: B, lots: [1], ceiling: EUR 1M }], orders: [{ order: 1, amount: EUR 3M }] }",
  );
  expect((await linesOf(headroom(data), "ceilingOf", "ordered", "use")).slice(0, 2)).toEqual([
    "k group A | EUR 3M | breach",
    "k group B | EUR 0.00 to EUR 3,000,000.00 | open to breach",
  ]);
});

test("T4d, L1a: how many seats were merged into one is for the source to say that says who holds the lot", async () => {
  const data = await openText(`
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers: [{ supplier: oak, name: Oak, successions: [{ merged: 2020, into: elm }] }, { supplier: elm, name: Elm }]
contracts: [{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 1M, suppliers: { act: [oak], news: [oak, elm] } }] }]`);
  expect(await linesOf(total(data), "ceiling")).toEqual(["EUR 1M"]);
  expect(await linesOf(suppliers(data), "supplier", "sole")).toEqual(["elm | EUR 1M"]);
  const other = preferring(data, "news");
  expect(await linesOf(total(other), "ceiling")).toEqual(["EUR 2M"]);
  expect(await linesOf(suppliers(other), "supplier", "sole")).toEqual(["elm | EUR 2M"]);
  expect(await linesOf(headroom(other), "supplier", "ceiling")).toEqual(["elm | EUR 2M"]);
});

test("T4d, T4g: a less believed source's ceiling holds over a cancelled lot without one, whatever was ordered on it", async () => {
  const contract = `{ contract: k, lots: [{ lot: 1, ceiling: { act: EUR 9M } }, { lot: 2, status: cancelled }],
    groups: [{ group: g, lots: [2], ceiling: { news: EUR 2M } }], orders: [{ order: 1, lot: 2, amount: EUR 5M }] }`;
  expect(await totalOf(contract)).toBe("EUR 11M");
});

test("T7, T8: a range in one currency makes none of an upper bound in another", async () => {
  const contract = `{ contract: k, lots: [{ lot: 1, ceiling: EUR 3M }, { lot: 2, ceiling: EUR 4M }, { lot: 3, ceiling: USD 2M }, { lot: 4, ceiling: USD 2M }],
    groups: [{ group: g, lots: [1, 2], ceiling: EUR 5M, certain: no }, { group: h, lots: [3, 4], ceiling: withheld }] }`;
  expect(await totalOf(contract)).toBe("EUR 5M to EUR 7M + ≤ USD 4M");
  expect(await linesOf(contracts(await register(contract)), "ceiling")).toEqual(["EUR 5M to EUR 7M", "≤ USD 4M"]);
});
