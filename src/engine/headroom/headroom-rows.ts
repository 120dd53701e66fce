import { type DayRange, dateOfDay } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import type { Amount } from "../../model/money.ts";
import type { ReckonedDate } from "../../model/partial-date.ts";
import { MEANING, type RUNS_OUT } from "../../query/fields.ts";
import type { SelectedContract } from "../../query/selection.ts";
import type { Period } from "../../query/values.ts";
import type { Contract } from "../../records/contract.ts";
import { type Column, column, hidden, overlapping, whenRoom, whenVaried, withBar } from "../report.ts";
import { lotRef, nameOn } from "../views.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import type { Pace } from "./pace.ts";
import type { UseFigures } from "./use-figures.ts";

export interface HeadroomRow extends UseFigures {
  readonly contract: string;
  readonly scope: string;
  readonly ceilingOf: string;
  readonly title: string | undefined;
  readonly lot: string | undefined;
  readonly group: string | undefined;
  readonly supplier: string | undefined;
  readonly name: string | undefined;
  readonly ceiling: Amount;
  readonly orders: number;
  /** Only with a period to calculate it from. */
  readonly pace: Pace | undefined;
  /** With such a period: when the firm part of its contract or lot ends. Undefined where that is not known. */
  readonly firmEnd: ReckonedDate | undefined;
  /** Whether the ceiling runs out before or after that end. */
  readonly beside: BesideEnd | undefined;
}

/** Whether a ceiling runs out before or after an end. */
export interface BesideEnd {
  /** One word where that is certain, both where it is not. */
  readonly words: readonly (typeof RUNS_OUT)[number][];
  /** For people: `7 months early`, `up to 7 months early, or not`. */
  readonly text: string;
}

export interface HeadroomOptions {
  /** The percentage from which a ceiling is said to be nearly used up. 80 by default. */
  readonly warnAt?: number;
  /** How far back to look for the pace. By default there is no pace, unless the query asks when ceilings run out. */
  readonly burn?: Period | string;
}

export const CONTRACT_COLUMN: Column<CeilingPlace> = hidden(column.id("contract", MEANING.contract));
export const CEILING_OF_COLUMN: Column<CeilingPlace> = column.id("ceilingOf", MEANING.ceilingOf);
export const NAME_COLUMN: Column<CeilingPlace> = whenVaried(column.text("name", MEANING.name, "Supplier"));
export const CEILING_COLUMN: Column<Pick<HeadroomRow, "ceiling">> = whenRoom(
  column.money("ceiling", MEANING.ceiling),
  4,
);
export const ORDERED_COLUMN: Column<Pick<HeadroomRow, "ordered">> = whenRoom(
  column.money("ordered", MEANING.orderedUnder),
  3,
);

export const SCOPE_COLUMNS: readonly Column<CeilingPlace>[] = [
  CONTRACT_COLUMN,
  hidden(
    column.text("scope", "What the ceiling is for: contract, group, lot, or supplier where each has one of its own."),
  ),
  CEILING_OF_COLUMN,
  whenRoom(column.text("title", MEANING.title)),
  hidden(column.id("lot", MEANING.lot)),
  hidden(column.id("group", "The id of a group of lots.")),
  hidden(column.id("supplier", MEANING.supplier, "Supplier id")),
  whenRoom(NAME_COLUMN),
];

/** Whoever asks how long a ceiling lasts can do without its amount and what is ordered, where room is short. */
const figureColumns = (burn: boolean): readonly Column<HeadroomRow>[] => [
  overlapping(burn ? whenRoom(CEILING_COLUMN, 2) : CEILING_COLUMN),
  overlapping(burn ? whenRoom(ORDERED_COLUMN, 2) : ORDERED_COLUMN),
  overlapping(column.money("left", MEANING.left)),
  withBar(column.percent("used", MEANING.used)),
  column.text(
    "use",
    "How far the ceiling is used up: open, warning, exhausted (ordered to the last cent), breach (more than that), or unknown.",
  ),
  hidden(column.count("orders", MEANING.orders)),
];

const dateOf = ({ first, last }: DayRange): ReckonedDate =>
  first === last ? dateOfDay(first) : { earliest: dateOfDay(first), latest: dateOfDay(last) };

const PACE_COLUMNS: readonly Column<HeadroomRow>[] = [
  whenRoom(
    column.money("pace", "What was ordered per month, on average.", (row) => row.pace?.pace, "Per month"),
    3,
  ),
  column.decimal("monthsLeft", "How many months the rest lasts at that pace.", (row) => row.pace?.monthsLeft),
  hidden(
    column.date(
      "runsOutOn",
      "The day on which the rest runs out at that pace, or the first and the last that it may be; 9999-12-31 is for ever.",
      (row) => row.pace?.runsOut && dateOf(row.pace.runsOut),
    ),
  ),
  whenRoom(column.date("firmEnd", MEANING.firmEnd), 2),
  column.text(
    "runsOut",
    "How long before that end the rest runs out at that pace, or after it.",
    (row) => row.beside?.text,
  ),
];

export const headroomColumns = ({ burn }: Pick<HeadroomOptions, "burn">): readonly Column<HeadroomRow>[] => [
  ...SCOPE_COLUMNS,
  ...figureColumns(burn !== undefined),
  ...(burn === undefined ? [] : PACE_COLUMNS),
];

export type CeilingPlace = Pick<
  HeadroomRow,
  "contract" | "scope" | "ceilingOf" | "title" | "lot" | "group" | "supplier" | "name"
>;

/** `ports`, `ports group north`, `ports/1`, or `ports/2 velo` for a supplier's seat. */
export const ceilingName = ({ scope }: CeilingUse, contract: Contract): string => {
  switch (scope.kind) {
    case "contract":
      return contract.id;
    case "group":
      return `${contract.id} group ${scope.group.id}`;
    case "lot":
      return lotRef(contract, scope.lot);
    case "supplier":
      return `${lotRef(contract, scope.lot)} ${scope.supplier.id}`;
  }
};

export const placeOf = (use: CeilingUse, { contract }: SelectedContract, preference: Preference): CeilingPlace => {
  const { title, lot, group, supplier, name } = partOf(use, contract, preference);
  const ceilingOf = ceilingName(use, contract);
  return { contract: contract.id, scope: use.scope.kind, ceilingOf, title, lot, group, supplier, name };
};

const partOf = (
  { scope }: CeilingUse,
  { title }: Contract,
  preference: Preference,
): Partial<Pick<CeilingPlace, "title" | "lot" | "group" | "supplier" | "name">> => {
  switch (scope.kind) {
    case "contract":
      return { title };
    case "group":
      return { title: scope.group.title, group: scope.group.id };
    case "lot":
      return { title: scope.lot.title, lot: scope.lot.id };
    case "supplier": {
      const { lot, supplier } = scope;
      return { title: lot.title, lot: lot.id, supplier: supplier.id, name: nameOn(lot, supplier, preference) };
    }
  }
};
