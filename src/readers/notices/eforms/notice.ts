import type { Contract, LotGroup, Origin, SettledContract } from "../../../model/contract.ts";
import { comparePartialDates, type PartialDate } from "../../../model/partial-date.ts";
import { childOf, type XmlElement } from "../../xml/element.ts";
import { BLANK_CONTRACT } from "../blank-contract.ts";
import type { Notice } from "../notice.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import { amountIn, LOT_MAXIMUM, NOTICE_MAXIMUM, NOTICE_REESTIMATE, NOTICE_VALUE } from "./amounts.ts";
import { buyersOf } from "./buyers.ts";
import { type Announced, announcedIn, type DeclaredLot, declaredLotsOf } from "./declared-lots.ts";
import { declaredGroupsOf } from "./groups.ts";
import { headerOf } from "./header.ts";
import { modificationsOf } from "./modifications.ts";
import { Organisations } from "./organisations.ts";
import { Parties } from "./parties.ts";
import { commonPeriod } from "./period.ts";
import { extensionOf, NoticeReading } from "./reading.ts";
import { repeatedCeilings } from "./repeated-ceilings.ts";
import { noticeResultOf, type Results, resultsOf } from "./results.ts";

/** The notice that a document of eForms is; `origin` says where it and its lots stand. */
export const noticeOf = (root: XmlElement, file: string, pool: SupplierPool, origin: Origin): Notice => {
  const { publication, role, procedure, language, regime } = headerOf(root, file);
  const reading = new NoticeReading(publication.id, language);
  const organisations = new Organisations(extensionOf(root), reading);
  const parties = new Parties(noticeResultOf(root), organisations, reading, pool, origin);
  const announced = announcedIn(childOf(root, "ProcurementProject"), reading);
  const declared = declaredLotsOf(root, reading);
  const results = resultsOf(root, declared, parties, reading);
  const [buyer, ...jointBuyers] = buyersOf(root, organisations, reading);
  const stated: Omit<Contract, "notes"> = {
    ...BLANK_CONTRACT,
    ...results,
    ...periodsOf(declared, results, reading),
    ...valuesOf(root, announced, results, reading),
    id: publication.id,
    title: announced.title ?? declared[0]?.title,
    framework: declared.some(({ technique }) => technique !== undefined) || hasMaximum(root, results, reading),
    procedure,
    regime,
    cpv: reading.fact(announced.cpv.length > 0 ? announced.cpv : undefined, "BT-262"),
    buyer: reading.fact(buyer, "OPT-300"),
    jointBuyers: reading.fact(jointBuyers.length > 0 ? jointBuyers : undefined, "OPT-300"),
    awardDate: awardDateOf(results.settledContracts, reading),
    groups: groupsOf(root, results, reading),
    modifications: modificationsOf(root, publication, reading),
    publications: [publication],
    origin,
  };
  return { contract: { ...stated, notes: reading.notes.all() }, procedure, publication, role };
};

type Part<K extends keyof Contract> = Pick<Contract, K>;

/** A period in which all lots agree is the contract's; otherwise each lot keeps its own term. */
const periodsOf = (
  declared: readonly DeclaredLot[],
  { lots }: Results,
  reading: NoticeReading,
): Part<"term" | "startDate" | "endDate" | "lots"> => {
  const { term, start, end } = commonPeriod(declared.map(({ period }) => period));
  if (declared.some(({ period }) => (period.start && !start) || (period.end && !end))) {
    reading.notes.add("D1", "the lots begin or end on different days, which are not reckoned");
  }
  return {
    term: reading.fact(term, "BT-36"),
    startDate: reading.fact(start, "BT-536"),
    endDate: reading.fact(end, "BT-537"),
    lots: term === undefined ? lots : lots.map((lot) => ({ ...lot, term: undefined })),
  };
};

/** What the notice says of all its lots together: never the sum of what it says of each (E4). */
const valuesOf = (
  root: XmlElement,
  announced: Announced,
  { lots }: Results,
  reading: NoticeReading,
): Part<"ceiling" | "reestimate" | "awarded" | "estimate"> => {
  const result = noticeResultOf(root);
  const maximum = reading.fact(amountIn(result, NOTICE_MAXIMUM, reading), NOTICE_MAXIMUM.term);
  // What was announced no longer binds once results state the maxima of lots.
  const settled = lots.some(({ ceiling }) => ceiling?.[0].by.locator === LOT_MAXIMUM.term);
  return {
    ceiling: maximum ?? (settled ? undefined : reading.fact(announced.maximum, "BT-271")),
    reestimate: reading.fact(amountIn(result, NOTICE_REESTIMATE, reading), NOTICE_REESTIMATE.term),
    awarded: reading.fact(amountIn(result, NOTICE_VALUE, reading), NOTICE_VALUE.term),
    estimate: reading.fact(announced.estimate, "BT-27"),
  };
};

const hasMaximum = (root: XmlElement, { lots }: Results, reading: NoticeReading): boolean =>
  lots.some(({ ceiling }) => ceiling !== undefined) ||
  amountIn(noticeResultOf(root), NOTICE_MAXIMUM, reading) !== undefined;

const groupsOf = (
  root: XmlElement,
  { lots, settledContracts }: Results,
  reading: NoticeReading,
): readonly LotGroup[] => {
  const result = noticeResultOf(root);
  const declared = declaredGroupsOf(root, result, new Set(lots.map(({ id }) => id)), reading);
  const overall = amountIn(result, NOTICE_MAXIMUM, reading);
  const limited = declared.filter(({ ceiling }) => ceiling !== undefined).map((group) => group.lots.join());
  const repeated = repeatedCeilings(lots, settledContracts, overall, reading);
  return [...declared, ...repeated.filter((group) => !limited.includes(group.lots.join()))];
};

/** The day on which the first winner was chosen, else on which the first contract was signed. */
const awardDateOf = (contracts: readonly SettledContract[], reading: NoticeReading): Contract["awardDate"] =>
  reading.fact(earliest(contracts.map(({ awardDate }) => awardDate)), "BT-1451") ??
  reading.fact(earliest(contracts.map(({ signedDate }) => signedDate)), "BT-145");

const earliest = (dates: readonly (PartialDate | undefined)[]): PartialDate | undefined =>
  dates.filter((date) => date !== undefined).sort(comparePartialDates)[0];
