import { describe, expect, test } from "vitest";
import { check } from "../../../src/engine/check/check.ts";
import { UNATTRIBUTED } from "../../../src/model/claim.ts";
import type { Contract } from "../../../src/records/contract.ts";
import { preferring } from "../../../src/records/register.ts";
import { findingsIn, found, lineOf, linesFound } from "../../checking.ts";
import { openText } from "../../open-text.ts";

describe("N3: sources beside each other", () => {
  const between = (fact: string): Promise<string[]> => found("N3", `source: p, ${fact}, lots: [{ lot: 1 }]`);

  test.each([
    ["buyer: { p: City, q: cíty }"],
    ["awardDate: { p: 2015, q: 2015-12 }"],
    ["awardDate: { p: 2015-12-18, q: 2015-12 }"],
    ["term: { p: 1 year, q: 12 months }"],
    ["maximumDuration: { p: 1 year, q: 12 months }"],
    ["participants: { p: 50, q: 50 }"],
    ["capacity: { p: [5 sites, 3 TB], q: [3 TB, 5 sites] }"],
    ["reservedFor: { p: [Court, Council], q: [council, court] }"],
    ["ceiling: { p: withheld, q: withheld }"],
    ["buyer: { p: City, p again: Town }"],
  ])("%s agree, or are one source's own", async (fact) => {
    expect(await between(fact)).toEqual([]);
  });

  test.each([
    ["buyer: { p: City, q: State }", "buyer: p says City; q says State"],
    ["awardDate: { p: 2015, q: 2016-12 }", "awardDate: p says 2015; q says 2016-12"],
    ["term: { p: 1 year, q: 2 years }", "term: p says 1 year; q says 2 years"],
    ["participants: { p: 50, q: 56 }", "participants: p says 50; q says 56"],
    ["capacity: { p: [5 sites], q: [5 sites, 3 TB] }", "capacity: p says 5 sites; q says 5 sites, 3 TB"],
    ["capacity: { p: [5 sites], q: [4 sites] }", "capacity: p says 5 sites; q says 4 sites"],
    ["dataLocation: { p: [EU], q: [BE] }", "dataLocation: p says EU; q says BE"],
    ["ceiling: { p: EUR 5, q: withheld }", "ceiling: p says EUR 5; q says withheld"],
  ])("%s contradict each other", async (fact, said) => {
    expect(await between(fact)).toEqual([`warning N3-contradiction: k, ${said}: they contradict each other`]);
  });

  test("rounding is worth knowing", async () => {
    expect(await between("participants: { p: about 50, q: 56 }")).toEqual([
      "info N3-rounding: k, participants: p says about 50; q says 56: the same figure, cut",
    ]);
  });

  test("who holds a lot does not depend on the order in which it is said", async () => {
    expect(await found("N3", "lots: [{ lot: 1, suppliers: { p: [a, b], q: [b, a] } }]")).toEqual([]);
    expect(await found("N3", "lots: [{ lot: 1, suppliers: { p: [a, b], q: [a] } }]")).toEqual([
      "warning N3-contradiction: lot k/1, suppliers: p says a, b; q says a: they contradict each other",
    ]);
  });

  test("the verdicts do not depend on who is preferred", async () => {
    const text =
      "sources: [{ source: p, title: P }, { source: q, title: Q }]\ncontracts: [{ contract: k, buyer: { p: City, q: State }, framework: no, lots: [{ lot: 1 }] }]";
    const register = await openText(text);
    const findings = (await check(register)).findings.map(lineOf);
    expect(findings).toHaveLength(1);
    expect((await check(preferring(register, "q"))).findings.map(lineOf)).toEqual(findings);
  });

  test("what no source is named for, the register says", async () => {
    const register = await openText(
      "sources: [{ source: p, title: P }]\ncontracts: [{ contract: k, buyer: { p: City }, framework: no, lots: [{ lot: 1 }] }]",
    );
    const mixed = {
      ...register,
      async *contracts() {
        for await (const batch of register.contracts()) {
          yield batch.map(
            (contract): Contract => ({
              ...contract,
              buyer: [{ value: "State", by: UNATTRIBUTED }, ...(contract.buyer ?? [])],
            }),
          );
        }
      },
    };
    expect((await check(mixed)).findings.map(lineOf)).toEqual([
      "warning N3-contradiction: k, buyer: the register says State; p says City: they contradict each other",
      "info N3-unsourced: k: no source is named for buyer",
    ]);
  });

  test("nobody holds a lot, or somebody does; values of several currencies are named", async () => {
    expect(await found("N3", "lots: [{ lot: 1, suppliers: { p: [], q: [a] } }]")).toEqual([
      "warning N3-contradiction: lot k/1, suppliers: p says nobody; q says a: they contradict each other",
    ]);
    expect(await found("N3", "lots: [{ lot: 1, awarded: { p: [EUR 2M, PLN 3M], q: [EUR 2M, USD 3M] } }]")).toEqual([
      "warning N3-contradiction: lot k/1, awarded: p says EUR 2M, PLN 3M; q says EUR 2M, USD 3M: they contradict each other",
    ]);
    expect(await found("N3", "lots: [{ lot: 1, awarded: { p: [EUR 2M, PLN 3M], q: EUR 2M } }]")).toEqual([
      "warning N3-contradiction: lot k/1, awarded: p says EUR 2M, PLN 3M; q says EUR 2M: they contradict each other",
    ]);
  });

  test("names of one supplier that differ, members and countries that contradict", async () => {
    const findings = await findingsIn(`
sources: [{ source: p, title: P }, { source: q, title: Q }]
suppliers:
  - supplier: a
    name: { p: Alpha, q: Alfa }
    country: { p: BE, q: NL }
    members: { p: [{ name: One, country: BE }], q: [{ name: ONE }] }
  - supplier: b
    name: { p: Beta, q: BETA }
    members: { p: [{ name: One, country: BE }, { name: Two }], q: [{ name: Three }, { name: Two }] }
contracts: [{ contract: k, source: p, framework: no, lots: [{ lot: 1, suppliers: [a, b] }] }]`);
    expect(findings.map(lineOf)).toEqual([
      "info T2-names: supplier a, name: p says Alpha; q says Alfa: names of one supplier",
      "warning N3-contradiction: supplier a, country: p says BE; q says NL: they contradict each other",
      "warning N3-contradiction: supplier b, members: p says One (BE), Two; q says Three, Two: they contradict each other",
    ]);
  });
});

describe("N3: facts without a source", () => {
  test("are told in one finding for a contract, and one for each lot", async () => {
    const text = (source: string) =>
      `${source}contracts: [{ contract: k, buyer: City, ceiling: EUR 1, lots: [{ lot: 1 }, { lot: 2, ceiling: EUR 1 }] }]`;
    const declared = "sources: [{ source: p, title: P }]\n";
    expect(await linesFound("N3", text(declared))).toEqual([
      "info N3-unsourced: k: no source is named for buyer, ceiling",
      "info N3-unsourced: lot k/2: no source is named for ceiling",
    ]);
    expect(await linesFound("N3", text(""))).toEqual([]);
  });

  test("assumptions are told as they stand there", async () => {
    expect(await found("N3-assumed", "lots: [{ lot: 1 }], notes: [{ rule: T9, text: one ceiling each }]")).toEqual([
      "info N3-assumed: k: assumed by T9: one ceiling each",
    ]);
  });
});
