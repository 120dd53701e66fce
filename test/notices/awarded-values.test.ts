import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isKnown, type StatedAmount, type StatedAmounts } from "../../src/model/money.ts";
import { offersTogether, valueTogether } from "../../src/notices/awarded-values.ts";

type Said = StatedAmount | undefined;

const euros = (minor: number): StatedAmount => ({ minor: BigInt(minor), currency: "EUR", precision: -2 });

/** What was said of a value, and what it truly is. */
const awards = fc.array(
  fc
    .record({
      truth: fc.nat({ max: 1000 }),
      says: fc.constantFrom<"it" | "secret" | "nothing">("it", "secret", "nothing"),
    })
    .map(({ truth, says }) => ({
      truth: BigInt(truth),
      said: says === "it" ? euros(truth) : says === "secret" ? ("withheld" as const) : undefined,
    })),
  { minLength: 1, maxLength: 5 },
);

const holds = (stated: StatedAmounts | undefined, truth: bigint): boolean => {
  if (stated === undefined || stated === "withheld") return true;
  const [{ minor, bound, least = minor }, ...others] = stated;
  return others.length === 0 && truth >= least && (bound === "atLeast" || truth <= minor);
};

const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

describe("T8: no figure of several awards is further than what is known of them", () => {
  test("together they come to what they truly are, whatever is secret or not said", () => {
    fc.assert(
      fc.property(awards, (each) => {
        const said: readonly Said[] = each.map((one) => one.said);
        const stated = valueTogether(said);
        expect(holds(stated, total(each.map(({ truth }) => truth)))).toBe(true);
        expect(typeof stated === "object").toBe(said.some((one) => one !== undefined && isKnown(one)));
      }),
    );
  });

  test("T10c: offers for one volume come to the largest of them at least, and to all at most where all are known", () => {
    fc.assert(
      fc.property(awards, (each) => {
        const truths = each.map(({ truth }) => truth);
        const largest = truths.reduce((most, truth) => (truth > most ? truth : most));
        const stated = offersTogether(each.map(({ said }) => said));
        for (const truth of [largest, total(truths)]) expect(holds(stated, truth)).toBe(true);
      }),
    );
  });
});
