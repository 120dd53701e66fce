import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { formatMoney, isKnown, type Money, unitOf } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { formatPercent } from "../../model/ratio.ts";
import type { RuleId } from "../../model/rule.ts";
import { contractAsOf } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Register } from "../../records/register.ts";
import type { CeilingLine, CeilingUse } from "../headroom/ceiling-use.ts";
import { allCeilings } from "../headroom/contract-ceilings.ts";
import { useOf } from "../headroom/contract-use.ts";
import { ceilingName } from "../headroom/headroom-rows.ts";
import { figuresOf, WARN_AT } from "../headroom/use-figures.ts";
import { cascadeOrders } from "./cascade-orders.ts";
import type { OrderPattern } from "./order-pattern.ts";
import { type SplitLimits, splitLimitsOf, splitOrders } from "./split-orders.ts";

/** Where a ceiling is stated. */
const positionOf = ({ scope }: CeilingUse, { measure }: CeilingLine, { groups, lots, origin }: Contract): Position => {
  const field = measure === "money" ? "ceiling" : "quantity";
  switch (scope.kind) {
    case "contract":
      return origin.locate([field]);
    case "group":
      return origin.locate(["groups", groups.findIndex(({ id }) => id === scope.group.id), field]);
    case "lot":
      return origin.locate(["lots", lots.findIndex(({ id }) => id === scope.lot.id), field]);
    case "supplier":
      return origin.locate(["lots", lots.findIndex(({ id }) => id === scope.lot.id), `${field}PerSupplier`]);
  }
};

const MEANING =
  "above its stated maximum a framework has no effect (CJEU C-23/20, Simonsen & Weel): check the orders, or record the modification";

const CHECK_ORDERS = "check the orders: which of them belong here, and by the day";

/** What is to be said of a ceiling that is used up, or may be, in the stages of its use. */
const stageOf = (status: string, ordered: Money): readonly [rule: RuleId, text: string, hint?: string] | undefined => {
  if (status === "breach") return ["L1-breach", "above the ceiling of", MEANING];
  if (status === "exhausted") return ["L1-exhausted", "all of the ceiling of"];
  if (status === "exhausted or breach") return ["L1-possible", "all of the ceiling or more, of", CHECK_ORDERS];
  // Orders in other units leave everything open: that is told of them.
  if (!status.endsWith("breach") || ordered.bound !== "between") return undefined;
  return ["L1-possible", `perhaps above the ceiling of`, CHECK_ORDERS];
};

const checkUse = (use: CeilingUse, line: CeilingLine, written: Contract): readonly Finding[] => {
  const { ceiling } = line;
  if (!isKnown(ceiling)) return [];
  const { ordered, used, use: howUsed } = figuresOf(use, ceiling, unitOf(ceiling), WARN_AT);
  if (!isKnown(ordered) || ordered.minor <= 0n) return [];
  const [rule, text, hint] = stageOf(howUsed, ordered) ?? [];
  if (rule === undefined) return [];
  const least = used?.bound === undefined ? "" : "≥ ";
  const share = used === undefined || howUsed !== "breach" ? "" : ` (${least}${formatPercent(used.value)} %)`;
  const message = `${ceilingName(use, written)}: ${formatMoney(ordered)} ordered, ${text} ${formatMoney(ceiling)}${share}`;
  return [findingOf(rule, message, positionOf(use, line, written), hint)];
};

/** Holds the orders of contracts against what these say, by a day. */
export class OrderCheck {
  readonly #register: Register;
  readonly #day: PartialDate;
  readonly #split: SplitLimits | undefined;

  constructor(register: Register, day: PartialDate, split: SplitLimits | undefined) {
    this.#register = register;
    this.#day = day;
    this.#split = split;
  }

  /**
   * Orders that do not belong where they say, ceilings that are ordered beyond (L1), and what orders show together (L5).
   * Throws a DataError for those that cannot be read.
   */
  async check(written: Contract): Promise<readonly Finding[]> {
    const contract = contractAsOf(written, this.#day);
    const patterns = this.#patternsIn(written);
    const use = await useOf(this.#register, { contract, written }, { day: this.#day }, (order, counted) => {
      for (const { see } of patterns) see(order, counted);
    });
    return [
      ...use.findings,
      ...allCeilings(use).flatMap((one) => one.lines.flatMap((line) => checkUse(one, line, written))),
      ...patterns.flatMap(({ findings }) => findings()),
    ];
  }

  #patternsIn(written: Contract): readonly OrderPattern[] {
    const { preference } = this.#register;
    const limits = splitLimitsOf(written, preference, this.#split);
    return [
      ...(limits === undefined ? [] : [splitOrders(written, preference, limits)]),
      cascadeOrders(written, preference, this.#day),
    ];
  }
}
