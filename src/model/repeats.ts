/** So few items are looked for one by one, which takes less than to make a set of them. */
const FEW = 12;

/** Whether any item stands in a list twice. */
export const repeats = (items: readonly unknown[]): boolean =>
  items.length > FEW
    ? new Set(items).size < items.length
    : items.length > 1 && items.some((item, index) => items.indexOf(item) < index);
