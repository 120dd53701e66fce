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

  test("what is called an ISO date instead of another notation is the day or the month that was meant", () => {
    const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    const letters = fc.integer({ min: 3, max: 9 });
    fc.assert(
      fc.property(day, letters, fc.constantFrom("st", "nd", "rd", "th"), (date, length, nth) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = "", month = "", dd = ""] = iso.split("-");
        const [m, d, yy] = [Number(month), Number(dd), year.slice(2)];
        const name = date.toLocaleDateString("en", { month: "long", timeZone: "UTC" });
        const word = name.slice(0, length);
        const days = [
          ...[`${dd}.${month}.${year}`, `${d}. ${m}. ${year}`, `${d}.${m}.${yy}`],
          ...[`${year}/${month}/${dd}`, `${year}.${m}.${d}.`, `${year}${month}${dd}`, `${iso} 23:59`],
          ...[`${d} ${word} ${year}`, `${d}${nth} ${word.toLowerCase()}., ${year}`, `${d}-${word}-${year}`],
          ...[`${word.toUpperCase()} ${d}, ${year}`, `${word}. ${d}${nth} ${year}`],
        ];
        for (const text of days) expect([text, explainDate(text).hint]).toEqual([text, `write ${iso}`]);
        for (const text of [`${dd}/${month}/${year}`, `${m}-${d}-${yy}`, `${d} ${m} ${year}`])
          expect(explainDate(text).hint.split(/^write | or /)).toContain(iso);
        const months = [`${month}/${year}`, `${m}.${year}`, `${year}.${month}`, `${year}/${m}`, `${word}. ${year}`];
        for (const text of months.filter((one) => !/^\d{4}-\d\d$/.test(one)))
          expect([text, explainDate(text).hint]).toEqual([text, `write ${year}-${month}`]);
        expect(explainDate(`${name.slice(0, 2)} ${year}`).problem).toMatch(/is not a date$/);
        expect(formatPartialDate(parsePartialDate(iso) ?? { year: 0 })).toBe(iso);
      }),
    );
  });
});
