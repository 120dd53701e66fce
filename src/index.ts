/**
 * lotbook as a library: open a register, ask it, and get typed rows. Nothing here touches the process, its streams or
 * its environment. It has all of the library for browsers, and adds what needs Node. Its `openRegister` also opens paths.
 *
 * @example
 * import { lots, openRegister } from "lotbook";
 *
 * for await (const lot of lots(await openRegister("contracts.yaml"))) console.log(lot.lot, lot.suppliers.length);
 */
export * from "./browser.ts";
export type { Sampling } from "./engine/orders/order-sample.ts";
export { orderSample } from "./engine/orders/orders.ts";
export { evidence } from "./engine/page.ts";
export { BUILTIN_REGISTER, isServer, namesData } from "./inputs/data-words.ts";
export { leadsOut, nearPaths } from "./inputs/folders.ts";
export { findOwnData, type OwnData, type Whereabouts } from "./inputs/own-data.ts";
export type { IndexedInput, Manifest } from "./inputs/store/manifest.ts";
export { explainSystemError, isSystemError, type SystemError, systemErrorCode } from "./inputs/system-error.ts";
export type { InputFile } from "./model/input-file.ts";
export { DIALECTS, type Dialect, type StoredColumn, type StoredTable, type StoredType } from "./model/stored-table.ts";
export { excerpt } from "./output/error-text.ts";
export {
  type Asked,
  type Evidence,
  PACK_FORMATS,
  type PackDifference,
  type PackFormat,
  packDifferences,
  packHtml,
  packJson,
  packMarkdown,
} from "./output/evidence-pack.ts";
export { FORMAT_NAMES, FORMATS, type FormatName } from "./output/formats.ts";
export { type AnsweringPart, reportPage } from "./output/report-page.ts";
export { loadMeasure, paragraph } from "./output/text-width.ts";
export { type ImportedSheets, importMapSchema, importSheets, suggestImportMap } from "./register/import-register.ts";
export { inputFiles } from "./register/input-files.ts";
export { type OpenOptions, openRegister } from "./register/open-register.ts";
export type { ImportOptions } from "./register/sheets/import-sheets.ts";
export type { SuggestedMap } from "./register/sheets/suggest-map.ts";
export { addToStore, type StoreAddition } from "./store/add-to-store.ts";
export { storeTables } from "./store/answer-tables.ts";
export { storeSql } from "./store/store-sql.ts";
export { type StoreContents, writeStore } from "./store/write-store.ts";
export { type FormatOptions, formatRegisters } from "./writers/format-registers.ts";
export { type ReleasePackageOptions, releasePackage } from "./writers/ocds/release-package.ts";
export { isOcidPrefix } from "./writers/ocds/values.ts";
export { type Pieces, writeWhole } from "./writers/pending-file.ts";
export type { WriteOptions } from "./writers/register-records.ts";
export { registerLines } from "./writers/register-records.ts";
export { registerYaml } from "./writers/register-yaml.ts";
export { STARTER_REGISTER } from "./writers/starter-register.ts";
export {
  type FileTarget,
  freeTargetOf,
  STANDARD_OUTPUT,
  type StreamTarget,
  type Target,
  targetOf,
} from "./writers/target.ts";
export {
  ClosedPipe,
  Interrupted,
  type Interruption,
  type Watch,
  type WatchForSignals,
  writeForReader,
} from "./writers/write-fully.ts";
