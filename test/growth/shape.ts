/** Texts by what they have much of: `n` times as much of it. */
export type Shapes = Readonly<Record<string, (n: number) => string>>;

export type Rec = Readonly<Record<string, unknown>>;

export const list = <T>(n: number, of: (index: number) => T): T[] => Array.from({ length: n }, (_, index) => of(index));

export const lines = (...records: readonly Rec[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** A word that is like no other. */
export const word = (index: number): string =>
  ((index + 1) * 7_654_321).toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "");

export const suppliers = (n: number, extra: (index: number) => Rec = () => ({})): Rec[] =>
  list(n, (i) => ({ supplier: `s${i}`, name: `${word(i)} ${word(i + 7)}`, ...extra(i) }));

export const lots = (n: number, extra: (index: number) => Rec = () => ({})): Rec[] =>
  list(n, (i) => ({ lot: `${i}`, ceiling: "EUR 1M", ...extra(i) }));

export const one = (more: Rec = {}): Rec => ({
  contract: "c",
  awardDate: "2024-01-01",
  term: "2 years + 2 renewals of 1 year",
  lots: [{ lot: "1", ceiling: "EUR 1M" }],
  ...more,
});

export const sources = (n: number): Rec[] => list(n, (i) => ({ source: `q${i}`, title: `Q ${i}` }));
