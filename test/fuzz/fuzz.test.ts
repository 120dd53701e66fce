import { expect, test } from "vitest";
import { times } from "../long.ts";
import { TRIALS, tryOnce } from "./trials.ts";

/** How many trials the suite makes of each; `npm run fuzz` goes on for as long as one likes. */
const COUNTS: Readonly<Record<string, number>> = {
  formats: 4,
  yaml: 15,
  lines: 15,
  ledger: 10,
  "ledger-mutants": 20,
  queries: 60,
  archives: 4,
  "archive-mutants": 30,
  eforms: 150,
  ted: 150,
  ocds: 150,
  decp: 100,
  "decp-lines": 100,
  "decp-csv": 100,
  "ocds-pieces": 100,
  "decp-pieces": 100,
  "decp-csv-pieces": 100,
};

test.each(Object.entries(TRIALS))("%s: every input is answered alike, or refused in order", async (name, trial) => {
  const results = new Map<string, number>();
  const count = Math.ceil((COUNTS[name] ?? 0) * times(10, 0.4));
  for (let seed = 1; seed <= count; seed++) {
    const result = await tryOnce(name, trial, seed);
    results.set(result, (results.get(result) ?? 0) + 1);
  }
  // Trials that refuse everything would find nothing.
  expect(results.get("answered") ?? 0).toBeGreaterThanOrEqual(count / 20);
});
