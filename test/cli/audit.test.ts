import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

const work = mkdtempSync(join(tmpdir(), "lotbook-audit-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const FLEET = ["--data", "examples/fleet.yaml", "--at", "2025-06-30"];

const audit = (...words: readonly string[]) => runInProcess(["audit", ...words]);

/** A pack with its text changed, which then is verified. */
const verifyChanged = async (change: (pack: string) => string, ...named: readonly string[]) => {
  const { stdout } = await audit(...FLEET);
  const pack = join(work, "pack.json");
  writeFileSync(pack, change(stdout));
  return audit("--verify", pack, ...named);
};

describe("a pack of evidence", () => {
  test("says what was read, by its bytes, what was asked, and what was found", async () => {
    const pack = JSON.parse((await audit(...FLEET)).stdout);
    const bytes = readFileSync("examples/fleet.yaml");
    expect(pack.inputs.map(({ file }: { file: string }) => file)).toEqual([
      "examples/fleet-orders.csv",
      "examples/fleet.yaml",
    ]);
    expect(pack.inputs[1]).toEqual({
      file: "examples/fleet.yaml",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
    expect(pack.asked).toMatchObject({ day: "2025-06-30", query: "", data: ["examples/fleet.yaml"] });
    const ids = pack.sections.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(["total", "why", "contracts", "lots", "suppliers", "ceilings", "findings", "rules"]),
    );
    const found = new Set(
      pack.sections.find(({ id }: { id: string }) => id === "findings").rows.map(({ rule }: { rule: string }) => rule),
    );
    expect(
      new Set(
        pack.sections.find(({ id }: { id: string }) => id === "rules").rows.map(({ rule }: { rule: string }) => rule),
      ),
    ).toEqual(found);
  });

  test("is the same bytes each time, and holds", async () => {
    expect((await audit(...FLEET)).stdout).toBe((await audit(...FLEET)).stdout);
    const { stdout, exitCode } = await verifyChanged((pack) => pack);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining("holds: derived again, byte for byte, from 2 inputs."),
    ]);
  });

  test("of one input says so in the singular", async () => {
    const pack = join(work, "one.json");
    writeFileSync(pack, (await audit("--data", "examples/ports.yaml", "--at", "2025-06-30")).stdout);
    expect((await audit("--verify", pack)).stdout).toContain("byte for byte, from 1 input.");
  });

  test.each([
    ["a figure", (pack: string) => pack.replace("950000", "950001"), "total: "],
    ["a finding", (pack: string) => pack.replace(/"message": "/, '"message": "not '), "findings: "],
    ["what is said of an input", (pack: string) => pack.replace(/"sha256":"./, '"sha256":"x'), "inputs: "],
    ["the day", (pack: string) => pack.replace('"day":"2025-06-30"', '"day":"2026-06-30"'), "ends: "],
    ["the version", (pack: string) => pack.replace(/"version": "/, '"version": "9'), "program: "],
    ["a rule's text", (pack: string) => pack.replace('"help": "', '"help": "Not '), "rules: "],
  ])("does not hold where %s was changed", async (_, change, part) => {
    const { stdout, exitCode } = await verifyChanged(change);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("does not hold:");
    expect(stdout).toContain(part);
  });

  test("does not hold where only its layout was changed", async () => {
    const { stdout, exitCode } = await verifyChanged((pack) => pack.replaceAll("\n", "\r\n"));
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("says the same, but is laid out otherwise")]);
  });

  test("does not hold where its data were changed since", async () => {
    for (const file of ["fleet.yaml", "fleet-orders.csv"]) cpSync(join("examples", file), join(work, file));
    const data = join(work, "fleet.yaml");
    const pack = join(work, "moved.json");
    await audit(data, "--at", "2025-06-30", "-o", pack);
    expect((await audit("--verify", pack, data)).exitCode).toBe(0);
    writeFileSync(data, `${readFileSync(data, "utf8")}# changed\n`);
    const { stdout, exitCode } = await audit("--verify", pack, data);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("inputs: ");
  });

  test.each(["/etc/hosts", "../data.yaml", "C:\\data.yaml", "git:HEAD:data.yaml"])(
    "leads nowhere else unless the user names it: %s",
    async (path) => {
      const { stderr, exitCode } = await verifyChanged((pack) =>
        pack.replace('"examples/fleet.yaml"]', `${JSON.stringify(path)}]`),
      );
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is no file or folder below this one")]);
    },
  );

  test.each([
    ["a link to a file elsewhere", (at: string) => symlinkSync(join(work, "elsewhere.yaml"), at)],
    ["a link to a folder elsewhere", (at: string) => symlinkSync(work, at)],
    ["a device", (at: string) => symlinkSync("/dev/zero", at)],
  ])("nor by a link: %s", async (_, make) => {
    writeFileSync(join(work, "elsewhere.yaml"), "contracts: [{ contract: secret }]\n");
    const link = "node_modules/elsewhere.link";
    make(link);
    try {
      const { stdout, stderr, exitCode } = await verifyChanged((pack) =>
        pack.replace('"examples/fleet.yaml"]', `${JSON.stringify(link)}]`),
      );
      expect([exitCode, stdout, stderr]).toEqual([
        2,
        "",
        expect.stringContaining("is no file or folder below this one"),
      ]);
    } finally {
      rmSync(link);
    }
  });

  test("was made from what it says", async () => {
    const { stderr, exitCode } = await verifyChanged((pack) => pack, "examples/ports.yaml");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("was not made from examples/ports.yaml")]);
  });

  test.each([
    ["no JSON", () => "{"],
    ["another thing", () => "{}"],
    ["nothing", () => "null"],
    ["without a question", (pack: string) => pack.replace('"skipBad":false', '"skipBad":0')],
    ["with more than a question", (pack: string) => pack.replace('"skipBad":false', '"skipBad":false,"more":1')],
    ["with a list of no texts", (pack: string) => pack.replace('"lots":[]', '"lots":[1]')],
  ])("what is none is called that: %s", async (_, change) => {
    const { stderr, exitCode } = await verifyChanged(change);
    expect([exitCode, stderr]).toEqual([66, expect.stringMatching(/is not a pack of evidence\n {2}hint: \S/)]);
  });

  test("one that is not there is said to be missing", async () => {
    expect((await audit("--verify", join(work, "none.json"))).exitCode).toBe(66);
  });
});

test("a query is asked again as it was, with all that narrows it", async () => {
  const pack = join(work, "query.json");
  await audit("--data", "examples/ports.yaml", ":ending", "--at", "2026-01-01", "--lot", "1", "-o", pack);
  expect(JSON.parse(readFileSync(pack, "utf8")).asked).toMatchObject({
    query: "firmEnd:today..today+1y is:shared",
    lots: ["1"],
  });
  expect((await audit("--verify", pack)).exitCode).toBe(0);
});

test("the register that lotbook ships, and notices with what was assumed", async () => {
  for (const data of [[], ["--data", "examples/award-notice.xml"]]) {
    const pack = join(work, "other.json");
    await audit(...data, "--at", "2025-01-01", "-o", pack);
    const { inputs, assumed } = JSON.parse(readFileSync(pack, "utf8"));
    expect([inputs.length, assumed.length > 0]).toEqual([1, data.length > 0]);
    expect((await audit("--verify", pack)).exitCode).toBe(0);
  }
});

test("for people it is Markdown", async () => {
  const { stdout } = await audit("lot:1", ...FLEET, "-f", "markdown");
  expect(stdout).toMatch(/^# Evidence as of 2025-06-30\n\nMade by lotbook \d/);
  for (const heading of ["Inputs", "How the total is made", "Findings", "Rules"])
    expect(stdout).toContain(`## ${heading}\n`);
  expect(stdout).toContain("- Asked for: lot:1\n");
  expect((await audit(...FLEET, "--skip-bad", "-f", "markdown")).stdout).toContain(
    "- Rows that cannot be read: left out, and told\n",
  );
  for (const section of stdout.split("\n## ").slice(2))
    expect(section).toMatch(/^[^\n]+\n\n[^\n]+\n\n(?:\||\*\*|[^\n|]+\.\n)/);
  // What has no rows has no table.
  expect(stdout).not.toMatch(/^\|\s*\|$/m);
  expect((await audit("--data", "examples/award-notice.xml", "-f", "markdown")).stdout).toContain(
    "## What was assumed",
  );
});

test("for people it is a page, too, that runs nothing, with all that the pack says", async () => {
  const { stdout } = await audit("lot:1", ...FLEET, "-f", "html");
  const pack = JSON.parse((await audit("lot:1", ...FLEET)).stdout);
  for (const { id, heading } of pack.sections) expect(stdout).toContain(`<h2 id="${id}">${heading}</h2>`);
  for (const { sha256 } of pack.inputs) expect(stdout).toContain(sha256);
  expect(stdout).toContain("<li>Asked for: lot:1</li>");
  expect(stdout).toContain("EUR 524,000.50");
  expect(stdout).toContain("<svg");
  expect(stdout).not.toContain("<script");
  expect(stdout).toContain("default-src 'none'");
  // Of the register that lotbook ships nothing is asked.
  expect((await audit("-f", "html")).stdout).not.toContain("<ul></ul>");
  expect(await audit("lot:1", ...FLEET, "-f", "html")).toMatchObject({ stdout });
});

test("a page shows texts of the data as texts", async () => {
  const data = join(work, "<b>.yaml");
  writeFileSync(data, 'contracts: [{ contract: k, title: "<script>alert(1)</script>", lots: [{ lot: 1 }] }]\n');
  const { stdout } = await audit("-d", data, "-f", "html");
  expect(stdout).toContain("&lt;script&gt;alert(1)");
  expect(stdout).not.toMatch(/<script|<b>/);
});

test.each([
  [["-f", "csv"], '--format "csv" is not one of json, markdown, html'],
  [["--verify", "pack.json", "lot:1"], "--verify asks what the pack asks"],
  [["-"], "standard input is no evidence"],
])("%j is refused", async (words, message) => {
  const { stderr, exitCode } = await runInProcess(["audit", ...words], {
    input: Buffer.from("contracts: []"),
    inputIs: "file",
  });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});
