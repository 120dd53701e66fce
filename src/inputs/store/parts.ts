import { join } from "node:path";

export const tableFolder = (folder: string, table: string): string => join(folder, table);

/** The file of a part of a table, counted from 0. A table is all of its parts, in turn. */
export const partFile = (folder: string, table: string, part: number): string =>
  join(tableFolder(folder, table), `${String(part + 1).padStart(6, "0")}.parquet`);
