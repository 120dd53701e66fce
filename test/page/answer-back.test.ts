import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { safeText } from "../../src/output/safe-text.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { LONG, someOf } from "../long.ts";
import { ask, folded, hasBrowser, inBrowser, markupOf, Screen, told } from "./browser.ts";

/** Reports in a real browser, which answer what the command line answers. The library must be built. */

/** Queries for each register, of every kind of field, on its day. */
const ASKED: readonly (readonly [data: string, at: string, queries: readonly string[]])[] = [
  [
    "data/cloud-i.yaml",
    "2018-03-01",
    [
      "service:paas",
      "ceiling:10M..",
      "service:paas ceiling:10M..",
      "ceiling:..15M",
      "ceiling>=EUR10.2M",
      "supplier:ibm",
      "supplier:ibm,atos",
      "NOT supplier:ibm",
      "supplier:ibm OR supplier:bt",
      "supplierId:cloud-team-alliance",
      "country:ES",
      "lot:2",
      "contract:cloud-i",
      "suppliers:4..",
      "buyer:commission",
      "is:renewable",
      "source:article",
      'title:"cloud"',
      "belgian",
      "any(supplier:bt)",
      "all(ceiling:1..)",
      "(service:iaas OR service:paas) NOT supplier:atos",
      "",
    ],
  ],
  [
    "examples/fleet.yaml",
    "2025-06-30",
    ["lot:1", "lot:2", "ceiling:200k..", "supplier:velo", "firmEnd:2026..", "NOT lot:2", "regime:classic", ""],
  ],
  [
    "examples/harbour.yaml",
    "2025-06-30",
    ["firmEnd:..2027", "supplier:quay", "ceiling:1M..", "is:shared", "country:DE", "withheld:ceiling", "kind:grouping"],
  ],
  [
    "examples/totals.yaml",
    "2025-06-30",
    ["contract:capped", "ceiling:EUR2M..", "ceiling:..EUR3M", "lot:capped/1", "missing:ceiling", ""],
  ],
  ["examples/market.yaml", "2025-06-30", ["offers:3..", "sme:yes", "nature:works", "daysToAward:1..", ""]],
  ["examples/award-notice.xml", "2025-06-30", ["lot:LOT-0002", "ceiling:1..", "suppliers:1..", "status:awarded", ""]],
];

/** What cannot be answered, or finds nothing. */
const IN_VAIN = [
  "ceiling:1O",
  "contract:zz",
  "share:5",
  "servce:paas",
  "(service:paas",
  ":late",
  "firmEnd:31.12.2027",
  'title:"open',
  "service:日本 ceiling:1O",
  "supplier:acentur",
  "supplier:zzz service:pass",
  "constructor:1",
];

const HOSTILE = [
  "<script>globalThis.taken = 1</script>",
  "</script><script>globalThis.taken = 1</script>",
  "<!--<script>",
  "]]><img src=x onerror='globalThis.taken = 1'>",
  '" onmouseover="globalThis.taken = 1',
  "' onerror='globalThis.taken = 1",
  "</textarea></title></style></svg><iframe srcdoc='<script>parent.taken = 1</script>'>",
  "&lt;b&gt; &amp;amp; \\u003cb\\u003e",
  "Evil\u202e<b>\u2066",
  "javascript:globalThis.taken=1",
  "__proto__",
  "line\u2028separator",
];

/** Each name wherever a name may stand. */
const HOSTILE_REGISTER = JSON.stringify({
  suppliers: HOSTILE.map((name, index) => ({ supplier: `evil${index}`, name })),
  contracts: HOSTILE.map((name, index) => ({
    contract: `c${index}`,
    title: name,
    buyer: name,
    awardDate: "2024-01-01",
    term: "4 years",
    lots: [{ lot: "1", title: name, ceiling: "EUR 1M", suppliers: [`evil${index}`] }],
  })),
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const REGISTERS = ASKED.map(([data, at]) => [data, at] as const);

test("fifty queries and more are asked", () => {
  expect(ASKED.flatMap(([, , queries]) => queries).length).toBeGreaterThan(50);
});

describe.skipIf(!hasBrowser)(inBrowser("a report in a browser"), { timeout: 120_000 }, () => {
  let screen: Screen;
  beforeAll(async () => {
    screen = await Screen.open();
  }, 60_000);
  afterAll(() => screen.close());

  test.each(ASKED)("answers of %s on %s as the command line does", async (data, at, queries) => {
    const { page, wrong } = await screen.show(await told(["report", "-d", data, "--at", at]));
    for (const query of someOf(queries, 6)) {
      const asked = ["-d", data, "--at", at, ...(query === "" ? [] : [query])];
      expect(await ask(page, query)).toContain("As of");
      const still = await told(["report", "--static", ...asked]);
      expect(await markupOf(page, "h1, #links, #answers > *"), query).toEqual(
        await markupOf(page, "h1, #links, #answers > *", still),
      );
      const lots = await markupOf(page, "section[aria-labelledby=lots] table");
      expect(lots, query).toEqual(await markupOf(page, "table", await told(["lots", "-f", "html", ...asked])));
      expect(lots, query).toHaveLength(1);
    }
    expect(wrong).toEqual([]);
  });

  test.each(someOf(["fr", "de"], 2))("answers in %s as it was written in it", async (language) => {
    const asked = ["-d", "examples/fleet.yaml", "--at", "2025-06-30", "--lang", language];
    const { page, wrong } = await screen.show(await told(["report", ...asked]));
    await ask(page, "lot:2");
    const still = await told(["report", "--static", "lot:2", ...asked]);
    expect(await markupOf(page, "h1, #links, #answers > *")).toEqual(
      await markupOf(page, "h1, #links, #answers > *", still),
    );
    await ask(page, "lot:");
    expect(await page.getAttribute("#told", "lang")).toBe("en");
    expect(wrong).toEqual([]);
  });

  test("says of what has no answer what the command line says", async () => {
    const { page, wrong } = await screen.show(await told(["report"]));
    for (const query of someOf(IN_VAIN, 4)) {
      const { stdout, stderr } = await runInProcess(["lots", query]);
      const expected = `${stdout}${stderr.replaceAll(/^note: /gm, "")}`;
      expect(folded(await ask(page, query))).toBe(folded(expected));
    }
    expect(wrong).toEqual([]);
  });

  test("keeps the answer before where there is none, and its title where that was given", async () => {
    const { page } = await screen.show(await told(["report", "service:paas", "--title", "Platforms"]));
    expect(await page.inputValue("#query")).toBe("service:paas");
    const before = await markupOf(page, "#answers > *");
    expect(await ask(page, "service:")).toContain("hint:");
    expect(await markupOf(page, "#answers > *")).toEqual(before);
    expect(await page.getAttribute("#query", "aria-invalid")).toBe("true");
    await ask(page, "");
    expect(await page.getAttribute("#query", "aria-invalid")).toBe("false");
    expect(await page.textContent("h1")).toBe("Platforms");
    expect(await page.title()).toBe("Platforms");
    expect(await page.textContent(".figures")).toContain("Lots3");
  });

  test("shows names of strangers as texts, in what it came with and in what it answers", async () => {
    const { page, wrong } = await screen.show(
      await told(["report", "-d", "-", "--at", "2025-01-01"], HOSTILE_REGISTER),
    );
    const shown = async (): Promise<unknown> =>
      await page.$$eval("section[aria-labelledby=suppliers] tbody th", (cells) =>
        cells.map((cell) => cell.textContent),
      );
    const expected = HOSTILE.map((name) => safeText(name));
    expect(await shown()).toEqual(expect.arrayContaining(expected));
    await ask(page, "supplier:evil");
    expect(await shown()).toEqual(expect.arrayContaining(expected));
    await ask(page, 'supplier:"<img"');
    expect(await page.$$eval("section[aria-labelledby=lots] tbody tr", (rows) => rows.length)).toBe(1);
    for (const query of someOf(HOSTILE, 3)) await ask(page, query);
    expect(await page.$$("img, iframe, b, [onmouseover], [onerror], [style]")).toEqual([]);
    expect(await page.$$eval("script", (scripts) => scripts.length)).toBe(3);
    expect(await page.evaluate("typeof globalThis.taken")).toBe("undefined");
    expect(wrong).toEqual([]);
  });

  test("may do nothing that its policy does not allow, whatever came into it", async () => {
    const { page, wrong } = await screen.show(await told(["report"]));
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend",
        '<img src="http://127.0.0.1:9/x.png" onerror="globalThis.taken = 1"><b style="color:red" onclick="globalThis.taken = 1">x</b>');
      const script = document.createElement("script");
      script.textContent = "globalThis.taken = 1";
      document.body.append(script);
      document.querySelector("body > b").click();`,
    );
    expect(await page.evaluate("typeof globalThis.taken")).toBe("undefined");
    await expect.poll(() => wrong.filter((text) => text.includes("Content Security Policy")).length).toBeGreaterThan(3);
    expect(wrong.filter((text) => text.startsWith("failed:"))).toEqual(["failed: csp"]);
  });

  test("is dark letters on white paper, whatever the screen has", async () => {
    const { page } = await screen.show(await told(["report", "-d", "examples/fleet.yaml", "--at", "2025-06-30"]), {
      colorScheme: "dark",
    });
    const colours = async (): Promise<unknown> =>
      page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.querySelector('svg .ground')).fill]",
      );
    expect(await colours()).toEqual(["rgb(236, 236, 236)", "rgb(22, 24, 27)"]);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await colours()).toEqual(["rgb(27, 27, 27)", "rgb(255, 255, 255)"]);
  });

  const LOOKS = [
    ["light", 1280, 0],
    ["dark", 1280, 1],
    ["light", 390, 2],
    ["dark", 390, 3],
  ] as const;
  describe.each(LOOKS)("%s, %i pixels wide", (colorScheme, width, look) => {
    const shown = REGISTERS.filter((_, index) => LONG || (index % LOOKS.length === look && index < LOOKS.length));
    test.each(shown)("%s has nothing that keeps anybody out", async (data, at) => {
      const { page } = await screen.show(await told(["report", "-d", data, "--at", at]), {
        colorScheme,
        viewport: { width, height: 900 },
      });
      await ask(page, "ceiling:1O");
      await page.evaluate(AXE);
      await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
      const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
      expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    });
  });
});

test("the page of the default register has less than 400 kB", async () => {
  expect(Buffer.byteLength(await told(["report"]))).toBeLessThan(400_000);
});
