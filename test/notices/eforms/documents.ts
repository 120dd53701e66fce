import {
  amount,
  announced,
  contract,
  group,
  lot,
  notice,
  organisation,
  party,
  project,
  result,
  secret,
  technique,
  tender,
  text,
} from "./notice-xml.ts";

/** A notice with something of everything. */
const FULL = notice({
  number: "00000001-2024",
  published: "2024-06-01Z",
  buyers: ["ORG-1"],
  organisations:
    organisation("ORG-1", "Ghent") +
    organisation("ORG-2", "Acme &amp; Söhne", { legalId: "552 100 554", country: "FRA" }) +
    organisation("ORG-3", "Ελλάδα", { country: "GRC" }),
  results:
    amount("cbc:TotalAmount", "EUR 120000.50") +
    secret("not-max-val") +
    result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"], maximum: "EUR 500000", reestimate: "EUR 1" }) +
    result("LOT-2", { status: "clos-nw", contracts: ["CON-1"], maximum: "EUR -1" }) +
    tender("TEN-1", { party: "TPA-1", lot: "LOT-1", value: "EUR 120000.50", rank: "1" }) +
    tender("TEN-2", { party: "TPA-2", lot: "GLO-1", value: "PLN 7", more: secret("win-ten-val") }) +
    contract("CON-1", { tenders: ["TEN-1", "TEN-2"], more: "<cbc:AwardDate>2024-05-02+02:00</cbc:AwardDate>" }) +
    party("TPA-1", ["ORG-2", "ORG-3"], { name: "Both", lead: "ORG-2", subcontractors: ["ORG-1"] }) +
    party("TPA-2", [], { name: "Alone" }),
  groups: group("GLO-1", ["LOT-1", "LOT-2"]),
  project: text("cbc:Name", "Cloud") + text("cbc:Name", "<![CDATA[Nuages & co]]>", "FRA"),
  lots:
    lot("LOT-1", technique("fa-wo-rc") + project(announced("EUR 70", "EUR 60"))) +
    lot(
      "LOT-2",
      project('<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">48</cbc:DurationMeasure></cac:PlannedPeriod>'),
    ) +
    lot("GLO-1", "", "LotsGroup"),
});

/** Notices of eForms to make mutants of. */
export const EFORMS_DOCUMENTS: readonly string[] = [FULL, notice({ lots: lot("LOT-1") })];
