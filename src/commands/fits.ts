import { FITS_COLUMNS, fits } from "../engine/headroom/fits.ts";
import { parseCounted } from "../model/counted.ts";
import { UsageError } from "../model/errors.ts";
import { isMoneyProblem, type Money, type MoneyProblem, parseMoney } from "../model/money.ts";
import type { VatBasis } from "../model/regime.ts";
import type { Call, CommandBody } from "./command.ts";

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
  if (isMoneyProblem(money)) throw new UsageError(money.problem, money.hint);
  if (money.minor < 0n) throw new UsageError("a credit always fits", "give the amount or quantity of an order");
  return { money, basis: word === undefined ? undefined : word === "incl" ? "included" : "excluded" };
};

/** Whether one more order fits where the words ask; gives the exit code. */
export const answerFits = async (call: Call, amount: string, words: readonly string[]): Promise<number> => {
  const asked = askedOf(amount);
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
