import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { lots, openRegister, type Register, show, total } from "../../src/index.ts";
import { zipOf } from "../archives.ts";
import { cellText, rowsOf } from "../open-text.ts";
import {
  announced,
  contract,
  lot,
  notice,
  organisation,
  party,
  project,
  result,
  technique,
  tender,
  text,
} from "./eforms/notice-xml.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-histories-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

const folderOf = (files: Files): string => {
  const root = mkdtempSync(join(folder, "data-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  return root;
};

const open = async (files: Files): Promise<Register> => openRegister(folderOf(files));

/** What `show` tells of the notices of a contract, each in a line, without its file. */
const historyOf = async (register: Register, id: string): Promise<readonly string[]> =>
  (await rowsOf(await show(register, id)))
    .filter(({ fact }) => fact.startsWith("notice "))
    .map(({ fact, value }) => `${fact.slice(7)}: ${cellText(value).replace(/; [^;]*$/, "")}`);

const lotLines = async (register: Register): Promise<readonly string[]> =>
  (await rowsOf(lots(register))).map(({ contract: id, lot: own, ceiling, awarded, suppliers }) =>
    [
      `${id}/${own}`,
      cellText(ceiling === undefined ? undefined : { type: "money", value: ceiling }),
      cellText(awarded?.length ? { type: "moneys", value: awarded } : undefined),
      suppliers.map(({ name }) => name).join(),
    ].join(" "),
  );

const notesOf = (register: Register): readonly string[] =>
  register.assumptions().flatMap(({ rule, first }) => first.map((one) => `${rule} ${one.text}`));

const passedOver = (register: Register): readonly string[] =>
  register.passedOver().map(({ count, many }) => `${count} ${many}`);

const OTHER = "22222222-2222-4333-8444-555555555555";
const THIRD = "33333333-2222-4333-8444-555555555555";

const id = (number: string): string => `5f0c7f9e-0000-4000-8000-00000000${number.slice(4, 8)}`;

interface Parts {
  readonly procedure?: string;
  readonly noticeId?: string;
  readonly version?: string;
  readonly form?: string;
  readonly changes?: string;
  readonly lots?: string;
  readonly more?: string;
  readonly project?: string;
}

const published = (number: string, day: string, parts: Parts & { readonly results?: string }): string =>
  notice({
    number,
    noticeId: id(number),
    published: `${day}Z`,
    organisations: organisation("ORG-1", "Alder", { legalId: "123456", country: "DEU" }),
    ...parts,
  });

const call = (number: string, day: string, parts: Parts = {}): string =>
  published(number, day, { form: "competition", ...parts }).replaceAll("ContractAwardNotice", "ContractNotice");

const plan = (number: string, day: string, parts: Parts = {}): string =>
  published(number, day, { form: "planning", ...parts }).replaceAll("ContractAwardNotice", "PriorInformationNotice");

const WON = { status: "selec-w", tenders: ["TEN-1"], contracts: ["CON-1"] };

const award = (number: string, day: string, value: string | undefined, parts: Parts = {}, won: object = WON): string =>
  published(number, day, {
    lots: lot("LOT-1", technique("fa-wo-rc")),
    ...parts,
    results:
      result("LOT-1", won) +
      tender("TEN-1", { party: "TPA-1", lot: "LOT-1", ...(value !== undefined && { value }) }) +
      contract("CON-1", { tenders: ["TEN-1"], more: "<cbc:IssueDate>2024-03-01Z</cbc:IssueDate>" }) +
      party("TPA-1", ["ORG-1"]),
  });

const due = (day: string, element = "TenderSubmissionDeadlinePeriod"): string =>
  `<cac:TenderingProcess><cac:${element}><cbc:EndDate>${day}+01:00</cbc:EndDate></cac:${element}></cac:TenderingProcess>`;

const previous = (number: string): string =>
  `<cac:TenderingProcess><cac:NoticeDocumentReference><cbc:ID>${number}</cbc:ID></cac:NoticeDocumentReference></cac:TenderingProcess>`;

const YEARS = '<cac:PlannedPeriod><cbc:DurationMeasure unitCode="YEAR">4</cbc:DurationMeasure></cac:PlannedPeriod>';

const CALL = call("00000002-2024", "2024-01-10", {
  lots: lot(
    "LOT-1",
    project(text("cbc:Name", "Salt") + announced("EUR 800000", "EUR 700000") + YEARS) + due("2024-02-15"),
  ),
});
const PLAN = plan("00000001-2024", "2023-11-05", { project: announced("EUR 900000") });
const AWARD = award("00000003-2024", "2024-03-10", undefined);

describe("what is announced stands before its award in the history", () => {
  test("with maxima and days, in whatever order, and gives what no award states", async () => {
    for (const files of [
      { "1.xml": PLAN, "2.xml": CALL, "3.xml": AWARD },
      { "1.xml": AWARD, "2.xml": CALL, "3.xml": PLAN },
    ]) {
      const register = await open(files);
      expect(await historyOf(register, "00000003-2024")).toEqual([
        "00000001-2024: 2023-11-05Z; planning; announces; EUR 900,000 at most announced; version 01",
        "00000002-2024: 2024-01-10Z; competition; calls for tenders; EUR 800,000 at most announced; tenders due 2024-02-15+01:00; version 01",
        "00000003-2024: 2024-03-10Z; result; awards; version 01",
      ]);
      expect(await lotLines(register)).toEqual(["00000003-2024/LOT-1 EUR 800,000 - Alder"]);
      expect(notesOf(register)).toContain(
        "R-MAX LOT-1: no maximum is stated: the one that 00000002-2024 announced is taken",
      );
      const facts = (await rowsOf(await show(register, "00000003-2024"))).map(
        ({ fact, value }) => `${fact} ${cellText(value)}`,
      );
      expect(facts).toContain("term 4 years");
      expect(passedOver(register)).toEqual([]);
    }
  });

  test("an award's own figures and days stay", async () => {
    const own = award("00000003-2024", "2024-03-10", undefined, {}, { ...WON, maximum: "EUR 500000" });
    expect(await lotLines(await open({ "2.xml": CALL, "3.xml": own }))).toEqual([
      "00000003-2024/LOT-1 EUR 500,000 - Alder",
    ]);
  });

  test("a maximum for the whole is the contract's, where nothing else is stated", async () => {
    const whole = call("00000002-2024", "2024-01-10", { project: announced("EUR 900000"), lots: lot("LOT-9") });
    const register = await open({ "2.xml": whole, "3.xml": AWARD });
    expect(
      (await rowsOf(total(register))).map(({ ceiling }) => cellText(ceiling && { type: "money", value: ceiling })),
    ).toEqual(["EUR 900,000"]);
    expect(notesOf(register)).toContain("R-MAX no maximum is stated: the one that 00000002-2024 announced is taken");
  });

  test("T4: what is announced for the whole caps what is announced for its lots; the note names who announced it", async () => {
    const lots = (maximum: string) => lot("LOT-1", project(announced(maximum)));
    const first = call("00000002-2024", "2024-01-10", { project: announced("EUR 1500"), lots: lots("EUR 800") });
    const second = call("00000004-2024", "2024-01-20", { project: announced("EUR 600"), lots: lots("EUR 700") });
    for (const files of [
      { "2.xml": first, "3.xml": AWARD, "4.xml": second },
      { "2.xml": second, "3.xml": AWARD, "4.xml": first },
    ]) {
      const register = await open(files);
      expect(
        (await rowsOf(total(register))).map(({ ceiling }) => cellText(ceiling && { type: "money", value: ceiling })),
      ).toEqual(["EUR 600"]);
      expect(notesOf(register)).toContain("R-MAX no maximum is stated: the one that 00000004-2024 announced is taken");
    }
  });

  test("maxima of several lots are told together, in several currencies not at all", async () => {
    const two = (second: string) =>
      call("00000002-2024", "2024-01-10", {
        lots:
          lot("LOT-1", project(announced("EUR 1000"))) +
          lot("LOT-2", project(announced(second))) +
          due("2024-02-01", "ParticipationRequestReceptionPeriod"),
      });
    expect((await historyOf(await open({ "2.xml": two("EUR 2000"), "3.xml": AWARD }), "00000003-2024"))[0]).toContain(
      "EUR 3,000 at most announced",
    );
    expect(
      (await historyOf(await open({ "2.xml": two("PLN 2000"), "3.xml": AWARD }), "00000003-2024"))[0],
    ).not.toContain("announced");
  });

  test("a change of a call, and a plan under another procedure that the call names", async () => {
    const changed = call("00000005-2024", "2024-01-20", {
      changes: "<efac:Changes><efbc:ChangedNoticeIdentifier>2-2024</efbc:ChangedNoticeIdentifier></efac:Changes>",
    });
    const other = plan("00000001-2024", "2023-11-05", { procedure: OTHER });
    const named = call("00000002-2024", "2024-01-10", { more: previous("1-2024") });
    const register = await open({ "1.xml": other, "2.xml": changed, "3.xml": AWARD, "4.xml": named });
    expect(
      (await historyOf(register, "00000003-2024")).map((line) => line.replace(/^(\S+) .*?; .*?; (.*?);.*/, "$1 $2")),
    ).toEqual([
      "00000001-2024: announces",
      "00000002-2024: calls for tenders",
      "00000005-2024: changes 00000002-2024",
      "00000003-2024: awards",
    ]);
  });

  test("is counted where no award comes after it, in folders and archives", async () => {
    const files = {
      "1.xml": PLAN,
      "2.xml": CALL,
      "4.xml": award("00000004-2024", "2024-03-10", undefined, { procedure: OTHER }),
    };
    const register = await open(files);
    expect(await lotLines(register)).toEqual(["00000004-2024/LOT-1 missing - Alder"]);
    expect(passedOver(register)).toEqual(["1 prior information notices", "1 contract notices"]);
    writeFileSync(join(folder, "packed.zip"), zipOf({ ...files, "3.xml": AWARD }));
    const zip = await openRegister(join(folder, "packed.zip"));
    expect(await historyOf(zip, "00000003-2024")).toHaveLength(3);
    expect(passedOver(zip)).toEqual([]);
  });

  test("named by itself it is an error, named beside its award it is not", async () => {
    const apart = award("00000004-2024", "2024-03-10", undefined, { procedure: OTHER });
    const root = folderOf({ "2.xml": CALL, "3.xml": AWARD, "1.xml": PLAN, "4.xml": apart });
    const paths = ["1.xml", "2.xml", "3.xml"].map((name) => join(root, name));
    const beside = await openRegister(paths);
    expect(await historyOf(beside, "00000003-2024")).toHaveLength(3);
    expect(beside.findings()).toEqual([]);
    const alone = openRegister(paths.slice(0, 2)).then((register) => rowsOf(lots(register)));
    await expect(alone).rejects.toThrow(
      "this is not an award notice: it is a prior information notice, which is not about an award\nthis is not an award notice: it is a contract notice, which tells what is sought and not who won",
    );
    const other = await openRegister([...paths.slice(0, 2), join(root, "4.xml")]);
    await rowsOf(lots(other));
    expect(other.findings()).toHaveLength(2);
  });

  test("one that is broken is passed over, and call-offs have what was announced for them", async () => {
    const broken = CALL.replace("</cbc:VersionID>", "</cbc:Version>");
    const register = await open({ "2.xml": broken, "3.xml": AWARD });
    await rowsOf(lots(register));
    expect(passedOver(register)).toEqual(["1 contract notices"]);
    const calls =
      "<efbc:ContractFrameworkIndicator>true</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>99-2020</cbc:ID></cac:NoticeDocumentReference>";
    const callOff = award("00000003-2024", "2024-03-10", "EUR 5").replace(
      "<cbc:IssueDate>2024",
      `${calls}<cbc:IssueDate>2024`,
    );
    const under = await open({ "2.xml": CALL, "3.xml": callOff });
    expect(await historyOf(under, "00000003-2024")).toHaveLength(2);
    expect(await lotLines(under)).toEqual(["00000003-2024/LOT-1 missing EUR 5 Alder"]);
  });
});

describe("notices under another procedure", () => {
  const elsewhere = { procedure: OTHER, lots: lot("LOT-1") };
  const first = award("00000003-2024", "2024-03-10", "EUR 100", { lots: lot("LOT-1") });

  test.each(["3-2024", `${id("00000003-2024")}-01`])("BT-1501 names what is modified: %s", async (named) => {
    const modification = award("00000007-2024", "2024-05-10", "EUR 7", {
      ...elsewhere,
      form: "cont-modif",
      changes: `<efac:ContractModification><efbc:ChangedNoticeIdentifier>${named}</efbc:ChangedNoticeIdentifier></efac:ContractModification>`,
    });
    const register = await open({ "1.xml": modification, "2.xml": first });
    expect(await lotLines(register)).toEqual(["00000003-2024/LOT-1 missing EUR 100 Alder"]);
    expect((await historyOf(register, "00000003-2024")).map((line) => line.replace(/.*; (\w+);.*/, "$1"))).toEqual([
      "awards",
      "modifies",
    ]);
  });

  test("T12, D3: a modification without any date counts from the award on, whatever the order of files", async () => {
    const undated = notice({
      number: "00000007-2024",
      noticeId: id("00000007-2024"),
      form: "cont-modif",
      organisations: organisation("ORG-1", "Alder", { legalId: "123456", country: "DEU" }),
      lots: lot("LOT-1"),
      results:
        result("LOT-1", WON) +
        tender("TEN-1", { party: "TPA-1", lot: "LOT-1", value: "EUR 7" }) +
        contract("CON-1", { tenders: ["TEN-1"] }) +
        party("TPA-1", ["ORG-1"]),
    });
    for (const files of [
      { "1.xml": undated, "2.xml": first },
      { "1.xml": first, "2.xml": undated },
    ]) {
      const register = await open(files);
      const facts = (await rowsOf(await show(register, "00000003-2024"))).map(
        ({ fact, value }) => `${fact}: ${cellText(value)}`,
      );
      expect(facts).toContain("modification 00000007-2024: 2024-03-01Z; lot LOT-1; value EUR 7 more; 7.0 % in all");
      expect(notesOf(register)).toContain(
        "T12 00000007-2024: a modification whose notice has no date counts from the award on",
      );
    }
  });

  test("BT-758 names what is changed", async () => {
    const change = award("00000008-2024", "2024-04-10", "EUR 120", {
      ...elsewhere,
      changes: `<efac:Changes><efbc:ChangedNoticeIdentifier>${id("00000003-2024")}</efbc:ChangedNoticeIdentifier></efac:Changes>`,
    });
    const register = await open({ "1.xml": change, "2.xml": first });
    expect(await lotLines(register)).toEqual(["00000003-2024/LOT-1 missing EUR 120 Alder"]);
  });

  test.each([
    ["1.xml", "2.xml", "3.xml"],
    ["2.xml", "3.xml", "1.xml"],
    ["3.xml", "1.xml", "2.xml"],
  ])(
    "a later version of a notice may name another procedure, and a modification either: %s, %s, %s",
    async (a, b, c) => {
      const version = award("00000008-2024", "2024-03-10", "EUR 120", {
        ...elsewhere,
        version: "02",
        noticeId: id("00000003-2024"),
      });
      const modification = award("00000009-2024", "2024-06-10", "EUR 7", {
        procedure: THIRD,
        form: "cont-modif",
        changes: `<efac:ContractModification><efbc:ChangedNoticeIdentifier>${id("00000003-2024")}-02</efbc:ChangedNoticeIdentifier></efac:ContractModification>`,
      });
      const register = await open({ [a]: first, [b]: version, [c]: modification });
      expect(await lotLines(register)).toEqual(["00000003-2024/LOT-1 missing EUR 120 Alder"]);
      expect((await historyOf(register, "00000003-2024")).map((line) => line.slice(0, 13))).toEqual([
        "00000003-2024",
        "00000008-2024",
        "00000009-2024",
      ]);
    },
  );

  test("an award that merely follows another stays a contract of its own", async () => {
    const next = award("00000009-2024", "2024-06-10", "EUR 9", { ...elsewhere, more: previous("3-2024") });
    expect(await lotLines(await open({ "1.xml": next, "2.xml": first }))).toEqual([
      "00000009-2024/LOT-1 missing EUR 9 Alder",
      "00000003-2024/LOT-1 missing EUR 100 Alder",
    ]);
  });
});

describe("E5: the completion of a contract is no award", () => {
  const first = award("00000003-2024", "2024-03-10", "EUR 100", { lots: lot("LOT-1") });
  const completion = award("00000009-2024", "2026-03-10", "EUR 130", { form: "completion", lots: lot("LOT-1") });

  test("what was awarded and held stays", async () => {
    const register = await open({ "1.xml": completion, "2.xml": first });
    expect(await lotLines(register)).toEqual(["00000003-2024/LOT-1 missing EUR 100 Alder"]);
    expect((await historyOf(register, "00000003-2024")).at(-1)).toContain("completion; completes");
  });

  test("alone it tells who held the contract, and not what was awarded", async () => {
    const register = await open({ "1.xml": completion });
    expect(await lotLines(register)).toEqual(["00000009-2024/LOT-1 missing - Alder"]);
    expect(notesOf(register)).toContain(
      "T12 its award is not among the data: the notice of its completion tells who held it, and not what was awarded",
    );
    const more = award("00000009-2024", "2026-03-10", "EUR 130", { form: "completion" }).replaceAll("LOT-1", "LOT-2");
    expect(await lotLines(await open({ "1.xml": more, "2.xml": first }))).toEqual([
      "00000003-2024/LOT-1 missing EUR 100 Alder",
      "00000003-2024/LOT-2 missing - Alder",
    ]);
  });
});

describe("the older forms", () => {
  const ted = (number: string, day: string, form: string, content: string, data = ""): string =>
    `<TED_EXPORT xmlns="ted/R2.0.9.S03/publication" DOC_ID="${number}"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>${day}</DATE_PUB></REF_OJS>` +
    `<NOTICE_DATA><NO_DOC_OJS>2020/S 001-${number}</NO_DOC_OJS>${data}</NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION><${form} CATEGORY="ORIGINAL">${content}</${form}></FORM_SECTION></TED_EXPORT>`;
  const follows = (number: string): string =>
    `<PROCEDURE><NOTICE_NUMBER_OJ>2020/S 001-${number}</NOTICE_NUMBER_OJ><DATE_RECEIPT_TENDERS>2020-02-01</DATE_RECEIPT_TENDERS></PROCEDURE>`;
  const object =
    '<OBJECT_CONTRACT><TITLE><P>Roof</P></TITLE><VAL_ESTIMATED_TOTAL CURRENCY="EUR">90</VAL_ESTIMATED_TOTAL><OBJECT_DESCR/></OBJECT_CONTRACT>';
  const won = (value: string): string =>
    `<AWARD_CONTRACT><AWARDED_CONTRACT><CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Roof KG</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS><VALUES><VAL_TOTAL CURRENCY="EUR">${value}</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>`;
  const changed =
    '<MODIFICATIONS_CONTRACT><INFO_MODIFICATIONS><VALUES><VAL_TOTAL_BEFORE CURRENCY="EUR">100</VAL_TOTAL_BEFORE><VAL_TOTAL_AFTER CURRENCY="EUR">120</VAL_TOTAL_AFTER></VALUES></INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>';

  test("a chain of numbers is one history, and each award of one call has it", async () => {
    const register = await open({
      "1.xml": ted("000005", "20200901", "F20_2014", object + follows("000003") + won("100") + changed),
      "2.xml": ted("000003", "20200401", "F03_2014", object + follows("000002") + won("100")),
      "3.xml": ted("000002", "20200110", "F02_2014", object + follows("000001")),
      "4.xml": ted("000001", "20191110", "F01_2014", object),
      "5.xml": ted("000004", "20200501", "F03_2014", object + follows("000002") + won("7")),
      "6.xml": ted("000006", "20200115", "F14_2014", follows("000002")),
      "7.xml": ted("000007", "20200115", "F02_2014", object),
    });
    expect(await lotLines(register)).toEqual([
      "00000003-2020/no-lot missing EUR 100 Roof KG",
      "00000004-2020/no-lot missing EUR 7 Roof KG",
    ]);
    const [first, second] = [await historyOf(register, "00000003-2020"), await historyOf(register, "00000004-2020")];
    expect(first).toEqual([
      "00000001-2020: 2019-11-10; F01; announces",
      "00000002-2020: 2020-01-10; F02; calls for tenders; tenders due 2020-02-01",
      "00000006-2020: 2020-01-15; F14; corrects; tenders due 2020-02-01",
      "00000003-2020: 2020-04-01; F03; awards",
      "00000005-2020: 2020-09-01; F20; modifies",
    ]);
    expect(second).toHaveLength(4);
    expect(passedOver(register)).toEqual(["1 contract notices"]);
  });

  test("numbers of senders name notices, too", async () => {
    const register = await open({
      "1.xml": ted("000003", "20200401", "F03_2014", object + won("100"), "<NO_DOC_EXT>2020-111</NO_DOC_EXT>"),
      "2.xml": ted(
        "000005",
        "20200901",
        "F20_2014",
        object + won("100") + changed,
        "<REF_NOTICE><NO_DOC_EXT>2020-111</NO_DOC_EXT></REF_NOTICE>",
      ),
    });
    expect(await historyOf(register, "00000003-2020")).toHaveLength(2);
    expect(
      (await rowsOf(total(register))).map(({ awarded }) => cellText(awarded && { type: "money", value: awarded })),
    ).toEqual(["EUR 100"]);
  });
});
