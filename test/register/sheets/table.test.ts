import { expect, test } from "vitest";
import { cellsWithMerged } from "../../../src/register/sheets/table.ts";
import type { Cell, SheetRow } from "../../../src/syntax/sheet.ts";

const cell: Cell = { text: "Alba", kind: "text" };

const rowOf = (number: number): SheetRow => ({
  number,
  cells: new Map(number === 1 ? [1, 2].map((column) => [column, cell]) : []),
  hidden: false,
  place: () => ({ file: "a.xlsx", line: number, column: 1, text: "" }),
});

test("cells that are shown as one say the same in all their rows, but for more of them than anybody keeps", () => {
  const rows = [1, 2, 3, 4].map(rowOf);
  const merged = [1, 2].map((column) => ({ firstRow: 1, lastRow: 3, firstColumn: column, lastColumn: column }));
  const sheet = { file: "a.xlsx", name: "A", rows, merged, notes: [] };
  const shown = (most?: number) => {
    const cellAt = cellsWithMerged({ sheet, rows }, most);
    return [1, 2].map((column) => rows.map((row) => cellAt(row, column)?.text ?? "-").join(" "));
  };
  expect(shown()).toEqual(["Alba Alba Alba -", "Alba Alba Alba -"]);
  expect(shown(3)).toEqual(["Alba Alba Alba -", "Alba Alba - -"]);
});
