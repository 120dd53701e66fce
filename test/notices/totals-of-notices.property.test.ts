import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, headroom, lots, type Register, registerYaml, show, total } from "../../src/index.ts";
import { amountText, cellText, openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";
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
  technique,
  tender,
} from "./eforms/notice-xml.ts";

/** What a notice says of a lot, in euros: its contract's number and value, and its ceiling. */
interface Won {
  readonly lot: string;
  readonly value: number;
  readonly maximum?: number | undefined;
}

interface Said {
  /** From 1; the number of the notice and its day. */
  readonly day: number;
  readonly won: readonly Won[];
  readonly open?: readonly string[];
  /** BT-118 and BT-161. */
  readonly maximum?: number | undefined;
  readonly total?: number | undefined;
  readonly form?: string;
  readonly more?: Parameters<typeof notice>[0];
  /** What is said of each contract besides. */
  readonly marks?: string;
}

const euros = (element: string, value: number | undefined): string =>
  value === undefined ? "" : amount(element, `EUR ${value}`);

/** Contracts are numbered anew in each notice, and known by the buyer's reference. */
const said = ({ day, won, open = [], maximum, total: sum, form = "result", more, marks = "" }: Said): string =>
  notice({
    number: `0000000${day}-2024`,
    noticeId: `5f0c7f9e-0000-4000-8000-00000000000${day}`,
    published: `2024-03-0${day}Z`,
    form,
    organisations: organisation("ORG-1", "Alder", { legalId: "123456", country: "DEU" }),
    results:
      euros("cbc:TotalAmount", sum) +
      euros("efbc:OverallMaximumFrameworkContractsAmount", maximum) +
      won
        .map((one, index) =>
          result(one.lot, {
            status: "selec-w",
            tenders: [`TEN-${index}`],
            contracts: [`CON-${index}`],
            ...(one.maximum !== undefined && { maximum: `EUR ${one.maximum}` }),
          }),
        )
        .join("") +
      open.map((id) => result(id, { status: "open-nw" })).join("") +
      won
        .map((one, index) => tender(`TEN-${index}`, { party: "TPA-1", lot: one.lot, value: `EUR ${one.value}` }))
        .join("") +
      won
        .map((one, index) =>
          contract(`CON-${index}`, {
            tenders: [`TEN-${index}`],
            more: `<efac:ContractReference><cbc:ID>R/${one.lot}</cbc:ID></efac:ContractReference>${marks}`,
          }),
        )
        .join("") +
      party("TPA-1", ["ORG-1"]),
    lots: [...won.map((one) => one.lot), ...open].map((id) => lot(id, technique("fa-wo-rc"))).join(""),
    ...more,
  });

const totalsOf = async (register: Register): Promise<readonly string[]> => {
  const report = total(register);
  await rowsOf(report);
  return report
    .closing()
    .summaries.flatMap(({ label, amounts }) => amounts.map((each) => `${label} ${amountText(each)}`));
};

/** The totals of notices in any order, which those of the register that they become are, too. */
const totalsIn = async (...notices: readonly string[]): Promise<readonly string[]> => {
  const totals = await totalsOf(await openText(...notices));
  expect(await totalsOf(await openText(...[...notices].reverse()))).toEqual(totals);
  const yaml = await registerYaml(await openText(...notices), { folder: "." });
  expect(await totalsOf(await openText(yaml))).toEqual(totals);
  return totals;
};

const PLAIN = { lots: lot("LOT-1", technique("none")) };

test("T10a, T12: a contract that notices tell of at several amounts stands at the first, and check says so", async () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(amounts, async (values) => {
      const notices = values.map((value, index) =>
        said({ day: index + 1, won: [{ lot: "LOT-1", value }], more: PLAIN }),
      );
      expect(await totalsIn(...notices)).toEqual([`Total awarded EUR ${values[0]}`]);
      const { findings } = await check(await openText(...notices));
      const found = findings.filter(({ rule }) => rule === "T10-reference");
      expect(found.length > 0).toBe(new Set(values).size > 1);
      for (const { message } of found)
        expect(message).toContain("contract R/LOT-1 stands at several amounts: the first counts");
    }),
    seeded(40),
  );
});

test("T10a, T11: a call-off whose contract notices tell of again counts once", async () => {
  const told = fc.record({
    procedure: fc.constantFrom(undefined, "0a7f2c1e-0000-4000-9000-000000000099"),
    amounts: fc.array(
      fc.record({ lot: fc.constantFrom("LOT-1", "LOT-2"), value: fc.constantFrom(10, 30), modifies: fc.boolean() }),
      { minLength: 1, maxLength: 5 },
    ),
  });
  const framework = notice({
    number: "00000009-2023",
    noticeId: "5f0c7f9e-0000-4000-8000-000000000009",
    published: "2023-03-09Z",
    results: result("LOT-1", { status: "selec-w", maximum: "EUR 1000" }),
    lots: lot("LOT-1", technique("fa-wo-rc")),
  });
  const of =
    "<efbc:ContractFrameworkIndicator>true</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>00000009-2023</cbc:ID></cac:NoticeDocumentReference>";
  await fc.assert(
    fc.asyncProperty(told, async ({ procedure, amounts }) => {
      const notices = amounts.map(({ modifies, ...won }, index) =>
        said({
          day: index + 1,
          won: [won],
          form: modifies && index > 0 ? "cont-modif" : "result",
          more: { lots: lot(won.lot, technique("none")), ...(procedure !== undefined && { procedure }) },
          marks: of,
        }),
      );
      const first = new Map<string, number>();
      let grown = 0;
      for (const [index, { lot: id, value, modifies }] of amounts.entries())
        if (modifies && index > 0) grown += value;
        else if (!first.has(id)) first.set(id, value);
      const known = [...first.values()].reduce((sum, value) => sum + value, grown);
      for (const texts of [
        [framework, ...notices],
        [...notices, framework],
      ]) {
        const rows = await rowsOf(headroom(await openText(...texts)));
        expect(rows.flatMap(({ ordered }) => (ordered === undefined ? [] : amountText(ordered)))).toEqual([
          `EUR ${known}`,
        ]);
      }
    }),
    seeded(40),
  );
});

test("T12: a correction of a modification counts from the day of what it corrects", async () => {
  const modified = (day: number, maximum: number, corrects?: number): string =>
    said({
      day,
      won: [{ lot: "LOT-1", value: 1, maximum }],
      form: "cont-modif",
      ...(corrects !== undefined && {
        more: {
          changes: `<efac:Changes><efbc:ChangedNoticeIdentifier>0000000${corrects}-2024</efbc:ChangedNoticeIdentifier></efac:Changes>`,
        },
      }),
    });
  const award = said({ day: 1, won: [{ lot: "LOT-1", value: 1, maximum: 100 }] });
  const register = await openText(award, modified(3, 120), modified(5, 110, 3), modified(7, 115, 5));
  const ceilingOn = async (day: number) => {
    const [row] = await rowsOf(lots(register, { at: { year: 2024, month: 3, day } }));
    return row?.ceiling === undefined ? "" : amountText(row.ceiling);
  };
  expect(await Promise.all([1, 2, 3, 5, 8].map(ceilingOn))).toEqual([
    "EUR 100",
    "EUR 100",
    "EUR 115",
    "EUR 115",
    "EUR 115",
  ]);
});

const factsOf = async (register: Register, id: string): Promise<readonly string[]> =>
  (await rowsOf(await show(register, id))).map(({ fact, value }) => `${fact}: ${cellText(value)}`);

const LOTS = ["LOT-1", "LOT-2", "LOT-3"];

test("T10a, T12: whatever awards repeat of each other, their ceilings, totals and contracts count once", async () => {
  const lotsOf = fc.subarray(LOTS, { minLength: 1 });
  const life = fc.record({
    values: fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })),
    awards: fc.array(fc.record({ lots: lotsOf, repeats: fc.boolean(), sums: fc.boolean(), open: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
    }),
  });
  await fc.assert(
    fc.asyncProperty(life, async ({ values, awards }) => {
      const wonOf = (id: string): Won => {
        // Unlike for each lot: equal ceilings of one supplier may be one (T9).
        const value = (values[LOTS.indexOf(id)] ?? 1) * LOTS.length + LOTS.indexOf(id);
        return { lot: id, value, maximum: value * 10 };
      };
      const sum = (ids: readonly string[]): number => ids.reduce((all, id) => all + wonOf(id).value, 0);
      const known = new Set<string>();
      const final = new Set(awards.flatMap(({ lots }) => lots));
      const notices = awards.map(({ lots, repeats, sums, open }, index) => {
        const ids = LOTS.filter((id) => lots.includes(id) || (repeats && known.has(id)));
        for (const id of ids) known.add(id);
        return said({
          day: index + 1,
          won: ids.map(wonOf),
          open: open ? LOTS.filter((id) => final.has(id) && !known.has(id)) : [],
          maximum: sums ? sum(ids) * 10 : undefined,
          total: sum(ids),
        });
      });
      const all = sum([...known]);
      expect((await totalsIn(...notices)).map((text) => text.replaceAll(",", ""))).toEqual([
        `Total EUR ${all * 10}`,
        `Total awarded EUR ${all}`,
      ]);
    }),
    seeded(40),
  );
});

const COMPANIES = ["Alder", "Birch", "Cedar", "Dogwood"];

/** A notice that awards one lot of a framework agreement to some companies, each with a contract of its own. */
const offeredBy = (
  day: number,
  values: readonly number[],
  companies: readonly number[],
  isFramework: boolean,
): string => {
  const each = (write: (company: number) => string): string => companies.map(write).join("");
  return said({
    day,
    won: [],
    more: {
      organisations: each((one) =>
        organisation(`ORG-${one}`, COMPANIES[one] ?? "", { legalId: `1${one}`, country: "DEU" }),
      ),
      results:
        result("LOT-1", {
          status: "selec-w",
          tenders: companies.map((one) => `TEN-${one}`),
          contracts: companies.map((one) => `CON-${one}`),
        }) +
        each((one) => tender(`TEN-${one}`, { party: `TPA-${one}`, lot: "LOT-1", value: `EUR ${values[one]}` })) +
        each((one) =>
          contract(`CON-${one}`, {
            tenders: [`TEN-${one}`],
            more: `<efac:ContractReference><cbc:ID>R/${one}</cbc:ID></efac:ContractReference>`,
          }),
        ) +
        each((one) => party(`TPA-${one}`, [`ORG-${one}`])),
      lots: lot("LOT-1", isFramework ? technique("fa-wo-rc") : ""),
    },
  });
};

test("T10c: what several won of one lot of a framework are offers for one volume, in however many notices they won it", async () => {
  const life = fc.record({
    values: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 4, maxLength: 4 }),
    days: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    saying: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(life, async ({ values, days, saying }) => {
      // One of the notices says that it is a framework agreement.
      const said = days[saying % days.length];
      const winners = days.map((day, company) => ({ day, company }));
      const notices = [...new Set(days)].map((day) =>
        offeredBy(
          day,
          values,
          winners.filter((one) => one.day === day).map(({ company }) => company),
          day === said,
        ),
      );
      const offers = winners.map(({ company }) => values[company] ?? 0);
      const [largest, sum] = [Math.max(...offers), offers.reduce((a, b) => a + b)];
      const expected = largest === sum ? `EUR ${sum}` : `EUR ${largest} to EUR ${sum}`;
      expect(await totalsIn(...notices)).toEqual([`Total awarded ${expected}`]);
    }),
    seeded(20),
  );
});

describe("what a notice states of all its frameworks together (BT-118)", () => {
  const [one, two] = [
    { lot: "LOT-1", value: 1, maximum: 600 },
    { lot: "LOT-2", value: 2, maximum: 700 },
  ];

  test("is of the lots that it awards, and not of those that it leaves open", async () => {
    const first = said({ day: 1, won: [one], open: ["LOT-2"], maximum: 600, total: 1 });
    const second = said({ day: 2, won: [one, two], maximum: 1300, total: 3 });
    expect(await totalsIn(first, second)).toEqual(["Total EUR 1,300", "Total awarded EUR 3"]);
    const register = await openText(first, second);
    expect(await factsOf(register, "00000001-2024")).toContain("ceiling: EUR 1,300");
    expect((await check(register)).findings.map(({ rule }) => rule)).not.toContain("T4-awarded");
  });

  test("counts where only a later award of the same lots states it, and caps maxima that a call announced", async () => {
    const silent = { lot: "LOT-1", value: 1 };
    const first = said({ day: 1, won: [silent] });
    expect(await totalsIn(first, said({ day: 2, won: [silent], maximum: 900 }))).toContain("Total EUR 900");
    const call = said({
      day: 1,
      won: [],
      form: "competition",
      more: { lots: ["LOT-1", "LOT-2"].map((id) => lot(id, project(announced("EUR 600")))).join("") },
    }).replaceAll("ContractAwardNotice", "ContractNotice");
    const award = said({ day: 2, won: [silent, { lot: "LOT-2", value: 2 }], maximum: 1000 });
    expect(await totalsIn(call, award)).toContain("Total EUR 1,000");
  });

  test("is not divided where it was announced for the whole procedure (BT-271)", async () => {
    const whole = { project: project(announced("EUR 900")).replace(/^<[^>]*>|<[^>]*>$/g, "") };
    const first = said({ day: 1, won: [{ lot: "LOT-1", value: 1 }], more: whole });
    const second = said({ day: 2, won: [{ lot: "LOT-2", value: 2 }], more: whole });
    expect(await totalsIn(first, second)).toContain("Total EUR 900");
  });

  const modification = (maximum: number, won: readonly Won[]) => said({ day: 3, won, form: "cont-modif", maximum });

  test("is modified by a modification of all lots, or by one of some that raises it, from its day on", async () => {
    const award = said({ day: 1, won: [one, two], maximum: 1300 });
    const raised = { ...one, maximum: 800 };
    expect(await totalsIn(award, modification(1500, [raised]))).toContain("Total EUR 1,500");
    expect(await totalsIn(award, modification(1400, [raised, two]))).toContain("Total EUR 1,400");
    expect(await totalsIn(award, modification(1000, [one, two]))).toContain("Total EUR 1,000");
    expect(await totalsIn(award, modification(800, [raised]))).toContain("Total EUR 1,300");
    expect(await factsOf(await openText(award, modification(1500, [raised])), "00000001-2024")).toEqual(
      expect.arrayContaining(["ceiling: EUR 1,300", "current ceiling: EUR 1,500"]),
    );
  });
});

describe("E4: what is stated of all frameworks beside lots that are none", () => {
  const mixed = {
    lots: lot("LOT-1", technique("fa-wo-rc")) + lot("LOT-2", technique("none")) + lot("LOT-3", technique("fa-w-rc")),
  };
  const [one, plain, three] = ["LOT-1", "LOT-2", "LOT-3"].map((id) => ({ lot: id, value: 400 })) as [Won, Won, Won];
  const award = said({ day: 1, won: [one, plain, three], maximum: 900, more: mixed });

  test("limits the frameworks alone, as announced (BT-271) or awarded (BT-118), and is modified as that", async () => {
    expect(await totalsIn(award)).toContain("Total ≥ EUR 900");
    const rules = (await check(await openText(award))).findings.map(({ rule }) => rule);
    expect(rules).not.toContain("T4-awarded");
    const whole = { ...mixed, project: project(announced("EUR 800")).replace(/^<[^>]*>|<[^>]*>$/g, "") };
    expect(await totalsIn(said({ day: 1, won: [one, plain], more: whole }))).toContain("Total ≥ EUR 800");
    const apart = [one, plain].map((won, index) => said({ day: index + 1, won: [won], more: whole }));
    expect(await totalsIn(...apart)).toContain("Total ≥ EUR 800");
    for (const won of [
      [one, plain, three],
      [one, three],
    ]) {
      const modified = said({ day: 3, won, maximum: 700, form: "cont-modif", more: mixed });
      expect(await totalsIn(award, modified)).toContain("Total ≥ EUR 700");
    }
  });

  test("limits nothing, which is told, where a correction tells of some of its lots", async () => {
    const changes = "<efac:Changes><efbc:ChangedNoticeIdentifier>1-2024</efbc:ChangedNoticeIdentifier></efac:Changes>";
    const corrected = said({ day: 2, won: [one, plain], maximum: 500, more: { ...mixed, changes } });
    expect((await totalsIn(award, corrected)).filter((line) => !line.startsWith("Total awarded"))).toEqual([]);
    expect(await factsOf(await openText(award, corrected), "00000001-2024")).toContainEqual(
      expect.stringMatching(/^assumed by T4: .*\(ceiling\)$/),
    );
  });
});

test("R-MAX: what was announced counts nowhere beside what an award states, whichever notice repeats it", async () => {
  const announcing = { lots: lot("LOT-1", project(announced("EUR 900")) + technique("fa-wo-rc")) };
  const won = { lot: "LOT-1", value: 100 };
  const award = said({ day: 1, won: [{ ...won, maximum: 600 }], more: announcing });
  for (const form of ["result", "cont-modif"])
    expect(await totalsIn(award, said({ day: 3, won: [won], form, more: announcing }))).toContain("Total EUR 600");
  const silent = said({ day: 1, won: [won], more: announcing });
  const stating = said({ day: 2, won: [{ ...won, maximum: 600 }], more: announcing });
  expect(await totalsIn(silent, stating)).toContain("Total EUR 600");
});

test("T12: a modification that says neither what it changes nor why stands in the history with what it adds", async () => {
  const won = { lot: "LOT-1", value: 100, maximum: 600 };
  const modified = said({ day: 3, won: [{ ...won, value: 20, maximum: 700 }], form: "cont-modif" });
  const register = await openText(said({ day: 1, won: [won] }), modified);
  expect(await factsOf(register, "00000001-2024")).toContain(
    "modification 00000003-2024: 2024-03-03Z; lot LOT-1; EUR 100 more; value EUR 20 more; 16.7 % in all",
  );
});

test("T12: a lot that a modification tells of first is told as that, with its contract", async () => {
  const [first, second] = [
    { lot: "LOT-1", value: 100 },
    { lot: "LOT-2", value: 40 },
  ];
  const register = await openText(
    said({ day: 1, won: [first] }),
    said({ day: 3, won: [{ ...first, value: 20 }, second], form: "cont-modif" }),
  );
  expect(await factsOf(register, "00000001-2024")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^contract CON-1: R\/LOT-2; EUR 40; lot LOT-2/),
      expect.stringMatching(/^assumed by T12: LOT-2: a modification tells of it first/),
    ]),
  );
});

describe("groups of lots in several notices", () => {
  const grouped = (day: number, ids: readonly string[], maximum: number, form = "result"): string =>
    said({
      day,
      won: ids.map((id) => ({ lot: id, value: 1, maximum: 600 })),
      form,
      more: {
        groups: group("GLO-1", ids),
        lots: ids.map((id) => lot(id, technique("fa-wo-rc"))).join("") + lot("GLO-1", "", "LotsGroup"),
      },
    }).replace(
      "<efac:NoticeResult>",
      `<efac:NoticeResult><efac:GroupFramework>${euros("efbc:GroupFrameworkMaximumValueAmount", maximum)}<efac:TenderLot><cbc:ID>GLO-1</cbc:ID></efac:TenderLot></efac:GroupFramework>`,
    );

  test("a modification states the ceiling of a group anew (BT-156), and a further award knows more of its lots", async () => {
    const first = grouped(1, ["LOT-1", "LOT-2"], 1000);
    expect(await totalsIn(first, grouped(3, ["LOT-1", "LOT-2"], 1100, "cont-modif"))).toContain("Total EUR 1,100");
    expect(await totalsIn(grouped(1, ["LOT-1"], 1000), grouped(2, ["LOT-2"], 1000))).toContain("Total EUR 1,000");
  });

  test("T9: contracts that repeat a ceiling for their lots are not mistaken for those of other notices", async () => {
    const both = (day: number, ids: readonly [string, string]): string =>
      said({ day, won: ids.map((id) => ({ lot: id, value: 1, maximum: 500 })) })
        .replace(
          "<efac:LotTender><cbc:ID>TEN-0</cbc:ID></efac:LotTender></efac:SettledContract>",
          "<efac:LotTender><cbc:ID>TEN-0</cbc:ID></efac:LotTender><efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>",
        )
        .replaceAll("<cbc:ID>CON-1</cbc:ID>", "<cbc:ID>CON-0</cbc:ID>");
    expect(await totalsIn(both(1, ["LOT-1", "LOT-2"]), both(2, ["LOT-3", "LOT-4"]))).toContain("Total EUR 1,000");
  });

  test("T9: they are known by their lots, whatever number the contract has, and follow what a modification restates", async () => {
    const telling = (day: number, maxima: readonly number[], form: string, id: string, isOne: boolean): string =>
      said({
        day,
        won: maxima.map((maximum, index) => ({ lot: `LOT-${index + 1}`, value: 1, maximum })),
        form,
      })
        .replaceAll("<cbc:ID>CON-1</cbc:ID>", `<cbc:ID>CON-${isOne ? 0 : 1}</cbc:ID>`)
        .replace(
          "<efac:LotTender><cbc:ID>TEN-0</cbc:ID></efac:LotTender></efac:SettledContract>",
          `<efac:LotTender><cbc:ID>TEN-0</cbc:ID></efac:LotTender>${isOne ? "<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender>" : ""}</efac:SettledContract>`,
        )
        .replaceAll("<cbc:ID>CON-0</cbc:ID>", `<cbc:ID>${id}</cbc:ID>`);
    const modifiedTo = async (maxima: readonly number[], isOne = true): Promise<string | undefined> => {
      const award = telling(1, [500, 500], "result", "CON-7", isOne);
      const totals = await totalsIn(award, telling(3, maxima, "cont-modif", "CON-8", isOne));
      return totals.find((line) => line.startsWith("Total "));
    };
    expect(await modifiedTo([700, 700])).toBe("Total EUR 700");
    expect(await modifiedTo([700])).toBe("Total EUR 700");
    expect(await modifiedTo([400, 400])).toBe("Total EUR 400");
    expect(await modifiedTo([700, 300])).toBe("Total EUR 1,000");
    expect(await modifiedTo([700, 700], false)).toBe("Total EUR 700 to EUR 1,400");
    expect(await modifiedTo([700], false)).toBe("Total EUR 700 to EUR 1,200");
  });

  test("T12: a group that a modification tells first is told as that", async () => {
    const first = said({ day: 1, won: ["LOT-1", "LOT-2"].map((id) => ({ lot: id, value: 1, maximum: 600 })) });
    const register = await openText(first, grouped(3, ["LOT-1", "LOT-2"], 1100, "cont-modif"));
    expect(await factsOf(register, "00000001-2024")).toContainEqual(
      expect.stringMatching(/^assumed by T12: GLO-1: .*counts on every day/),
    );
  });
});

describe("a notice that is cancelled (BT-140)", () => {
  const cancels = (of: number) =>
    `<efac:Changes><efbc:ChangedNoticeIdentifier>${of}-2024</efbc:ChangedNoticeIdentifier><efac:ChangeReason><cbc:ReasonCode>cancel</cbc:ReasonCode></efac:ChangeReason></efac:Changes>`;
  const won = { lot: "LOT-1", value: 100, maximum: 600 };
  const award = said({ day: 1, won: [won], maximum: 600, total: 100 });

  test("counts for nothing, alone or with what cancels it, and stands in the history", async () => {
    const cancelled = said({ day: 2, won: [won], total: 100, more: { changes: cancels(1) } });
    expect(await totalsIn(award, cancelled)).toEqual([]);
    expect(await totalsOf(await openText(cancelled))).toEqual([]);
    expect(await factsOf(await openText(award, cancelled), "00000001-2024")).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^notice 00000002-2024: .*; cancels;/),
        "assumed by R-STATUS: its notice was cancelled: nothing that it states counts",
      ]),
    );
  });

  test("leaves its award as it was, if it is a modification", async () => {
    const modified = said({ day: 3, won: [{ ...won, value: 20, maximum: 700 }], form: "cont-modif" });
    const cancelled = said({ day: 4, won: [], form: "cont-modif", more: { changes: cancels(3) } });
    expect(await totalsIn(award, modified)).toEqual(["Total EUR 600", "Total awarded EUR 100"]);
    expect(await totalsIn(award, modified, cancelled)).toEqual(["Total EUR 600", "Total awarded EUR 100"]);
    const facts = await factsOf(await openText(award, modified, cancelled), "00000001-2024");
    expect(facts.filter((fact) => fact.startsWith("modification"))).toEqual([]);
  });

  const corrects = (of: number): string =>
    `<efac:Changes><efbc:ChangedNoticeIdentifier>${of}-2024</efbc:ChangedNoticeIdentifier></efac:Changes>`;
  const corrected = (day: number, of: number, value: number): string =>
    said({ day, won: [{ ...won, value }], maximum: 600, total: value, more: { changes: corrects(of) } });
  const withdrawing = (day: number, of: number): string => said({ day, won: [], more: { changes: cancels(of) } });

  test("leaves the framework as it was, if it is a call-off", async () => {
    const mark =
      "<efbc:ContractFrameworkIndicator>true</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>00000001-2024</cbc:ID></cac:NoticeDocumentReference>";
    const called = said({ day: 2, won: [{ lot: "LOT-1", value: 20 }], marks: mark });
    const register = await openText(award, called, said({ day: 3, won: [], more: { changes: cancels(2) } }));
    expect(await totalsOf(register)).toEqual(["Total EUR 600", "Total awarded EUR 100"]);
    const facts = await factsOf(register, "00000001-2024");
    expect(facts.filter((fact) => fact.startsWith("assumed by R-STATUS"))).toEqual([]);
  });

  test("leaves what it corrected as it was, if it is a correction, and the correction, if that stands again", async () => {
    const before = ["Total EUR 600", "Total awarded EUR 100"];
    expect(await totalsIn(award, corrected(2, 1, 70))).toEqual(["Total EUR 600", "Total awarded EUR 70"]);
    expect(await totalsIn(award, corrected(2, 1, 70), withdrawing(3, 2))).toEqual(before);
    expect(await totalsIn(award, corrected(2, 1, 70), corrected(3, 2, 50), withdrawing(4, 3))).toEqual([
      "Total EUR 600",
      "Total awarded EUR 70",
    ]);
    expect(await totalsIn(award, corrected(2, 1, 70), withdrawing(3, 2), withdrawing(4, 3))).toEqual([
      "Total EUR 600",
      "Total awarded EUR 70",
    ]);
    expect(await totalsIn(award, corrected(2, 1, 70), withdrawing(3, 1))).toEqual([]);
    expect(await totalsIn(award, withdrawing(2, 1), withdrawing(3, 2))).toEqual(before);
  });

  test("is told, if it is a correction", async () => {
    const facts = await factsOf(await openText(award, corrected(2, 1, 70), withdrawing(3, 2)), "00000001-2024");
    expect(facts).toContain("assumed by R-STATUS: a correction was cancelled: what it states does not count");
  });

  test("says nothing of lots, if it is a correction of what is not among the data", async () => {
    const [row] = await rowsOf(lots(await openText(corrected(2, 1, 70), withdrawing(3, 2))));
    expect([row?.status, row?.ceiling]).toEqual(["no-result", "missing"]);
  });
});
