import type { StatedAmount } from "../../model/amount.ts";
import type { Fact } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { isKnown, isQuantity, type Money } from "../../model/money.ts";
import type { Contract } from "../../records/contract.ts";
import { measuresOf } from "../../records/order.ts";
import type { ContractRule } from "./contract-rule.ts";

/** A quantity that a contract states, and where. */
interface StatedQuantity {
  readonly quantity: Money;
  readonly path: readonly (string | number)[];
}

const claimed = (fact: Fact<StatedAmount> | undefined, path: StatedQuantity["path"]): readonly StatedQuantity[] =>
  (fact ?? []).flatMap(({ value }) => (isKnown(value) ? [{ quantity: value, path }] : []));

const quantitiesIn = ({ quantity, lots, groups, modifications, orders = [] }: Contract): readonly StatedQuantity[] => [
  ...claimed(quantity, ["quantity"]),
  ...groups.flatMap((group, index) => claimed(group.quantity, ["groups", index, "quantity"])),
  ...lots.flatMap((lot, index) => [
    ...claimed(lot.quantity, ["lots", index, "quantity"]),
    ...claimed(lot.quantityPerSupplier, ["lots", index, "quantityPerSupplier"]),
  ]),
  ...modifications.flatMap((one, index) =>
    one.quantity === undefined ? [] : [{ quantity: one.quantity, path: ["modifications", index, "quantity"] }],
  ),
  ...orders.flatMap((order, index) =>
    measuresOf(order)
      .filter(isQuantity)
      .map((counted) => ({ quantity: counted, path: ["orders", index, "quantity"] })),
  ),
];

const ENDING = /(?<=[^\s]{3})(\(\w+\)|s|es|n|en|e|x)(?= |$)/g;

/** What a unit has in common with its plural, and with other spellings of its letters. */
const stemOf = (unit: string): string => fold(unit).replace(ENDING, "");

const nameOf = ({ called, currency }: Money): string => called ?? currency;

/** Units of one contract that differ by a plural or an accent: nobody says that they are one, so they are never added (L4). */
export const checkUnits: ContractRule = (contract) => {
  const stems = new Map<string, Map<string, Money>>();
  return quantitiesIn(contract).flatMap(({ quantity, path }): readonly Finding[] => {
    const stem = stemOf(quantity.currency);
    const alike = stems.get(stem) ?? new Map<string, Money>();
    stems.set(stem, alike);
    if (alike.has(quantity.currency)) return [];
    const [[, first] = []] = alike;
    alike.set(quantity.currency, quantity);
    if (first === undefined) return [];
    const message = `${contract.id}: "${nameOf(quantity)}" and "${nameOf(first)}" are two units, which are never added up`;
    return [findingOf("L4-units", message, contract.origin.locate(path), "if they are one, write both alike")];
  });
};
