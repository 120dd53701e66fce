import { COMPANY_SIZES, type CompanySize } from "../../records/supplier.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode, legalId } from "../stated-values.ts";

import { idIn, type NoticeReading, valueIn } from "./reading.ts";

/** An organisation that a notice names, in whatever part. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly legalId: string | undefined;
  readonly country: string | undefined;
  /** BT-165. */
  readonly size: CompanySize | undefined;
}

/** The organisations of a notice, by the ids under which its parts refer to them. */
export class Organisations {
  readonly #reading: NoticeReading;
  readonly #companies = new Map<string, XmlElement>();
  readonly #read = new Map<string, Organisation>();

  constructor(extension: XmlElement | undefined, reading: NoticeReading) {
    this.#reading = reading;
    for (const organisation of childrenOf(childOf(extension, "Organizations"), "Organization")) {
      const company = childOf(organisation, "Company");
      if (company === undefined) continue;
      // A touchpoint is a place where its organisation is reached, not another one.
      for (const place of [company, ...childrenOf(organisation, "TouchPoint")]) {
        const id = idIn(childOf(place, "PartyIdentification"));
        if (id !== undefined && !this.#companies.has(id)) this.#companies.set(id, company);
      }
    }
  }

  find(id: string): Organisation | undefined {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const company = this.#companies.get(id);
    if (company === undefined) return undefined;
    const organisation = this.#readCompany(id, company);
    this.#read.set(id, organisation);
    return organisation;
  }

  #readCompany(id: string, company: XmlElement): Organisation {
    const number = valueIn(childOf(company, "PartyLegalEntity"), "CompanyID");
    const names = childrenOf(company, "PartyName").flatMap((name) => childrenOf(name, "Name"));
    const country = valueIn(descend(company, "PostalAddress", "Country"), "IdentificationCode");
    return {
      id,
      name: this.#reading.choose(names) ?? id,
      legalId: number === undefined ? undefined : legalId(number),
      country: country === undefined ? undefined : countryCode(country),
      size: sizeOf(valueIn(company, "CompanySizeCode")),
    };
  }
}

const sizeOf = (code: string | undefined): CompanySize | undefined => COMPANY_SIZES.find((size) => size === code);
