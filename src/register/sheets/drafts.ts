import { dateOfDay, dayNumber } from "../../model/calendar.ts";
import type { FreeIds } from "../../model/company-name.ts";
import { beginningOf, type Position } from "../../model/errors.ts";
import { compareTexts } from "../../model/fold.ts";
import { madeUnder } from "../../model/lists.ts";
import { formatMoney, isKnown, type Money, subtractMoney, toMinorPrecision } from "../../model/money.ts";
import { formatPartialDate, parsePartialDate } from "../../model/partial-date.ts";
import { Decoding } from "../../records/codec.ts";
import type { ImportField } from "../../records/import-fields.ts";
import type { ImportMap } from "../../records/import-map.ts";
import { amount as amountCodec } from "../../records/values.ts";
import { isMap, type Path, type Plain, type PlainDocument, type PlainMap } from "../../syntax/plain.ts";
import { NO_REFERENCES } from "../references.ts";
import type { ImportedSuppliers } from "./import-suppliers.ts";
import type { CellReader, Said, Seen } from "./read-cells.ts";

/** Fields whose texts may differ from row to row, and are then put together. */
const GROWING: ReadonlySet<string> = new Set(["note", "description"]);

const moneyIn = ({ text, at }: Said): Money | undefined => {
  const amount = amountCodec.decode(text, new Decoding(NO_REFERENCES, { locate: at }));
  return amount === undefined || !isKnown(amount) ? undefined : amount;
};

/** Whether two cells say the same, even if it is written in two ways: `500.000` and `500.000,00`. */
const isSame = ({ kind }: ImportField, one: Said, other: Said): boolean => {
  if (one.text === other.text) return true;
  if (kind !== "amount" && kind !== "amounts") return false;
  const [first, second] = [moneyIn(one), moneyIn(other)];
  return (
    first !== undefined &&
    second !== undefined &&
    formatMoney(toMinorPrecision(first)) === formatMoney(toMinorPrecision(second))
  );
};

const isList = ({ kind }: ImportField): boolean => kind === "texts" || kind === "quantities";

/** What rows say of one record: one value for each field, or one from each column where a field has several. */
export class Draft {
  readonly #said = new Map<string, Map<string, { readonly field: ImportField; readonly values: Said[] }>>();
  /** What the record is called in findings: `contract EX-101`. */
  readonly #called: string;

  constructor(called: string) {
    this.#called = called;
  }

  /**
   * Takes what a cell says. A repetition counts once. A difference is a finding, unless the field may have several
   * values.
   */
  add(field: ImportField, said: Said, reader: CellReader): void {
    const columns = madeUnder(this.#said, field.name, () => new Map());
    const known = columns.get(said.heading)?.values;
    if (known === undefined) columns.set(said.heading, { field, values: [said] });
    else if (known.every((one: Said) => !isSame(field, one, said))) this.#addOther(field, known, said, reader);
  }

  #addOther(field: ImportField, known: Said[], said: Said, reader: CellReader): void {
    const [first] = known;
    if (isList(field) || GROWING.has(field.key ?? "") || first === undefined) {
      known.push(said);
      return;
    }
    const hint = "rows of one contract or lot must say the same of it: correct one, or give one of them another id";
    reader.report(said, "F7", `${this.#called} has "${said.text}" here, and "${first.text}" at ${first.by}`, hint);
  }

  first(name: string): Said | undefined {
    for (const { values } of this.#said.get(name)?.values() ?? []) return values[0];
    return undefined;
  }

  /** The record as a register has it, and the first cell of each key. */
  plain(): { readonly plain: PlainMap; readonly seen: ReadonlyMap<string, Seen> } {
    const plain: Record<string, Plain> = {};
    const seen = new Map<string, Seen>();
    for (const columns of this.#said.values()) {
      const [one] = columns.values();
      const key = one?.field.key;
      const [first] = one?.values ?? [];
      if (one === undefined || key === undefined || first === undefined) continue;
      const stated = [...columns.values()].map(({ values }) => values);
      plain[key] = one.field.isFact ? claimsOf(one.field, stated, plain[key]) : textOf(one.field, stated);
      seen.set(key, first);
    }
    return { plain, seen };
  }
}

/** A claim for each column. Lists from several columns are one claim, because the source states all of them. */
const claimsOf = (field: ImportField, columns: readonly (readonly Said[])[], before: Plain | undefined): Plain => {
  const claims: Record<string, Plain> = before !== undefined && isMap(before) ? { ...before } : {};
  if (isList(field)) {
    const all = columns.flat();
    const by = all[0]?.by;
    if (by !== undefined) claims[by] = [...new Set(all.flatMap(({ texts }) => texts))];
    return claims;
  }
  for (const [said] of columns) if (said !== undefined) claims[said.by] = said.text;
  return claims;
};

/** Joins what cells say. Notes and descriptions from several columns have their headings before them. */
const textOf = (field: ImportField, columns: readonly (readonly Said[])[]): Plain => {
  if (isList(field)) return [...new Set(columns.flat().flatMap(({ texts }) => texts))];
  const said = columns.flat();
  if (columns.length > 1 && GROWING.has(field.key ?? ""))
    return said.map(({ heading, text }) => `${heading}: ${text}`).join("; ");
  return said.map(({ text }) => text).join(columns.length === 1 ? "; " : " ");
};

interface Placed {
  readonly plain: PlainMap;
  readonly seen: Seen;
}

export interface LotDraft {
  readonly seen: Seen;
  readonly own: Draft;
  /** The suppliers by their ids, each with the cell that names it first. */
  readonly suppliers: Map<string, Seen>;
}

/** The term that months, renewals and stated dates come to. Undefined where nothing is said of it, or too little. */
const termFrom = (draft: Draft, reader: CellReader): Said | undefined => {
  const months = draft.first("months");
  const renewals = draft.first("renewals");
  if (renewals === undefined) return months;
  const initial = (draft.first("term") ?? months)?.text ?? between(draft.first("startDate"), draft.first("endDate"));
  if (initial !== undefined) return { ...renewals, text: initial + renewals.text };
  const hint = "a column with the months, or with begin and end to the day; or leave the column of renewals out";
  reader.report(renewals, "D1-term", "nothing says what it is that may be renewed", hint);
  return undefined;
};

/** The time from one day to another, both included: in months if these are whole, otherwise in days. */
const between = (start: Said | undefined, end: Said | undefined): string | undefined => {
  const [from, to] = [start, end].map((said) => (said === undefined ? undefined : parsePartialDate(said.text)));
  if (from?.day === undefined || from.month === undefined || to?.day === undefined || to.month === undefined)
    return undefined;
  const first = dayNumber(from.year, from.month, from.day);
  const days = dayNumber(to.year, to.month, to.day) + 1 - first;
  if (days <= 0) return undefined;
  const next = dateOfDay(first + days);
  const months = (next.year - from.year) * 12 + next.month - from.month;
  return next.day === from.day && months > 0 ? `${months} months` : `${days} days`;
};

interface SaidModification {
  readonly id: Said | undefined;
  readonly lot: string | undefined;
  readonly stated: readonly (readonly [ImportField, Said])[];
  /** Who holds the contract after it, where modifications have rows of their own. */
  readonly suppliers?: readonly string[];
  readonly seen: Seen;
}

interface ModificationDraft {
  readonly id: string;
  readonly lot: string | undefined;
  readonly own: Draft;
  readonly suppliers: Set<string>;
  readonly seen: Seen;
}

/** The modifications of one contract, each once, however many rows repeat it. */
export class ModificationDrafts {
  readonly #contract: string;
  readonly #byKey = new Map<string, ModificationDraft>();

  constructor(contract: string) {
    this.#contract = contract;
  }

  /** Adds a modification. Those without an id are told apart by all that they say, and are numbered. */
  add({ id, lot, stated, suppliers = [], seen }: SaidModification, reader: CellReader): void {
    const key = id?.text ?? ` ${lot ?? ""} ${stated.map(([field, { text }]) => `${field.name} ${text}`).join(" ")}`;
    const known = this.#byKey.get(key);
    const called = id?.text ?? `M${this.#byKey.size + 1}`;
    const own = new Draft(`modification ${this.#contract}/${called}`);
    const draft = known ?? { id: called, lot, seen, own, suppliers: new Set() };
    this.#byKey.set(key, draft);
    for (const supplier of suppliers) draft.suppliers.add(supplier);
    for (const [field, said] of stated) draft.own.add(field, said, reader);
  }

  /**
   * The modifications as they stand in a register, in the order of their days. If one says what an amount was changed
   * to, the change is worked out from the amount before it: a ceiling or, where there is none, what was awarded.
   */
  placed(lots: ReadonlyMap<string, LotDraft>, whole: Draft, reader: CellReader): readonly Placed[] {
    const before = new Map<Draft, Said>();
    const held = new Map<LotDraft, ReadonlySet<string>>();
    return [...this.#byKey.values()].sort(byDay).flatMap(({ id, lot, own, suppliers, seen }) => {
      const place = lotOf(lot, lots);
      const holders = place && (held.get(place) ?? new Set(place.suppliers.keys()));
      // Rows that only repeat one of several holders say nothing of the others.
      const isHeldAnew = holders !== undefined && [...suppliers].some((supplier) => !holders.has(supplier));
      if (place !== undefined && isHeldAnew) held.set(place, suppliers);
      const of = measuredBy(lot, lots, whole);
      const after = own.first("changedTo");
      const stated = of && (before.get(of.draft) ?? of.draft.first(of.field));
      const growth = after && growthTo(after, stated, reader);
      if (after !== undefined && of !== undefined) before.set(of.draft, after);
      const amount = own.first("change")?.text ?? growth;
      const isValue = of?.field === "awarded" && after !== undefined;
      if (isUndated(own, seen, reader)) return [];
      const plain = {
        modification: id,
        source: seen.by,
        ...(lot !== undefined && { lot }),
        ...own.plain().plain,
        ...(amount !== undefined && (isValue ? { value: amount, total: after.text } : { amount })),
        ...(isHeldAnew && { suppliers: [...suppliers] }),
      };
      return [{ plain, seen }];
    });
  }
}

const dayOf = ({ own }: ModificationDraft): string => own.first("modificationDate")?.text ?? "";
const byDay = (one: ModificationDraft, other: ModificationDraft): number => compareTexts(dayOf(one), dayOf(other));

const isUndated = (own: Draft, seen: Seen, reader: CellReader): boolean => {
  if (own.first("modificationDate") !== undefined) return false;
  reader.report(seen, "F5", "this modification has no date", "map a column: modificationDate: HEADING");
  return true;
};

/** The lot that a modification names, or the only one. */
const lotOf = (lot: string | undefined, lots: ReadonlyMap<string, LotDraft>): LotDraft | undefined =>
  lot !== undefined ? lots.get(lot) : lots.size === 1 ? [...lots.values()][0] : undefined;

/** What a modification changes: the ceiling of its lot or of the whole, or otherwise what was awarded. */
const measuredBy = (
  lot: string | undefined,
  lots: ReadonlyMap<string, LotDraft>,
  whole: Draft,
): { readonly draft: Draft; readonly field: "ceiling" | "contractCeiling" | "awarded" } | undefined => {
  const own = lotOf(lot, lots)?.own;
  if (lot === undefined && whole.first("contractCeiling") !== undefined)
    return { draft: whole, field: "contractCeiling" };
  const field = (["ceiling", "awarded"] as const).find((name) => own?.first(name) !== undefined);
  return own === undefined || field === undefined ? undefined : { draft: own, field };
};

const growthTo = (after: Said, before: Said | undefined, reader: CellReader): string | undefined => {
  const [now, then] = [moneyIn(after), before && moneyIn(before)];
  const growth: Money | undefined = now && then && subtractMoney(now, then);
  if (growth !== undefined) return formatMoney(growth);
  const hint = "map the column of the ceiling, or one that says by how much: change: HEADING";
  return reader.report(after, "F5", `nothing says what ${after.text} was before this modification`, hint);
};

export interface ContractDraft {
  readonly seen: Seen;
  readonly own: Draft;
  readonly lots: Map<string, LotDraft>;
  readonly orders: Placed[];
  /** What was signed with single suppliers. */
  readonly settled: Placed[];
  readonly settledIds: FreeIds;
  readonly modifications: ModificationDrafts;
  readonly reader: CellReader;
}

export interface SheetSource {
  readonly id: string;
  readonly title: string;
}

interface Imported {
  readonly map: ImportMap;
  readonly sources: readonly SheetSource[];
  readonly suppliers: ImportedSuppliers;
  readonly contracts: ReadonlyMap<string, ContractDraft>;
}

const SUPPLIER_FIELDS = ["supplier", "legalId"] as const;

const keyOf = (path: Path): string => path.join("\0");

/** The register made of sheets, as a parser of its text would give it, with the cell of each part as its position. */
export const importedDocument = ({ map, sources, suppliers, contracts }: Imported): PlainDocument => {
  const places = new Map<string, () => Position>();
  const placed = (records: readonly Placed[], path: Path): readonly Plain[] =>
    records.map(({ plain, seen }, index) => {
      places.set(keyOf([...path, index]), seen.at);
      return plain;
    });
  const factsOf = (draft: Draft, path: Path): PlainMap => {
    const { plain, seen } = draft.plain();
    for (const [key, one] of seen) places.set(keyOf([...path, key]), one.at);
    return plain;
  };
  // If no column is for suppliers, a lot without any was awarded all the same: nobody says that nothing came of it.
  const saysSuppliers = SUPPLIER_FIELDS.some(
    (name) => map.columns?.has(name) === true || map.always?.has(name) === true,
  );
  const lotOf = (id: string, { own, suppliers: held, seen }: LotDraft, path: Path): Plain => {
    places.set(keyOf(path), seen.at);
    const [first] = held.values();
    return {
      lot: id,
      ...(!saysSuppliers && { status: "awarded" }),
      ...factsOf(own, path),
      ...(first !== undefined && { suppliers: { [first.by]: [...held.keys()] } }),
    };
  };
  const contractOf = (id: string, draft: ContractDraft, path: Path): Plain => {
    places.set(keyOf(path), draft.seen.at);
    const term = termFrom(draft.own, draft.reader);
    const { orders, settled, lots } = draft;
    const modifications = draft.modifications.placed(lots, draft.own, draft.reader);
    return {
      contract: id,
      ...factsOf(draft.own, path),
      ...(term !== undefined && { term: { [term.by]: term.text } }),
      lots: [...lots].map(([lot, each], index) => lotOf(lot, each, [...path, "lots", index])),
      ...(orders.length > 0 && { orders: placed(orders, [...path, "orders"]) }),
      ...(settled.length > 0 && { settledContracts: placed(settled, [...path, "settledContracts"]) }),
      ...(modifications.length > 0 && { modifications: placed(modifications, [...path, "modifications"]) }),
    };
  };
  const value = {
    sources: sources.map((source) => sourceOf(source, map)),
    suppliers: placed(suppliers.plain(), ["suppliers"]),
    contracts: [...contracts].map(([id, draft], index) => contractOf(id, draft, ["contracts", index])),
  };
  const locate = (path: Path): Position => {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(keyOf(path.slice(0, length)));
      if (place !== undefined) return place();
    }
    return beginningOf(sources[0]?.id ?? "");
  };
  return { value, locate };
};

const sourceOf = ({ id, title }: SheetSource, { publisher, date }: ImportMap): Plain => ({
  source: id,
  title,
  ...(publisher !== undefined && { publisher }),
  ...(date !== undefined && { date: formatPartialDate(date) }),
  locator: "cell",
});
