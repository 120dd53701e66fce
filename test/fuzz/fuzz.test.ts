import { expect, test } from "vitest";
import { TRIALS, tryOnce } from "./trials.ts";

/** How many trials the suite makes of each; `npm run fuzz` goes on for as long as one likes. */
const COUNTS: Readonly<Record<string, number>> = {
  formats: 8,
  yaml: 40,
  lines: 40,
  ledger: 25,
  "ledger-mutants": 40,
  queries: 150,
  archives: 10,
  "archive-mutants": 60,
  eforms: 600,
  ted: 600,
  ocds: 600,
};

test.each(Object.entries(TRIALS))("%s: every input is answered alike, or refused in order", async (name, trial) => {
  const results = new Map<string, number>();
  for (let seed = 1; seed <= (COUNTS[name] ?? 0); seed++) {
    const result = await tryOnce(name, trial, seed);
    results.set(result, (results.get(result) ?? 0) + 1);
  }
  // Trials that refuse everything would find nothing.
  expect(results.get("answered") ?? 0).toBeGreaterThanOrEqual((COUNTS[name] ?? 0) / 20);
});
