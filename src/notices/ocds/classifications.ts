import type { PlainMap } from "../../syntax/plain.ts";
import { isCpv } from "../stated-values.ts";
import { lotsOfItem, mapsIn, textIn } from "./plain-members.ts";

const codeIn = (classification: PlainMap): string | undefined => {
  const code = textIn(classification, "id");
  const isOfCpv = textIn(classification, "scheme")?.toUpperCase() === "CPV";
  return isOfCpv && code !== undefined && isCpv(code) ? code : undefined;
};

/** The CPV codes of a tender and of its lots, the main ones first; other classifications are passed over. */
export class Classifications {
  readonly #codes = new Map<string | undefined, Set<string>>();

  constructor(tender: PlainMap | undefined) {
    if (tender === undefined) return;
    const items = mapsIn(tender, "items");
    this.#add(undefined, mapsIn(tender, "classification"));
    for (const list of ["classification", "additionalClassifications"]) {
      for (const item of items) {
        const lots = lotsOfItem(item);
        for (const lot of lots.length === 0 ? [undefined] : lots) this.#add(lot, mapsIn(item, list));
      }
    }
  }

  /** Those of a lot's items; without a lot those of the tender as a whole. */
  of(lot: string | undefined): readonly string[] | undefined {
    const codes = this.#codes.get(lot);
    return codes && [...codes];
  }

  #add(lot: string | undefined, classifications: readonly PlainMap[]): void {
    for (const classification of classifications) {
      const code = codeIn(classification);
      if (code === undefined) continue;
      const codes = this.#codes.get(lot) ?? new Set();
      this.#codes.set(lot, codes.add(code));
    }
  }
}
