import { NO_LOT } from "../no-lot.ts";
import type { Notes } from "../notes.ts";
import type { Award, DescribedLot, Form } from "./award.ts";

/** A lot with the awards that are of it. */
export interface PlannedLot {
  readonly id: string;
  readonly described: DescribedLot | undefined;
  readonly awards: readonly Award[];
}

/** The lots of a notice, and those that each award is of. */
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
  const lotsOf = new Map(awards.map((award) => [award, lotsOfAward(award, described, notes)]));
  const ids = new Set([...described.keys(), ...[...lotsOf.values()].flat()]);
  // Without any lot or award there still is the contract.
  if (ids.size === 0) ids.add(NO_LOT);
  return {
    lots: [...ids].sort(lastWithoutNumber).map((id) => ({
      id,
      described: described.get(id),
      awards: awards.filter((award) => lotsOf.get(award)?.includes(id)),
    })),
    lotsOf,
  };
};

const lastWithoutNumber = (a: string, b: string): number => Number(a === NO_LOT) - Number(b === NO_LOT);

const lotsOfAward = (
  { id, lotText }: Award,
  described: ReadonlyMap<string, DescribedLot>,
  notes: Notes,
): readonly string[] => {
  const [only = NO_LOT] = described.keys();
  const single = described.size <= 1;
  if (lotText === undefined) {
    if (!single) notes.add("R-LOTNO", "names none of several lots: counted by itself", `award ${id}`);
    return [single ? only : NO_LOT];
  }
  const same = describedAs(lotText, described, notes);
  if (same !== undefined) return [same];
  if (described.size === 1 && only === NO_LOT) {
    notes.add("R-LOTNO", `"${lotText}" is taken for the only lot, which has no number`, `award ${id}`);
    return [only];
  }
  const parts = listedLots(lotText);
  const listed = parts.length > 1 ? parts.flatMap((part) => describedAs(part, described, notes) ?? []) : [];
  if (listed.length > 1 && listed.length === parts.length) {
    notes.add("R-LOTNO", `"${lotText}" is taken for ${listed.length} lots`, `award ${id}`);
    return listed;
  }
  if (described.size > 0) {
    notes.add(
      "R-LOTNO",
      `"${lotText}" is no lot that the notice describes: it counts as one of its own`,
      `award ${id}`,
    );
  }
  return [lotText];
};

/** The lot that has this number, else the only one that has it but for zeros in front; undefined where there is none. */
const describedAs = (text: string, described: ReadonlyMap<string, DescribedLot>, notes: Notes): string | undefined => {
  if (described.has(text)) return text;
  if (!/^\d+$/.test(text)) return undefined;
  const [alike, ...others] = [...described.keys()].filter((number) => withoutZeros(number) === withoutZeros(text));
  if (alike === undefined || others.length > 0) return undefined;
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
