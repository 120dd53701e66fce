import fc from "fast-check";

/**
 * Frameworks at random with everything that decides what is left of a ceiling: ceilings for all or for each supplier, in
 * money and in quantities, by several sources and modified over time; groups, certain or not; suppliers that left or were
 * merged; orders that say where they belong, or not, or wrongly, in one unit or another, on a day, in a month, or at some
 * time; call-offs that are contracts of their own. What is left of them, `headroom-model.ts` says.
 */

export const SOURCES = ["x", "y"] as const;
type Speaker = (typeof SOURCES)[number] | "nobody";
export type Said<T> = readonly { readonly by: Speaker; readonly value: T }[];

/** As a register writes them; of a contract whose amounts include the tax, EUR does. */
export type Unit = "EUR" | "USD" | "EUR incl. VAT" | "machines" | "hours";
export interface Measured {
  readonly units: bigint;
  readonly unit: Unit;
}

export interface Limited {
  /** In EUR. */
  readonly ceiling: Said<bigint | "withheld">;
  readonly quantity: Said<bigint | "withheld">;
  readonly counted: "machines" | "hours";
}

export interface UseLot extends Limited {
  readonly moneyEach: boolean;
  readonly quantityEach: boolean;
  readonly holders: Said<readonly number[]>;
  readonly status: "cancelled" | "closed-no-winner" | "open" | undefined;
  readonly endDate: string | undefined;
}

export interface UseGroup extends Limited {
  readonly lots: readonly number[];
  readonly certain: boolean;
}

/** The place of a lot or of a supplier; `unknown` where the name is none of theirs. */
export type Named = number | "unknown" | undefined;

export interface UseOrder {
  readonly lot: Named;
  readonly supplier: Named;
  readonly amounts: readonly Measured[];
  readonly date: string | undefined;
}

export interface UseCallOff {
  /** The lots that it says it is for. */
  readonly lots: readonly number[];
  readonly suppliers: readonly number[];
  readonly value: bigint | undefined;
  readonly quantity: Measured | undefined;
  /** Whether it states its quantity as a whole, and not of its lot. */
  readonly isWhole: boolean;
  /** By how much a modification changes its quantity. */
  readonly grown: { readonly date: string; readonly units: bigint } | undefined;
  readonly date: string | undefined;
}

export interface Change {
  readonly date: string;
  readonly lot: number | undefined;
  readonly money: bigint | undefined;
  readonly quantity: Measured | undefined;
}

export interface Gone {
  readonly date: string;
  readonly into: number | undefined;
  readonly lot: number | undefined;
}

export interface UseRegister extends Limited {
  readonly gross: boolean;
  readonly lots: readonly UseLot[];
  readonly groups: readonly UseGroup[];
  readonly changes: readonly Change[];
  /** Undefined where nothing is said of orders. */
  readonly orders: readonly UseOrder[] | undefined;
  readonly callOffs: readonly UseCallOff[];
  readonly gone: readonly (Gone | undefined)[];
  readonly awardDate: string | undefined;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly prefer: (typeof SOURCES)[number] | undefined;
  readonly at: string;
  readonly asked: { readonly units: bigint; readonly lot: number; readonly supplier: number | undefined };
}

export const HOLDERS = 4;

const few = fc.bigInt({ min: 0n, max: 6n });
const figure = fc.oneof({ weight: 7, arbitrary: few }, { weight: 1, arbitrary: fc.constant("withheld" as const) });
const sometimes = <T>(value: fc.Arbitrary<T>, never = 2): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: never, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const said = <T>(value: fc.Arbitrary<T>, silent: number): fc.Arbitrary<Said<T>> => {
  const one = value.map((each) => [{ by: "nobody" as const, value: each }]);
  const both = fc
    .subarray([...SOURCES], { minLength: 1 })
    .chain((by) => fc.tuple(...by.map((source) => value.map((each) => ({ by: source, value: each })))));
  return fc.oneof(
    { weight: silent, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: one },
    { weight: 2, arbitrary: both },
  );
};

const dates = fc.constantFrom("2020", "2020-06", "2020-06-15", "2021", "2021-03", "2021-03-31", "2022-01-01");
const counted = fc.constantFrom<"machines" | "hours">("machines", "machines", "hours");
const limited = (silent: number) => ({
  ceiling: said(figure, silent),
  quantity: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: said(figure, 1) }),
  counted,
});

const lot: fc.Arbitrary<UseLot> = fc.record({
  ...limited(1),
  moneyEach: fc.boolean(),
  quantityEach: fc.boolean(),
  holders: said(fc.subarray([0, 1, 2, 3]), 1),
  status: sometimes(fc.constantFrom("cancelled", "closed-no-winner", "open"), 4),
  endDate: sometimes(dates, 4),
});

const named = (count: number): fc.Arbitrary<Named> =>
  fc.oneof(
    { weight: 6, arbitrary: count === 0 ? fc.constant(undefined) : fc.nat(count - 1) },
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant("unknown" as const) },
  );

const spent = fc.bigInt({ min: -1n, max: 5n });
const money: fc.Arbitrary<Measured> = fc.record({
  units: spent,
  unit: fc.constantFrom<Unit>("EUR", "EUR", "EUR", "EUR", "USD", "EUR incl. VAT"),
});
const quantity: fc.Arbitrary<Measured> = fc.record({ units: spent, unit: counted });
const amounts = fc.oneof(
  { weight: 6, arbitrary: money.map((one) => [one]) },
  { weight: 1, arbitrary: quantity.map((one) => [one]) },
  { weight: 2, arbitrary: fc.tuple(money, quantity) },
);

const order = (lots: number): fc.Arbitrary<UseOrder> =>
  fc.record({ lot: named(lots), supplier: named(HOLDERS), amounts, date: sometimes(dates, 1) });

const places = (count: number): fc.Arbitrary<number[]> =>
  count === 0 ? fc.constant([]) : fc.subarray([...Array(count).keys()]);

const gone = fc.tuple(
  ...Array.from({ length: HOLDERS }, (_, place) =>
    sometimes(
      fc.record({
        date: dates,
        into:
          place + 1 < HOLDERS ? sometimes(fc.integer({ min: place + 1, max: HOLDERS - 1 }), 1) : fc.constant(undefined),
        lot: sometimes(fc.nat(2), 3),
      }),
    ),
  ),
);

export const useRegisters: fc.Arbitrary<UseRegister> = fc
  .tuple(fc.array(lot, { maxLength: 3 }), gone)
  .chain(([lots, left]) =>
    fc.record({
      ...limited(2),
      gross: fc.constantFrom(false, false, false, true),
      lots: fc.constant(lots),
      groups:
        lots.length === 0
          ? fc.constant([])
          : fc.array(
              fc.record({
                ...limited(1),
                lots: fc.subarray([...lots.keys()], { minLength: 1 }),
                certain: fc.constantFrom(true, true, true, false),
              }),
              { maxLength: 2 },
            ),
      changes: fc.array(
        fc.record({
          date: dates,
          lot: fc.constantFrom(undefined, ...lots.keys()),
          money: sometimes(few, 1),
          quantity: sometimes(fc.record({ units: few, unit: counted }), 3),
        }),
        { maxLength: 2 },
      ),
      orders: fc.oneof(
        { weight: 9, arbitrary: fc.array(order(lots.length), { maxLength: 5 }) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      callOffs: fc.array(
        fc.record({
          lots: places(lots.length),
          suppliers: fc.subarray([0, 1, 2, 3], { maxLength: 2 }),
          value: sometimes(few, 1),
          quantity: sometimes(fc.record({ units: few, unit: counted }), 1),
          isWhole: fc.boolean(),
          grown: sometimes(fc.record({ date: dates, units: few }), 1),
          date: sometimes(dates, 1),
        }),
        { maxLength: 1 },
      ),
      gone: fc.constant(left),
      awardDate: sometimes(dates),
      startDate: sometimes(dates, 1),
      endDate: sometimes(dates, 1),
      prefer: fc.constantFrom(undefined, ...SOURCES),
      at: fc.constantFrom("2020-06-14", "2020-06", "2020-12-31", "2021-03-01", "2021", "2022-01-01", "2999"),
      asked: fc.record({ units: few, lot: fc.nat(2), supplier: sometimes(fc.nat(HOLDERS - 1), 1) }),
    }),
  );

const entry = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value });
const nonEmpty = (key: string, list: readonly unknown[]) => (list.length === 0 ? {} : { [key]: list });

const amountText = ({ units, unit }: Measured): string => {
  if (unit === "machines" || unit === "hours") return `${units} ${unit}`;
  return unit === "EUR incl. VAT" ? `EUR ${units} incl. VAT` : `${unit} ${units}`;
};

const fact = <T>(key: string, claims: Said<T>, write: (value: T) => unknown): Record<string, unknown> => {
  const [first] = claims;
  if (first === undefined) return {};
  if (first.by === "nobody") return { [key]: write(first.value) };
  return { [key]: Object.fromEntries(claims.map(({ by, value }) => [by, write(value)])) };
};

const stated = (unit: Unit) => (value: bigint | "withheld") =>
  value === "withheld" ? value : amountText({ units: value, unit });

const limitsOf = ({ ceiling, quantity: count, counted: unit }: Limited, each?: UseLot) => ({
  ...fact(each?.moneyEach ? "ceilingPerSupplier" : "ceiling", ceiling, stated("EUR")),
  ...fact(each?.quantityEach ? "quantityPerSupplier" : "quantity", count, stated(unit)),
});

const seats = (holders: readonly number[]) => holders.map((holder) => `s${holder}`);

const lotRecord = (each: UseLot, place: number) => ({
  lot: String(place + 1),
  ...entry("status", each.status),
  ...entry("endDate", each.endDate),
  ...limitsOf(each, each),
  ...fact("suppliers", each.holders, seats),
});

const nameOf = (place: Named, prefix: string, from: number): string | undefined =>
  place === "unknown" ? "nobody's" : place === undefined ? undefined : `${prefix}${place + from}`;

const orderRecord = ({ lot: on, supplier, amounts: all, date }: UseOrder, place: number) => ({
  order: `o${place}`,
  ...entry("lot", nameOf(on, "", 1)),
  ...entry("supplier", nameOf(supplier, "s", 0)),
  ...Object.fromEntries(
    all.map((one) => [one.unit === "machines" || one.unit === "hours" ? "quantity" : "amount", amountText(one)]),
  ),
  ...entry("date", date),
});

/** The changes that a register may state: of a ceiling that there is, in its unit. */
export const changesIn = (register: UseRegister): readonly Change[] =>
  register.changes.flatMap((change) => {
    const of = limitedBy(change.lot, "ceiling", register);
    const count = limitedBy(change.lot, "quantity", register);
    const amount = of === undefined ? undefined : change.money;
    const quantityOf = count?.counted === change.quantity?.unit ? change.quantity : undefined;
    return amount === undefined && quantityOf === undefined ? [] : [{ ...change, money: amount, quantity: quantityOf }];
  });

/** What a change is of: where it names no lot, the contract's, or the only lot's where the contract states none. */
export const limitedBy = (
  place: number | undefined,
  measure: "ceiling" | "quantity",
  register: UseRegister,
): Limited | undefined => {
  const only = register[measure].length === 0 && register.lots.length === 1 ? register.lots[0] : register;
  const of = place === undefined ? only : register.lots[place];
  return of !== undefined && of[measure].length > 0 ? of : undefined;
};

export const textOf = (register: UseRegister): string => {
  const contract = {
    contract: "k",
    ...(register.gross && { vat: "included" }),
    ...limitsOf(register),
    ...entry("awardDate", register.awardDate),
    ...entry("startDate", register.startDate),
    ...entry("endDate", register.endDate),
    lots: register.lots.map(lotRecord),
    ...nonEmpty(
      "groups",
      register.groups.map((group, place) => ({
        group: `g${place}`,
        lots: group.lots.map((of) => String(of + 1)),
        ...limitsOf(group),
        ...(!group.certain && { certain: "no" }),
      })),
    ),
    ...nonEmpty(
      "modifications",
      changesIn(register).map(({ date, lot: of, money: sum, quantity: count }, place) => ({
        modification: `m${place}`,
        date,
        ...entry("lot", of === undefined ? undefined : String(of + 1)),
        ...entry("amount", sum === undefined ? undefined : amountText({ units: sum, unit: "EUR" })),
        ...entry("quantity", count && amountText(count)),
      })),
    ),
    ...entry("orders", register.orders?.map(orderRecord)),
  };
  const callOffs = register.callOffs.map(
    ({ lots, suppliers, value, quantity: count, isWhole, grown, date }, place) => ({
      contract: `call-off-${place}`,
      callOffOf: "k",
      ...nonEmpty(
        "callOffLots",
        lots.map((of) => String(of + 1)),
      ),
      ...entry("awardDate", date),
      ...(isWhole && entry("quantity", count && amountText(count))),
      lots: [
        {
          lot: "A",
          suppliers: seats(suppliers),
          ...entry("awarded", value === undefined ? undefined : `EUR ${value}`),
          ...(!isWhole && entry("quantity", count && amountText(count))),
        },
      ],
      ...(count !== undefined &&
        grown !== undefined && {
          modifications: [
            { modification: "m", date: grown.date, quantity: amountText({ units: grown.units, unit: count.unit }) },
          ],
        }),
    }),
  );
  const suppliers = register.gone.map((succession, place) => ({
    supplier: `s${place}`,
    name: `Name ${place}`,
    ...(succession !== undefined && {
      successions: [
        {
          ...(succession.into === undefined
            ? { left: succession.date }
            : { merged: succession.date, into: `s${succession.into}` }),
          ...entry("lot", succession.lot === undefined ? undefined : `k/${succession.lot + 1}`),
        },
      ],
    }),
  }));
  return [...SOURCES.map((source) => ({ source, title: source.toUpperCase() })), ...suppliers, contract, ...callOffs]
    .map((record) => JSON.stringify(record))
    .join("\n");
};
