import { formatPartialDate } from "../model/partial-date.ts";
import { RULE_IDS } from "../model/rule.ts";
import { dayOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type Checked, check } from "./check/check.ts";
import { findingsReport } from "./check/findings-report.ts";
import {
  type Answers,
  answers,
  askedFor,
  ceilingsInUse,
  type Section,
  whatComes,
  whatThereIs,
} from "./page-answers.ts";
import { rules } from "./rules/explain.ts";
import { sources } from "./sources.ts";
import { total } from "./total.ts";

/** A page that can be understood by people who were not there when it was made. */
export interface Page {
  readonly title: string | undefined;
  readonly day: string;
  readonly asked: string;
  readonly answers: Answers;
  /** Sections on the data as a whole, whatever is asked for. */
  readonly whole: readonly Section[];
  /** What was assumed. Complete only once all has been read. */
  readonly notes: () => readonly string[];
}

const sourcesOf = (register: Register): Section => ({
  id: "sources",
  heading: "Sources",
  says: "Who states the facts, and how far they agree.",
  answer: (show) => show(sources(register)),
});

const findingsIn = (checked: () => Promise<Checked>): Section => ({
  id: "findings",
  heading: "Findings",
  says: "What is worth a look in the data as a whole: numbers and documents, never a verdict.",
  answer: async (show) => show(findingsReport(await checked())),
});

const findings = (register: Register, selection: Selection): Section => findingsIn(() => check(register, selection));

/** The page that answers a selection. It has the findings only where everything is asked for. */
export const page = async (
  register: Register,
  selection: Selection,
  { title }: { readonly title: string | undefined },
): Promise<Page> => {
  const asked = askedFor(register, selection);
  return {
    title,
    day: formatPartialDate(dayOf(selection)),
    asked,
    answers: await answers(register, selection),
    whole: [sourcesOf(register), ...(asked === "" ? [findings(register, selection)] : [])],
    notes: () => register.assumptions().flatMap(({ first }) => first.map(({ text }) => text)),
  };
};

/**
 * What an auditor takes along: each figure that is asked for with what it is made of, all findings in the data as a
 * whole, and what their rules say. The texts of rules that only readers of notices know are among the assumptions.
 */
export const evidence = async (register: Register, selection: Selection): Promise<readonly Section[]> => {
  const checked = await check(register, { ...selection, verbose: true });
  const found = new Set(checked.findings.map(({ rule }) => rule));
  return [
    {
      id: "total",
      heading: "What may be spent",
      says: "Each shared ceiling counted once.",
      answer: (show) => show(total(register, selection)),
    },
    ...whatThereIs(register, selection),
    sourcesOf(register),
    ...whatComes(register, selection).filter(({ id }) => id === "ends"),
    ...(await ceilingsInUse(register, selection)),
    findingsIn(async () => checked),
    {
      id: "rules",
      heading: "Rules",
      says: "What the rules of the findings say, and why they matter.",
      answer: (show) => show(rules(RULE_IDS.filter((rule) => found.has(rule)))),
    },
  ];
};
