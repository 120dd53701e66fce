import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits } from "../../../src/engine/headroom/fits.ts";
import { headroom } from "../../../src/engine/headroom/headroom.ts";
import type { Report } from "../../../src/engine/report.ts";
import { type SupplierRow, suppliers } from "../../../src/engine/suppliers.ts";
import { total } from "../../../src/engine/total.ts";
import { UsageError } from "../../../src/model/errors.ts";
import { type Amount, isKnown, type Money } from "../../../src/model/money.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import type { Ratio } from "../../../src/model/ratio.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { times } from "../../long.ts";
import { rowsOf } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";
import { fitsModel, HeadroomModel, type Limit, lasts, MUCH, type Range, statusOf } from "./headroom-model.ts";
import { HOLDERS, textOf, type UseRegister, useRegisters } from "./random-uses.ts";

const PLACES: Readonly<Record<string, bigint>> = { EUR: 100n, USD: 100n };
const unitsIn = ({ currency }: Money, minor: bigint): bigint => minor / (PLACES[currency] ?? 1_000_000n);

const rangeOf = (amount: Amount): Range | "missing" | "withheld" =>
  isKnown(amount) ? rangeAs(amount, (value) => unitsIn(amount, value)) : amount;

const rangeInCents = (amount: Amount): Range | "missing" | "withheld" =>
  isKnown(amount) ? rangeAs(amount, (value) => value) : amount;

const rangeAs = ({ bound, least = 0n, minor }: Money, at: (minor: bigint) => bigint): Range => {
  if (bound === "atLeast") return { low: at(minor), high: undefined };
  if (bound === "atMost") return { low: undefined, high: at(minor) };
  return { low: at(bound === "between" ? least : minor), high: at(minor) };
};

const shown = ({ low, high }: Range) => (low === undefined && high === undefined ? "missing" : { low, high });

const open = (register: UseRegister) =>
  openRegister("-", {
    ...(register.prefer !== undefined && { prefer: register.prefer }),
    async *stdin() {
      yield new TextEncoder().encode(textOf(register));
    },
  });

const isMoney = (amount: Amount): boolean =>
  isKnown(amount) && (amount.currency === "EUR" || amount.currency === "USD");

const holdHeadroom = async (register: UseRegister): Promise<void> => {
  const at = parsePartialDate(register.at);
  const rows = (await rowsOf(headroom(await open(register), at === undefined ? {} : { at }))).filter(
    ({ contract }) => contract === "k",
  );
  const model = new HeadroomModel(register);
  const expected = model.ceilings.filter((ceiling) => !ceiling.left || model.mayBeUsed(ceiling));
  expect([...new Set(rows.map(({ ceilingOf }) => ceilingOf))].sort()).toEqual(expected.map(({ name }) => name).sort());
  for (const ceiling of expected) {
    const own = rows.filter(({ ceilingOf }) => ceilingOf === ceiling.name);
    const known = ceiling.limits.filter((limit): limit is Limit & { value: bigint } => limit.value !== "withheld");
    const lines = own.filter((row) => isKnown(row.ceiling));
    expect([ceiling.name, lines.length]).toEqual([ceiling.name, known.length]);
    for (const { measure, unit, value } of known) {
      const row = lines.find((one) => isMoney(one.ceiling) === (measure === "money"));
      const range = model.orderedUnder(ceiling, unit);
      const { low, high } = range;
      const left = {
        low: high === undefined ? undefined : value - high,
        high: low === undefined ? undefined : value - low,
      };
      expect([
        ceiling.name,
        measure,
        row && rangeOf(row.ceiling),
        row && rangeOf(row.ordered),
        row && rangeOf(row.left),
        row?.use,
      ]).toEqual([
        ceiling.name,
        measure,
        { low: value, high: value },
        model.known ? shown(range) : "missing",
        model.known ? shown(left) : "missing",
        model.known ? statusOf(range, value, ceiling.certain) : "unknown",
      ]);
      const end = low ?? high;
      if (!model.known || end === undefined || value === 0n) expect(row?.used).toBe(undefined);
      else {
        const { numerator = 0n, denominator = 1n } = row?.used?.value ?? {};
        expect(numerator * value).toBe(end * 100n * denominator);
        expect(row?.used?.bound).toBe(low === high ? undefined : low === undefined ? "atMost" : "atLeast");
      }
    }
    for (const row of own.filter((one) => !isKnown(one.ceiling))) {
      expect([row.use, row.left, row.used]).toEqual(["unknown", "missing", undefined]);
      if (!isKnown(row.ordered)) continue;
      const { currency, vat } = row.ordered;
      const unit = vat === "included" ? `${currency} incl. VAT` : currency;
      expect([ceiling.name, rangeOf(row.ordered)]).toEqual([ceiling.name, shown(model.statedUnder(ceiling, unit))]);
    }
  }
};

/** What is said to be ordered in a unit; where some is unknown beside it, at least nothing is not said. */
const saidIn = (unit: string, amounts: readonly Amount[]): Range => {
  const own = amounts.filter(isKnown).find((money) => nameOf(money) === unit);
  const range = own === undefined ? undefined : rangeOf(own);
  return typeof range === "object" ? range : { low: 0n, high: 0n };
};

const nameOf = ({ currency, vat }: Money): string => (vat === "included" ? `${currency} incl. VAT` : currency);

const UNITS = ["EUR", "USD", "EUR incl. VAT", "USD incl. VAT", "machines", "hours"];

/** Holds figures to the model; what is at least nothing, or is touched by no order, is said or not. */
const holdTo = (
  what: string,
  figures: readonly Amount[],
  of: (unit: string) => ReturnType<HeadroomModel["orderedAt"]>,
) => {
  for (const unit of UNITS) {
    const { isTouched, ...expected } = of(unit);
    const said = saidIn(unit, figures);
    const isVague = expected.high === undefined && (!isTouched || (expected.low ?? 0n) <= 0n);
    if (isVague) expect([what, unit, said.low]).toEqual([what, unit, said.low === 0n ? 0n : expected.low]);
    else expect([what, unit, said]).toEqual([what, unit, expected]);
  }
};

/** Each order counts once, of whatever lots or seats it is asked what is ordered there. */
const holdOrdered = async (register: UseRegister): Promise<void> => {
  const model = new HeadroomModel(register);
  const data = await open(register);
  const day = parsePartialDate(register.at);
  const at = day === undefined ? {} : { at: day };
  const ordered = async <Row>(report: Report<Row>) => {
    const rows = await rowsOf(report);
    const summaries = report.closing().summaries.filter(({ label }) => label === "Total ordered");
    return { rows, footer: summaries.flatMap(({ amounts }) => amounts) };
  };
  if (!model.known) return;
  const places = [...register.lots.keys()];
  for (let subset = 1; subset < 2 ** places.length || subset === 1; subset++) {
    const some = places.filter((place) => (subset >> place) % 2 === 1);
    const asked = {
      ...at,
      contracts: ["k"],
      ...(places.length > 0 && { lots: some.map((place) => String(place + 1)) }),
    };
    const on = ({ lot }: { readonly lot: number | undefined }) => lot === undefined || some.includes(lot);
    const { footer } = await ordered(total(data, asked));
    holdTo(`lots ${some}`, footer, (unit) => model.orderedAt(on, unit));
    const held = await ordered(suppliers(data, asked));
    const seats = (isAsked: (who: number) => boolean) => (unit: string) =>
      model.orderedAt(
        ({ lot, who }) =>
          lot !== undefined && who !== undefined && on({ lot }) && isAsked(who) && model.holdersOf(lot).includes(who),
        unit,
      );
    holdTo(
      `seats of ${some}`,
      held.footer,
      seats(() => true),
    );
    for (const who of Array(HOLDERS).keys()) {
      const rowsIn = ({ rows }: { readonly rows: readonly SupplierRow[] }) =>
        rows.flatMap((row) => (row.supplier === `s${who}` && row.ordered !== undefined ? [row.ordered] : []));
      holdTo(
        `s${who} on ${some}`,
        rowsIn(held),
        seats((one) => one === who),
      );
      const alone = await ordered(suppliers(data, { ...asked, suppliers: [`s${who}`] }));
      holdTo(
        `s${who} alone on ${some}`,
        rowsIn(alone),
        seats((one) => one === who),
      );
      holdTo(
        `total of s${who} alone on ${some}`,
        alone.footer,
        seats((one) => one === who),
      );
    }
  }
};

const holdFits = async (register: UseRegister): Promise<void> => {
  const { asked, lots } = register;
  const at = parsePartialDate(register.at);
  const selection = {
    contracts: ["k"],
    ...(lots.length > 0 && { lots: [String((asked.lot % lots.length) + 1)] }),
    ...(lots.length > 0 && asked.supplier !== undefined && { suppliers: [`s${asked.supplier}`] }),
    ...(at !== undefined && { at }),
  };
  const expected = fitsModel(new HeadroomModel(register));
  const amount = { minor: asked.units * 100n, currency: "EUR", precision: 0 };
  const { report, verdict } = fits(await open(register), selection, amount);
  if (expected === undefined) await expect(rowsOf(report)).rejects.toThrow(UsageError);
  else {
    await rowsOf(report);
    expect(verdict()).toBe(expected);
  }
};

/** The day half a year before the end of a day, a month or a year. */
const halfAYearBefore = (at: string): string => {
  const [year = 0, month, day] = at.split("-").map(Number);
  const next = new Date(Date.UTC(year, month ?? 12, 1));
  const begin = day === undefined || month === undefined ? next : new Date(Date.UTC(year, month - 1, day + 1));
  begin.setUTCMonth(begin.getUTCMonth() - 6);
  return begin.toISOString().slice(0, "2020-01-01".length);
};

/** All orders are in euros, for nothing is known of what others come to in them. */
const inEuros = (register: UseRegister): UseRegister => ({
  ...register,
  callOffs: register.gross ? [] : register.callOffs.map((callOff) => ({ ...callOff, quantity: undefined })),
  orders: register.orders?.map((order) => ({
    ...order,
    amounts: order.amounts.slice(0, 1).map(({ units }) => ({ units, unit: "EUR" })),
  })),
});

const quotient = (ratio: Ratio | undefined): number | undefined =>
  ratio && Number(ratio.numerator) / Number(ratio.denominator);

const near = (value: number | undefined): number | undefined => value && Math.round(value * 1e6) / 1e6;

/** What so much is a month, in cents. */
const aMonth = (halfAYear: bigint): bigint => {
  const cents = Math.round(Math.abs(Number(halfAYear) * 100) / 6);
  return BigInt(halfAYear < 0n ? -cents : cents);
};

const holdPace = async (written: UseRegister): Promise<void> => {
  const register = inEuros(written);
  const at = parsePartialDate(register.at);
  const burn = { count: 6, unit: "m" } as const;
  const rows = await rowsOf(headroom(await open(register), at === undefined ? {} : { at }, { burn }));
  const model = new HeadroomModel(register);
  const unit = register.gross ? "EUR incl. VAT" : "EUR";
  for (const ceiling of model.known ? model.ceilings : []) {
    const value = ceiling.limits.find(({ measure }) => measure === "money")?.value;
    const row = rows.find((one) => one.ceilingOf === ceiling.name && isKnown(one.ceiling) && isMoney(one.ceiling));
    if (typeof value !== "bigint" || row === undefined) continue;
    const worlds = model.worldsUnder(ceiling, unit, halfAYearBefore(register.at));
    const recents = worlds.map(({ recent }) => recent);
    const [low, high] = [recents.reduce((a, b) => (b < a ? b : a)), recents.reduce((a, b) => (b > a ? b : a))];
    const isOpen = high >= MUCH / 2n;
    const { pace = "missing", monthsLeft } = row.pace ?? {};
    expect([ceiling.name, rangeInCents(pace)]).toEqual([
      ceiling.name,
      { low: aMonth(low), high: isOpen ? undefined : aMonth(high) },
    ]);
    const all = worlds.map((world) => lasts(world, value) * 6);
    const soon = isOpen || worlds.some(({ ordered }) => ordered >= MUCH / 2n) ? undefined : Math.min(...all);
    const late = Math.max(...all) === Number.POSITIVE_INFINITY ? undefined : Math.max(...all);
    // What is used up has run out, however long ago.
    const mayBeOver = worlds.some(({ ordered }) => ordered >= value);
    const isNothing = (high <= 0n && !mayBeOver) || (soon === undefined && late === undefined);
    const bound = late === undefined ? "atLeast" : soon === undefined ? "atMost" : soon < late ? "between" : undefined;
    expect([
      ceiling.name,
      monthsLeft?.bound,
      near(quotient(monthsLeft?.value)),
      near(quotient(monthsLeft?.least)),
    ]).toEqual(
      isNothing
        ? [ceiling.name, undefined, undefined, undefined]
        : [ceiling.name, bound, near(late ?? soon), bound === "between" ? near(soon) : undefined],
    );
  }
};

describe("L1, L1a-L1c, L4, T11, D3: what is left, and whether one more order fits, are those of a model written apart", () => {
  test.each([
    ["headroom", holdHeadroom],
    ["fits", holdFits],
    ["what is ordered on lots and from suppliers", holdOrdered],
    ["the pace", holdPace],
  ] as const)(
    "%s",
    async (_, hold) => {
      await fc.assert(fc.asyncProperty(useRegisters, hold), {
        ...seeded(times(10_000, 100)),
        reporter: (out) => {
          if (!out.failed) return;
          const [register] = out.counterexample ?? [];
          const text = register === undefined ? "" : textOf(register);
          throw new Error(
            `${text}\n${inspect([register?.prefer, register?.at, register?.asked])}\n${out.errorInstance}`,
          );
        },
      });
    },
    600_000,
  );
});
