import fc from "fast-check";
import type { Register } from "../../src/records/register.ts";
import { openRegister } from "../../src/register/open-register.ts";
import type { ContractSpec, GroupSpec, LotSpec, Stated } from "./random-contracts.ts";

/**
 * Registers with a life: several sources, suppliers that leave and merge, ceilings that are modified, lots that come to
 * nothing with orders on them, contracts without lots. The model makes of each the plain contracts that it is on a day, by
 * the order in which sources are believed; what those may cost is for `ceiling-model.ts` to say.
 */

export const SOURCES = ["x", "y", "z"] as const;
type Source = (typeof SOURCES)[number];

/** What each source says; under `nobody` what names no source. */
type Said<T> = readonly { readonly by: Source | "nobody"; readonly value: T }[];

interface Change {
  readonly date: string;
  /** The place of its lot; none for the contract's own ceiling. */
  readonly lot: number | undefined;
  readonly cents: bigint;
}

interface LifeLot {
  readonly currency: string;
  readonly ceiling: Said<bigint | "withheld">;
  readonly perSupplier: boolean;
  readonly status: "cancelled" | "closed-no-winner" | undefined;
  readonly holders: Said<readonly number[]>;
  readonly service: string | undefined;
  readonly orders: readonly { readonly cents: bigint; readonly date: string; readonly currency: string }[];
}

interface LifeGroup {
  readonly lots: readonly number[];
  readonly ceiling: Said<bigint | "withheld">;
  readonly certain: boolean;
}

export interface Life {
  readonly ceiling: Said<bigint | "withheld">;
  readonly awardDate: string | undefined;
  readonly buyer: string | undefined;
  readonly lots: readonly LifeLot[];
  readonly groups: readonly LifeGroup[];
  readonly changes: readonly Change[];
}

interface Succession {
  readonly date: string;
  /** Undefined where the supplier left. */
  readonly into: number | undefined;
  /** The place of the contract that it is about; all where it names none. */
  readonly contract: number | undefined;
}

export interface LifeRegister {
  readonly successions: readonly (Succession | undefined)[];
  readonly contracts: readonly Life[];
  readonly prefer: Source | undefined;
  readonly at: string;
}

export const HOLDERS = 4;

const cents = fc.bigInt({ min: 0n, max: 6n });
const figure = fc.oneof({ weight: 7, arbitrary: cents }, { weight: 1, arbitrary: fc.constant("withheld" as const) });
const saidBy = <T>(value: fc.Arbitrary<T>, silent: number): fc.Arbitrary<Said<T>> =>
  fc.oneof(
    { weight: silent, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: value.map((one) => [{ by: "nobody" as const, value: one }]) },
    {
      weight: 5,
      arbitrary: fc
        .subarray([...SOURCES], { minLength: 1 })
        .chain((by) => fc.tuple(...by.map((source) => value.map((one) => ({ by: source, value: one }))))),
    },
  );
const dates = fc.constantFrom("2020", "2020-06", "2020-06-15", "2021", "2021-03", "2022-01-01");
const days = fc.constantFrom("2020-01-01", "2020-06-14", "2020-06-15", "2020-12-31", "2021-03-01", "2023-01-01");
const sometimes = <T>(value: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value });

const lives: fc.Arbitrary<LifeLot> = fc.record({
  currency: fc.constantFrom("EUR", "EUR", "EUR", "USD"),
  ceiling: saidBy(figure, 1),
  perSupplier: fc.boolean(),
  status: sometimes(fc.constantFrom("cancelled", "closed-no-winner")),
  holders: saidBy(fc.subarray([0, 1, 2, 3]), 1),
  service: fc.constantFrom(undefined, "IaaS", "PaaS"),
  orders: fc.array(fc.record({ cents, date: days, currency: fc.constantFrom("EUR", "EUR", "USD") }), { maxLength: 2 }),
});

const contractLives: fc.Arbitrary<Life> = fc.array(lives, { maxLength: 4 }).chain((lots) =>
  fc.record({
    ceiling: saidBy(figure, 3),
    awardDate: sometimes(dates),
    buyer: fc.constantFrom(undefined, "City", "State"),
    lots: fc.constant(lots),
    groups:
      lots.length === 0
        ? fc.constant([])
        : fc.array(
            fc.record({
              lots: fc.subarray([...lots.keys()], { minLength: 1 }),
              ceiling: saidBy(figure, 1),
              certain: fc.constantFrom(true, true, true, false),
            }),
            { maxLength: 3 },
          ),
    changes: fc.array(fc.record({ date: dates, lot: fc.constantFrom(undefined, ...lots.keys()), cents }), {
      maxLength: 2,
    }),
  }),
);

const successions = fc.tuple(
  ...Array.from({ length: HOLDERS }, (_, place) =>
    sometimes(
      fc.record({
        date: dates,
        // Into later ones only, so that nobody comes to be merged into itself.
        into:
          place === HOLDERS - 1
            ? fc.constant(undefined)
            : sometimes(fc.integer({ min: place + 1, max: HOLDERS - 1 }), 3),
        contract: sometimes(fc.nat(1)),
      }),
    ),
  ),
);

export const lifeRegisters: fc.Arbitrary<LifeRegister> = fc.record({
  successions,
  contracts: fc.array(contractLives, { minLength: 1, maxLength: 2 }),
  prefer: fc.constantFrom(undefined, ...SOURCES),
  at: days,
});

/** The first and the last day that a date may mean, as texts that sort like days. */
const firstOf = (date: string): string => `${date}-01-01`.slice(0, "2020-01-01".length);
const lastOf = (date: string): string => {
  const [year = "", month, day] = date.split("-");
  if (day !== undefined) return date;
  return month === undefined ? `${year}-12-31` : `${year}-${month}-31`;
};

const hasCome = (date: string, at: string): boolean => firstOf(date) <= at;

const text = (amount: bigint | "withheld", currency: string): string =>
  amount === "withheld" ? amount : `${currency} 0.0${amount}`;

/** A fact as a register writes it. */
const written = <T>(key: string, said: Said<T>, write: (value: T) => unknown): Record<string, unknown> => {
  const [first] = said;
  if (first === undefined) return {};
  const plain = said.map(({ by, value }) => [by, write(value)] as const);
  return { [key]: first.by === "nobody" ? write(first.value) : Object.fromEntries(plain) };
};

const entry = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value });

const nonEmpty = (key: string, list: readonly unknown[]) => (list.length === 0 ? {} : { [key]: list });

const lotLine = (lot: LifeLot, place: number) => ({
  lot: String(place + 1),
  ...entry("status", lot.status),
  ...entry("service", lot.service),
  ...written(lot.perSupplier ? "ceilingPerSupplier" : "ceiling", lot.ceiling, (amount) => text(amount, lot.currency)),
  ...written("suppliers", lot.holders, (holders) => holders.map((holder) => `s${holder}`)),
});

/** Modifications of ceilings that are stated in one currency, which a contract's own always is. */
const changesOf = ({ changes, lots, ceiling }: Life): readonly Change[] =>
  changes.filter(({ lot }) => (lot === undefined ? ceiling.length > 0 : (lots[lot]?.ceiling.length ?? 0) > 0));

const contractLine = (life: Life, index: number): string => {
  const orders = life.lots.flatMap((lot, place) =>
    isVoid(lot)
      ? lot.orders.map(({ cents, ...one }) => ({ ...one, lot: place + 1, amount: text(cents, one.currency) }))
      : [],
  );
  return JSON.stringify({
    contract: `c${index}`,
    ...written("ceiling", life.ceiling, (amount) => text(amount, "EUR")),
    ...entry("awardDate", life.awardDate),
    ...entry("buyer", life.buyer),
    lots: life.lots.map(lotLine),
    ...(life.groups.length > 0 && {
      groups: life.groups.map(({ lots, ceiling, certain }, place) => ({
        group: `g${place}`,
        lots: lots.map((lot) => lot + 1),
        ...written("ceiling", ceiling, (amount) => text(amount, "EUR")),
        ...(certain ? {} : { certain: "no" }),
      })),
    }),
    ...nonEmpty(
      "modifications",
      changesOf(life).map(({ date, lot, cents }, place) => ({
        modification: `M${place}`,
        date,
        ...entry("lot", lot === undefined ? undefined : lot + 1),
        amount: text(cents, lot === undefined ? "EUR" : (life.lots[lot]?.currency ?? "")),
      })),
    ),
    orders: orders.map(({ lot, date, amount }, place) => ({ order: `o${place}`, lot, date, amount })),
  });
};

const supplierLine = (succession: Succession | undefined, place: number): string => {
  const { date, into, contract } = succession ?? {};
  const what = into === undefined ? { left: date } : { merged: date, into: `s${into}` };
  const about = entry("contract", contract === undefined ? undefined : `c${contract}`);
  return JSON.stringify({
    supplier: `s${place}`,
    name: `Name ${place}`,
    ...(succession !== undefined && { successions: [{ ...what, ...about }] }),
  });
};

export const linesOfLife = ({ successions, contracts }: LifeRegister): string =>
  [
    ...SOURCES.map((source) => JSON.stringify({ source, title: source })),
    ...successions.map(supplierLine),
    ...contracts.map(contractLine),
  ].join("\n");

export const openLife = (register: LifeRegister): Promise<Register> => {
  const bytes = new TextEncoder().encode(linesOfLife(register));
  return openRegister("-", {
    ...(register.prefer !== undefined && { prefer: register.prefer }),
    async *stdin() {
      yield bytes;
    },
  });
};

/** Lots of which nothing comes any more; the model has orders on those that have one ceiling for all. */
const isVoid = ({ status, perSupplier }: LifeLot): boolean => status !== undefined && !perSupplier;

/** The value of the most believed source, and which that is. */
const believed = <T>(
  said: Said<T>,
  prefer: Source | undefined,
): { readonly value: T; readonly by: string } | undefined => {
  const order = [...(prefer === undefined ? [] : [prefer]), ...SOURCES, "nobody"];
  for (const source of order) {
    const claim = said.find(({ by }) => by === source);
    if (claim !== undefined) return claim;
  }
  return undefined;
};

/** Who holds a seat on a day; nobody where its holder has left. */
const holderOf = (
  seat: number,
  contract: number,
  life: Life,
  { successions, at }: LifeRegister,
): number | undefined => {
  const one = successions[seat];
  if (one === undefined || !hasCome(one.date, at)) return seat;
  if (one.contract !== undefined && one.contract !== contract) return seat;
  if (one.into !== undefined)
    return holderOf(one.into, contract, life, { successions, at, contracts: [], prefer: undefined });
  // A seat that was certainly awarded after its supplier left stands.
  const stands = life.awardDate !== undefined && firstOf(life.awardDate) > lastOf(one.date);
  return stands ? seat : undefined;
};

/** A lot as a plain one, with what it had before of seats; undefined where nothing of it counts. */
const lotOf = (lot: LifeLot, place: number, index: number, life: Life, register: LifeRegister): PlainLot => {
  const stated = believed(lot.ceiling, register.prefer);
  const added = changesOf(life)
    .filter((change) => modifiedPlace(change, life) === place && hasCome(change.date, register.at))
    .reduce((sum, change) => sum + change.cents, 0n);
  const amount = stated?.value;
  const ceiling: Stated =
    typeof amount === "bigint" ? { cents: amount + added, currency: lot.currency } : (amount ?? "missing");
  const seats = (believed(lot.holders, register.prefer)?.value ?? []).flatMap((seat) => {
    const holder = holderOf(seat, index, life, register);
    return holder === undefined ? [] : [holder];
  });
  const perSupplier = lot.perSupplier && lot.ceiling.length > 0;
  const holders = perSupplier ? seats : [...new Set(seats)];
  const spec: LotSpec = {
    id: String(place + 1),
    ceiling,
    perSupplier,
    service: lot.service,
    deployment: undefined,
    holders,
  };
  return { spec: lot.status === undefined ? spec : voidOf(lot, spec, register.at), by: stated?.by, of: spec };
};

interface PlainLot {
  /** What of it counts; undefined for nothing at all. */
  readonly spec: LotSpec | undefined;
  readonly by: string | undefined;
  readonly of: LotSpec;
}

/** Whose ceiling a modification is that names no lot: the only lot's, where the contract states none. */
const modifiedPlace = ({ lot }: Change, { ceiling, lots }: Life): number | undefined =>
  lot ?? (ceiling.length === 0 && lots.length === 1 ? 0 : undefined);

/** Of a lot that came to nothing, what was ordered on it by the day. */
const voidOf = (lot: LifeLot, spec: LotSpec, at: string): LotSpec | undefined => {
  const orders = isVoid(lot) ? lot.orders.filter(({ date }) => date <= at) : [];
  const sums = new Map<string, bigint>();
  for (const { cents, currency } of orders) sums.set(currency, (sums.get(currency) ?? 0n) + cents);
  const real = [...sums].filter(([, cents]) => cents > 0n);
  const counted = (ceiling: Stated): LotSpec => ({ ...spec, ceiling });
  if (typeof spec.ceiling === "object" && !(spec.perSupplier && spec.holders.length === 0)) {
    const { currency } = spec.ceiling;
    const ordered = sums.get(currency) ?? 0n;
    return counted({ currency, cents: ordered < spec.ceiling.cents ? ordered : spec.ceiling.cents });
  }
  const [only, ...others] = real;
  if (only === undefined) return undefined;
  return counted(others.length > 0 ? "missing" : { currency: only[0], cents: only[1] });
};

export interface PlainContract {
  readonly spec: ContractSpec;
  /** All its lots, in order; what does not count is in no total, but in its rows. */
  readonly lots: readonly PlainLot[];
}

/** A contract as plain ones are, on the day and by the preferred source. */
export const plainOf = (life: Life, index: number, register: LifeRegister): PlainContract => {
  const { prefer } = register;
  const lots = life.lots.map((lot, place) => lotOf(lot, place, index, life, register));
  const counting = lots.flatMap(({ spec, of, by }) =>
    spec === undefined ? [] : [{ spec, by, isStated: !isUnknown(of) }],
  );
  const all = [life, ...life.groups, ...life.lots].flatMap(({ ceiling }) => ceiling.map(({ by }) => by));
  const first = prefer ?? SOURCES.find((source) => all.includes(source)) ?? "nobody";
  const whole = believed(life.ceiling, prefer);
  /** Over which lots a ceiling holds: one of a less believed source over its own figures, and those without any. */
  const overOf = (by: string, places: readonly string[]): readonly string[] =>
    counting
      .filter(({ spec }) => places.includes(spec.id))
      .filter(({ isStated, by: own }) => by === first || !isStated || own === by)
      .map(({ spec }) => spec.id);
  const ids = counting.map(({ spec }) => spec.id);
  const added = changesOf(life)
    .filter((change) => change.lot === undefined && hasCome(change.date, register.at))
    .reduce((sum, change) => sum + change.cents, 0n);
  const statedAs = (value: bigint | "withheld" | undefined, more: bigint): Stated =>
    typeof value === "bigint" ? { cents: value + more, currency: "EUR" } : (value ?? "missing");
  const groups = life.groups.map(({ ceiling, lots: places, certain }): GroupSpec => {
    const claim = believed(ceiling, prefer);
    const own = places.map((place) => String(place + 1)).filter((id) => ids.includes(id));
    return { lots: own, over: overOf(claim?.by ?? first, own), ceiling: statedAs(claim?.value, 0n), certain };
  });
  return {
    lots,
    spec: {
      ceiling: statedAs(whole?.value, added),
      over: overOf(whole?.by ?? first, ids),
      buyer: life.buyer,
      awardDate: life.awardDate,
      lots: counting.map(({ spec }) => spec),
      groups,
      bare: life.lots.length === 0,
    },
  };
};

const isUnknown = ({ ceiling, perSupplier, holders }: LotSpec): boolean =>
  typeof ceiling === "string" || (perSupplier && holders.length === 0);
