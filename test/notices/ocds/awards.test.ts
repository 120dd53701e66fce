import { describe, expect, test } from "vitest";
import { award, contractIn, eur, lotLines, notesOf, release, supplier } from "./reading.ts";

describe("which awards count", () => {
  test.each([
    ["active", "no-lot awarded: Alder; awarded EUR 5", []],
    ["pending", "no-lot pending: ", []],
    ["cancelled", "no-lot cancelled: ", []],
    ["unsuccessful", "no-lot closed-no-winner: ", []],
    [undefined, "no-lot awarded: Alder; awarded EUR 5", ["R-STATUS a: an award without a status counts as active"]],
    [null, "no-lot awarded: Alder; awarded EUR 5", ["R-STATUS a: an award without a status counts as active"]],
    ["", "no-lot awarded: Alder; awarded EUR 5", ["R-STATUS a: an award without a status counts as active"]],
    [
      "vigente",
      "no-lot awarded: Alder; awarded EUR 5",
      ["R-STATUS a: an award whose status OCDS does not know counts as active"],
    ],
  ])("R-STATUS: %s", (status, line, notes) => {
    const contract = contractIn(release({ awards: [award("a", "Alder", { status, value: eur(5) })] }));
    expect(lotLines(contract)).toEqual([line]);
    expect(notesOf(contract)).toEqual(notes);
  });

  test.each([
    ["Active", "awarded"],
    ["PENDING", "pending"],
    ["Cancelled", "cancelled"],
    ["canceled", "cancelled"],
    [" Unsuccessful ", "closed-no-winner"],
  ])("O5: the status %j counts by its meaning", (status, expected) => {
    const contract = contractIn(release({ awards: [award("a", "Alder", { status })] }));
    expect(contract.lots.map((lot) => lot.status)).toEqual([expected]);
    expect(notesOf(contract)).toEqual([]);
  });

  test.each([
    ["complete", "awarded"],
    ["cancelled", "cancelled"],
    ["unsuccessful", "closed-no-winner"],
  ])("O5: the final status of 1.2, %s, counts before another", (finalStatus, expected) => {
    const contract = contractIn(release({ awards: [award("a", "Alder", { finalStatus, status: "pending" })] }));
    expect(contract.lots.map((lot) => lot.status)).toEqual([expected]);
    expect(notesOf(contract)).toEqual([]);
  });

  test.each([
    ["cancelled", "cancelled"],
    ["unsuccessful", "closed-no-winner"],
    ["complete", "no-result"],
  ])("O5: lots without awards are as their tender ended: %s", (finalStatus, expected) => {
    const tender = { finalStatus, lots: [{ id: "1" }, { id: "2", status: "Active" }] };
    expect(contractIn(release({ tender })).lots.map((lot) => lot.status)).toEqual([expected, "open"]);
    expect(contractIn(release({ tender: { ...tender, status: "active", finalStatus: null } })).lots[0]?.status).toBe(
      "no-result",
    );
  });

  test("R-STATUS: of awards of one lot, one that counts decides, then one that is pending", () => {
    const statuses = (...all: string[]) =>
      contractIn(release({ awards: all.map((status, index) => ({ id: `${index}`, status })) })).lots[0]?.status;
    expect(statuses("cancelled", "pending", "active")).toBe("awarded");
    expect(statuses("cancelled", "unsuccessful", "pending")).toBe("pending");
    expect(statuses("cancelled", "unsuccessful")).toBe("closed-no-winner");
  });

  test("without an award nobody holds anything, and the notes say so", () => {
    const contract = contractIn(release({ tender: { title: "Paper" } }));
    expect(contract.lots).toEqual([]);
    expect(notesOf(contract)).toEqual(["R-STATUS no award is stated"]);
  });
});

describe("O1: what an award is worth", () => {
  test("one value, however many suppliers it has", () => {
    const suppliers = ["Alder", "Birch", "Cedar"].map(supplier);
    const contract = contractIn(release({ awards: [award("a", "", { suppliers, value: eur(90) })] }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder, Birch, Cedar; awarded EUR 90"]);
    expect(notesOf(contract)).toEqual([
      "O1 a: an award to several suppliers has one value, counted once; whether they hold it jointly is not said",
    ]);
  });

  test("a supplier that is named twice holds one seat", () => {
    const suppliers = [supplier("Alder"), supplier("Alder")];
    const contract = contractIn(release({ awards: [award("a", "", { suppliers })] }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder"]);
    expect(notesOf(contract)).toEqual([]);
  });

  test("suppliers that are no list are taken for one", () => {
    const contract = contractIn(release({ awards: [award("a", "", { suppliers: supplier("Alder") })] }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder"]);
  });

  test("several awards of a lot are added, by currency", () => {
    const awards = [
      award("a", "Alder", { value: eur(5) }),
      award("b", "Birch", { value: { amount: 7, currency: "GBP" } }),
      award("c", "Cedar", { value: eur(0.5) }),
    ];
    expect(lotLines(contractIn(release({ awards })))).toEqual([
      "no-lot awarded: Alder, Birch, Cedar; awarded EUR 5.50 and GBP 7",
    ]);
  });

  test("T8: where one of them states no value, it is at least the sum of the others", () => {
    const [stated, silent] = [award("a", "Alder", { value: eur(5) }), award("b", "Birch")];
    const linesOf = (...awards: readonly object[]) => lotLines(contractIn(release({ awards })));
    expect(linesOf(stated, silent)).toEqual(["no-lot awarded: Alder, Birch; awarded ≥ EUR 5"]);
    expect(linesOf(silent, stated)).toEqual(["no-lot awarded: Birch, Alder; awarded ≥ EUR 5"]);
  });

  test("T8: a value of zero is known, a missing one is not", () => {
    expect(lotLines(contractIn(release({ awards: [award("a", "Alder", { value: eur(0) })] })))).toEqual([
      "no-lot awarded: Alder; awarded EUR 0",
    ]);
    expect(lotLines(contractIn(release({ awards: [award("a", "Alder", { value: {} })] })))).toEqual([
      "no-lot awarded: Alder",
    ]);
  });

  test("T9: equal values of one lot are added, and it is said", () => {
    const awards = [award("a", "Alder", { value: eur(5) }), award("b", "Birch", { value: eur(5) })];
    const contract = contractIn(release({ awards }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder, Birch; awarded EUR 10"]);
    expect(notesOf(contract)).toEqual([
      "T9 a, b: awards of one lot state the same value, which counts for each of them",
    ]);
  });

  test("O2: of a framework agreement it may be what is expected", () => {
    const tender = { techniques: { hasFrameworkAgreement: true } };
    const contract = contractIn(release({ tender, awards: [award("a", "Alder", { value: eur(5) })] }));
    expect(contract.framework).toBe(true);
    expect(notesOf(contract)).toEqual([
      "O2 a: the value of an award of a framework agreement may be what is expected, not what was awarded",
    ]);
  });
});

test.each(["cancelled", "CANCELLED", "unsuccessful"])(
  "O5: a contract that ended as %s was not signed",
  (finalStatus) => {
    const contracts = [
      { id: "c", awardID: "a", status: "pending", finalStatus },
      { id: "d", awardID: "a", finalStatus: "terminatedEarly" },
    ];
    const contract = contractIn(release({ awards: [award("a", "Alder")], contracts }));
    expect(contract.settledContracts.map(({ id }) => id)).toEqual(["d"]);
  },
);

describe("O4: contracts are what awards came to, or parts of it", () => {
  const order = (id: string, amount: number) => ({
    id,
    awardID: "a",
    status: "active",
    value: { amount, currency: "GBP" },
  });
  const value = { amount: 1_200_000, currency: "GBP" };

  test("a contract of GBP 1.2m and its four purchase orders of GBP 300k total GBP 1.2m", () => {
    const orders = ["po1", "po2", "po3", "po4"].map((id) => order(id, 300_000));
    const contract = contractIn(
      release({ awards: [award("a", "Alder", { value })], contracts: [order("c", 1_200_000), ...orders] }),
    );
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder; awarded GBP 1,200,000"]);
    expect(contract.settledContracts.map(({ id }) => id)).toEqual(["c", "po1", "po2", "po3", "po4"]);
  });

  test("where an award states no value, that of its contracts counts (T10d)", () => {
    const contract = contractIn(release({ awards: [award("a", "Alder")], contracts: [order("c", 5)] }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder; awarded GBP 5"]);
    expect(notesOf(contract)).toEqual(["T10 a: an award states no value, and its contracts do: theirs count"]);
  });

  test("a contract has its award's lots and suppliers, or those it names itself", () => {
    const awards = [award("a", "Alder", { relatedLots: ["1"], date: "2024-01-02" })];
    const contracts = [
      { id: "c", awardID: "a", title: "Paper", dateSigned: "2024-02-03T00:00:00Z" },
      { id: "d", awardID: "a", suppliers: [supplier("Birch")] },
      { id: "e", awardID: "a", status: "cancelled" },
      { id: "f", awardID: "b" },
    ];
    const { settledContracts, notes } = contractIn(release({ tender: { lots: [{ id: "1" }] }, awards, contracts }));
    expect(
      settledContracts.map(({ id, lots, suppliers }) => [id, lots, suppliers.map((one) => one.name[0].value)]),
    ).toEqual([
      ["c", ["1"], ["Alder"]],
      ["d", ["1"], ["Birch"]],
      ["f", ["1"], []],
    ]);
    expect(settledContracts[0]).toMatchObject({
      title: "Paper",
      awardDate: { year: 2024, month: 1, day: 2 },
      signedDate: { year: 2024, month: 2, day: 3, offset: "Z" },
    });
    const texts = notes.map(({ text }) => text);
    expect(texts).toContain("e: a contract that was cancelled is left out");
    expect(texts).toContain("f: a contract whose award is not there is an award of its own");
  });

  test("one award or contract that is written again counts once, and a contract without an award by itself (T10)", () => {
    const twice = [award("a", "Alder", { value: { amount: 7, currency: "GBP" } })];
    const again = contractIn(release({ awards: [...twice, ...twice], contracts: [order("c", 5), order("c", 5)] }));
    expect(lotLines(again)).toEqual(["no-lot awarded: Alder; awarded GBP 7"]);
    expect(again.settledContracts).toHaveLength(1);
    const own = { id: "k", value: { amount: 9, currency: "GBP" }, suppliers: [supplier("Birch")] };
    expect(lotLines(contractIn(release({ contracts: [own] })))).toEqual(["no-lot awarded: Birch; awarded GBP 9"]);
  });

  describe("a contract that names no award, beside awards (T10d)", () => {
    const pounds = (amount: number) => ({ amount, currency: "GBP" });
    const alder = award("a", "Alder", { value: pounds(300) });
    const birch = award("b", "Birch", { value: pounds(20) });
    const own = (supplier?: unknown, more: object = {}) => ({
      id: "k",
      value: pounds(40),
      ...(supplier === undefined ? {} : { suppliers: [supplier] }),
      ...more,
    });
    const OWN = "T10 k: a contract whose award is not there is an award of its own";
    const ONLY = "T10 k: a contract that names no award by its id is of the only one that it can be of";
    const SOME = "T10 k: a contract that names no award by its id may be of several: it is left out, and theirs count";

    test.each([
      ["is one by itself where its suppliers have none", [alder], own(supplier("Elm")), 340, OWN],
      ["is of the only one", [alder], own(), 300, ONLY],
      [
        "is of that which has no id",
        [{ ...alder, id: undefined }],
        own(supplier("Alder"), { awardID: "z" }),
        300,
        ONLY,
      ],
      ["or of none, if it names one that is not there", [alder], own(supplier("Alder"), { awardID: "z" }), 340, OWN],
      ["and states what that does not", [{ ...alder, value: undefined }], own(), 40, ONLY],
      ["is of that of its suppliers", [alder, { ...birch, value: undefined }], own(supplier("Birch")), 340, ONLY],
      [
        "is of none if that was cancelled",
        [{ ...alder, status: "cancelled" }, birch],
        own(supplier("Alder")),
        20,
        ONLY,
      ],
      [
        "is of that of its lot",
        [
          { ...alder, relatedLots: ["1"], value: undefined },
          { ...birch, relatedLots: ["2"] },
        ],
        own(undefined, { relatedLots: ["1"] }),
        60,
        ONLY,
      ],
      ["is told of where it may be of several", [alder, birch], own(), 320, SOME],
    ])("%s", async (_, awards, contract, expected, note) => {
      const read = contractIn(release({ awards, contracts: [contract] }));
      const sums = read.lots.flatMap(({ awarded = [] }) =>
        awarded.flatMap(({ value }) => (typeof value === "string" ? [] : value.map(({ minor }) => minor))),
      );
      const sum = sums.reduce((all, minor) => all + minor, 0n);
      expect([sum, notesOf(read).filter((text) => text === note)]).toEqual([BigInt(expected) * 100n, [note]]);
    });
  });

  test("an award that is written again with another value stands at one of them (T10)", () => {
    const at = (amount: number, currency = "GBP") => award("a", "Alder", { value: { amount, currency } });
    const range = contractIn(release({ awards: [at(100), at(150), at(120)] }));
    expect(lotLines(range)).toEqual(["no-lot awarded: Alder; awarded GBP 100 to GBP 150"]);
    expect(notesOf(range)).toContain(
      "T10-reference a: an award of one id stands at several amounts: one of them counts",
    );
    const unlike = contractIn(release({ awards: [at(100), at(150, "EUR")] }));
    expect(lotLines(unlike)).toEqual(["no-lot awarded: Alder; awarded GBP 100"]);
  });

  test("a contract of an award that does not count is none, which is told", () => {
    const awards = [{ id: "a", status: "pending" }];
    const contract = contractIn(release({ awards, contracts: [order("c", 5)] }));
    expect(contract.settledContracts).toEqual([]);
    expect(notesOf(contract)).toEqual(["R-STATUS c: a contract of an award that does not count is left out"]);
  });
});

test("O3: a process under a framework agreement is a call-off of it", () => {
  const related = (identifier: string, relationship = "framework") => ({
    id: identifier,
    relationship: [relationship],
    scheme: "ocid",
    identifier,
  });
  const relatedProcesses = [related("ocds-0", "planning"), related("ocds-8")];
  expect(contractIn(release({ awards: [], relatedProcesses })).callOffOf).toBe("ocds-8");
  const several = contractIn(
    release({ awards: [{ id: "a", status: "active" }], relatedProcesses: [related("ocds-8"), related("ocds-9")] }),
  );
  expect(several.callOffOf).toBe("ocds-8");
  expect(notesOf(several)).toEqual([
    "O3 it names several framework agreements, and not how much it uses up of each: any may have all of it, or nothing: ocds-8, ocds-9",
  ]);
});

test("amendments are the contract's modifications, and change no value again", () => {
  const amendments = [{ id: "m1", date: "2024-06-01", description: "Six months more" }, { rationale: "no date" }];
  const contracts = [{ id: "c", awardID: "a", amendments }];
  const contract = contractIn(release({ awards: [award("a", "Alder", { value: eur(5) })], contracts }));
  expect(lotLines(contract)).toEqual(["no-lot awarded: Alder; awarded EUR 5"]);
  expect(contract.modifications).toMatchObject([
    { id: "m1", date: { year: 2024, month: 6, day: 1 }, title: "Six months more", amount: undefined },
  ]);
  expect(notesOf(contract)).toEqual(["N4 /contracts/0/amendments/1: an amendment without a date is left out"]);
});

describe("T10c: values of several winners of one framework lot", () => {
  const tender = { lots: [{ id: "1" }], techniques: { hasFrameworkAgreement: true } };
  const awarded = (...awards: readonly object[]) => contractIn(release({ tender, awards })).lots[0]?.awarded?.[0].value;

  test("are offers for the same volume: from the largest of them to their sum", () => {
    const contract = contractIn(
      release({ tender, awards: [award("a", "Alder", { value: eur(5) }), award("b", "Birch", { value: eur(5) })] }),
    );
    expect(contract.lots[0]?.awarded?.[0].value).toMatchObject([{ minor: 1000n, least: 500n, bound: "between" }]);
    expect(notesOf(contract)).toContain(
      "T10 1: several won one framework: their tenders are offers for the same volume",
    );
  });

  test("are a lower bound where one is not known; in each currency by itself; and those of one winner add up", () => {
    const [alder, birch] = [award("a", "Alder", { value: eur(5) }), award("b", "Birch", { value: eur(7) })];
    expect(awarded(alder, birch, award("c", "Cedar"))).toMatchObject([{ minor: 700n, bound: "atLeast" }]);
    expect(awarded(alder, award("b", "Birch", { value: { amount: 7, currency: "USD" } }))).toMatchObject([
      { minor: 500n, currency: "EUR" },
      { minor: 700n, currency: "USD" },
    ]);
    expect(awarded(alder, award("b", "Alder", { value: eur(7) }))).toMatchObject([{ minor: 1200n }]);
  });

  test("of one award to several are its own, also as several contracts", () => {
    const suppliers = ["Alder", "Birch"].map(supplier);
    const contracts = [2, 3].map((amount) => ({ id: `k${amount}`, awardID: "a", value: eur(amount) }));
    const contract = contractIn(
      release({ tender, contracts, awards: [award("a", "", { suppliers, relatedLots: ["1"] })] }),
    );
    expect(lotLines(contract)).toEqual(["1 awarded: Alder, Birch; awarded EUR 5"]);
    expect(notesOf(contract).filter((note) => note.includes("offers for the same volume"))).toEqual([]);
  });

  test("count by their contracts where they state none themselves, and may all be withheld", () => {
    const contracts = [
      { id: "k", awardID: "a", value: eur(2) },
      { id: "l", awardID: "a", value: eur(3) },
    ];
    const awards = [award("a", "Alder"), award("b", "Birch", { value: eur(4) })];
    expect(contractIn(release({ tender, awards, contracts })).lots[0]?.awarded?.[0].value).toMatchObject([
      { minor: 900n, least: 500n },
    ]);
    const hidden = { value: { amount: -1, currency: "EUR" } };
    expect(awarded(award("a", "Alder", hidden), award("b", "Birch", hidden))).toBe("withheld");
  });
});
