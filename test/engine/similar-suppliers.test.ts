import { describe, expect, test } from "vitest";
import { similarSuppliers } from "../../src/engine/similar-suppliers.ts";
import type { Selection } from "../../src/query/selection.ts";
import { openText, rowsOf } from "../open-text.ts";

/** A supplier as `id: name; country; legal id`, the last two left out where there are none. */
const registerOf = (suppliers: readonly string[], lots: readonly (readonly string[])[]): string =>
  JSON.stringify({
    suppliers: suppliers.map((text) => {
      const [supplier, rest = ""] = text.split(": ");
      const [name, country = null, legalId = null] = rest.split("; ").map((part) => (part === "-" ? null : part));
      return { supplier, name, country, legalId };
    }),
    contracts: [{ contract: "c", lots: lots.map((seats, index) => ({ lot: `${index + 1}`, suppliers: seats })) }],
  });

/** Each group as `id | name | aliases | candidates | lots | evidence`. */
const similar = async (
  suppliers: readonly string[],
  lots: readonly (readonly string[])[] = [suppliers.map((text) => text.split(":")[0] ?? "")],
  selection: Selection = {},
): Promise<string[]> =>
  (await rowsOf(similarSuppliers(await openText(registerOf(suppliers, lots)), selection))).map((row) =>
    [row.supplier, row.name, row.aliases.join(", "), row.candidates, row.lots, row.evidence.join("; ")].join(" | "),
  );

describe("suppliers that may be one", () => {
  test("names that are equal but for case, accents, punctuation and legal form", async () => {
    expect(await similar(["a: Boréa Surveys AB", "b: BOREA SURVEYS", "c: Alba Bridges"])).toEqual([
      "borea-surveys-ab | Boréa Surveys AB | BOREA SURVEYS | 2 | 1 | BOREA SURVEYS: same but for case, accents, punctuation or legal form",
    ]);
  });

  test("the same name, as notices may have it, with what else is known", async () => {
    const countries = ["IE", "IE", "FR", undefined];
    const release = {
      ocid: "p1",
      parties: countries.map((countryName, index) => ({ id: `${index}`, name: "Alba", address: { countryName } })),
      awards: [{ id: "1", status: "active", suppliers: countries.map((_, index) => ({ id: `${index}` })) }],
    };
    const rows = await rowsOf(similarSuppliers(await openText(JSON.stringify(release))));
    expect(rows.map(({ supplier, aliases, candidates }) => [supplier, aliases, candidates])).toEqual([["alba", [], 4]]);
    expect(rows[0]?.evidence).toEqual(["Alba: same name, both IE", "Alba: same name, IE and FR", "Alba: same name"]);
  });

  test("one with a legal id is the head, and unlike legal ids speak against it", async () => {
    expect(await similar(["a: Alba", "b: Alba Ltd; IE; IE-1", "c: ALBA; IE; IE-2"])).toEqual([
      "alba-ltd | Alba Ltd | ALBA, Alba | 3 | 1 | ALBA: same but for case, accents, punctuation or legal form, both IE, legal ids differ; Alba: same but for case, accents, punctuation or legal form",
    ]);
    const [row] = await rowsOf(
      similarSuppliers(await openText(registerOf(["a: Alba; IE; IE-1", "b: ALBA"], [["a", "b"]]))),
    );
    expect(row).toMatchObject({ country: "IE", legalId: "IE-1" });
  });

  test("else the one that holds the most lots", async () => {
    expect(await similar(["a: Alba", "b: ALBA"], [["a", "b"], ["b"], ["b"]])).toEqual([
      "alba | ALBA | Alba | 2 | 3 | Alba: same but for case, accents, punctuation or legal form",
    ]);
  });

  test("long names may differ in a letter or two, in one country", async () => {
    const names = [
      "a: Carriage Solutions",
      "b: Carriage Solutrions",
      "c: Cariage Solutrions",
      "d: Carriage Solutions; FR",
      "e: Carriage Solutoins; IE",
    ];
    expect(await similar(names.slice(0, 2))).toEqual([
      "carriage-solutions | Carriage Solutions | Carriage Solutrions | 2 | 1 | Carriage Solutrions: 1 letter differs",
    ]);
    expect(await similar(names.slice(0, 3))).toEqual([
      "carriage-solutions | Carriage Solutions | Carriage Solutrions, Cariage Solutrions | 3 | 1 | Carriage Solutrions: 1 letter differs; Cariage Solutrions: 2 letters differ",
    ]);
    expect(await similar(names.slice(3))).toEqual([]);
  });

  test("short names are as they are, and so are numbers", async () => {
    expect(await similar(["a: Alba", "b: Albo", "c: Consortium lot 1", "d: Consortium lot 2"])).toEqual([]);
    expect(await similar(["a: Northern", "b: Northerns", "c: Northernest"])).toHaveLength(1);
  });

  test("ids are made of names, and each is another's", async () => {
    const ids = (rows: readonly string[]) => rows.map((row) => row.split(" | ")[0]);
    expect(
      ids(await similar(["a: Δέλτα", "b: ΔΕΛΤΑ", "c: Ltd 1!", "d: ltd 1", "e: LTD+1 AB", "f: LTD-1 GmbH"])),
    ).toEqual(["ltd-1", "supplier"]);
    expect(ids(await similar(["a: Ω", "b: ω", "c: Ψ", "d: ψ"]))).toEqual(["supplier", "supplier-2"]);
  });

  test("only those that hold selected lots", async () => {
    expect(await similar(["a: Alba", "b: ALBA"], [["a"], ["b"]], { lots: ["1"] })).toEqual([]);
  });
});

test("names that drift apart step by step are a group, in which not every letter is counted", async () => {
  const suppliers = Array.from({ length: 13 }, (_, step) => {
    const name = `quay${"x".repeat(2 * step)}${"o".repeat(40 - 2 * step)}`;
    return `s${step}: ${name}`;
  });
  const [row, ...others] = await similar(suppliers);
  expect(others).toEqual([]);
  expect(row).toContain("| 13 |");
  expect(row).toMatch(/: 2 letters differ/);
  expect(row).toMatch(/: more than 20 letters differ/);
});
