/** So many names at most, and a sign that there are more: `a, b, c …`. */
export const firstFew = (names: readonly string[], most: number): string =>
  `${names.slice(0, most).join(", ")}${names.length > most ? " …" : ""}`;
