import type { Position } from "../../model/errors.ts";
import { beginningOf } from "../../model/errors.ts";
import type { FreeIds } from "../../model/free-ids.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import type { ImportMap } from "../../records/import-map.ts";
import type { Path, Plain, PlainDocument, PlainMap } from "../../syntax/plain.ts";
import { type Draft, type LotDraft, type ModificationDrafts, type Placed, termFrom } from "./drafts.ts";
import type { ImportedSuppliers } from "./import-suppliers.ts";

import type { CellReader, Seen } from "./read-cells.ts";

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

export interface Imported {
  readonly map: ImportMap;
  readonly sources: readonly SheetSource[];
  readonly suppliers: ImportedSuppliers;
  readonly contracts: ReadonlyMap<string, ContractDraft>;
}

const SUPPLIER_FIELDS = ["supplier", "legalId"] as const;

const keyOf = (path: Path): string => path.join("\0");

/** The register that sheets come to, as a parser of its text would give it, with the cell that each part comes from. */
export const importedDocument = (imported: Imported): PlainDocument => new Placing(imported).document();

class Placing {
  readonly #imported: Imported;
  readonly #places = new Map<string, () => Position>();

  constructor(imported: Imported) {
    this.#imported = imported;
  }

  document(): PlainDocument {
    const { suppliers, contracts } = this.#imported;
    const value = {
      sources: this.#sources(),
      suppliers: this.#placed(suppliers.plain(), ["suppliers"]),
      contracts: [...contracts].map(([id, draft], index) => this.#contract(id, draft, ["contracts", index])),
    };
    return { value, locate: (path) => this.#locate(path) };
  }

  #sources(): Plain {
    const { map, sources } = this.#imported;
    const { publisher, date } = map;
    return sources.map(({ id, title }) => ({
      source: id,
      title,
      ...(publisher !== undefined && { publisher }),
      ...(date !== undefined && { date: formatPartialDate(date) }),
      locator: "cell",
    }));
  }

  #placed(records: readonly Placed[], path: Path): readonly Plain[] {
    for (const [index, { seen }] of records.entries()) this.#places.set(keyOf([...path, index]), seen.at);
    return records.map(({ plain }) => plain);
  }

  #contract(id: string, draft: ContractDraft, path: Path): Plain {
    this.#places.set(keyOf(path), draft.seen.at);
    const term = termFrom(draft.own, draft.reader);
    const { orders, settled, lots } = draft;
    const modifications = draft.modifications.placed(lots, draft.own, draft.reader);
    return {
      contract: id,
      ...this.#facts(draft.own, path),
      ...(term !== undefined && { term: { [term.by]: term.text } }),
      lots: [...lots].map(([lot, each], index) => this.#lot(lot, each, [...path, "lots", index])),
      ...(orders.length > 0 && { orders: this.#placed(orders, [...path, "orders"]) }),
      ...(settled.length > 0 && { settledContracts: this.#placed(settled, [...path, "settledContracts"]) }),
      ...(modifications.length > 0 && { modifications: this.#placed(modifications, [...path, "modifications"]) }),
    };
  }

  #lot(id: string, { own, suppliers, seen }: LotDraft, path: Path): Plain {
    this.#places.set(keyOf(path), seen.at);
    const [first] = suppliers.values();
    return {
      lot: id,
      ...(this.#saysNoSuppliers() && { status: "awarded" }),
      ...this.#facts(own, path),
      ...(first !== undefined && { suppliers: { [first.by]: [...suppliers.keys()] } }),
    };
  }

  /** Of contracts whose sheet has no column for suppliers, nobody says that nothing came of them. */
  #saysNoSuppliers(): boolean {
    const { columns, always } = this.#imported.map;
    return !SUPPLIER_FIELDS.some((name) => columns?.has(name) === true || always?.has(name) === true);
  }

  #facts(draft: Draft, path: Path): PlainMap {
    const { plain, seen } = draft.plain();
    for (const [key, one] of seen) this.#places.set(keyOf([...path, key]), one.at);
    return plain;
  }

  #locate(path: Path): Position {
    for (let length = path.length; length > 0; length--) {
      const place = this.#places.get(keyOf(path.slice(0, length)));
      if (place !== undefined) return place();
    }
    return beginningOf(this.#imported.sources[0]?.id ?? "");
  }
}
