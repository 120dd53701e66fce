import { type Attribution, type Fact, isCellName, UNATTRIBUTED } from "../model/claim.ts";
import type { Money } from "../model/money.ts";

export class Encoding {
  /** Who speaks unless a fact says otherwise. */
  by: Attribution = UNATTRIBUTED;
  /** Whether amounts include value added tax unless they say otherwise. */
  vat: Money["vat"];
}

/** A place that is named by a business term of eForms: `BT-709`, `OPT-170`. */
const TERM = /^[A-Z]{2,4}-\d/;

/** A source and a place in it, as registers write them: `article 2`, `00561011-2024#BT-709`. */
export const attributionText = ({ source = "", locator }: Attribution): string =>
  locator === undefined ? source : `${source}${TERM.test(locator) || isCellName(locator) ? "#" : " "}${locator}`;

export const isSameAttribution = (a: Attribution, b: Attribution): boolean =>
  a.source === b.source && a.locator === b.locator;

export const isFact = (value: unknown): value is Fact<unknown> =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => typeof item === "object" && item !== null && "by" in item && "value" in item);

export const factsOf = (record: object): readonly Fact<unknown>[] => Object.values(record).filter(isFact);

/**
 * Lets the one speak for a record who states most of its facts alone, and gives what its `source` is to say. A record
 * in which anything has no source cannot have one itself, for then all that is in it would be by that source.
 */
export const speakFor = (
  facts: readonly Fact<unknown>[],
  within: readonly Attribution[],
  at: Encoding,
): string | undefined => {
  const said = [...facts.flatMap((fact) => fact.map(({ by }) => by)), ...within];
  if (said.some(({ source }) => source === undefined)) return undefined;
  const alone = facts.flatMap((fact) => (fact.length === 1 ? [fact[0].by] : []));
  const times = new Map<string, number>();
  for (const by of alone) times.set(attributionText(by), (times.get(attributionText(by)) ?? 0) + 1);
  const [most] = [...alone].sort((a, b) => (times.get(attributionText(b)) ?? 0) - (times.get(attributionText(a)) ?? 0));
  if (most === undefined || isSameAttribution(most, at.by) || (times.get(attributionText(most)) ?? 0) < 2)
    return undefined;
  at.by = most;
  return attributionText(most);
};
