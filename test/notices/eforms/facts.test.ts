import { describe, expect, test } from "vitest";
import { formatPartialDate } from "../../../src/model/partial-date.ts";
import { formatTerm } from "../../../src/model/term.ts";
import { contract, lot, notice, organisation, party, project, result, technique, tender, text } from "./notice-xml.ts";
import { claimText, contractIn, lotLines, noteLines, noticeIn } from "./reading.ts";

describe("what a notice says of itself", () => {
  test("its number in the Official Journal is the source of all it says", () => {
    const {
      contract: read,
      publication,
      procedure,
      role,
    } = noticeIn(
      notice({
        number: "627166-2024",
        published: "2024-10-17+02:00",
        procedure: " a1 ",
        version: "02",
        buyers: ["ORG-1"],
        organisations: organisation("ORG-1", "City of Ghent"),
      }),
    );
    expect({ ...publication, date: publication.date && formatPartialDate(publication.date) }).toEqual({
      id: "00627166-2024",
      version: "02",
      noticeId: "5f0c7f9e-0000-4000-8000-000000000001",
      date: "2024-10-17+02:00",
      kind: "result",
      file: "folder/notice.xml",
    });
    expect([read.id, procedure, read.procedure, role]).toEqual(["00627166-2024", "a1", "a1", "award"]);
    expect(read.buyer).toEqual([{ value: "City of Ghent", by: { source: "00627166-2024", locator: "OPT-300" } }]);
    expect(read.publications).toEqual([publication]);
  });

  test("before that it is cited by its id and version, and dated by when it was sent", () => {
    const { publication } = noticeIn(
      notice({
        noticeId: "abc",
        version: "03",
        number: "n.a.",
        more: "<cbc:IssueDate>2024-05-02+02:00</cbc:IssueDate>",
      }),
    );
    expect(publication.id).toBe("abc-03");
    expect(publication.date && formatPartialDate(publication.date)).toBe("2024-05-02+02:00");
  });

  test("without any of these its file names it", () => {
    expect(noticeIn(notice({ noticeId: "", version: "" })).publication.id).toBe("notice");
  });

  test.each([
    ["2022/S 084-228541", "00228541-2022"],
    ["00000005-2025", "00000005-2025"],
  ])("the number %s is %s", (number, id) => expect(noticeIn(notice({ number })).publication.id).toBe(id));

  test.each([
    ["32014L0024", "classic"],
    ["32014L0025", "utilities"],
    ["32009L0081", "defence"],
    ["32014L0023", "concession"],
    ["32018R1046", "financial regulation"],
    ["32024R2509", "financial regulation"],
    ["other", undefined],
  ])("BT-01: %s is %s", (act, regime) => {
    expect(contractIn(notice({ more: `<cbc:RegulatoryDomain>${act}</cbc:RegulatoryDomain>` })).regime).toBe(regime);
  });

  test("several buyers buy together, each once; one that is not described is left out", () => {
    const answer = contractIn(
      notice({
        buyers: ["ORG-2", "ORG-1", "ORG-2", "ORG-9"],
        organisations: organisation("ORG-1", "Ghent") + organisation("ORG-2", "Bruges"),
      }),
    );
    expect([answer.buyer?.[0].value, answer.jointBuyers?.[0].value]).toEqual(["Bruges", ["Ghent"]]);
    expect(noteLines(answer)).toContain("R-SUP ORG-9: a buyer that the notice does not describe");
  });
});

describe("R-LANG, R-WS: texts", () => {
  const title = (content: string, language = "FRA") => contractIn(notice({ language, project: content })).title;

  test("trap 12: stand in the notice's language, else in the first that says something", () => {
    const names = text("cbc:Name", " ", "ENG") + text("cbc:Name", "Wolken", "DEU") + text("cbc:Name", "Nuages", "FRA");
    expect(title(names)).toBe("Nuages");
    expect(title(names, "SPA")).toBe("Wolken");
    expect(noteLines(contractIn(notice({ language: "FRA", project: names })))).toContain(
      "R-LANG Name: of several languages the notice's own is taken",
    );
    expect(noteLines(contractIn(notice({ language: "SPA", project: names })))).toContain(
      "R-LANG Name: the first of several languages is taken",
    );
  });

  test("have white space collapsed, entities and CDATA decoded", () => {
    expect(title("<cbc:Name>\n  R&amp;D\u00a0\u00a0 <![CDATA[<cloud>]]>&#x21;\t</cbc:Name>")).toBe("R&D <cloud>!");
  });

  test("the title is the first lot's where the procedure has none", () => {
    expect(contractIn(notice({ lots: lot("LOT-1", project(text("cbc:Name", "Servers"))) })).title).toBe("Servers");
  });

  test("trap 11: a company's name stands in the notice's language, however languages are written", () => {
    const names = `${text("cbc:Name", "Brussel", "NLD")}</cac:PartyName><cac:PartyName>${text("cbc:Name", "Bruxelles", "FRA")}`;
    const answer = contractIn(
      notice({ language: "FRA", buyers: ["ORG-1"], organisations: organisation("ORG-1", "", { names }) }),
    );
    expect(answer.buyer?.[0].value).toBe("Bruxelles");
  });
});

test("what several extensions hold is read together", () => {
  const split = notice({
    number: "00000001-2024",
    results: result("LOT-1", { status: "clos-nw" }),
    lots: lot("LOT-1"),
  });
  const parted = split.replace(
    "</efac:NoticeResult>",
    "$&</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension>" +
      "<ext:UBLExtension><ext:ExtensionContent/></ext:UBLExtension>" +
      "<ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>",
  );
  expect(contractIn(parted).id).toBe("00000001-2024");
  expect(lotLines(contractIn(parted))).toEqual(["LOT-1 | closed-no-winner | nobody | no ceiling | nothing awarded"]);
});

describe("lots", () => {
  test("trap 13: are told by what their id is one of, however it is written; else by its form", () => {
    const answer = contractIn(
      notice({
        lots:
          lot("LOT-1", "", "LOT") +
          lot("LOT-2", "", "") +
          lot("PAR-1", "", "Part") +
          lot("PAR-2", "", "") +
          lot("GLO-1", "", "LotsGroup") +
          lot("GLO-2", "", "") +
          lot("LOT-1", "", "Lot"),
      }),
    );
    expect(answer.lots.map(({ id }) => id)).toEqual(["LOT-1", "LOT-2"]);
  });

  test("trap 13: one without an id is still a lot", () => {
    expect(contractIn(notice({ lots: lot("") + lot("LOT-2") })).lots.map(({ id }) => id)).toEqual(["(lot 1)", "LOT-2"]);
  });

  test("have CPV codes, the main one first, each once", () => {
    const code = (kind: string, value: string) =>
      `<cac:${kind}CommodityClassification><cbc:ItemClassificationCode>${value}</cbc:ItemClassificationCode></cac:${kind}CommodityClassification>`;
    const codes =
      code("Additional", "72000000") +
      code("Main", "03000000") +
      code("Additional", "03000000") +
      code("Additional", "?");
    const answer = contractIn(notice({ project: code("Main", "48000000"), lots: lot("LOT-1", project(codes)) }));
    expect(answer.lots[0]?.cpv).toEqual([
      { value: ["03000000", "72000000"], by: { source: answer.id, locator: "BT-262" } },
    ]);
    expect(answer.cpv?.[0].value).toEqual(["48000000"]);
  });

  test("have the number of tenders that came in", () => {
    const received = (kind: string, count: string) =>
      `<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>${kind}</efbc:StatisticsCode><efbc:StatisticsNumeric>${count}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>`;
    const offers = (...counts: readonly string[]) =>
      contractIn(notice({ results: result("LOT-1", { status: "clos-nw", more: counts.join("") }), lots: lot("LOT-1") }))
        .lots[0]?.offers?.[0].value.count;
    expect(offers(received("t-sme", "9"), received("tenders", "4"), received("tenders", "5"))).toBe(5);
    expect(offers(received("tenders", "-1"))).toBeUndefined();
  });
});

describe("for how long", () => {
  const period = (content: string) => project(`<cac:PlannedPeriod>${content}</cac:PlannedPeriod>`);
  const duration = (unit: string, value: string) =>
    `<cbc:DurationMeasure unitCode="${unit}">${value}</cbc:DurationMeasure>`;
  const from = (day: string) => `<cbc:StartDate>${day}</cbc:StartDate>`;
  const until = (day: string) => `<cbc:EndDate>${day}</cbc:EndDate>`;
  const read = (...periods: readonly string[]) =>
    contractIn(notice({ lots: periods.map((content, index) => lot(`LOT-${index + 1}`, content)).join("") }));

  test("where all lots agree it is the contract's (BT-36, BT-536, BT-537)", () => {
    const both = period(duration("MONTH", "48") + from("2024-01-01+01:00") + until("2027-12-31+01:00"));
    const answer = read(both, both);
    expect(claimText(answer.term, formatTerm)).toBe("4 years (BT-36)");
    expect(claimText(answer.startDate, formatPartialDate)).toBe("2024-01-01+01:00 (BT-536)");
    expect(claimText(answer.endDate, formatPartialDate)).toBe("2027-12-31+01:00 (BT-537)");
    expect(answer.lots.map(({ term }) => term)).toEqual([undefined, undefined]);
    expect(noteLines(answer).filter((line) => line.startsWith("D1"))).toEqual([]);
  });

  test("where they differ each lot keeps its own term and its own days", () => {
    const answer = read(
      period(duration("MONTH", "18") + from("2024-01-01Z")),
      period(duration("YEAR", "2") + from("2024-02-01Z")),
      "",
    );
    expect(answer.lots.map(({ term }) => claimText(term, formatTerm))).toEqual([
      "18 months (BT-36)",
      "2 years (BT-36)",
      undefined,
    ]);
    expect([answer.term, answer.startDate]).toEqual([undefined, undefined]);
    expect(answer.lots.map(({ startDate }) => claimText(startDate, formatPartialDate))).toEqual([
      "2024-01-01Z (BT-536)",
      "2024-02-01Z (BT-536)",
      undefined,
    ]);
    expect(noteLines(answer)).toContain("D1 the lots begin or end on different days: each has its own");
  });

  test.each([
    ["YEAR", "1.5", "18 months"],
    ["MONTH", "1200", "100 years"],
    ["DAY", "70", "70 days"],
    ["WEEK", "4", "4 weeks"],
  ])("%s %s is %s", (unit, value, expected) => {
    expect(read(period(duration(unit, value))).term?.map(({ value }) => formatTerm(value))).toEqual([expected]);
  });

  test.each([
    ["DAY", "1.5"],
    ["HOUR", "4"],
    ["YEAR", "2024"],
    ["MONTH", "0"],
    ["MONTH", "many"],
  ])("%s %s is not reckoned, and a note says so", (unit, value) => {
    const answer = read(period(duration(unit, value)));
    expect(answer.term).toBeUndefined();
    expect(noteLines(answer)).toContain(`D1 LOT-1: a duration of ${value} ${unit} is left out`);
  });

  test("renewals have no length in any field (BT-58)", () => {
    const renewed = (times: string) =>
      read(
        project(
          `<cac:ContractExtension><cbc:MaximumNumberNumeric>${times}</cbc:MaximumNumberNumeric></cac:ContractExtension>`,
        ),
      );
    expect(noteLines(renewed("3"))).toContain(
      "D1 LOT-1: renewed up to 3 times, for a length that no field states: it is left out",
    );
    expect(noteLines(renewed("0")).filter((line) => line.startsWith("D1"))).toEqual([]);
  });
});

describe("L3: how orders are placed", () => {
  const callOff = (code: string, owners: readonly string[], ranks: readonly string[] = []) =>
    contractIn(
      notice({
        organisations: organisation("ORG-1", "Acme") + organisation("ORG-2", "Beta"),
        results:
          result("LOT-1", { status: "selec-w", tenders: owners.map((_, index) => `TEN-${index}`) }) +
          owners
            .map(
              (owner, index) =>
                tender(`TEN-${index}`, { party: owner, ...(ranks[index] && { rank: ranks[index] }) }) +
                contract(`CON-${index}`, { tenders: [`TEN-${index}`] }),
            )
            .join("") +
          party("TPA-1", ["ORG-1"]) +
          party("TPA-2", ["ORG-2"]),
        lots: lot("LOT-1", technique(code)),
      }),
    );
  const BOTH = ["TPA-1", "TPA-2"];

  test.each([
    ["fa-wo-rc", ["TPA-1"], "sole supplier"],
    ["fa-wo-rc", BOTH, "cascade"],
    ["fa-w-rc", BOTH, "reopened competition"],
    ["fa-w-rc", ["TPA-1"], "reopened competition"],
    ["fa-mix", BOTH, "mixed"],
    ["fa-wo-rc", [], undefined],
    ["none", BOTH, undefined],
    ["unpublished", BOTH, undefined],
  ])("%s with %s is %s", (code, owners, expected) => {
    const answer = callOff(code, owners);
    expect(answer.lots[0]?.callOff?.[0].value).toBe(expected);
    expect(answer.framework).toBe(code.startsWith("fa-"));
  });

  test("a cascade that no ranks tell of is noted", () => {
    const note =
      "L3 LOT-1: several suppliers, no reopened competition and no ranks: orders are taken to go by a cascade";
    expect(noteLines(callOff("fa-wo-rc", BOTH))).toContain(note);
    expect(noteLines(callOff("fa-wo-rc", BOTH, ["1", "1"]))).toContain(note);
    expect(noteLines(callOff("fa-wo-rc", BOTH, ["1", "2"]))).toEqual([]);
    expect(noteLines(callOff("fa-w-rc", BOTH))).toEqual([]);
  });

  test("a stated maximum makes a framework agreement, too", () => {
    const results = result("LOT-1", { status: "clos-nw", maximum: "EUR 5" });
    expect(contractIn(notice({ results, lots: lot("LOT-1") })).framework).toBe(true);
    expect(contractIn(notice({ lots: lot("LOT-1") })).framework).toBe(false);
  });
});

describe("settled contracts", () => {
  const settled = (more: string, key = "CON-1") =>
    contractIn(
      notice({
        number: "00000007-2024",
        organisations: organisation("ORG-1", "Acme"),
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) +
          result("LOT-2", { status: "selec-w", tenders: ["TEN-1"], contracts: [key] }) +
          tender("TEN-1", { party: "TPA-1", value: "EUR 8" }) +
          contract(key, { tenders: ["TEN-1"], more }) +
          party("TPA-1", ["ORG-1"]),
        lots: lot("LOT-1") + lot("LOT-2"),
      }),
    );
  const DATES = "<cbc:AwardDate>2024-03-23+02:00</cbc:AwardDate><cbc:IssueDate>2024-03-24+02:00</cbc:IssueDate>";

  test("have reference, title, lots, suppliers, dates and value", () => {
    const more = `${DATES}<cbc:Title languageID="ENG">Cleaning</cbc:Title><efac:ContractReference><cbc:ID>REF 1</cbc:ID></efac:ContractReference>`;
    const [one] = settled(more).settledContracts;
    expect(one).toMatchObject({ id: "CON-1", reference: "REF 1", title: "Cleaning", lots: ["LOT-2"] });
    expect(one?.suppliers.map(({ name }) => name[0].value)).toEqual(["Acme"]);
    expect([one?.awardDate, one?.signedDate].map((date) => date && formatPartialDate(date))).toEqual([
      "2024-03-23+02:00",
      "2024-03-24+02:00",
    ]);
    expect(one?.value).toMatchObject({ minor: 800n, currency: "EUR" });
  });

  test("have the lots that their tenders won where no result names them", () => {
    const answer = contractIn(
      notice({
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) +
          result("LOT-2", { status: "selec-w", tenders: ["TEN-2"] }) +
          tender("TEN-1", { value: "EUR 1" }) +
          tender("TEN-2", { value: "PLN 1" }) +
          contract("CON-1", { tenders: ["TEN-1", "TEN-2"] }) +
          contract("CON-2", { tenders: ["TEN-9"] }) +
          contract(""),
        lots: lot("LOT-1") + lot("LOT-2"),
      }),
    );
    expect(answer.settledContracts.map(({ id, lots, value }) => [id, lots, value])).toEqual([
      ["CON-1", ["LOT-1", "LOT-2"], undefined],
      ["CON-2", [], undefined],
      ["(contract 3)", [], undefined],
    ]);
  });

  test("the first of their dates is the day of the award; a day that stands for none is none", () => {
    expect(claimText(settled(DATES).awardDate, formatPartialDate)).toBe("2024-03-23+02:00 (BT-1451)");
    const signed = "<cbc:AwardDate>2000-01-01Z</cbc:AwardDate><cbc:IssueDate>2024-03-24+02:00</cbc:IssueDate>";
    expect(claimText(settled(signed).awardDate, formatPartialDate)).toBe("2024-03-24+02:00 (BT-145)");
    expect(settled("").awardDate).toBeUndefined();
  });

  const within = (indicator: string, number: string) =>
    settled(
      `<efbc:ContractFrameworkIndicator>${indicator}</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>${number}</cbc:ID></cac:NoticeDocumentReference>`,
    ).callOffOf;

  test("E7: are call-offs where they say so and name the framework agreement's notice", () => {
    expect(within("true", "374393-2023")).toBe("00374393-2023");
    expect(within("true", "9c0fd704-64d3-4294-a3b6-6df45911ab9f-01")).toBe("9c0fd704-64d3-4294-a3b6-6df45911ab9f");
    expect(within("false", "374393-2023")).toBeUndefined();
    expect(within("true", "")).toBeUndefined();
    expect(within("true", "7-2024")).toBeUndefined();
    expect(within("true", "5f0c7f9e-0000-4000-8000-000000000001-01")).toBeUndefined();
  });
});

describe("trap 15: notices about earlier ones", () => {
  const modification = (...codes: readonly string[]) =>
    notice({
      form: "cont-modif",
      number: "00000009-2024",
      published: "2024-06-01Z",
      changes: `<efac:ContractModification><efbc:ChangedNoticeIdentifier>1-2023</efbc:ChangedNoticeIdentifier>${codes
        .map((code) => `<efac:ChangeReason><cbc:ReasonCode>${code}</cbc:ReasonCode></efac:ChangeReason>`)
        .join("")}</efac:ContractModification>`,
      results:
        result("LOT-1", { tenders: ["TEN-1"] }) + tender("TEN-1", { party: "TPA-1" }) + party("TPA-1", ["ORG-1"]),
      organisations: organisation("ORG-1", "Acme"),
      lots: lot("LOT-1"),
    });

  test("a modification says what became of a contract, and why", () => {
    const { role, contract: read } = noticeIn(modification("mod-cir", "mod-cir"));
    expect(role).toBe("modification");
    expect(lotLines(read)).toEqual(["LOT-1 | awarded | Acme | no ceiling | nothing awarded"]);
    expect(read.modifications).toEqual([
      {
        id: "00000009-2024",
        date: { year: 2024, month: 6, day: 1, offset: "Z" },
        lot: undefined,
        amount: undefined,
        ground: "unforeseen circumstances",
        title: undefined,
        by: { source: "00000009-2024", locator: "BT-200" },
        note: undefined,
      },
    ]);
  });

  test("each ground is a modification of its own; an unknown one is none", () => {
    const ids = (...codes: readonly string[]) =>
      contractIn(modification(...codes)).modifications.map(({ id, ground }) => `${id} ${ground}`);
    expect(ids("add-wss", "mod-rev")).toEqual(["00000009-2024-1 additional works", "00000009-2024-2 review clause"]);
    expect(ids()).toEqual(["00000009-2024 undefined"]);
    expect(ids("other")).toEqual(["00000009-2024 undefined"]);
  });

  test("a change notice states the contract as a whole", () => {
    const changes = "<efac:Changes><efbc:ChangedNoticeIdentifier>1-2024</efbc:ChangedNoticeIdentifier></efac:Changes>";
    const { role, contract: read } = noticeIn(notice({ changes }));
    expect([role, read.modifications]).toEqual(["award", []]);
  });
});

test("elements count by their namespaces, whatever the prefixes", () => {
  const prefixed = notice({
    number: "00000001-2024",
    organisations: organisation("ORG-1", "Acme"),
    results:
      result("LOT-1", { status: "selec-w", tenders: ["TEN-1"], maximum: "EUR 5" }) +
      tender("TEN-1", { party: "TPA-1" }) +
      party("TPA-1", ["ORG-1"]),
    lots: lot("LOT-1"),
  });
  const otherwise = prefixed.replaceAll(/(<\/?|xmlns:)(cbc|efac)\b/g, "$1x$2");
  expect(otherwise).toContain("<xcbc:ID>");
  expect(lotLines(contractIn(otherwise))).toEqual(["LOT-1 | awarded | Acme | EUR 5 (BT-709) | nothing awarded"]);
  const elsewhere = contractIn(prefixed.replace("CommonBasicComponents-2", "elsewhere"));
  expect(elsewhere.lots.map(({ id }) => id)).toEqual(["(lot 1)"]);
});
