import { isList, isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";

const NOTHING: readonly never[] = [];
const EMPTY: PlainMap = {};
/** A text with one space for each run of white space, and none at its ends (R-WS); undefined where nothing is left. */
const textOf = (plain: Plain | undefined): string | undefined => {
  if (typeof plain !== "string") return undefined;
  return (RAGGED.test(plain) ? plain.replace(/\s+/g, " ").trim() : plain) || undefined;
};
const RAGGED = /^\s|\s$|\s\s|[^\S ]/;

/** A member that is one value; undefined where it is missing, blank or no single value. */
export const textIn = (map: PlainMap, key: string): string | undefined => textOf(map[key]);

/** A member that is a list of values; a single value is taken for a list of one. */
export const textsIn = (map: PlainMap, key: string): readonly string[] => {
  const plain = map[key];
  if (plain === undefined || plain === null) return NOTHING;
  const texts = isList(plain) ? plain.map(textOf) : [textOf(plain)];
  return texts.filter((text) => text !== undefined);
};

export const mapIn = (map: PlainMap, key: string): PlainMap | undefined => {
  const plain = map[key];
  return plain !== undefined && isMap(plain) ? plain : undefined;
};

/**
 * A member that is a list of objects. An item that is no object becomes an empty one, so that each keeps its place. A
 * single object is taken for a list of one.
 */
export const mapsIn = (map: PlainMap, key: string): readonly PlainMap[] => {
  const plain = map[key];
  if (plain === undefined || plain === null) return NOTHING;
  if (isMap(plain)) return [plain];
  if (!isList(plain)) return NOTHING;
  return plain.every(isMap) ? plain : plain.map((item) => (isMap(item) ? item : EMPTY));
};

/** The lots of an item or an award: one lot, as most publishers state for items, or several. */
export const lotsOfItem = (item: PlainMap): readonly string[] => {
  const one = textIn(item, "relatedLot");
  return one === undefined ? textsIn(item, "relatedLots") : [one];
};

/**
 * The status of a tender, lot, award or contract: the final status of OCDS 1.2 where there is one. Many publishers
 * write the codes with capitals, or write `canceled` as Americans do.
 */
export const statusIn = (object: PlainMap): string | undefined => {
  const status = (textIn(object, "finalStatus") ?? textIn(object, "status"))?.toLowerCase();
  return status === "canceled" ? "cancelled" : status;
};

/** Whether a contract was not cancelled, and did not fail before it was signed. */
export const isStanding = (contract: PlainMap): boolean => !FALLEN.has(statusIn(contract) ?? "");
const FALLEN: ReadonlySet<string> = new Set(["cancelled", "unsuccessful"]);
