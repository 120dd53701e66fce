import type { Preference } from "../../model/claim.ts";
import { bareCompanyName } from "../../model/company-name.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { appearance } from "../../model/look-alikes.ts";
import { SimilarNames } from "../../model/similar-names.ts";
import type { Supplier } from "../../records/supplier.ts";
import { nameOf } from "../views.ts";
import { checkLetters } from "./look-alikes.ts";

interface Named {
  readonly supplier: Supplier;
  readonly name: string;
  readonly position: () => Position;
}

const namesOf = (supplier: Supplier): readonly Named[] => {
  const named = (name: string, path: readonly (string | number)[]): Named => ({
    supplier,
    name,
    position: () => supplier.origin.locate(path),
  });
  return [
    ...supplier.name.map(({ value }) => named(value, ["name"])),
    ...supplier.aliases.map((alias, index) => named(alias, ["aliases", index])),
  ];
};

/** Whether two suppliers are known to be two: by their legal ids, or because one was merged into the other. */
const areTwo = (a: Supplier, b: Supplier): boolean => {
  if (a.legalId !== undefined && b.legalId !== undefined && a.legalId !== b.legalId) return true;
  const becomes = (from: Supplier, to: Supplier) =>
    from.successions.some((succession) => succession.kind === "merged" && succession.successor() === to);
  return becomes(a, b) || becomes(b, a);
};

/** Looks through suppliers one after the other for names that are taken, or all but taken, by one before (T2, N5). */
export class SupplierNames {
  readonly #similar = new SimilarNames<Named>();
  readonly #looks = new Map<string, Named>();
  readonly #legalIds = new Map<string, Supplier>();
  readonly #preference: Preference;

  constructor(preference: Preference) {
    this.#preference = preference;
  }

  check(supplier: Supplier): readonly Finding[] {
    const names = namesOf(supplier);
    const findings = [
      ...names.flatMap(({ name, position }) => checkLetters(`supplier ${supplier.id}: its name`, name, position)),
      ...this.#checkLegalId(supplier),
      ...this.#checkNames(supplier, names),
    ];
    for (const named of names) this.#remember(named);
    return findings;
  }

  #remember(named: Named): void {
    const look = fold(appearance(named.name));
    this.#similar.add(bareCompanyName(named.name), named);
    if (!this.#looks.has(look)) this.#looks.set(look, named);
  }

  /** One finding for each other supplier that it is like. */
  #checkNames(supplier: Supplier, names: readonly Named[]): readonly Finding[] {
    const reported = new Set<Supplier>();
    const findings: Finding[] = [];
    for (const named of names) {
      for (const { rule, other } of this.#like(named)) {
        if (reported.has(other.supplier) || areTwo(supplier, other.supplier)) continue;
        reported.add(other.supplier);
        findings.push(this.#finding(rule, named, other));
      }
    }
    return findings;
  }

  #like({ name }: Named): readonly { readonly rule: "N5-lookalike" | "T2-near"; readonly other: Named }[] {
    const twin = this.#looks.get(fold(appearance(name)));
    const looks = twin !== undefined && fold(twin.name) !== fold(name) ? [twin] : [];
    return [
      ...looks.map((other) => ({ rule: "N5-lookalike", other }) as const),
      // One and the same name of two suppliers is a mistake that the reader of a register reports.
      ...this.#similar
        .like(bareCompanyName(name))
        .filter((other) => other.name !== name)
        .map((other) => ({ rule: "T2-near", other }) as const),
    ];
  }

  #finding(rule: "N5-lookalike" | "T2-near", { supplier, name, position }: Named, other: Named): Finding {
    const is = rule === "T2-near" ? "is all but" : "looks like, and is not,";
    const message = `supplier ${supplier.id}: its name "${name}" ${is} "${other.name}", a name of ${other.supplier.id}`;
    const hint = `if they are one supplier, keep ${other.supplier.id} with aliases: [${name}]`;
    return findingOf(rule, message, position(), hint);
  }

  #checkLegalId(supplier: Supplier): readonly Finding[] {
    if (supplier.legalId === undefined) return [];
    const country = this.#preference.value(supplier.country) ?? "";
    const key = `${country} ${supplier.legalId.replace(/[^\p{L}\p{N}]/gu, "")}`;
    const other = this.#legalIds.get(key);
    if (other === undefined) this.#legalIds.set(key, supplier);
    if (other === undefined) return [];
    const message = `supplier ${supplier.id} (${nameOf(supplier, this.#preference)}) has the legal id ${supplier.legalId}, as ${other.id} (${nameOf(other, this.#preference)}) has`;
    const hint = `if they are one supplier, keep one of them with aliases: [${nameOf(supplier, this.#preference)}]`;
    return [findingOf("T2-legal", message, supplier.origin.locate(["legalId"]), hint)];
  }
}
