import type { Preference } from "../model/claim.ts";
import { sum } from "../model/lists.ts";
import { firstFew, plural } from "../model/phrases.ts";
import { countIn, type Sums, sumsIn } from "../model/sums.ts";
import { coverageNotes, type SelectedContract, type Selection } from "../query/selection.ts";
import type { Assessment } from "./assessments.ts";
import { AwardedTally } from "./awarded.ts";
import { OrderedTally, type Ordering } from "./ordered.ts";
import type { Closing } from "./report.ts";
import { notesOn, Tally } from "./tally.ts";

/** What contracts come to by all measures, which are never added to each other. */
export class Totals {
  readonly ceilings = new Tally();
  readonly awarded = new AwardedTally();
  readonly ordered: OrderedTally;
  readonly #preference: Preference;

  /** `others` says in words where the orders of suppliers without a seat are counted. */
  constructor(preference: Preference, others?: string) {
    this.#preference = preference;
    this.ordered = new OrderedTally(others);
  }

  add(assessment: Ordering & Pick<Assessment, "assessed">): void {
    this.ceilings.addContract(assessment.assessed);
    this.awarded.addContract(assessment.selected, this.#preference);
    this.ordered.addContract(assessment);
  }

  /** Adds what is settled: of all lots, or of those that somebody holds. */
  addSettled(sums: Sums, of: "whole" | "seats"): void {
    const settled = sumsIn(sums, of);
    this.ceilings.addParts(sumsIn(settled, "tally"));
    this.ceilings.sources.addParts(sumsIn(settled, "sources"));
    this.awarded.tally.addParts(sumsIn(sums, "awarded"));
    this.ordered.addMissing(countIn(sums, of === "whole" ? "orders" : "ordersOfSeats"));
  }

  /** The units of all figures; none where nothing is known. */
  get units(): readonly string[] {
    return [...new Set([...this.ceilings.units, ...this.awarded.tally.units, ...this.ordered.units])];
  }

  /** What a table says below its rows: the true total of the ceilings, and what its reader must know of it. */
  closing(selection: Selection, ...more: readonly Noted[]): Closing {
    const total = { label: "Total", column: "ceiling", amounts: this.ceilings.totals(), remark: COUNTED_ONCE };
    const beside = [this.awarded, this.ordered];
    return {
      summaries: [total, ...beside.flatMap((measure) => measure.summaries())],
      notes: [
        ...coverageNotes(selection),
        ...notesOn(this.ceilings, this.#preference),
        ...[...more, ...beside].flatMap((noted) => noted.notes()),
      ],
    };
  }
}

/** What has something to say below a table. */
interface Noted {
  notes(): readonly string[];
}

export const COUNTED_ONCE = "each shared ceiling counted once";

/** Tells which contracts stay out of a total as call-offs, and what its reader must know of that (T11). */
export class CallOffNotes {
  /** How many call-offs each framework has: here frameworks that are among the data, below those that are not. */
  readonly #within = new Map<string, number>();
  readonly #alone = new Map<string, number>();

  /** Whether a contract counts by itself. A call-off lies within its framework, where that is among the data. */
  counts({ family }: Pick<Assessment, "family">): boolean {
    if (family.kind !== "none") {
      const counted = family.kind === "within" ? this.#within : this.#alone;
      counted.set(family.framework, (counted.get(family.framework) ?? 0) + 1);
    }
    return family.kind !== "within";
  }

  notes(): readonly string[] {
    const alone = sumOf(this.#alone);
    return [
      ...notAdded("call-off", "framework", this.#within),
      ...(alone === 0
        ? []
        : [
            `${plural(alone, "call-off")} ${alone === 1 ? "counts by itself" : "count by themselves"}: ${named("framework", this.#alone)} ${this.#alone.size === 1 ? "is" : "are"} not among the data.`,
          ]),
    ];
  }
}

/**
 * Says why things are not added: they lie within others that are (T11). `counts` has how many of them lie within each
 * of these.
 */
export const notAdded = (what: string, within: string, counts: ReadonlyMap<string, number>): readonly string[] => {
  const count = sumOf(counts);
  const isNot = count === 1 ? "is not added: it lies within" : "are not added: they lie within";
  return count === 0 ? [] : [`${plural(count, what)} ${isNot} ${named(within, counts)}.`];
};

const sumOf = (counts: ReadonlyMap<string, number>): number => sum([...counts.values()]);

/** `the framework a`, `the frameworks a, b and 3 more`. */
const named = (what: string, counts: ReadonlyMap<string, number>): string =>
  `the ${what}${counts.size === 1 ? "" : "s"} ${firstFew([...counts.keys()], 3)}`;

/** Counts lots that nobody holds and contracts without lots, which are in no row of a supplier. */
export class UnheldLots {
  #lots = 0;
  #contracts = 0;
  readonly #where: string | undefined;

  /** `where` says in words where they are counted. By default, another total than this one counts them. */
  constructor(where?: string) {
    this.#where = where;
  }

  see({ lots }: SelectedContract): void {
    if (lots.length === 0) this.#contracts++;
    for (const { matching } of lots) if (matching.length === 0) this.#lots++;
  }

  add(sums: Sums): void {
    this.#lots += countIn(sums, "unheld");
    this.#contracts += countIn(sums, "bare");
  }

  notes(): readonly string[] {
    const counts = [
      [this.#lots, "lot", "that nobody holds"],
      [this.#contracts, "contract", "without lots"],
    ] as const;
    return counts.flatMap(([count, what, which]) =>
      count > 0
        ? `${plural(count, what)} ${which} ${count > 1 ? "are" : "is"} ${this.#where ?? `not in this total; lotbook total counts ${count > 1 ? "them" : "it"}`}.`
        : [],
    );
  }
}
