import type { Preference } from "../model/claim.ts";
import { bareCompanyName } from "../model/company-name.ts";
import { editsBetween } from "../model/edits.ts";
import { compareNatural, fold } from "../model/fold.ts";
import { type Selection, select } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { column, hidden, NOTHING_TO_ADD, type Report, reportLater } from "./report.ts";
import { lotRef, nameOf } from "./views.ts";

/** Suppliers that may be one; the first five of its columns are named as in a register, for a file of aliases. */
export interface SimilarRow {
  /** An id for the one supplier that they may be. */
  readonly supplier: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly country: string | undefined;
  readonly legalId: string | undefined;
  /** How many suppliers would be one. */
  readonly candidates: number;
  readonly lots: number;
  readonly evidence: readonly string[];
}

export const SIMILAR_COLUMNS = [
  hidden(column.id<SimilarRow>("supplier", "Id", "The supplier's id.", (row) => row.supplier)),
  column.text<SimilarRow>(
    "name",
    "Supplier",
    "The supplier's name, as the preferred source writes it.",
    (row) => row.name,
  ),
  column.texts<SimilarRow>("aliases", "Aliases", "Its other names.", (row) => row.aliases),
  hidden(
    column.text<SimilarRow>(
      "country",
      "Country",
      "Where a supplier or a member of it comes from.",
      (row) => row.country,
    ),
  ),
  hidden(
    column.text<SimilarRow>(
      "legalId",
      "Legal id",
      "Its number in a public register of companies.",
      (row) => row.legalId,
    ),
  ),
  column.count<SimilarRow>("candidates", "Candidates", "How many suppliers may be this one.", (row) => row.candidates),
  column.count<SimilarRow>("lots", "Lots", "How many of the selected lots.", (row) => row.lots),
  column.texts<SimilarRow>("evidence", "Evidence", "What speaks for it, and against it.", (row) => row.evidence),
] as const;

/** A supplier as the selected lots have it. */
interface Candidate {
  readonly supplier: Supplier;
  readonly name: string;
  readonly bare: string;
  readonly country: string | undefined;
  readonly lots: Set<string>;
}

/**
 * Suppliers of the selected lots whose names are alike: equal but for case, accents, punctuation and legal form, or
 * nearly so. That they are one is for people to say: equal names alone prove nothing (T2).
 */
export const similarSuppliers = (register: Register, selection: Selection = {}): Report<SimilarRow> =>
  reportLater(SIMILAR_COLUMNS, async () => {
    const groups = groupsOf(await candidatesOf(register, selection));
    const ids = new Set<string>();
    return { rows: groups.map((group) => rowOf(group, ids)), closing: NOTHING_TO_ADD };
  });

const candidatesOf = async (register: Register, selection: Selection): Promise<readonly Candidate[]> => {
  const { preference } = register;
  const candidates = new Map<string, Candidate>();
  for await (const batch of select(register, selection, "seat")) {
    for (const { contract, lots } of batch) {
      for (const { lot, matching } of lots) {
        for (const supplier of matching) {
          const candidate = candidates.get(supplier.id) ?? candidateOf(supplier, preference);
          candidates.set(supplier.id, candidate);
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
  return { supplier, name, bare: bareCompanyName(name), country, lots: new Set() };
};

type Group = readonly [Candidate, ...Candidate[]];

/** Groups of two and more, by name. */
const groupsOf = (candidates: readonly Candidate[]): readonly Group[] => {
  const sorted = [...candidates].sort((a, b) => compareTexts(a.bare, b.bare) || byWeight(a, b));
  const groupOf = new Map<Candidate, [Candidate, ...Candidate[]]>();
  for (const [index, candidate] of sorted.entries()) {
    const before = sorted.slice(Math.max(0, index - MOST_NEIGHBOURS), index);
    const near = before.findLast((other) => areAlike(candidate, other));
    const group = near && groupOf.get(near);
    groupOf.set(candidate, group ?? [candidate]);
    group?.push(candidate);
  }
  return [...new Set(groupOf.values())].filter(({ length }) => length > 1);
};

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names that begin alike stand together; so many before it are looked at. */
const MOST_NEIGHBOURS = 50;

const areAlike = (a: Candidate, b: Candidate): boolean => {
  if (a.bare === b.bare) return true;
  if (a.country !== undefined && b.country !== undefined && a.country !== b.country) return false;
  return editsBetween(a.bare, b.bare, mostLetters(a.bare)) !== undefined && digitsOf(a.bare) === digitsOf(b.bare);
};

const digitsOf = (text: string): string => text.replace(/\P{N}/gu, "");

/** How many letters may differ in a name: in short ones each tells. */
const mostLetters = ({ length }: string): number => (length < 8 ? 0 : length < 16 ? 1 : 2);

const rowOf = ([first, ...rest]: Group, ids: Set<string>): SimilarRow => {
  const head = rest.reduce((best, other) => (byWeight(other, best) < 0 ? other : best), first);
  const group = [first, ...rest];
  const others = group.filter((candidate) => candidate !== head).sort(byWeight);
  const id = freeId(head.name, ids);
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

/** An id made of a name, that no other has. */
const freeId = (name: string, taken: Set<string>): string => {
  const word = fold(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const base = word === "" ? "supplier" : word;
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  taken.add(id);
  return id;
};

const evidenceFor = (head: Candidate, other: Candidate): string => {
  const [mine, theirs] = [head.supplier.legalId, other.supplier.legalId];
  const parts = [
    likenessOf(head, other),
    countriesOf(head, other),
    mine !== undefined && theirs !== undefined ? "legal ids differ" : undefined,
  ];
  return `${other.name}: ${parts.filter((part) => part !== undefined).join(", ")}`;
};

/** Each of a group is like some other of it, which need not be the first: so many letters are counted between them. */
const MOST_COUNTED = 20;

const likenessOf = (a: Candidate, b: Candidate): string => {
  if (a.name === b.name) return "same name";
  if (a.bare === b.bare) return "same but for case, accents, punctuation or legal form";
  const letters = editsBetween(a.bare, b.bare, MOST_COUNTED);
  if (letters === undefined) return `more than ${MOST_COUNTED} letters differ`;
  return `${letters} letter${letters === 1 ? " differs" : "s differ"}`;
};

const countriesOf = (a: Candidate, b: Candidate): string | undefined => {
  if (a.country === undefined || b.country === undefined) return undefined;
  return a.country === b.country ? `both ${a.country}` : `${a.country} and ${b.country}`;
};
