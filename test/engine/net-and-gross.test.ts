import fc from "fast-check";
import { expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import { awards, contracts, FORMATS, lots, parseQuery, type Register, suppliers, total, why } from "../../src/index.ts";
import { formatMoney, type Money, subtractMoney, unitOf } from "../../src/model/money.ts";
import { allOf } from "../reading.ts";
import { type PlainContract, type PlainRegister, registerOf } from "../register-of.ts";
import { seeded } from "../seeded.ts";

const jsonOf = async <Row>(report: Report<Row>): Promise<string> =>
  (await allOf(FORMATS.json(arrange(report, {})))).join("");

const answersOf = async (register: Register): Promise<string> => {
  const query = parseQuery("is:shared OR service:y");
  const answers = [
    jsonOf(lots(register)),
    jsonOf(arrange(lots(register), { sort: ["-ceiling"] })),
    jsonOf(awards(register, { query })),
    jsonOf(contracts(register, { at: { year: 2024 } })),
    jsonOf(suppliers(register)),
    jsonOf(total(register, { query })),
    jsonOf(total(register, {}, { by: "service" })),
    jsonOf(total(register, {}, { by: "supplier", split: "equal" })),
    jsonOf(why(register)),
  ];
  return (await Promise.all(answers)).join("\n");
};

const SUPPLIERS = ["a", "b", "c"];
const figures = fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined, freq: 5 });
const lotArbitrary = fc.record({
  figure: figures,
  perSupplier: fc.boolean(),
  suppliers: fc.subarray(SUPPLIERS),
  service: fc.constantFrom("x", "y"),
});
const contractArbitrary = fc.record({
  gross: fc.boolean(),
  figure: figures,
  group: figures,
  lots: fc.array(lotArbitrary, { minLength: 1, maxLength: 3 }),
});
type ContractSpec = typeof contractArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** The register with its gross contracts in the given currency, marked so or not. */
const registerIn = (specs: readonly ContractSpec[], currency: string, vat: boolean): PlainRegister => ({
  suppliers: SUPPLIERS.map((supplier) => ({ supplier, name: supplier })),
  contracts: specs.map(({ gross, figure, group, lots }, index): PlainContract => {
    const amount = (value: number | undefined) =>
      value === undefined ? {} : { ceiling: `${gross ? currency : "EUR"} ${value}k` };
    const ids = lots.map((_, place) => String(place + 1));
    return {
      contract: `c${index}`,
      ...(gross && vat && { vat: "included" as const }),
      ...amount(figure),
      lots: lots.map((lot, place) => {
        const { ceiling } = { ceiling: undefined, ...amount(lot.figure) };
        const stated = lot.perSupplier ? { ceilingPerSupplier: ceiling } : { ceiling };
        return { lot: ids[place] ?? "", ...stated, service: lot.service, suppliers: lot.suppliers };
      }),
      groups: [{ group: "g", lots: ids, ...amount(group) }],
    };
  }),
});

test("gross amounts are kept apart from net ones exactly as another currency is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contractArbitrary, { maxLength: 4 }), async (specs) => {
      const marked = await answersOf(await registerOf(registerIn(specs, "EUR", true)));
      const foreign = await answersOf(await registerOf(registerIn(specs, "SEK", false)));
      expect(marked.replaceAll('"currency": "EUR", "vat": "included"', '"currency": "SEK"')).toBe(foreign);
    }),
    seeded(40),
  );
});

test("an amount says that it is gross, and a bound or range of it too", () => {
  const gross: Money = { minor: 1_020_000_000n, currency: "EUR", precision: 5, vat: "included" };
  expect(unitOf(gross)).toBe("EUR incl. VAT");
  expect(formatMoney(gross)).toBe("EUR 10.2M incl. VAT");
  expect(formatMoney({ ...gross, bound: "atLeast" })).toBe("≥ EUR 10.2M incl. VAT");
  expect(formatMoney({ ...gross, bound: "between", least: 900_000_000n })).toBe("EUR 9.0M to EUR 10.2M incl. VAT");
});

test("nothing is subtracted across them", () => {
  const net: Money = { minor: 100n, currency: "EUR", precision: 0 };
  const gross: Money = { ...net, vat: "included" };
  expect(subtractMoney(gross, net)).toBeUndefined();
  expect(subtractMoney(gross, gross)).toEqual({ ...gross, minor: 0n });
});
