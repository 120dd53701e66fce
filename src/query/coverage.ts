import type { Preference } from "../model/claim.ts";
import type { Contract } from "../records/contract.ts";
import { askPresence } from "./ask-states.ts";
import { clausesOf, type Query } from "./query.ts";
import { suppliersOf, type Test } from "./subject.ts";

export class Coverage {
  readonly #stated: string;
  readonly #unit: "lot" | "seat";
  #known = 0;
  #all = 0;
  #hasContracts = false;

  constructor(stated: string, unit: "lot" | "seat" = "lot") {
    this.#stated = stated;
    this.#unit = unit;
  }

  add(isKnown: boolean, isLot = true): void {
    this.#all++;
    if (isKnown) this.#known++;
    this.#hasContracts ||= !isLot;
  }

  notes(): readonly string[] {
    if (this.#known === this.#all) return [];
    const units = this.#hasContracts ? "lots and contracts without lots" : `${this.#unit}${this.#all === 1 ? "" : "s"}`;
    return [`${this.#known} of ${this.#all} ${units} ${this.#known === 1 ? "states" : "state"} ${this.#stated}.`];
  }
}

/**
 * Fields that many notices leave out, with what to say about those that state them. Fields of suppliers are counted by
 * seats.
 */
const OFTEN_MISSING: ReadonlyMap<string, { readonly stated: string; readonly unit?: "seat" }> = new Map([
  ["offers", { stated: "their offers" }],
  ["procedureType", { stated: "the kind of their procedure" }],
  ["directAward", { stated: "why there was no call" }],
  ["nature", { stated: "what is bought" }],
  ["buyerCountry", { stated: "the country of their buyer" }],
  ["callDate", { stated: "when the call was published" }],
  ["daysToAward", { stated: "the days of call and award" }],
  ["country", { stated: "where the supplier comes from", unit: "seat" }],
  ["size", { stated: "how large the supplier is", unit: "seat" }],
  ["sme", { stated: "how large the supplier is", unit: "seat" }],
]);

const fieldsOf = (query: Query): ReadonlySet<string> => new Set(clausesOf(query).map(({ field }) => field));

interface Watched {
  readonly coverage: Coverage;
  readonly isStated: Test;
  readonly bySeat: boolean;
}

/** Counts how many of the lots that a query looks at state what it asks for: what is not stated is no answer. */
export class CoverageWatch {
  readonly #watched: readonly Watched[];
  readonly refuses = false;
  readonly #preference: Preference;

  constructor(query: Query, preference: Preference) {
    this.#preference = preference;
    this.#watched = [...fieldsOf(query)].flatMap((field) => {
      const often = OFTEN_MISSING.get(field);
      if (often === undefined) return [];
      const { stated, unit } = often;
      const isStated = askPresence("has", [field], preference);
      return [{ coverage: new Coverage(stated, unit), isStated, bySeat: unit === "seat" }];
    });
  }

  get watching(): boolean {
    return this.#watched.length > 0;
  }

  see(contract: Contract): void {
    for (const lot of contract.lots) {
      for (const { coverage, isStated, bySeat } of this.#watched) {
        if (!bySeat) coverage.add(isStated({ contract, lot, seat: undefined }));
        else for (const seat of suppliersOf(lot, this.#preference)) coverage.add(isStated({ contract, lot, seat }));
      }
    }
  }

  finish(): void {}

  notes(): readonly string[] {
    return [...new Set(this.#watched.flatMap(({ coverage }) => coverage.notes()))];
  }
}
