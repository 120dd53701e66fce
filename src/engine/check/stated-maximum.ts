import { findingOf } from "../../model/errors.ts";
import { firstFew } from "../../model/first-few.ts";
import { isCallOff } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import { TOTALS_LEFT_OUT } from "../../records/history.ts";
import { cameToNothing, type Lot } from "../../records/lot.ts";
import type { ContractRule } from "./contract-rule.ts";

const HINT =
  "state a ceiling or a quantity, for the whole or for each lot: an agreement has to state its maximum (CJEU C-23/20, Simonsen & Weel)";

const MOST_NAMED = 6;

/** A figure that is withheld is stated all the same. */
const isLimited = ({ ceiling, quantity }: Pick<Lot, "ceiling" | "quantity">): boolean =>
  (ceiling ?? quantity) !== undefined;

/** The lots that can be ordered from, and that no ceiling or quantity limits, of their own or of a group. */
const unlimitedLots = ({ lots, groups }: Contract): readonly Lot[] => {
  const grouped = new Set(groups.filter(isLimited).flatMap((group) => group.lots));
  return lots.filter(
    (lot) =>
      !cameToNothing(lot) &&
      !grouped.has(lot.id) &&
      !isLimited(lot) &&
      (lot.ceilingPerSupplier ?? lot.quantityPerSupplier) === undefined,
  );
};

/**
 * Framework agreements of which nothing states how much may be spent or ordered at most (L1). A call-off uses up the
 * maximum of another, and under the Procurement Act 2023 a framework has an estimate.
 */
export const checkStatedMaximum: ContractRule = (contract) => {
  const { id, framework, regime, lots, origin } = contract;
  if (!framework || isCallOff(contract) || regime === "uk-2023" || isLimited(contract)) return [];
  if (contract.notes.some(({ text }) => text.startsWith(TOTALS_LEFT_OUT) && text.includes("ceiling"))) return [];
  const unlimited = unlimitedLots(contract);
  const [first] = unlimited;
  if (lots.length > 0 && first === undefined) return [];
  const isWhole = unlimited.length === lots.length;
  const named = firstFew(
    unlimited.map((lot) => lot.id),
    MOST_NAMED,
  );
  const of = isWhole ? "" : ` for ${unlimited.length} of its ${lots.length} lots (${named})`;
  const path = isWhole || first === undefined ? ["contract"] : ["lots", lots.indexOf(first)];
  const message = `${id}: no field states the maximum of this framework agreement${of}`;
  return [findingOf("L1-maximum", message, origin.locate(path), HINT)];
};
