import {
  group,
  lot,
  notice,
  organisation,
  party,
  result,
  contract as settled,
  tender,
} from "../notices/eforms/notice-xml.ts";
import { list, type Shapes } from "./shape.ts";

const many = (n: number) => ({
  organisations: list(n, (i) => organisation(`ORG-${i}`, `Acme ${i}`)).join(""),
  results:
    list(n, (i) =>
      result(`LOT-${i}`, { status: "selec-w", tenders: [`TEN-${i}`], contracts: [`CON-${i}`], maximum: "EUR 5" }),
    ).join("") +
    list(
      n,
      (i) =>
        tender(`TEN-${i}`, { party: `TPA-${i}`, lot: `LOT-${i}`, value: "EUR 3" }) +
        party(`TPA-${i}`, [`ORG-${i}`]) +
        settled(`CON-${i}`, { tenders: [`TEN-${i}`] }),
    ).join(""),
  lots: list(n, (i) => lot(`LOT-${i}`)).join(""),
});

const contractor = (name: string): string =>
  `<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>${name}</OFFICIALNAME><COUNTRY VALUE="FR"/></ADDRESS_CONTRACTOR></CONTRACTOR>`;

const tedAward = (i: number, lotNo: string): string =>
  `<AWARD_CONTRACT ITEM="${i}"><LOT_NO>${lotNo}</LOT_NO><AWARDED_CONTRACT><DATE_CONCLUSION_CONTRACT>2020-01-15</DATE_CONCLUSION_CONTRACT><CONTRACTORS>${contractor(`A${i}`)}</CONTRACTORS><VALUES><VAL_TOTAL CURRENCY="EUR">120000.50</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>`;

const ted = (objects: string, awards: string): string =>
  `<?xml version="1.0"?><TED_EXPORT xmlns="ted" DOC_ID="1-2020"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>20200203</DATE_PUB></REF_OJS><NOTICE_DATA><NO_DOC_OJS>2020/S 023-000001</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION><F03_2014 CATEGORY="ORIGINAL"><OBJECT_CONTRACT><TITLE><P>Roads</P></TITLE>${objects}</OBJECT_CONTRACT><PROCEDURE><FRAMEWORK/></PROCEDURE>${awards}</F03_2014></FORM_SECTION></TED_EXPORT>`;

/** Notices in XML. */
export const NOTICES: Shapes = {
  "eforms lots": (n) => notice(many(n)),
  "eforms results of one lot": (n) =>
    notice({
      organisations: list(n, (i) => organisation(`ORG-${i}`, `Acme ${i}`)).join(""),
      lots: lot("LOT-1"),
      results: list(
        n,
        (i) =>
          result("LOT-1", { status: "selec-w", tenders: [`TEN-${i}`], contracts: [`CON-${i}`], maximum: "EUR 5" }) +
          tender(`TEN-${i}`, { party: `TPA-${i}`, value: "EUR 3" }) +
          party(`TPA-${i}`, [`ORG-${i}`]) +
          settled(`CON-${i}`, { tenders: [`TEN-${i}`] }),
      ).join(""),
    }),
  "eforms tenders of one result": (n) =>
    notice({
      organisations: list(n, (i) => organisation(`ORG-${i}`, `Acme ${i}`)).join(""),
      lots: lot("LOT-1"),
      results:
        result("LOT-1", { status: "selec-w", tenders: list(n, (i) => `TEN-${i}`), maximum: "EUR 5" }) +
        list(
          n,
          (i) => tender(`TEN-${i}`, { party: `TPA-${i}`, value: "EUR 3" }) + party(`TPA-${i}`, [`ORG-${i}`]),
        ).join(""),
    }),
  "eforms party members": (n) =>
    notice({
      organisations: list(n, (i) => organisation(`ORG-${i}`, `Acme ${i}`)).join(""),
      lots: lot("LOT-1"),
      results:
        result("LOT-1", { status: "selec-w", tenders: [`TEN-1`] }) +
        tender(`TEN-1`, { party: `TPA-1`, value: "EUR 3" }) +
        party(
          `TPA-1`,
          list(n, (i) => `ORG-${i}`),
          { subcontractors: list(n, (i) => `ORG-${i}`) },
        ),
    }),
  "eforms one tender all lots": (n) =>
    notice({
      organisations: organisation(`ORG-1`, `Acme`),
      lots: list(n, (i) => lot(`LOT-${i}`)).join(""),
      results:
        list(n, (i) =>
          result(`LOT-${i}`, { status: "selec-w", tenders: ["TEN-1"], contracts: ["CON-1"], maximum: "EUR 5" }),
        ).join("") +
        tender("TEN-1", { party: "TPA-1", value: "EUR 3" }) +
        party("TPA-1", ["ORG-1"]) +
        settled("CON-1", { tenders: ["TEN-1"] }),
    }),
  "eforms contract of many tenders": (n) =>
    notice({ ...many(n), results: many(n).results + settled("CON-X", { tenders: list(n, (i) => `TEN-${i}`) }) }),
  "eforms deep": (n) => notice({ ...many(1), more: "<cbc:Note>".repeat(n) + "</cbc:Note>".repeat(n) }),
  "eforms attributes saxes": (n) =>
    `<?pi x?>${notice({ ...many(1), more: `<cbc:Note ${list(n, (i) => `a${i}="1"`).join(" ")}>x</cbc:Note>` })}`,
  "eforms many names saxes": (n) => `<?pi x?>${notice({ ...many(1), more: list(n, (i) => `<cbc:N${i}/>`).join("") })}`,
  "eforms entities": (n) => notice({ ...many(1), more: `<cbc:Note>${"&amp;".repeat(n * 4)}</cbc:Note>` }),
  "eforms stray amps": (n) => notice({ ...many(1), more: `<cbc:Note>${"& ".repeat(n * 4)}</cbc:Note>` }),
  "eforms unclosed": (n) => notice({ ...many(1), more: "<cbc:Note>".repeat(n) }),
  "eforms stray lt": (n) => notice({ ...many(1), more: "< ".repeat(n * 4) }),
  "xml doctype": (n) => `<!DOCTYPE a [${'<!ENTITY a "b">'.repeat(n)}]><a/>`,
  "xml root attributes": (n) =>
    `<ContractAwardNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2" ${list(n, (i) => `a${i}=""`).join(" ")}/>`,
  "eforms groups": (n) =>
    notice({
      lots: list(n, (i) => lot(`LOT-${i}`)).join("") + list(n, (i) => lot(`GLO-${i}`, "", "LotsGroup")).join(""),
      groups: list(n, (i) => group(`GLO-${i}`, [`LOT-${i}`])).join(""),
      results: many(n).results,
      organisations: many(n).organisations,
    }),
  "eforms equal maxima": (n) =>
    notice({
      ...many(n),
      results:
        list(n, (i) =>
          result(`LOT-${i}`, { status: "selec-w", tenders: [`TEN-${i}`], contracts: ["CON-1"], maximum: "EUR 5" }),
        ).join("") +
        list(n, (i) => tender(`TEN-${i}`, { party: "TPA-1", lot: `LOT-${i}`, value: "EUR 3" })).join("") +
        party("TPA-1", ["ORG-0"]) +
        settled("CON-1", { tenders: list(n, (i) => `TEN-${i}`) }),
    }),
  "ted awards": (n) =>
    ted(
      list(n, (i) => `<OBJECT_DESCR><LOT_NO>${i}</LOT_NO></OBJECT_DESCR>`).join(""),
      list(n, (i) => tedAward(i, `${i}`)).join(""),
    ),
  "ted awards one lot": (n) =>
    ted("<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR>", list(n, (i) => tedAward(i, "1")).join("")),
  "ted lots range each": (n) =>
    ted(
      list(n, (i) => `<OBJECT_DESCR><LOT_NO>${i}</LOT_NO></OBJECT_DESCR>`).join(""),
      list(n, (i) => tedAward(i, "1-2")).join(""),
    ),
  "ted contractors": (n) =>
    ted(
      "<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR>",
      `<AWARD_CONTRACT ITEM="1"><LOT_NO>1</LOT_NO><AWARDED_CONTRACT><CONTRACTORS>${list(n, (i) => contractor(`A${i}`)).join("")}</CONTRACTORS></AWARDED_CONTRACT></AWARD_CONTRACT>`,
    ),
};
