import type { Preference } from "../model/claim.ts";
import type { Amount } from "../model/money.ts";
import { formatPartialDate, type ReckonedDate } from "../model/partial-date.ts";
import { formatQuantity, type Quantity } from "../model/quantity.ts";
import { formatDuration, formatTerm } from "../model/term.ts";
import type { Link } from "../records/history.ts";
import type { Ignore } from "../records/ignore.ts";
import type { ValueKind, ValueKinds } from "../records/kinds.ts";
import type { Ledger } from "../records/order.ts";
import type { NamedField } from "../records/record.ts";
import type { Member, Succession } from "../records/supplier.ts";
import type { Cell, Composite } from "./report.ts";
import { suppliersCell } from "./views.ts";

/** How a value of one kind is shown. `cell` is a method, so that each kind can be used as a `Shown<unknown>`. */
interface Shown<T> {
  cell(value: T, preference: Preference): Cell | undefined;
}

const text: Shown<string> = { cell: (value) => ({ type: "text", value }) };

const texts: Shown<readonly string[]> = {
  cell: (value) => (value.length === 0 ? undefined : { type: "texts", value }),
};

const compositesOf = <T>(compositeOf: (value: T) => Composite): Shown<readonly T[]> => ({
  cell: (values) => (values.length === 0 ? undefined : { type: "composites", value: values.map(compositeOf) }),
});

export const compositeOf = (text: string, fields: Readonly<Record<string, Cell | undefined>>): Composite => ({
  text,
  fields: Object.entries(fields).flatMap(([name, cell]) => (cell === undefined ? [] : [[name, cell] as const])),
});

export const textCell = (value: string | undefined): Cell | undefined =>
  value === undefined || value === "" ? undefined : { type: "text", value };

export const dateCell = (value: ReckonedDate | undefined): Cell | undefined => value && { type: "date", value };
export const idCell = (value: string): Cell => ({ type: "id", value });
export const amountCell = (value: Amount | undefined): Cell | undefined => value && { type: "money", value };

/** One of several fields that are told in one line, with the text that people read there, if any. */
export type Told = readonly [name: string, cell: Cell | undefined, text?: string | undefined];

export const toldText = (name: string, value: string | undefined): Told => [name, textCell(value), value];

export const told = (parts: readonly Told[]): Composite =>
  compositeOf(joined(parts.map(([, , text]) => text)), Object.fromEntries(parts.map(([name, cell]) => [name, cell])));

export const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("; ");

const quantityData = (quantity: Quantity): Composite =>
  compositeOf(formatQuantity(quantity), {
    count: { type: "count", value: quantity.count },
    unit: textCell(quantity.unit),
    approximate: quantity.approximate ? { type: "flag", value: true } : undefined,
  });

export const quantityCellOf = (quantity: Quantity): Cell => ({ type: "composite", value: quantityData(quantity) });

const memberData = ({ name, country, legalId, lead }: Member): Composite =>
  compositeOf(country === undefined ? name : `${name} (${country})`, {
    name: textCell(name),
    country: textCell(country),
    legalId: textCell(legalId),
    lead: lead ? { type: "flag", value: true } : undefined,
  });

const linkText = ({ title, url }: Link): string => (title === undefined ? url : `${title}: ${url}`);

export const linkData = (link: Link): Composite =>
  compositeOf(linkText(link), { title: textCell(link.title), url: textCell(link.url) });

const ignoreData = ({ rule, reason }: Ignore): Composite =>
  compositeOf(`${rule}: ${reason}`, { rule: textCell(rule), reason: textCell(reason) });

const ledgerData = ({ file }: Ledger): Composite => compositeOf(file, { file: textCell(file) });

const successionText = (succession: Succession): string => {
  const date = formatPartialDate(succession.date);
  if (succession.kind === "renamed") return `renamed ${date} from ${succession.from}`;
  return succession.kind === "merged" ? `merged ${date} into ${succession.into}` : `left ${date}`;
};

/** What a succession says, in the words of the register: its date under its kind, and the other supplier, if any. */
export const successionFields = (succession: Succession): Readonly<Record<string, Cell | undefined>> => ({
  [succession.kind]: dateCell(succession.date),
  from: textCell(succession.kind === "renamed" ? succession.from : undefined),
  into: textCell(succession.kind === "merged" ? succession.into : undefined),
});

const SHOWN: { readonly [K in ValueKind]: Shown<ValueKinds[K]> } = {
  id: { cell: (value) => ({ type: "id", value }) },
  text,
  name: text,
  lot: text,
  texts: texts,
  lots: texts,
  flag: { cell: (value) => ({ type: "flag", value }) },
  date: { cell: (value) => ({ type: "date", value }) },
  term: { cell: (value) => ({ type: "text", value: formatTerm(value) }) },
  duration: { cell: (value) => ({ type: "text", value: formatDuration(value) }) },
  amount: { cell: (value) => ({ type: "money", value }) },
  amounts: { cell: (value) => (value === "withheld" ? { type: "money", value } : { type: "moneys", value }) },
  quantity: { cell: quantityCellOf },
  quantities: compositesOf(quantityData),
  suppliers: {
    cell: suppliersCell,
  },
  members: compositesOf(memberData),
  successions: compositesOf((succession) => compositeOf(successionText(succession), successionFields(succession))),
  links: compositesOf(linkData),
  notes: { cell: (value) => (value.length === 0 ? undefined : { type: "notes", value }) },
  ignores: compositesOf(ignoreData),
  ledgers: compositesOf(ledgerData),
};

export const cellOfKind = (kind: ValueKind, value: unknown, preference: Preference): Cell | undefined => {
  const shown: Shown<unknown> = SHOWN[kind];
  return shown.cell(value, preference);
};

/** The fields of a record that are not facts, each with its cell. Flags that have their usual value are left out. */
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
