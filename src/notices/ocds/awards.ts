import type { Supplier } from "../../records/supplier.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import type { BidBook } from "./bid-book.ts";
import type { PartyBook } from "./party-book.ts";
import { lotsOfItem, mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Process } from "./process.ts";
import { statusIn } from "./status.ts";

/** What became of an award; one that counts has winners. */
export type Standing = "counts" | "pending" | "cancelled" | "unsuccessful";

export interface Award {
  readonly id: string | undefined;
  readonly plain: PlainMap;
  /** Its place in the release: `/awards/0`. */
  readonly pointer: string;
  readonly standing: Standing;
  /** The ids of the lots that it names itself, each once. */
  readonly lots: readonly string[];
  /** One supplier a seat, each once. */
  readonly suppliers: readonly Supplier[];
}

export const awardsOf = (process: Process, parties: PartyBook, bids: BidBook): readonly Award[] =>
  mapsIn(process.plain, "awards").flatMap((plain, index) => {
    if (Object.keys(plain).length === 0) return [];
    const pointer = `/awards/${index}`;
    const id = textIn(plain, "id");
    const standing = standingOf(plain, id ?? pointer, process);
    const suppliers = standing === "counts" ? suppliersOf(plain, pointer, parties, bids) : [];
    return [{ id, plain, pointer, standing, lots: lotsNamedBy(plain), suppliers }];
  });

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

const lotsNamedBy = (award: PlainMap): readonly string[] => {
  const named = textsIn(award, "relatedLots");
  if (named.length > 0) return [...new Set(named)];
  return [...new Set(mapsIn(award, "items").flatMap(lotsOfItem))];
};

/** The companies of one bid are one seat (T2); what no bid explains holds a seat by itself. */
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
