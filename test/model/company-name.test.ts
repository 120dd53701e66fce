import { describe, expect, test } from "vitest";
import { bareCompanyName, companyKeys, FreeIds, legalIdKey } from "../../src/model/company-name.ts";

describe("what is left of a company's name", () => {
  test.each([
    ["Alba Bridges Ltd.", "alba bridges"],
    ["ALBA  BRIDGES", "alba bridges"],
    ["Télécom Italia S.p.A.", "telecom italia"],
    ["Telecom Italia S. p. A.", "telecom italia"],
    ["Trenitalia SpA", "trenitalia"],
    ["Amlux Sp. z o.o.", "amlux"],
    ["Amlux Sp. z o. o.", "amlux"],
    ["Müller & Söhne GmbH & Co. KG", "muller sohne"],
    ["Muller und Sohne", "muller sohne"],
    ["Danjon Frères, S.A.R.L.", "danjon freres"],
    ["O'Neill Ltd", "oneill"],
    ["Łódź-Trans", "lodz trans"],
    ["ΔΕΛΤΑ Α.Ε.", "δελτα αε"],
    ["3M", "3m"],
    ["A Travel", "a travel"],
  ])("%s", (name, bare) => {
    expect(bareCompanyName(name)).toBe(bare);
  });

  test.each(["Ltd", "S.A.", "&", "…", "+"])("%s has nothing else: it stays", (name) => {
    expect(bareCompanyName(name)).toBe(name.toLowerCase().replace("…", "..."));
  });
});

describe("names that may be of one company have a key in common", () => {
  test.each([
    ["Grüner GmbH", "Gruener AG"],
    ["Grüner Söhne", "Gruener Sohne"],
    ["Østergård A/S", "Oestergaard AS"],
    ["Pier Works SA*Pier Works NV", "Pier Works"],
    ["Pier Works SA / Pier Works NV", "Pier Works"],
    ["Pier Works SA | Pier Works NV", "PIER WORKS BV"],
    ["Financiën*Finances", "Finances SA"],
    ["Harbour Ltd T/A Quayside", "Quayside Limited"],
    ["Harbour Ltd t/as Quayside", "Harbour"],
    ["Harbour Ltd (trading as Quayside)", "Quayside"],
    ["Harbour Ltd, trading as: Quayside", "Quayside"],
    ["The Quay Works", "Quay Works Ltd"],
    ["Quay\u00adside", "Quayside"],
    ["\ufeffQuayside\u200b Ltd", "Quayside"],
  ])("%s and %s", (a, b) => {
    const keys = companyKeys(b);
    expect(companyKeys(a).some((key) => keys.includes(key))).toBe(true);
  });

  test.each([
    ["Alba SA / Borea NV", "Borea"],
    ["Alba SA / Alba NV / Borea", "Alba Ltd"],
    ["Alba | Borea", "Alba"],
    ["Theodor Ltd", "Odor"],
    ["The Ltd", "Ltd"],
    ["Data Services", "Services"],
  ])("not %s and %s", (a, b) => {
    const keys = companyKeys(b);
    expect(companyKeys(a).some((key) => keys.includes(key))).toBe(false);
  });

  test("never an empty one, however little a name has", () => {
    for (const name of ["*", "T/A", "The", "a*", "\u200b", "trading as ", " / "])
      expect(companyKeys(name.length > 1 ? name : `${name}x`).length).toBeGreaterThan(0);
  });
});

describe("legal numbers are near where they differ by leading zeros, points and blanks", () => {
  test.each([
    ["01234567", "1234567"],
    ["SC012345", "sc12345"],
    ["BE 0400.000.000", "BE400000000"],
  ])("%s and %s", (a, b) => {
    expect(legalIdKey(a)).toBe(legalIdKey(b));
  });

  test.each([
    ["1234560", "123456"],
    ["10234567", "1234567"],
    ["0", "00A"],
    ["SC12345", "12345"],
  ])("not %s and %s", (a, b) => {
    expect(legalIdKey(a)).not.toBe(legalIdKey(b));
  });
});

test("an id is the name in plain letters, with a number where it is taken", () => {
  const ids = new FreeIds();
  const names = [
    "Hafen & Pier GmbH",
    " (Łódź) ",
    "hafen-pier, gmbh",
    "Hafen Pier GmbH 2",
    "HAFEN PIER GMBH",
    "株式会社",
    "?",
  ];
  expect(names.map((name) => ids.of(name))).toEqual([
    "hafen-pier-gmbh",
    "lodz",
    "hafen-pier-gmbh-2",
    "hafen-pier-gmbh-2-2",
    "hafen-pier-gmbh-3",
    "supplier",
    "supplier-2",
  ]);
});
