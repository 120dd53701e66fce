import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openRegister, type Register, total } from "../../../../src/index.ts";
import type { Threads } from "../../../../src/readers/notices/threads.ts";
import { linesOf } from "../../../open-text.ts";
import { award, eur, release } from "./reading.ts";

/** Threads run the program as it is built. */
const SCRIPT = join(import.meta.dirname, "..", "..", "..", "..", "dist", "cli", "part-worker.js");
const threads = (count: number, script = SCRIPT): Threads => ({ script, count: async () => count, leastBytes: 0 });

const folder = mkdtempSync(join(tmpdir(), "lotbook-parts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const releaseOf = (number: number) =>
  release({
    ocid: `ocds-${number}`,
    parties: [{ id: "p", name: "Alder", identifier: { scheme: "XX-REG", id: "1" } }],
    awards: [
      award("a", "", { suppliers: [{ id: "p", name: number === 5 ? "Alder Ltd" : "Alder" }], value: eur(number) }),
      award("b", `Firm ${number % 3}`, { value: eur(number), maximumValue: eur(`${number}.5`) }),
    ],
  });

const LINES = Array.from({ length: 20 }, (_, index) => JSON.stringify(releaseOf(index)));

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

interface Answer {
  readonly rows: readonly string[];
  readonly assumptions: Register["assumptions"] extends () => infer T ? T : never;
  readonly findings: readonly string[];
}

const ask = async (file: string, with_?: Threads): Promise<Answer> => {
  const register = await openRegister(file, with_ === undefined ? {} : { threads: with_ });
  const rows = await linesOf(
    total(register, {}, { by: "supplier" }),
    "supplier",
    "name",
    "lots",
    "ceiling",
    "shared",
    "awarded",
    "sources",
  );
  const findings = register.findings().map(({ message, position }) => `${position?.line}: ${message}`);
  return { rows, assumptions: register.assumptions(), findings };
};

/** Whether parts of a file answer for themselves. */
const isParted = async (file: string, count = 3): Promise<boolean> => {
  const register = await openRegister(file, { threads: threads(count) });
  return (await register.inParts?.('{"selection":{},"options":{}}')) !== undefined;
};

describe("a file of lines that threads read in parts answers as one that is read in turn", () => {
  test.each([
    ["in parts", LINES.join("\n"), true],
    ["with an end to its last line", `${LINES.join("\n")}\n`, true],
    ["with a mark of its encoding, and lines that end as on Windows", `\uFEFF${LINES.join("\r\n")}`, true],
    ["with blank lines", LINES.join("\n\n"), true],
    ["whose lines are few", LINES.slice(0, 2).join("\n"), true],
    ["with a procedure in two parts", [...LINES, LINES[0]].join("\n"), false],
    ["with a line that is none", LINES.with(15, "{").join("\n"), false],
    ["with a release that has no ocid", LINES.with(12, JSON.stringify({ id: "x", awards: [] })).join("\n"), false],
    ["with other bytes than UTF-8", LINES.join("\n").replace("Firm", "F\u00e9rm"), true],
  ])("%s", async (name, text, parted) => {
    const file = write(`${name}.jsonl`, "");
    writeFileSync(file, Buffer.from(text, name.includes("bytes") ? "latin1" : "utf8"));
    const expected = await ask(file);
    for (const count of name === "in parts" ? [2, 3, 7] : [3])
      expect({ count, ...(await ask(file, threads(count))) }).toEqual({ count, ...expected });
    expect(await isParted(file)).toBe(parted);
  });

  test("a thread that cannot start leaves it to be read in turn", async () => {
    const file = write("unstarted.jsonl", LINES.join("\n"));
    expect(await ask(file, threads(2, join(folder, "no-such-program.js")))).toEqual(await ask(file));
  });

  test("the bytes that threads read are counted", async () => {
    const file = write("counted.jsonl", LINES.join("\n"));
    let last = { bytes: 0, total: 0 };
    const register = await openRegister(file, { threads: threads(2), progress: (progress) => (last = progress) });
    await linesOf(total(register));
    expect(last.bytes).toBe(last.total);
  });
});

describe("what is not one large file of lines is read in turn", () => {
  const file = write("whole.jsonl", LINES.join("\n"));
  const asked = { threads: threads(2) };

  test.each([
    ["a source that is asked for", file, { ...asked, prefer: "ocds-1/r1" }],
    ["suppliers that the user declares", file, { ...asked, aliases: ["examples/ports.yaml"] }],
    ["several files", [file, "examples/ports.yaml"], asked],
    ["a small file", file, { threads: { ...threads(2), leastBytes: 1e6 } }],
    ["another format", "examples/award-notice.xml", asked],
  ])("%s", async (_name, paths, options) => {
    const register = await openRegister(paths, options);
    expect(await register.inParts?.('{"selection":{},"options":{}}')).toBeUndefined();
  });
});
