/**
 * Findings come from one catalogue (`docs/rules.md`). The rules, one small file per family, are run over each contract.
 * What readers found is added: a register that is opened leniently leaves out what it cannot read and tells of it, so
 * that all findings of all files come in one run. What orders show together (L5) is seen while they are counted, order
 * by order (`check/orders.ts`).
 */

import { DataError, type Finding, findingOf, inReadingOrder } from "../../model/errors.ts";
import { addUnder } from "../../model/lists.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { firstFew } from "../../model/phrases.ts";
import { type RuleId, rulesNamed, tellsOfAgreement } from "../../model/rule.ts";
import { contractIn, measuresIn } from "../../query/lot-ceiling.ts";
import { dayOf } from "../../query/selection.ts";
import { contractAsOf } from "../../records/as-of.ts";
import { type CallOffs, isCallOff } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import type { Ignore } from "../../records/ignore.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { nameOf } from "../views.ts";
import { checkChildren, checkTotals } from "./ceilings.ts";
import { checkClaims, checkSupplierClaims } from "./claims.ts";
import type { ContractRule } from "./contract-rule.ts";
import { checkModifications } from "./modifications.ts";
import { ContractNames, checkContractLetters, SupplierNames } from "./names.ts";
import { checkSplitLimits, orderCheck, type SplitLimits } from "./orders.ts";
import {
  checkBegin,
  checkEnd,
  checkLength,
  checkMaximum,
  checkModificationDates,
  checkRenewals,
  checkReversed,
  undecidedIn,
} from "./terms.ts";
import {
  checkAssumptions,
  checkDeclaredAwards,
  checkOffers,
  checkReestimates,
  checkStatedMaximum,
  checkSupplierCount,
  checkUncertainGroups,
  checkUnits,
  checkValues,
} from "./values.ts";

/** Applies a rule of ceilings to money and, where there are any, to quantities (L4). */
const ofEachMeasure =
  (rule: ContractRule): ContractRule =>
  (contract, preference) => {
    const measures = measuresIn(contract);
    return measures.length === 1
      ? rule(contract, preference)
      : measures.flatMap((measure) => rule(contractIn(measure, contract), preference));
  };

const CONTRACT_RULES: readonly ContractRule[] = [
  ofEachMeasure(checkTotals),
  ofEachMeasure(checkChildren),
  checkUnits,
  checkUncertainGroups,
  checkStatedMaximum,
  checkValues,
  checkDeclaredAwards,
  checkReestimates,
  checkSupplierCount,
  checkOffers,
  checkLength,
  checkMaximum,
  checkBegin,
  checkReversed,
  checkEnd,
  checkRenewals,
  checkModifications,
  checkModificationDates,
  checkContractLetters,
  checkSplitLimits,
  checkClaims,
  checkAssumptions,
];

interface About {
  readonly contract?: string;
  readonly supplier?: string;
}

const keyOf = (rule: RuleId, contract: string | undefined, supplier: string | undefined): string =>
  JSON.stringify([rule, contract, supplier]);

/** Entries by the keys of the findings that they mean. */
const byMeaning = (entries: readonly Ignore[]): ReadonlyMap<string, Ignore[]> => {
  const meaning = new Map<string, Ignore[]>();
  for (const entry of entries)
    for (const rule of rulesNamed(entry.rule)) addUnder(meaning, keyOf(rule, entry.contract, entry.supplier), entry);
  return meaning;
};

const keysOf = ({ rule }: Finding, { contract, supplier }: About): readonly string[] => {
  const suppliers = [...new Set([undefined, supplier])];
  return [...new Set([undefined, contract])].flatMap((one) => suppliers.map((other) => keyOf(rule, one, other)));
};

/** Sorts out the findings that a register asks to ignore, and knows which of its entries ignore something. */
class Ignores {
  readonly #everywhere: readonly Ignore[];
  readonly #used = new Set<Ignore>();
  readonly #meant: ReturnType<typeof byMeaning>;
  readonly ignored: Finding[] = [];

  constructor(everywhere: readonly Ignore[]) {
    this.#everywhere = everywhere;
    this.#meant = byMeaning(everywhere);
  }

  /** The findings that no entry means. `own` are the entries of the contract that the findings are about. */
  keep(findings: readonly Finding[], about: About, own: readonly Ignore[] = []): readonly Finding[] {
    if (this.#everywhere.length + own.length === 0) return findings;
    const all = [byMeaning(own), this.#meant];
    return findings.filter((finding) => {
      const lists = keysOf(finding, about).flatMap((key) => all.map((entries) => entries.get(key)));
      const meant = lists.filter((entries) => entries !== undefined);
      // Empties the lists: an entry that was used need not be noted again.
      for (const entries of meant) for (const entry of entries.splice(0)) this.#used.add(entry);
      if (meant.length > 0) this.ignored.push(finding);
      return meant.length === 0;
    });
  }

  unused(entries: readonly Ignore[] = this.#everywhere): readonly Finding[] {
    return entries
      .filter((ignore) => !this.#used.has(ignore))
      .map(({ rule, position }) =>
        findingOf("F10", `nothing is found of ${rule} that could be ignored here`, position(), "remove the entry"),
      );
  }
}

/**
 * Finds out which declared suppliers hold no seat by any source and signed no contract. A merged supplier hands its
 * seats on to its successor.
 */
class Seated {
  readonly #waiting: Set<Supplier>;

  constructor(declared: readonly Supplier[]) {
    this.#waiting = new Set(declared);
  }

  see({ lots, settledContracts, modifications }: Contract): void {
    for (const lot of lots)
      for (const { value } of lot.suppliers ?? []) for (const supplier of value) this.#seat(supplier);
    for (const { suppliers = [] } of [...settledContracts, ...modifications])
      for (const supplier of suppliers) this.#seat(supplier);
  }

  /** Those without a seat so far. */
  unseated(): Iterable<Supplier> {
    return this.#waiting;
  }

  #seat(first: Supplier): void {
    const next = [first];
    for (let supplier = next.pop(); supplier !== undefined; supplier = next.pop()) {
      if (!this.#waiting.delete(supplier)) continue;
      for (const succession of supplier.successions) {
        const successor = succession.kind === "merged" ? succession.successor() : undefined;
        if (successor !== undefined) next.push(successor);
      }
    }
  }
}

/**
 * Finds contracts that would be call-offs of each other, and call-offs of a framework agreement that is not among the
 * data (T11). A framework that was left out for what is wrong with it counts as being among the data.
 */
const callOffCheck = (
  { circles, frameworkOf }: CallOffs,
  leftOut: ReadonlySet<string>,
): ((contract: Contract) => readonly Finding[]) => {
  const circleOf = new Map(circles.flatMap((circle) => circle.map((id) => [id, circle] as const)));
  return (contract) => {
    const { id, callOffOf, origin } = contract;
    const circle = circleOf.get(id);
    const position = () => origin.locate(["callOffOf"]);
    if (circle !== undefined)
      return [findingOf("T11-circle", inCircle(id, circle), position(), "it counts by itself: correct callOffOf")];
    const isKnown = frameworkOf(contract) !== undefined || leftOut.has(callOffOf ?? "");
    if (!isCallOff(contract) || isKnown) return [];
    const message = `${id} is a call-off of ${callOffOf}, which is not among the data`;
    const hint =
      "it counts by itself, and is compared with no ceiling: read its framework agreement too, or correct the reference";
    return [findingOf("T11-unknown", message, position(), hint)];
  };
};

const inCircle = (id: string, circle: readonly string[]): string => {
  const others = circle.filter((other) => other !== id);
  if (others.length === 0) return `${id} is a call-off of itself`;
  return `${id} is a call-off of ${firstFew(others, 3)}, and so in a circle of itself`;
};

export interface CheckOptions {
  readonly only?: readonly RuleId[];
  readonly ignore?: readonly RuleId[];
  /** Whether agreement is told, too, where `only` does not say what to tell. */
  readonly verbose?: boolean;
  /** The day by which orders and undecided renewals are judged. Today by default. */
  readonly at?: PartialDate | string;
  /** Which orders to look at together (L5). By default, as each contract says. */
  readonly split?: SplitLimits;
}

/** What a check found, and how many more of its findings the register asks to ignore. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly ignored: number;
}

class Inspection {
  readonly #register: Register;
  readonly #ignores: Ignores;
  readonly #seated: Seated;
  readonly #orders: ReturnType<typeof orderCheck>;
  readonly #day: PartialDate;
  readonly #callOffs: ReturnType<typeof callOffCheck>;
  readonly #names = new ContractNames();
  readonly unread: Finding[] = [];
  readonly found: Finding[] = [];

  constructor(register: Register, callOffs: CallOffs, day: PartialDate, split: SplitLimits | undefined) {
    this.#register = register;
    // By now, all contracts have been read once.
    this.#callOffs = callOffCheck(callOffs, new Set(register.findings().flatMap(({ leftOut }) => leftOut ?? [])));
    this.#ignores = new Ignores(register.ignores);
    this.#seated = new Seated(register.suppliers);
    this.#orders = orderCheck(register, day, split);
    this.#day = day;
  }

  get ignored(): readonly Finding[] {
    return this.#ignores.ignored;
  }

  suppliers(): void {
    const { suppliers, preference } = this.#register;
    const names = new SupplierNames(preference);
    for (const supplier of suppliers) {
      this.#add([...checkSupplierClaims(supplier, preference), ...names.check(supplier)], supplier);
    }
  }

  async contract(contract: Contract): Promise<void> {
    this.#seated.see(contract);
    const findings = [
      ...CONTRACT_RULES.flatMap((rule) => rule(contract, this.#register.preference)),
      ...undecidedIn(contractAsOf(contract, this.#day), this.#register.preference, this.#day),
      ...this.#names.check(contract),
      ...this.#callOffs(contract),
      ...(await this.#ofOrders(contract)),
    ];
    this.#keep(this.#ignores.keep(findings, { contract: contract.id }, contract.ignores));
    this.#keep(this.#ignores.unused(contract.ignores));
  }

  /** Adds what can be told only after everything was read. */
  finish(): void {
    for (const supplier of this.#seated.unseated()) {
      const message = `supplier ${supplier.id} (${nameOf(supplier, this.#register.preference)}) holds no lot`;
      this.#add([findingOf("T2-unused", message, supplier.origin.locate(["supplier"]))], supplier);
    }
    this.#keep(this.#ignores.unused());
  }

  async #ofOrders(contract: Contract): Promise<readonly Finding[]> {
    try {
      return await this.#orders(contract);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      for (const finding of error.findings) this.unread.push(finding);
      return [];
    }
  }

  #add(findings: readonly Finding[], supplier: Supplier): void {
    this.#keep(this.#ignores.keep(findings, { supplier: supplier.id }));
  }

  /** Pushes findings one by one: there may be more than one call takes as arguments. */
  #keep(findings: readonly Finding[]): void {
    for (const finding of findings) this.found.push(finding);
  }
}

/** Whether a finding was asked for. Agreement needs no look, and is told only where somebody asks for it. */
const isWantedBy =
  ({ only, ignore, verbose = false }: CheckOptions) =>
  ({ rule }: Finding): boolean =>
    (only === undefined ? verbose || !tellsOfAgreement(rule) : only.includes(rule)) && ignore?.includes(rule) !== true;

/**
 * Finds what is wrong with a register, or worth knowing about it. The register is best opened leniently. Records that
 * could not be read are always reported, whatever rules are asked for: all others were checked without them.
 */
export const check = async (register: Register, options: CheckOptions = {}): Promise<Checked> => {
  const inspection = new Inspection(register, await register.callOffs(), dayOf(options), options.split);
  inspection.suppliers();
  for await (const batch of register.contracts()) for (const contract of batch) await inspection.contract(contract);
  const reading = [...register.findings(), ...inspection.unread];
  if (reading.length === 0) inspection.finish();
  const isWanted = isWantedBy(options);
  return {
    findings: inReadingOrder([...reading, ...inspection.found.filter(isWanted)]),
    ignored: inspection.ignored.filter(isWanted).length,
  };
};
