import { presentDay } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { UsageError } from "../model/errors.ts";
import { isBlank } from "../model/fold.ts";
import { flatMap } from "../model/lists.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { contractAsOf, holderOn, type Leaver, leaverOn, type Seat, seatOn } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { compileQuery } from "./compile-query.ts";
import { CoverageWatch } from "./coverage.ts";
import { questionOf } from "./narrowing.ts";
import { parseQuery } from "./parse-query.ts";
import { allOf, EVERYTHING, isEverything, type Query, type RowKind } from "./query.ts";
import { demandsOnLots } from "./row-clauses.ts";
import { holdersSoFar, standInFor, suppliersOf } from "./subject.ts";
import { dayAsked, isValueProblem } from "./values.ts";
import { CurrencyWatch, IdWatch } from "./watches.ts";

/**
 * What to look at. Whatever is left out does not restrict the answer. Each list stands for a clause with its entries as
 * alternatives.
 */
export interface Selection {
  /**
   * As a text, it may use the whole query language of the command line but not name other queries. Throws QueryError.
   */
  readonly query?: Query | string;
  /** Contract ids, compared exactly: `contract:…`. */
  readonly contracts?: readonly string[];
  /** Lot ids (`2`, or `cloud-i/2` for the lot of one contract), compared exactly: `lot:…`. */
  readonly lots?: readonly string[];
  /**
   * Ids of suppliers, compared exactly (`supplierId:…`). A text that is no supplier's id is looked for in the ids,
   * names, aliases and members of suppliers, without regard to case and diacritics (`supplier:…`).
   */
  readonly suppliers?: readonly string[];
  /**
   * The day that `today` means, which may be a text such as `2017-06` or `+6m`. The present day in UTC where it is left
   * out.
   */
  readonly at?: PartialDate | string;
}

export interface SelectedLot {
  readonly lot: Lot;
  readonly suppliers: readonly Supplier[];
  /** The suppliers that were asked for, or all where none was. */
  readonly matching: readonly Supplier[];
  /**
   * When ceilings are selected: who was asked for and no longer holds its seat. Undefined where nothing in particular
   * was asked.
   */
  readonly former?: FormerSeats;
}

/** Selects lots with all their suppliers. */
export const wholeLots = (lots: readonly Lot[], preference: Preference): readonly SelectedLot[] =>
  lots.map((lot) => {
    const suppliers = suppliersOf(lot, preference);
    return { lot, suppliers, matching: suppliers };
  });

/** Seats of a lot that were asked for through suppliers who held them before. */
export interface FormerSeats {
  readonly seats: readonly FormerSeat[];
  /** Whether they were asked for in particular, and not along with all seats of the lot. */
  readonly named: boolean;
}

/** A seat that was given up, or is now held by a successor. */
export type FormerSeat =
  | { readonly supplier: Supplier; readonly leaver: Leaver }
  | { readonly supplier: Supplier; readonly holder: Supplier };

export interface SelectedContract {
  /** The contract as it stands on the day. */
  readonly contract: Contract;
  /** The contract as the register states it. */
  readonly written: Contract;
  /** Empty only for a contract that has no lots. */
  readonly lots: readonly SelectedLot[];
}

/**
 * What a query is asked of: each lot, each supplier's seat on a lot, each order, or each ceiling. For orders and
 * ceilings, only the lots or seats that may have some are selected here. A ceiling may be used up from a seat that was
 * given up (L1a).
 */
export type Unit = "lot" | "seat" | "order" | "ceiling";

/** The kind of rows that a query may ask about besides lots. */
const ROWS_OF: Readonly<Record<Unit, RowKind | undefined>> = {
  lot: undefined,
  seat: undefined,
  order: "orders",
  ceiling: "headroom",
};

const clauseOf = (field: string, values: readonly string[] = []): readonly Query[] =>
  values.length === 0 ? [] : [{ kind: "texts", field, op: ":", values }];

const askForSuppliers = (texts: readonly string[], all: readonly Supplier[]): readonly Query[] => {
  const known = new Set(texts.length === 0 ? [] : all.map(({ id }) => id));
  const clauses = [
    ...clauseOf(
      "supplierId",
      texts.filter((text) => known.has(text)),
    ),
    ...clauseOf(
      "supplier",
      texts.filter((text) => !known.has(text)),
    ),
  ];
  return clauses.length < 2 ? clauses : [{ kind: "or", parts: clauses }];
};

/**
 * The whole selection as one query, for a register with these suppliers. Throws UsageError for a supplier's text that
 * every name would contain.
 */
export const queryOf = (
  { query = EVERYTHING, contracts, lots, suppliers = [] }: Selection,
  all: readonly Supplier[] = [],
  rows?: RowKind,
): Query => {
  const blank = suppliers.find(isBlank);
  if (blank !== undefined)
    throw new UsageError(`the supplier "${blank}" names nobody`, "give a part of an id, name, alias or member");
  return allOf([
    ...clauseOf("contract", contracts),
    ...clauseOf("lot", lots),
    ...askForSuppliers(suppliers, all),
    typeof query === "string" ? parseQuery(query, undefined, undefined, rows) : query,
  ]);
};

/** The day that an answer is for. */
export const dayOf = ({ at = "today" }: Pick<Selection, "at">): PartialDate => {
  const day = typeof at === "string" ? dayAsked(at, presentDay()) : at;
  if (isValueProblem(day)) throw new UsageError(`at: ${day.problem}`, day.expected);
  return day;
};

/**
 * Gives the contracts of a register as they stand on the day, with those of their lots that are selected, batch by
 * batch. By seats, a lot is selected through those of its suppliers for whom the query is true, or by itself where
 * nobody holds it. By lots, all its suppliers are looked at together. Throws UsageError, once all is read, for a
 * contract, lot or source id that does not exist, and for an amount without a currency where the data have several.
 */
export async function* select(
  register: Register,
  selection: Selection = {},
  unit: Unit = "lot",
): AsyncGenerator<readonly SelectedContract[]> {
  const query = queryOf(selection, register.suppliers, ROWS_OF[unit]);
  const sources = register.sources.map(({ id }) => id);
  const sourceIds = new IdWatch("source", query, sources);
  // Notices are sources, too, and all must be read before it is known which there are.
  if (!register.hasNotices) sourceIds.finish();
  const coverage = new CoverageWatch(query, register.preference);
  COVERAGE.set(selection, coverage);
  const watches = [
    sourceIds,
    new IdWatch("contract", query),
    new IdWatch("lot", query),
    new CurrencyWatch(query, register.preference),
    coverage,
  ].filter(({ watching }) => watching);
  const isOfRows = unit === "order" || unit === "ceiling";
  const asked = isOfRows ? demandsOnLots(query, unit) : query;
  const today = dayOf(selection);
  const selectIn = selector(register, asked, today, unit === "order" ? "lot" : unit);
  let isWatched = true;
  // How much of the data states what is asked for is known only if all is read, so nothing is narrowed then.
  const question = coverage.watching ? undefined : questionOf(query, asked, { register, today });
  const onNarrowed = () => {
    isWatched = false;
  };
  for await (const batch of register.contracts(question && { ...question, onNarrowed })) {
    if (isWatched) for (const watch of watches) for (const contract of batch) watch.see(contract);
    // An amount that cannot be compared gets no answer, not even in part.
    if (watches.every(({ refuses }) => !refuses)) yield flatMap(batch, selectIn);
  }
  if (isWatched) for (const watch of watches) watch.finish();
}

const COVERAGE = new WeakMap<Selection, CoverageWatch>();

/**
 * How much of the data states what a selection asks for, where that is not all of it. To be asked once the selection
 * has been read.
 */
export const coverageNotes = (selection: Selection): readonly string[] => COVERAGE.get(selection)?.notes() ?? [];

/** The contracts with a selected lot, whole and as the register states them. Undefined where all are asked for. */
export const contractsAskedFor = (
  register: Register,
  selection: Selection,
): AsyncIterable<readonly Contract[]> | undefined =>
  isEverything(queryOf(selection)) ? undefined : writtenContracts(register, selection);

async function* writtenContracts(register: Register, selection: Selection): AsyncGenerator<readonly Contract[]> {
  for await (const batch of select(register, selection)) yield batch.map(({ written }) => written);
}

/** Gives a contract as it stands on the day with its selected lots, or nothing where none is selected. */
const selector = (
  { preference, suppliers: all }: Register,
  query: Query,
  today: PartialDate,
  unit: Exclude<Unit, "order">,
): ((written: Contract) => readonly SelectedContract[]) => {
  const test = compileQuery(query, { preference, today });
  const everything = isEverything(query);
  const seatsMayChange = all.some(({ successions }) => successions.length > 0);
  const asksForContract = (contract: Contract) => test({ contract, lot: standInFor(contract), seat: undefined });
  return (written) => {
    const contract = contractAsOf(written, today, seatsMayChange);
    const lots: SelectedLot[] = [];
    for (const [index, lot] of contract.lots.entries()) {
      if (unit === "lot" && !everything && !test({ contract, lot, seat: undefined })) continue;
      const suppliers = suppliersOf(lot, preference);
      if (unit === "lot" || everything) {
        lots.push({ lot, suppliers, matching: suppliers });
        continue;
      }
      const matching = suppliers.filter((seat) => test({ contract, lot, seat }));
      const isAsked = matching.length > 0 || (suppliers.length === 0 && test({ contract, lot, seat: undefined }));
      if (unit === "ceiling") {
        const before = holdersSoFar(written.lots[index] ?? lot, lot, preference);
        const gone = before.filter((seat) => !suppliers.includes(seat));
        const seats = flatMap(gone, (supplier) => formerSeat(supplier, today, seatOn(contract, lot))).filter((seat) =>
          heldBefore(seat).some((supplier) => test({ contract, lot, seat: supplier })),
        );
        const held = new Set([...matching, ...flatMap(seats, (seat) => ("holder" in seat ? [seat.holder] : []))]);
        const former = { seats, named: !isAsked || matching.length < suppliers.length };
        if (isAsked || seats.length > 0) lots.push({ lot, suppliers, matching: [...held], former });
      } else if (isAsked) lots.push({ lot, suppliers, matching });
    }
    if (lots.length > 0) return [{ contract, written, lots }];
    const isAskedFor = contract.lots.length === 0 && (everything || asksForContract(contract));
    return isAskedFor ? [{ contract, written, lots }] : [];
  };
};

/**
 * Who held a seat that was given up or handed on: the first holder, and where nobody holds it now, the last one, too.
 */
export const heldBefore = (seat: FormerSeat): readonly Supplier[] =>
  "leaver" in seat ? [seat.supplier, seat.leaver.supplier] : [seat.supplier];

const formerSeat = (supplier: Supplier, day: PartialDate, seat: Seat): readonly FormerSeat[] => {
  const leaver = leaverOn(supplier, day, seat);
  if (leaver !== undefined) return [{ supplier, leaver }];
  const holder = holderOn(supplier, day, seat);
  return holder === undefined ? [] : [{ supplier, holder }];
};
