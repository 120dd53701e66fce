import type { CompanySize } from "../../records/supplier.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode } from "../country-code.ts";
import { legalId } from "../legal-id.ts";
import type { Notes } from "../notes.ts";
import { readNoticeDate } from "../notice-date.ts";
import type { Award, Contractor, DescribedLot, Form, ValueChange } from "./award.ts";
import { cpvIn, plainValue, textIn, totalIn } from "./values.ts";

/** Reads a form of R2.0.9: F03, F06, F13, F15, F18 and F20 to F25. */
export const readForm2014 = (form: XmlElement, notes: Notes): Form => {
  const object = childOf(form, "OBJECT_CONTRACT");
  const modified = descend(form, "MODIFICATIONS_CONTRACT", "DESCRIPTION_PROCUREMENT");
  const described = childrenOf(object, "OBJECT_DESCR");
  return {
    title: textIn(object, "TITLE"),
    buyers: buyersOf(childOf(form, "CONTRACTING_BODY")),
    framework: descend(form, "PROCEDURE", "FRAMEWORK") !== undefined,
    cpv: cpvIn(object),
    lots: described.map(lotOf),
    awards: [...childrenOf(form, "AWARD_CONTRACT").map(awardReader(notes)), ...prizesOf(form, notes)],
    total: totalIn(object, notes),
    estimate: plainValue(childOf(object, "VAL_ESTIMATED_TOTAL"), notes),
    startDate: dateIn(modified ?? described[0], "DATE_START"),
    endDate: dateIn(modified ?? described[0], "DATE_END"),
    changes: changesOf(form, notes),
  };
};

const buyersOf = (body: XmlElement | undefined): readonly string[] =>
  (body?.children ?? [])
    .filter(({ name }) => name.startsWith("ADDRESS_CONTRACTING_BODY"))
    .flatMap((address) => textIn(address, "OFFICIALNAME") ?? []);

const lotOf = (described: XmlElement): DescribedLot => ({
  number: textIn(described, "LOT_NO"),
  title: textIn(described, "TITLE"),
  cpv: cpvIn(described),
});

const dateIn = (parent: XmlElement | undefined, name: string) => readNoticeDate(textIn(parent, name) ?? "");

const awardReader =
  (notes: Notes) =>
  (element: XmlElement, index: number): Award => {
    const awarded = childOf(element, "AWARDED_CONTRACT");
    const id = element.attributes["ITEM"] ?? String(index + 1);
    const inValue = descend(awarded, "VALUES") ?? descend(awarded, "VALUE") ?? awarded;
    const group = childOf(awarded, "CONTRACTORS") ?? awarded;
    return {
      id,
      reference: textIn(element, "CONTRACT_NO"),
      lotText: textIn(element, "LOT_NO"),
      title: textIn(element, "TITLE"),
      outcome: awarded === undefined ? "closed-no-winner" : "awarded",
      contractors: childrenOf(group, "CONTRACTOR").flatMap((one) =>
        contractorOf(childOf(one, "ADDRESS_CONTRACTOR"), one),
      ),
      together: childOf(group, "AWARDED_TO_GROUP") !== undefined,
      value: totalIn(inValue, notes, `award ${id}`),
      estimate: plainValue(childOf(inValue, "VAL_ESTIMATED_TOTAL"), notes, `award ${id}`),
      date: dateIn(awarded, "DATE_CONCLUSION_CONTRACT"),
      offers: textIn(childOf(awarded, "TENDERS") ?? awarded, "NB_TENDERS_RECEIVED"),
    };
  };

const contractorOf = (address: XmlElement | undefined, contractor: XmlElement): readonly Contractor[] => {
  const name = textIn(address, "OFFICIALNAME");
  if (name === undefined) return [];
  return [
    {
      name,
      legalId: legalId(textIn(address, "NATIONALID") ?? ""),
      country: countryCode(childOf(address, "COUNTRY")?.attributes["VALUE"] ?? ""),
      size: sizeOf(contractor),
    },
  ];
};

/** Whether a winner is an SME, which the forms say by an element. */
const sizeOf = (contractor: XmlElement): CompanySize | undefined => {
  if (childOf(contractor, "SME") !== undefined) return "SME";
  return childOf(contractor, "NO_SME") === undefined ? undefined : "large";
};

/** The results of a design contest (F13): its winners, and the value of the prizes. */
const prizesOf = (form: XmlElement, notes: Notes): readonly Award[] =>
  childrenOf(form, "RESULTS").flatMap((results) =>
    results.children
      .filter(({ name }) => name === "AWARDED_PRIZE" || name === "NO_AWARDED_PRIZE")
      .map((prize, index) => prizeOf(prize, index, notes)),
  );

const prizeOf = (prize: XmlElement, index: number, notes: Notes): Award => {
  const value = plainValue(childOf(prize, "VAL_PRIZE"), notes);
  if (value !== undefined) notes.add("R-AMT", "the value of the prizes counts as what was awarded");
  return {
    id: String(index + 1),
    reference: undefined,
    lotText: undefined,
    title: undefined,
    outcome: prize.name === "AWARDED_PRIZE" ? "awarded" : "closed-no-winner",
    contractors: childrenOf(childOf(prize, "WINNERS") ?? prize, "WINNER").flatMap((winner) =>
      contractorOf(childOf(winner, "ADDRESS_WINNER"), winner),
    ),
    together: false,
    value,
    estimate: undefined,
    date: dateIn(prize, "DATE_DECISION_JURY"),
    offers: undefined,
  };
};

/** What was changed; from R2.0.9 S03 on the amounts before and after stand in VALUES (F2). */
const changesOf = (form: XmlElement, notes: Notes): readonly ValueChange[] =>
  childrenOf(childOf(form, "MODIFICATIONS_CONTRACT"), "INFO_MODIFICATIONS").flatMap((info) => {
    const values = childOf(info, "VALUES") ?? info;
    const before = plainValue(childOf(values, "VAL_TOTAL_BEFORE"), notes);
    const after = plainValue(childOf(values, "VAL_TOTAL_AFTER"), notes);
    if (before === undefined || after === undefined) return [];
    return [{ before, after, ground: groundOf(info) }];
  });

const groundOf = (info: XmlElement): ValueChange["ground"] => {
  if (childOf(info, "UNFORESEEN_CIRCUMSTANCE") !== undefined) return "unforeseen circumstances";
  return childOf(info, "ADDITIONAL_NEED") === undefined ? undefined : "additional works";
};
