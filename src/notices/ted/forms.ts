import type { StatedAmount } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { CompanySize } from "../../records/supplier.ts";
import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notes } from "../notice.ts";
import { countryCode, legalId, type Period, statedDate, statedTerm } from "../stated-values.ts";
import type { NamedParty } from "../supplier-pool.ts";
import { cpvIn, formattedValue, plainValue, textIn, totalIn } from "./values.ts";

/** A company as the older forms name it. */
export type Contractor = Pick<NamedParty, "name" | "legalId" | "country" | "size">;

export interface Holders {
  readonly contractors: readonly Contractor[];
  readonly together: boolean;
}

/** One award of a notice: the older forms have one for each contract, whichever lots it is for. */
export interface Award extends Holders {
  /** The award's own number, else its place. It tells the awards of one notice apart. */
  readonly id: string;
  readonly reference: string | undefined;
  /** What stands in the field for the lot's number, which may be anything. */
  readonly lotText: string | undefined;
  readonly title: string | undefined;
  readonly outcome: "awarded" | "closed-no-winner";
  readonly value: StatedAmount | undefined;
  readonly estimate: StatedAmount | undefined;
  readonly date: PartialDate | undefined;
  readonly offers: string | undefined;
}

export interface DescribedLot extends Period {
  readonly number: string | undefined;
  readonly title: string | undefined;
  readonly cpv: readonly string[];
  readonly estimate: StatedAmount | undefined;
}

interface ValueChange {
  readonly before: StatedAmount | undefined;
  readonly after: StatedAmount | undefined;
  readonly ground: "unforeseen circumstances" | "additional works" | undefined;
}

/** What a contract is after its changes (F20). What is left open is as it was. */
export interface Modified {
  readonly period: Period;
  readonly holders: Holders | undefined;
  readonly changes: readonly ValueChange[];
}

export interface Form {
  readonly title: string | undefined;
  readonly buyers: readonly string[];
  readonly framework: boolean;
  readonly cpv: readonly string[];
  readonly lots: readonly DescribedLot[];
  readonly awards: readonly Award[];
  /** The value of all contracts together, as declared. */
  readonly total: StatedAmount | undefined;
  readonly estimate: StatedAmount | undefined;
  readonly modified: Modified | undefined;
}

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

/** The lots that the object of a form describes. Where it is not divided, there is one without a number. */
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

/** When something runs: from one day to another, or for a number of months or days. */
const periodIn = (part: XmlElement | undefined, notes: Notes, subject?: string): Period => {
  const duration = childOf(part, "DURATION");
  const unit = duration?.attributes["TYPE"] ?? "";
  if (childOf(part, "RENEWAL") !== undefined)
    notes.add("D1", "renewals have no length in any field: they are left out", subject);
  return {
    start: dateIn(part, "DATE_START", notes),
    end: dateIn(part, "DATE_END", notes),
    term: duration && statedTerm(textOf(duration), unit, notes, subject),
  };
};

const dateIn = (parent: XmlElement | undefined, name: string, notes: Notes) =>
  statedDate(textIn(parent, name), name, notes);

const awardReader =
  (notes: Notes) =>
  (element: XmlElement, index: number): Award => {
    const awarded = childOf(element, "AWARDED_CONTRACT");
    const id = element.attributes["ITEM"] ?? String(index + 1);
    const inValue = descend(awarded, "VALUES") ?? descend(awarded, "VALUE") ?? awarded;
    if (awarded === undefined && childOf(element, "NO_AWARDED_CONTRACT") === undefined)
      notes.add(
        "R-STATUS",
        "an award that says nothing of its outcome counts as closed without a winner",
        `award ${id}`,
      );
    return {
      id,
      reference: textIn(element, "CONTRACT_NO"),
      lotText: textIn(element, "LOT_NO"),
      title: textIn(element, "TITLE"),
      outcome: awarded === undefined ? "closed-no-winner" : "awarded",
      ...holdersIn(awarded, notes),
      value: totalIn(inValue, notes, `award ${id}`),
      estimate: plainValue(childOf(inValue, "VAL_ESTIMATED_TOTAL"), notes, `award ${id}`),
      date: dateIn(awarded, "DATE_CONCLUSION_CONTRACT", notes),
      offers: textIn(childOf(awarded, "TENDERS") ?? awarded, "NB_TENDERS_RECEIVED"),
    };
  };

const holdersIn = (part: XmlElement | undefined, notes: Notes): Holders => {
  const group = childOf(part, "CONTRACTORS") ?? part;
  return {
    contractors: childrenOf(group, "CONTRACTOR").flatMap((one) =>
      contractorOf(childOf(one, "ADDRESS_CONTRACTOR"), one, notes),
    ),
    together: childOf(group, "AWARDED_TO_GROUP") !== undefined,
  };
};

const contractorOf = (address: XmlElement | undefined, contractor: XmlElement, notes: Notes): readonly Contractor[] => {
  const name = textIn(address, "OFFICIALNAME");
  if (name === undefined) {
    notes.add("R-SUP", "a winner without a name is left out");
    return [];
  }
  return [
    {
      name,
      legalId: legalId(textIn(address, "NATIONALID") ?? ""),
      country: countryCode(childOf(address, "COUNTRY")?.attributes["VALUE"] ?? ""),
      size: sizeOf(contractor),
    },
  ];
};

/** The size of a winner: the forms say by an element whether it is an SME. */
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
      contractorOf(childOf(winner, "ADDRESS_WINNER"), winner, notes),
    ),
    together: false,
    value,
    estimate: undefined,
    date: dateIn(prize, "DATE_DECISION_JURY", notes),
    offers: undefined,
  };
};

/** What was changed. From R2.0.9 S03 on, the amounts before and after stand in VALUES (F2). */
const modifiedIn = (modifications: XmlElement | undefined, notes: Notes): Modified | undefined => {
  if (modifications === undefined) return undefined;
  const described = childOf(modifications, "DESCRIPTION_PROCUREMENT");
  const holders = holdersIn(described, notes);
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

/** Reads an award notice of R2.0.7 or R2.0.8. It describes no lots besides those of its awards. */
export const readFormBefore = (form: XmlElement, notes: Notes): Form => {
  const body = form.children.find(({ name }) => name.startsWith("FD_")) ?? form;
  const parts = body.children;
  const object = parts.find(({ name }) => name.startsWith("OBJECT_CONTRACT"));
  const description = object?.children.find(({ name }) => name.startsWith("DESCRIPTION_"));
  const total = childOf(object, "TOTAL_FINAL_VALUE");
  const involves = description?.children.find(({ name }) => name.startsWith("NOTICE_INVOLVES_DESC"));
  return {
    title: textIn(description, "TITLE_CONTRACT"),
    buyers: buyersBefore(parts.find(({ name }) => name.startsWith("CONTRACTING_"))),
    framework: childOf(involves, "CONCLUSION_FRAMEWORK_AGREEMENT") !== undefined,
    cpv: cpvIn(childOf(description, "CPV")),
    lots: [],
    awards: parts.filter(isAward).map(awardReaderBefore(notes)),
    total: formattedValue(total && (rangeOf(total) ?? total), notes),
    estimate: undefined,
    modified: undefined,
  };
};

const isAward = ({ name }: XmlElement): boolean =>
  name.startsWith("AWARD_OF_CONTRACT") || name === "AWARD_CONTRACT_CONTRACT_AWARD_UTILITIES";

const rangeOf = (parent: XmlElement): XmlElement | undefined =>
  parent.children.find(({ name }) => name.startsWith("COSTS_RANGE_AND_CURRENCY"));

/** The first organisation in an element, however deep it stands. */
const organisationIn = (element: XmlElement): XmlElement | undefined => {
  if (element.name === "ORGANISATION") return element;
  for (const child of element.children) {
    const found = organisationIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
};

const buyersBefore = (authority: XmlElement | undefined): readonly string[] => {
  const organisation = authority && organisationIn(authority);
  const name = organisation && (textIn(organisation, "OFFICIALNAME") ?? textOf(organisation));
  return name === undefined || name === "" ? [] : [name];
};

const awardReaderBefore =
  (notes: Notes) =>
  (element: XmlElement, index: number): Award => {
    const id = String(index + 1);
    const information = childOf(element, "CONTRACT_VALUE_INFORMATION");
    const estimated = childOf(information, "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT");
    return {
      id,
      reference: textIn(element, "CONTRACT_NUMBER"),
      lotText: textIn(element, "LOT_NUMBER"),
      title: textIn(element, "CONTRACT_TITLE"),
      outcome: "awarded",
      contractors: childrenOf(element, "ECONOMIC_OPERATOR_NAME_ADDRESS").flatMap(contractorBefore),
      together: false,
      value: formattedValue(information && rangeOf(information), notes, `award ${id}`),
      estimate: formattedValue(estimated, notes, `award ${id}`),
      date: dateOf(childOf(element, "CONTRACT_AWARD_DATE"), notes),
      offers: textIn(element, "OFFERS_RECEIVED_NUMBER"),
    };
  };

const contractorBefore = (operator: XmlElement): readonly Contractor[] => {
  const organisation = organisationIn(operator);
  const name = organisation && (textIn(organisation, "OFFICIALNAME") ?? textOf(organisation));
  if (name === undefined || name === "") return [];
  const contact = operator.children.find(({ children }) => children.includes(organisation ?? operator));
  return [
    {
      name,
      legalId: legalId(textIn(organisation, "NATIONALID") ?? ""),
      country: countryCode(descend(contact ?? operator, "COUNTRY")?.attributes["VALUE"] ?? ""),
      size: undefined,
    },
  ];
};

const dateOf = (date: XmlElement | undefined, notes: Notes) => {
  const part = (name: string): string => (textIn(date, name) ?? "").padStart(2, "0");
  const written = textIn(date, "YEAR") && `${part("YEAR")}-${part("MONTH")}-${part("DAY")}`;
  return statedDate(written, "CONTRACT_AWARD_DATE", notes);
};
