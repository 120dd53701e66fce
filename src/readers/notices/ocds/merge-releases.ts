import type { Attribution } from "../../../model/claim.ts";
import { isList, isMap, type Plain, type PlainMap } from "../../../syntax/plain.ts";
import type { Release } from "./release.ts";

/** What holds once the releases of a process are merged, and which of them last said something of each of its objects. */
export interface Merged {
  readonly plain: PlainMap;
  readonly saidBy: WeakMap<PlainMap, Attribution>;
}

/** Lists that the standard replaces as a whole, although their objects have ids. */
const REPLACED_AS_A_WHOLE = new Set(["additionalClassifications"]);

/** In order of time; those without a date come first. */
export const inOrderOfTime = (releases: readonly Release[]): readonly Release[] =>
  [...releases].sort((a, b) => (a.moment ?? Number.NEGATIVE_INFINITY) - (b.moment ?? Number.NEGATIVE_INFINITY) || 0);

/**
 * Merges releases, the oldest first, as the standard's merge routine says (OCDS 1.1, merging): later values win, `null`
 * removes, objects in lists are matched by their ids.
 */
export const mergeReleases = (releases: readonly Release[]): Merged => {
  const saidBy = new WeakMap<PlainMap, Attribution>();
  let plain: PlainMap = {};
  for (const release of releases) {
    const source = release.publication.id;
    plain = new Merging(source, saidBy).map(plain, release.plain, "");
  }
  return { plain, saidBy };
};

/** Merges what one release says into what was said before. */
class Merging {
  readonly #source: string;
  readonly #saidBy: WeakMap<PlainMap, Attribution>;

  constructor(source: string, saidBy: WeakMap<PlainMap, Attribution>) {
    this.#source = source;
    this.#saidBy = saidBy;
  }

  map(before: PlainMap | undefined, said: PlainMap, pointer: string): PlainMap {
    const merged = new Map(Object.entries(before ?? {}));
    for (const [key, value] of Object.entries(said)) {
      if (value === null) merged.delete(key);
      else merged.set(key, this.#value(merged.get(key), value, key, `${pointer}/${key}`));
    }
    const result = Object.fromEntries(merged);
    this.#saidBy.set(result, { source: this.#source, locator: pointer });
    return result;
  }

  #value(before: Plain | undefined, said: Plain, key: string, pointer: string): Plain {
    if (isMap(said)) return this.map(before !== undefined && isMap(before) ? before : undefined, said, pointer);
    if (!isList(said) || !said.every(isMap)) return said;
    const known = before !== undefined && isList(before) ? before.filter(isMap) : [];
    if (said.length === 0) return known;
    const byId = !REPLACED_AS_A_WHOLE.has(key) && said.every((item) => typeof item["id"] === "string");
    return this.#list(byId ? known : [], said, pointer);
  }

  #list(before: readonly PlainMap[], said: readonly PlainMap[], pointer: string): Plain {
    const list = [...before];
    for (const [index, item] of said.entries()) {
      const id = item["id"];
      const found = id === undefined ? -1 : list.findIndex((other) => other["id"] === id);
      const merged = this.map(list[found], item, `${pointer}/${index}`);
      if (found === -1) list.push(merged);
      else list[found] = merged;
    }
    return list;
  }
}
