import type { Preference } from "../model/claim.ts";
import { type Amount, divideMoney, isKnown, type Money, toMinorPrecision, unitOf } from "../model/money.ts";
import type { SelectedContract } from "../query/selection.ts";
import type { Supplier } from "../records/supplier.ts";
import { AwardedTally, type Awards, statesAwarded } from "./awarded.ts";
import { CeilingSources, type CeilingSourcesPart } from "./ceiling-sources.ts";
import { type CeilingNode, partsOf, type Reach, reachOf } from "./ceiling-tree.ts";
import { assess, type ContractCeiling, type LotCeiling } from "./ceilings.ts";
import { Tally, type TallyPart } from "./tally.ts";
import { nameOf } from "./views.ts";

/** What one supplier may reach (T6); the three figures answer three questions and are never added to each other. */
export class SupplierCeilings {
  lots = 0;
  /** How many of the lots have a known ceiling. */
  known = 0;
  /** Ceilings that it has for itself. */
  readonly sole = new Tally();
  /** Ceilings that it shares: what it could reach at most, were it to get every order. */
  readonly shared = new Tally();
  /** Its part where shared ceilings are divided equally: an assumption, not a fact. */
  readonly share = new Tally();
  /** What it was awarded. */
  readonly awarded = new AwardedTally();
  /** Who states the ceilings that it has or shares. */
  readonly sources = new CeilingSources();

  part(): SupplierCeilingsPart {
    return {
      lots: this.lots,
      known: this.known,
      sole: this.sole.part(),
      shared: this.shared.part(),
      share: this.share.part(),
      awarded: this.awarded.tally.part(),
      sources: this.sources.part(),
    };
  }

  addPart(part: SupplierCeilingsPart): void {
    this.lots += part.lots;
    this.known += part.known;
    this.sole.addPart(part.sole);
    this.shared.addPart(part.shared);
    this.share.addPart(part.share);
    this.awarded.tally.addPart(part.awarded);
    this.sources.addPart(part.sources);
  }

  count(ceiling: Amount): void {
    this.lots++;
    if (isKnown(ceiling)) this.known++;
  }
}

/** What one supplier may reach by some contracts, as JSON has it. */
export interface SupplierCeilingsPart {
  readonly lots: number;
  readonly known: number;
  readonly sole: TallyPart;
  readonly shared: TallyPart;
  readonly share: TallyPart;
  readonly awarded: TallyPart;
  readonly sources: CeilingSourcesPart;
}

/** What suppliers may reach by some contracts, as JSON has it. */
export interface SupplierFoldPart {
  readonly suppliers: readonly (readonly [id: string, name: string, ceilings: SupplierCeilingsPart])[];
  readonly unheld: SupplierCeilingsPart | null;
}

/** A supplier by its id and name, with what it may reach. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly figures: SupplierCeilings;
}

export interface BySupplier {
  readonly suppliers: ReadonlyMap<Supplier, SupplierCeilings>;
  /** All ceilings, each once. */
  readonly total: Tally;
  /** All awarded values, each once. */
  readonly awarded: AwardedTally;
}

/** Folds selected contracts into what each supplier may reach. */
export const bySupplier = async (
  contracts: AsyncIterable<readonly SelectedContract[]>,
  preference: Preference,
  split: boolean,
): Promise<BySupplier> => {
  const fold = new SupplierFold(preference, split);
  const total = new Tally();
  const awarded = new AwardedTally();
  for await (const batch of contracts) {
    for (const contract of batch) {
      const assessed = assess(contract, preference);
      total.addContract(assessed);
      awarded.addContract(contract, preference);
      fold.add(assessed);
    }
  }
  return { suppliers: fold.suppliers, total, awarded };
};

/** Adds up what each supplier may reach, contract by contract. */
export class SupplierFold {
  readonly suppliers = new Map<Supplier, SupplierCeilings>();
  /** The parts of lots that nobody holds; only when ceilings are divided. */
  unheld: SupplierCeilings | undefined;
  /** Those that parts tell of, by their ids. */
  readonly #ofParts = new Map<string, Holder>();
  readonly #preference: Preference;
  readonly #split: boolean;

  constructor(preference: Preference, split: boolean) {
    this.#preference = preference;
    this.#split = split;
  }

  add(contract: ContractCeiling): void {
    const [usable] = contract.usable;
    if (contract.tree !== undefined && usable !== undefined) this.#addLimited(contract, contract.tree, unitOf(usable));
    else for (const ceiling of contract.ceilings) this.#addLot(contract, ceiling);
    if (this.#split) this.#addShares(contract);
    this.#addAwarded({ contract: contract.contract, lots: contract.ceilings.map(({ selected }) => selected) });
  }

  part(): SupplierFoldPart {
    return {
      suppliers: this.holders().map(({ id, name, figures }) => [id, name, figures.part()]),
      unheld: this.unheld?.part() ?? null,
    };
  }

  /** Adds what was added up of contracts that come after those so far. */
  addPart({ suppliers, unheld }: SupplierFoldPart): void {
    for (const [id, name, part] of suppliers) {
      const holder = this.#ofParts.get(id) ?? { id, name, figures: new SupplierCeilings() };
      this.#ofParts.set(id, holder);
      holder.figures.addPart(part);
    }
    if (unheld === null) return;
    this.unheld ??= new SupplierCeilings();
    this.unheld.addPart(unheld);
  }

  /** Who holds lots of the contracts, or of the parts, that were added. */
  holders(): readonly Holder[] {
    const own = Array.from(this.suppliers, ([supplier, figures]) => {
      return { id: supplier.id, name: nameOf(supplier, this.#preference), figures };
    });
    return [...own, ...this.#ofParts.values()];
  }

  #addAwarded(selected: Awards): void {
    if (!statesAwarded(selected.contract)) {
      // Most registers state ceilings only.
      for (const { lot, matching } of selected.lots) {
        if (lot.status === "awarded") for (const supplier of matching) this.#of(supplier).awarded.addMissing();
      }
      return;
    }
    for (const supplier of new Set(selected.lots.flatMap(({ matching }) => matching))) {
      this.#of(supplier).awarded.addSupplier(supplier, selected, this.#preference);
    }
  }

  #of(supplier: Supplier): SupplierCeilings {
    const known = this.suppliers.get(supplier);
    if (known !== undefined) return known;
    const fresh = new SupplierCeilings();
    this.suppliers.set(supplier, fresh);
    return fresh;
  }

  #addLot(contract: ContractCeiling, ceiling: LotCeiling): void {
    const { selected, each, shared } = ceiling;
    for (const supplier of selected.matching) {
      const figures = this.#of(supplier);
      figures.count(each);
      figures.sources.addLot(contract, ceiling);
      (shared ? figures.shared : figures.sole).addAmount(each);
    }
  }

  /**
   * Where a contract or a group has a ceiling of its own, a supplier's figures together stay within it, and a lot
   * without a figure of its own may reach it: first what it holds alone, then what it could reach with what it shares.
   */
  #addLimited(contract: ContractCeiling, tree: CeilingNode, unit: string): void {
    const { ceilings } = contract;
    const holders = new Set(ceilings.flatMap(({ selected }) => selected.suppliers));
    for (const supplier of new Set(ceilings.flatMap(({ selected }) => selected.matching))) {
      const holds = ({ selected }: LotCeiling) => selected.matching.includes(supplier);
      const held = ceilings.filter(holds);
      const figures = this.#of(supplier);
      for (const { each } of held) figures.count(each);
      for (const lot of held) figures.sources.addLot(contract, lot);
      // A ceiling of the whole stands for what has none of its own.
      if (held.some(({ each }) => !isKnown(each))) figures.sources.addContract(contract);
      const own = reachOf(tree, unit, (lot) => (holds(lot) && !lot.shared && isKnown(lot.each) ? lot.each : undefined));
      const all = reachOf(tree, unit, (lot) => (holds(lot) ? lot.each : undefined));
      if (all.high === undefined) {
        const open = held.filter(({ each }) => !isKnown(each));
        for (const { each, shared } of open) (shared ? figures.shared : figures.sole).addAmount(each);
      }
      const most = mostOf(all);
      const sole = holders.size === 1 ? most : mostOf(own);
      const shared = { ...most, minor: most.minor - sole.minor };
      // A supplier that can reach nothing has a known zero; beside another figure a zero would only blur its precision.
      if (sole.minor > 0n || shared.minor === 0n) figures.sole.add(sole);
      if (shared.minor > 0n) figures.shared.add(shared);
    }
  }

  #addShares({ ceilings, tree, usable }: ContractCeiling): void {
    const [total] = usable;
    const parts = tree === undefined || total === undefined ? undefined : partsOf(tree, unitOf(total));
    const loose = total?.bound === "atMost" || total?.bound === "between";
    for (const ceiling of ceilings) {
      const part = parts?.get(ceiling) ?? ceiling.amount;
      this.#addShare(ceiling, loose && isKnown(part) ? { ...part, bound: "atMost" } : part);
    }
  }

  #addShare({ selected, amount }: LotCeiling, part: Amount): void {
    const { suppliers, matching } = selected;
    if (suppliers.length === 0) {
      this.unheld ??= new SupplierCeilings();
      this.unheld.count(amount);
      this.unheld.share.addAmount(isKnown(part) ? toMinorPrecision(part) : part);
      return;
    }
    // Sorted, so that who gets the odd cent does not depend on the order in which the register names them.
    const holders = [...suppliers].sort((a, b) => (a.id < b.id ? -1 : 1));
    const shares = isKnown(part)
      ? divideMoney(
          part,
          holders.map(() => 1n),
        )
      : [];
    for (const [place, supplier] of holders.entries()) {
      if (matching.includes(supplier)) this.#of(supplier).share.addAmount(shares[place] ?? part);
    }
  }
}

/** The most that a reach is known to allow. */
const mostOf = ({ low, high }: Reach): Money => high ?? low;
