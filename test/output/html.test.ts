import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

/** The markup without what scripts hold, which is none. */
const withoutScripts = (html: string): string => html.replaceAll(/(<script[^>]*>).*?(?=<\/script>)/gs, "$1");

const pageOf = async (argv: readonly string[], register?: string): Promise<string> => {
  const input = register === undefined ? undefined : Buffer.from(register);
  const { stdout, exitCode } = await runInProcess(argv, { input });
  expect(exitCode).toBe(0);
  return stdout;
};

const REPORT = ["report", "--at", "2018-03-01"];
const FLEET = ["report", "--data", "examples/fleet.yaml", "--at", "2025-06-30"];

const VOID = new Set(["meta", "br", "rect", "line", "input"]);

/** The names of tags that are closed by another, or never. */
const unbalanced = (html: string): readonly string[] => {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, end, name = "", own] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (VOID.has(name) || own === "/") continue;
    if (end !== "/") open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
};

const headingsIn = (html: string): readonly string[] =>
  [...withoutScripts(html).matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, heading = ""]) => heading);

describe("a report is one page", () => {
  test("whose sections choose themselves by what the data have", async () => {
    expect(headingsIn(await pageOf(REPORT))).toEqual([
      "What needs a decision, and by when",
      "What ends, and when",
      "Timeline",
      "Contracts",
      "Lots",
      "Suppliers",
      "How the total is made",
      "Where sources differ",
      "Sources",
      "Findings",
    ]);
    expect(headingsIn(await pageOf(FLEET))[0]).toBe("Ceilings in use");
  });

  test("with the total, each shared ceiling counted once (T1)", async () => {
    const html = await pageOf(REPORT);
    expect(html).toContain("<dd>EUR 34.4M</dd>");
    expect(withoutScripts(html)).not.toContain("120.9M");
  });

  test("of what is asked for, which leaves out findings of the whole", async () => {
    const html = await pageOf([...REPORT, "service:paas", "--title", "Platforms"]);
    expect(html).toContain("<h1>Platforms</h1>");
    expect(html).toContain("asked for: service:paas");
    expect(html).toContain("<dd>EUR 10.3M</dd>");
    expect(headingsIn(html)).not.toContain("Findings");
  });

  test("the same each time", async () => {
    expect(await pageOf(FLEET)).toBe(await pageOf(FLEET));
  });

  test("not for a terminal", async () => {
    const { exitCode, stderr } = await runInProcess(REPORT, { terminal: 80 });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("a page is for browsers") });
  });
});

describe.each([
  ["a report", REPORT],
  ["a report with pictures of ceilings", FLEET],
  ["a report that holds no more than it shows", [...REPORT, "--static"]],
  ["any answer", ["lots", "--format", "html"]],
])("%s", (_, argv) => {
  test("needs nothing else, and may do nothing", async () => {
    const html = await pageOf(argv);
    expect(withoutScripts(html).match(/<link|<img|<iframe|\son[a-z]+=|javascript:|\ssrc=|@import|url\(/gi)).toBeNull();
    const hashes = [...html.matchAll(/<(script|style)>(.*?)<\/\1>/gs)].map(
      ([, name = "", text = ""]) => `${name}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`,
    );
    const [style, ...scripts] = hashes;
    expect(html).toContain(
      `content="${["default-src 'none'", ...scripts, style, "base-uri 'none'", "form-action 'none'"].join("; ")}"`,
    );
    expect(scripts).toHaveLength(argv[0] === "report" && !argv.includes("--static") ? 1 : 0);
  });

  test("closes what it opens, names its language, and uses each id once", async () => {
    const html = await pageOf(argv);
    expect(unbalanced(withoutScripts(html))).toEqual([]);
    expect(html).toContain('<html lang="en">');
    expect(withoutScripts(html)).toMatch(/>\s+<\/body>\n<\/html>\n$/);
    const ids = [...withoutScripts(html).matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("has its totals under their columns", async () => {
    const wide = (cells: string): number =>
      [...cells.matchAll(/<t[hd]([^>]*)>/g)].reduce(
        (sum, [, traits = ""]) => sum + Number(/colspan="(\d+)"/.exec(traits)?.[1] ?? 1),
        0,
      );
    const tables = [...(await pageOf(argv)).matchAll(/<table.*?<thead>(.*?)<\/thead>.*?<\/table>/gs)];
    const feet = tables.flatMap(([table, head = ""]) =>
      [...(/<tfoot>(.*)<\/tfoot>/s.exec(table)?.[1]?.matchAll(/<tr>(.*?)<\/tr>/gs) ?? [])].map(([, foot = ""]) => [
        head,
        foot,
      ]),
    );
    for (const [head = "", foot = ""] of feet) expect(wide(foot)).toBe(wide(head));
    const under = feet.filter(([, foot = ""]) => foot.includes('<td class="number">'));
    expect(under.length).toBeGreaterThan(0);
    for (const [head = "", foot = ""] of under) {
      const at = wide(foot.split('<td class="number">')[0] ?? "");
      expect(head.split("<th")[at + 1]).toMatch(/Ceiling|Value|Awarded|Ordered|Amount/);
    }
  });

  test("has tables whose headings say what they are for", async () => {
    const html = await pageOf(argv);
    expect(html.match(/<th(?![^>]*scope=)[\s>]/g)).toBeNull();
    // Whatever is named for those who do not see it, or can be pressed, has a name.
    const named = withoutScripts(html).match(/<(button|label|caption|h[1-6]|a)\b[^>]*>\s*<\/\1>|\saria-label="\s*"/g);
    expect(named).toBeNull();
  });
});

test("a picture that is too tall for a sheet of paper is told from others", async () => {
  const contracts = (count: number) =>
    Array.from(
      { length: count },
      (_, nth) => `{"contract":"c${nth}","awardDate":"2024-01-01","term":"4 years","lots":[{"lot":"1"}]}\n`,
    ).join("");
  const figures = async (count: number) =>
    (await pageOf(["report", "--data", "-", "--at", "2025-01-01"], contracts(count))).match(/<figure[^>]*tabindex/g);
  expect(await figures(2)).toEqual(["<figure tabindex"]);
  expect(await figures(60)).toEqual(['<figure class="tall" tabindex']);
});

const HOSTILE = `contracts:
  - { contract: c, title: "<script>alert(1)</script>", buyer: '" onmouseover="x', awardDate: 2024-01-01, term: 4 years, lots: [
      { lot: 1, title: "</table></style><img src=x onerror=alert(1)>", ceiling: EUR 1M, suppliers: [evil] }] }
suppliers:
  - { supplier: evil, name: "Evil\\u202e<b>&amp;</b>" }
`;

test("names of strangers are texts in a page, whatever they hold", async () => {
  const html = await pageOf(["report", "--data", "-", "--at", "2025-01-01"], HOSTILE);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html).toContain("Evil&lt;U+202E&gt;&lt;b&gt;&amp;amp;&lt;/b&gt;");
  const markup = withoutScripts(html);
  expect(markup.match(/<script[^>]*>/g)).toEqual([
    '<script type="application/json" id="asked">',
    '<script type="application/jsonl" id="register">',
    "<script>",
  ]);
  expect(markup.match(/<img|<b>|\sonmouseover="/g)).toBeNull();
  expect(unbalanced(markup)).toEqual([]);
});
