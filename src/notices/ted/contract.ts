import type { Origin } from "../../model/errors.ts";
import { addUnder, flatMap } from "../../model/lists.ts";
import { formatMoney, type StatedAmount, subtractMoney } from "../../model/money.ts";
import { firstDateIn, formatPartialDate } from "../../model/partial-date.ts";
import { parseQuantity } from "../../model/quantity.ts";
import { formatTerm } from "../../model/term.ts";
import { type Contract, contractCodec, type Regime } from "../../records/contract.ts";
import type { Times } from "../../records/contract-term.ts";
import type { Publication, SettledContract } from "../../records/history.ts";
import { type Lot, lotCodec } from "../../records/lot.ts";
import { type Modification, NO_DATE } from "../../records/modification.ts";
import type { Supplier } from "../../records/supplier.ts";
import { divideWins, OFFERS, offersTogether, valueTogether } from "../awarded-values.ts";
import { timedAsOne } from "../lot-times.ts";
import { type Notes, type Say, sayer } from "../notice.ts";
import { Parties } from "../same-party.ts";
import { NO_LOT, type Period } from "../stated-values.ts";
import type { NamedParty, NoticeSuppliers } from "../supplier-pool.ts";
import type { Award, Contractor, DescribedLot, Form, Holders } from "./forms.ts";
import type { CodedFacts } from "./header.ts";

interface TedReading {
  readonly publication: Publication;
  readonly notes: Notes;
  readonly pool: NoticeSuppliers;
  readonly origin: Origin;
  readonly coded: CodedFacts;
}

/** The rules for which each form was made. */
const REGIMES_OF_FORMS: ReadonlyMap<string, Regime> = new Map([
  ["F03", "classic"],
  ["F06", "utilities"],
  ["F18", "defence"],
  ["F21", "classic"],
  ["F22", "utilities"],
  ["F23", "concession"],
  ["F25", "concession"],
  ["CONTRACT_AWARD", "classic"],
  ["CONTRACT_AWARD_UTILITIES", "utilities"],
  ["CONTRACT_AWARD_DEFENCE", "defence"],
]);

/** The contract that a form of the older kinds tells of. These forms state no ceilings. */
export const contractOf = (stated: Form, reading: TedReading): Contract => {
  const { publication, notes, origin, coded } = reading;
  const form = { ...stated, awards: awardsOnce(stated.awards, notes) };
  const { modified } = form;
  const { lots, lotsOf } = planLots(form, notes);
  const seats = seatsOf([...form.awards, ...(modified?.holders === undefined ? [] : [modified.holders])], reading);
  const won = form.awards.filter(({ outcome }) => outcome === "awarded");
  if (form.awards.length === 0) notes.add("R-STATUS", "the notice has no results");
  for (const award of won) if (seats(award).length === 0) notes.add("R-SUP", "names no winner", `award ${award.id}`);
  const wins = new Map(won.map((award) => [award, { lots: lotsOf.get(award) ?? [], value: award.value }]));
  const { shared } = divideWins([...wins.values()]);
  const [buyer, ...jointBuyers] = form.buyers;
  const say = sayer(publication.id);
  const modifications = modificationsOf(form, onlyOf(new Set([...lotsOf.values()].flat())), seats, reading);
  const comers = flatMap(modifications, ({ suppliers = [] }) => suppliers);
  const contract = contractCodec.of({
    id: publication.id,
    framework: form.framework,
    origin,
    title: form.title,
    regime: REGIMES_OF_FORMS.get(publication.kind ?? "") ?? coded.regime,
    procedureType: say(coded.procedureType, "PR_PROC"),
    directAward: say(coded.directAward, "PROCEDURE"),
    nature: say(coded.nature, "NC_CONTRACT_NATURE"),
    cpv: say(form.cpv.length > 0 ? form.cpv : undefined, "CPV_MAIN"),
    buyer: say(buyer, "CONTRACTING_BODY"),
    buyerCountry: say(coded.buyerCountry, "ISO_COUNTRY"),
    jointBuyers: say(jointBuyers.length > 0 ? jointBuyers : undefined, "CONTRACTING_BODY"),
    awardDate: say(firstDateIn(won.map(({ date }) => date)), "DATE_CONCLUSION_CONTRACT"),
    awarded: say(form.total, "VAL_TOTAL"),
    estimate: say(form.estimate, "VAL_ESTIMATED_TOTAL"),
    lots: lots.map((lot) =>
      reading.pool.seated(
        lotOf(lot, {
          seats,
          say,
          isShared: (award) => (lotsOf.get(award)?.length ?? 0) > 1,
          framework: form.framework ? notes : undefined,
        }),
        comers,
      ),
    ),
    sharedAwards: shared,
    settledContracts: won.map((award) => settledOf(award, lotsOf.get(award) ?? [], seats)),
    modifications,
    publications: [publication],
    notes: notes.all(),
  });
  return timedAsOne(contract);
};

/** Each award once. One that repeats everything that another says, even its number, is the same (T10a). */
const awardsOnce = (awards: readonly Award[], notes: Notes): readonly Award[] => {
  const known = new Map<string, Award>();
  for (const award of awards) {
    const key = keyOf(award);
    if (known.has(key)) notes.add("T10", "an award is told again: it counts once", `award ${award.id}`);
    else known.set(key, award);
  }
  return [...known.values()];
};

const keyOf = ({ id, reference, lotText, title, outcome, contractors, together, value, date }: Award): string => {
  const number = reference === undefined ? { id } : { reference };
  const who = contractors.map(({ name, legalId }) => `${legalId} ${name}`).sort();
  const worth = typeof value === "object" ? formatMoney(value) : value;
  return JSON.stringify([number, lotText, title, outcome, who, together, worth, date && formatPartialDate(date)]);
};

const onlyOf = (ids: ReadonlySet<string>): string | undefined => {
  const [only, ...others] = ids;
  return others.length > 0 ? undefined : only;
};

interface LotReading {
  readonly seats: Seats;
  readonly say: Say;
  /** Whether an award is of several lots. Its value is then in none of them (R-SHARED). */
  readonly isShared: (award: Award) => boolean;
  /** Where to note what is assumed of a framework agreement; undefined for any other contract. */
  readonly framework: Notes | undefined;
}

const lotOf = ({ id, described, awards }: PlannedLot, reading: LotReading): Lot => {
  const { seats, say, isShared, framework } = reading;
  const won = awards.filter(({ outcome }) => outcome === "awarded");
  const suppliers = [...new Set(won.flatMap((one) => seats(one)))];
  const own = awards.filter((award) => !isShared(award));
  const [estimate, ...otherEstimates] = own.flatMap((award) => award.estimate ?? []);
  const values = won.filter((award) => !isShared(award)).map(({ value }) => value);
  const areOffers = framework !== undefined && suppliers.length > 1 && values.length > 1;
  const awarded = areOffers ? offersTogether(values) : valueTogether(values);
  if (areOffers && typeof awarded === "object") framework.add("T10", OFFERS, id);
  return lotCodec.of({
    id,
    status: statusOf(awards),
    title: described?.title ?? awards[0]?.title,
    cpv: say(described !== undefined && described.cpv.length > 0 ? described.cpv : undefined, "CPV_ADDITIONAL"),
    suppliers: say(suppliers.length > 0 ? suppliers : undefined, "CONTRACTOR"),
    awarded: say(awarded, "VAL_TOTAL"),
    estimate: say(otherEstimates.length === 0 ? estimate : undefined, "VAL_ESTIMATED_TOTAL"),
    ...timesOf(described, say),
    offers: say(own.length === 1 ? parseQuantity(own[0]?.offers ?? "") : undefined, "NB_TENDERS_RECEIVED"),
  });
};

export const timesOf = (period: Period | undefined, say: Say): Times => ({
  startDate: say(period?.start, "DATE_START"),
  endDate: say(period?.end, "DATE_END"),
  term: say(period?.term, "DURATION"),
});

/** Awarded counts before closed where a lot has several results (R-STATUS). */
const statusOf = (awards: readonly Award[]): Lot["status"] => {
  if (awards.some(({ outcome }) => outcome === "awarded")) return "awarded";
  return awards.length > 0 ? "closed-no-winner" : "no-result";
};

const settledOf = (award: Award, lots: readonly string[], seats: Seats): SettledContract => ({
  id: award.id,
  reference: award.reference,
  title: award.title,
  lots,
  suppliers: seats(award),
  signedDate: award.date,
  value: award.value,
});

/** The changes of a form. The first also tells who holds the contract after it and for how long, where that is new. */
const modificationsOf = (
  form: Form,
  lot: string | undefined,
  seats: Seats,
  { publication: { id, date = NO_DATE }, pool }: TedReading,
): readonly Modification[] =>
  (form.modified?.changes ?? []).map(({ before, after, ground }, index) => ({
    id: `${id}.${index + 1}`,
    date,
    lot,
    value: growth(before, after),
    total: after === "withheld" ? undefined : after,
    ground,
    ...(index === 0 && retimingIn(form)),
    suppliers: index === 0 ? anewIn(form, seats, pool) : undefined,
    by: { source: id, locator: "VAL_TOTAL_AFTER" },
  }));

const growth = (before: StatedAmount | undefined, after: StatedAmount | undefined): Modification["value"] =>
  typeof before === "object" && typeof after === "object" ? subtractMoney(after, before) : undefined;

/** When the contract runs after the changes, where that is new. */
const retimingIn = ({ lots, modified }: Form): Pick<Modification, "startDate" | "endDate" | "term"> => {
  const period = textOf(modified?.period);
  if (period === "" || lots.some((lot) => textOf(lot) === period)) return {};
  const { start, end, term } = modified?.period ?? {};
  return { startDate: start, endDate: end, term };
};

/** Who holds the contract after the changes, where that is new. */
const anewIn = ({ awards, modified }: Form, seats: Seats, pool: NoticeSuppliers): Modification["suppliers"] => {
  if (modified?.holders === undefined) return undefined;
  const [holders, before] = [seats(modified.holders), awards.flatMap(seats)];
  const parties = new Parties();
  parties.add([...before, ...holders], pool.here());
  return holders.every(parties.among(before)) ? undefined : holders;
};

/** A period as a text to compare; empty where nothing is said of it. */
const textOf = ({ start, end, term }: Partial<Period> = {}): string =>
  [term && formatTerm(term), start && formatPartialDate(start), end && formatPartialDate(end)]
    .filter((part) => part !== undefined)
    .join(" ");

/**
 * The numbers under which a notice names companies of different names. They are slips of the pen, or one number for
 * all.
 */
const ambiguousIds = (contractors: readonly Contractor[]): ReadonlySet<string> => {
  const names = new Map<string, Set<string>>();
  for (const { legalId, name } of contractors) {
    if (legalId !== undefined) names.set(legalId, (names.get(legalId) ?? new Set()).add(name));
  }
  return new Set([...names].flatMap(([id, called]) => (called.size > 1 ? [id] : [])));
};

/**
 * Finds who holds the seats of an award: each company has one, or all have one together where they won as a grouping
 * (T2).
 */
const seatsOf = (awards: readonly Holders[], { publication, notes, pool, origin }: TedReading): Seats => {
  const by = { source: publication.id, locator: "CONTRACTOR" };
  const ambiguous = ambiguousIds(awards.flatMap(({ contractors }) => contractors));
  for (const id of ambiguous)
    notes.add("R-SUP", "stands for companies of different names: each name is taken for a company", id);
  const find = (party: NamedParty): Supplier => pool.find(party, { notice: publication.id, by, origin });
  const company = (one: Contractor): Supplier => {
    const legalId = ambiguous.has(one.legalId ?? "") ? undefined : one.legalId;
    return find({ ...one, legalId, localId: one.name, members: [] });
  };
  const grouping = (companies: readonly Contractor[]): Supplier => {
    const names = companies.map((one) => one.name);
    const members = companies.map((one) => ({ ...one, lead: false }));
    // Companies hold one seat, in whatever order an award lists them (E8).
    const localId = `group of ${[...names].sort().join(", ")}`;
    return find({ localId, name: names.join(", "), legalId: undefined, country: undefined, members });
  };
  return ({ contractors, together }) => {
    // A company that stands twice under one name is one company.
    const companies = [...new Map(contractors.map((contractor) => [contractor.name, contractor])).values()];
    return together && companies.length > 1 ? [grouping(companies)] : companies.map(company);
  };
};

type Seats = (holders: Holders) => readonly Supplier[];

interface PlannedLot {
  readonly id: string;
  readonly described: DescribedLot | undefined;
  readonly awards: readonly Award[];
}

interface LotPlan {
  readonly lots: readonly PlannedLot[];
  readonly lotsOf: ReadonlyMap<Award, readonly string[]>;
}

/**
 * Decides which lots the awards of a notice are of (R-LOTNO). An award's field for the lot's number is a text that may
 * say anything. If a lot has this number, it is that lot. If the text is a list whose every part is a lot, it is those
 * lots. Else it counts as a lot of its own that nobody described.
 */
const planLots = ({ lots, awards }: Form, notes: Notes): LotPlan => {
  const described = new Map<string, DescribedLot>();
  for (const lot of lots) {
    const id = lot.number ?? NO_LOT;
    if (described.has(id)) notes.add("R-LOTNO", "several lots have one number: the first is taken for all", id);
    else described.set(id, lot);
  }
  const known = { described, numbers: byPlainNumber(described) };
  const lotsOf = new Map(awards.map((award) => [award, lotsOfAward(award, known, notes)]));
  const awardsByLot = new Map<string, Award[]>([...described.keys()].map((id) => [id, []]));
  for (const [award, ids] of lotsOf) {
    for (const id of new Set(ids)) {
      addUnder(awardsByLot, id, award);
    }
  }
  // Even without a lot or an award there is a contract.
  if (awardsByLot.size === 0) awardsByLot.set(NO_LOT, []);
  return {
    lots: [...awardsByLot]
      .sort(([a], [b]) => lastWithoutNumber(a, b))
      .map(([id, ofLot]) => ({ id, described: described.get(id), awards: ofLot })),
    lotsOf,
  };
};

const lastWithoutNumber = (a: string, b: string): number => Number(a === NO_LOT) - Number(b === NO_LOT);

const lotsOfAward = ({ id, lotText }: Award, known: Described, notes: Notes): readonly string[] => {
  const { described } = known;
  const [only = NO_LOT] = described.keys();
  const single = described.size <= 1;
  if (lotText === undefined) {
    if (!single) notes.add("R-LOTNO", "names none of several lots: counted by itself", `award ${id}`);
    return [single ? only : NO_LOT];
  }
  const same = describedAs(lotText, known, notes);
  if (same !== undefined) return [same];
  if (described.size === 1 && only === NO_LOT) {
    notes.add("R-LOTNO", `"${lotText}" is taken for the only lot, which has no number`, `award ${id}`);
    return [only];
  }
  const parts = listedLots(lotText);
  const listed = parts.length > 1 ? parts.flatMap((part) => describedAs(part, known, notes) ?? []) : [];
  if (listed.length > 1 && listed.length === parts.length) {
    notes.add("R-LOTNO", `"${lotText}" is taken for ${listed.length} lots`, `award ${id}`);
    return listed;
  }
  if (described.size > 0) {
    notes.add(
      "R-LOTNO",
      `"${lotText}" is not a lot that the notice describes: it counts as a lot of its own`,
      `award ${id}`,
    );
  }
  return [lotText];
};

interface Described {
  readonly described: ReadonlyMap<string, DescribedLot>;
  /** Their numbers, by what these are without zeros in front; undefined where several come to the same. */
  readonly numbers: ReadonlyMap<string, string | undefined>;
}

const byPlainNumber = (described: ReadonlyMap<string, DescribedLot>): Described["numbers"] => {
  const numbers = new Map<string, string | undefined>();
  for (const number of described.keys()) {
    const plain = withoutZeros(number);
    numbers.set(plain, numbers.has(plain) ? undefined : number);
  }
  return numbers;
};

/**
 * The lot that has this number, else the only one whose number differs from it only by zeros in front; undefined where
 * there is none.
 */
const describedAs = (text: string, { described, numbers }: Described, notes: Notes): string | undefined => {
  if (described.has(text)) return text;
  if (!/^\d+$/.test(text)) return undefined;
  const alike = numbers.get(withoutZeros(text));
  if (alike === undefined) return undefined;
  notes.add("R-LOTNO", `"${text}" is taken for the lot "${alike}"`);
  return alike;
};

const withoutZeros = (number: string): string => number.replace(/^0+(?=\d)/, "");

const MOST_LISTED = 1000;

/** The lots that a text lists, as in `1,2`, `1 and 2` and `1-3`; the text itself where it is no list. */
const listedLots = (text: string): readonly string[] => {
  const range = /^(\d{1,4})\s*[-\u2013]\s*(\d{1,4})$/.exec(text);
  const [first, last] = [Number(range?.[1]), Number(range?.[2])];
  if (range !== null && first < last && last - first < MOST_LISTED) {
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  }
  return [...new Set(text.split(/\s*[,;&+]\s*|\s+and\s+/).filter((part) => part !== ""))];
};
