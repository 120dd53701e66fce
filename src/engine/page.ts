import { formatPartialDate } from "../model/partial-date.ts";
import { RULE_IDS } from "../model/rule.ts";
import { isEverything } from "../query/query.ts";
import { dayOf, queryOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type Checked, check } from "./check/check.ts";
import { findingsReport } from "./check/findings-report.ts";
import { compare } from "./compare.ts";
import { type ContractRow, contracts } from "./contracts.ts";
import { expiring } from "./expiring.ts";
import { headroom } from "./headroom/headroom.ts";
import { lots } from "./lots.ts";
import type { Cell, Report } from "./report.ts";
import { rules } from "./rules/explain.ts";
import { sources } from "./sources.ts";
import { suppliers } from "./suppliers.ts";
import { timeline } from "./timeline.ts";
import { total } from "./total.ts";
import { plural } from "./views.ts";
import { why } from "./why.ts";

/** What becomes of a report, whatever its rows are. */
export type Show<T> = <Row>(report: Report<Row>) => Promise<T>;

/** A part of a page: one answer, with what people must know to read it. */
export interface Section {
  /** A word that no other section of the page has. */
  readonly id: string;
  readonly heading: string;
  readonly says: string;
  readonly answer: <T>(show: Show<T>) => Promise<T>;
  /** The same as a picture, where it can be drawn. */
  readonly drawing?: <T>(show: Show<T>) => Promise<T>;
  /** What opens the table, where it is folded away at first. */
  readonly fold?: string;
}

/** A page for people who were not there when it was asked for. */
export interface Page {
  readonly title: string;
  readonly says: string;
  readonly figures: readonly (readonly [term: string, value: Cell])[];
  /** One without rows is not for the page. */
  readonly sections: readonly Section[];
  /** What was assumed, once all has been read. */
  readonly notes: () => readonly string[];
}

const rowsOf = async <Row>({ batches }: Report<Row>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
};

/** A report to be shown more than once, which is read only once. */
const readOnce = <Row>(report: Report<Row>): (() => Report<Row>) => {
  let read: Promise<readonly Row[]> | undefined;
  return () => ({
    ...report,
    batches: (async function* () {
      read ??= rowsOf(report);
      yield await read;
    })(),
  });
};

/** An answer as a table and as a picture. */
const drawn = <Row>(report: Report<Row>): Required<Pick<Section, "answer" | "drawing">> => {
  const again = readOnce(report);
  return { answer: (show) => show(again()), drawing: (show) => show(again()) };
};

const count = (value: number): Cell => ({ type: "count", value });

type Contracts = readonly ContractRow[];

/** How much there is of what, and what may be spent. */
const figuresOf = async (register: Register, selection: Selection, all: Contracts): Promise<Page["figures"]> => {
  const totals = (await rowsOf(total(register, selection))).filter(({ row }) => row === "total");
  const amounts = totals.flatMap(({ ceiling }) => ceiling ?? []);
  return [
    ["Contracts", count(all.length)],
    ["Lots", count((await rowsOf(lots(register, selection))).length)],
    ["Suppliers", count(new Set((await rowsOf(suppliers(register, selection))).map(({ supplier }) => supplier)).size)],
    ...amounts.map(
      (value) => ["What may be spent, each shared ceiling counted once", { type: "money", value }] as const,
    ),
  ];
};

/** Whether anything is known of orders: without them a ceiling's use says nothing. */
const knowsOrders = async (register: Register): Promise<boolean> => {
  for await (const batch of register.contracts()) {
    if (
      batch.some(
        ({ orders, ledgers, callOffOf }) => orders !== undefined || ledgers.length > 0 || callOffOf !== undefined,
      )
    )
      return true;
  }
  return false;
};

const inUse = (register: Register, selection: Selection): Section => ({
  id: "ceilings",
  heading: "Ceilings in use",
  says: "How much of each ceiling is ordered. Filled is what is certain, dashed what may be more, red what is above the ceiling.",
  ...drawn(headroom(register, selection)),
});

const sectionsOf = (register: Register, selection: Selection): readonly Section[] => [
  {
    id: "ends",
    heading: "What ends, and when",
    says: "The next ends first: of the firm part, and with each renewal.",
    answer: (show) => show(expiring(register, selection, { renewals: true })),
  },
  {
    id: "timeline",
    heading: "Timeline",
    says: "Filled is the firm part, light are renewals, dashed is what may be; the red line is the day of this report.",
    ...drawn(timeline(register, selection)),
    fold: "The same as a table",
  },
  {
    id: "contracts",
    heading: "Contracts",
    says: "Who buys, until when, and up to how much.",
    answer: (show) => show(contracts(register, selection)),
  },
  {
    id: "lots",
    heading: "Lots",
    says: "What each lot is, its ceiling, and who holds it.",
    answer: (show) => show(lots(register, selection)),
  },
  {
    id: "suppliers",
    heading: "Suppliers",
    says: "What each may reach with the lots that it holds alone, and with those that it shares. Shared ceilings stand in several rows: they do not add up.",
    answer: (show) => show(suppliers(register, selection)),
  },
  {
    id: "why",
    heading: "How the total is made",
    says: "Each ceiling that was counted, and each repetition that was left out.",
    answer: (show) => show(why(register, selection)),
    fold: "Each ceiling",
  },
  {
    id: "differences",
    heading: "Where sources differ",
    says: "What the preferred source says beside what the others do.",
    answer: (show) => show(compare(register, selection)),
  },
  {
    id: "sources",
    heading: "Sources",
    says: "Who states the facts, and how far they agree.",
    answer: (show) => show(sources(register)),
  },
];

const findingsIn = (checked: () => Promise<Checked>): Section => ({
  id: "findings",
  heading: "Findings",
  says: "What is worth a look in the data as a whole: numbers and documents, never a verdict.",
  answer: async (show) => show(findingsReport(await checked())),
});

const findings = (register: Register, selection: Selection): Section => findingsIn(() => check(register, selection));

const titleOf = ([first, ...others]: Contracts): string => {
  if (first === undefined) return "No contracts";
  return others.length === 0 ? (first.title ?? first.contract) : plural(others.length + 1, "contract");
};

/**
 * All that there is to say of what is asked for, as one page. `asked` is the query as it was written; `title` what its
 * reader calls it.
 */
export const page = async (
  register: Register,
  selection: Selection,
  { asked, title }: { readonly asked: string; readonly title: string | undefined },
): Promise<Page> => {
  const day = formatPartialDate(dayOf(selection));
  const whole = isEverything(queryOf(selection));
  const all = await rowsOf(contracts(register, selection));
  return {
    title: title ?? titleOf(all),
    says: `As of ${day}${asked === "" ? "" : `; asked for: ${asked}`}.`,
    figures: await figuresOf(register, selection, all),
    sections: [
      ...((await knowsOrders(register)) ? [inUse(register, selection)] : []),
      ...sectionsOf(register, selection),
      ...(whole ? [findings(register, selection)] : []),
    ],
    notes: () => register.assumptions().flatMap(({ first }) => first.map(({ text }) => text)),
  };
};

/**
 * What an auditor takes along: each figure that is asked for with what it is made of, all findings in the data as a whole,
 * and what their rules say. Rules that only readers of notices know have their texts among what was assumed.
 */
export const evidence = async (register: Register, selection: Selection): Promise<readonly Section[]> => {
  const checked = await check(register, selection);
  const found = new Set(checked.findings.map(({ rule }) => rule));
  const [ends, , ...others] = sectionsOf(register, selection);
  return [
    {
      id: "total",
      heading: "What may be spent",
      says: "Each shared ceiling counted once.",
      answer: (show) => show(total(register, selection)),
    },
    ...others,
    ...(ends === undefined ? [] : [ends]),
    ...((await knowsOrders(register)) ? [inUse(register, selection)] : []),
    findingsIn(async () => checked),
    {
      id: "rules",
      heading: "Rules",
      says: "What the rules of the findings say, and why they matter.",
      answer: (show) => show(rules(RULE_IDS.filter((rule) => found.has(rule)))),
    },
  ];
};
