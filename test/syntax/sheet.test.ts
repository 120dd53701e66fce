import fc from "fast-check";
import { expect, test } from "vitest";
import { cellName, cellNamed, MOST_COLUMNS, MOST_ROWS } from "../../src/syntax/sheet.ts";
import { seeded } from "../seeded.ts";

test.each([
  [1, 0, "A1"],
  [17, 25, "Z17"],
  [2, 26, "AA2"],
  [2, 701, "ZZ2"],
  [2, 702, "AAA2"],
  [MOST_ROWS, MOST_COLUMNS - 1, "XFD1048576"],
])("row %i and column %i are %s", (row, column, name) => {
  expect(cellName(row, column)).toBe(name);
});

test("a cell's name names the cell again", () => {
  const [rows, columns] = [fc.integer({ min: 1, max: MOST_ROWS }), fc.nat(MOST_COLUMNS - 1)];
  fc.assert(
    fc.property(rows, columns, (row, column) => {
      expect(cellNamed(cellName(row, column))).toEqual({ row, column });
    }),
    seeded(300),
  );
});

test.each(["", "A", "1", "a1", "A0", "A01", "AAAA1", "A1 ", "A12345678"])("%j names no cell", (name) => {
  expect(cellNamed(name)).toBeUndefined();
});
