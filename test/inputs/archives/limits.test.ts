import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LIMITS } from "../../../src/inputs/archives/limits.ts";

test("the limits are those that the README names", () => {
  const readme = readFileSync("README.md", "utf8").replace(/\s+/g, " ");
  const words = ["once", "twice", "three times", "four times", "five times"];
  expect(readme).toContain(`holds more than ${LIMITS.entries / 1e6} million files`);
  expect(readme).toContain(`unpacks to more than ${LIMITS.bytes / 2 ** 30} GiB`);
  expect(readme).toContain(`or to more than ${LIMITS.ratio} times its length`);
  expect(readme).toContain(`is packed more than ${words[LIMITS.depth - 1]} over`);
  expect(readme).toContain(`a document in it may have up to ${LIMITS.documentBytes / 2 ** 20} MiB`);
});
