import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { askAmounts } from "./ask-amounts.ts";
import { askCounts } from "./ask-counts.ts";
import { askDates } from "./ask-dates.ts";
import { askPresence, askStates } from "./ask-states.ts";
import { askTexts, askWord } from "./ask-texts.ts";
import type { Clause, Query } from "./query.ts";
import { oncePerContract, type Test } from "./subject.ts";

/** What the answer to a query depends on besides the data. */
interface QueryContext {
  readonly preference: Preference;
  /** The day that `today` means. */
  readonly today: PartialDate;
}

/** Makes a query ready to be asked of many lots. */
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

// Plain loops: they are asked of every lot, and cost half of what a callback for each part does.
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
