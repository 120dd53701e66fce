import { type Attribution, isCellName, type Preference } from "../../model/claim.ts";
import { addUnder } from "../../model/lists.ts";
import { type Amount, isKnown, type Money, unitOf } from "../../model/money.ts";
import { TextSum } from "../../model/text-sum.ts";
import type { NamedField } from "../../records/record.ts";
import type { ClaimView, FactView } from "../facts.ts";
import type { Cell } from "../report.ts";
import { plainCells } from "../value-cells.ts";

/** New ids by old ones. */
export type Renames = ReadonlyMap<string, string>;

interface Unmatched {
  readonly id: string;
  readonly content: string;
}

/**
 * Finds what is gone and came back under another id with the same content. Where several have the same content, the
 * first that is gone is matched with the first that came.
 */
export const renamesAmong = (gone: readonly Unmatched[], come: readonly Unmatched[]): Renames => {
  const waiting = new Map<string, string[]>();
  for (const { id, content } of come) {
    addUnder(waiting, content, id);
  }
  for (const ids of waiting.values()) ids.reverse();
  return new Map(
    gone.flatMap(({ id, content }) => {
      const now = waiting.get(content)?.pop();
      return now === undefined ? [] : [[id, now] as const];
    }),
  );
};

export const renamed = (id: string, renames: Renames): string => renames.get(id) ?? id;

export const withoutOthers = <T extends { readonly id: string }>(
  some: readonly T[],
  others: readonly { readonly id: string }[],
): readonly T[] => {
  const ids = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !ids.has(id));
};

const ITEM_KINDS = [
  "source",
  "supplier",
  "contract",
  "lot",
  "group",
  "seat",
  "order",
  "modification",
  "renewal",
  "signed contract",
  "publication",
  "query",
  "ignored rule",
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export interface Statement {
  /** Statements with the same key are compared with each other. */
  readonly key: string;
  readonly fact: string;
  readonly by: Attribution | undefined;
  readonly cell: Cell;
  /**
   * The supplier, for a statement on a seat. A seat is added or removed as such, however the cell writes the supplier.
   * Left out of all other statements.
   */
  readonly seat?: string;
}

export interface Item {
  readonly kind: ItemKind;
  readonly id: string;
  readonly name: string;
  readonly statements: readonly Statement[];
  /** What it amounts to, or is called: shown when all of it was added or removed. */
  readonly gist: () => Cell | undefined;
}

export const plain = (fact: string, cell: Cell | undefined): readonly Statement[] =>
  cell === undefined ? [] : [{ key: fact, fact, by: undefined, cell }];

export const plainText = (fact: string, value: string | undefined): readonly Statement[] =>
  plain(fact, value === undefined ? undefined : { type: "text", value });

export const plainTexts = (fact: string, value: readonly string[]): readonly Statement[] =>
  plain(fact, value.length === 0 ? undefined : { type: "texts", value });

/** How to read the ids of the old register: as what they are now. */
export interface Names {
  readonly lots: Renames;
  readonly suppliers: Renames;
  readonly preference: Preference;
}

export const lotsNow = (lots: readonly string[], names: Names): readonly string[] =>
  lots.map((lot) => renamed(lot, names.lots)).sort();

/** A cell with the present ids. Texts are sorted, because their order means nothing in a list that is not a fact. */
const cellNow = ({ kind }: NamedField, cell: Cell, names: Names): Cell => {
  switch (cell.type) {
    case "texts":
      if (kind === "lots") return { type: "texts", value: lotsNow(cell.value, names) };
      return kind === "texts" ? { type: "texts", value: [...cell.value].sort() } : cell;
    case "text":
      return kind === "lot" ? { type: "text", value: renamed(cell.value, names.lots) } : cell;
    case "suppliers":
      return { type: "texts", value: cell.value.map(({ id }) => renamed(id, names.suppliers)) };
    default:
      return cell;
  }
};

/** What the fields of a record say that are not facts, except its id. */
export const statedPlainly = (
  fields: readonly NamedField[],
  record: Readonly<Record<string, unknown>>,
  names: Names,
): readonly Statement[] =>
  plainCells(fields, record, names.preference).flatMap(([field, cell]) =>
    field.name === "id" ? [] : plain(field.key, cellNow(field, cell, names)),
  );

const statementOf = (fact: string, { by, cell }: ClaimView, nth: number): Statement => ({
  key: `${fact} ${by.source ?? ""} ${nth}`,
  fact,
  by,
  cell,
});

/** What each source says of a fact. Where a source says several things of it, they are compared one by one. */
export const claimed = ({ name, claims }: FactView): readonly Statement[] => {
  const counts = new Map<string | undefined, number>();
  return claims.map((claim) => {
    const nth = counts.get(claim.by.source) ?? 0;
    counts.set(claim.by.source, nth + 1);
    return statementOf(name, claim, nth);
  });
};

const exactMoney = (money: Money): string =>
  `${money.minor} ${unitOf(money)} ${money.precision} ${money.bound ?? ""} ${money.least ?? ""}`;

const exactAmount = (amount: Amount): string => (isKnown(amount) ? exactMoney(amount) : amount);

/** What is said, as a text that only equal statements share. All statements on seats have the same. */
export const exactText = ({ seat, cell }: Statement): string => {
  if (seat !== undefined) return "";
  switch (cell.type) {
    case "text":
    case "id":
      return cell.value;
    case "money":
      return exactAmount(cell.value);
    case "moneys":
      return cell.value.map(exactAmount).join();
    case "composite":
      return cell.value.text;
    case "composites":
      return JSON.stringify(cell.value.map(({ text }) => text));
    default:
      return JSON.stringify(cell.value);
  }
};

/**
 * The fact and what is said of it, whoever says it, as a text that only equal statements share. Amounts are equal
 * however precisely they are written.
 */
export const sayingOf = (statement: Statement): string => {
  const { fact, cell, seat } = statement;
  const isAmount = cell.type === "money" && isKnown(cell.value);
  return `${fact} ${seat ?? (isAmount ? exactMoney({ ...cell.value, precision: 0 }) : exactText(statement))}`;
};

/**
 * The place in a source where something is said. Empty for a cell of a sheet, which moves with every row that is added
 * before it.
 */
export const steadyPlace = ({ by }: Statement): string =>
  by?.locator === undefined || isCellName(by.locator) ? "" : by.locator;

export const addItem = (sum: TextSum, { kind, statements }: Item, name: string): void => {
  sum.add(`${kind}\0${name}`);
  for (const statement of statements) {
    sum.add(`${kind}\0${name}\0${statement.key}\0${steadyPlace(statement)}\0${exactText(statement)}`);
  }
};

export const contentOf = (item: Item): string => {
  const sum = new TextSum();
  addItem(sum, item, "");
  return sum.value;
};
