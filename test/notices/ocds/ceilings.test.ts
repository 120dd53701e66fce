import { describe, expect, test } from "vitest";
import { award, contractIn, eur, lotLines, notesOf, release, supplier } from "./reading.ts";

const framework = (more: object = {}) => ({ hasFrameworkAgreement: true, frameworkAgreement: more });

describe("R-MAX: a lot's ceiling", () => {
  test("is the lot's as a whole, which every award repeats", () => {
    const awards = ["a", "b", "c"].map((id) => award(id, id, { relatedLots: ["1"], maximumValue: eur(100) }));
    const contract = contractIn(release({ tender: { lots: [{ id: "1" }] }, awards }));
    expect(lotLines(contract)).toEqual(["1 awarded: a, b, c; ceiling EUR 100"]);
    expect(notesOf(contract)).toEqual([]);
  });

  test("is the largest where awards state unlike ones", () => {
    const awards = [
      award("a", "Alder", { maximumValue: eur(100) }),
      award("b", "Birch", { maximumValue: eur(200) }),
      award("c", "Cedar", { maximumValue: { amount: 900, currency: "GBP" } }),
    ];
    const contract = contractIn(release({ awards }));
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder, Birch, Cedar; ceiling EUR 200"]);
    expect(notesOf(contract)).toEqual([
      "R-MAX /awards/1/maximumValue, /awards/2/maximumValue: awards state different maximum values for one lot: the largest counts",
    ]);
  });

  test("of an award that does not count is none", () => {
    const awards = [{ id: "a", status: "cancelled", maximumValue: eur(100) }];
    expect(lotLines(contractIn(release({ awards })))).toEqual(["no-lot cancelled: "]);
  });

  test("is what was announced, where the awards state none", () => {
    const lots = [{ id: "1", techniques: framework({ value: eur(100) }) }];
    expect(lotLines(contractIn(release({ tender: { lots } })))).toEqual(["1 no-result: ; ceiling EUR 100"]);
    const awards = [award("a", "Alder", { relatedLots: ["1"], maximumValue: eur(90) })];
    expect(lotLines(contractIn(release({ tender: { lots }, awards })))).toEqual(["1 awarded: Alder; ceiling EUR 90"]);
  });

  test("states who says so", () => {
    const contract = contractIn(release({ awards: [award("a", "Alder", { maximumValue: eur(5), value: eur(4) })] }));
    expect(contract.lots[0]?.ceiling?.[0].by).toEqual({ source: "ocds-1/r1", locator: "/awards/0/maximumValue" });
    expect(contract.lots[0]?.awarded?.[0].by).toEqual({ source: "ocds-1/r1", locator: "/awards/0/value" });
    expect(contract.lots[0]?.suppliers?.[0].by).toEqual({ source: "ocds-1/r1", locator: "/awards/0/suppliers" });
  });
});

test("N1: the value of one award keeps the decimals that its currency has not", () => {
  const contract = contractIn(
    release({ awards: [award("a", "Alder", { value: { amount: 0.125, currency: "EUR" } })] }),
  );
  expect(contract.lots[0]?.awarded?.[0].value).toMatchObject([{ minor: 13n, written: "0.125" }]);
});

describe("O2: the value of a framework agreement as a whole", () => {
  const techniques = framework({ value: eur(100) });

  test("is the contract's ceiling", () => {
    const contract = contractIn(release({ tender: { techniques, lots: [{ id: "1" }, { id: "2" }] } }));
    expect(contract.ceiling).toMatchObject([
      { value: { minor: 10_000n }, by: { locator: "/tender/techniques/frameworkAgreement/value" } },
    ]);
    expect(lotLines(contract)).toEqual(["1 no-result: ", "2 no-result: "]);
  });

  test("is the contract's ceiling beside that of its only lot, where an award states one", () => {
    const awards = [award("a", "Alder", { maximumValue: eur(90) })];
    const contract = contractIn(release({ tender: { techniques }, awards }));
    expect(contract.ceiling).toMatchObject([{ value: { minor: 10_000n } }]);
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder; ceiling EUR 90"]);
  });

  test("is that of its only lot", () => {
    const contract = contractIn(release({ tender: { techniques }, awards: [award("a", "Alder")] }));
    expect(contract.ceiling).toBeUndefined();
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder; ceiling EUR 100"]);
  });

  test("a tender that says it is for none has none", () => {
    const tender = { techniques: { ...techniques, hasFrameworkAgreement: false } };
    const contract = contractIn(release({ tender, awards: [award("a", "Alder")] }));
    expect(contract.framework).toBe(false);
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder"]);
  });
});

describe("O2: the maximum of OCDS 1.2", () => {
  const lots = [{ id: "1" }, { id: "2", maximumValue: eur(40) }];

  test("of a tender is the contract's ceiling, that of a lot the lot's", () => {
    const contract = contractIn(release({ tender: { maximumValue: eur(100), value: eur(80), lots } }));
    expect(contract.ceiling).toMatchObject([{ value: { minor: 10_000n }, by: { locator: "/tender/maximumValue" } }]);
    expect(contract.estimate).toMatchObject([{ value: { minor: 8_000n } }]);
    expect(lotLines(contract)).toEqual(["1 no-result: ", "2 no-result: ; ceiling EUR 40"]);
  });

  test("of a tender is its only lot's, unless the framework agreement states another", () => {
    const tender = { maximumValue: eur(100), techniques: framework() };
    const awards = [award("a", "Alder")];
    expect(lotLines(contractIn(release({ tender, awards })))).toEqual(["no-lot awarded: Alder; ceiling EUR 100"]);
    const both = { ...tender, techniques: framework({ value: eur(90) }) };
    expect(lotLines(contractIn(release({ tender: both, awards })))).toEqual(["no-lot awarded: Alder; ceiling EUR 90"]);
  });

  test("of a contract is that of its award's lots, where the award states none", () => {
    const contract = (id: string, awardID: string, amount: number, more: object = {}) => ({
      id,
      awardID,
      maximumValue: eur(amount),
      ...more,
    });
    const awards = [
      award("a", "Alder", { relatedLots: ["1"] }),
      award("b", "Birch", { relatedLots: ["2"], maximumValue: eur(30) }),
    ];
    const contracts = [
      contract("c", "a", 50),
      contract("d", "a", 70, { status: "cancelled" }),
      contract("e", "b", 90),
      { id: "f", maximumValue: eur(99) },
    ];
    expect(lotLines(contractIn(release({ tender: { lots: [{ id: "1" }, { id: "2" }] }, awards, contracts })))).toEqual([
      "1 awarded: Alder; ceiling EUR 50",
      "2 awarded: Birch; ceiling EUR 30",
    ]);
  });
});

test("T4: lots of a group have a ceiling together", () => {
  const lotGroups = [
    { id: "G", title: "Both", relatedLots: ["1", "2", "9"], maximumValue: eur(100) },
    { relatedLots: ["2"] },
    { id: "H", relatedLots: ["9"] },
  ];
  const contract = contractIn(release({ tender: { lots: [{ id: "1" }, { id: "2" }], lotGroups } }));
  expect(contract.groups).toMatchObject([
    { id: "G", title: "Both", lots: ["1", "2"], ceiling: [{ value: { minor: 10_000n } }] },
    { id: "group 2", lots: ["2"], ceiling: undefined },
  ]);
});

describe("L3: how orders are placed", () => {
  test.each([
    ["withReopeningCompetition", 2, "reopened competition"],
    ["withAndWithoutReopeningCompetition", 2, "mixed"],
    ["withoutReopeningCompetition", 2, "cascade"],
    ["withoutReopeningCompetition", 1, "sole supplier"],
    ["withoutReopeningCompetition", 0, undefined],
    ["somehow", 1, undefined],
  ])("%s among %i", (method, count, expected) => {
    const suppliers = ["Alder", "Birch"].slice(0, count).map(supplier);
    const awards = [award("a", "", { suppliers, relatedLots: ["1"] })];
    const ofLot = { lots: [{ id: "1", techniques: framework({ method }) }] };
    const ofTender = { lots: [{ id: "1" }], techniques: framework({ method }) };
    for (const tender of [ofLot, ofTender]) {
      const contract = contractIn(release({ tender, awards }));
      expect(contract.framework).toBe(true);
      expect(contract.lots[0]?.callOff?.[0].value).toBe(expected);
      expect(contract.notes.some(({ rule }) => rule === "L3")).toBe(expected === "cascade");
    }
  });
});
