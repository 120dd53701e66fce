import type { Preference } from "../model/claim.ts";
import type { Supplier } from "../model/contract.ts";
import { divideMoney, isKnown, type Money, MoneySum, smallerOf, sumByCurrency } from "../model/money.ts";
import type { SelectedContract } from "../query/selection.ts";
import { assess, type ContractCeiling, type LotCeiling } from "./ceilings.ts";
import { Tally } from "./tally.ts";

/** What one supplier may reach (T6); the three figures answer three questions and are never added to each other. */
export class SupplierCeilings {
  lots = 0;
  /** Ceilings that it has for itself. */
  readonly sole = new Tally();
  /** Ceilings that it shares: what it could reach at most, were it to get every order. */
  readonly shared = new Tally();
  /** Its part where shared ceilings are divided equally: an assumption, not a fact. */
  readonly share = new Tally();
}

export interface BySupplier {
  /** A lot that nobody holds counts under `undefined`, and only when ceilings are divided. */
  readonly suppliers: ReadonlyMap<Supplier | undefined, SupplierCeilings>;
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
  readonly suppliers = new Map<Supplier | undefined, SupplierCeilings>();
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

  #of(supplier: Supplier | undefined): SupplierCeilings {
    const known = this.suppliers.get(supplier);
    if (known !== undefined) return known;
    const fresh = new SupplierCeilings();
    this.suppliers.set(supplier, fresh);
    return fresh;
  }

  #addLot({ selected, each, shared }: LotCeiling): void {
    for (const supplier of selected.matching) {
      const ceilings = this.#of(supplier);
      ceilings.lots++;
      const tally = shared ? ceilings.shared : ceilings.sole;
      if (isKnown(each)) tally.add(each);
      else tally.addUnknown(each);
    }
  }

  /**
   * Where the contract's own ceiling is the limit, a supplier's figures together stay within it,
   * and a lot without a figure of its own may reach it.
   */
  #addCapped({ ceilings }: ContractCeiling, cap: Money): void {
    const holders = new Set(ceilings.flatMap(({ selected }) => selected.suppliers));
    const reach = new Map<Supplier, { sole: MoneySum; shared: MoneySum; open: boolean; lots: number }>();
    for (const { selected, each, shared } of ceilings) {
      for (const supplier of selected.matching) {
        const own = reach.get(supplier) ?? {
          sole: new MoneySum(cap.currency),
          shared: new MoneySum(cap.currency),
          open: false,
          lots: 0,
        };
        reach.set(supplier, own);
        own.lots++;
        if (!isKnown(each)) own.open = true;
        else (shared ? own.shared : own.sole).add(each);
      }
    }
    for (const [supplier, own] of reach) {
      const figures = this.#of(supplier);
      figures.lots += own.lots;
      const sole = smallerOf(own.sole.value(), cap);
      const left = { ...cap, minor: cap.minor - sole.minor };
      const rest = own.open ? left : smallerOf(own.shared.value(), left);
      if (sole.minor > 0n) figures.sole.add(sole);
      if (rest.minor > 0n) (holders.size === 1 ? figures.sole : figures.shared).add(rest);
    }
  }

  #addShares(contract: ContractCeiling): void {
    const parts = partsByLot(contract);
    contract.ceilings.forEach(({ selected }, index) => {
      const part = parts[index];
      if (part === undefined) return;
      // Sorted, so that who gets the odd cent does not depend on the order in which the register names them.
      const holders = [...selected.suppliers].sort((a, b) => (a.id < b.id ? -1 : 1));
      if (holders.length === 0) this.#of(undefined).share.add(part);
      const shares = divideMoney(
        part,
        holders.map(() => 1n),
      );
      holders.forEach((supplier, place) => {
        const share = shares[place];
        if (share !== undefined && selected.matching.includes(supplier)) this.#of(supplier).share.add(share);
      });
    });
  }
}

/** What each lot contributes to the contract's usable total, so that the parts add up to it. */
const partsByLot = ({ ceilings, capped, declared }: ContractCeiling): readonly (Money | undefined)[] => {
  const own = ceilings.map(({ amount }) => (isKnown(amount) ? amount : undefined));
  if (!capped || declared === undefined) return own;
  const cap = declared.value;
  const sum = sumByCurrency(own.filter((money) => money !== undefined))[0]?.minor ?? 0n;
  if (sum >= cap.minor)
    return divideMoney(
      cap,
      own.map((money) => money?.minor ?? 0n),
    );
  const open = divideMoney(
    { ...cap, minor: cap.minor - sum },
    own.filter((money) => money === undefined).map(() => 1n),
  );
  return own.map((money) => money ?? open.shift());
};
