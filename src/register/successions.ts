import { type Finding, findingOf } from "../model/errors.ts";
import { didYouMean, nearest } from "../model/nearest.ts";
import type { Severity } from "../model/rule.ts";
import type { Wanted } from "../model/wanted.ts";
import type { Contract } from "../records/contract.ts";
import type { Supplier } from "../records/supplier.ts";
import type { ReferenceTable } from "./references.ts";

const successorsOf = ({ successions }: Supplier): readonly Supplier[] =>
  successions.flatMap((succession) => (succession.kind === "merged" ? (succession.successor() ?? []) : []));

interface Visit {
  readonly supplier: Supplier;
  readonly successors: readonly Supplier[];
  readonly number: number;
  gone: number;
  /** The lowest number of an open visit that can be reached from here. */
  reaches: number;
  /** Whether it is still open in which circle it lies, if any. */
  open: boolean;
}

/**
 * Finds the suppliers that lie in circles of mergers, so that their seats, handed on and on, come back to them. It
 * walks once along all mergers (R. E. Tarjan's algorithm), without recursion, so that chains may be of any length.
 */
const suppliersInCircles = (suppliers: readonly Supplier[]): ReadonlySet<Supplier> => {
  const visits = new Map<Supplier, Visit>();
  const [way, open]: [Visit[], Visit[]] = [[], []];
  const found = new Set<Supplier>();
  const enter = (supplier: Supplier): void => {
    const number = visits.size;
    const visit = { supplier, successors: successorsOf(supplier), number, gone: 0, reaches: number, open: true };
    visits.set(supplier, visit);
    way.push(visit);
    open.push(visit);
  };
  const step = (visit: Visit): void => {
    const successor = visit.successors[visit.gone++];
    if (successor === undefined) leave(visit);
    else if (successor === visit.supplier) found.add(successor);
    else {
      const met = visits.get(successor);
      if (met === undefined) enter(successor);
      else if (met.open) visit.reaches = Math.min(visit.reaches, met.number);
    }
  };
  const leave = (visit: Visit): void => {
    way.pop();
    const before = way.at(-1);
    if (before !== undefined) before.reaches = Math.min(before.reaches, visit.reaches);
    if (visit.reaches === visit.number) close(visit);
  };
  /** All suppliers that were entered since the first of a circle and are still open come back to it. */
  const close = (first: Visit): void => {
    const inCircle = open.splice(open.lastIndexOf(first));
    for (const visit of inCircle) {
      visit.open = false;
      if (inCircle.length > 1) found.add(visit.supplier);
    }
  };
  for (const supplier of suppliers) {
    if (visits.has(supplier)) continue;
    enter(supplier);
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) step(visit);
  }
  return found;
};

/** What is wrong with mergers, once all suppliers are known: a successor that does not exist, or a circle. */
export const successionFindings = (references: ReferenceTable): readonly Finding[] => {
  const { suppliers } = references;
  const inCircles = suppliersInCircles(suppliers.filter(({ successions }) => successions.length > 0));
  return suppliers.flatMap((supplier) =>
    supplier.successions.flatMap((succession, index): readonly Finding[] => {
      if (succession.kind !== "merged") return [];
      const position = () => supplier.origin.locate(["successions", index, "into"]);
      if (references.supplier(succession.into) === undefined) {
        const { rule, problem, hint = "" } = references.noSupplier(succession.into);
        return [findingOf(rule, problem, position(), hint)];
      }
      if (!inCircles.has(supplier)) return [];
      const message = `supplier "${supplier.id}" ends up merged into itself`;
      const hint = "one of them goes on: it is merged into nobody";
      return [findingOf("T2-merger", message, position(), hint)];
    }),
  );
};

interface NamedSeat {
  readonly supplier: Supplier;
  readonly index: number;
  readonly contract: string | undefined;
  readonly lot: string | undefined;
}

const namedSeatsOf = (supplier: Supplier): readonly NamedSeat[] =>
  supplier.successions.flatMap((one, index) => {
    if (one.kind === "renamed" || (one.contract ?? one.lot) === undefined) return [];
    return [{ supplier, index, contract: one.contract, lot: one.lot }];
  });

/** Among how many ids to look for one that may have been meant. */
const MOST_IDS = 5000;

/**
 * Reports successions that name contracts or lots that do not exist: otherwise nobody would see that they have no
 * effect.
 */
export class SeatsNamed {
  readonly #named: readonly NamedSeat[];
  #lots = new Map<string, readonly string[]>();
  #isWhole = false;

  constructor(suppliers: readonly Supplier[]) {
    this.#named = suppliers.flatMap(namedSeatsOf);
  }

  /** The same contracts, watched as they pass. Where a succession names a seat, all are read, whichever are wanted. */
  watch(
    contracts: (wanted?: Wanted) => AsyncIterable<readonly Contract[]>,
    wanted: Wanted | undefined,
  ): AsyncIterable<readonly Contract[]> {
    return this.#named.length === 0 ? contracts(wanted) : this.#watched(contracts());
  }

  async *#watched(contracts: AsyncIterable<readonly Contract[]>): AsyncGenerator<readonly Contract[]> {
    const lots = new Map<string, readonly string[]>();
    for await (const batch of contracts) {
      for (const contract of batch)
        lots.set(
          contract.id,
          contract.lots.map(({ id }) => id),
        );
      yield batch;
    }
    this.#lots = lots;
    this.#isWhole = true;
  }

  /**
   * The findings, once all contracts have been read. An unknown contract may be in other data and is a warning. An
   * unknown lot of a known contract is an error, unless `skipBad`.
   */
  findings(skipBad: boolean): readonly Finding[] {
    if (!this.#isWhole) return [];
    return this.#named.flatMap((seat) => {
      const { contract, lot } = seat;
      if (contract !== undefined && !this.#lots.has(contract))
        return [missing(seat, "contract", contract, this.#lots.keys(), "warning")];
      const known = contract === undefined ? this.#lotsOfAll() : this.#lotsOf(contract);
      if (lot === undefined || known.has(lot)) return [];
      const severity = contract === undefined || skipBad ? "warning" : "error";
      return [missing(seat, "lot", lot, known, severity, contract)];
    });
  }

  #lotsOf(contract: string): ReadonlySet<string> {
    const own = this.#lots.get(contract) ?? [];
    return new Set(own.flatMap((lot) => [lot, `${contract}/${lot}`]));
  }

  #lotsOfAll(): ReadonlySet<string> {
    return new Set([...this.#lots.keys()].flatMap((contract) => [...this.#lotsOf(contract)]));
  }
}

const missing = (
  { supplier, index }: NamedSeat,
  what: "contract" | "lot",
  id: string,
  known: Iterable<string>,
  severity: Severity,
  contract?: string,
): Finding => {
  const near = nearest(id, [...known].slice(0, MOST_IDS)).map((each) => `"${each}"`);
  const meant = near.length > 0 ? `; ${didYouMean(near)}` : "";
  const where = contract === undefined ? "" : ` of ${contract}`;
  const position = supplier.origin.locate(["successions", index, what]);
  const message = `supplier ${supplier.id} gave up a seat, and there is no ${what} "${id}"${where}${meant}`;
  return { ...findingOf("F8", message, position, "this has no effect: it holds the seat as before"), severity };
};
