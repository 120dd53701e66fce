import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasShortYear, isAmbiguousDay } from "../../../src/register/ledgers/written-day.ts";
import {
  beforeEndIn,
  countryIn,
  cpvIn,
  dayIn,
  durationBeforeMore,
  durationIn,
  flagIn,
  numberInDigits,
  numberWithZeros,
  periodIn,
  renewalsIn,
  termIn,
  timeUnitIn,
} from "../../../src/register/sheets/notations.ts";
import { seeded } from "../../seeded.ts";

const dayOf = (text: string, dates?: "DD/MM/YYYY" | "MM/DD/YYYY"): string => dayIn(text, { dates });

const MONTH_NAMES = ["en", "fr", "de"].flatMap((language) =>
  (["long", "short"] as const).map((month) => {
    const name = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
    return Array.from({ length: 12 }, (_, index) => name.format(Date.UTC(2024, index, 1)));
  }),
);

/** How people write a day with its month as a word. */
const WITH_WORDS: readonly ((day: string, month: string, year: string) => string)[] = [
  (day, month, year) => `${day} ${month} ${year}`,
  (day, month, year) => `${day}. ${month} ${year}`,
  (day, month, year) => `${day}-${month.replace(".", "")}-${year}`,
  (day, month, year) => `${day}/${month.replace(".", "")}/${year.slice(2)}`,
  (day, month, year) => `${month} ${day}, ${year}`,
  (day, month, year) => `${month.toUpperCase()} ${day}th ${year}`,
];

/** A month without a day. */
const MONTHS_ALONE: readonly ((month: string, year: string) => string)[] = [
  (month, year) => `${month} ${year}`,
  (month, year) => `${month.replace(".", "")}-${year.slice(2)}`,
  (month, year) => `${month.replace(".", "")}/${year}`,
];

describe("days", () => {
  test("with a month as a word, in three languages, in full and short, are read as they are meant", () => {
    const names = fc.constantFrom(...MONTH_NAMES);
    const day = fc.date({ min: new Date("1970-01-01"), max: new Date("2069-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(
        day,
        names,
        fc.constantFrom(...WITH_WORDS),
        fc.constantFrom(...MONTHS_ALONE),
        (date, of, way, alone) => {
          const iso = date.toISOString().slice(0, 10);
          const [year = "", month = ""] = iso.split("-");
          const name = of[Number(month) - 1] ?? "";
          expect(dayOf(way(String(date.getUTCDate()), name, year))).toBe(iso);
          expect(dayOf(alone(name, year))).toBe(iso.slice(0, 7));
        },
      ),
      seeded(500),
    );
  });

  test.each([
    ["1er mars 2024", "2024-03-01"],
    ["March 5th, 2024", "2024-03-05"],
    ["30 February 2024", "30 February 2024"],
    ["5 Marchember 2024", "5 Marchember 2024"],
    ["about 5 March 2024", "about 5 March 2024"],
    ["5 March 2024 or so", "5 March 2024 or so"],
    ["March", "March"],
    ["05.03.24", "2024-03-05"],
    ["05.03.69", "2069-03-05"],
    ["05.03.70", "1970-03-05"],
    ["105.03.24", "105.03.24"],
    ["05.03.24x", "05.03.24x"],
    ["24-03-05", "24-03-05"],
    ["3/2024", "2024-03"],
    ["13.2024", "13.2024"],
    ["2024/3", "2024-03"],
    ["05-MAR-2024 10:00:00", "2024-03-05"],
    ["2024-03-05T10:00:00.5+01:00", "2024-03-05"],
    ["05.03.2024, 10:00", "2024-03-05"],
    ["2024-03-05 10:00", "2024-03-05"],
    ["45356", "2024-03-05"],
    ["1045356", "1045356"],
  ])("%s is %s", (text, expected) => {
    expect(dayOf(text)).toBe(expected);
  });

  test("with hyphens, two digits are a year only where the days are known to be written so", () => {
    expect(dayOf("05-03-24", "DD/MM/YYYY")).toBe("2024-03-05");
    expect(dayOf("05-03-24", "MM/DD/YYYY")).toBe("2024-05-03");
    expect(isAmbiguousDay("05-03-24", {})).toBe(false);
    expect(isAmbiguousDay("05/03/24", {})).toBe(true);
  });

  test.each([
    ["05.03.24", true],
    ["5-Mar-24", true],
    ["05.03.2024", false],
    ["5 March 2024", false],
    ["lot 24", false],
  ])("%s has a year of two digits: %s", (text, expected) => {
    expect(hasShortYear(text)).toBe(expected);
  });
});

const UNIT_WORDS = {
  year: ["y", "yr", "yrs", "year", "years", "an", "ans", "ann\u00e9e", "ann\u00e9es", "J", "Jahr", "Jahre", "Jahren"],
  month: ["m", "mth", "mths", "month", "months", "mois", "Monat", "Monate", "Monaten", "mon", "Mt."],
  week: ["w", "wk", "wks", "week", "weeks", "semaine", "semaines", "Woche", "Wochen"],
  day: ["d", "day", "days", "jour", "jours", "Tag", "Tage", "Tagen"],
};

describe("lengths of time", () => {
  test.each(Object.entries(UNIT_WORDS).flatMap(([unit, words]) => words.map((word) => [word, unit] as const)))(
    "%s is a %s",
    (word, unit) => {
      expect(durationIn(`3 ${word}`)).toBe(`3 ${unit}s`);
      expect(durationIn(`1${word}`)).toBe(`1 ${unit}`);
      expect(termIn(`2+1 + 1 ${word}`)).toBe(`2 ${unit}s + 1 renewal of 1 ${unit} + 1 renewal of 1 ${unit}`);
      for (const stranger of [`x${word}`, `${word}x`]) expect(durationIn(`3 ${stranger}`)).toBe(`3 ${stranger}`);
    },
  );

  test("without a unit are in that of their column, and of none where it has none", () => {
    expect(durationIn("12", "month")).toBe("12 months");
    for (const text of ["12", "0 years", "123456 days", "some years", "3 years or so", "about 3 years"])
      expect(durationIn(text)).toBe(text);
    for (const text of ["4", "2+1", "2++1 years", "some years", "2+1 years or so"]) expect(termIn(text)).toBe(text);
  });
});

test.each<readonly [string, string, string | undefined]>([
  ["3 Monate", "3 months", undefined],
  ["3 Monate vor Vertragsende", "3 months", "3 months"],
  ["3 Mon. zum Vertragsende", "3 months", "3 months"],
  ["6 Wochen vor Ablauf des Vertrags", "6 weeks", "6 weeks"],
  ["3 months before the end of the contract", "3 months", "3 months"],
  ["90 days prior to expiry", "90 days", "90 days"],
  ["3 mois avant l'\u00e9ch\u00e9ance", "3 months", "3 months"],
  ["6 Monate zum Quartalsende", "6 Monate zum Quartalsende", "6 months"],
  ["3 months to the end of a month", "3 months to the end of a month", "3 months"],
  ["soon", "soon", undefined],
  ["3 tonnes of it", "3 tonnes of it", undefined],
])("notice of %s is given %s before the end", (text, expected, length) => {
  expect(beforeEndIn(text)).toBe(expected);
  expect(durationBeforeMore(text)).toBe(length);
});

test.each<readonly [string, readonly [string, string] | undefined]>([
  ["01.01.2023 - 31.12.2025", ["01.01.2023", "31.12.2025"]],
  ["vom 01.01.2023 bis zum 31.12.2025", ["01.01.2023", "31.12.2025"]],
  ["du 1er mars 2024 au 28 f\u00e9vrier 2026", ["1er mars 2024", "28 f\u00e9vrier 2026"]],
  ["1.6.2024\u201331.5.2026", ["1.6.2024", "31.5.2026"]],
  ["2024-01-01 - 2024-12-31", ["2024-01-01", "2024-12-31"]],
  ["01/04/24 to 31/03/26", ["01/04/24", "31/03/26"]],
  ["01/04/2024", undefined],
  ["01/04/2024 - ongoing", undefined],
  ["01/04/2024 - 31/03/2026 - 31/03/2028", undefined],
  ["2 - 3", undefined],
  [`01/04/2024${" ".repeat(50)}- 31/03/2026`, undefined],
])("%s is the period %j", (text, expected) => {
  expect(periodIn(text)).toEqual(expected);
});

describe("renewals", () => {
  test.each<readonly [string, string | undefined]>([
    ...["no", "None", "nil", "0", "kein", "keine", "nein", "aucun", "aucune", "non", "sans reconduction"].map(
      (text) => [text, ""] as const,
    ),
    ...["tacit: 1 year", "Tacite reconduction 1 an", "auto renewal of 12 mois", "stillschweigend um 1 Jahr"].map(
      (text) => [text, /12/.test(text) ? " + tacit renewals of 12 months" : " + tacit renewals of 1 year"] as const,
    ),
    ...["2 x 1 year", "2\u00d71 an", "2 mal 1 Jahr", "2 fois 1 an", "2 renewals of 1 year", "2 options de 1 an"].map(
      (text) => [text, " + 2 renewals of 1 year"] as const,
    ),
    ["2 Verl\u00e4ngerungen um 6 Monate.", " + 2 renewals of 6 months"],
    ["1+1 years", " + 1 renewal of 1 year + 1 renewal of 1 year"],
    ["12 months", " + 1 renewal of 12 months"],
    ...["einmalig 12 Monate", "einmalig um 12 Monate", "Einmal 12 Mon.", "12 Monate einmalig", "12 months (once)"].map(
      (text) => [text, " + 1 renewal of 12 months"] as const,
    ),
    ...["Option: 12 Monate", "optional 12 Monate", "Verl\u00e4ngerung um 12 Monate", "extension of 12 months"].map(
      (text) => [text, " + 1 renewal of 12 months"] as const,
    ),
    ...["zweimal 1 Jahr", "twice 1 year", "1 an, deux fois", "2-mal um 1 Jahr"].map(
      (text) => [text, " + 2 renewals of 1 year"] as const,
    ),
    ["Verl\u00e4ngerungen um 12 Monate", undefined],
    ["einmalig", undefined],
    ...["einmalig 12 Monate, dann 6 Monate", "12 months + 6 months", "1 x 12 months; 1 x 6 months"].map(
      (text) => [text, " + 1 renewal of 12 months + 1 renewal of 6 months"] as const,
    ),
    ...["two 1-year extensions", "2 x je 1 Jahr", "deux reconductions d'un an", "2 options of one year each"].map(
      (text) => [text, " + 2 renewals of 1 year"] as const,
    ),
    ["a year, optional", undefined],
    ["1 year + perhaps more", undefined],
    ["1 year and 6 months", undefined],
    ["1 year + tacit 1 year", undefined],
    ["one", undefined],
    ["2 x 0 years", undefined],
    ["2 x 1 year more", undefined],
    ["some 2 x 1 year", undefined],
    ["tacit", undefined],
    ["nonsense", undefined],
    ["yes", undefined],
  ])("%s", (text, expected) => {
    expect(renewalsIn(text)).toBe(expected);
  });
});

test.each<readonly [string, string]>([
  ...["yes", "Y", "TRUE", "1", "x", "oui", "vrai", "ja", "J", "wahr"].map((text) => [text, "yes"] as const),
  ...["no", "N", "False", "0", "non", "faux", "nein", "falsch"].map((text) => [text, "no"] as const),
  ["perhaps", "perhaps"],
])("the flag %s is %s", (text, expected) => {
  expect(flagIn(text)).toBe(expected);
});

test.each([
  ["3111000", "03111000"],
  ["3111000-5", "03111000-5"],
  ["45000000", "45000000"],
  ["311100", "311100"],
  ["3111000-55", "3111000-55"],
])("the CPV %s is %s", (text, expected) => {
  expect(cpvIn(text)).toBe(expected);
});

describe("numbers of companies", () => {
  const LENGTHS = {
    ...{
      BE: 10,
      CZ: 8,
      DK: 8,
      EE: 8,
      FR: 9,
      GB: 8,
      HR: 11,
      IT: 11,
      LT: 9,
      LV: 11,
      NL: 8,
      NO: 9,
      PL: 10,
      SE: 10,
      SK: 8,
    },
  };
  test.each(Object.entries(LENGTHS))(
    "of %s have %i digits, of which up to three zeros may be lost",
    (country, length) => {
      const digits = "7".repeat(length);
      expect(numberWithZeros(digits, country)).toBe(digits);
      for (const lost of [1, 2, 3])
        expect(numberWithZeros(digits.slice(lost), country)).toBe("0".repeat(lost) + digits.slice(lost));
      expect(numberWithZeros(digits.slice(4), country)).toBe(digits.slice(4));
      expect(numberWithZeros(`${digits.slice(2)}x`, country)).toBe(`${digits.slice(2)}x`);
    },
  );

  test("of France may be those of an establishment; of other countries nothing is known", () => {
    expect(numberWithZeros("7".repeat(12), "FR")).toBe(`00${"7".repeat(12)}`);
    expect(numberWithZeros("777", "XX")).toBe("777");
    expect(numberWithZeros("777", undefined)).toBe("777");
  });
});

test.each([
  ["be", "BE"],
  ["FRA", "FR"],
  ["Belgium", "BE"],
  ["Allemagne", "DE"],
  ["\u00d6sterreich", "AT"],
  ["Nowhere", "Nowhere"],
  ["ZZZ", "ZZZ"],
])("the country %s is %s", (text, expected) => {
  expect(countryIn(text)).toBe(expected);
});

test("figures alone are in the unit of time that their heading names, and in none where it names two or none", () => {
  const unit = timeUnitIn("Extension period (months)");
  expect(unit).toBe("month");
  expect(["24", "12+12", "2 x 12", "0", "1 year"].map((text) => renewalsIn(text, unit))).toEqual([
    " + 1 renewal of 24 months",
    " + 1 renewal of 12 months + 1 renewal of 12 months",
    " + 2 renewals of 12 months",
    "",
    " + 1 renewal of 1 year",
  ]);
  expect(termIn("24+12", unit)).toBe("24 months + 1 renewal of 12 months");
  expect(beforeEndIn("3", timeUnitIn("K\u00fcndigungsfrist (Monate)"))).toBe("3 months");
  expect(durationIn("4", timeUnitIn("Laufzeit in Jahren"))).toBe("4 years");
  expect(["Dur\u00e9e ferme (mois)", "Duration", "Months or years", "M"].map(timeUnitIn)).toEqual([
    "month",
    undefined,
    undefined,
    undefined,
  ]);
  expect(renewalsIn("24", undefined)).toBeUndefined();
});

test("numbers of companies have no blanks and points where their country's are digits alone", () => {
  expect(numberInDigits("552 045 999 00869", "FR")).toBe("55204599900869");
  expect(numberInDigits("0123.456.789", "BE")).toBe("0123456789");
  for (const text of ["552 045 999 0086", "HRB 1234", "1.2"]) expect(numberInDigits(text, "FR")).toBe(text);
  expect(numberInDigits("12 34", "DE")).toBe("12 34");
});
