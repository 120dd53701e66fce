import { describe, expect, test } from "vitest";
import { DataError, formatMoney, isKnown, lots, total } from "../../src/index.ts";
import { openText, rowsOf } from "../open-text.ts";

const problemsOf = async (text: string): Promise<readonly string[]> => {
  try {
    const register = await openText(text);
    for await (const _ of register.contracts());
    return [];
  } catch (error) {
    if (error instanceof DataError) return error.findings.map(({ rule, message }) => `${rule}: ${message}`);
    throw error;
  }
};

const contractWith = (fields: string): string => `contracts: [{ contract: c, lots: [{ lot: 1, ${fields} }] }]\n`;

describe("N5: an id is any text on one line", () => {
  test.each(["Lot 1", "1/2", "NO:884 039 312", "Υποέργα 1-5", "__proto__", "a, b", "x#y"])("%s", async (id) => {
    const register = await openText(JSON.stringify({ contract: id, lots: [{ lot: id }] }));
    expect((await rowsOf(lots(register))).map(({ contract, lot }) => [contract, lot])).toEqual([[id, id]]);
  });

  test.each([" a", "a ", "a\nb", "\u00a0a"])("but %j looks like another", async (id) => {
    const problems = await problemsOf(JSON.stringify({ contract: id, lots: [{ lot: "1" }] }));
    expect(problems).toEqual([`N5-id: "${id}" is not an id`]);
  });
});

describe("a source, and a place in it", () => {
  test("the longest id that is declared is the source", async () => {
    const ids = ["a", "a b", "a/b", "1", "a b#c"];
    const declared = ids.map((id) => `${JSON.stringify({ source: id, title: id })}\n`).join("");
    const said = {
      "a x": "EUR 1",
      "a b": "EUR 2",
      "a b x#y": "EUR 3",
      "a b#c#d": "EUR 4",
      "1 BT-1": "EUR 5",
      "a/b#z": "EUR 6",
    };
    const contract = { contract: "c", lots: [{ lot: "1", ceiling: said }] };
    const register = await openText(declared + JSON.stringify(contract));
    const by = [];
    for await (const [one] of register.contracts())
      for (const claim of one?.lots[0]?.ceiling ?? []) by.push([claim.by.source, claim.by.locator]);
    expect(by).toEqual([
      ["a", "x"],
      ["a b", undefined],
      ["a b", "x#y"],
      ["a b#c", "d"],
      ["1", "BT-1"],
      ["a/b", "z"],
    ]);
  });

  test("one that is not declared is named", async () => {
    expect(await problemsOf(contractWith("ceiling: { notice 3: EUR 1M }"))).toEqual([
      'F8: there is no source "notice"',
    ]);
  });
});

describe("T2: two suppliers may be called alike", () => {
  const ALIKE = "suppliers: [{ supplier: a, name: Acme }, { supplier: b, name: Acme }]\n";

  test("as long as lots name them by their ids", async () => {
    expect(await problemsOf(ALIKE + contractWith("suppliers: [a, b]"))).toEqual([]);
  });

  test("but not by the name", async () => {
    expect(await problemsOf(ALIKE + contractWith("suppliers: [Acme]"))).toEqual([
      'T2-alias: "Acme" names both a and b',
    ]);
  });

  test.each([
    ["an alias of both", "{ supplier: a, name: A, aliases: [X] }, { supplier: b, name: B, aliases: [X] }"],
    ["the name of one and an alias of the other", "{ supplier: a, name: X }, { supplier: b, name: B, aliases: [X] }"],
    ["an alias of one and the name of the other", "{ supplier: a, name: A, aliases: [X] }, { supplier: b, name: X }"],
    ["the id of one and the name of the other", "{ supplier: X, name: A }, { supplier: b, name: X }"],
  ])("never by %s", async (_, suppliers) => {
    expect((await problemsOf(`suppliers: [${suppliers}]\n`)).map((text) => text.slice(0, 20))).toEqual([
      'T2-alias: "X" names ',
    ]);
  });

  test("an id goes before a name", async () => {
    const suppliers =
      "suppliers: [{ supplier: a, name: Acme }, { supplier: b, name: Acme }, { supplier: Acme, name: C }]\n";
    expect(await problemsOf(suppliers)).toEqual([
      'T2-alias: "Acme" names both Acme and a',
      'T2-alias: "Acme" names both Acme and b',
    ]);
  });
});

describe("VAT may be said of a single amount", () => {
  const totalsOf = async (text: string): Promise<readonly string[]> =>
    (await rowsOf(total(await openText(text)))).map(({ ceiling }) =>
      ceiling !== undefined && isKnown(ceiling) ? formatMoney(ceiling) : "-",
    );

  test.each([
    ["EUR 1M incl. VAT", "excluded", "EUR 1M incl. VAT"],
    ["EUR 1M incl. VAT", "included", "EUR 1M incl. VAT"],
    ["EUR 1M excl. VAT", "included", "EUR 1M"],
    ["1M EUR excl. VAT", "excluded", "EUR 1M"],
  ])("%s, where the contract's are %s", async (amount, vat, expected) => {
    const text = `contracts: [{ contract: c, vat: ${vat}, lots: [{ lot: 1, ceiling: ${amount} }] }]\n`;
    expect(await totalsOf(text)).toEqual([expected]);
  });

  test.each(["EUR 1M VAT", "EUR 1M incl VAT", "EUR 1M  incl. VAT", "incl. VAT", "withheld incl. VAT"])(
    "%s is no amount",
    async (amount) => {
      expect(await problemsOf(contractWith(`ceiling: ${amount}`))).toHaveLength(1);
    },
  );

  test("net and gross stand side by side in what was awarded", async () => {
    expect(await problemsOf(contractWith("awarded: [EUR 1M, EUR 2M incl. VAT]"))).toEqual([]);
    expect(await problemsOf(contractWith("awarded: [EUR 1M incl. VAT, EUR 2M incl. VAT]"))).toHaveLength(1);
  });
});
