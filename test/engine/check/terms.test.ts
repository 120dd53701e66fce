import { describe, expect, test } from "vitest";
import { OPEN_FRAMEWORK } from "../../../src/records/contract.ts";
import { findingsIn, found } from "../../checking.ts";

const LOTS = "lots: [{ lot: 1 }]";

describe("D2: more than four years", () => {
  test.each([
    ["term: 5 years", "5 years"],
    ["term: 2 years + 3 renewals of 1 year", "5 years"],
    ["term: 49 months", "49 months"],
    ["maximumDuration: 6 years", "6 years"],
  ])("%s", async (term, length) => {
    expect(await found("D2", `${term}, ${LOTS}`)).toEqual([
      `warning D2-length: k: runs for up to ${length}, more than 4 years`,
    ]);
  });

  test.each([
    "term: 4 years",
    "term: 2 years + 2 renewals of 1 year",
    "maximumDuration: 4 years",
    "framework: no, term: 9 years",
    "regime: utilities, term: 8 years",
    "regime: defence, term: 7 years",
    "regime: concession, term: 5 years",
  ])("%s passes", async (term) => {
    expect(await found("D2", `${term}, ${LOTS}`)).toEqual([]);
  });

  test.each([
    ["utilities", "97 months", "8 years"],
    ["defence", "85 months", "7 years"],
    ["concession", "61 months", "5 years"],
    ["financial regulation", "49 months", "4 years"],
    ["classic", "49 months", "4 years"],
    ["uk-2023", "49 months", "4 years"],
  ])("other years under the regime: %s", async (regime, term, most) => {
    expect(await found("D2", `regime: ${regime}, term: ${term}, ${LOTS}`)).toEqual([
      `warning D2-length: k: runs for up to ${term}, more than ${most}`,
    ]);
  });

  test("an open framework of the United Kingdom may run 8 years in all", async () => {
    const open = `regime: uk-2023, notes: [{ rule: D2, text: "${OPEN_FRAMEWORK}" }], ${LOTS}`;
    expect(await found("D2", `term: 8 years, ${open}`)).toEqual([]);
    expect(await found("D2", `term: 9 years, ${open}`)).toEqual([
      "warning D2-length: k: runs for up to 9 years, more than 8 years",
    ]);
  });

  test.each([
    ["of the contract", "term: 6 years, longTermReason: cranes, lots: [{ lot: 1 }]", "k"],
    ["of each lot", "term: 6 years, lots: [{ lot: 1, longTermReason: cranes }]", "k"],
    ["of a lot's own term", "term: 1 year, lots: [{ lot: 1, term: 6 years, longTermReason: cranes }]", "lot k/1"],
    ["of the contract for its lots", "longTermReason: cranes, lots: [{ lot: 1, term: 6 years }]", "lot k/1"],
  ])("BT-109: the reason is told where it is stated: %s", async (_, stated, name) => {
    expect(await found("D2", stated)).toEqual([
      `info D2-justified: ${name}: runs for up to 6 years, more than 4 years, and says why: cranes`,
    ]);
  });

  test("BT-109: the reason of one lot is none of another, nor of the whole", async () => {
    expect(await found("D2", "term: 6 years, lots: [{ lot: 1, longTermReason: cranes }, { lot: 2 }]")).toEqual([
      "warning D2-length: k: runs for up to 6 years, more than 4 years",
    ]);
    const own = "lots: [{ lot: 1, term: 6 years, longTermReason: cranes }, { lot: 2, term: 6 years }]";
    expect(await found("D2", own)).toEqual([
      "info D2-justified: lot k/1: runs for up to 6 years, more than 4 years, and says why: cranes",
      "warning D2-length: lot k/2: runs for up to 6 years, more than 4 years",
    ]);
  });

  test("a lot's own term counts by itself", async () => {
    expect(await found("D2", "term: 4 years, lots: [{ lot: 1, term: 5 years }, { lot: 2, term: 4 years }]")).toEqual([
      "warning D2-length: lot k/1: runs for up to 5 years, more than 4 years",
    ]);
  });
});

test("D1: a declared maximum that is not the term with its renewals", async () => {
  expect(
    await found("D1", `term: 2 years + 1 renewal of 1 year, maximumDuration: { p: 3 years, q: 4 years }, ${LOTS}`),
  ).toEqual(["warning D1-maximum: k: q declares at most 4 years; the term with its renewals is 3 years"]);
  expect(await found("D1", `term: 1 year, maximumDuration: 2 years, ${LOTS}`)).toEqual([
    "warning D1-maximum: k: the register declares at most 2 years; the term with its renewals is 1 year",
  ]);
});

test("D1: a term that begins before the award", async () => {
  expect(await found("D1", `awardDate: 2024-03-24, startDate: 2024-03-23, ${LOTS}`)).toEqual([
    "warning D1-begin: k: its term begins on 2024-03-23, before the award on 2024-03-24",
  ]);
  for (const dates of [
    "awardDate: 2024-03, startDate: 2024-03-01",
    "awardDate: 2024-03-24, startDate: 2024",
    "awardDate: 2024-03-24, startDate: 2024-03-24",
    "startDate: 2024",
    "awardDate: 2024",
  ])
    expect(await found("D1", `${dates}, ${LOTS}`)).toEqual([]);
});

test("D1: a stated end that is not the one of the term", async () => {
  expect(
    await found("D1-end", `startDate: 2024-04-01, endDate: 2026-04-01, term: 2 years + 1 renewal of 1 year, ${LOTS}`),
  ).toEqual(["warning D1-end: k: ends on 2026-04-01 by its stated end, but on 2026-03-31 by its term"]);
  for (const dates of [
    "startDate: 2024-04-01, endDate: 2026-03-31, term: 2 years",
    "startDate: 2024-04-01, endDate: 2026-03, term: 2 years",
    "startDate: 2024, endDate: 2026-12-30, term: 2 years",
    "endDate: 2026-12-30, term: 2 years",
    "startDate: 2024, endDate: 2030",
  ])
    expect(await found("D1", `${dates}, ${LOTS}`)).toEqual([]);
});

describe("D2: tacit renewals go on until one is declined", () => {
  const TACIT = "startDate: 2020-01-01, term: 1 year + tacit renewals of 1 year, lots: [{ lot: 1 }]";
  test.each([
    ["", ["warning D2-length: k: runs without end, more than 4 years"]],
    ["renewals: [{ renewal: 4, declined: 2023-10-01 }]", []],
    [
      "renewals: [{ renewal: 5, declined: 2024-10-01 }]",
      ["warning D2-length: k: runs for up to 5 years, more than 4 years"],
    ],
  ])("%s", async (renewals, findings) => {
    expect(await found("D2", [TACIT, ...(renewals === "" ? [] : [renewals])].join(", "))).toEqual(findings);
  });
});

const contract = (renewals: string, more = "startDate: 2020-01-01") =>
  `${more}, term: 2 years + 2 renewals of 1 year, lots: [{ lot: 1 }], renewals: [${renewals}]`;

test("a renewal that the term does not have", async () => {
  expect(await found("D1", contract("{ renewal: 3, declined: 2023-11 }"))).toEqual([
    "error D1-renewals: k, renewal 3: the term of 2 years + 2 renewals of 1 year has no such renewal",
  ]);
});

test("a renewal without the one before it, or decided before that", async () => {
  expect(await found("D1", contract("{ renewal: 2, exercised: 2022-11 }"))).toEqual([
    "warning D1-sequence: k, renewal 2: decided on 2022-11, but renewal 1 is not decided",
  ]);
  expect(await found("D1", contract("{ renewal: 2, exercised: 2021-10 }, { renewal: 1, exercised: 2021-11 }"))).toEqual(
    ["warning D1-sequence: k, renewal 2: decided on 2021-10, but renewal 1 was decided later, on 2021-11"],
  );
});

test("a renewal taken up after it would have begun", async () => {
  expect(await found("D1", contract("{ renewal: 1, exercised: 2022-01-02 }"))).toEqual([
    "warning D1-late: k, renewal 1: exercised on 2022-01-02, after it would have begun on 2022-01-01",
  ]);
});

test.each([
  ["{ renewal: 1, exercised: 2022-01-01 }", undefined],
  ["{ renewal: 1, exercised: 2022 }", undefined],
  ["{ renewal: 1, declined: 2022-06-01 }", undefined],
  ["{ renewal: 2, exercised: 2022-11 }, { renewal: 1, exercised: 2021-11 }", undefined],
  ["{ renewal: 1, exercised: 2021-11 }, { renewal: 2, exercised: 2021-11 }", undefined],
  ["{ renewal: 1, exercised: 2090 }", "title: without a begin"],
])("%s passes", async (renewals, more) => {
  expect(await found("D1", contract(renewals, more))).toEqual([]);
});

test("a renewal that there is not is told with what to do", async () => {
  const hints = async (text: string) =>
    (await findingsIn(`contracts: [{ contract: k, ${text} }]`, { only: ["D1-renewals"] })).map(({ hint }) => hint);
  const renewal = "lots: [{ lot: 1 }], renewals: [{ renewal: 2, exercised: 2022 }]";
  expect(await hints(renewal)).toEqual(["state the term with its renewals: 2 years + 1 renewal of 1 year"]);
  expect(await hints(`term: 2 years + 1 renewal of 1 year, ${renewal}`)).toEqual([
    "the renewals of the term are used up",
  ]);
});

test("a renewal of a contract that states no term is one that it does not have", async () => {
  expect(await found("D1", "lots: [{ lot: 1 }], renewals: [{ renewal: 7, exercised: 2022 }]")).toEqual([
    "error D1-renewals: k, renewal 7: no term is stated that has renewals",
  ]);
});

const TACIT =
  "startDate: 2020-01-01, term: 1 year + 1 renewal of 1 year + tacit renewals of 1 year, lots: [{ lot: 1 }]";

test.each([
  // Renewal 2 is tacit: nobody has to decide it before renewal 3 is declined.
  ["{ renewal: 1, exercised: 2020-11 }, { renewal: 3, declined: 2022-10-01 }", []],
  ["{ renewal: 1, exercised: 2020-11 }, { renewal: 4, declined: 2023-10-01 }", []],
  [
    "{ renewal: 2, declined: 2021-10-01 }",
    ["warning D1-sequence: k, renewal 2: decided on 2021-10-01, but renewal 1 is not decided"],
  ],
] as const)("tacit renewals need no decision: %s", async (renewals, findings) => {
  expect(await found("D1", `${TACIT}, renewals: [${renewals}]`)).toEqual(findings);
});
