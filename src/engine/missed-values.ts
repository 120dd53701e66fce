import type { Preference } from "../model/claim.ts";
import { type Finder, finderOf } from "../model/fold.ts";
import { flatMap } from "../model/lists.ts";
import { nearest } from "../model/nearest.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import { firstAndMore } from "../model/phrases.ts";
import { queryFieldNamed } from "../query/fields.ts";
import { leavesOf, type Query } from "../query/query.ts";
import { dayOf, queryOf, type Selection } from "../query/selection.ts";
import { searchedTexts } from "../query/text-values.ts";
import { hasCome } from "../records/as-of.ts";
import type { Register } from "../records/register.ts";
import type { Succession, Supplier } from "../records/supplier.ts";
import { fieldValues, namedValues } from "./field-values.ts";
import { nameOf, onDay } from "./views.ts";

type Parting = Exclude<Succession, { kind: "renamed" }>;

const MOST_TOLD = 3;

/**
 * What became of suppliers that were asked for in vain, in a sentence each: that it left, or who took it over. A
 * supplier that took one over may have been taken over, too, and then has its own sentence.
 */
export const formerSupplierTexts = (
  suppliers: Iterable<Supplier>,
  day: PartialDate,
  preference: Preference,
): readonly string[] => {
  const told = new Map<Supplier, string>();
  // The loop also visits what is added while it runs. A circle of mergers ends, because a set holds each supplier once.
  const asked = new Set(suppliers);
  for (const supplier of asked) {
    const partings = supplier.successions.filter(
      (one): one is Parting => one.kind !== "renamed" && hasCome(one.date, day),
    );
    if (partings.length === 0) continue;
    told.set(supplier, `${nameOf(supplier, preference)} ${partingsText(partings, preference)}`);
    for (const one of partings) if (one.kind === "merged") addKnown(asked, one.successor());
  }
  return [...told.values()];
};

const addKnown = (suppliers: Set<Supplier>, supplier: Supplier | undefined): void => {
  if (supplier !== undefined) suppliers.add(supplier);
};

const partingsText = (partings: readonly Parting[], preference: Preference): string =>
  firstAndMore(
    partings.map((one) => {
      const what = one.kind === "left" ? "left" : `was taken over by ${heirName(one, preference)}`;
      return `${what} ${onDay(formatPartialDate(one.date))}${seatText(one)}`;
    }),
    MOST_TOLD,
  );

const heirName = (one: Parting & { readonly kind: "merged" }, preference: Preference): string => {
  const heir = one.successor();
  return heir === undefined ? one.into : nameOf(heir, preference);
};

/** The seats that a succession is about, in brackets; empty where it is about all of them. */
const seatText = ({ contract, lot }: Parting): string => {
  if (lot === undefined) return contract === undefined ? "" : ` (${contract})`;
  return contract === undefined || lot.includes("/") ? ` (lot ${lot})` : ` (${contract}/${lot})`;
};

/** A text that was asked for, in a field or anywhere. */
interface Wanted {
  readonly field: string | undefined;
  readonly text: string;
}

const wantedIn = (query: Query): readonly Wanted[] =>
  flatMap(leavesOf(query, false), (leaf): readonly Wanted[] => {
    if (leaf.kind === "word") return [{ field: undefined, text: leaf.text }];
    if (leaf.kind !== "texts" || leaf.op === "!=" || !isTold(leaf.field)) return [];
    return leaf.values.map((text) => ({ field: leaf.field, text }));
  });

/**
 * Whether a value of a field that stands nowhere is told here. Unknown ids of contracts, lots and sources are told by
 * `query/watches.ts`, with what may be meant.
 */
const isTold = (field: string): boolean => field === "supplierId" || queryFieldNamed(field)?.type === "text";

const finds = ({ field, text }: Wanted): Finder["isIn"] =>
  field === "supplierId" ? (value) => value === text : finderOf(text).isIn;

const MOST_LISTED = 5;

/**
 * What to say about a query that nothing matches: which of its texts stand nowhere and what may be meant, and what
 * became of the suppliers that it asks for.
 */
export const missedValues = async (
  register: Register,
  selection: Selection,
  goesOn: () => boolean,
): Promise<readonly string[]> => {
  const asked = wantedIn(queryOf(selection, register.suppliers));
  const notes: string[] = [];
  for (const wanted of asked) {
    const values = await valuesFor(wanted, register, goesOn);
    // If reading stopped early, the rest may have it.
    if (!goesOn() || values.some(finds(wanted))) continue;
    notes.push(`${missing(wanted)}${meant(wanted, values)}`);
  }
  const former = register.suppliers.filter((supplier) => asked.some((wanted) => isCalled(supplier, wanted)));
  return [...notes, ...formerSupplierTexts(former, dayOf(selection), register.preference)];
};

/** The texts in which a wanted text is looked for. Suppliers that hold no lot are declared all the same. */
const valuesFor = async ({ field }: Wanted, register: Register, goesOn: () => boolean): Promise<readonly string[]> => {
  const { suppliers } = register;
  switch (field) {
    case undefined:
      return [...(await namedValues(register, goesOn)), ...flatMap(suppliers, (one) => searchedTexts(one))];
    case "supplier":
      return [...(await textsOf(field, register, goesOn)), ...flatMap(suppliers, (one) => searchedTexts(one))];
    case "supplierId":
      return [...(await textsOf(field, register, goesOn)), ...suppliers.map(({ id }) => id)];
    default:
      return await textsOf(field, register, goesOn);
  }
};

const textsOf = async (field: string, register: Register, goesOn: () => boolean): Promise<readonly string[]> =>
  (await fieldValues(register, field, goesOn)).map(({ value }) => value);

const missing = ({ field, text }: Wanted): string =>
  field === undefined ? `no contract, lot or supplier is called "${text}"` : `no ${field} matches "${text}"`;

/**
 * Says what may be meant. A name has several words, and one of them may be meant. If no name is near, a list of them is
 * no help.
 */
const meant = ({ field, text }: Wanted, values: readonly string[]): string => {
  const isName = field === undefined || field === "supplier";
  const isWord = !isId(field) && !/\s/.test(text);
  const near = nearest(text, isWord ? withTheirWords(values) : values);
  if (near.length > 0) return `; did you mean ${near.join(" or ")}?`;
  const areFew = values.length > 0 && values.length <= MOST_LISTED && !isName;
  return areFew ? `; values here: ${values.join(", ")}` : "";
};

const isId = (field: string | undefined): boolean => field !== undefined && queryFieldNamed(field)?.type === "id";

/** Shorter words are near too many others. */
const LEAST_LETTERS = 5;

const withTheirWords = (values: readonly string[]): readonly string[] => {
  const words = flatMap(values, (value) => value.match(/[\p{L}\p{N}]+/gu) ?? []);
  return [...values, ...words.filter((word) => word.length >= LEAST_LETTERS)];
};

const isCalled = (supplier: Supplier, wanted: Wanted): boolean => {
  switch (wanted.field) {
    case "supplierId":
      return supplier.id === wanted.text;
    case "supplier":
    case undefined:
      return searchedTexts(supplier).some(finds(wanted));
    default:
      return false;
  }
};
