import type { JsonSchema } from "../model/json-schema.ts";
import type { Register } from "../records/register.ts";
import { soundRegister } from "./assemble-register.ts";
import type { ImportOptions } from "./sheets/import-sheets.ts";
import type { SuggestedMap } from "./sheets/suggest-map.ts";

export interface ImportedSheets {
  readonly register: Register;
  /** What is to be known of them: what was left out, and what was read in an unusual way. */
  readonly notes: readonly string[];
}

/**
 * A register made of spreadsheets, XLSX, ODS or CSV, as a map says. Rows of one contract are one contract, and every fact names
 * its cell. Throws DataError with all that is wrong, each with its cell, InputError for what cannot be read, and UsageError
 * where there is no map and headings leave a doubt.
 */
export const importSheets = async (files: readonly string[], options: ImportOptions = {}): Promise<ImportedSheets> => {
  const { readSheets } = await import("./sheets/import-sheets.ts");
  const { document, findings, notes } = await readSheets(files, options);
  const register = await soundRegister({ documents: [document] }, findings, files.join(", "));
  return { register, notes };
};

/** A map for sheets, made of their headings and some of their cells, with what is not sure. */
export const suggestImportMap = async (
  files: readonly string[],
  options: Pick<ImportOptions, "stdin"> = {},
): Promise<SuggestedMap> => await (await import("./sheets/import-sheets.ts")).suggestMapFor(files, options);

export const importMapSchema = async (): Promise<JsonSchema> => {
  const { importMapCodec } = await import("../records/import-map.ts");
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A map of spreadsheets for lotbook import",
    ...importMapCodec.schema(),
  };
};
