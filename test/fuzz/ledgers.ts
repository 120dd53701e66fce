import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome } from "../cases/case-file.ts";
import { mutantBytes, type Random, randomFrom } from "./mutants.ts";
import { ask, Fault, sameAnswers, type Trial } from "./trial.ts";

type Order = Readonly<Record<"order" | "lot" | "supplier" | "date" | "amount" | "description", string>>;

const one = <T>(random: Random, items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];

const orderFrom = (random: Random, index: number): Order => ({
  order: `PO-${index}`,
  lot: one(random, ["1", "2", "", "9"]),
  supplier: one(random, ["alder", "birch", "Alder Ltd", "", "nobody"]),
  date: one(random, ["2024-05-17", "2024-05", "2024", "", "2031-01-01"]),
  amount: one(random, ["EUR 12,000.00", "EUR 7", "EUR -3.50", "USD 5", "EUR 0"]),
  description: one(random, ["", "a, b", 'say "so"', "two\nlines", "=1+1", "ä;ö"]),
});

const REGISTER = {
  suppliers: [
    { supplier: "alder", name: "Alder Ltd" },
    { supplier: "birch", name: "Birch" },
  ],
  contract: {
    contract: "c",
    awardDate: "2024-01-01",
    term: "4 years",
    lots: [
      { lot: "1", ceiling: "EUR 20,000", suppliers: ["alder", "birch"] },
      { lot: "2", ceilingPerSupplier: "EUR 9,000", suppliers: ["alder", "birch"] },
    ],
  },
};

const registerWith = (more: object): string =>
  JSON.stringify({ suppliers: REGISTER.suppliers, contracts: [{ ...REGISTER.contract, ...more }] });

const FIELDS = ["order", "lot", "supplier", "date", "amount", "description"] as const;

const csvOf = (orders: readonly Order[], random: Random): string => {
  const [separator, end] = [one(random, [",", ";", "\t"]), one(random, ["\n", "\r\n"])];
  const field = (text: string): string =>
    /[",;\t\r\n]/.test(text) || random(4) === 0 ? `"${text.replaceAll('"', '""')}"` : text;
  const rows = [[...FIELDS], ...orders.map((order) => FIELDS.map((name) => order[name]))];
  return rows.map((row) => row.map(field).join(separator) + end).join("");
};

const stated = (order: Order): object => Object.fromEntries(Object.entries(order).filter(([, text]) => text !== ""));

const QUESTIONS = [
  ["headroom", "--json"],
  ["headroom", "--burn", "6m", "--json"],
] as const;

/** What a register with such a ledger beside it answers, and what is said of it. */
const answersWith = async (register: string, ledger: string, content: Buffer): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-fuzz-"));
  try {
    const file = join(folder, "register.json");
    writeFileSync(file, register);
    writeFileSync(join(folder, ledger), content);
    const answers: Outcome[] = [];
    for (const argv of QUESTIONS) answers.push(await ask([...argv, "--data", file, "--at", "2025-06-30"], content));
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const shown = (outcomes: readonly Outcome[]): readonly string[] => outcomes.map(({ stdout }) => stdout);

const ordersFrom = (random: Random): readonly Order[] =>
  Array.from({ length: 1 + random(8) }, (_, index) => orderFrom(random, index));

/** Orders in the register, in CSV and in JSON Lines: all answer alike. */
const formats: Trial = async (seed) => {
  const random = randomFrom(seed);
  const orders = ordersFrom(random);
  const csv = Buffer.from(csvOf(orders, random));
  const lines = Buffer.from(orders.map((order) => `${JSON.stringify(stated(order))}\n`).join(""));
  const inRegister = await answersWith(registerWith({ orders: orders.map(stated) }), "none.csv", csv);
  const [refused] = inRegister.filter(({ exitCode }) => exitCode !== 0);
  if (refused !== undefined) throw new Fault(`refused: ${refused.stderr}`, csv);
  for (const [file, content] of [["orders.csv", csv] as const, ["orders.jsonl", lines] as const]) {
    const answers = await answersWith(registerWith({ ledger: file }), file, content);
    sameAnswers(file, shown(inRegister), shown(answers), content);
  }
  return "answered";
};

/** A ledger that was changed somewhere is answered or refused in order. */
const mutants: Trial = async (seed) => {
  const random = randomFrom(seed);
  const content = mutantBytes([Buffer.from(csvOf(ordersFrom(random), random))], seed);
  const answers = await answersWith(registerWith({ ledger: "orders.csv" }), "orders.csv", content);
  return answers.every(({ exitCode }) => exitCode === 0) ? "answered" : "refused";
};

export const LEDGER_TRIALS: Readonly<Record<string, Trial>> = { ledger: formats, "ledger-mutants": mutants };
