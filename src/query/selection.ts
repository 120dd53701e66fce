import { contractAsOf } from "../model/as-of.ts";
import type { Preference } from "../model/claim.ts";
import type { Contract, Lot, Supplier } from "../model/contract.ts";
import { UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Register } from "../model/register.ts";
import { compileQuery, type Test } from "./compile-query.ts";
import { allOf, EVERYTHING, type Query } from "./query.ts";
import type { Subject } from "./subject.ts";

/** What to look at; what is left out leaves everything in. The lists are short for clauses, their entries alternatives. */
export interface Selection {
  readonly query?: Query;
  /** Contract ids, compared exactly: `contract:…`. */
  readonly contracts?: readonly string[];
  /** Lot ids (`2`, or `cloud-i/2` for the lot of one contract), compared exactly: `lot:…`. */
  readonly lots?: readonly string[];
  /** Texts, found in a supplier's id, names, aliases and members without regard to case and diacritics: `supplier:…`. */
  readonly suppliers?: readonly string[];
  /** The day that `today` means; the present day of UTC where it is left out. */
  readonly at?: PartialDate;
}

/** A lot that was selected, with who holds it by the preferred source. */
export interface SelectedLot {
  readonly lot: Lot;
  readonly suppliers: readonly Supplier[];
  /** Those of its suppliers that were asked for; all of them when none was. */
  readonly matching: readonly Supplier[];
}

export interface SelectedContract {
  /** As it stands on the day. */
  readonly contract: Contract;
  /** As the register states it. */
  readonly written: Contract;
  /** Never empty. */
  readonly lots: readonly SelectedLot[];
}

/** What a query is asked of: each lot, or each seat of a supplier on a lot. */
export type Unit = "lot" | "seat";

const clauseOf = (field: string, values: readonly string[] = []): readonly Query[] =>
  values.length === 0 ? [] : [{ kind: "texts", field, op: ":", values }];

/** The whole selection as one query. */
export const queryOf = ({ query = EVERYTHING, contracts, lots, suppliers }: Selection): Query =>
  allOf([...clauseOf("contract", contracts), ...clauseOf("lot", lots), ...clauseOf("supplier", suppliers), query]);

/** The present day of UTC, so that the answer does not depend on where the machine stands. */
export const presentDay = (): PartialDate => {
  const now = new Date();
  return { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
};

/** The day that an answer is for. */
export const dayOf = ({ at }: Pick<Selection, "at">): PartialDate => at ?? presentDay();

/** The ids that a query asks for in a field, wherever they stand in it. */
const idsAskedFor = (query: Query, field: string): readonly string[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap((part) => idsAskedFor(part, field));
    case "not":
    case "any":
    case "all":
      return idsAskedFor(query.part, field);
    case "texts":
      return query.field === field ? query.values : [];
    default:
      return [];
  }
};

const noSuchId = (what: string, missing: string, known: Iterable<string>): UsageError => {
  const names = [...known];
  const near = nearest(missing, names);
  const some = names.slice(0, 5).join(", ");
  const otherwise = some === "" ? `the data name no ${what}` : `for example: ${some}`;
  return new UsageError(
    `there is no ${what} "${missing}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : otherwise,
  );
};

/** Notes which of the ids asked for exist, to tell a wrong id from an empty answer. */
class IdWatch {
  readonly #what: string;
  readonly #unseen: Set<string>;
  readonly #seen = new Set<string>();

  constructor(what: string, query: Query) {
    this.#what = what;
    this.#unseen = new Set(idsAskedFor(query, what));
  }

  get watching(): boolean {
    return this.#unseen.size > 0;
  }

  see(id: string): void {
    this.#unseen.delete(id);
    // Names to suggest: a few thousand are plenty.
    if (this.#seen.size < 5000) this.#seen.add(id);
  }

  finish(): void {
    const [missing] = this.#unseen;
    if (missing !== undefined) throw noSuchId(this.#what, missing, this.#seen);
  }
}

/** Who holds a lot, by the preferred source. */
export const suppliersOf = (lot: Lot, preference: Preference): readonly Supplier[] =>
  preference.value(lot.suppliers) ?? [];

/**
 * The contracts of a register as they stand on the day, with those of their lots that are selected, batch by batch. By seats, a lot is selected
 * through those of its suppliers of whom the query is true; by lots, all its suppliers are looked at together.
 * Throws UsageError, once all is read, for a contract, lot or source id that does not exist.
 */
export async function* select(
  register: Register,
  selection: Selection = {},
  unit: Unit = "lot",
): AsyncGenerator<readonly SelectedContract[]> {
  const { preference } = register;
  const query = queryOf(selection);
  const sourceIds = new IdWatch("source", query);
  for (const { id } of register.sources) sourceIds.see(id);
  // Notices are sources, too: which there are is known only once all have been read.
  if (!register.hasNotices) sourceIds.finish();
  const today = dayOf(selection);
  const { test, aboutSeats } = compileQuery(query, { preference, today });
  const contractIds = new IdWatch("contract", query);
  const lotIds = new IdWatch("lot", query);
  const bySeat = unit === "seat" && aboutSeats;
  for await (const batch of register.contracts()) {
    const selected: SelectedContract[] = [];
    for (const written of batch) {
      const contract = contractAsOf(written, today);
      if (contractIds.watching) contractIds.see(contract.id);
      if (sourceIds.watching) for (const { id } of contract.publications) sourceIds.see(id);
      const lots: SelectedLot[] = [];
      for (const lot of contract.lots) {
        if (lotIds.watching) for (const id of [lot.id, `${contract.id}/${lot.id}`]) lotIds.see(id);
        const suppliers = suppliersOf(lot, preference);
        const subject = { contract, lot, suppliers, holders: suppliers.length };
        const matching = bySeat ? seatsThat(test, subject) : suppliers;
        if (bySeat ? matching.length > 0 : test(subject)) lots.push({ lot, suppliers, matching });
      }
      if (lots.length > 0) selected.push({ contract, written, lots });
    }
    yield selected;
  }
  sourceIds.finish();
  contractIds.finish();
  lotIds.finish();
}

const seatsThat = (test: Test, subject: Subject): readonly Supplier[] =>
  subject.suppliers.filter((supplier) => test({ ...subject, suppliers: [supplier] }));
