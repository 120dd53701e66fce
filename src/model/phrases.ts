/** The first names, and how many more there are: `a, b, c and 7 more`. */
export const firstAndMore = (names: readonly string[], most: number): string =>
  names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");

/**
 * Names as a sentence lists them: `a, b and c`. With a larger `count`, the names are the first of so many:
 * `a, b and 7 more`.
 */
export const listed = (first: readonly string[], count = first.length): string => {
  const last = count > first.length ? `${count - first.length} more` : first.at(-1);
  const others = count > first.length ? first : first.slice(0, -1);
  return [...(others.length > 0 ? [others.join(", ")] : []), last].join(" and ");
};

/** The first names, and a sign that there are more: `a, b, c …`. */
export const firstFew = (names: readonly string[], most: number): string =>
  `${names.slice(0, most).join(", ")}${names.length > most ? " …" : ""}`;

export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `1250000` as `1,250,000`. */
export const groupThousands = (digits: string): string => {
  let [grouped, end] = ["", digits.length];
  for (; end > 3; end -= 3) grouped = `,${digits.slice(end - 3, end)}${grouped}`;
  return digits.slice(0, end) + grouped;
};

/** `1 lot`, `2 lots`. */
export const plural = (count: number | string, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
