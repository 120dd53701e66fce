import fc from "fast-check";
import type { TotalRow } from "../../src/engine/total.ts";
import { type Amount, isKnown, type Money } from "../../src/model/money.ts";
import type { Register } from "../../src/records/register.ts";
import { openText } from "../open-text.ts";

/** Registers at random, written in lines of JSON, and a model of their totals that shares nothing with the program. */

/** A ceiling as a random register states it: hundredths of a currency, or a word. */
export type Stated = { readonly cents: bigint; readonly currency: string } | "missing" | "withheld";

export interface LotSpec {
  readonly id: string;
  readonly ceiling: Stated;
  readonly perSupplier: boolean;
  readonly service: string | undefined;
  readonly deployment: string | undefined;
  /** Places in the list of suppliers, each once. */
  readonly holders: readonly number[];
}
export interface ContractSpec {
  readonly ceiling: Stated;
  readonly buyer: string | undefined;
  /** A year, a month or a day. */
  readonly awardDate: string | undefined;
  readonly lots: readonly LotSpec[];
}

export const SUPPLIERS = 5;
/** The one supplier of them that is a grouping, and its member. */
export const GROUPING = 4;
export const MEMBER = "Łódź Software";
export const nameOf = (supplier: number): string => `Name ${supplier}`;

const amounts = fc.record({
  cents: fc.oneof(fc.bigInt({ min: 0n, max: 30n }), fc.bigInt({ min: 0n, max: 10n ** 12n })),
  currency: fc.constantFrom("EUR", "EUR", "EUR", "USD"),
});
const stated = fc.oneof(
  { weight: 6, arbitrary: amounts },
  { weight: 1, arbitrary: fc.constant("missing" as const) },
  { weight: 1, arbitrary: fc.constant("withheld" as const) },
);
const word = (...words: string[]) => fc.constantFrom(undefined, ...words);
const lotSpecs: fc.Arbitrary<Omit<LotSpec, "id">> = fc.record({
  ceiling: stated,
  perSupplier: fc.boolean(),
  service: word("IaaS", "PaaS"),
  deployment: word("public"),
  holders: fc.uniqueArray(fc.nat(SUPPLIERS - 1), { maxLength: SUPPLIERS }),
});
export const contractSpecs: fc.Arbitrary<ContractSpec> = fc.record({
  ceiling: fc.oneof(fc.constant("missing" as const), stated),
  buyer: word("City", "State"),
  awardDate: word("2015", "2016", "2015-12", "2016-02", "2015-12-18", "2016-02-29"),
  lots: fc
    .array(lotSpecs, { minLength: 1, maxLength: 4 })
    .map((specs) => specs.map((spec, place): LotSpec => ({ ...spec, id: String(place + 1) }))),
});
export const registers = fc.array(contractSpecs, { maxLength: 4 });

const textOf = (ceiling: Exclude<Stated, "missing">): string => {
  if (ceiling === "withheld") return ceiling;
  const digits = ceiling.cents.toString().padStart(3, "0");
  return `${ceiling.currency} ${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const entry = (key: string, value: string | undefined) => (value === undefined ? {} : { [key]: value });
const ceilingEntry = (key: string, ceiling: Stated) => (ceiling === "missing" ? {} : { [key]: textOf(ceiling) });

export interface Spelling {
  readonly contract: (index: number) => string;
  readonly supplier: (index: number) => string;
  /** How the holders of a lot are listed. */
  readonly holders: (holders: readonly number[]) => readonly string[];
}
export const PLAIN: Spelling = {
  contract: (index) => `c${index}`,
  supplier: (index) => `s${index}`,
  holders: (holders) => holders.map((index) => `s${index}`),
};

export const supplierLines = ({ supplier }: Spelling): string[] =>
  Array.from({ length: SUPPLIERS }, (_, index) =>
    JSON.stringify({
      supplier: supplier(index),
      name: nameOf(index),
      aliases: [`Alias ${index}`],
      ...(index === GROUPING ? { members: [{ name: MEMBER, country: "PL" }] } : {}),
    }),
  );
export const contractLine = (spec: ContractSpec, index: number, { contract, holders }: Spelling = PLAIN): string =>
  JSON.stringify({
    contract: contract(index),
    ...ceilingEntry("ceiling", spec.ceiling),
    ...entry("buyer", spec.buyer),
    ...entry("awardDate", spec.awardDate),
    lots: spec.lots.map((lot) => ({
      lot: lot.id,
      ...ceilingEntry(lot.perSupplier ? "ceilingPerSupplier" : "ceiling", lot.ceiling),
      ...entry("service", lot.service),
      ...entry("deployment", lot.deployment),
      suppliers: holders(lot.holders),
    })),
  });
export const open = (specs: readonly ContractSpec[], spelling: Spelling = PLAIN): Promise<Register> =>
  openText([...supplierLines(spelling), ...specs.map((spec, index) => contractLine(spec, index, spelling))].join("\n"));

/** What the true total may be, in one currency: `high` is undefined where nothing bounds it. */
interface Range {
  low: bigint;
  high: bigint | undefined;
}
type Ranges = Map<string, Range>;

/** The model: each lot's ceiling once, all of a contract's lots within its own ceiling. */
const usable = (contract: ContractSpec, chosen: readonly LotSpec[]): Ranges => {
  const ranges: Ranges = new Map();
  let unknown = 0;
  for (const { ceiling, perSupplier, holders } of chosen) {
    if (typeof ceiling === "string") {
      unknown++;
      continue;
    }
    const cents = perSupplier ? ceiling.cents * BigInt(holders.length) : ceiling.cents;
    const range = ranges.get(ceiling.currency) ?? { low: 0n, high: 0n };
    ranges.set(ceiling.currency, { low: range.low + cents, high: range.low + cents });
  }
  const cap = contract.ceiling;
  const comparable = typeof cap === "object" && (ranges.size === 0 || (ranges.size === 1 && ranges.has(cap.currency)));
  if (!comparable) {
    if (unknown > 0) for (const range of ranges.values()) range.high = undefined;
    return ranges;
  }
  const sum = ranges.get(cap.currency)?.low ?? 0n;
  const least = sum < cap.cents ? sum : cap.cents;
  const high = unknown === 0 ? least : cap.cents;
  // All its lots together may use up the contract, whatever the parts that are unknown.
  const low = unknown > 0 && chosen.length === contract.lots.length ? cap.cents : least;
  return new Map([[cap.currency, { low, high }]]);
};

/** The true total of some lots of each contract: in hundredths, a line a currency, with the sign of its bound. */
export const totalModel = (parts: readonly (readonly [ContractSpec, readonly LotSpec[]])[]): string[] => {
  const sums: Ranges = new Map();
  let unbounded = false;
  for (const [contract, chosen] of parts) {
    if (chosen.length === 0) continue;
    const ranges = usable(contract, chosen);
    if (ranges.size === 0) unbounded = true;
    for (const [currency, { low, high }] of ranges) {
      if (high === undefined) unbounded = true;
      const sum = sums.get(currency) ?? { low: 0n, high: 0n };
      sums.set(currency, { low: sum.low + low, high: (sum.high ?? 0n) + (high ?? 0n) });
    }
  }
  const loose = [...sums.values()].some(({ low, high }) => low !== high);
  return [...sums]
    .map(([currency, { low, high }]) =>
      unbounded ? `≥ ${currency} ${low}` : `${loose ? "≤ " : ""}${currency} ${high}`,
    )
    .sort();
};

const SIGNS = { atLeast: "≥ ", atMost: "≤ ", between: "… " } as const;
const inCents = ({ bound, currency, minor }: Money): string =>
  `${bound === undefined ? "" : SIGNS[bound]}${currency} ${minor}`;
export const knownIn = (values: readonly (Amount | undefined)[]): string[] =>
  values.flatMap((value) => (value !== undefined && isKnown(value) ? [inCents(value)] : [])).sort();

/** The total that a report gave, as the model writes it. */
export const grandTotal = (rows: readonly TotalRow[]): string[] =>
  knownIn(rows.filter(({ row }) => row === "total").map(({ ceiling }) => ceiling));
