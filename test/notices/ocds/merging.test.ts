import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf } from "../../../src/notices/ocds/releases-in.ts";
import { seeded } from "../../seeded.ts";
import { award, contractIn, eur, lotLines, notesOf, read, readText, release } from "./reading.ts";

const dated = (id: string, date: string | undefined, more: object) => release({ id, date, ...more });

describe("O1: releases of one ocid are one process", () => {
  const tender = dated("r1", "2024-01-01T00:00:00Z", {
    tender: { title: "Paper", lots: [{ id: "1", title: "White" }] },
  });
  const first = dated("r2", "2024-02-01T00:00:00Z", {
    awards: [award("a", "Alder", { relatedLots: ["1"], value: eur(5), date: "2024-01-31" })],
  });
  const second = dated("r3", "2024-03-01T00:00:00Z", {
    awards: [{ id: "a", value: { amount: 6 } }, award("b", "Birch", { relatedLots: ["1"], value: eur(2) })],
  });

  test.each([
    ["in order", [tender, first, second]],
    ["in any order", [second, tender, first]],
  ])("merged by date, %s: later values win, and nothing is added", (_, releases) => {
    const contract = contractIn(...releases);
    expect(contract.title).toBe("Paper");
    expect(lotLines(contract)).toEqual(["1 awarded: Alder, Birch; awarded EUR 8"]);
    expect(notesOf(contract)).toEqual([
      "O1 ocds-1/r1, ocds-1/r2, ocds-1/r3: releases of one process are merged by date",
    ]);
  });

  test("of one moment, what they tell of and their ids count, and not in which order they were read", () => {
    const moment = "2024-05-01T00:00:00Z";
    const call = dated("9", moment, { tag: ["tender"], tender: { title: "Paper" } });
    const won = dated("8", moment, { tag: ["award"], tender: { title: "White paper" }, awards: [award("a", "Alder")] });
    const anew = dated("10", moment, { tag: ["award"], awards: [{ id: "a", value: eur(5) }] });
    const again = dated("10", moment, { tag: ["award"], awards: [{ id: "a", value: eur(7) }] });
    const undatedOnes = [
      dated("x", undefined, { buyer: { name: "Ferrow" } }),
      dated("y", undefined, { buyer: { name: "Ayr" } }),
    ];
    const all = [call, won, anew, again, ...undatedOnes];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all), (order, repeated) => {
        const contract = contractIn(...order, ...repeated);
        expect([contract.title, contract.buyer?.[0].value]).toEqual(["White paper", "Ayr"]);
        expect(lotLines(contract)).toEqual(["no-lot awarded: Alder; awarded EUR 7"]);
      }),
      seeded(100),
    );
  });

  test("a release that is read twice is told once, with all that it lists twice", () => {
    const one = dated("r1", "2024-05-01T00:00:00Z", {
      awards: [award("a", "Alder", { value: eur(5) }), award("a", "Alder", { value: eur(7) })],
    });
    expect(lotLines(contractIn(one, one))).toEqual(lotLines(contractIn(one)));
  });

  test("each fact is of the release that last stated it, where it stands there", () => {
    const contract = contractIn(tender, first, second);
    expect(contract.lots[0]?.awarded?.[0].by).toEqual({ source: "ocds-1/r3", locator: "/awards/0/value" });
    expect(contract.awardDate?.[0].by).toEqual({ source: "ocds-1/r3", locator: "/awards/0/date" });
    expect(contract.lots[0]?.suppliers?.[0].by).toEqual({ source: "ocds-1/r3", locator: "/awards/0/suppliers" });
  });

  test("its history is all of them, the oldest first", () => {
    expect(contractIn(second, tender, first).publications.map(({ id }) => id)).toEqual([
      "ocds-1/r1",
      "ocds-1/r2",
      "ocds-1/r3",
    ]);
  });

  test("what is null is removed, and an empty list or object changes nothing", () => {
    const removed = dated("r3", "2024-03-01T00:00:00Z", {
      awards: [{ id: "a", value: null }],
      tender: { lots: [] },
      bids: {},
    });
    expect(lotLines(contractIn(tender, first, removed))).toEqual(["1 awarded: Alder"]);
  });

  test("lists of single values, and objects without ids, are replaced as a whole", () => {
    const later = dated("r3", "2024-03-01T00:00:00Z", {
      awards: [{ id: "a", relatedLots: ["2"], suppliers: [{ name: "Birch" }] }],
    });
    const named = dated("r2", "2024-02-01T00:00:00Z", {
      awards: [{ id: "a", status: "active", relatedLots: ["1"], suppliers: [{ name: "Alder" }, { name: "Cedar" }] }],
    });
    expect(lotLines(contractIn(named, later))).toEqual(["2 awarded: Birch"]);
  });

  test("additional classifications are replaced as a whole, although they have ids", () => {
    const classified = (id: string) => ({
      tender: { items: [{ id: "i", additionalClassifications: [{ scheme: "CPV", id }] }] },
    });
    const contract = contractIn(
      dated("r1", "2024-01-01", classified("30000000")),
      dated("r2", "2024-02-01", classified("72000000")),
    );
    expect(contract.cpv?.[0].value).toEqual(["72000000"]);
  });

  test("one that states another kind of value wins, too", () => {
    const contract = contractIn(
      dated("r1", "2024-01-01", { tender: { title: { en: "Paper" }, lots: "none" }, buyer: "City" }),
      dated("r2", "2024-02-01", { tender: { title: "Pens", lots: [{ id: "1" }] }, buyer: { name: "Port" } }),
    );
    expect([contract.title, contract.buyer?.[0].value, contract.lots.length]).toEqual(["Pens", "Port", 1]);
  });

  test("without a date a release comes first", () => {
    const contract = contractIn(
      dated("r1", "2024-01-01", { tender: { title: "Paper" } }),
      dated("r2", undefined, { tender: { title: "Pens" } }),
    );
    expect(contract.title).toBe("Paper");
    expect(notesOf(contract)).toContain("O1 releases without a date come before those with one");
  });

  test("processes keep the order in which they are first read", () => {
    const { notices } = read(release({ ocid: "ocds-2" }), release({}), release({ ocid: "ocds-2", id: "r9" }));
    expect(notices.map(({ contract, procedure }) => [contract.id, procedure])).toEqual([
      ["ocds-2", "ocds-2"],
      ["ocds-1", "ocds-1"],
    ]);
  });

  test("without an ocid each stands for itself", () => {
    const { notices } = read({ tender: { title: "Paper" }, id: "r1" }, { tender: { title: "Pens" } });
    expect(notices.map(({ contract, procedure }) => [contract.id, procedure])).toEqual([
      ["r1", undefined],
      ["releases.json:2", undefined],
    ]);
    expect(notices.map(({ contract }) => notesOf(contract)[0])).toEqual(
      Array(2).fill("O1 no ocid says which process this is: it stands for itself"),
    );
  });

  test("notices of one ocid that were read apart are put together from their releases", () => {
    const notices = [first, tender, second].flatMap((one) => readText(JSON.stringify(one)).notices);
    const together = notices[0]?.together?.(notices) ?? [];
    expect(together.flatMap(lotLines)).toEqual(["1 awarded: Alder, Birch; awarded EUR 8"]);
  });
});

test("a call for tenders is a step of the history, with the day by which they are due", () => {
  const tender = { tenderPeriod: { endDate: "2024-02-15T12:00:00Z" } };
  const contract = contractIn(
    dated("r1", "2024-01-01T00:00:00Z", { tag: ["tender"], tender }),
    dated("r2", "2024-03-01T00:00:00Z", { tag: ["award"], tender, awards: [award("a", "Alder")] }),
    dated("r3", "2024-04-01T00:00:00Z", { tag: ["tenderUpdate"], tender: {} }),
  );
  expect(contract.publications.map(({ kind, deadline }) => [kind, deadline?.month, deadline?.day])).toEqual([
    ["tender", 2, 15],
    ["award", undefined, undefined],
    ["tenderUpdate", undefined, undefined],
  ]);
});

describe("O5: releases of one ocid that name several buyers", () => {
  const buyer = (name: string, id = name) => ({ buyer: { id, name }, parties: [{ id, name, roles: ["buyer"] }] });
  const north = dated("r1", "2024-01-01T00:00:00Z", {
    ...buyer("North"),
    awards: [award("a", "Alder", { value: eur(5) })],
  });
  const south = dated("r2", "2024-02-01T00:00:00Z", {
    ...buyer("South"),
    awards: [award("b", "Birch", { value: eur(3) })],
  });
  const call = dated("r0", "2023-12-01T00:00:00Z", {
    ...buyer("Agency"),
    tender: { title: "Pipes", lots: [{ id: "1" }] },
  });
  const told = (...releases: readonly object[]) =>
    read(...releases).notices.map(({ contract }) => [
      contract.id,
      contract.buyer?.[0].value,
      contract.title,
      ...lotLines(contract),
    ]);

  test("each buyer's awards are a contract of its own, whatever the order; a call of another is everybody's", () => {
    const apart = [
      ["ocds-1", "North", "Pipes", "1 awarded: Alder; awarded EUR 5"],
      ["ocds-1:South", "South", "Pipes", "1 awarded: Birch; awarded EUR 3"],
    ];
    expect(told(north, south, call)).toEqual(apart);
    expect(told(south, call, north)).toEqual(apart);
    const notices = [south, call, north].flatMap((one) => readText(JSON.stringify(one)).notices);
    expect(notices[0]?.together?.(notices).map(({ id }) => id)).toEqual(["ocds-1", "ocds-1:South"]);
    expect(notesOf(read(north, south).notices[1]?.contract ?? contractIn(call))).toContain(
      "O5 its releases name several buyers, each with awards of its own: each has a contract of its own",
    );
  });

  test("a buyer is the same by its id or by its name, and what has no buyer is everybody's", () => {
    const renamed = { ...south, ...buyer("Northern", "North") };
    const renumbered = { ...south, ...buyer("NORTH", "N-2") };
    expect(told(north, renamed)).toHaveLength(1);
    expect(told(north, renumbered)).toHaveLength(1);
    expect(told(north, dated("r3", "2024-03-01T00:00:00Z", { awards: [{ id: "a", value: { amount: 6 } }] }))).toEqual([
      ["ocds-1", "North", undefined, "no-lot awarded: Alder; awarded EUR 6"],
    ]);
  });

  test("what a release without a buyer tells of awards is their buyer's alone, and counts once", () => {
    const later = (more: object) => dated("r3", "2024-03-01T00:00:00Z", more);
    const signed = { contracts: [{ id: "c", awardID: "b", status: "active", value: eur(4) }] };
    for (const more of [signed, { awards: [{ id: "b", title: "Sand" }] }, { ...signed, tender: { title: "Sand" } }])
      expect(told(north, south, later(more)).map(([, of, , ...own]) => [of, ...own])).toEqual([
        ["North", "no-lot awarded: Alder; awarded EUR 5"],
        ["South", "no-lot awarded: Birch; awarded EUR 3"],
      ]);
    for (const more of [
      { awards: [award("z", "Cedar", { value: eur(2) })] },
      { awards: [{ id: "a" }, { id: "b" }, award("z", "Cedar", { value: eur(2) })] },
    ]) {
      const contract = contractIn(north, later(more), south);
      expect(lotLines(contract)).toEqual(["no-lot awarded: Alder, Birch, Cedar; awarded EUR 10"]);
      expect(notesOf(contract).join()).toContain("not whose each award is");
    }
  });

  test("that tell of the same awards cannot be told apart: the latest counts, and a note says so", () => {
    const both = { ...south, awards: [award("a", "Alder"), award("b", "Birch", { value: eur(3) })] };
    const contract = contractIn(north, both);
    expect(contract.buyer?.[0].value).toBe("South");
    expect(lotLines(contract)).toEqual(["no-lot awarded: Alder, Birch; awarded EUR 8"]);
    expect(notesOf(contract)).toContain(
      "O5 its releases name several buyers, and not whose each award is: the latest buyer counts",
    );
  });
});

test.each([
  ["2024-01-01T00:00:00Z", Date.UTC(2024, 0, 1)],
  ["2024-01-01T02:00:00+02:00", Date.UTC(2024, 0, 1)],
  ["2023-12-31T18:30:00.500-0530", Date.UTC(2024, 0, 1, 0, 0, 0, 500)],
  ["2024-01-01t10:30:00.5+01", Date.UTC(2024, 0, 1, 9, 30, 0, 500)],
  ["2024-01-01", Date.UTC(2024, 0, 1)],
  ["2024-01-01 12:30", Date.UTC(2024, 0, 1, 12, 30)],
  ["yesterday", undefined],
])("the moment %s is the same wherever the program runs", (text, expected) => expect(momentOf(text)).toBe(expected));

test("releases of one second count in the order of its parts, whatever their ids", () => {
  const at = (part: string, id: string, amount: number) => ({
    ...release({ awards: [award("a", "Alder", { value: eur(amount) })] }),
    id,
    date: `2024-01-01T10:00:00.${part}Z`,
  });
  expect(lotLines(contractIn(at("900123", "1", 9), at("900122", "3", 3), at("1", "2", 1)))).toEqual([
    "no-lot awarded: Alder; awarded EUR 9",
  ]);
});
