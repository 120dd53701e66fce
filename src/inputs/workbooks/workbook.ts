import type { Sheet } from "../../syntax/sheet.ts";
import { odsBook } from "./ods-book.ts";
import { notReadable, SAVE_ANEW, workbookParts } from "./workbook-parts.ts";
import { xlsxBook } from "./xlsx-book.ts";

/** A workbook. Its sheets are read when they are asked for. */
export interface Workbook {
  /** The sheet of a name or, without one, the first that is not hidden. Throws DataError if there is none. */
  readonly sheet: (name?: string) => Sheet;
  readonly names: readonly string[];
}

/**
 * Reads a workbook of Excel (Office Open XML) or LibreOffice (OpenDocument): what its cells show, never its formulas.
 * Its parts are unpacked within bounds, and read as all XML is. Throws DataError if it is not such a workbook, or is
 * damaged.
 */
export const readWorkbook = async (bytes: Buffer, file: string): Promise<Workbook> => {
  const parts = await workbookParts(bytes, file);
  const sheets = xlsxBook(parts) ?? odsBook(parts);
  if (sheets === undefined)
    throw notReadable(file, "it is no workbook of Excel (XLSX) or LibreOffice (ODS)", SAVE_ANEW);
  const called = sheets.map(({ name, hidden }) => (hidden ? `${name} (hidden)` : name));
  const sheet = (wanted?: string): Sheet => {
    const found = sheets.find(({ name, hidden }) => (wanted === undefined ? !hidden : name === wanted));
    if (found === undefined)
      throw notReadable(file, `it has no sheet "${wanted ?? ""}"`, `its sheets are ${called.join(", ")}`);
    const others = called.filter((_, index) => sheets[index] !== found);
    const notes = others.length === 0 ? [] : [`of its sheets, ${found.name} is read, and not ${others.join(", ")}`];
    return { file, name: found.name, ...found.read(), notes };
  };
  return { sheet, names: sheets.flatMap(({ name, hidden }) => (hidden ? [] : [name])) };
};
