import { type Json, type JsonMap, NumberLiteral } from "./json-text.ts";

/**
 * The extensions of OCDS 1.1 whose members releases may have, each with where its members stand: a member and the one
 * that it stands in, `/` for the release itself.
 */
const EXTENSIONS: readonly (readonly [repository: string, places: readonly string[]])[] = [
  [
    "open-contracting-extensions/ocds_lots_extension",
    [
      "tender/lots",
      "tender/lotGroups",
      "items/relatedLot",
      "awards/relatedLots",
      "amendments/relatedLots",
      "relatedProcesses/relatedLots",
    ],
  ],
  ["open-contracting-extensions/ocds_techniques_extension", ["tender/techniques", "lots/techniques"]],
  ["open-contracting-extensions/ocds_bid_extension", ["/bids", "awards/relatedBids"]],
  ["open-contracting-extensions/ocds_subcontracting_extension", ["details/subcontracting", "awards/subcontracting"]],
  ["open-contracting-extensions/ocds_renewal_extension", ["lots/renewal", "tender/renewal"]],
  ["open-contracting-extensions/ocds_legalBasis_extension", ["tender/legalBasis"]],
  ["open-contracting-extensions/ocds_memberOf_extension", ["parties/memberOf"]],
  ["open-contracting-extensions/ocds_countryCode_extension", ["address/country"]],
  ["open-contracting-extensions/ocds_partyDetails_scale_extension", ["details/scale"]],
  ["open-contracting-extensions/ocds_contract_suppliers_extension", ["contracts/suppliers"]],
  ["open-contracting-extensions/ocds_withheldInformation_extension", ["/withheldInformation"]],
  ["open-contracting-extensions/ocds_1_2_draft_extension", ["awards/maximumValue", "awards/estimatedValue"]],
  ["openprocurement/ocds_valueAddedTax_extension", ["/valueAddedTaxIncluded"]],
];

const EXTENSION_OF: ReadonlyMap<string, string> = new Map(
  EXTENSIONS.flatMap(([repository, places]) => places.map((place) => [place, repository] as const)),
);

/** Which extensions releases use, found as they are written. */
export class UsedExtensions {
  readonly #used = new Set<string>();

  add(release: JsonMap): void {
    this.#addIn(release, "");
  }

  /** Where each is described, in the order of the table. */
  urls(): readonly string[] {
    return EXTENSIONS.flatMap(([repository]) =>
      this.#used.has(repository) ? [`https://raw.githubusercontent.com/${repository}/master/extension.json`] : [],
    );
  }

  #addIn(map: JsonMap, name: string): void {
    for (const [key, value] of Object.entries(map)) {
      if (value === undefined) continue;
      const extension = EXTENSION_OF.get(`${name}/${key}`) ?? EXTENSION_OF.get(ANYWHERE.has(key) ? `/${key}` : "");
      if (extension !== undefined) this.#used.add(extension);
      this.#addWithin(value, key);
    }
  }

  #addWithin(value: Json, key: string): void {
    if (typeof value !== "object" || value instanceof NumberLiteral) return;
    if (isList(value)) for (const item of value) this.#addWithin(item, key);
    else this.#addIn(value, key);
  }
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

/** Members of values, wherever those stand. */
const ANYWHERE: ReadonlySet<string> = new Set(["valueAddedTaxIncluded"]);
