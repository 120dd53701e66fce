import type { Preference } from "../model/claim.ts";
import { UsageError } from "../model/errors.ts";
import { finderOf } from "../model/fold.ts";
import { nearest } from "../model/nearest.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { firstFew } from "../model/phrases.ts";
import { MEANING } from "../query/fields.ts";
import { dayOf, type SelectedLot } from "../query/selection.ts";
import { searchedTexts } from "../query/text-values.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Order } from "../records/order.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { assessWithOrders } from "./assessments.ts";
import { ceilingOf } from "./ceilings.ts";
import { contractRows, lotRows, notesOnTotal, type PlacedLot } from "./contract-card.ts";
import { supplierFacts } from "./facts.ts";
import { successionEvents } from "./history.ts";
import { type Column, type Composite, column, type Report, reportLater } from "./report.ts";
import {
  amountText,
  type Card,
  eventRows,
  factRows,
  plainRow,
  type ShowRow,
  textRow,
  textsRow,
  wholeOf,
} from "./show-rows.ts";
import { type SupplierCeilings, SupplierFold } from "./supplier-ceilings.ts";
import { figureIn, unitsOf } from "./suppliers.ts";
import { compositeOf, textCell } from "./value-cells.ts";
import { lotRef, nameOf } from "./views.ts";

const supplierCard = async (
  register: Register,
  supplier: Supplier,
  sources: boolean,
  day: PartialDate,
): Promise<Card> => {
  const { preference } = register;
  const held: Composite[] = [];
  const fold = new SupplierFold(preference);
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      const whole = wholeOf(contract, preference, day);
      const lots = whole.lots.filter(({ suppliers }) => suppliers.some(({ id }) => id === supplier.id));
      if (lots.length === 0) continue;
      const holding = { ...whole, lots: lots.map((lot) => ({ ...lot, matching: [supplier] })) };
      fold.add(await assessWithOrders(register, holding, day));
      for (const lot of holding.lots) held.push(heldPart(holding.contract, lot, preference));
    }
  }
  const figures = fold.suppliers.get(supplier);
  const aliases = [...new Set([...supplier.name.map(({ value }) => value), ...supplier.aliases])];
  const rows = [
    ...plainRow("supplier", { type: "id", value: supplier.id }),
    ...textRow("kind", supplier.kind),
    ...textRow("legalId", supplier.legalId),
    ...factRows(supplierFacts(supplier, preference), preference, sources),
    ...eventRows(successionEvents(supplier, day)),
    ...textsRow(
      "aliases",
      sources ? supplier.aliases : aliases.filter((alias) => alias !== nameOf(supplier, preference)),
    ),
    ...(held.length === 0 ? [] : plainRow("lots", { type: "composites", value: held })),
    ...(figures === undefined ? [] : reachRows(figures)),
    ...textRow("note", supplier.note),
  ];
  return { rows, notes: figures?.sources.notes(preference) ?? [] };
};

const reachRows = (figures: SupplierCeilings): readonly ShowRow[] =>
  unitsOf(figures).flatMap((unit) =>
    // Lots that came to nothing have no unit.
    unit === undefined && figures.isNothing
      ? []
      : [
          ...plainRow("sole", { type: "money", value: figureIn(figures.sole, unit, figures) }),
          ...plainRow("shared", { type: "money", value: figureIn(figures.shared, unit, figures) }),
        ],
  );

const heldPart = (contract: Contract, selected: SelectedLot, preference: Preference): Composite => {
  const ceiling = ceilingOf(selected, preference);
  const others = selected.suppliers.length - 1;
  const manner = !ceiling.shared ? "" : ` shared with ${others} other${others === 1 ? "" : "s"}`;
  const title = selected.lot.title === undefined ? "" : ` ${selected.lot.title}`;
  return compositeOf(`${lotRef(contract, selected.lot)}${title}: ${amountText(ceiling.each)}${manner}`, {
    contract: { type: "id", value: contract.id },
    lot: { type: "id", value: selected.lot.id },
    title: textCell(selected.lot.title),
    ceiling: { type: "money", value: ceiling.each },
    shared: { type: "flag", value: ceiling.shared },
    holders: { type: "count", value: selected.suppliers.length },
  });
};

export interface ShowOptions {
  /** One row for each claim, with who makes it and how it agrees with the others. */
  readonly sources?: boolean;
  /** The day for which a contract's state is told. Today in UTC by default. */
  readonly at?: PartialDate | string;
}

export const showColumns = ({ sources }: ShowOptions): readonly Column<ShowRow>[] => [
  column.text("fact", MEANING.fact),
  column.any("value", MEANING.value),
  ...(sources === true ? SOURCE_COLUMNS : []),
];

const SOURCE_COLUMNS: readonly Column<ShowRow>[] = [
  column.id("source", MEANING.source),
  column.text("locator", MEANING.locator, "Where"),
  column.text("verdict", MEANING.verdict, "Beside the others"),
];

type Thing =
  | { readonly kind: "contract"; readonly contract: Contract }
  | ({ readonly kind: "lot" } & PlacedLot)
  | { readonly kind: "supplier"; readonly supplier: Supplier };

/**
 * A card about one contract, lot (`cloud-i/2`, or `2` where only one contract has it) or supplier (id, name or alias).
 * Throws UsageError where the words name nothing, or several things.
 */
export const show = (register: Register, wanted: string, options: ShowOptions = {}): Report<ShowRow> => ({
  ...reportLater(showColumns(options), async () => {
    const thing = await find(register, wanted);
    const { rows, notes } = await cardOf(register, thing, options);
    return { rows, closing: { summaries: [], notes } };
  }),
  ...(options.sources !== true && { shape: { kind: "card" } }),
});

const find = async (register: Register, wanted: string): Promise<Thing> => {
  const lots: PlacedLot[] = [];
  const names: string[] = [];
  const suppliers = new Map(register.suppliers.map((supplier) => [supplier.id, supplier]));
  let told: Contract | undefined;
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      if (contract.id === wanted) return { kind: "contract", contract };
      if (isToldBy(contract, wanted)) told ??= contract;
      names.push(contract.id);
      contract.lots.forEach((lot, index) => {
        if (lotRef(contract, lot) === wanted || lot.id === wanted) lots.push({ contract, lot, index });
        // Only notices have suppliers that no list declares.
        if (register.hasNotices) for (const supplier of seatedOn(lot)) suppliers.set(supplier.id, supplier);
      });
    }
  }
  if (told !== undefined) return { kind: "contract", contract: told };
  const exact = lots.find(({ contract, lot }) => lotRef(contract, lot) === wanted);
  const [only, ...others] = exact === undefined ? lots : [exact];
  if (only !== undefined && others.length === 0) return { kind: "lot", ...only };
  if (only !== undefined)
    throw ambiguous(
      wanted,
      "lot",
      [only, ...others].map(({ contract }) => `${contract.id}/${wanted}`),
    );
  return { kind: "supplier", supplier: findSupplier([...suppliers.values()], wanted, names) };
};

/** Whether a notice about the contract has this number, or this id that its publisher gave it. */
const isToldBy = ({ publications }: Contract, wanted: string): boolean =>
  publications.some(({ id, noticeId }) => id === wanted || noticeId === wanted);

const seatedOn = ({ suppliers }: Lot): readonly Supplier[] => (suppliers ?? []).flatMap(({ value }) => value);

const ambiguous = (wanted: string, what: string, candidates: readonly string[]): UsageError =>
  new UsageError(`"${wanted}" may be more than one ${what}`, `say which: ${firstFew(candidates, 5)}`);

const findSupplier = (suppliers: readonly Supplier[], wanted: string, names: readonly string[]): Supplier => {
  const byId = suppliers.find(({ id }) => id === wanted);
  if (byId !== undefined) return byId;
  const { is, isIn } = finderOf(wanted);
  const called = suppliers.filter((supplier) =>
    [...supplier.name.map(({ value }) => value), ...supplier.aliases].some(is),
  );
  const found = called.length > 0 ? called : suppliers.filter((supplier) => searchedTexts(supplier).some(isIn));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw ambiguous(
      wanted,
      "supplier",
      found.map(({ id }) => id),
    );
  const known = [...names, ...suppliers.flatMap(({ id, name }) => [id, ...name.map(({ value }) => value)])];
  const near = nearest(wanted, known);
  throw new UsageError(
    `there is no contract, lot or supplier "${wanted}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `for example: ${known.slice(0, 4).join(", ")}`,
  );
};

const callOffsOf = async (register: Register, contract: Contract): Promise<readonly Order[]> =>
  (await register.callOffs()).under(contract, register.preference);

const cardOf = async (register: Register, thing: Thing, options: ShowOptions): Promise<Card> => {
  const { preference } = register;
  const { sources = false } = options;
  const day = dayOf(options);
  switch (thing.kind) {
    case "contract":
      return {
        rows: contractRows(thing.contract, await callOffsOf(register, thing.contract), preference, sources, day),
        notes: sources ? [] : notesOnTotal(thing.contract, preference, day),
      };
    case "lot":
      return { rows: lotRows(thing, preference, sources, day), notes: [] };
    case "supplier":
      return await supplierCard(register, thing.supplier, sources, day);
  }
};
