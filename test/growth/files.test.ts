import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";
import { someOf } from "../long.ts";
import { holdGrowth } from "./hold.ts";
import { REGISTERS } from "./registers.ts";
import { lines, list, lots, one, word } from "./shape.ts";
import { StepCounter } from "./steps.ts";

/** What is asked of several files: two registers that are compared, ledgers beside a register, and spreadsheets. */

let counter: StepCounter;
let folder: string;
beforeAll(async () => {
  counter = await StepCounter.start();
  folder = mkdtempSync(join(tmpdir(), "growth-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await counter.end();
});

const AT = ["--at", "2024-06-01"];

const fileOf = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** The same register with each amount and each date another. */
const changed = (register: string): string => register.replaceAll("EUR 1M", "EUR 2M").replaceAll("2024-", "2023-");

describe("two registers", () => {
  test.each(["lots with suppliers", "suppliers", "orders", "modifications", "renewals many contracts", "sources"])(
    "diff: %s",
    async (shape) => {
      const make = REGISTERS[shape] ?? String;
      await holdGrowth(counter, (n) => ({
        argv: ["diff", fileOf("old.jsonl", changed(make(n))), "-", ...AT],
        input: Buffer.from(make(n)),
      }));
    },
  );

  test("diff of registers that have nothing in common", async () => {
    const named = (prefix: string, n: number) =>
      lines(...list(n, (i) => one({ contract: `${prefix}${i}`, title: word(i), lots: lots(3) })));
    await holdGrowth(counter, (n) => ({
      argv: ["diff", fileOf("old.jsonl", named("a", n)), "-", ...AT],
      input: Buffer.from(named("b", n)),
    }));
  });
});

/** Ledgers: how they are described, and their rows. */
const LEDGERS: Readonly<Record<string, { readonly keys: object; readonly rows: (n: number) => readonly string[] }>> = {
  plain: { keys: {}, rows: (n) => list(n, (i) => `PO-${i},2024-02-01,1,s,1000.50`) },
  "lines of one order": { keys: { lines: "sum" }, rows: (n) => list(n, () => "PO-1,2024-02-01,1,s,1000.50") },
  "lines of two orders in turn": {
    keys: { lines: "sum" },
    rows: (n) => list(n, (i) => `PO-${i % 2},2024-02-01,1,s,1000.50`),
  },
  "decimal commas": {
    keys: { decimal: ",", dates: "DD/MM/YYYY" },
    rows: (n) => list(n, (i) => `PO-${i};13/02/2024;1;s;1.000,50`),
  },
  "rows that cannot be read": { keys: {}, rows: (n) => list(n, (i) => `PO-${i},some day,1,s,a lot`) },
  "quotes that hold lines": { keys: {}, rows: (n) => list(n, (i) => `"PO-${i}\n\n",2024-02-01,1,s,1000`) },
  "a quote that never ends": { keys: {}, rows: (n) => ['"PO-1', ...list(n, () => "x,x,x,x,x")] },
  "unknown suppliers": { keys: {}, rows: (n) => list(n, (i) => `PO-${i},2024-02-01,1,${word(i)},1`) },
};

describe("ledgers", () => {
  const asked = Object.entries(LEDGERS).flatMap(([name, ledger]) =>
    ["check", "headroom", "orders"].map((command) => ({ name, command, ...ledger })),
  );
  // Of each ledger one question, and each question of some.
  test.each(someOf(asked, 4))("$command: $name", async ({ command, keys, rows }) => {
    const separator = "decimal" in keys ? ";" : ",";
    await holdGrowth(counter, (n) => {
      const head = ["order", "date", "lot", "supplier", "amount"].join(separator);
      fileOf("orders.csv", [head, ...rows(n), ""].join("\n"));
      const register = one({
        lots: [{ lot: "1", ceiling: "EUR 1M", suppliers: ["s"] }],
        ledger: { file: "orders.csv", currency: "EUR", ...keys },
      });
      return { argv: [command, fileOf("register.jsonl", lines({ supplier: "s", name: "S" }, register)), ...AT] };
    });
  });
});

const HEADINGS = "Contract Reference,Contract Name,Supplier,Company Number,Start Date,End Date,Contract Value";

/** Rows of a sheet of contracts. */
const SHEETS: Readonly<Record<string, (n: number) => readonly string[]>> = {
  "a row a contract": (n) =>
    list(n, (i) => `C-${i},${word(i)},${word(i + 3)},${100_000 + i},2024-01-13,2026-01-13,1000`),
  "rows of one contract": (n) => list(n, (i) => `C-1,Things,${word(i)},${100_000 + i},2024-01-13,2026-01-13,1000`),
  "one supplier throughout": (n) => list(n, (i) => `C-${i},Things,Alpha Ltd,100000,2024-01-13,2026-01-13,1000`),
  "suppliers without numbers": (n) => list(n, (i) => `C-${i},Things,${word(i)} Ltd,,2024-01-13,2026-01-13,1000`),
  "rows that contradict": (n) => list(n, (i) => `C-1,${word(i)},Alpha Ltd,100000,2024-01-13,2026-01-13,${i}`),
};

describe("spreadsheets", () => {
  const csv = (rows: readonly string[]): string => [HEADINGS, ...rows, ""].join("\n");

  test.each(Object.entries(SHEETS))("import of CSV: %s", async (_, rows) => {
    await holdGrowth(counter, (n) => ({ argv: ["import", fileOf("sheet.csv", csv(rows(n)))] }));
  });

  test("a map of many columns", async () => {
    const wide = (n: number): string => `${list(n, word).join(",")}\n${list(n, () => "x").join(",")}\n`;
    await holdGrowth(counter, (n) => ({ argv: ["import", "--suggest", fileOf("wide.csv", wide(n))] }));
  });

  test("a workbook, written and read", async () => {
    const register = REGISTERS["lots with suppliers"] ?? String;
    const workbook = async (n: number): Promise<string> => {
      const path = join(folder, "sheet.xlsx");
      await runInProcess(["seats", "-", "-f", "xlsx", "-o", path, ...AT], { input: Buffer.from(register(n)) });
      return path;
    };
    await holdGrowth(counter, async (n) => ({ argv: ["import", "--suggest", await workbook(n)] }));
    await holdGrowth(counter, (n) => ({
      argv: ["seats", "-", "-f", "xlsx", "-o", join(folder, "out.xlsx"), ...AT],
      input: Buffer.from(register(n)),
    }));
  });
});
