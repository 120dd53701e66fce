import type { Preference } from "../model/claim.ts";
import type { Amount } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { hasOwnTerm } from "../records/contract-term.ts";
import { type Lot, lotCodec } from "../records/lot.ts";
import type { Order } from "../records/order.ts";
import type { Supplier } from "../records/supplier.ts";

export interface OrderInView {
  readonly order: Order;
  readonly buyer: string | undefined;
}

export interface CeilingInView {
  /** In percent. Undefined where nothing is known. */
  readonly used: number | undefined;
  /** How far it is used up or may be. Empty where nothing is known. */
  readonly use: readonly string[];
  readonly left: Amount;
  readonly runsOut: readonly string[];
}

/**
 * What a query is asked of: a lot, with all its suppliers in view or only one, and perhaps an order on it or a ceiling
 * of it.
 */
export interface Subject {
  readonly contract: Contract;
  readonly lot: Lot;
  /** The supplier in view if the question is about a seat. Undefined where all suppliers are in view. */
  readonly seat: Supplier | undefined;
  readonly order?: OrderInView;
  readonly ceiling?: CeilingInView;
}

export type Test = (subject: Subject) => boolean;

/**
 * Stands in for the lots of a contract that has none. It has no id, title or supplier, and the contract's own amounts.
 * Its status is not asked for: whoever asks for a status wants a real lot.
 */
export const standInFor = ({ ceiling, quantity, estimate, reestimate }: Contract): Lot =>
  lotCodec.of({ id: "", ceiling, quantity, estimate, reestimate });

export const isStandIn = ({ id }: Lot): boolean => id === "";

const NOBODY: readonly Supplier[] = [];

export const suppliersOf = (lot: Lot, preference: Preference): readonly Supplier[] =>
  preference.value(lot.suppliers) ?? NOBODY;

/** Who holds a lot as it is written, and those who came to hold it by a modification and no longer do. */
export const holdersSoFar = (written: Lot, { replaced }: Lot, preference: Preference): readonly Supplier[] => {
  const first = suppliersOf(written, preference);
  return replaced === undefined ? first : [...new Set([...first, ...replaced.keys()])];
};

export const suppliersInView = (subject: Subject, preference: Preference): readonly Supplier[] =>
  subject.seat === undefined ? suppliersOf(subject.lot, preference) : [subject.seat];

/** A test of contracts that is asked once for all lots of one, which follow each other. */
export const oncePerContract = (test: (subject: Subject) => boolean): Test => {
  let asked: Contract | undefined;
  let answer = false;
  return (subject) => {
    if (subject.contract !== asked) [asked, answer] = [subject.contract, test(subject)];
    return answer;
  };
};

/** A test of terms that is asked once for all lots of a contract that have no term of their own. */
export const oncePerTerm = (test: Test): Test => {
  const ofContract = oncePerContract(test);
  return (subject) => (hasOwnTerm(subject.lot) ? test(subject) : ofContract(subject));
};

const MOST_REMEMBERED = 10_000;

/**
 * A test that remembers its answers, for what comes up again and again, such as a supplier of thousands of lots or a
 * kind of service.
 */
export const remembered = <Key>(test: (key: Key) => boolean): ((key: Key) => boolean) => {
  const known = new Map<Key, boolean>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = test(key);
    if (known.size < MOST_REMEMBERED) known.set(key, answer);
    return answer;
  };
};
