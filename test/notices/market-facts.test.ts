import { describe, expect, test } from "vitest";
import { contractsOfNotices } from "../../src/notices/contract-of-notices.ts";
import { readDecp } from "../../src/notices/decp/read-decp.ts";
import { SupplierPool } from "../../src/notices/supplier-pool.ts";
import { readTed } from "../../src/notices/ted/read-ted.ts";
import type { Contract } from "../../src/records/contract.ts";
import { contract, notice, organisation, party, result, tender } from "./eforms/notice-xml.ts";
import { contractIn as eformsContractIn } from "./eforms/reading.ts";
import { award, contractIn as ocdsContractIn, release } from "./ocds/reading.ts";

/** What analysts ask of a market: each fact with where it is stated. */
const factsOf = ({ procedureType, directAward, nature, buyerCountry, callDate }: Contract): readonly string[] =>
  [procedureType, directAward, nature, buyerCountry, callDate].flatMap((fact) =>
    fact === undefined ? [] : [`${JSON.stringify(fact[0].value)} ${fact[0].by.locator}`],
  );

const sizesOf = ({ lots }: Contract): readonly (string | undefined)[] =>
  lots.flatMap(({ suppliers }) => (suppliers?.[0].value ?? []).map(({ size }) => size?.[0].value));

describe("eForms", () => {
  const process = (code: string, more = "") =>
    `<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">${code}</cbc:ProcedureCode>${more}</cac:TenderingProcess>`;
  const reason = (list: string, code: string) =>
    `<cac:ProcessJustification><cbc:ProcessReasonCode listName="${list}">${code}</cbc:ProcessReasonCode></cac:ProcessJustification>`;

  test.each([
    ["open", '"open" BT-105'],
    ["restricted", '"restricted" BT-105'],
    ["neg-w-call", '"negotiated" BT-105'],
    ["neg-wo-call", '"direct" BT-105'],
    ["comp-dial", '"competitive dialogue" BT-105'],
    ["innovation", '"innovation partnership" BT-105'],
    ["comp-tend", '"competitive tendering" BT-105'],
    ["oth-single", '"other" BT-105'],
    ["oth-mult", '"other" BT-105'],
  ])("BT-105 %s", (code, expected) => {
    expect(factsOf(eformsContractIn(notice({ more: process(code) })))).toEqual([expected]);
  });

  test("BT-105 and BT-136 that are secret are not known", () => {
    const secret = process("unpublished", reason("direct-award-justification", "unpublished"));
    expect(factsOf(eformsContractIn(notice({ more: secret })))).toEqual([]);
  });

  test("BT-136: each reason once, and no other justification", () => {
    const reasons = [
      reason("accelerated-procedure", "true"),
      ...["technical", "exclusive", "technical"].map((code) => reason("direct-award-justification", code)),
    ].join("");
    expect(factsOf(eformsContractIn(notice({ more: process("neg-wo-call", reasons) })))).toEqual([
      '"direct" BT-105',
      '["technical","exclusive"] BT-136',
    ]);
  });

  test("BT-109: why a lot runs for so long, as its notice says, or the call before it", () => {
    const lot = (key: string, reason: string) =>
      `<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">${key}</cbc:ID><cac:TenderingProcess><cac:FrameworkAgreement>${reason}</cac:FrameworkAgreement></cac:TenderingProcess></cac:ProcurementProjectLot>`;
    const reason = '<cbc:Justification languageID="ENG">Cranes last long</cbc:Justification>';
    const read = eformsContractIn(
      notice({
        more: lot("LOT-1", reason) + lot("LOT-2", ""),
        results: result("LOT-1", { tenders: ["TEN-1"] }) + result("LOT-2", { tenders: ["TEN-1"] }),
      }),
    );
    const reasons = read.lots.map(({ longTermReason }) => longTermReason?.map(({ value, by }) => [value, by.locator]));
    expect(reasons).toEqual([[["Cranes last long", "BT-109"]], undefined]);
  });

  test("BT-23 beside other kinds, and where the first buyer is", () => {
    const code = (list: string, value: string) =>
      `<cbc:ProcurementTypeCode listName="${list}">${value}</cbc:ProcurementTypeCode>`;
    const project = `<cac:ProcurementProject>${code("strategic-procurement", "works")}${code("contract-nature", "supplies")}</cac:ProcurementProject>`;
    const read = eformsContractIn(
      notice({
        more: project,
        buyers: ["ORG-1", "ORG-2"],
        organisations: organisation("ORG-1", "Ghent") + organisation("ORG-2", "Vienna", { country: "AUT" }),
      }),
    );
    expect(factsOf(read)).toEqual(['"supplies" BT-23', '"AT" BT-514']);
  });

  test("BT-165: how large a winner is", () => {
    const sized = (key: string, size: string) =>
      organisation(key, key).replace(
        "<efac:Company>",
        `<efac:Company><efbc:CompanySizeCode>${size}</efbc:CompanySizeCode>`,
      );
    const read = eformsContractIn(
      notice({
        organisations: sized("ORG-1", "micro") + sized("ORG-2", "enormous"),
        results:
          result("LOT-1", { tenders: ["TEN-1", "TEN-2"] }) +
          tender("TEN-1", { party: "TPA-1", lot: "LOT-1" }) +
          tender("TEN-2", { party: "TPA-2", lot: "LOT-1" }) +
          contract("CON-1", { tenders: ["TEN-1", "TEN-2"] }) +
          party("TPA-1", ["ORG-1"]) +
          party("TPA-2", ["ORG-2"]),
      }),
    );
    expect(sizesOf(read)).toEqual(["micro", undefined]);
  });
});

describe("TED", () => {
  const exported = (coded: string, form: string): Contract => {
    const text =
      `<TED_EXPORT xmlns="ted" DOC_ID="1-2020"><CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>2020/S 023-000001</NO_DOC_OJS><ISO_COUNTRY VALUE="UK"/></NOTICE_DATA>` +
      `<CODIF_DATA>${coded}</CODIF_DATA></CODED_DATA_SECTION><FORM_SECTION><F03_2014 CATEGORY="ORIGINAL">${form}</F03_2014></FORM_SECTION></TED_EXPORT>`;
    const [read] = readTed(text, "notice.xml", new SupplierPool()).notices;
    if (read === undefined) throw new Error("no notice");
    return read.contract;
  };

  test("what every form is coded as, and why there was no call", () => {
    const form =
      "<PROCEDURE><DIRECTIVE_2014_24_EU><PT_AWARD_CONTRACT_WITHOUT_CALL><D_ACCORDANCE_ARTICLE><D_TECHNICAL/><D_EXTREME_URGENCY/></D_ACCORDANCE_ARTICLE>" +
      "</PT_AWARD_CONTRACT_WITHOUT_CALL></DIRECTIVE_2014_24_EU></PROCEDURE>";
    expect(factsOf(exported('<NC_CONTRACT_NATURE CODE="2"/><PR_PROC CODE="V"/>', form))).toEqual([
      '"direct" PR_PROC',
      '["technical","urgency"] PROCEDURE',
      '"supplies" NC_CONTRACT_NATURE',
      '"GB" ISO_COUNTRY',
    ]);
  });

  test.each([
    ["PR_PROC", "1", "open"],
    ["PR_PROC", "2", "restricted"],
    ["PR_PROC", "3", "restricted"],
    ["PR_PROC", "4", "negotiated"],
    ["PR_PROC", "6", "negotiated"],
    ["PR_PROC", "B", "negotiated"],
    ["PR_PROC", "C", "competitive dialogue"],
    ["PR_PROC", "E", "other"],
    ["PR_PROC", "F", "direct"],
    ["PR_PROC", "G", "innovation partnership"],
    ["PR_PROC", "T", "direct"],
    ["PR_PROC", "V", "direct"],
    ["NC_CONTRACT_NATURE", "1", "works"],
    ["NC_CONTRACT_NATURE", "2", "supplies"],
    ["NC_CONTRACT_NATURE", "4", "services"],
  ])("%s %s", (kind, code, expected) => {
    expect(factsOf(exported(`<${kind} CODE="${code}"/>`, ""))).toEqual([`"${expected}" ${kind}`, '"GB" ISO_COUNTRY']);
  });

  test("a code of none of the kinds says nothing", () => {
    expect(factsOf(exported('<NC_CONTRACT_NATURE CODE="Z"/><PR_PROC CODE="9"/>', ""))).toEqual(['"GB" ISO_COUNTRY']);
  });

  test("whether winners are SMEs", () => {
    const winner = (name: string, size: string) =>
      `<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>${name}</OFFICIALNAME></ADDRESS_CONTRACTOR>${size}</CONTRACTOR>`;
    const form = `<AWARD_CONTRACT><AWARDED_CONTRACT>${winner("A", "<SME/>")}${winner("B", "<NO_SME/>")}${winner("C", "")}</AWARDED_CONTRACT></AWARD_CONTRACT>`;
    expect(sizesOf(exported("", form))).toEqual(["SME", "large", undefined]);
  });
});

describe("OCDS", () => {
  const tendered = (tender: object, more: object = {}) => ocdsContractIn(release({ tender, ...more }));

  test.each([
    [{ procurementMethod: "open" }, ['"open" /tender/procurementMethod']],
    [{ procurementMethod: "Selective" }, ['"restricted" /tender/procurementMethod']],
    [
      { procurementMethod: "limited", procurementMethodRationale: "only one; as ever" },
      ['"limited" /tender/procurementMethod', '["only one; as ever"] /tender/procurementMethodRationale'],
    ],
    [
      { procurementMethod: "open", procurementMethodRationale: "as the law says" },
      ['"open" /tender/procurementMethod'],
    ],
    [
      { procurementMethod: "selective", procurementMethodDetails: "negotiated", procurementMethodRationale: "a; b" },
      ['"negotiated" /tender/procurementMethod', '["a","b"] /tender/procurementMethodRationale'],
    ],
    [{ procurementMethod: "by lot" }, []],
    [{ mainProcurementCategory: "goods" }, ['"supplies" /tender/mainProcurementCategory']],
    [
      { tenderPeriod: { startDate: "2024-03-01T00:00:00Z" } },
      ['{"year":2024,"month":3,"day":1,"offset":"Z"} /tender/tenderPeriod/startDate'],
    ],
  ])("%j", (tender, expected) => expect(factsOf(tendered(tender))).toEqual(expected));

  test("why a framework agreement, or a lot of it, runs for so long", () => {
    const techniques = (periodRationale: string) => ({
      hasFrameworkAgreement: true,
      frameworkAgreement: { periodRationale },
    });
    const { longTermReason, lots } = tendered({
      techniques: techniques("cranes last"),
      lots: [{ id: "1", techniques: techniques("so do docks") }, { id: "2" }],
    });
    const said = [longTermReason, ...lots.map((lot) => lot.longTermReason)].map((fact) =>
      fact?.map(({ value, by }) => `${value} ${by.locator}`),
    );
    const place = "techniques/frameworkAgreement/periodRationale";
    expect(said).toEqual([[`cranes last /tender/${place}`], [`so do docks /tender/lots/0/${place}`], undefined]);
  });

  test("where the buyer is, by whichever member names it", () => {
    const parties = [{ id: "b", name: "Town", roles: ["buyer"], address: { country: "NO" } }];
    expect(factsOf(tendered({}, { parties, buyer: { id: "b" } }))).toEqual(['"NO" /buyer']);
    expect(factsOf(tendered({}, { parties }))).toEqual(['"NO" /parties']);
    expect(factsOf(tendered({ procuringEntity: { name: "Town", address: { country: "SE" } } }))).toEqual([
      '"SE" /tender/procuringEntity',
    ]);
  });

  test("how large suppliers are", () => {
    const scales = ["selfEmployed", "micro", "small", "medium", "sme", "large", "other"];
    const parties = scales.map((scale) => ({ id: scale, name: scale, roles: ["supplier"], details: { scale } }));
    const read = ocdsContractIn(
      release({ parties, awards: [award("a", "A", { suppliers: scales.map((id) => ({ id })) })] }),
    );
    expect(sizesOf(read)).toEqual(["micro", "micro", "small", "medium", "SME", "large", undefined]);
  });
});

test.each([
  ["Appel d'offres ouvert", "open"],
  ["Appel d'offres restreint", "restricted"],
  ["Marché passé sans publicité ni mise en concurrence préalable", "direct"],
  ["Procédure avec négociation", "negotiated"],
  ["Dialogue compétitif", "competitive dialogue"],
  ["Partenariat d'innovation", "innovation partnership"],
  ["Procédure adaptée", "other"],
  ["?", undefined],
])("DECP: %s", (procedure, expected) => {
  const record = { id: "1", acheteur: { id: "21010000000017" }, nature: "Marché", montant: 5, procedure };
  const text = JSON.stringify({ marches: { marche: [record] } });
  const [read] = contractsOfNotices(readDecp(text, "decp.json", new SupplierPool()).notices);
  expect(read?.procedureType?.[0].value).toBe(expected);
});
