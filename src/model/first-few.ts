/** So many names at most, and how many more there are: `a, b, c and 7 more`. */
export const firstAndMore = (names: readonly string[], most: number): string =>
  names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");

/** So many names at most, and a sign that there are more: `a, b, c …`. */
export const firstFew = (names: readonly string[], most: number): string =>
  `${names.slice(0, most).join(", ")}${names.length > most ? " …" : ""}`;
