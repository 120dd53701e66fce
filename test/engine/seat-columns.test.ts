import fc from "fast-check";
import { expect, test } from "vitest";
import { suppliers } from "../../src/engine/suppliers.ts";
import { isKnown, unitOf } from "../../src/model/money.ts";
import { openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

interface Seats {
  readonly cents: bigint;
  readonly unit: string;
  readonly source: string;
  readonly holders: readonly string[];
}

const seats: fc.Arbitrary<Seats> = fc.record({
  // Sums of a few of the largest are no numbers that are exact any more.
  cents: fc.oneof(fc.bigInt(0n, 10_000n), fc.bigInt(2n ** 51n, 2n ** 53n + 1n), fc.bigInt(0n, 10n ** 20n)),
  unit: fc.constantFrom("EUR", "EUR", "EUR", "USD"),
  source: fc.constantFrom("a", "a", "a", "b"),
  holders: fc.constantFrom(["x"], ["x"], ["y"], ["x", "y"], ["x", "y", "z"]),
});

const register = (all: readonly Seats[]) =>
  openText(`
sources: [{ source: a, title: A }, { source: b, title: B }]
suppliers: [{ supplier: x, name: x }, { supplier: y, name: y }, { supplier: z, name: z }]
contracts:
${all
  .map(({ cents, unit, source, holders }, index) => {
    const digits = String(cents).padStart(3, "0");
    const amount = `${unit} ${digits.slice(0, -2)}.${digits.slice(-2)}`;
    return `- { contract: c${index}, source: ${source}, lots: [{ lot: 1, ceiling: ${amount}, suppliers: [${holders.join(", ")}] }] }\n`;
  })
  .join("")}`);

/** `x EUR: 3 lots, 100 alone, 20 shared, by a`, reckoned by hand. */
const expected = (all: readonly Seats[]): readonly string[] =>
  ["x", "y", "z"].flatMap((id) => {
    const own = all.filter(({ holders }) => holders.includes(id));
    return [...new Set(own.map(({ unit }) => unit))].sort().map((unit) => {
      const inUnit = own.filter((one) => one.unit === unit);
      const sum = (isSole: boolean) =>
        inUnit.reduce((total, { cents, holders }) => ((holders.length === 1) === isSole ? total + cents : total), 0n);
      const sources = [...new Set(inUnit.map(({ source }) => source))].sort().join();
      return `${id} ${unit}: ${own.length} lots, ${sum(true)} alone, ${sum(false)} shared, by ${sources}`;
    });
  });

test("what a supplier may reach is exact, however large, in whatever units and by whatever sources", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(seats, { minLength: 1, maxLength: 12 }), async (all) => {
      const rows = await rowsOf(suppliers(await register(all)));
      const lines = rows.map(({ supplier, lots, sole, shared, sources }) => {
        const minor = (amount: typeof sole) => (amount !== undefined && isKnown(amount) ? amount.minor : "none");
        const known = [sole, shared].find((amount) => amount !== undefined && isKnown(amount));
        const unit = typeof known === "object" ? unitOf(known) : "";
        return `${supplier} ${unit}: ${lots} lots, ${minor(sole)} alone, ${minor(shared)} shared, by ${sources.join()}`;
      });
      expect(lines).toEqual(expected(all));
    }),
    seeded(150),
  );
});
