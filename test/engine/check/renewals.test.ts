import { expect, test } from "vitest";
import { found } from "../../checking.ts";

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
