import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LIMITS } from "../../../src/inputs/archives/entry.ts";

test("the limits are those that the manual names", () => {
  const page = readFileSync("docs/security.md", "utf8").replace(/\s+/g, " ");
  const words = ["once", "twice", "three times", "four times", "five times"];
  expect(page).toContain(`holds more than ${LIMITS.entries / 1e6} million files`);
  expect(page).toContain(`unpacks to more than ${LIMITS.bytes / 2 ** 30} GiB`);
  expect(page).toContain(`or to more than ${LIMITS.ratio} times its length`);
  expect(page).toContain(`is packed more than ${words[LIMITS.depth - 1]} over`);
  expect(page).toContain(`a document in it may have up to ${LIMITS.documentBytes / 2 ** 20} MiB`);
});
