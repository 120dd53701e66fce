import { expect, test } from "vitest";
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
