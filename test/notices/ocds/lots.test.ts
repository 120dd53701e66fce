import { describe, expect, test } from "vitest";
import { amountsText, award, contractIn, eur, lotLines, notesOf, release } from "./reading.ts";

const lots = (...ids: string[]) => ids.map((id) => ({ id }));

describe("R-LOTNO: which lots there are", () => {
  test("those that are declared, each as its awards say", () => {
    const awards = [
      award("a", "Alder", { relatedLots: ["2"], value: eur(3) }),
      award("b", "Birch", { relatedLots: ["1"], value: eur(4) }),
    ];
    expect(lotLines(contractIn(release({ tender: { lots: lots("1", "2", "3") }, awards })))).toEqual([
      "1 awarded: Birch; awarded EUR 4",
      "2 awarded: Alder; awarded EUR 3",
      "3 no-result: ",
    ]);
  });

  test("N5: ids are texts, also where they are written as numbers", () => {
    const awards = [award("a", "Alder", { relatedLots: [1] }), award("b", "Birch", { relatedLots: ["01"] })];
    expect(lotLines(contractIn(release({ tender: { lots: lots("1", "01", "1.0") }, awards })))).toEqual([
      "1 awarded: Alder",
      "01 awarded: Birch",
      "1.0 no-result: ",
    ]);
  });

  test("an award without lots is of the only lot", () => {
    const contract = contractIn(release({ tender: { lots: lots("7") }, awards: [award("a", "Alder")] }));
    expect(lotLines(contract)).toEqual(["7 awarded: Alder"]);
    expect(notesOf(contract)).toEqual(["R-LOTNO a: an award that names no lot is taken to be of the only one"]);
  });

  test("its items may name them", () => {
    const items = [
      { id: "i", relatedLot: "2" },
      { id: "j", relatedLots: ["2"] },
    ];
    const contract = contractIn(
      release({ tender: { lots: lots("1", "2") }, awards: [award("a", "Alder", { items })] }),
    );
    expect(lotLines(contract)).toEqual(["1 no-result: ", "2 awarded: Alder"]);
    expect(notesOf(contract)).toEqual([]);
  });

  test("of several lots it is none of them, and comes last", () => {
    const awards = [award("a", "Alder"), award("b", "Birch", { relatedLots: ["9"] })];
    const contract = contractIn(release({ tender: { lots: lots("1", "2") }, awards }));
    expect(lotLines(contract)).toEqual(["1 no-result: ", "2 no-result: ", "9 awarded: Birch", "no-lot awarded: Alder"]);
    expect(notesOf(contract)).toEqual([
      "R-LOTNO a: an award names no lot, and there are several: it stands as a lot of its own",
      "R-LOTNO 9: a lot that awards name is not declared",
    ]);
  });

  test("a lot that is declared twice is one, and one without an id is called by its place", () => {
    const tender = { lots: [{ id: "1", title: "Paper" }, { id: "1", title: "Pens" }, { title: "Ink" }, {}] };
    expect(contractIn(release({ tender })).lots.map(({ id, title }) => [id, title])).toEqual([
      ["1", "Paper"],
      ["#3", "Ink"],
    ]);
  });

  test.each([
    ["active", "open"],
    ["cancelled", "cancelled"],
    ["withdrawn", "cancelled"],
    ["unsuccessful", "closed-no-winner"],
    ["complete", "no-result"],
    ["planned", "no-result"],
    [undefined, "no-result"],
  ])("a lot without an award that is %s is %s", (status, expected) => {
    expect(contractIn(release({ tender: { lots: [{ id: "1", status }] } })).lots[0]?.status).toBe(expected);
  });

  test("R-STATUS: an award of a lot that is withdrawn, alone or with its tender, stays, which a note says", () => {
    const awards = [award("a", "Alder", { relatedLots: ["1"], value: eur(30) })];
    for (const tender of [{ lots: [{ id: "1", status: "withdrawn" }] }, { status: "cancelled", lots: [{ id: "1" }] }]) {
      const contract = contractIn(release({ tender, awards }));
      expect(lotLines(contract)).toEqual(["1 awarded: Alder; awarded EUR 30"]);
      expect(notesOf(contract)).toEqual([expect.stringMatching(/^R-STATUS 1: .* it stays$/)]);
    }
    const own = { status: "cancelled", lots: [{ id: "1", status: "active" }] };
    expect(notesOf(contractIn(release({ tender: own, awards })))).toEqual([]);
  });
});

describe("T9: an award of several lots", () => {
  const both = award("a", "Alder", { relatedLots: ["1", "2", "1"], value: eur(30) });

  test("counts once, and in no lot", () => {
    const awards = [both, award("b", "Birch", { relatedLots: ["1"], value: eur(4) })];
    const contract = contractIn(release({ tender: { lots: lots("1", "2") }, awards }));
    expect(lotLines(contract)).toEqual(["1 awarded: Alder, Birch; awarded EUR 4", "2 awarded: Alder"]);
    expect(contract.sharedAwards.map((shared) => [shared.lots, amountsText(shared.value)])).toEqual([
      [["1", "2"], "EUR 30"],
    ]);
    expect(notesOf(contract)).toEqual(["T9 a: one award for several lots: its value is counted once, and in no lot"]);
  });

  test("has one ceiling for them all", () => {
    const awards = [{ ...both, maximumValue: eur(50), estimatedValue: eur(40) }];
    const contract = contractIn(release({ tender: { lots: lots("1", "2") }, awards }));
    expect(contract.lots.map(({ ceiling }) => ceiling)).toEqual([undefined, undefined]);
    expect(contract.groups).toMatchObject([
      {
        id: "a",
        lots: ["1", "2"],
        certain: true,
        ceiling: [{ value: { minor: 5000n } }],
        reestimate: [{ value: { minor: 4000n } }],
      },
    ]);
  });
});

test("a lot's own facts", () => {
  const tender = {
    lots: [{ id: "1", title: " Paper\n and  pens ", value: eur(9) }],
    items: [
      { id: "i", relatedLot: "1", classification: { scheme: "CPV", id: "30197630" } },
      { id: "j", relatedLot: "1", classification: { scheme: "UNSPSC", id: "14111507" } },
      { id: "k", relatedLot: "1", classification: { scheme: "CPV", id: "30192000-1" } },
      {
        id: "l",
        relatedLot: "1",
        classification: { scheme: "CPV", id: "30197630" },
        additionalClassifications: [{ scheme: "CPV", id: "22800000" }],
      },
    ],
  };
  const bids = {
    statistics: [
      { id: "1", measure: "bids", value: 4, relatedLot: "1" },
      { id: "2", measure: "bids", value: 7 },
    ],
  };
  const contract = contractIn(
    release({ tender: { ...tender, classification: { scheme: "CPV", id: "30000000" } }, bids }),
  );
  expect(contract).toMatchObject({
    cpv: [{ value: ["30000000"] }],
    offers: [{ value: { count: 7 } }],
    lots: [
      {
        title: "Paper and pens",
        estimate: [{ value: { minor: 900n }, by: { source: "ocds-1/r1", locator: "/tender/lots/0/value" } }],
        cpv: [{ value: ["30197630", "30192000-1", "22800000"] }],
        offers: [{ value: { count: 4 } }],
      },
    ],
  });
});

test("an award may name its one lot as items do", () => {
  const contract = contractIn(
    release({
      tender: { lots: [{ id: "1" }, { id: "2" }] },
      awards: [award("a", "Alder", { relatedLot: "2", value: eur(3) })],
    }),
  );
  expect(lotLines(contract)).toEqual(["1 no-result: ", "2 awarded: Alder; awarded EUR 3"]);
  expect(notesOf(contract)).toEqual([]);
});
