import { expect, test } from "vitest";
import { firstFew } from "../../src/model/first-few.ts";

test("a few names, and a sign that there are more", () => {
  expect(firstFew(["a", "b"], 2)).toBe("a, b");
  expect(firstFew(["a", "b", "c"], 2)).toBe("a, b …");
});
