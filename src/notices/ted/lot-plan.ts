import { addUnder } from "../../model/lists.ts";
import type { Notes } from "../notice.ts";
import { NO_LOT } from "../stated-values.ts";
import type { Award, DescribedLot, Form } from "./forms.ts";

export interface PlannedLot {
  readonly id: string;
  readonly described: DescribedLot | undefined;
  readonly awards: readonly Award[];
}

export interface LotPlan {
  readonly lots: readonly PlannedLot[];
  readonly lotsOf: ReadonlyMap<Award, readonly string[]>;
}

/**
 * Which lots the awards of a notice are of (R-LOTNO). The number of an award is a text that may say anything: it counts as
 * written where a lot has it, as a list where every part is a lot, and else as a lot of its own that nobody described.
 */
export const planLots = ({ lots, awards }: Form, notes: Notes): LotPlan => {
  const described = new Map<string, DescribedLot>();
  for (const lot of lots) {
    const id = lot.number ?? NO_LOT;
    if (!described.has(id)) described.set(id, lot);
  }
  const known = { described, numbers: byPlainNumber(described) };
  const lotsOf = new Map(awards.map((award) => [award, lotsOfAward(award, known, notes)]));
  const awardsByLot = new Map<string, Award[]>([...described.keys()].map((id) => [id, []]));
  for (const [award, ids] of lotsOf) {
    for (const id of new Set(ids)) {
      addUnder(awardsByLot, id, award);
    }
  }
  // Without any lot or award there still is the contract.
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
  /** Their numbers by what is left of them without zeros in front; undefined where several are left alike. */
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

/** The lot that has this number, else the only one that has it but for zeros in front; undefined where there is none. */
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

/** `1,2`, `1 and 2` and `1-3` as the lots that they list; the text itself where it is no list. */
const listedLots = (text: string): readonly string[] => {
  const range = /^(\d{1,4})\s*[-\u2013]\s*(\d{1,4})$/.exec(text);
  const [first, last] = [Number(range?.[1]), Number(range?.[2])];
  if (range !== null && first < last && last - first < MOST_LISTED) {
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  }
  return [...new Set(text.split(/\s*[,;&+]\s*|\s+and\s+/).filter((part) => part !== ""))];
};
