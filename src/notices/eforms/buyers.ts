import { childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode } from "../stated-values.ts";
import type { Organisations } from "./organisations.ts";
import { idIn, type NoticeReading, valueIn } from "./reading.ts";

/** Those who buy: of the first of them also where it is. */
export interface Buyers {
  readonly names: readonly string[];
  readonly country: string | undefined;
}

/** The names of those who buy together, each once, in the order of the notice (OPT-300). */
export const buyersOf = (root: XmlElement, organisations: Organisations, reading: NoticeReading): Buyers => {
  let country: string | undefined;
  const names = new Set(
    childrenOf(root, "ContractingParty").flatMap((element) => {
      const id = idIn(descend(element, "Party", "PartyIdentification"));
      const organisation = id === undefined ? undefined : organisations.find(id);
      // Plain UBL says the name itself (E9).
      const name = organisation?.name ?? reading.text(descend(element, "Party", "PartyName"), "Name");
      if (id !== undefined && name === undefined)
        reading.notes.add("R-SUP", "a buyer that the notice does not describe", id);
      country ??= name === undefined ? undefined : (organisation?.country ?? countryIn(element));
      return name ?? [];
    }),
  );
  return { names: [...names], country };
};

/** Plain UBL says itself where a buyer is (E9). */
const countryIn = (element: XmlElement): string | undefined =>
  countryCode(valueIn(descend(element, "Party", "PostalAddress", "Country"), "IdentificationCode") ?? "");
