/**
 * What is settled is added up once. Totals of a whole store read few of its contracts. What the others come to is kept
 * in the store's table `settled`, for all together and for each supplier, as sums that the engine's own tallies gave
 * (`Tally.parts`) and that tallies can add to their own. A contract is settled where no later day changes it and its
 * figures are numbers alone. One that the answer has to name (remarks, sources that fill in) stays among the
 * `unsettled`, which are read. Sums are kept in such a way that they can be subtracted again, down to how often each
 * precision occurs (`model/sums.ts`): an update subtracts what is gone and adds what has come. Before sums are used, it
 * is checked of how many contracts and suppliers they are.
 */

import { dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { isQuantity } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { countIn, NOTHING, readAllSums, readSums, type Sums, sumsIn, sumsOf } from "../model/sums.ts";
import { isEverything } from "../query/query.ts";
import { dayOf, queryOf, type Selection } from "../query/selection.ts";
import { hasCome, mayLoseSeats } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Register, SettledFigures, SupplierFigures } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { type Assessment, heldPart } from "./assessments.ts";
import { AwardedTally, differingAwards } from "./awarded.ts";
import type { ContractCeiling } from "./ceilings.ts";
import { OrderedTally } from "./ordered.ts";
import { SAID } from "./said-of-seats.ts";
import { SupplierFold } from "./supplier-ceilings.ts";
import { Tally } from "./tally.ts";

interface SettledPart {
  readonly whole: Sums;
  readonly suppliers: ReadonlyMap<string, Sums>;
}

/**
 * A contract, and what it adds if it is settled: if no later day changes it and numbers say all there is to say of it.
 */
export interface Settling {
  readonly contract: string;
  readonly part: SettledPart | undefined;
}

/** What a contract that was assessed seat by seat adds. */
export const settlingOf = (assessment: Assessment, preference: Preference, day: PartialDate): Settling => ({
  contract: assessment.selected.contract.id,
  part: partOf(assessment, preference, day),
});

const partOf = (assessment: Assessment, preference: Preference, day: PartialDate): SettledPart | undefined => {
  const { selected, assessed, family } = assessment;
  if (family.kind !== "none" || assessed.awardedLater === true || mayChange(selected.written, day)) return undefined;
  if (differingAwards(selected, preference) !== undefined) return undefined;
  const held = heldPart(assessment, preference);
  const whole = numbersOf(assessed, preference);
  const ofSeats = held === undefined ? sumsOf([]) : numbersOf(held, preference);
  if (whole === undefined || ofSeats === undefined) return undefined;
  const [awarded, ordered, orderedOfSeats] = [new AwardedTally(), new OrderedTally(), new OrderedTally()];
  awarded.addContract(selected, preference);
  ordered.addContract(assessment);
  orderedOfSeats.addSeats(assessment);
  const suppliers = suppliersOf(assessment, preference);
  const undeclared = [whole, ofSeats, ...suppliers.values()].reduce((sum, each) => sum + undeclaredIn(each), 0);
  return {
    whole: sumsOf([
      ["contracts", 1],
      ["undeclared", undeclared],
      ["whole", whole],
      ["seats", ofSeats],
      ["awarded", awarded.tally.parts()],
      ["orders", ordered.tally.missing],
      ["ordersOfSeats", orderedOfSeats.tally.missing],
      ["unheld", selected.lots.filter(({ matching }) => matching.length === 0).length],
      ["bare", Number(selected.lots.length === 0)],
    ]),
    suppliers,
  };
};

const undeclaredIn = (sums: Sums): number => countIn(sumsIn(sums, "sources"), "undeclared");

const suppliersOf = (assessment: Assessment, preference: Preference): ReadonlyMap<string, Sums> => {
  const fold = new SupplierFold(preference);
  fold.add(assessment.assessed, assessment);
  return new Map(Array.from(fold.suppliers, ([{ id }, figures]) => [id, figures.parts(preference)]));
};

/** Whether a later day may change the contract, or its orders have to be read. */
const mayChange = ({ lots, modifications, renewals, orders, ledgers }: Contract, day: PartialDate): boolean =>
  orders !== undefined ||
  ledgers.length > 0 ||
  [...modifications, ...renewals].some(({ date }) => !hasCome(date, day)) ||
  lots.some(({ suppliers = [] }) => suppliers.some(({ value }) => value.some(mayLoseSeats)));

/** What a contract may cost, as numbers. Undefined where there is more to say of it, or where it limits quantities. */
const numbersOf = (assessed: ContractCeiling, preference: Preference): Sums | undefined => {
  const tally = new Tally();
  tally.addContract(assessed);
  const { remarks, sources } = tally;
  const isSaid = remarks.notes().length + remarks.rangeNotes().length + sources.notes(preference).length > 0;
  if (isSaid || assessed.quantities !== undefined || tally.units.some((currency) => isQuantity({ currency })))
    return undefined;
  return sumsOf([
    ["tally", tally.parts()],
    ["sources", sources.parts(preference)],
  ]);
};

/** What a total takes from the figures of a store: sums, and a register of all contracts that are not in them. */
export interface Settled {
  readonly whole: Sums;
  /** Can be read only once. */
  readonly suppliers: Iterable<readonly [Supplier, SettledSupplier]>;
  readonly rest: Register;
}

/** What a supplier comes to by the figures of a store. */
export interface SettledSupplier {
  /** Its sums. Each call may read them again. */
  readonly sums: () => Sums;
  /** The number of its lots and the units of its figures, where these are known without its sums. */
  readonly known: (Pick<SupplierFigures, "lots" | "units"> & { readonly said: Sums }) | undefined;
}

interface SettledNeeds {
  readonly suppliers: boolean;
  /** Whether it must be known whose ceilings were counted. */
  readonly sources: boolean;
}

/**
 * What is settled of a selection. Undefined where it does not ask for everything, is of a day before the store's, or
 * needs to know more than the sums tell.
 */
export const settledFor = async (
  register: Register,
  selection: Selection,
  needs: SettledNeeds,
): Promise<Settled | undefined> => {
  const { settled } = register;
  if (settled === undefined || !isEverything(queryOf(selection, register.suppliers))) return undefined;
  if (dayRange(dayOf(selection)).last < dayRange(settled.day).last) return undefined;
  const figures = await settled.figures(needs.suppliers);
  if (needs.sources && countIn(figures.whole, "undeclared") > 0) return undefined;
  return {
    whole: figures.whole,
    suppliers: known(figures, register),
    rest: { ...register, contracts: () => register.contracts({ unsettled: true }) },
  };
};

/**
 * What notices say of a supplier's seats. For most suppliers that is nothing, and their sums need not be read for it.
 */
const saidIn = ({ text }: SupplierFigures): Sums =>
  text.includes(`"${SAID}":`) ? sumsIn(readSums(text), SAID) : NOTHING;

function* known(
  { suppliers }: SettledFigures,
  { suppliers: declared, namedInStores }: Register,
): Generator<readonly [Supplier, SettledSupplier]> {
  if (suppliers.size === 0) return;
  for (const supplier of [...declared, ...namedInStores.suppliers]) {
    const figures = suppliers.get(supplier.id);
    if (figures === undefined) continue;
    const read = () => readAllSums(figures.map(({ text }) => text));
    const [only, ...others] = figures;
    if (others.length === 0) {
      yield [supplier, { sums: read, known: only && { ...only, said: saidIn(only) } }];
      continue;
    }
    // What was added and what was subtracted may cancel out.
    const sums = read();
    if (sums.size > 0) yield [supplier, { sums: () => sums, known: undefined }];
  }
}
