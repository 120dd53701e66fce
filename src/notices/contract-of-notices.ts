import { addUnder } from "../model/add-under.ts";
import { compareNatural } from "../model/fold.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import type { Contract } from "../records/contract.ts";
import type { Publication } from "../records/history.ts";
import { ContractFold, changedBy } from "./contract-fold.ts";
import type { Notice } from "./notice.ts";

type Notices = readonly [Notice, ...Notice[]];

/** What a notice has in common with those that belong together with it. */
export const procedureOf = ({ procedure, publication }: Notice): string => procedure ?? publication.id;

/** The contracts of notices, in the order in which their procedures were first read. */
export const contractsOfNotices = (notices: readonly Notice[]): readonly Contract[] => {
  const groups = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices) {
    addUnder(groups, procedureOf(notice), notice);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    const together = others.length === 0 ? undefined : first.together?.([first, ...others]);
    return together ?? contractsOfProcedure([first, ...others]);
  });
};

/** The contract that notices of one procedure state together, whatever is called off under it. */
export const contractOfNotices = (notices: Notices): Contract =>
  contractsOfProcedure(notices)[0] ?? notices[0].contract;

/**
 * What notices of one procedure state together (T12), under the id that the oldest of them gives it: a change takes the
 * place of what it changes, a further award adds, a modification modifies. Each call-off is a contract of its own.
 */
const contractsOfProcedure = (notices: Notices): readonly Contract[] => {
  const [only, ...others] = inOrder(notices);
  if (others.length === 0 && only.role === "award") return [withHistory(only.contract, [only.publication])];
  const statements = statementsOf([only, ...others]);
  const history = statements.flatMap(({ publications }) => publications).sort(comparePublications);
  const own = statements.filter(({ role }) => role !== "call-off");
  const contract = contractOf(own);
  const callOffs = statements.filter(({ role }) => role === "call-off");
  const named = new Set(own.flatMap(({ publications }) => publications.map(({ id }) => id)));
  const withFramework = (callOff: Statement): Contract => {
    const { callOffOf } = callOff.contract;
    const isHere = contract !== undefined && callOffOf !== undefined && named.has(callOffOf);
    return { ...callOff.contract, publications: callOff.publications, ...(isHere && { callOffOf: contract.id }) };
  };
  return [...(contract === undefined ? [] : [{ ...contract, publications: history }]), ...callOffs.map(withFramework)];
};

const withHistory = (contract: Contract, publications: readonly Publication[]): Contract =>
  contract.publications.length > 0 ? contract : { ...contract, publications };

/** The oldest first, each publication once. */
const inOrder = (notices: Notices): Notices => {
  const sorted = [...notices].sort((a, b) => comparePublications(a.publication, b.publication));
  const each = sorted.filter(({ publication }, index) => !isSame(publication, sorted[index - 1]?.publication));
  const [first = notices[0], ...later] = each;
  return [first, ...later];
};

const isSame = (a: Publication, b: Publication | undefined): boolean => a.id === b?.id && a.version === b.version;

/** By date, those without one first; of one day by version; then by what does not depend on the order of reading. */
const comparePublications = (a: Publication, b: Publication): number =>
  compareDates(a.date, b.date) ||
  compareNatural(a.version ?? "", b.version ?? "") ||
  compareNatural(a.id, b.id) ||
  compareNatural(a.file ?? "", b.file ?? "");

const compareDates = (a: Publication["date"], b: Publication["date"]): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return comparePartialDates(a, b);
};

/** What a notice states, with the changes that took its place. */
interface Statement {
  readonly contract: Contract;
  readonly role: Notice["role"];
  /** The oldest first. */
  readonly publications: readonly Publication[];
}

/** What stands of notices once each change has taken the place of what it changes. */
const statementsOf = (notices: Notices): readonly Statement[] => {
  const replaced = new Map<Notice, Notice>();
  const finalOf = (notice: Notice): Notice => {
    let at = notice;
    for (let next = replaced.get(at); next !== undefined; next = replaced.get(at)) at = next;
    return at;
  };
  const named = namedBy(notices);
  const versions = new Map<string, Notice>();
  for (const notice of notices) {
    const { id } = notice.publication;
    const own = notice.noticeId ?? id;
    const target = named.get(notice.changes ?? "") ?? versions.get(own);
    const before = target && finalOf(target);
    if (before !== undefined && before !== finalOf(notice)) replaced.set(before, notice);
    versions.set(own, notice);
  }
  const chains = new Map<Notice, Notice[]>();
  for (const notice of notices) {
    const last = finalOf(notice);
    addUnder(chains, last, notice);
  }
  return [...chains].map(([last, chain]) => statementOf(last, chain));
};

/** Notices by all that others may call them by. */
const namedBy = (notices: Notices): ReadonlyMap<string, Notice> => {
  const named = new Map<string, Notice>();
  for (const notice of notices) {
    const { noticeId, publication } = notice;
    const versioned = noticeId && publication.version && `${noticeId}-${publication.version}`;
    for (const name of [publication.id, noticeId, versioned]) if (name && !named.has(name)) named.set(name, notice);
  }
  return named;
};

const statementOf = (last: Notice, chain: readonly Notice[]): Statement => {
  const [first = last, ...later] = [...chain.filter((notice) => notice !== last), last];
  const contract = later.reduce((before, { contract: anew }) => changedBy(before, anew), first.contract);
  const changed = { did: `changes ${first.publication.id}` };
  return {
    contract: { ...contract, id: first.contract.id },
    role: last.role,
    publications: chain.map(({ publication, role }) =>
      publication === first.publication ? { ...publication, did: DID[role] } : { ...publication, ...changed },
    ),
  };
};

const DID: Readonly<Record<Notice["role"], string>> = {
  award: "awards",
  modification: "modifies",
  "call-off": "calls off",
};

/** The contract that awards and modifications come to; awards before modifications, which may be dated alike. */
const contractOf = (statements: readonly Statement[]): Contract | undefined => {
  const awards = statements.filter(({ role }) => role === "award");
  const modifications = statements.filter(({ role }) => role === "modification");
  const [first, ...others] = awards.length > 0 ? awards : modifications;
  if (first === undefined) return undefined;
  const fold = new ContractFold(first.contract, first.role === "modification");
  for (const { contract, role } of awards.length > 0 ? others : []) if (role === "award") fold.award(contract);
  for (const { contract } of awards.length > 0 ? modifications : others) fold.modify(contract);
  return fold.finish();
};
