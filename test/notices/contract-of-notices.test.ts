import { describe, expect, test } from "vitest";
import { formatMoney, type StatedAmount } from "../../src/model/money.ts";
import { parsePartialDate } from "../../src/model/partial-date.ts";
import { contractOfNotices, contractsOfNotices } from "../../src/notices/contract-of-notices.ts";
import type { Notice, NoticeRole } from "../../src/notices/notice.ts";
import type { Contract } from "../../src/records/contract.ts";
import { contractCodec } from "../../src/records/contract.ts";
import type { Lot, LotStatus } from "../../src/records/lot.ts";
import { lotCodec } from "../../src/records/lot.ts";

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

const euros = (
  amount: number,
  source: string,
): readonly [{ readonly value: StatedAmount; readonly by: { source: string; locator: undefined } }] => [
  { value: { minor: BigInt(amount) * 100n, currency: "EUR", precision: 0 }, by: { source, locator: undefined } },
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
