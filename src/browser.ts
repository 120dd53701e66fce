/**
 * lotbook as a library for browsers, and for any place without Node: the same questions, asked of texts and bytes.
 * Nothing here reads a file, runs git or unpacks an archive.
 *
 * @example
 * import { formatJson, lots, openRegister } from "lotbook/browser";
 *
 * const register = await openRegister({ text: "contracts: [{ contract: c, lots: [{ lot: 1, ceiling: EUR 5M }] }]" });
 * for await (const text of formatJson(lots(register))) console.log(text);
 */
export { AWARD_COLUMNS, type AwardRow, awards } from "./engine/awards.ts";
export { type Checked, type CheckOptions, check } from "./engine/check/check.ts";
export { FINDING_COLUMNS, findingsReport } from "./engine/check/findings-report.ts";
export { COMPARE_COLUMNS, type CompareOptions, type CompareRow, compare } from "./engine/compare.ts";
export { CONTRACT_COLUMNS, type ContractRow, contracts } from "./engine/contracts.ts";
export { DECISION_COLUMNS, type DecisionRow, decisions } from "./engine/decisions.ts";
export { type DiffReport, diff } from "./engine/diff/diff.ts";
export { type Change, DIFF_COLUMNS, type DiffRow } from "./engine/diff/diff-row.ts";
export { EXPIRING_COLUMNS, type ExpiringRow, expiring } from "./engine/expiring.ts";
export { type Extent, familiesAskedFor, isWithin } from "./engine/families.ts";
export { type FieldValue, fieldValues } from "./engine/field-values.ts";
export { amountAsked, FITS_COLUMNS, type Fit, type Fits, type FitsRow, fits } from "./engine/headroom/fits.ts";
export { headroom, USUAL_PERIOD } from "./engine/headroom/headroom.ts";
export {
  BUYER_HEADROOM_COLUMNS,
  type BuyerHeadroomRow,
  headroomByBuyer,
} from "./engine/headroom/headroom-by-buyer.ts";
export { type HeadroomOptions, type HeadroomRow, headroomColumns } from "./engine/headroom/headroom-rows.ts";
export { LAYOUT_COLUMNS, layouts } from "./engine/layouts.ts";
export { LOT_COLUMNS, type LotRow, lots } from "./engine/lots.ts";
export { missedValues } from "./engine/missed-values.ts";
export {
  ORDER_GROUPINGS,
  type OrderGrouping,
  type OrderGroupRow,
  orderGroupColumns,
} from "./engine/orders/order-groups.ts";
export { ORDER_COLUMNS, type OrderRow } from "./engine/orders/order-rows.ts";
export { type OrderGroupOptions, orderGroups, orders } from "./engine/orders/orders.ts";
export { type Page, page } from "./engine/page.ts";
export { type Answers, answers, type Section } from "./engine/page-answers.ts";
export {
  type Arrangement,
  arrange,
  type Cell,
  type Closing,
  type Column,
  type Passage,
  type Report,
  type Summary,
  type SupplierCell,
  watched,
} from "./engine/report.ts";
export { explain, RULE_COLUMNS, type RuleRow, rules } from "./engine/rules/explain.ts";
export { type SeatRow, seats } from "./engine/seats.ts";
export { SHARE_MEASURES, type ShareMeasure, type ShareRow, shareColumns, shares } from "./engine/shares.ts";
export { type ShowOptions, show, showColumns } from "./engine/show.ts";
export type { ShowRow } from "./engine/show-rows.ts";
export { SIMILAR_COLUMNS, type SimilarRow, similarSuppliers } from "./engine/similar-suppliers.ts";
export { SOURCE_COLUMNS, type SourceRow, sources } from "./engine/sources.ts";
export { SUPPLIER_COLUMNS, type SupplierRow, suppliers } from "./engine/suppliers.ts";
export { TIMELINE_COLUMNS, type TimelineRow, timeline } from "./engine/timeline.ts";
export {
  type TotalOptions,
  type TotalRow,
  total,
  totalColumns,
} from "./engine/total.ts";
export { GROUPINGS, type Grouping } from "./engine/total-groups.ts";
export { type Answer, FIELD_COLUMNS, type FieldRow, fields, whereElse } from "./engine/vocabulary.ts";
export { WHY_COLUMNS, type WhyRow, why } from "./engine/why.ts";
export { presentDay } from "./model/calendar.ts";
export type { Attribution, Claim, Fact } from "./model/claim.ts";
export {
  DataError,
  type Finding,
  InputError,
  InputErrors,
  NoAnswerError,
  OutputError,
  type Position,
  placeOf,
  UsageError,
  UserError,
} from "./model/errors.ts";
export type { FileLayout, Given, Progress } from "./model/input-file.ts";
export { LANGUAGES, type Language } from "./model/language.ts";
export type { StatedAmount } from "./model/money.ts";
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
export { didYouMean, meantBy, nearest } from "./model/nearest.ts";
export {
  formatPartialDate,
  type PartialDate,
  parsePartialDate,
} from "./model/partial-date.ts";
export type { Assumption, PassedOver } from "./model/publication.ts";
export { countOfKind } from "./model/publication.ts";
export { parseCounted } from "./model/quantity.ts";
export {
  domainOf,
  RULE_IDS,
  RULES,
  type RuleId,
  rulesNamed,
  SEVERITIES,
  type Severity,
  tellsOfAgreement,
} from "./model/rule.ts";
export { formatCsv, formatTsv } from "./output/delimited.ts";
export { errorText, findingsText } from "./output/error-text.ts";
export { type ExcelDialect, type Format, PLAIN_STYLE, type Style, type Surface } from "./output/format.ts";
export { formatJson, formatNdjson } from "./output/json.ts";
export { formatMarkdown } from "./output/markdown.ts";
export { reportSchema } from "./output/report-schema.ts";
export { safeLines, safeText } from "./output/safe-text.ts";
export { QUERY_FIELDS, queryFieldNamed, USES } from "./query/fields.ts";
export { type Lookup, parseQuery, queryNameHint } from "./query/parse-query.ts";
export { printQuery } from "./query/print-query.ts";
export type { Query } from "./query/query.ts";
export { QueryError } from "./query/query-error.ts";
export { contractsAskedFor, type Selection } from "./query/selection.ts";
export { dayAsked, isValueProblem, type Period, parsePeriod, periodAsked } from "./query/values.ts";
export type { Contract } from "./records/contract.ts";
export type { Note, Publication } from "./records/history.ts";
export type { Lot } from "./records/lot.ts";
export { preferring, type Register, registerSchema } from "./records/register.ts";
export type { Source } from "./records/source.ts";
export type { Member, Supplier } from "./records/supplier.ts";
export { openRegister } from "./register/open-given.ts";
export type { ReadOptions } from "./register/read-options.ts";
