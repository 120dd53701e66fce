import { CURRENCY_SIGNS } from "../../model/meant-amount.ts";
import { type Cell, type MergedCells, MOST_COLUMNS, MOST_ROWS } from "../../syntax/sheet.ts";
import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import {
  type Book,
  dayCell,
  errorCell,
  flagCell,
  notReadable,
  numberCell,
  type SheetContent,
  SheetRows,
  textCell,
  UNRECKONED,
  type WorkbookParts,
} from "./workbook-parts.ts";

/**
 * The sheets of a workbook of LibreOffice (OpenDocument 1.3, part 3, 9); undefined for any other. Throws DataError for
 * one that has a password.
 */
export const odsBook = (parts: WorkbookParts): Book | undefined => {
  if (!parts.has("content.xml")) return undefined;
  if (isEncrypted(parts.document("META-INF/manifest.xml")))
    throw notReadable(parts.file, "it opens with a password only", "save it without one");
  const root = parts.document("content.xml");
  const tables = descend(root, "body", "spreadsheet");
  if (tables === undefined) return undefined;
  const hiddenStyles = new Set(
    childrenOf(childOf(root, "automatic-styles"), "style").flatMap((style) =>
      childOf(style, "table-properties")?.attributes["table:display"] === "false"
        ? [style.attributes["style:name"]]
        : [],
    ),
  );
  return childrenOf(tables, "table").map((table) => {
    const { "table:name": name = "", "table:style-name": style } = table.attributes;
    return {
      name,
      hidden: style !== undefined && hiddenStyles.has(style),
      read: () => new OdsTable(parts.file).read(table),
    };
  });
};

const isEncrypted = (manifest: XmlElement | undefined): boolean =>
  childrenOf(manifest, "file-entry").some((entry) => childOf(entry, "encryption-data") !== undefined);

/** How many cells of a sheet may be repetitions: a file of a few bytes can claim any number. */
const MOST_REPEATED = 1_000_000;

const ROW_GROUPS: ReadonlySet<string> = new Set(["table-row-group", "table-header-rows", "table-rows"]);
const HIDDEN: ReadonlySet<string | undefined> = new Set(["collapse", "filter"]);

const countIn = ({ attributes }: XmlElement, name: string): number => {
  const count = Number(attributes[`table:${name}`] ?? 1);
  return Number.isInteger(count) && count > 0 ? count : 1;
};

/** Reads a table, whose rows and cells say how often they are repeated, one after the other. */
class OdsTable {
  readonly #rows: SheetRows;
  readonly #merged: MergedCells[] = [];
  readonly #file: string;
  #number = 0;
  #repeated = 0;

  constructor(file: string) {
    this.#file = file;
    this.#rows = new SheetRows(file);
  }

  read(table: XmlElement): SheetContent {
    this.#addAll(table, false);
    return { rows: this.#rows.rows, merged: this.#merged };
  }

  #addAll({ children }: XmlElement, hidden: boolean): void {
    for (const child of children) {
      const isHidden = hidden || HIDDEN.has(child.attributes["table:visibility"]);
      if (child.name === "table-row") this.#addRow(child, isHidden);
      else if (ROW_GROUPS.has(child.name))
        this.#addAll(child, isHidden || child.attributes["table:display"] === "false");
    }
  }

  #addRow(row: XmlElement, hidden: boolean): void {
    const cells = this.#cellsOf(row, this.#number + 1);
    const count = countIn(row, "number-rows-repeated");
    if (cells.size > 0) {
      this.#repeat((count - 1) * cells.size);
      for (let nth = 1; nth <= count; nth++) this.#rows.add(this.#number + nth, cells, hidden);
    }
    this.#number += count;
    if (this.#number > MOST_ROWS) throw this.#tooMany(`rows than ${MOST_ROWS}`);
  }

  #cellsOf(row: XmlElement, number: number): ReadonlyMap<number, Cell> {
    const cells = new Map<number, Cell>();
    let column = 0;
    for (const element of row.children) {
      if (element.name !== "table-cell" && element.name !== "covered-table-cell") continue;
      const count = countIn(element, "number-columns-repeated");
      // A cell that is covered by a merged one is not shown.
      const cell = element.name === "table-cell" ? cellOf(element) : undefined;
      if (cell !== undefined) {
        this.#repeat(count - 1);
        for (let nth = 0; nth < count; nth++) cells.set(column + nth, cell);
        this.#noteMerged(element, number, column);
      }
      column += count;
      if (column > MOST_COLUMNS) throw this.#tooMany(`columns than ${MOST_COLUMNS}`);
    }
    return cells;
  }

  #noteMerged(element: XmlElement, firstRow: number, firstColumn: number): void {
    const [rows, columns] = [countIn(element, "number-rows-spanned"), countIn(element, "number-columns-spanned")];
    if (rows * columns > 1)
      this.#merged.push({
        firstRow,
        lastRow: firstRow + rows - 1,
        firstColumn,
        lastColumn: firstColumn + columns - 1,
      });
  }

  #repeat(count: number): void {
    this.#repeated += count;
    if (this.#repeated > MOST_REPEATED) throw this.#tooMany(`repeated cells than ${MOST_REPEATED}`);
  }

  #tooMany(what: string): Error {
    return notReadable(this.#file, `a sheet of it has more ${what}`, "divide it, or save it as .xlsx or CSV");
  }
}

const ERROR = /^(?:#[A-Z/0!?]+|Err:\d+)/;

const cellOf = (element: XmlElement): Cell | undefined => {
  const { attributes } = element;
  const shown = childrenOf(element, "p").map(textOf).join("\n").trim();
  const { "office:value": number = "", "office:value-type": type } = attributes;
  const isReckoned = attributes["table:formula"] !== undefined;
  if (attributes["calcext:value-type"] === "error" || (isReckoned && ERROR.test(shown))) return errorCell(shown);
  switch (type) {
    case "float":
    case "percentage":
    case "currency":
      return numberCell(number, currencyOf(attributes["office:currency"], shown), digitsShown(shown));
    case "date":
      return dayCell(attributes["office:date-value"] ?? "");
    case "boolean":
      return flagCell(attributes["office:boolean-value"] === "true");
    case "string":
      return textCell(shown || (attributes["office:string-value"] ?? ""));
    default:
      return textCell(shown) ?? (isReckoned ? UNRECKONED : undefined);
  }
};

const currencyOf = (code: string | undefined, shown: string): string | undefined =>
  code !== undefined && /^[A-Z]{3}$/.test(code)
    ? code
    : [...CURRENCY_SIGNS].find(([sign]) => shown.startsWith(sign) || shown.endsWith(sign))?.[1];

const digitsShown = (shown: string): number => (/^0\d+$/.test(shown) ? shown.length : 0);
