import { describe, expect, test } from "vitest";
import { DataError } from "../../src/model/errors.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";

/** What is awarded for a lot, or what is wrong with it. */
const awarded = async (written: string): Promise<unknown> => {
  try {
    const register = await openText(`contracts: [{ contract: c, lots: [{ lot: 1, awarded: ${written} }] }]`);
    const [contract] = (await allOf(register.contracts())).flat();
    return register.preference.value(contract?.lots[0]?.awarded);
  } catch (error) {
    return error instanceof DataError ? error.message : error;
  }
};

test.each([
  ["yes", true],
  ["no", false],
])("%s is read so from lines of JSON, too", async (framework, expected) => {
  const register = await openText(`${JSON.stringify({ contract: "c", framework, lots: [] })}\n`);
  expect((await allOf(register.contracts())).flat().map((contract) => contract.framework)).toEqual([expected]);
});

describe("a value that lies between two", () => {
  test.each([
    "between EUR 3M and EUR 2M",
    "between USD 2M and EUR 3M",
    "between withheld and EUR 3M",
    "between EUR 2M and withheld",
  ])("%s is no range", async (written) => {
    expect(await awarded(written)).toBe(`"${written}" is no range`);
  });

  test.each([
    ["between EUR 2M and EUR 3M", { minor: 3_000_000n, least: 2_000_000n, bound: "between" }],
    ["between EUR 2M and EUR 2M", { minor: 2_000_000n }],
    ["at least EUR 2M", { minor: 2_000_000n, bound: "atLeast" }],
    ["EUR 2M", { minor: 2_000_000n }],
  ])("%s", async (written, figure) => {
    expect(await awarded(written)).toEqual([expect.objectContaining({ currency: "EUR" })]);
    expect(await awarded(written)).toMatchObject([
      Object.fromEntries(
        Object.entries(figure).map(([key, value]) => [key, typeof value === "bigint" ? value * 100n : value]),
      ),
    ]);
  });
});

test.each([
  ["withheld", "withheld"],
  ["[withheld]", "withheld"],
  ["[withheld, EUR 1]", "withheld stands alone"],
  ["[EUR 1, withheld]", "a list of amounts has one amount per currency"],
  ["[EUR 1, USD 2, EUR 3]", "a list of amounts has one amount per currency"],
  ["[EUR 1, USD 2, EUR 3 incl. VAT]", [{ currency: "EUR" }, { currency: "USD" }, { currency: "EUR", vat: "included" }]],
])("several amounts, one a currency, net and gross apart: %s", async (written, expected) => {
  const read = await awarded(written);
  if (typeof expected === "string") expect(read).toBe(expected);
  else expect(read).toMatchObject(expected);
});
