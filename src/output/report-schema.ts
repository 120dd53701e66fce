import type { Column } from "../engine/report.ts";
import type { JsonSchema } from "../model/json-schema.ts";

const TEXT: JsonSchema = { type: "string" };
const NULL: JsonSchema = { type: "null" };
const DATE: JsonSchema = {
  type: "string",
  pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}.*)?)?([.]{2}[0-9]{4}-[0-9]{2})?$",
};
const MONEY: JsonSchema = {
  type: "object",
  properties: {
    amount: {
      type: "number",
      description: "The exact decimal literal, in the currency's main unit.",
    },
    currency: { type: "string", pattern: "^[A-Z]{3}$" },
    vat: { const: "included", description: "Set where value added tax is in the amount." },
    least: { type: "number", description: "With the bound between: the lower end of the range." },
    bound: {
      type: "string",
      enum: ["atLeast", "atMost", "between"],
      description: "Set where parts are unknown.",
    },
  },
  required: ["amount", "currency"],
};
const WITHHELD: JsonSchema = {
  type: "object",
  properties: { withheld: { const: true } },
  required: ["withheld"],
};
const SUPPLIER: JsonSchema = {
  type: "object",
  properties: {
    id: TEXT,
    name: TEXT,
    kind: { type: "string", enum: ["company", "grouping"] },
    organisations: { type: "array", items: TEXT },
  },
  required: ["id", "name", "kind", "organisations"],
};

const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });

const CELL_SCHEMAS: Readonly<Record<Column<never>["type"], JsonSchema>> = {
  id: { type: ["string", "null"] },
  text: { type: ["string", "null"] },
  count: { type: ["integer", "null"] },
  percent: { type: ["number", "null"] },
  decimal: { type: ["number", "null"] },
  date: { anyOf: [DATE, NULL] },
  money: { anyOf: [MONEY, WITHHELD, NULL] },
  moneys: list({ anyOf: [MONEY, WITHHELD] }),
  texts: list(TEXT),
  suppliers: list(SUPPLIER),
  notes: list({ type: "object", properties: { rule: TEXT, text: TEXT }, required: ["rule", "text"] }),
  any: {
    anyOf: [TEXT, { type: "integer" }, MONEY, WITHHELD, list({ anyOf: [TEXT, MONEY, SUPPLIER] }), NULL],
  },
};

const rowSchema = (columns: readonly Column<never>[]): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(
    columns.map(({ name, type, meaning }) => [name, { description: meaning, ...CELL_SCHEMAS[type] }]),
  ),
  required: columns.map(({ name }) => name),
});

/**
 * The JSON Schema of a command's `--json` answer: the array, its rows and what each field means. Options that give the
 * rows other fields each have a form of row of their own, under the options' name. Fields that later versions add are
 * valid by it.
 */
export const reportSchema = (
  command: string,
  columns: readonly Column<never>[],
  variants: Readonly<Record<string, readonly Column<never>[]>> = {},
): JsonSchema => {
  const row = rowSchema(columns);
  const others = Object.entries(variants);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `lotbook ${command} --json`,
    type: "array",
    items:
      others.length === 0
        ? row
        : {
            anyOf: [
              { title: command, ...row },
              ...others.map(([options, other]) => ({ title: `${command} ${options}`, ...rowSchema(other) })),
            ],
          },
  };
};
