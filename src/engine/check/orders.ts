import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { formatMoney, isKnown, unitOf } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { formatPercent } from "../../model/ratio.ts";
import { contractAsOf } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Register } from "../../records/register.ts";
import type { CeilingUse } from "../headroom/ceiling-use.ts";
import { allCeilings } from "../headroom/contract-ceilings.ts";
import { useOf } from "../headroom/contract-use.ts";
import { ceilingName } from "../headroom/headroom-rows.ts";
import { figuresOf, WARN_AT } from "../headroom/use-figures.ts";

/** Where a ceiling is stated. */
const positionOf = ({ scope }: CeilingUse, { groups, lots, origin }: Contract): Position => {
  switch (scope.kind) {
    case "contract":
      return origin.locate(["ceiling"]);
    case "group":
      return origin.locate(["groups", groups.findIndex(({ id }) => id === scope.group.id), "ceiling"]);
    case "lot":
      return origin.locate(["lots", lots.findIndex(({ id }) => id === scope.lot.id), "ceiling"]);
    case "supplier":
      return origin.locate(["lots", lots.findIndex(({ id }) => id === scope.lot.id), "ceilingPerSupplier"]);
  }
};

const MEANING =
  "above its stated maximum a framework has no effect (CJEU C-23/20, Simonsen & Weel): check the orders, or record the modification";

const checkBreach = (use: CeilingUse, written: Contract): readonly Finding[] => {
  const { ceiling } = use;
  if (!isKnown(ceiling)) return [];
  const { ordered, used, status } = figuresOf(use, unitOf(ceiling), WARN_AT);
  if (status !== "breach" || !isKnown(ordered)) return [];
  const share = used === undefined ? "" : ` (${formatPercent(used.value)} %)`;
  const message = `${ceilingName(use, written)}: ${formatMoney(ordered)} ordered, above the ceiling of ${formatMoney(ceiling)}${share}`;
  return [findingOf("L1-breach", message, positionOf(use, written), MEANING)];
};

/** Holds the orders of contracts against what these say, by a day. */
export class OrderCheck {
  readonly #register: Register;
  readonly #day: PartialDate;

  constructor(register: Register, day: PartialDate) {
    this.#register = register;
    this.#day = day;
  }

  /** Orders that do not belong where they say, and ceilings that are ordered beyond (L1). Throws a DataError for those that cannot be read. */
  async check(written: Contract): Promise<readonly Finding[]> {
    const contract = contractAsOf(written, this.#day);
    const use = await useOf(this.#register, { contract, written }, { day: this.#day });
    return [...use.findings, ...allCeilings(use).flatMap((ceiling) => checkBreach(ceiling, written))];
  }
}
