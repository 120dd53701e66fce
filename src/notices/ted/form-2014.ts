import type { CompanySize } from "../../records/supplier.ts";
import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode } from "../country-code.ts";
import { legalId } from "../legal-id.ts";
import type { Notes } from "../notes.ts";
import { readNoticeDate } from "../notice-date.ts";
import { statedTerm } from "../stated-term.ts";
import type { Award, Contractor, DescribedLot, Form, Holders, Modified, Period, ValueChange } from "./award.ts";
import { cpvIn, plainValue, textIn, totalIn } from "./values.ts";

/** Reads a form of R2.0.9: F03, F06, F13, F15, F18 and F20 to F25. */
export const readForm2014 = (form: XmlElement, notes: Notes): Form => {
  const object = childOf(form, "OBJECT_CONTRACT");
  return {
    title: textIn(object, "TITLE"),
    buyers: buyersOf(childOf(form, "CONTRACTING_BODY")),
    framework: descend(form, "PROCEDURE", "FRAMEWORK") !== undefined,
    cpv: cpvIn(object),
    lots: lotsIn(object, notes),
    awards: [...childrenOf(form, "AWARD_CONTRACT").map(awardReader(notes)), ...prizesOf(form, notes)],
    total: totalIn(object, notes),
    estimate: plainValue(childOf(object, "VAL_ESTIMATED_TOTAL"), notes),
    modified: modifiedIn(childOf(form, "MODIFICATIONS_CONTRACT"), notes),
  };
};

const buyersOf = (body: XmlElement | undefined): readonly string[] =>
  (body?.children ?? [])
    .filter(({ name }) => name.startsWith("ADDRESS_CONTRACTING_BODY"))
    .flatMap((address) => textIn(address, "OFFICIALNAME") ?? []);

/** The lots that the object of a form describes: one without a number where it is not divided. */
export const lotsIn = (object: XmlElement | undefined, notes: Notes): readonly DescribedLot[] =>
  childrenOf(object, "OBJECT_DESCR").map((described) => {
    const number = textIn(described, "LOT_NO");
    return {
      number,
      title: textIn(described, "TITLE"),
      cpv: cpvIn(described),
      estimate: plainValue(childOf(described, "VAL_OBJECT"), notes, number),
      ...periodIn(described, notes, number),
    };
  });

/** From a day to another, or for a number of months or days. */
const periodIn = (part: XmlElement | undefined, notes: Notes, subject?: string): Period => {
  const duration = childOf(part, "DURATION");
  const unit = duration?.attributes["TYPE"] ?? "";
  if (childOf(part, "RENEWAL") !== undefined)
    notes.add("D1", "renewals have no length in any field: they are left out", subject);
  return {
    start: dateIn(part, "DATE_START"),
    end: dateIn(part, "DATE_END"),
    term: duration && statedTerm(textOf(duration), unit, notes, subject),
  };
};

const dateIn = (parent: XmlElement | undefined, name: string) => readNoticeDate(textIn(parent, name) ?? "");

const awardReader =
  (notes: Notes) =>
  (element: XmlElement, index: number): Award => {
    const awarded = childOf(element, "AWARDED_CONTRACT");
    const id = element.attributes["ITEM"] ?? String(index + 1);
    const inValue = descend(awarded, "VALUES") ?? descend(awarded, "VALUE") ?? awarded;
    return {
      id,
      reference: textIn(element, "CONTRACT_NO"),
      lotText: textIn(element, "LOT_NO"),
      title: textIn(element, "TITLE"),
      outcome: awarded === undefined ? "closed-no-winner" : "awarded",
      ...holdersIn(awarded),
      value: totalIn(inValue, notes, `award ${id}`),
      estimate: plainValue(childOf(inValue, "VAL_ESTIMATED_TOTAL"), notes, `award ${id}`),
      date: dateIn(awarded, "DATE_CONCLUSION_CONTRACT"),
      offers: textIn(childOf(awarded, "TENDERS") ?? awarded, "NB_TENDERS_RECEIVED"),
    };
  };

const holdersIn = (part: XmlElement | undefined): Holders => {
  const group = childOf(part, "CONTRACTORS") ?? part;
  return {
    contractors: childrenOf(group, "CONTRACTOR").flatMap((one) =>
      contractorOf(childOf(one, "ADDRESS_CONTRACTOR"), one),
    ),
    together: childOf(group, "AWARDED_TO_GROUP") !== undefined,
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
const modifiedIn = (modifications: XmlElement | undefined, notes: Notes): Modified | undefined => {
  if (modifications === undefined) return undefined;
  const described = childOf(modifications, "DESCRIPTION_PROCUREMENT");
  const holders = holdersIn(described);
  return {
    period: periodIn(described, notes),
    holders: holders.contractors.length === 0 ? undefined : holders,
    changes: childrenOf(modifications, "INFO_MODIFICATIONS").map((info) => {
      const values = childOf(info, "VALUES") ?? info;
      return {
        before: plainValue(childOf(values, "VAL_TOTAL_BEFORE"), notes),
        after: plainValue(childOf(values, "VAL_TOTAL_AFTER"), notes),
        ground: groundOf(info),
      };
    }),
  };
};

const groundOf = (info: XmlElement): ValueChange["ground"] => {
  if (childOf(info, "UNFORESEEN_CIRCUMSTANCE") !== undefined) return "unforeseen circumstances";
  return childOf(info, "ADDITIONAL_NEED") === undefined ? undefined : "additional works";
};
