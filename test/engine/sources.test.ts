import { expect, test } from "vitest";
import { sources } from "../../src/engine/sources.ts";
import { Preference } from "../../src/model/claim.ts";
import { preferring } from "../../src/records/register.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { linesOf, openText } from "../open-text.ts";

test("golden: what the default register's sources state, and how they agree", async () => {
  const register = await openRegister();
  const lines = await linesOf(
    sources(register),
    "source",
    "date",
    "facts",
    "alone",
    "agrees",
    "rounded",
    "renamed",
    "contradicts",
  );
  expect(lines.map((line) => line.split(" | ").slice(0, 2))).toEqual([
    ["article", "-"],
    ["digit", "2016-02-03"],
  ]);
  for (const line of lines) {
    const [facts, ...parts] = line.split(" | ").slice(2).map(Number);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(facts);
    expect(parts.at(-1)).toBe(0);
  }
  expect(await linesOf(sources(preferring(register, "digit")), "source")).toEqual(["digit", "article"]);
});

test("N3: every claim is counted once, by its gravest difference from another source", async () => {
  const register = await openText(`
sources: [{ source: p, title: P, publisher: Press, date: 2016 }, { source: q, title: Q }, { source: r, title: R }, { source: idle, title: I }]
suppliers: [{ supplier: a, name: { p: Alpha, q: ALPHA, r: Alfa } }]
contracts:
  - contract: k
    buyer: { p: City, q: city, r: State }
    callDate: { p: 2014, q: 2014-12 }
    offers: { p: 5 }
    title: No fact
    lots:
      - { lot: 1, ceiling: { p: EUR 10.2M, q: "EUR 10,252,762.00" }, offers: { q: 3, q again: 4 } }
`);
  expect(await linesOf(sources(register))).toEqual([
    "p | P | Press | 2016 | 5 | 1 | 1 | 1 | 1 | 1",
    "q | Q | - | - | 6 | 2 | 1 | 1 | 1 | 1",
    "r | R | - | - | 2 | 0 | 0 | 0 | 1 | 1",
    "idle | I | - | - | 0 | 0 | 0 | 0 | 0 | 0",
  ]);
});

test("facts without a source count for none; a source believed but not described still has its row", async () => {
  const register = await openText("contracts: [{ contract: k, buyer: City, lots: [{ lot: 1 }] }]");
  expect(await linesOf(sources(register))).toEqual([]);
  expect(
    await linesOf(sources({ ...register, preference: new Preference(["ghost"]) }), "source", "title", "facts"),
  ).toEqual(["ghost | - | 0"]);
});

test("a notice is the source of what it says, once, however often it is named", async () => {
  const register = await openText(
    "contracts: [{ contract: k, publications: [{ publication: n1, kind: result, file: a.xml }, { publication: n1 }], lots: [{ lot: 1 }] }]",
  );
  expect(await linesOf(sources({ ...register, hasNotices: true }), "source", "title", "facts")).toEqual([
    "n1 | result, a.xml | 0",
  ]);
});
