import { type PeriodName, periodsOf } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { flatMap, groupedBy } from "../model/lists.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { formatQuantity, type Quantity } from "../model/quantity.ts";
import { Coverage } from "../query/coverage.ts";
import { MEANING } from "../query/fields.ts";
import type { SelectedContract, SelectedLot } from "../query/selection.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { isText } from "../records/kinds.ts";
import { type Lot, lotCodec, sizeHere } from "../records/lot.ts";
import { saidIn } from "../records/record.ts";
import type { Supplier } from "../records/supplier.ts";
import { lotRef } from "./views.ts";

export const GROUPINGS = [
  "contract",
  "lot",
  "supplier",
  "buyer",
  "country",
  "service",
  "deployment",
  "nature",
  "procedure",
  "directAward",
  "regime",
  "offers",
  "kind",
  "size",
  "tag",
  "currency",
  "year",
  "quarter",
  "month",
  "cpv",
  "cpv:2",
  "cpv:3",
  "cpv:4",
  "cpv:5",
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/**
 * The keys that lots and contracts have. Suppliers are added up by seats, and currencies are told apart in any case.
 */
type PlainGrouping = Exclude<Grouping, "supplier" | "currency">;

export const isPlainGrouping = (by: Grouping): by is PlainGrouping => by !== "supplier" && by !== "currency";

/** What a key is taken from: a contract and one of its lots, which is undefined where the contract has none. */
interface Part {
  readonly contract: Contract;
  readonly lot: Lot | undefined;
  readonly suppliers: readonly Supplier[];
}

interface KeyContext {
  readonly preference: Preference;
  readonly fiscalStart: number;
}

type OfSeat = (supplier: Supplier, preference: Preference, lot: Lot) => string | undefined;

interface GroupingTraits {
  readonly column?: string;
  readonly title: string;
  readonly meaning: string;
  readonly type: "id" | "text";
  /** In words, what lots state or leave open: `their offers`. Undefined where all lots have a value. */
  readonly stated?: string;
  /** The value of a seat, for a key by which seats of one lot differ. */
  readonly ofSupplier?: OfSeat;
  /** The values, most often one: a contract with several tags belongs to each of them. */
  readonly keysOf: (part: Part, context: KeyContext) => readonly (string | undefined)[];
}

const CPV_MEANING =
  "The main code of the Common Procurement Vocabulary of the lot, else of its contract; with cpv:2 its division, with cpv:5 its category.";

const cpv = (digits: number): GroupingTraits => ({
  column: "cpv",
  title: "CPV",
  meaning: CPV_MEANING,
  type: "id",
  stated: "their CPV code",
  keysOf: ({ contract, lot }, { preference }) => {
    const [code] = (lot && preference.value(lot.cpv)) ?? preference.value(contract.cpv) ?? [];
    return [code?.slice(0, digits).padEnd(8, "0")];
  },
});

const period = (name: PeriodName, title: string, meaning: string): GroupingTraits => ({
  title,
  meaning,
  type: "text",
  stated: `the ${name} of their award`,
  keysOf: ({ contract }, { preference, fiscalStart }) => [
    periodOf(preference.value(contract.awardDate), name, fiscalStart),
  ],
});

/** The period of a date. Undefined where the date is not known precisely enough to tell. */
const periodOf = (date: PartialDate | undefined, name: PeriodName, start: number): string | undefined => {
  const [only, ...others] = date === undefined ? [] : periodsOf(date, name, start);
  return others.length === 0 ? only : undefined;
};

/** A key of suppliers. A lot is divided by the values of its seats. */
const ofSuppliers = (value: OfSeat): Pick<GroupingTraits, "ofSupplier" | "keysOf"> => ({
  ofSupplier: value,
  keysOf: ({ lot, suppliers: [first] }, { preference }) => [first && lot && value(first, preference, lot)],
});

const keysIn = (stated: unknown): readonly (string | undefined)[] => {
  const texts = Array.isArray(stated) ? stated.filter(isText) : isText(stated) ? [stated] : [];
  return texts.length === 0 ? [undefined] : [...new Set(texts)];
};

/** A key that is a column of the table of contracts or of lots. `stated` says in words what lots state. */
const field = (of: "contract" | "lot", name: string, stated: string): GroupingTraits => {
  const found = TABLES[of].find((one) => one.name === name);
  if (found?.column === undefined) throw new TypeError(`no column ${name}`);
  const { says, meaning = says, column } = found;
  return {
    column: name,
    title: column.title,
    meaning,
    type: "text",
    stated,
    keysOf: (part, { preference }) => {
      const record = part[of];
      return keysIn(record && saidIn(found, record, preference));
    },
  };
};

const TABLES = { contract: contractCodec.fields, lot: lotCodec.fields };

const offersOf = (quantity: Quantity | undefined): readonly (string | undefined)[] => [
  quantity && formatQuantity(quantity),
];

/** Each key with its column, and how a lot or a contract has it. */
const TRAITS: Readonly<Record<PlainGrouping, GroupingTraits>> = {
  contract: {
    title: "Contract",
    meaning: MEANING.contract,
    type: "id",
    keysOf: ({ contract }) => [contract.id],
  },
  lot: {
    title: "Lot",
    meaning: MEANING.lot,
    type: "id",
    keysOf: ({ contract, lot }) => [lot && lotRef(contract, lot)],
  },
  buyer: field("contract", "buyer", "their buyer"),
  country: field("contract", "buyerCountry", "the country of their buyer"),
  service: field("lot", "service", "their service"),
  deployment: field("lot", "deployment", "their deployment"),
  nature: field("contract", "nature", "what is bought"),
  procedure: field("contract", "procedureType", "the kind of their procedure"),
  directAward: field("contract", "directAward", "why there was no call"),
  regime: field("contract", "regime", "their regime"),
  offers: {
    title: "Offers",
    meaning: "How many offers came in for the lot.",
    type: "text",
    stated: "their offers",
    keysOf: ({ contract, lot }, { preference }) =>
      offersOf(preference.value(lot === undefined ? contract.offers : lot.offers)),
  },
  kind: {
    title: "Kind",
    meaning: MEANING.kind,
    type: "text",
    ...ofSuppliers(({ kind }) => kind),
  },
  size: {
    title: "Size",
    meaning: "How large the supplier is: micro, small, medium, SME (one of these three) or large.",
    type: "text",
    stated: "how large the supplier is",
    ...ofSuppliers((supplier, preference, lot) => sizeHere(supplier, lot, preference)),
  },
  tag: {
    title: "Tag",
    meaning: "A word that the register tags the contract with.",
    type: "text",
    keysOf: ({ contract }) => keysIn(contract.tags),
  },
  year: period("year", "Year", "The year in which the contract was awarded."),
  quarter: period("quarter", "Quarter", "The quarter in which the contract was awarded: 2024-Q2."),
  month: period("month", "Month", "The month in which the contract was awarded: 2024-05."),
  cpv: cpv(8),
  "cpv:2": cpv(2),
  "cpv:3": cpv(3),
  "cpv:4": cpv(4),
  "cpv:5": cpv(5),
};

export const traitsOf = (by: PlainGrouping): GroupingTraits => TRAITS[by];

export type Keys = readonly (string | undefined)[];

/** The lots of a contract that have the same value of each key. */
interface KeyedLots {
  readonly keys: Keys;
  readonly lots: readonly SelectedLot[];
}

/** Divides contracts by keys, and counts how much of the data states them. */
export class Partition {
  readonly #by: readonly PlainGrouping[];
  readonly #context: KeyContext;
  readonly #coverage: readonly { readonly traits: GroupingTraits; readonly coverage: Coverage }[];
  /** Whether some lot has several values of a key, and so stands in several groups. */
  repeats = false;

  constructor(by: readonly PlainGrouping[], context: KeyContext) {
    this.#by = by;
    this.#context = context;
    this.#coverage = flatMap(by, (key) => {
      const traits = TRAITS[key];
      const { stated, ofSupplier } = traits;
      const coverage =
        stated === undefined ? undefined : new Coverage(stated, ofSupplier === undefined ? "lot" : "seat");
      return coverage === undefined ? [] : [{ traits, coverage }];
    });
  }

  of({ contract, lots }: SelectedContract): Iterable<KeyedLots> {
    if (this.#by.length === 0) return [{ keys: [], lots }];
    if (lots.length === 0) {
      const part = { contract, lot: undefined, suppliers: [] };
      this.#count(part);
      return this.#keysOf(part).map((keys) => ({ keys, lots }));
    }
    const parts = new Map<string, { keys: Keys; lots: SelectedLot[] }>();
    const add = (keys: Keys, lot: SelectedLot): void => {
      const id = JSON.stringify(keys);
      const part = parts.get(id);
      if (part === undefined) parts.set(id, { keys, lots: [lot] });
      else part.lots.push(lot);
    };
    for (const lot of lots) {
      this.#count({ contract, lot: lot.lot, suppliers: lot.matching });
      const divided = this.#seatsOf(lot);
      this.repeats ||= divided.length > 1;
      for (const seats of divided)
        for (const keys of this.#keysOf({ contract, lot: lot.lot, suppliers: seats.matching })) add(keys, seats);
    }
    return parts.values();
  }

  /**
   * The lot with all its seats or, where its seats differ in a key, once for each value with the seats of that value.
   */
  #seatsOf(lot: SelectedLot): readonly SelectedLot[] {
    const { preference } = this.#context;
    return this.#by.reduce<readonly SelectedLot[]>(
      (found, key) => {
        const { ofSupplier } = TRAITS[key];
        return ofSupplier === undefined
          ? found
          : flatMap(found, (seats) => dividedBy(seats, (supplier) => ofSupplier(supplier, preference, seats.lot)));
      },
      [lot],
    );
  }

  /** The keys of a part: one list of keys for each combination, where keys have several values. */
  #keysOf(part: Part): readonly Keys[] {
    const all = this.#by.map((key) => TRAITS[key].keysOf(part, this.#context));
    this.repeats ||= all.some(({ length }) => length > 1);
    return all.reduce<readonly Keys[]>(
      (found, values) => flatMap(found, (keys) => values.map((value) => [...keys, value])),
      [[]],
    );
  }

  #count(part: Part): void {
    for (const { traits, coverage } of this.#coverage) {
      const { ofSupplier, keysOf } = traits;
      if (ofSupplier === undefined)
        coverage.add(!keysOf(part, this.#context).includes(undefined), part.lot !== undefined);
      else
        for (const supplier of part.suppliers)
          coverage.add(
            part.lot !== undefined && ofSupplier(supplier, this.#context.preference, part.lot) !== undefined,
          );
    }
  }

  notes(): readonly string[] {
    return [...(this.repeats ? [REPEAT_NOTE] : []), ...flatMap(this.#coverage, ({ coverage }) => coverage.notes())];
  }
}

const dividedBy = (lot: SelectedLot, value: (supplier: Supplier) => string | undefined): readonly SelectedLot[] => {
  const byValue = groupedBy(lot.matching, value);
  return byValue.size < 2 ? [lot] : Array.from(byValue.values(), (matching) => ({ ...lot, matching }));
};

const REPEAT_NOTE = "Lots with several values stand in a row for each: the rows do not add up to the total.";
