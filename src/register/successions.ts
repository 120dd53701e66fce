import type { Finding } from "../model/errors.ts";
import { isProblem } from "../records/decode.ts";
import type { Supplier } from "../records/supplier.ts";
import type { ReferenceTable } from "./references.ts";

const successorsOf = ({ successions }: Supplier): readonly Supplier[] =>
  successions.flatMap((succession) => (succession.kind === "merged" ? (succession.successor() ?? []) : []));

/** A supplier that the walk came to. */
interface Visit {
  readonly supplier: Supplier;
  readonly successors: readonly Supplier[];
  readonly number: number;
  /** How many of its successors were gone to. */
  gone: number;
  /** The lowest number that can be reached from here among those that are open. */
  reaches: number;
  /** Whether it is not known yet to whom it comes back. */
  open: boolean;
}

/**
 * Finds the suppliers whose seats, handed on and on, come back to them: those that lie in circles of who is merged into
 * whom. It walks once along all mergers (R. E. Tarjan's algorithm), without recursion, however long the chain.
 */
class Circles {
  readonly #visits = new Map<Supplier, Visit>();
  readonly #way: Visit[] = [];
  readonly #open: Visit[] = [];
  readonly suppliers = new Set<Supplier>();

  constructor(suppliers: readonly Supplier[]) {
    for (const supplier of suppliers) {
      if (this.#visits.has(supplier)) continue;
      this.#enter(supplier);
      for (let visit = this.#way.at(-1); visit !== undefined; visit = this.#way.at(-1)) this.#step(visit);
    }
  }

  #enter(supplier: Supplier): void {
    const number = this.#visits.size;
    const visit = { supplier, successors: successorsOf(supplier), number, gone: 0, reaches: number, open: true };
    this.#visits.set(supplier, visit);
    this.#way.push(visit);
    this.#open.push(visit);
  }

  #step(visit: Visit): void {
    const successor = visit.successors[visit.gone++];
    if (successor === undefined) this.#leave(visit);
    else if (successor === visit.supplier) this.suppliers.add(successor);
    else {
      const met = this.#visits.get(successor);
      if (met === undefined) this.#enter(successor);
      else if (met.open) visit.reaches = Math.min(visit.reaches, met.number);
    }
  }

  #leave(visit: Visit): void {
    this.#way.pop();
    const before = this.#way.at(-1);
    if (before !== undefined) before.reaches = Math.min(before.reaches, visit.reaches);
    if (visit.reaches === visit.number) this.#close(visit);
  }

  /** All that were entered since the first of a circle, and are still open, come back to it. */
  #close(first: Visit): void {
    const inCircle = this.#open.splice(this.#open.lastIndexOf(first));
    for (const visit of inCircle) {
      visit.open = false;
      if (inCircle.length > 1) this.suppliers.add(visit.supplier);
    }
  }
}

/** What is wrong with the mergers of suppliers, once all of them are known: nobody there to merge into, or a circle. */
export const successionFindings = (references: ReferenceTable): readonly Finding[] => {
  const { suppliers } = references;
  const inCircles = new Circles(suppliers.filter(({ successions }) => successions.length > 0)).suppliers;
  return suppliers.flatMap((supplier) =>
    supplier.successions.flatMap((succession, index): readonly Finding[] => {
      if (succession.kind !== "merged") return [];
      const position = () => supplier.origin.locate(["successions", index, "into"]);
      const into = references.supplier(succession.into);
      if (isProblem(into)) {
        const { rule, problem, hint = "" } = into;
        return [{ rule, severity: "error", message: problem, hint, position: position() }];
      }
      if (!inCircles.has(supplier)) return [];
      const message = `supplier "${supplier.id}" ends up merged into itself`;
      const hint = "one of them goes on: it is merged into nobody";
      return [{ rule: "T2-merger", severity: "error", message, hint, position: position() }];
    }),
  );
};
