import { finderOf } from "../model/fold.ts";
import { nearest } from "../model/nearest.ts";
import { queryFieldNamed } from "../query/fields.ts";
import type { Query } from "../query/query.ts";
import { queryOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { fieldValues } from "./field-values.ts";

/** A text that a field was asked for. */
interface Wanted {
  readonly field: string;
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

const isAmong = ({ field, text }: Wanted, values: readonly string[]): boolean =>
  field === "supplierId" ? values.includes(text) : values.some(finderOf(text).isIn);

const MOST_LISTED = 5;

/** What to say of a question that nothing answers: which of the texts that it asks for stand nowhere, and what may be meant. */
export const missedValues = async (
  register: Register,
  selection: Selection,
  goesOn: () => boolean,
): Promise<readonly string[]> => {
  const notes: string[] = [];
  for (const wanted of wantedIn(queryOf(selection, register.suppliers))) {
    const { field, text } = wanted;
    const values = (await fieldValues(register, field, goesOn)).map(({ value }) => value);
    // What was not read to its end may have it.
    if (!goesOn() || isAmong(wanted, values)) continue;
    notes.push(`no ${field} matches "${text}"${meant(wanted, values)}`);
  }
  return notes;
};

/** Names of suppliers are several each: where none is near, a list of them tells little. */
const meant = ({ field, text }: Wanted, values: readonly string[]): string => {
  const near = nearest(text, values);
  if (near.length > 0) return `; did you mean ${near.join(" or ")}?`;
  const areFew = values.length > 0 && values.length <= MOST_LISTED && field !== "supplier";
  return areFew ? `; values here: ${values.join(", ")}` : "";
};
