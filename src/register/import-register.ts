import type { JsonSchema } from "../model/json-schema.ts";
import type { Register } from "../records/register.ts";
import { soundRegister } from "./assemble-register.ts";
import type { ImportOptions } from "./sheets/import-sheets.ts";
import type { SuggestedMap } from "./sheets/suggest-map.ts";

export interface ImportedSheets {
  readonly register: Register;
  /** What the user should know: what was left out, and what was read in an unusual way. */
  readonly notes: readonly string[];
}

/**
 * Makes a register from spreadsheets (XLSX, ODS or CSV), as a map says. Rows of one contract become one contract, and
 * every fact names its cell. Throws DataError with everything that is wrong, each with its cell, InputError for what
 * cannot be read, and UsageError where no map is given and the headings leave a doubt.
 */
export const importSheets = async (files: readonly string[], options: ImportOptions = {}): Promise<ImportedSheets> => {
  const { readSheets } = await import("./sheets/import-sheets.ts");
  const { document, findings, notes } = await readSheets(files, options);
  const register = await soundRegister({ documents: [document] }, findings, files.join(", "));
  return { register, notes };
};

/** Suggests a map for sheets from their headings and some of their cells, and says what in it is not certain. */
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
