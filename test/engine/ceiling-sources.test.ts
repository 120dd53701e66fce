import { describe, expect, test } from "vitest";
import { CeilingSources } from "../../src/engine/ceiling-sources.ts";
import { lots } from "../../src/engine/lots.ts";
import { show } from "../../src/engine/show.ts";
import { total } from "../../src/engine/total.ts";
import { why } from "../../src/engine/why.ts";
import { Preference } from "../../src/model/claim.ts";
import { preferring } from "../../src/model/register.ts";
import { openRegister } from "../../src/readers/open-register.ts";
import { allOf, readRegister } from "../reading.ts";

const counted = (...sources: (string | undefined)[]): CeilingSources => {
  const all = new CeilingSources();
  for (const [index, source] of sources.entries()) all.add(source, "EUR", () => `c/${index + 1}`);
  return all;
};

describe("the note", () => {
  const preference = new Preference(["a", "b", "c", "d", "e", "f"]);

  test.each([
    [["a", "a"], []],
    [[], []],
    [["a", "b"], ["Not every ceiling counted is a's: b fills in for c/2."]],
    [["b", "b"], ["No ceiling counted is a's: b fills in for c/1 and c/2."]],
    [
      ["c", "a", "b", "b", "b"],
      ["Not every ceiling counted is a's: b fills in for c/3, c/4 and c/5; c fills in for c/1."],
    ],
    [["b", "b", "b", "b", "b"], ["No ceiling counted is a's: b fills in for c/1, c/2, c/3 and 2 more."]],
    [["a", undefined], ["Not every ceiling counted is a's: the register fills in for c/2."]],
    [
      ["b", "c", "d", "e"],
      [
        "No ceiling counted is a's: b fills in for c/1; c fills in for c/2; d fills in for c/3; 1 more source fills in for the rest.",
      ],
    ],
    [
      ["b", "c", "d", "e", "f"],
      [
        "No ceiling counted is a's: b fills in for c/1; c fills in for c/2; d fills in for c/3; 2 more sources fill in for the rest.",
      ],
    ],
  ])("of ceilings by %j", (sources, notes) => {
    expect(counted(...sources).notes(preference)).toEqual(notes);
  });

  test("there is none where no source is preferred, for then none is named", () => {
    expect(counted(undefined, undefined).notes(new Preference([]))).toEqual([]);
  });

  test("only the first few lots are named, and asked for their names", () => {
    const all = new CeilingSources();
    let asked = 0;
    for (let index = 0; index < 1000; index++) all.add("b", "EUR", () => `c/${++asked}`);
    expect(asked).toBe(3);
    expect(all.notes(preference)[0]).toContain("and 997 more");
  });
});

test("ids are those of one currency, preferred ones first; what names no source has none", () => {
  const all = counted("b", undefined, "a");
  all.add("c", "GBP", () => "c/4");
  const preference = new Preference(["a", "b", "c"]);
  expect(all.ids(preference, "EUR")).toEqual(["a", "b"]);
  expect(all.ids(preference, "GBP")).toEqual(["c"]);
  expect(all.ids(preference, undefined)).toEqual([]);
});

const FILE = "test/registers/three-sources.yaml";

describe.each(["notice", "press", "audit"])("believing %s first", (source) => {
  const open = async () => preferring(await openRegister(FILE), source);

  test("the total's rows, its explanation and its note name the same sources", async () => {
    const register = await open();
    const report = total(register);
    const rows = await allOf(report);
    const explained = await allOf(why(register));
    const counted = new Set(explained.filter(({ action }) => action === "counted").map((row) => row.source));
    expect(new Set(rows.flatMap(({ sources }) => sources))).toEqual(counted);
    const note = report.closing().notes.find((text) => text.includes("ceiling counted is"));
    for (const other of counted) expect(other === source || note?.includes(`${other} fills in`)).toBe(true);
    expect(note === undefined).toBe([...counted].every((other) => other === source));
  });

  test("a card with sources begins each fact with the claim that lots and explanations show", async () => {
    const register = await open();
    const explained = await allOf(why(register));
    for (const { contract, lot, ceiling, source: stated } of await allOf(lots(register))) {
      const card = await allOf(show(register, `${contract}/${lot}`, { sources: true }));
      const first = card.find(({ fact }) => fact === "ceiling");
      expect(first?.source).toBe(stated);
      if (first !== undefined) expect(first.value).toEqual({ type: "money", value: ceiling });
      const row = explained.find(({ ceilingOf }) => ceilingOf === `${contract}/${lot}`);
      expect([row?.source, row?.amount]).toEqual([stated, ceiling]);
    }
  });
});

describe("a contract's own ceiling as the limit", () => {
  const CAPPED = `
sources: [{source: a, title: A}, {source: b, title: B}]
suppliers: [{supplier: s, name: S}]
contracts:
  - contract: x
    title: X
    ceiling: {b: EUR 3M}
    lots:
      - {lot: 1, service: one, ceiling: {b: EUR 2M}, suppliers: [s]}
      - {lot: 2, service: two, ceiling: {b: EUR 2M}}
`;

  test("is what was counted; each group counts its own lots", async () => {
    const register = await readRegister(CAPPED);
    const report = total(register, {}, { by: "service" });
    expect((await allOf(report)).map(({ sources }) => sources)).toEqual([["b"], ["b"], ["b"]]);
    expect(report.closing().notes).toEqual(["No ceiling counted is a's: b fills in for x, x/1 and x/2."]);
  });

  test("stands behind the share of a lot that nobody holds", async () => {
    const rows = await allOf(total(await readRegister(CAPPED), {}, { by: "supplier", split: "equal" }));
    expect(rows.map(({ name, sources }) => [name, sources])).toEqual([
      ["S", ["b"]],
      ["(no supplier)", ["b"]],
      [undefined, ["b"]],
    ]);
  });
});

test("a supplier without a seat has a card without a note", async () => {
  const report = show(await openRegister(FILE), "idle");
  await allOf(report);
  expect(report.closing().notes).toEqual([]);
});
