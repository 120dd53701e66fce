import type { Preference } from "../model/claim.ts";
import { finderOf } from "../model/fold.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { lotsAskedFor } from "../model/wanted.ts";
import { nameHere } from "../records/lot.ts";
import { askAmounts, askCounts, askDates } from "./ask-ranges.ts";
import { askPresence, askStates } from "./ask-states.ts";
import { queryFieldNamed } from "./fields.ts";
import type { Clause, Query } from "./query.ts";
import { isStandIn, type OrderInView, oncePerContract, remembered, type Subject, type Test } from "./subject.ts";
import { searchedTexts, someSupplier, someText } from "./text-values.ts";

/**
 * Whether a text is one of those asked for. Ids are compared exactly and other texts folded (N5), and after a colon a
 * part of the text is enough.
 */
export const matcherOf = ({ field, op, values }: Clause & { readonly kind: "texts" }): ((text: string) => boolean) => {
  if (queryFieldNamed(field)?.type === "id") {
    const wanted = new Set(values);
    return (text) => wanted.has(text);
  }
  const finders = values.map(finderOf);
  return remembered((text) => finders.some(({ isIn, is }) => (op === ":" ? isIn(text) : is(text))));
};

const askTexts = (clause: Clause & { readonly kind: "texts" }, preference: Preference): Test => {
  const test = clause.field === "lot" ? askLots(clause.values) : someText(clause.field, preference, matcherOf(clause));
  return clause.op === "!=" ? (subject) => !test(subject) : test;
};

const askLots = (ids: readonly string[]): Test => {
  const isAskedFor = lotsAskedFor(ids);
  return ({ contract, lot }) => !isStandIn(lot) && isAskedFor(contract.id, lot.id);
};

/** Tests a word without a field: whether it is part of an id, a title, a supplier's names, or what an order says. */
const askWord = (text: string, preference: Preference): Test => {
  const { isIn } = finderOf(text);
  const within = (title: string | undefined): boolean => title !== undefined && isIn(title);
  const isCalled = someSupplier(preference, (supplier, lot) =>
    searchedTexts(supplier, nameHere(supplier, lot)).some(within),
  );
  const inContract = oncePerContract(({ contract: { id, title } }) => isIn(id) || within(title));
  // A lot's reference includes its id. If the word has no slash, it is enough to look in the shorter text.
  const isInRef = ({ contract, lot }: Subject) => isIn(text.includes("/") ? `${contract.id}/${lot.id}` : lot.id);
  const isInOrder = ({ order, buyer }: OrderInView) => isIn(order.id) || within(order.description) || within(buyer);
  return (subject) =>
    inContract(subject) ||
    isInRef(subject) ||
    within(subject.lot.title) ||
    (subject.order !== undefined && isInOrder(subject.order)) ||
    isCalled(subject);
};

/** What the answer to a query depends on, apart from the data. */
interface QueryContext {
  readonly preference: Preference;
  /** The day that `today` means. */
  readonly today: PartialDate;
}

/** Compiles a query so that it can be asked of many lots. */
export const compileQuery = (query: Query, context: QueryContext): Test => {
  switch (query.kind) {
    case "and":
      return allTest(query.parts.map((part) => compileQuery(part, context)));
    case "or":
      return anyTest(query.parts.map((part) => compileQuery(part, context)));
    case "not": {
      const test = compileQuery(query.part, context);
      return (subject) => !test(subject);
    }
    case "any":
    case "all": {
      const quantifier = query.kind === "any" ? "some" : "every";
      const test = compileQuery(query.part, context);
      return oncePerContract(({ contract }) =>
        contract.lots[quantifier]((lot) => test({ contract, lot, seat: undefined })),
      );
    }
    case "word":
      return askWord(query.text, context.preference);
    default:
      return compileClause(query, context);
  }
};

// Plain loops, because these tests run for every lot and callbacks for each part would take twice as long.
const allTest =
  (tests: readonly Test[]): Test =>
  (subject) => {
    for (const test of tests) if (!test(subject)) return false;
    return true;
  };

const anyTest =
  (tests: readonly Test[]): Test =>
  (subject) => {
    for (const test of tests) if (test(subject)) return true;
    return false;
  };

const compileClause = (clause: Clause, { preference, today }: QueryContext): Test => {
  switch (clause.kind) {
    case "texts":
      switch (clause.field) {
        case "is":
          return askStates(clause.values, preference, today);
        case "has":
        case "missing":
        case "withheld":
          return askPresence(clause.field, clause.values, preference);
        default:
          return askTexts(clause, preference);
      }
    case "amounts":
      return askAmounts(clause, preference);
    case "dates":
      return askDates(clause, preference, today);
    case "counts":
      return askCounts(clause, preference);
  }
};
