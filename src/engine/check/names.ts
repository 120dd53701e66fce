import type { Preference } from "../../model/claim.ts";
import { companyKeys, legalIdKey } from "../../model/company-name.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { codeOf, hiddenIn, withoutHidden } from "../../model/hidden-characters.ts";
import { madeUnder } from "../../model/lists.ts";
import { appearance, hiddenLetters, latinLookAlike, SimilarNames } from "../../model/similar-names.ts";
import type { Contract } from "../../records/contract.ts";
import type { Supplier } from "../../records/supplier.ts";
import { nameOf } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

const describe = (letter: string): string => {
  const script = /\p{Script=Greek}/u.test(letter)
    ? "Greek"
    : /\p{Script=Cyrillic}/u.test(letter)
      ? "Cyrillic"
      : "foreign";
  return `${script} ${letter} (${codeOf(letter)}), which looks like ${latinLookAlike(letter)}`;
};

const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const describeHidden = (char: string): string => {
  if (DIRECTION.test(char)) return `${codeOf(char)}, which moves what stands beside it`;
  if (/\p{M}/u.test(char) && withoutHidden(char) !== "") return `${codeOf(char)}, a mark too many on one letter`;
  return `${codeOf(char)}, which shows nothing`;
};

const isLayout = (char: string): boolean => char === "\n" || char === "\r" || char === "\t";

const foundIn = (what: string, text: string, described: readonly string[]): string =>
  `${what} "${text}" has ${described.join(", and ")}`;

/** Finds characters in a text that cannot be seen, or that move others (N5). */
const checkHidden = (what: string, text: string, place: () => Position): readonly Finding[] => {
  const hidden = hiddenIn(text).filter((char) => !isLayout(char));
  if (hidden.length === 0) return [];
  const message = foundIn(what, text, hidden.map(describeHidden));
  return [findingOf("N5-hidden", message, place(), "write it without them")];
};

/** Finds characters in a name that cannot be seen, and letters of another script among Latin ones (N5). */
const checkLetters = (what: string, text: string, place: () => Position): readonly Finding[] => {
  const hidden = checkHidden(what, text, place);
  const letters = [...new Set(hiddenLetters(text))];
  if (letters.length === 0) return hidden;
  const message = foundIn(what, text, letters.map(describe));
  return [findingOf("N5-lookalike", message, place(), "write it with letters of one script"), ...hidden];
};

/** Remembers texts, to find those that differ only by characters that cannot be seen (N5). */
class Spellings {
  readonly #byLook = new Map<string, string[]>();

  /** A finding for each spelling but the first. Each is told once. */
  check(what: string, text: string, place: () => Position): readonly Finding[] {
    const look = withoutHidden(text);
    const spellings = this.#byLook.get(look);
    if (spellings === undefined) this.#byLook.set(look, [text]);
    if (spellings === undefined || spellings.includes(text)) return [];
    spellings.push(text);
    const message = `${what} "${text}" differs only by hidden characters from "${spellings[0]}"`;
    return [findingOf("N5-hidden", message, place(), "write both alike if they are one")];
  }
}

const buyersOf = (contract: Contract) => [
  ...(["buyer", "coordinator"] as const).flatMap((field) =>
    (contract[field] ?? []).map(({ value }) => ({ field, what: `its ${field}`, name: value })),
  ),
  ...(["jointBuyers", "users"] as const).flatMap((field) =>
    (contract[field] ?? []).flatMap(({ value }) => value.map((name) => ({ field, what: field, name }))),
  ),
];

/** Looks through contracts for ids, lots and buyers that differ only by characters that cannot be seen. */
export class ContractNames {
  readonly #buyers = new Spellings();
  readonly #ids = new Spellings();

  check(contract: Contract): readonly Finding[] {
    const { id, lots, origin } = contract;
    const inLots = new Spellings();
    // Most ids are plain ASCII, and to remember those of a million contracts takes memory.
    const ids = /[^\x00-\x7f]/.test(id) ? this.#ids.check("contract id", id, () => origin.locate(["contract"])) : [];
    return [
      ...ids,
      ...lots.flatMap((lot, index) =>
        inLots.check(`${id}: lot id`, lot.id, () => origin.locate(["lots", index, "lot"])),
      ),
      ...buyersOf(contract).flatMap(({ field, what, name }) =>
        this.#buyers.check(`${id}: ${what}`, name, () => origin.locate([field])),
      ),
    ];
  }
}

const checkParts = (contract: Contract, what: "lot" | "group"): readonly Finding[] => {
  const list = `${what}s` as const;
  return contract[list].flatMap(({ id, title = "" }, index) => {
    const place = (key: string) => () => contract.origin.locate([list, index, key]);
    return [
      ...checkHidden(`${contract.id}: ${what} id`, id, place(what)),
      ...checkHidden(`${contract.id}: ${what} ${id}: its title`, title, place("title")),
    ];
  });
};

export const checkContractLetters: ContractRule = (contract) => {
  const { id, title = "", origin } = contract;
  return [
    ...checkHidden("contract id", id, () => origin.locate(["contract"])),
    ...checkLetters(`${id}: its title`, title, () => origin.locate(["title"])),
    ...buyersOf(contract).flatMap(({ field, what, name }) =>
      checkLetters(`${id}: ${what}`, name, () => origin.locate([field])),
    ),
    ...checkParts(contract, "lot"),
    ...checkParts(contract, "group"),
  ];
};

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

/** How a name resembles that of another supplier. */
type Likeness = "N5-hidden" | "N5-lookalike" | "T2-near";

const IS: Readonly<Record<Likeness, string>> = {
  "N5-hidden": "is, apart from hidden characters, almost the same as",
  "N5-lookalike": "looks like, but is not,",
  "T2-near": "is almost the same as",
};

/** Whether two names differ by characters that cannot be seen, and otherwise by case and accents at most. */
const differUnseen = (a: string, b: string): boolean =>
  fold(withoutHidden(a)) === fold(withoutHidden(b)) && unseenIn(a) !== unseenIn(b);

/** The characters of a name that cannot be seen, joiners included. */
const unseenIn = (name: string): string => {
  const seen = new Set(withoutHidden(name));
  return [...name].filter((char) => !seen.has(char)).join("");
};

/** Whether two suppliers are known to be different: by their legal ids, or because one was merged into the other. */
const areTwo = (a: Supplier, b: Supplier, likeness: Likeness): boolean => {
  // Whoever takes a name that cannot be told from another's may well have a legal id of its own.
  const areNumbered = a.legalId !== undefined && b.legalId !== undefined;
  if (likeness !== "N5-hidden" && areNumbered && legalIdKey(a.legalId) !== legalIdKey(b.legalId)) return true;
  const becomes = (from: Supplier, to: Supplier) =>
    from.successions.some((succession) => succession.kind === "merged" && succession.successor() === to);
  return becomes(a, b) || becomes(b, a);
};

const lookOf = (name: string): string => fold(appearance(withoutHidden(name)));

/**
 * How a name resembles another one that looks the same. Empty where only case and accents differ: searches ignore
 * these.
 */
const twinOf = (name: string, other: Named): readonly { readonly rule: Likeness; readonly other: Named }[] => {
  if (differUnseen(name, other.name)) return [{ rule: "N5-hidden", other }];
  return fold(other.name) === fold(name) ? [] : [{ rule: "N5-lookalike", other }];
};

/** Looks through suppliers for names that are the same, or nearly the same, as those of an earlier one (T2, N5). */
export class SupplierNames {
  readonly #similar = new SimilarNames<Named>();
  readonly #looks = new Map<string, Named>();
  readonly #ids = new Spellings();
  /** Suppliers by their country and number without leading zeros, and then by the number as it is written. */
  readonly #legalIds = new Map<string, Map<string, Supplier>>();
  readonly #preference: Preference;

  constructor(preference: Preference) {
    this.#preference = preference;
  }

  check(supplier: Supplier): readonly Finding[] {
    const names = namesOf(supplier);
    const place = () => supplier.origin.locate(["supplier"]);
    const findings = [
      ...checkHidden(`supplier ${supplier.id}: its id`, supplier.id, place),
      ...this.#ids.check(`supplier ${supplier.id}: its id`, supplier.id, place),
      ...this.#checkMembers(supplier),
      ...names.flatMap(({ name, position }) => checkLetters(`supplier ${supplier.id}: its name`, name, position)),
      ...this.#checkLegalId(supplier),
      ...this.#checkNames(supplier, names),
    ];
    for (const named of names) this.#remember(named);
    return findings;
  }

  #checkMembers(supplier: Supplier): readonly Finding[] {
    const place = () => supplier.origin.locate(["members"]);
    return (supplier.members ?? []).flatMap(({ value }) =>
      value.flatMap(({ name }) => checkHidden(`supplier ${supplier.id}: its member`, name, place)),
    );
  }

  #remember(named: Named): void {
    const look = lookOf(named.name);
    for (const key of companyKeys(named.name)) this.#similar.add(key, named);
    if (!this.#looks.has(look)) this.#looks.set(look, named);
  }

  /** One finding for each other supplier with a similar name. */
  #checkNames(supplier: Supplier, names: readonly Named[]): readonly Finding[] {
    const reported = new Set<Supplier>();
    const findings: Finding[] = [];
    for (const named of names) {
      for (const { rule, other } of this.#like(named)) {
        if (reported.has(other.supplier) || areTwo(supplier, other.supplier, rule)) continue;
        reported.add(other.supplier);
        findings.push(this.#finding(rule, named, other));
      }
    }
    return findings;
  }

  #like({ name }: Named): readonly { readonly rule: Likeness; readonly other: Named }[] {
    const twin = this.#looks.get(lookOf(name));
    return [
      ...(twin === undefined ? [] : twinOf(name, twin)),
      // The reader of a register already reports two suppliers with the same name.
      ...companyKeys(name)
        .flatMap((key) => this.#similar.like(key))
        .filter((other) => other.name !== name)
        .map((other) => ({ rule: "T2-near", other }) as const),
    ];
  }

  #finding(rule: Likeness, { supplier, name, position }: Named, other: Named): Finding {
    const message = `supplier ${supplier.id}: its name "${name}" ${IS[rule]} "${other.name}", a name of ${other.supplier.id}`;
    const hint =
      rule === "N5-hidden"
        ? `if they are one supplier, keep ${other.supplier.id} and write its name without hidden characters`
        : `if they are one supplier, keep ${other.supplier.id} with aliases: [${name}]`;
    return findingOf(rule, message, position(), hint);
  }

  #checkLegalId(supplier: Supplier): readonly Finding[] {
    if (supplier.legalId === undefined) return [];
    const country = this.#preference.value(supplier.country) ?? "";
    const key = `${country} ${legalIdKey(supplier.legalId)}`;
    const others = madeUnder(this.#legalIds, key, () => new Map<string, Supplier>());
    const written = supplier.legalId.replace(/[^\p{L}\p{N}]/gu, "");
    const same = others.get(written);
    const [[, near] = []] = others;
    if (same === undefined) others.set(written, supplier);
    const other = same ?? near;
    if (other === undefined) return [];
    const calledOf = (one: Supplier): string => `${one.id} (${nameOf(one, this.#preference)})`;
    const like =
      same === undefined ? `, the same apart from leading zeros as ${other.legalId} of` : ", which is also that of";
    const message = `supplier ${calledOf(supplier)} has the legal id ${supplier.legalId}${like} ${calledOf(other)}`;
    const hint = `if they are one supplier, keep one of them with aliases: [${nameOf(supplier, this.#preference)}]`;
    return [findingOf("T2-legal", message, supplier.origin.locate(["legalId"]), hint)];
  }
}
