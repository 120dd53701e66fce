import type { Preference } from "../model/claim.ts";
import { formatPartialDate } from "../model/partial-date.ts";
import { formatQuantity } from "../model/quantity.ts";
import { formatDuration, formatTerm } from "../model/term.ts";
import type { ValueKind, ValueKinds } from "../records/kinds.ts";
import type { NamedField } from "../records/record.ts";
import type { Succession } from "../records/supplier.ts";
import type { Cell } from "./report.ts";
import { supplierCell } from "./views.ts";

/** How a value of one kind is shown. It is a method, so that a cell of any kind of value is a cell of unknown. */
interface Shown<T> {
  cell(value: T, preference: Preference): Cell | undefined;
}

const text: Shown<string> = { cell: (value) => ({ type: "text", value }) };

/** Several texts, none where there are none. */
const textsOf = <T>(textOf: (value: T) => string): Shown<readonly T[]> => ({
  cell: (values) => (values.length === 0 ? undefined : { type: "texts", value: values.map(textOf) }),
});

const asItIs = (value: string): string => value;

const successionText = (succession: Succession): string => {
  const date = formatPartialDate(succession.date);
  if (succession.kind === "renamed") return `renamed ${date} from ${succession.from}`;
  return succession.kind === "merged" ? `merged ${date} into ${succession.into}` : `left ${date}`;
};

const SHOWN: { readonly [K in ValueKind]: Shown<ValueKinds[K]> } = {
  id: { cell: (value) => ({ type: "id", value }) },
  text,
  name: text,
  lot: text,
  texts: textsOf(asItIs),
  lots: textsOf(asItIs),
  flag: { cell: (value) => ({ type: "text", value: value ? "yes" : "no" }) },
  date: { cell: (value) => ({ type: "date", value }) },
  term: { cell: (value) => ({ type: "text", value: formatTerm(value) }) },
  duration: { cell: (value) => ({ type: "text", value: formatDuration(value) }) },
  amount: { cell: (value) => ({ type: "money", value }) },
  amounts: { cell: (value) => (value === "withheld" ? { type: "money", value } : { type: "moneys", value }) },
  quantity: { cell: (value) => ({ type: "text", value: formatQuantity(value) }) },
  quantities: textsOf(formatQuantity),
  suppliers: {
    cell: (value, preference) => ({
      type: "suppliers",
      value: value.map((supplier) => supplierCell(supplier, preference)),
    }),
  },
  members: textsOf(({ name, country }) => (country === undefined ? name : `${name} (${country})`)),
  successions: textsOf(successionText),
  links: textsOf(({ title, url }) => (title === undefined ? url : `${title}: ${url}`)),
  notes: textsOf(({ rule, text: assumed }) => `${rule}: ${assumed}`),
  ignores: textsOf(({ rule, reason }) => `${rule}: ${reason}`),
  ledgers: textsOf(({ file }) => file),
};

/** A value of a kind as it is shown. */
export const cellOfKind = (kind: ValueKind, value: unknown, preference: Preference): Cell | undefined => {
  const shown: Shown<unknown> = SHOWN[kind];
  return shown.cell(value, preference);
};

/** The fields of a record that are no facts, each with what it says as it is shown; none of what goes without saying. */
export const plainCells = (
  fields: readonly NamedField[],
  record: Readonly<Record<string, unknown>>,
  preference: Preference,
): readonly (readonly [field: NamedField, cell: Cell])[] =>
  fields.flatMap((field) => {
    const { name, kind, fact, presence } = field;
    const value = record[name];
    if (kind === undefined || fact !== undefined || presence === "aside" || value === undefined) return [];
    if (kind === "flag" && value === field.fallback?.(record)) return [];
    const cell = cellOfKind(kind, value, preference);
    return cell === undefined ? [] : [[field, cell] as const];
  });
