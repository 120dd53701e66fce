import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { formatStates, type Phase, standingAt } from "../model/phases.ts";
import type { SelectedContract } from "../query/selection.ts";
import { contractAsOf } from "../records/as-of.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { termDates } from "../records/contract-term.ts";
import { type Lot, lotCodec } from "../records/lot.ts";
import type { NamedField } from "../records/record.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import { assess } from "./ceilings.ts";
import { groupPart, lotPart, settledContractPart, sharedAwardPart } from "./contract-lines.ts";
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
  counted.addContract(assess(wholeOf(contract, preference, day), preference));
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

/** Where a contract stands in its term on a day. */
const standingRows = (phases: readonly Phase[], day: PartialDate): ShowRow[] => {
  const standing = standingAt(phases, day);
  const left = standing.renewalsLeft;
  return [
    ...textRow("state", formatStates(standing)),
    ...plainRow("renewals left", left === undefined ? undefined : { type: "count", value: left }),
  ];
};

export const contractRows = (
  contract: Contract,
  preference: Preference,
  sources: boolean,
  day: PartialDate,
): ShowRow[] => {
  const whole = wholeOf(contract, preference, day);
  const dates = termDates(whole.contract, preference);
  const reckoned = dates.from === "awardDate" ? " (reckoned from the award)" : "";
  return [
    ...plainRow("contract", { type: "id", value: contract.id }),
    ...plainRows(NAMES, contract, preference),
    ...textRow("kind", contract.framework ? "framework agreement" : "contract"),
    ...plainRows(CONTRACT_FIELDS, contract, preference),
    ...eventRows(publicationEvents(contract)),
    ...factRows(contractFacts(contract, preference), preference, sources),
    ...eventRows([...renewalEvents(contract, day), ...modificationEvents(contract, undefined, preference, day)]),
    ...changedRows("ceiling", contract.ceiling, whole.contract.ceiling, preference),
    ...(sources ? [] : plainRow(`firm end${reckoned}`, dates.firmEnd && { type: "date", value: dates.firmEnd })),
    ...(sources ? [] : plainRow(`latest end${reckoned}`, dates.latestEnd && { type: "date", value: dates.latestEnd })),
    ...(sources ? [] : standingRows(dates.phases, day)),
    ...(sources
      ? []
      : assess(whole, preference).usable.flatMap((money) =>
          plainRow("total of its lots", { type: "money", value: money }),
        )),
    ...(sources ? claimsOfParts(contract, preference) : linesOfParts(whole, preference)),
    ...contract.settledContracts.flatMap((settled) =>
      partRow(`contract ${settled.id}`, settledContractPart(settled, preference)),
    ),
    ...contract.sharedAwards.flatMap((award) => partRow("awarded", sharedAwardPart(award))),
    ...contract.links.flatMap((link) => partRow("link", linkData(link))),
    ...textRow("note", contract.note),
    ...contract.notes.flatMap(({ rule, text }) => textRow(`assumed by ${rule}`, text)),
  ];
};

const linesOfParts = ({ contract, lots }: SelectedContract, preference: Preference): ShowRow[] => [
  ...lots.flatMap((selected) => partRow(`lot ${selected.lot.id}`, lotPart(selected, preference))),
  ...contract.groups.flatMap((group) => partRow(`group ${group.id}`, groupPart(group, preference))),
];

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
  const now = contractAsOf(contract, day).lots[index];
  return [
    ...plainRow("lot", { type: "id", value: lotRef(contract, lot) }),
    ...textRow("title", lot.title),
    ...textRow("contract", contract.title ?? contract.id),
    ...plainRows(LOT_FIELDS, lot, preference),
    ...factRows(lotFacts(lot, index, preference), preference, sources),
    ...eventRows(modificationEvents(contract, lot.id, preference, day)),
    ...changedRows("ceiling", lot.ceiling, now?.ceiling, preference),
    ...changedRows("ceilingPerSupplier", lot.ceilingPerSupplier, now?.ceilingPerSupplier, preference),
    ...textRow("note", lot.note),
  ];
};
