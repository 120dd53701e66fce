import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode } from "../country-code.ts";
import { legalId } from "../legal-id.ts";
import type { Notes } from "../notes.ts";
import { readNoticeDate } from "../notice-date.ts";
import type { Award, Contractor, Form } from "./award.ts";
import { cpvIn, formattedValue, textIn } from "./values.ts";

/** Reads an award notice of R2.0.7 or R2.0.8, which describes no lots besides those of its awards. */
export const readFormBefore = (form: XmlElement, notes: Notes): Form => {
  const body = form.children.find(({ name }) => name.startsWith("FD_")) ?? form;
  const parts = body.children;
  const object = parts.find(({ name }) => name.startsWith("OBJECT_CONTRACT"));
  const description = object?.children.find(({ name }) => name.startsWith("DESCRIPTION_"));
  const total = childOf(object, "TOTAL_FINAL_VALUE");
  const involves = description?.children.find(({ name }) => name.startsWith("NOTICE_INVOLVES_DESC"));
  return {
    title: textIn(description, "TITLE_CONTRACT"),
    buyers: buyersOf(parts.find(({ name }) => name.startsWith("CONTRACTING_"))),
    framework: childOf(involves, "CONCLUSION_FRAMEWORK_AGREEMENT") !== undefined,
    cpv: cpvIn(childOf(description, "CPV")),
    lots: [],
    awards: parts.filter(isAward).map(awardReader(notes)),
    total: formattedValue(total && (rangeOf(total) ?? total), notes),
    estimate: undefined,
    modified: undefined,
  };
};

const isAward = ({ name }: XmlElement): boolean =>
  name.startsWith("AWARD_OF_CONTRACT") || name === "AWARD_CONTRACT_CONTRACT_AWARD_UTILITIES";

const rangeOf = (parent: XmlElement): XmlElement | undefined =>
  parent.children.find(({ name }) => name.startsWith("COSTS_RANGE_AND_CURRENCY"));

/** The name of the first organisation in an element, however deep. */
const organisationIn = (element: XmlElement): XmlElement | undefined => {
  if (element.name === "ORGANISATION") return element;
  for (const child of element.children) {
    const found = organisationIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
};

const buyersOf = (authority: XmlElement | undefined): readonly string[] => {
  const organisation = authority && organisationIn(authority);
  const name = organisation && (textIn(organisation, "OFFICIALNAME") ?? textOf(organisation));
  return name === undefined || name === "" ? [] : [name];
};

const awardReader =
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
      contractors: childrenOf(element, "ECONOMIC_OPERATOR_NAME_ADDRESS").flatMap(contractorOf),
      together: false,
      value: formattedValue(information && rangeOf(information), notes, `award ${id}`),
      estimate: formattedValue(estimated, notes, `award ${id}`),
      date: dateOf(childOf(element, "CONTRACT_AWARD_DATE")),
      offers: textIn(element, "OFFERS_RECEIVED_NUMBER"),
    };
  };

const contractorOf = (operator: XmlElement): readonly Contractor[] => {
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

const dateOf = (date: XmlElement | undefined) => {
  const part = (name: string): string => (textIn(date, name) ?? "").padStart(2, "0");
  return readNoticeDate(`${part("YEAR")}-${part("MONTH")}-${part("DAY")}`);
};
