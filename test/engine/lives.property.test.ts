import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { lots } from "../../src/engine/lots.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import type { Grouping } from "../../src/engine/total-groups.ts";
import { why } from "../../src/engine/why.ts";
import { formatMoney, isKnown, type Money, sumByUnit } from "../../src/model/money.ts";
import { times } from "../long.ts";
import { rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";
import { type ContractSpec, grandTotal, knownIn, type LotSpec, totalModel } from "./random-contracts.ts";
import {
  HOLDERS,
  type LifeRegister,
  lifeRegisters,
  linesOfLife,
  openLife,
  type PlainContract,
  plainOf,
} from "./random-lives.ts";

const dayOf = (iso: string) => {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  return { year, month, day };
};

const KEYS = {
  contract: (_: ContractSpec, __: LotSpec | undefined, index: number) => `c${index}`,
  lot: (_: ContractSpec, lot: LotSpec | undefined, index: number) => lot && `c${index}/${lot.id}`,
  buyer: ({ buyer }: ContractSpec) => buyer,
  year: ({ awardDate }: ContractSpec) => awardDate?.slice(0, 4),
  service: (_: ContractSpec, lot: LotSpec | undefined) => lot?.service,
} satisfies Partial<Record<Grouping, unknown>>;
type Key = keyof typeof KEYS;
const EVERY = ["contract", "lot", "buyer", "year", "service"] as const satisfies readonly Key[];

type Parts = readonly (readonly [ContractSpec, readonly LotSpec[]])[];

const plainOnes = (register: LifeRegister): readonly PlainContract[] =>
  register.contracts.map((life, index) => plainOf(life, index, register));

/** What is in view of each contract: the lots that pass, of those that count. */
const partsOf = (plain: readonly PlainContract[], passes: (lot: LotSpec, index: number) => boolean): Parts =>
  plain.map(({ spec, lots }, index) => [
    spec,
    lots.flatMap((lot) => (lot.spec !== undefined && passes(lot.of, index) ? [lot.spec] : [])),
  ]);

const whole = (plain: readonly PlainContract[]): Parts => partsOf(plain, () => true);

/** A total of seats has no contracts without lots. */
const ofSeats = (parts: Parts): Parts => parts.filter(([{ bare }]) => bare !== true);

/** What a supplier holds alone, or shares, of the lots that pass. */
const heldBy = (
  plain: readonly PlainContract[],
  holder: number,
  manner: "sole" | "shared",
  passes: (lot: LotSpec, spec: ContractSpec, index: number) => boolean = () => true,
): Parts =>
  plain.map(({ spec, lots: all }, index) => {
    const chosen = all.flatMap(({ spec: lot, of }) => {
      const shares = new Set(of.holders).size > 1 && !of.perSupplier;
      if (lot === undefined || !of.holders.includes(holder) || shares !== (manner === "shared")) return [];
      return passes(of, spec, index) ? [{ ...lot, seats: of.holders.filter((one) => one === holder) }] : [];
    });
    return [spec, chosen] as const;
  });

const noZero = (texts: readonly string[]): string[] => texts.filter((text) => !/^[A-Z]{3} 0$/.test(text));

/** What of an amount is certain: beside what is unknown, no more of it counts. */
const floorOf = ({ bound, minor, least = 0n }: Money): bigint =>
  bound === "atMost" || bound === "between" ? least : minor;

const repetitions = (count: number, sums: readonly Money[]): string => {
  const amounts = [...sums].sort((a, b) => (a.currency < b.currency ? -1 : 1)).map(formatMoney);
  return `${count} repetition${count === 1 ? "" : "s"}, ${amounts.join(" and ")}, left out.`;
};

const holdTo = async (register: LifeRegister, keys: readonly Key[]): Promise<void> => {
  const data = await openLife(register);
  const at = dayOf(register.at);
  const plain = plainOnes(register);
  const expected = totalModel(whole(plain));
  const rows = await rowsOf(total(data, { at }, { by: keys }));
  expect(noZero(grandTotal(rows))).toEqual(noZero(expected));
  const groups = new Map<string, Set<string>>();
  for (const [index, { spec, lots: all }] of plain.entries()) {
    for (const lot of all.length === 0 ? [undefined] : all.map(({ of }) => of)) {
      const key = JSON.stringify(keys.map((each) => KEYS[each](spec, lot, index) ?? null));
      const own = groups.get(key) ?? new Set();
      groups.set(key, own.add(`${index}/${lot?.id ?? ""}`));
    }
  }
  if (keys.length > 0) {
    const found = rows.filter(({ row }) => row === "group");
    const keyOf = (row: (typeof found)[number]) => JSON.stringify(row.groups.map((id) => id ?? null));
    expect(new Set(found.map(keyOf))).toEqual(new Set(groups.keys()));
    for (const [key, own] of groups) {
      const parts = partsOf(plain, ({ id }, index) => own.has(`${index}/${id}`)).filter(
        ([{ bare }], index) => bare !== true || own.has(`${index}/`),
      );
      const figures = found.filter((row) => keyOf(row) === key).map(({ ceiling }) => ceiling);
      expect(noZero(knownIn(figures))).toEqual(noZero(totalModel(parts)));
    }
  }
  for (const make of [contracts, lots, suppliers, awards, why]) {
    const report = make(data, { at });
    for await (const _ of report);
    const seats = ofSeats(partsOf(plain, ({ holders }) => holders.length > 0));
    const wanted = make === suppliers || make === awards ? seats : make === lots ? ofSeats(whole(plain)) : whole(plain);
    const footer = report.closing().summaries.filter(({ label }) => label === "Total");
    expect([make.name, ...noZero(footer.flatMap(({ amounts }) => knownIn(amounts)).sort())]).toEqual([
      make.name,
      ...noZero(totalModel(wanted)),
    ]);
  }
  const listed = await rowsOf(contracts(data, { at }));
  for (const [index, one] of plain.entries()) {
    const own = listed.filter(({ contract }) => contract === `c${index}`);
    expect(noZero(knownIn(own.map(({ ceiling }) => ceiling)))).toEqual(noZero(totalModel(whole([one]))));
  }
  const held = await rowsOf(suppliers(data, { at }));
  for (let holder = 0; holder < HOLDERS; holder++) {
    const own = held.filter(({ supplier }) => supplier === `s${holder}`);
    for (const manner of ["sole", "shared"] as const) {
      const parts = heldBy(plain, holder, manner);
      expect([holder, manner, ...noZero(knownIn(own.map((row) => row[manner])))]).toEqual([
        holder,
        manner,
        ...noZero(totalModel(ofSeats(parts))),
      ]);
    }
  }
  const [key] = keys;
  if (key !== undefined) {
    const pairs = (await rowsOf(total(data, { at }, { by: ["supplier", key] }))).filter(({ row }) => row === "group");
    const values = new Set(pairs.map(({ groups: [, value] }) => value));
    for (const value of values) {
      for (let holder = 0; holder < HOLDERS; holder++) {
        const own = pairs.filter(({ groups: [supplier, other] }) => supplier === `s${holder}` && other === value);
        for (const manner of ["sole", "shared"] as const) {
          const parts = heldBy(plain, holder, manner, (lot, spec, index) => KEYS[key](spec, lot, index) === value);
          expect(noZero(knownIn(own.map((row) => row[manner])))).toEqual(noZero(totalModel(ofSeats(parts))));
        }
      }
    }
  }
  const reasons = why(data, { at });
  const explained = await rowsOf(reasons);
  const again = explained.filter(({ reason }) => reason.startsWith("the same ceiling, seen again"));
  const repeated = sumByUnit(again.flatMap(({ amount }) => (isKnown(amount) ? [amount] : [])));
  const left = repeated.length === 0 ? [] : [repetitions(again.length, repeated)];
  expect(reasons.closing().notes.filter((note) => /^\d+ repetition/.test(note))).toEqual(left);
  const counted = explained.filter(({ action }) => action === "counted");
  for (const { ceiling } of rows.filter(({ row }) => row === "total")) {
    if (ceiling === undefined || !isKnown(ceiling)) continue;
    const amounts = counted.flatMap(({ amount }) =>
      isKnown(amount) && amount.currency === ceiling.currency ? [amount] : [],
    );
    const part = ceiling.bound === "atLeast" ? floorOf : ({ minor }: Money) => minor;
    const sum = amounts.reduce((known, amount) => known + part(amount), 0n);
    // What is at most so much has a lower end, too, that no row tells.
    const isLoose = ceiling.bound === "atLeast" && amounts.some(({ bound }) => bound === "atMost");
    if (!isLoose) expect(sum).toBe(ceiling.minor);
    else
      expect([sum <= ceiling.minor, amounts.reduce((most, { minor }) => most + minor, 0n) >= ceiling.minor]).toEqual([
        true,
        true,
      ]);
  }
  if (expected.some((text) => text.startsWith("≥"))) return;
  const split = await rowsOf(total(data, { at }, { by: "supplier", split: "equal" }));
  for (const { share } of split.filter(({ row }) => row === "total")) {
    if (share === undefined || !isKnown(share)) continue;
    const shares = split.flatMap((row) =>
      row.row === "group" && row.share !== undefined && isKnown(row.share) && row.share.currency === share.currency
        ? [row.share.minor]
        : [],
    );
    expect(shares.reduce((sum, one) => sum + one, 0n)).toBe(share.minor);
    // Where certainly nothing counts the model says nothing.
    if (share.minor !== 0n)
      expect(expected.some((text) => text.endsWith(`${share.currency} ${share.minor}`))).toBe(true);
  }
};

describe("T3, T4, T6, D3, L1a: registers with sources, successions, modifications, and lots that came to nothing", () => {
  test("totals by any keys, footers, sole and shared, and --why are those of a model written apart", async () => {
    await fc.assert(
      fc.asyncProperty(lifeRegisters, fc.uniqueArray(fc.constantFrom(...EVERY), { maxLength: 2 }), holdTo),
      {
        ...seeded(times(2000, 100)),
        reporter: (out) => {
          if (!out.failed) return;
          const [register, keys] = out.counterexample ?? [];
          throw new Error(
            `${linesOfLife(register as LifeRegister)}\n${JSON.stringify([register?.prefer, register?.at, keys])}\n${out.errorInstance}`,
          );
        },
      },
    );
  }, 600_000);
});
