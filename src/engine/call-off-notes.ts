import { firstFew } from "../model/first-few.ts";
import type { Assessment } from "./assessments.ts";
import { plural } from "./views.ts";

/** Tells which contracts stay out of a total as call-offs, and what its reader must know of that (T11). */
export class CallOffNotes {
  /** How many call-offs lie within frameworks that are among the data, and how many in others, by the frameworks. */
  readonly #within = new Map<string, number>();
  readonly #alone = new Map<string, number>();

  /** Whether a contract counts by itself; a call-off lies within its framework, where that is among the data. */
  counts({ family }: Pick<Assessment, "family">): boolean {
    if (family.kind !== "none") {
      const counted = family.kind === "within" ? this.#within : this.#alone;
      counted.set(family.framework, (counted.get(family.framework) ?? 0) + 1);
    }
    return family.kind !== "within";
  }

  notes(): readonly string[] {
    const [within, alone] = [sumOf(this.#within), sumOf(this.#alone)];
    return [
      ...(within === 0
        ? []
        : [
            `${plural(within, "call-off")} ${within === 1 ? "is" : "are"} not added: ${lieWithin(within)} ${named(this.#within)}.`,
          ]),
      ...(alone === 0
        ? []
        : [
            `${plural(alone, "call-off")} ${alone === 1 ? "counts by itself" : "count by themselves"}: ${named(this.#alone)} ${this.#alone.size === 1 ? "is" : "are"} not among the data.`,
          ]),
    ];
  }
}

const lieWithin = (count: number): string => (count === 1 ? "it lies within" : "they lie within");

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** `the framework a`, `the frameworks a, b and 3 more`. */
const named = (counts: ReadonlyMap<string, number>): string =>
  `the ${counts.size === 1 ? "framework" : "frameworks"} ${firstFew([...counts.keys()], 3)}`;
