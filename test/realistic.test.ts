import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../src/engine/check/check.ts";
import { expiring } from "../src/engine/expiring.ts";
import { headroom } from "../src/engine/headroom/headroom.ts";
import { suppliers } from "../src/engine/suppliers.ts";
import { total } from "../src/engine/total.ts";
import { openRegister } from "../src/register/open-register.ts";
import { linesOf, rowsOf } from "./open-text.ts";
import { LEDGERS, printLedger, sumOf } from "./realistic/ledgers.ts";

/**
 * A region's contracts as they are kept: a folder with three registers and seven ledgers. The answers were worked out by
 * hand, from what test/registers/realistic/ states and from the sums beside the runs in test/realistic/ledgers.ts.
 */
const FOLDER = join(import.meta.dirname, "registers", "realistic");
const AT_END_OF_2024 = { at: { year: 2024, month: 12, day: 31 } };
const register = await openRegister(FOLDER, { positions: true });

test("there are 2,000 orders in ledgers, in runs of equal steps that add up to what is said", () => {
  expect(LEDGERS.flatMap(({ runs }) => runs).reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  for (const plan of LEDGERS) expect(readFileSync(join(FOLDER, plan.file), "utf8")).toBe(printLedger(plan));
  const networks = LEDGERS.find(({ file }) => file === "networks-orders.csv");
  expect(networks?.runs.map(sumOf)).toEqual([2_396_000, 1_398_000, 1_990_000, 50_000]);
});

test("L1, L2, T2, T3: what is left of each ceiling", async () => {
  const lines = await linesOf(
    headroom(register, AT_END_OF_2024),
    "ceilingOf",
    "ceiling",
    "ordered",
    "left",
    "used",
    "use",
  );
  expect(lines).toEqual([
    // 2,396,000 + 1,398,000 + 1,990,000 + 50,000.
    "networks | EUR 8.0M | EUR 5,834,000 | EUR 2,166,000 | 72.9 % | open",
    // 4.0M and the modification of 0.4M.
    "networks/1 | EUR 4.4M | EUR 3,794,000 | EUR 606,000 | 86.2 % | warning",
    "networks/2 | EUR 2.5M | EUR 1,990,000 | EUR 510,000 | 79.6 % | open",
    "networks/3 | EUR 1.5M | EUR 50,000 | EUR 1,450,000 | 3.3 % | open",
    // 597,000, and 5,000 after the supplier left.
    "cleaning/1 | EUR 900k | EUR 602,000 | EUR 298k | 66.9 % | open",
    "paper/1 | EUR 200k | EUR 227,800 | EUR -27,800 | 113.9 % | breach",
    "trees/1 | missing | missing | missing | - | unknown",
    "servers/1 | EUR 3.0M | EUR 3,000,000 | EUR 0 | 100.0 % | exhausted",
    // 2,995,000 + 2,617,500 are under the first group, 595,000 + 1,000,000 under the second, and all under the contract.
    "cranes | EUR 10M | EUR 7,207,500 | EUR 2,792,500 | 72.1 % | open",
    "cranes group new | EUR 6M | EUR 5,612,500 | EUR 387,500 | 93.5 % | warning",
    "cranes group upkeep | EUR 5M | EUR 1,595,000 | EUR 3,405,000 | 31.9 % | open",
    "cranes/1 | EUR 4M | EUR 2,995,000 | EUR 1,005,000 | 74.9 % | open",
    "cranes/2 | EUR 3M | EUR 2,617,500 | EUR 382,500 | 87.3 % | warning",
    "cranes/3 | EUR 3M | EUR 595,000 | EUR 2,405,000 | 19.8 % | open",
    "cranes/4 | EUR 3M | EUR 1,000,000 | EUR 2M | 33.3 % | open",
    "dredging/1 | EUR 5M | missing | missing | - | unknown",
    "lamps/1 | withheld | missing | missing | - | unknown",
    "buses | GBP 20M | GBP 12,980,000.00 | GBP 7,020,000.00 | 64.9 % | open",
    "buses/single-deck | GBP 12M | GBP 7,980,000.00 | GBP 4,020,000.00 | 66.5 % | open",
    "buses/double-deck | GBP 8M | GBP 5,000,000.00 | GBP 3M | 62.5 % | open",
    // 150,000 + 50,000.50 − 0.50.
    "signs/1 | GBP 450k | GBP 200k | GBP 250k | 44.4 % | open",
    // 694,000 and 300,000 of 700,000 for each.
    "imaging/1 mediline | EUR 700k | EUR 694,000 | EUR 6k | 99.1 % | warning",
    "imaging/1 sparks | EUR 700k | EUR 300,000 | EUR 400k | 42.9 % | open",
    "imaging/1 quay | EUR 700k | EUR 0 | EUR 700k | 0.0 % | open",
    "pilots/1 | missing | missing | missing | - | unknown",
  ]);
});

describe("T1, T3, T4, T7, T8: what may be spent", () => {
  test("in all: 8.0 + 0.9 + 0.2 + 3.0 + 10 + 5 + 3 × 0.7 million euros, and 20 + 0.45 million pounds", async () => {
    expect(await linesOf(total(register, AT_END_OF_2024), "lots", "known", "ceiling")).toEqual([
      "18 | 15 | ≥ EUR 29,200k",
      "18 | 15 | ≥ GBP 20,450k",
    ]);
  });

  test("by buyer", async () => {
    const rows = await linesOf(total(register, AT_END_OF_2024, { by: "buyer" }), "buyer", "lots", "ceiling");
    expect(rows.slice(0, 5)).toEqual([
      "Anderby Regional Hospital | 1 | EUR 2,100k",
      "Anderby Transit | 3 | GBP 20,450k",
      // 8.0 + 0.9 + 0.2 million, and trees.
      "City of Anderby | 6 | ≥ EUR 9.1M",
      // 10 + 5 million, lamps and pilot boats.
      "Port of Anderby | 7 | ≥ EUR 15M",
      "University of the Coast | 1 | EUR 3.0M",
    ]);
  });

  test("T2: a merged supplier's seats are its successor's, and those of one that left are nobody's", async () => {
    const rows = await rowsOf(suppliers(register, AT_END_OF_2024));
    expect(new Map(rows.map(({ supplier, lots }) => [supplier, lots]))).toEqual(
      new Map([
        ["nordlicht", 3],
        // networks/1, cranes/1, cranes/2, cranes/3 (which was the merged supplier's), dredging, imaging and pilots.
        ["quay", 7],
        ["orchard", 2],
        ["unidata", 1],
        ["coast-it", 2],
        ["sparks", 4],
        ["blue-bus", 2],
        ["mediline", 1],
      ]),
    );
  });
});

describe("D1, D3: what ends within half a year", () => {
  const ending = (year: number) =>
    linesOf(
      expiring(register, { at: { year, month: 10, day: 1 } }, { within: { count: 6, unit: "m" } }),
      "contract",
      "what",
      "end",
      "certainty",
    );

  test("before a renewal is decided", async () => {
    expect(await ending(2023)).toEqual(["networks | firm | 2023-12-31 | certain", "signs | firm | 2024-01 | certain"]);
  });

  test("after it was exercised; a month of which only the first day lies within is possible", async () => {
    expect(await ending(2024)).toEqual([
      // Nobody decided its renewal.
      "signs | firm | 2024-01 | certain",
      "networks | firm | 2024-12-31 | certain",
      "servers | firm | 2024-12-31 | certain",
      "signs | renewal 1 | 2025-01 | possible",
      "trees | firm | 2025-02 | certain",
      "lamps | firm | 2025-04 | possible",
    ]);
  });
});

test("what a check finds: an order too much, a supplier that left, and groups above their contract", async () => {
  const { findings, ignored } = await check(register, AT_END_OF_2024);
  const shown = findings
    .filter(({ severity }) => severity !== "info")
    .map(({ rule, position }) => `${rule} ${position?.file}:${position?.line}:${position?.column}`);
  expect(shown.map((line) => line.replace(`${FOLDER}/`, ""))).toEqual([
    // A modification raised a lot, and left the ceiling of its contract behind.
    "T4-sum 2-city-and-university.yaml:11:14",
    "L1-breach 2-city-and-university.yaml:59:50",
    "L1-seat cleaning-orders.csv:21:1",
    "T4-sum 3-port-transit-and-hospital.yaml:9:14",
    // The signs' renewal could run since February, and nobody recorded whether it does.
    "D1-undecided 3-port-transit-and-hospital.yaml:64:15",
  ]);
  // Six years of dredging, for a reason that the register gives.
  expect(ignored).toBe(1);
});

test("its suppliers are known to notices, and its ledgers stay ledgers", async () => {
  const notice = join(import.meta.dirname, "..", "examples", "award-notice.xml");
  const rows = await rowsOf(suppliers(await openRegister(notice, { aliases: [FOLDER] })));
  expect(rows.map(({ supplier }) => supplier)).toContain("nordlicht");
});
