import { listed } from "../model/first-few.ts";
import { type Amount, formatMoney, isKnown } from "../model/money.ts";
import type { CeilingNode, CeilingTree, Held, Leaf } from "./ceiling-tree.ts";
import type { ContractCeiling, LotCeiling } from "./ceilings.ts";

/** So many lines of a drawing show what limits what; the rest is left out. */
const MOST_LINES = 15;

/** What limits what, line by line: the contract, its groups, their lots, with the ceilings that give the figure marked. */
export const drawingOf = ({ contract, units }: ContractCeiling): readonly string[] =>
  units.flatMap(({ tree }) => {
    if (tree.root.below.length === 0) return [];
    const lines: string[] = [];
    for (const line of linesOf(tree, contract.id)) {
      if (lines.length === MOST_LINES) return [...lines, "…"];
      lines.push(line);
    }
    return lines;
  });

/** What a line of the drawing is about, with what lies below it. */
interface Branch {
  readonly text: string;
  readonly below: () => readonly Branch[];
}

function* linesOf(tree: CeilingTree<LotCeiling>, contract: string): Generator<string> {
  const { lots, below } = tree.root;
  const [top, ...others] = below;
  // The contract's own ceiling holds all together, or there is none.
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

/** So many groups that overlap are named; the rest is counted. */
const MOST_NAMED = 5;

/** Groups that overlap, two or more: `north and south`, `a, b, c, d, e and 7 more`. */
export const groupNames = (limits: readonly Pick<Held<unknown>, "limit">[]): string =>
  listed(
    limits
      .slice(0, MOST_NAMED)
      .map(({ limit: { group, isOrdered } }) => (isOrdered === true ? "orders" : (group ?? "its own"))),
    limits.length,
  );

const nodeText = ({ limits, binding }: CeilingNode<LotCeiling>, contract: string): string => {
  const texts = limits.slice(0, MOST_NAMED).map(({ limit }) => limitText(limit, contract));
  return `${listed(texts, limits.length)}${binding ? " ← the limit" : ""}`;
};

const limitText = ({ group, value, isOrdered }: Held<Leaf<LotCeiling>>["limit"], contract: string): string => {
  const name = group === undefined ? contract : isOrdered === true ? "ordered" : `group ${group}`;
  return `${name} ${amountText(value)}`;
};

const lotText = ({ lot: { selected, counted = "missing" } }: Leaf<LotCeiling>): string =>
  `lot ${selected.lot.id} ${amountText(counted)}`;

const amountText = (amount: Amount): string =>
  isKnown(amount) ? formatMoney(amount) : amount === "withheld" ? "withheld" : "not stated";
