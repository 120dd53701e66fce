import { FITS_COLUMNS, fits } from "../engine/headroom/fits.ts";
import { headroom, USUAL_PERIOD } from "../engine/headroom/headroom.ts";
import { type HeadroomRow, headroomColumns } from "../engine/headroom/headroom-rows.ts";
import { watched } from "../engine/report.ts";
import { parseCounted } from "../model/counted.ts";
import { UsageError } from "../model/errors.ts";
import { isMoneyProblem, type Money, type MoneyProblem, parseMoney } from "../model/money.ts";
import type { VatBasis } from "../model/regime.ts";
import { USES } from "../query/fields.ts";
import { isValueProblem, type Period, parsePeriod } from "../query/values.ts";
import type { Call, CommandBody } from "./command.ts";

/** `--burn` alone, or with a length of time. */
const burnOption = (call: Call): { readonly burn?: Period } => {
  const text = call.text("burn");
  if (text === undefined) return call.flag("burn") ? { burn: USUAL_PERIOD } : {};
  const period = parsePeriod(text);
  if (isValueProblem(period)) throw new UsageError(`--burn: ${period.problem}`, period.expected);
  if (period.count === 0) throw new UsageError("--burn: in no time nothing is ordered", "for example --burn 6m");
  return { burn: period };
};

const warnOption = (call: Call): { readonly warnAt?: number } => {
  const text = call.text("warn-at");
  if (text === undefined) return {};
  const percent = /^(\d{1,3})( ?%)?$/.exec(text)?.[1];
  if (percent === undefined || Number(percent) > 100) {
    throw new UsageError(`--warn-at "${text}" is not a percentage`, "a whole number up to 100: --warn-at 75");
  }
  return { warnAt: Number(percent) };
};

/** From which use of a ceiling on the command fails; never where it is not asked to. */
const failingOf = (call: Call): readonly string[] => {
  const least = call.text("fail-on");
  return least === undefined ? [] : USES.slice(USES.findIndex((use) => use.startsWith(least)));
};

interface Asked {
  readonly money: Money;
  /** Whether the tax is in it, where it says so. */
  readonly basis: VatBasis | undefined;
}

/** An amount of money, or what has another word than the code of a currency in its place: a quantity. */
const readAsked = (text: string): Money | MoneyProblem => {
  const money = parseMoney(text);
  if (!isMoneyProblem(money) || !/^[\d.,]+(k|M|bn)? [^\d\s]/.test(text)) return money;
  const counted = parseCounted(text);
  return isMoneyProblem(counted) && money.rule !== "N2-amount" ? money : counted;
};

const askedOf = (text: string): Asked => {
  const [taxed = "", word] = / (incl|excl)\. VAT$/.exec(text) ?? [];
  const money = readAsked(text.slice(0, text.length - taxed.length));
  if (isMoneyProblem(money)) throw new UsageError(`--fits: ${money.problem}`, money.hint);
  if (money.minor < 0n) throw new UsageError("--fits: a credit always fits", "give the amount or quantity of an order");
  return { money, basis: word === undefined ? undefined : word === "incl" ? "included" : "excluded" };
};

export const headroomCommand: CommandBody = {
  options: [
    { flags: "--warn-at <percent>", description: "from which part of a ceiling to warn (default: 80)" },
    { flags: "--burn [period]", description: "how long the rest lasts at the pace of the last 6m, 90d, 26w or 1y" },
    {
      flags: "--fail-on <use>",
      description: "exit with 1 where a ceiling that is shown is so far used up, or may be",
      choices: USES.slice(1),
    },
    {
      flags: "--fits <amount>",
      description:
        "instead: whether an order, EUR 25k or 300 machines, stays within the numeric limits of its lot; exits 0 for yes, else 1",
    },
    { flags: "--svg", description: "short for --format svg, a picture" },
  ],
  selects: true,
  asks: "headroom",
  examples: [
    "lotbook headroom --data examples/fleet.yaml --at 2025-06-30",
    "lotbook headroom is:shared --data examples/fleet.yaml --at 2025-06-30 --warn-at 75",
    "lotbook headroom used:75.. --fail-on breach --data examples/fleet.yaml --at 2025-06-30",
    "lotbook headroom runsOut:before-end --data examples/fleet.yaml --at 2025-06-30",
    "lotbook headroom --burn 3m --data examples/fleet.yaml --at 2025-06-30",
    'lotbook headroom --fits "EUR 25k" --lot 2 --supplier rondo --data examples/fleet.yaml --at 2025-06-30',
  ],
  columns: headroomColumns({}),
  variants: { "--burn": headroomColumns({ burn: USUAL_PERIOD }), "--fits": FITS_COLUMNS },
  run: async (call) => {
    const options = { ...warnOption(call), ...burnOption(call) };
    const text = call.text("fits");
    const asked = text === undefined ? undefined : askedOf(text);
    const { register, selection } = await call.ask();
    if (asked === undefined) {
      const failing = failingOf(call);
      let fails = false;
      const watch = (row: HeadroomRow): void => {
        fails ||= row.stages.some((stage) => failing.includes(stage));
      };
      await call.answer(watched(headroom(register, selection, options), watch));
      return fails ? 1 : 0;
    }
    const { report, verdict } = fits(register, selection, asked.money, asked.basis);
    await call.answer(report);
    return verdict() === "yes" ? 0 : 1;
  },
};
