import type { Fact, Preference } from "../model/claim.ts";
import { type Amount, formatMoney, isKnown, type StatedAmount } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { SelectedContract } from "../query/selection.ts";
import { wholeLots } from "../query/selection.ts";
import { contractAsOf } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { NamedField } from "../records/record.ts";
import type { ClaimView, FactView, Verdict } from "./facts.ts";
import type { Event } from "./history.ts";
import type { Cell, Composite } from "./report.ts";
import { plainCells } from "./value-cells.ts";

export interface ShowRow {
  readonly fact: string;
  readonly value: Cell | undefined;
  readonly source: string | undefined;
  readonly locator: string | undefined;
  readonly verdict: Verdict | undefined;
}

export const plainRow = (fact: string, value: Cell | undefined): ShowRow[] =>
  value === undefined
    ? []
    : [
        {
          fact,
          value,
          source: undefined,
          locator: undefined,
          verdict: undefined,
        },
      ];

export const textRow = (fact: string, value: string | undefined): ShowRow[] =>
  plainRow(fact, value === undefined ? undefined : { type: "text", value });

export const textsRow = (fact: string, value: readonly string[]): ShowRow[] =>
  plainRow(fact, value.length === 0 ? undefined : { type: "texts", value });

export const partRow = (fact: string, value: Composite): ShowRow[] => plainRow(fact, { type: "composite", value });

export const plainRows = (
  fields: readonly NamedField[],
  record: Readonly<Record<string, unknown>>,
  preference: Preference,
): ShowRow[] => plainCells(fields, record, preference).flatMap(([{ key }, cell]) => plainRow(key, cell));

export const eventRows = (events: readonly Event[]): ShowRow[] =>
  events.map(({ name, told, by }) => ({
    fact: name,
    value: { type: "composite", value: told },
    source: by?.source,
    locator: by?.locator,
    verdict: undefined,
  }));

/** The current ceiling, in a row where it differs from what is written. */
export const changedRows = (
  name: string,
  written: Fact<StatedAmount> | undefined,
  now: Fact<StatedAmount> | undefined,
  preference: Preference,
): ShowRow[] =>
  written === now || now === undefined
    ? []
    : plainRow(`current ${name}`, { type: "money", value: preference.choose(now).value });

const claimRow = ({ name }: FactView, { cell, by }: ClaimView, verdict: Verdict | undefined): ShowRow => ({
  fact: name,
  value: cell,
  source: by.source,
  locator: by.locator,
  verdict,
});

/** A row for the claim that answers. With `sources`, rows for all claims, beginning with the one that answers. */
export const factRows = (facts: readonly FactView[], preference: Preference, sources: boolean): ShowRow[] =>
  facts.flatMap((fact): ShowRow[] => {
    if (!sources) return [claimRow(fact, fact.chosen, undefined)];
    return [...fact.claims]
      .sort((a, b) => preference.rank(a.by.source) - preference.rank(b.by.source))
      .map((claim) => claimRow(fact, claim, claim.verdict()));
  });

export interface Card {
  readonly rows: readonly ShowRow[];
  readonly notes: readonly string[];
}

export const amountText = (amount: Amount): string =>
  isKnown(amount) ? formatMoney(amount) : amount === "withheld" ? "ceiling withheld" : "no ceiling stated";

export const wholeOf = (written: Contract, preference: Preference, day: PartialDate): SelectedContract => {
  const contract = contractAsOf(written, day);
  return { contract, written, lots: wholeLots(contract.lots, preference) };
};
