import { flatMap } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import type { Note } from "../records/history.ts";
import { NO_LOT } from "./stated-values.ts";
import type { ToldBefore } from "./told-parts.ts";

/**
 * What a later notice tells, with its lots named as the award names them. Forms of modifications may leave the lot out
 * or write it otherwise. Then the buyer's number of the contract tells which lot it is. Where nothing does, a
 * modification that names no lot counts for none (R-LOTNO).
 */
export const onKnownLots = (later: Contract, known: ToldBefore): Contract => {
  const places = new Map(later.lots.map(({ id }) => [id, placeOf(id, later, known)]));
  const moved = later.lots.filter(({ id }) => places.get(id) !== id);
  if (moved.length === 0) return later;
  const idsOf = (ids: readonly string[]): readonly string[] =>
    flatMap(ids, (id) => (places.has(id) ? (places.get(id) ?? []) : id));
  return {
    ...later,
    lots: flatMap(later.lots, (lot) => idsOf([lot.id]).map((id) => ({ ...lot, id }))),
    settledContracts: later.settledContracts.map((settled) => ({ ...settled, lots: idsOf(settled.lots) })),
    sharedAwards: later.sharedAwards.map((award) => ({ ...award, lots: idsOf(award.lots) })),
    modifications: later.modifications.map((one) => {
      const [lot] = one.lot === undefined ? [] : idsOf([one.lot]);
      if (lot !== undefined || one.lot === undefined) return { ...one, lot };
      return { ...one, lot, startDate: undefined, endDate: undefined, term: undefined, suppliers: undefined };
    }),
    notes: [...later.notes, ...moved.map(({ id }) => noteOf(id, places.get(id)))],
  };
};

/** The lot that a later notice means by an id; undefined where nothing tells which of several it is. */
const placeOf = (id: string, { settledContracts }: Contract, { lots, contracts }: ToldBefore) => {
  if (lots.has(id)) return id;
  const references = new Set(flatMap(settledContracts, (one) => (one.lots.includes(id) ? (one.reference ?? []) : [])));
  const places = new Set(
    flatMap([...contracts.values()], (one) => (references.has(one.reference ?? "") ? one.lots : [])),
  );
  const [only, ...others] = places.size > 0 || id !== NO_LOT ? places : lots.keys();
  if (only !== undefined && others.length === 0) return only;
  return id === NO_LOT ? undefined : id;
};

const noteOf = (id: string, place: string | undefined): Note => {
  const said = id === NO_LOT ? "a modification that names no lot" : `a modification of a lot "${id}"`;
  return {
    rule: "R-LOTNO",
    text:
      place === undefined ? `${said} of several counts for none of them` : `${said} is taken for one of lot "${place}"`,
  };
};
