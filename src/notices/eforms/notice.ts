import type { Origin } from "../../model/errors.ts";
import { flatMap } from "../../model/lists.ts";
import { firstDateIn } from "../../model/partial-date.ts";
import { type Contract, contractCodec, type ProcedureType } from "../../records/contract.ts";
import type { LotGroup } from "../../records/group.ts";
import { type Modification, type ModificationGround, NO_DATE } from "../../records/modification.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notice } from "../notice.ts";
import type { Period } from "../stated-values.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import { limitingFrameworks } from "../told-parts.ts";
import { type Announced, announcedIn, type DeclaredLot, declaredGroupsOf, declaredLotsOf } from "./declared-lots.ts";
import { type Header, headerOf, isBefore, noteVersion, sdkVersionOf } from "./header.ts";
import { repeatedCeilings } from "./lot.ts";
import { type Buyers, buyersOf, organisationsOf, Parties } from "./parties.ts";
import {
  amountIn,
  commonPeriod,
  extensionOf,
  LOT_MAXIMUM,
  NOTICE_MAXIMUM,
  NOTICE_REESTIMATE,
  NOTICE_VALUE,
  NoticeReading,
  secretGroupsIn,
  valueIn,
} from "./reading.ts";
import { noticeResultOf, type Results, resultsOf } from "./results.ts";

interface Draft {
  readonly root: XmlElement;
  readonly reading: NoticeReading;
  readonly header: Header;
  readonly buyers: Buyers;
  /** What is said of all lots together. */
  readonly announced: Announced;
  readonly declared: readonly DeclaredLot[];
  readonly period: Period;
  readonly results: Results;
}

/** The notice that a document of eForms is; `origin` says where it and its lots stand. */
export const noticeOf = (root: XmlElement, file: string, pool: SupplierPool, origin: Origin): Notice => {
  const header = headerOf(root, file);
  const version = sdkVersionOf(root);
  const reading = new NoticeReading({
    source: header.publication.id,
    names: header.names,
    language: header.language,
    secret: secretGroupsIn(extensionOf(root)),
    allowsMinusOne: !isBefore(version, 1, 14),
  });
  noteVersion(version, reading.notes);
  const organisations = organisationsOf(extensionOf(root), reading);
  const parties = new Parties(noticeResultOf(root), organisations, reading, pool, origin);
  const announced = announcedIn(childOf(root, "ProcurementProject"), reading);
  const declared = declaredLotsOf(root, reading);
  const period = commonPeriod(declared.map((lot) => lot.period));
  const results = resultsOf(root, declared, period, parties, reading);
  const buyers = buyersOf(root, organisations, reading);
  const contract = contractOf({ root, reading, header, buyers, announced, declared, period, results }, origin);
  const { procedure, publication, changes, cancels, names, follows } = header;
  const role = header.role === "award" && results.callOffOf !== undefined ? "call-off" : header.role;
  return { contract, procedure, publication, role, changes, cancels, names, follows };
};

const contractOf = (draft: Draft, origin: Origin): Contract => {
  const { root, reading, header, announced, declared, period, results } = draft;
  const [buyer, ...jointBuyers] = draft.buyers.names;
  const result = noticeResultOf(root);
  const maximum = amountIn(result, NOTICE_MAXIMUM, reading);
  const groups = groupsOf(draft, maximum);
  noteOtherPeriods(draft);
  const { procedureType, directAward } = procedureOf(root, reading);
  const contract = contractCodec.of({
    id: header.publication.id,
    title: announced.title ?? declared[0]?.title,
    framework: declared.some(({ technique }) => technique !== undefined) || hasMaximum(results, maximum),
    procedure: header.procedure,
    regime: header.regime,
    procedureType,
    directAward,
    nature: reading.fact(announced.nature, "BT-23"),
    cpv: reading.fact(announced.cpv.length > 0 ? announced.cpv : undefined, "BT-262"),
    buyer: reading.fact(buyer, "OPT-300"),
    buyerCountry: reading.fact(draft.buyers.country, "BT-514"),
    jointBuyers: reading.fact(jointBuyers.length > 0 ? jointBuyers : undefined, "OPT-300"),
    awardDate: awardDateOf(results, reading),
    startDate: reading.fact(period.start, "BT-536"),
    endDate: reading.fact(period.end, "BT-537"),
    term: reading.fact(period.term, "BT-36"),
    ceiling: ceilingOf(draft, maximum),
    reestimate: reading.fact(amountIn(result, NOTICE_REESTIMATE, reading), NOTICE_REESTIMATE.term),
    awarded: reading.fact(amountIn(result, NOTICE_VALUE, reading), NOTICE_VALUE.term),
    estimate: reading.fact(announced.estimate, "BT-27"),
    lots: results.lots,
    groups,
    settledContracts: results.settledContracts,
    sharedAwards: results.sharedAwards,
    callOffOf: results.callOffOf,
    modifications: modificationsOf(root, header, reading),
    publications: [header.publication],
    notes: reading.notes.all(),
    origin,
  });
  return limitingFrameworks(contract);
};

type Maximum = ReturnType<typeof amountIn>;

const hasMaximum = ({ lots }: Results, maximum: Maximum): boolean =>
  maximum !== undefined || lots.some(({ ceiling }) => ceiling !== undefined);

/**
 * The maximum of all framework agreements together (E4). The one that was announced before counts only while no result
 * states one.
 */
const ceilingOf = ({ reading, announced, results }: Draft, maximum: Maximum): Contract["ceiling"] => {
  const settled = results.lots.some(({ ceiling }) => ceiling?.[0].by.locator === LOT_MAXIMUM.term);
  return (
    reading.fact(maximum, NOTICE_MAXIMUM.term) ?? (settled ? undefined : reading.fact(announced.maximum, "BT-271"))
  );
};

const groupsOf = ({ root, reading, results }: Draft, maximum: Maximum): readonly LotGroup[] => {
  const { lots, settledContracts } = results;
  const declared = declaredGroupsOf(root, noticeResultOf(root), new Set(lots.map(({ id }) => id)), reading);
  const limited = new Set(declared.filter(({ ceiling }) => ceiling !== undefined).map((group) => group.lots.join()));
  const repeated = repeatedCeilings(lots, settledContracts, maximum, reading);
  return [...declared, ...repeated.filter((group) => !limited.has(group.lots.join()))];
};

const noteOtherPeriods = ({ reading, declared, period: { start, end } }: Draft): void => {
  if (declared.some(({ period }) => (period.start && !start) || (period.end && !end))) {
    reading.notes.add("D1", "the lots begin or end on different days: each has its own");
  }
};

/** The day on which the first winner was chosen, else on which the first contract was signed. */
const awardDateOf = ({ settledContracts, awardDates = [] }: Results, reading: NoticeReading): Contract["awardDate"] =>
  reading.fact(firstDateIn(settledContracts.map(({ awardDate }) => awardDate)), "BT-1451") ??
  reading.fact(firstDateIn(settledContracts.map(({ signedDate }) => signedDate)), "BT-145") ??
  reading.fact(firstDateIn(awardDates), "AwardDate");

/** Codes of BT-105. A secret one is written `unpublished`, and is not known. */
const TYPES: ReadonlyMap<string, ProcedureType> = new Map([
  ["open", "open"],
  ["restricted", "restricted"],
  ["neg-w-call", "negotiated"],
  ["neg-wo-call", "direct"],
  ["comp-dial", "competitive dialogue"],
  ["innovation", "innovation partnership"],
  ["comp-tend", "competitive tendering"],
  ["oth-single", "other"],
  ["oth-mult", "other"],
]);

/** The kind of the procedure, and why there was no call where there was none. */
const procedureOf = (root: XmlElement, reading: NoticeReading): Pick<Contract, "procedureType" | "directAward"> => {
  const process = childOf(root, "TenderingProcess");
  const reasons = flatMap(childrenOf(process, "ProcessJustification"), (justification) =>
    childrenOf(justification, "ProcessReasonCode"),
  )
    .filter(({ attributes }) => attributes["listName"] === "direct-award-justification")
    .map(textOf)
    .filter((code) => code !== "" && code !== "unpublished");
  return {
    procedureType: reading.fact(TYPES.get(valueIn(process, "ProcedureCode") ?? ""), "BT-105"),
    directAward: reading.fact(reasons.length === 0 ? undefined : [...new Set(reasons)], "BT-136"),
  };
};

/** Codes of BT-200. */
const GROUNDS: ReadonlyMap<string, ModificationGround> = new Map([
  ["mod-rev", "review clause"],
  ["add-wss", "additional works"],
  ["mod-cir", "unforeseen circumstances"],
  ["mod-repl", "replacement of the contractor"],
  ["mod-nons", "not substantial"],
  ["mod-minv", "de minimis"],
]);

/**
 * The changes of the contract that a notice tells of, and why they were made. A notice does not say by how much a
 * ceiling grew.
 */
const modificationsOf = (
  root: XmlElement,
  { publication: { id, date = NO_DATE }, role }: Header,
  reading: NoticeReading,
): readonly Modification[] => {
  if (role !== "modification") return [];
  const reasons = childrenOf(childOf(extensionOf(root), "ContractModification"), "ChangeReason");
  const grounds = new Set(reasons.map((reason) => GROUNDS.get(valueIn(reason, "ReasonCode") ?? "")));
  if (grounds.size === 0) grounds.add(undefined);
  return [...grounds].map((ground, index) => ({
    id: grounds.size === 1 ? id : `${id}-${index + 1}`,
    date,
    lot: undefined,
    amount: undefined,
    ground,
    title: undefined,
    by: reading.by("BT-200"),
    note: undefined,
  }));
};
