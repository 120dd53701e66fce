import { presentDay } from "../../model/calendar.ts";
import { comparePartialDates, type PartialDate } from "../../model/partial-date.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { dateIn } from "./period.ts";

/** Groups of fields that SDK 1.16 and later keep secret together, by their codes in the list `undisclosed-data-group`. */
export type SecretGroup = "not-valu" | "not-fram" | "ten-valu";

/** What a notice as a whole declares secret (BT-195 from SDK 1.16 on), for as long as it is. */
export const secretGroupsIn = (extension: XmlElement | undefined): ReadonlySet<string> =>
  new Set(
    childrenOf(extension, "NoticeInformationNondisclosure")
      .filter((declaration) => !isOver(dateIn(declaration, "InformationDisclosureDate")))
      .flatMap((declaration) => childrenOf(declaration, "NondisclosureReference"))
      .flatMap((reference) => childrenOf(reference, "NondisclosureID"))
      .map(textOf),
  );

/** Whether what was secret up to a day has been disclosed (BT-198). */
const isOver = (until: PartialDate | undefined): boolean =>
  until !== undefined && comparePartialDates(until, presentDay()) <= 0;

/** Whether a field is declared secret where it would stand (BT-195 before SDK 1.16). */
export const isDeclaredSecret = (parent: XmlElement | undefined, code: string): boolean =>
  childrenOf(parent, "FieldsPrivacy").some((privacy) => {
    const element = childOf(privacy, "FieldIdentifierCode");
    return element !== undefined && textOf(element) === code;
  });
