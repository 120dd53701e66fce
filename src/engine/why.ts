import type { Attribution, Preference } from "../model/claim.ts";
import { type Amount, isKnown } from "../model/money.ts";
import type { Register } from "../model/register.ts";
import { type SelectedContract, type Selection, select } from "../query/selection.ts";
import { assess, type ContractCeiling, type LotCeiling } from "./ceilings.ts";
import { closingOf } from "./lots.ts";
import { column, hidden, type Report, reportOf } from "./report.ts";
import { Tally } from "./tally.ts";
import { lotRef, nameOf } from "./views.ts";

/** One ceiling that a total met: counted once, left out as a repetition, or unknown. */
export interface WhyRow {
  readonly action: "counted" | "left out" | "unknown";
  readonly ceiling: string;
  readonly amount: Amount;
  readonly reason: string;
  readonly source: string | undefined;
  readonly locator: string | undefined;
}

export const WHY_COLUMNS = [
  column.text<WhyRow>("action", "", "counted, left out or unknown.", (row) => row.action),
  column.id<WhyRow>("ceiling", "Ceiling of", "The lot or contract whose ceiling it is.", (row) => row.ceiling),
  column.money<WhyRow>("amount", "Amount", "The ceiling.", (row) => row.amount),
  column.text<WhyRow>("reason", "Why", "Why it counts or does not.", (row) => row.reason),
  column.id<WhyRow>("source", "Source", "Who states it.", (row) => row.source),
  hidden(column.text<WhyRow>("locator", "Where", "Where the source states it.", (row) => row.locator)),
] as const;

/** Two names or more, as a sentence lists them. */
const listNames = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const attributed = (by: Attribution | undefined): Pick<WhyRow, "source" | "locator"> => ({
  source: by?.source,
  locator: by?.locator,
});

class Explanation {
  readonly rows: WhyRow[] = [];
  readonly #preference: Preference;

  constructor(preference: Preference) {
    this.#preference = preference;
  }

  explain(selected: SelectedContract, assessed: ContractCeiling): void {
    for (const ceiling of assessed.ceilings) this.#explainLot(selected, ceiling, assessed.capped);
    this.#explainDeclared(selected, assessed);
  }

  #explainLot({ contract }: SelectedContract, ceiling: LotCeiling, capped: boolean): void {
    const { selected, amount, by } = ceiling;
    const row = {
      ceiling: lotRef(contract, selected.lot),
      amount,
      ...attributed(by),
    };
    if (!isKnown(amount)) {
      const gap = amount === "withheld" ? "the ceiling is withheld" : "no ceiling is stated";
      this.rows.push({
        ...row,
        action: "unknown",
        reason: capped ? `${gap}; the contract's own ceiling stands for it` : gap,
      });
      return;
    }
    if (capped) {
      this.rows.push({
        ...row,
        action: "left out",
        reason: "the contract's own ceiling is the limit",
      });
      return;
    }
    this.rows.push({
      ...row,
      action: "counted",
      reason: this.#holders(ceiling),
    });
    if (!ceiling.shared) return;
    for (const supplier of selected.suppliers.slice(1)) {
      const reason = `the same ceiling, seen again through ${nameOf(supplier, this.#preference)}`;
      this.rows.push({ ...row, action: "left out", reason });
    }
  }

  #holders({ selected, shared }: LotCeiling): string {
    const names = selected.suppliers.map((supplier) => nameOf(supplier, this.#preference));
    if (names.length === 0) return "nobody holds the lot yet";
    if (shared) return `one ceiling, shared by ${listNames(names)}`;
    if (names.length === 1) return `held by ${names[0]} alone`;
    return `one ceiling of the same amount for each of ${listNames(names)}`;
  }

  #explainDeclared({ contract, lots }: SelectedContract, { declared, capped, known }: ContractCeiling): void {
    if (contract.ceiling === undefined) return;
    const stated = declared ?? this.#preference.choose(contract.ceiling);
    const row = {
      ceiling: contract.id,
      amount: stated.value,
      ...attributed(stated.by),
    };
    if (capped) {
      const reason =
        known === lots.length
          ? "it is lower than the sum of its lots"
          : "it stands for lots without a ceiling of their own";
      this.rows.push({ ...row, action: "counted", reason });
      return;
    }
    const reason =
      declared !== undefined
        ? "it holds the same lots, whose sum is not higher"
        : stated.value === "withheld"
          ? "it is withheld; the lots' sum stands"
          : "another source, or another currency, than its lots' ceilings: never blended";
    this.rows.push({ ...row, action: "left out", reason });
  }
}

/** Every ceiling behind a total: each one counted once, each repetition left out, and why. */
export const why = (register: Register, selection: Selection = {}): Report<WhyRow> => {
  const { preference } = register;
  const tally = new Tally();
  const batches = async function* () {
    for await (const batch of select(register, selection)) {
      const explanation = new Explanation(preference);
      for (const selected of batch) {
        const assessed = assess(selected, preference);
        tally.addContract(assessed);
        explanation.explain(selected, assessed);
      }
      yield explanation.rows;
    }
  };
  return reportOf(WHY_COLUMNS, batches(), () => {
    const { summaries, notes } = closingOf(tally);
    return {
      summaries: summaries.map((summary) => ({ ...summary, column: "amount" })),
      notes,
    };
  });
};
