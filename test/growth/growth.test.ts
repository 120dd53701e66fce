import { afterAll, beforeAll, describe, test } from "vitest";
import { someOf } from "../long.ts";
import { DECP } from "./decp.ts";
import { holdGrowth } from "./hold.ts";
import { NOTICES } from "./notices.ts";
import { REGISTERS } from "./registers.ts";
import { RELEASES } from "./releases.ts";
import type { Shapes } from "./shape.ts";
import { StepCounter } from "./steps.ts";
import { YAML } from "./yaml.ts";

let counter: StepCounter;
beforeAll(async () => {
  counter = await StepCounter.start();
});
afterAll(async () => await counter.end());

const AT = ["--at", "2024-06-01"];

const growth = async (argv: readonly string[], make: (n: number) => string): Promise<void> => {
  await holdGrowth(counter, (n) => ({ argv, input: Buffer.from(make(n)) }));
};

const ALL: Shapes = { ...REGISTERS, ...YAML, ...RELEASES, ...NOTICES, ...DECP };

describe("every rule of the check, and every reader", () => {
  test.each(someOf(Object.entries(ALL), 4))("%s", async (_, make) => await growth(["check", "-", ...AT], make));
});

/** Registers with many orders, or with orders that may be of many. */
const ORDERS = [
  "orders",
  "orders unplaced",
  "orders by supplier of all lots",
  "orders by suppliers of all lots",
  "orders of one that left lot by lot",
  "orders of unknown suppliers",
  "orders under groups",
];

/** Questions, and the shapes of registers in which most of what they look at stands. */
const QUESTIONS: readonly (readonly [question: string, ...shapes: string[]])[] = [
  ["lots", "lots with suppliers", "succession chain", "supplier name", "contracts suppliers", "long title"],
  ["lots --json", "lots with suppliers"],
  ["lots --format csv", "lots with suppliers"],
  ["lots --format markdown", "long title"],
  ["total", "lots with suppliers", "sources ceilings of lots"],
  ["total --why", "lots with suppliers"],
  ["total --by supplier", "lots with suppliers", "settled"],
  ["total --by buyer,supplier", "contracts suppliers"],
  ["suppliers", "lots with suppliers", "settled"],
  ["suppliers --similar", "supplier name"],
  ["awards", "settled", "shared awards"],
  ["contracts", "contracts suppliers"],
  ["compare", "sources many facts"],
  ["headroom", ...ORDERS, "call-off chain", "call-offs of one", "succession chain"],
  ["headroom --burn", "orders", "orders unplaced"],
  ["headroom --svg", "lots with suppliers", "orders"],
  ["fits EUR1k --lot 1", ...ORDERS],
  ["orders", ...ORDERS, "call-off chain", "call-offs of one"],
  ["orders lot:1", ...ORDERS],
  ["orders supplier:s1", ...ORDERS],
  ["orders buyer:B1", "orders", "orders coarse dates"],
  ["orders --by buyer,month", ...ORDERS, "orders coarse dates"],
  ["orders --by lot,supplier", ...ORDERS],
  ["orders --by supplier lot:1", ...ORDERS],
  ["orders --sample 5", ...ORDERS],
  ["orders --sample 5 --by-amount", ...ORDERS],
  ["report", "lots with suppliers", "orders", "orders unplaced", "renewals many contracts", "groups in a ring"],
  ["lots --format html", "lots with suppliers", "suppliers"],
  ["total --why", "suppliers", "groups in a ring", "groups nested", "groups in a tree"],
  ["total --by month", "contracts suppliers", "renewals many contracts"],
  ["total --by supplier --split equal", "suppliers", "settled"],
  ["total --by contract", "call-off chain", "call-off ring", "call-offs of one"],
  ["lots", "suppliers", "call-off chain", "call-offs of one", "successions from contracts"],
  ["suppliers --similar", "names of look-alikes", "names without Latin letters"],
  ["expiring --decisions", "renewals many contracts", "renewal decisions"],
  ["show c0", "call-off chain", "call-offs of one", "call-off ring"],
  ["expiring --renewals", "renewals many contracts"],
  ["timeline", "renewals many contracts"],
  ["timeline --svg", "renewals many contracts"],
  ["show c", "lots with suppliers", "modifications", "supplier name"],
  ["show c --sources", "sources many facts"],
  ["sources", "sources"],
  ["convert", "lots with suppliers", "modifications"],
  ["convert --to jsonl", "lots with suppliers"],
  ["convert --to csv", "lots with suppliers"],
  ["convert --to ocds --ocid-prefix ocds-a1b2c3 --uri https://example.org/x --publisher P", "settled", "modifications"],
];

describe("every question", () => {
  const asked = QUESTIONS.flatMap(([question, ...shapes]) => shapes.map((shape) => [question, shape] as const));
  test.each(someOf(asked, 8))(
    "%s: %s",
    async (question, shape) => await growth([...question.split(" "), "--data", "-", ...AT], REGISTERS[shape] ?? String),
  );

  test("a layout", async () => await growth(["fmt", "-"], YAML["yaml plain"] ?? String));

  test.each([
    ["clauses", (n: number) => "lot:1 OR ".repeat(n).concat("lot:2")],
    ["alternatives of one clause", (n: number) => `lot:${"1,".repeat(n)}2`],
    ["nesting", (n: number) => `${"(".repeat(n / 8)}lot:1${")".repeat(n / 8)}`],
    ["negations", (n: number) => `${"-".repeat(n)}lot:1`],
    ["a long word", (n: number) => `title:${"x".repeat(n * 4)}`],
    ["a quote that never ends", (n: number) => `title:"${"x ".repeat(n * 4)}`],
  ])("a query of %s", async (_, query) => {
    await holdGrowth(counter, (n) => ({ argv: ["lots", ...AT, "--", query(n)] }));
  });
});
