import { describe, expect, test } from "vitest";
import { formatMoney, type Money, type StatedAmount } from "../../src/model/money.ts";
import { parsePartialDate } from "../../src/model/partial-date.ts";
import { contractOfNotices, contractsOfNotices } from "../../src/notices/contract-of-notices.ts";
import type { Notice, NoticeRole } from "../../src/notices/notice.ts";
import type { Contract } from "../../src/records/contract.ts";
import { contractCodec } from "../../src/records/contract.ts";
import type { Lot, LotStatus } from "../../src/records/lot.ts";
import { lotCodec } from "../../src/records/lot.ts";
import { supplierCodec } from "../../src/records/supplier.ts";
import { amountsText } from "./ocds/reading.ts";

interface Told {
  readonly id: string;
  readonly date?: string;
  readonly version?: string;
  readonly role?: NoticeRole;
  readonly procedure?: string;
  readonly changes?: string;
  /** Lots as `1 awarded 500`: the ceiling may be left out. */
  readonly lots?: readonly string[];
  readonly facts?: Partial<Contract>;
}

const eurosOf = (amount: number): Money => ({ minor: BigInt(amount) * 100n, currency: "EUR", precision: 0 });

const euros = (
  amount: number,
  source: string,
): readonly [{ readonly value: StatedAmount; readonly by: { source: string; locator: undefined } }] => [
  { value: eurosOf(amount), by: { source, locator: undefined } },
];

const STATUSES: Readonly<Record<string, LotStatus>> = {
  awarded: "awarded",
  none: "no-result",
  closed: "closed-no-winner",
};

const lotOf = (text: string, source: string): Lot => {
  const [id = "", status = "awarded", ceiling] = text.split(" ");
  return lotCodec.of({
    id,
    status: STATUSES[status] ?? "open",
    title: `as ${source} says`,
    ceiling: ceiling === undefined ? undefined : euros(Number(ceiling), source),
  });
};

const notice = ({
  id,
  date,
  version,
  role = "award",
  procedure = "P",
  changes,
  lots = [],
  facts = {},
}: Told): Notice => ({
  contract: contractCodec.of({
    framework: true,
    id,
    lots: lots.map((text) => lotOf(text, id)),
    origin: { locate: () => ({ file: `${id}.xml`, line: 1, column: 1, text: "" }) },
    ...facts,
  }),
  procedure: procedure === "" ? undefined : procedure,
  publication: {
    id,
    version,
    date: date === undefined ? undefined : parsePartialDate(date),
    kind: "result",
    file: `${id}.xml`,
  },
  role,
  changes,
});

const amountOf = (fact: Contract["ceiling"]): string => {
  const value = fact?.[0].value;
  return value === undefined ? "–" : value === "withheld" ? value : formatMoney(value);
};

/** `lot status ceiling, who says so`. */
const lines = ({ lots }: Contract): string[] =>
  lots.map(({ id, status, ceiling, title }) => `${id} ${status} ${amountOf(ceiling)}, ${title}`);

const together = (...told: readonly [Told, ...Told[]]): Contract => {
  const [first, ...others] = told;
  const contract = contractOfNotices([notice(first), ...others.map(notice)]);
  // The order of reading never matters.
  const [last, ...earlier] = [...others].reverse();
  if (last !== undefined) {
    const backwards = contractOfNotices([notice(last), ...[...earlier, first].map(notice)]);
    expect({ ...backwards, origin: contract.origin }).toEqual(contract);
  }
  return contract;
};

describe("what modifies a call-off is no step of its framework (T12)", () => {
  const reference = (settled: string) => ({
    settledContracts: [
      {
        id: settled,
        reference: settled,
        title: undefined,
        lots: ["1"],
        suppliers: [],
        awardDate: undefined,
        signedDate: undefined,
        value: undefined,
      },
    ],
  });
  const framework = notice({ id: "n1", date: "2024-01", lots: ["1 awarded 500"] });
  const marked = (settled: string) => ({ callOffOf: "n1", ...reference(settled) });
  const callOff = (id: string, settled: string) =>
    notice({ id, date: "2024-02", role: "call-off", lots: ["1"], facts: marked(settled) });
  const modification = (facts: Partial<Contract>, follows: readonly string[] = []): Notice => ({
    ...notice({ id: "n9", date: "2024-03", role: "modification", lots: ["1"], facts }),
    follows,
  });
  const told = (...notices: readonly Notice[]) =>
    contractsOfNotices(notices).map(({ id, publications }) => `${id}: ${publications.map((one) => one.id).join()}`);

  test.each([
    ["by its number", modification({}, ["n3"])],
    ["by its reference", modification(marked("K3"))],
    ["by both", modification(marked("K3"), ["n3"])],
  ])("%s", (_, modifies) => {
    const notices = [framework, callOff("n2", "K2"), callOff("n3", "K3"), modifies];
    expect(told(...notices)).toEqual(["n1: n1,n2,n3,n9", "n2: n2", "n3: n3,n9"]);
    expect(told(...[...notices].reverse())).toEqual(["n1: n1,n2,n3,n9", "n2: n2", "n3: n3,n9"]);
  });

  test("by nothing but its procedure, in which nothing else is", () => {
    expect(told(callOff("n2", "K2"), modification({}))).toEqual(["n2: n2,n9"]);
  });

  test("one whose call-off is not there stands by itself, and that of the framework is its own", () => {
    expect(told(framework, callOff("n2", "K2"), modification(marked("K7")))).toEqual([
      "n1: n1,n2,n9",
      "n2: n2",
      "n9: n9",
    ]);
    expect(told(framework, callOff("n2", "K2"), modification({}, ["n1"]))).toEqual(["n1: n1,n2,n9", "n2: n2"]);
  });
});

describe("notices of one procedure", () => {
  test("one by itself", () => {
    const contract = together({ id: "n1", lots: ["1 awarded 500"] });
    expect(lines(contract)).toEqual(["1 awarded EUR 500, as n1 says"]);
    expect(contract.publications.map(({ id }) => id)).toEqual(["n1"]);
  });

  test("a change takes the place of what it changes, under the id of the oldest, and the history is kept", () => {
    const contract = together(
      { id: "n2", date: "2024-02-01", changes: "n1", lots: ["1 awarded 700"] },
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 500"] },
    );
    expect(contract.id).toBe("n1");
    expect(lines(contract)).toEqual(["1 awarded EUR 700, as n2 says"]);
    expect(contract.publications.map(({ id }) => id)).toEqual(["n1", "n2"]);
  });

  test("of one day the higher version counts", () => {
    const contract = together(
      { id: "n", version: "10", date: "2024-01-01", lots: ["1 awarded 10"] },
      { id: "n", version: "9", date: "2024-01-01", lots: ["1 awarded 9"] },
    );
    expect(lines(contract)).toEqual(["1 awarded EUR 10, as n says"]);
    expect(contract.publications.map(({ version }) => version)).toEqual(["9", "10"]);
  });

  test("one without a date is older than those with one", () => {
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 1"] },
      { id: "n2", lots: ["1 awarded 2"] },
    );
    expect(lines(contract)).toEqual(["1 awarded EUR 2, as n2 says"]);
    expect(contract.publications.map(({ id, did }) => `${id} ${did}`)).toEqual(["n2 awards", "n1 awards"]);
  });

  test("the same notice twice is one", () => {
    const contract = together({ id: "n1", lots: ["1 awarded 500"] }, { id: "n1", lots: ["1 awarded 500"] });
    expect(contract.publications).toHaveLength(1);
  });

  test("a lot stays as it was told until its result is told anew", () => {
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 500", "2 none", "3 none"] },
      { id: "n2", date: "2024-02-01", lots: ["1 none", "2 awarded 300", "4 none"] },
    );
    expect(lines(contract)).toEqual([
      "1 awarded EUR 500, as n1 says",
      "2 awarded EUR 300, as n2 says",
      "3 no-result –, as n1 says",
      "4 no-result –, as n2 says",
    ]);
  });

  test("ceilings of notices that award different lots are of their own lots, and what they declare adds up", () => {
    const contract = together(
      {
        id: "n1",
        date: "2024-01-01",
        lots: ["1 awarded 500"],
        facts: { ceiling: euros(500, "n1"), awarded: euros(100, "n1") },
      },
      {
        id: "n2",
        date: "2024-02-01",
        lots: ["2 awarded 300"],
        facts: { ceiling: euros(300, "n2"), awarded: euros(200, "n2") },
      },
    );
    expect(contract.ceiling).toBeUndefined();
    expect(contract.groups.map(({ id, lots, ceiling }) => [id, lots, amountOf(ceiling)])).toEqual([
      ["n1", ["1"], "EUR 500"],
      ["n2", ["2"], "EUR 300"],
    ]);
    expect(amountOf(contract.awarded)).toBe("EUR 300");
  });

  test("the total of a notice that tells of all lots counts", () => {
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 500"], facts: { ceiling: euros(500, "n1") } },
      {
        id: "n2",
        date: "2024-02-01",
        changes: "n1",
        lots: ["1 awarded 400", "2 awarded 300"],
        facts: { ceiling: euros(600, "n2") },
      },
    );
    expect(amountOf(contract.ceiling)).toBe("EUR 600");
    expect(contract.notes).toEqual([]);
  });

  test("a modification leaves as it was what it does not tell of", () => {
    const contract = together(
      {
        id: "n1",
        date: "2024-01-01",
        lots: ["1 awarded 500", "2 awarded 300"],
        facts: { title: "Networks", description: "All of them" },
      },
      {
        id: "n2",
        date: "2024-02-01",
        role: "modification",
        lots: ["1 awarded", "2 awarded 350"],
        facts: { title: "Networks, changed" },
      },
    );
    expect(lines(contract)).toEqual(["1 awarded EUR 500, as n2 says", "2 awarded EUR 350, as n2 says"]);
    expect(contract.title).toBe("Networks, changed");
    expect(contract.description).toBe("All of them");
  });

  test("the changes of all modifications are kept, in their order", () => {
    const change = (id: string): Partial<Contract> => ({
      modifications: [
        {
          id,
          date: { year: 2024 },
          lot: undefined,
          amount: undefined,
          ground: undefined,
          title: undefined,
          by: { source: id, locator: undefined },
          note: undefined,
        },
      ],
    });
    const contract = together(
      { id: "n3", date: "2024-03-01", role: "modification", lots: ["1 awarded"], facts: change("M2") },
      { id: "n2", date: "2024-02-01", role: "modification", lots: ["1 awarded"], facts: change("M1") },
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 500"] },
    );
    expect(contract.modifications.map(({ id }) => id)).toEqual(["M1", "M2"]);
  });

  test("an award stays where another notice says that nobody won its lot, which a note says", () => {
    const { lots, notes } = contractOfNotices([
      notice({ id: "A", date: "2024-01-01", lots: ["1 awarded 500"] }),
      notice({ id: "B", date: "2024-02-01", lots: ["1 closed", "2 closed"] }),
    ]);
    expect(lots.map(({ id, status }) => `${id} ${status}`)).toEqual(["1 awarded", "2 closed-no-winner"]);
    expect(notes.map(({ text }) => text)).toEqual([
      "1: one notice awards it, and another one says that nobody won it: the award stays",
    ]);
  });

  test("contracts and awards that were settled stay with the lots that were told before", () => {
    const settled = (id: string, lots: readonly string[]): Contract["settledContracts"][number] => ({
      id,
      reference: undefined,
      title: undefined,
      lots,
      suppliers: [],
      awardDate: undefined,
      signedDate: undefined,
      value: undefined,
    });
    const contract = together(
      {
        id: "n1",
        date: "2024-01-01",
        lots: ["1 awarded", "2 awarded"],
        facts: { settledContracts: [settled("A", ["1"]), settled("B", ["2"])] },
      },
      { id: "n2", date: "2024-02-01", lots: ["2 awarded"], facts: { settledContracts: [settled("C", ["2"])] } },
    );
    expect(contract.settledContracts.map(({ id }) => id)).toEqual(["A", "B", "C"]);
  });
});

describe("notices of several procedures", () => {
  test("each is a contract, in the order of reading; without a procedure each notice is its own", () => {
    const notices = [
      notice({ id: "n1", procedure: "B" }),
      notice({ id: "n2", procedure: "A" }),
      notice({ id: "n3", procedure: "B" }),
      notice({ id: "n4", procedure: "" }),
      notice({ id: "n5", procedure: "" }),
    ];
    expect(contractsOfNotices(notices).map(({ id }) => id)).toEqual(["n1", "n2", "n4", "n5"]);
  });

  test("a format may put its own notices together", () => {
    const own = (id: string): Notice => ({
      ...notice({ id }),
      together: (notices) => [notice({ id: `${notices.length} together` }).contract],
    });
    expect(contractsOfNotices([own("n1"), own("n2")]).map(({ id }) => id)).toEqual(["2 together"]);
  });
});

describe("what later notices state of money is counted, or a note says what became of it (T12, T8, T10b)", () => {
  const modifies = (facts: Partial<Contract>): Partial<Contract> => ({
    ...facts,
    modifications: [{ id: "n2", date: { year: 2024, month: 6 }, by: { source: "n2", locator: undefined } }],
  });
  const restating = (lots: readonly string[], facts: Partial<Contract> = {}): Told => ({
    id: "n2",
    date: "2024-06-01",
    role: "modification",
    lots,
    facts: modifies(facts),
  });
  const changes = ({ modifications }: Contract): readonly string[] =>
    modifications.map(({ lot = "whole", amount }) => `${lot} ${amount && formatMoney(amount)}`);
  const notes = (contract: Contract): readonly string[] => contract.notes.map(({ rule, text }) => `${rule} ${text}`);
  const awarded = (...values: readonly number[]): Lot["awarded"] => {
    const [first, ...others] = values
      .map((value) => euros(value, "n1")[0].value)
      .filter((value) => value !== "withheld");
    return first && [{ value: [first, ...others], by: { source: "n1", locator: undefined } }];
  };
  const declaring = (told: Told, facts: Partial<Contract>, lot: Partial<Lot> = {}): Notice => {
    const own = notice({ ...told, facts });
    return { ...own, contract: { ...own.contract, lots: own.contract.lots.map((one) => ({ ...one, ...lot })) } };
  };
  const inBothOrders = (one: Notice, other: Notice): Contract => {
    const contract = contractOfNotices([one, other]);
    expect({ ...contractOfNotices([other, one]), origin: contract.origin }).toEqual(contract);
    return contract;
  };

  test("a modification restates what all lots have together", () => {
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 400"], facts: { ceiling: euros(400, "n1") } },
      restating(["1 awarded 500"], { ceiling: euros(500, "n2") }),
    );
    expect(changes(contract)).toEqual(["1 EUR 100", "whole EUR 100"]);
    expect(amountOf(contract.ceiling)).toBe("EUR 400");
  });

  test("what it restates of a part is that of the award of these lots, else it is left out", () => {
    const first: Told = { id: "n1", date: "2024-01-01", lots: ["1 awarded 400"], facts: { ceiling: euros(400, "n1") } };
    const second: Told = {
      id: "n3",
      date: "2024-02-01",
      lots: ["2 awarded 300"],
      facts: { ceiling: euros(300, "n3") },
    };
    const modification = restating(["2 awarded 350"], { ceiling: euros(350, "n2") });
    const contract = together(first, second, modification);
    expect(contract.groups.map(({ id, ceiling }) => `${id} ${amountOf(ceiling)}`)).toEqual([
      "n1 EUR 400",
      "n3 EUR 350",
    ]);
    expect(notes(contract)).toEqual([
      "T12 n3: a modification states the ceiling of the group anew, which counts on every day",
    ]);
    const ofAPart = together({ ...first, lots: ["1 awarded", "2 awarded"] }, modification);
    expect(amountOf(ofAPart.ceiling)).toBe("EUR 400");
    expect(notes(ofAPart)).toEqual(["T12 EUR 350 that n2 states as ceiling is left out: it does not tell of all lots"]);
  });

  test("a group that a modification states anew", () => {
    const group = (value: number, source: string): Partial<Contract> => ({
      groups: [{ id: "G", lots: ["1", "2"], ceiling: euros(value, source), certain: true }],
    });
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded", "2 awarded"], facts: group(700, "n1") },
      restating(["1 awarded", "2 awarded"], group(800, "n2")),
    );
    expect(contract.groups.map(({ ceiling }) => ceiling)).toEqual([euros(800, "n1")]);
    expect(notes(contract)).toEqual([
      "T12 G: a modification states the ceiling of the group anew, which counts on every day",
    ]);
  });

  test.each([
    ["withheld", "withheld" as const],
    ["HRK 3,000", { minor: 300000n, currency: "HRK", precision: 0 }],
  ])("one that was %s at first counts from the beginning, for no difference can be told", (was, value) => {
    const first = declaring(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded"] },
      {},
      { ceiling: [{ value, by: { source: "n1", locator: undefined } }] },
    );
    const contract = inBothOrders(first, notice(restating(["1 awarded 500"])));
    expect(lines(contract)).toEqual(["1 awarded EUR 500, as n2 says"]);
    expect(notes(contract)).toEqual([
      `T12 1: its ceiling was ${was} at first; a modification states EUR 500, which counts on every day`,
    ]);
  });

  test("a lot that nobody won has no part in what a notice awards in all", () => {
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 400", "2 closed"], facts: { ceiling: euros(400, "n1") } },
      { id: "n2", date: "2024-02-01", lots: ["2 awarded 190"], facts: { ceiling: euros(190, "n2") } },
    );
    expect(contract.ceiling).toBeUndefined();
    expect(contract.groups.map(({ id, lots }) => `${id}: ${lots.join()}`)).toEqual(["n1: 1", "n2: 2"]);
  });

  test("a further award that states another ceiling of a lot is heard beside the first", () => {
    const contract = together(
      { id: "n1", date: "2024-01-01", lots: ["1 awarded 400"] },
      { id: "n2", date: "2024-02-01", lots: ["1 awarded 600"] },
      { id: "n3", date: "2024-03-01", lots: ["1 awarded 400"] },
    );
    expect(contract.lots[0]?.ceiling).toEqual([...euros(400, "n1"), ...euros(600, "n2")]);
  });

  test.each<[string, Lot["awarded"]]>([
    ["withheld", [{ value: "withheld", by: { source: "n1", locator: undefined } }]],
    ["not stated", undefined],
  ])("of a lot that was awarded for a value that is %s, a further award tells at least", (_, value) => {
    const by = { source: "n1", locator: undefined };
    const { origin } = notice({ id: "n1" }).contract;
    const seats = (name: string): Partial<Lot> => ({
      suppliers: [{ value: [supplierCodec.of({ id: name, name: [{ value: name, by }], origin })], by }],
    });
    const contract = inBothOrders(
      declaring({ id: "n1", date: "2024-01-01", lots: ["1 awarded"] }, {}, { ...seats("a"), awarded: value }),
      declaring({ id: "n2", date: "2024-02-01", lots: ["1 awarded"] }, {}, { ...seats("b"), awarded: awarded(100) }),
    );
    expect(contract.lots[0]?.awarded?.[0].value).toMatchObject([{ minor: 10000n, bound: "atLeast" }]);
  });

  test("what one notice declares in all, and its lots do not state, stays where another declares nothing", () => {
    const declared = { awarded: euros(500, "n1") };
    const other = declaring({ id: "n2", date: "2024-02-01", lots: ["3 awarded"] }, {}, { awarded: awarded(100) });
    const silent = declaring({ id: "n1", date: "2024-01-01", lots: ["1 awarded", "2 awarded"] }, declared);
    const contract = inBothOrders(silent, other);
    expect(contract.awarded).toBeUndefined();
    expect(contract.sharedAwards).toEqual([{ lots: ["1", "2"], value: [euros(500, "n1")[0].value] }]);
    expect(notes(contract)).toEqual(["T10 1, 2: they have what is left of EUR 500 that n1 declares awarded in all"]);
    const summed = declaring({ id: "n1", date: "2024-01-01", lots: ["1 awarded"] }, declared, {
      awarded: awarded(500),
    });
    expect(inBothOrders(summed, other).notes).toEqual([]);
    const unlike = declaring({ id: "n1", date: "2024-01-01", lots: ["1 awarded"] }, declared, {
      awarded: awarded(600),
    });
    expect(notes(inBothOrders(unlike, other))).toEqual(["T10 EUR 500 that n1 declares awarded in all is left out"]);
  });
});

test.each([
  [5, 5, "EUR 5"],
  [5, 7, "EUR 12"],
  [5, undefined, "EUR 5"],
  [undefined, 7, "≥ EUR 7"],
])("a further award of a lot without contracts repeats its value, or adds to it: %s and %s", (first, second, sum) => {
  const awardOf = (id: string, date: string, amount: number | undefined): Told => {
    const by = { source: id, locator: undefined };
    const awarded: Lot["awarded"] = amount === undefined ? undefined : [{ value: [eurosOf(amount)], by }];
    return { id, date, facts: { lots: [lotCodec.of({ id: "1", status: "awarded", awarded })] } };
  };
  const { lots } = together(awardOf("n1", "2024-01-01", first), awardOf("n2", "2024-02-01", second));
  expect(lots.map(({ awarded }) => amountsText(awarded?.[0].value))).toEqual([sum]);
});
