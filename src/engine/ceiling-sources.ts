import type { Preference } from "../model/claim.ts";
import { madeUnder } from "../model/lists.ts";
import { isKnown, unitOf } from "../model/money.ts";
import { listed } from "../model/phrases.ts";
import { type Sums, sumsIn, sumsOf } from "../model/sums.ts";
import type { CeilingLimit } from "./ceiling-limits.ts";
import { type CeilingNode, lotsBelow } from "./ceiling-tree.ts";
import type { ContractCeiling, LotCeiling } from "./ceilings.ts";
import { lotRef } from "./views.ts";

const MOST_NAMED = 3;
const FEW_SOURCES = 8;

/**
 * A source that fills in for a preferred one, how often it does, and the first few lots, groups or contracts where it
 * does.
 */
interface FillIn {
  readonly preferred: string;
  readonly source: string | undefined;
  readonly first: string[];
  count: number;
}

export class CeilingSources {
  /** Sources by unit. Where there are many, a source may be listed more than once. */
  readonly #sources = new Map<string, string[]>();
  #lastSource: string | undefined;
  #lastUnit: string | undefined;
  /** Undefined until a source fills in. Usually the preferred source answers, and none does. */
  #fillIns: Map<string, FillIn> | undefined;

  /**
   * Adds the sources of the ceilings that a contract's usable total rests on: declared ones where they are the limit,
   * otherwise those of the lots.
   */
  addContract(assessed: ContractCeiling): void {
    const { limits, units, ceilings, usable } = assessed;
    const own = limits?.all.find(({ group }) => group === undefined);
    if (assessed.lots === 0 && own !== undefined)
      for (const money of usable) this.#addLimit(assessed, own, unitOf(money));
    else this.add(assessed, { units, ceilings });
  }

  add(assessed: ContractCeiling, { units, ceilings }: Pick<ContractCeiling, "units" | "ceilings">): void {
    for (const { unit, tree } of units) this.#addNode(assessed, tree.root, unit);
    if (units.length === 0) for (const ceiling of ceilings) this.addLot(assessed, ceiling);
  }

  #addNode(assessed: ContractCeiling, node: CeilingNode<LotCeiling>, unit: string): void {
    if (node.binding) for (const { limit } of node.limits) this.#addLimit(assessed, limit, unit);
    // If a single ceiling binds that is declared and certain, the figures of the lots below it play no part. If several
    // bind, or an uncertain one, they still count.
    const [only, ...others] = node.limits;
    if (node.binding && others.length === 0 && only?.limit.certain === true && only.limit.isOrdered !== true) return;
    const lots = node.binding ? lotsBelow(node) : node.lots;
    for (const { lot } of lots) this.addLot(assessed, lot);
    if (!node.binding) for (const below of node.below) this.#addNode(assessed, below, unit);
  }

  #addLimit(assessed: ContractCeiling, { group, by, fillsIn }: CeilingLimit, unit: string): void {
    const { id } = assessed.contract;
    this.count(by.source, unit);
    if (fillsIn) this.#note(assessed, by.source, group === undefined ? id : `${id} group ${group}`);
  }

  addLot(assessed: ContractCeiling, { selected, counted, by }: LotCeiling): void {
    if (counted === undefined || !isKnown(counted)) return;
    const source = by?.source;
    this.count(source, unitOf(counted));
    if (assessed.preferred !== source) this.#note(assessed, source, lotRef(assessed.contract, selected.lot));
  }

  count(source: string | undefined, unit: string): void {
    // Most ceilings are stated by the same source as the one before.
    if (source === this.#lastSource && unit === this.#lastUnit) return;
    this.#lastSource = source;
    this.#lastUnit = unit;
    if (source !== undefined) this.#add(source, unit);
  }

  #add(source: string, unit: string): void {
    const sources = this.#sources.get(unit);
    if (sources === undefined) this.#sources.set(unit, [source]);
    // Registers have few sources. In notices each contract has its own, which is not worth a search among all others.
    else if (sources.length > FEW_SOURCES || !sources.includes(source)) sources.push(source);
  }

  #note({ preferred }: ContractCeiling, source: string | undefined, place: string): void {
    if (preferred === undefined || source === preferred) return;
    const key = JSON.stringify([preferred, source ?? null]);
    this.#fillIns ??= new Map();
    const fillIn = madeUnder(this.#fillIns, key, () => ({ preferred, source, first: [], count: 0 }));
    if (fillIn.count++ < MOST_NAMED) fillIn.first.push(place);
  }

  /** The ids of the sources of what is counted in one unit, preferred ones first. What names no source adds none. */
  ids(preference: Preference, unit: string | undefined): readonly string[] {
    const ids = [...new Set(this.#sources.get(unit ?? ""))];
    return ids.sort((a, b) => preference.rank(a) - preference.rank(b));
  }

  /**
   * Its declared sources by unit, as counts to which those of others can be added, and how many sources are not
   * declared. Those are listed in the order in which they are read, which a count cannot keep.
   */
  parts(preference: Preference): Sums {
    const isDeclared = (id: string): boolean => preference.rank(id) < preference.sources.length;
    const all = Array.from(this.#sources, ([unit, ids]) => [unit, [...new Set(ids)]] as const);
    return sumsOf([
      ["undeclared", all.flatMap(([, ids]) => ids).filter((id) => !isDeclared(id)).length],
      [
        "declared",
        sumsOf(all.map(([unit, ids]) => [unit, sumsOf(ids.filter(isDeclared).map((id) => [id, 1] as const))])),
      ],
    ]);
  }

  /** Adds the declared sources of another, given as its {@link parts}. */
  addParts(parts: Sums): void {
    for (const [unit, ids] of sumsIn(parts, "declared"))
      if (typeof ids !== "bigint") for (const id of ids.keys()) this.#add(id, unit);
  }

  /** One sentence if a preferred source is silent on a ceiling that is counted: who fills in for it, and where. */
  notes(preference: Preference): readonly string[] {
    const ranked = [...(this.#fillIns?.values() ?? [])].sort(
      (a, b) =>
        preference.rank(a.preferred) - preference.rank(b.preferred) ||
        preference.rank(a.source) - preference.rank(b.source),
    );
    const named = ranked
      .slice(0, MOST_NAMED)
      .map(
        ({ preferred, source = "the register", first, count }) =>
          `${source} for ${preferred} on ${listed(first, count)}`,
      );
    const more = ranked.length - named.length;
    if (more > 0) named.push(`${more} more ${more === 1 ? "source" : "sources"} elsewhere`);
    return named.length === 0 ? [] : [`Where the preferred source is silent another fills in: ${named.join("; ")}.`];
  }
}
