import type { Regime } from "../../model/regime.ts";

/** For how many months a framework agreement may run without a justification, and what says so. */
interface TermLimit {
  readonly most: number;
  readonly law: string;
}

export const LIMITS: Readonly<Record<Regime, TermLimit>> = {
  classic: { most: 48, law: "Directive 2014/24/EU art. 33(1)" },
  utilities: { most: 96, law: "Directive 2014/25/EU art. 51(1)" },
  defence: { most: 84, law: "Directive 2009/81/EC art. 29(2)" },
  concession: { most: 60, law: "Directive 2014/23/EU art. 18(2)" },
  "financial regulation": { most: 48, law: "Regulation (EU, Euratom) 2024/2509, Annex I, 1.1" },
};
