/** Adds items to a list, however many there are: as arguments of `push` they would have to fit on the stack. */
export const addAll = <T>(list: T[], items: Iterable<T>): void => {
  for (const item of items) list.push(item);
};
