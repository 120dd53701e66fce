import { type Finder, finderOf } from "../model/fold.ts";
import { nearest } from "../model/nearest.ts";
import { queryFieldNamed } from "../query/fields.ts";
import type { Query } from "../query/query.ts";
import { dayOf, queryOf, type Selection } from "../query/selection.ts";
import { searchedTexts } from "../query/text-values.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { fieldValues, namedValues } from "./field-values.ts";
import { formerSupplierTexts } from "./former-suppliers.ts";

/** A text that was asked for, in a field or anywhere. */
interface Wanted {
  readonly field: string | undefined;
  readonly text: string;
}

const wantedIn = (query: Query): readonly Wanted[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap(wantedIn);
    case "any":
    case "all":
      return wantedIn(query.part);
    case "word":
      return [{ field: undefined, text: query.text }];
    case "texts":
      return query.op === "!=" || !isTold(query.field)
        ? []
        : query.values.map((text) => ({ field: query.field, text }));
    default:
      return [];
  }
};

/** The ids of contracts and lots are told as they are asked, with what may be meant. */
const isTold = (field: string): boolean => field === "supplierId" || queryFieldNamed(field)?.type === "text";

const finds = ({ field, text }: Wanted): Finder["isIn"] =>
  field === "supplierId" ? (value) => value === text : finderOf(text).isIn;

const MOST_LISTED = 5;

/**
 * What to say of a question that nothing answers: which of the texts that it asks for stand nowhere, and what may be meant;
 * and what became of suppliers that it asks for.
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
    // What was not read to its end may have it.
    if (!goesOn() || values.some(finds(wanted))) continue;
    notes.push(`${missing(wanted)}${meant(wanted, values)}`);
  }
  const former = register.suppliers.filter((supplier) => asked.some((wanted) => isCalled(supplier, wanted)));
  return [...notes, ...formerSupplierTexts(former, dayOf(selection), register.preference)];
};

/** What a text is looked for in. Suppliers that hold no lot are declared all the same. */
const valuesFor = async ({ field }: Wanted, register: Register, goesOn: () => boolean): Promise<readonly string[]> => {
  const { suppliers } = register;
  switch (field) {
    case undefined:
      return [...(await namedValues(register, goesOn)), ...suppliers.flatMap(searchedTexts)];
    case "supplier":
      return [...(await textsOf(field, register, goesOn)), ...suppliers.flatMap(searchedTexts)];
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

/** Names are several words each, of which one may be meant; where none is near, a list of them tells little. */
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
  const words = values.flatMap((value) => value.match(/[\p{L}\p{N}]+/gu) ?? []);
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
