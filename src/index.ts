/**
 * lotbook as a library: open a register, ask it, and get typed rows. Nothing here touches the process, its streams or
 * its environment.
 *
 * @example
 * import { lots, openRegister } from "lotbook";
 *
 * for await (const lot of lots(await openRegister("contracts.yaml"))) console.log(lot.lot, lot.suppliers.length);
 */
export { type AwardRow, awards } from "./engine/awards.ts";
export { check, findingsReport } from "./engine/check.ts";
export { type ContractRow, contracts } from "./engine/contracts.ts";
export { type LotRow, lots } from "./engine/lots.ts";
export {
  type Arrangement,
  arrange,
  type Cell,
  type Closing,
  type Column,
  type Report,
  type Summary,
  type SupplierCell,
} from "./engine/report.ts";
export { type ShowOptions, type ShowRow, show } from "./engine/show.ts";
export { type SourceRow, sources } from "./engine/sources.ts";
export { type SupplierRow, suppliers } from "./engine/suppliers.ts";
export {
  GROUPINGS,
  type Grouping,
  type TotalOptions,
  type TotalRow,
  total,
} from "./engine/total.ts";
export { type WhyRow, why } from "./engine/why.ts";
export type { Attribution, Claim, Fact } from "./model/claim.ts";
export type {
  Contract,
  Lot,
  Member,
  Source,
  StatedAmount,
  Supplier,
} from "./model/contract.ts";
export {
  DataError,
  type Finding,
  InputError,
  OutputError,
  type Position,
  type Severity,
  UsageError,
  UserError,
} from "./model/errors.ts";
export {
  type Amount,
  formatMoney,
  isKnown,
  isMoneyProblem,
  type Money,
  type MoneyProblem,
  moneyLiteral,
  parseMoney,
} from "./model/money.ts";
export {
  formatPartialDate,
  type PartialDate,
  parsePartialDate,
} from "./model/partial-date.ts";
export { preferring, type Register } from "./model/register.ts";
export type { Format, Style, Surface } from "./output/format.ts";
export { FORMATS, type FormatName } from "./output/formats.ts";
export { reportSchema } from "./output/report-schema.ts";
export type { Selection } from "./query/selection.ts";
export { type OpenOptions, openRegister } from "./readers/open-register.ts";
export { registerSchema } from "./readers/register-format.ts";
