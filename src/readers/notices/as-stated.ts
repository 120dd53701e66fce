import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";

/** With every part, those that may be left out included. */
type Complete<T> = { readonly [K in keyof T]-?: T[K] };

/** The parts of a contract that a notice states. */
export type StatedContract = Pick<Contract, "id" | "framework" | "origin"> & Partial<Contract>;

/** The parts of a lot that a notice states. */
export type StatedLot = Pick<Lot, "id" | "status"> & Omit<Partial<Lot>, "statedNames">;

/**
 * The contract of which a notice states these parts, and nothing of the others. Written out, because objects that are
 * spread into others take fifty times as long to make, and notices come by the thousand.
 */
export const contractFrom = (stated: StatedContract): Complete<Contract> => ({
  id: stated.id,
  framework: stated.framework,
  origin: stated.origin,
  title: stated.title,
  description: stated.description,
  procedure: stated.procedure,
  regime: stated.regime,
  vat: stated.vat,
  cpv: stated.cpv,
  buyer: stated.buyer,
  jointBuyers: stated.jointBuyers,
  users: stated.users,
  coordinator: stated.coordinator,
  callDate: stated.callDate,
  awardDate: stated.awardDate,
  startDate: stated.startDate,
  endDate: stated.endDate,
  firstUse: stated.firstUse,
  term: stated.term,
  maximumDuration: stated.maximumDuration,
  ceiling: stated.ceiling,
  estimate: stated.estimate,
  reestimate: stated.reestimate,
  awarded: stated.awarded,
  participants: stated.participants,
  supplierOrigins: stated.supplierOrigins,
  tenderers: stated.tenderers,
  offers: stated.offers,
  capacity: stated.capacity,
  reservedShare: stated.reservedShare,
  reservedFor: stated.reservedFor,
  dataLocation: stated.dataLocation,
  note: stated.note,
  lots: stated.lots ?? [],
  groups: stated.groups ?? [],
  renewals: stated.renewals ?? [],
  modifications: stated.modifications ?? [],
  orders: stated.orders,
  ledgers: stated.ledgers ?? [],
  callOffOf: stated.callOffOf,
  settledContracts: stated.settledContracts ?? [],
  sharedAwards: stated.sharedAwards ?? [],
  publications: stated.publications ?? [],
  notes: stated.notes ?? [],
  tags: stated.tags ?? [],
  links: stated.links ?? [],
  ignores: stated.ignores ?? [],
});

/** The lot of which a notice states these parts, and nothing of the others. */
export const lotFrom = (stated: StatedLot): Complete<Omit<Lot, "statedNames">> => ({
  id: stated.id,
  status: stated.status,
  title: stated.title,
  service: stated.service,
  deployment: stated.deployment,
  ceiling: stated.ceiling,
  ceilingPerSupplier: stated.ceilingPerSupplier,
  estimate: stated.estimate,
  reestimate: stated.reestimate,
  awarded: stated.awarded,
  cpv: stated.cpv,
  term: stated.term,
  callOff: stated.callOff,
  awardCriteria: stated.awardCriteria,
  offers: stated.offers,
  suppliers: stated.suppliers,
  subcontractors: stated.subcontractors,
  note: stated.note,
});
