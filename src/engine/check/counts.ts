import { claimsBySource, type Fact } from "../../model/claim.ts";
import { findingOf } from "../../model/errors.ts";
import type { Quantity } from "../../model/quantity.ts";
import { suppliersOf } from "../../query/subject.ts";
import { plural } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

/** The declared origins of suppliers against the suppliers that hold lots: each counted once, groupings as one (T2). */
export const checkSupplierCount: ContractRule = (contract, preference) => {
  const origins = preference.value(contract.supplierOrigins);
  if (origins === undefined) return [];
  const declared = origins.reduce((sum, { count }) => sum + count, 0);
  const held = new Set(contract.lots.flatMap((lot) => suppliersOf(lot, preference))).size;
  const parts = origins.map(({ count, unit }) => `${count} ${unit}`).join(" + ");
  const compared = `${contract.id}: ${parts} = ${plural(declared, "supplier")} declared; its lots are held by ${held}`;
  const position = contract.origin.locate(["supplierOrigins"]);
  return declared === held
    ? [findingOf("T2-agrees", `${compared}: they agree`, position)]
    : [findingOf("T2-count", `${compared}: they differ`, position)];
};

/** For each source, of how many lots it states the number of offers, and their sum. */
const offersBySource = (lots: readonly { readonly offers?: Fact<Quantity> | undefined }[]) => {
  const stated = new Map<string | undefined, { lots: number; sum: number }>();
  for (const { offers } of lots) {
    for (const [source, { value }] of claimsBySource(offers)) {
      const { lots: before, sum } = stated.get(source) ?? { lots: 0, sum: 0 };
      stated.set(source, { lots: before + 1, sum: sum + value.count });
    }
  }
  return stated;
};

/** The declared number of offers against the lots' sum, where one source states them all. */
export const checkOffers: ContractRule = (contract) => {
  const stated = contract.offers === undefined ? undefined : offersBySource(contract.lots);
  return (contract.offers ?? []).flatMap(({ value, by }) => {
    const { lots, sum } = stated?.get(by.source) ?? { lots: 0, sum: 0 };
    if (lots < contract.lots.length || value.approximate || sum === value.count) return [];
    const message = `${contract.id}: ${value.count} offers declared; its lots add up to ${sum}`;
    return [findingOf("T4-offers", message, contract.origin.locate(["offers"]))];
  });
};
