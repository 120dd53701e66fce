import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { arrange, type Report, reportOf } from "../../src/engine/report.ts";
import { TIMELINE_COLUMNS, type TimelineRow } from "../../src/engine/timeline.ts";
import { dayNumber } from "../../src/model/calendar.ts";
import { type PartialDate, parsePartialDate } from "../../src/model/partial-date.ts";
import { phasesOf } from "../../src/model/phases.ts";
import { parseTerm } from "../../src/model/term.ts";
import { PLAIN_STYLE, type Surface } from "../../src/output/format.ts";
import { FORMATS } from "../../src/output/formats.ts";
import { lengthOf } from "../../src/output/svg.ts";
import { yearsToName } from "../../src/output/timeline.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

const surface = (width?: number): Surface => ({ width, style: PLAIN_STYLE, terminal: false, raw: false });

const textOf = async (parts: AsyncIterable<string>): Promise<string> => {
  let text = "";
  for await (const part of parts) text += part;
  return text;
};

interface Written {
  readonly contract: string;
  readonly title?: string;
  readonly begin: string;
  readonly term: string;
}

/** The rows of contracts with any name, also such as no register may hold. */
const drawingOf = (
  contracts: readonly Written[],
  day: PartialDate = { year: 2016, month: 7, day: 1 },
): Report<TimelineRow> => {
  const rows = contracts.flatMap(({ contract, title, begin, term }): TimelineRow[] => {
    const [date, duration] = [parsePartialDate(begin), parseTerm(term)];
    if (date === undefined || duration === undefined) throw new Error(`${begin}, ${term}`);
    return phasesOf({ begin: date, term: duration }).map((phase) => ({
      contract,
      lot: undefined,
      title,
      phase,
      state: undefined,
    }));
  });
  const batches = async function* () {
    yield rows;
  };
  return { ...reportOf(TIMELINE_COLUMNS, batches()), shape: { kind: "drawing", day, bar: (row) => row } };
};

const draw = (contracts: readonly Written[], width: number, day?: PartialDate): Promise<string> =>
  textOf(FORMATS.table(drawingOf(contracts, day), surface(width)));

describe("bars on a common scale", () => {
  test("hold every day of a phase that is drawn to the cell, and the mark", async () => {
    const contracts = [{ contract: "a", begin: "2016-01-01", term: "6 months" }];
    expect((await draw(contracts, 27, { year: 2016, month: 12, day: 31 })).split("\n").slice(0, 3)).toEqual([
      "   2016",
      "   ┬───────────────────────",
      "a  ████████████           │",
    ]);
  });

  test("show a phase that is shorter than a cell", async () => {
    const contracts = [
      { contract: "a", begin: "1900-01-01", term: "4 years" },
      { contract: "b", begin: "2010-05-05", term: "1 month" },
    ];
    expect(await draw(contracts, 40)).toMatch(/^b +█/m);
  });

  test("number renewals of more than nine where there is room", async () => {
    const contracts = [{ contract: "a", begin: "2016-01-01", term: "1 year + 10 renewals of 1 year" }];
    expect(await draw(contracts, 120)).toMatch(/9▒{9,10}10▒{8,9}\n/);
  });

  test("keep names of wide letters in their column, and show those that act", async () => {
    const contracts = [
      { contract: "契約書\u202e", begin: "2016-01-01", term: "1 year" },
      { contract: "a", begin: "2016-01-01", term: "1 year" },
    ];
    const [first = "", second = ""] = (await draw(contracts, 60)).split("\n").slice(2);
    expect(first.startsWith("契約書<U+202E>  █")).toBe(true);
    expect(stringWidth(first.slice(0, first.indexOf("█")))).toBe(second.indexOf("█"));
  });

  test("property: no line is wider than the terminal", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 200 }),
        fc.array(fc.tuple(fc.integer({ min: 1800, max: 2100 }), fc.integer({ min: 1, max: 90 })), { maxLength: 4 }),
        async (width, begins) => {
          const contracts = begins.map(([year, months], index) => ({
            contract: `contract 契約書 ${index}`,
            begin: String(year),
            term: `${months} months + 3 renewals of 1 year`,
          }));
          const lines = (await draw(contracts, width)).split("\n");
          expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
        },
      ),
      seeded(50),
    );
  });

  test("are a table where fields are named", async () => {
    const report = arrange(drawingOf([{ contract: "a", begin: "2016", term: "1 year" }]), { fields: ["contract"] });
    expect(await textOf(FORMATS.table(report, surface()))).toBe("Contract\n────────\na\n");
  });
});

describe("the picture", () => {
  const picture = (contract: string, title: string): Promise<string> =>
    textOf(FORMATS.svg(drawingOf([{ contract, title, begin: "2016-01", term: "1 year + 1 renewal of 1 month" }])));

  /** Every tag, attribute value and text of a well-formed picture; throws where it is not. */
  const partsOf = (svg: string): { readonly tags: readonly string[]; readonly texts: readonly string[] } => {
    const open: string[] = [];
    const tags: string[] = [];
    const texts: string[] = [];
    let place = 0;
    for (const match of svg.matchAll(/<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<]*")*)(\/?)>/g)) {
      const text = svg.slice(place, match.index);
      if (/[<>]/.test(text) || /&(?!amp;|lt;|gt;|quot;|#39;)/.test(text)) throw new Error(`not escaped: ${text}`);
      texts.push(text);
      place = match.index + match[0].length;
      const [, closes, name = "", , alone] = match;
      if (closes === "/") expect(open.pop()).toBe(name);
      else tags.push(name);
      if (closes === "" && alone === "") open.push(name);
    }
    expect(open).toEqual([]);
    expect(svg.slice(place)).toBe("\n");
    return { tags, texts };
  };

  test("is well-formed, says what it shows, and needs nothing from elsewhere", async () => {
    const svg = await picture("a", "A");
    const { tags } = partsOf(svg);
    expect(new Set(tags)).toEqual(new Set(["svg", "title", "desc", "style", "line", "rect", "g", "text"]));
    expect(svg).toContain("<title>renewal 1: 2017-01 to 2017-02</title>");
    expect(svg).toContain('aria-labelledby="title description"');
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|<script|@import|href/);
  });

  test("has no text that goes beyond its margin", async () => {
    const svg = await picture("a", "A long title ".repeat(30));
    const [, x = "", text = ""] = /<text x="(\d+)"[^>]*>([^<]*…)</.exec(svg) ?? [];
    expect(Number(x) + lengthOf(text)).toBeLessThanOrEqual(960 - 24);
  });

  test("property: no text from data becomes markup, or what XML forbids", async () => {
    await fc.assert(
      fc.asyncProperty(anyText(20), async (title) => {
        const svg = await picture(`${title}"`, `<script>&'"${title}]]>\ufffe`);
        expect(partsOf(svg).tags).not.toContain("script");
        expect(svg).not.toMatch(/[\0-\u0008\u000b-\u001f\ufffe\uffff]|\p{Cs}/u);
      }),
      seeded(50),
    );
  });
});

test("as many years are named as there is room for", () => {
  const scale = (from: number, to: number) => ({ first: dayNumber(from, 1, 1), last: dayNumber(to, 12, 31) });
  expect(yearsToName(scale(2015, 2017), 3)).toEqual([2015, 2016, 2017]);
  expect(yearsToName(scale(2015, 2018), 3)).toEqual([2016, 2018]);
  expect(yearsToName(scale(2015, 2031), 4)).toEqual([2015, 2020, 2025, 2030]);
  expect(yearsToName(scale(2015, 2015), 1)).toEqual([2015]);
  expect(yearsToName(scale(1, 4000), 1)).toEqual([1000, 2000, 3000, 4000]);
});
