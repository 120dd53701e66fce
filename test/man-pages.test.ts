import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TOPICS } from "../src/cli/manual.ts";
import { COMMANDS } from "../src/commands/commands.ts";
import { fileText, ROOT } from "./pages.ts";

/** The manual pages that the build writes. */
const FOLDER = join(ROOT, "dist", "man");
const PAGES = readdirSync(FOLDER).sort();
const hasGroff = spawnSync("groff", ["--version"]).status === 0;

test("there is one of the program, and of each command and topic, and package.json lists them", () => {
  const wanted = [...COMMANDS.map(({ name }) => `lotbook-${name}.1`), ...TOPICS.map((topic) => `lotbook-${topic}.7`)];
  expect(PAGES).toEqual(["lotbook.1", ...wanted].sort());
  expect(JSON.parse(fileText("package.json")).man).toEqual(PAGES.map((page) => `./dist/man/${page}`));
});

test("each says what it is about, in a line", () => {
  for (const page of PAGES)
    expect(readFileSync(join(FOLDER, page), "utf8")).toMatch(/^\.TH .+\n\.SH NAME\nlotbook[\w\\-]* \\- \S.+\n/);
});

const reason = hasGroff ? "" : " (skipped: groff is not installed)";
test.skipIf(!hasGroff).each(PAGES)(`%s is set without a warning${reason}`, (page) => {
  const { stderr, stdout } = spawnSync("groff", ["-man", "-Tutf8", "-Kutf8", "-ww", "-rLL=80n", join(FOLDER, page)], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toContain("lotbook");
});
