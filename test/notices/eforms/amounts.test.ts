import { describe, expect, test } from "vitest";
import {
  amount,
  announced,
  contract,
  lot,
  notice,
  organisation,
  party,
  project,
  result,
  secret,
  tender,
} from "./notice-xml.ts";
import { amountText, claimText, contractIn, lotLines, noteLines } from "./reading.ts";

const PARTIES =
  party("TPA-1", ["ORG-1"]) +
  party("TPA-2", ["ORG-2"]) +
  contract("CON-1", { tenders: ["TEN-1"] }) +
  contract("CON-2", { tenders: ["TEN-2"] });
const COMPANIES = organisation("ORG-1", "Acme") + organisation("ORG-2", "Beta");

/** One lot won by the tenders that the test describes. */
const wonBy = (...tenders: readonly string[]) =>
  contractIn(
    notice({
      organisations: COMPANIES,
      results:
        result("LOT-1", {
          status: "selec-w",
          tenders: ["TEN-1", "TEN-2", "TEN-3", "TEN-4"].slice(0, Math.max(2, tenders.length)),
        }) +
        tenders.join("") +
        PARTIES,
      lots: lot("LOT-1"),
    }),
  );

const awarded = (written: string, more = "") =>
  lotLines(wonBy(tender("TEN-1", { party: "TPA-1", value: written, more })))[0]?.split(" | ")[4];

describe("R-AMT: an amount is known, zero, missing or withheld", () => {
  test.each([
    ["EUR 100", "EUR 100"],
    ["EUR 0", "EUR 0"],
    ["EUR 0.01", "EUR 0.01"],
    ["HUF 835895244", "HUF 835895244"],
    ["EUR 72924.0800", "EUR 72924.08"],
    ["EUR -1", "withheld"],
    ["EUR -1.00", "withheld"],
    ["unpublished -1", "withheld"],
    ["unpublished 5", "withheld"],
    ["EUR unpublished", "withheld"],
    ["EUR ", "nothing awarded"],
  ])("trap 6, trap 7: %s is %s", (written, expected) => expect(awarded(written)).toBe(expected));

  test("without a figure it is withheld where the notice declares it secret, else missing", () => {
    expect(awarded("EUR ", secret("win-ten-val"))).toBe("withheld");
    expect(awarded("EUR ", secret("ten-ran"))).toBe("nothing awarded");
    expect(lotLines(wonBy(tender("TEN-1", { party: "TPA-1", more: secret("win-ten-val") })))[0]).toContain("withheld");
    expect(lotLines(wonBy(tender("TEN-1", { party: "TPA-1" })))[0]).toContain("nothing awarded");
  });

  test("E6: a figure beside the declaration counts, and a note says so", () => {
    const answer = wonBy(tender("TEN-1", { party: "TPA-1", value: "EUR 7", more: secret("win-ten-val") }));
    expect(lotLines(answer)[0]).toContain("| EUR 7");
    expect(noteLines(answer)).toContain("R-AMT BT-720: declared secret, yet a figure stands there: it counts");
  });

  test("T8: what is known of some winners only is said to be a part", () => {
    const [known, hidden] = [
      tender("TEN-1", { party: "TPA-1", value: "EUR 5" }),
      tender("TEN-2", { party: "TPA-2", value: "EUR -1" }),
    ];
    const least = { minor: 500n, bound: "atLeast" };
    for (const other of [hidden, tender("TEN-2", { party: "TPA-2" })])
      expect(wonBy(known, other).lots[0]?.awarded?.[0].value).toMatchObject([least]);
    expect(noteLines(wonBy(known, hidden))).toContain(
      "T8 LOT-1: of some of its winning tenders no value is known: what was awarded is at least the rest",
    );
    expect(noteLines(wonBy(known, tender("TEN-2", { party: "TPA-2", value: "EUR 1" })))).toEqual([]);
  });

  test("trap 8, T7: currencies are never added", () => {
    const tenders = [
      tender("TEN-1", { party: "TPA-1", value: "EUR 5" }),
      tender("TEN-2", { party: "TPA-2", value: "PLN 20" }),
    ];
    expect(lotLines(wonBy(...tenders))[0]).toContain("| EUR 5 + PLN 20");
  });

  test.each([
    ["EUR 12,5", '"12,5" is not a figure'],
    [" 440000.00", '"" is not an ISO 4217 currency code'],
    ["euro 5", '"euro" is not an ISO 4217 currency code'],
  ])("N2: %s is left out, and a note says why", (written, why) => {
    const answer = wonBy(tender("TEN-1", { party: "TPA-1", value: written }));
    expect(lotLines(answer)[0]).toContain("nothing awarded");
    expect(noteLines(answer)).toContain(`N2 BT-720: left out: ${why}`);
  });

  test("T10a: a tender that is listed again under its reference counts once, at several amounts as one of them or all", () => {
    const listed = (key: string, value: string, reference = "7") =>
      tender(key, {
        party: "TPA-1",
        value,
        more: `<efac:TenderReference><cbc:ID>${reference}</cbc:ID></efac:TenderReference>`,
      });
    const more = contract("CON-9", { tenders: ["TEN-3", "TEN-4"] });
    const answer = wonBy(listed("TEN-1", "EUR 5"), listed("TEN-2", "EUR 5"));
    expect(lotLines(answer)[0]).toContain("| EUR 5");
    expect(noteLines(answer)).toContain("T10 LOT-1: a tender is listed again under its reference: it counts once");
    const unlike = wonBy(
      listed("TEN-1", "EUR 5"),
      listed("TEN-2", "EUR 9"),
      listed("TEN-3", "EUR 3"),
      listed("TEN-4", "EUR 4"),
      more,
    );
    expect(unlike.lots[0]?.awarded?.[0].value).toMatchObject([{ minor: 2100n, least: 300n, bound: "between" }]);
    expect(noteLines(unlike)).toContain(
      "T10-reference LOT-1: tender 7 stands at several amounts: one of them counts, or all",
    );
    const beside = wonBy(listed("TEN-1", "EUR 5"), listed("TEN-2", "EUR 9"), listed("TEN-3", "EUR 1", "8"), more);
    expect(beside.lots[0]?.awarded?.[0].value).toMatchObject([{ minor: 1500n, least: 600n, bound: "between" }]);
    const foreign = wonBy(listed("TEN-1", "EUR 5"), listed("TEN-2", "PLN 9"));
    expect(lotLines(foreign)[0]).toContain("| EUR 5 + PLN 9");
  });

  test("T10e: an amount below zero is one, for a tender and for the notice", () => {
    expect(lotLines(wonBy(tender("TEN-1", { party: "TPA-1", value: "EUR -2" })))[0]).toContain("| EUR -2");
  });

  test("trap 12: the noise of binary arithmetic is rounded away", () => {
    const answer = wonBy(tender("TEN-1", { party: "TPA-1", value: "EUR 553056.1799999999" }));
    expect(lotLines(answer)[0]).toContain("| EUR 553056.18");
    expect(noteLines(answer)).toContain("N2 BT-720: 553056.1799999999 is rounded to 2 decimals, as EUR has");
  });
});

describe("R-MAX: a lot's ceiling", () => {
  const withMaxima = (results: string, lots = lot("LOT-1"), totals = "") =>
    contractIn(
      notice({
        organisations: COMPANIES,
        results: `${totals}${results}${tender("TEN-1", { party: "TPA-1" })}${tender("TEN-2", { party: "TPA-2" })}${PARTIES}`,
        lots,
      }),
    );
  const won = { status: "selec-w", tenders: ["TEN-1"] };
  const ceilings = (answer: ReturnType<typeof withMaxima>) =>
    answer.lots.map(({ ceiling }) => claimText(ceiling, amountText));

  test("E3, trap 1: is its result's, whatever the number of winners", () => {
    const two = { status: "selec-w", tenders: ["TEN-1", "TEN-2"], maximum: "EUR 9999999.99" };
    expect(ceilings(withMaxima(result("LOT-1", two)))).toEqual(["EUR 9999999.99 (BT-709)"]);
  });

  test("trap 3: is stated once however many results repeat it; of unlike ones the largest counts", () => {
    const repeated = result("LOT-1", { ...won, maximum: "EUR 10" });
    expect(ceilings(withMaxima(repeated + repeated + repeated))).toEqual(["EUR 10 (BT-709)"]);
    const unlike = withMaxima(repeated + result("LOT-1", { ...won, maximum: "EUR 12" }));
    expect(ceilings(unlike)).toEqual(["EUR 12 (BT-709)"]);
    expect(noteLines(unlike).filter((line) => line.startsWith("T7"))).toEqual([]);
  });

  test("is the one announced before where no result states one, and else there is none", () => {
    const lots = lot("LOT-1", project(announced("EUR 70", "EUR 60")));
    expect(ceilings(withMaxima(result("LOT-1", won), lots))).toEqual(["EUR 70 (BT-271)"]);
    expect(ceilings(withMaxima(result("LOT-1", { ...won, maximum: "EUR 50" }), lots))).toEqual(["EUR 50 (BT-709)"]);
    expect(ceilings(withMaxima(result("LOT-1", won)))).toEqual([undefined]);
  });

  test("is the one announced before where the result's is withheld, with a note", () => {
    const hidden = result("LOT-1", { ...won, maximum: "EUR -1" });
    expect(ceilings(withMaxima(hidden))).toEqual(["withheld (BT-709)"]);
    const answer = withMaxima(hidden, lot("LOT-1", project(announced("EUR 70"))));
    expect(ceilings(answer)).toEqual(["EUR 70 (BT-271)"]);
    expect(noteLines(answer)).toContain(
      "R-MAX LOT-1: its framework maximum is withheld: the one announced before is taken",
    );
  });

  test("T8: may be a known zero", () => {
    expect(ceilings(withMaxima(result("LOT-1", { ...won, maximum: "EUR 0" })))).toEqual(["EUR 0 (BT-709)"]);
  });

  test("T7: in several currencies is the first one's largest, with a note", () => {
    const maxima = ["EUR 5", "PLN 90", "EUR 6", "EUR 4"]
      .map((maximum) => result("LOT-1", { ...won, maximum }))
      .join("");
    expect(ceilings(withMaxima(maxima))).toEqual(["EUR 6 (BT-709)"]);
    expect(noteLines(withMaxima(maxima))).toContain("T7 LOT-1: BT-709 stands in several currencies: the first counts");
  });

  test("E4: estimates and totals are measures of their own", () => {
    const answer = withMaxima(
      result("LOT-1", { ...won, maximum: "EUR 50", reestimate: "EUR 45" }),
      lot("LOT-1", project(announced("EUR 70", "EUR 60"))),
      amount("cbc:TotalAmount", "EUR 1") +
        amount("efbc:OverallApproximateFrameworkContractsAmount", "EUR 44") +
        amount("efbc:OverallMaximumFrameworkContractsAmount", "EUR 55"),
    );
    const [first] = answer.lots;
    expect([first?.estimate, first?.reestimate].map((fact) => claimText(fact, amountText))).toEqual([
      "EUR 60 (BT-27)",
      "EUR 45 (BT-660)",
    ]);
    expect([answer.ceiling, answer.reestimate, answer.awarded].map((fact) => claimText(fact, amountText))).toEqual([
      "EUR 55 (BT-118)",
      "EUR 44 (BT-1118)",
      "EUR 1 (BT-161)",
    ]);
  });

  test.each([
    ["not-val", "awarded"],
    ["not-max-val", "ceiling"],
    ["not-app-val", "reestimate"],
  ] as const)("trap 6: %s withholds what is said of all lots", (code, field) => {
    const answer = withMaxima(result("LOT-1", won), lot("LOT-1"), secret(code));
    expect(claimText(answer[field], amountText)).toMatch(/^withheld /);
  });

  test("E4: what was announced for the whole procedure counts until results state maxima", () => {
    const whole = (maximum?: string, other?: string) =>
      contractIn(
        notice({
          results: result("LOT-1", { status: "clos-nw", ...(maximum === undefined ? {} : { maximum }) }),
          project: announced("EUR 90", "EUR 80"),
          lots: lot("LOT-1") + (other === undefined ? "" : lot(other)),
        }),
      );
    expect(claimText(whole().ceiling, amountText)).toBe("EUR 90 (BT-271)");
    expect(claimText(whole().estimate, amountText)).toBe("EUR 80 (BT-27)");
    expect(whole("EUR 5").ceiling).toBeUndefined();
    expect(whole("EUR 5", "LOT-2").ceiling).toBeUndefined();
  });
});

describe("R-SHARED: a tender that wins several lots", () => {
  const both = (second: string) =>
    contractIn(
      notice({
        organisations: COMPANIES,
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"] }) +
          result("LOT-2", { status: "selec-w", tenders: ["TEN-1"] }) +
          tender("TEN-1", { party: "TPA-1", value: "EUR 30", lot: "GLO-1" }) +
          second +
          PARTIES,
        lots: lot("LOT-1") + lot("LOT-2"),
      }),
    );

  test("trap 9: its value counts once in totals, and in none of the lots", () => {
    const answer = both(tender("TEN-2", { party: "TPA-2", value: "EUR 4" }));
    expect(lotLines(answer)).toEqual([
      "LOT-1 | awarded | Acme, Beta | no ceiling | EUR 4",
      "LOT-2 | awarded | Acme | no ceiling | nothing awarded",
    ]);
    expect(
      answer.sharedAwards.map(({ lots, value }) => [lots, typeof value === "object" && value.map(amountText)]),
    ).toEqual([[["LOT-1", "LOT-2"], ["EUR 30"]]]);
    expect(noteLines(answer)).toContain(
      "R-SHARED TEN-1: a tender won several lots: its value counts once in totals, and in none of the lots",
    );
  });

  test("is not shared where nothing is said of its value", () => {
    const answer = contractIn(
      notice({
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) +
          result("LOT-2", { status: "selec-w", tenders: ["TEN-1"] }) +
          tender("TEN-1", { party: "TPA-1" }) +
          PARTIES,
        organisations: COMPANIES,
        lots: lot("LOT-1") + lot("LOT-2"),
      }),
    );
    expect(answer.sharedAwards).toEqual([]);
  });
});
