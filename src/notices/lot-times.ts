import { flatMap } from "../model/lists.ts";
import { formatPartialDate } from "../model/partial-date.ts";
import { formatTerm } from "../model/term.ts";
import type { Contract } from "../records/contract.ts";
import { retimed, saysWhenItRuns, statedTermOf, type Times } from "../records/contract-term.ts";
import type { Lot } from "../records/lot.ts";
import { type Modification, NO_CHANGE } from "../records/modification.ts";

const NO_TIMES: Times = { startDate: undefined, endDate: undefined, term: undefined };

/** When a lot runs, as its notice says; when the contract itself runs where there is no such lot. */
export const timesOf = (contract: Contract, lot: Lot | undefined): Times => {
  const { startDate, endDate, term } = statedTermOf(contract, lot);
  return { startDate, endDate, term };
};

/**
 * A contract each of whose lots says by itself when it runs. What one notice says once for all its lots does not hold
 * for other lots that the contract comes to have.
 */
export const timedByLot = (contract: Contract): Contract =>
  contract.lots.length === 0 || !saysWhenItRuns(contract)
    ? contract
    : { ...contract, ...NO_TIMES, lots: contract.lots.map((lot) => ({ ...lot, ...timesOf(contract, lot) })) };

/** The reverse: what all lots agree in is said once, of the contract. */
export const timedAsOne = (contract: Contract): Contract => {
  const { lots } = contract;
  const [first] = lots;
  if (first === undefined || saysWhenItRuns(contract)) return contract;
  const startDate = lots.every((lot) => beginText(lot) === beginText(first)) ? first.startDate : undefined;
  const alike = lots.every((lot) => endText(lot) === endText(first));
  const { term, endDate } = alike ? first : NO_TIMES;
  return {
    ...contract,
    startDate,
    term,
    endDate,
    lots: lots.map((lot) => ({
      ...lot,
      ...(startDate !== undefined && { startDate: undefined }),
      ...(alike && { term: undefined, endDate: undefined }),
    })),
  };
};

/** When something begins, as a text to compare; empty where nothing says so. */
const beginText = ({ startDate }: Times): string =>
  startDate === undefined ? "" : formatPartialDate(startDate[0].value);

/** When its initial period ends, as a text to compare. */
const endText = ({ term, endDate }: Times): string =>
  [term && formatTerm(term[0].value), endDate && formatPartialDate(endDate[0].value)].join();

const areTimedAlike = ([first, ...others]: readonly Times[]): boolean =>
  others.every((times) => beginText(times) === beginText(first ?? times) && endText(times) === endText(first ?? times));

/** What a notice changes of when something runs; undefined where it changes nothing. */
const changeOfTimes = (before: Times, now: Times): Pick<Modification, "startDate" | "endDate" | "term"> | undefined => {
  const isBegunAnew = beginText(now) !== beginText(before);
  const endsAnew = endText(now) !== endText(before);
  if (!isBegunAnew && !endsAnew) return undefined;
  return {
    startDate: isBegunAnew ? now.startDate?.[0].value : undefined,
    endDate: endsAnew ? now.endDate?.[0].value : undefined,
    term: endsAnew ? now.term?.[0].value : undefined,
  };
};

/**
 * A lot that begins with its own award, where it has an end or a term and no other day is stated from which to count it
 * (D1).
 */
export const begunBy = (lot: Lot, { term, endDate }: Times, awardDate: Contract["awardDate"]): Lot =>
  lot.startDate !== undefined || (term ?? endDate) === undefined ? lot : { ...lot, startDate: awardDate };

/** When the lots of a contract run after modifications, each of which counts from its own day on (D3). */
export class Retimings {
  readonly #lots: ReadonlyMap<string, Lot>;
  /** When modified lots run, as the last modification says. */
  readonly #times = new Map<string, Times>();
  /**
   * Whether some modification changed the times of lots one by one. From then on, each modification is told lot by lot.
   */
  #areApart = false;
  /** The modifications that change the times of all lots alike, by their ids, with the lots that there were then. */
  readonly #alike = new Map<string, readonly string[]>();

  /** Lots may be added to the map later. Each says by itself when it ran at first. */
  constructor(lots: ReadonlyMap<string, Lot>) {
    this.#lots = lots;
  }

  now({ id }: Lot): Times {
    return this.#times.get(id) ?? this.#lots.get(id) ?? NO_TIMES;
  }

  /**
   * What a modification that states these lots changes. Where all lots run alike before and after it, the change is one
   * of the whole contract.
   */
  retime(modification: string, stated: readonly Lot[]): readonly Modification[] {
    const all = [...this.#lots.values()];
    const wereAlike = areTimedAlike(all) && !this.#areApart;
    // A lot that no earlier notice told of has had these times from the first.
    const changes = flatMap(
      stated.filter(({ id }) => this.#lots.has(id)),
      (lot) => this.#change(lot),
    );
    const [first] = changes;
    if (first === undefined) return [];
    const isOfAll = wereAlike && all.length > 1 && areTimedAlike(all.map((lot) => this.now(lot)));
    if (!isOfAll) {
      this.#areApart = true;
      return changes;
    }
    const ids = all.map(({ id }) => id);
    this.#alike.set(modification, ids);
    return [{ ...first, lot: undefined }];
  }

  #change(lot: Lot): readonly Modification[] {
    const before = this.now(lot);
    const now = retimed(before, lot);
    const change = changeOfTimes(before, now);
    if (change === undefined) return [];
    this.#times.set(lot.id, now);
    return [{ ...NO_CHANGE, lot: lot.id, ...change }];
  }

  /**
   * Says of each lot what was said of all lots alike. This is for contracts that later have lots that run otherwise, so
   * that each lot says by itself when it runs (D1a).
   */
  byLot(modifications: readonly Modification[]): readonly Modification[] {
    return flatMap(modifications, (one): readonly Modification[] => {
      const alike = [...this.#alike].find(([id]) => one.id === id || one.id.startsWith(`${id}-`));
      if (alike === undefined || one.lot !== undefined || !saysWhenItRuns(one)) return [one];
      const { date, startDate, endDate, term, by } = one;
      const [, lots] = alike;
      const byLot = lots.map((lot, index) => {
        return { id: `${one.id}-${index + 1}`, date, lot, startDate, endDate, term, by };
      });
      return [{ ...one, startDate: undefined, endDate: undefined, term: undefined }, ...byLot];
    });
  }
}
