import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { total } from "../../src/engine/total.ts";
import { type Money, minorDigits, roundDecimal } from "../../src/model/money.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { rowsOf } from "../open-text.ts";

const NOTICES = "../shared/notices";

interface Answer {
  readonly format: string;
  readonly totals: { readonly awarded: Readonly<Record<string, string>> };
}

const isAnswers = (_value: unknown): _value is Readonly<Record<string, Answer>> => true;

const answersIn = (name: string): Readonly<Record<string, Answer>> => {
  const read: unknown = JSON.parse(readFileSync(`${NOTICES}/${name}`, "utf8"));
  return isAnswers(read) ? read : {};
};

const between = ({ minor, bound, least = minor }: Money): readonly [bigint, bigint] =>
  bound === "between" ? [least, minor] : [minor, minor];

test.skipIf(!existsSync(NOTICES))(
  "what published notices declare lies within their totals, which end at the higher of that and their distinct tenders (skipped without ../shared/notices)",
  { timeout: 120_000 },
  async () => {
    const answers = { ...answersIn("expected.json"), ...answersIn("corrections.json") };
    const wrong: string[] = [];
    let held = 0;
    for (const [file, { format, totals }] of Object.entries(answers)) {
      const [[currency = "", sum = ""] = [], ...others] = Object.entries(totals.awarded);
      if (!/^(eforms|ted)/.test(format) || others.length > 0 || sum === "") continue;
      const register = await openRegister(`${NOTICES}/${file}`, { skipBad: true });
      let declared: bigint | undefined;
      for await (const batch of register.contracts())
        for (const { awarded } of batch) {
          const value = awarded?.[0].value;
          if (typeof value === "object" && value.currency === currency && value.vat === undefined)
            declared = value.minor;
        }
      if (declared === undefined) continue;
      const rows = await rowsOf(total(register));
      const row = rows.find(({ awarded }) => typeof awarded === "object" && awarded.currency === currency);
      if (typeof row?.awarded !== "object") continue;
      held++;
      const [low, high] = between(row.awarded);
      const distinct = roundDecimal(sum, minorDigits(currency));
      const slack = 10n ** BigInt(minorDigits(currency));
      const most = declared > distinct ? declared : distinct;
      const isOpen = row.awarded.bound === "atLeast";
      if (low - slack > declared || (!isOpen && high + slack < declared) || high > most + slack)
        wrong.push(`${file}: ${declared} declared, ${distinct} in parts, answered ${low} to ${high}`);
    }
    expect(wrong).toEqual([]);
    expect(held).toBeGreaterThan(200);
  },
);
