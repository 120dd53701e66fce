import type { Preference } from "../model/claim.ts";
import { compareNatural } from "../model/fold.ts";
import { flatMap, madeUnder } from "../model/lists.ts";
import { type Amount, isKnown, type Money, sumByUnit, toMinorPrecision, unitOf, zeroMoney } from "../model/money.ts";
import { MEANING } from "../query/fields.ts";
import type { SelectedLot, Selection } from "../query/selection.ts";
import { unitsOfLot } from "../query/text-values.ts";
import type { Lot } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { type Assessment, assessments } from "./assessments.ts";
import { assessOn, byMeasure, type ContractCeiling } from "./ceilings.ts";
import { partsByMeasure } from "./equal-split.ts";
import type { Ordering } from "./ordered.ts";
import { type Closing, type Column, column, hidden, type Report, reportLater, type Summary } from "./report.ts";
import { type Settled, settledFor } from "./settled.ts";
import { type Holder, type SupplierCeilings, SupplierFold } from "./supplier-ceilings.ts";
import { ceilingsIn, figureIn, REACH_COLUMNS, unitsOf } from "./suppliers.ts";
import { Tally } from "./tally.ts";
import { type Grouping, isPlainGrouping, type Keys, Partition, traitsOf } from "./total-groups.ts";
import { CallOffNotes, COUNTED_ONCE, Totals, UnheldLots } from "./totals.ts";

export interface TotalOptions {
  readonly by?: Grouping | readonly Grouping[];
  /** By supplier: divide shared ceilings equally, exact to the minor unit. */
  readonly split?: "equal";
  /** By year or quarter: the month with which years begin, 1 to 12. */
  readonly fiscalStart?: number;
  /** False where nobody looks at whose ceilings were counted: a store of notices then need not be read. */
  readonly sources?: boolean;
}

export interface TotalRow {
  readonly row: "group" | "total";
  /** The group's value of each key. Empty for the total; undefined for what has no such value. */
  readonly groups: readonly (string | undefined)[];
  readonly name: string | undefined;
  readonly lots: number;
  readonly known: number;
  /** Each ceiling counted once. By supplier, only the total has it, because suppliers' ceilings overlap. */
  readonly ceiling: Amount | undefined;
  readonly sources: readonly string[];
  readonly awarded: Amount | undefined;
  readonly ordered: Amount | undefined;
  readonly sole: Amount | undefined;
  readonly shared: Amount | undefined;
  readonly share: Amount | undefined;
}

const keyColumns = (by: Grouping, index: number): readonly Column<TotalRow>[] => {
  const group = (row: TotalRow) => row.groups[index];
  if (by === "supplier")
    return [
      hidden(column.id(by, MEANING.supplier, group, "Supplier id")),
      column.text("name", MEANING.name, "Supplier"),
    ];
  if (by === "currency") return [column.text(by, MEANING.currency, group, "Currency")];
  const { column: name = by, title, meaning, type } = traitsOf(by);
  return [column[type](name, meaning, group, title)];
};

const groupingsOf = ({ by = [] }: TotalOptions): readonly Grouping[] => (typeof by === "string" ? [by] : by);

const CEILING: Column<TotalRow> = column.money("ceiling", MEANING.ceiling);
const SHARE: Column<TotalRow> = column.money(
  "share",
  "Its part where shared ceilings are divided equally: an assumption.",
  "Equal share",
);

export const totalColumns = (options: TotalOptions): readonly Column<TotalRow>[] => {
  const by = groupingsOf(options);
  const shares = options.split === undefined ? [] : [SHARE];
  return [
    hidden(column.text("row", "group, or total for the true total: every ceiling counted once.")),
    ...flatMap(by, keyColumns),
    column.count("lots", MEANING.lots),
    hidden(column.count("known", "How many of them have a known ceiling.")),
    ...(by.includes("supplier") ? [...REACH_COLUMNS, ...shares, hidden(CEILING)] : [CEILING]),
    column.money("awarded", MEANING.awarded),
    column.money("ordered", "What is ordered, by orders and call-offs, in the row's currency."),
    hidden(column.texts("sources", MEANING.sources)),
  ];
};

/** What may be spent on the selected lots, each ceiling counted once in every grouping (T1). */
export const total = (register: Register, selection: Selection = {}, options: TotalOptions = {}): Report<TotalRow> =>
  reportLater(
    totalColumns(options),
    async () => {
      const fold = new TotalFold(options, register.preference);
      await fold.addAll(register, selection);
      return fold.finish(selection);
    },
    (row) => row.row === "total",
  );

/** One group as it is added up: ceilings, or by supplier what each supplier may reach. */
interface Group {
  readonly keys: Keys;
  readonly totals: Totals;
  readonly suppliers: SupplierFold | undefined;
  readonly byUnit: ByUnit | undefined;
}

/**
 * What a group needs by currency: how many lots have amounts in each currency, how many of these have a known ceiling
 * in it, and the lots without any amount.
 */
interface ByUnit {
  /**
   * The counts in each unit: of all lots under {@link OF_ALL} or, by supplier, of the lots that each holds under its
   * id.
   */
  readonly counts: Map<string, Map<string, LotCount>>;
  readonly without: Totals;
  readonly seatsWithout: SupplierFold;
}

const OF_ALL = "";

interface LotCount {
  lots: number;
  known: number;
}

class TotalFold {
  readonly #by: readonly Grouping[];
  readonly #partition: Partition;
  readonly #split: boolean;
  readonly #sources: boolean;
  readonly #preference: Preference;
  readonly #groups = new Map<string, Group>();
  readonly #whole: Totals;
  readonly #callOffs = new CallOffNotes();
  /** What is in no row where rows are of suppliers. */
  readonly #unheld = new UnheldLots(IN_NO_ROW);
  /** Whether lots of several groups draw on one ceiling, so that the rows do not add up to the total. */
  #overlap = false;

  constructor(options: TotalOptions, preference: Preference) {
    this.#by = groupingsOf(options);
    this.#partition = new Partition(this.#by.filter(isPlainGrouping), {
      preference,
      fiscalStart: options.fiscalStart ?? 1,
    });
    this.#split = options.split !== undefined;
    this.#sources = options.sources !== false;
    this.#preference = preference;
    this.#whole = new Totals(preference, IN_NO_ROW);
  }

  get #bySupplier(): boolean {
    return this.#by.includes("supplier");
  }

  async addAll(register: Register, selection: Selection): Promise<void> {
    const settled = await this.#settledOf(register, selection);
    if (settled !== undefined) this.#addSettled(settled);
    for await (const batch of assessments(settled?.rest ?? register, selection, this.#bySupplier ? "seat" : "lot"))
      for (const assessment of batch) this.#add(assessment);
  }

  async #settledOf(register: Register, selection: Selection): Promise<Settled | undefined> {
    if (this.#split || this.#by.length > 1 || (this.#by.length === 1 && !this.#bySupplier)) return undefined;
    return await settledFor(register, selection, { suppliers: this.#bySupplier, sources: this.#sources });
  }

  #addSettled({ whole, suppliers }: Settled): void {
    this.#whole.addSettled(whole, "whole");
    if (this.#bySupplier) this.#unheld.add(whole);
    for (const [supplier, { sums }] of suppliers) this.#groupOf([]).suppliers?.addParts(supplier, sums());
  }

  #add(assessment: Assessment): void {
    const { selected, assessed, use, unread } = assessment;
    if (!this.#callOffs.counts(assessment)) return;
    this.#whole.add(assessment);
    if (this.#bySupplier && !this.#split) {
      this.#unheld.see(selected);
      this.#whole.ordered.seeOthers(assessment);
    }
    if (this.#by.length === 0) return;
    const parts = this.#split ? partsByMeasure(assessed) : undefined;
    const groups: ContractCeiling[] = [];
    for (const { keys, lots } of this.#partition.of(selected)) {
      const { totals, suppliers, byUnit } = this.#groupOf(keys);
      const whole = lots.length === selected.lots.length && lots.every((lot, place) => lot === selected.lots[place]);
      const part = whole ? assessed : assessOn(assessed, { ...selected, lots }, this.#preference);
      const ordering = { use, unread, selected: { ...selected, lots } };
      groups.push(part);
      if (suppliers !== undefined) suppliers.add(part, ordering, parts);
      else totals.add({ assessed: part, ...ordering });
      if (byUnit !== undefined) this.#countByUnit(byUnit, { assessed: part, ...ordering }, parts);
    }
    this.#overlap ||=
      !this.#bySupplier && byMeasure(assessed).some(({ limits }) => limits !== undefined) && !addUp(groups, assessed);
  }

  #countByUnit(
    { counts, without, seatsWithout }: ByUnit,
    ordering: Ordering & Pick<Assessment, "assessed" | "selected">,
    parts: ReturnType<typeof partsByMeasure> | undefined,
  ): void {
    const { assessed: part, selected } = ordering;
    const holdersOf = ({ matching }: SelectedLot) =>
      this.#bySupplier ? Array.from(new Set(matching), ({ id }) => id) : [OF_ALL];
    const known = byMeasure(part).map(({ ceilings }) =>
      ceilings.map(({ amount }) => isKnown(amount) && unitOf(amount)),
    );
    const unitless = new Set<Lot>();
    for (const [index, { selected: own }] of part.ceilings.entries()) {
      const units = unitsOfLot(own.lot, part.contract, this.#preference);
      if (units.size === 0) unitless.add(own.lot);
      for (const unit of units) {
        for (const holder of holdersOf(own)) {
          const ofHolder = madeUnder(counts, holder, () => new Map<string, LotCount>());
          const count = madeUnder(ofHolder, unit, () => ({ lots: 0, known: 0 }));
          count.lots++;
          if (known.some((ofLots) => ofLots[index] === unit)) count.known++;
        }
      }
    }
    if (unitless.size === 0) return;
    const rest = { ...selected, lots: selected.lots.filter(({ lot }) => unitless.has(lot)) };
    const assessed = assessOn(part, rest, this.#preference);
    if (this.#bySupplier) seatsWithout.add(assessed, undefined, parts);
    else without.add({ ...ordering, assessed, selected: rest });
  }

  #groupOf(keys: Keys): Group {
    return madeUnder(this.#groups, JSON.stringify(keys), () => ({
      keys,
      totals: new Totals(this.#preference),
      suppliers: this.#bySupplier ? new SupplierFold(this.#preference) : undefined,
      byUnit: this.#by.includes("currency") ? this.#newByUnit() : undefined,
    }));
  }

  #newByUnit(): ByUnit {
    const without = new Totals(this.#preference);
    return { counts: new Map(), without, seatsWithout: new SupplierFold(this.#preference) };
  }

  finish(selection: Selection): { rows: readonly TotalRow[]; closing: Closing } {
    const rows = flatMap([...this.#groups.values()], (group) => this.#rowsOf(group)).sort(this.#compareRows);
    const whole = { keys: [], totals: this.#whole, byUnit: undefined };
    const totals = this.#whole.ceilings.isEmpty ? [] : this.#totalRows(whole, "total");
    const overlap = this.#overlap && !this.#partition.repeats ? [OVERLAP_NOTE] : [];
    const awarded = this.#awardsAddUp ? [] : [AWARDED_NOTE];
    const ofGroups = { notes: () => [...overlap, ...awarded, ...this.#unheld.notes(), ...this.#partition.notes()] };
    const { summaries, notes } = this.#whole.closing(selection, ofGroups, this.#callOffs);
    if (!this.#split) {
      const remark = this.#bySupplier ? "shared ceilings counted once; the rows above repeat them" : COUNTED_ONCE;
      return { rows: [...rows, ...totals], closing: { summaries: withTotal(summaries, { remark }), notes } };
    }
    const folds = flatMap([...this.#groups.values()], ({ suppliers }) => suppliers ?? []);
    const leavesOut = folds.some((fold) => fold.leavesOut);
    const amounts = (leavesOut ? sharesIn(folds) : this.#whole.ceilings.totals()).map(toMinorPrecision);
    const remark = "shared ceilings counted once, here divided equally: an assumption";
    return {
      rows: [...rows, ...totals.map((row, index) => ({ ...row, share: amounts[index] ?? row.ceiling }))],
      closing: {
        summaries: withTotal(summaries, { column: "share", amounts, remark }),
        notes: leavesOut ? [...notes, LEFT_OUT_NOTE] : notes,
      },
    };
  }

  /**
   * Whether the awards of the rows add up to those of the whole. Rows of suppliers are not checked: see `shares.ts`.
   */
  get #awardsAddUp(): boolean {
    if (this.#by.length === 0 || this.#bySupplier || this.#partition.repeats) return true;
    const ofRows = flatMap([...this.#groups.values()], ({ totals }) => totals.awarded.tally.totals());
    const sums = new Map(sumByUnit(ofRows).map((sum) => [unitOf(sum), sum.minor]));
    return this.#whole.awarded.tally.totals().every((total) => sums.get(unitOf(total)) === total.minor);
  }

  #rowsOf(group: Group): TotalRow[] {
    const { keys, suppliers, byUnit } = group;
    if (suppliers === undefined) return this.#totalRows(group, "group");
    const { unheld } = suppliers;
    const without = new Map(byUnit?.seatsWithout.holders().map(({ id, figures }) => [id, figures]));
    return [
      ...flatMap(suppliers.holders(), ({ figures, ...holder }) => {
        const rest = without.get(holder.id);
        return [
          ...this.#supplierRows(keys, holder, figures, byUnit && countsOf(byUnit, holder.id)),
          ...(rest === undefined || rest.lots === figures.lots ? [] : this.#supplierRows(keys, holder, rest)),
        ];
      }),
      ...(unheld === undefined ? [] : this.#supplierRows(keys, undefined, unheld)),
    ];
  }

  #totalRows({ keys, totals, byUnit }: Omit<Group, "suppliers">, row: "group" | "total"): TotalRow[] {
    const counts = byUnit && countsOf(byUnit, OF_ALL);
    const units = unitsWith(totals.units, counts);
    const rowIn = ({ ceilings, awarded, ordered }: Totals, unit: string | undefined): TotalRow => ({
      row,
      groups: row === "total" ? [] : this.#keysWith(keys, undefined, unit),
      name: undefined,
      ...lotsIn(unit, ceilings, counts),
      ceiling: ceilingIn(ceilings, unit),
      sources: ceilings.sources.ids(this.#preference, unit),
      awarded: awarded.totalIn(unit),
      ordered: ordered.totalIn(unit),
      sole: undefined,
      shared: undefined,
      share: undefined,
    });
    const rows = (units.length > 0 ? units : this.#usualUnit(totals.ceilings)).map((unit) => rowIn(totals, unit));
    // Lots without an amount in any currency have a row of their own.
    if (byUnit !== undefined && units.length > 0 && byUnit.without.ceilings.lots > 0)
      rows.push(rowIn(byUnit.without, undefined));
    return rows;
  }

  /** The unit for what is certainly nothing: that of all other ceilings, if they have only one. */
  #usualUnit(tally: Tally): readonly (string | undefined)[] {
    return [tally.isNothing ? this.#whole.ceilings.onlyUnit : undefined];
  }

  #supplierRows(
    keys: Keys,
    holder: Omit<Holder, "figures"> | undefined,
    figures: SupplierCeilings,
    counts?: UnitCounts,
  ): TotalRow[] {
    const isDivided = (unit: string | undefined) => this.#split && (unit !== undefined || !figures.isNothing);
    return unitsWith(unitsOf(figures, this.#whole.ceilings.onlyUnit), counts).map((unit) => {
      const { sole, shared } = ceilingsIn(figures, unit);
      return {
        row: "group",
        groups: this.#keysWith(keys, holder?.id, unit),
        name: holder === undefined ? "(no supplier)" : holder.name,
        ...lotsIn(unit, figures, counts),
        ceiling: undefined,
        sources: figures.sources.ids(this.#preference, unit),
        awarded: figures.awardedIn(unit),
        ordered: figures.orderedIn(unit),
        sole,
        shared,
        share: isDivided(unit) ? figureIn(figures.share, unit, figures) : undefined,
      };
    });
  }

  /** The keys in the order that was asked for, with the supplier and the unit, which only a row has. */
  #keysWith(keys: Keys, supplier: string | undefined, unit: string | undefined): Keys {
    const rest = [...keys];
    return this.#by.map((key) => (key === "supplier" ? supplier : key === "currency" ? unit : rest.shift()));
  }

  /** Compares rows by each key in turn, suppliers by name. What has no value comes last. */
  readonly #compareRows = (a: TotalRow, b: TotalRow): number => {
    for (let index = 0; index < this.#by.length; index++) {
      const byName = this.#by[index] === "supplier" ? compareNatural(a.name ?? "", b.name ?? "") : 0;
      const order = compareGroups(a.groups[index], b.groups[index], byName);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** The lines below the table, with other words for the first, the total of the ceilings. */
const withTotal = ([total, ...beside]: readonly Summary[], words: Partial<Summary>): readonly Summary[] =>
  total === undefined ? beside : [{ ...total, ...words }, ...beside];

/** How many lots a row covers: by currency those with amounts in its own, otherwise all of the group. */
const lotsIn = (unit: string | undefined, { lots, known }: LotCount, counts: UnitCounts | undefined): LotCount =>
  counts === undefined || unit === undefined ? { lots, known } : (counts.get(unit) ?? { lots: 0, known: 0 });

type UnitCounts = ReadonlyMap<string, LotCount>;

const countsOf = ({ counts }: ByUnit, holder: string): UnitCounts => counts.get(holder) ?? new Map();

/** The units of figures, and those in which anything is stated. */
const unitsWith = (
  units: readonly (string | undefined)[],
  counts: UnitCounts = new Map(),
): readonly (string | undefined)[] => {
  const all = new Set([...units, ...counts.keys()]);
  if (counts.size > 0) all.delete(undefined);
  return [...all];
};

/** What a group may cost in one unit. Undefined in a unit that only other figures have. */
const ceilingIn = (tally: Tally, unit: string | undefined): Amount | undefined => {
  if (tally.isNothing) return unit === undefined ? undefined : zeroMoney(unit);
  return unit === undefined || tally.units.length === 0 || tally.units.includes(unit) ? tally.totalIn(unit) : undefined;
};

const compareGroups = (a: string | undefined, b: string | undefined, byName: number): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return byName || compareNatural(a, b);
};

/** Whether the figures of parts of a contract add up to that of the whole. */
const addUp = (parts: readonly ContractCeiling[], whole: ContractCeiling): boolean => {
  if (parts.length === 1) return true;
  return (["usable", "floor"] as const).every((end) => {
    const amountsOf = (one: ContractCeiling) => flatMap(byMeasure(one), (measured) => measured[end]);
    const sums = sumByUnit(flatMap(parts, amountsOf));
    return amountsOf(whole).every((money) =>
      sums.some((sum) => unitOf(sum) === unitOf(money) && sum.minor === money.minor),
    );
  });
};

/** What all shares come to: less than the total, where suppliers that share in it were not asked for. */
const sharesIn = (folds: readonly SupplierFold[]): readonly Money[] => {
  const sum = new Tally();
  for (const fold of folds) {
    for (const { figures } of fold.holders()) sum.addTally(figures.share);
    if (fold.unheld !== undefined) sum.addTally(fold.unheld.share);
  }
  return sum.totals();
};

const IN_NO_ROW = "in the total, and in no row";
const LEFT_OUT_NOTE = "The shares of suppliers that were not asked for are left out.";
const AWARDED_NOTE =
  "Some awards are of several rows, or of a whole contract: those of the rows do not add up to the total.";
const OVERLAP_NOTE = "Some rows share a ceiling: they do not add up to the total.";
