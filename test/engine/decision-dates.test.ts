import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contracts } from "../../src/engine/contracts.ts";
import { decisions } from "../../src/engine/decisions.ts";
import { formatDate } from "../../src/model/partial-date.ts";
import { openText, rowsOf } from "../open-text.ts";
import { fileText } from "../pages.ts";

/** One contract on a day: what is to be said of it, worked out from the rules, and how. */
interface DateCase {
  readonly contract: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly expected: {
    readonly state: string;
    readonly firm: string;
    readonly latest: string;
    readonly acts: Readonly<Record<string, string>>;
  };
  readonly why: string;
}

const CASES: readonly DateCase[] = parse(fileText("test/engine/decision-dates.yaml"), { schema: "failsafe" });

test("there are two hundred of them, each with its reason and no two alike", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(200);
  expect(CASES.filter(({ why }) => why.length < 5)).toEqual([]);
  expect(new Set(CASES.map(({ contract, at }) => JSON.stringify([contract, at]))).size).toBe(CASES.length);
});

const shown = (date: Parameters<typeof formatDate>[0] | undefined): string =>
  date === undefined ? "none" : formatDate(date);

const answer = async ({ contract, at }: DateCase): Promise<DateCase["expected"]> => {
  const register = await openText(
    JSON.stringify({ contracts: [{ contract: "k", ceiling: "EUR 1", ...contract, lots: [] }] }),
  );
  const [row] = await rowsOf(contracts(register, { at }));
  const acts = (await rowsOf(decisions(register, { at }))).map(({ act, by, overdue }) => [
    act,
    [shown(by), overdue].filter((word) => word !== undefined).join(" "),
  ]);
  if (row === undefined) throw new Error("there is no such contract");
  return {
    state: row.state ?? "unknown",
    firm: shown(row.firmEnd),
    latest: shown(row.latestEnd),
    acts: Object.fromEntries(acts),
  };
};

describe("D1: when contracts end, where they stand, and by when to act", () => {
  test.each(CASES.map((each) => [JSON.stringify(each.contract).replaceAll('"', ""), each.at, each.why, each] as const))(
    "%s on %s: %s",
    async (_contract, _at, _why, each) => {
      expect(await answer(each)).toEqual(each.expected);
    },
  );
});
