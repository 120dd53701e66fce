import { amountAsked, FITS_COLUMNS, fits } from "../engine/headroom/fits.ts";
import { headroom, USUAL_PERIOD } from "../engine/headroom/headroom.ts";
import { BUYER_HEADROOM_COLUMNS, headroomByBuyer } from "../engine/headroom/headroom-by-buyer.ts";
import { type HeadroomRow, headroomColumns } from "../engine/headroom/headroom-rows.ts";
import { watched } from "../engine/report.ts";
import { UsageError } from "../model/errors.ts";
import { USES } from "../query/fields.ts";
import { type Period, periodAsked } from "../query/values.ts";
import type { Call, CommandBody } from "./command.ts";
import { groupingsOf } from "./groupings.ts";

/** `--burn` alone, or with a length of time. */
const burnOption = (call: Call): { readonly burn?: Period } => {
  const text = call.text("burn");
  if (text === undefined) return call.flag("burn") ? { burn: USUAL_PERIOD } : {};
  const period = periodAsked(text, "--burn");
  if (period.count === 0)
    throw new UsageError("--burn: the length of time must be above zero", "for example --burn 6m");
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

/**
 * The uses of a ceiling with which the command fails, as `--fail-on` says: the one it names, and those that are worse.
 */
const failingOf = (call: Call): readonly string[] => {
  const least = call.text("fail-on");
  return least === undefined ? [] : USES.slice(USES.findIndex((use) => use.startsWith(least)));
};

/**
 * Whether ceilings are divided by buyers. Throws UsageError beside an option that asks for something of each ceiling as
 * a whole.
 */
const byBuyer = (call: Call): boolean => {
  const by = groupingsOf(call.text("by"), ["buyer"], "ceilings");
  const other =
    by.length === 0 ? undefined : ["burn", "fail-on", "svg"].find((name) => call.text(name) ?? call.flag(name));
  if (other !== undefined) throw new UsageError(`--${other} does nothing beside --by buyer`, "leave one of them out");
  return by.length > 0;
};

export const headroomCommand: CommandBody = {
  options: [
    { flags: "--warn-at <percent>", description: "warn once this percentage of a ceiling is ordered (default: 80)" },
    {
      flags: "--burn [period]",
      description: "how long the rest lasts at the pace of the last 6m, 90d, 26w or 1y",
      offers: ["6m", "90d", "26w", "1y"],
    },
    { flags: "--by <key>", description: "show who used how much of each ceiling: buyer", offers: ["buyer"] },
    {
      flags: "--fail-on <use>",
      description: "exit with 1 if a ceiling shown has come this far, or may have",
      choices: USES.slice(1),
    },
    {
      flags: "--fits <amount>",
      description: "the same as lotbook fits",
      hidden: true,
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
    "lotbook headroom --by buyer --data examples/fleet.yaml --at 2025-06-30",
    "lotbook headroom --burn 3m --data examples/fleet.yaml --at 2025-06-30",
  ],
  columns: headroomColumns({}),
  variants: {
    "--burn": headroomColumns({ burn: USUAL_PERIOD }),
    "--by buyer": BUYER_HEADROOM_COLUMNS,
    "--fits": FITS_COLUMNS,
  },
  run: async (call) => {
    const text = call.text("fits");
    const options = { ...warnOption(call), ...burnOption(call) };
    if (text !== undefined) return await answerFits(call, text, call.args);
    const { register, selection } = await call.ask({ own: call.text("fail-on") !== undefined });
    if (byBuyer(call)) {
      await call.answer(headroomByBuyer(register, selection, options));
      return 0;
    }
    const failing = failingOf(call);
    let fails = false;
    const watch = (row: HeadroomRow): void => {
      fails ||= row.stages.some((stage) => failing.includes(stage));
    };
    await call.answer(watched(headroom(register, selection, options), watch));
    return fails ? 1 : 0;
  },
};

/** Whether one more order fits where the words ask; gives the exit code. */
const answerFits = async (call: Call, amount: string, words: readonly string[]): Promise<number> => {
  const asked = amountAsked(amount);
  const { register, selection } = await call.ask({ words });
  const { report, verdict } = fits(register, selection, asked.money, asked.basis);
  await call.answer(report);
  return verdict() === "yes" ? 0 : 1;
};

/** How many of the words make up the amount: `"EUR 130k"`, or the same without quotes. */
const amountLength = ([first = "", second = ""]: readonly string[]): number =>
  /^([A-Z]{3}|[\u20ac\u00a3])$/.test(first) || /^([A-Z]{3}|[\u20ac\u00a3])$/.test(second) ? 2 : 1;

export const fitsCommand: CommandBody = {
  argument: { name: "<amount>", description: 'the amount or quantity of the order: "EUR 130k", "300 machines"' },
  selects: true,
  examples: [
    'lotbook fits "EUR 25k" --lot 2 --supplier rondo --data examples/fleet.yaml --at 2025-06-30',
    "lotbook fits EUR100k lot:1 --data examples/fleet.yaml --at 2025-06-30",
  ],
  columns: FITS_COLUMNS,
  run: async (call) => {
    const length = amountLength(call.args);
    const amount = call.args.slice(0, length).join(" ");
    if (amount === "") throw new UsageError("fits what?", 'for example: lotbook fits "EUR 130k" --lot 1');
    return await answerFits(call, amount, call.args.slice(length));
  },
};
