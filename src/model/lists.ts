/** Adds items to a list, however many there are. As arguments of `push` they would have to fit on the stack. */
export const addAll = <T>(list: T[], items: Iterable<T>): void => {
  for (const item of items) list.push(item);
};

/**
 * The same as `items.flatMap(of)`, in an eighth of the time: V8 looks up each property in a generic way there, and
 * enters its runtime for each item. For work that is done for each record.
 */
export const flatMap = <T, U>(items: readonly T[], of: (item: T, index: number) => U | readonly U[]): U[] => {
  const all: U[] = [];
  let index = 0;
  for (const item of items) {
    const made = of(item, index++);
    if (isList(made)) addAll(all, made);
    else all.push(made);
  }
  return all;
};

const isList = <T>(made: T | readonly T[]): made is readonly T[] => Array.isArray(made);

export const allIn = async <T>(batches: AsyncIterable<readonly T[]>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const batch of batches) addAll(all, batch);
  return all;
};

export const addUnder = <Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
};

/** Items by their keys. Keys and items stay in order. */
export const groupedBy = <Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) addUnder(groups, keyOf(item), item);
  return groups;
};

/** The value of a map under a key. Where there is none, it is made and stored first. */
export const madeUnder = <Key, T>(
  made: { get(key: Key): T | undefined; set(key: Key, value: T): unknown },
  key: Key,
  make: () => T,
): T => {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
};

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/**
 * Records by their ids, for callers that look up many. Of several with the same id it has the first, as a search would.
 */
export const firstById = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> => {
  const byId = new Map<string, T>();
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record);
  return byId;
};

/** Up to so many items are compared one by one, which takes less time than making a set of them. */
const FEW = 12;

/** Whether any item stands in a list twice. */
export const repeats = (items: readonly unknown[]): boolean =>
  items.length > FEW ? new Set(items).size < items.length : repeatsOneOf(items);

const repeatsOneOf = (items: readonly unknown[]): boolean => {
  for (let later = 1; later < items.length; later++)
    for (let index = 0; index < later; index++) if (items[index] === items[later]) return true;
  return false;
};
