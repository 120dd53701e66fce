import { isFact } from "../../src/records/codec.ts";
import type { Contract } from "../../src/records/contract.ts";

const isEmpty = (value: unknown): boolean => value === "" || (Array.isArray(value) && value.length === 0);

/** What the contract of a notice has that says nothing: facts of no text or an empty list, or stated nowhere, and notes without words. */
export const emptyFacts = (contract: Contract): readonly string[] => [
  ...contract.notes.filter(({ text }) => text === "").map(({ rule }) => `note ${rule}`),
  ...[contract, ...contract.lots].flatMap((record) =>
    Object.entries(record).flatMap(([key, fact]) =>
      isFact(fact) && fact.some(({ value, by }) => isEmpty(value) || by.locator === "") ? key : [],
    ),
  ),
];
