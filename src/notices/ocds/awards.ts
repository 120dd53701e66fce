import { addUnder, flatMap } from "../../model/lists.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { NO_LOT } from "../stated-values.ts";
import type { BidBook, PartyBook } from "./party-book.ts";
import { isStanding, lotsOfItem, mapIn, mapsIn, statusIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** What became of an award. One that counts has winners. */
export type Standing = "counts" | "pending" | "cancelled" | "unsuccessful";

export interface Award {
  readonly id: string | undefined;
  readonly plain: PlainMap;
  /** Its place in the release: `/awards/0`. */
  readonly pointer: string;
  readonly standing: Standing;
  /** The ids of the lots that it names itself, each once. */
  readonly lots: readonly string[];
  /** One supplier for each seat, each once. */
  readonly suppliers: readonly Supplier[];
  /** Those of its contracts that were not cancelled, each once. */
  readonly contracts: readonly Placed[];
  /** The places where it is written again, under the same id. */
  readonly again: readonly Placed[];
}

type OpenAward = Award & { readonly contracts: Placed[] };

/** The awards of a process, each once (T10a). Contracts without an award are awards of their own (T10d). */
export const awardsOf = (process: Process, parties: PartyBook, bids: BidBook): readonly Award[] => {
  const ids = new Map<string, Placed[]>();
  const contracts = contractsIn(process);
  const awards = flatMap(mapsIn(process.plain, "awards"), (plain, index): readonly OpenAward[] => {
    if (Object.keys(plain).length === 0) return [];
    const pointer = `/awards/${index}`;
    const id = textIn(plain, "id");
    const known = id === undefined ? undefined : ids.get(id);
    if (known !== undefined) {
      process.assumptions.make("sameAward", id);
      known.push({ plain, pointer });
      return [];
    }
    const again: Placed[] = [];
    if (id !== undefined) ids.set(id, again);
    const standing = standingOf(plain, id ?? pointer, process);
    const suppliers = standing === "counts" ? suppliersOf(plain, pointer, parties, bids) : [];
    const own = id === undefined ? [] : (contracts.get(id) ?? []);
    return [{ id, plain, pointer, standing, lots: lotsNamedBy(plain), suppliers, contracts: own, again }];
  });
  // A contract may name an award that does not state its id.
  const nameless = awards.filter(({ id }) => id === undefined);
  const others = flatMap([...contracts], ([id, own]) =>
    id === undefined || ids.has(id) ? [] : flatMap(own, (contract) => placed(contract, nameless, process)),
  );
  const alone = flatMap(contracts.get(undefined) ?? [], (contract) => placed(contract, awards, process));
  return [...awards, ...[...others, ...alone].map((one) => awardOfContract(one, process, parties, bids))];
};

/**
 * Places a contract that names none of the awards that are there. It belongs to the only award whose suppliers and lots
 * it may have. Where there are several such awards, it is left out, because its value might count twice. Where there is
 * none, it is returned.
 */
const placed = (contract: Placed, awards: readonly OpenAward[], { assumptions }: Process): readonly Placed[] => {
  const [award, ...others] = awards.filter(
    ({ plain, lots }) =>
      mayMeet(companiesIn(plain), companiesIn(contract.plain)) && mayMeet(lots, lotsNamedBy(contract.plain)),
  );
  if (award === undefined) return [contract];
  const name = textIn(contract.plain, "id") ?? contract.pointer;
  assumptions.make(others.length === 0 ? "onlyAward" : "someAward", name);
  if (others.length === 0) award.contracts.push(contract);
  return [];
};

const companiesIn = (plain: PlainMap): readonly string[] =>
  flatMap(mapsIn(plain, "suppliers"), (one) => textIn(one, "id") ?? textIn(one, "name") ?? []);

/** Whether two lists have something in common, or one of them is empty. */
const mayMeet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === 0 || others.length === 0 || others.some((one) => some.includes(one));

interface Placed {
  readonly plain: PlainMap;
  readonly pointer: string;
}

/** Contracts that were not cancelled, each once, by the ids of the awards that they name. */
const contractsIn = (process: Process): ReadonlyMap<string | undefined, Placed[]> => {
  const contracts = new Map<string | undefined, Placed[]>();
  const ids = new Set<string>();
  for (const [index, plain] of mapsIn(process.plain, "contracts").entries()) {
    const id = textIn(plain, "id");
    if (Object.keys(plain).length === 0 || !isStanding(plain) || (id !== undefined && ids.has(id))) continue;
    if (id !== undefined) ids.add(id);
    addUnder(contracts, textIn(plain, "awardID"), { plain, pointer: `/contracts/${index}` });
  }
  return contracts;
};

const awardOfContract = ({ plain, pointer }: Placed, process: Process, parties: PartyBook, bids: BidBook): Award => {
  const id = textIn(plain, "id");
  process.assumptions.make("contractAsAward", id ?? pointer);
  const named = suppliersOf(plain, pointer, parties, bids);
  const suppliers =
    named.length > 0 ? named : suppliersOf({ suppliers: parties.withRole("supplier") }, pointer, parties, bids);
  return {
    id: textIn(plain, "awardID") ?? id,
    plain,
    pointer,
    standing: "counts",
    lots: lotsNamedBy(plain),
    suppliers,
    contracts: [],
    again: [],
  };
};

const STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ["active", "counts"],
  ["complete", "counts"],
  ["pending", "pending"],
  ["cancelled", "cancelled"],
  ["unsuccessful", "unsuccessful"],
]);

const standingOf = (award: PlainMap, name: string, { assumptions }: Process): Standing => {
  const status = statusIn(award);
  const standing = STANDINGS.get(status ?? "");
  if (standing === undefined) assumptions.make(status === undefined ? "noStatus" : "unknownStatus", name);
  return standing ?? "counts";
};

/** The awards of a process by their ids, each with the lots that it is of. */
export const lotsOfAwards = (process: Process) => {
  const declared = [...declaredLots(process).keys()];
  return mapsIn(process.plain, "awards").map((award) => ({
    id: textIn(award, "id"),
    lots: orImplied(lotsNamedBy(award), declared),
  }));
};

/** The lots that are named; else the only lot that is declared, or one without an id. */
const orImplied = (named: readonly string[], declared: readonly string[]): readonly string[] => {
  if (named.length > 0) return named;
  return declared.length === 1 ? declared : [NO_LOT];
};

const lotsNamedBy = (award: PlainMap): readonly string[] => {
  const named = lotsOfItem(award);
  return [...new Set(named.length > 0 ? named : flatMap(mapsIn(award, "items"), lotsOfItem))];
};

/** The companies of one bid hold one seat together (T2). A company that no bid explains holds a seat by itself. */
const suppliersOf = (award: PlainMap, pointer: string, parties: PartyBook, bids: BidBook): readonly Supplier[] => {
  const references = mapsIn(award, "suppliers");
  const groupOf = new Map<PlainMap, readonly PlainMap[]>();
  for (const members of bids.groupsOf(award, references))
    for (const member of members) if (!groupOf.has(member)) groupOf.set(member, members);
  const seats = new Set<Supplier>();
  for (const [index, reference] of references.entries()) {
    const place = `${pointer}/suppliers/${index}`;
    const group = groupOf.get(reference);
    const supplier = group === undefined ? parties.supplier(reference, place) : parties.grouping(group, place);
    if (supplier !== undefined) seats.add(supplier);
  }
  return [...seats];
};

export interface PlannedLot {
  readonly id: string;
  /** Undefined for a lot that only awards name. */
  readonly declared: PlainMap | undefined;
  /** Its place in the release: `/tender/lots/0`, or that of the first award that names it. */
  readonly pointer: string;
  /** All awards that are of it, of it alone or of other lots as well. */
  readonly awards: readonly Award[];
}

type Draft = PlannedLot & { readonly awards: Award[] };

export interface LotPlan {
  /** The lots that are declared, then those that awards name, and last the one without an id. */
  readonly lots: readonly PlannedLot[];
  readonly lotsOf: (award: Award) => readonly string[];
}

/**
 * Decides which lots a process has, and which awards are of them. An award that names no lot is of the only one, where
 * there is only one (R-LOTNO). Lots that are not declared are lots none the less.
 */
export const planLots = (process: Process, awards: readonly Award[]): LotPlan => {
  const drafts = declaredLots(process);
  const declared = [...drafts.keys()];
  const lotsOf = (award: Award): readonly string[] => orImplied(award.lots, declared);
  const lotless: Draft[] = [];
  const known = new Set(declared);
  for (const award of awards) {
    noteLots(award, known, process);
    for (const id of lotsOf(award)) {
      const draft = drafts.get(id) ?? { id, declared: undefined, pointer: award.pointer, awards: [] };
      if (id === NO_LOT && !drafts.has(id)) lotless.push(draft);
      drafts.set(id, draft);
      draft.awards.push(award);
    }
  }
  const others = [...drafts.values()].filter((draft) => !lotless.includes(draft));
  return { lots: [...others, ...lotless], lotsOf };
};

const declaredLots = ({ plain }: Process): Map<string, Draft> => {
  const drafts = new Map<string, Draft>();
  const tender = mapIn(plain, "tender");
  for (const [index, lot] of (tender === undefined ? [] : mapsIn(tender, "lots")).entries()) {
    const id = textIn(lot, "id") ?? (Object.keys(lot).length === 0 ? undefined : `#${index + 1}`);
    if (id === undefined || drafts.has(id)) continue;
    drafts.set(id, { id, declared: lot, pointer: `/tender/lots/${index}`, awards: [] });
  }
  return drafts;
};

const noteLots = (award: Award, declared: ReadonlySet<string>, { assumptions }: Process): void => {
  const name = award.id ?? award.pointer;
  if (award.lots.length === 0 && declared.size > 0) {
    assumptions.make(declared.size === 1 ? "impliedLot" : "noLot", name);
  }
  for (const lot of award.lots) if (!declared.has(lot)) assumptions.make("undeclaredLot", lot);
};
