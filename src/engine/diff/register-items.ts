import type { Preference } from "../../model/claim.ts";
import type { Register } from "../../records/register.ts";
import { type Source, sourceCodec } from "../../records/source.ts";
import { type Supplier, supplierCodec } from "../../records/supplier.ts";
import { supplierFacts } from "../facts.ts";
import { nameOf } from "../views.ts";
import { claimed, contentOf, type Item, type Names, plainText, statedPlainly } from "./item.ts";
import { type Renames, renamed, renamesAmong, withoutOthers } from "./renames.ts";

/** What a register says besides its contracts is under the ids that it has. */
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
  ...[...queries].map(
    ([id, find]): Item => ({
      kind: "query",
      id,
      name: id,
      statements: plainText("find", find),
      gist: () => ({ type: "text", value: find }),
    }),
  ),
  ...ignores.map(({ rule, contract, supplier, reason }): Item => {
    const name = [rule, contract, supplier].filter((part) => part !== undefined).join(" ");
    const statements = plainText("reason", reason);
    return { kind: "ignored rule", id: name, name, statements, gist: () => ({ type: "text", value: reason }) };
  }),
];

/** Which suppliers have another id now, with nothing else changed. */
export const renamedSuppliers = (before: readonly Item[], after: readonly Item[]): Renames => {
  const suppliersOf = (items: readonly Item[]) =>
    items.flatMap((item) => (item.kind === "supplier" ? [{ id: item.id, content: contentOf(item) }] : []));
  const [old, now] = [suppliersOf(before), suppliersOf(after)];
  return renamesAmong(withoutOthers(old, now), withoutOthers(now, old));
};

/** The same items under the ids that suppliers have now. */
export const withSuppliersNow = (items: readonly Item[], suppliers: Renames): readonly Item[] =>
  items.map((item) => (item.kind === "supplier" ? { ...item, id: renamed(item.id, suppliers) } : item));
