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
  // Of contracts whose sheet has no column for suppliers, nobody says that nothing came of them.
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
