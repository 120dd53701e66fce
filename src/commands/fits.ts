import { amountAsked, FITS_COLUMNS, fits } from "../engine/headroom/fits.ts";

import { UsageError } from "../model/errors.ts";
import type { Call, CommandBody } from "./command.ts";

/** Whether one more order fits where the words ask; gives the exit code. */
export const answerFits = async (call: Call, amount: string, words: readonly string[]): Promise<number> => {
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
