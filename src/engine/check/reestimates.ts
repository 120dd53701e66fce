import type { StatedAmount } from "../../model/amount.ts";
import type { Claim } from "../../model/claim.ts";
import { findingOf } from "../../model/errors.ts";
import { formatMoney, minorDigits, sumByUnit, unitOf } from "../../model/money.ts";
import type { Contract } from "../../records/contract.ts";
import type { ContractRule } from "./contract-rule.ts";

/** What each source states of lots. */
const reestimatesBySource = ({ lots }: Contract): ReadonlyMap<string | undefined, readonly Claim<StatedAmount>[]> => {
  const stated = new Map<string | undefined, Claim<StatedAmount>[]>();
  for (const { reestimate = [] } of lots) {
    for (const claim of reestimate) {
      const claims = stated.get(claim.by.source) ?? [];
      stated.set(claim.by.source, claims);
      claims.push(claim);
    }
  }
  return stated;
};

/**
 * The re-estimated value of all framework agreements against the lots' (E5): |BT-1118 − ΣBT-660| ≤ 1.00 × n, with n the
 * number of lots that state one.
 */
export const checkReestimates: ContractRule = (contract) => {
  const stated = contract.reestimate === undefined ? undefined : reestimatesBySource(contract);
  return (contract.reestimate ?? []).flatMap(({ value, by }) => {
    const parts = stated?.get(by.source) ?? [];
    const known = parts.flatMap((claim) => (claim.value === "withheld" ? [] : [claim.value]));
    const [sum, ...others] = sumByUnit(known);
    if (value === "withheld" || sum === undefined || others.length > 0 || known.length < parts.length) return [];
    const tolerance = BigInt(known.length) * 10n ** BigInt(minorDigits(value.currency));
    const difference = value.minor - sum.minor;
    const close = difference <= tolerance && -difference <= tolerance;
    if (unitOf(value) !== unitOf(sum) || close) return [];
    const message = `${contract.id}: ${formatMoney(value)} re-estimated for all; its ${known.length === 1 ? "lot has" : `${known.length} lots add up to`} ${formatMoney(sum)}`;
    return [findingOf("E5-reestimate", message, contract.origin.locate(["reestimate"]))];
  });
};
