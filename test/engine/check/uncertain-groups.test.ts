import { expect, test } from "vitest";
import { found } from "../../checking.ts";

test("T9: groups of which it is open whether they have one ceiling", async () => {
  const group = (certain: string) =>
    `lots: [{ lot: 1 }, { lot: 2 }], groups: [{ group: A, lots: [1, 2], ceiling: EUR 5, certain: ${certain} }]`;
  expect(await found("T9", group("no"))).toEqual([
    "warning T9-uncertain: group k/A: its lots may have one ceiling together or one each",
  ]);
  expect(await found("T9", group("yes"))).toEqual([]);
});
