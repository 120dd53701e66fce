/** What is made when it is first asked for, and kept: most commands need few of the tables and patterns that they load. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const REMEMBERED = 5000;

/** A text of its own: a part of a longer one keeps all of that in memory. */
export const copyOf = (text: string): string => Buffer.from(text).toString();

/** The same function, which remembers the first texts it was asked about: dates and terms recur from record to record. */
export const remembered = <T>(parse: (written: string) => T): ((written: string) => T) => {
  const known = new Map<string, T>();
  return (written) => {
    let result = known.get(written);
    if (result === undefined) {
      if (known.size >= REMEMBERED) return parse(written);
      const own = copyOf(written);
      result = parse(own);
      known.set(own, result);
    }
    return result;
  };
};
