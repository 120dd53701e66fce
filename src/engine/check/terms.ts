import { dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { phasesOf } from "../../model/phases.ts";
import { formatDate } from "../../model/reckoned-date.ts";
import { formatDuration, longestMonths, type Term } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import { termDates } from "../../records/contract-term.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";
import { LIMITS } from "./term-limits.ts";

const tooLong = (contract: Contract, name: string, months: number, path: readonly (string | number)[]): Finding[] => {
  const { most, law } = LIMITS[contract.regime ?? "classic"];
  if (!contract.framework || months <= most) return [];
  const message = `${name}: runs for up to ${formatDuration({ months })}, more than ${formatDuration({ months: most })}`;
  const hint = `that needs a justification: ${law}`;
  return [findingOf("D2-length", message, contract.origin.locate(path), hint)];
};

/** Framework agreements of more than four years need a justification; other regimes have other limits (D2). */
export const checkLength: ContractRule = (contract, preference) => {
  const term = preference.value(contract.term);
  const months = term === undefined ? preference.value(contract.maximumDuration)?.months : longestMonths(term);
  const field = term === undefined ? "maximumDuration" : "term";
  return [
    ...(months === undefined ? [] : tooLong(contract, contract.id, months, [field])),
    ...contract.lots.flatMap((lot, index) => {
      const own = preference.value(lot.term);
      if (own === undefined) return [];
      return tooLong(contract, `lot ${lotRef(contract, lot)}`, longestMonths(own), ["lots", index, "term"]);
    }),
  ];
};

/** The declared maximum against the term with its renewals (D1). */
export const checkMaximum: ContractRule = (contract, preference) => {
  const term = preference.value(contract.term);
  if (term === undefined) return [];
  const months = longestMonths(term);
  return (contract.maximumDuration ?? []).flatMap(({ value, by }) => {
    if (value.months === months) return [];
    const message = `${contract.id}: ${by.source ?? "the register"} declares at most ${formatDuration(value)}; the term with its renewals is ${formatDuration({ months })}`;
    return [findingOf("D1-maximum", message, contract.origin.locate(["maximumDuration"]))];
  });
};

/** A term that begins before the contract was awarded, whatever day the dates stand for (D1). */
export const checkBegin: ContractRule = (contract, preference) => {
  const start = preference.value(contract.startDate);
  const award = preference.value(contract.awardDate);
  if (start === undefined || award === undefined || dayRange(start).last >= dayRange(award).first) return [];
  const message = `${contract.id}: its term begins on ${formatPartialDate(start)}, before the award on ${formatPartialDate(award)}`;
  return [findingOf("D1-begin", message, contract.origin.locate(["startDate"]))];
};

const firmEnd = (contract: Contract, term: Term, preference: Preference) => {
  const { begin } = termDates(contract, preference);
  return begin && phasesOf(begin, term)[0];
};

/** The stated end of the initial period against the one that follows from the term (D1). */
export const checkEnd: ContractRule = (contract, preference) => {
  const end = preference.value(contract.endDate);
  const term = preference.value(contract.term);
  const firm = term && firmEnd(contract, term, preference);
  if (end === undefined || firm === undefined) return [];
  const stated = dayRange(end);
  if (stated.first <= firm.lastDays.last && firm.lastDays.first <= stated.last) return [];
  const message = `${contract.id}: ends on ${formatPartialDate(end)}, as is stated; by its term on ${formatDate(firm.end)}`;
  return [findingOf("D1-end", message, contract.origin.locate(["endDate"]), "keep the term, or the end date")];
};
