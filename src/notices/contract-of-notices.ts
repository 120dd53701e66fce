/**
 * A contract is the sum of its notices: they are grouped by their procedures and by what they modify, and each change
 * takes the place of what it changes. `ContractFold` then takes the rest step by step: awards, then modifications, then
 * completions, whatever their dates. Last, what was announced fills in what none of them states. OCDS and DECP put
 * their own notices together, because their releases mean nothing until they are merged. Call-offs stay contracts of
 * their own: `register/call-offs.ts` finds their frameworks, in whatever file. Each lot keeps the times that its own
 * notices state (`lot-times.ts`). `test/notices/families.test.ts` plays whole lives of contracts at random against a
 * model. Tests beside it do so for TED, for DECP and for the terms of lots.
 */

import { DisjointSets } from "../model/disjoint-sets.ts";
import { compareNatural } from "../model/fold.ts";
import { addUnder, flatMap } from "../model/lists.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import type { Contract } from "../records/contract.ts";
import type { Note, Publication, SettledContract } from "../records/history.ts";
import { asAnnounced } from "./announced.ts";
import { changedBy, withdrawn } from "./changed-notice.ts";
import { ContractFold, type Step } from "./contract-fold.ts";
import { CALLS, CORRECTS, type Notice, type NoticeRole, subjectsText } from "./notice.ts";
import { knownAs, Parties } from "./same-party.ts";
import { noticeName } from "./stated-values.ts";
import { referenceKey, textOf } from "./told-parts.ts";

type Notices = readonly [Notice, ...Notice[]];

/** What a notice shares with the others of its procedure: the procedure's number, else the notice's own id. */
export const procedureOf = ({ procedure, publication }: Notice): string => procedure ?? publication.id;

/** The other notices that a notice names: those that it follows, and the one that it changes. */
const namedIn = (notice: Notice): readonly string[] => {
  const { follows = [], changes } = notice;
  return changes === undefined ? follows : [...follows, ...changedIn(notice)];
};

const changedIn = ({ changes }: Notice): readonly string[] => (changes === undefined ? [] : [noticeName(changes)]);

/**
 * Everything by which a notice may belong together with others: its procedure, its own names, and the notices that it
 * names.
 */
export const linksOf = (notice: Notice): readonly string[] => [
  procedureOf(notice),
  ...(notice.names ?? []),
  ...(notice.elsewhere ?? []),
  ...namedIn(notice),
];

/** The contracts of notices, in the order in which their procedures were first read. */
export const contractsOfNotices = (notices: readonly Notice[]): readonly Contract[] => putTogether(notices).contracts;

/** The same, with the announcements that belong to none of these contracts. */
export const putTogether = (
  notices: readonly Notice[],
): { readonly contracts: readonly Contract[]; readonly announced: readonly Notice[] } => {
  const others = notices.filter(({ role }) => role !== "announcement");
  const announced = notices.length === others.length ? undefined : new Announcements(notices);
  const contracts = flatMap(groupsOf(others), (group) => {
    const { told, elsewhere } = inOneFormat(group);
    const own = flatMap(told, (notices) => contractsOf(notices, announced?.before(notices) ?? []));
    const [first, ...others] = own;
    return first === undefined || elsewhere.length === 0 ? own : [notingOthers(first, elsewhere), ...others];
  });
  return { contracts, announced: announced?.left() ?? [] };
};

/** OCDS and DECP put their own notices together. */
const contractsOf = (notices: Notices, announced: readonly Notice[]): readonly Contract[] => {
  const [first, ...others] = notices;
  const together = others.length === 0 ? undefined : first.together?.(notices);
  return together ?? contractsOfProcedure(notices, announced);
};

/**
 * Chooses the notices that count for a procedure: two formats would tell of its awards twice (T10a). Notices of eForms
 * and TED count where they tell of an award. Where they do not, the formats that put their own notices together count.
 */
const inOneFormat = (
  notices: Notices,
): { readonly told: readonly Notices[]; readonly elsewhere: readonly Notice[] } => {
  if (notices.length === 1) return { told: [notices], elsewhere: [] };
  const [one, ...others] = notices.filter(({ together }) => together === undefined);
  const processes = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices) if (notice.together !== undefined) addUnder(processes, procedureOf(notice), notice);
  const ocds = [...processes.values()];
  if (one === undefined) return { told: ocds, elsewhere: [] };
  const own: Notices = [one, ...others];
  return ocds.length === 0 || own.some(({ role }) => role === "award" || role === "call-off")
    ? { told: [own], elsewhere: ocds.flat() }
    : { told: ocds, elsewhere: own };
};

const notingOthers = (contract: Contract, others: readonly Notice[]): Contract => {
  const again = others.map(toldAgain).sort(comparePublications);
  const note = { rule: "T10", text: subjectsText(again.map(({ id }) => id)) + OTHER_FORMAT };
  const publications = [...contract.publications, ...again].sort(comparePublications);
  return { ...contract, publications, notes: [...contract.notes, note] };
};

/**
 * A publication that has the number of its procedure where it has no id of a notice. Call-offs and queries may name the
 * procedure by that number.
 */
const toldAgain = (notice: Notice): Publication => {
  const { publication } = notice;
  return { ...publication, noticeId: publication.noticeId ?? procedureOf(notice), did: "tells the same" };
};

const OTHER_FORMAT = "the same procedure in another format: what is told there is left out, for it counts once";

/**
 * Groups the notices that make one contract: those of one procedure, in whatever formats; versions of one notice, even
 * where a later one names another procedure; and what changes or modifies a notice of another procedure. A notice that
 * an award merely follows does not join the two, because it may have led to other awards as well.
 */
const groupsOf = (notices: readonly Notice[]): readonly Notices[] => {
  const [only, ...others] = notices;
  if (only !== undefined && others.length === 0) return [[only]];
  const sets = new DisjointSets();
  for (const [first, ...others] of versionsIn(notices))
    for (const other of others) sets.join(procedureOf(first), procedureOf(other));
  const procedures = proceduresBy(notices, ({ names = [] }) => names);
  joinNamed(notices, procedures, sets, (notice) => (MODIFIES.has(notice.role) ? namedIn(notice) : changedIn(notice)));
  joinFormats(notices, sets);
  const told = new Map<string, string>();
  for (const notice of notices)
    for (const key of awardedAfter(notice)) {
      const other = told.get(key);
      if (other === undefined) told.set(key, procedureOf(notice));
      else sets.join(other, procedureOf(notice));
    }
  const groups = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices) addUnder(groups, sets.find(procedureOf(notice)), notice);
  return [...groups.values()];
};

/** Joins processes of OCDS with procedures of other formats, by what these call the processes or their notices. */
const joinFormats = (notices: readonly Notice[], sets: DisjointSets): void => {
  const own = notices.filter(({ elsewhere }) => elsewhere === undefined);
  if (own.length === 0 || own.length === notices.length) return;
  const procedures = proceduresBy(own, (notice) => [procedureOf(notice), ...(notice.names ?? [])]);
  joinNamed(notices, procedures, sets, ({ elsewhere = [] }) => elsewhere);
};

/** The procedures of notices by the names of these. If several have one name, the first in alphabetical order counts. */
const proceduresBy = (
  notices: readonly Notice[],
  namesOf: (notice: Notice) => readonly string[],
): ReadonlyMap<string, string> => {
  const procedures = new Map<string, string>();
  for (const notice of notices)
    for (const name of namesOf(notice)) {
      const [own, known] = [procedureOf(notice), procedures.get(name)];
      if (known === undefined || own < known) procedures.set(name, own);
    }
  return procedures;
};

/** Joins the procedure of each notice with those that it names. */
const joinNamed = (
  notices: readonly Notice[],
  procedures: ReadonlyMap<string, string>,
  sets: DisjointSets,
  namesOf: (notice: Notice) => readonly string[],
): void => {
  for (const notice of notices)
    for (const name of namesOf(notice)) {
      const procedure = procedures.get(name);
      if (procedure !== undefined) sets.join(procedureOf(notice), procedure);
    }
};

/**
 * Keys for the numbered contracts of an award that names no procedure: what is told of each, under each notice that the
 * award is or names. Another award with one of these keys tells of the same contract (T10a).
 */
const awardedAfter = (notice: Notice): readonly string[] => {
  if (notice.procedure !== undefined || notice.role !== "award") return [];
  const names = [notice.publication.id, ...namedIn(notice)];
  return flatMap(notice.contract.settledContracts, ({ reference, lots, suppliers, value }) =>
    reference === undefined || value === undefined
      ? []
      : flatMap(knownAs(suppliers, notice.contract), (who) =>
          names.map((name) => JSON.stringify([name, reference, lots, who, textOf(value)])),
        ),
  );
};

/** Groups of notices that are versions of one notice: they share its id, and there is more than one version. */
const versionsIn = (notices: readonly Notice[]): readonly Notices[] => {
  const byId = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices)
    if (notice.publication.noticeId !== undefined) addUnder(byId, notice.publication.noticeId, notice);
  return [...byId.values()].filter((own) => new Set(own.map(({ publication }) => publication.version)).size > 1);
};

const MODIFIES: ReadonlySet<NoticeRole> = new Set(["modification", "completion"]);

const corrected = (name: string): string => `corrects ${name}`;

class Announcements {
  readonly #byKey = new Map<string, Notice[]>();
  readonly #left: Set<Notice>;

  constructor(notices: readonly Notice[]) {
    const own = notices.filter(({ role }) => role === "announcement");
    this.#left = new Set(own);
    for (const notice of own) {
      const corrects = notice.publication.did === CORRECTS ? namedIn(notice).map(corrected) : [];
      const keys = new Set([procedureOf(notice), ...(notice.names ?? []), ...corrects]);
      for (const key of keys) addUnder(this.#byKey, key, notice);
    }
  }

  /**
   * The announcements before these notices: those in their procedures, those that they name, those that these name in
   * turn, and whatever corrects any of them.
   */
  before(group: Notices): readonly Notice[] {
    const found = new Set<Notice>();
    const open: Notice[] = [...group];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const links = [procedureOf(next), ...namedIn(next), ...(next.names ?? []).map(corrected)];
      for (const notice of flatMap(links, (key) => this.#byKey.get(key) ?? [])) {
        if (found.has(notice)) continue;
        found.add(notice);
        open.push(notice);
        this.#left.delete(notice);
      }
    }
    return [...found];
  }

  left(): readonly Notice[] {
    return [...this.#left];
  }
}

export const contractOfNotices = (notices: Notices): Contract =>
  contractsOfProcedure(notices, [])[0] ?? notices[0].contract;

/**
 * What the notices of one procedure state together (T12), under the id of the oldest of them. A change takes the place
 * of what it changes, a further award adds, a modification modifies, and what was announced before stands in the
 * history. Each call-off is a contract of its own.
 */
const contractsOfProcedure = (notices: Notices, announced: readonly Notice[]): readonly Contract[] => {
  const [only, ...others] = inOrder(notices);
  if (others.length + announced.length === 0 && only.role === "award" && only.cancels !== true)
    return [withHistory(only.contract, [only.publication])];
  const statements = statementsOf([only, ...others]);
  const [first, ...more] = announced;
  const steps = first === undefined ? [] : statementsOf(inOrder([first, ...more]));
  const { own, callOffs } = contractsApart(statements);
  const contract = contractOf(own);
  const named = new Set(flatMap(own, ({ names }) => names));
  const withFramework = (parts: readonly Statement[]): readonly Contract[] => {
    const callOff = contractOf(parts);
    if (callOff === undefined) return [];
    const isHere = contract !== undefined && callOff.callOffOf !== undefined && named.has(callOff.callOffOf);
    const before = contract === undefined ? steps : [];
    const publications = historyOf([...before, ...parts]);
    return [asAnnouncedBy(before, { ...callOff, publications, ...(isHere && { callOffOf: contract.id }) })];
  };
  const publications = historyOf([...steps, ...statements]);
  const notes = [...(contract?.notes ?? []), ...uncorrected(steps, named)];
  return [
    ...(contract === undefined ? [] : [asAnnouncedBy(steps, { ...contract, publications, notes })]),
    ...flatMap(callOffs, withFramework),
  ];
};

/** Notes on corrigenda of awards in the older forms, which say in words what they correct and are not read. */
const uncorrected = (steps: readonly Statement[], awards: ReadonlySet<string>): readonly Note[] =>
  steps
    .filter(
      ({ publications, follows }) => publications[0]?.did === CORRECTS && follows.some((name) => awards.has(name)),
    )
    .map(({ names: [name = ""] }) => ({ rule: "T12", text: `${name} corrects it in words, which are not read` }));

/** Divides what is told in a procedure among the contracts that it tells of: the procedure's own, and each call-off. */
const contractsApart = (
  statements: readonly Statement[],
): { readonly own: readonly Statement[]; readonly callOffs: readonly (readonly Statement[])[] } => {
  const [own, callOffs]: [Statement[], Statement[][]] = [[], []];
  const byName = new Map<string, Statement[]>();
  const byContract = new Map<string, Statement[]>();
  const anew = (): Statement[] => {
    const callOff: Statement[] = [];
    callOffs.push(callOff);
    return callOff;
  };
  const add = (statement: Statement, to: Statement[]): void => {
    to.push(statement);
    for (const name of statement.names) byName.set(name, to);
    if (to === own) return;
    for (const settled of statement.contract.settledContracts)
      for (const key of [referenceOf(settled), referenceKey(settled)])
        if (key !== undefined && !byContract.has(key)) byContract.set(key, to);
  };
  const toldBy = (statement: Statement, key: KeyOf): Statement[] | undefined =>
    statement.contract.settledContracts
      .map((settled) => byContract.get(key(settled) ?? ""))
      .find((one) => one !== undefined);
  /**
   * Finds the contract that a modification is of by the notice that it names. Where this leads to no call-off, but the
   * modification is marked as one of a call-off, the contract's reference tells which.
   */
  const modifiedBy = (statement: Statement): Statement[] => {
    const named = statement.follows.map((name) => byName.get(name)).find((one) => one !== undefined);
    if (statement.contract.callOffOf !== undefined && (named ?? own) === own)
      return toldBy(statement, referenceOf) ?? anew();
    const [only, ...others] = callOffs;
    return named ?? (own.length + others.length > 0 || only === undefined ? own : only);
  };
  /** A call-off whose contract was told before is the same call-off (T10a). */
  const awardedBy = (statement: Statement): Statement[] =>
    statement.role === "call-off" ? (toldBy(statement, referenceKey) ?? anew()) : own;
  for (const statement of statements) if (!MODIFIES.has(statement.role)) add(statement, awardedBy(statement));
  for (const statement of statements) if (MODIFIES.has(statement.role)) add(statement, modifiedBy(statement));
  return { own, callOffs };
};

type KeyOf = (settled: SettledContract) => string | undefined;

const referenceOf: KeyOf = ({ reference }) => reference && JSON.stringify([reference]);

const historyOf = (statements: readonly Statement[]): readonly Publication[] =>
  flatMap(statements, ({ publications }) => publications).sort(comparePublications);

/**
 * Fills in what calls for tenders state and no award does. The latest call goes before earlier ones. Plans do not
 * count.
 */
const asAnnouncedBy = (steps: readonly Statement[], contract: Contract): Contract =>
  steps
    .filter(({ publications }) => publications.some(({ did }) => did === CALLS))
    .reverse()
    .reduce((filled, step) => asAnnounced(filled, step.contract), contract);

const withHistory = (contract: Contract, publications: readonly Publication[]): Contract =>
  contract.publications.length > 0 ? contract : { ...contract, publications };

/** The oldest first, each publication once. */
const inOrder = (notices: Notices): Notices => {
  if (notices.length === 1) return notices;
  const sorted = [...notices].sort((a, b) => comparePublications(a.publication, b.publication));
  const each = sorted.filter(({ publication }, index) => !isSame(publication, sorted[index - 1]?.publication));
  const [first = notices[0], ...later] = each;
  return [first, ...later];
};

const isSame = (a: Publication, b: Publication | undefined): boolean => a.id === b?.id && a.version === b.version;

/**
 * By date, those without one first. Within one day by version, then by what does not depend on the order of reading.
 */
const comparePublications = (a: Publication, b: Publication): number =>
  compareDates(a.date, b.date) ||
  compareNatural(a.version ?? "", b.version ?? "") ||
  compareNatural(a.id, b.id) ||
  compareNatural(a.file ?? "", b.file ?? "");

const compareDates = (a: Publication["date"], b: Publication["date"]): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return comparePartialDates(a, b);
};

interface Statement {
  readonly contract: Contract;
  readonly role: Notice["role"];
  /** The oldest first. */
  readonly publications: readonly Publication[];
  /** The names that other notices have for its notices. */
  readonly names: readonly string[];
  readonly follows: readonly string[];
}

/** What notices state once each change has taken the place of what it changes. */
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
    const own = notice.publication.noticeId ?? id;
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
  return [...chains].map(([last, chain]) => statementOf(last, chain, named));
};

type Named = ReadonlyMap<string, Notice>;

/**
 * The change that a notice withdraws without also withdrawing what that change corrected or cancelled; undefined where
 * it withdraws everything. A higher version of a notice counts as that notice itself.
 */
const onlyWithdrawn = ({ cancels, changes }: Notice, named: Named): Notice | undefined => {
  const target = cancels === true ? named.get(changes ?? "") : undefined;
  if (target?.changes === undefined) return undefined;
  const { noticeId } = target.publication;
  const isVersion = noticeId !== undefined && noticeId === named.get(target.changes)?.publication.noticeId;
  return isVersion ? undefined : target;
};

/**
 * The notices of a chain that still stand: not the corrections that were cancelled, nor the notices that only cancelled
 * them.
 */
const standing = (chain: readonly Notice[], named: Named): readonly Notice[] => {
  const gone = new Set<Notice>();
  for (const notice of [...chain].reverse()) {
    const target = gone.has(notice) ? undefined : onlyWithdrawn(notice, named);
    if (target !== undefined) gone.add(notice).add(target);
  }
  return chain.filter((notice) => !gone.has(notice));
};

const namedBy = (notices: Notices): Named => {
  const named = new Map<string, Notice>();
  for (const notice of notices) {
    const { id, noticeId, version } = notice.publication;
    const versioned = noticeId && version && `${noticeId}-${version}`;
    for (const name of [id, noticeId, versioned]) if (name && !named.has(name)) named.set(name, notice);
  }
  return named;
};

const statementOf = (last: Notice, chain: readonly Notice[], named: Named): Statement => {
  const inTurn = [...chain.filter((notice) => notice !== last), last];
  const [first = last] = inTurn;
  const stands = standing(inTurn, named);
  const [begin, ...later] = stands;
  const told = (before: Contract, one: Notice): Contract => {
    if (one.cancels === true) return withdrawn(before, !MODIFIES.has(first.role));
    return one === begin ? before : changedBy(before, one.contract);
  };
  const contract =
    // Only a cancelled correction is among the data, and not what it corrected. Its lots have no result by it.
    begin === undefined ? withdrawn(first.contract, false) : [begin, ...later].reduce(told, begin.contract);
  return {
    contract: {
      ...contract,
      id: first.contract.id,
      notes: stands.length < chain.length ? [...contract.notes, CORRECTION_GONE] : contract.notes,
    },
    // A cancellation need not say what kind of notice it cancels.
    role: last.cancels === true ? first.role : last.role,
    publications: chain.map(({ publication, role, cancels }) => {
      const did =
        publication === first.publication ? (publication.did ?? DID[role]) : `changes ${first.publication.id}`;
      return { ...publication, did: cancels === true ? "cancels" : did };
    }),
    names: flatMap(chain, ({ publication, names = [] }) => [publication.id, ...names]),
    follows: flatMap(chain, ({ follows = [] }) => follows),
  };
};

const CORRECTION_GONE = { rule: "R-STATUS", text: "a correction was cancelled: what it states does not count" };

const DID: Readonly<Record<NoticeRole, string>> = {
  announcement: CALLS,
  award: "awards",
  modification: "modifies",
  completion: "completes",
  "call-off": "calls off",
};

/**
 * The contract that the statements come to, whatever their dates: first awards or call-offs, then modifications, then
 * completions.
 */
const contractOf = (statements: readonly Statement[]): Contract | undefined => {
  const steps = flatMap(STEPS, (step) =>
    flatMap(statements, ({ role, contract }) => (stepOf(role) === step ? [{ step, contract }] : [])),
  );
  const [first, ...later] = steps;
  if (first === undefined) return undefined;
  const parties = new Parties(steps.map(({ contract }) => contract));
  const fold = new ContractFold(first.contract, first.step, parties);
  for (const { step, contract } of later) fold.tell(step, contract);
  return fold.finish();
};

const stepOf = (role: NoticeRole): NoticeRole => (role === "call-off" ? "award" : role);

const STEPS: readonly Step[] = ["award", "modification", "completion"];
