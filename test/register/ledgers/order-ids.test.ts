import fc from "fast-check";
import { expect, test } from "vitest";
import { OrderIds } from "../../../src/register/ledgers/order-ids.ts";
import { seeded } from "../../seeded.ts";

/** Adds ids, each by itself or as that of a row, in blocks of so many; gives which may repeat. */
const repeatedAmong = (all: readonly string[], areRows: readonly boolean[], perBlock: number) => {
  const met = new OrderIds();
  all.forEach((id, index) => {
    const bytes = Buffer.from(`,${id},`);
    if (areRows[index % areRows.length] === true) met.addRow(bytes, 1, bytes.length - 1);
    else met.add(id);
    if (index % perBlock === 0) {
      met.endOfBlock();
      bytes.fill(0);
    }
  });
  met.endOfBlock();
  return met.repeated();
};

const ARE_ROWS = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
const PER_BLOCK = fc.integer({ min: 1, max: 9 });

const expectRepeated = (all: readonly string[], areRows: readonly boolean[], perBlock: number) => {
  const repeated = new Set(all.filter((id, index) => all.indexOf(id) < index));
  const mayRepeat = repeatedAmong(all, areRows, perBlock);
  expect(mayRepeat !== undefined).toBe(repeated.size > 0);
  for (const id of all) expect(mayRepeat?.(id) === true).toBe(repeated.has(id));
};

test("ids that come once never seem to repeat, and those that come twice always do", () => {
  const ids = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^PO-[0-9]{1,3}$/)), { maxLength: 60 });
  fc.assert(fc.property(ids, ARE_ROWS, PER_BLOCK, expectRepeated), seeded(200));
});

test("nor do those that rise but for one, wherever that stands", () => {
  const numbers = fc.integer({ min: 1, max: 60 }).map((count) => Array.from({ length: count }, (_, index) => index));
  const rising = fc
    .tuple(numbers, fc.nat(60), fc.nat(60))
    .map(([all, at, other]) => all.toSpliced(at % all.length, 0, other).map((number) => `PO-${number}`));
  fc.assert(fc.property(rising, ARE_ROWS, PER_BLOCK, expectRepeated), seeded(200));
});

test("a hundred thousand ids that differ in few letters stay apart", () => {
  const met = new OrderIds();
  for (let number = 0; number < 100_000; number++) met.add(`PO-${number}`);
  for (let number = 0; number < 1000; number++) met.add(`${"0".repeat(number)}`);
  expect(met.repeated()).toBeUndefined();
  met.add("PO-77777");
  const mayRepeat = met.repeated();
  expect([mayRepeat?.("PO-77777"), mayRepeat?.("PO-77778")]).toEqual([true, false]);
});
