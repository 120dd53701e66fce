import type { Claim, Fact, Preference } from "../model/claim.ts";
import { isQuantity, type Money, rangeTo, type StatedAmounts, sumByUnit, zeroLike, zeroMoney } from "../model/money.ts";
import { firstDateIn, type PartialDate } from "../model/partial-date.ts";
import type { Contract } from "./contract.ts";
import type { SettledContract } from "./history.ts";
import { cameToNothing, type Lot, seatedIn } from "./lot.ts";
import type { Order } from "./order.ts";
import type { Supplier } from "./supplier.ts";

export interface CallOffs {
  /**
   * The id of a contract's framework agreement, where that is among the data. Undefined for a contract that is no
   * call-off.
   */
  readonly frameworkOf: (contract: Pick<Contract, "id">) => string | undefined;
  /** Whether any contract is a call-off of this one. */
  readonly isFramework: (contract: Contract) => boolean;
  /**
   * Whether the contract is one of those that decide which are call-offs of which: those that name a framework
   * agreement, and those that are named. Nothing follows from any other.
   */
  readonly isRelated: (contract: Contract) => boolean;
  /** What call-offs use up of a contract, as orders. The contract is passed as it is written. */
  readonly under: (framework: Contract, preference: Preference) => readonly Order[];
  /**
   * The call-offs of a contract of which no value is known and under which orders are placed. At least those orders use
   * the contract up.
   */
  readonly orderedUnder: (framework: Contract, preference: Preference) => readonly OrderedCallOff[];
  /** The ids of contracts in circles: each would be a call-off of the next, and the last of the first. */
  readonly circles: readonly (readonly string[])[];
}

/** A call-off, and what an order that is placed under it is to its framework agreement. */
export interface OrderedCallOff {
  readonly contract: Contract;
  readonly asUnder: (order: Order) => Order;
}

export const NO_CALL_OFFS: CallOffs = {
  frameworkOf: () => undefined,
  isFramework: () => false,
  isRelated: () => false,
  under: () => [],
  orderedUnder: () => [],
  circles: [],
};

/** The ids of the framework agreements above a contract, the nearest first. There are no circles among them. */
export const frameworksAbove = (id: string, { frameworkOf }: CallOffs): readonly string[] => {
  const above: string[] = [];
  for (let at = frameworkOf({ id }); at !== undefined; at = frameworkOf({ id: at })) above.push(at);
  return above;
};

/** The fields of a call-off that tell how much of its framework agreement it uses up. */
export type CallOff = Pick<
  Contract,
  | "id"
  | "lots"
  | "callOffLots"
  | "settledContracts"
  | "sharedAwards"
  | "awarded"
  | "framework"
  | "quantity"
  | "procedure"
  | "buyer"
  | "awardDate"
  | "publications"
  | "modifications"
  | "title"
  | "origin"
>;

interface Part {
  readonly lots: readonly string[];
  readonly suppliers: readonly Supplier[];
  /** Undefined where nothing says what it is worth. */
  readonly value: StatedAmounts | undefined;
  /** Undefined where nothing says how many units it takes. */
  readonly quantity?: Money | undefined;
  readonly date: PartialDate | undefined;
}

const isDue = ({ status, awarded }: Lot): boolean => status === "awarded" || awarded !== undefined;

/**
 * Whether the status of a lot leaves open that something was ordered. A lot that is only called for takes nothing yet.
 */
const isUntold = ({ status }: Lot): boolean => status !== "open" && status !== "pending";

/**
 * The quantity that a call-off, or its lot, takes (L4). A framework agreement takes none: its quantity is the most that
 * may be ordered under it.
 */
const takenOf = (
  { quantity }: Pick<Contract, "quantity">,
  { framework }: CallOff,
  preference: Preference,
): Money | undefined => {
  const taken = framework ? undefined : preference.value(quantity);
  return typeof taken === "object" ? taken : undefined;
};

const singleValues = (contracts: readonly SettledContract[]): StatedAmounts | undefined => {
  const known: Money[] = [];
  for (const { value } of contracts) if (typeof value === "object") known.push(value);
  const [first, ...others] = sumByUnit(known);
  if (first === undefined) return undefined;
  const isWhole = known.length === contracts.length;
  const atLeast = (sum: Money): Money => (isWhole ? sum : { ...sum, bound: "atLeast" });
  return [atLeast(first), ...others.map(atLeast)];
};

/**
 * A call-off with only those of its contracts that name this framework agreement. Where none of its contracts names
 * any, it stays as it is.
 */
export const partOfCallOff = (callOff: CallOff, name: string): CallOff => {
  const { settledContracts } = callOff;
  if (settledContracts.every((settled) => settled.callOffOf === undefined)) return callOff;
  const own = settledContracts.filter((settled) => settled.callOffOf === name);
  const isAll = own.length === settledContracts.length;
  return { ...callOff, settledContracts: own, quantity: isAll ? callOff.quantity : undefined };
};

/**
 * The parts of a call-off: the contracts that are marked as call-offs, where others of its notice are not, or else its
 * lots.
 */
const partsOf = (callOff: CallOff, preference: Preference): readonly Part[] => {
  const { lots, settledContracts, sharedAwards } = callOff;
  const marked = settledContracts.filter((settled) => settled.callOffOf !== undefined);
  if (marked.length > 0) return marked.map((settled) => partOfSettled(settled));
  if (lots.length === 0) return [partWithoutLots(callOff)];
  const together = new Set(sharedAwards.flatMap((award) => award.lots));
  const standing = lots.filter((lot) => !cameToNothing(lot));
  const due = standing.filter((lot) => isDue(lot) && !together.has(lot.id));
  // Where nothing says what became of the call-off, something may have been ordered all the same.
  const isSilent = due.length + together.size === 0 && standing.length === lots.length;
  const isTaken = isSilent ? isUntold : (lot: Lot) => lot.awarded !== undefined || due.includes(lot);
  const taken = standing.filter(isTaken);
  const joint = jointContracts(callOff, new Set(taken.flatMap(({ id, awarded }) => (awarded === undefined ? id : []))));
  const told = new Set(joint.flatMap((settled) => settled.lots));
  return [
    ...taken.flatMap((lot) => {
      const part = partOfLot(lot, callOff, preference);
      return part.value === undefined && told.has(lot.id) ? withinOthers(part, joint) : part;
    }),
    ...joint.map(partOfSettled),
    ...sharedAwards.map(({ lots: ids, value }) => ({
      lots: ids,
      suppliers: [...new Set(lots.flatMap((lot) => (ids.includes(lot.id) ? holders(lot, preference) : [])))],
      value,
      date: undefined,
    })),
  ];
};

/** Contracts with a value for several lots, where nothing says what was awarded for any of these lots. */
const jointContracts = (
  { settledContracts, sharedAwards }: CallOff,
  silent: ReadonlySet<string>,
): readonly SettledContract[] =>
  sharedAwards.length > 0
    ? []
    : settledContracts.filter(
        ({ lots, value }) => lots.length > 1 && typeof value === "object" && lots.every((lot) => silent.has(lot)),
      );

/** A part whose value is included in those of contracts for several lots. Only its quantity is left to tell. */
const withinOthers = (part: Part, [first]: readonly SettledContract[]): readonly Part[] => {
  const { quantity } = part;
  const value = first?.value;
  return quantity === undefined || typeof value !== "object" ? [] : [{ ...part, value: [zeroLike(value)] }];
};

const holders = (lot: Lot, preference: Preference): readonly Supplier[] => preference.value(lot.suppliers) ?? [];

const partOfSettled = ({ lots, suppliers, value, awardDate, signedDate }: SettledContract): Part => ({
  lots,
  suppliers,
  value: typeof value === "object" ? [value] : value,
  date: awardDate ?? signedDate,
});

/** The part of a call-off that is one lot. Its value is what was awarded, or else that of its contracts (T11). */
const partOfLot = (lot: Lot, callOff: CallOff, preference: Preference): Part => {
  const own = callOff.settledContracts.filter(({ lots }) => lots.length === 1 && lots[0] === lot.id);
  return {
    lots: [lot.id],
    suppliers: holders(lot, preference),
    value: preference.value(lot.awarded) ?? singleValues(own),
    quantity: isDue(lot) || lot.status === "no-result" ? takenOf(lot, callOff, preference) : undefined,
    date: undefined,
  };
};

const partWithoutLots = ({ settledContracts, awarded }: CallOff): Part => ({
  lots: [],
  suppliers: [...new Set(settledContracts.flatMap(({ suppliers }) => suppliers))],
  value: awarded === undefined ? singleValues(settledContracts) : undefined,
  date: undefined,
});

/** By how much modifications changed what is called off, each from its own day on (T12). */
const growthOf = (
  { modifications, lots }: CallOff,
  parts: readonly Part[],
  preference: Preference,
): readonly Part[] => {
  const own = new Set(parts.flatMap((part) => part.lots));
  const [money] = parts.flatMap(valuesOf);
  const taken = parts.find(({ quantity }) => quantity !== undefined)?.quantity;
  return modifications.flatMap(({ lot, value, quantity, date }): readonly Part[] => {
    if ((value ?? (taken && quantity)) === undefined || (lot !== undefined && !own.has(lot))) return [];
    const changed = lots.filter(({ id }) => (lot === undefined ? own.has(id) : id === lot));
    const suppliers = [...new Set(changed.flatMap((one) => holders(one, preference)))];
    const grown = value ?? (money && zeroLike(money));
    return [
      {
        lots: changed.map(({ id }) => id),
        suppliers,
        value: grown && [grown],
        quantity: taken && (quantity ?? zeroLike(taken)),
        date,
      },
    ];
  });
};

const partsAndGrowth = (callOff: CallOff, parts: readonly Part[], preference: Preference): readonly Part[] => [
  ...parts,
  ...growthOf(callOff, parts, preference),
];

/** An unknown amount in the unit that others state: it may be any, so it is at least zero. */
const anyOf = (like: Money): Money => ({ ...zeroLike(like), bound: "atLeast" });

/**
 * The parts of a call-off with what is known of them. Where they state no value, or no quantity, that of the call-off
 * as a whole stands in a part for the whole.
 */
const valuedParts = (callOff: CallOff, preference: Preference): readonly Part[] => {
  const parts = partsOf(callOff, preference);
  const [value] = parts.flatMap(valuesOf);
  const quantity = parts.find((part) => part.quantity !== undefined)?.quantity;
  const awarded = value === undefined ? preference.value(callOff.awarded) : undefined;
  const worth = typeof awarded === "object" ? awarded : undefined;
  const taken = quantity === undefined && parts.length > 0 ? takenOf(callOff, callOff, preference) : undefined;
  if (worth === undefined && taken === undefined) return parts;
  const whole = wholeOf(parts);
  const [part, ...others] = parts;
  if (others.length === 0 || (value ?? quantity) === undefined)
    return [{ ...whole, value: worth === undefined ? part?.value : [worth], quantity: taken ?? part?.quantity }];
  // One of the two is stated for the whole, the other part by part. So the whole takes nothing of the latter, and the
  // parts take nothing of the former.
  const first = worth === undefined ? value && zeroLike(value) : worth;
  return [
    { ...whole, value: first && [first], quantity: taken ?? (quantity && zeroLike(quantity)) },
    ...parts.map(
      (one): Part => ({
        ...one,
        value:
          worth !== undefined ? [zeroLike(worth)] : typeof one.value === "object" ? one.value : value && [anyOf(value)],
        quantity: taken === undefined ? (one.quantity ?? (quantity && anyOf(quantity))) : zeroLike(taken),
      }),
    ),
  ];
};

/** When a call-off was made: when it was awarded or signed, or else first published. */
const dateOf = ({ awardDate, settledContracts, publications }: CallOff, preference: Preference) =>
  preference.value(awardDate) ??
  firstDateIn(settledContracts.map((settled) => settled.awardDate ?? settled.signedDate)) ??
  publications[0]?.date;

/**
 * Whether a contract is nothing but a call-off. A notice that sets up a framework agreement itself (BT-765) and also
 * marks its contracts as awarded under one usually names its own call.
 */
export const isCallOff = ({ callOffOf, framework, publications }: Contract): boolean =>
  callOffOf !== undefined && !(framework && publications.length > 0);

/**
 * The amount of an order of which nothing is known but that it was placed: at least zero, in the unit that limits the
 * framework agreement.
 */
const unknownUnder = ({ ceiling, groups, lots, estimate }: Contract, named: readonly string[]): Money => {
  const own = lots.filter(({ id }) => named.includes(id));
  const facts = [
    ...[...own, ...groups, ...lots].map(
      (one) => one.ceiling ?? ("ceilingPerSupplier" in one ? one.ceilingPerSupplier : undefined),
    ),
    ceiling,
    estimate,
  ];
  const known = facts.flatMap((fact) => fact ?? []).find(({ value }) => typeof value === "object")?.value;
  return { ...(typeof known === "object" ? zeroLike(known) : zeroMoney("EUR")), bound: "atLeast" };
};

/** An order that may belong to another framework agreement altogether, so that its figures may be zero here. */
export const asPossible = (order: Order): Order => ({
  ...order,
  amount: order.amount && possibly(order.amount),
  quantity: order.quantity && possibly(order.quantity),
});

const possibly = (amount: Money): Money => {
  if (amount.bound === "atLeast") return { ...amount, minor: 0n };
  const { minor, bound, least = minor } = amount;
  return rangeTo({ ...amount, minor: minor > 0n ? minor : 0n }, bound !== "atMost" && least < 0n ? least : 0n);
};

/**
 * The lots of the framework agreement that a part is for. A lot's id only means the same within one procedure (T11).
 */
const lotsOfFramework = (part: Part, { callOffLots, procedure }: CallOff, framework: Contract): readonly string[] => {
  if (callOffLots.length > 0) return callOffLots;
  if (procedure === undefined || procedure !== framework.procedure) return [];
  const known = new Set(framework.lots.map(({ id }) => id));
  return part.lots.filter((lot) => known.has(lot));
};

/**
 * What a call-off uses up of its framework agreement, as orders. Where nothing is known of its value, it is at least
 * what is known of the call-offs below it.
 */
export const ordersOfCallOff = (
  callOff: CallOff,
  framework: Contract,
  preference: Preference,
  below: () => readonly Money[],
): readonly Order[] => {
  const date = dateOf(callOff, preference);
  const seated = seatedIn(callOff.lots);
  const parts = valuedParts(callOff, preference);
  const isUnknown = parts.every(({ value }) => typeof value !== "object");
  const order = (part: Part, amount: Money | undefined, quantity: Money | undefined): Order => ({
    id: callOff.id,
    supplier: part.suppliers.length === 1 ? part.suppliers[0]?.id : undefined,
    buyer: preference.value(callOff.buyer),
    date: part.date ?? date,
    amount,
    quantity,
    description: callOff.title,
    position: () => callOff.origin.locate(["callOffOf"]),
    callOff: { lots: lotsOfFramework(part, callOff, framework), suppliers: part.suppliers, ...seated },
  });
  const known = isUnknown ? below() : [];
  if (isUnknown && known.length > 0) {
    const whole = wholeOf(parts);
    const atLeast = known.map((amount): Money => ({ ...amount, bound: "atLeast" }));
    const quantities = atLeast.filter(isQuantity);
    const amounts = atLeast.filter((amount) => !isQuantity(amount));
    const longer = amounts.length < quantities.length ? quantities : amounts;
    return longer.map((_, place) => order(whole, amounts[place], quantities[place]));
  }
  return partsAndGrowth(callOff, parts, preference).flatMap((part) => {
    const { quantity } = part;
    const isToldOf = typeof part.value === "object" || quantity !== undefined;
    const [amount, ...others] = isToldOf
      ? valuesOf(part)
      : [unknownUnder(framework, lotsOfFramework(part, callOff, framework))];
    return [order(part, amount, quantity), ...others.map((one) => order(part, one, quantity && zeroLike(quantity)))];
  });
};

/**
 * Turns an order under a call-off, or under one below it, into one under the framework agreement: it is a part of the
 * call-off, with a date of its own.
 */
export const orderUnder = (
  callOff: CallOff,
  { id }: Contract,
  framework: Contract,
  preference: Preference,
): ((order: Order) => Order) => {
  const whole = wholeOf(partsOf(callOff, preference));
  const seated = seatedIn(callOff.lots);
  return (order) => {
    const named = whole.suppliers.filter(({ id }) => id === order.supplier);
    const suppliers = named.length > 0 ? named : whole.suppliers;
    const part = order.lot === undefined ? whole : { ...whole, lots: [order.lot] };
    return {
      ...order,
      id: `${id}/${order.id}`,
      lot: undefined,
      supplier: suppliers.length === 1 ? suppliers[0]?.id : undefined,
      buyer: order.buyer ?? preference.value(callOff.buyer),
      callOff: {
        lots: lotsOfFramework(part, callOff, framework),
        suppliers,
        ...seated,
        placed: { contract: id, order: order.id },
      },
    };
  };
};

const wholeOf = (parts: readonly Part[]): Part => ({
  lots: [...new Set(parts.flatMap(({ lots }) => lots))],
  suppliers: [...new Set(parts.flatMap(({ suppliers }) => suppliers))],
  value: undefined,
  date: undefined,
});

const valuesOf = ({ value }: Part): readonly Money[] => (typeof value === "object" ? value : []);

/** What is known of a call-off's own value and quantity, one figure per unit. Empty where it states none. */
export const knownValueOf = (callOff: CallOff, preference: Preference): readonly Money[] => {
  const all = partsAndGrowth(callOff, valuedParts(callOff, preference), preference);
  return sumByUnit(all.flatMap((part) => [...valuesOf(part), ...(part.quantity === undefined ? [] : [part.quantity])]));
};

/** Whether no ceiling is stated at all. The value of such a framework agreement may be its ceiling (O2). */
export const statesNoCeiling = ({ ceiling, lots, groups }: Contract): boolean =>
  ceiling === undefined &&
  groups.every((group) => group.ceiling === undefined) &&
  lots.every((lot) => lot.ceiling === undefined && lot.ceilingPerSupplier === undefined);

/** The value of an award in OCDS. For a framework agreement it may be the maximum. */
const valueInOcds = (fact: Lot["awarded"]): Fact<Money> | undefined => {
  const [claim] = fact ?? [];
  if (claim === undefined || claim.by.locator?.startsWith("/") !== true) return undefined;
  const [value, ...others] = claim.value === "withheld" ? [] : claim.value;
  if (value === undefined || others.length > 0 || value.bound === "atLeast") return undefined;
  const { bound: _, least: __, ...exact } = value;
  const known: Claim<Money> = { ...claim, value: exact };
  return [known];
};

/**
 * A framework agreement of OCDS that states a value and no maximum, with the value as its ceiling. Undefined for any
 * other contract. Under the Procurement Act 2023 a framework's value is an estimate, and stays one.
 */
export const withValueAsCeiling = (contract: Contract): Contract | undefined => {
  if (!contract.framework || contract.regime?.startsWith("uk") === true || !statesNoCeiling(contract)) return undefined;
  const lots = contract.lots.map((lot) => {
    const ceiling = valueInOcds(lot.awarded);
    return ceiling === undefined ? lot : { ...lot, ceiling };
  });
  if (lots.every(({ ceiling }) => ceiling === undefined)) return undefined;
  return { ...contract, lots, notes: [...contract.notes, { rule: "O2", text: VALUE_TAKEN }] };
};

const VALUE_TAKEN =
  "no maximum is stated, and call-offs are among the data: the value of its awards counts as its ceiling";
