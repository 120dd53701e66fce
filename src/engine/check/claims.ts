import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { type Amount, formatMoney, isKnown } from "../../model/money.ts";
import { formatDate } from "../../model/partial-date.ts";
import { formatPercent, formatRatio } from "../../model/ratio.ts";
import type { RuleId } from "../../model/rule.ts";
import type { Contract } from "../../records/contract.ts";
import type { Supplier } from "../../records/supplier.ts";
import {
  contractFacts,
  type FactView,
  groupFacts,
  lotFacts,
  overallVerdict,
  supplierFacts,
  type Verdict,
} from "../facts.ts";
import type { Cell } from "../report.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

type Located = Pick<Contract | Supplier, "origin">;

const amountText = (amount: Amount): string => (isKnown(amount) ? formatMoney(amount) : amount);

const cellText = (cell: Cell): string => {
  switch (cell.type) {
    case "money":
      return amountText(cell.value);
    case "suppliers":
      return cell.value.length === 0 ? "nobody" : cell.value.map(({ id }) => id).join(", ");
    case "moneys":
      return cell.value.map(amountText).join(", ");
    case "texts":
      return cell.value.join(", ");
    case "date":
      return formatDate(cell.value);
    case "composite":
      return cell.value.text;
    case "composites":
      return cell.value.map(({ text }) => text).join(", ");
    case "flag":
      return cell.value ? "yes" : "no";
    case "notes":
      return cell.value.map(({ rule }) => rule).join(", ");
    case "percent":
      return `${formatPercent(cell.value)} %`;
    case "decimal":
      return formatRatio(cell.value);
    case "id":
    case "text":
    case "count":
      return String(cell.value);
  }
};

const READINGS: Readonly<Record<Exclude<Verdict, "agrees">, readonly [rule: RuleId, reading: string, hint?: string]>> =
  {
    rounded: ["N3-rounding", "the same figure, rounded"],
    cut: ["N3-rounding", "the same figure, cut"],
    "names differ": ["T2-names", "names of one supplier"],
    contradicts: [
      "N3-contradiction",
      "they contradict each other",
      "put the source to believe first, or correct the register",
    ],
  };

/**
 * Finds sources that say different things of one fact (N3): rounding is worth knowing, a contradiction worth a look.
 */
const checkFact = (fact: FactView, what: string, record: Located): readonly Finding[] => {
  const verdict = overallVerdict(fact);
  if (verdict === undefined || verdict === "agrees") return [];
  const said = fact.claims.map(({ by, cell }) => `${by.source ?? "the register"} says ${cellText(cell)}`).join("; ");
  const [rule, reading, hint] = READINGS[verdict];
  return [findingOf(rule, `${what}, ${fact.name}: ${said}: ${reading}`, record.origin.locate(fact.path), hint)];
};

/** One finding for all facts of a record that have no source. */
const checkSources = (facts: readonly FactView[], what: string, record: Located): readonly Finding[] => {
  const bare = facts.filter(({ claims }) => claims.some(({ by }) => by.source === undefined));
  const [first] = bare;
  if (first === undefined) return [];
  const names = bare.map(({ name }) => name).join(", ");
  return [findingOf("N3-unsourced", `${what}: no source is named for ${names}`, record.origin.locate(first.path))];
};

const checkFacts = (
  facts: readonly FactView[],
  what: string,
  record: Located,
  sourced: boolean,
): readonly Finding[] => [
  ...facts.flatMap((fact) => checkFact(fact, what, record)),
  // A register that declares no source does not claim to have any.
  ...(sourced ? checkSources(facts, what, record) : []),
];

/** Finds claims on a contract, its lots and its groups that differ from each other, and those without a source. */
export const checkClaims: ContractRule = (contract, preference) => {
  const sourced = preference.sources.length > 0;
  return [
    ...checkFacts(contractFacts(contract, preference), contract.id, contract, sourced),
    ...contract.lots.flatMap((lot, index) =>
      checkFacts(lotFacts(lot, index, preference), `lot ${lotRef(contract, lot)}`, contract, sourced),
    ),
    ...contract.groups.flatMap((group, index) =>
      checkFacts(groupFacts(group, index, preference), `group ${lotRef(contract, group)}`, contract, sourced),
    ),
  ];
};

export const checkSupplierClaims = (supplier: Supplier, preference: Preference): readonly Finding[] =>
  supplierFacts(supplier, preference).flatMap((fact) => checkFact(fact, `supplier ${supplier.id}`, supplier));
