import fc from "fast-check";
import { expect, test } from "vitest";
import { GROUPINGS, type TotalOptions, total, totalPart } from "../../src/engine/total.ts";
import type { Register } from "../../src/records/register.ts";
import { closingOf, linesOf, openText } from "../open-text.ts";
import { seeded } from "../seeded.ts";
import { contractLine, contractSpecs, PLAIN, supplierLines } from "./random-contracts.ts";

const options: fc.Arbitrary<TotalOptions> = fc.record(
  {
    by: fc.oneof(
      fc.constantFrom(...GROUPINGS),
      fc.uniqueArray(fc.constantFrom(...GROUPINGS), { minLength: 2, maxLength: 2 }),
    ),
    split: fc.constant("equal" as const),
  },
  { requiredKeys: [] },
);

/** Contracts by the parts that they stand in; some with groups of lots, which make ranges and floors. */
const parts = fc.array(
  fc.array(fc.record({ spec: contractSpecs, group: fc.option(fc.bigInt({ min: 0n, max: 100n })) }), { maxLength: 4 }),
  { minLength: 1, maxLength: 4 },
);

const SOURCES = ['{"source":"a","title":"A"}', '{"source":"b","title":"B"}'];

/** Contracts name the second source for their first lot, so that it fills in for the first. */
const open = (lines: readonly string[]): Promise<Register> =>
  openText([...SOURCES, ...supplierLines(PLAIN), ...lines].join("\n"));

const answerOf = async (register: Register, asked: TotalOptions): Promise<unknown> => {
  const at = { year: 2016, month: 1, day: 1 };
  const report = () => total(register, { at }, asked);
  return [await linesOf(report(), ...report().columns.map(({ name }) => name)), await closingOf(report())];
};

test("a total that is added up from parts of the data is that of the whole", async () => {
  await fc.assert(
    fc.asyncProperty(parts, options, async (contractsOfParts, asked) => {
      let index = 0;
      const lines = contractsOfParts.map((contracts) =>
        contracts.map(({ spec, group }) => {
          const contract = JSON.parse(contractLine(spec, index++));
          const [first, ...others] = contract.lots;
          const said = (lot: Record<string, unknown>, source: string) =>
            "ceiling" in lot ? { ...lot, ceiling: { [source]: lot["ceiling"] } } : lot;
          const lots = [said(first, "b"), ...others.map((lot: Record<string, unknown>) => said(lot, "a"))];
          const ceiling = `EUR ${group}.00`;
          const groups = [{ group: "g", lots: ["1"], ceiling: { a: ceiling, b: ceiling }, certain: "no" }];
          return JSON.stringify({ ...contract, lots, ...(group !== null && { groups }) });
        }),
      );
      const whole = await open(lines.flat());
      const registers = await Promise.all(lines.map(open));
      const inParts: Register["inParts"] = (question) =>
        Promise.all(registers.map((register) => totalPart(register, question)));
      expect(await answerOf({ ...whole, inParts }, asked)).toEqual(await answerOf(whole, asked));
    }),
    seeded(150),
  );
});

test("where parts cannot answer, all is read; a query is asked of the whole", async () => {
  const line = JSON.stringify({
    contract: "c",
    lots: [
      { lot: "1", ceiling: "EUR 1" },
      { lot: "2", ceiling: "EUR 2" },
    ],
  });
  const register = await openText(line);
  const asked: string[] = [];
  const unable = { ...register, inParts: async (question: string) => void asked.push(question) };
  expect(await linesOf(total(unable), "ceiling")).toEqual(["EUR 3"]);
  expect(await linesOf(total(unable, { lots: ["2"] }), "ceiling")).toEqual(["EUR 2"]);
  expect(asked).toEqual(['{"selection":{},"options":{}}']);
});
