import { describe, expect, test } from "vitest";
import { compare } from "../../src/engine/compare.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { decisions } from "../../src/engine/decisions.ts";
import { expiring } from "../../src/engine/expiring.ts";
import { headroom } from "../../src/engine/headroom/headroom.ts";
import { lots } from "../../src/engine/lots.ts";
import { answers } from "../../src/engine/page-answers.ts";
import type { Report } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { timeline } from "../../src/engine/timeline.ts";
import { why } from "../../src/engine/why.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { cellText, linesOf, openText, rowsOf } from "../open-text.ts";

const LOTS = "lots: [{ lot: 1, ceiling: EUR 2, suppliers: [a, b] }, { lot: 2, ceiling: EUR 3, suppliers: [a] }]";
const SUPPLIERS = "suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]";
const K = `- { contract: k, title: Cranes, awardDate: 2024, term: 2 years + 1 renewal of 1 year, ${LOTS} }`;
const L = "- { contract: l, ceiling: USD 9, lots: [] }";
const at = { year: 2025 };

const registerOf = (written: readonly string[]) =>
  openText([SUPPLIERS, "contracts:", ...written].map((line) => `${line}\n`).join(""));

const answersOf = async (written: readonly string[], asked = "") =>
  answers(await registerOf(written), { at, query: parseQuery(asked) });

test.each([
  ["one by its title", [K], "", "Cranes"],
  ["one without a title by its id", [L], "", "l"],
  ["several by their number", [K, L], "", undefined, "2 contracts"],
  ["none", [K], "supplier:b lot:2", undefined, "No contracts"],
])("a page is headed by its contracts: %s", async (_, written, asked, title, count = "1 contract") => {
  const answer = await answersOf(written, asked);
  expect(answer).toMatchObject({ title, count });
  expect(answer.says).toBe(asked === "" ? "As of 2025." : `As of 2025; asked for: ${asked}.`);
});

test("the figures are of all that is asked for, in each currency", async () => {
  const figures = async (asked: string) =>
    (await answersOf([K, L], asked)).figures.map(([term, value]) => [term.split(",")[0], cellText(value)]);
  const SPENT = "What may be spent";
  expect(await figures("")).toEqual([
    ["Contracts", "2"],
    ["Lots", "2"],
    ["Suppliers", "2"],
    [SPENT, "EUR 5"],
    [SPENT, "USD 9"],
  ]);
  expect(await figures("lot:2")).toEqual([
    ["Contracts", "1"],
    ["Lots", "1"],
    ["Suppliers", "1"],
    [SPENT, "EUR 3"],
  ]);
});

describe("the sections", () => {
  const CALL_OFF = "- { contract: c, callOffOf: k, ceiling: EUR 1, lots: [] }";
  const ORDERED = K.replace("lots:", "orders: [], lots:");

  test("are in one order, each with words of its own, and answer what they say", async () => {
    const { sections } = await answersOf([ORDERED]);
    const register = await registerOf([ORDERED]);
    const told = sections.map(async ({ id, answer }) => [id, await answer(linesOf)]);
    const expected = [
      ["ceilings", await linesOf(headroom(register, { at }))],
      ["decisions", await linesOf(decisions(register, { at }))],
      ["ends", await linesOf(expiring(register, { at }, { renewals: true }))],
      ["timeline", await linesOf(timeline(register, { at }))],
      ["contracts", await linesOf(contracts(register, { at }))],
      ["lots", await linesOf(lots(register, { at }))],
      ["suppliers", await linesOf(suppliers(register, { at }))],
      ["why", await linesOf(why(register, { at }))],
      ["differences", await linesOf(compare(register, { at }))],
    ];
    expect(await Promise.all(told)).toEqual(expected);
    for (const part of ["id", "heading", "says"] as const) {
      const words = sections.map((section) => section[part]);
      expect(words).not.toContain("");
      expect(new Set(words).size).toBe(words.length);
    }
    expect(sections.flatMap(({ id, fold }) => (fold === undefined ? [] : [[id, fold]]))).toEqual([
      ["timeline", "The same as a table"],
      ["why", "Each ceiling"],
    ]);
  });

  test.each([
    ["orders, be it none", [ORDERED], true],
    ["call-offs", [K, CALL_OFF], true],
    ["neither", [K, L], false],
  ])("show how far ceilings are used where there are %s", async (_, written, shown) => {
    const { sections } = await answersOf(written);
    expect(sections.some(({ id }) => id === "ceilings")).toBe(shown);
  });

  test("draw what they answer, however often they are asked", async () => {
    const { sections } = await answersOf([ORDERED]);
    const count = async <Row>(report: Report<Row>) => (await rowsOf(report)).length;
    const rows = async (id: string) => {
      const section = sections.find((one) => one.id === id);
      return Promise.all([section?.answer(count), section?.drawing?.(count), section?.answer(count)]);
    };
    expect(await rows("ceilings")).toEqual([2, 2, 2]);
    expect(await rows("timeline")).toEqual([2, 2, 2]);
    expect(await rows("lots")).toEqual([2, undefined, 2]);
  });
});
