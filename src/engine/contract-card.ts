import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { formatStates } from "../model/phases.ts";
import type { ReckonedDate } from "../model/reckoned-date.ts";
import type { SelectedContract } from "../query/selection.ts";
import { contractAsOf } from "../records/as-of.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import {
  datesTogether,
  hasOwnTerm,
  lotTermDates,
  standingOf,
  type TermDates,
  termUnits,
} from "../records/contract-term.ts";
import { decisionDays } from "../records/decision-days.ts";
import { type Lot, lotCodec } from "../records/lot.ts";
import type { Order } from "../records/order.ts";
import type { NamedField } from "../records/record.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import { assess, byMeasure } from "./ceilings.ts";
import { callOffPart, groupPart, lotPart, settledContractPart, sharedAwardPart } from "./contract-lines.ts";
import { contractFacts, type FactView, groupFacts, lotFacts } from "./facts.ts";
import { modificationEvents, publicationEvents, renewalEvents } from "./history.ts";
import {
  changedRows,
  eventRows,
  factRows,
  partRow,
  plainRow,
  plainRows,
  type ShowRow,
  textRow,
  wholeOf,
} from "./show-rows.ts";
import { UNLIMITED } from "./term-words.ts";
import { linkData } from "./value-cells.ts";
import { lotRef } from "./views.ts";

/** A lot, and its place in its contract. */
export interface PlacedLot {
  readonly contract: Contract;
  readonly lot: Lot;
  readonly index: number;
}

export const notesOnTotal = (contract: Contract, preference: Preference, day: PartialDate): readonly string[] => {
  const counted = new CeilingSources();
  for (const measured of byMeasure(assess(wholeOf(contract, preference, day), preference)))
    counted.addContract(measured);
  return counted.notes(preference);
};

/** What names a contract stands at the top of its card. */
const NAMING = ["title", "description"];
const NAMES = contractCodec.fields.filter(({ name }) => NAMING.includes(name));

/** What a card tells in lines of its own, elsewhere or at its end. */
const TOLD_APART = [...NAMING, "id", "framework", "links", "notes", "ignores", "ledgers", "note"];
const toldHere = (fields: readonly NamedField[]): readonly NamedField[] =>
  fields.filter(({ name }) => !TOLD_APART.includes(name));
const CONTRACT_FIELDS = toldHere(contractCodec.fields);
const LOT_FIELDS = toldHere(lotCodec.fields);

const dateRow = (fact: string, value: ReckonedDate | undefined): ShowRow[] =>
  plainRow(fact, value && { type: "date", value });

/** When a contract ends, or a lot with a term of its own, where it stands on a day, and what is to be done by when. */
const termRows = (contract: Contract, dates: TermDates, preference: Preference, day: PartialDate): ShowRow[] => {
  if (dates.phases.length === 0) return [];
  const { states, renewalsLeft } = standingOf(dates, day);
  const { noticeBy, procedureBy } = decisionDays(contract, dates, preference, day);
  return [
    ...dateRow("firm end", dates.firmEnd),
    ...(dates.endless ? textRow("latest end", UNLIMITED) : dateRow("latest end", dates.latestEnd)),
    ...textRow("ends counted from", dates.from === "awardDate" ? "the award" : undefined),
    ...textRow("state", formatStates({ states })),
    ...(dates.endless
      ? textRow("renewals left", UNLIMITED)
      : plainRow("renewals left", renewalsLeft === undefined ? undefined : { type: "count", value: renewalsLeft })),
    ...dateRow("give notice by", noticeBy?.date),
    ...dateRow("begin next procedure by", procedureBy?.date),
  ];
};

/** The card of a contract as it stands on a day. */
const answerRows = (whole: SelectedContract, preference: Preference, day: PartialDate): ShowRow[] => {
  const { contract, lots } = whole;
  const units = termUnits(
    contract,
    lots.map(({ lot }) => lot),
    preference,
    day,
  );
  return [
    ...termRows(contract, datesTogether(units), preference, day),
    ...byMeasure(assess(whole, preference))
      .flatMap(({ usable }) => usable)
      .flatMap((money) => plainRow("total of its lots", { type: "money", value: money })),
    ...linesOfParts(whole, preference, day),
  ];
};

/** What a contract is called: a call-off may set up a framework agreement of its own, and then it says so. */
const kindOf = ({ framework, callOffOf }: Contract): string =>
  framework ? "framework agreement" : callOffOf === undefined ? "contract" : "call-off";

/** The card of a contract, with the contracts that are call-offs of it. */
export const contractRows = (
  contract: Contract,
  callOffs: readonly Order[],
  preference: Preference,
  sources: boolean,
  day: PartialDate,
): ShowRow[] => {
  const whole = wholeOf(contract, preference, day);
  return [
    ...plainRow("contract", { type: "id", value: contract.id }),
    ...plainRows(NAMES, contract, preference),
    ...textRow("kind", kindOf(contract)),
    ...plainRows(CONTRACT_FIELDS, contract, preference),
    ...eventRows(publicationEvents(contract)),
    ...factRows(contractFacts(contract, preference), preference, sources),
    ...eventRows([...renewalEvents(contract, day), ...modificationEvents(contract, undefined, preference, day)]),
    ...changedRows("ceiling", contract.ceiling, whole.contract.ceiling, preference),
    ...changedRows("quantity", contract.quantity, whole.contract.quantity, preference),
    ...(sources ? claimsOfParts(contract, preference) : answerRows(whole, preference, day)),
    ...contract.settledContracts.flatMap((settled) =>
      partRow(`contract ${settled.id}`, settledContractPart(settled, preference)),
    ),
    ...contract.sharedAwards.flatMap((award) => partRow("awarded", sharedAwardPart(award))),
    ...callOffs.flatMap((order) => partRow(`call-off ${order.id}`, callOffPart(order, preference))),
    ...contract.links.flatMap((link) => partRow("link", linkData(link))),
    ...textRow("note", contract.note),
    ...contract.notes.flatMap(({ rule, text }) => textRow(`assumed by ${rule}`, text)),
  ];
};

const linesOfParts = ({ contract, lots }: SelectedContract, preference: Preference, day: PartialDate): ShowRow[] => [
  ...lots.flatMap((selected) =>
    partRow(
      `lot ${selected.lot.id}`,
      lotPart(selected, ownDates(contract, selected.lot, preference, day), preference, day),
    ),
  ),
  ...contract.groups.flatMap((group) => partRow(`group ${group.id}`, groupPart(group, preference))),
];

/** When a lot ends by itself. */
const ownDates = (contract: Contract, lot: Lot, preference: Preference, day: PartialDate): TermDates | undefined =>
  hasOwnTerm(lot) ? lotTermDates(contract, lot, preference, day) : undefined;

const claimsOfParts = ({ lots, groups }: Contract, preference: Preference): ShowRow[] => [
  ...lots.flatMap((lot, index) => claimsOf(`lot ${lot.id}`, lotFacts(lot, index, preference), preference)),
  ...groups.flatMap((group, index) => claimsOf(`group ${group.id}`, groupFacts(group, index, preference), preference)),
];

const claimsOf = (part: string, facts: readonly FactView[], preference: Preference): ShowRow[] =>
  factRows(facts, preference, true).map((row) => ({ ...row, fact: `${part} ${row.fact}` }));

export const lotRows = (
  { contract, lot, index }: PlacedLot,
  preference: Preference,
  sources: boolean,
  day: PartialDate,
): ShowRow[] => {
  const asOf = contractAsOf(contract, day);
  const now = asOf.lots[index];
  const dates = sources ? undefined : ownDates(asOf, lot, preference, day);
  return [
    ...plainRow("lot", { type: "id", value: lotRef(contract, lot) }),
    ...textRow("title", lot.title),
    ...textRow("contract", contract.title ?? contract.id),
    ...plainRows(LOT_FIELDS, lot, preference),
    ...factRows(lotFacts(lot, index, preference), preference, sources),
    ...eventRows(modificationEvents(contract, lot.id, preference, day)),
    ...changedRows("ceiling", lot.ceiling, now?.ceiling, preference),
    ...changedRows("ceilingPerSupplier", lot.ceilingPerSupplier, now?.ceilingPerSupplier, preference),
    ...changedRows("quantity", lot.quantity, now?.quantity, preference),
    ...changedRows("quantityPerSupplier", lot.quantityPerSupplier, now?.quantityPerSupplier, preference),
    ...(dates === undefined ? [] : termRows(asOf, dates, preference, day)),
    ...textRow("note", lot.note),
  ];
};
