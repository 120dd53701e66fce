import type { Attribution, Preference } from "../model/claim.ts";
import { type Amount, isKnown, unitOf } from "../model/money.ts";
import { type SelectedContract, type Selection, select } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type CeilingNode, lotsBelow, nodesOf, reachOf } from "./ceiling-tree.ts";
import { assess, type ContractCeiling, type LotCeiling } from "./ceilings.ts";
import { CEILING_OF } from "./headroom/headroom-rows.ts";
import { closingOf } from "./lots.ts";
import { column, hidden, type Report, reportOf } from "./report.ts";
import { Tally } from "./tally.ts";
import { lotRef, nameOf } from "./views.ts";

/** One ceiling that a total met: counted once, left out as a repetition, or unknown. */
export interface WhyRow {
  readonly action: "counted" | "left out" | "unknown";
  /** The lot, group or contract. */
  readonly ceilingOf: string;
  readonly amount: Amount;
  readonly reason: string;
  readonly source: string | undefined;
  readonly locator: string | undefined;
}

export const WHY_COLUMNS = [
  column.text<WhyRow>("action", "", "counted, left out or unknown.", (row) => row.action),
  column.id<WhyRow>("ceilingOf", "Ceiling of", CEILING_OF, (row) => row.ceilingOf),
  column.money<WhyRow>("amount", "Amount", "The ceiling.", (row) => row.amount),
  column.text<WhyRow>("reason", "Why", "Why it counts or does not.", (row) => row.reason),
  column.id<WhyRow>(
    "source",
    "Source",
    "The source's id: who says so; of a lot, who states its ceiling.",
    (row) => row.source,
  ),
  hidden(column.text<WhyRow>("locator", "Where", "Where the source says so.", (row) => row.locator)),
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

  explain(selected: SelectedContract, { tree, ceilings, usable }: ContractCeiling): void {
    const [total] = usable;
    if (tree !== undefined && total !== undefined) {
      this.#explainNode(selected, tree, unitOf(total), undefined);
      this.#explainPassedOver(selected, ceilings, nodesOf(tree));
      return;
    }
    for (const ceiling of ceilings) this.#explainLot(selected, ceiling, undefined);
    this.#explainPassedOver(selected, ceilings, []);
  }

  /** What lies below a node, then its own ceiling; `limit` names the ceiling above that is the limit of all below it. */
  #explainNode(selected: SelectedContract, node: CeilingNode, unit: string, limit: string | undefined): void {
    const { binding } = reachOf(node, unit, ({ amount }) => amount);
    const own = node.group === undefined ? "the contract's own ceiling" : `the ceiling of group ${node.group}`;
    const below = limit ?? (binding ? own : undefined);
    for (const ceiling of node.lots) this.#explainLot(selected, ceiling, below);
    for (const cluster of node.clusters) {
      for (const group of cluster) this.#explainNode(selected, group, unit, below);
      if (cluster.length > 1) this.#explainOverlap(selected, cluster);
    }
    this.#explainDeclared(selected, node, binding, limit);
  }

  #explainOverlap({ contract }: SelectedContract, cluster: readonly CeilingNode[]): void {
    const names = listNames(cluster.map(({ group = "" }) => group));
    const reason = `the groups ${names} overlap: their ceilings may be one budget or several, so the total is a range`;
    this.rows.push({ action: "unknown", ceilingOf: contract.id, amount: "missing", reason, ...attributed(undefined) });
  }

  #explainLot({ contract }: SelectedContract, ceiling: LotCeiling, limit: string | undefined): void {
    const { selected, amount, by } = ceiling;
    const row = { ceilingOf: lotRef(contract, selected.lot), amount, ...attributed(by) };
    if (!isKnown(amount)) {
      const gap = amount === "withheld" ? "the ceiling is withheld" : "no ceiling is stated";
      this.rows.push({
        ...row,
        action: "unknown",
        reason: limit === undefined ? gap : `${gap}; ${limit} stands for it`,
      });
      return;
    }
    if (limit !== undefined) {
      this.rows.push({ ...row, action: "left out", reason: `${limit} is the limit` });
      return;
    }
    this.rows.push({ ...row, action: "counted", reason: this.#holders(ceiling) });
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

  #explainDeclared(
    { contract }: SelectedContract,
    node: CeilingNode,
    binding: boolean,
    limit: string | undefined,
  ): void {
    const { declared } = node;
    if (declared === undefined) return;
    const ceilingOf = node.group === undefined ? contract.id : `${contract.id} group ${node.group}`;
    const row = { ceilingOf, amount: declared.value, ...attributed(declared.by) };
    if (limit !== undefined) this.rows.push({ ...row, action: "left out", reason: `${limit} is the limit` });
    else if (binding)
      this.rows.push({
        ...row,
        action: "counted",
        reason: limitReason(node),
      });
    else this.rows.push({ ...row, action: "left out", reason: "it holds the same lots, whose sum is not higher" });
  }

  /** Declared ceilings that cannot be held against those of the selected lots. */
  #explainPassedOver(
    { contract, lots }: SelectedContract,
    ceilings: readonly LotCeiling[],
    nodes: readonly CeilingNode[],
  ): void {
    const units = new Set(ceilings.flatMap(({ amount }) => (isKnown(amount) ? [unitOf(amount)] : [])));
    const used = new Set(nodes.filter(({ declared }) => declared !== undefined).map(({ group }) => group));
    const chosen = new Set(lots.map(({ lot }) => lot.id));
    const groups = contract.groups.filter((group) => group.lots.some((id) => chosen.has(id)));
    const declared = [
      { id: undefined, name: contract.id, fact: contract.ceiling },
      ...groups.map(({ id, ceiling }) => ({ id, name: `${contract.id} group ${id}`, fact: ceiling })),
    ];
    for (const { id, name, fact } of declared) {
      if (fact === undefined || used.has(id)) continue;
      const { value, by } = this.#preference.choose(fact);
      this.rows.push({
        action: "left out",
        ceilingOf: name,
        amount: value,
        reason: passedOver(value, units),
        ...attributed(by),
      });
    }
  }
}

const limitReason = (node: CeilingNode): string =>
  lotsBelow(node).every(({ amount }) => isKnown(amount))
    ? "it is lower than the sum of its lots"
    : "it stands for lots without a ceiling of their own";

const passedOver = (value: Amount, units: ReadonlySet<string>): string => {
  if (!isKnown(value)) return "it is withheld; the lots' sum stands";
  // A ceiling limits what is all in its own currency, net or gross as it is.
  const alike = units.size === 0 || (units.size === 1 && units.has(unitOf(value)));
  return alike
    ? "another source states the lots' ceilings: never blended"
    : `the lots' ceilings are not all in ${unitOf(value)}: never compared`;
};

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
    const { summaries, notes } = closingOf(tally, preference);
    return {
      summaries: summaries.map((summary) => ({ ...summary, column: "amount" })),
      notes,
    };
  });
};
