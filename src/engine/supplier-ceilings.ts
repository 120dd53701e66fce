import type { Preference } from "../model/claim.ts";
import type { Supplier } from "../model/contract.ts";
import {
  type Amount,
  divideMoney,
  isKnown,
  type Money,
  MoneySum,
  smallerOf,
  toMinorPrecision,
} from "../model/money.ts";
import type { SelectedContract } from "../query/selection.ts";
import { assess, type ContractCeiling, type LotCeiling } from "./ceilings.ts";
import { Tally } from "./tally.ts";

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

  count(ceiling: Amount): void {
    this.lots++;
    if (isKnown(ceiling)) this.known++;
  }
}

export interface BySupplier {
  readonly suppliers: ReadonlyMap<Supplier, SupplierCeilings>;
  /** Lots that nobody holds, which are counted only when ceilings are divided. */
  readonly unheld: SupplierCeilings | undefined;
  /** All ceilings, each once. */
  readonly total: Tally;
}

/** Folds selected contracts into what each supplier may reach. */
export const bySupplier = async (
  contracts: AsyncIterable<readonly SelectedContract[]>,
  preference: Preference,
  split: boolean,
): Promise<BySupplier> => {
  const fold = new SupplierFold(split);
  for await (const batch of contracts) for (const contract of batch) fold.add(assess(contract, preference));
  return fold;
};

class SupplierFold implements BySupplier {
  readonly suppliers = new Map<Supplier, SupplierCeilings>();
  unheld: SupplierCeilings | undefined;
  readonly total = new Tally();
  readonly #split: boolean;

  constructor(split: boolean) {
    this.#split = split;
  }

  add(contract: ContractCeiling): void {
    this.total.addContract(contract);
    if (contract.capped && contract.declared !== undefined) this.#addCapped(contract, contract.declared.value);
    else for (const ceiling of contract.ceilings) this.#addLot(ceiling);
    if (this.#split) this.#addShares(contract);
  }

  #of(supplier: Supplier): SupplierCeilings {
    const known = this.suppliers.get(supplier);
    if (known !== undefined) return known;
    const fresh = new SupplierCeilings();
    this.suppliers.set(supplier, fresh);
    return fresh;
  }

  #addLot({ selected, each, shared }: LotCeiling): void {
    for (const supplier of selected.matching) {
      const ceilings = this.#of(supplier);
      ceilings.count(each);
      (shared ? ceilings.shared : ceilings.sole).addAmount(each);
    }
  }

  /**
   * Where the contract's own ceiling is the limit, a supplier's figures together stay within it,
   * and a lot without a figure of its own may reach it.
   */
  #addCapped({ ceilings }: ContractCeiling, cap: Money): void {
    const holders = new Set(ceilings.flatMap(({ selected }) => selected.suppliers));
    const reach = new Map<Supplier, { sole: MoneySum; shared: MoneySum; open: boolean }>();
    for (const { selected, each, shared } of ceilings) {
      for (const supplier of selected.matching) {
        const own = reach.get(supplier) ?? {
          sole: new MoneySum(cap.currency),
          shared: new MoneySum(cap.currency),
          open: false,
        };
        reach.set(supplier, own);
        this.#of(supplier).count(each);
        if (!isKnown(each)) own.open = true;
        else (shared ? own.shared : own.sole).add(each);
      }
    }
    for (const [supplier, own] of reach) {
      const figures = this.#of(supplier);
      const sole = smallerOf(own.sole.value(), cap);
      const left = { ...cap, minor: cap.minor - sole.minor };
      const rest = own.open ? left : smallerOf(own.shared.value(), left);
      // A supplier that can reach nothing has a known zero; beside another figure a zero would only blur its precision.
      if (sole.minor > 0n || rest.minor === 0n) figures.sole.add(sole);
      if (rest.minor > 0n) (holders.size === 1 ? figures.sole : figures.shared).add(rest);
    }
  }

  #addShares(contract: ContractCeiling): void {
    const parts = partsOfCap(contract);
    for (const ceiling of contract.ceilings) {
      const part = parts.get(ceiling) ?? ceiling.amount;
      const { suppliers, matching } = ceiling.selected;
      if (suppliers.length === 0) this.#addUnheld(ceiling.amount, part);
      const shares = isKnown(part) ? equalShares(part, sortedById(suppliers)) : NO_SHARES;
      for (const supplier of matching) this.#of(supplier).share.addAmount(shares.get(supplier) ?? part);
    }
  }

  #addUnheld(ceiling: Amount, part: Amount): void {
    this.unheld ??= new SupplierCeilings();
    this.unheld.count(ceiling);
    this.unheld.share.addAmount(isKnown(part) ? toMinorPrecision(part) : part);
  }
}

/** Sorted, so that who gets the odd cent does not depend on the order in which the register names them. */
const sortedById = (suppliers: readonly Supplier[]): readonly Supplier[] =>
  [...suppliers].sort((a, b) => (a.id < b.id ? -1 : 1));

const sortedByLot = (ceilings: readonly LotCeiling[]): readonly LotCeiling[] =>
  [...ceilings].sort((a, b) => (a.selected.lot.id < b.selected.lot.id ? -1 : 1));

const NO_SHARES: ReadonlyMap<Supplier | undefined, Money> = new Map();

const equalShares = (part: Money, holders: readonly Supplier[]): ReadonlyMap<Supplier | undefined, Money> =>
  new Map(
    divideMoney(
      part,
      holders.map(() => 1n),
    ).map((share, index) => [holders[index], share]),
  );

/**
 * What lots contribute to the contract's usable total where its own ceiling is the limit, so that the parts add up to it:
 * in proportion to their ceilings, or where these leave some of it, that to the lots without a ceiling of their own.
 * Empty, or without a lot, where the lot's own ceiling is what it contributes.
 */
const partsOfCap = ({ ceilings, capped, usable }: ContractCeiling): ReadonlyMap<LotCeiling | undefined, Money> => {
  const [cap] = usable;
  if (!capped || cap === undefined) return new Map();
  const known = ceilings.flatMap(({ amount }) => (isKnown(amount) ? [amount] : []));
  const sum = known.reduce((total, { minor }) => total + minor, 0n);
  const exceeded = sum >= cap.minor;
  const dividing = sortedByLot(exceeded ? ceilings : ceilings.filter(({ amount }) => !isKnown(amount)));
  const parts = divideMoney(
    exceeded ? cap : { ...cap, minor: cap.minor - sum },
    dividing.map(({ amount }) => (!exceeded ? 1n : isKnown(amount) ? amount.minor : 0n)),
  );
  return new Map(parts.map((part, index) => [dividing[index], part]));
};
