import type { ModificationGround } from "./modification.ts";
import type { Regime } from "./regime.ts";

/** How much modifications on some grounds may add before a regime's numeric threshold is reached. */
export interface ModificationLimit {
  readonly grounds: readonly ModificationGround[];
  /** In percent of the initial value. */
  readonly percent: number;
  /** For works, where that differs. */
  readonly percentOfWorks: number;
  /** Whether all modifications on these grounds count together, or each by itself. */
  readonly together: boolean;
  /** Whether the threshold itself is too much: de minimis means below it. */
  readonly below: boolean;
  readonly article: string;
}

const deMinimis = (percentOfWorks: number, article: string): ModificationLimit => ({
  grounds: ["de minimis"],
  percent: 10,
  percentOfWorks,
  together: true,
  below: true,
  article,
});

const half = (ground: ModificationGround, together: boolean, article: string): ModificationLimit => ({
  grounds: [ground],
  percent: 50,
  percentOfWorks: 50,
  together,
  below: false,
  article,
});

const FINANCIAL_REGULATION =
  "Regulation (EU, Euratom) 2024/2509 on modifications of contracts, as in art. 172(3) of its predecessor 2018/1046";

/**
 * The numeric thresholds for modifications by regime (L2). They are numbers only: each article has conditions besides, and
 * de minimis modifications must stay below the thresholds of publication, too. Review clauses, changes of the contractor
 * and changes that are not substantial have no number.
 */
export const MODIFICATION_LIMITS: Readonly<Record<Regime, readonly ModificationLimit[]>> = {
  classic: [
    half("additional works", false, "Directive 2014/24/EU art. 72(1)(b)"),
    half("unforeseen circumstances", false, "Directive 2014/24/EU art. 72(1)(c)"),
    deMinimis(15, "Directive 2014/24/EU art. 72(2)"),
  ],
  // Art. 89 has the grounds of art. 72 without their limit of 50 %.
  utilities: [deMinimis(15, "Directive 2014/25/EU art. 89(2)")],
  concession: [
    half("additional works", false, "Directive 2014/23/EU art. 43(1)(b), for activities outside of its Annex II"),
    half(
      "unforeseen circumstances",
      false,
      "Directive 2014/23/EU art. 43(1)(c), for activities outside of its Annex II",
    ),
    deMinimis(10, "Directive 2014/23/EU art. 43(2)"),
  ],
  // Without an article on modifications; additional works and services have one limit in all.
  defence: [half("additional works", true, "Directive 2009/81/EC art. 28(4)(a)")],
  "financial regulation": [
    half("additional works", true, FINANCIAL_REGULATION),
    half("unforeseen circumstances", true, FINANCIAL_REGULATION),
    deMinimis(15, FINANCIAL_REGULATION),
  ],
  "uk-2023": [
    half("additional works", false, "Procurement Act 2023, Schedule 8, but for utilities"),
    half("unforeseen circumstances", false, "Procurement Act 2023, Schedule 8, but for utilities"),
    { ...deMinimis(15, "Procurement Act 2023 s. 74(4)"), below: false },
  ],
};
