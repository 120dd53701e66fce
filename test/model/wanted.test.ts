import fc from "fast-check";
import { expect, test } from "vitest";
import { askedById, lotsAskedFor, type Narrowing } from "../../src/model/wanted.ts";
import { times } from "../long.ts";
import { seeded } from "../seeded.ts";

const id = fc.stringMatching(/^[ab/]{1,4}$/);

test("a lot is asked for by its id, or by its contract's and its own, whatever has slashes", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(id, { maxLength: 5 }), id, id, (ids, contract, lot) => {
      const isAskedFor = ids.includes(lot) || ids.includes(`${contract}/${lot}`);
      if (isAskedFor && !ids.includes(lot)) found++;
      expect(lotsAskedFor(ids)(contract, lot)).toBe(isAskedFor);
    }),
    seeded(5000),
  );
  expect(found).toBeGreaterThan(times(10, 0));
});

/** What ids alone tell: whether a contract may be asked about; undefined where rows have a say. */
const toldById = (narrowing: Narrowing, id: string, lots: readonly string[]): boolean | undefined => {
  switch (narrowing.kind) {
    case "contracts":
      return narrowing.ids.includes(id);
    case "lots":
      return lots.some((lot) => narrowing.ids.includes(lot) || narrowing.ids.includes(`${id}/${lot}`));
    case "rows":
      return undefined;
  }
  const parts = narrowing.parts.map((part) => toldById(part, id, lots));
  const known = parts.filter((part) => part !== undefined);
  if (narrowing.kind === "all") return known.length === 0 ? undefined : !known.includes(false);
  return known.length < parts.length ? undefined : known.includes(true);
};

test("whether ids tell which contracts a question may be about, and which those are", () => {
  const ids = fc.array(id, { maxLength: 3 });
  const { narrowing } = fc.letrec<{ narrowing: Narrowing }>((tie) => ({
    narrowing: fc.oneof(
      { depthSize: "small" },
      fc.record({ kind: fc.constantFrom("contracts" as const, "lots" as const), ids }),
      fc.constant<Narrowing>({ kind: "rows", table: "lot", test: { kind: "all", parts: [] } }),
      fc.record({
        kind: fc.constantFrom("all" as const, "any" as const),
        parts: fc.array(tie("narrowing"), { maxLength: 3 }),
      }),
    ),
  }));
  fc.assert(
    fc.property(narrowing, id, ids, (asked, contract, lots) => {
      const isAbout = askedById(asked)?.({ id: contract, lots: lots.map((lot) => ({ id: lot })) });
      expect(isAbout).toBe(toldById(asked, contract, lots));
    }),
    seeded(2000),
  );
});
