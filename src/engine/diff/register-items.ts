import type { Preference } from "../../model/claim.ts";
import type { StatedAmount } from "../../model/money.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { formatTerm } from "../../model/term.ts";
import { wholeLots } from "../../query/selection.ts";
import { type Contract, contractCodec } from "../../records/contract.ts";
import { groupCodec, type LotGroup } from "../../records/group.ts";
import { publicationCodec, settledCodec } from "../../records/history.ts";
import { type Lot, lotCodec } from "../../records/lot.ts";
import { type Modification, modificationCodec } from "../../records/modification.ts";
import { queryCodec, type Register } from "../../records/register.ts";
import { type Source, sourceCodec } from "../../records/source.ts";
import { type Supplier, supplierCodec } from "../../records/supplier.ts";
import { assess, byMeasure } from "../ceilings.ts";
import { contractFacts, groupFacts, lotFacts, supplierFacts } from "../facts.ts";
import { heldText } from "../history.ts";
import type { Cell } from "../report.ts";
import { lotRef, nameOf, supplierCell } from "../views.ts";
import {
  claimed,
  contentOf,
  exactText,
  type Item,
  lotsNow,
  type Names,
  plainText,
  type Renames,
  renamed,
  renamesAmong,
  type Statement,
  statedPlainly,
  withoutOthers,
} from "./item.ts";

/** A contract in the parts that are compared: itself, its lots, and the rest. */
export interface ContractItems {
  readonly contract: Item;
  readonly lots: readonly Item[];
  readonly others: readonly Item[];
}

const gistOf = (amount: StatedAmount | undefined, title: string | undefined): Cell | undefined => {
  if (amount !== undefined) return { type: "money", value: amount };
  return title === undefined ? undefined : { type: "text", value: title };
};

const own = (contract: Contract, names: Names): readonly Statement[] => [
  ...statedPlainly(contractCodec.fields, contract, names),
  ...contractFacts(contract, names.preference).flatMap(claimed),
];

const seatsOf = (lot: Lot, { suppliers, preference }: Names): readonly Statement[] =>
  (lot.suppliers ?? []).flatMap(({ value, by }) =>
    value.map((supplier): Statement => {
      const seat = renamed(supplier.id, suppliers);
      const cell = { type: "suppliers", value: [supplierCell(supplier, preference, lot)] } as const;
      return { key: `suppliers ${by.source ?? ""} ${seat}`, fact: "suppliers", by, cell, seat };
    }),
  );

const lotItem = (contract: Contract, lot: Lot, index: number, names: Names): Item => ({
  kind: "lot",
  id: lot.id,
  name: lotRef(contract, lot),
  statements: [
    ...statedPlainly(lotCodec.fields, lot, names),
    ...lotFacts(lot, index, names.preference)
      .filter(({ name }) => name !== "suppliers")
      .flatMap(claimed),
    ...seatsOf(lot, names),
  ],
  gist: () =>
    gistOf(
      names.preference.value(lot.ceiling ?? lot.ceilingPerSupplier ?? lot.quantity ?? lot.quantityPerSupplier),
      lot.title,
    ),
});

const groupItem = (contract: Contract, group: LotGroup, index: number, names: Names): Item => ({
  kind: "group",
  id: group.id,
  name: lotRef(contract, group),
  statements: [
    ...statedPlainly(groupCodec.fields, group, names),
    ...groupFacts(group, index, names.preference).flatMap(claimed),
  ],
  gist: () => gistOf(names.preference.value(group.ceiling), group.title),
});

const modificationItem = (contract: Contract, modification: Modification, names: Names): Item => ({
  kind: "modification",
  id: modification.id,
  name: `${contract.id} ${modification.id}`,
  statements: [
    ...statedPlainly(modificationCodec.fields, modification, names),
    ...plainText("source", modification.by.source),
  ],
  gist: () => gistOf(modification.amount ?? modification.value, whatOf(modification, names)),
});

/** What a modification changes, in a few words. */
const whatOf = ({ title, suppliers, term, endDate, ground }: Modification, { preference }: Names): string | undefined =>
  title ??
  (suppliers && heldText(suppliers, preference)) ??
  (term && `for ${formatTerm(term)}`) ??
  (endDate && `until ${formatPartialDate(endDate)}`) ??
  ground;

const renewalItems = ({ id, renewals }: Contract): readonly Item[] =>
  renewals.map(({ renewal, decision, date }) => {
    const text = `${decision} ${formatPartialDate(date)}`;
    const statements = plainText("decision", text);
    return {
      kind: "renewal",
      id: String(renewal),
      name: `${id} ${renewal}`,
      statements,
      gist: () => ({ type: "text", value: text }),
    };
  });

const settledItems = ({ id, settledContracts }: Contract, names: Names): readonly Item[] =>
  settledContracts.map((settled) => ({
    kind: "signed contract",
    id: settled.id,
    name: `${id} ${settled.id}`,
    statements: statedPlainly(settledCodec.fields, settled, names),
    gist: () => gistOf(settled.value, settled.title),
  }));

/** The fields of a publication, except the file that it was read from. */
const PUBLICATION_FIELDS = publicationCodec.fields.filter(({ name }) => name !== "file");

const publicationItems = ({ id, publications }: Contract, names: Names): readonly Item[] =>
  publications.map((publication) => ({
    kind: "publication",
    id: publication.id,
    name: `${id} ${publication.id}`,
    statements: statedPlainly(PUBLICATION_FIELDS, publication, names),
    gist: () => publication.date && { type: "date", value: publication.date },
  }));

const sharedAwards = ({ sharedAwards }: Contract, names: Names): readonly Statement[] =>
  sharedAwards.map(({ lots, value }) => {
    const cell: Cell = value === "withheld" ? { type: "money", value } : { type: "moneys", value };
    const fact = `awarded for lots ${lotsNow(lots, names).join(", ")}`;
    return { key: fact, fact, by: undefined, cell };
  });

const contractGist = (contract: Contract, { preference }: Names): Cell | undefined => {
  const lots = wholeLots(contract.lots, preference);
  const usable = byMeasure(assess({ contract, written: contract, lots }, preference)).flatMap((one) => one.usable);
  return usable.length === 0 ? gistOf(undefined, contract.title) : { type: "moneys", value: usable };
};

export const contractItems = (contract: Contract, names: Names): ContractItems => ({
  contract: {
    kind: "contract",
    id: contract.id,
    name: contract.id,
    statements: [...own(contract, names), ...sharedAwards(contract, names)],
    gist: () => contractGist(contract, names),
  },
  lots: contract.lots.map((lot, index) => lotItem(contract, lot, index, names)),
  others: [
    ...contract.groups.map((group, index) => groupItem(contract, group, index, names)),
    ...contract.modifications.map((modification) => modificationItem(contract, modification, names)),
    ...renewalItems(contract),
    ...settledItems(contract, names),
    ...publicationItems(contract, names),
  ],
});

/** No renames: what a register says besides its contracts is compared under the ids that it has. */
const asWritten = (preference: Preference): Names => ({ lots: new Map(), suppliers: new Map(), preference });

const sourceItem = (source: Source, preference: Preference): Item => ({
  kind: "source",
  id: source.id,
  name: source.id,
  statements: statedPlainly(sourceCodec.fields, source, asWritten(preference)),
  gist: () => ({ type: "text", value: source.title }),
});

const supplierItem = (supplier: Supplier, preference: Preference): Item => ({
  kind: "supplier",
  id: supplier.id,
  name: supplier.id,
  statements: [
    ...supplierFacts(supplier, preference).flatMap(claimed),
    ...statedPlainly(supplierCodec.fields, supplier, asWritten(preference)),
  ],
  gist: () => ({ type: "text", value: nameOf(supplier, preference) }),
});

/** What a register says besides its contracts: sources, suppliers, queries, and what it asks to ignore. */
export const registerItems = ({ sources, suppliers, queries, ignores, preference }: Register): readonly Item[] => [
  ...sources.map((source) => sourceItem(source, preference)),
  ...suppliers.map((supplier) => supplierItem(supplier, preference)),
  ...Array.from(
    queries.values(),
    (query): Item => ({
      kind: "query",
      id: query.id,
      name: query.id,
      statements: statedPlainly(queryCodec.fields, query, asWritten(preference)),
      gist: () => ({ type: "text", value: query.find }),
    }),
  ),
  ...ignores.map(({ rule, contract, supplier, reason }): Item => {
    const name = [rule, contract, supplier].filter((part) => part !== undefined).join(" ");
    const statements = plainText("reason", reason);
    return { kind: "ignored rule", id: name, name, statements, gist: () => ({ type: "text", value: reason }) };
  }),
];

/**
 * Finds suppliers with another id: by all that is said of them, or else by their number in a country's register, which
 * identifies a company (T2).
 */
export const renamedSuppliers = (before: readonly Item[], after: readonly Item[]): Renames => {
  const suppliersOf = (items: readonly Item[]) => items.filter(({ kind }) => kind === "supplier");
  const [all, others] = [suppliersOf(before), suppliersOf(after)];
  const [old, now] = [withoutOthers(all, others), withoutOthers(others, all)];
  const alike = renamesAmong(old.map(withContent), now.map(withContent));
  const taken = new Set(alike.values());
  const numbered = renamesAmong(
    old.filter(({ id }) => !alike.has(id)).flatMap(withNumber),
    now.filter(({ id }) => !taken.has(id)).flatMap(withNumber),
  );
  return new Map([...alike, ...numbered]);
};

const withContent = (item: Item) => ({ id: item.id, content: contentOf(item) });

const withNumber = ({ id, statements }: Item) => {
  const said = (name: string) => new Set(statements.flatMap((one) => (one.fact === name ? [exactText(one)] : [])));
  const [numbers, countries] = [[...said("legalId")], [...said("country")].sort()];
  return numbers.length === 0 ? [] : [{ id, content: JSON.stringify([numbers, countries]) }];
};

export const withSuppliersNow = (items: readonly Item[], suppliers: Renames): readonly Item[] =>
  items.map((item) => (item.kind === "supplier" ? { ...item, id: renamed(item.id, suppliers) } : item));
