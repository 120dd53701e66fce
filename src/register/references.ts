import { type Attribution, UNATTRIBUTED } from "../model/claim.ts";
import { madeUnder } from "../model/lists.ts";
import { didYouMean, nearest } from "../model/nearest.ts";
import { type Problem, Recalled, type References } from "../records/codec.ts";
import type { Source } from "../records/source.ts";
import { namesOf, type Supplier } from "../records/supplier.ts";

/** For how many unknown names to look for similar ones. Each search goes through all known names. */
const MOST_LOOKED_FOR = 100;

/** How many attributions to remember: in registers made of notices, each contract has its own. */
const MOST_REMEMBERED = 5000;

/** Suggests known names that are near to unknown ones, but only for the first of many. */
class Hints {
  readonly #near = new Map<string, readonly string[]>();

  /** Suggests what was meant by a word, or gives `otherwise` where nothing is near. */
  for(word: string, candidates: () => Iterable<string>, otherwise: string): string {
    const near = this.#near.get(word) ?? (this.#near.size < MOST_LOOKED_FOR ? nearest(word, candidates()) : []);
    if (this.#near.size < MOST_LOOKED_FOR) this.#near.set(word, near);
    return didYouMean(near.map((candidate) => `"${candidate}"`)) ?? otherwise;
  }
}

interface SharedName {
  readonly name: string;
  readonly first: Supplier;
  readonly second: Supplier;
}

/**
 * The sources and suppliers of all files of a register, by id, and suppliers by name and alias, too (exactly, N5).
 * An id takes precedence over a name. What was looked up once is remembered, for registers with many contracts.
 */
export class ReferenceTable implements References {
  readonly #sources = new Map<string, Source>();
  readonly #suppliersById = new Map<string, Supplier>();
  readonly #suppliersByName = new Map<string, Supplier>();
  readonly #sharedNames = new Map<string, SharedName>();
  readonly #attributions = new Map<string, Attribution>();
  readonly #sourceHints = new Hints();
  readonly #supplierHints = new Hints();
  #recalled: Recalled<Supplier> | undefined;

  get sources(): readonly Source[] {
    return [...this.#sources.values()];
  }

  get suppliers(): readonly Supplier[] {
    return [...this.#suppliersById.values()];
  }

  get recalled(): Recalled<Supplier> {
    this.#recalled ??= new Recalled();
    return this.#recalled;
  }

  /** A copy, to which more can be added without changing this one. */
  copy(): ReferenceTable {
    const copy = new ReferenceTable();
    for (const [id, source] of this.#sources) copy.#sources.set(id, source);
    for (const [id, supplier] of this.#suppliersById) copy.#suppliersById.set(id, supplier);
    for (const [name, supplier] of this.#suppliersByName) copy.#suppliersByName.set(name, supplier);
    for (const [name, shared] of this.#sharedNames) copy.#sharedNames.set(name, shared);
    return copy;
  }

  addSource(source: Source): Source | undefined {
    const earlier = this.#sources.get(source.id);
    if (earlier === undefined) this.#sources.set(source.id, source);
    return earlier;
  }

  addSupplier(supplier: Supplier): Supplier | undefined {
    const earlier = this.#suppliersById.get(supplier.id);
    if (earlier === undefined) this.#suppliersById.set(supplier.id, supplier);
    this.#recalled = undefined;
    return earlier;
  }

  /**
   * Indexes the suppliers by their names, and returns the names that clash. Two suppliers may have the same name, as
   * long as no record refers to them by it. But an alias exists to be referred to, so it must not be another supplier's
   * name or id.
   */
  indexNames(): SharedName[] {
    const clashes: SharedName[] = [];
    const namesGiven = new Map<Supplier, ReadonlySet<string>>();
    const calledBy = (supplier: Supplier): ReadonlySet<string> =>
      madeUnder(namesGiven, supplier, () => new Set(supplier.name.map(({ value }) => value)));
    for (const supplier of this.#suppliersById.values()) {
      for (const name of namesOf(supplier)) {
        const other = this.#suppliersById.get(name) ?? this.#suppliersByName.get(name);
        if (other === undefined) this.#suppliersByName.set(name, supplier);
        if (other === undefined || other === supplier) continue;
        const shared = { name, first: other, second: supplier };
        const alike = other.id !== name && calledBy(supplier).has(name) && calledBy(other).has(name);
        if (alike) this.#sharedNames.set(name, shared);
        else clashes.push(shared);
      }
    }
    return clashes;
  }

  attribution(text: string): Attribution | Problem {
    const known = this.#attributions.get(text);
    if (known !== undefined) return known;
    const source = this.#sourceIn(text);
    if (source === undefined) {
      const [first = ""] = text.split(/[ #]/);
      const declare = `declare it: sources: [{ source: ${first}, title: … }]`;
      return {
        rule: "F8",
        problem: `there is no source "${first}"`,
        hint: this.#sourceHints.for(first, () => this.#sources.keys(), declare),
      };
    }
    const place = text.slice(source.length + 1).trim();
    const attribution = { source, locator: place === "" ? undefined : place };
    if (this.#attributions.size < MOST_REMEMBERED) this.#attributions.set(text, attribution);
    return attribution;
  }

  /** The longest beginning of a text, before a space or #, that is a source's id. */
  #sourceIn(text: string): string | undefined {
    let end = text.length;
    while (end > 0 && !this.#sources.has(text.slice(0, end)))
      end = Math.max(text.lastIndexOf(" ", end - 1), text.lastIndexOf("#", end - 1));
    return end > 0 ? text.slice(0, end) : undefined;
  }

  /** The supplier with an id or a name, or `several` where suppliers share the name. Reports nothing. */
  supplierNamed(name: string): Supplier | "several" | undefined {
    return this.supplier(name) ?? (this.#sharedNames.has(name) ? "several" : undefined);
  }

  /** Suggests names and ids that are near to one that nobody has. Undefined where there are none. */
  supplierHint(reference: string): string | undefined {
    const hint = this.#supplierHints.for(reference, () => this.#supplierNames(), "");
    return hint === "" ? undefined : hint;
  }

  #supplierNames(): readonly string[] {
    return [...this.#suppliersById.keys(), ...this.#suppliersByName.keys()];
  }

  readonly supplier = (reference: string): Supplier | undefined => {
    const byId = this.#suppliersById.get(reference);
    // The supplier itself is not looked at, because that may mean waiting for memory.
    if (byId !== undefined) return byId;
    return this.#sharedNames.has(reference) ? undefined : this.#suppliersByName.get(reference);
  };

  noSupplier(reference: string): Problem {
    const shared = this.#sharedNames.get(reference);
    if (shared !== undefined) {
      const { name, first, second } = shared;
      const problem = `"${name}" names both ${first.id} and ${second.id}`;
      return { rule: "T2-alias", problem, hint: "name the supplier by its id" };
    }
    const declare = `declare it: suppliers: [{ supplier: ${reference}, name: … }]`;
    return {
      rule: "F8",
      problem: `there is no supplier "${reference}"`,
      hint: this.#supplierHints.for(reference, () => this.#supplierNames(), declare),
    };
  }
}

/** References for records that may name none. */
export const NO_REFERENCES: References = {
  attribution: () => UNATTRIBUTED,
  supplier: () => undefined,
  recalled: new Recalled(),
  noSupplier: (reference) => ({
    rule: "F8",
    problem: `no supplier can be named here: "${reference}"`,
  }),
};
