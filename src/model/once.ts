/** What is made when it is first asked for, and kept: most commands need few of the tables and patterns that they load. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
