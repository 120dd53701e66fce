import { describe, expect, test } from "vitest";
import type { Contract } from "../../../src/records/contract.ts";
import {
  amount,
  announced,
  contract,
  group,
  lot,
  notice,
  organisation,
  party,
  project,
  result,
  secret,
  tender,
} from "./notice-xml.ts";
import { amountText, claimText, contractIn, noteLines } from "./reading.ts";

const groupLines = ({ groups }: Contract): readonly string[] =>
  groups.map(
    ({ id, lots, ceiling, certain }) =>
      `${id}: ${lots.join(", ")} | ${claimText(ceiling, amountText) ?? "no ceiling"} | ${certain ? "certain" : "uncertain"}`,
  );

describe("groups of lots (BT-330, BT-1375)", () => {
  const framework = (key: string, content: string): string =>
    `<efac:GroupFramework>${content}<efac:TenderLot><cbc:ID>${key}</cbc:ID></efac:TenderLot></efac:GroupFramework>`;
  const grouped = (results: string, more = "") =>
    contractIn(
      notice({
        results,
        groups: group("GLO-1", ["LOT-1", "LOT-2"]) + group("GLO-2", ["LOT-2", "LOT-3", "LOT-9", "LOT-3"]),
        lots: lot("LOT-1") + lot("LOT-2") + lot("LOT-3") + more,
      }),
    );

  test("E4: have the maximum and the re-estimate that the results state (BT-156, BT-1561)", () => {
    const answer = grouped(
      framework(
        "GLO-1",
        amount("efbc:GroupFrameworkMaximumValueAmount", "EUR 2940000") +
          amount("efbc:GroupFrameworkReestimatedValueAmount", "EUR 2000000"),
      ),
    );
    expect(groupLines(answer)).toEqual([
      "GLO-1: LOT-1, LOT-2 | EUR 2940000 (BT-156) | certain",
      "GLO-2: LOT-2, LOT-3 | no ceiling | certain",
    ]);
    expect(claimText(answer.groups[0]?.reestimate, amountText)).toBe("EUR 2000000 (BT-1561)");
  });

  test("are told where the notice does not name their lots", () => {
    const answer = grouped(framework("GLO-7", amount("efbc:GroupFrameworkMaximumValueAmount", "EUR 90")));
    expect(groupLines(answer)).toHaveLength(2);
    expect(noteLines(answer)).toContain(
      "R-MAX GLO-7: what is stated of a group whose lots the notice does not name is left out",
    );
    expect(noteLines(grouped(framework("GLO-1", ""))).filter((note) => note.startsWith("R-MAX"))).toEqual([]);
  });

  test("have the one announced before where the results state none, and their title; they are no lots", () => {
    const answer = grouped(
      framework("GLO-2", secret("gro-max-val")),
      lot("GLO-1", project(`<cbc:Name languageID="ENG">North and south</cbc:Name>${announced("EUR 80")}`), "LotsGroup"),
    );
    expect(groupLines(answer)).toEqual([
      "GLO-1: LOT-1, LOT-2 | EUR 80 (BT-271) | certain",
      "GLO-2: LOT-2, LOT-3 | withheld (BT-156) | certain",
    ]);
    expect(answer.groups.map(({ title }) => title)).toEqual(["North and south", undefined]);
    expect(answer.lots.map(({ id }) => id)).toEqual(["LOT-1", "LOT-2", "LOT-3"]);
  });

  test("without a lot of the notice are left out", () => {
    expect(contractIn(notice({ groups: group("GLO-1", ["LOT-9"]), lots: lot("LOT-1") })).groups).toEqual([]);
  });
});

describe("T9: lots that repeat one ceiling", () => {
  const COMPANIES = organisation("ORG-1", "Acme") + organisation("ORG-2", "Beta");
  const PARTIES = party("TPA-1", ["ORG-1"]) + party("TPA-2", ["ORG-2"]);
  const BOTH = lot("LOT-1") + lot("LOT-2");

  /** Two lots with these maxima, each won by a tender of its own, of the companies named. */
  const won = (
    maxima: readonly [string, string],
    contracts: string,
    { total, owners = ["TPA-1", "TPA-1"] }: { total?: string; owners?: readonly [string, string] } = {},
    groups = "",
  ) =>
    contractIn(
      notice({
        organisations: COMPANIES,
        results:
          (total === undefined ? "" : amount("efbc:OverallMaximumFrameworkContractsAmount", total)) +
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"], maximum: maxima[0] }) +
          result("LOT-2", { status: "selec-w", tenders: ["TEN-2"], maximum: maxima[1] }) +
          tender("TEN-1", { party: owners[0], lot: "LOT-1" }) +
          tender("TEN-2", { party: owners[1], lot: "LOT-2" }) +
          contracts +
          PARTIES,
        groups,
        lots: BOTH,
      }),
    );
  const ONE = contract("CON-1", { tenders: ["TEN-1", "TEN-2"] });
  const TWO = contract("CON-1", { tenders: ["TEN-1"] }) + contract("CON-2", { tenders: ["TEN-2"] });

  test("trap 4: one contract covers them: it is one ceiling", () => {
    const answer = won(["EUR 100", "EUR 100.00"], ONE);
    expect(groupLines(answer)).toEqual(["CON-1: LOT-1, LOT-2 | EUR 100 (BT-709) | certain"]);
    expect(noteLines(answer)).toEqual([
      "T9 CON-1: a contract covers several lots, which repeat one ceiling: it counts once",
    ]);
    expect(answer.lots.map(({ ceiling }) => claimText(ceiling, amountText))).toEqual([
      "EUR 100 (BT-709)",
      "EUR 100.00 (BT-709)",
    ]);
  });

  test("several contracts that cover the same lots tell of one group", () => {
    const again = contract("CON-2", { tenders: ["TEN-2", "TEN-1"] });
    expect(groupLines(won(["EUR 100", "EUR 100"], ONE + again))).toHaveLength(1);
  });

  test("each has a contract of its own with the same supplier: nothing settles it", () => {
    const answer = won(["EUR 100", "EUR 100"], TWO);
    expect(groupLines(answer)).toEqual(["equal-ceilings-1: LOT-1, LOT-2 | EUR 100 (BT-709) | uncertain"]);
    expect(noteLines(answer)).toEqual([
      "T9 LOT-1, LOT-2: equal ceilings with the same suppliers may be one ceiling or several",
    ]);
  });

  test("the maximum of all frameworks settles it, either way", () => {
    expect(groupLines(won(["EUR 100", "EUR 100"], TWO, { total: "EUR 200" }))).toEqual([]);
    expect(groupLines(won(["EUR 100", "EUR 100"], TWO, { total: "EUR 100" }))).toEqual([]);
    expect(groupLines(won(["EUR 100", "EUR 100"], ONE, { total: "EUR 200" }))).toEqual([]);
    expect(groupLines(won(["EUR 100", "EUR 100"], ONE, { total: "EUR 100" }))).toHaveLength(1);
    expect(groupLines(won(["EUR 100", "EUR 100"], TWO, { total: "EUR -1" }))).toHaveLength(1);
  });

  test("unlike ceilings, other suppliers, known zeros and withheld ones are none of it", () => {
    expect(groupLines(won(["EUR 100", "EUR 101"], TWO))).toEqual([]);
    expect(groupLines(won(["EUR 100", "EUR 101"], ONE))).toEqual([]);
    expect(groupLines(won(["EUR 100", "PLN 100"], ONE))).toEqual([]);
    expect(groupLines(won(["EUR 100", "EUR 100"], TWO, { owners: ["TPA-1", "TPA-2"] }))).toEqual([]);
    expect(groupLines(won(["EUR 0", "EUR 0"], TWO))).toEqual([]);
    expect(groupLines(won(["EUR -1", "EUR -1"], ONE))).toEqual([]);
  });

  test("a declared group with a ceiling of its own says it already", () => {
    const declared = group("GLO-1", ["LOT-1", "LOT-2"]);
    expect(groupLines(won(["EUR 100", "EUR 100"], ONE, {}, declared))).toEqual([
      "GLO-1: LOT-1, LOT-2 | no ceiling | certain",
      "CON-1: LOT-1, LOT-2 | EUR 100 (BT-709) | certain",
    ]);
  });
});
