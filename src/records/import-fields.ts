import { capitalised } from "../model/phrases.ts";
import { CONTRACT } from "./contract.ts";
import type { ValueKind } from "./kinds.ts";
import { LOT } from "./lot.ts";
import { MODIFICATION } from "./modification.ts";
import { ORDER } from "./order.ts";
import { fieldsOf, type NamedField, type Table } from "./record.ts";
import { SUPPLIER } from "./supplier.ts";

/** What a column of a sheet may be about. */
type Subject = "contract" | "lot" | "supplier" | "order" | "modification";

export interface ImportField {
  readonly name: string;
  readonly of: Subject;
  /** The field's key in the record that it is about. Undefined for one that only helps to make others. */
  readonly key?: string;
  readonly kind: CellKind;
  /** Whether several sources may each state the field. */
  readonly isFact: boolean;
  readonly says: string;
  readonly example: string;
}

/** The kinds of values that cells may hold: kinds that records have, and some that only sheets have. */
type CellKind = Extract<ValueKind, (typeof KINDS)[number]> | "months" | "renewals" | "legalId" | "currency";

const KINDS = [
  "id",
  "text",
  "name",
  "texts",
  "flag",
  "date",
  "term",
  "duration",
  "amount",
  "amounts",
  "quantity",
  "quantities",
  "lot",
] as const satisfies readonly ValueKind[];

/** Fields that cells cannot state, or that other columns state. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "vat",
  "kind",
  "aliases",
  "quantity",
  "quantityPerSupplier",
  "capacity",
]);

const cellKindOf = ({ kind }: NamedField): CellKind | undefined => KINDS.find((one) => one === kind);

const fieldsFor = (of: Subject, table: Table): readonly ImportField[] =>
  fieldsOf(table).flatMap((field) => {
    const { name, key, fact, says, example, presence } = field;
    const kind = cellKindOf(field);
    if (kind === undefined || presence === "aside" || LEFT_OUT.has(name)) return [];
    return [{ name, of, key, kind, isFact: fact !== undefined, says, example }];
  });

const MEASURES: ReadonlySet<CellKind> = new Set(["amount", "amounts", "quantity"]);

/**
 * The fields of contracts and lots. Where both have a field of one name, a measure of that name is the lot's, because
 * lots are what suppliers hold. Anything else is the contract's. The other of the two has the kind of its record before
 * its name: `contractCeiling`, `lotTitle`.
 */
const contractsAndLots = (): readonly ImportField[] => {
  const [contract, lot] = [fieldsFor("contract", CONTRACT), fieldsFor("lot", LOT)];
  const shared = new Set(lot.map(({ name }) => name).filter((name) => contract.some((one) => one.name === name)));
  const called = (field: ImportField): ImportField => {
    const { name, of, kind } = field;
    if (name === "id") return { ...field, name: of };
    const isFirst = MEASURES.has(kind) === (of === "lot");
    return isFirst || !shared.has(name) ? field : { ...field, name: of + capitalised(name) };
  };
  return [...contract, ...lot].map(called);
};

const ofSuppliers = (): readonly ImportField[] =>
  fieldsFor("supplier", SUPPLIER).flatMap((field) => {
    if (field.name === "id" || field.name === "note") return [];
    if (field.name === "name") return [{ ...field, name: "supplier", says: "The supplier's name." }];
    return [field.name === "legalId" ? { ...field, kind: "legalId" as const } : field];
  });

/**
 * The fields of orders, for rows that are one. Their lots, suppliers and buyers stand in the same columns as those of
 * contracts.
 */
const ofOrders = (): readonly ImportField[] =>
  fieldsFor("order", ORDER).flatMap((field) => {
    if (["lot", "supplier", "buyer"].includes(field.name)) return [];
    if (field.name === "id") return [{ ...field, name: "order" }];
    if (field.name === "description") return [{ ...field, name: "orderDescription" }];
    return [{ ...field, name: field.name }];
  });

/**
 * The fields of modifications that columns may have, with the names of these columns. The names differ because other
 * records have dates and amounts, too.
 */
const MODIFICATION_NAMES: Readonly<Record<string, string | undefined>> = {
  id: "modification",
  date: "modificationDate",
  amount: "change",
  ground: "ground",
  title: "modificationTitle",
};

const ofModifications = (): readonly ImportField[] =>
  fieldsFor("modification", MODIFICATION).flatMap((field) => {
    const name = MODIFICATION_NAMES[field.name];
    return name === undefined ? [] : [{ ...field, name }];
  });

const helper = (name: string, of: Subject, kind: CellKind, says: string, example: string): ImportField => ({
  name,
  of,
  kind,
  isFact: false,
  says,
  example,
});

const HELPERS: readonly ImportField[] = [
  helper("months", "contract", "months", "How many months it runs, renewals aside.", "48"),
  helper("renewals", "contract", "renewals", "By how long it may be renewed, in words.", "2 x 1 year"),
  helper(
    "value",
    "lot",
    "amount",
    "The ceiling of a framework agreement, what was awarded of any other contract, and what an order costs.",
    "575000,50",
  ),
  helper("share", "supplier", "amount", "What was signed with this one of its suppliers.", "600,000.00"),
  helper("changedTo", "modification", "amount", "What the ceiling or value comes to after a modification.", "EUR 600k"),
  helper("currency", "contract", "currency", "The currency of the amounts in the row that name none.", "EUR"),
];

export const IMPORT_FIELDS: readonly ImportField[] = [
  ...contractsAndLots(),
  ...ofSuppliers(),
  ...ofOrders(),
  ...ofModifications(),
  ...HELPERS,
];

const BY_NAME: ReadonlyMap<string, ImportField> = new Map(IMPORT_FIELDS.map((field) => [field.name, field]));

export const importField = (name: string): ImportField | undefined => BY_NAME.get(name);
