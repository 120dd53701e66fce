import type { Preference } from "../model/claim.ts";
import { type Money, type StatedAmount, type StatedAmounts, unitOf } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { isText } from "../records/kinds.ts";
import { countryHere, type Lot, nameHere, type Seated, sizeHere } from "../records/lot.ts";
import { type CompanySize, namesOf, type Supplier } from "../records/supplier.ts";
import { askedField, unanswered } from "./fields.ts";
import { statedCeiling } from "./lot-ceiling.ts";
import { type CeilingInView, isStandIn, oncePerContract, remembered, suppliersInView, type Test } from "./subject.ts";

/** The texts or ids of a field. Empty where nothing is known. */
type Texts = readonly string[];

const given = (value: string | undefined): Texts => (value === undefined ? [] : [value]);

const someTextIn = (stated: unknown, passes: (text: string) => boolean): boolean =>
  isText(stated) ? passes(stated) : Array.isArray(stated) && stated.some((text) => isText(text) && passes(text));

/** The texts by which a supplier is found. On a lot, they include what that lot's notice calls it. */
export const searchedTexts = (supplier: Supplier, here?: string): Texts => [
  ...namesOf(supplier, here),
  ...(supplier.members ?? []).flatMap(({ value }) => value.map(({ name }) => name)),
];

/** A CPV code with the codes above it: 72212000 is also found by 72210000, 72200000 and 72000000. */
const withParents = (code: string): Texts => {
  const digits = code.slice(0, 8);
  const parents = [2, 3, 4, 5, 6, 7].map((kept) => digits.slice(0, kept).padEnd(8, "0"));
  return [...new Set([code, digits, ...parents])];
};

/** The buyer, followed by those that buy jointly with it. */
export const buyersOf = ({ buyer, jointBuyers }: Contract, preference: Preference): Texts => [
  ...given(preference.value(buyer)),
  ...(preference.value(jointBuyers) ?? []),
];

/** Fields of a contract as a whole. */
const OF_CONTRACT = new Map<string, (contract: Contract, preference: Preference) => Texts>([
  ["contract", ({ id }) => [id]],
  ["buyer", buyersOf],
  [
    "procedure",
    ({ procedure, procedureType }, preference) => [...given(procedure), ...given(preference.value(procedureType))],
  ],
  ["vat", ({ vat = "excluded" }) => [vat]],
]);

const OF_LOT = new Map<string, (lot: Lot, preference: Preference, contract: Contract) => Texts>([
  ["lot", (lot, _, contract) => (isStandIn(lot) ? [] : [lot.id, `${contract.id}/${lot.id}`])],
  ["title", ({ title }, _, contract) => [...given(title), ...given(contract.title)]],
  [
    "cpv",
    ({ cpv }, preference, contract) =>
      [...(preference.value(cpv) ?? []), ...(preference.value(contract.cpv) ?? [])].flatMap(withParents),
  ],
  ["currency", (lot, preference, contract) => currenciesOf(lot, contract, preference)],
  ["source", (lot, preference) => given(statedCeiling(lot, preference)?.by.source)],
]);

/** The amounts of a lot or, where it states none, those of its contract, its groups and awards for several lots. */
const amountsOf = (lot: Lot, contract: Contract, preference: Preference): readonly Money[] => {
  const { ceiling, ceilingPerSupplier, estimate, reestimate, awarded } = lot;
  const own = [ceiling, ceilingPerSupplier, estimate, reestimate].map((fact) => preference.value(fact));
  const found = knownIn([...own, preference.value(awarded)]);
  if (found.length > 0) return found;
  const together = contract.sharedAwards.filter(({ lots }) => lots.includes(lot.id)).map(({ value }) => value);
  const signed = contract.settledContracts.filter(({ lots }) => lots.includes(lot.id)).map(({ value }) => value);
  const groups = contract.groups.filter(({ lots }) => lots.includes(lot.id)).map(({ ceiling }) => ceiling);
  const whole = [...groups, contract.ceiling, contract.estimate, contract.reestimate, contract.awarded];
  return knownIn([...together, ...signed, ...whole.map((fact) => preference.value(fact))]);
};

const knownIn = (amounts: readonly (StatedAmounts | StatedAmount | undefined)[]): readonly Money[] =>
  amounts.flatMap((amount) => amount ?? []).filter((amount) => typeof amount === "object");

/**
 * The currencies of a lot. An amount with VAT has the same currency as one without, and is also found by what tables
 * call its unit.
 */
const currenciesOf = (lot: Lot, contract: Contract, preference: Preference): Texts => [
  ...new Set(amountsOf(lot, contract, preference).flatMap((money) => [money.currency, unitOf(money)])),
];

/** The units in which a lot has amounts: its currencies, net and gross apart, and units of quantities. */
export const unitsOfLot = (lot: Lot, contract: Contract, preference: Preference): ReadonlySet<string> => {
  const groups = contract.groups.filter(({ lots }) => lots.includes(lot.id));
  const quantities = [
    lot.quantity,
    lot.quantityPerSupplier,
    ...groups.map(({ quantity }) => quantity),
    contract.quantity,
  ];
  const counted = knownIn(quantities.map((fact) => preference.value(fact)));
  return new Set([...amountsOf(lot, contract, preference), ...counted].map(unitOf));
};

export type OfSupplier = (supplier: Supplier, preference: Preference, lot: Seated) => Texts;

/** Fields of a supplier. On a lot, they are as that lot's notice says. */
const OF_SUPPLIER = new Map<string, OfSupplier>([
  ["supplier", (supplier, _, lot) => searchedTexts(supplier, nameHere(supplier, lot))],
  ["supplierId", ({ id }) => [id]],
  [
    "country",
    (supplier, preference, lot) => [
      ...given(countryHere(supplier, lot, preference)),
      ...(preference.value(supplier.members) ?? []).flatMap((member) => given(member.country)),
    ],
  ],
  ["kind", ({ kind }) => [kind]],
  ["size", (supplier, preference, lot) => given(sizeHere(supplier, lot, preference))],
  ["sme", (supplier, preference, lot) => given(isSme(sizeHere(supplier, lot, preference)))],
]);

const isSme = (size: CompanySize | undefined): string | undefined =>
  size === undefined ? undefined : size === "large" ? "no" : "yes";

/** The texts of a supplier for a field that asks for suppliers. */
export const supplierTexts = (field: string): OfSupplier => {
  const texts = OF_SUPPLIER.get(field);
  if (texts === undefined) throw unanswered(field);
  return texts;
};

const OF_CEILING = new Map<string, (ceiling: CeilingInView) => Texts>([
  ["use", ({ use }) => use],
  ["runsOut", ({ runsOut }) => runsOut],
]);

export const someText = (field: string, preference: Preference, passes: (text: string) => boolean): Test => {
  const ofContract = OF_CONTRACT.get(field);
  if (ofContract !== undefined) {
    const some = oncePerContract(({ contract }) => ofContract(contract, preference).some(passes));
    if (field !== "buyer") return some;
    return (subject) => (subject.order === undefined ? some(subject) : given(subject.order.buyer).some(passes));
  }
  const ofCeiling = OF_CEILING.get(field);
  if (ofCeiling !== undefined) return ({ ceiling }) => ceiling !== undefined && ofCeiling(ceiling).some(passes);
  const ofLot = OF_LOT.get(field);
  if (ofLot !== undefined) return ({ contract, lot }) => ofLot(lot, preference, contract).some(passes);
  const asked = askedField(field, "text") ?? askedField(field, "id");
  if (asked !== undefined) {
    const some: Test = (subject) => someTextIn(asked.statedOf(subject, preference), passes);
    if (asked.of === "contract") return oncePerContract(some);
    return asked.of === "order" ? some : (subject) => !isStandIn(subject.lot) && some(subject);
  }
  const ofSupplier = supplierTexts(field);
  return someSupplier(preference, (supplier, lot) => ofSupplier(supplier, preference, lot).some(passes));
};

/**
 * Tests whether something is true of a supplier in view. It is asked once for all lots whose notices add nothing to the
 * supplier's record.
 */
export const someSupplier = (preference: Preference, test: (supplier: Supplier, lot: Seated) => boolean): Test => {
  const usual = remembered((supplier: Supplier) => test(supplier, {}));
  // Whether the notice of any of the contract's lots says something of its own about suppliers.
  const isByLot = oncePerContract(({ contract }) => contract.lots.some(({ statedHere }) => statedHere !== undefined));
  return (subject) => {
    const suppliers = suppliersInView(subject, preference);
    if (!isByLot(subject)) return suppliers.some(usual);
    const { lot } = subject;
    return suppliers.some((supplier) => test(supplier, lot));
  };
};
