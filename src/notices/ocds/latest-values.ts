import { isList, isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import { textIn } from "./plain-members.ts";
import { momentOf } from "./release.ts";

/** Of a versioned release what holds now: of each value that it lists with its releases, the last by their dates. */
export const latestValues = (plain: Plain): Plain => {
  if (isList(plain)) return isVersioned(plain) ? latestValues(latestOf(plain)) : plain.map(latestValues);
  if (!isMap(plain)) return plain;
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, latestValues(value)]));
};

/** Whether a list is the history of one value. */
const isVersioned = (list: readonly Plain[]): list is readonly PlainMap[] =>
  list.length > 0 &&
  list.every((item) => isMap(item) && item["value"] !== undefined && item["releaseDate"] !== undefined);

const latestOf = (versions: readonly PlainMap[]): Plain => {
  const dated = versions.map((version) => ({ version, moment: momentOf(textIn(version, "releaseDate") ?? "") ?? 0 }));
  return dated.sort((a, b) => a.moment - b.moment).at(-1)?.version["value"] ?? null;
};
