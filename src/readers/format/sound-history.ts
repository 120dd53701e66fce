import { contractAsOf, modifiedLot } from "../../model/as-of.ts";
import type { Contract, StatedAmount } from "../../model/contract.ts";
import type { Modification, RenewalDecision } from "../../model/modification.ts";
import { unitOf } from "../../model/money.ts";
import type { Decoding } from "../decode.ts";

/** What sources say of the ceiling that a modification changes. */
const ceilingOf = (modification: Modification, contract: Contract): readonly StatedAmount[] => {
  const lotId = modifiedLot(modification, contract);
  const lot = contract.lots.find(({ id }) => id === lotId);
  const fact = lotId === undefined ? contract.ceiling : (lot?.ceiling ?? lot?.ceilingPerSupplier);
  return (fact ?? []).map(({ value }) => value);
};

const checkAmount = (modification: Modification, contract: Contract, index: number, at: Decoding): void => {
  const { id, amount, date } = modification;
  if (amount === undefined) return;
  const path = ["modifications", index, "amount"];
  for (const stated of ceilingOf(modification, contract)) {
    if (stated === "withheld" || unitOf(stated) === unitOf(amount)) continue;
    const message = `modification "${id}" is in ${unitOf(amount)}, the ceiling that it changes in ${unitOf(stated)}`;
    at.reportAt(path, "T7-modification", message, "write it in the ceiling's currency");
  }
  const after = ceilingOf(modification, contractAsOf(contract, date));
  if (after.some((stated) => stated !== "withheld" && stated.minor < 0n)) {
    at.reportAt(path, "L2-below", `modification "${id}" leaves a ceiling below zero`, "a ceiling is zero or more");
  }
};

const checkModification = (modification: Modification, contract: Contract, index: number, at: Decoding): void => {
  const { id, lot } = modification;
  const lots = contract.lots.map((known) => known.id);
  if (lot !== undefined && !lots.includes(lot)) {
    const hint = `its lots: ${lots.join(", ")}`;
    at.reportAt(["modifications", index, "lot"], "F8", `there is no lot "${lot}" in this contract`, hint);
  }
  if (contract.modifications.findIndex((other) => other.id === id) < index) {
    const message = `modification "${id}" stands twice in this contract`;
    at.reportAt(["modifications", index, "modification"], "F7", message, "give each its own id");
  }
  checkAmount(modification, contract, index, at);
};

const checkRenewal = (wanted: RenewalDecision, { renewals }: Contract, index: number, at: Decoding): void => {
  const before = renewals.slice(0, index);
  const path = ["renewals", index, "renewal"];
  if (before.some(({ renewal }) => renewal === wanted.renewal)) {
    at.reportAt(path, "D1-decision", `renewal ${wanted.renewal} is decided twice`, "keep one of the decisions");
    return;
  }
  const declined = renewals.find(({ renewal, decision }) => decision === "declined" && renewal < wanted.renewal);
  if (declined === undefined) return;
  const message = `renewal ${wanted.renewal} cannot be decided: renewal ${declined.renewal} was declined`;
  at.reportAt(path, "D1-decision", message, "a declined renewal ends the contract");
};

/** Reports modifications of what is not there or cannot be added up, and decisions on renewals that contradict each other. */
export const soundHistory = (contract: Contract, at: Decoding): Contract => {
  for (const [index, modification] of contract.modifications.entries()) {
    checkModification(modification, contract, index, at);
  }
  for (const [index, renewal] of contract.renewals.entries()) checkRenewal(renewal, contract, index, at);
  return contract;
};
