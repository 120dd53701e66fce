import type { Preference } from "../model/claim.ts";
import { finderOf } from "../model/fold.ts";
import type { Supplier } from "../records/supplier.ts";
import { queryFieldNamed } from "./fields.ts";
import { lotsAskedFor } from "./lot-ids.ts";
import type { Clause } from "./query.ts";
import {
  isStandIn,
  type OrderInView,
  oncePerContract,
  remembered,
  type Subject,
  suppliersInView,
  type Test,
} from "./subject.ts";
import { searchedTexts, someText } from "./text-values.ts";

/** Whether a text is one of those asked for: ids exactly, others folded (N5); after a colon a part of the text will do. */
const matcherOf = ({ field, op, values }: Clause & { readonly kind: "texts" }): ((text: string) => boolean) => {
  if (queryFieldNamed(field)?.type === "id") {
    const wanted = new Set(values);
    return (text) => wanted.has(text);
  }
  const finders = values.map(finderOf);
  return remembered((text) => finders.some(({ isIn, is }) => (op === ":" ? isIn(text) : is(text))));
};

/** A clause of a field of texts or ids. */
export const askTexts = (clause: Clause & { readonly kind: "texts" }, preference: Preference): Test => {
  const test = clause.field === "lot" ? askLots(clause.values) : someText(clause.field, preference, matcherOf(clause));
  return clause.op === "!=" ? (subject) => !test(subject) : test;
};

const askLots = (ids: readonly string[]): Test => {
  const isAskedFor = lotsAskedFor(ids);
  return ({ contract, lot }) => !isStandIn(lot) && isAskedFor(contract.id, lot.id);
};

/** A word without a field: a part of an id, of a title, of a supplier's names, or of what an order says. */
export const askWord = (text: string, preference: Preference): Test => {
  const { isIn } = finderOf(text);
  const within = (title: string | undefined): boolean => title !== undefined && isIn(title);
  const called = remembered((supplier: Supplier) => searchedTexts(supplier).some(within));
  const inContract = oncePerContract(({ contract: { id, title } }) => isIn(id) || within(title));
  // The reference of a lot has its id: where the word has no slash, the shorter text is enough.
  const isInRef = ({ contract, lot }: Subject) => isIn(text.includes("/") ? `${contract.id}/${lot.id}` : lot.id);
  const isInOrder = ({ order, buyer }: OrderInView) => isIn(order.id) || within(order.description) || within(buyer);
  return (subject) =>
    inContract(subject) ||
    isInRef(subject) ||
    within(subject.lot.title) ||
    (subject.order !== undefined && isInOrder(subject.order)) ||
    suppliersInView(subject, preference).some(called);
};
