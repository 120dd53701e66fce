import { addUnder } from "../../model/add-under.ts";
/** New ids by old ones. */
export type Renames = ReadonlyMap<string, string>;

/** Something that is there in only one of two versions. */
interface Unmatched {
  readonly id: string;
  /** What it says, whatever its id. */
  readonly content: string;
}

/**
 * Which of those that went came back under another id with nothing else changed. Of several that say the same, the first
 * that went is the first that came.
 */
export const renamesAmong = (gone: readonly Unmatched[], come: readonly Unmatched[]): Renames => {
  const waiting = new Map<string, string[]>();
  for (const { id, content } of come) {
    addUnder(waiting, content, id);
  }
  for (const ids of waiting.values()) ids.reverse();
  return new Map(
    gone.flatMap(({ id, content }) => {
      const now = waiting.get(content)?.pop();
      return now === undefined ? [] : [[id, now] as const];
    }),
  );
};

/** The id that something has now. */
export const renamed = (id: string, renames: Renames): string => renames.get(id) ?? id;

/** Those of some that others do not have. */
export const withoutOthers = <T extends { readonly id: string }>(
  some: readonly T[],
  others: readonly { readonly id: string }[],
): readonly T[] => {
  const ids = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !ids.has(id));
};
