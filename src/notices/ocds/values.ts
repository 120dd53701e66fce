import type { Claim, Fact } from "../../model/claim.ts";
import { flatMap } from "../../model/lists.ts";
import { isKnown, type Money, rangeTo, type StatedAmount, type StatedAmounts, unitOf } from "../../model/money.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { asLeast, offersTogether, sumOfBounded } from "../awarded-values.ts";
import { readFigure } from "../stated-values.ts";
import type { Award } from "./awards.ts";
import { isStanding, mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/**
 * The amount that an object states under a key, as a value with its currency. What cannot be read is noted, and counts
 * as missing (T8). Values are net unless they say that tax is included (ProZorro) or state only a gross amount (Find a
 * Tender).
 */
export const amountIn = (
  object: PlainMap,
  key: string,
  pointer: string,
  process: Process,
): Claim<StatedAmount> | undefined => {
  const value = mapIn(object, key);
  if (value === undefined) return undefined;
  const place = `${pointer}/${key}`;
  const amount = amountOf(value, place, process);
  return amount && { value: amount, by: process.by(value, place) };
};

const MASK = "-1";
const MASKED_CURRENCY = "unpublished";

/** The places whose values may be negative: credits, and contracts that bring money in (T10e). */
const SIGNED = /^\/(?:awards|contracts)\/\d+\/value$/;

const amountOf = (value: PlainMap, place: string, { assumptions }: Process): StatedAmount | undefined => {
  const read = readValue(value);
  if (read === undefined) return undefined;
  if (read === "withheld") {
    assumptions.make("maskedAmount", place);
    return read;
  }
  if ("problem" in read || (read.money.minor < 0n && !SIGNED.test(place))) {
    assumptions.make("noAmount", place, "problem" in read ? read.problem : `"${read.figure}" is less than nothing`);
    return undefined;
  }
  if (read.assumption !== undefined) assumptions.make("rounded", place, read.assumption);
  return read.money;
};

/** Reads a value with its currency; undefined where it states no amount. */
const readValue = (value: PlainMap) => {
  const net = textIn(value, "amount");
  const figure = net ?? textIn(value, "amountGross");
  const currency = textIn(value, "currency");
  if (figure === undefined) return undefined;
  if (figure === MASK || currency === MASKED_CURRENCY) return "withheld";
  const read = currency === undefined ? { problem: "no currency" } : readFigure(figure, currency.toUpperCase());
  if ("problem" in read) return read;
  const gross = net === undefined || textIn(value, "valueAddedTaxIncluded") === "true";
  const money: Money = gross ? { ...read.money, vat: "included" } : read.money;
  return { figure, money, assumption: read.assumption };
};

/** The amount, where it is known. */
export const moneyIn = (value: PlainMap | undefined): Money | undefined => {
  const read = value && readValue(value);
  return typeof read === "object" && "money" in read ? read.money : undefined;
};

/** For each value of an award, the code of its field in the withheld information extension. */
const FIELDS: Readonly<Record<string, string>> = {
  maximumValue: "max-val",
  estimatedValue: "ree-val",
  value: "win-ten-val",
};

/**
 * The claim that an award's value is withheld, for when no figure stands there (withheld information extension, as the
 * profile for eForms fills it). The item's id is the field's code followed by the id of the award or bid.
 */
const withheldIn = (award: Award, key: string, process: Process): Claim<"withheld"> | undefined => {
  if (process.withheld.size === 0) return undefined;
  const subjects = [award.id, ...textsIn(award.plain, "relatedBids")];
  if (!subjects.some((subject) => process.withheld.has(`${FIELDS[key]}-${subject}`))) return undefined;
  process.assumptions.make("withheld", `${award.pointer}/${key}`);
  return { value: "withheld", by: process.by(award.plain, award.pointer, `/${key}`) };
};

const claimsOf = (awards: readonly Award[], key: string, process: Process) =>
  awards.map((award) => amountIn(award.plain, key, award.pointer, process) ?? withheldIn(award, key, process));

/** The largest amount that the awards of a lot state. Each repeats an amount that is the whole lot's (R-MAX). */
export const largestOf = (
  awards: readonly Award[],
  key: "maximumValue" | "estimatedValue",
  process: Process,
): Fact<StatedAmount> | undefined => {
  return largestClaim(claimsOf(awards, key, process), process) ?? largestOfContracts(awards, key, process);
};

/** The largest amount that the contracts of awards state, for when the awards state none (OCDS 1.2). */
const largestOfContracts = (
  awards: readonly Award[],
  key: string,
  process: Process,
): Fact<StatedAmount> | undefined => {
  const ids = new Set(flatMap(awards, ({ id }) => id ?? []));
  const claims = mapsIn(process.plain, "contracts").map((contract, index) =>
    key in contract && ids.has(textIn(contract, "awardID") ?? "") && isStanding(contract)
      ? amountIn(contract, key, `/contracts/${index}`, process)
      : undefined,
  );
  return largestClaim(claims, process);
};

const largestClaim = (
  all: readonly (Claim<StatedAmount> | undefined)[],
  process: Process,
): Fact<StatedAmount> | undefined => {
  const claims = all.filter((claim) => claim !== undefined);
  let largest = claims.find(({ value }) => value !== "withheld") ?? claims[0];
  for (const claim of claims) {
    if (largest === undefined || claim.value === "withheld" || largest.value === "withheld") continue;
    if (isUnlike(claim.value, largest.value)) process.assumptions.make("unlikeCeilings", claim.by.locator);
    if (unitOf(claim.value) === unitOf(largest.value) && claim.value.minor > largest.value.minor) largest = claim;
  }
  return largest && [largest];
};

const isUnlike = (a: Money, b: Money): boolean => unitOf(a) !== unitOf(b) || a.minor !== b.minor;

/** Whether two of the amounts are the same, and not zero. */
const haveEqual = (amounts: readonly Money[]): boolean =>
  amounts.some(
    (amount, index) => amount.minor !== 0n && amounts.slice(0, index).some((other) => !isUnlike(amount, other)),
  );

/** What an award says of its value. Where the award is written again with another value, one of them counts (T10a). */
const statedValue = (award: Award, process: Process): Claim<StatedAmount> | undefined => {
  if (award.again.length === 0) return amountIn(award.plain, "value", award.pointer, process);
  const claims = flatMap(
    [award, ...award.again],
    ({ plain, pointer }) => amountIn(plain, "value", pointer, process) ?? [],
  );
  const [first] = claims;
  const [one, ...others] = flatMap(claims, ({ value }) => (typeof value === "object" ? [value] : []));
  if (first === undefined || one === undefined || !others.some((other) => isUnlike(one, other))) return first;
  process.assumptions.make("unlikeAwards", award.id ?? award.pointer);
  return others.every((other) => unitOf(other) === unitOf(one)) ? { ...first, value: anyOf(one, others) } : first;
};

/** The range from the least of the amounts to the largest. */
const anyOf = (one: Money, others: readonly Money[]): Money => {
  const largest = others.reduce((most, other) => (other.minor > most.minor ? other : most), one);
  const least = others.reduce((lowest, { minor }) => (minor < lowest ? minor : lowest), one.minor);
  return rangeTo(largest, least);
};

/** What an award says of its value. Where it says nothing, its contracts do (T10d). */
const valuesOf = (award: Award, process: Process) => {
  const own = statedValue(award, process) ?? withheldIn(award, "value", process);
  if (own !== undefined) return [own];
  const values = award.contracts.map(({ plain, pointer }) => amountIn(plain, "value", pointer, process));
  if (values.some((value) => value !== undefined)) process.assumptions.make("itsContracts", award.id ?? award.pointer);
  return values.length === 0 ? [undefined] : values;
};

/**
 * The value of awards together, with one amount for each unit. It is a lower bound where some state none (T8). The
 * values of several winners of one framework are offers for the same volume (T10c).
 */
export const awardedTogether = (
  awards: readonly Award[],
  process: Process,
  areOffers = false,
): Claim<StatedAmounts> | undefined => {
  const values = awards.map((award) => valuesOf(award, process));
  const claims = flatMap(values, (own) => own);
  const first = claims.find((claim) => claim !== undefined);
  if (first === undefined) return undefined;
  const known = knownIn(claims);
  const isWhole = known.length === claims.length;
  const [one] = known;
  if (isWhole && one !== undefined && known.length === 1) return { value: [one], by: first.by };
  if (!areOffers && haveEqual(known))
    for (const { id, pointer } of awards) process.assumptions.make("equalValues", id ?? pointer);
  const all = areOffers ? rangesOf(flatMap(values, (own) => sumOfBounded(knownIn(own)))) : sumOfBounded(known);
  const [sum, ...others] = isWhole ? all : all.map(asLeast);
  return { value: sum === undefined ? "withheld" : [sum, ...others], by: first.by };
};

const knownIn = (claims: ReturnType<typeof valuesOf>): readonly Money[] =>
  claims.map((claim) => claim?.value ?? "missing").filter(isKnown);

const rangesOf = (offers: readonly Money[]): readonly Money[] => {
  const together = offersTogether(offers);
  return typeof together === "object" ? together : [];
};
