import { expect, test } from "vitest";
import { reportOn } from "../../src/cli/report.ts";
import { openRegister } from "../../src/index.ts";
import { runInProcess } from "../cases/run-in-process.ts";

/** What a report brings along for its program. The library must be built. */
const askedIn = async (...options: readonly string[]) => {
  const { stdout } = await runInProcess(["report", "-d", "examples/fleet.yaml", "--at", "2025-06-30", ...options]);
  return JSON.parse(/ id="asked"[^>]*>(.*?)<\/script>/s.exec(stdout)?.[1] ?? "null");
};

test("the program of a report is told whether its title was given, its language, its day and where else fields are", async () => {
  const asked = await askedIn();
  expect(asked).toMatchObject({ titled: false, language: "en", at: "2025-06-30" });
  expect(asked.elsewhere.aliases).toBe("it is a field of suppliers: see lotbook fields");
  expect(asked.elsewhere).not.toHaveProperty("ceiling");
  expect(await askedIn("--title", "", "--lang", "fr")).toMatchObject({ titled: true, language: "fr" });
  expect(await askedIn("--static")).toBe(null);
});

test.each([
  [{ lots: 2, orders: 100 }, true],
  [{ lots: 1, orders: 100 }, false],
  [{ lots: 2, orders: 1 }, false],
])("a report of two lots answers questions where a page can hold %j", async (most, answers) => {
  const register = await openRegister("examples/fleet.yaml");
  const look = { title: undefined, still: false, language: "en" } as const;
  const page = await reportOn({ register, selection: { at: { year: 2025, month: 6, day: 30 } } }, look, most);
  expect([page.includes(' id="register"'), page.includes("This page shows tables alone")]).toEqual([answers, !answers]);
});
