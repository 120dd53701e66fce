import type { Note } from "../../../model/publication.ts";

/** What may have to be assumed to answer from a release: the rule, and what is said before the places it concerns. */
const ASSUMPTIONS = {
  noOcid: ["O1", "no ocid says which process this is: it stands for itself"],
  merged: ["O1", "several releases of one process, merged by date"],
  linked: ["O1", "releases that its record only links to are left out"],
  undated: ["O1", "releases without a date come before those with one"],
  noAwards: ["R-STATUS", "no award is stated"],
  noStatus: ["R-STATUS", "an award without a status counts as active"],
  unknownStatus: ["R-STATUS", "an award whose status OCDS does not know counts as active"],
  impliedLot: ["R-LOTNO", "an award that names no lot is taken to be of the only one"],
  noLot: ["R-LOTNO", "an award names no lot, and there are several: it stands as a lot of its own"],
  undeclaredLot: ["R-LOTNO", "an award names a lot that is not declared: it stands as a lot of its own"],
  oneValue: [
    "O1",
    "an award to several suppliers has one value, counted once; whether they hold it jointly is not said",
  ],
  severalLots: ["T9", "one award for several lots: its value is counted once, and in no lot"],
  equalValues: ["T9", "awards of one lot state the same value, which counts for each of them"],
  unlikeCeilings: ["R-MAX", "awards state unlike maximum values for one lot: the largest counts"],
  ambiguousValue: [
    "O2",
    "the value of an award of a framework agreement may be what is expected, not what was awarded",
  ],
  wholeFramework: ["O2", "the framework agreement's value is for it as a whole"],
  notItsContracts: ["T8", "an award states no value, and its contracts do: they are not taken for the award's"],
  contractWithoutAward: ["O1", "a contract whose award is not there is not counted"],
  cancelledContract: ["O1", "a contract that was cancelled is left out"],
  supplierWithoutName: ["T2", "a supplier without a name is called by its id"],
  noAmount: ["N2", "an amount that cannot be read counts as missing"],
  rounded: ["N2", "an amount has more decimals than its currency"],
  onlyGross: ["N2", "an amount is stated with tax alone, and counts as missing"],
  maskedAmount: ["R-AMT", "an amount of -1 counts as withheld"],
  withheld: ["E6", "a value is said to be withheld"],
  unlikePeriods: ["D1", "the periods of its parts differ: none is taken for the whole"],
  approximatePeriod: ["D1", "a period in days is taken for whole months"],
  unmeasuredRenewals: ["D1", "renewals of a length that is not stated are left out"],
  undatedAmendment: ["N4", "an amendment without a date is left out"],
  noDate: ["N4", "a date that is none counts as missing"],
  severalFrameworks: ["O3", "it is a call-off of several framework agreements: the first is named"],
  latin1: ["F9", "the file is not UTF-8: it is read as Latin-1"],
} as const satisfies Readonly<Record<string, readonly [rule: string, text: string]>>;

export type Assumption = keyof typeof ASSUMPTIONS;

const MOST_PLACES = 5;

/** The assumptions made for one process, each once, with the places that it concerns. */
export class Assumptions {
  readonly #places = new Map<Assumption, string[]>();

  make(assumption: Assumption, place?: string): void {
    const places = this.#places.get(assumption) ?? [];
    this.#places.set(assumption, places);
    if (place !== undefined) places.push(place);
  }

  notes(): readonly Note[] {
    return Array.from(this.#places, ([assumption, places]) => {
      const [rule, text] = ASSUMPTIONS[assumption];
      return { rule, text: places.length === 0 ? text : `${text} (${listed(places)})` };
    });
  }
}

const listed = (places: readonly string[]): string => {
  const shown = places.slice(0, MOST_PLACES).join(", ");
  return places.length > MOST_PLACES ? `${shown} and ${places.length - MOST_PLACES} more` : shown;
};
