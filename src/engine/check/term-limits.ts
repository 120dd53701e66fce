import { OPEN_FRAMEWORK, type Regime } from "../../model/regime.ts";
import type { Duration } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";

/** For how long a framework agreement may run without a justification, and what says so. */
export interface TermLimit {
  readonly most: Duration;
  readonly law: string;
}

const LIMITS: Readonly<Record<Regime, TermLimit>> = {
  classic: { most: { months: 48 }, law: "Directive 2014/24/EU art. 33(1)" },
  utilities: { most: { months: 96 }, law: "Directive 2014/25/EU art. 51(1)" },
  defence: { most: { months: 84 }, law: "Directive 2009/81/EC art. 29(2)" },
  concession: { most: { months: 60 }, law: "Directive 2014/23/EU art. 18(2)" },
  "financial regulation": { most: { months: 48 }, law: "Regulation (EU, Euratom) 2024/2509, Annex I, 1.1" },
  "uk-2023": { most: { months: 48 }, law: "Procurement Act 2023 s. 47, 8 years for defence, security and utilities" },
};

/** A scheme of successive frameworks on the same terms. */
const OPEN: TermLimit = { most: { months: 96 }, law: "Procurement Act 2023 s. 49" };

/** How long a framework agreement may run without a justification. */
export const limitOf = ({ regime, notes }: Pick<Contract, "regime" | "notes">): TermLimit =>
  regime === "uk-2023" && notes.some(({ text }) => text === OPEN_FRAMEWORK) ? OPEN : LIMITS[regime ?? "classic"];
