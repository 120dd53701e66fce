import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { lots } from "../../src/engine/lots.ts";
import { arrange } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import {
  type ContractSpec,
  GROUPING,
  grandTotal,
  type LotSpec,
  nameOf,
  open,
  registers,
  type Stated,
  SUPPLIERS,
  totalModel,
} from "../engine/random-contracts.ts";
import { rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

/** What a model of a query is asked of: a lot, with the suppliers in view. */
interface Place {
  readonly contract: ContractSpec;
  readonly index: number;
  readonly lot: LotSpec;
  readonly inView: readonly number[];
}

/** A query as a person writes it, and what it means: the model, which shares nothing with the program. */
interface Asked {
  readonly written: string;
  readonly holds: (place: Place) => boolean;
}

const DAY_OF_ANSWER = { year: 2016, month: 2, day: 20 };

const placesOf = (specs: readonly ContractSpec[]): readonly Place[] =>
  specs.flatMap((contract, index) =>
    contract.lots.map((lot): Place => ({ contract, index, lot, inView: lot.holders })),
  );

const seatsOf = (place: Place): readonly Place[] =>
  place.lot.holders.length === 0 ? [place] : place.lot.holders.map((holder) => ({ ...place, inView: [holder] }));

const ceilingOf = ({ ceiling, perSupplier, holders }: LotSpec): Stated =>
  typeof ceiling === "object" && perSupplier
    ? holders.length === 0
      ? "missing"
      : { ...ceiling, cents: ceiling.cents * BigInt(holders.length) }
    : ceiling;

const ids = (specs: readonly ContractSpec[]): fc.Arbitrary<Asked> => {
  const lotIds = [...new Set(specs.flatMap((spec) => spec.lots.map(({ id }) => id)))];
  return fc.oneof(
    fc.subarray(lotIds, { minLength: 1 }).map((wanted) => ({
      written: `lot:${wanted.join(",")}`,
      holds: ({ lot }: Place) => wanted.includes(lot.id),
    })),
    fc.constantFrom(...placesOf(specs)).map(({ index, lot }) => ({
      written: `lot:c${index}/${lot.id}`,
      holds: (place: Place) => place.index === index && place.lot.id === lot.id,
    })),
    fc.constantFrom(...specs.keys()).map((index) => ({
      written: `contract:c${index}`,
      holds: (place: Place) => place.index === index,
    })),
    fc.constantFrom(...specs.keys()).map((index) => ({
      written: `contract!=c${index}`,
      holds: (place: Place) => place.index !== index,
    })),
  );
};

const holders = fc.nat(SUPPLIERS - 1);
const texts: fc.Arbitrary<Asked> = fc.oneof(
  holders.chain((holder) =>
    fc
      .constantFrom(
        `supplier:s${holder}`,
        `supplier:"ALIAS ${holder}"`,
        `supplier="${nameOf(holder)}"`,
        `"name ${holder}"`,
      )
      .map((written) => ({ written, holds: ({ inView }: Place) => inView.includes(holder) })),
  ),
  fc.constantFrom("supplier:lodz", "soft", "country:PL", "is:grouping", "kind:grouping").map((written) => ({
    written,
    holds: ({ inView }: Place) => inView.includes(GROUPING),
  })),
  fc.constantFrom("iaas", "PAAS", "aas").map((service) => ({
    written: `service:${service}`,
    holds: ({ lot }: Place) => lot.service?.toLowerCase().includes(service.toLowerCase()) ?? false,
  })),
  fc.constantFrom("city", "STATE").map((buyer) => ({
    written: `buyer!=${buyer}`,
    holds: ({ contract }: Place) => contract.buyer?.toLowerCase() !== buyer.toLowerCase(),
  })),
  fc.constantFrom("has:deployment", "-missing:deployment").map((written) => ({
    written,
    holds: ({ lot }: Place) => lot.deployment !== undefined,
  })),
  fc.constantFrom("missing", "withheld").map((word) => ({
    written: `${word}:ceiling`,
    holds: ({ lot }: Place) => ceilingOf(lot) === word,
  })),
  fc.constantFrom("shared", "sole").map((state) => ({
    written: `is:${state}`,
    holds: ({ lot: { holders: all, perSupplier, ceiling } }: Place) => {
      const alone = all.length === 1 || (all.length > 1 && perSupplier && ceiling !== "missing");
      return all.length > 0 && alone === (state === "sole");
    },
  })),
  fc.tuple(fc.constantFrom("<", "<=", "=", ">=", ">", "!="), holders).map(([op, count]) => ({
    written: `suppliers${op}${count}`,
    holds: ({ lot }: Place) => compared(BigInt(lot.holders.length - count), op),
  })),
);

const compared = (difference: bigint, op: string): boolean =>
  (op.includes("<") && difference < 0n) ||
  (op.includes(">") && difference > 0n) ||
  (op === "!=" ? difference !== 0n : op.includes("=") && difference === 0n);

const inUnits = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
const centsNear = (specs: readonly ContractSpec[]): fc.Arbitrary<bigint> => {
  const stated = specs.flatMap((spec) =>
    spec.lots.flatMap(({ ceiling }) => (typeof ceiling === "object" ? [ceiling.cents] : [])),
  );
  return fc.oneof(fc.constantFrom(0n, ...stated), fc.bigInt({ min: 0n, max: 10n ** 12n }));
};

const amounts = (specs: readonly ContractSpec[]): fc.Arbitrary<Asked> => {
  const currency = fc.constantFrom("EUR", "USD");
  const known =
    (wanted: string, test: (cents: bigint) => boolean) =>
    ({ lot }: Place): boolean => {
      const ceiling = ceilingOf(lot);
      return typeof ceiling === "object" && ceiling.currency === wanted && test(ceiling.cents);
    };
  return fc.oneof(
    fc
      .tuple(currency, centsNear(specs), centsNear(specs), fc.constantFrom("low", "high", "both"))
      .map(([unit, one, other, ends]) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const from = ends === "high" ? "" : `${unit}${inUnits(low)}`;
        const to = ends === "low" ? "" : `${unit}${inUnits(high)}`;
        return {
          written: `ceiling:${from}..${to}`,
          holds: known(unit, (cents) => (from === "" || cents >= low) && (to === "" || cents <= high)),
        };
      }),
    fc.tuple(currency, centsNear(specs), fc.constantFrom("<", "<=", "=", ">=", ">")).map(([unit, asked, op]) => ({
      written: `ceiling${op}${unit}${inUnits(asked)}`,
      holds: known(unit, (cents) => compared(cents - asked, op)),
    })),
    // N3: what is asked for coarsely is found rounded or cut.
    fc
      .tuple(currency, centsNear(specs), fc.constantFrom<[string, bigint]>(["k", 100_000n], ["M", 100_000_000n]))
      .map(([unit, near, [suffix, step]]) => {
        const asked = near / step;
        return {
          written: `ceiling:${unit}${asked}${suffix}`,
          holds: known(unit, (cents) => cents / step === asked || (cents + step / 2n) / step === asked),
        };
      }),
  );
};

/** The days of a date, as numbers. */
const daysOf = (date: string): { readonly first: number; readonly last: number } => {
  const [year = 0, month, day] = date.split("-").map(Number);
  if (month === undefined) return { first: Date.UTC(year, 0, 1), last: Date.UTC(year, 11, 31) };
  if (day === undefined) return { first: Date.UTC(year, month - 1, 1), last: Date.UTC(year, month, 0) };
  return { first: Date.UTC(year, month - 1, day), last: Date.UTC(year, month - 1, day) };
};
const DAY = 86_400_000;
const DATES = [
  "2014",
  "2015",
  "2015-12",
  "2015-12-01",
  "2015-12-18",
  "2015-12-31",
  "2016-01",
  "2016-02",
  "2016-02-29",
  "2017",
];

const dates: fc.Arbitrary<Asked> = fc
  .tuple(
    fc.constantFrom("", "~"),
    fc.subarray(DATES, { minLength: 1, maxLength: 2 }),
    fc.constantFrom("low", "high", "both"),
  )
  .filter(([, [low = "", high = low], ends]) => ends !== "both" || daysOf(low).first <= daysOf(high).last)
  .map(([perhaps, [low = "", high = low], ends]) => {
    const from = ends === "high" ? Number.NEGATIVE_INFINITY : daysOf(low).first;
    const to = ends === "low" ? Number.POSITIVE_INFINITY : daysOf(high).last;
    const range = `${ends === "high" ? "" : low}..${ends === "low" ? "" : high}`;
    return {
      written: `awardDate:${perhaps}${range}`,
      holds: ({ contract: { awardDate } }: Place) => {
        if (awardDate === undefined) return false;
        const { first, last } = daysOf(awardDate);
        const lies = Array.from({ length: (last - first) / DAY + 1 }, (_, count) => first + count * DAY).map(
          (day) => day >= from && day <= to,
        );
        return perhaps === "~" ? lies.includes(true) : !lies.includes(false);
      },
    };
  });

/** Any query about these contracts, to some depth. */
const asking = (specs: readonly ContractSpec[]): fc.Arbitrary<Asked> => {
  const clause = fc.oneof(ids(specs), texts, texts, amounts(specs), dates);
  const lotsOf = ({ contract, index }: Place): readonly Place[] =>
    placesOf([contract]).map((each) => ({ ...each, index }));
  return fc.letrec<{ asked: Asked }>((tie) => ({
    asked: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      clause,
      fc.array(tie("asked"), { minLength: 2, maxLength: 3 }).map((parts) => ({
        written: parts.map(({ written }) => `(${written})`).join(" "),
        holds: (place: Place) => parts.every(({ holds }) => holds(place)),
      })),
      // Without brackets, so that what binds tighter matters.
      fc
        .array(fc.array(clause, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 3 })
        .map((alternatives) => ({
          written: `(${alternatives.map((parts) => parts.map(({ written }) => written).join(" ")).join(" OR ")})`,
          holds: (place: Place) => alternatives.some((parts) => parts.every(({ holds }) => holds(place))),
        })),
      fc.tuple(fc.constantFrom("-", "NOT "), tie("asked")).map(([not, part]) => ({
        written: `${not}(${part.written})`,
        holds: (place: Place) => !part.holds(place),
      })),
      tie("asked").map((part) => ({
        written: `any(${part.written})`,
        holds: (place: Place) => lotsOf(place).some(part.holds),
      })),
      tie("asked").map((part) => ({
        written: `all(${part.written})`,
        holds: (place: Place) => lotsOf(place).every(part.holds),
      })),
    ),
  })).asked;
};

const registersAndQueries = registers
  .filter((specs) => specs.length > 0)
  .chain((specs) => fc.tuple(fc.constant(specs), asking(specs)));

const nameOfLot = ({ index, lot }: Place): string => `c${index}/${lot.id}`;
/** The lots of places, each with those of its seats that are in view. */
const chosenLots = (specs: readonly ContractSpec[], places: readonly Place[]) =>
  specs.map((spec, index) => {
    const own = places.filter((place) => place.index === index);
    const lots = spec.lots.flatMap((lot): LotSpec[] => {
      const seen = own.filter((place) => place.lot.id === lot.id);
      return seen.length === 0 ? [] : [{ ...lot, seats: seen.flatMap(({ inView }) => inView) }];
    });
    return [spec, lots] as const;
  });

describe("queries of random registers find what a model written apart finds", () => {
  test("lots, contracts and their total", async () => {
    await fc.assert(
      fc.asyncProperty(registersAndQueries, async ([specs, { written, holds }]) => {
        const register = await open(specs);
        const selection = { query: parseQuery(written), at: DAY_OF_ANSWER };
        const found = placesOf(specs).filter(holds);
        expect((await rowsOf(lots(register, selection))).map(({ contract, lot }) => `${contract}/${lot}`)).toEqual(
          found.map(nameOfLot),
        );
        // A contract of several currencies has a row for each.
        const rows = await rowsOf(contracts(register, selection));
        expect(new Set(rows.map(({ contract }) => contract))).toEqual(new Set(found.map(({ index }) => `c${index}`)));
        expect(grandTotal(await rowsOf(total(register, selection)))).toEqual(totalModel(chosenLots(specs, found)));
      }),
      seeded(400),
    );
  });

  test("seats, suppliers and their total", async () => {
    await fc.assert(
      fc.asyncProperty(registersAndQueries, async ([specs, { written, holds }]) => {
        const register = await open(specs);
        const selection = { query: parseQuery(written), at: DAY_OF_ANSWER };
        const found = placesOf(specs).flatMap(seatsOf).filter(holds);
        const seats = found.flatMap((place) =>
          place.lot.holders.length === 0 ? [] : place.inView.map((holder) => `${nameOfLot(place)} s${holder}`),
        );
        expect(
          (await rowsOf(awards(register, selection))).map(
            ({ contract, lot, supplier }) => `${contract}/${lot} ${supplier}`,
          ),
        ).toEqual(seats);
        const holding = new Map<string, number>();
        for (const seat of seats) holding.set(seat.slice(-2), (holding.get(seat.slice(-2)) ?? 0) + 1);
        expect(new Map((await rowsOf(suppliers(register, selection))).map((row) => [row.supplier, row.lots]))).toEqual(
          holding,
        );
        expect(grandTotal(await rowsOf(total(register, selection, { by: "supplier" })))).toEqual(
          totalModel(chosenLots(specs, found)),
        );
      }),
      seeded(300),
    );
  });

  test("sorted by their ceilings, by currency and figure, with what is unknown last", async () => {
    await fc.assert(
      fc.asyncProperty(registersAndQueries, fc.boolean(), async ([specs, { written, holds }], down) => {
        const report = lots(await open(specs), { query: parseQuery(written), at: DAY_OF_ANSWER });
        const rows = await rowsOf(arrange(report, { sort: [down ? "-ceiling" : "ceiling"] }));
        const rank = (place: Place): readonly [string, bigint] | undefined => {
          const ceiling = ceilingOf(place.lot);
          return typeof ceiling === "object" ? [ceiling.currency, ceiling.cents] : undefined;
        };
        // Slow and plain: each lot is put before the first one that should come after it.
        const sorted: Place[] = [];
        for (const place of placesOf(specs).filter(holds)) {
          const own = rank(place);
          const after = sorted.findIndex((other) => {
            const others = rank(other);
            if (own === undefined || others === undefined) return own !== undefined;
            const [lower, higher] = down ? [others, own] : [own, others];
            return lower[0] === higher[0] ? lower[1] < higher[1] : lower[0] < higher[0];
          });
          sorted.splice(after === -1 ? sorted.length : after, 0, place);
        }
        expect(rows.map(({ contract, lot }) => `${contract}/${lot}`)).toEqual(sorted.map(nameOfLot));
      }),
      seeded(200),
    );
  });
});

test("an id that the register does not have is refused, whatever else the query says", async () => {
  await fc.assert(
    fc.asyncProperty(registersAndQueries, async ([specs, { written }]) => {
      const register = await open(specs);
      for (const wrong of ["lot:9", "contract:c9"]) {
        const query = parseQuery(`(${written}) OR ${wrong}`);
        await expect(rowsOf(lots(register, { query, at: DAY_OF_ANSWER }))).rejects.toThrow("there is no");
      }
    }),
    seeded(50),
  );
});
