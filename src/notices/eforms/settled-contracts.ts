import type { StatedAmount } from "../../model/amount.ts";
import { addUnder } from "../../model/lists.ts";
import type { SettledContract } from "../../records/history.ts";
import { valueTogether } from "../awarded-values.ts";
import type { ContractElement } from "./contracts.ts";
import type { Outcome } from "./outcomes.ts";
import type { Parties } from "./parties.ts";
import type { Tender } from "./tenders.ts";

/** The contracts of a notice with the lots that name them, or that their tenders won, and with their suppliers. */
export const settledContractsOf = (
  contracts: readonly ContractElement[],
  outcomes: readonly Outcome[],
  tenders: ReadonlyMap<string, Tender>,
  parties: Parties,
): readonly SettledContract[] => {
  const lotsByContract = indexLots(outcomes, ({ results }) => results.flatMap((result) => result.contracts));
  const lotsByTender = indexLots(outcomes, ({ winners }) => winners.map(({ id }) => id));
  const isMixed = new Set(contracts.map(({ framework }) => framework)).size > 1;
  return contracts.map(({ id, reference, title, awardDate, signedDate, tenders: accepted, framework }) => {
    const own = accepted.flatMap((tender) => tenders.get(tender) ?? []);
    const lots = lotsByContract.get(id) ?? wonLots(accepted, lotsByTender);
    return {
      id,
      reference,
      title,
      lots,
      suppliers: parties.suppliersOf(own),
      awardDate,
      signedDate,
      value: singleValue(own),
      ...(isMixed && framework !== undefined && { callOffOf: framework }),
    };
  });
};

const wonLots = (
  tenders: readonly string[],
  lotsByTender: ReadonlyMap<string, readonly string[]>,
): readonly string[] => {
  const [only = ""] = tenders;
  if (tenders.length === 1) return lotsByTender.get(only) ?? [];
  return [...new Set(tenders.flatMap((tender) => lotsByTender.get(tender) ?? []))];
};

/** The lots in which each id stands. */
const indexLots = (
  outcomes: readonly Outcome[],
  idsOf: (outcome: Outcome) => readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  const index = new Map<string, string[]>();
  for (const outcome of outcomes) {
    for (const id of new Set(idsOf(outcome))) {
      addUnder(index, id, outcome.id);
    }
  }
  return index;
};

/** The value of all its tenders; undefined where one is not known, or where they are in several currencies. */
const singleValue = (tenders: readonly Tender[]): StatedAmount | undefined => {
  if (tenders.length === 1) return tenders[0]?.value;
  const values = tenders.map(({ value }) => value);
  if (values.includes(undefined)) return undefined;
  if (values.includes("withheld")) return "withheld";
  const total = valueTogether(values);
  return total === undefined || total === "withheld" || total.length > 1 ? undefined : total[0];
};
