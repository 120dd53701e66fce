import { parse } from "csv-parse/sync";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { styleFor } from "../../src/cli/style.ts";
import { column, type Report, reportOf } from "../../src/engine/report.ts";
import { PLAIN_STYLE, type Surface } from "../../src/output/format.ts";
import { FORMATS, type FormatName } from "../../src/output/formats.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { someOf } from "../long.ts";
import { seeded } from "../seeded.ts";

interface Row {
  readonly id: string;
  readonly text: string;
  readonly list: readonly string[];
}

const COLUMNS = [
  column.id<Row>("id", "An id.", ({ id }) => id),
  column.text<Row>("text", "A text.", ({ text }) => text),
  column.texts<Row>("list", "Some texts.", ({ list }) => list),
  column.count<Row>("count", "A number.", ({ list }) => list.length),
];

const reportFor = (rows: readonly Row[]): Report<Row> =>
  reportOf(
    COLUMNS,
    (async function* () {
      for (let start = 0; start < rows.length; start += 7) yield rows.slice(start, start + 7);
    })(),
  );

const IN_A_PIPE: Surface = { width: undefined, style: PLAIN_STYLE, terminal: false, raw: false };

const write = async (format: FormatName, rows: readonly Row[], surface: Partial<Surface> = {}): Promise<string> => {
  let text = "";
  for await (const part of FORMATS[format](reportFor(rows), { ...IN_A_PIPE, ...surface })) text += part;
  return text;
};

const hostilePart = fc.constantFrom(
  ..."=+-@\t\r\n\u001b\u009b\b\0'\"`,;|\\<>&*_[]()#!~ ".split(""),
  ..."＝＋－＠\u202e\u2066\u200b\ufeff\u2028\u00a0".split(""),
  "\r\n",
  "'=",
  " =",
  "\\t",
  "\\n",
  "; ",
  "::error::x",
  ":\u200b:",
  "##[",
  "##vso[",
  "section_start:1:",
  "https://x.example",
  "www.x.example",
  "@name",
  "#1",
  "\u0301",
  "\u00ad",
  "\u2063",
  "\u{e0041}",
  "\ufe0f",
  "<b>",
  "&lt;",
  "\u001b]52;c;eA==\u0007",
  "שלום",
  "سلام",
  "日本",
  "👩‍💻",
);
/** Texts that would break a format, a spreadsheet or a terminal. */
const hostileText = fc
  .array(fc.oneof({ weight: 3, arbitrary: hostilePart }, fc.string({ unit: "grapheme", maxLength: 5 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));
const hostileRows = fc.array(
  fc.record({ id: hostileText, text: hostileText, list: fc.array(hostileText, { maxLength: 3 }) }),
  { minLength: 1, maxLength: 10 },
);

/** RFC 4180, by hand: the records of a text, each the list of its fields. */
const parseCsv = (text: string): string[][] => {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error("a quote never ends");
        if (text[at] === '"') at++;
        field += text[at];
      }
      at++;
    } else {
      while (at < text.length && text[at] !== "," && text[at] !== "\n") {
        if (text[at] === '"' || text[at] === "\r") throw new Error("an unquoted field holds a quote or a line break");
        field += text[at++];
      }
    }
    fields.push(field);
    if (text[at] === "\n") {
      records.push(fields);
      fields = [];
    } else if (text[at] !== ",") throw new Error("something follows a closing quote");
    at++;
  }
  return records;
};

const TSV_UNESCAPED: Readonly<Record<string, string>> = { "\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r" };
const parseTsv = (text: string): string[][] =>
  text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t").map((field) => field.replace(/\\[\\tnr]/g, (pair) => TSV_UNESCAPED[pair] ?? pair)));

/** Whether a spreadsheet would run it, or a part of it where it splits cells at semicolons or at every comma. */
const isFormula = (text: string): boolean =>
  /^[\t\r]/.test(text) ||
  text
    .split(/[;,\t\r\n]/)
    .some((part) => /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}"]*[=+\-@＝＋－＠]/u.test(part));

/** Whether the log of a build server would obey a line of it. */
const isObeyed = (text: string): boolean =>
  /##(?:\[|vso\[|teamcity\[)/.test(text) ||
  text.split(/[\r\n]/).some((line) => /^[\s\x85]*(?:::|section_start:)/.test(line));

const FORMULA = "[=+\\-@＝＋－＠]";
const UNSEEN = "(?:(?![\\t\\r\\n])[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}])";
const OBEYED = `:${UNSEEN}*:|section_start:`;
const OVERLOOKED = `(?:${UNSEEN}|(?![\\t\\r\\n])\\s)`;
const LEAD = `(?:${OVERLOOKED}|['"])*`;
/** Where an apostrophe stands that keeps what follows it from a log. */
const LOG_GUARDS = [
  new RegExp(`^'(?=(?:${OVERLOOKED}|['"\\t\\r\\n])*(?:${OBEYED}))`, "gu"),
  new RegExp(`(?<=[\\r\\n](?:${OVERLOOKED}|\\t)*)'(?=(?:${OVERLOOKED}|['"\\t])*(?:${OBEYED}))`, "gu"),
  /(?<=#[\p{Cf}\p{Cc}]*)'(?=[\p{Cf}\p{Cc}']*#[\p{Cf}\p{Cc}]*(?:\[|vso|teamcity))/gu,
];
/** Where one stands that guards what follows it. */
const GUARDS = [
  new RegExp(`^'(?=(?:${OVERLOOKED}|['"\\t\\r\\n])*(?:${FORMULA}|[\\t\\r]|${OBEYED}))`, "gu"),
  new RegExp(`(?<=[;,\\t\\r\\n]${OVERLOOKED}*)'(?=${LEAD}${FORMULA})`, "gu"),
  ...LOG_GUARDS,
];

/** Takes the apostrophes away that keep a text from being a formula or a command. */
const unguard = (text: string, by = GUARDS): string => {
  const guards = new Set(by.flatMap((guard) => [...text.matchAll(guard)].map(({ index }) => index)));
  return text
    .split("")
    .filter((_, index) => !guards.has(index))
    .join("");
};

describe.each([
  ["csv", parseCsv],
  ["tsv", parseTsv],
] as const)("%s", (format, parse) => {
  const expected = (rows: readonly Row[]) => [
    ["id", "text", "list", "count"],
    ...rows.map(({ id, text, list }) => [id, text, list.join("; "), String(list.length)]),
  ];

  test("gives every text back, raw, less the apostrophe that keeps it from a log", async () => {
    await fc.assert(
      fc.asyncProperty(hostileRows, async (rows) => {
        const records = parse(await write(format, rows, { raw: true }));
        expect(records.flat().filter(isObeyed)).toEqual([]);
        expect(records.map((record) => record.map((text) => unguard(text, LOG_GUARDS)))).toEqual(expected(rows));
      }),
      seeded(300),
    );
  });

  test("gives every text back less the apostrophe that guards it, and leaves no formula", async () => {
    await fc.assert(
      fc.asyncProperty(hostileRows, async (rows) => {
        const records = parse(await write(format, rows));
        expect(records.map((fields) => fields.map((text) => unguard(text)))).toEqual(expected(rows));
        for (const field of records.slice(1).flat()) {
          expect(isFormula(field)).toBe(false);
          expect(isObeyed(field)).toBe(false);
        }
      }),
      seeded(300),
    );
  });

  test("is safe to look at on a terminal", async () => {
    await fc.assert(
      fc.asyncProperty(hostileRows, async (rows) => {
        expect(await write(format, rows, { terminal: true })).not.toMatch(ACTS);
      }),
      seeded(100),
    );
  });
});

/** Characters that control, reorder or show nothing, but for line breaks and tabs, of which formats are made, and joiners. */
const ACTS =
  /(?![\t\n]|\u200c|\u200d|\ufe0f|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

describe("json and ndjson", () => {
  const expected = (rows: readonly Row[]) => rows.map(({ id, text, list }) => ({ id, text, list, count: list.length }));

  test("give every text back, and hold no character that acts", async () => {
    await fc.assert(
      fc.asyncProperty(hostileRows, async (rows) => {
        const json = await write("json", rows);
        expect(JSON.parse(json)).toEqual(expected(rows));
        expect(json).not.toMatch(ACTS);
        const ndjson = await write("ndjson", rows);
        const lines = ndjson.split("\n").slice(0, -1);
        expect(lines.map((line) => JSON.parse(line))).toEqual(expected(rows));
        expect(ndjson).not.toMatch(ACTS);
      }),
      seeded(300),
    );
  });
});

describe("markdown", () => {
  /** The cells of a table row: what stands between bars that no backslash escapes. */
  const cellsOf = (line: string): string[] => {
    const cells = [...line.matchAll(/((?:[^\\|]|\\.)*)\|/g)].map(([, cell = ""]) => cell.trim());
    return cells.slice(1);
  };

  test("has the same columns in every row, and no markup of the data's", async () => {
    await fc.assert(
      fc.asyncProperty(hostileRows, async (rows) => {
        const text = await write("markdown", rows);
        const lines = text.split("\n").slice(0, -1);
        expect(lines).toHaveLength(rows.length + 2);
        const [head = ""] = lines;
        for (const line of lines) expect(cellsOf(line)).toHaveLength(cellsOf(head).length);
        expect(text).not.toMatch(/[<>]/);
        expect(text).not.toMatch(ACTS);
      }),
      seeded(300),
    );
  });
});

describe("table", () => {
  const LOOKED_AT = 500;
  const tableText = fc
    .array(fc.constantFrom("a", "Word", "longer-words", "日本語", "Ł", "é", "שלום", "two words", "1234567890", " "), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.join(" "));
  // Each length divides the number of rows that cli-table3 draws: the rows after them begin anew.
  const cycles = fc.constantFrom(1, 2, 4, 5).chain((length) =>
    fc.array(
      fc.record({ id: fc.constantFrom("1", "LOT-0001"), text: tableText, list: fc.array(tableText, { maxLength: 3 }) }),
      {
        minLength: length,
        maxLength: length,
      },
    ),
  );

  test.each(someOf([undefined, 30, 60, 100], 2))(
    "the rows that follow look like the first, at %s columns",
    async (width) => {
      const style = await styleFor(true);
      await fc.assert(
        fc.asyncProperty(cycles, fc.boolean(), async (cycle, coloured) => {
          const rows = Array.from({ length: LOOKED_AT / cycle.length + 1 }, () => cycle).flat();
          const text = await write("table", rows, { width, terminal: true, ...(coloured && { style }) });
          // Every cycle takes as many lines; the last is drawn by hand, those before it by cli-table3.
          const lines = text.split("\n").slice(0, -1);
          const height = Math.floor(lines.length / (rows.length / cycle.length));
          expect(lines.slice(-height)).toEqual(lines.slice(-2 * height, -height));
        }),
        seeded(2),
      );
    },
  );

  test("fits every terminal that it can, and cuts nothing", async () => {
    await fc.assert(
      fc.asyncProperty(cycles, fc.integer({ min: 24, max: 120 }), async (rows, width) => {
        const text = await write("table", rows, { width, terminal: true });
        for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        const letters = (shown: string) => [...shown.replace(/[\s,–─:]/g, "")].sort().join("");
        const wanted = rows.flatMap(({ id, text: words, list }) => [id, words, ...list, String(list.length)]).join("");
        const drawn = letters(text);
        for (const letter of new Set(letters(wanted))) {
          expect(drawn.split(letter).length).toBeGreaterThanOrEqual(letters(wanted).split(letter).length);
        }
      }),
      seeded(100),
    );
  });

  test("holds no character that acts, whatever the data", async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileRows,
        fc.option(fc.integer({ min: 20, max: 120 }), { nil: undefined }),
        async (rows, width) => {
          expect(await write("table", rows, { width, terminal: width !== undefined })).not.toMatch(ACTS);
        },
      ),
      seeded(150),
    );
  });

  test("rows far below may be wider: their columns grow, and no id is broken", async () => {
    const rows = Array.from({ length: 700 }, (_, index) => ({
      id: index < 600 ? `${index}` : `a-long-id-${index}`,
      text: index === 650 ? "日本語" : "text",
      list: ["item"],
    }));
    const lines = (await write("table", rows)).split("\n");
    expect(lines).toHaveLength(2 + rows.length + 1);
    expect(lines[650]).toMatch(/^a-long-id-648 {2}text {4}item/);
    expect(lines[652]).toMatch(/^a-long-id-650 {2}日本語 {2}item/);
  });
});

test.each(["csv", "tsv"] as const)(
  "%s tells half of a surrogate pair, which has no bytes, by its code",
  async (format) => {
    const written = await write(format, [{ id: "1", text: "a\ud800b", list: ["\udc00"] }]);
    for (const told of ["a<U+D800>b", "<U+DC00>"]) expect(written).toContain(told);
  },
);

describe("CSV for Excel", () => {
  const SHARES = ["suppliers", "--shares", "-d", "examples/market.yaml", "--fields", "name,share,awarded", "-f", "csv"];
  const answer = async (...more: readonly string[]): Promise<string> =>
    (await runInProcess([...SHARES, "--excel", ...more])).stdout;
  const rows = (text: string, delimiter: string): readonly string[][] => parse(text, { bom: true, delimiter });

  test("begins with the mark by which Excel knows UTF-8", async () => {
    expect(await answer()).toBe(`\uFEFF${(await runInProcess(SHARES)).stdout}`);
  });

  test.each(["de", "fr"])("has the decimal commas and separators of %s, and says the same", async (locale) => {
    const spoken = rows(await answer("--locale", locale), ";");
    const plain = rows(await answer(), ",");
    expect(spoken.flat()).toContain("54,5");
    expect(spoken.map((row) => row.map((field) => field.replace(/^(\d+),(\d+)$/, "$1.$2")))).toEqual(plain);
  });

  test("keeps texts with separators whole, and what is no number as it is", async () => {
    const register = JSON.stringify({
      suppliers: [{ supplier: "a", name: "A;B 1.5" }],
      contracts: [{ contract: "c", lots: [{ lot: "1.5", title: "x;=1+1", ceiling: "EUR 1.50", suppliers: ["a"] }] }],
    });
    const argv = [
      "lots",
      "-d",
      "-",
      "-f",
      "csv",
      "--excel",
      "--locale",
      "de",
      "--fields",
      "lot,title,ceiling,suppliers",
    ];
    const { stdout } = await runInProcess(argv, { input: Buffer.from(register) });
    expect(rows(stdout, ";")[1]).toEqual(["1.5", "x;'=1+1", "1,50", "EUR", "exactly", "", "known", "A;B 1.5"]);
  });

  test.each([
    [["lots", "--excel"], "--excel is for csv"],
    [["lots", "-f", "csv", "--locale", "de"], "--locale is for csv that Excel opens"],
    [["lots", "-f", "csv", "--excel", "--locale", "xx"], "is not one of"],
  ])("%s is refused", async (argv, said) => {
    const { exitCode, stderr } = await runInProcess(argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(said) });
  });
});
