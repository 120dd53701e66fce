import { firmTerm, parseDuration, type Term } from "../model/term.ts";
import type { Notes } from "./notes.ts";

/**
 * The term that a notice states as a number of units: `months`, or as codes `MONTH`, `YEAR`, `WEEK` or `DAY`. A part of a
 * year may be whole months; what is no whole number of anything is left out, which `notes` tells.
 */
export const statedTerm = (count: string, unit: string, notes: Notes, subject?: string): Term | undefined => {
  const isYears = /^years?$/i.test(unit);
  const duration = parseDuration(`${Number(count) * (isYears ? 12 : 1)} ${isYears ? "months" : unit.toLowerCase()}`);
  if (duration === undefined) notes.add("D1", `a duration of ${count} ${unit} is left out`, subject);
  return duration && firmTerm(duration);
};
