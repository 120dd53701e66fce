/**
 * A report asks itself. This file says what a page tells of a query, and `output/answers-html.ts` makes markup of it:
 * on the command line, and within the page by `page/answer-back.ts`, which the build bundles with the engine. The page
 * holds that program, the words of its language, and its contracts as JSON Lines with their orders and with the
 * frameworks and call-offs that they belong to (`engine/families.ts`). Its policy lets only that program run, by its
 * hash. The readers of YAML, notices, ledgers and files are left out of it (`register/open-lines.ts`). A test asks both
 * the command line and the page, in a real browser.
 */

import { formatPartialDate } from "../model/partial-date.ts";
import { plural } from "../model/phrases.ts";
import { printQuery } from "../query/print-query.ts";
import { isEverything } from "../query/query.ts";
import { dayOf, queryOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { compare } from "./compare.ts";
import { type ContractRow, contracts } from "./contracts.ts";
import { decisions } from "./decisions.ts";
import { expiring } from "./expiring.ts";
import { headroom } from "./headroom/headroom.ts";
import { lots } from "./lots.ts";
import type { Cell, Report } from "./report.ts";
import { suppliers } from "./suppliers.ts";
import { timeline } from "./timeline.ts";
import { total } from "./total.ts";
import { why } from "./why.ts";

/** Turns a report into something else, whatever its rows are. */
type Show<T> = <Row>(report: Report<Row>) => Promise<T>;

export interface Section {
  /** A word that no other section of the page has. */
  readonly id: string;
  readonly heading: string;
  readonly says: string;
  readonly answer: <T>(show: Show<T>) => Promise<T>;
  /** The same answer as a picture, where it can be drawn. */
  readonly drawing?: <T>(show: Show<T>) => Promise<T>;
  /** The words that open the table, where it is folded away at first. */
  readonly fold?: string;
}

/** What a page says of a query. A browser computes it again when its reader asks for something else. */
export interface Answers {
  /** The title of the only contract; undefined where there are none or several. */
  readonly title: string | undefined;
  readonly count: string;
  /** For which day, and what was asked for. */
  readonly says: string;
  readonly figures: readonly (readonly [term: string, value: Cell])[];
  /** The page leaves out a section without rows. */
  readonly sections: readonly Section[];
}

const rowsOf = async <Row>({ batches }: Report<Row>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
};

/** A report that can be shown more than once, though it is read only once. */
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

const drawn = <Row>(report: Report<Row>): Required<Pick<Section, "answer" | "drawing">> => {
  const again = readOnce(report);
  return { answer: (show) => show(again()), drawing: (show) => show(again()) };
};

const count = (value: number): Cell => ({ type: "count", value });

type Contracts = readonly ContractRow[];

/** How many contracts, lots and suppliers there are, and what may be spent. */
const figuresOf = async (register: Register, selection: Selection, all: Contracts): Promise<Answers["figures"]> => {
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

/** How much of the ceilings is used up. There is no section where no orders are known. */
export const ceilingsInUse = async (register: Register, selection: Selection): Promise<readonly Section[]> => {
  if (!(await knowsOrders(register))) return [];
  return [
    {
      id: "ceilings",
      heading: "Ceilings in use",
      says: "How much of each ceiling is ordered. Filled is what is certain, dashed what may be more, red what is above the ceiling.",
      ...drawn(headroom(register, selection)),
    },
  ];
};

/** What there is to decide, and what ends, the soonest first. */
export const whatComes = (register: Register, selection: Selection): readonly Section[] => [
  {
    id: "decisions",
    heading: "What needs a decision, and by when",
    says: "The last day for each: to give notice, to decide a renewal, to begin the next procedure, to review. What is overdue comes first.",
    answer: (show) => show(decisions(register, selection)),
  },
  {
    id: "ends",
    heading: "What ends, and when",
    says: "The next ends first: of the firm part, and with each renewal.",
    answer: (show) => show(expiring(register, selection, { renewals: true })),
  },
];

const timelineOf = (register: Register, selection: Selection): Section => ({
  id: "timeline",
  heading: "Timeline",
  says: "Filled is the firm part, light are renewals, dashed is what may be; the red line is the day of this report.",
  ...drawn(timeline(register, selection)),
  fold: "The same as a table",
});

/** What there is, how its total is made, and where sources differ. */
export const whatThereIs = (register: Register, selection: Selection): readonly Section[] => [
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
];

/** The whole selection as the text of a query; empty where everything is asked for. */
export const askedFor = ({ suppliers: all }: Register, selection: Selection): string => {
  const query = queryOf(selection, all);
  return isEverything(query) ? "" : printQuery(query);
};

export const answers = async (register: Register, selection: Selection): Promise<Answers> => {
  const asked = askedFor(register, selection);
  const all = await rowsOf(contracts(register, selection));
  return {
    title: all.length > 1 ? undefined : (all[0]?.title ?? all[0]?.contract),
    count: all.length === 0 ? "No contracts" : plural(all.length, "contract"),
    says: `As of ${formatPartialDate(dayOf(selection))}${asked === "" ? "" : `; asked for: ${asked}`}.`,
    figures: await figuresOf(register, selection, all),
    sections: [
      ...(await ceilingsInUse(register, selection)),
      ...whatComes(register, selection),
      timelineOf(register, selection),
      ...whatThereIs(register, selection),
    ],
  };
};
