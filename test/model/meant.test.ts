import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainDate } from "../../src/model/meant-date.ts";
import { isMoneyProblem, type Money, parseMoney } from "../../src/model/money.ts";
import { formatPartialDate, parsePartialDate } from "../../src/model/partial-date.ts";

const read = (text: string): Money => {
  const money = parseMoney(text);
  if (isMoneyProblem(money)) throw new Error(`${text}: ${money.problem}`);
  return money;
};

const refused = (text: string): { readonly problem: string; readonly hint: string } => {
  const money = parseMoney(text);
  if (!isMoneyProblem(money)) throw new Error(`${text} is read`);
  return money;
};

describe("amounts", () => {
  test.each(["EUR10.2M", "10.2M EUR", "10.2MEUR", "\u20ac10.2M", "\u20ac 10.2M", "10.2M\u20ac", "10.2M \u20ac"])(
    "%s is EUR 10.2M",
    (text) => expect(read(text)).toEqual(read("EUR 10.2M")),
  );

  test.each([
    ["EUR 1,5M", '"1,5M" has a decimal comma', "write EUR 1.5M"],
    ["1.250.000,00 EUR", '"1.250.000,00" has a decimal comma', "write EUR 1,250,000.00"],
    ["EUR 1 250 000", '"EUR 1 250 000" is not a figure', "write EUR 1,250,000"],
    ["CHF 1'250'000.50", `"1'250'000.50" is not a figure`, "write CHF 1,250,000.50"],
    ["EUR 10 million", '"EUR 10 million" is not a figure', "write EUR 10M"],
    ["\u20ac10m", '"10m" is not a figure', "write EUR 10M"],
    ["EUR 1.250", '"1.250" has more decimals than EUR has (2)', "write EUR 1,250 if the point separates thousands"],
    ["10M", 'the amount "10M" has no currency', "write it, for example: EUR 10M"],
    ["$10M", '"$10M" may be in several currencies', "name the currency by its code: USD, CAD, AUD …"],
  ])("%s is refused with what it would be", (text, problem, hint) => {
    expect(refused(text)).toMatchObject({ problem, hint });
  });

  test("whatever is written with points and a decimal comma is refused with the amount that it is", () => {
    const figure = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(figure, fc.constantFrom(".", " ", "'"), ([whole, cents], group) => {
        const decimals = String(cents).padStart(2, "0");
        const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, group);
        const { hint } = refused(`EUR ${grouped},${decimals}`);
        expect(read(hint.replace("write ", ""))).toEqual(read(`EUR ${whole}.${decimals}`));
      }),
    );
  });
});

describe("dates", () => {
  test.each([
    ["31.03.2026", '"31.03.2026" is not an ISO date', "write 2026-03-31"],
    ["31.3.26", '"31.3.26" is not an ISO date', "write 2026-03-31"],
    ["03/31/2026", '"03/31/2026" is not an ISO date', "write 2026-03-31"],
    ["03/04/2026", '"03/04/2026" is not an ISO date', "write 2026-04-03 or 2026-03-04"],
    ["1st May 2026", '"1st May 2026" is not an ISO date', "write 2026-05-01"],
    ["May 2026", '"May 2026" is not an ISO date', "write 2026-05"],
    ["20260331", '"20260331" is not an ISO date', "write 2026-03-31"],
    ["2026-03-31T12:00:00Z", '"2026-03-31T12:00:00Z" is not an ISO date', "write 2026-03-31"],
    ["2026-02-29", '"2026-02-29" does not exist: February 2026 has 28 days', "write 2026, 2026-03 or 2026-03-31"],
    ["2026-13", '"2026-13" does not exist: months go from 01 to 12', "write 2026, 2026-03 or 2026-03-31"],
    ["0000", '"0000" does not exist: years begin with 0001', "write 2026, 2026-03 or 2026-03-31"],
    ["31.02.2026", '"31.02.2026" is not a date', "write 2026, 2026-03 or 2026-03-31"],
    ["soon", '"soon" is not a date', "write 2026, 2026-03 or 2026-03-31"],
  ])("%s", (text, problem, hint) => {
    expect(parsePartialDate(text)).toBeUndefined();
    expect(explainDate(text)).toEqual({ problem, hint });
  });

  test("what is called an ISO date instead of another notation is the day that was meant", () => {
    const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = iso.split("-");
        for (const text of [`${dayOfMonth}.${month}.${year}`, `${year}/${month}/${dayOfMonth}`])
          expect(explainDate(text).hint).toBe(`write ${iso}`);
        expect(explainDate(`${dayOfMonth}/${month}/${year}`).hint).toContain(iso);
        expect(formatPartialDate(parsePartialDate(iso) ?? { year: 0 })).toBe(iso);
      }),
    );
  });
});
