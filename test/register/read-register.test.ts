import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

const SECRET = "hunter2";
/** What a link in a stranger's folder may lead to. */
const OTHERS = {
  environment: `PATH=/bin\0TOKEN=${SECRET}\0HOME=/root\0`,
  "one variable": `TOKEN=${SECRET}\0`,
  "settings of git": `[core]\n\tbare = false\n[http "https://example.org/"]\n\textraheader = AUTHORIZATION: basic ${SECRET}\n`,
  users: `root:${SECRET}:0:0:root:/root:/bin/bash\n`,
  "a key": `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`,
  "an account in JSON": `{\n  "type": "service_account",\n  "private_key": "${SECRET}"\n}\n`,
  "an account on one line": `{"type":"service_account","private_key":"${SECRET}"}\n`,
  "broken JSON": `{"private_key":"${SECRET}",,}\n`,
  "a text in YAML": `password: ${SECRET}\n`,
  "a text in broken YAML": `password: [${SECRET}\nuser: &a x }\n`,
  "settings of Maven": `<settings><server><password>${SECRET}</password></server></settings>\n`,
  "broken XML": `<settings><password>${SECRET}</password>&</settings>\n`,
  "a DOCTYPE": `<!DOCTYPE a [<!ENTITY password "${SECRET}">]><a/>\n`,
  netrc: `machine example.org login me password ${SECRET}\n`,
  "a binary": `\u007fELF\u0001\u0002${SECRET}\xff\xfe`,
} as const;

const folder = mkdtempSync(join(tmpdir(), "lotbook-shown-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, Buffer.from(content, "latin1"));
  return file;
};

const LEDGER = (file: string) =>
  `contracts:\n  - contract: c\n    lots: [{ lot: 1, ceiling: EUR 1M }]\n    ledger: { file: ${file}, currency: EUR }\n`;

describe.each(Object.entries(OTHERS))("of a file that is no data nothing is shown: %s", (_, content) => {
  test.each(["x.yaml", "x.jsonl", "x.xml", "x.json", "x"])("named as data: %s", async (name) => {
    const file = write(name, content);
    for (const argv of [
      ["total", "-d", file],
      ["check", file],
      ["fmt", "--check", file],
      ["diff", file, "examples/harbour.yaml"],
    ]) {
      const { stdout, stderr, exitCode } = await runInProcess(argv);
      expect(exitCode).not.toBe(70);
      expect(stdout + stderr).not.toContain(SECRET);
    }
  });

  test.each(["l.txt", "l.env", "l.json"])("named as a ledger: %s", async (name) => {
    write(name, content);
    const { stdout, stderr, exitCode } = await runInProcess(["headroom", "-d", write("r.yaml", LEDGER(name))]);
    expect(exitCode).toBe(65);
    expect(stdout + stderr).not.toContain(SECRET);
  });
});

test.each([
  ["x.yaml", "contracts: [\n"],
  ["x.yaml", "suppliers:\n  - { supplier: a\n"],
  ["x.yaml", '{ "contracts": [ }\n'],
  ["x.yaml", "# a note\n- contract: c\n"],
  ["x.yaml", "data:\n  contracts: []\n"],
  ["x.jsonl", '{"supplier":"a"\n'],
  ["x.xml", "<ContractAwardNotice><a></ContractAwardNotice>\n"],
])("of data the line is shown, broken as they may be: %s %j", async (name, content) => {
  const { stderr, exitCode } = await runInProcess(["total", "-d", write(name, content)]);
  expect(exitCode).toBe(65);
  expect(stderr).toMatch(/^ +\^$/m);
});

test.each([
  ["l.csv", "No;Net\n1;2\n"],
  ["l.txt", "order;Net\n1;2\n"],
])("of a ledger, the headings are shown: %s", async (name, content) => {
  write(name, content);
  const { stderr } = await runInProcess(["headroom", "-d", write("r.yaml", LEDGER(name))]);
  expect(stderr).toContain('its headings are "');
  expect(stderr).toMatch(/^ +\^$/m);
});
