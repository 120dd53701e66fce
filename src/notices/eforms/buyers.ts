import { childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import type { Organisations } from "./organisations.ts";
import { idIn, type NoticeReading } from "./reading.ts";

/** The names of those who buy together, each once, in the order of the notice (OPT-300). */
export const buyersOf = (root: XmlElement, organisations: Organisations, reading: NoticeReading): readonly string[] => [
  ...new Set(
    childrenOf(root, "ContractingParty").flatMap((element) => {
      const id = idIn(descend(element, "Party", "PartyIdentification"));
      const organisation = id === undefined ? undefined : organisations.find(id);
      // Plain UBL says the name itself (E9).
      const name = organisation?.name ?? reading.text(descend(element, "Party", "PartyName"), "Name");
      if (id !== undefined && name === undefined)
        reading.notes.add("R-SUP", "a buyer that the notice does not describe", id);
      return name ?? [];
    }),
  ),
];
