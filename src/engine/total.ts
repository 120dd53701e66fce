import type { Preference } from "../model/claim.ts";
import type { Contract, Lot } from "../model/contract.ts";
import { compareNatural } from "../model/fold.ts";
import { type Amount, toMinorPrecision } from "../model/money.ts";
import type { Register } from "../model/register.ts";
import { type SelectedContract, type SelectedLot, type Selection, select } from "../query/selection.ts";
import { assess } from "./ceilings.ts";
import { COUNTED_ONCE } from "./lots.ts";
import { type Closing, type Column, column, hidden, type Report, reportLater } from "./report.ts";
import { bySupplier } from "./supplier-ceilings.ts";
import { currenciesOf, figureIn } from "./suppliers.ts";
import { coverageNotes, Tally } from "./tally.ts";
import { lotRef, nameOf } from "./views.ts";

/** By what a total can be grouped. */
export const GROUPINGS = ["contract", "lot", "supplier", "buyer", "service", "deployment", "year"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface TotalOptions {
  readonly by?: Grouping;
  /** By supplier: divide shared ceilings equally, exact to the minor unit. */
  readonly split?: "equal";
}

/** One group in one currency, or the true total in one currency. */
export interface TotalRow {
  readonly row: "group" | "total";
  /** The group; undefined for the total, and for what has no such value. */
  readonly group: string | undefined;
  readonly name: string | undefined;
  readonly lots: number;
  /** How many of the lots have a known ceiling. */
  readonly known: number;
  /** Each ceiling counted once; of suppliers' rows only the total has it, for their ceilings overlap. */
  readonly ceiling: Amount | undefined;
  readonly sole: Amount | undefined;
  readonly shared: Amount | undefined;
  readonly share: Amount | undefined;
}

const NOTHING = {
  group: undefined,
  name: undefined,
  ceiling: undefined,
  sole: undefined,
  shared: undefined,
  share: undefined,
};
const GROUP_TITLES: Readonly<Record<Grouping, string>> = {
  contract: "Contract",
  lot: "Lot",
  supplier: "Supplier",
  buyer: "Buyer",
  service: "Service",
  deployment: "Deployment",
  year: "Year",
};

/** The columns of a total, which depend on its grouping. */
export const totalColumns = ({ by, split }: TotalOptions): readonly Column<TotalRow>[] => {
  const kind = hidden(
    column.text<TotalRow>(
      "row",
      "Row",
      "group, or total for the true total: every ceiling counted once.",
      (row) => row.row,
    ),
  );
  const lots = column.count<TotalRow>("lots", "Lots", "How many lots.", (row) => row.lots);
  const known = hidden(
    column.count<TotalRow>("known", "Known", "How many of them have a known ceiling.", (row) => row.known),
  );
  const ceiling = column.money<TotalRow>(
    "ceiling",
    "Ceiling",
    "What may be spent, each shared ceiling counted once.",
    (row) => row.ceiling,
  );
  if (by === undefined) return [kind, lots, known, ceiling];
  if (by !== "supplier") {
    return [kind, column.id<TotalRow>(by, GROUP_TITLES[by], `The ${by}.`, (row) => row.group), lots, known, ceiling];
  }
  const share = column.money<TotalRow>(
    "share",
    "Equal share",
    "Its part where shared ceilings are divided equally: an assumption.",
    (row) => row.share,
  );
  return [
    kind,
    hidden(column.id<TotalRow>("supplier", "Supplier id", "The supplier's id.", (row) => row.group)),
    column.text<TotalRow>("name", "Supplier", "The supplier's name.", (row) => row.name),
    lots,
    hidden(known),
    column.money<TotalRow>("sole", "Sole", "Ceilings of the lots that it holds alone.", (row) => row.sole),
    column.money<TotalRow>(
      "shared",
      "Shared",
      "Ceilings of the lots that it shares: what it could reach at most.",
      (row) => row.shared,
    ),
    ...(split === undefined ? [] : [share]),
    hidden(ceiling),
  ];
};

/** What may be spent on the selected lots, each ceiling counted once in every grouping (T1). */
export const total = (register: Register, selection: Selection = {}, options: TotalOptions = {}): Report<TotalRow> =>
  reportLater(
    totalColumns(options),
    async () => {
      const contracts = select(register, selection);
      if (options.by === "supplier")
        return totalBySupplier(contracts, register.preference, options.split !== undefined);
      const { groups, whole } = await totalByKey(contracts, register.preference, options.by);
      const rows = [...groups]
        .sort(([a], [b]) => compareGroups(a, b))
        .flatMap(([group, tally]) => rowsOf(tally, { row: "group", group, name: undefined }));
      return {
        rows: [...rows, ...totalRows(whole)],
        closing: closingOf(whole, undefined),
      };
    },
    (row) => row.row === "total",
  );

const compareGroups = (a: string | undefined, b: string | undefined): number =>
  a === undefined ? 1 : b === undefined ? -1 : compareNatural(a, b);

const rowsOf = (tally: Tally, head: Pick<TotalRow, "row" | "group" | "name">): TotalRow[] => {
  const { lots, known } = tally;
  const totals = tally.totals();
  const amounts: readonly Amount[] = totals.length > 0 ? totals : [tally.totalIn(undefined)];
  return amounts.map((ceiling) => ({
    ...NOTHING,
    ...head,
    lots,
    known,
    ceiling,
  }));
};

const totalRows = (whole: Tally): TotalRow[] =>
  whole.lots === 0 ? [] : rowsOf(whole, { row: "total", group: undefined, name: undefined });

const closingOf = (whole: Tally, remark: string | undefined): Closing => ({
  summaries: [
    {
      label: "Total",
      column: "ceiling",
      amounts: whole.totals(),
      remark: remark ?? COUNTED_ONCE,
    },
  ],
  notes: coverageNotes(whole, whole.totals()),
});

const totalByKey = async (
  contracts: AsyncIterable<readonly SelectedContract[]>,
  preference: Preference,
  by: Exclude<Grouping, "supplier"> | undefined,
): Promise<{
  groups: ReadonlyMap<string | undefined, Tally>;
  whole: Tally;
}> => {
  const groups = new Map<string | undefined, Tally>();
  const whole = new Tally();
  for await (const batch of contracts) {
    for (const selected of batch) {
      const assessed = assess(selected, preference);
      whole.addContract(assessed);
      if (by === undefined) continue;
      for (const [key, lots] of partition(selected, by, preference)) {
        const tally = groups.get(key) ?? new Tally();
        groups.set(key, tally);
        const all = lots.length === selected.lots.length;
        tally.addContract(all ? assessed : assess({ contract: selected.contract, lots }, preference));
      }
    }
  }
  return { groups, whole };
};

const partition = (
  { contract, lots }: SelectedContract,
  by: Exclude<Grouping, "supplier">,
  preference: Preference,
): ReadonlyMap<string | undefined, readonly SelectedLot[]> => {
  const parts = new Map<string | undefined, SelectedLot[]>();
  for (const selected of lots) {
    const key = keyOf(contract, selected.lot, by, preference);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [selected]);
    else part.push(selected);
  }
  return parts;
};

const keyOf = (
  contract: Contract,
  lot: Lot,
  by: Exclude<Grouping, "supplier">,
  preference: Preference,
): string | undefined => {
  switch (by) {
    case "contract":
      return contract.id;
    case "lot":
      return lotRef(contract, lot);
    case "buyer":
      return preference.value(contract.buyer);
    case "service":
      return preference.value(lot.service);
    case "deployment":
      return preference.value(lot.deployment);
    case "year":
      return preference.value(contract.awardDate)?.year.toString();
  }
};

const totalBySupplier = async (
  contracts: AsyncIterable<readonly SelectedContract[]>,
  preference: Preference,
  split: boolean,
): Promise<{ rows: readonly TotalRow[]; closing: Closing }> => {
  const folded = await bySupplier(contracts, preference, split);
  const held = [...folded.suppliers].map(([supplier, figures]) => ({
    figures,
    id: supplier.id,
    name: nameOf(supplier, preference),
  }));
  held.sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.id, b.id));
  const unheld = folded.unheld === undefined ? [] : [{ figures: folded.unheld, id: undefined, name: "(no supplier)" }];
  const rows = [...held, ...unheld].flatMap(({ figures, id, name }) =>
    currenciesOf(figures).map(
      (currency): TotalRow => ({
        ...NOTHING,
        row: "group",
        group: id,
        name,
        lots: figures.lots,
        known: figures.known,
        sole: figureIn(figures.sole, currency),
        shared: figureIn(figures.shared, currency),
        share: split ? figureIn(figures.share, currency) : undefined,
      }),
    ),
  );
  const exact = folded.total.totals().map(toMinorPrecision);
  if (!split) {
    const remark = "shared ceilings counted once; the rows above repeat them";
    return {
      rows: [...rows, ...totalRows(folded.total)],
      closing: closingOf(folded.total, remark),
    };
  }
  const totals = totalRows(folded.total).map((row, index) => ({
    ...row,
    share: exact[index] ?? row.ceiling,
  }));
  const summary = {
    label: "Total",
    column: "share",
    amounts: exact,
    remark: "shared ceilings counted once, here divided equally: an assumption",
  };
  return {
    rows: [...rows, ...totals],
    closing: { ...closingOf(folded.total, undefined), summaries: [summary] },
  };
};
