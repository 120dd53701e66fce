import type { Preference } from "../../model/claim.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import type { Register } from "../../records/register.ts";
import type { Source } from "../../records/source.ts";
import type { Succession, Supplier } from "../../records/supplier.ts";
import { supplierFacts } from "../facts.ts";
import { nameOf } from "../views.ts";
import { claimed, contentOf, type Item, plain, plainText, plainTexts } from "./item.ts";
import { type Renames, renamed, renamesAmong, withoutOthers } from "./renames.ts";

const sourceItem = (source: Source): Item => ({
  kind: "source",
  id: source.id,
  name: source.id,
  statements: [
    ...plainText("title", source.title),
    ...plainText("publisher", source.publisher),
    ...plainText("reference", source.reference),
    ...plain("date", source.date && { type: "date", value: source.date }),
    ...plainText("language", source.language),
    ...plainText("url", source.url),
    ...plainText("locator", source.locator),
    ...plainText("note", source.note),
  ],
  gist: () => ({ type: "text", value: source.title }),
});

const successionText = (succession: Succession): string => {
  const date = formatPartialDate(succession.date);
  if (succession.kind === "renamed") return `renamed ${date} from ${succession.from}`;
  return succession.kind === "merged" ? `merged ${date} into ${succession.into}` : `left ${date}`;
};

const supplierItem = (supplier: Supplier, preference: Preference): Item => ({
  kind: "supplier",
  id: supplier.id,
  name: supplier.id,
  statements: [
    ...supplierFacts(supplier, preference).flatMap(claimed),
    ...plainText("kind", supplier.kind),
    ...plainTexts("aliases", [...supplier.aliases].sort()),
    ...plainText("legalId", supplier.legalId),
    ...plainTexts("successions", supplier.successions.map(successionText)),
    ...plainText("note", supplier.note),
  ],
  gist: () => ({ type: "text", value: nameOf(supplier, preference) }),
});

/** What a register says besides its contracts: sources, suppliers, queries, and what it asks to ignore. */
export const registerItems = ({ sources, suppliers, queries, ignores, preference }: Register): readonly Item[] => [
  ...sources.map(sourceItem),
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
