import fc from "fast-check";
import type { TotalRow } from "../../src/engine/total.ts";
import { type Amount, isKnown, type Money } from "../../src/model/money.ts";
import type { Register } from "../../src/records/register.ts";
import { openText } from "../open-text.ts";
import { allowedOn } from "./ceiling-model.ts";

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
  /** Those of them that were asked for; all where it is left out. */
  readonly seats?: readonly number[];
}
export interface GroupSpec {
  readonly lots: readonly string[];
  /** Over which of them it holds; all where it is left out. */
  readonly over?: readonly string[];
  readonly ceiling: Stated;
  readonly certain: boolean;
}
export interface ContractSpec {
  readonly ceiling: Stated;
  /** Over which lots it holds; all where it is left out. */
  readonly over?: readonly string[];
  readonly buyer: string | undefined;
  /** A year, a month or a day. */
  readonly awardDate: string | undefined;
  readonly lots: readonly LotSpec[];
  readonly groups?: readonly GroupSpec[];
  /** Whether it is asked for as one that has no lots. */
  readonly bare?: boolean;
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

/** Small figures, which are often limits, and groups of any lots. */
const smallFigures = fc.oneof(
  { weight: 6, arbitrary: fc.record({ cents: fc.bigInt({ min: 0n, max: 5n }), currency: fc.constant("EUR") }) },
  { weight: 1, arbitrary: fc.record({ cents: fc.bigInt({ min: 0n, max: 5n }), currency: fc.constant("USD") }) },
  { weight: 1, arbitrary: fc.constant("missing" as const) },
  { weight: 1, arbitrary: fc.constant("withheld" as const) },
);
const limitedContracts: fc.Arbitrary<ContractSpec> = contractSpecs.chain((spec) =>
  fc
    .record({
      ceiling: fc.oneof(fc.constant("missing" as const), smallFigures),
      ceilings: fc.tuple(...spec.lots.map(() => smallFigures)),
      groups: fc.array(
        fc.record({
          lots: fc.subarray(
            spec.lots.map(({ id }) => id),
            { minLength: 1 },
          ),
          ceiling: smallFigures,
          certain: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ ceiling, ceilings, groups }) => ({
      ...spec,
      ceiling,
      groups,
      lots: spec.lots.map((lot, place) => ({ ...lot, ceiling: ceilings[place] ?? "missing" })),
    })),
);
export const limitedRegisters = fc.array(limitedContracts, { maxLength: 2 });

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
    ...(spec.groups !== undefined &&
      spec.groups.length > 0 && {
        groups: spec.groups.map(({ lots, ceiling, certain }, place) => ({
          group: `g${place}`,
          lots,
          ...ceilingEntry("ceiling", ceiling),
          ...(certain ? {} : { certain: "no" }),
        })),
      }),
  });
export const open = (specs: readonly ContractSpec[], spelling: Spelling = PLAIN): Promise<Register> =>
  openText([...supplierLines(spelling), ...specs.map((spec, index) => contractLine(spec, index, spelling))].join("\n"));

/** A contract without lots is its ceiling. */
const bareOf = ({ ceiling }: ContractSpec): ReturnType<typeof allowedOn> => {
  if (typeof ceiling === "string") return { figures: new Map(), open: true };
  const figure = { low: ceiling.cents, high: ceiling.cents, range: false, nothing: false };
  return { figures: new Map([[ceiling.currency, figure]]), open: false };
};

/** The true total of some lots of each contract: in hundredths, a line a currency, with the sign of its bound. */
export const totalModel = (parts: readonly (readonly [ContractSpec, readonly LotSpec[]])[]): string[] => {
  const sums = new Map<string, { least: bigint; most: bigint; ranges: boolean }>();
  let open = false;
  for (const [contract, chosen] of parts) {
    // Nothing of it is in view; one that has no lots is asked for without any.
    if (chosen.length === 0 && (contract.lots.length > 0 || contract.bare !== true)) continue;
    const allowed = contract.bare === true ? bareOf(contract) : allowedOn(contract, chosen);
    open ||= allowed.open;
    for (const [currency, { low, high, range, nothing }] of allowed.figures) {
      if (nothing) continue;
      const sum = sums.get(currency) ?? { least: 0n, most: 0n, ranges: false };
      const ranges = sum.ranges || (range && high !== undefined && low !== high);
      sums.set(currency, { least: sum.least + low, most: sum.most + (high ?? low), ranges });
    }
  }
  const lines = [...sums].flatMap(([currency, { least, most, ranges }]) => {
    if (open) return least === 0n && most > 0n ? [] : [`≥ ${currency} ${least}`];
    const sign = least === most ? "" : ranges ? "… " : "≤ ";
    return [`${sign}${currency} ${most}`];
  });
  return lines.sort();
};

const SIGNS = { atLeast: "≥ ", atMost: "≤ ", between: "… " } as const;
const inCents = ({ bound, currency, minor }: Money): string =>
  `${bound === undefined ? "" : SIGNS[bound]}${currency} ${minor}`;
export const knownIn = (values: readonly (Amount | undefined)[]): string[] =>
  values.flatMap((value) => (value !== undefined && isKnown(value) ? [inCents(value)] : [])).sort();

/** The total that a report gave, as the model writes it. */
export const grandTotal = (rows: readonly TotalRow[]): string[] =>
  knownIn(rows.filter(({ row }) => row === "total").map(({ ceiling }) => ceiling));
