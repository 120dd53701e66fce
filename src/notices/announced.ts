import type { Contract } from "../records/contract.ts";
import { saysWhenItRuns } from "../records/contract-term.ts";
import type { Lot } from "../records/lot.ts";
import { timedAsOne, timesOf } from "./lot-times.ts";
import { subjectsText } from "./notice.ts";
import { type Claims, isOfNotice, isTold, limitingFrameworks, overlay } from "./told-parts.ts";

/**
 * A contract, filled in with what a notice before its award announced and no later one states: titles, codes, estimates
 * and times, and the maximum of a framework agreement where no ceiling is stated (R-MAX).
 */
export const asAnnounced = (contract: Contract, announced: Contract): Contract => {
  const before = new Map(announced.lots.map((lot) => [lot.id, lot]));
  const lots = contract.lots.map((lot): Lot => {
    const told = before.get(lot.id);
    const filled = told === undefined ? lot : overlay({ ...lot, ...announcedOf(told) }, lot);
    return [contract, lot].some(saysWhenItRuns) ? filled : { ...filled, ...timesOf(announced, told) };
  });
  const own = timedAsOne(overlay({ ...contract, ...announcedOf(announced) }, { ...contract, lots }));
  // Where times were taken from the announcement, its notes say what was left out of them.
  const isTimed = contract.lots.some((lot) => ![contract, lot].some(saysWhenItRuns));
  const notes = isTimed ? announced.notes.filter(({ rule }) => rule === "D1") : [];
  const filled = { ...own, notes: [...own.notes, ...notes] };
  const isFramework = (contract.framework || announced.framework) && contract.callOffOf === undefined;
  return isFramework ? withMaxima({ ...filled, framework: true }, announced, before) : filled;
};

const withMaxima = (contract: Contract, announced: Contract, before: ReadonlyMap<string, Lot>): Contract => {
  const stating = [contract, ...contract.lots, ...contract.groups.filter(isOfNotice)];
  const isOpen = stating.every((part) => part.ceiling === undefined);
  const ceiling = isOpen ? announced.ceiling : undefined;
  const taken = new Map<string, Claims>();
  for (const lot of contract.lots) {
    const maximum = isTold(lot) && lot.ceiling === undefined ? before.get(lot.id)?.ceiling : undefined;
    if (maximum !== undefined) taken.set(lot.id, maximum);
  }
  if (taken.size === 0 && ceiling === undefined) return contract;
  const lots = contract.lots.map((lot) => ({ ...lot, ceiling: taken.get(lot.id) ?? lot.ceiling }));
  const subject = ceiling === undefined ? subjectsText(taken.keys()) : "";
  const by = [...(ceiling ?? []), ...[...taken.values()].flat()].map((claim) => claim.by.source ?? announced.id);
  const text = `${subject}no maximum is stated: the one that ${[...new Set(by)].sort().join(", ")} announced is taken`;
  const notes = [...contract.notes, { rule: "R-MAX", text }];
  return limitingFrameworks({ ...contract, lots, ceiling: ceiling ?? contract.ceiling, notes });
};

const announcedOf = ({ title, cpv, estimate, longTermReason }: Announced) => ({ title, cpv, estimate, longTermReason });

type Announced = Pick<Contract & Lot, "title" | "cpv" | "estimate" | "longTermReason">;
