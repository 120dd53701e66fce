import { describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

/** One grammar of amounts and dates in queries and options. */
const lots = async (...argv: string[]): Promise<string> => {
  const { stdout, stderr } = await runInProcess(["lots", ...argv, "--fields", "lot", "-f", "csv"]);
  return stderr === "" ? stdout.split("\n").slice(1, -1).join(" ") : stderr;
};

describe("amounts in queries", () => {
  test.each([
    "ceiling:EUR 10M..EUR 10.5M",
    "ceiling:10M EUR..10.5M EUR",
    "ceiling:\u20ac10M..\u20ac10.5M",
    "ceiling:EUR10M..10.5M",
    'ceiling:"EUR 10M..EUR 10.5M"',
    "ceiling>=10M EUR ceiling<EUR 11M",
  ])("%s", async (query) => {
    expect(await lots(query)).toBe("1 3");
  });

  test("a space takes only what is a currency with it", async () => {
    expect(await lots("ceiling:10M..", "AND", "lot:2")).toBe("2");
    expect(await lots("ceiling:10M..", "IBM")).toBe("2 3");
  });

  test.each([
    ["ceiling:1,5M", '"1,5M" has a decimal comma', "write ceiling:1.5M"],
    ["ceiling:EUR1,5M..", '"EUR1,5M.." has a decimal comma', "write ceiling:EUR1.5M.."],
    ["ceiling:10,20", '"10,20" has a decimal comma', "write ceiling:10.20, or ceiling:10 OR ceiling:20"],
    ["ceiling:1.250.000,00", '"1.250.000,00" has a decimal comma', "write ceiling:1250000.00"],
    ["ceiling:10,252,762.00", '"10,252,762.00" reads as several amounts', "write ceiling:10252762.00"],
    ["ceiling:10m", '"10m" is not an amount', "write 10M"],
    ["awardDate:18.12.2015", '"18.12.2015" is not an ISO date', "write 2015-12-18"],
    ["awardDate:2015-02-29", '"2015-02-29" does not exist: February 2015 has 28 days', "write 2026"],
  ])("%s is refused", async (query, problem, hint) => {
    const said = await lots(query);
    expect(said).toContain(`lotbook: ${problem}\n`);
    expect(said).toContain(`hint: ${hint}`);
  });
});

describe("--at takes what queries take", () => {
  const state = async (at: string, today: string) => {
    const argv = ["contracts", "--at", at, "--fields", "state", "-f", "csv"];
    const { stdout, stderr } = await runInProcess(argv, { env: { LOTBOOK_TODAY: today } });
    return stdout.split("\n")[1] ?? stderr;
  };

  test.each([
    ["today", "2016-05-01", "firm"],
    ["+6m", "2016-05-01", "firm"],
    ["+2y", "2016-05-01", "ended or renewal 1"],
    ["-2y", "2018-05-01", "firm"],
    ["today-1y", "2017-05-01", "firm"],
    ["2016", "2018-05-01", "firm"],
  ])("--at %s on %s", async (at, today, wanted) => {
    expect(await state(at, today)).toBe(wanted);
  });

  test("and says of what else it is", async () => {
    const { stderr, exitCode } = await runInProcess(["contracts", "--at", "31.12.2016"]);
    expect({ stderr, exitCode }).toEqual({
      stderr: 'lotbook: --at: "31.12.2016" is not an ISO date\n  hint: write 2016-12-31\n',
      exitCode: 2,
    });
  });
});

test.each([["EUR", "25k"], ["\u20ac", "25k"], ["25k", "EUR"], ["25k", "\u20ac"], ["EUR25k"], ["\u20ac25k"]])(
  "the amount of an order is one word, or two of which one is its currency: %s %s",
  async (...words) => {
    const fits = (...amount: readonly string[]) =>
      runInProcess(["fits", ...amount, "lot:2", "supplier:rondo", "-d", "examples/fleet.yaml", "--at", "2025-06-30"]);
    expect(await fits(...words)).toEqual(await fits("EUR 25k"));
    expect((await fits("5")).stderr).not.toContain("lot:2");
  },
);
