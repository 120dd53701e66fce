import type { Preference } from "../model/claim.ts";
import { PRESENCE_FIELDS, queryFieldNamed, RUNS_OUT, STATES, USES } from "../query/fields.ts";
import { isStandIn, standInFor, suppliersOf } from "../query/subject.ts";
import { searchedTexts, someText } from "../query/text-values.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { lotRef, nameOf } from "./views.ts";

export interface FieldValue {
  readonly value: string;
  readonly says?: string;
}

type Note = (value: string, says?: string) => void;
/** Notes the values of a lot, or of the stand-in for the lots of a contract that has none. */
type Visit = (contract: Contract, lot: Lot) => void;

/** Values that the query language fixes, whatever the data say. */
const FIXED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["is", STATES],
  ["use", USES],
  ["runsOut", RUNS_OUT],
  ["has", PRESENCE_FIELDS],
  ["missing", PRESENCE_FIELDS],
  ["withheld", PRESENCE_FIELDS],
]);

/**
 * The values that a field of queries has in a register, each once, in reading order: texts, ids with what they stand
 * for (for suppliers their other names, too), or words of the language. None for amounts, dates, counts, and fields
 * that only orders or the ceilings of `headroom` have. Once `goesOn` says no, reading ends with the batch.
 */
export const fieldValues = async (
  register: Register,
  field: string,
  goesOn: () => boolean = () => true,
): Promise<readonly FieldValue[]> => {
  const fixed = FIXED.get(field);
  if (fixed !== undefined) return fixed.map((value) => ({ value }));
  const found = new Map<string, string | undefined>();
  const visit = visitorOf(field, register.preference, (value, says) => {
    if (!found.has(value)) found.set(value, says);
  });
  if (visit === undefined) return [];
  if (field === "source") for (const { id, title } of register.sources) found.set(id, title);
  await visitLots(register, visit, goesOn);
  return [...found].map(([value, says]) => (says === undefined ? { value } : { value, says }));
};

/**
 * The texts in which a word without a field is looked for: ids and titles of contracts and lots, and the names of
 * suppliers.
 */
export const namedValues = async (register: Register, goesOn: () => boolean): Promise<readonly string[]> => {
  const found = new Set<string>();
  const note: Note = (value, title) => {
    found.add(value);
    if (title !== undefined) found.add(title);
  };
  const visits = ["contract", "lot", "supplier"].flatMap((field) => visitorOf(field, register.preference, note) ?? []);
  await visitLots(
    register,
    (contract, lot) => {
      for (const visit of visits) visit(contract, lot);
    },
    goesOn,
  );
  return [...found];
};

const visitLots = async (register: Register, visit: Visit, goesOn: () => boolean): Promise<void> => {
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      const lots = contract.lots.length > 0 ? contract.lots : [standInFor(contract)];
      for (const lot of lots) visit(contract, lot);
    }
    if (!goesOn()) break;
  }
};

const visitorOf = (field: string, preference: Preference, note: Note): Visit | undefined => {
  switch (field) {
    case "contract":
      return ({ id, title }) => note(id, title);
    case "lot":
      return (contract, lot) => {
        if (!isStandIn(lot)) note(lotRef(contract, lot), lot.title);
      };
    case "supplier":
    case "supplierId":
      return (_, lot) => {
        for (const supplier of suppliersOf(lot, preference)) {
          note(supplier.id, nameOf(supplier, preference));
          if (field === "supplier") for (const text of searchedTexts(supplier)) note(text);
        }
      };
    case "source":
      return ({ publications }) => {
        for (const { id, kind } of publications) note(id, kind);
      };
    default:
      return textsVisitor(field, preference, note);
  }
};

/** Notes each text of a lot by asking whether any passes a test. None does, so that all of them are seen. */
const textsVisitor = (field: string, preference: Preference, note: Note): Visit | undefined => {
  const { type, only } = queryFieldNamed(field) ?? {};
  if (only !== undefined || (type !== "text" && type !== "id")) return undefined;
  const see = someText(field, preference, (text) => {
    note(text);
    return false;
  });
  return (contract, lot) => {
    see({ contract, lot, seat: undefined });
  };
};
