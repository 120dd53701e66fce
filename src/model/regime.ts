/**
 * The rules that a contract is under, which set limits to its length and its changes: Directives 2014/24/EU (classic),
 * 2014/25/EU (utilities), 2009/81/EC (defence), 2014/23/EU (concession), Regulation (EU, Euratom) 2024/2509, and the
 * United Kingdom's Procurement Act 2023.
 */
export const REGIMES = ["classic", "utilities", "defence", "concession", "financial regulation", "uk-2023"] as const;
export type Regime = (typeof REGIMES)[number];

/** What a contract's notes say of a framework that is one of several in a row, as the Procurement Act 2023 allows (s. 49). */
export const OPEN_FRAMEWORK =
  "it is an open framework: a scheme of successive frameworks on the same terms, of 8 years at most in all";

/** Whether amounts include value added tax. */
export const VAT_BASES = ["excluded", "included"] as const;
export type VatBasis = (typeof VAT_BASES)[number];
