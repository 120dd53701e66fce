import type { Fact } from "../../../model/claim.ts";
import { parseQuantity, type Quantity } from "../../../model/quantity.ts";
import type { PlainMap } from "../../../syntax/plain.ts";
import { lotsOfItem } from "./awards.ts";
import type { PartyBook } from "./party-book.ts";
import { mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import { factOf, type Process } from "./process.ts";

/** The bids of a process, which say who bid together and who works for whom (bid and subcontracting extensions). */
export class BidBook {
  readonly #process: Process;
  readonly #details: ReadonlyMap<string, PlainMap>;

  constructor(process: Process) {
    this.#process = process;
    const bids = mapIn(process.plain, "bids");
    const details = bids === undefined ? [] : mapsIn(bids, "details");
    this.#details = new Map(details.map((bid) => [textIn(bid, "id") ?? "", bid]));
  }

  #bidsOf(award: PlainMap): readonly PlainMap[] {
    if (this.#details.size === 0) return [];
    const bids = textsIn(award, "relatedBids").map((id) => this.#details.get(id));
    return bids.filter((bid) => bid !== undefined);
  }

  /** Those of an award's suppliers that won with one bid, where it was a bid of several. */
  groupsOf(award: PlainMap, suppliers: readonly PlainMap[]): readonly (readonly PlainMap[])[] {
    return this.#bidsOf(award)
      .map((bid) => {
        const tenderers = new Set(mapsIn(bid, "tenderers").map((tenderer) => textIn(tenderer, "id")));
        tenderers.delete(undefined);
        return suppliers.filter((supplier) => tenderers.has(textIn(supplier, "id")));
      })
      .filter((members) => members.length > 1);
  }

  /** The names of the companies that do part of an award's work for its suppliers. */
  subcontractorsOf(award: PlainMap, parties: PartyBook): readonly string[] {
    return this.#bidsOf(award)
      .flatMap((bid) => mapsIn(mapIn(bid, "subcontracting") ?? {}, "subcontracts"))
      .map((subcontract) => parties.nameOf(mapIn(subcontract, "subcontractor")))
      .filter((name) => name !== undefined);
  }

  /** How many bids came in for a lot; without a lot for the tender as a whole. */
  offersFor(lot: string | undefined): Fact<Quantity> | undefined {
    const statistics = mapsIn(mapIn(this.#process.plain, "bids") ?? {}, "statistics");
    const index = statistics.findIndex((statistic) => countsBids(statistic, lot));
    const statistic = statistics[index];
    if (statistic === undefined) return undefined;
    const by = this.#process.by(statistic, `/bids/statistics/${index}`, "/value");
    return factOf(parseQuantity(textIn(statistic, "value") ?? ""), by);
  }
}

const countsBids = (statistic: PlainMap, lot: string | undefined): boolean => {
  if (textIn(statistic, "measure") !== "bids") return false;
  const lots = lotsOfItem(statistic);
  return lot === undefined ? lots.length === 0 : lots.includes(lot);
};
