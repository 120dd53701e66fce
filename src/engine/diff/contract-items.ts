import type { StatedAmount } from "../../model/amount.ts";
import type { Preference } from "../../model/claim.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { suppliersOf } from "../../query/subject.ts";
import type { Contract } from "../../records/contract.ts";
import type { LotGroup } from "../../records/group.ts";
import type { Lot } from "../../records/lot.ts";
import type { Modification } from "../../records/modification.ts";
import { assess } from "../ceilings.ts";
import { contractFacts, groupFacts, lotFacts } from "../facts.ts";
import type { Cell } from "../report.ts";
import { lotRef, seatCell } from "../views.ts";
import { claimed, type Item, plain, plainText, plainTexts, type Statement } from "./item.ts";
import { type Renames, renamed } from "./renames.ts";

/** A contract in parts that are compared: itself, then its lots, and the rest. */
export interface ContractItems {
  readonly contract: Item;
  readonly lots: readonly Item[];
  readonly others: readonly Item[];
}

/** An amount, or where there is none a title. */
const gistOf = (amount: StatedAmount | undefined, title: string | undefined): Cell | undefined => {
  if (amount !== undefined) return { type: "money", value: amount };
  return title === undefined ? undefined : { type: "text", value: title };
};

/** How ids of the old register are to be read: as they are now. */
export interface Names {
  readonly lots: Renames;
  readonly suppliers: Renames;
  readonly preference: Preference;
}

const own = (contract: Contract, preference: Preference): readonly Statement[] => [
  ...plainText("title", contract.title),
  ...plainText("description", contract.description),
  ...plainText("framework", contract.framework ? undefined : "no"),
  ...plainText("procedure", contract.procedure),
  ...plainText("regime", contract.regime),
  ...plainText("vat", contract.vat),
  ...contractFacts(contract, preference).flatMap(claimed),
  ...plainText("note", contract.note),
  ...plainText("callOffOf", contract.callOffOf),
  ...plainTexts("tags", contract.tags),
  ...plainTexts(
    "links",
    contract.links.map(({ title, url }) => (title === undefined ? url : `${title}: ${url}`)),
  ),
  ...plainTexts(
    "notes",
    contract.notes.map(({ rule, text }) => `${rule}: ${text}`),
  ),
  ...plainTexts(
    "ignore",
    contract.ignores.map(({ rule, reason }) => `${rule}: ${reason}`),
  ),
  ...plainTexts(
    "ledger",
    contract.ledgers.map(({ file }) => file),
  ),
];

/** Who holds a lot by which source, seat by seat. */
const seatsOf = (lot: Lot, { suppliers, preference }: Names): readonly Statement[] =>
  (lot.suppliers ?? []).flatMap(({ value, by }) =>
    value.map((supplier) => ({
      key: `suppliers ${by.source ?? ""} ${renamed(supplier.id, suppliers)}`,
      fact: "suppliers",
      by,
      cell: { type: "suppliers", value: [seatCell(supplier, lot, preference)] },
      kind: "seat",
    })),
  );

const lotItem = (contract: Contract, lot: Lot, index: number, names: Names): Item => ({
  kind: "lot",
  id: lot.id,
  name: lotRef(contract, lot),
  statements: [
    ...plainText("title", lot.title),
    ...plainText("status", lot.status),
    ...lotFacts(lot, index, names.preference)
      .filter(({ name }) => name !== "suppliers")
      .flatMap(claimed),
    ...seatsOf(lot, names),
    ...plainText("note", lot.note),
  ],
  gist: () => gistOf(names.preference.value(lot.ceiling ?? lot.ceilingPerSupplier), lot.title),
});

const lotsNow = (lots: readonly string[], names: Names): readonly string[] =>
  lots.map((lot) => renamed(lot, names.lots)).sort();

const groupItem = (contract: Contract, group: LotGroup, index: number, names: Names): Item => ({
  kind: "group",
  id: group.id,
  name: lotRef(contract, group),
  statements: [
    ...plainText("title", group.title),
    ...plainTexts("lots", lotsNow(group.lots, names)),
    ...groupFacts(group, index, names.preference).flatMap(claimed),
    ...plainText("certain", group.certain ? undefined : "no"),
    ...plainText("note", group.note),
  ],
  gist: () => gistOf(names.preference.value(group.ceiling), group.title),
});

const modificationItem = (contract: Contract, modification: Modification, names: Names): Item => {
  const { id, date, lot, amount, ground, title, by, note } = modification;
  return {
    kind: "modification",
    id,
    name: `${contract.id} ${id}`,
    statements: [
      ...plain("date", { type: "date", value: date }),
      ...plainText("lot", lot && renamed(lot, names.lots)),
      ...plain("amount", amount && { type: "money", value: amount }),
      ...plainText("ground", ground),
      ...plainText("title", title),
      ...plainText("source", by.source),
      ...plainText("note", note),
    ],
    gist: () => gistOf(amount, title),
  };
};

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
    statements: [
      ...plainText("reference", settled.reference),
      ...plainText("title", settled.title),
      ...plainTexts("lots", lotsNow(settled.lots, names)),
      ...plainTexts(
        "suppliers",
        settled.suppliers.map((supplier) => renamed(supplier.id, names.suppliers)),
      ),
      ...plain("awardDate", settled.awardDate && { type: "date", value: settled.awardDate }),
      ...plain("signedDate", settled.signedDate && { type: "date", value: settled.signedDate }),
      ...plain("value", settled.value && { type: "money", value: settled.value }),
    ],
    gist: () => gistOf(settled.value, settled.title),
  }));

const publicationItems = ({ id, publications }: Contract): readonly Item[] =>
  publications.map((publication) => ({
    kind: "publication",
    id: publication.id,
    name: `${id} ${publication.id}`,
    statements: [
      ...plainText("version", publication.version),
      ...plain("date", publication.date && { type: "date", value: publication.date }),
      ...plainText("kind", publication.kind),
    ],
    gist: () => publication.date && { type: "date", value: publication.date },
  }));

const sharedAwards = ({ sharedAwards }: Contract, names: Names): readonly Statement[] =>
  sharedAwards.map(({ lots, value }) => {
    const cell: Cell = value === "withheld" ? { type: "money", value } : { type: "moneys", value };
    const fact = `awarded for lots ${lotsNow(lots, names).join(", ")}`;
    return { key: fact, fact, by: undefined, cell };
  });

/** What may be spent on a contract, or where nothing is stated its title. */
const contractGist = (contract: Contract, { preference }: Names): Cell | undefined => {
  const lots = contract.lots.map((lot) => {
    const suppliers = suppliersOf(lot, preference);
    return { lot, suppliers, matching: suppliers };
  });
  const { usable } = assess({ contract, written: contract, lots }, preference);
  return usable.length === 0 ? gistOf(undefined, contract.title) : { type: "moneys", value: usable };
};

/** A contract as it is compared, without its orders. */
export const contractItems = (contract: Contract, names: Names): ContractItems => ({
  contract: {
    kind: "contract",
    id: contract.id,
    name: contract.id,
    statements: [...own(contract, names.preference), ...sharedAwards(contract, names)],
    gist: () => contractGist(contract, names),
  },
  lots: contract.lots.map((lot, index) => lotItem(contract, lot, index, names)),
  others: [
    ...contract.groups.map((group, index) => groupItem(contract, group, index, names)),
    ...contract.modifications.map((modification) => modificationItem(contract, modification, names)),
    ...renewalItems(contract),
    ...settledItems(contract, names),
    ...publicationItems(contract),
  ],
});
