import { describe, expect, test } from "vitest";
import { DataError } from "../../src/model/errors.ts";
import { openText } from "../open-text.ts";

/** What is wrong with a register, a finding a line. */
const wrongIn = async (yaml: string): Promise<string[]> => {
  try {
    await openText(yaml);
    return [];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.findings.map(
      ({ rule, message, position }) => `${position?.line}:${position?.column} ${message} [${rule}]`,
    );
  }
};

describe("modifications must add up", () => {
  const contract = (modifications: string): string => `
contracts:
  - contract: k
    ceiling: EUR 3M
    lots:
      - { lot: 1, ceiling: EUR 1M }
      - { lot: 2, ceilingPerSupplier: withheld }
    modifications:
${modifications}`;

  test("L2: with a lot, an id of its own, the ceiling's currency and a ceiling of zero or more", async () => {
    const wrong = contract(`
      - { modification: M1, date: 2020, lot: 3, amount: EUR 1 }
      - { modification: M1, date: 2020, lot: 1, amount: USD 1 }
      - { modification: M2, date: 2021, lot: 1, amount: EUR -1000001 }
      - { modification: M3, date: 2022, amount: EUR -3M }`);
    expect(await wrongIn(wrong)).toEqual([
      '10:46 there is no lot "3" in this contract [F8]',
      '11:25 modification "M1" stands twice in this contract [F7]',
      '11:57 modification "M1" is in USD, the ceiling that it changes in EUR [T7-modification]',
      '12:57 modification "M2" leaves a ceiling below zero [L2-below]',
    ]);
  });

  test("of what is withheld, not stated, or not about money, nothing is asked", async () => {
    const sound = contract(`
      - { modification: M1, date: 2020, lot: 2, amount: USD -1 }
      - { modification: M2, date: 2020, lot: 1, title: A new contractor }`);
    expect(await wrongIn(sound)).toEqual([]);
  });
});

test("D1: renewals are decided once, and none after a declined one", async () => {
  const wrong = `
contracts:
  - contract: k
    term: 1 year + 4 renewals of 1 year
    lots: [{ lot: 1 }]
    renewals:
      - { renewal: 1, exercised: 2020 }
      - { renewal: 3, exercised: 2022 }
      - { renewal: 2, declined: 2021 }
      - { renewal: 1, exercised: 2020-05 }`;
  expect(await wrongIn(wrong)).toEqual([
    "8:20 renewal 3 cannot be decided: renewal 2 was declined [D1-decision]",
    "10:20 renewal 1 is decided twice [D1-decision]",
  ]);
});

test("T2: suppliers are merged into others that there are, and not in a circle", async () => {
  const wrong = `
suppliers:
  - { supplier: a, name: Alpha, successions: [{ merged: 2020, into: nobody }] }
  - { supplier: b, name: Beta, successions: [{ renamed: 2019, from: Bêta }, { merged: 2020, into: Gamma }] }
  - { supplier: c, name: Gamma, successions: [{ merged: 2021, into: b }] }
  - { supplier: d, name: Delta, successions: [{ merged: 2021, into: b }] }
  - { supplier: e, name: Epsilon, successions: [{ left: 2021 }] }
  - { supplier: f, name: Zeta, successions: [{ merged: 2021, into: e }] }`;
  expect(await wrongIn(wrong)).toEqual([
    '3:69 there is no supplier "nobody" [F8]',
    '4:99 supplier "b" ends up merged into itself [T2-merger]',
    '5:69 supplier "c" ends up merged into itself [T2-merger]',
  ]);
});

test("F8: signed contracts and shared awards name lots that there are", async () => {
  const contract = `contracts:
  - contract: k
    lots: [{ lot: 1 }]
    settledContracts: [{ settled: S1, lots: [1, 2] }]
    sharedAwards: [{ lots: [3], value: EUR 1 }]`;
  expect(await wrongIn(contract)).toEqual([
    '4:49 there is no lot "2" in this contract [F8]',
    '5:29 there is no lot "3" in this contract [F8]',
  ]);
});

test("F5: lots, groups and modifications without ids are told as that, and not as repetitions of each other", async () => {
  const nameless = `
contracts:
  - contract: k
    ceiling: EUR 3M
    lots: [{ ceiling: EUR 1M }, { ceiling: EUR 1M }]
    groups: [{ lots: [], ceiling: EUR 1M }, { lots: [], ceiling: EUR 1M }]
    modifications: [{ date: 2020, amount: EUR 1 }, { date: 2021, amount: EUR 1 }]`;
  const rules = (await wrongIn(nameless)).filter((line) => /is missing|stands twice/.test(line));
  expect(rules.map((line) => line.replace(/^\S+ /, ""))).toEqual(
    ["lot", "lot", "group", "group", "modification", "modification"].map((kind) => `"${kind}" is missing [F5]`),
  );
});

test.each([
  ["{ renamed: 2021 }", "a succession says one thing"],
  ["{ from: Alfa, left: 2022 }", "a succession says one thing"],
  ["{ renamed: 2021, from: Alfa, left: 2022 }", "a succession says one thing"],
  ["{ merged: 2021 }", "a succession says one thing"],
  ["{ into: b, left: 2021 }", "a succession says one thing"],
  ["{ contract: k }", "a succession says one thing"],
  ["{ renamed: 2021, from: Alfa, contract: k }", "a name is the supplier's everywhere"],
  ["{ renamed: 2021, from: Alfa, lot: 1 }", "a name is the supplier's everywhere"],
  ["{ renamed: 2021, from: Alfa }", undefined],
  ["{ merged: 2021, into: b, contract: k, lot: 1 }", undefined],
  ["{ left: 2021, lot: 1 }", undefined],
])("the succession %s: %s", async (succession, problem) => {
  const suppliers = `[{ supplier: a, name: Alpha, successions: [${succession}] }, { supplier: b, name: Beta }]`;
  const found = await wrongIn(
    `suppliers: ${suppliers}\ncontracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a] }] }]\n`,
  );
  expect(found.map((finding) => finding.replace(/^\S+ | \[F5\]$/g, ""))).toEqual(
    problem === undefined ? [] : [problem],
  );
});
