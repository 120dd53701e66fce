import { expect, test } from "vitest";
import { parseQuery } from "../../src/query/parse-query.ts";
import { printQuery } from "../../src/query/print-query.ts";
import { asksForRows, demandsOnLots } from "../../src/query/row-clauses.ts";

const ofCeilings = (text: string) => parseQuery(text, undefined, undefined, "headroom");
const ofOrders = (text: string) => parseQuery(text, undefined, undefined, "orders");

test.each([
  ["lot:1", "lot:1"],
  ["used:80..", ""],
  ["lot:1 used:80..", "lot:1"],
  ["lot:1 used:80.. use:breach", "lot:1"],
  ["lot:1 OR used:80..", ""],
  ["lot:1 used:80.. OR lot:2 use:breach", "lot:1 OR lot:2"],
  ["(lot:1 OR used:80..) service:paas", "service:paas"],
  ["lot:1 has:left,ceiling", "lot:1"],
  ["NOT lot:1", "NOT lot:1"],
  ["NOT (lot:1 used:80..)", ""],
  ["NOT used:80.. lot:1", "lot:1"],
  ["any(lot:1) used:80..", "any(lot:1)"],
  ["cloud supplier:a", "cloud supplier:a"],
])("of lots, %s about ceilings demands no more than %j", (asked, demanded) => {
  expect(printQuery(demandsOnLots(ofCeilings(asked), "ceiling"))).toBe(demanded);
  expect(asksForRows(ofCeilings(asked))).toBe(asked !== demanded);
});

test.each([
  ["lot:1 amount:10k..", "lot:1"],
  ["lot:1 supplier:a", "lot:1"],
  ["lot:1 any(supplier:a)", "lot:1 any(supplier:a)"],
  ["cloud lot:1", "lot:1"],
  ["buyer:port OR lot:1", ""],
  ["title:cloud is:shared", "title:cloud"],
  ["NOT (lot:1 country:BE)", ""],
])("of lots, %s about orders, which have suppliers and buyers of their own, demands %j", (asked, demanded) => {
  expect(printQuery(demandsOnLots(ofOrders(asked), "order"))).toBe(demanded);
});
