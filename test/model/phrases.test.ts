import { expect, test } from "vitest";
import { firstFew, listed } from "../../src/model/phrases.ts";

test("a few names, and a sign that there are more", () => {
  expect(firstFew(["a", "b"], 2)).toBe("a, b");
  expect(firstFew(["a", "b", "c"], 2)).toBe("a, b …");
});

test.each([
  [["a"], undefined, "a"],
  [["a", "b"], undefined, "a and b"],
  [["a", "b", "c"], undefined, "a, b and c"],
  [["a", "b"], 9, "a, b and 7 more"],
  [["a"], 2, "a and 1 more"],
])("names as a sentence lists them: %j of %s", (first, count, text) => {
  expect(listed(first, count)).toBe(text);
});
