import { expect, test } from "vitest";
import { total } from "../../src/engine/total.ts";
import { closingOf, openText } from "../open-text.ts";

test.each([
  [1, "1 contract without lots or a known ceiling (c1)."],
  [3, "3 contracts without lots or a known ceiling (c1, c2, c3)."],
  [4, "4 contracts without lots or a known ceiling (c1, c2, c3 \u2026)."],
  [9, "9 contracts without lots or a known ceiling (c1, c2, c3 \u2026)."],
])("of %i contracts that a remark is about, the first three are named", async (count, note) => {
  const contracts = Array.from({ length: count }, (_, index) => `{ contract: c${index + 1}, lots: [] }`);
  const register = await openText(`contracts: [${contracts.join(", ")}]`);
  expect(await closingOf(total(register))).toContain(note);
});
