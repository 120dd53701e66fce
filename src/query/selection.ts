import type { Preference } from "../model/claim.ts";
import type { Contract, Lot, Supplier } from "../model/contract.ts";
import { UsageError } from "../model/errors.ts";
import { fold } from "../model/fold.ts";
import { nearest } from "../model/nearest.ts";
import type { Register } from "../model/register.ts";

/** What to look at; an empty list leaves everything in. Several entries of one list are alternatives. */
export interface Selection {
  /** Contract ids, compared exactly. */
  readonly contracts?: readonly string[];
  /** Lot ids (`2`, or `cloud-i/2` for the lot of one contract), compared exactly. */
  readonly lots?: readonly string[];
  /** Texts, found in a supplier's id, names, aliases and members without regard to case and diacritics. */
  readonly suppliers?: readonly string[];
}

/** A lot that was selected, with who holds it by the preferred source. */
export interface SelectedLot {
  readonly lot: Lot;
  readonly suppliers: readonly Supplier[];
  /** Those of its suppliers that were asked for; all of them when none was. */
  readonly matching: readonly Supplier[];
}

export interface SelectedContract {
  readonly contract: Contract;
  /** Never empty. */
  readonly lots: readonly SelectedLot[];
}

const searchedTexts = (supplier: Supplier): string[] => [
  supplier.id,
  ...supplier.name.map(({ value }) => value),
  ...supplier.aliases,
  ...(supplier.members ?? []).flatMap(({ value }) => value.map(({ name }) => name)),
];

/** Finds suppliers by any of their names; remembers what it found, for a supplier holds many lots. */
export const supplierMatcher = (texts: readonly string[]): ((supplier: Supplier) => boolean) => {
  const wanted = texts.map(fold);
  const known = new Map<Supplier, boolean>();
  return (supplier) => {
    const before = known.get(supplier);
    if (before !== undefined) return before;
    const names = searchedTexts(supplier).map(fold);
    const found = wanted.some((text) => names.some((name) => name.includes(text)));
    known.set(supplier, found);
    return found;
  };
};

/** Remembers which of the ids asked for exist, to tell a wrong id from an empty answer. */
class IdFilter {
  readonly #wanted: ReadonlySet<string>;
  readonly #unseen: Set<string>;
  readonly #seen = new Set<string>();
  readonly #what: string;

  constructor(what: string, wanted: readonly string[]) {
    this.#what = what;
    this.#wanted = new Set(wanted);
    this.#unseen = new Set(wanted);
  }

  accepts(...names: readonly string[]): boolean {
    if (this.#wanted.size === 0) return true;
    const found = names.filter((name) => this.#wanted.has(name));
    for (const name of found) this.#unseen.delete(name);
    // Names to suggest are needed only while something is missing, and then a few thousand are plenty.
    if (this.#unseen.size > 0 && this.#seen.size < 5000) for (const name of names) this.#seen.add(name);
    return found.length > 0;
  }

  finish(): void {
    const [missing] = this.#unseen;
    if (missing === undefined) return;
    const near = nearest(missing, this.#seen);
    const some = [...this.#seen].slice(0, 5).join(", ");
    throw new UsageError(
      `there is no ${this.#what} "${missing}"`,
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : some === ""
          ? "the register is empty"
          : `for example: ${some}`,
    );
  }
}

/** Who holds a lot, by the preferred source. */
export const suppliersOf = (lot: Lot, preference: Preference): readonly Supplier[] =>
  preference.value(lot.suppliers) ?? [];

/**
 * The contracts of a register with those of their lots that are selected, batch by batch.
 * Throws UsageError, once all is read, for a contract or lot id that does not exist.
 */
export async function* select(
  register: Register,
  selection: Selection = {},
): AsyncGenerator<readonly SelectedContract[]> {
  const { preference } = register;
  const contractIds = new IdFilter("contract", selection.contracts ?? []);
  const lotIds = new IdFilter("lot", selection.lots ?? []);
  const texts = selection.suppliers ?? [];
  const matches = texts.length === 0 ? undefined : supplierMatcher(texts);
  for await (const batch of register.contracts()) {
    const selected: SelectedContract[] = [];
    for (const contract of batch) {
      if (!contractIds.accepts(contract.id)) continue;
      const lots: SelectedLot[] = [];
      for (const lot of contract.lots) {
        if (!lotIds.accepts(lot.id, `${contract.id}/${lot.id}`)) continue;
        const suppliers = suppliersOf(lot, preference);
        const matching = matches === undefined ? suppliers : suppliers.filter(matches);
        if (matches === undefined || matching.length > 0) lots.push({ lot, suppliers, matching });
      }
      if (lots.length > 0) selected.push({ contract, lots });
    }
    yield selected;
  }
  contractIds.finish();
  lotIds.finish();
}
