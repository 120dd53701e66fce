import type { Preference } from "../model/claim.ts";
import { bareCompanyName, companyKeys, FreeIds, legalIdKey } from "../model/company-name.ts";
import { compareNatural, compareTexts } from "../model/fold.ts";
import { withoutHidden } from "../model/hidden-characters.ts";
import { addUnder, madeUnder } from "../model/lists.ts";
import { editsBetween } from "../model/similar-names.ts";
import { MEANING } from "../query/fields.ts";
import { type Selection, select } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { type Column, column, hidden, NOTHING_TO_ADD, type Report, reportLater } from "./report.ts";
import { lotRef, nameOf } from "./views.ts";

/**
 * Suppliers that may be one. The first five columns are named as in a register, so that they make a file of aliases.
 */
export interface SimilarRow {
  readonly supplier: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly country: string | undefined;
  readonly legalId: string | undefined;
  readonly candidates: number;
  readonly lots: number;
  readonly evidence: readonly string[];
}

export const SIMILAR_COLUMNS: readonly Column<SimilarRow>[] = [
  hidden(column.id("supplier", MEANING.supplier, "Id")),
  column.text("name", MEANING.name, "Supplier"),
  column.texts("aliases", MEANING.aliases),
  hidden(column.text("country", MEANING.country)),
  hidden(column.text("legalId", "Its number in a public register of companies.")),
  column.count("candidates", "How many suppliers may be this one."),
  column.count("lots", MEANING.lots),
  column.texts("evidence", "What speaks for it, and against it."),
];

interface Candidate {
  readonly supplier: Supplier;
  readonly name: string;
  readonly bare: string;
  /** Keys by which it is looked for among the others. The first is that of its whole name. */
  readonly keys: readonly string[];
  readonly country: string | undefined;
  readonly lots: Set<string>;
}

/**
 * Suppliers of the selected lots whose names are alike: equal but for case, accents, punctuation and legal form, or
 * nearly so. Whether they are one is for people to say: equal names alone prove nothing (T2).
 */
export const similarSuppliers = (register: Register, selection: Selection = {}): Report<SimilarRow> =>
  reportLater(SIMILAR_COLUMNS, async () => {
    const groups = groupsOf(await candidatesOf(register, selection));
    const ids = new FreeIds();
    return { rows: groups.map((group) => rowOf(group, ids)), closing: NOTHING_TO_ADD };
  });

const candidatesOf = async (register: Register, selection: Selection): Promise<readonly Candidate[]> => {
  const { preference } = register;
  const candidates = new Map<string, Candidate>();
  for await (const batch of select(register, selection, "seat")) {
    for (const { contract, lots } of batch) {
      for (const { lot, matching } of lots) {
        for (const supplier of matching) {
          const candidate = madeUnder(candidates, supplier.id, () => candidateOf(supplier, preference));
          candidate.lots.add(lotRef(contract, lot));
        }
      }
    }
  }
  return [...candidates.values()];
};

const candidateOf = (supplier: Supplier, preference: Preference): Candidate => {
  const name = nameOf(supplier, preference);
  const country = preference.value(supplier.country);
  return {
    supplier,
    name,
    bare: bareCompanyName(withoutHidden(name)),
    keys: companyKeys(name),
    country,
    lots: new Set(),
  };
};

type Group = readonly [Candidate, ...Candidate[]];

interface Keyed {
  readonly key: string;
  readonly candidate: Candidate;
}

const groupsOf = (candidates: readonly Candidate[]): readonly Group[] => {
  const groups = new Groups(candidates);
  const keyed = candidates.flatMap((candidate) => candidate.keys.map((key): Keyed => ({ key, candidate })));
  keyed.sort((a, b) => compareTexts(a.key, b.key) || byWeight(a.candidate, b.candidate));
  for (const [index, each] of keyed.entries()) {
    const before = keyed.slice(Math.max(0, index - MOST_NEIGHBOURS), index);
    const near = before.findLast((other) => areAlike(each, other));
    if (near !== undefined) groups.join(near.candidate, each.candidate);
  }
  const numbered = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const number = numberOf(candidate);
    const other = number === undefined ? undefined : numbered.get(number);
    if (other !== undefined) groups.join(other, candidate);
    else if (number !== undefined) numbered.set(number, candidate);
  }
  return groups.inOrderOf(keyed.map(({ candidate }) => candidate));
};

/** Its country, with its number in a public register of companies but for leading zeros, points and blanks. */
const numberOf = ({ country = "", supplier: { legalId } }: Candidate): string | undefined =>
  legalId === undefined ? undefined : `${country} ${legalIdKey(legalId)}`;

/** Groups of candidates. The smaller of two groups is added to the larger, so that each candidate moves few times. */
class Groups {
  readonly #of: Map<Candidate, Set<Candidate>>;

  constructor(candidates: readonly Candidate[]) {
    this.#of = new Map(candidates.map((candidate) => [candidate, new Set([candidate])]));
  }

  join(a: Candidate, b: Candidate): void {
    const [mine, theirs] = [this.#of.get(a), this.#of.get(b)];
    if (mine === undefined || theirs === undefined || mine === theirs) return;
    const [larger, smaller] = mine.size < theirs.size ? [theirs, mine] : [mine, theirs];
    for (const candidate of smaller) {
      larger.add(candidate);
      this.#of.set(candidate, larger);
    }
  }

  inOrderOf(candidates: readonly Candidate[]): readonly Group[] {
    const groups = new Map<Set<Candidate>, Candidate[]>();
    for (const candidate of new Set(candidates)) {
      const group = this.#of.get(candidate);
      if (group === undefined) continue;
      addUnder(groups, group, candidate);
    }
    return [...groups.values()].flatMap(([first, ...rest]): Group[] =>
      first !== undefined && rest.length > 0 ? [[first, ...rest]] : [],
    );
  }
}

/** How many names before it each is compared with. Names that begin alike stand together. */
const MOST_NEIGHBOURS = 50;

const areAlike = (a: Keyed, b: Keyed): boolean => {
  if (a.candidate === b.candidate) return false;
  if (a.key === b.key) return true;
  const [mine, theirs] = [a.candidate.country, b.candidate.country];
  if (mine !== undefined && theirs !== undefined && mine !== theirs) return false;
  return editsBetween(a.key, b.key, mostLetters(a.key)) !== undefined && digitsOf(a.key) === digitsOf(b.key);
};

const digitsOf = (text: string): string => text.replace(/\P{N}/gu, "");

/** How many letters may differ in a name. In short names, every letter matters. */
const mostLetters = ({ length }: string): number => (length < 8 ? 0 : length < 16 ? 1 : 2);

const rowOf = ([first, ...rest]: Group, ids: FreeIds): SimilarRow => {
  const head = rest.reduce((best, other) => (byWeight(other, best) < 0 ? other : best), first);
  const group = [first, ...rest];
  const others = group.filter((candidate) => candidate !== head).sort(byWeight);
  const id = ids.of(head.name);
  const aliases = [...new Set(others.map(({ name }) => name))].filter((name) => name !== head.name);
  return {
    supplier: id,
    name: head.name,
    aliases,
    country: head.country,
    legalId: head.supplier.legalId,
    candidates: group.length,
    lots: new Set(group.flatMap(({ lots }) => [...lots])).size,
    evidence: [...new Set(others.map((other) => evidenceFor(head, other)))],
  };
};

/** Those with a number in a public register first, then those that hold the most lots. */
const byWeight = (a: Candidate, b: Candidate): number =>
  Number(b.supplier.legalId !== undefined) - Number(a.supplier.legalId !== undefined) ||
  b.lots.size - a.lots.size ||
  compareNatural(a.supplier.id, b.supplier.id);

const evidenceFor = (head: Candidate, other: Candidate): string => {
  const parts = [likenessOf(head, other), countriesOf(head, other), numbersOf(head, other)];
  return `${other.name}: ${parts.filter((part) => part !== undefined).join(", ")}`;
};

const numbersOf = ({ supplier: { legalId: mine } }: Candidate, { supplier: { legalId: theirs } }: Candidate) => {
  if (mine === undefined || theirs === undefined) return undefined;
  if (mine === theirs) return "same legal id";
  return legalIdKey(mine) === legalIdKey(theirs)
    ? "legal ids differ by leading zeros or signs only"
    : "legal ids differ";
};

/**
 * How many differing letters are counted. There may be many: each candidate is like some other of its group, which need
 * not be the one that it is compared with here.
 */
const MOST_COUNTED = 20;

const likenessOf = (a: Candidate, b: Candidate): string => {
  if (a.name === b.name) return "same name";
  if (withoutHidden(a.name) === withoutHidden(b.name)) return "same but for characters that cannot be seen";
  if (a.bare === b.bare) return "same but for case, accents, punctuation or legal form";
  if (a.keys[0] === b.keys[0]) return "same but for umlauts written out, or a leading The";
  if (a.keys.some((key) => b.keys.includes(key))) return "one of several names is the same";
  const letters = editsBetween(a.bare, b.bare, MOST_COUNTED);
  if (letters === undefined) return `more than ${MOST_COUNTED} letters differ`;
  return `${letters} letter${letters === 1 ? " differs" : "s differ"}`;
};

const countriesOf = (a: Candidate, b: Candidate): string | undefined => {
  if (a.country === undefined || b.country === undefined) return undefined;
  return a.country === b.country ? `both ${a.country}` : `${a.country} and ${b.country}`;
};
