import { award, eur, release, supplier } from "./reading.ts";

/** A release with something of everything. */
const FULL = release({
  tag: ["award", "contract"],
  buyer: { id: "B-1", name: "Town of Ferrow" },
  parties: [
    { id: "B-1", name: "Town of Ferrow", roles: ["buyer"] },
    { id: "alder", name: "Alder", roles: ["supplier"], identifier: { scheme: "XX-REG", id: "17" } },
    { id: "birch", name: "Birch & Søn", roles: ["supplier", "leadTenderer"], address: { countryName: "Norway" } },
  ],
  tender: {
    title: "Bridges",
    value: eur(900_000.5),
    numberOfTenderers: 3,
    contractPeriod: { startDate: "2024-06-01T00:00:00Z", endDate: "2026-05-31T23:59:59Z", durationInDays: 730 },
    items: [{ id: "1", classification: { scheme: "CPV", id: "45221110" }, relatedLot: "1" }],
    lots: [
      { id: "1", title: "Over water", value: eur(500_000) },
      { id: "2", title: "Over land", status: "cancelled" },
    ],
    techniques: {
      hasFrameworkAgreement: true,
      frameworkAgreement: { method: "withReopeningCompetition", maximumParticipants: 4, value: eur(1_000_000) },
    },
  },
  awards: [
    award("a", "Alder", { relatedLots: ["1"], value: eur(5.25), maximumValue: eur(400_000), date: "2024-05-02" }),
    award("b", "Birch", { relatedLots: ["1", "2"], value: eur(7), suppliers: [supplier("Alder"), supplier("Birch")] }),
  ],
  contracts: [
    { id: "c", awardID: "a", status: "active", value: eur(5.25), dateSigned: "2024-06-03T00:00:00+02:00" },
    { id: "d", awardID: "b", amendments: [{ id: "1", date: "2025-01-01", description: "More" }] },
  ],
  relatedProcesses: [{ id: "1", relationship: ["framework"], identifier: "ocds-9" }],
});
const EARLIER = { ...FULL, id: "r0", date: "2024-01-01T00:00:00Z" };

/** Releases of OCDS to make mutants of. */
export const OCDS_DOCUMENTS: readonly string[] = [
  JSON.stringify(FULL),
  JSON.stringify({ uri: "https://example.org", version: "1.1", releases: [EARLIER, FULL] }, null, 2),
  JSON.stringify({ records: [{ ocid: "ocds-1", releases: [EARLIER], compiledRelease: FULL }] }),
  [EARLIER, FULL].map((line) => JSON.stringify(line)).join("\n"),
];
