/** Registers to measure with: the same for the same seed, made a contract at a time. */
import { closeSync, openSync, writeSync } from "node:fs";

export const SUPPLIERS = 5000;

export const SHAPE = `contracts of 1–6 lots (a buyer, a term, an award date), 1–6 suppliers a lot out of ${SUPPLIERS}, 4 in 10 lots with one
supplier; amounts written "EUR 1234567.00"; one source; the suppliers on lines of their own, a tenth with letters beyond ASCII`;

/** Mulberry32: small, seeded, and good enough to pick suppliers. */
const randomFrom = (seed) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

const digits = (number, length) => String(number).padStart(length, "0");
const TOWNS = ["Aarhus", "Bilbao", "Cork", "Delft", "Espoo", "Ghent", "Graz", "Lyon", "Turin", "Łódź"];
const SERVICES = ["IaaS", "PaaS", "SaaS", "Consulting", "Hardware"];
const DEPLOYMENTS = ["private", "public", "hybrid"];

const supplierRecord = (number) => ({
  supplier: `s${digits(number, 4)}`,
  name: `${TOWNS[number % TOWNS.length]} Systems ${digits(number, 4)}`,
});

const suppliersOf = (random) => {
  const wanted = random(10) < 4 ? 1 : 2 + random(5);
  const chosen = new Set();
  while (chosen.size < wanted) chosen.add(`s${digits(random(SUPPLIERS), 4)}`);
  return [...chosen];
};

const lotRecord = (random, number) => ({
  lot: String(number),
  title: `Services for department ${1 + random(400)}`,
  service: SERVICES[random(SERVICES.length)],
  deployment: DEPLOYMENTS[random(DEPLOYMENTS.length)],
  ceiling: `EUR ${10_000 + random(20_000_000)}.${digits(random(100), 2)}`,
  suppliers: suppliersOf(random),
});

const contractRecord = (random, number, mostLots) => ({
  contract: `c${digits(number, 6)}`,
  title: `Framework contract ${number}`,
  source: `notice ${number}`,
  buyer: `City of ${TOWNS[random(TOWNS.length - 1)]}`,
  awardDate: `${2010 + random(15)}-${digits(1 + random(12), 2)}-${digits(1 + random(28), 2)}`,
  term: "2 years + 2 renewals of 1 year",
  lots: Array.from({ length: Math.min(mostLots, 1 + random(6)) }, (_, index) => lotRecord(random, index + 1)),
});

/** All records of a register with that many lots: its source, its suppliers, its contracts. */
function* recordsOf(lots) {
  const random = randomFrom(lots);
  yield { source: "notice", title: "Award notices" };
  for (let number = 0; number < SUPPLIERS; number++) yield supplierRecord(number);
  for (let number = 1, left = lots; left > 0; number++) {
    const contract = contractRecord(random, number, left);
    left -= contract.lots.length;
    yield contract;
  }
}

/** Writes pieces of text to a file, many at a time. */
const writeAll = (file, pieces) => {
  const descriptor = openSync(file, "w");
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < 1 << 20) continue;
    writeSync(descriptor, text);
    text = "";
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
};

function* map(items, change) {
  for (const item of items) yield change(item);
}

export const writeJsonLines = (file, lots) =>
  writeAll(
    file,
    map(recordsOf(lots), (record) => `${JSON.stringify(record)}\n`),
  );

/** The same records as a person would lay them out. */
export const writeYaml = (file, lots) => {
  const lists = { sources: [], suppliers: [], contracts: [] };
  for (const record of recordsOf(lots)) {
    if ("contract" in record) lists.contracts.push(record);
    else lists["supplier" in record ? "suppliers" : "sources"].push(record);
  }
  writeAll(
    file,
    map(Object.entries(lists), ([name, records]) => `${name}:\n${records.map(yamlRecord).join("")}`),
  );
};

const yamlRecord = (record) => {
  const { lots = [], ...facts } = record;
  const lotLines = lots.map((lot) => yamlFacts(lot, "      ")).join("");
  return `${yamlFacts(facts, "  ")}${lots.length > 0 ? `    lots:\n${lotLines}` : ""}`;
};

const yamlFacts = (facts, indent) =>
  Object.entries(facts)
    .map(([key, value], index) => {
      const text = Array.isArray(value) ? `[${value.join(", ")}]` : value;
      return `${indent}${index === 0 ? "- " : "  "}${key}: ${text}\n`;
    })
    .join("");

/** The same seats in the format of GNU recutils: one record a supplier's seat on a lot. */
export const writeRec = (file, lots) =>
  writeAll(
    file,
    map(recordsOf(lots), (record) =>
      (record.lots ?? [])
        .flatMap(({ lot, ceiling, suppliers }) =>
          suppliers.map(
            (supplier) =>
              `Lot: ${record.contract}/${lot}\nSupplier: ${supplier}\nKind: ${suppliers.length === 1 ? "sole" : "shared"}\nAmount: ${ceiling.slice(4)}\n\n`,
          ),
        )
        .join(""),
    ),
  );

/** The last lot of such a register, as `contract` and `lot`: to find it takes reading everything. */
export const lastLot = (lots) => {
  let last;
  for (const record of recordsOf(lots)) last = record;
  return { contract: last.contract, lot: last.lots.at(-1).lot };
};
