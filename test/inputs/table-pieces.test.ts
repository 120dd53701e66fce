import fc from "fast-check";
import { expect, test } from "vitest";
import { TablePieces } from "../../src/inputs/table-pieces.ts";
import { rowsOfTable } from "../../src/notices/decp/decp-table.ts";
import { seeded } from "../seeded.ts";

const fields = fc.constantFrom("a", "", '"b, c"', '"one\nother ""line"""', 'in "it"', "é", '"\r\n"');
const tables = fc.record({
  heading: fc.constantFrom("id", '"id\nof it"'),
  rows: fc.array(fc.tuple(fields, fields, fields), { maxLength: 8 }),
  separator: fc.constantFrom(",", ";"),
  end: fc.constantFrom("\n", "\r\n"),
  isClosed: fc.boolean(),
  tail: fc.constantFrom("", 'x,"never closed'),
});

test("rows in pieces are those of the whole, on the same lines, in whatever chunks they come", () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 60 }), ({ heading, rows, separator, end, isClosed, tail }, size) => {
      const lines = [[heading, "acheteur_id", "montant"], ...rows].map((row) => row.join(separator));
      const text = lines.join(end) + (isClosed || tail !== "" ? end : "") + tail;
      const bytes = Buffer.from(text);
      const pieces = new TablePieces();
      const cut = [];
      for (let at = 0; at < bytes.length; at += size)
        for (const piece of pieces.add(bytes.subarray(at, at + size))) cut.push(piece);
      for (const piece of pieces.finish()) cut.push(piece);
      const told = (table: string, line: number) => {
        const findings: Parameters<typeof rowsOfTable>[2] = [];
        const read = [...rowsOfTable(table, "f", findings, line)].map(({ plain, offset }) => [
          plain,
          line + table.slice(0, offset).split("\n").length - 1,
        ]);
        return [...read, ...findings.map(({ message, position }) => [message, position?.line])];
      };
      const inPieces = cut.flatMap((piece) => told(piece.bytes.toString(), piece.line));
      expect(new Set(inPieces)).toEqual(new Set(told(text, 1)));
      expect(inPieces).toHaveLength(told(text, 1).length);
    }),
    seeded(500),
  );
});

test("holds no more than a row and a chunk", () => {
  const pieces = new TablePieces();
  const row = Buffer.from(`1,"${"x\n".repeat(100)}",2\n`);
  let most = 0;
  for (let index = 0; index < 500; index++) {
    for (const piece of pieces.add(index === 0 ? Buffer.from("id,text,n\n") : row))
      most = Math.max(most, piece.bytes.length);
    expect(pieces.held).toBeLessThanOrEqual(2 * row.length);
  }
  expect(most).toBeLessThan(4 * row.length);
});
