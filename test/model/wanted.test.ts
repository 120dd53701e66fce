import fc from "fast-check";
import { expect, test } from "vitest";
import { lotsAskedFor } from "../../src/model/wanted.ts";
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
