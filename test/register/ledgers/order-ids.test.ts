import fc from "fast-check";
import { expect, test } from "vitest";
import { OrderIds } from "../../../src/register/ledgers/order-ids.ts";
import { seeded } from "../../seeded.ts";

test("ids that come once never seem to repeat, and those that come twice always do", () => {
  const ids = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^PO-[0-9]{1,3}$/)), { maxLength: 60 });
  fc.assert(
    fc.property(ids, (all) => {
      const met = new OrderIds();
      for (const id of all) met.add(id);
      const repeated = new Set(all.filter((id, index) => all.indexOf(id) < index));
      expect(met.anyRepeated).toBe(repeated.size > 0);
      for (const id of all) expect(met.mayRepeat(id)).toBe(repeated.has(id));
    }),
    seeded(200),
  );
});

test("a hundred thousand ids that differ in few letters stay apart", () => {
  const met = new OrderIds();
  for (let number = 0; number < 100_000; number++) met.add(`PO-${number}`);
  for (let number = 0; number < 1000; number++) met.add(`${"0".repeat(number)}`);
  expect(met.anyRepeated).toBe(false);
  met.add("PO-77777");
  expect(met.anyRepeated).toBe(true);
  expect([met.mayRepeat("PO-77777"), met.mayRepeat("PO-77778")]).toEqual([true, false]);
});
