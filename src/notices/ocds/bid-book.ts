import type { Fact } from "../../model/claim.ts";
import { parseQuantity, type Quantity } from "../../model/quantity.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import type { PartyBook } from "./party-book.ts";
import { lotsOfItem, mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** The bids of a process, which say who bid together and who works for whom (bid and subcontracting extensions). */
export class BidBook {
  readonly #process: Process;
  readonly #details: ReadonlyMap<string, PlainMap>;
  /** Where the number of bids for each lot stands first, and under undefined that for the tender. */
  readonly #counts = new Map<string | undefined, { readonly statistic: PlainMap; readonly index: number }>();

  constructor(process: Process) {
    this.#process = process;
    const bids = mapIn(process.plain, "bids");
    const details = bids === undefined ? [] : mapsIn(bids, "details");
    this.#details = new Map(details.map((bid) => [textIn(bid, "id") ?? "", bid]));
    const statistics = bids === undefined ? [] : mapsIn(bids, "statistics");
    for (const [index, statistic] of statistics.entries()) {
      if (textIn(statistic, "measure") !== "bids") continue;
      const lots = lotsOfItem(statistic);
      for (const lot of lots.length === 0 ? [undefined] : lots)
        if (!this.#counts.has(lot)) this.#counts.set(lot, { statistic, index });
    }
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
    const found = this.#counts.get(lot);
    if (found === undefined) return undefined;
    const { statistic, index } = found;
    const by = this.#process.by(statistic, `/bids/statistics/${index}`, "/value");
    return factOf(parseQuantity(textIn(statistic, "value") ?? ""), by);
  }
}
