import { describe, expect, test } from "vitest";
import type { Narrowing, Question, RowTest } from "../../src/model/wanted.ts";
import { questionOf } from "../../src/query/narrowing.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import type { Register } from "../../src/records/register.ts";
import { openText } from "../open-text.ts";

const DATA = await openText(`
sources: [{ source: act, title: Act }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: g, name: Group, kind: grouping }]
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a, g] }] }]
`);
/** The register as a store has it whose tables say what its preferred source does. */
const STORED: Register = { ...DATA, tabledBy: DATA.preference };

const question = (text: string, register = STORED): Omit<Question, "onNarrowed"> | undefined => {
  const query = parseQuery(text);
  return questionOf(query, query, { register, today: { year: 2026, month: 11, day: 29 } });
};

const testText = (test: RowTest): string => {
  switch (test.kind) {
    case "all":
    case "any":
      return test.parts.length === 1
        ? test.parts.map(testText).join("")
        : `${test.kind}(${test.parts.map(testText).join(" ")})`;
    case "is":
      return `${test.column} ${test.kind} ${test.texts.join("|")}`;
    case "amount":
      return `${test.column} ${test.least ?? ""}..${test.most ?? ""} ${test.currency ?? "any"}`;
    case "number":
      return `${test.column} ${test.least ?? ""}..${test.most ?? ""}`;
    case "days":
      return `${[...new Set([...test.first, ...test.last])].join("|")} ${test.from ?? ""}..${test.to ?? ""}`;
    default:
      return `${test.column} ${test.kind} ${test.part}`;
  }
};

const textOf = (narrowing: Narrowing): string => {
  switch (narrowing.kind) {
    case "rows":
      return `${narrowing.table}: ${testText(narrowing.test)}`;
    case "contracts":
    case "lots":
      return `${narrowing.kind} ${narrowing.ids.join("|")}`;
    default:
      return narrowing.parts.length === 1
        ? narrowing.parts.map(textOf).join("")
        : `${narrowing.kind}(${narrowing.parts.map(textOf).join("; ")})`;
  }
};

/** What is asked of which rows; `everything` where no row can tell. */
const narrowed = (text: string, register = STORED): string => {
  const asked = question(text, register);
  return asked === undefined ? "everything" : textOf(asked.narrowing);
};

describe("a term asks the rows that say it", () => {
  test.each([
    ["contract:k,l", "contracts k|l"],
    ["lot:2,k/3", "lots 2|k/3"],
    ["title:Sea", "any(lot: title finds sea; contract: title finds sea)"],
    ["buyer:port", "any(contract: buyer finds port; contract: jointBuyers findsAmong port)"],
    ["procedure:P-7", "any(contract: procedure is P-7; contract: procedureType is P-7)"],
    ["regime:classic", "contract: regime finds classic"],
    ["user:court", "contract: users findsAmong court"],
    ["tag:it", "contract: tags findsAmong it"],
    ["status:open", "lot: status finds open"],
    ["service:paas", "lot: service finds paas"],
    ["deployment:public", "lot: deployment finds public"],
    ["source:act", "lot: source is act"],
    ["cpv:72000000", "any(lot: cpv beginsAmong 72; contract: cpv beginsAmong 72)"],
    ["supplier:alpha", "any(seat: supplier is a; seat: called finds alpha)"],
    ["supplierId:a", "seat: supplier is a"],
    ["kind:grouping", "seat: supplier is g"],
    ["supplier:nobody", "any(any(); seat: called finds nobody)"],
    ["is:awarded", "lot: status is awarded"],
    [
      "is:ended",
      "any(lot: latestEnd_first|latestEnd_last ..2026-11-29; contract: latestEnd_first|latestEnd|latestEnd_last ..2026-11-29)",
    ],
    [
      "is:firm",
      "any(lot: firmEnd_first|firmEnd_last 2026-11-29..; contract: firmEnd_first|firmEnd|firmEnd_last 2026-11-29..)",
    ],
    [
      "latestEnd:2027",
      "any(lot: latestEnd_first|latestEnd_last 2027-01-01..2027-12-31; contract: latestEnd_first|latestEnd|latestEnd_last 2027-01-01..2027-12-31)",
    ],
    ['quantity:"10 boats"', "lot: any(quantity 2.5..40 boats quantity 0..0 boats)"],
    ["is:shared", "lot: suppliers 2.."],
    ["is:sole", "lot: suppliers 1.."],
    ["is:grouping", "seat: supplier is g"],
    ["has:ceiling", "lot: ceiling_state is known"],
    ["missing:estimate", "lot: estimate_state is missing"],
    ["withheld:awarded", "lot: awarded_state is withheld"],
    ["suppliers:2..3", "lot: suppliers 2..3"],
    ["suppliers>=2", "lot: suppliers 2.."],
    ["suppliers<2", "lot: suppliers ..2"],
    ["suppliers=2", "lot: suppliers 2..2"],
    ["suppliers:2,4..5", "lot: any(suppliers 2..2 suppliers 4..5)"],
    ["ceiling:EUR1M..EUR2M", "lot: ceiling 1000000..2000000 EUR"],
    ["estimate>EUR1M", "lot: estimate 1000000.. EUR"],
    ["ceiling:EUR1M..", "lot: ceiling 1000000.. EUR"],
    ["ceiling:..EUR1M", "lot: ceiling ..1000000 EUR"],
    ["reestimate<=EUR1M", "lot: reestimate ..1000000 EUR"],
    ["awarded=EUR1M", "lot: awarded 1000000..1000000 EUR"],
    ["ceiling:EUR4M", "lot: any(ceiling 1000000..16000000 EUR ceiling 0..0 EUR)"],
    ["awardDate:2020-02", "contract: awardDate 2020-02-01..2020-02-29"],
    ["awardDate>2020", "contract: awardDate 2020-01-01.."],
    ["awardDate<=2020", "contract: awardDate ..2020-12-31"],
    ["reviewDate:today..", "contract: reviewDate 2026-11-29.."],
    ["reviewDate:today..+9000y", "contract: reviewDate 2026-11-29.."],
    ["reviewDate:2024,2026", "contract: any(reviewDate 2024-01-01..2024-12-31 reviewDate 2026-01-01..2026-12-31)"],
    [
      "sea",
      "any(contract: contract finds sea; lot: lot finds sea; contract: title finds sea; lot: title finds sea; any(); seat: called finds sea)",
    ],
  ])("%s: %s", (query, rows) => {
    expect(narrowed(query)).toBe(rows);
  });

  test.each(["country:BE", "startDate:2026", "offers:3", "is:renewable", "has:buyer", "k/sea", "", "NOT sea"])(
    "no row says %j",
    (query) => expect(narrowed(query)).toBe("everything"),
  );

  test("a currency is that of any amount that a lot states, or of its contract's where it states none", () => {
    const AMOUNTS = ["ceiling", "ceilingPerSupplier", "estimate", "reestimate", "awarded"];
    const own = AMOUNTS.map((name) => `lot: ${name}_currency finds eur`).join("; ");
    const none = AMOUNTS.map((name) => `${name}_state is missing|withheld`).join(" ");
    expect(narrowed("currency:EUR")).toBe(`any(${own}; lot: all(${none}))`);
  });
});

describe("terms together", () => {
  test.each([
    ["estimate>EUR1M suppliers:2..", "lot: all(estimate 1000000.. EUR suppliers 2..)"],
    ["status:open regime:classic", "all(lot: status finds open; contract: regime finds classic)"],
    ["status:open OR service:paas", "any(lot: status finds open; lot: service finds paas)"],
    ["status:open is:renewable", "lot: status finds open"],
    ["status:open OR is:renewable", "everything"],
    ["NOT has:ceiling", "lot: ceiling_state is missing|withheld"],
    ["NOT withheld:ceiling", "lot: ceiling_state is known|missing"],
    ["NOT has:ceiling,estimate", "everything"],
    ["NOT status:open", "everything"],
    ["status!=open", "everything"],
    [
      "NOT (has:ceiling OR missing:estimate)",
      "lot: all(ceiling_state is missing|withheld estimate_state is known|withheld)",
    ],
    ["any(status:open) service:paas", "all(lot: status finds open; lot: service finds paas)"],
    ["any(contract:k)", "everything"],
    // What was awarded in a second currency stands in a row of its own.
    ["awarded>EUR1M suppliers:2", "all(lot: awarded 1000000.. EUR; lot: suppliers 2..2)"],
    [
      "awarded:EUR4M estimate>EUR1M suppliers:2",
      "all(lot: any(awarded 1000000..16000000 EUR awarded 0..0 EUR); lot: all(estimate 1000000.. EUR suppliers 2..2))",
    ],
  ])("%s: %s", (query, rows) => {
    expect(narrowed(query)).toBe(rows);
  });
});

test("rows of another source's words tell of ids alone", () => {
  const other = { ...STORED, tabledBy: undefined };
  expect(narrowed("status:open", other)).toBe("everything");
  expect(narrowed("sea", other)).toBe("everything");
  expect(narrowed("contract:k status:open", other)).toBe("contracts k");
  expect(narrowed("contract:k ceiling:1M..", other)).toBe("everything");
});

test("what must be there, and be of one currency, is told with it", () => {
  expect(question("contract:k status:open")).toMatchObject({ byRows: true, inOneCurrency: [] });
  expect(question("contract:k")).toMatchObject({ byRows: false, ids: { contract: ["k"], lot: [], source: [] } });
  expect(question("lot:k/1 source:act,elsewhere")).toMatchObject({
    ids: { contract: [], lot: ["k/1"], source: ["elsewhere"] },
  });
  expect(question("ceiling:1M.. contract:k")).toMatchObject({ inOneCurrency: ["ceiling"] });
});
