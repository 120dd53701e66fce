/**
 * The ledgers of test/registers/realistic/, 2,000 orders in all. The amounts of each group of orders rise by equal steps,
 * so that their sum can be checked by hand; dates, buyers and the order of the rows come from a seed.
 */

/** So many orders of one supplier on one lot, from one amount on in equal steps, in whole units of the currency. */
export interface Run {
  readonly lot: string;
  readonly supplier: string;
  readonly count: number;
  readonly first: number;
  readonly step: number;
  /** The year in which they are placed. */
  readonly year: number;
}

/** What a run adds up to: the count times the mean of its first and its last amount. */
export const sumOf = ({ count, first, step }: Run): number => (count * (2 * first + (count - 1) * step)) / 2;

export interface LedgerPlan {
  readonly file: string;
  readonly prefix: string;
  readonly buyers: readonly string[];
  readonly runs: readonly Run[];
  readonly print: (rows: readonly Row[]) => string;
}

interface Row {
  readonly id: string;
  readonly lot: string;
  readonly supplier: string;
  readonly buyer: string;
  readonly date: string;
  readonly amount: number;
}

/** Numbers that look random and are the same each time (a linear congruence, modulo 2³¹). */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
};

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

const rowsOf = ({ prefix, buyers, runs }: LedgerPlan): readonly Row[] => {
  const random = numbersFrom(prefix.length * 1000 + runs.length);
  const rows = runs.flatMap(({ lot, supplier, count, first, step, year }) =>
    Array.from({ length: count }, (_, index) => ({
      lot,
      supplier,
      buyer: buyers[random(buyers.length)] ?? "",
      date: `${year}-${pad(random(12) + 1, 2)}-${pad(random(28) + 1, 2)}`,
      amount: first + index * step,
    })),
  );
  for (let last = rows.length - 1; last > 0; last--) {
    const other = random(last + 1);
    const [a, b] = [rows[last], rows[other]];
    if (a !== undefined && b !== undefined) [rows[last], rows[other]] = [b, a];
  }
  return rows.map((row, index) => ({ id: `${prefix}-${pad(index + 1, 4)}`, ...row }));
};

const grouped = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+$)/g, ",");

/** Headings as the register expects them, the currency in every amount. */
const plainCsv = (rows: readonly Row[]): string =>
  [
    "order,lot,supplier,buyer,date,amount",
    ...rows.map(({ id, lot, supplier, buyer, date, amount }) =>
      [id, lot, supplier, buyer, date, `EUR ${amount}`].join(","),
    ),
  ].join("\n");

/** As a purchasing system exports it: headings of its own, semicolons, thousands set apart, the currency beside. */
const exportedCsv =
  (currency: string) =>
  (rows: readonly Row[]): string =>
    [
      "PO number;Lot;Vendor;Ordered by;Placed on;Net amount;Cur",
      ...rows.map(({ id, lot, supplier, buyer, date, amount }) =>
        [id, lot, supplier, buyer, date, `${grouped(amount)}.00`, currency].join(";"),
      ),
    ].join("\n");

const jsonLines = (rows: readonly Row[]): string =>
  rows
    .map(({ id, lot, supplier, date, amount }) =>
      JSON.stringify({ order: id, lot, supplier, date, amount: `EUR ${amount}` }),
    )
    .join("\n");

const CITY = "City of Anderby";
const PORT = "Port of Anderby";
const HOSPITAL = "Anderby Regional Hospital";

export const LEDGERS: readonly LedgerPlan[] = [
  {
    file: "networks-orders.csv",
    prefix: "NET",
    buyers: [CITY, PORT, HOSPITAL],
    print: plainCsv,
    runs: [
      // 400 × (2,000 + 9,980) / 2 = 2,396,000, of lot 1's EUR 4.0M and, from March 2023 on, 4.4M.
      { lot: "1", supplier: "nordlicht", count: 400, first: 2000, step: 20, year: 2022 },
      // 200 × (5,000 + 8,980) / 2 = 1,398,000; lot 1 has 3,794,000 in all.
      { lot: "1", supplier: "quay", count: 200, first: 5000, step: 20, year: 2023 },
      // 100 × (10,000 + 29,800) / 2 = 1,990,000 of lot 2's 2.5M.
      { lot: "2", supplier: "Kabel & Mast", count: 100, first: 10_000, step: 200, year: 2022 },
      // 50 × 1,000 = 50,000 of lot 3's 1.5M.
      { lot: "3", supplier: "coast-it", count: 50, first: 1000, step: 0, year: 2023 },
    ],
  },
  {
    file: "cranes-orders.csv",
    prefix: "CRN",
    buyers: [PORT],
    print: plainCsv,
    runs: [
      // 200 × (10,000 + 19,950) / 2 = 2,995,000 of lot 1's 4M.
      { lot: "1", supplier: "dock", count: 200, first: 10_000, step: 50, year: 2022 },
      // 150 × (10,000 + 24,900) / 2 = 2,617,500 of lot 2's 3M; the two lots have 5,612,500 of their group's 6M.
      { lot: "2", supplier: "quay", count: 150, first: 10_000, step: 100, year: 2023 },
      // 100 × (1,000 + 10,900) / 2 = 595,000 of lot 3's 3M, and 50 × 20,000 = 1,000,000 of lot 4's.
      { lot: "3", supplier: "dock", count: 100, first: 1000, step: 100, year: 2022 },
      { lot: "4", supplier: "sparks", count: 50, first: 20_000, step: 0, year: 2023 },
    ],
  },
  {
    file: "buses-export.csv",
    prefix: "4500",
    buyers: ["Anderby Transit"],
    print: exportedCsv("GBP"),
    runs: [
      // 200 × (20,000 + 59,800) / 2 = 7,980,000 of lot 1's GBP 12M, and 100 × 50,000 = 5,000,000 of 8M.
      { lot: "single-deck", supplier: "Blue Bus Builders", count: 200, first: 20_000, step: 200, year: 2023 },
      { lot: "double-deck", supplier: "blue-bus", count: 100, first: 50_000, step: 0, year: 2023 },
    ],
  },
  {
    file: "imaging-orders.jsonl",
    prefix: "IMG",
    buyers: [HOSPITAL],
    print: jsonLines,
    runs: [
      // Each supplier has EUR 700,000 for itself: 100 × (1,000 + 12,880) / 2 = 694,000, and 60 × 5,000 = 300,000.
      { lot: "1", supplier: "mediline", count: 100, first: 1000, step: 120, year: 2023 },
      { lot: "1", supplier: "sparks", count: 60, first: 5000, step: 0, year: 2023 },
    ],
  },
  {
    file: "servers-orders.csv",
    prefix: "SRV",
    buyers: ["University of the Coast"],
    print: plainCsv,
    runs: [
      // 50 × (25,100 + 34,900) / 2 = 1,500,000 and the same again: EUR 3M, which is all there is.
      { lot: "1", supplier: "unidata", count: 50, first: 25_100, step: 200, year: 2022 },
      { lot: "1", supplier: "coast-it", count: 50, first: 25_100, step: 200, year: 2023 },
    ],
  },
  {
    file: "paper-orders.csv",
    prefix: "PAP",
    buyers: [CITY],
    print: plainCsv,
    // 85 × (1,000 + 4,360) / 2 = 227,800 of EUR 200,000.
    runs: [{ lot: "1", supplier: "orchard", count: 85, first: 1000, step: 40, year: 2023 }],
  },
  {
    file: "cleaning-orders.csv",
    prefix: "CLN",
    buyers: [CITY],
    print: plainCsv,
    runs: [
      // 100 × (3,000 + 8,940) / 2 = 597,000 of EUR 900,000, all before the supplier left.
      { lot: "1", supplier: "kabel", count: 100, first: 3000, step: 60, year: 2023 },
      // Five more of 1,000 each, dated after it left.
      { lot: "1", supplier: "kabel", count: 5, first: 1000, step: 0, year: 2024 },
    ],
  },
];

/** The text of a ledger as it lies in its file. */
export const printLedger = (plan: LedgerPlan): string => `${plan.print(rowsOf(plan))}\n`;
