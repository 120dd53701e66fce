import { utils, write } from "@e965/xlsx";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/inputs/archives/entry.ts";
import { readWorkbook } from "../../../src/inputs/workbooks/workbook.ts";
import { workbookParts } from "../../../src/inputs/workbooks/workbook-parts.ts";
import { UserError } from "../../../src/model/errors.ts";
import type { Sheet } from "../../../src/syntax/sheet.ts";
import { zipOf } from "../../archives.ts";
import { times } from "../../long.ts";
import { seeded } from "../../seeded.ts";

const NAMES = ["office", "table", "text", "style", "calcext"].map((prefix) => `xmlns:${prefix}="${prefix}"`).join(" ");

/** A workbook as LibreOffice writes it, by hand. */
const byHand = (tables: string, more: Readonly<Record<string, string>> = {}, styles = ""): Buffer =>
  zipOf({
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": `<office:document-content ${NAMES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    ...more,
  });

const table = (rows: string, name = "S", more = ""): string =>
  `<table:table table:name="${name}"${more}><table:table-column table:number-columns-repeated="16384"/>${rows}</table:table>`;

const cell = (value: string, shown = "", more = ""): string =>
  `<table:table-cell ${value} ${more}>${shown === "" ? "" : `<text:p>${shown}</text:p>`}</table:table-cell>`;

const sheetOf = async (bytes: Buffer, name?: string): Promise<Sheet> =>
  (await readWorkbook(bytes, "book.ods")).sheet(name);

const cellsIn = ({ rows }: Sheet): readonly (readonly string[])[] =>
  rows.map(({ cells }) =>
    [...cells].map(
      ([column, { text, kind, currency = "" }]) => `${column} ${kind} ${text}${currency && ` ${currency}`}`,
    ),
  );

const STRING = 'office:value-type="string"';

test("cells are what they show, be it a text, a number, a day or an error", async () => {
  const cells = [
    cell(STRING, "a <text:span>b</text:span> c</text:p><text:p>d"),
    cell('office:value-type="float" office:value="0.30000000000000004"', "0,3"),
    cell('office:value-type="float" office:value="42"', "0042"),
    cell('office:value-type="currency" office:currency="EUR" office:value="99.99"', "99,99 \u20ac"),
    cell('office:value-type="float" office:value="1234.5"', "\u00a31,234.50"),
    cell('office:value-type="date" office:date-value="2026-03-31T00:00:00"', "31.03.26"),
    cell('office:value-type="boolean" office:boolean-value="true"', "WAHR"),
    cell(`${STRING} calcext:value-type="error"`, "#REF!", 'table:formula="of:=[.A1]"'),
    cell(STRING, "", 'table:formula="of:=&quot;&quot;"'),
    cell("", "", 'table:formula="of:=1+1"'),
    cell(STRING, "seen</text:p><office:annotation><text:p>not seen</text:p></office:annotation><text:p>"),
    cell('office:value-type="currency" office:currency="TEUR" office:value="5"', "5 \u20ac"),
  ];
  expect(cellsIn(await sheetOf(byHand(table(`<table:table-row>${cells.join("")}</table:table-row>`))))).toEqual([
    [
      "0 text a b c\nd",
      "1 number 0.3",
      "2 text 0042",
      "3 number 99.99 EUR",
      "4 number 1234.5 GBP",
      "5 day 2026-03-31",
      "6 text yes",
      "7 fault the error #REF!",
      "9 fault a formula without its result: open the workbook, and save it",
      "10 text seen",
      "11 number 5 EUR",
    ],
  ]);
});

test("rows and cells stand as often as they say, with those that are hidden, grouped and merged", async () => {
  const rows = [
    `<table:table-header-rows><table:table-row>${cell(STRING, "Ref")}${cell("", "", 'table:number-columns-repeated="16383"')}</table:table-row></table:table-header-rows>`,
    `<table:table-row table:number-rows-repeated="3">${cell("", "", 'table:number-columns-repeated="16384"')}</table:table-row>`,
    `<table:table-row table:number-rows-repeated="2" table:visibility="filter">${cell(STRING, "A", 'table:number-columns-repeated="2"')}</table:table-row>`,
    `<table:table-row-group table:display="false"><table:table-row>${cell(STRING, "B", 'table:number-columns-spanned="2" table:number-rows-spanned="3"')}<table:covered-table-cell><text:p>below</text:p></table:covered-table-cell>${cell(STRING, "C")}</table:table-row></table:table-row-group>`,
    `<table:table-row table:number-rows-repeated="1048569">${cell("", "", 'table:number-columns-repeated="16384"')}</table:table-row>`,
  ];
  const sheet = await sheetOf(byHand(table(rows.join(""))));
  expect(sheet.rows.map(({ number, hidden }) => [number, hidden])).toEqual([
    [1, false],
    [5, true],
    [6, true],
    [7, true],
  ]);
  expect(cellsIn(sheet).slice(1)).toEqual([
    ["0 text A", "1 text A"],
    ["0 text A", "1 text A"],
    ["0 text B", "2 text C"],
  ]);
  expect(sheet.merged).toEqual([{ firstRow: 7, lastRow: 9, firstColumn: 0, lastColumn: 1 }]);
});

test.each(["0", "-1", "1.5", "x"])("what is said to stand %s times stands once", async (times) => {
  const cells = cell(STRING, "A", `table:number-columns-repeated="${times}"`) + cell(STRING, "B");
  expect(cellsIn(await sheetOf(byHand(table(`<table:table-row>${cells}</table:table-row>`))))).toEqual([
    ["0 text A", "1 text B"],
  ]);
});

test("the first sheet that is not hidden is read, and the others are told", async () => {
  const [hidden, shown] = ["one", "two"].map((text) => `<table:table-row>${cell(STRING, text)}</table:table-row>`);
  const style =
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>';
  const book = byHand(table(hidden ?? "", "H", ' table:style-name="ta1"') + table(shown ?? "", "B"), {}, style);
  const { name, notes } = await sheetOf(book);
  expect([name, notes]).toEqual(["B", ["of its sheets, B is read, and not H (hidden)"]]);
  expect(cellsIn(await sheetOf(book, "H"))).toEqual([["0 text one"]]);
});

describe("what is refused", () => {
  const filled = (rows: number, columns: number): string =>
    table(
      `<table:table-row table:number-rows-repeated="${rows}">${cell(STRING, "x", `table:number-columns-repeated="${columns}"`)}</table:table-row>`,
    );
  test.each([
    ["more rows than sheets have", filled(1_048_577, 1), "more repeated cells than 1000000"],
    [
      "empty rows beyond all",
      table('<table:table-row table:number-rows-repeated="1048577"/>'),
      "more rows than 1048576",
    ],
    ["more columns than sheets have", filled(1, 16_385), "more columns than 16384"],
    ["few bytes that claim many cells", filled(1000, 16_384), "more repeated cells than 1000000"],
  ])("%s", async (_, tables, message) => {
    await expect(sheetOf(byHand(tables))).rejects.toThrow(message);
  });

  test("a part that is too long", async () => {
    const limits = { ...LIMITS, documentBytes: 2 ** 20 };
    const bytes = zipOf({ "content.xml": "<a/>".padEnd(limits.documentBytes + 1) }, { stored: true });
    await expect(workbookParts(bytes, "book.ods", limits)).rejects.toThrow("longer than 1 MiB");
  });

  test("a workbook with a password, and a document of text", async () => {
    const manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>";
    await expect(sheetOf(byHand("", { "META-INF/manifest.xml": manifest }))).rejects.toThrow("with a password only");
    const letter = zipOf({ "content.xml": "<document-content><body><text/></body></document-content>" });
    await expect(sheetOf(letter)).rejects.toThrow("no workbook of Excel (XLSX) or LibreOffice (ODS)");
  });
});

test("a sheet is the same in both formats", async () => {
  const value = fc.oneof(
    fc.constantFrom(null, "", "0042", " x ", "A & <b>", "1,5", "caf\u00e9", true, false),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((number) => Number(number.toFixed(4))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(value, { maxLength: 5 }), { maxLength: 6 }), async (rows) => {
      const book = { SheetNames: ["A"], Sheets: { A: utils.aoa_to_sheet(rows) } };
      const [xlsx, ods] = await Promise.all(
        (["xlsx", "ods"] as const).map(async (bookType) =>
          cellsIn(await sheetOf(write(book, { type: "buffer", bookType }))),
        ),
      );
      expect(ods).toEqual(xlsx);
    }),
    seeded(times(1000, 60)),
  );
});

test("whatever bytes change, a workbook is read or refused", async () => {
  const book = byHand(table(`<table:table-row>${cell(STRING, "x")}</table:table-row>`));
  const change = fc.tuple(fc.nat(book.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const bytes = Buffer.from(book);
      for (const [at, byte] of changes) bytes[at] = byte;
      await sheetOf(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
    }),
    seeded(times(3000, 100)),
  );
});
