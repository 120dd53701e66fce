import type { Cell, Column, Composite, Report, SupplierCell } from "../engine/report.ts";
import { escapeHidden } from "../model/hidden-characters.ts";
import { type Amount, exactLiteral, isQuantity, type Money, moneyLiteral } from "../model/money.ts";
import { formatDate } from "../model/partial-date.ts";
import { type BoundedRatio, formatPercent, formatRatio, type Ratio } from "../model/ratio.ts";

const quote = (text: string): string => escapeHidden(JSON.stringify(text));

/** The members that make a figure a bound or a range; empty for an exact one. */
const boundJson = (bound: string | undefined, least: string | undefined): string =>
  bound === undefined ? "" : `, "bound": "${bound}"${least === undefined ? "" : `, "least": ${least}`}`;

const moneyJson = (money: Money): string => {
  const { currency, called = currency, precision, vat, bound, least } = money;
  const limits = boundJson(
    bound,
    least === undefined ? undefined : moneyLiteral({ minor: least, currency, precision }),
  );
  if (isQuantity(money)) return `{"quantity": ${moneyLiteral(money)}, "unit": ${quote(called)}${limits}}`;
  return `{"amount": ${exactLiteral(money)}, "currency": "${currency}"${vat === undefined ? "" : ', "vat": "included"'}${limits}}`;
};

const ratioJson = (
  name: "percent" | "number",
  { value, bound, least }: BoundedRatio,
  format: (ratio: Ratio) => string,
): string => `{"${name}": ${format(value)}${boundJson(bound, least && format(least))}}`;

const amountJson = (amount: Amount): string => {
  if (amount === "missing") return "null";
  return amount === "withheld" ? '{"withheld": true}' : moneyJson(amount);
};

const listJson = <T>(items: readonly T[], itemJson: (item: T) => string): string =>
  `[${items.map(itemJson).join(", ")}]`;

const supplierJson = ({ id, name, kind, organisations }: SupplierCell): string =>
  `{"id": ${quote(id)}, "name": ${quote(name)}, "kind": "${kind}", "organisations": ${listJson(organisations, quote)}}`;

const compositeJson = ({ fields }: Composite): string =>
  `{${fields.map(([name, cell]) => `${quote(name)}: ${cellJson(cell)}`).join(", ")}}`;

const cellJson = (cell: Cell | undefined): string => {
  if (cell === undefined) return "null";
  switch (cell.type) {
    case "id":
    case "text":
      return quote(cell.value);
    case "percent":
      return ratioJson("percent", cell, formatPercent);
    case "decimal":
      return ratioJson("number", cell, formatRatio);
    case "count":
      return String(cell.value);
    case "date":
      return `"${formatDate(cell.value)}"`;
    case "money":
      return amountJson(cell.value);
    case "moneys":
      return listJson(cell.value, amountJson);
    case "texts":
      return listJson(cell.value, quote);
    case "notes":
      return listJson(cell.value, ({ rule, text }) => `{"rule": ${quote(rule)}, "text": ${quote(text)}}`);
    case "flag":
      return String(cell.value);
    case "composite":
      return compositeJson(cell.value);
    case "composites":
      return listJson(cell.value, compositeJson);
    case "suppliers":
      return listJson(cell.value, supplierJson);
  }
};

const rowJson = <Row>(columns: readonly Column<Row>[], row: Row): string => {
  let text = "{";
  for (const { name, cell } of columns) text += `${text === "{" ? "" : ", "}"${name}": ${cellJson(cell(row))}`;
  return `${text}}`;
};

/** One array of flat rows, a row a line; `[]` for an empty answer. Amounts are exact decimal literals (N1). */
export async function* formatJson<Row>({ columns, batches }: Report<Row>): AsyncGenerator<string> {
  let before = "[\n  ";
  for await (const batch of batches) {
    let text = "";
    for (const row of batch) {
      text += before + rowJson(columns, row);
      before = ",\n  ";
    }
    yield text;
  }
  yield before.startsWith("[") ? "[]\n" : "\n]\n";
}

export async function* formatNdjson<Row>({ columns, batches }: Report<Row>): AsyncGenerator<string> {
  for await (const batch of batches) {
    let text = "";
    for (const row of batch) text += `${rowJson(columns, row)}\n`;
    yield text;
  }
}
