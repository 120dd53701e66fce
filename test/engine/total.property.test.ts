import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { lots } from "../../src/engine/lots.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { type TotalRow, total } from "../../src/engine/total.ts";
import type { Grouping } from "../../src/engine/total-groups.ts";
import { why } from "../../src/engine/why.ts";
import { type Amount, formatMoney, isKnown } from "../../src/model/money.ts";
import type { Selection } from "../../src/query/selection.ts";
import type { Register } from "../../src/records/register.ts";
import { times } from "../long.ts";
import { openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";
import {
  type ContractSpec,
  contractLine,
  grandTotal,
  knownIn,
  type LotSpec,
  limitedRegisters,
  open,
  PLAIN,
  registers,
  type Spelling,
  SUPPLIERS,
  supplierLines,
  totalModel,
} from "./random-contracts.ts";

const lineOf = (row: TotalRow): string => {
  const amount = (value: Amount | undefined): string =>
    value === undefined ? "-" : isKnown(value) ? formatMoney(value) : value;
  const { row: kind, name, lots: count, known, ceiling, sole, shared, share } = row;
  return [kind, name ?? "-", count, known, ...[ceiling, sole, shared, share].map(amount)].join(" | ");
};
const answer = async (register: Register, by?: Grouping): Promise<string[]> => {
  const split = by === "supplier" ? ({ split: "equal" } as const) : {};
  return (await rowsOf(total(register, {}, { ...(by === undefined ? {} : { by }), ...split }))).map(lineOf);
};
/** Answers that name no id, sorted, for registers that list the same things in another order. */
const answers = async (register: Register): Promise<string[]> => {
  const all = [];
  for (const by of [undefined, "service", "deployment", "buyer", "year", "supplier"] as const) {
    all.push(...(await answer(register, by)).sort());
  }
  return all;
};

const KEYS: Readonly<
  Record<
    Extract<Grouping, "contract" | "lot" | "buyer" | "service" | "deployment" | "year">,
    (spec: ContractSpec, lot: LotSpec, index: number) => string | undefined
  >
> = {
  contract: (_, __, index) => `c${index}`,
  lot: (_, lot, index) => `c${index}/${lot.id}`,
  buyer: (spec) => spec.buyer,
  year: (spec) => spec.awardDate?.slice(0, 4),
  service: (_, lot) => lot.service,
  deployment: (_, lot) => lot.deployment,
};

const whole = (specs: readonly ContractSpec[]) => specs.map((spec) => [spec, spec.lots] as const);

describe("T1, T3, T4, T7, T8: totals of random registers are those of a model written apart", () => {
  test("of everything, in every report that has a total", async () => {
    await fc.assert(
      fc.asyncProperty(registers, async (specs) => {
        const register = await open(specs);
        const expected = totalModel(whole(specs));
        expect(grandTotal(await rowsOf(total(register)))).toEqual(expected);
        const held = specs.map((spec) => [spec, spec.lots.filter(({ holders }) => holders.length > 0)] as const);
        for (const make of [contracts, lots, suppliers, awards, why]) {
          const report = make(register);
          // Lots that nobody holds have no part in a total of seats.
          const wanted = make === suppliers || make === awards ? totalModel(held) : expected;
          for await (const _ of report);
          expect(
            report
              .closing()
              .summaries.flatMap((summary) => knownIn(summary.amounts))
              .sort(),
          ).toEqual(wanted);
        }
      }),
      seeded(200),
    );
  });

  test("of the lots that are selected", async () => {
    await fc.assert(
      fc.asyncProperty(registers, fc.constantFrom("1", "2"), fc.nat(SUPPLIERS - 1), async (specs, lot, holder) => {
        const register = await open(specs);
        const chosen = (wanted: (spec: LotSpec) => boolean) =>
          specs.map((spec) => [spec, spec.lots.filter(wanted)] as const);
        const of = async (selection: Selection): Promise<string[]> =>
          grandTotal(await rowsOf(total(register, selection)));
        if (specs.some((spec) => spec.lots.some(({ id }) => id === lot))) {
          expect(await of({ lots: [lot] })).toEqual(totalModel(chosen(({ id }) => id === lot)));
        }
        expect(await of({ suppliers: [`Name ${holder}`] })).toEqual(
          totalModel(chosen(({ holders }) => holders.includes(holder))),
        );
      }),
      seeded(150),
    );
  });

  test.each(["contract", "lot", "buyer", "service", "deployment", "year"] as const)("by %s", async (by) => {
    await fc.assert(
      fc.asyncProperty(registers, async (specs) => {
        const rows = await rowsOf(total(await open(specs), {}, { by }));
        expect(grandTotal(rows)).toEqual(totalModel(whole(specs)));
        const keyOf = KEYS[by];
        const keys = new Set(specs.flatMap((spec, index) => spec.lots.map((lot) => keyOf(spec, lot, index))));
        const groups = rows.filter(({ row }) => row === "group");
        expect(new Set(groups.map((row) => row.groups[0]))).toEqual(keys);
        for (const key of keys) {
          const parts = specs.map(
            (spec, index) => [spec, spec.lots.filter((lot) => keyOf(spec, lot, index) === key)] as const,
          );
          const own = groups.filter((row) => row.groups[0] === key);
          expect(knownIn(own.map(({ ceiling }) => ceiling))).toEqual(totalModel(parts));
          expect(new Set(own.map((row) => row.lots))).toEqual(new Set([parts.flatMap(([, chosen]) => chosen).length]));
        }
      }),
      seeded(60),
    );
  });
});

describe("T4: with groups that nest, cross, are uncertain or withheld", () => {
  const every = ["contract", "lot", "buyer", "service", "deployment", "year"] as const;
  const keyPairs = fc.uniqueArray(fc.constantFrom(...every), { minLength: 0, maxLength: 2 });

  test("of everything, and by any keys", async () => {
    await fc.assert(
      fc.asyncProperty(limitedRegisters, keyPairs, async (specs, by) => {
        const rows = await rowsOf(total(await open(specs), {}, { by }));
        expect(grandTotal(rows)).toEqual(totalModel(whole(specs)));
        const groups = new Map<string, LotSpec[][]>();
        for (const [index, spec] of specs.entries()) {
          for (const lot of spec.lots) {
            const key = JSON.stringify(by.map((each) => KEYS[each](spec, lot, index) ?? null));
            const lots = groups.get(key) ?? specs.map(() => []);
            groups.set(key, lots);
            lots[index]?.push(lot);
          }
        }
        for (const [key, lots] of by.length === 0 ? [] : groups) {
          const own = rows.filter(
            (row) => row.row === "group" && JSON.stringify(row.groups.map((id) => id ?? null)) === key,
          );
          const parts = specs.map((spec, index) => [spec, lots[index] ?? []] as const);
          expect(knownIn(own.map(({ ceiling }) => ceiling))).toEqual(totalModel(parts));
        }
      }),
      seeded(300),
    );
  });

  test("by currency each row is of the lots that are found by it, and every lot has one", async () => {
    await fc.assert(
      fc.asyncProperty(limitedRegisters, async (specs) => {
        const register = await open(specs);
        const numberOf = async (query: string): Promise<number> => {
          const found = await rowsOf(lots(register, { query }));
          return found.filter(({ lot }) => lot !== undefined).length;
        };
        const rows = (await rowsOf(total(register, {}, { by: "currency" }))).filter(({ row }) => row === "group");
        const counts = new Map(rows.map(({ groups: [currency], lots: count }) => [currency, count]));
        const stated = [...counts.keys()].flatMap((currency) => currency ?? []);
        for (const currency of stated)
          expect([currency, counts.get(currency)]).toEqual([currency, await numberOf(`currency:${currency}`)]);
        const without = stated.map((currency) => `NOT currency:${currency}`).join(" ");
        expect(counts.get(undefined) ?? 0).toBe(await numberOf(without));
        const bySupplier = await rowsOf(total(register, {}, { by: ["supplier", "currency"] }));
        for (const { row, groups, lots: count } of bySupplier) {
          const [supplier, currency] = groups;
          if (row === "total" || supplier === undefined) continue;
          const asked = currency === undefined ? without : `currency:${currency}`;
          expect([...groups, count]).toEqual([...groups, await numberOf(`supplierId:${supplier} ${asked}`)]);
        }
      }),
      seeded(200),
    );
  });

  test("what --why counts adds up to the total, in every case where it is not a lower bound", async () => {
    await fc.assert(
      fc.asyncProperty(limitedRegisters, async (specs) => {
        const register = await open(specs);
        const totals = (await rowsOf(total(register))).flatMap(({ ceiling = "missing" }) =>
          isKnown(ceiling) ? [ceiling] : [],
        );
        if (totals.some(({ bound }) => bound === "atLeast") || totals.length === 0) return;
        const counted = (await rowsOf(why(register))).filter(({ action }) => action === "counted");
        for (const { currency, minor } of totals) {
          const amounts = counted.flatMap(({ amount }) =>
            isKnown(amount) && amount.currency === currency ? [amount] : [],
          );
          expect(amounts.reduce((sum, amount) => sum + amount.minor, 0n)).toBe(minor);
        }
      }),
      seeded(200),
    );
  });
});

/** A line of the drawing below `--why`, with what is drawn below it. */
interface Drawn {
  readonly depth: number;
  readonly text: string;
  readonly below: Drawn[];
}

const DRAWN_LINE = /^(?<indent>[│ ]*)(?<sign>[├└] )?(?<text>.*)$/u;

/** The drawing as a tree, by how far its lines are indented. */
const treeOf = (lines: readonly string[]): Drawn => {
  const [root, ...others] = lines.map((line): Drawn => {
    const { indent = "", sign, text = "" } = DRAWN_LINE.exec(line)?.groups ?? {};
    return { depth: sign === undefined ? 0 : indent.length / 2 + 1, text, below: [] };
  });
  if (root === undefined) throw new Error("nothing is drawn");
  const path = [root];
  for (const one of others) {
    path.length = one.depth;
    path.at(-1)?.below.push(one);
    path.push(one);
  }
  return root;
};

const amountsIn = (text: string): readonly bigint[] =>
  [...text.matchAll(/EUR ([\d,]+\.\d\d)/g)].map(([, digits = ""]) => BigInt(digits.replace(/[,.]/g, "")));

const isLimit = ({ text }: Drawn): boolean => text.endsWith("← the limit");
const amountIn = ({ text }: Drawn): bigint => amountsIn(text)[0] ?? 0n;

/** What a drawing says that a part comes to: its limit where one is marked, else the sum of what is below. */
const drawnFigure = (part: Drawn): bigint => {
  const sum = () => part.below.reduce((whole, one) => whole + drawnFigure(one), 0n);
  return part.below.length === 0 || isLimit(part) ? amountIn(part) : sum();
};

const partsOf = (part: Drawn): readonly Drawn[] => [part, ...part.below.flatMap(partsOf)];

describe("T4: what --why draws", () => {
  test("names each lot once, comes to the total, and marks as the limit what is below its parts", async () => {
    const shapes = { exact: 0, marked: 0 };
    await fc.assert(
      fc.asyncProperty(limitedRegisters, async ([spec]) => {
        if (spec === undefined) return;
        const register = await open([spec]);
        const report = why(register);
        await rowsOf(report);
        const { notes } = report.closing();
        const start = notes.findIndex((note) => note === "c0" || note.startsWith("c0 "));
        const [row, ...others] = await rowsOf(total(register));
        const ceiling = row?.ceiling ?? "missing";
        if (start === -1 || others.length > 0 || !isKnown(ceiling) || ceiling.bound !== undefined) return;
        const lines = notes.slice(start).filter((line) => !line.startsWith("("));
        // A limit in another currency is drawn by itself; groups that overlap have one line, and no one figure.
        if (lines.some((line) => line.includes("USD") || amountsIn(line).length > 1)) return;
        const drawing = treeOf(lines);
        expect(drawnFigure(drawing)).toBe(ceiling.minor);
        shapes.exact++;
        const parts = partsOf(drawing);
        const named = parts.flatMap(({ text }) => /^lot (\S+)/.exec(text)?.[1] ?? []).sort();
        expect(named).toEqual(spec.lots.map(({ id }) => id));
        for (const part of parts.filter(isLimit)) {
          shapes.marked++;
          const below = part.below.map(({ text }) => text);
          if (below.every((text) => /^lot .* EUR/.test(text)))
            expect(amountIn(part)).toBeLessThan(part.below.reduce((sum, one) => sum + drawnFigure(one), 0n));
        }
      }),
      seeded(400),
    );
    expect(shapes.exact).toBeGreaterThan(times(20, 5));
    expect(shapes.marked).toBeGreaterThan(10);
  });
});

describe("T6: suppliers' figures of random registers", () => {
  test("sole and shared are the sums of the lots it holds alone and with others", async () => {
    const uncapped = registers.map((specs) => specs.map((spec): ContractSpec => ({ ...spec, ceiling: "missing" })));
    await fc.assert(
      fc.asyncProperty(uncapped, async (specs) => {
        const rows = await rowsOf(suppliers(await open(specs)));
        const held = specs.flatMap((spec) => spec.lots);
        const figure = (holder: number, currency: string, shared: boolean): bigint =>
          held.reduce((sum, { ceiling, holders, perSupplier }) => {
            const counts = holders.includes(holder) && (holders.length > 1 && !perSupplier) === shared;
            return counts && typeof ceiling === "object" && ceiling.currency === currency ? sum + ceiling.cents : sum;
          }, 0n);
        for (const { supplier, sole = "missing", shared = "missing", lots: count } of rows) {
          const holder = Number(supplier.slice(1));
          expect(count).toBe(held.filter(({ holders }) => holders.includes(holder)).length);
          if (isKnown(sole)) expect(sole.minor).toBe(figure(holder, sole.currency, false));
          if (isKnown(shared)) expect(shared.minor).toBe(figure(holder, shared.currency, true));
        }
        expect(new Set(rows.map(({ supplier }) => supplier))).toEqual(
          new Set(held.flatMap(({ holders }) => holders.map((holder) => `s${holder}`))),
        );
      }),
      seeded(150),
    );
  });

  test("sole and shared are what the lots it holds alone, and those it shares, may cost together", async () => {
    await fc.assert(
      fc.asyncProperty(limitedRegisters, async (specs) => {
        const rows = await rowsOf(suppliers(await open(specs)));
        for (let holder = 0; holder < SUPPLIERS; holder++) {
          const own = rows.filter(({ supplier }) => supplier === `s${holder}`);
          for (const manner of ["sole", "shared"] as const) {
            const parts = specs.map((spec) => {
              const lots = spec.lots.filter(({ holders, perSupplier, ceiling }) => {
                const shares = holders.length > 1 && !(perSupplier && ceiling !== "missing");
                return holders.includes(holder) && shares === (manner === "shared");
              });
              return [spec, lots.map((lot): LotSpec => ({ ...lot, seats: [holder] }))] as const;
            });
            // What a supplier does not hold is zero, in whatever currency its other figures are.
            const found = knownIn(own.map((row) => row[manner])).filter((text) => !/^[A-Z]{3} 0$/.test(text));
            expect(found).toEqual(totalModel(parts).filter((text) => !/^[A-Z]{3} 0$/.test(text)));
          }
        }
      }),
      seeded(200),
    );
  });

  test("the column of the equal split adds up to the true total, to the cent", async () => {
    await fc.assert(
      fc.asyncProperty(registers, async (specs) => {
        // Beside what has no bound, parts of an upper bound add nothing.
        if (specs.some(({ ceiling }) => ceiling === "withheld")) return;
        const rows = await rowsOf(total(await open(specs), {}, { by: "supplier", split: "equal" }));
        const sums = new Map<string, bigint>();
        for (const { row, share } of rows) {
          if (row !== "group" || share === undefined || !isKnown(share)) continue;
          sums.set(share.currency, (sums.get(share.currency) ?? 0n) + share.minor);
        }
        const totals = rows.filter(({ row }) => row === "total");
        for (const { share, ceiling } of totals) {
          if (share === undefined || ceiling === undefined || !isKnown(share) || !isKnown(ceiling)) continue;
          expect(share.minor).toBe(ceiling.minor);
          expect(sums.get(share.currency)).toBe(share.minor);
        }
        expect([...sums.keys()].sort()).toEqual(
          totals.flatMap(({ share }) => (share !== undefined && isKnown(share) ? [share.currency] : [])).sort(),
        );
      }),
      seeded(200),
    );
  });
});

test("T1: what --why counts adds up to the total", async () => {
  await fc.assert(
    fc.asyncProperty(registers, async (specs) => {
      const register = await open(specs);
      const sums = new Map<string, bigint>();
      for (const { action, amount } of await rowsOf(why(register))) {
        if (action !== "counted" || !isKnown(amount)) continue;
        sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minor);
      }
      const totals = (await rowsOf(total(register))).flatMap(({ ceiling }) =>
        ceiling !== undefined && isKnown(ceiling) ? [[ceiling.currency, ceiling.minor] as const] : [],
      );
      // Where something has no bound, what only has an upper one adds nothing.
      if (specs.some(({ ceiling }) => ceiling === "withheld")) return;
      expect(sums).toEqual(new Map(totals));
    }),
    seeded(150),
  );
});

describe("totals do not depend on how a register is written", () => {
  const sameAnswers = async (specs: readonly ContractSpec[], other: Promise<Register>): Promise<void> => {
    expect(await answers(await other)).toEqual(await answers(await open(specs)));
  };
  const reverse = <T>(items: readonly T[]): T[] => [...items].reverse();

  test("T2: naming a supplier twice, also by an alias, adds no seat", async () => {
    const twice = (holders: readonly number[]): string[] =>
      holders.flatMap((index) => [`Alias ${index}`, `s${index}`, `Name ${index}`, `s${index}`]);
    await fc.assert(
      fc.asyncProperty(registers, (specs) => sameAnswers(specs, open(specs, { ...PLAIN, holders: twice }))),
      seeded(50),
    );
  });

  test("N5: other ids give the same figures", async () => {
    const renamed: Spelling = {
      contract: (index) => `LOT-${9 - index}`,
      supplier: (index) => `zz:0${index}`,
      holders: (holders) => holders.map((index) => `zz:0${index}`),
    };
    await fc.assert(
      fc.asyncProperty(registers, (specs) => sameAnswers(specs, open(specs, renamed))),
      seeded(50),
    );
  });

  test("contracts, lots and suppliers may stand in any order", async () => {
    await fc.assert(
      fc.asyncProperty(registers, (specs) => {
        const turned = reverse(specs).map(
          (spec): ContractSpec => ({
            ...spec,
            lots: reverse(spec.lots).map((lot): LotSpec => ({ ...lot, holders: reverse(lot.holders) })),
          }),
        );
        const lines = [...reverse(supplierLines(PLAIN)), ...turned.map((spec, index) => contractLine(spec, index))];
        return sameAnswers(specs, openText(lines.join("\n")));
      }),
      seeded(50),
    );
  });

  test("a register may be split over files, in YAML as well", async () => {
    await fc.assert(
      fc.asyncProperty(registers, (specs) => {
        const files = specs.map((spec, index) => `contracts:\n  - ${contractLine(spec, index)}\n`);
        return sameAnswers(specs, openText(...files, supplierLines(PLAIN).join("\n")));
      }),
      seeded(30),
    );
  });
});
