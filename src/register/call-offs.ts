import type { Preference } from "../model/claim.ts";
import { addAll, addUnder, madeUnder } from "../model/lists.ts";
import { type Money, sumByUnit } from "../model/money.ts";
import { type Assumption, assumedTogether } from "../model/publication.ts";
import type { Wanted } from "../model/wanted.ts";
import {
  asPossible,
  type CallOff,
  type CallOffs,
  knownValueOf,
  NO_CALL_OFFS,
  type OrderedCallOff,
  ordersOfCallOff,
  orderUnder,
  partOfCallOff,
  withValueAsCeiling,
} from "../records/call-offs.ts";
import { type Contract, mayBeOrdered } from "../records/contract.ts";
import type { Note } from "../records/history.ts";
import type { Order } from "../records/order.ts";

/** The most contracts to keep from the first reading. More are read a second time. */
const MOST_KEPT = 2000;

type Contracts = (wanted?: Wanted) => AsyncIterable<readonly Contract[]>;

interface Told {
  readonly callOffs: CallOffs;
  /** The contracts that were read; undefined where there are too many to keep. */
  readonly kept: readonly (readonly Contract[])[] | undefined;
  /** What was assumed of frameworks for the sake of their call-offs. */
  readonly notes: readonly Assumption[];
}

/**
 * Where data may have call-offs, which are found by reading contracts before they are given. With `anywhere` all
 * contracts are read. With `unsettled` only those of a store that are in no settled figures are read, because the
 * others are in no family.
 */
export type FamilyPlace = "nowhere" | "anywhere" | "unsettled";

/**
 * Framework agreements with their call-offs. A call-off may stand before its framework agreement, in any file. So where
 * there may be call-offs, all contracts are read once before they are given. A store says which of its contracts need
 * not be read for this: those that it has settled are in no family.
 */
export class Families {
  readonly #contracts: Contracts;
  readonly #place: FamilyPlace;
  readonly #notes: FamilyNotes;
  #told: Promise<Told> | undefined;

  constructor(contracts: Contracts, place: FamilyPlace, notes: FamilyNotes) {
    this.#contracts = contracts;
    this.#place = place;
    this.#notes = notes;
  }

  async callOffs(): Promise<CallOffs> {
    return this.#place === "nowhere" ? NO_CALL_OFFS : (await this.#ask()).callOffs;
  }

  /**
   * Where any contract may be a call-off, all are given, whichever are wanted: none can be judged without the others.
   */
  async *contracts(wanted?: Wanted): AsyncGenerator<readonly Contract[]> {
    if (this.#place === "nowhere") {
      yield* this.#contracts(wanted);
      return;
    }
    const { kept, callOffs, notes } = await this.#ask();
    this.#notes.made = notes;
    const give = (contract: Contract) => (callOffs.isFramework(contract) && withValueAsCeiling(contract)) || contract;
    const isOfAll = this.#place === "anywhere";
    const isKept = isOfAll || (wanted !== undefined && "unsettled" in wanted);
    if (isKept && kept !== undefined) for (const batch of kept) yield batch.map(give);
    else for await (const batch of this.#contracts(isOfAll ? undefined : wanted)) yield batch.map(give);
  }

  #ask(): Promise<Told> {
    this.#told ??= readFamilies(this.#contracts(this.#place === "unsettled" ? { unsettled: true } : undefined));
    return this.#told;
  }
}

/** What was assumed of frameworks for the sake of their call-offs. */
export class FamilyNotes {
  readonly #mostPlaces: number | undefined;
  made: readonly Assumption[] = [];

  /** Tells every assumption with `everyNote`, and otherwise only the first of many. */
  constructor(everyNote: boolean) {
    this.#mostPlaces = everyNote ? undefined : MOST_PLACES;
  }

  /** Other assumptions together with these. */
  beside(assumptions: readonly Assumption[]): readonly Assumption[] {
    return assumedTogether([...assumptions, ...this.made], this.#mostPlaces);
  }
}

const MOST_PLACES = 20;

const readFamilies = async (contracts: AsyncIterable<readonly Contract[]>): Promise<Told> => {
  const tree = new FamilyTree();
  let kept: (readonly Contract[])[] | undefined = [];
  let count = 0;
  for await (const batch of contracts) {
    for (const contract of batch) tree.add(contract);
    count += batch.length;
    if (count <= MOST_KEPT) kept?.push(batch);
    else kept = undefined;
  }
  return { ...tree.finish(), kept };
};

/**
 * A call-off, and the name by which it refers to its framework agreement. One that names several has one entry for
 * each.
 */
interface Child {
  readonly callOff: CallOff;
  readonly of: string;
  /** The names of other framework agreements that it may be under instead. */
  readonly instead: readonly string[];
  /** The contract as it is written, where it states orders. */
  readonly ordered?: Contract | undefined;
}

/** A call-off whose framework agreement is among the data. It is certainly under that agreement, or only possibly. */
interface FoundChild extends Child {
  readonly isPossible: boolean;
}

class FamilyTree {
  readonly #ids = new Set<string>();
  /** The ids of contracts by what else may name them: the numbers of their notices, and their procedures. */
  readonly #aliases = new Map<string, string>();
  /**
   * The same for call-offs. Where one is of its framework's procedure, its notices stand in the framework's history,
   * too.
   */
  readonly #callOffs = new Map<string, string>();
  readonly #children: Child[] = [];
  /** What is assumed of contracts if they turn out to have call-offs. */
  readonly #notes = new Map<string, readonly Assumption[]>();

  add(contract: Contract): void {
    const { id, callOffOf, procedure, publications } = contract;
    this.#ids.add(id);
    const valued = withValueAsCeiling(contract);
    if (valued !== undefined) this.#notes.set(id, notesIn(contract, valued.notes.slice(contract.notes.length)));
    if (callOffOf !== undefined) {
      for (const name of namesOf(publications)) nameFirst(this.#callOffs, name, id);
      for (const child of childrenOf(contract)) this.#children.push(child);
      return;
    }
    for (const name of namesOf(publications)) nameFirst(this.#aliases, name, id);
    if (procedure !== undefined) nameFirst(this.#aliases, procedure, id);
  }

  finish(): Omit<Told, "kept"> {
    const parentOf = ({ of }: Child): string | undefined =>
      this.#ids.has(of) ? of : (this.#callOffs.get(of) ?? this.#aliases.get(of));
    const parents = new Map<string, string>();
    const related = new Set<string>();
    for (const child of this.#children) {
      const parent = parentOf(child);
      related.add(child.callOff.id);
      if (parent !== undefined) related.add(parent);
      if (parent !== undefined && !parents.has(child.callOff.id)) parents.set(child.callOff.id, parent);
    }
    const circles = circlesIn(parents);
    for (const circle of circles) for (const id of circle) parents.delete(id);
    const children = new Map<string, FoundChild[]>();
    const named = new Set<string>();
    for (const child of this.#children) {
      const first = parents.get(child.callOff.id);
      const parent = first === undefined ? undefined : parentOf(child);
      // Circles were sought among the first parents alone. So another that it may be under instead must not be a
      // call-off itself.
      if (parent === undefined || (child.instead.length > 0 && parent !== first && parents.has(parent))) continue;
      const isPossible = child.instead.some((of) => parentOf({ ...child, of }) !== parent);
      if (child.instead.length > 0) {
        // Several of the names may be of one contract.
        const pair = JSON.stringify([parent, child.callOff.id]);
        if (named.has(pair)) continue;
        named.add(pair);
      }
      addUnder(children, parent, { ...child, isPossible });
    }
    const ordered = orderedIn(children);
    const known = new WeakMap<Preference, Known>();
    const knownBy = (preference: Preference): Known => madeUnder(known, preference, () => new Map());
    return {
      callOffs: {
        frameworkOf: ({ id }) => parents.get(id),
        isFramework: ({ id }) => children.has(id),
        isRelated: ({ id }) => related.has(id),
        under: (framework, preference) => ordersUnder(framework, children, preference, knownBy(preference)),
        orderedUnder: (framework, preference) => orderedUnder(framework, ordered, preference),
        circles,
      },
      notes: Array.from(this.#notes).flatMap(([id, notes]) => (children.has(id) ? notes : [])),
    };
  }
}

const notesIn = ({ publications: [first] }: Contract, notes: readonly Note[]): readonly Assumption[] =>
  notes.map(({ rule, text }) => ({ rule, first: [{ file: first?.file ?? "", text }], count: 1 }));

/**
 * Gives a name that several contracts have to the one with the first id, so that the order of reading plays no part.
 */
const nameFirst = (names: Map<string, string>, name: string, id: string): void => {
  const known = names.get(name);
  if (name !== id && (known === undefined || id < known)) names.set(name, id);
};

const namesOf = (publications: Contract["publications"]): readonly string[] =>
  publications.flatMap(({ id, noticeId }) => (noticeId === undefined ? [id] : [id, noticeId]));

/**
 * A call-off once for each framework agreement that it may be under: for those that its contracts name, where its
 * notice tells these apart, and otherwise for those that the notice itself names.
 */
const childrenOf = (contract: Contract): readonly Child[] => {
  const { callOffOf, otherFrameworks, settledContracts } = contract;
  const callOff = reduced(contract);
  const named = new Set(settledContracts.flatMap((settled) => settled.callOffOf ?? []));
  if (named.size > 0) return Array.from(named, (of) => ({ callOff, of, instead: [] }));
  const any = [...(callOffOf === undefined ? [] : [callOffOf]), ...otherFrameworks];
  // Which lots are called off is known only for the first framework agreement.
  const ordered = mayBeOrdered(contract) ? contract : undefined;
  return any.map((of, index) => ({
    ordered,
    callOff: index === 0 ? callOff : { ...callOff, callOffLots: [] },
    of,
    instead: any.filter((other) => other !== of),
  }));
};

/** A contract without the fields that nobody will ask for, because call-offs stay in memory after they are read. */
const reduced = (contract: Contract): CallOff => ({
  id: contract.id,
  title: contract.title,
  procedure: contract.procedure,
  lots: contract.lots,
  callOffLots: contract.callOffLots,
  settledContracts: contract.settledContracts,
  sharedAwards: contract.sharedAwards,
  awarded: contract.awarded,
  framework: contract.framework,
  quantity: contract.quantity,
  buyer: contract.buyer,
  awardDate: contract.awardDate,
  publications: contract.publications,
  modifications: contract.modifications,
  origin: contract.origin,
});

type Children = ReadonlyMap<string, readonly FoundChild[]>;

const ordersUnder = (
  framework: Contract,
  children: Children,
  preference: Preference,
  known: Known,
): readonly Order[] => {
  const orders: Order[] = [];
  for (const child of children.get(framework.id) ?? []) {
    const below = () => knownBelow(child.callOff.id, children, preference, known);
    const own = ordersOfCallOff(ownPart(child, children), framework, preference, below);
    addAll(orders, child.isPossible ? own.map(asPossible) : own);
  }
  return orders;
};

/** The call-offs that state orders, and those that have such call-offs below them. */
const orderedIn = (children: Children): Children => {
  const above = new Map<string, string[]>();
  const open: string[] = [];
  for (const [parent, all] of children)
    for (const { callOff, ordered } of all) {
      addUnder(above, callOff.id, parent);
      if (ordered !== undefined) open.push(callOff.id);
    }
  const found = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!found.has(id)) addAll(open, above.get(id) ?? []);
    found.add(id);
  }
  const isFound = ({ callOff }: FoundChild) => found.has(callOff.id);
  return new Map([...children].map(([parent, all]) => [parent, all.filter(isFound)]));
};

/** The call-offs that state orders instead of a value. Below one whose value is known, none is sought. */
const orderedUnder = (framework: Contract, children: Children, preference: Preference): readonly OrderedCallOff[] => {
  const found: OrderedCallOff[] = [];
  const seen = new Set<string>();
  const open = (children.get(framework.id) ?? []).map((child) => ({
    child,
    first: child,
    isPossible: child.isPossible,
  }));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { child, first, isPossible } = at;
    const { id } = child.callOff;
    if (seen.has(id) || knownValueOf(ownPart(child, children), preference).length > 0) continue;
    seen.add(id);
    const { ordered: contract } = child;
    if (contract !== undefined) {
      const under = orderUnder(first.callOff, contract, framework, preference);
      found.push({ contract, asUnder: isPossible ? (order) => asPossible(under(order)) : under });
    }
    for (const below of children.get(id) ?? [])
      open.push({ child: below, first, isPossible: isPossible || below.isPossible });
  }
  return found;
};

/**
 * The part of a call-off that is under the framework agreement that it names. A call-off that has call-offs of its own
 * counts as a framework agreement itself, whatever it says.
 */
const ownPart = ({ callOff, of }: Child, children: Children): CallOff =>
  partOfCallOff(children.has(callOff.id) ? { ...callOff, framework: true } : callOff, of);

type Known = Map<string, readonly Money[]>;

/**
 * The sum of the values below a call-off: of the nearest ones that state a value, because those further down lie within
 * it. It is worked out from the lowest upwards, once for each call-off, however long a chain is.
 */
const knownBelow = (id: string, children: Children, preference: Preference, known: Known): readonly Money[] => {
  const open = [id];
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const below = (children.get(at) ?? []).map((child) => ({
      id: child.callOff.id,
      value: knownValueOf(ownPart(child, children), preference),
    }));
    const waiting = below.filter((child) => child.value.length === 0 && !known.has(child.id));
    if (waiting.length > 0)
      addAll(
        open,
        waiting.map((child) => child.id),
      );
    else {
      known.set(
        at,
        sumByUnit(below.flatMap(({ id: child, value }) => (value.length > 0 ? value : (known.get(child) ?? [])))),
      );
      open.pop();
    }
  }
  return known.get(id) ?? [];
};

const circlesIn = (above: ReadonlyMap<string, string>): readonly (readonly string[])[] => {
  const circles: string[][] = [];
  const done = new Set<string>();
  for (const start of above.keys()) {
    const way = new Map<string, number>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !way.has(at)) {
      way.set(at, way.size);
      at = above.get(at);
    }
    const from = at === undefined ? undefined : way.get(at);
    if (from !== undefined) circles.push(fromSmallest([...way.keys()].slice(from)));
    for (const id of way.keys()) done.add(id);
  }
  return circles;
};

/** The same circle, beginning with its smallest id, wherever it was met first. */
const fromSmallest = (circle: readonly string[]): string[] => {
  const start = circle.reduce((least, id, place) => (id < (circle[least] ?? id) ? place : least), 0);
  return [...circle.slice(start), ...circle.slice(0, start)];
};
