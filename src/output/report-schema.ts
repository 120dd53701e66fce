import type { Column } from "../engine/report.ts";
import type { JsonSchema } from "../model/json-schema.ts";

const TEXT: JsonSchema = { type: "string" };
const NULL: JsonSchema = { type: "null" };
const DATE: JsonSchema = {
  type: "string",
  pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}.*)?)?([.]{2}[0-9]{4}-[0-9]{2})?$",
};
/** What makes a figure a bound or a range. */
const LIMITS: Readonly<Record<string, JsonSchema>> = {
  bound: {
    type: "string",
    enum: ["atLeast", "atMost", "between"],
    description: "Set where the figure is not exact, as parts of it are unknown.",
  },
  least: { type: "number", description: "With the bound between: the lower end of the range." },
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
    ...LIMITS,
  },
  required: ["amount", "currency"],
};
const QUANTITY: JsonSchema = {
  type: "object",
  properties: {
    quantity: { type: "number", description: "The exact decimal literal." },
    unit: { type: "string", description: "What is counted, as the register calls it." },
    ...LIMITS,
  },
  required: ["quantity", "unit"],
};
const PERCENT: JsonSchema = {
  type: "object",
  properties: {
    percent: { type: "number", description: "Rounded to one decimal; 100.0 only where it is reached." },
    ...LIMITS,
  },
  required: ["percent"],
};
const DECIMAL: JsonSchema = {
  type: "object",
  properties: { number: { type: "number", description: "Cut to one decimal." }, ...LIMITS },
  required: ["number"],
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

const NOTE: JsonSchema = { type: "object", properties: { rule: TEXT, text: TEXT }, required: ["rule", "text"] };

const COMPOSITE: JsonSchema = {
  type: "object",
  description: "A part or a value of several fields: those that say something, by their names in the register.",
  minProperties: 1,
  // Figures occur within a field. A cell that is a figure itself has a schema of its own.
  properties: { amount: { type: "object" }, percent: { type: "object" } },
};

const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });

const CELL_SCHEMAS: Readonly<Record<Column<never>["type"], JsonSchema>> = {
  id: { type: ["string", "null"] },
  text: { type: ["string", "null"] },
  count: { type: ["integer", "null"] },
  percent: { anyOf: [PERCENT, NULL] },
  decimal: { anyOf: [DECIMAL, NULL] },
  date: { anyOf: [DATE, NULL] },
  money: { anyOf: [MONEY, QUANTITY, WITHHELD, NULL] },
  moneys: list({ anyOf: [MONEY, QUANTITY, WITHHELD] }),
  texts: list(TEXT),
  suppliers: list(SUPPLIER),
  notes: list(NOTE),
  flag: { type: ["boolean", "null"] },
  composite: { anyOf: [COMPOSITE, NULL] },
  composites: list(COMPOSITE),
  any: {
    anyOf: [
      TEXT,
      { type: "integer" },
      MONEY,
      QUANTITY,
      WITHHELD,
      PERCENT,
      DECIMAL,
      { type: "boolean" },
      COMPOSITE,
      list({ anyOf: [TEXT, MONEY, QUANTITY, WITHHELD, SUPPLIER, NOTE, COMPOSITE] }),
      NULL,
    ],
  },
};

type Columns = readonly Column<never>[];

const describedBy = ({ type, meaning }: Column<never>): JsonSchema => ({ description: meaning, ...CELL_SCHEMAS[type] });

/** A row with all fields, and with any that later versions add. */
const rowSchema = (title: string, columns: Columns): JsonSchema => ({
  title,
  type: "object",
  properties: Object.fromEntries(columns.map((column) => [column.name, describedBy(column)])),
  required: columns.map(({ name }) => name),
});

const fieldSchema = (columns: Columns): JsonSchema => {
  const types = new Map(columns.map((column) => [column.type, describedBy(column)]));
  const [only, ...others] = types.values();
  return only !== undefined && others.length === 0 ? only : { anyOf: [...types.values()] };
};

/** A row with only the fields that were asked for, whatever its form. */
const chosenSchema = (columns: Columns): JsonSchema => ({
  title: "--fields",
  type: "object",
  properties: Object.fromEntries(
    columns.map(({ name }) => [name, fieldSchema(columns.filter((column) => column.name === name))]),
  ),
  minProperties: 1,
  additionalProperties: false,
});

/**
 * The JSON Schema of a command's `--json` answer: the array, its rows and what each field means. Options that give the
 * rows other fields each have a form of row of their own, named after the options, and so does `--fields`. Fields that
 * later versions add are valid, too.
 */
export const reportSchema = (
  command: string,
  columns: Columns,
  variants: Readonly<Record<string, Columns>> = {},
): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: `lotbook ${command} --json`,
  type: "array",
  items: {
    anyOf: [
      rowSchema(command, columns),
      ...Object.entries(variants).map(([options, other]) => rowSchema(`${command} ${options}`, other)),
      chosenSchema([...columns, ...Object.values(variants).flat()]),
    ],
  },
});
