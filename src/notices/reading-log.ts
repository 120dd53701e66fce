import type { Finding } from "../model/errors.ts";
import { flatMap, madeUnder } from "../model/lists.ts";
import type { Assumption, OtherKind, PassedOver } from "../model/publication.ts";

const MOST_FINDINGS = 1000;
const MOST_PLACES = 20;

/**
 * What is wrong with any number of notices, and what was assumed to read them, in bounded memory: the first of each
 * rule, and how many there are.
 */
export class ReadingLog {
  readonly #findings = new Map<string, { readonly first: Finding[]; count: number }>();
  readonly #assumptions = new Map<string, { readonly rule: string; readonly first: Place[]; count: number }>();
  readonly #passedOver = new Map<string, { readonly kind: OtherKind; count: number }>();
  /** How many places of each rule are kept. A new place is compared only with the last few of them. */
  readonly #mostPlaces: number;

  constructor(mostPlaces = MOST_PLACES) {
    this.#mostPlaces = mostPlaces;
  }

  /** Counts a document that tells of no award. */
  passOver(kind: OtherKind): void {
    madeUnder(this.#passedOver, kind.many, () => ({ kind, count: 0 })).count++;
  }

  passedOver(): readonly PassedOver[] {
    const all = [...this.#passedOver.values()].map(({ kind, count }) => ({ ...kind, count }));
    return all.sort((a, b) => b.count - a.count);
  }

  addFinding(finding: Finding): void {
    const key = `${finding.severity} ${finding.rule}`;
    const known = madeUnder(this.#findings, key, () => ({ first: [], count: 0 }));
    known.count++;
    if (known.first.length < MOST_FINDINGS) known.first.push(finding);
  }

  /** The same text about the same file is worth one place, however many of its notices it is said of. */
  addAssumption(rule: string, place: Place): void {
    const known = madeUnder(this.#assumptions, rule, () => ({ rule, first: [], count: 0 }));
    known.count++;
    if (known.first.length >= this.#mostPlaces) return;
    const last = known.first.slice(-MOST_PLACES);
    if (!last.some(({ file, text }) => file === place.file && text === place.text)) known.first.push(place);
  }

  findings(): readonly Finding[] {
    return flatMap([...this.#findings.values()], ({ first, count }) => {
      const more = count - first.length;
      const [one] = first;
      if (more === 0 || one === undefined) return first;
      return [...first, { rule: one.rule, severity: one.severity, message: `and ${more} more of this rule` }];
    });
  }

  assumptions(): readonly Assumption[] {
    return [...this.#assumptions.values()];
  }
}

type Place = Assumption["first"][number];
