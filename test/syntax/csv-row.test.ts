import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CsvRow, headingsIn } from "../../src/syntax/csv-row.ts";
import { CsvScan } from "../../src/syntax/csv-scan.ts";
import { seeded } from "../seeded.ts";

const rowsIn = (text: string, separator = ","): string[][] => {
  const row = new CsvRow(separator);
  const rows: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const next = row.read(text, at);
    if (next === undefined) throw new Error("the text ends within quotes");
    rows.push([...row.fields]);
    at = next;
  }
  return rows;
};

test.each([
  ["a,b;c;d\n", ";", ["a,b", "c", "d"]],
  ["a\tb\n", "\t", ["a", "b"]],
  ['"a;b",c\n', ",", ["a;b", "c"]],
  ["a,b;c\n", ",", ["a", "b;c"]],
  ["a|b\n", "|", ["a", "b"]],
  ["a\n", ",", ["a"]],
])("headings are divided by what gives the most of them, else by a comma: %j", (text, separator, headings) => {
  expect(headingsIn(`x${text}`, 1)).toMatchObject({ separator, headings, next: text.length + 1, isEnded: true });
  expect(headingsIn(text.trimEnd())).toMatchObject({ separator, headings, next: text.length - 1, isEnded: false });
});

describe("a row of CSV", () => {
  test.each([
    ["a,b\n", [["a", "b"]]],
    ["a,b", [["a", "b"]]],
    [
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,,\n,\n",
      [
        ["a", "", ""],
        ["", ""],
      ],
    ],
    ["\n\n", [[""], [""]]],
    [' a , " b " \n', [["a", '" b "']]],
    [
      '"a,b","c\nd"\ne,f\n',
      [
        ["a,b", "c\nd"],
        ["e", "f"],
      ],
    ],
    ['"a\r\nb",c\r\n', [["a\r\nb", "c"]]],
    ['"say ""no""",""\n', [['say "no"', ""]]],
    ['24" screen,x\n', [['24" screen', "x"]]],
    ["İ,ß,💶\n", [["İ", "ß", "💶"]]],
  ])("%j", (text, rows) => {
    expect(rowsIn(text)).toEqual(rows);
  });

  test("other separators", () => {
    expect(rowsIn("a;b,c\n", ";")).toEqual([["a", "b,c"]]);
    expect(rowsIn("a\tb\n", "\t")).toEqual([["a", "b"]]);
  });

  test("says where fields begin, and what follows a closing quote", () => {
    const row = new CsvRow(",");
    expect(row.read('ab,"c"x,d\n', 0)).toBe(10);
    expect([row.start(0), row.start(1), row.start(2), row.stray]).toEqual([0, 3, 8, 6]);
    expect([row.field(2), row.field(3), row.width]).toEqual(["d", "", 3]);
    expect(row.read("a\n", 0)).toBe(2);
    expect([row.field(1), row.stray, row.blank]).toEqual(["", undefined, false]);
    expect(row.read(", ,\n", 0)).toBe(4);
    expect(row.blank).toBe(true);
  });

  test("without an end where quotes do not close; the field that was to come is the one", () => {
    const row = new CsvRow(",");
    expect(row.read('a,b,"c\nd""', 0)).toBeUndefined();
    expect(row.start(row.width)).toBe(4);
  });
});

test("the same fields are found in bytes", () => {
  const pieces = fc.constantFrom("a", "\u00e9", ",", ";", '"', '""', "\n", "\r\n", "\r", " ");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), fc.constantFrom(",", ";"), (parts, separator) => {
      const text = `${parts.join("")}\n`;
      // Each character of the text is a byte, so that places are the same.
      const bytes = Buffer.from(text, "latin1");
      const [row, scan] = [new CsvRow(separator), new CsvScan(separator, 30)];
      for (let at = 0; at < text.length; ) {
        const next = row.read(text, at);
        expect(scan.read(bytes, at)).toBe(next);
        if (next === undefined) return;
        expect([scan.width, scan.isStray]).toEqual([row.width, row.stray !== undefined]);
        expect(scan.lines).toBe(text.slice(at, next).split("\n").length - 1);
        for (let index = 0; index < row.width; index++) {
          const written = bytes.toString("latin1", scan.start(index), scan.end(index));
          const alone = new CsvRow(separator);
          alone.read(written + separator, 0);
          expect([index, scan.start(index), alone.field(0)]).toEqual([index, row.start(index), row.field(index)]);
        }
        expect([scan.start(row.width), scan.end(row.width)]).toEqual([0, 0]);
        at = next;
      }
    }),
    seeded(1000),
  );
});

test("what any text is written to is read back as csv-parse reads it", () => {
  const field = fc.stringMatching(/^[ab,;"\n\r ]{0,5}$/);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const written = fc
    .tuple(field, fc.boolean())
    .map(([text, always]) => (always || /[,"\n\r]/.test(text) ? quoted(text) : text));
  const line = fc.array(written, { minLength: 2, maxLength: 4 }).map((fields) => fields.join(","));
  const file = fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.constantFrom("\n", "\r\n"));
  fc.assert(
    fc.property(file, ([lines, end]) => {
      const text = lines.map((each) => each + end).join("");
      const model: string[][] = parse(text, { relax_column_count: true, record_delimiter: end });
      expect(rowsIn(text)).toEqual(model.map((fields) => fields.map((value) => value.replace(/^ +| +$/g, "").trim())));
    }),
    seeded(300),
  );
});
