import { describe, expect, test } from "vitest";
import { formatMoney } from "../../../src/model/money.ts";
import { award, contractIn, eur, release } from "./reading.ts";

const told = (...releases: readonly object[]) =>
  contractIn({ releases }).publications.map(({ kind, did, maximum }) =>
    [kind, did, typeof maximum === "object" ? formatMoney(maximum) : maximum]
      .filter((part) => part !== undefined)
      .join(": "),
  );

const step = (tag: string, day: string, more: object = {}) =>
  release({ id: tag, date: `2024-${day}T00:00:00Z`, tag: tag.split(" "), awards: undefined, ...more });

const FRAMEWORK = { techniques: { hasFrameworkAgreement: true } };
const AWARDS = [{ id: "a", status: "active", suppliers: [{ id: "s", name: "Alder" }] }];

describe("the releases of a process are steps of its history (T12)", () => {
  test("each by its tags", () => {
    expect(
      told(
        step("planning", "01-01"),
        step("tender", "02-01", { tender: { id: "t" } }),
        step("tenderAmendment", "03-01"),
        step("award contract", "04-01", { awards: AWARDS }),
        step("contractAmendment", "05-01"),
        step("contractTermination", "06-01"),
        step("compiled", "07-01"),
        step("stranger", "08-01"),
      ),
    ).toEqual([
      "planning: announces",
      "tender: calls for tenders",
      "tenderAmendment: corrects",
      "award contract: awards",
      "contractAmendment: modifies",
      "contractTermination: ends contracts",
      "compiled",
      "stranger",
    ]);
  });

  test("one by itself did nothing beside others", () => {
    expect(told(step("award", "01-01", { awards: AWARDS }))).toEqual(["award"]);
  });

  test("an award under a framework agreement calls off", () => {
    const relatedProcesses = [{ id: "1", relationship: ["framework"], identifier: "ocds-0" }];
    expect(told(step("tender", "01-01"), step("award", "02-01", { awards: AWARDS, relatedProcesses }))[1]).toBe(
      "award: calls off",
    );
  });

  test.each([
    ["of the whole", { ...FRAMEWORK, maximumValue: eur(90), lots: [{ id: "1", maximumValue: eur(50) }] }, "EUR 90"],
    [
      "of its lots together",
      { ...FRAMEWORK, lots: [eur(50), eur(30)].map((maximumValue, id) => ({ id: `${id}`, maximumValue })) },
      "EUR 80",
    ],
    ["of the agreement", { techniques: { frameworkAgreement: { value: eur(70) } } }, "EUR 70"],
  ])("a call announces the maximum %s", (_, tender, maximum) => {
    expect(told(step("tender", "01-01", { tender }), step("award", "02-01", { awards: AWARDS }))).toEqual([
      `tender: calls for tenders: ${maximum}`,
      "award: awards",
    ]);
  });

  test("no maximum of what is no framework agreement, or only estimated", () => {
    const act = { legalBasis: { scheme: "UKPGA", id: "2023/54" } };
    for (const tender of [
      { maximumValue: eur(90) },
      { ...act, techniques: { frameworkAgreement: { value: eur(70) } } },
    ])
      expect(told(step("tender", "01-01", { tender }), step("award", "02-01", { awards: AWARDS }))[0]).toBe(
        "tender: calls for tenders",
      );
  });
});

test("N4: an amendment without a date has that of the release that tells of it, unless this was compiled of others", () => {
  const contracts = [{ id: "c", awardID: "a", amendments: [{ id: "m", description: "more" }] }];
  const one = { ...release({ awards: [award("a", "Alder")] }), id: "1", date: "2024-01-01T00:00:00Z", tag: ["award"] };
  const two = { ...release({ contracts }), id: "2", date: "2024-06-01T00:00:00Z", tag: ["contractAmendment"] };
  const { modifications } = contractIn(one, two);
  expect(modifications.map(({ id, title, date }) => [id, title, date.month])).toEqual([["m", "more", 6]]);
  expect(contractIn({ ...one, contracts, tag: ["compiled"] }).modifications).toEqual([]);
});
