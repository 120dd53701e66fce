import type { Preference } from "../model/claim.ts";
import { compareNatural } from "../model/fold.ts";
import { addAll, flatMap } from "../model/lists.ts";
import { type Amount, isQuantity, type Money, unitOf, zeroLike, zeroMoney } from "../model/money.ts";
import { once } from "../model/once.ts";
import type { Sums } from "../model/sums.ts";
import { MEANING } from "../query/fields.ts";
import type { Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { COMPANY_SIZES, type Supplier } from "../records/supplier.ts";
import { assessments, heldPart } from "./assessments.ts";
import { type Column, column, hidden, overlapping, type Report, reportLater } from "./report.ts";
import { namesOfAll, sizesOfAll } from "./said-of-seats.ts";
import { type SettledSupplier, settledFor } from "./settled.ts";
import { SupplierCeilings, SupplierFold } from "./supplier-ceilings.ts";
import type { Tally } from "./tally.ts";
import { CallOffNotes, Totals, UnheldLots } from "./totals.ts";
import { organisationsOf } from "./views.ts";

/** One supplier. Where it holds lots in several currencies, it has one row for each. */
export interface SupplierRow {
  readonly supplier: string;
  readonly name: string;
  readonly kind: string;
  /** Where notices say several sizes, all of them. */
  readonly size: string | undefined;
  readonly aliases: readonly string[];
  readonly organisations: readonly string[];
  readonly lots: number;
  /** Ceilings of lots that it holds alone. */
  readonly sole: Amount | undefined;
  /** Ceilings of lots that it shares: what it could reach at most. */
  readonly shared: Amount | undefined;
  readonly awarded: Amount | undefined;
  readonly ordered: Amount | undefined;
  readonly sources: readonly string[];
}

/** What a supplier may reach, alone and with others. */
export const REACH_COLUMNS: readonly Column<Pick<SupplierRow, "sole" | "shared">>[] = [
  column.money("sole", "Ceilings of the lots that it holds alone."),
  overlapping(column.money("shared", "Ceilings of the lots that it shares with others: what it could reach at most.")),
];

export const SUPPLIER_COLUMNS: readonly Column<SupplierRow>[] = [
  hidden(column.id("supplier", MEANING.supplier, "Id")),
  column.text("name", MEANING.name, "Supplier"),
  column.text("kind", MEANING.kind),
  hidden(column.text("size", `How large a supplier is: ${COMPANY_SIZES.join(", ")}.`)),
  hidden(column.texts("aliases", MEANING.aliases)),
  hidden(column.texts("organisations", MEANING.organisations)),
  column.count("lots", MEANING.lots),
  ...REACH_COLUMNS,
  column.money("awarded", MEANING.awarded),
  column.money("ordered", "What is ordered from it, by orders and call-offs, in the row's currency."),
  hidden(column.texts("sources", MEANING.sources)),
];

const ceilingUnits = ({ tallies }: SupplierCeilings): readonly string[] => flatMap(tallies, (tally) => tally.units);

/**
 * The units of a supplier's figures, with net and gross apart. A single undefined unit where no figure is known. What
 * is certainly nothing is given in `usual`, the unit of all others' ceilings.
 */
export const unitsOf = (figures: SupplierCeilings, usual?: string): readonly (string | undefined)[] => {
  const units = [...new Set([...ceilingUnits(figures), ...figures.otherUnits])];
  if (units.length > 0) return units.sort();
  return [figures.isNothing ? usual : undefined];
};

/**
 * What a supplier may reach in one unit, alone and with others. Undefined in a unit that only its other figures have,
 * and without a unit where all that it holds came to nothing.
 */
export const ceilingsIn = (
  figures: SupplierCeilings,
  unit: string | undefined,
): Pick<SupplierRow, "sole" | "shared"> => {
  const units = ceilingUnits(figures);
  if (unit === undefined ? figures.isNothing : units.length > 0 && !units.includes(unit))
    return { sole: undefined, shared: undefined };
  return { sole: figureIn(figures.sole, unit, figures), shared: figureIn(figures.shared, unit, figures) };
};

/** A figure in one unit. A supplier that holds no such lot has a known zero, not a missing figure (T8). */
export const figureIn = (tally: Tally, unit: string | undefined, figures: SupplierCeilings): Amount => {
  const { isOpen } = unit !== undefined && isQuantity({ currency: unit }) ? tally.quantities : tally;
  if (!isOpen && unit !== undefined && !tally.units.includes(unit)) return zeroOf(unit, figures);
  return tally.totalIn(unit);
};

/** Zero in a unit, under the name that the supplier's other figures give the unit. */
const zeroOf = (unit: string, { tallies }: SupplierCeilings): Money => {
  if (!isQuantity({ currency: unit })) return zeroMoney(unit);
  const alike = flatMap(tallies, (tally) => tally.totals()).find((money) => unitOf(money) === unit);
  return alike === undefined ? zeroMoney(unit) : zeroLike(alike);
};

/** What rows are made of. `figures` is a function, because nobody looks at the figures of most suppliers. */
interface Held {
  readonly lots: number;
  readonly units: readonly (string | undefined)[];
  readonly said: Sums;
  readonly figures: () => SupplierCeilings;
}

const heldBy = (figures: SupplierCeilings, usual: string | undefined): Held => ({
  lots: figures.lots,
  units: unitsOf(figures, usual),
  said: figures.said,
  figures: () => figures,
});

/**
 * The same for a store's figures of a supplier. Undefined where they consist of several that must first be added up.
 */
const heldLater = ({ known, sums }: SettledSupplier, usual: string | undefined): Held | undefined => {
  if (known === undefined) return undefined;
  const figures = once(() => {
    const own = new SupplierCeilings();
    own.addParts(sums());
    return own;
  });
  const units = known.units.length > 0 ? known.units : unitsOf(figures(), usual);
  return { lots: known.lots, units, said: known.said, figures };
};

const rowsOf = (supplier: Supplier, { lots, units, said, figures }: Held, preference: Preference): SupplierRow[] => {
  const [name, ...others] = namesOfAll(supplier, lots, said, preference);
  return units.map((unit) => {
    const reach = once(() => ceilingsIn(figures(), unit));
    return {
      supplier: supplier.id,
      name,
      kind: supplier.kind,
      get size() {
        return sizesOfAll(supplier, lots, said, preference);
      },
      get aliases() {
        return [...new Set([...others, ...supplier.aliases])].filter((other) => other !== name);
      },
      get organisations() {
        return organisationsOf(supplier, preference, name);
      },
      lots,
      get sole() {
        return reach().sole;
      },
      get shared() {
        return reach().shared;
      },
      get awarded() {
        return figures().awardedIn(unit);
      },
      get ordered() {
        return figures().orderedIn(unit);
      },
      get sources() {
        return figures().sources.ids(preference, unit);
      },
    };
  });
};

/**
 * The rows of suppliers, from what was read and from what a store keeps. A supplier may be in one of these or in both.
 */
const rowsOfAll = (
  fold: SupplierFold,
  settled: Iterable<readonly [Supplier, SettledSupplier]>,
  usual: string | undefined,
  preference: Preference,
): SupplierRow[] => {
  const rows: SupplierRow[] = [];
  const read = new Set(fold.suppliers.keys());
  for (const [supplier, figures] of settled) {
    const later = read.has(supplier) ? undefined : heldLater(figures, usual);
    if (later === undefined) fold.addParts(supplier, figures.sums());
    else addAll(rows, rowsOf(supplier, later, preference));
  }
  for (const [supplier, figures] of fold.suppliers) addAll(rows, rowsOf(supplier, heldBy(figures, usual), preference));
  return rows;
};

/**
 * The suppliers that hold selected lots, by name. `sources` is false where nobody looks at whose ceilings were counted.
 */
export const suppliers = (
  register: Register,
  selection: Selection = {},
  { sources = true }: { readonly sources?: boolean } = {},
): Report<SupplierRow> =>
  reportLater(SUPPLIER_COLUMNS, async () => {
    const { preference } = register;
    const fold = new SupplierFold(preference);
    const totals = new Totals(preference);
    const unheld = new UnheldLots();
    const callOffs = new CallOffNotes();
    const settled = await settledFor(register, selection, { suppliers: true, sources });
    if (settled !== undefined) {
      totals.addSettled(settled.whole, "seats");
      unheld.add(settled.whole);
    }
    for await (const batch of assessments(settled?.rest ?? register, selection, "seat")) {
      for (const assessment of batch) {
        const held = heldPart(assessment, preference);
        if (!callOffs.counts(assessment)) continue;
        unheld.see(assessment.selected);
        totals.awarded.addContract(assessment.selected, preference);
        totals.ordered.addSeats(assessment);
        totals.ordered.seeOthers(assessment);
        fold.add(assessment.assessed, assessment);
        if (held !== undefined) totals.ceilings.addContract(held);
      }
    }
    const rows = rowsOfAll(fold, settled?.suppliers ?? [], totals.ceilings.onlyUnit, preference);
    rows.sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.supplier, b.supplier));
    return { rows, closing: totals.closing(selection, unheld, callOffs) };
  });
