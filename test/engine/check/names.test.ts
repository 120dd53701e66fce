import { describe, expect, test } from "vitest";
import { rulesNamed } from "../../../src/model/rule.ts";
import { findingsIn, found, linesFound } from "../../checking.ts";

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

  test("where that name stands", async () => {
    const text = `suppliers:
  - { supplier: a, name: Nordlicht Netze }
  - supplier: b
    name: Baltic
    aliases:
      - Balt
      - NORDLICHT NETZE`;
    const near = await findingsIn(text, { only: rulesNamed("T2-near") });
    expect(near.map(({ position }) => position?.line)).toEqual([7]);
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

test("N5: letters of another script among Latin ones are named", async () => {
  expect(await found("N5", 'title: "\u0391cme", lots: [{ lot: 1 }]')).toEqual([
    'warning N5-lookalike: k: its title "\u0391cme" has Greek \u0391 (U+0391), which looks like A',
  ]);
  expect(await found("N5", 'buyer: { p: "C\u0456t\u0443" }, lots: [{ lot: 1 }]')).toEqual([
    'warning N5-lookalike: k: its buyer "C\u0456t\u0443" has Cyrillic \u0456 (U+0456), which looks like i, and Cyrillic \u0443 (U+0443), which looks like y',
  ]);
  expect(await found("N5", 'coordinator: "D\u0555CK", lots: [{ lot: 1 }]')).toEqual([
    'warning N5-lookalike: k: its coordinator "D\u0555CK" has foreign \u0555 (U+0555), which looks like O',
  ]);
  expect(await found("N5", 'jointBuyers: ["P\u043ert"], users: [Port, "\u0420ort"], lots: [{ lot: 1 }]')).toHaveLength(
    2,
  );
});

test("N5: whole words of one script, and letters that look like no other, pass", async () => {
  for (const name of [
    "\u0421\u043e\u0444\u0438\u044f",
    "\u0391\u03b8\u03ae\u03bd\u03b1 Port",
    "\u03b2Tech",
    "Caf\u00e9 \u0141\u00f3d\u017a",
    "\u6771\u4eac IT",
  ])
    expect(await found("N5", `title: "${name}", lots: [{ lot: 1 }]`)).toEqual([]);
});

const suppliers = (...names: string[]) =>
  `suppliers: [${names.map((name, index) => `{ supplier: s${index}, name: "${name}" }`).join(", ")}]`;

test("N5: a supplier whose name looks like another's, in letters of one script", async () => {
  expect(await linesFound("N5", suppliers("HOPE", "\u041d\u041e\u0420\u0415"))).toEqual([
    'warning N5-lookalike: supplier s1: its name "\u041d\u041e\u0420\u0415" looks like, but is not, "HOPE", a name of s0',
  ]);
  expect(await linesFound("N5", suppliers("HOPE", "\u0397OPE"))).toEqual([
    'warning N5-lookalike: supplier s1: its name "\u0397OPE" has Greek \u0397 (U+0397), which looks like H',
    'warning N5-lookalike: supplier s1: its name "\u0397OPE" looks like, but is not, "HOPE", a name of s0',
  ]);
});

test("N5: characters that show nothing or move others are named, wherever a name or an id has them", async () => {
  expect(await found("N5", 'title: "Ac\\u00adme \\u202eX", lots: [{ lot: 1 }]')).toEqual([
    'warning N5-hidden: k: its title "Ac\u00adme \u202eX" has U+00AD, which shows nothing, and U+202E, which moves what stands beside it',
  ]);
  expect(await found("N5", 'buyer: "Cit\\u0302\\u0302y", lots: [{ lot: 1 }]')).toEqual([
    'warning N5-hidden: k: its buyer "Cit\u0302\u0302y" has U+0302, a mark too many on one letter',
  ]);
  expect(await found("N5", 'title: "Two\\nlines\\r\\nand\\ta tab", lots: [{ lot: 1 }]')).toEqual([]);
  for (const code of ["u2060", "u2061", "u2062", "u2063", "u2064", "u3164", "u2800", "ufe00", "U000E0041", "U0001D173"])
    expect(
      await found(
        "N5",
        `users: ["a\\${code}"], lots: [{ lot: "1\\${code}", title: "b\\${code}" }], groups: [{ group: "g\\${code}", lots: ["1\\${code}"] }]`,
      ),
      code,
    ).toHaveLength(4);
  expect(await linesFound("N5", 'suppliers: [{ supplier: "a\\u200b", name: A, members: ["B\\u2063"] }]')).toHaveLength(
    2,
  );
});

test("N5: a supplier whose name differs from another's by what cannot be seen, whatever their legal ids are", async () => {
  const twins = (a: string, b: string) =>
    linesFound(
      "N5-hidden",
      `suppliers: [{ supplier: s0, name: "${a}", legalId: "1" }, { supplier: s1, name: "${b}", legalId: "2" }]`,
    );
  // Joiners that spelling needs are no finding by themselves, and tell no two names apart.
  expect(await twins("نمی\\u200cخواهم", "نمیخواهم")).toEqual([
    'warning N5-hidden: supplier s1: its name "نمیخواهم" is, apart from hidden characters, almost the same as "نمی\u200cخواهم", a name of s0',
  ]);
  expect(await twins("Acme", "ACME\\u2063")).toEqual([
    'warning N5-hidden: supplier s1: its name "ACME\u2063" has U+2063, which shows nothing',
    'warning N5-hidden: supplier s1: its name "ACME\u2063" is, apart from hidden characters, almost the same as "Acme", a name of s0',
  ]);
  expect(await twins("Acme", "Acme \\ufe0f")).toHaveLength(2);
  expect(await twins("Acme", "ACME")).toEqual([]);
  expect(await twins("क्‍ष", "👩‍💻 ❤️")).toEqual([]);
});

test("N5: what cannot be seen in the id of a supplier", async () => {
  const yaml = 'suppliers: [{ supplier: "a\\u2063", name: Acme }]\ncontracts: []\n';
  expect(await linesFound("N5-hidden", yaml)).toEqual([
    'warning N5-hidden: supplier a\u2063: its id "a\u2063" has U+2063, which shows nothing',
  ]);
});

test("N5: buyers, lots and contracts that only what cannot be seen tells apart", async () => {
  const contracts = (...lines: string[]) => `contracts:\n${lines.map((line) => `  - { ${line} }\n`).join("")}`;
  expect(
    await linesFound(
      "N5-hidden",
      contracts(
        'contract: a, buyer: "❤\\ufe0f", lots: [{ lot: "❤" }, { lot: "❤\\ufe0f" }]',
        'contract: b, buyer: "❤", users: ["❤"], lots: [{ lot: 1 }]',
        'contract: "❤", lots: [{ lot: 1 }]',
        'contract: "❤\\ufe0f", lots: [{ lot: 1 }]',
      ),
    ),
  ).toEqual([
    'warning N5-hidden: a: lot id "❤\ufe0f" differs only by hidden characters from "❤"',
    'warning N5-hidden: b: its buyer "❤" differs only by hidden characters from "❤\ufe0f"',
    'warning N5-hidden: contract id "❤\ufe0f" differs only by hidden characters from "❤"',
  ]);
});
