import { describe, expect, test } from "vitest";
import { found } from "../../checking.ts";

describe("T2: the number of suppliers", () => {
  test.each([
    [
      "[1 European, 1 American]",
      "info",
      "1 European + 1 American = 2 suppliers declared; its lots are held by 2: they agree",
    ],
    ["[3 European]", "warning", "3 European = 3 suppliers declared; its lots are held by 2: they differ"],
  ])("declared as %s", async (origins, severity, message) => {
    const rule = severity === "info" ? "T2-agrees" : "T2-count";
    expect(
      await found(
        rule,
        `supplierOrigins: ${origins}, lots: [{ lot: 1, suppliers: [a, b] }, { lot: 2, suppliers: [b, Beta] }, { lot: 3 }]`,
      ),
    ).toEqual([`${severity} ${rule}: k: ${message}`]);
  });
});

describe("T4: the declared offers against the lots' sum", () => {
  test("that differ", async () => {
    expect(await found("T4", "offers: 5, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]")).toEqual([
      "warning T4-offers: k: 5 offers declared; its lots add up to 4",
    ]);
  });

  test.each([
    ["agree", "offers: 4, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]"],
    ["are incomplete", "offers: 5, lots: [{ lot: 1, offers: 2 }, { lot: 2 }]"],
    ["are approximate", "offers: about 5, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]"],
    ["come from another source", "offers: { p: 5 }, lots: [{ lot: 1, offers: { q: 2 } }]"],
  ])("not where they %s", async (_, contract) => {
    expect(await found("T4", contract)).toEqual([]);
  });
});
