import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess, type ContractCeiling } from "../../src/engine/ceilings.ts";
import { partsOf } from "../../src/engine/equal-split.ts";
import { formatMoney, isKnown } from "../../src/model/money.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { select } from "../../src/query/selection.ts";
import { type PlainLot, registerOf, type Stated } from "../register-of.ts";
import { seeded } from "../seeded.ts";

/** A contract by its ceilings: its own, its lots' in order (1, 2 …), and its groups' by their lots ("1 2"). */
interface Ceilings {
  readonly contract?: Stated | undefined;
  readonly lots: readonly (Stated | undefined | Partial<PlainLot>)[];
  readonly groups?: readonly (readonly [lots: string, ceiling: Stated | undefined, certain?: "no"])[];
}

const isStated = (lot: Ceilings["lots"][number]): lot is Stated =>
  typeof lot === "string" || (typeof lot === "object" && ("first" in lot || "second" in lot));

const assessed = async ({ contract, lots, groups = [] }: Ceilings, query = ""): Promise<ContractCeiling> => {
  const register = await registerOf({
    sources: [
      { source: "first", title: "One" },
      { source: "second", title: "Two" },
    ],
    suppliers: [
      { supplier: "x", name: "X" },
      { supplier: "y", name: "Y" },
    ],
    contracts: [
      {
        contract: "c",
        ceiling: contract,
        lots: lots.map((lot, index) => ({
          lot: String(index + 1),
          suppliers: ["x", "y"],
          ...(isStated(lot) ? { ceiling: lot } : lot),
        })),
        ...(groups.length > 0 && {
          groups: groups.map(([ids, ceiling, certain], index) => ({
            group: `g${index}`,
            lots: ids.split(" "),
            ceiling,
            ...(certain && { certain }),
          })),
        }),
      },
    ],
  });
  for await (const [selected] of select(register, { query: parseQuery(query) })) {
    if (selected !== undefined) return assess(selected, register.preference);
  }
  throw new Error("nothing is selected");
};

const usable = async (ceilings: Ceilings, query?: string): Promise<string> => {
  const whole = await assessed(ceilings, query);
  const [only, ...others] = whole.usable;
  // However it is divided, an equal split adds up to the upper end.
  if (others.length === 0 && only !== undefined && only.bound !== "atLeast") {
    const parts = [...partsOf(whole).values()].flat().filter(isKnown);
    expect(parts.reduce((sum, { minor }) => sum + minor, 0n)).toBe(only.minor);
  }
  return [only, ...others].map((money) => (money === undefined ? "nothing" : formatMoney(money))).join(", ");
};

describe("a ceiling for each supplier adds up, a shared one does not (T3)", () => {
  test.each<[Ceilings, string]>([
    [{ lots: [{ ceilingPerSupplier: "EUR 700,000" }] }, "EUR 1,400,000"],
    [{ lots: ["EUR 700,000"] }, "EUR 700,000"],
    [{ contract: "EUR 1M", lots: [{ ceilingPerSupplier: "EUR 700,000" }] }, "EUR 1M"],
    [{ lots: [{ ceilingPerSupplier: "EUR 7" }, "EUR 5"], groups: [["1", "EUR 10"]] }, "EUR 15"],
  ])("%j", async (ceilings, wanted) => {
    expect(await usable(ceilings)).toBe(wanted);
  });
});

describe("equal figures that may be one ceiling or several give a range (T9)", () => {
  test.each<[string, Ceilings, string]>([
    ["two lots", { lots: ["EUR 10", "EUR 10"], groups: [["1 2", "EUR 10", "no"]] }, "EUR 10 to EUR 20"],
    ["beside another", { lots: ["EUR 10", "EUR 10", "EUR 5"], groups: [["1 2", "EUR 10", "no"]] }, "EUR 15 to EUR 25"],
    [
      "within the contract",
      { contract: "EUR 15", lots: ["EUR 10", "EUR 10"], groups: [["1 2", "EUR 10", "no"]] },
      "EUR 10 to EUR 15",
    ],
    [
      "settled by the contract",
      { contract: "EUR 10", lots: ["EUR 10", "EUR 10"], groups: [["1 2", "EUR 10", "no"]] },
      "EUR 10",
    ],
  ])("%s", async (_, ceilings, wanted) => {
    expect(await usable(ceilings)).toBe(wanted);
  });

  test("one lot of them has its own ceiling", async () => {
    expect(await usable({ lots: ["EUR 10", "EUR 10"], groups: [["1 2", "EUR 10", "no"]] }, "lot:1")).toBe("EUR 10");
  });
});

describe("min(declared, sum of the parts) at every level (T4)", () => {
  test.each<[string, Ceilings, string]>([
    ["the lots", { contract: "EUR 100", lots: ["EUR 10", "EUR 20"] }, "EUR 30"],
    ["the contract", { contract: "EUR 25", lots: ["EUR 10", "EUR 20"] }, "EUR 25"],
    ["the very same", { contract: "EUR 30", lots: ["EUR 10", "EUR 20"] }, "EUR 30"],
    ["a contract's zero", { contract: "EUR 0", lots: ["EUR 10"] }, "EUR 0"],
    ["to the cent, beside a zero", { contract: "EUR 9", lots: ["EUR 1.00", "EUR 0"] }, "EUR 1.00"],
    ["a group", { lots: ["EUR 10", "EUR 20", "EUR 5"], groups: [["1 2", "EUR 15"]] }, "EUR 20"],
    ["a group above its lots", { lots: ["EUR 10", "EUR 20"], groups: [["1 2", "EUR 90"]] }, "EUR 30"],
    [
      "groups side by side",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 10"],
          ["3 4", "EUR 11"],
        ],
      },
      "EUR 21",
    ],
    [
      "the contract over groups over lots",
      {
        contract: "EUR 19",
        lots: ["EUR 9", "EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 10"],
          ["3 4", "EUR 11"],
        ],
      },
      "EUR 19",
    ],
    [
      "a group in a group",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2 3", "EUR 17"],
          ["1 2", "EUR 5"],
        ],
      },
      "EUR 14",
    ],
    [
      "a group in a group that limits",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 15"],
          ["1 2 3", "EUR 12"],
        ],
      },
      "EUR 12",
    ],
    [
      "two groups of the same lots",
      {
        lots: ["EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 7"],
          ["2 1", "EUR 5"],
        ],
      },
      "EUR 5",
    ],
    ["a lot that stands twice in a group", { lots: ["EUR 9"], groups: [["1 1", "EUR 7"]] }, "EUR 7"],
    ["precision of the limit", { contract: "EUR 34.4M", lots: ["EUR 20,000,000.00", "EUR 20M"] }, "EUR 34.4M"],
  ])("%s", async (_, ceilings, wanted) => {
    expect(await usable(ceilings)).toBe(wanted);
  });
});

describe("groups that overlap give a range", () => {
  const overlapping: Ceilings["groups"] = [
    ["1 2", "EUR 10"],
    ["2 3", "EUR 12"],
  ];
  test.each<[string, Ceilings, string]>([
    [
      "from the largest to the most that every choice of them leaves",
      { lots: ["EUR 9", "EUR 9", "EUR 9"], groups: overlapping },
      "EUR 12 to EUR 19",
    ],
    ["to the sum of the lots", { lots: ["EUR 6", "EUR 6", "EUR 7"], groups: overlapping }, "EUR 12 to EUR 17"],
    ["exact where the lots stay below", { lots: ["EUR 1", "EUR 1", "EUR 1"], groups: overlapping }, "EUR 3"],
    ["beside another lot", { lots: ["EUR 9", "EUR 9", "EUR 9", "EUR 5"], groups: overlapping }, "EUR 17 to EUR 24"],
    [
      "beside another group",
      { lots: ["EUR 9", "EUR 9", "EUR 9", "EUR 5"], groups: [...overlapping, ["4", "EUR 4"]] },
      "EUR 16 to EUR 23",
    ],
    [
      "within the contract",
      { contract: "EUR 15", lots: ["EUR 9", "EUR 9", "EUR 9"], groups: overlapping },
      "EUR 12 to EUR 15",
    ],
    [
      "exact below the contract",
      { contract: "EUR 11", lots: ["EUR 9", "EUR 9", "EUR 9"], groups: overlapping },
      "EUR 11",
    ],
    [
      "within a containing group",
      { lots: ["EUR 9", "EUR 9", "EUR 9", "EUR 5"], groups: [...overlapping, ["1 2 3", "EUR 20"]] },
      "EUR 17 to EUR 24",
    ],
    ["with a group inside", { lots: ["EUR 9", "EUR 9", "EUR 9"], groups: [...overlapping, ["2", "EUR 2"]] }, "EUR 19"],
    [
      "with a group of several lots inside of both",
      {
        lots: ["EUR 10", "EUR 10", "EUR 10", "EUR 10"],
        groups: [
          ["1 2", "EUR 5"],
          ["1 2 3", "EUR 12"],
          ["1 2 4", "EUR 12"],
        ],
      },
      "EUR 12 to EUR 22",
    ],
    [
      "through a chain",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 10"],
          ["3 4", "EUR 10"],
          ["2 3", "EUR 10"],
        ],
      },
      "EUR 10 to EUR 20",
    ],
    [
      "over lots without figures",
      { lots: [undefined, "withheld", undefined], groups: overlapping },
      "EUR 12 to EUR 22",
    ],
    ["over one lot without a figure", { lots: ["EUR 1", undefined, "EUR 1"], groups: overlapping }, "EUR 11"],
    [
      "not where one has no ceiling",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 10"],
          ["2 3", undefined],
        ],
      },
      "EUR 19",
    ],
    [
      "not where one is withheld",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 10"],
          ["2 3", "withheld"],
        ],
      },
      "≤ EUR 19",
    ],
    [
      "not where none has a ceiling",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", undefined],
          ["2 3", undefined],
        ],
      },
      "EUR 27",
    ],
    [
      "not where one is in another currency",
      {
        lots: ["EUR 9", "EUR 9", "EUR 9"],
        groups: [
          ["1 2", "EUR 10"],
          ["2 3", "GBP 1"],
        ],
      },
      "EUR 19",
    ],
  ])("%s", async (_, ceilings, wanted) => {
    expect(await usable(ceilings)).toBe(wanted);
  });
});

test("a group that holds every lot with a figure is the limit", async () => {
  const lots = ["EUR 10", "EUR 10", "EUR 0", "EUR 0"];
  expect(
    await usable({
      lots,
      groups: [
        ["1 2 3", "EUR 20"],
        ["1 2 4", "EUR 3"],
      ],
    }),
  ).toBe("EUR 3");
});

describe("lots without a figure", () => {
  test.each<[string, Ceilings, string]>([
    ["the declared ceiling stands for them", { contract: "EUR 50", lots: ["EUR 10", undefined, "withheld"] }, "EUR 50"],
    [
      "a group's stands for its own only",
      { lots: ["EUR 10", undefined, undefined], groups: [["1 2", "EUR 30"]] },
      "≥ EUR 30",
    ],
    ["and the rest is added", { lots: ["EUR 10", undefined, "EUR 3"], groups: [["1 2", "EUR 30"]] }, "EUR 33"],
    [
      "within the contract",
      { contract: "EUR 20", lots: ["EUR 10", undefined, "EUR 3"], groups: [["1 2", "EUR 30"]] },
      "EUR 20",
    ],
    ["below what is known", { contract: "EUR 5", lots: ["EUR 10", undefined] }, "EUR 5"],
    ["nothing is known at all", { lots: [undefined, "withheld"], groups: [["1 2", "withheld"]] }, "nothing"],
    ["a withheld contract proves nothing", { contract: "withheld", lots: ["EUR 10", undefined] }, "nothing"],
    ["a zero is known", { lots: ["EUR 0", undefined] }, "≥ EUR 0"],
  ])("%s", async (_, ceilings, wanted) => {
    expect(await usable(ceilings)).toBe(wanted);
  });
});

describe("a selection of some lots", () => {
  const lots = ["EUR 10", undefined, "EUR 30", "EUR 40"];
  test.each<[string, Ceilings, string, string]>([
    ["known lots below the declared ceiling", { contract: "EUR 60", lots }, "lot:1,3", "EUR 40"],
    ["known lots above it", { contract: "EUR 35", lots }, "lot:1,3", "EUR 35"],
    ["an unknown one may reach it", { contract: "EUR 60", lots }, "lot:1,2", "≤ EUR 60"],
    ["an unknown one alone", { contract: "EUR 60", lots }, "lot:2", "≤ EUR 60"],
    ["beyond what is known", { contract: "EUR 5", lots }, "lot:1,2", "EUR 5"],
    ["a whole group is no part", { lots, groups: [["1 2", "EUR 25"]] }, "lot:1,2", "EUR 25"],
    ["a part of a group", { lots, groups: [["1 2", "EUR 25"]] }, "lot:2", "≤ EUR 25"],
    ["a part of a group and another lot", { lots, groups: [["1 2", "EUR 25"]] }, "lot:2,3", "≤ EUR 55"],
    ["a group out of view", { lots, groups: [["1 2", "GBP 25"]] }, "lot:3,4", "EUR 70"],
    [
      "a group out of view, within the contract",
      { contract: "EUR 50", lots, groups: [["1 2", "GBP 25"]] },
      "lot:3,4",
      "EUR 50",
    ],
    [
      "overlapping groups, of one of which a lot is out of view",
      {
        lots: [undefined, undefined, undefined, undefined],
        groups: [
          ["1 2 3", "EUR 10"],
          ["3 4", "EUR 20"],
        ],
      },
      "lot:1,3,4",
      "≤ EUR 30",
    ],
    [
      "overlapping groups, one of which is uncertain",
      {
        lots: ["EUR 5", "EUR 5", undefined, "EUR 9"],
        groups: [
          ["1 2", "EUR 5", "no"],
          ["2 3", "EUR 20"],
        ],
      },
      "lot:1,2,3",
      "EUR 20 to EUR 25",
    ],
    [
      "a range that a group around it ends, beside a part of another",
      {
        lots: [undefined, undefined, undefined, undefined, undefined],
        groups: [
          ["1 2 3", "EUR 10"],
          ["1 2", "EUR 10"],
          ["2 3", "EUR 10"],
          ["4 5", "EUR 30"],
        ],
      },
      "lot:1,2,3,4",
      "≤ EUR 40",
    ],
    [
      "overlapping groups that leave no range, beside a part of another",
      {
        lots: [undefined, undefined, undefined, undefined, undefined],
        groups: [
          ["1 2", "EUR 10"],
          ["2 3", "EUR 0"],
          ["4 5", "EUR 30"],
        ],
      },
      "lot:1,2,3,4",
      "≤ EUR 40",
    ],
    [
      "overlapping groups in part",
      {
        lots,
        groups: [
          ["1 2", "EUR 25"],
          ["2 3", "EUR 35"],
        ],
      },
      "lot:1,2",
      "EUR 25",
    ],
    [
      "overlapping groups apart",
      {
        lots,
        groups: [
          ["1 2", "EUR 25"],
          ["2 3", "EUR 20"],
        ],
      },
      "lot:1,3",
      "EUR 30",
    ],
  ])("%s", async (_, ceilings, query, wanted) => {
    expect(await usable(ceilings, query)).toBe(wanted);
  });
});

describe("declared ceilings that cannot be held against the lots' are passed over", () => {
  const by = (first: string | undefined, second: string | undefined): Stated => ({
    ...(first && { first }),
    ...(second && { second }),
  });
  test.each<[string, Ceilings, string]>([
    ["another source's", { contract: by(undefined, "EUR 5"), lots: [by("EUR 10", "EUR 9")] }, "EUR 10"],
    [
      "not what the preferred source states of the whole, whoever states the lots'",
      { contract: by("EUR 1", "EUR 5"), lots: [by(undefined, "EUR 9")] },
      "EUR 1",
    ],
    [
      "lots of several sources: the preferred one's",
      { contract: by("EUR 15", "EUR 5"), lots: [by(undefined, "EUR 9"), by("EUR 9", undefined)] },
      "EUR 15",
    ],
    ["no figure below: the preferred one's", { contract: by("EUR 15", "EUR 5"), lots: [undefined] }, "EUR 15"],
    ["another currency", { contract: "GBP 5", lots: ["EUR 10"] }, "EUR 10"],
    ["a group's only", { contract: "EUR 15", lots: ["EUR 10", "EUR 9"], groups: [["1 2", "GBP 1"]] }, "EUR 15"],
    ["lots in several currencies", { contract: "EUR 5", lots: ["EUR 10", "GBP 9"] }, "EUR 5, GBP 9"],
    [
      "declared ceilings that disagree",
      { contract: "GBP 15", lots: [undefined], groups: [["1", "EUR 1"]] },
      "GBP 15, EUR 1",
    ],
  ])("%s", async (_, ceilings, wanted) => {
    expect(await usable(ceilings)).toBe(wanted);
  });
});

describe("the equal split", () => {
  const parts = async (ceilings: Ceilings, query?: string): Promise<Readonly<Record<string, string>>> => {
    const all = [...partsOf(await assessed(ceilings, query))];
    return Object.fromEntries(
      all.flatMap(([lot, [part]]) => (part && isKnown(part) ? [[lot, formatMoney(part)]] : [])),
    );
  };

  test.each<[string, Ceilings, readonly (string | undefined)[]]>([
    [
      "in proportion below a lower ceiling",
      { contract: "EUR 15", lots: ["EUR 10", "EUR 20"] },
      ["EUR 5.00", "EUR 10.00"],
    ],
    ["to the cent", { contract: "EUR 1", lots: ["EUR 1", "EUR 1", "EUR 1"] }, ["EUR 0.34", "EUR 0.33", "EUR 0.33"]],
    [
      "by the ids of lots, however they are listed",
      { contract: "EUR 1", lots: ["3", "1", "2"].map((lot) => ({ lot, ceiling: "EUR 1" })) },
      ["EUR 0.34", "EUR 0.33", "EUR 0.33"],
    ],
    [
      "what is left goes to lots without a figure",
      { contract: "EUR 15", lots: ["EUR 10", undefined, "withheld"] },
      ["EUR 10", "EUR 2.50", "EUR 2.50"],
    ],
    ["nothing is left", { contract: "EUR 10", lots: ["EUR 10", undefined] }, ["EUR 10.00", "EUR 0.00"]],
    [
      "no ceiling over an unknown lot",
      { lots: ["EUR 10", undefined, "EUR 4"], groups: [["1", "EUR 8"]] },
      ["EUR 8.00", undefined, "EUR 4"],
    ],
    [
      "groups first",
      { contract: "EUR 18", lots: ["EUR 9", "EUR 9", "EUR 9"], groups: [["1 2", "EUR 9"]] },
      ["EUR 4.50", "EUR 4.50", "EUR 9.00"],
    ],
    [
      "overlapping groups stay within what they may cost together",
      {
        lots: ["EUR 100", "EUR 100", "EUR 100", "EUR 100"],
        groups: [
          ["1 2", "EUR 10"],
          ["2 3", "EUR 20"],
        ],
      },
      ["≤ EUR 10.00", "≤ EUR 10.00", "≤ EUR 10.00", "≤ EUR 100.00"],
    ],
  ])("%s", async (_, ceilings, wanted) => {
    const found = await parts(ceilings);
    expect(wanted.map((_each, index) => found[String(index + 1)])).toEqual(wanted);
  });
});

/** A contract with whole-number ceilings; zero-based lots. */
interface Small {
  readonly lots: readonly (number | undefined)[];
  readonly caps: readonly { readonly lots: readonly number[]; readonly cap: number }[];
  readonly selected: readonly number[];
}

const toCeilings = ({ lots, caps }: Small): Ceilings => ({
  lots: lots.map((cap) => (cap === undefined ? undefined : `EUR ${cap}`)),
  groups: caps.map(({ lots: ids, cap }) => [ids.map((id) => id + 1).join(" "), `EUR ${cap}`]),
});

/** The greatest sum that keeps every ceiling, found by trying all; undefined where nothing limits it. */
const greatest = ({ lots, caps, selected }: Small): number | undefined => {
  let best = 0;
  let open = false;
  const spent: number[] = lots.map(() => 0);
  const tryFrom = (place: number, sum: number): void => {
    const lot = selected[place];
    if (lot === undefined) {
      best = Math.max(best, sum);
      return;
    }
    const over = caps.filter((each) => each.lots.includes(lot));
    const room = over.map(({ lots: ids, cap }) => cap - ids.reduce((total, id) => total + (spent[id] ?? 0), 0));
    const most = Math.min(lots[lot] ?? Number.POSITIVE_INFINITY, ...room);
    if (most === Number.POSITIVE_INFINITY) {
      open = true;
      tryFrom(place + 1, sum);
      return;
    }
    for (let amount = 0; amount <= most; amount++) {
      spent[lot] = amount;
      tryFrom(place + 1, sum + amount);
    }
    spent[lot] = 0;
  };
  tryFrom(0, 0);
  return open ? undefined : best;
};

const COUNT = 4;
const small = (groups: fc.Arbitrary<readonly (readonly number[])[]>): fc.Arbitrary<Small> =>
  groups.chain((lists) =>
    fc.record({
      lots: fc.array(fc.option(fc.nat({ max: 5 }), { nil: undefined, freq: 4 }), {
        minLength: COUNT,
        maxLength: COUNT,
      }),
      caps: fc.tuple(...lists.map((lots) => fc.record({ lots: fc.constant(lots), cap: fc.nat({ max: 9 }) }))),
      selected: fc.oneof(
        fc.constant(Array.from({ length: COUNT }, (_, index) => index)),
        fc.subarray(
          Array.from({ length: COUNT }, (_, index) => index),
          { minLength: 1 },
        ),
      ),
    }),
  );

const LAMINAR: readonly (readonly (readonly number[])[])[] = [
  [[0, 1, 2, 3]],
  [[0, 1]],
  [
    [0, 1],
    [2, 3],
  ],
  [[0, 1, 2, 3], [0, 1], [2]],
  [[0, 1, 2], [1, 2], [2]],
  [
    [0, 1, 2, 3],
    [1, 2, 3],
    [1, 2],
    [2, 1],
  ],
];

const queryFor = ({ selected }: Small): string => `lot:${selected.map((id) => id + 1).join(",")}`;
const euros = (minor: bigint): number => Number(minor) / 100;

test("nested groups: the greatest sum that keeps every ceiling", async () => {
  await fc.assert(
    fc.asyncProperty(small(fc.constantFrom(...LAMINAR)), async (each) => {
      const whole = await assessed(toCeilings(each), queryFor(each));
      const { usable: amounts, floor, ceilings } = whole;
      const wanted = greatest(each);
      const known = greatest({ ...each, selected: each.selected.filter((id) => each.lots[id] !== undefined) }) ?? 0;
      const [money] = amounts;
      const low = euros(floor[0]?.minor ?? 0n);
      expect(low).toBeGreaterThanOrEqual(known);
      if (wanted === undefined) {
        expect(money?.bound ?? "atLeast").toBe("atLeast");
        return;
      }
      expect(euros(money?.minor ?? 0n)).toBe(wanted);
      expect(low).toBeLessThanOrEqual(wanted);
      expect(money?.bound).toBe(low < wanted ? "atMost" : undefined);
      if (each.selected.length === COUNT) expect(low).toBe(wanted);
      const parts = [...partsOf(whole)].flatMap(([lot, own]) =>
        own.filter(isKnown).map((part) => [lot, part] as const),
      );
      const partOf = (ids: readonly number[]) =>
        parts.reduce((sum, [lot, { minor }]) => (ids.includes(Number(lot) - 1) ? sum + euros(minor) : sum), 0);
      const stated = new Map(ceilings.map(({ selected, amount }) => [selected.lot.id, amount]));
      for (const [lot, { minor }] of parts) {
        const amount = stated.get(lot);
        if (amount !== undefined && isKnown(amount)) expect(minor <= amount.minor).toBe(true);
      }
      for (const { lots, cap } of each.caps) expect(partOf(lots)).toBeLessThanOrEqual(cap + 1e-9);
    }),
    seeded(400),
  );
});

test("overlapping groups: the greatest sum that keeps every ceiling lies in the range", async () => {
  const anyGroups = fc.array(fc.subarray([0, 1, 2, 3], { minLength: 1 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(small(anyGroups), async (each) => {
      const { usable: amounts, floor } = await assessed(toCeilings(each), queryFor(each));
      const wanted = greatest(each);
      if (wanted === undefined) return;
      expect(euros(amounts[0]?.minor ?? 0n)).toBeGreaterThanOrEqual(wanted);
      expect(euros(floor[0]?.minor ?? 0n)).toBeLessThanOrEqual(wanted);
    }),
    seeded(400),
  );
});
