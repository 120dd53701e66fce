/**
 * Makes a value when it is first asked for, and keeps it. Most commands need few of the tables and patterns that they
 * load.
 */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const REMEMBERED = 5000;

/** A copy of a text. A part that was cut out of a longer text would keep all of that in memory. */
export const copyOf = (text: string): string => Buffer.from(text).toString();

/**
 * The same function, remembering its results for the first texts that it is given. Dates and terms recur from record to
 * record.
 */
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
