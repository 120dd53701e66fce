import { describe, expect, test } from "vitest";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import type { Contract } from "../../../src/records/contract.ts";
import { amount, contract, lot, notice, organisation, party, result, tender } from "./notice-xml.ts";
import { amountText, contractIn, lotLines, noteLines, noticeIn } from "./reading.ts";

const COMPANIES = organisation("ORG-1", "Acme") + organisation("ORG-2", "Beta") + organisation("ORG-3", "Gamma");

const PARTIES = party("TPA-1", ["ORG-1"]) + party("TPA-2", ["ORG-2"]) + party("TPA-3", ["ORG-3"]);

/** Two tenders of two companies for one lot, 100 and 20 euros; what became of them is for the test to say. */
const withResults = (results: string): string =>
  notice({
    organisations: COMPANIES,
    results:
      results +
      tender("TEN-1", { party: "TPA-1", lot: "LOT-1", value: "EUR 100", rank: "1" }) +
      tender("TEN-2", { party: "TPA-2", lot: "LOT-1", value: "EUR 20.50", rank: "2" }) +
      PARTIES,
    lots: lot("LOT-1"),
  });

describe("R-WIN: who won a lot", () => {
  test("E1: the tenders that its result lists and a contract names", () => {
    const answer = contractIn(
      withResults(
        result("LOT-1", { status: "selec-w", tenders: ["TEN-1"], contracts: ["CON-1"] }) +
          contract("CON-1", { tenders: ["TEN-1"] }),
      ),
    );
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | Acme | no ceiling | EUR 100"]);
    expect(answer.notes).toEqual([]);
  });

  test("T10a: a tender that a contract names again, or another contract, too, counts once", () => {
    const answer = (...contracts: readonly string[]) =>
      contractIn(
        withResults(
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"], contracts: ["CON-1", "CON-2"] }) +
            contracts.join(""),
        ),
      );
    const values = ({ settledContracts }: Contract) => settledContracts.map(({ value }) => amountText(value));
    expect(values(answer(contract("CON-1", { tenders: ["TEN-1", "TEN-1"] })))).toEqual(["EUR 100"]);
    expect(values(answer(contract("CON-1", { tenders: ["TEN-1", "TEN-2"] })))).toEqual(["EUR 120.50"]);
    const twice = answer(contract("CON-1", { tenders: ["TEN-1"] }), contract("CON-2", { tenders: ["TEN-1", "TEN-2"] }));
    expect(values(twice)).toEqual(["EUR 100", "EUR 20.50"]);
    expect(noteLines(twice)).toEqual([
      "T10 CON-2: a contract lists tenders of other contracts or lots: their values count there, and once",
    ]);
  });

  test("T10a: what a contract lists of another lot is no part of its value", () => {
    const answer = contractIn(
      notice({
        organisations: COMPANIES,
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"], contracts: ["CON-1"] }) +
          result("LOT-2", { status: "selec-w", tenders: ["TEN-2"], contracts: ["CON-2"] }) +
          tender("TEN-1", { party: "TPA-1", lot: "LOT-1", value: "EUR 100" }) +
          tender("TEN-2", { party: "TPA-1", lot: "LOT-2" }) +
          contract("CON-2", { tenders: ["TEN-1"] }) +
          contract("CON-1", { tenders: ["TEN-1"] }) +
          PARTIES,
        lots: lot("LOT-1") + lot("LOT-2"),
      }),
    );
    expect(answer.settledContracts.map(({ id, value }) => [id, amountText(value)])).toEqual([
      ["CON-2", undefined],
      ["CON-1", "EUR 100"],
    ]);
  });

  test("what refers to nothing, names no lot or no winner, or has the id of another, is told", () => {
    const told = (content: string) =>
      noteLines(contractIn(notice({ organisations: COMPANIES, results: content, lots: lot("LOT-1") + lot("LOT-2") })));
    const won = result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] });
    const closed = result("LOT-2", { status: "clos-nw" });
    const tenderOf = (owner: string) => tender("TEN-1", { party: owner, lot: "LOT-1", value: "EUR 1" });
    const named = contract("CON-1", { tenders: ["TEN-1"] });
    const clear = won + closed + tenderOf("TPA-1") + named + PARTIES;
    expect(told(clear)).toEqual([]);
    const nowhere = result("LOT-1", { status: "selec-w" }).replace(/<efac:TenderLot>.*<\/efac:TenderLot>/, "");
    expect(nowhere).not.toContain("LOT-1");
    expect(told(clear + nowhere)).toContain("R-LOTNO a result names no lot: it stands as a lot of its own");
    expect(told(clear.replaceAll("TEN-1", ""))).toContain(
      "E1 CON-1: what refers to something without its id is left out (LotTender)",
    );
    const ownerless = tenderOf("TPA-1").replace(/<efac:TenderingParty>.*<\/efac:TenderingParty>/, "");
    expect(told(won + closed + ownerless + named + PARTIES)).toEqual([
      "R-SUP TEN-1: a winning tender names no tendering party: who won is not known",
    ]);
    expect(told(clear.replaceAll("ORG-1", ""))).toContain("R-SUP TPA-1: a member without an id is left out");
    expect(told(clear + tenderOf("TPA-2") + contract("CON-1") + party("TPA-1", ["ORG-2"]))).toEqual([
      "R-SUP TPA-1: several tendering parties have one id: the first counts",
      "T10 TEN-1: several tenders have one id: the first of them counts",
      "T10 CON-1: several contracts have one id: the first of them counts",
    ]);
  });

  test("T10: a value where a tender is listed counts if its description states none, and is told if it states another", () => {
    const listing = (described: string, listed: string) =>
      contractIn(
        withResults(
          result("LOT-1", { status: "selec-w", tenders: ["TEN-3"] }).replace(
            "<cbc:ID>TEN-3</cbc:ID>",
            `$&<cac:LegalMonetaryTotal>${amount("cbc:PayableAmount", listed)}</cac:LegalMonetaryTotal>`,
          ) +
            tender("TEN-3", { party: "TPA-3", lot: "LOT-1", ...(described !== "" && { value: described }) }) +
            contract("CON-1", { tenders: ["TEN-3"] }),
        ),
      );
    expect(lotLines(listing("", "EUR 7"))).toEqual(["LOT-1 | awarded | Gamma | no ceiling | EUR 7"]);
    expect(noteLines(listing("EUR 7", "EUR 7.00"))).toEqual([]);
    const unlike = listing("EUR 8", "EUR 7");
    expect(lotLines(unlike)).toEqual(["LOT-1 | awarded | Gamma | no ceiling | EUR 8"]);
    expect(noteLines(unlike)).toEqual([
      "T10 TEN-3: a tender is listed at another value than it is described at, which counts",
    ]);
  });

  test("what stands twice under one id, and what cannot be read or may not be told, is told", () => {
    const answer = contractIn(
      notice({
        organisations: COMPANIES + organisation("ORG-1", "Delta") + organisation("ORG-4", "unpublished"),
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"], contracts: ["CON-1"] }) +
          tender("TEN-1", { party: "TPA-1", lot: "LOT-1", value: "EUR 100" }) +
          tender("TEN-2", { party: "TPA-4", lot: "LOT-1", value: "EUR 100" }) +
          contract("CON-1", { tenders: ["TEN-1", "TEN-2"], more: "<cbc:AwardDate>2024-02-30Z</cbc:AwardDate>" }) +
          PARTIES +
          party("TPA-4", ["ORG-4"]),
        lots: lot("LOT-1") + lot("LOT-1"),
      }),
    );
    expect(noteLines(answer)).toEqual([
      "R-SUP ORG-1: several organisations have one id: the first counts",
      "R-LOTNO LOT-1: several lots have one id: the first is taken for all",
      "N4 AwardDate: a text that is not a date counts as missing: 2024-02-30Z",
      "R-SUP ORG-4: the name of an organisation is withheld",
    ]);
  });

  test("E2, trap 14: whatever their rank", () => {
    const answer = contractIn(
      withResults(
        result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"] }) +
          contract("CON-1", { tenders: ["TEN-2", "TEN-1"] }),
      ),
    );
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | Acme, Beta | no ceiling | EUR 120.50"]);
  });

  test("trap 10: not a loser that the result lists", () => {
    const answer = contractIn(
      withResults(
        result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"] }) + contract("CON-1", { tenders: ["TEN-2"] }),
      ),
    );
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | Beta | no ceiling | EUR 20.50"]);
    expect(noteLines(answer)).toEqual([
      "R-WIN LOT-1: some tenders are in no contract: only those that a contract names count as won",
    ]);
  });

  test("all that are listed where no contract names any", () => {
    const answer = contractIn(
      withResults(result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"] }) + contract("CON-1")),
    );
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | Acme, Beta | no ceiling | EUR 120.50"]);
    expect(noteLines(answer)).toEqual([
      "R-WIN LOT-1: no contract names a tender, so all tenders in the result count as won",
    ]);
  });

  test.each([
    ["clos-nw", "closed-no-winner"],
    ["open-nw", "open"],
  ])("nobody where the result is %s, though it lists tenders that a contract names", (code, status) => {
    const answer = contractIn(
      withResults(result("LOT-1", { status: code, tenders: ["TEN-1"] }) + contract("CON-1", { tenders: ["TEN-1"] })),
    );
    expect(lotLines(answer)).toEqual([`LOT-1 | ${status} | nobody | no ceiling | nothing awarded`]);
    expect(noteLines(answer)).toEqual([
      "R-WIN LOT-1: tenders are listed in a result without a winner, and not counted",
    ]);
  });

  test("those that a contract names where it is withheld whether there is a winner", () => {
    const named = withResults(
      result("LOT-1", { status: "unpublished", tenders: ["TEN-1", "TEN-2"] }) +
        contract("CON-1", { tenders: ["TEN-1"] }),
    );
    expect(lotLines(contractIn(named))).toEqual(["LOT-1 | unpublished | Acme | no ceiling | EUR 100"]);
    const unnamed = withResults(result("LOT-1", { status: "unpublished", tenders: ["TEN-1"] }));
    expect(lotLines(contractIn(unnamed))).toEqual(["LOT-1 | unpublished | nobody | no ceiling | nothing awarded"]);
    expect(noteLines(contractIn(unnamed))).toEqual(["R-STATUS LOT-1: whether it was awarded is withheld"]);
  });

  test("those that a result without status lists", () => {
    const answer = contractIn(withResults(result("LOT-1", { tenders: ["TEN-1"] })));
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | Acme | no ceiling | EUR 100"]);
    expect(noteLines(answer)).toEqual(["R-WIN LOT-1: a result without status: the tenders that it lists count as won"]);
  });

  test("E1: the tenders of its contracts where the result lists none", () => {
    const answer = contractIn(
      withResults(
        result("LOT-1", { status: "selec-w", contracts: ["CON-1"] }) +
          result("LOT-2", { contracts: ["CON-1"] }) +
          contract("CON-1", { tenders: ["TEN-2"] }),
      ),
    );
    expect(lotLines(answer)).toEqual([
      "LOT-1 | awarded | Beta | no ceiling | EUR 20.50",
      "LOT-2 | no-result | nobody | no ceiling | nothing awarded",
    ]);
    expect(noteLines(answer)).toContain(
      "R-WIN LOT-1: the result lists contracts, but no tenders: those of its contracts count",
    );
  });

  test("trap 10: a tender made for another lot where the result lists it", () => {
    const answer = contractIn(
      withResults(
        result("LOT-2", { status: "selec-w", tenders: ["TEN-1"] }) + contract("CON-1", { tenders: ["TEN-1"] }),
      ),
    );
    expect(lotLines(answer)[1]).toBe("LOT-2 | awarded | Acme | no ceiling | EUR 100");
    expect(noteLines(answer)).toContain(
      "R-WIN LOT-2: a tender made for another lot, or for several, is listed in the result, and counts",
    );
  });

  test("nobody where the winning tender is not described", () => {
    const answer = contractIn(withResults(result("LOT-1", { status: "selec-w", tenders: ["TEN-9"] })));
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | nobody | no ceiling | nothing awarded"]);
    expect(noteLines(answer)).toContain("R-WIN TEN-9: a winning tender that the notice does not describe");
  });
});

describe("R-STATUS: what became of a lot", () => {
  const statuses = (...codes: readonly string[]) =>
    contractIn(withResults(codes.map((status) => result("LOT-1", { status })).join("")));

  test.each([
    [["clos-nw", "selec-w", "open-nw"], "awarded"],
    [["clos-nw", "unpublished", "open-nw"], "open"],
    [["clos-nw", "unpublished"], "unpublished"],
    [["clos-nw", "clos-nw"], "closed-no-winner"],
  ])("several results: %s is %s", (codes, status) => {
    expect(statuses(...codes).lots.map((one) => one.status)).toEqual([status]);
    expect(noteLines(statuses(...codes))).toContain(
      "R-STATUS LOT-1: several results, of which awarded counts first and closed last",
    );
  });

  test("a lot without a result, and one that only results name (trap 13)", () => {
    const answer = contractIn(withResults(result("MISSING", { status: "clos-nw" })));
    expect(answer.lots.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "LOT-1 no-result",
      "MISSING closed-no-winner",
    ]);
    expect(noteLines(answer)).toEqual(["R-STATUS LOT-1: no result", "R-STATUS MISSING: a lot that only results name"]);
  });

  test("a code that is none is passed over", () => {
    const answer = contractIn(withResults(result("LOT-1", { status: "won" })));
    expect(answer.lots.map(({ status }) => status)).toEqual(["no-result"]);
    expect(noteLines(answer)).toEqual([
      "R-STATUS won: no status of a result, passed over",
      "R-STATUS LOT-1: a result with neither status nor tenders",
    ]);
  });

  test("a notice without any result says so", () => {
    expect(noteLines(contractIn(notice({ lots: lot("LOT-1") })))).toEqual([
      "R-STATUS the notice has no results",
      "R-STATUS LOT-1: no result",
    ]);
  });
});

describe("R-SUP: who is a supplier", () => {
  const wonBy = (parties: string, owner = "TPA-1", organisations = COMPANIES) =>
    contractIn(
      notice({
        organisations,
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) +
          contract("CON-1", { tenders: ["TEN-1"] }) +
          tender("TEN-1", { party: owner }) +
          parties,
        lots: lot("LOT-1"),
      }),
    );
  const suppliers = (answer: ReturnType<typeof wonBy>) => answer.lots[0]?.suppliers?.[0].value ?? [];

  test("E8: a grouping is one seat, with its members and its lead", () => {
    const answer = wonBy(party("TPA-1", ["ORG-2", "ORG-1"], { name: "Acme and Beta", lead: "ORG-1" }));
    expect(lotLines(answer)).toEqual(["LOT-1 | awarded | Acme and Beta (Beta, Acme*) | no ceiling | nothing awarded"]);
    expect(suppliers(answer)).toHaveLength(1);
    expect(suppliers(answer)[0]?.kind).toBe("grouping");
  });

  test("a grouping without a name has those of its members", () => {
    expect(lotLines(wonBy(party("TPA-1", ["ORG-1", "ORG-2"])))[0]).toContain("Acme, Beta (Acme, Beta)");
  });

  test("a party of one company is that company, named twice or not, whatever the party's name", () => {
    const answer = wonBy(party("TPA-1", ["ORG-1", "ORG-1"], { name: "Bid of Acme" }));
    expect(suppliers(answer).map(({ name, kind }) => `${name[0].value} ${kind}`)).toEqual(["Acme company"]);
  });

  test("members have number and country, of which two letters are kept", () => {
    const companies =
      organisation("ORG-1", "Acme", { legalId: "BE 0403.170.701", country: "BEL" }) +
      organisation("ORG-2", "Beta", { legalId: "n/a", country: "1A0" });
    const [grouping] = suppliers(wonBy(party("TPA-1", ["ORG-1", "ORG-2"]), "TPA-1", companies));
    expect(grouping?.members?.[0].value).toEqual([
      { name: "Acme", country: "BE", legalId: "BE 0403.170.701", lead: false },
      { name: "Beta", country: "XK", legalId: undefined, lead: false },
    ]);
  });

  test("E8: subcontractors are kept apart", () => {
    const answer = wonBy(party("TPA-1", ["ORG-1"], { subcontractors: ["ORG-3", "ORG-2", "ORG-3"] }));
    expect(lotLines(answer)[0]).toContain("| Acme |");
    expect(answer.lots[0]?.subcontractors?.[0].value).toEqual(["Gamma", "Beta"]);
  });

  test("a party without a company is taken by its own name", () => {
    const answer = wonBy(party("TPA-1", [], { name: "Acme &amp; Sons" }));
    expect(lotLines(answer)[0]).toContain("| Acme & Sons |");
    expect(noteLines(answer)).toEqual([
      "R-SUP TPA-1: a tendering party without a company that the notice describes, taken by its own name",
    ]);
  });

  test("a party with neither company nor name is nobody", () => {
    expect(lotLines(wonBy(party("TPA-1", [])))[0]).toContain("| nobody |");
    expect(lotLines(wonBy("", "TPA-9"))[0]).toContain("| nobody |");
  });

  test("a company that the notice does not describe is named by its id", () => {
    const answer = wonBy(party("TPA-1", ["ORG-9"]));
    expect(lotLines(answer)[0]).toContain("| ORG-9 |");
    expect(noteLines(answer)).toEqual(["R-SUP ORG-9: a winner that the notice does not describe, named by its id"]);
  });

  test("trap 11: equal names prove nothing, equal numbers do (T2)", () => {
    const names = (first: string | undefined, second: string | undefined) =>
      suppliers(
        contractIn(
          notice({
            organisations:
              organisation("ORG-1", "Acme", { country: "FRA", ...(first && { legalId: first }) }) +
              organisation("ORG-2", "Acme", { country: "FRA", ...(second && { legalId: second }) }),
            results:
              result("LOT-1", { status: "selec-w", tenders: ["TEN-1", "TEN-2"] }) +
              tender("TEN-1", { party: "TPA-1" }) +
              tender("TEN-2", { party: "TPA-2" }) +
              PARTIES,
            lots: lot("LOT-1"),
          }),
        ),
      ).length;
    expect(names("552 100 554", "552 100 554")).toBe(1);
    expect(names("552 100 554", "552 100 555")).toBe(2);
    expect(names(undefined, undefined)).toBe(2);
    expect(names("0", "0")).toBe(2);
  });
});

test("T2: a lot calls a company, known by its number, as its own notice does", () => {
  const pool = new SupplierPool();
  const called = (name: string) =>
    noticeIn(
      notice({
        organisations: organisation("ORG-1", name, { legalId: "552 100 554", country: "FRA" }),
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) + tender("TEN-1", { party: "TPA-1" }) + PARTIES,
        lots: lot("LOT-1"),
      }),
      pool,
    ).contract.lots[0];
  const [first, second] = [called("Acme PLC"), called("Acme plc")];
  expect(second?.suppliers?.[0].value).toEqual(first?.suppliers?.[0].value);
  const namesOf = (one: typeof first) => [...(one?.statedHere?.values() ?? [])].map(({ name }) => name);
  expect([namesOf(first), namesOf(second)]).toEqual([["Acme PLC"], ["Acme plc"]]);
});

test("E8: a consortium without a name is called alike on all lots, in whatever order they list its companies", () => {
  const { lots } = contractIn(
    notice({
      organisations: organisation("ORG-1", "Alder") + organisation("ORG-2", "Birch"),
      results:
        result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) +
        result("LOT-2", { status: "selec-w", tenders: ["TEN-2"] }) +
        tender("TEN-1", { party: "TPA-1", lot: "LOT-1" }) +
        tender("TEN-2", { party: "TPA-2", lot: "LOT-2" }) +
        party("TPA-1", ["ORG-1", "ORG-2"]) +
        party("TPA-2", ["ORG-2", "ORG-1"]),
      lots: lot("LOT-1") + lot("LOT-2"),
    }),
  );
  const [first, second] = lots.map((one) => one.suppliers?.[0].value[0]);
  expect(first?.name[0].value).toBe("Alder, Birch");
  expect(second).toBe(first);
  expect(lots.map(({ statedHere }) => statedHere)).toEqual([undefined, undefined]);
});
