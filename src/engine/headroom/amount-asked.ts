import { parseCounted } from "../../model/counted.ts";
import { UsageError } from "../../model/errors.ts";
import { isMoneyProblem, type Money, type MoneyProblem, parseMoney } from "../../model/money.ts";
import type { VatBasis } from "../../model/regime.ts";

/** What an order may cost. */
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

/** Reads `EUR 130k`, `300 machines`, `EUR 119k incl. VAT`. Throws UsageError for what is none, and for credits. */
export const amountAsked = (text: string): Asked => {
  const [taxed = "", word] = / (incl|excl)\. VAT$/.exec(text) ?? [];
  const money = readAsked(text.slice(0, text.length - taxed.length));
  if (isMoneyProblem(money)) throw new UsageError(money.problem, money.hint);
  if (money.minor < 0n) throw new UsageError("a credit always fits", "give the amount or quantity of an order");
  return { money, basis: word === undefined ? undefined : word === "incl" ? "included" : "excluded" };
};
