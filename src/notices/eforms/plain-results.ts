import type { StatedAmount } from "../../model/amount.ts";
import type { LotStatus } from "../../records/lot.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { divideWins } from "../awarded-values.ts";
import { NO_LOT } from "../stated-values.ts";
import { amountIn, TENDER_VALUE } from "./amounts.ts";
import type { DeclaredLot } from "./declared-lots.ts";
import { lotOf } from "./lot.ts";
import { RESULT_STATUSES } from "./lot-results.ts";
import type { Parties } from "./parties.ts";
import { dateIn, type Period } from "./period.ts";
import { idIn, type NoticeReading, valueIn } from "./reading.ts";
import type { Results } from "./stated-results.ts";

/** A result as UBL itself has it, with its winners. */
interface PlainResult {
  readonly element: XmlElement;
  readonly lot: string;
  readonly winners: readonly XmlElement[];
  readonly status: LotStatus;
  readonly value: StatedAmount | undefined;
}

/** The results of a notice that has them in UBL's own elements, with winners (E9). */
export const plainResultElements = (root: XmlElement): readonly XmlElement[] =>
  childrenOf(root, "TenderResult").filter((result) => childOf(result, "WinningParty") !== undefined);

/**
 * What plain UBL tells of results, as German notices did before eForms-DE: who won, when it was awarded, and perhaps for
 * how much. A result that names no lot is of the only one, else it stands as a lot of its own (R-LOTNO).
 */
export const plainResultsOf = (
  elements: readonly XmlElement[],
  declared: readonly DeclaredLot[],
  period: Period,
  parties: Parties,
  reading: NoticeReading,
): Results => {
  const [only] = declared.length === 1 ? declared : [];
  const results = elements.map((element) => resultOf(element, only?.id, reading));
  const lots = new Map<string, DeclaredLot | undefined>(declared.map((lot) => [lot.id, lot]));
  for (const { lot } of results) if (!lots.has(lot)) lots.set(lot, undefined);
  const wins = results.filter(({ status }) => status === "awarded").map(({ lot, value }) => ({ lots: [lot], value }));
  const { byLot, shared } = divideWins(wins);
  return {
    lots: [...lots].map(([id, lot]) => {
      const own = results.filter((result) => result.lot === id);
      const status = BY_WEIGHT.find((one) => own.some((result) => result.status === one)) ?? "no-result";
      const outcome = { id, declared: lot, results: [], status, winners: [] };
      const suppliers = own.flatMap(({ winners }) => winners.flatMap((winner) => parties.named(winner) ?? []));
      const built = lotOf(outcome, byLot.get(id) ?? [], period, parties, reading);
      return {
        ...built,
        suppliers: reading.fact(suppliers.length === 0 ? undefined : [...new Set(suppliers)], WINNER),
      };
    }),
    settledContracts: [],
    sharedAwards: shared,
    callOffOf: undefined,
    awardDates: results.flatMap(({ element }) => dateIn(element, "AwardDate") ?? []),
  };
};

const WINNER = "WinningParty";
const BY_WEIGHT: readonly LotStatus[] = ["awarded", "open", "unpublished", "closed-no-winner"];

const resultOf = (element: XmlElement, only: string | undefined, reading: NoticeReading): PlainResult => {
  const project = childOf(element, "AwardedTenderedProject");
  const winners = childrenOf(element, WINNER).flatMap((winner) => childOf(winner, "Party") ?? []);
  const code = valueIn(element, "TenderResultCode");
  const lot = idIn(childOf(project, "ProcurementProjectLot")) ?? only;
  if (lot === undefined) reading.notes.add("R-LOTNO", "a result names no lot: it stands as a lot of its own");
  return {
    element,
    lot: lot ?? NO_LOT,
    winners,
    status: RESULT_STATUSES.get(code ?? "") ?? (winners.length > 0 ? "awarded" : "no-result"),
    value: amountIn(descend(project, "LegalMonetaryTotal"), TENDER_VALUE, reading),
  };
};
