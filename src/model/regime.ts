/**
 * The rules that a contract is under, which set limits to its length and its changes: Directives 2014/24/EU (classic),
 * 2014/25/EU (utilities), 2009/81/EC (defence), 2014/23/EU (concession), and Regulation (EU, Euratom) 2024/2509.
 */
export const REGIMES = ["classic", "utilities", "defence", "concession", "financial regulation"] as const;
export type Regime = (typeof REGIMES)[number];

/** Whether amounts include value added tax. */
export const VAT_BASES = ["excluded", "included"] as const;
export type VatBasis = (typeof VAT_BASES)[number];
