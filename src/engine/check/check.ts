import { DataError, type Finding, findingOf, inReadingOrder } from "../../model/errors.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { type RuleId, tellsOfAgreement } from "../../model/rule.ts";
import { dayOf } from "../../query/selection.ts";
import { contractAsOf } from "../../records/as-of.ts";
import type { CallOffs } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { nameOf } from "../views.ts";
import { callOffCheck } from "./call-off-rules.ts";
import { checkSupplierClaims } from "./claims.ts";
import { CONTRACT_RULES } from "./contract-rules.ts";
import { Ignores } from "./ignores.ts";
import { ContractNames } from "./look-alikes.ts";
import { OrderCheck } from "./orders.ts";
import { undecidedIn } from "./renewals.ts";
import { Seated } from "./seated.ts";
import type { SplitLimits } from "./split-orders.ts";
import { SupplierNames } from "./supplier-names.ts";

export interface CheckOptions {
  /** Only the findings of these rules. */
  readonly only?: readonly RuleId[];
  /** None of these rules. */
  readonly ignore?: readonly RuleId[];
  /** Whether what agrees is told, too, though `only` does not name it. */
  readonly verbose?: boolean;
  /** The day by which orders and undecided renewals are judged; the present one where it is left out. */
  readonly at?: PartialDate | string;
  /** Which orders to look at together (L5); as each contract says where it is left out. */
  readonly split?: SplitLimits;
}

/** What a check found, and how many more of its findings the register asks to ignore. */
export interface Checked {
  /** File by file as they were read, and down each file. */
  readonly findings: readonly Finding[];
  readonly ignored: number;
}

/** One check of a register, finding by finding. */
class Inspection {
  readonly #register: Register;
  readonly #ignores: Ignores;
  readonly #seated: Seated;
  readonly #orders: OrderCheck;
  readonly #day: PartialDate;
  readonly #callOffs: ReturnType<typeof callOffCheck>;
  readonly #names = new ContractNames();
  /** Orders that could not be read. */
  readonly unread: Finding[] = [];
  readonly found: Finding[] = [];

  constructor(register: Register, callOffs: CallOffs, day: PartialDate, split: SplitLimits | undefined) {
    this.#register = register;
    // By now, all contracts have been read once.
    this.#callOffs = callOffCheck(callOffs, new Set(register.findings().flatMap(({ leftOut }) => leftOut ?? [])));
    this.#ignores = new Ignores(register.ignores);
    this.#seated = new Seated(register.suppliers);
    this.#orders = new OrderCheck(register, day, split);
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

  /** What can be told only where everything was read. */
  finish(): void {
    for (const supplier of this.#seated.unseated()) {
      const message = `supplier ${supplier.id} (${nameOf(supplier, this.#register.preference)}) holds no lot`;
      this.#add([findingOf("T2-unused", message, supplier.origin.locate(["supplier"]))], supplier);
    }
    this.#keep(this.#ignores.unused());
  }

  async #ofOrders(contract: Contract): Promise<readonly Finding[]> {
    try {
      return await this.#orders.check(contract);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      for (const finding of error.findings) this.unread.push(finding);
      return [];
    }
  }

  #add(findings: readonly Finding[], supplier: Supplier): void {
    this.#keep(this.#ignores.keep(findings, { supplier: supplier.id }));
  }

  /** One by one, for there may be more than a call can take. */
  #keep(findings: readonly Finding[]): void {
    for (const finding of findings) this.found.push(finding);
  }
}

/** What agrees is nothing to look at: it is told where somebody asks for it. */
const isWantedBy =
  ({ only, ignore, verbose = false }: CheckOptions) =>
  ({ rule }: Finding): boolean =>
    (only === undefined ? verbose || !tellsOfAgreement(rule) : only.includes(rule)) && ignore?.includes(rule) !== true;

/**
 * What is wrong with, or worth knowing about, a register, which is best opened leniently. Records that could not be read
 * are always reported, whatever rules are asked for: the others were checked without them.
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
