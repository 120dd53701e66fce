/** Releases of OCDS to measure with: made up, the same every time, as full of other things as published ones. */
import { closeSync, openSync, writeSync } from "node:fs";

const digits = (number, length) => String(number).padStart(length, "0");
const list = (count, write) => Array.from({ length: count }, (_, index) => write(index + 1));
const usd = (amount) => ({ amount, currency: "USD" });

/** So many companies win all lots; the more, the larger the answer. */
const COMPANIES = 5_000;

const company = (number) => ({ id: `XX-REG-${digits(number, 6)}`, name: `Company ${number} & Sons` });

const party = (number, roles) => ({
  ...company(number),
  identifier: { scheme: "XX-REG", id: digits(number, 6), legalName: `Company ${number} & Sons Limited` },
  address: {
    streetAddress: `${number} Station Road`,
    locality: "Example",
    region: "North",
    postalCode: digits(number % 10_000, 4),
    countryName: "Ruritania",
  },
  contactPoint: { name: "Sales", email: `sales${number}@example.org`, telephone: "+00 000 000 000" },
  roles,
});

const document = (name, number) => ({
  id: `${name}-${number}`,
  documentType: "tenderNotice",
  title: `Document ${number} of ${name}`,
  url: `https://www.example.org/documents/${name}/${number}.pdf`,
  datePublished: "2024-01-15T09:30:00Z",
  format: "application/pdf",
  language: "en",
});

const item = (number, lot) => ({
  id: String(number),
  description: `Item ${number}: delivery, installation and upkeep of what the departments need`,
  classification: { scheme: "CPV", id: "30200000", description: "Computer equipment and supplies" },
  quantity: number,
  unit: { name: "Unit", value: usd(120.5) },
  relatedLot: lot,
});

/** A process with two framework agreements, of one supplier and of two, whose ceilings stand in each award. */
export const releaseOf = (number) => {
  const [one, two, three] = [number, number * 7 + 1, number * 13 + 2].map((winner) => (winner % COMPANIES) + 1);
  const ocid = `ocds-a1b2c3-${digits(number, 8)}`;
  const award = (id, lot, winner, ceiling) => ({
    id,
    title: `Award ${id}`,
    status: "active",
    date: "2024-05-02T00:00:00Z",
    value: usd(ceiling / 2),
    maximumValue: usd(ceiling),
    suppliers: [company(winner)],
    relatedLots: [lot],
    items: [item(1, lot)],
  });
  const ceilings = [1_000_000 + number, 2_000_000 + number];
  return {
    ocid,
    id: `${ocid}-2024-06-03`,
    date: "2024-06-03T12:00:00Z",
    tag: ["compiled"],
    initiationType: "tender",
    language: "en",
    parties: [
      party(COMPANIES + (number % 100) + 1, ["buyer", "procuringEntity"]),
      ...[...new Set([one, two, three])].map((winner) => party(winner, ["supplier", "tenderer"])),
    ],
    buyer: company(COMPANIES + (number % 100) + 1),
    planning: {
      rationale: "The agreements before end this year.",
      budget: { amount: usd(5_000_000), project: "Supply" },
    },
    tender: {
      id: `T-${number}`,
      title: `Framework agreements ${number}`,
      description: "Delivery, installation and upkeep of what the departments need. ".repeat(6).trim(),
      status: "complete",
      procurementMethod: "open",
      mainProcurementCategory: "goods",
      value: usd(5_000_000),
      tenderPeriod: { startDate: "2024-01-15T00:00:00Z", endDate: "2024-03-15T12:00:00Z" },
      techniques: {
        hasFrameworkAgreement: true,
        frameworkAgreement: { method: "withReopeningCompetition", maximumParticipants: 4 },
      },
      lots: list(2, (lot) => ({ id: String(lot), title: `Lot ${lot}`, description: "As above.", status: "complete" })),
      items: list(2, (lot) => item(lot, String(lot))),
      documents: list(3, (each) => document("tender", each)),
      numberOfTenderers: 7,
    },
    awards: [award("1", "1", one, ceilings[0]), award("2", "2", two, ceilings[1]), award("3", "2", three, ceilings[1])],
    contracts: list(2, (each) => ({
      id: `C-${each}`,
      awardID: String(each),
      title: `Contract ${each}`,
      status: "active",
      period: { startDate: "2024-07-01T00:00:00Z", endDate: "2026-06-30T23:59:59Z" },
      value: usd(ceilings[each - 1] / 2),
      dateSigned: "2024-06-01T00:00:00Z",
      documents: [document("contract", each)],
    })),
  };
};

export const RELEASES_SHAPE = "processes of 2 lots with 3 awards, 7 kB a process";

/** Writes one release a line until there are so many bytes; gives how many lines that took. */
export const writeReleases = (file, bytes) => {
  const output = openSync(file, "w");
  let number = 0;
  let lines = "";
  for (let written = 0; written < bytes; ) {
    const line = `${JSON.stringify(releaseOf(++number))}\n`;
    written += line.length;
    lines += line;
    if (lines.length < 1 << 20 && written < bytes) continue;
    writeSync(output, lines);
    lines = "";
  }
  closeSync(output);
  return number;
};
