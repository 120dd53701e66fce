import type { Preference } from "../model/claim.ts";
import { fold } from "../model/fold.ts";
import type { Supplier } from "../records/supplier.ts";
import { queryFieldNamed } from "./fields.ts";
import type { Clause } from "./query.ts";
import { oncePerContract, remembered, suppliersInView, type Test } from "./subject.ts";
import { searchedTexts, someText } from "./text-values.ts";

/** Whether a text is one of those asked for: ids exactly, others folded (N5); after a colon a part of the text will do. */
const matcherOf = ({ field, op, values }: Clause & { readonly kind: "texts" }): ((text: string) => boolean) => {
  if (queryFieldNamed(field)?.type === "id") {
    const wanted = new Set(values);
    return (text) => wanted.has(text);
  }
  const folded = values.map(fold);
  return remembered((text) => {
    const found = fold(text);
    return op === ":" ? folded.some((wanted) => found.includes(wanted)) : folded.includes(found);
  });
};

/** A clause of a field of texts or ids. */
export const askTexts = (clause: Clause & { readonly kind: "texts" }, preference: Preference): Test => {
  const test = someText(clause.field, preference, matcherOf(clause));
  return clause.op === "!=" ? (subject) => !test(subject) : test;
};

/** A word without a field: an id exactly, or a part of a title or of a supplier's names. */
export const askWord = (text: string, preference: Preference): Test => {
  const wanted = fold(text);
  const within = (title: string | undefined): boolean => title !== undefined && fold(title).includes(wanted);
  const called = remembered((supplier: Supplier) => searchedTexts(supplier).some(within));
  const inContract = oncePerContract(({ contract: { id, title } }) => id === text || within(title));
  return (subject) =>
    inContract(subject) ||
    subject.lot.id === text ||
    `${subject.contract.id}/${subject.lot.id}` === text ||
    within(subject.lot.title) ||
    suppliersInView(subject, preference).some(called);
};
