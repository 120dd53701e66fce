import { describe, expect, test } from "vitest";
import { formatMoney, type StatedAmounts } from "../../../src/model/money.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import { readTed } from "../../../src/notices/ted/read-ted.ts";
import { contractAfterAll } from "../../../src/records/as-of.ts";
import type { Contract } from "../../../src/records/contract.ts";
import type { Lot } from "../../../src/records/lot.ts";
import { emptyFacts } from "../empty-facts.ts";

const read = (text: string) => readTed(text, "notice.xml", new SupplierPool());

const exportOf = (forms: string): string =>
  `<TED_EXPORT xmlns="ted/R2.0.9.S02/publication" DOC_ID="123-2020"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>20200203</DATE_PUB></REF_OJS>` +
  `<NOTICE_DATA><NO_DOC_OJS>2020/S 023-000123</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION>${forms}</FORM_SECTION></TED_EXPORT>`;

const form = (content: string, name = "F03_2014", category = "ORIGINAL"): string =>
  `<${name} CATEGORY="${category}">${content}</${name}>`;

const contractOf = (forms: string): Contract => {
  const { notices, findings } = read(exportOf(forms));
  expect(findings).toEqual([]);
  const [notice] = notices;
  if (notice === undefined) throw new Error("no notice");
  expect(emptyFacts(notice.contract)).toEqual([]);
  return notice.contract;
};

const lot = (number: string, title = "Roads"): string =>
  `<OBJECT_DESCR><TITLE><P>${title}</P></TITLE><LOT_NO>${number}</LOT_NO></OBJECT_DESCR>`;
const object = (...parts: readonly string[]): string =>
  `<OBJECT_CONTRACT><TITLE><P>Works</P></TITLE>${parts.join("")}</OBJECT_CONTRACT>`;
const contractor = (name: string, more = ""): string =>
  `<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>${name}</OFFICIALNAME>${more}<COUNTRY VALUE="UK"/></ADDRESS_CONTRACTOR></CONTRACTOR>`;
const total = (figure: string, currency = "EUR"): string => `<VAL_TOTAL CURRENCY="${currency}">${figure}</VAL_TOTAL>`;
const award = (number: string | undefined, ...awarded: readonly string[]): string =>
  `<AWARD_CONTRACT>${number === undefined ? "" : `<LOT_NO>${number}</LOT_NO>`}<AWARDED_CONTRACT>${awarded.join("")}</AWARDED_CONTRACT></AWARD_CONTRACT>`;
const closed = (number: string): string =>
  `<AWARD_CONTRACT><LOT_NO>${number}</LOT_NO><NO_AWARDED_CONTRACT><PROCUREMENT_UNSUCCESSFUL/></NO_AWARDED_CONTRACT></AWARD_CONTRACT>`;

const amountsText = (value: StatedAmounts | undefined): string =>
  value === undefined ? "-" : value === "withheld" ? value : value.map(formatMoney).join(" + ");
const lotText = ({ id, status, suppliers, awarded }: Lot): string =>
  `${id} ${status}: ${suppliers?.[0].value.map(({ name }) => name[0].value).join(" | ") ?? "-"}; ${amountsText(awarded?.[0].value)}`;
const lotsOf = (forms: string): readonly string[] => contractOf(forms).lots.map(lotText);
const rulesOf = (forms: string): readonly string[] => contractOf(forms).notes.map(({ rule }) => rule);

describe("R-WRAP: contractors and values stand where each schema puts them", () => {
  test.each([
    ["S01, S02: directly", [contractor("A"), total("10")]],
    ["F06 of S01: the value in VALUE", [contractor("A"), `<VALUE>${total("10")}</VALUE>`]],
    ["S03 on", [`<CONTRACTORS>${contractor("A")}</CONTRACTORS>`, `<VALUES>${total("10")}</VALUES>`]],
  ])("%s", (_, parts) => {
    expect(lotsOf(form(object(lot("1")) + award("1", ...parts)))).toEqual(["1 awarded: A; EUR 10"]);
  });
});

describe("R-LOTNO: which lot an award is of", () => {
  const two = object(lot("1"), lot("2"));
  test.each([
    ["no number, one lot", object(lot("7")) + award(undefined, contractor("A")), ["7 awarded: A; -"], []],
    ["no number, no lots", object() + award(undefined, contractor("A")), ["no-lot awarded: A; -"], []],
    [
      "a number where the only lot has none",
      object("<OBJECT_DESCR/>") + award("2", contractor("A")),
      ["no-lot awarded: A; -"],
      ["R-LOTNO"],
    ],
    ["the number of a lot", two + award("2", contractor("A")), ["1 no-result: -; -", "2 awarded: A; -"], []],
    [
      "zeros in front",
      object(lot("01"), lot("02")) + award("2", contractor("A")),
      ["01 no-result: -; -", "02 awarded: A; -"],
      ["R-LOTNO"],
    ],
    [
      "a number that two lots have but for zeros",
      object(lot("01"), lot("001")) + award("1", contractor("A")),
      ["01 no-result: -; -", "001 no-result: -; -", "1 awarded: A; -"],
      ["R-LOTNO"],
    ],
    [
      "no number, several lots",
      two + award(undefined, contractor("A")),
      ["1 no-result: -; -", "2 no-result: -; -", "no-lot awarded: A; -"],
      ["R-LOTNO"],
    ],
    [
      "a text that is no lot",
      two + award("1 / first", contractor("A")),
      ["1 no-result: -; -", "2 no-result: -; -", "1 / first awarded: A; -"],
      ["R-LOTNO"],
    ],
    [
      "a list of which a part is no lot",
      two + award("1, 9", contractor("A")),
      ["1 no-result: -; -", "2 no-result: -; -", "1, 9 awarded: A; -"],
      ["R-LOTNO"],
    ],
  ])("%s", (_, content, lots, rules) => {
    expect(lotsOf(form(content))).toEqual(lots);
    expect(rulesOf(form(content))).toEqual(rules);
  });

  test.each(["1,2", "1; 2", "1 and 2", "1-2", "1 – 2"])(
    "R-SHARED: %s is of both lots, its value in neither",
    (text) => {
      const contract = contractOf(form(two + award(text, contractor("A"), total("10"))));
      expect(contract.lots.map(lotText)).toEqual(["1 awarded: A; -", "2 awarded: A; -"]);
      expect(contract.sharedAwards.map(({ lots, value }) => [lots, amountsText(value)])).toEqual([
        [["1", "2"], "EUR 10"],
      ]);
      expect(contract.notes.map(({ rule }) => rule)).toEqual(["R-LOTNO"]);
    },
  );
});

describe("R-STATUS and values", () => {
  test("several awards of one lot are added, a closed one is none", () => {
    const content = award("1", contractor("A"), total("10")) + award("1", contractor("B"), total("5.50")) + closed("1");
    expect(lotsOf(form(object(lot("1"), lot("2")) + content + closed("2")))).toEqual([
      "1 awarded: A | B; EUR 15.50",
      "2 closed-no-winner: -; -",
    ]);
  });

  test("T10a: an award that is told again counts once, whatever else has its number", () => {
    const numbered = (number: string, winner: string, figure: string) =>
      award("1", contractor(winner), total(figure)).replace("<LOT_NO>", `<CONTRACT_NO>${number}</CONTRACT_NO><LOT_NO>`);
    const content = object(lot("1")) + numbered("7", "A", "10") + numbered("7", "A", "10");
    expect(lotsOf(form(content))).toEqual(["1 awarded: A; EUR 10"]);
    expect(rulesOf(form(content))).toEqual(["T10"]);
    expect(contractOf(form(content)).settledContracts).toHaveLength(1);
    for (const other of [numbered("8", "A", "10"), numbered("7", "B", "10"), numbered("7", "A", "10.00")])
      expect(lotsOf(form(content + other))[0]).toMatch(/EUR 20(?:\.00)?$/);
    const unnumbered = award("1", contractor("A"), total("10"));
    expect(lotsOf(form(object(lot("1")) + unnumbered + unnumbered))).toEqual(["1 awarded: A; EUR 20"]);
    const item = unnumbered.replace("<AWARD_CONTRACT>", '<AWARD_CONTRACT ITEM="1">');
    expect(lotsOf(form(object(lot("1")) + item + item))).toEqual(["1 awarded: A; EUR 10"]);
  });

  test("what says nothing of its outcome, and lots of one number, are told", () => {
    expect(contractOf(form(object(lot("1")))).notes).toEqual([{ rule: "R-STATUS", text: "the notice has no results" }]);
    const empty = "<AWARD_CONTRACT><LOT_NO>1</LOT_NO></AWARD_CONTRACT>";
    expect(contractOf(form(object(lot("1"), lot("1", "Rails")) + empty)).notes).toEqual([
      {
        rule: "R-STATUS",
        text: "award 1: an award that says nothing of its outcome counts as closed without a winner",
      },
      { rule: "R-LOTNO", text: "1: several lots have one number: the first is taken for all" },
    ]);
  });

  test("paragraphs of a title stay apart", () => {
    expect(
      contractOf(form("<OBJECT_CONTRACT><TITLE><P>Roads</P><P>and rails</P></TITLE></OBJECT_CONTRACT>")).title,
    ).toBe("Roads and rails");
  });

  test("T7: currencies stay apart; T8: no value is no zero", () => {
    const content = award("1", contractor("A"), total("10")) + award("1", contractor("B"), total("5", "PLN"));
    expect(lotsOf(form(object(lot("1")) + content + award("1", contractor("C"))))).toEqual([
      "1 awarded: A | B | C; ≥ EUR 10 + ≥ PLN 5",
    ]);
    expect(lotsOf(form(object(lot("1")) + award("1", contractor("A"), total("0"))))).toEqual(["1 awarded: A; EUR 0"]);
  });

  test("R-AMT: a range of offers is no value, a figure that is none is left out", () => {
    const range = '<VAL_RANGE_TOTAL CURRENCY="EUR"><LOW>1</LOW><HIGH>2</HIGH></VAL_RANGE_TOTAL>';
    expect(lotsOf(form(object(lot("1")) + award("1", contractor("A"), range)))).toEqual(["1 awarded: A; -"]);
    expect(rulesOf(form(object(lot("1"), range) + award("1", contractor("A"), range)))).toEqual(["R-AMT"]);
    expect(rulesOf(form(object(lot("1")) + award("1", contractor("A"), total("ten"))))).toEqual(["N2"]);
  });

  test("the declared total is the contract's, and not added", () => {
    const contract = contractOf(form(object(lot("1"), total("99")) + award("1", contractor("A"), total("10"))));
    expect(contract.awarded?.[0].value).toEqual({ minor: 9900n, currency: "EUR", precision: 0 });
    expect(contract.lots.map(lotText)).toEqual(["1 awarded: A; EUR 10"]);
  });
});

describe("T2: who holds a seat", () => {
  test("a group is one seat, companies side by side are several", () => {
    const both = contractor("A") + contractor("B");
    const [together] = contractOf(form(object(lot("1")) + award("1", "<AWARDED_TO_GROUP/>", both))).lots;
    expect(
      together?.suppliers?.[0].value.map(({ kind, members }) => [kind, members?.[0].value.map(({ name }) => name)]),
    ).toEqual([["grouping", ["A", "B"]]]);
    expect(lotsOf(form(object(lot("1")) + award("1", "<NO_AWARDED_TO_GROUP/>", both)))).toEqual([
      "1 awarded: A | B; -",
    ]);
  });

  test("a company that stands twice is one, also as a group", () => {
    const twice = contractor("A") + contractor("A");
    expect(lotsOf(form(object(lot("1")) + award("1", "<AWARDED_TO_GROUP/>", twice)))).toEqual(["1 awarded: A; -"]);
  });

  test("E8: a group holds one seat, in whatever order its awards list its companies", () => {
    const group = (...names: readonly string[]) =>
      `<AWARDED_TO_GROUP/>${names.map((name) => contractor(name)).join("")}`;
    const { lots } = contractOf(
      form(object(lot("1"), lot("2")) + award("1", group("B", "A")) + award("2", group("A", "B"))),
    );
    const holders = lots.flatMap(({ suppliers }) => suppliers?.[0].value ?? []);
    expect(new Set(holders).size).toBe(1);
    expect(holders[0]?.name[0].value).toBe("B, A");
  });

  test("who won and is not named is told", () => {
    const nameless = contractor("");
    const content = object(lot("1"), lot("2")) + award("1", contractor("A"), nameless) + award("2", nameless);
    expect(lotsOf(form(content))).toEqual(["1 awarded: A; -", "2 awarded: -; -"]);
    expect(contractOf(form(content)).notes).toEqual([
      { rule: "R-SUP", text: "a winner without a name is left out" },
      { rule: "R-SUP", text: "award 2: names no winner" },
    ]);
  });

  test("a legal id makes one of two awards' companies, but not of two names", () => {
    const id = "<NATIONALID>40276593</NATIONALID>";
    const suppliersOf = (second: string) => {
      const content = award("1", contractor("A", id)) + award("2", contractor(second, id));
      const contract = contractOf(form(object(lot("1"), lot("2")) + content));
      return [
        new Set(contract.lots.flatMap(({ suppliers }) => suppliers?.[0].value ?? [])).size,
        contract.notes.length,
      ];
    };
    expect(suppliersOf("A")).toEqual([1, 0]);
    expect(suppliersOf("A Ltd")).toEqual([2, 1]);
  });

  test("a country is written in two letters of ISO 3166-1", () => {
    const [one] = contractOf(form(object(lot("1")) + award("1", contractor("A")))).lots;
    expect(one?.suppliers?.[0].value[0]?.country?.[0].value).toBe("GB");
  });
});

describe("R-LANG: the original language", () => {
  const named = (name: string) => object(lot("1")) + award("1", contractor(name));

  test("translations are left alone", () => {
    expect(lotsOf(form(named("B"), "F03_2014", "TRANSLATION") + form(named("A")))).toEqual(["1 awarded: A; -"]);
    expect(rulesOf(form(named("B"), "F03_2014", "TRANSLATION") + form(named("A")))).toEqual([]);
  });

  test("without an original the first is taken, and it is said", () => {
    expect(lotsOf(form(named("B"), "F03_2014", "TRANSLATION"))).toEqual(["1 awarded: B; -"]);
    expect(rulesOf(form(named("B"), "F03_2014", "TRANSLATION"))).toEqual(["R-LANG"]);
  });
});

test("R-SUP: of several sizes of a company in one notice the first counts, and the others are told", () => {
  const [NUMBER, SME, LARGE] = ["<NATIONALID>552100554</NATIONALID>", "<SME/>", "<NO_SME/>"];
  const sized = (size: string) => contractor("A", NUMBER).replace("</CONTRACTOR>", `${size}</CONTRACTOR>`);
  const notesOf = (first: string, second: string) => {
    const awards = award("1", "", sized(first)) + award("2", "", sized(second));
    return contractOf(form(object(lot("1"), lot("2")) + awards)).notes.map(({ rule, text }) => `${rule} ${text}`);
  };
  expect(notesOf(SME, LARGE)).toEqual([
    "R-SUP A: its size is large here, and SME where it is named first, which counts",
  ]);
  expect([notesOf(SME, SME), notesOf(SME, ""), notesOf("", SME)]).toEqual([[], [], []]);
});

test("N4: a day that is none counts as missing, and is said to", () => {
  const signed = (day: string) =>
    contractOf(
      form(
        object(lot("1")) + award("1", `<DATE_CONCLUSION_CONTRACT>${day}</DATE_CONCLUSION_CONTRACT>`, contractor("A")),
      ),
    );
  const { awardDate, notes } = signed("2020-02-30");
  expect([awardDate, notes]).toEqual([
    undefined,
    [{ rule: "N4", text: "DATE_CONCLUSION_CONTRACT: a text that is not a date counts as missing: 2020-02-30" }],
  ]);
  expect(signed("2020-02-29").notes).toEqual([]);
});

test("the notice, its buyers, its framework and its codes", () => {
  const contract = contractOf(
    form(
      "<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>City</OFFICIALNAME></ADDRESS_CONTRACTING_BODY>" +
        "<ADDRESS_CONTRACTING_BODY_ADDITIONAL><OFFICIALNAME>County</OFFICIALNAME></ADDRESS_CONTRACTING_BODY_ADDITIONAL></CONTRACTING_BODY>" +
        object('<CPV_MAIN><CPV_CODE CODE="45000000"/></CPV_MAIN>', lot("1")) +
        "<PROCEDURE><FRAMEWORK/></PROCEDURE>" +
        award("1", "<DATE_CONCLUSION_CONTRACT>2020-01-15</DATE_CONCLUSION_CONTRACT>", contractor("A")),
      "F06_2014",
    ),
  );
  expect(contract).toMatchObject({ id: "00000123-2020", title: "Works", framework: true, regime: "utilities" });
  expect(contract.buyer?.[0]).toEqual({ value: "City", by: { source: "00000123-2020", locator: "CONTRACTING_BODY" } });
  expect([contract.jointBuyers, contract.cpv, contract.awardDate].map((fact) => fact?.[0].value)).toEqual([
    ["County"],
    ["45000000"],
    { year: 2020, month: 1, day: 15 },
  ]);
  expect(contract.publications).toEqual([
    {
      id: "00000123-2020",
      version: undefined,
      date: { year: 2020, month: 2, day: 3 },
      kind: "F06",
      file: "notice.xml",
    },
  ]);
});

test("F13: a contest's winners, and its prizes, which is said", () => {
  const prize = `<RESULTS><AWARDED_PRIZE><WINNERS><WINNER><ADDRESS_WINNER><OFFICIALNAME>A</OFFICIALNAME></ADDRESS_WINNER></WINNER></WINNERS><VAL_PRIZE CURRENCY="EUR">900</VAL_PRIZE><DATE_DECISION_JURY>2020-01-02</DATE_DECISION_JURY></AWARDED_PRIZE></RESULTS>`;
  expect(lotsOf(form(object() + prize, "F13_2014"))).toEqual(["no-lot awarded: A; EUR 900"]);
  expect(rulesOf(form(object() + prize, "F13_2014"))).toEqual(["R-AMT"]);
  expect(contractOf(form(object() + prize, "F13_2014")).awardDate?.[0].value).toEqual({ year: 2020, month: 1, day: 2 });
  expect(lotsOf(form(`${object()}<RESULTS><NO_AWARDED_PRIZE/></RESULTS>`, "F13_2014"))).toEqual([
    "no-lot closed-no-winner: -; -",
  ]);
});

test("F20: the award keeps its value, the change is a modification", () => {
  const change = `<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT><DATE_START>2020-01-01</DATE_START><DATE_END>2021-12-31</DATE_END></DESCRIPTION_PROCUREMENT><INFO_MODIFICATIONS><UNFORESEEN_CIRCUMSTANCE/><VAL_TOTAL_BEFORE CURRENCY="EUR">10</VAL_TOTAL_BEFORE><VAL_TOTAL_AFTER CURRENCY="EUR">12</VAL_TOTAL_AFTER></INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>`;
  const contract = contractOf(form(object(lot("1")) + award("1", contractor("A"), total("10")) + change, "F20_2014"));
  expect(contract.lots.map(lotText)).toEqual(["1 awarded: A; EUR 10"]);
  expect(contract.modifications.map(({ value, ground }) => [value && formatMoney(value), ground])).toEqual([
    ["EUR 2", "unforeseen circumstances"],
  ]);
  expect(contract.modifications.map(({ startDate, endDate }) => [startDate?.year, endDate])).toEqual([
    [2020, { year: 2021, month: 12, day: 31 }],
  ]);
  expect(contractAfterAll(contract).endDate?.[0].value).toEqual({ year: 2021, month: 12, day: 31 });
  expect(contract.endDate).toBeUndefined();
});

test.each([
  ['<LEGAL_BASIS VALUE="32014L0024"/>', "F20_2014", "classic"],
  ['<DIRECTIVE VALUE="2014/25/EU"/>', "F20_2014", "utilities"],
  ["<LEGAL_BASIS_OTHER/>", "F20_2014", undefined],
  ["", "F06_2014", "utilities"],
])("a form that is for several directives says which it is under: %s in %s", (basis, name, regime) => {
  expect(contractOf(form(basis + object(lot("1")), name)).regime).toBe(regime);
});

test("F20 belongs to the award notice whose number it gives, and F03 stands for itself", () => {
  const procedure = "<PROCEDURE><NOTICE_NUMBER_OJ>2019/S 016-034225</NOTICE_NUMBER_OJ></PROCEDURE>";
  const noticeOf = (content: string, name: string) => read(exportOf(form(object() + content, name))).notices[0];
  expect(noticeOf(procedure, "F20_2014")).toMatchObject({ role: "modification", procedure: "00034225-2019" });
  expect(noticeOf("", "F20_2014")).toMatchObject({ role: "modification", procedure: undefined });
  expect(noticeOf(procedure, "F03_2014")).toMatchObject({ role: "award", procedure: undefined });
});

describe("the forms before 2014", () => {
  const olderForm = (value: string, organisation = "<OFFICIALNAME>A</OFFICIALNAME>"): string =>
    `<CONTRACT_AWARD CATEGORY="ORIGINAL"><FD_CONTRACT_AWARD><CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD><NAME_ADDRESSES_CONTACT_CONTRACT_AWARD><CA_CE_CONCESSIONAIRE_PROFILE><ORGANISATION><OFFICIALNAME>City</OFFICIALNAME></ORGANISATION></CA_CE_CONCESSIONAIRE_PROFILE></NAME_ADDRESSES_CONTACT_CONTRACT_AWARD></CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD>` +
    `<OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE><DESCRIPTION_AWARD_NOTICE_INFORMATION><TITLE_CONTRACT><P>Post</P></TITLE_CONTRACT><NOTICE_INVOLVES_DESC><CONCLUSION_FRAMEWORK_AGREEMENT/></NOTICE_INVOLVES_DESC></DESCRIPTION_AWARD_NOTICE_INFORMATION></OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE>` +
    `<AWARD_OF_CONTRACT><LOT_NUMBER>1</LOT_NUMBER><CONTRACT_AWARD_DATE><DAY>7</DAY><MONTH>12</MONTH><YEAR>2014</YEAR></CONTRACT_AWARD_DATE><ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><ORGANISATION>${organisation}</ORGANISATION><COUNTRY VALUE="FR"/></CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS><CONTRACT_VALUE_INFORMATION>${value}</CONTRACT_VALUE_INFORMATION></AWARD_OF_CONTRACT></FD_CONTRACT_AWARD></CONTRACT_AWARD>`;
  const costs = (content: string): string =>
    `<COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR">${content}</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE>`;

  test("the formatted figure counts, not its text", () => {
    const contract = contractOf(olderForm(costs('<VALUE_COST FMTVAL="1420000">1 420 000</VALUE_COST>')));
    expect(contract.lots.map(lotText)).toEqual(["1 awarded: A; EUR 1,420,000"]);
    expect(contract).toMatchObject({ title: "Post", framework: true });
    expect([contract.buyer, contract.awardDate].map((fact) => fact?.[0].value)).toEqual([
      "City",
      { year: 2014, month: 12, day: 7 },
    ]);
  });

  test("a figure that includes value added tax says so", () => {
    const [one] = contractOf(olderForm(costs('<VALUE_COST FMTVAL="12">12</VALUE_COST><INCLUDING_VAT/>'))).lots;
    expect(one?.awarded?.[0].value).toMatchObject([{ vat: "included" }]);
  });

  test("R2.0.7: the name stands directly in the organisation; an estimate is no value", () => {
    const estimate =
      '<INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT CURRENCY="EUR"><VALUE_COST FMTVAL="5">5</VALUE_COST></INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT>';
    expect(lotsOf(olderForm(estimate, "La Poste"))).toEqual(["1 awarded: La Poste; -"]);
  });

  test("R-AMT: a range is no value", () => {
    const range = costs("<RANGE_VALUE_COST/>");
    expect(lotsOf(olderForm(range))).toEqual(["1 awarded: A; -"]);
    expect(rulesOf(olderForm(range))).toEqual(["R-AMT"]);
  });
});

describe("F3: what tells of no award is called by its name", () => {
  test.each([
    ["<F02_2014 CATEGORY='ORIGINAL'/>", "a contract notice (F02)"],
    ["<F12_2014 CATEGORY='ORIGINAL'/>", "a design contest (F12)"],
    ["<F14_2014 CATEGORY='TRANSLATION'/>", "a corrigendum (F14)"],
    ["<F24_2014 CATEGORY='ORIGINAL'/>", "a concession notice (F24)"],
    ["<F21_2014 CATEGORY='ORIGINAL'><NOTICE TYPE='CONTRACT'/></F21_2014>", "a contract notice (F21)"],
    ["<F22_2014 CATEGORY='ORIGINAL'><NOTICE TYPE='QSU_ONLY'/></F22_2014>", "a qualification system (F22)"],
    ["<F23_2014 CATEGORY='ORIGINAL'><NOTICE TYPE='PRI_ONLY'/></F23_2014>", "a prior information notice (F23)"],
    ["<PRIOR_INFORMATION CATEGORY='ORIGINAL'/>", "a prior information notice (PRIOR_INFORMATION)"],
    ["<UK4_2023 CATEGORY='ORIGINAL'><ocid>ocds-1</ocid></UK4_2023>", "a UK tender notice (UK4)"],
    ["<F99_2044 CATEGORY='ORIGINAL'/>", "a notice of another form (F99)"],
    ["", "a notice of another form"],
  ])("%s is %s", (written, what) => {
    const { notices, findings, other } = read(exportOf(written));
    expect([notices, findings]).toEqual([[], []]);
    expect(other?.finding).toMatchObject({
      rule: "F2",
      message: `this is not an award notice: it is ${what}`,
      position: { file: "notice.xml", line: 1 },
    });
  });

  test("an F21 that says it is an award, or says nothing, is one", () => {
    const content = object(lot("1")) + award("1", contractor("A"));
    expect(lotsOf(form(`<NOTICE TYPE="AWARD_CONTRACT"/>${content}`, "F21_2014"))).toEqual(["1 awarded: A; -"]);
    expect(lotsOf(form(content, "F21_2014"))).toEqual(["1 awarded: A; -"]);
  });
});

describe("F3: forms of the United Kingdom's own are releases of OCDS, element by element", () => {
  const awarded = (id: string, name: string, amount: string): string =>
    `<awards><id>${id}</id><status>active</status><suppliers><name>${name}</name></suppliers><relatedLots>1</relatedLots>` +
    `<value><amount>${amount}</amount><currency>GBP</currency></value></awards>`;
  const uk = (name: string, content: string): string =>
    `<${name} FORM="UK" LEGAL_BASIS="2023/54" CATEGORY="ORIGINAL"><ocid>ocds-zz-1</ocid>${content}</${name}>`;

  test.each(["UK5_2023", "UK6_2023", "UK7_2023", "UK10_2023"])("%s is read", (name) => {
    const contract = contractOf(
      uk(
        name,
        `<tag>award</tag><tender><title>Vans</title><lots><id>1</id></lots></tender>${awarded("a", "Birch", "100")}${awarded("b", "Cedar", "20.5")}<empty/>`,
      ),
    );
    expect(contract).toMatchObject({ id: "ocds-zz-1", title: "Vans", procedure: "ocds-zz-1" });
    expect(contract.lots.map(lotText)).toEqual(["1 awarded: Birch | Cedar; GBP 120.50"]);
    expect(contract.publications).toMatchObject([
      { id: "ocds-zz-1/2020/S 023-000123", date: { year: 2020, month: 2, day: 3 }, kind: "award" },
    ]);
  });

  test("one that is broken is refused, and without a tender it is one, too", () => {
    expect(read(exportOf(uk("UK6_2023", "<awards>")).replace("</awards>", "")).findings).not.toEqual([]);
    expect(contractOf(uk("UK6_2023", awarded("a", "Birch", "1"))).lots.map(lotText)).toEqual([
      "1 awarded: Birch; GBP 1",
    ]);
  });
});

describe("F1: a figure in an attribute, and as people write it", () => {
  const valued = (attribute: string | undefined, text: string): string =>
    form(
      `<FD_CONTRACT_AWARD><AWARD_OF_CONTRACT><CONTRACT_VALUE_INFORMATION><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR">` +
        `<VALUE_COST${attribute === undefined ? "" : ` FMTVAL="${attribute}"`}>${text}</VALUE_COST>` +
        `</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION><ECONOMIC_OPERATOR_NAME_ADDRESS>` +
        "<ORGANISATION>A</ORGANISATION></ECONOMIC_OPERATOR_NAME_ADDRESS></AWARD_OF_CONTRACT></FD_CONTRACT_AWARD>",
      "CONTRACT_AWARD",
    );
  const amountFor = (attribute: string | undefined, text: string) =>
    amountsText(contractOf(valued(attribute, text)).lots[0]?.awarded?.[0].value);

  test.each([
    ["1420000", "1 420 000", "EUR 1,420,000"],
    ["881379.66", "881 379,66", "EUR 881,379.66"],
    ["96000.00", "96.000,00", "EUR 96,000.00"],
    ["96000", "96.000", "EUR 96,000"],
    ["96.000", "96.000", "EUR 96.00"],
    ["1000000", "1,000,000", "EUR 1,000,000"],
    ["5", "", "EUR 5"],
    ["5", "about five", "EUR 5"],
    [undefined, "49 700,50", "EUR 49,700.50"],
    [undefined, "1'000", "EUR 1,000"],
  ])("%j beside %j is %s", (attribute, text, expected) => {
    expect(amountFor(attribute, text)).toBe(expected);
    expect(rulesOf(valued(attribute, text))).toEqual([]);
  });

  test.each([
    ["4970000", "49 700", "EUR 49,700", "the text"],
    ["49700", "4 970 000", "EUR 4,970,000", "the text"],
    ["4970050", "49.700,50", "EUR 49,700.50", "the text"],
    ["49.7", "49.700", "EUR 49.70", undefined],
    ["5000", "49 700", "EUR 5,000", "the attribute"],
    ["5000", "\n 49 700\t", "EUR 5,000", "the attribute"],
  ])("where they differ: %s beside %s is %s", (attribute, text, expected, counts) => {
    expect(amountFor(attribute, text)).toBe(expected);
    const notes = contractOf(valued(attribute, text)).notes.map((note) => `${note.rule} ${note.text}`);
    expect(notes).toEqual(
      counts === undefined
        ? []
        : [`R-AMT award 1: a value is ${attribute} in its attribute and ${text.trim()} in its text: ${counts} counts`],
    );
  });
});

test("F2: amounts before and after a modification, directly and within VALUES", () => {
  const change =
    '<VAL_TOTAL_BEFORE CURRENCY="EUR">100</VAL_TOTAL_BEFORE><VAL_TOTAL_AFTER CURRENCY="EUR">120</VAL_TOTAL_AFTER>';
  const modified = (content: string) =>
    contractOf(
      form(
        `<MODIFICATIONS_CONTRACT><INFO_MODIFICATIONS>${content}</INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>`,
        "F20_2014",
      ),
    ).modifications.map(({ value }) => value && formatMoney(value));
  expect(modified(change)).toEqual(["EUR 20"]);
  expect(modified(`<VALUES>${change}</VALUES>`)).toEqual(["EUR 20"]);
});

test("T10c: what several win of one framework lot are offers for the same volume", () => {
  const awards = award("1", contractor("A"), total("10")) + award("1", contractor("B"), total("7"));
  const framework = `<PROCEDURE><FRAMEWORK/></PROCEDURE>`;
  const [lots, notes] = [
    contractOf(form(object(lot("1")) + framework + awards)).lots,
    contractOf(form(object(lot("1")) + framework + awards)).notes,
  ];
  expect(lots[0]?.awarded?.[0].value).toMatchObject([{ minor: 1700n, least: 1000n, bound: "between" }]);
  expect(notes).toEqual([
    { rule: "T10", text: "1: several won one framework: their tenders are offers for the same volume" },
  ]);
  expect(lotsOf(form(object(lot("1")) + awards))).toEqual(["1 awarded: A | B; EUR 17"]);
  const unvalued = award("1", contractor("A")) + award("1", contractor("B"));
  expect(rulesOf(form(object(lot("1")) + framework + unvalued))).toEqual([]);
});

test("T10e: a value below zero is one", () => {
  expect(lotsOf(form(object(lot("1")) + award("1", contractor("A"), total("-10"))))).toEqual(["1 awarded: A; EUR -10"]);
});
