import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { why } from "../../src/engine/why.ts";
import { type Amount, isKnown } from "../../src/model/money.ts";
import { times } from "../long.ts";
import { linesOf, openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

/**
 * Lots that came to nothing count up to what was ordered on them (T4g). The model tries every place of every order: what
 * the lots come to lies between the least and the most of it.
 */

interface VainLot {
  readonly ceiling: number | undefined;
  readonly each: boolean;
  readonly isVain: boolean;
  readonly holders: readonly number[];
}

interface VainOrder {
  readonly lot: number | undefined;
  readonly supplier: number | undefined;
  readonly cents: number;
}

interface VainContract {
  readonly lots: readonly VainLot[];
  readonly cap: number | undefined;
  readonly orders: readonly VainOrder[];
}

const HOLDERS = [0, 1, 2];

const vainLot: fc.Arbitrary<VainLot> = fc
  .record({
    ceiling: fc.option(fc.nat(9), { nil: undefined, freq: 4 }),
    each: fc.boolean(),
    isVain: fc.constantFrom(true, true, false),
    holders: fc.subarray(HOLDERS, { minLength: 1 }),
  })
  // Of a lot that stands, the ceiling is known: what is unknown is for other properties.
  .map((lot) => (lot.isVain ? lot : { ...lot, ceiling: lot.ceiling ?? 3 }));

const vainContracts: fc.Arbitrary<VainContract> = fc.array(vainLot, { minLength: 1, maxLength: 3 }).chain((lots) =>
  fc.record({
    lots: fc.constant(lots),
    cap: fc.option(fc.nat(15), { nil: undefined, freq: 1 }),
    orders: fc.array(
      fc.record({
        lot: fc.option(fc.nat(lots.length - 1), { nil: undefined, freq: 1 }),
        supplier: fc.option(fc.constantFrom(...HOLDERS), { nil: undefined, freq: 1 }),
        cents: fc.integer({ min: 1, max: 5 }),
      }),
      { maxLength: 4 },
    ),
  }),
);

const amount = (cents: number): string => `EUR 0.${String(cents).padStart(2, "0")}`;

const textOf = ({ lots, cap, orders }: VainContract): string =>
  [
    ...HOLDERS.map((place) => ({ supplier: `s${place}`, name: `Name ${place}` })),
    {
      contract: "k",
      ...(cap !== undefined && { ceiling: amount(cap) }),
      lots: lots.map(({ ceiling, each, isVain, holders }, place) => ({
        lot: String(place + 1),
        ...(ceiling !== undefined && { [each ? "ceilingPerSupplier" : "ceiling"]: amount(ceiling) }),
        ...(isVain && { status: place === 0 ? "closed-no-winner" : "cancelled" }),
        suppliers: holders.map((holder) => `s${holder}`),
      })),
      orders: orders.map(({ lot, supplier, cents }, place) => ({
        order: `o${place}`,
        ...(lot !== undefined && { lot: String(lot + 1) }),
        ...(supplier !== undefined && { supplier: `s${supplier}` }),
        amount: amount(cents),
      })),
    },
  ]
    .map((record) => JSON.stringify(record))
    .join("\n");

interface Placed {
  readonly lot: number;
  readonly who: number;
  readonly cents: number;
}

const spotsOf = ({ lot, supplier, cents }: VainOrder, { lots }: VainContract): readonly Placed[] => {
  const held = [...lots.keys()].filter((place) => supplier === undefined || lots[place]?.holders.includes(supplier));
  const places = lot === undefined ? (held.length === 0 ? [...lots.keys()] : held) : [lot];
  return places.flatMap((place) =>
    (supplier === undefined ? (lots[place]?.holders ?? []) : [supplier]).map((who) => ({ lot: place, who, cents })),
  );
};

/** All ways to place the orders. */
const worldsOf = (contract: VainContract): readonly (readonly Placed[])[] =>
  contract.orders.reduce<readonly (readonly Placed[])[]>(
    (worlds, order) => worlds.flatMap((world) => spotsOf(order, contract).map((spot) => [...world, spot])),
    [[]],
  );

const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);

/** The seats that a figure is about, by lot. */
type Seats = readonly (readonly number[])[];

/** What seats of the lots come to in one world. */
const usableIn = (world: readonly Placed[], { lots, cap = Number.POSITIVE_INFINITY }: VainContract, seats: Seats) => {
  const of = lots.map(({ ceiling = Number.POSITIVE_INFINITY, each, isVain }, place) => {
    const own = seats[place] ?? [];
    const isEach = each && ceiling !== Number.POSITIVE_INFINITY;
    const orderedFrom = (is: (who: number) => boolean) =>
      sumOf(world.flatMap(({ lot, who, cents }) => (lot === place && is(who) ? [cents] : [])));
    if (own.length === 0) return 0;
    if (!isEach)
      return isVain
        ? Math.min(
            ceiling,
            orderedFrom(() => true),
          )
        : ceiling;
    return sumOf(
      own.map((seat) =>
        isVain
          ? Math.min(
              ceiling,
              orderedFrom((who) => who === seat),
            )
          : ceiling,
      ),
    );
  });
  return Math.min(cap, sumOf(of));
};

/** Whether orders may be more than a ceiling that came to nothing: then the ends are only known not to be exceeded. */
const isCut = (contract: VainContract): boolean =>
  contract.lots.some(({ ceiling, each, isVain, holders }, place) => {
    if (!isVain || ceiling === undefined) return false;
    const sums = (each ? holders : [undefined]).map((seat) =>
      sumOf(
        contract.orders.flatMap((order) =>
          spotsOf(order, contract).some(({ lot, who }) => lot === place && (seat === undefined || who === seat))
            ? [order.cents]
            : [],
        ),
      ),
    );
    return sums.some((sum) => sum > ceiling);
  });

const endsOf = (amounts: readonly Amount[]): readonly [least: number, most: number] => {
  const [only, ...others] = amounts.filter(isKnown);
  expect(others).toEqual([]);
  if (only === undefined) return [0, 0];
  const { minor, bound, least = 0n } = only;
  return [Number(bound === undefined ? minor : least), Number(minor)];
};

const holdTo = (what: string, amounts: readonly Amount[], contract: VainContract, seats: Seats): void => {
  const all = worldsOf(contract).map((world) => usableIn(world, contract, seats));
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const [low, high] = endsOf(amounts);
  if (!isCut(contract)) expect([what, low, high]).toEqual([what, least, most]);
  else expect([what, low <= least, high >= most, low, high]).toEqual([what, true, true, low, high]);
};

const holdContract = async (contract: VainContract): Promise<void> => {
  const data = await openText(textOf(contract));
  const places = [...contract.lots.keys()];
  for (let subset = 1; subset < 2 ** places.length; subset++) {
    const some = places.filter((place) => (subset >> place) % 2 === 1);
    const asked = { lots: some.map((place) => String(place + 1)) };
    const seatsOf = (is: (who: number, lot: VainLot) => boolean): Seats =>
      contract.lots.map((lot, place) => (some.includes(place) ? lot.holders.filter((who) => is(who, lot)) : []));
    const report = total(data, asked);
    await rowsOf(report);
    const footer = report.closing().summaries.flatMap(({ label, amounts }) => (label === "Total" ? amounts : []));
    holdTo(
      `total ${some}`,
      footer,
      contract,
      seatsOf(() => true),
    );
    const reasons = why(data, asked);
    const counted = (await rowsOf(reasons)).filter(({ action }) => action === "counted");
    const told = counted.reduce((sum, { amount: one }) => sum + (isKnown(one) ? one.minor : 0n), 0n);
    expect(["why", told]).toEqual(["why", footer[0]?.minor ?? 0n]);
    const rows = await rowsOf(suppliers(data, asked));
    for (const holder of HOLDERS) {
      const own = rows.filter(({ supplier }) => supplier === `s${holder}`);
      const shares = ({ each, ceiling, holders }: VainLot) => holders.length > 1 && !(each && ceiling !== undefined);
      const figure = (manner: "sole" | "shared") => own.flatMap((row) => row[manner] ?? []);
      const sole = seatsOf((who, lot) => who === holder && !shares(lot));
      const shared = seatsOf((who, lot) => who === holder && shares(lot));
      holdTo(`sole s${holder} of ${some}`, figure("sole"), contract, sole);
      holdTo(`shared s${holder} of ${some}`, figure("shared"), contract, shared);
    }
  }
};

describe("T4g, L1c: lots that came to nothing", () => {
  test.each([
    [5, 5, "EUR 0.00 to EUR 0.10"],
    [5, 20, "EUR 0.00 to EUR 0.12"],
    [20, 20, "EUR 0.12"],
  ])("of %i and %i cents, and an order of 12 on either, come to %s", async (first, second, sum) => {
    const lot = (ceiling: number): VainLot => ({ ceiling, each: false, isVain: true, holders: [0] });
    const orders = [{ lot: undefined, supplier: undefined, cents: 12 }];
    const data = await openText(textOf({ lots: [lot(first), lot(second)], cap: undefined, orders }));
    expect(await linesOf(total(data), "ceiling")).toEqual([sum]);
  });

  test("totals of any lots, and of any supplier, are those of all ways to place the orders", async () => {
    await fc.assert(fc.asyncProperty(vainContracts, holdContract), {
      ...seeded(times(5000, 100)),
      reporter: (out) => {
        if (!out.failed) return;
        const [contract] = out.counterexample ?? [];
        throw new Error(`${contract === undefined ? "" : textOf(contract)}\n${out.errorInstance}`);
      },
    });
  }, 600_000);
});
