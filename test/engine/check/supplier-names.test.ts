import { describe, expect, test } from "vitest";
import { linesFound } from "../../checking.ts";

const named = (...names: string[]) =>
  `suppliers: [${names.map((name, index) => `{ supplier: s${index}, name: ${JSON.stringify(name)} }`).join(", ")}]`;

describe("T2: names that are all but the same", () => {
  test.each([
    ["Nordlicht GmbH", "NORDLICHT"],
    ["Acme S.A.", "Acm\u00e9 SA"],
    ["Hafen & Pier", "Hafen-Pier"],
    ["Nordlicht Netze", "Nordlicht Netz"],
    ["Nordlicht Netze", "Nordlciht Netze"],
    ["Nordlicht Netze", "Nordlight Netze"],
    ["Nordlicht Netze", "Nordlichtt Netze AG"],
    ["Grün AG", "Gruen AG"],
    ["Quay", "The Quay Ltd"],
    ["Quay NV", "Quay SA*Quay NV"],
    ["Quay", "Harbour Ltd trading as Quay"],
  ])("%s and %s", async (first, second) => {
    expect(await linesFound("T2-near", named(first, second))).toEqual([
      `warning T2-near: supplier s1: its name "${second}" is almost the same as "${first}", a name of s0`,
    ]);
  });

  test.each([
    ["Hafenlogistik 1", "Hafenlogistik 2"],
    ["Hafenlogistik", "Hafenlogistik 2"],
    ["Nordlicht Netze", "Nordlicht Werke"],
    ["Acme", "Acne"],
    ["GmbH", "AG"],
  ])("not %s and %s", async (first, second) => {
    expect(await linesFound("T2-near", named(first, second))).toEqual([]);
  });

  test("each pair once, whichever of their names it is", async () => {
    const text = `suppliers:
  - { supplier: a, name: Nordlicht, aliases: [Nordlicht Netze] }
  - { supplier: b, name: NORDLICHT, aliases: [Nordlicht Netz] }`;
    expect(await linesFound("T2-near", text)).toEqual([
      'warning T2-near: supplier b: its name "NORDLICHT" is almost the same as "Nordlicht", a name of a',
    ]);
  });

  test("not where they are known to be two", async () => {
    const pair = (a: string, b: string) => `suppliers:
  - { supplier: a, name: Nordlicht${a} }
  - { supplier: b, name: NORDLICHT${b} }`;
    expect(await linesFound("T2-near", pair(', legalId: "1"', ', legalId: "2"'))).toEqual([]);
    expect(await linesFound("T2-near", pair(", successions: [{ merged: 2022, into: b }]", ""))).toEqual([]);
    expect(await linesFound("T2-near", pair("", ", successions: [{ left: 2021 }, { merged: 2022, into: a }]"))).toEqual(
      [],
    );
    expect(await linesFound("T2-near", pair(', legalId: "1"', ', legalId: "1"'))).toHaveLength(1);
    expect(await linesFound("T2-near", pair(', legalId: "1"', ""))).toHaveLength(1);
  });
});

describe("T2: one number in a register of companies", () => {
  const pair = (a: string, b: string) => `suppliers:
  - { supplier: a, name: Alpha, ${a} }
  - { supplier: b, name: Beta, ${b} }`;

  test("names one company, however it is written", async () => {
    expect(await linesFound("T2-legal", pair('legalId: "0400.000.000"', 'legalId: "0400 000 000"'))).toEqual([
      "warning T2-legal: supplier b (Beta) has the legal id 0400 000 000, which is also that of a (Alpha)",
    ]);
  });

  test("nearly, where zeros lead: told, and their names held against each other", async () => {
    expect(await linesFound("T2-legal", pair('legalId: "0712"', 'legalId: "712"'))).toEqual([
      "warning T2-legal: supplier b (Beta) has the legal id 712, the same apart from leading zeros as 0712 of a (Alpha)",
    ]);
    const alike = pair('legalId: "0712"', 'legalId: "712"').replace("Beta", "ALPHA");
    expect(await linesFound("T2-near", alike)).toHaveLength(1);
  });

  test("the very same number goes before one that is near", async () => {
    const three = `${pair('legalId: "0712"', 'legalId: "712"')}
  - { supplier: c, name: Gamma, legalId: "712" }`;
    const [, last] = await linesFound("T2-legal", three);
    expect(last).toBe("warning T2-legal: supplier c (Gamma) has the legal id 712, which is also that of b (Beta)");
  });

  test("but not in two countries", async () => {
    expect(await linesFound("T2-legal", pair('legalId: "1", country: BE', 'legalId: "1", country: NL'))).toEqual([]);
    expect(await linesFound("T2-legal", pair('legalId: "1"', 'legalId: "2"'))).toEqual([]);
  });
});
