import { describe, expect, test } from "vitest";
import { aligned, alignmentOf, measureRows, splitRange } from "../../src/output/table-layout.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { times } from "../long.ts";

const lined = (...lines: readonly string[]) => {
  const alignment = alignmentOf(lines);
  const all = lines.map((line) => aligned(line, alignment));
  const widest = Math.max(...all.map((line) => line.length));
  return all.map((line) => line.padStart(widest));
};

describe("amounts of unlike precision", () => {
  test("have digits of one size below each other, and stay as they are written", () => {
    expect(lined("EUR 10.2M", "EUR 10,252,762.00", "EUR 800k", "EUR 1.25bn", "≥ EUR 5", "withheld")).toEqual([
      "   EUR 10.2M        ",
      "   EUR 10,252,762.00",
      "      EUR 800k      ",
      "EUR 1.25bn          ",
      "          ≥ EUR 5   ",
      "            withheld",
    ]);
  });

  test("with and without tax", () => {
    expect(lined("EUR 5M", "EUR 1.3M incl. VAT")).toEqual(["EUR 5M            ", "EUR 1.3M incl. VAT"]);
  });

  test("of one precision need nothing, and nothing at all stands where the others do", () => {
    expect(lined("EUR 10.2M", "EUR 3.5M")).toEqual(["EUR 10.2M", " EUR 3.5M"]);
    expect(lined("EUR 10.2M", "EUR 0")).toEqual(["EUR 10.2M", " EUR 0   "]);
    expect(lined("EUR 0", "EUR 0")).toEqual(["EUR 0", "EUR 0"]);
  });

  test("a range is two amounts, which stay whole", () => {
    expect(splitRange("EUR 1.00 to EUR 20M")).toEqual(["EUR 1.00 to", "EUR 20M"]);
    expect(splitRange("≥ EUR 20M")).toEqual(["≥ EUR 20M"]);
  });
});

const QUESTIONS = [
  ["lots", "test/registers/city.yaml"],
  ["lots", "examples/award-notice.xml"],
  ["contracts", "test/registers/city.yaml"],
  ["suppliers", "test/registers/city.yaml"],
  ["awards", "test/registers/city.yaml"],
  ["compare", "builtin:cloud-i"],
  ["headroom", "--burn", "examples/fleet.yaml", "--at", "2025-06-30"],
  ["headroom", "test/registers/orders/watch.yaml", "--at", "2025-06-30"],
  ["expiring", "test/registers/city.yaml", "--at", "2025-06-30"],
  ["total", "--by", "supplier", "--split", "equal", "test/registers/gross.yaml"],
  ["total", "--why", "builtin:cloud-i"],
  ["sources", "builtin:cloud-i"],
  ["orders", "examples/fleet.yaml", "--at", "2025-06-30"],
];

/** Figures, dates and ids of machines' answers as people see them whole. */
const WHOLE = /[A-Z]{3} -?\d[\d,.]*(?:k|M|bn)?(?: incl\. VAT)?|\d{4}-\d\d(?:-\d\d)?/g;

describe.each(QUESTIONS.map((argv) => ({ argv, title: argv.join(" ") })))("lotbook $title", ({ argv }) => {
  test("is a table on any terminal from 50 columns on, with every figure whole", async () => {
    const world = { env: { NO_COLOR: "1", LOTBOOK_TODAY: "2025-06-30" } };
    const wide = (await runInProcess(argv, { ...world })).stdout;
    const figures = new Set(wide.match(WHOLE));
    for (let terminal = 50; terminal <= 150; terminal += times(7, 17)) {
      const { stdout } = await runInProcess(argv, { ...world, terminal });
      const lines = stdout.split("\n");
      expect(lines.filter((line) => line.length > terminal)).toEqual([]);
      expect(lines.some((line) => /^─+(?: +─+)+$/.test(line))).toBe(true);
      const table = lines.slice(
        0,
        lines.findIndex((line) => /^(?:Total|[A-Z0-9]\S* )/.test(line) && line.endsWith(".")),
      );
      expect(table.flatMap((line) => line.match(WHOLE) ?? []).filter((figure) => !figures.has(figure))).toEqual([]);
    }
  });
});

test("a column is as wide as its longest text up to a limit, or each row would have that width", async () => {
  const lots = Array.from({ length: 70 }, (_, index) => ({
    lot: `${index}`,
    title: index === 0 ? "x".repeat(5000) : "y",
  }));
  const input = Buffer.from(JSON.stringify({ contract: "c", lots }));
  const { stdout } = await runInProcess(["lots", "-d", "-", "--fields", "title,lot"], { input });
  expect(stdout.replaceAll(/[^x]/g, "")).toBe("x".repeat(5000));
  expect(stdout.length).toBeLessThan(5000 + 80 * 420);
});

describe("on a narrow terminal", () => {
  const register = (stated: string): string => `
suppliers: [{ supplier: a, name: Masts and Buoys }, { supplier: b, name: Quay and Pier }, { supplier: c, name: Rigs }]
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [a], ${stated}, awarded: EUR 12345678.90 }
      - { lot: 2, suppliers: [b], ${stated}, awarded: EUR 12345678.90 }
      - { lot: 3, suppliers: [a, b, c], ceiling: EUR 12345678.90, awarded: EUR 12345678.90 }
      - { lot: 4, suppliers: [a, c], ceiling: EUR 12345678.90, awarded: EUR 12345678.90 }`;
  const shown = async (stated: string, terminal: number): Promise<string> => {
    const input = Buffer.from(register(stated));
    return (await runInProcess(["suppliers", "-d", "-"], { input, terminal, env: { NO_COLOR: "1" } })).stdout;
  };

  test("of columns of one turn the one goes that says something in the fewest rows, then the last", async () => {
    expect(await shown("offers: 2", 64)).toMatch(/^Supplier +Lots +Shared +Awarded$/m);
    expect(await shown("ceiling: EUR 12345678.90", 64)).toMatch(/^Supplier +Lots +Sole +Shared$/m);
  });

  test("another column goes before the name that begins a row has less than twelve columns", async () => {
    for (let terminal = 50; terminal <= 80; terminal++)
      expect(await shown("offers: 2", terminal)).toMatch(/^Masts and B.*\nQuay and Pi.*\nRigs /m);
  });
});

test.each([[["wide", "\u65e5\u672c"]], [["\u65e5\u672c", "wide"]]])(
  "letters are measured by their width where any of them is wide: %j",
  async (lines) => {
    const measure = await measureRows([[{ lines: ["narrow"], whole: false }], [{ lines, whole: false }]]);
    expect(measure("\u65e5\u672c")).toBe(4);
  },
);
