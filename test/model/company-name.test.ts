import { describe, expect, test } from "vitest";
import { bareCompanyName } from "../../src/model/company-name.ts";

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
