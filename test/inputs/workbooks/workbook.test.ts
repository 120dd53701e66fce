import { type CellObject, utils, type WorkSheet, write } from "@e965/xlsx";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWorkbook } from "../../../src/inputs/workbooks/workbook.ts";
import { UserError } from "../../../src/model/errors.ts";
import type { Sheet } from "../../../src/syntax/sheet.ts";
import { zipOf } from "../../archives.ts";
import { times } from "../../long.ts";
import { seeded } from "../../seeded.ts";

/** A workbook as another program writes it. */
const workbookOf = (sheets: Readonly<Record<string, WorkSheet>>, more: object = {}): Buffer => {
  const book = { SheetNames: Object.keys(sheets), Sheets: sheets, ...more };
  return write(book, { type: "buffer", bookType: "xlsx", cellStyles: true });
};

const sheetOf = async (bytes: Buffer, name?: string): Promise<Sheet> =>
  (await readWorkbook(bytes, "book.xlsx")).sheet(name);

const cellsIn = ({ rows }: Sheet): readonly (readonly string[])[] =>
  rows.map(({ cells }) =>
    [...cells.values()].map(({ text, kind, currency = "" }) => `${kind} ${text}${currency && ` ${currency}`}`),
  );

const number = (v: number, z?: string): CellObject => ({ t: "n", v, ...(z !== undefined && { z }) });

const rowOf = (...cells: readonly CellObject[]): WorkSheet => ({
  "!ref": `A1:${utils.encode_cell({ r: 0, c: cells.length - 1 })}`,
  ...Object.fromEntries(cells.map((cell, c) => [utils.encode_cell({ r: 0, c }), cell])),
});

describe("what cells show", () => {
  test("numbers as they are shown there, with the currency of their format", async () => {
    const cells = [
      number(0.1 + 0.2),
      number(1234567),
      number(1.5e-7),
      number(-12.5),
      number(59800, "#,##0.00 [$EUR]"),
      number(5, "[$\u20ac-407]#,##0"),
      number(7, '"\u00a3"#,##0'),
      number(1e20),
    ];
    expect(cellsIn(await sheetOf(workbookOf({ A: rowOf(...cells) })))).toEqual([
      [
        "number 0.3",
        "number 1234567",
        "number 0.00000015",
        "number -12.5",
        "number 59800 EUR",
        "number 5 EUR",
        "number 7 GBP",
        "number 100000000000000000000",
      ],
    ]);
  });

  test.each([
    ['#,##0.00\\ "EUR"', "number 1234.5 EUR"],
    ['_-* #,##0.00\\ "z\u0142"_-;\\-* #,##0.00\\ "z\u0142"_-', "number 1234.5 PLN"],
    ["[$CHF] #,##0", "number 1234.5 CHF"],
    ["[$$-409]#,##0.00", "number 1234.5 USD"],
    ["[$kr-41D] #,##0", "number 1234.5 SEK"],
    ["[$TRY] 0", "number 1234.5 TRY"],
    ["$#,##0", "number 1234.5"],
    // What is shown in thousands is kept as it is, or is kept in thousands.
    ['#,##0, "k\u20ac"', "number 1234.5 EUR"],
    ['#,##0.0 "k\u20ac"', "number 1234500 EUR"],
    ['0.0 "Mio. \u20ac"', "number 1234500000 EUR"],
    ['0 "m"', "number 1234.5"],
  ])("a number in the format %s is %s", async (format, shown) => {
    expect(cellsIn(await sheetOf(workbookOf({ A: rowOf(number(1234.5, format)) })))).toEqual([[shown]]);
  });

  test("days as days, whatever their format, and no others", async () => {
    const cells = [
      number(45292, "yyyy-mm-dd"),
      number(45292.75, "dd/mm/yyyy hh:mm"),
      number(1, "d.m.yy"),
      number(60, "d.m.yy"),
      number(61, "d.m.yy"),
      number(45292, "m/d/yy"),
      number(0.5, "h:mm"),
      number(3, '0 "days"'),
      number(-1, "yyyy"),
    ];
    expect(cellsIn(await sheetOf(workbookOf({ A: rowOf(...cells) })))[0]).toEqual([
      "day 2024-01-01",
      "day 2024-01-01",
      "day 1900-01-01",
      "fault 60, which is no day",
      "day 1900-03-01",
      "day 2024-01-01",
      "number 0.5",
      "number 3",
      "fault -1, which is no day",
    ]);
    const since1904 = { Workbook: { WBProps: { date1904: true } } };
    expect(cellsIn(await sheetOf(workbookOf({ A: rowOf(number(0, "yyyy-mm-dd")) }, since1904)))).toEqual([
      ["day 1904-01-01"],
    ]);
  });

  test("numbers that are shown with zeros before them as those, for they are ids", async () => {
    const cells = [number(42, "0000"), number(12345, "0000"), number(1234567, "00000000"), number(0.5, "0")];
    expect(cellsIn(await sheetOf(workbookOf({ A: rowOf(...cells) })))).toEqual([
      ["text 0042", "number 12345", "text 01234567", "number 0.5"],
    ]);
  });

  test("nothing of a formula that comes to an empty text", async () => {
    const rows = '<sheetData><row><c t="str"><f>""</f><v></v></c><c><f>1</f><v/></c></row></sheetData>';
    expect(cellsIn(await sheetOf(byHand(rows)))).toEqual([
      ["fault a formula without its result: open the workbook, and save it"],
    ]);
  });

  test("texts, truths, errors and the results of formulas", async () => {
    const sheet = rowOf(
      { t: "s", v: "  Alba & Co <x>\n" },
      { t: "b", v: true },
      { t: "b", v: false },
      { t: "e", v: 23 },
      { t: "n", v: 3, f: "1+2" },
      { t: "s", v: "x", f: '"x"' },
      { t: "s", v: "" },
    );
    expect(cellsIn(await sheetOf(workbookOf({ A: sheet })))).toEqual([
      ["text Alba & Co <x>", "text yes", "text no", "fault the error #REF!", "number 3", "text x"],
    ]);
  });

  test("rows that are hidden, and cells that are merged, say so; rows keep their numbers", async () => {
    const sheet = {
      ...utils.aoa_to_sheet([["a"], [], ["b", "c"]]),
      "!rows": [{}, {}, { hidden: true }],
      "!merges": [utils.decode_range("A1:B2")],
    };
    const { rows, merged } = await sheetOf(workbookOf({ A: sheet }));
    expect(rows.map(({ number, hidden }) => [number, hidden])).toEqual([
      [1, false],
      [3, true],
    ]);
    expect(merged).toEqual([{ firstRow: 1, lastRow: 2, firstColumn: 0, lastColumn: 1 }]);
    expect(rows[1]?.place(1)).toEqual({ file: "book.xlsx", line: 3, column: 5, text: "b | c" });
  });
});

describe("sheets", () => {
  const one = utils.aoa_to_sheet([["one"]]);
  const two = utils.aoa_to_sheet([["two"]]);

  test("the first that is not hidden is read, or the one that is named; the others are told", async () => {
    const book = workbookOf({ H: one, B: two }, { Workbook: { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] } });
    const { name, notes, rows } = await sheetOf(book);
    expect([name, notes, rows.length]).toEqual(["B", ["of its sheets, B is read, and not H (hidden)"], 1]);
    expect((await sheetOf(book, "H")).rows[0]?.cells.get(0)?.text).toBe("one");
    await expect(sheetOf(book, "C")).rejects.toThrow('it has no sheet "C"');
  });
});

/** A workbook by hand, for what no program writes. */
const byHand = (sheet: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  zipOf({
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="r1" Target="/xl/worksheets/s.xml"/></Relationships>',
    "xl/worksheets/s.xml": `<worksheet>${sheet}</worksheet>`,
    ...more,
  });

describe("what no program writes", () => {
  test("cells without names follow each other, and inline and rich texts are read", async () => {
    const rows =
      '<sheetData><row><c t="inlineStr"><is><r><t>a</t></r><r><t>_x0042_</t></r></is></c><c t="s"><v>0</v></c><c t="s"><v>9</v></c><c t="d"><v>2024-01-02T00:00:00</v></c></row><row r="4"><c r="C4"><f>1</f></c><c t="str"><v>t</v></c><c><v>x</v></c></row></sheetData>';
    const texts = "<sst><si><r><t>rich </t></r><rPh><t>spoken</t></rPh><r><t>text</t></r></si></sst>";
    expect(cellsIn(await sheetOf(byHand(rows, { "xl/sharedStrings.xml": texts })))).toEqual([
      ["text aB", "text rich text", "day 2024-01-02"],
      [
        "fault a formula without its result: open the workbook, and save it",
        "text t",
        "fault x, which is no number that a spreadsheet keeps",
      ],
    ]);
  });

  test("a cell far out costs nothing, and columns that are only described are none", async () => {
    const far = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>';
    const { rows } = await sheetOf(byHand(far));
    expect(rows.map(({ number, cells }) => [number, [...cells.keys()]])).toEqual([[1_048_576, [16_383]]]);
    const described =
      '<cols><col min="1" max="4294967295"/></cols><sheetData/><mergeCells><mergeCell ref="x"/></mergeCells>';
    expect((await sheetOf(byHand(described))).rows).toEqual([]);
  });

  test.each([
    ["a row beyond all rows", '<row r="1000000000000000"><c><v>1</v></c></row>', 'its row "1000000000000000" is none'],
    ["a row without a number", '<row r="x"/>', 'its row "x" is none'],
    ["a row above all rows", '<row r="0"/>', 'its row "0" is none'],
    ["half a row", '<row r="1.5"/>', 'its row "1.5" is none'],
    ["one row twice", '<row r="2"/><row r="2"/>', "its row 2 stands twice, or below row 2"],
    ["a row above", '<row r="2"/><row r="1"/>', "its row 1 stands twice, or below row 2"],
    ["a cell beyond all columns", '<row r="1"><c r="ZZZ1"/></row>', 'its row 1 has a cell "ZZZ1"'],
    ["a cell of another row", '<row r="1"><c r="A2"/></row>', 'its row 1 has a cell "A2"'],
    ["a cell that no name fits", '<row r="1"><c r="ZZZZZZZZ1"/></row>', 'its row 1 has a cell "ZZZZZZZZ1"'],
    ["one cell twice", '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>', "its cell A2 stands twice"],
    ["a cell before", '<row r="2"><c r="B2"/><c r="A2"/></row>', "its cell A2 stands twice, or behind another"],
  ])("%s is refused", async (_, rows, message) => {
    await expect(sheetOf(byHand(`<sheetData>${rows}</sheetData>`))).rejects.toThrow(message);
  });

  /** A sheet of so many cells that all show the one text. */
  const sharing = (cells: number, text: string): Buffer =>
    byHand(`<sheetData><row>${'<c t="s"><v>0</v></c>'.repeat(cells)}</row></sheetData>`, {
      "xl/sharedStrings.xml": `<sst><si><t>${text}</t></si></sst>`,
    });

  test("a text is as long as a cell can have it, and shared by as many as a sheet may come to", async () => {
    expect(cellsIn(await sheetOf(sharing(2, "A".repeat(32_768))))).toEqual([[TOO_LONG, TOO_LONG]]);
    const longest = "A".repeat(32_767);
    const [row] = (await sheetOf(sharing(4096, longest))).rows;
    expect(row?.cells.get(4095)?.text).toBe(longest);
    expect(row?.place(4095).text.length).toBeLessThan(10_000);
    await expect(sheetOf(sharing(4097, longest))).rejects.toThrow("come to more than 134217728 letters");
  });
  const TOO_LONG = "fault a text of more than 32767 letters, which no cell can have";

  test.each([
    [
      "a DOCTYPE",
      byHand("<sheetData/>", { "xl/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><styleSheet/>' }),
      "DOCTYPE",
    ],
    [
      "no sheet behind a name",
      byHand("", { "xl/_rels/workbook.xml.rels": "<Relationships/>" }),
      'its sheet "S" is missing',
    ],
    ["no workbook", zipOf({ "a.txt": "a" }), "no workbook of Excel"],
    [
      "an encoding that is not known",
      byHand("", { "xl/styles.xml": '<?xml version="1.0" encoding="x-none"?><a/>' }),
      "x-none",
    ],
    ["half an archive", byHand("<sheetData/>").subarray(0, 300), "ends too early"],
  ])("%s is refused", async (_, bytes, message) => {
    await expect(sheetOf(bytes)).rejects.toThrow(message);
  });

  test("whatever bytes change, a workbook is read or refused", async () => {
    const book = workbookOf({
      A: utils.aoa_to_sheet([
        ["a", 1.5],
        ["b", 2],
      ]),
    });
    const change = fc.tuple(fc.nat(book.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(book);
        for (const [at, byte] of changes) bytes[at] = byte;
        await sheetOf(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
      }),
      seeded(times(5000, 100)),
    );
  });
});
