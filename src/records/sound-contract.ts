import type { StatedAmount } from "../model/amount.ts";
import type { RenewalDecision } from "../model/modification.ts";
import { unitOf } from "../model/money.ts";
import { contractAsOf, modifiedLot } from "./as-of.ts";
import type { Contract } from "./contract.ts";
import type { Decoding } from "./decode.ts";
import type { LotGroup } from "./group.ts";
import type { Lot } from "./lot.ts";
import type { Modification } from "./modification.ts";

/** Reports what the parts of a contract say of each other that cannot be. */
export const checkContract = (contract: Contract, at: Decoding): void => {
  reportRepeatedLots(contract.lots, at);
  reportUnsoundGroups(contract.groups, contract.lots, at);
  reportUnknownLots(contract, at);
  reportUnsoundHistory(contract, at);
};

/** Reports the lots that signed contracts and shared awards name, and the contract does not have. */
const reportUnknownLots = ({ lots, settledContracts, sharedAwards }: Contract, at: Decoding): void => {
  const known = lots.map(({ id }) => id);
  const named = { settledContracts, sharedAwards };
  for (const [field, records] of Object.entries(named)) {
    for (const [index, record] of records.entries()) {
      for (const [place, lot] of record.lots.entries()) {
        if (known.includes(lot)) continue;
        const message = `there is no lot "${lot}" in this contract`;
        at.reportAt([field, index, "lots", place], "F8", message, `its lots: ${known.join(", ")}`);
      }
    }
  }
};

/** Reports groups that share an id, and lots that a group names and its contract does not have. */
const reportUnsoundGroups = (groups: readonly LotGroup[], lots: readonly Lot[], at: Decoding): void => {
  const seen = new Set<string>();
  const known = lots.map(({ id: lotId }) => lotId);
  for (const [index, group] of groups.entries()) {
    if (seen.has(group.id)) {
      at.reportAt(
        ["groups", index, "group"],
        "F7",
        `group "${group.id}" stands twice in this contract`,
        "give each its own id",
      );
    }
    seen.add(group.id);
    for (const [place, lotId] of group.lots.entries()) {
      if (known.includes(lotId)) continue;
      at.reportAt(
        ["groups", index, "lots", place],
        "F8",
        `there is no lot "${lotId}" in this contract`,
        `its lots: ${known.join(", ")}`,
      );
    }
  }
};

const reportRepeatedLots = (lots: readonly Lot[], at: Decoding): void => {
  if (lots.length < 2) return;
  const seen = new Set<string>();
  lots.forEach(({ id: lotId }, index) => {
    if (seen.has(lotId)) {
      at.reportAt(["lots", index, "lot"], "F7", `lot "${lotId}" stands twice in this contract`, "give each its own id");
    }
    seen.add(lotId);
  });
};

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
const reportUnsoundHistory = (contract: Contract, at: Decoding): void => {
  for (const [index, modification] of contract.modifications.entries()) {
    checkModification(modification, contract, index, at);
  }
  for (const [index, renewal] of contract.renewals.entries()) checkRenewal(renewal, contract, index, at);
};
