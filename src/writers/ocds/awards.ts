import type { Preference } from "../../model/claim.ts";
import { firstById } from "../../model/lists.ts";
import type { Money, StatedAmount, StatedAmounts } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { Contract } from "../../records/contract.ts";
import type { SettledContract, SharedAward } from "../../records/history.ts";
import type { Lot } from "../../records/lot.ts";
import { type Modification, modificationCodec } from "../../records/modification.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { Parties } from "./parties.ts";
import { figureOf, type JsonMap, type Losses, momentOf, someOf } from "./values.ts";

/** An award before it is written: one lot or several, and the suppliers that hold them. */
interface Award {
  readonly id: string;
  readonly status: "active" | "pending";
  readonly lots: readonly string[];
  readonly suppliers: readonly Supplier[];
  /** Its amounts by the OCDS members that state them. */
  readonly amounts: Readonly<Partial<Record<AmountMember, StatedAmount | undefined>>>;
  readonly subcontractors: readonly string[];
  readonly amendments: Modification[];
}

/** The amounts of an award. Each has the code and name by which eForms withhold it (withheld information extension). */
const AMOUNTS = [
  ["value", "win-ten-val", "Tender Value"],
  ["maximumValue", "max-val", "Framework Maximum Value"],
  ["estimatedValue", "ree-val", "Framework Re-estimated Value"],
] as const;
type AmountMember = (typeof AMOUNTS)[number][0];

const lotsKey = (lots: readonly string[]): string => JSON.stringify([...lots].sort());

/**
 * The awards of one contract. All suppliers of a lot share one award, because its values are theirs together. An award
 * for each supplier would state the values once for each (O1, T3).
 */
export class Awards {
  readonly #contract: Contract;
  readonly #preference: Preference;
  readonly #parties: Parties;
  readonly #losses: Losses;
  readonly #awards = new Map<string, Award>();
  readonly #lots: ReadonlyMap<string, Lot>;
  /** The number that the next award of the same lots may have. */
  readonly #numbers = new Map<string, number>();
  /** The first award of exactly the same lots. */
  readonly #byLots = new Map<string, Award>();
  readonly #firstOf = new Map<string, Award>();
  readonly #awarded = new Set<string>();

  constructor(contract: Contract, preference: Preference, parties: Parties, losses: Losses) {
    this.#contract = contract;
    this.#lots = firstById(contract.lots);
    this.#preference = preference;
    this.#parties = parties;
    this.#losses = losses;
    for (const lot of contract.lots) this.#addLot(lot);
    for (const shared of contract.sharedAwards) this.#addShared(shared);
  }

  /** Whether a lot has an active award, which states its amounts. */
  has(lot: Lot): boolean {
    return standingOf(lot) === "active";
  }

  /**
   * The signed contracts. Each notice numbers its contracts anew, but contracts of one id in a release are one, so a
   * repeated id gets a number.
   */
  contracts(): readonly JsonMap[] {
    const ids = new Set<string>();
    return this.#contract.settledContracts.flatMap((settled) => {
      const contract = this.#contractOf(settled);
      if (contract === undefined) return [];
      let id = settled.id;
      for (let number = 2; ids.has(id); number++) id = `${settled.id}#${number}`;
      ids.add(id);
      return [{ id, ...contract }];
    });
  }

  /** The awards. To be called after {@link contracts}, which may add some. */
  list(): readonly JsonMap[] {
    this.#amend();
    const awarded = this.#awardDate();
    if (this.#awards.size === 0 && awarded !== undefined) this.#losses.add("awardDate");
    const date = this.#awards.size === 0 ? undefined : momentOf(awarded, this.#losses);
    return [...this.#awards.values()].map((award) => this.#jsonOf(award, date));
  }

  /** The bids of awards with subcontractors. OCDS states subcontracting in bids, and nothing else is known of them. */
  bids(): readonly JsonMap[] {
    const awards = [...this.#awards.values()].filter(({ subcontractors }) => subcontractors.length > 0);
    return awards.map(({ id, lots, subcontractors }) => {
      const subcontracts = subcontractors.map((name, index) => ({
        id: String(index + 1),
        subcontractor: this.#parties.named(name, "subcontractor"),
      }));
      return { id, relatedLots: lots, subcontracting: { subcontracts } };
    });
  }

  withheld(): readonly JsonMap[] {
    return [...this.#awards.values()].flatMap(({ id, amounts }) =>
      AMOUNTS.flatMap(([member, field, name]) =>
        amounts[member] === "withheld" ? [{ id: `${field}-${id}`, field, name }] : [],
      ),
    );
  }

  #addLot(lot: Lot): void {
    const status = standingOf(lot);
    if (status !== "active" && (lot.awarded !== undefined || lot.reestimate !== undefined))
      this.#losses.add("unawardedValue");
    if (status === undefined) return;
    if (lot.status === "unpublished") this.#losses.add("status");
    const suppliers = this.#preference.value(lot.suppliers) ?? [];
    if (status === "pending" && suppliers.length > 0) this.#losses.add("pendingSuppliers");
    const values = valuesOf(this.#preference.value(lot.awarded), this.#losses);
    const about = {
      status,
      lots: [lot.id],
      suppliers,
      subcontractors: this.#preference.value(lot.subcontractors) ?? [],
    };
    this.#add({
      amounts: {
        value: values[0],
        // In a framework agreement, the ceiling of a pending award is stated by the lot.
        maximumValue: status === "pending" && this.#contract.framework ? undefined : this.#ceilingOf(lot, suppliers),
        estimatedValue: this.#preference.value(lot.reestimate),
      },
      ...about,
    });
    for (const value of values.slice(1)) this.#add({ amounts: { value }, ...about, subcontractors: [] });
  }

  #ceilingOf(lot: Lot, suppliers: readonly Supplier[]): StatedAmount | undefined {
    const shared = this.#preference.value(lot.ceiling);
    if (shared !== undefined || lot.ceilingPerSupplier === undefined) return shared;
    if (suppliers.length === 1) return this.#preference.value(lot.ceilingPerSupplier);
    this.#losses.add("perSupplier");
    return undefined;
  }

  #addShared({ lots, value: values }: SharedAward): void {
    const suppliers = this.#suppliersOfAll(lots);
    for (const value of valuesOf(values, this.#losses))
      this.#add({ status: "active", lots, suppliers, subcontractors: [], amounts: { value } });
  }

  #suppliersOfAll(ids: readonly string[]): readonly Supplier[] {
    const [first = [], ...others] = ids.map((id) => {
      const lot = this.#lots.get(id);
      return new Set(this.#preference.value(lot?.suppliers) ?? []);
    });
    return [...first].filter((supplier) => others.every((suppliers) => suppliers.has(supplier)));
  }

  #add(award: Omit<Award, "id" | "amendments">): Award {
    const lots = award.lots.join("+");
    let number = this.#numbers.get(lots) ?? 1;
    const idOf = (count: number): string => (count === 1 ? lots : `${lots}#${count}`);
    while (this.#awards.has(idOf(number))) number++;
    this.#numbers.set(lots, number + 1);
    const id = idOf(number);
    const added = { id, amendments: [], ...award };
    this.#awards.set(id, added);
    this.#index(added);
    return added;
  }

  /** Indexes an award by its exact set of lots, in any order, and by each of them. */
  #index(award: Award): void {
    const key = lotsKey(award.lots);
    if (!this.#byLots.has(key)) this.#byLots.set(key, award);
    for (const lot of award.lots) {
      if (!this.#firstOf.has(lot)) this.#firstOf.set(lot, award);
      if (award.status === "active") this.#awarded.add(lot);
    }
  }

  #contractOf(settled: SettledContract): JsonMap | undefined {
    const award = this.#awardOf(settled);
    if (award === undefined) {
      this.#losses.add("unpublishedContract");
      return undefined;
    }
    const { reference, title, suppliers, awardDate, signedDate, value } = settled;
    if (reference !== undefined) this.#losses.add("contractReference");
    if (awardDate !== undefined && !isSameDay(awardDate, this.#awardDate())) this.#losses.add("contractAward");
    return {
      awardID: award.id,
      title,
      value: this.#contractValue(value, award),
      dateSigned: momentOf(signedDate, this.#losses),
      suppliers: someOf(suppliers.map((supplier) => this.#parties.supplier(supplier))),
    };
  }

  /**
   * The value of a signed contract. It is left out for a contract of several lots whose award states no value: it would
   * count as that award's value (T10d), once too often beside those of the single lots.
   */
  #contractValue(value: SettledContract["value"], award: Award): JsonMap | undefined {
    if (award.lots.length < 2 || award.amounts.value !== undefined) return figureOf(value, this.#losses);
    if (value !== undefined) this.#losses.add("contractValue");
    return undefined;
  }

  /**
   * The award of exactly the lots that a contract was signed for. If several awarded lots have none in common yet, one
   * without amounts is added.
   */
  #awardOf({ lots }: SettledContract): Award | undefined {
    const found = this.#byLots.get(lotsKey(lots));
    if (found !== undefined) return found.status === "active" ? found : undefined;
    const areAwarded = lots.every((id) => this.#awarded.has(id));
    if (!areAwarded || lots.length < 2) return undefined;
    const suppliers = this.#suppliersOfAll(lots);
    return this.#add({ status: "active", lots, suppliers, subcontractors: [], amounts: {} });
  }

  #awardDate(): PartialDate | undefined {
    return this.#preference.value(this.#contract.awardDate);
  }

  /**
   * Adds each modification to the first award of its lot. If it names no lot, or its lot has no award, it goes to the
   * first award of all.
   */
  #amend(): void {
    const [first] = this.#awards.values();
    for (const modification of this.#contract.modifications) {
      const own = modification.lot === undefined ? undefined : this.#firstOf.get(modification.lot);
      const award = own ?? first;
      if (award === undefined) this.#losses.add("amendment");
      else if (modification.amount !== undefined) this.#losses.add("amendmentAmount");
      award?.amendments.push(modification);
    }
  }

  #jsonOf(award: Award, date: string | undefined): JsonMap {
    const { id, status, lots, suppliers, amounts, subcontractors, amendments } = award;
    return {
      id,
      status,
      date,
      value: this.#figureIn(amounts.value),
      maximumValue: this.#figureIn(amounts.maximumValue),
      estimatedValue: this.#figureIn(amounts.estimatedValue),
      suppliers: someOf(suppliers.map((supplier) => this.#parties.supplier(supplier))),
      relatedLots: lots,
      relatedBids: subcontractors.length === 0 ? undefined : [id],
      amendments: someOf(amendments.map((amendment) => this.#amendmentOf(amendment))),
    };
  }

  /** The amount; undefined for a withheld one, which {@link withheld} lists. */
  #figureIn(amount: StatedAmount | undefined): JsonMap | undefined {
    return amount === "withheld" ? undefined : figureOf(amount, this.#losses);
  }

  #amendmentOf(modification: Modification): JsonMap {
    const { id, date, title, ground, lot } = modification;
    this.#losses.addFields(modificationCodec.fields, modification);
    const relatedLots = lot === undefined ? undefined : [lot];
    return { id, date: momentOf(date, this.#losses), description: title, rationale: ground, relatedLots };
  }
}

/** The status of a lot's award; undefined if it has none. An unsuccessful result is stated by the lot itself. */
const standingOf = ({ status, suppliers }: Lot): Award["status"] | undefined => {
  if (status === "pending") return "pending";
  return status === "awarded" || status === "unpublished" || suppliers !== undefined ? "active" : undefined;
};

/**
 * The value of each of several awards. If not all is known, there is one more award without an amount: that is how OCDS
 * says that a sum is at least this much (T8). Of a range, only the part that is certain is stated.
 */
const valuesOf = (values: StatedAmounts | undefined, losses: Losses): readonly (StatedAmount | undefined)[] => {
  if (values === undefined || values === "withheld") return [values];
  const isBound = values.some(({ bound }) => bound !== undefined);
  return isBound ? [...values.flatMap((value) => leastOf(value, losses)), undefined] : values;
};

const leastOf = ({ bound, least = 0n, ...amount }: Money, losses: Losses): readonly Money[] => {
  if (bound === undefined || bound === "atLeast") return [amount];
  losses.add("bound");
  return bound === "between" && least !== 0n ? [{ ...amount, minor: least }] : [];
};

const isSameDay = (a: PartialDate, b: PartialDate | undefined): boolean =>
  b !== undefined && formatPartialDate(a) === formatPartialDate(b);
