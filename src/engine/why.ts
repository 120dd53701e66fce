import type { Attribution, Preference } from "../model/claim.ts";
import { type Amount, formatMoney, isKnown, type Money, sumByUnit, unitOf } from "../model/money.ts";
import { listed, plural } from "../model/phrases.ts";
import { MEANING } from "../query/fields.ts";
import type { Selection } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import { cameToNothing } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { assessments } from "./assessments.ts";
import type { CeilingLimit } from "./ceiling-limits.ts";
import {
  type CeilingNode,
  type CeilingTree,
  type Held,
  type Leaf,
  lotsBelow,
  moneyOf,
  type Reach,
} from "./ceiling-tree.ts";
import { byMeasure, type ContractCeiling, isElsewhere, type LotCeiling } from "./ceilings.ts";
import { amountText, type Column, column, hidden, type Report, reportOf } from "./report.ts";
import { Tally } from "./tally.ts";
import { CallOffNotes, Totals } from "./totals.ts";
import { lotRef, nameOf } from "./views.ts";

/** How many lines of a drawing are shown. The rest is left out. */
const MOST_LINES = 15;

/**
 * What limits what, line by line: the contract, its groups, their lots, with the ceilings that give the figure marked.
 */
const drawingOf = ({ contract, units }: ContractCeiling): readonly string[] =>
  units.flatMap(({ tree }) => {
    if (tree.root.below.length === 0) return [];
    const lines: string[] = [];
    for (const line of linesOf(tree, contract.id)) {
      if (lines.length === MOST_LINES) return [...lines, "…"];
      lines.push(line);
    }
    return lines;
  });

interface Branch {
  readonly text: string;
  readonly below: () => readonly Branch[];
}

function* linesOf(tree: CeilingTree<LotCeiling>, contract: string): Generator<string> {
  const { lots, below } = tree.root;
  const [top, ...others] = below;
  // The contract's own ceiling is at the top, over everything, if there is one.
  const own = lots.length + others.length === 0 && top?.limits[0]?.limit.group === undefined ? top : undefined;
  yield own === undefined ? contract : nodeText(own, contract);
  yield* linesBelow(branchesOf(own ?? tree.root, contract), "");
  for (const { limit } of tree.idle) yield `(${limitText(limit, contract)} limits nothing)`;
}

function* linesBelow(branches: readonly Branch[], indent: string): Generator<string> {
  for (const [index, branch] of branches.entries()) {
    const last = index === branches.length - 1;
    yield `${indent}${last ? "└" : "├"} ${branch.text}`;
    yield* linesBelow(branch.below(), `${indent}${last ? " " : "│"} `);
  }
}

const branchesOf = ({ lots, below }: CeilingNode<LotCeiling>, contract: string): readonly Branch[] => [
  ...lots.map((leaf) => ({ text: lotText(leaf), below: () => [] })),
  ...below.map((node) => ({ text: nodeText(node, contract), below: () => branchesOf(node, contract) })),
];

/** How many overlapping groups are named. The rest is counted. */
const MOST_GROUPS = 5;

/** Groups that overlap, two or more: `north and south`, `a, b, c, d, e and 7 more`. */
const groupNames = (limits: readonly Pick<Held<unknown>, "limit">[]): string =>
  listed(
    limits
      .slice(0, MOST_GROUPS)
      .map(({ limit: { group, isOrdered } }) => (isOrdered === true ? "its orders" : (group ?? "its own"))),
    limits.length,
  );

const nodeText = ({ limits, binding }: CeilingNode<LotCeiling>, contract: string): string => {
  const texts = limits.slice(0, MOST_GROUPS).map(({ limit }) => limitText(limit, contract));
  return `${listed(texts, limits.length)}${binding ? " ← the limit" : ""}`;
};

const limitText = ({ group, value, isOrdered }: Held<Leaf<LotCeiling>>["limit"], contract: string): string => {
  const name = group === undefined ? contract : isOrdered === true ? "ordered" : `group ${group}`;
  return `${name} ${amountText(value)}`;
};

const lotText = ({ lot: { selected, counted = "missing" } }: Leaf<LotCeiling>): string =>
  `lot ${selected.lot.id} ${amountText(counted)}`;

export interface WhyRow {
  readonly action: "counted" | "left out" | "unknown";
  readonly ceilingOf: string;
  readonly amount: Amount;
  readonly reason: string;
  readonly source: string | undefined;
  readonly locator: string | undefined;
}

export const WHY_COLUMNS: readonly Column<WhyRow>[] = [
  column.text("action", "counted, left out or unknown.", ""),
  column.id("ceilingOf", MEANING.ceilingOf),
  column.money("amount", "The ceiling."),
  column.text("reason", "Why it counts or does not.", "Why"),
  column.id("source", MEANING.source),
  hidden(column.text("locator", MEANING.locator, "Where")),
];

/** How many holders are named in one reason. The repetitions below it name each of them. */
const MOST_NAMED = 20;

const listNames = (names: readonly string[]): string => listed(names.slice(0, MOST_NAMED), names.length);

type Verdict = Pick<WhyRow, "action" | "amount" | "reason"> & { readonly by: Attribution | undefined };

const limitName = ({ id }: Contract, { group, isOrdered }: CeilingLimit): string => {
  if (isOrdered === true) return `${id} orders`;
  return group === undefined ? id : `${id} group ${group}`;
};

const LIMITS_NOTHING = "it holds the same lots, whose sum is not higher";

class Explanation {
  readonly rows: WhyRow[] = [];
  readonly repeated: Money[] = [];
  readonly #assessed: ContractCeiling;
  readonly #preference: Preference;
  /** Lots that were explained already: one without a figure is in the tree of every unit. */
  readonly #explained = new Set<LotCeiling>();
  readonly #byLot: ReadonlyMap<string, LotCeiling>;

  constructor(assessed: ContractCeiling, preference: Preference) {
    this.#assessed = assessed;
    this.#preference = preference;
    const { units, ceilings, limits, lots, usable } = assessed;
    this.#byLot = new Map(ceilings.map((ceiling) => [ceiling.selected.lot.id, ceiling]));
    const shown = new Set<CeilingLimit>();
    for (const { tree } of units) {
      const { root, idle } = tree;
      this.#explainNode(root, root.reach.high === undefined, undefined, shown);
      for (const { limit } of idle) this.#explainLimit(limit, { action: "left out", reason: LIMITS_NOTHING }, shown);
    }
    for (const ceiling of ceilings) {
      const { amount } = ceiling;
      // What another measure limits is explained with that measure.
      if (!this.#explained.has(ceiling) && !isElsewhere(amount, ceiling)) this.#explainLot(ceiling, undefined);
    }
    if (lots === 0) this.#explainBare(usable);
    else {
      const groups = new Map(assessed.contract.groups.map(({ id, lots: ids }) => [id, ids]));
      for (const limit of limits?.all ?? []) {
        if (!shown.has(limit))
          this.#explainPassedOver(limit, limit.group === undefined ? undefined : groups.get(limit.group));
      }
    }
  }

  #add(ceilingOf: string, { by, ...verdict }: Verdict): void {
    this.rows.push({ ceilingOf, ...verdict, source: by?.source, locator: by?.locator });
  }

  #nameOf(limit: CeilingLimit): string {
    return limitName(this.#assessed.contract, limit);
  }

  /**
   * Explains what lies below a node, then its own ceilings. `above` names a ceiling above it that limits all of these.
   */
  #explainNode(
    node: CeilingNode<LotCeiling>,
    open: boolean,
    above: string | undefined,
    shown: Set<CeilingLimit>,
  ): void {
    const limit = above ?? (node.binding ? namesOf(node) : undefined);
    for (const leaf of node.lots) this.#explainLot(leaf.lot, limit, { leaf, open });
    for (const below of node.below) this.#explainNode(below, open, limit, shown);
    for (const held of node.limits) {
      const counted = above === undefined && node.binding && node.limits.length === 1;
      const reason = above !== undefined ? `${above} is the limit` : node.binding ? OVERLAPS : LIMITS_NOTHING;
      this.#explainLimit(held.limit, counted ? countedAs(node, open) : { action: "left out", reason }, shown);
    }
    if (above !== undefined || !node.binding || node.limits.length < 2) return;
    const ceilingOf = `${this.#assessed.contract.id} groups ${groupNames(node.limits)}`;
    this.#add(ceilingOf, { by: undefined, ...countedAs(node, open) });
  }

  #explainLimit(
    limit: CeilingLimit,
    verdict: Pick<Verdict, "action" | "reason"> & Partial<Pick<Verdict, "amount">>,
    shown: Set<CeilingLimit>,
  ): void {
    shown.add(limit);
    this.#add(this.#nameOf(limit), { amount: limit.value, by: limit.by, ...verdict });
  }

  #explainLot(ceiling: LotCeiling, limit: string | undefined, seen?: { leaf: Leaf<LotCeiling>; open: boolean }): void {
    if (this.#explained.has(ceiling)) return;
    this.#explained.add(ceiling);
    const { selected, counted, by } = ceiling;
    const place = lotRef(this.#assessed.contract, selected.lot);
    const verdict = this.#verdictOn(ceiling, limit, seen);
    this.#add(place, { ...verdict, by });
    if (verdict.action !== "counted" || !ceiling.shared || counted === undefined || !isKnown(counted)) return;
    for (const supplier of selected.suppliers.slice(1)) {
      const reason = `the same ceiling, seen again through ${nameOf(supplier, this.#preference)}`;
      this.#add(place, { action: "left out", amount: counted, reason, by });
      this.repeated.push(counted);
    }
  }

  #verdictOn(
    ceiling: LotCeiling,
    limit: string | undefined,
    seen: { leaf: Leaf<LotCeiling>; open: boolean } | undefined,
  ): Omit<Verdict, "by"> {
    const { selected, amount, counted, each } = ceiling;
    const vain = cameToNothing(selected.lot) ? cameToNothingText(selected.lot.status) : undefined;
    if (counted === undefined) return { action: "left out", amount, reason: `${vain}, and nothing was ordered on it` };
    if (!isKnown(counted)) {
      const gap = isElsewhere(counted, ceiling) ? otherwiseText(ceiling) : gapOf(counted, each);
      return {
        action: "unknown",
        amount: counted,
        reason: limit === undefined ? gap : `${gap}; ${limit} stands for it`,
      };
    }
    if (limit !== undefined) return { action: "left out", amount: counted, reason: `${limit} is the limit` };
    if (seen !== undefined && seen.leaf.reach.sure.minor < counted.minor && counted.bound === undefined) {
      const reason = "a ceiling above it is withheld, and may be lower";
      if (seen.open) return { action: "unknown", amount: counted, reason: `no more than known: ${reason}` };
      return { action: "counted", amount: { ...counted, bound: "atMost" }, reason };
    }
    const reason = vain === undefined ? this.#holders(ceiling) : `${vain}: it counts up to what was ordered on it`;
    return { action: "counted", amount: counted, reason };
  }

  #holders({ selected, shared }: LotCeiling): string {
    const names = selected.suppliers.map((supplier) => nameOf(supplier, this.#preference));
    if (names.length === 0) return "nobody holds the lot yet";
    if (shared) return `one ceiling, shared by ${listNames(names)}`;
    if (names.length === 1) return `held by ${names[0]} alone`;
    return `one ceiling of the same amount for each of ${listNames(names)}`;
  }

  /** A contract without lots has what it declares, and nothing else (T4g). */
  #explainBare(usable: readonly Money[]): void {
    const { limits, contract } = this.#assessed;
    const own = limits?.all.find(({ group }) => group === undefined);
    const [amount = own?.value ?? "missing"] = usable;
    const reason = usable.length > 0 ? "the contract has no lots" : "the contract has no lots, and no known ceiling";
    this.#add(contract.id, { action: usable.length > 0 ? "counted" : "unknown", amount, reason, by: own?.by });
  }

  /** Explains a declared ceiling that cannot be compared with those of the selected lots. */
  #explainPassedOver(limit: CeilingLimit, declared: readonly string[] | undefined): void {
    if (declared !== undefined && !declared.some((id) => this.#byLot.has(id))) return;
    const { value } = limit;
    const held = [...limit.lots].flatMap((id) => this.#byLot.get(id) ?? []);
    const amounts = held.flatMap(({ counted }) => (counted !== undefined && isKnown(counted) ? [counted] : []));
    const reason = passedOver(value, held.length === 0, amounts);
    this.#add(this.#nameOf(limit), { action: "left out", amount: value, reason, by: limit.by });
  }
}

const OVERLAPS = "it overlaps with others: what they allow together counts";

const cameToNothingText = (status: string): string =>
  status === "cancelled" ? "the lot was cancelled" : "the lot was closed without a winner";

/** What limits a lot that states no ceiling in the measure that is looked at. */
const otherwiseText = ({ selected: { lot } }: LotCeiling): string =>
  (lot.quantity ?? lot.quantityPerSupplier) === undefined ? "only money is limited" : "only a quantity is limited";

const gapOf = (counted: "missing" | "withheld", each: Amount): string => {
  if (counted === "withheld") return "the ceiling is withheld";
  return isKnown(each) ? "it is stated for each supplier, and nobody holds the lot" : "no ceiling is stated";
};

const namesOf = ({ limits }: CeilingNode<LotCeiling>): string => {
  if (limits.length > 1) return `what the groups ${groupNames(limits)} allow together`;
  const [{ limit: { group, isOrdered = false } = {} } = {}] = limits;
  if (isOrdered) return "what was ordered on such lots together";
  return group === undefined ? "the contract's own ceiling" : `the ceiling of group ${group}`;
};

/** Why a node's own ceilings give the figure, and which. */
const countedAs = (node: CeilingNode<LotCeiling>, open: boolean): Pick<Verdict, "action" | "amount" | "reason"> => {
  const { high, sure } = node.reach;
  // Where other lots are not bounded by anything, only what is certain counts.
  const amount = moneyOf(open && high !== undefined ? { ...node.reach, ...leastOf(node.reach) } : node.reach);
  if (amount === undefined || (open && sure.minor === 0n && high?.minor !== 0n)) {
    return {
      action: "unknown",
      amount: moneyOf(node.reach) ?? "missing",
      reason: "nothing is proven of what it limits",
    };
  }
  return { action: "counted", amount, reason: limitReason(node) };
};

const leastOf = ({ high, sure }: Reach): Pick<Reach, "high"> => ({
  high: high !== undefined && high.minor === sure.minor ? high : undefined,
});

const isUncertain = ({ limits, below }: CeilingNode<LotCeiling>): boolean =>
  limits.some(({ limit }) => !limit.certain) || below.some(isUncertain);

const limitReason = (node: CeilingNode<LotCeiling>): string => {
  if (node.limits.length > 1) return "the most within all of them at once; they may be one budget or several";
  if (node.limits[0]?.limit.isOrdered === true) return "an order that may be on several lots counts once";
  if (isUncertain(node)) return "it may be one ceiling for its lots or one for each";
  return lotsBelow(node).every(({ reach }) => reach.high !== undefined)
    ? "it is lower than the sum of its lots"
    : "it stands for lots without a ceiling of their own";
};

const passedOver = (value: Amount, isBeside: boolean, amounts: readonly Money[]): string => {
  if (isBeside) return "another source states the lots' ceilings: never blended";
  if (!isKnown(value)) return "it is withheld, and may be lower than its parts";
  return amounts.some((amount) => unitOf(amount) === unitOf(value))
    ? LIMITS_NOTHING
    : `no lot's ceiling is in ${unitOf(value)}: never compared`;
};

const isLimited = ({ units }: ContractCeiling): boolean => units.some(({ tree }) => tree.root.below.length > 0);

/** How many contracts are drawn. More would hide the answer. */
const MOST_DRAWN = 3;

/** Every ceiling behind a total: each one counted once, each repetition left out, and why. */
export const why = (register: Register, selection: Selection = {}): Report<WhyRow> => {
  const { preference } = register;
  const totals = new Totals(preference);
  const repeated = new Tally();
  let repetitions = 0;
  const drawn: string[][] = [];
  const callOffs = new CallOffNotes();
  const batches = async function* () {
    for await (const batch of assessments(register, selection)) {
      const rows: WhyRow[] = [];
      for (const assessment of batch) {
        const { assessed, family } = assessment;
        const counts = callOffs.counts(assessment);
        if (family.kind === "within") for (const row of leftOutRows(assessed, family.framework)) rows.push(row);
        if (!counts) continue;
        totals.ceilings.addContract(assessed);
        for (const measured of byMeasure(assessed)) {
          const explanation = new Explanation(measured, preference);
          for (const row of explanation.rows) rows.push(row);
          for (const money of sumByUnit(explanation.repeated)) repeated.add(money);
          repetitions += explanation.repeated.length;
        }
        const limited = byMeasure(assessed).filter(isLimited);
        if (drawn.length < MOST_DRAWN && limited.length > 0) drawn.push(limited.flatMap(drawingOf));
      }
      yield rows;
    }
  };
  return reportOf(WHY_COLUMNS, batches(), () => {
    const { summaries, notes } = totals.closing({}, callOffs);
    return {
      summaries: summaries.map((summary) => ({ ...summary, column: "amount" })),
      notes: [...notes, ...repetitionNote(repetitions, repeated.totals()), ...drawn.flat()],
    };
  });
};

/** The ceilings of a call-off, which lie within that of its framework (T11). */
const leftOutRows = ({ contract, ceilings, limits }: ContractCeiling, framework: string): readonly WhyRow[] => {
  const row = (ceilingOf: string, amount: Amount, by: Attribution | undefined): WhyRow => ({
    action: "left out",
    ceilingOf,
    amount,
    reason: `a call-off uses up the ceiling of its framework, ${framework}`,
    source: by?.source,
    locator: by?.locator,
  });
  return [
    ...ceilings.flatMap(({ selected: { lot }, amount, by }) =>
      isKnown(amount) ? [row(lotRef(contract, lot), amount, by)] : [],
    ),
    ...(limits?.all ?? []).flatMap((limit) =>
      isKnown(limit.value) ? [row(limitName(contract, limit), limit.value, limit.by)] : [],
    ),
  ];
};

const repetitionNote = (count: number, amounts: readonly Money[]): readonly string[] =>
  amounts.length === 0 ? [] : [`${plural(count, "repetition")}, ${amounts.map(formatMoney).join(" and ")}, left out.`];
