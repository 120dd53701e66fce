import type { Preference } from "../model/claim.ts";
import { firstAndMore } from "../model/first-few.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import { hasCome } from "../records/as-of.ts";
import type { Succession, Supplier } from "../records/supplier.ts";
import { nameOf, onDay } from "./views.ts";

type Parting = Exclude<Succession, { kind: "renamed" }>;

const MOST_TOLD = 3;

/**
 * What became of suppliers that were asked for in vain, a sentence each: who took one over, or that it left. Whoever took
 * one over may have been taken over, too.
 */
export const formerSupplierTexts = (
  suppliers: Iterable<Supplier>,
  day: PartialDate,
  preference: Preference,
): readonly string[] => {
  const told = new Map<Supplier, string>();
  // What is added while this goes on is gone through, too, and a circle of mergers comes to an end.
  const asked = new Set(suppliers);
  for (const supplier of asked) {
    const partings = supplier.successions.filter(
      (one): one is Parting => one.kind !== "renamed" && hasCome(one.date, day),
    );
    if (partings.length === 0) continue;
    told.set(supplier, `${nameOf(supplier, preference)} ${partingsText(partings, preference)}`);
    for (const one of partings) if (one.kind === "merged") addKnown(asked, one.successor());
  }
  return [...told.values()];
};

const addKnown = (suppliers: Set<Supplier>, supplier: Supplier | undefined): void => {
  if (supplier !== undefined) suppliers.add(supplier);
};

const partingsText = (partings: readonly Parting[], preference: Preference): string =>
  firstAndMore(
    partings.map((one) => {
      const what = one.kind === "left" ? "left" : `was taken over by ${heirName(one, preference)}`;
      return `${what} ${onDay(formatPartialDate(one.date))}${seatText(one)}`;
    }),
    MOST_TOLD,
  );

const heirName = (one: Parting & { readonly kind: "merged" }, preference: Preference): string => {
  const heir = one.successor();
  return heir === undefined ? one.into : nameOf(heir, preference);
};

/** Of which seats it is said; nothing where it is all of them. */
const seatText = ({ contract, lot }: Parting): string => {
  if (lot === undefined) return contract === undefined ? "" : ` (${contract})`;
  return contract === undefined || lot.includes("/") ? ` (lot ${lot})` : ` (${contract}/${lot})`;
};
