import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { linesOf } from "../register-of.ts";

/** The program of a report with so much of a page as it asks for; real browsers are asked in `answer-back.test.ts`. */

type Listener = (event: { preventDefault(): void }) => void;

class Part {
  innerHTML = "";
  hidden = true;
  value = "";
  readonly attributes: Record<string, string> = {};
  readonly listeners: Record<string, Listener> = {};
  textContent: string | null;

  constructor(textContent: string | null = null) {
    this.textContent = textContent;
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners[type] = listener;
  }
}

const REGISTER = linesOf({
  suppliers: [{ supplier: "alba", name: "Alba" }],
  contracts: [
    {
      contract: "c",
      title: "Lamps",
      lots: [
        { lot: "1", title: "Small", ceiling: "EUR 5", suppliers: ["alba"] },
        { lot: "2", title: "Large", ceiling: "EUR 7" },
      ],
    },
  ],
});
const QUERIES = `${JSON.stringify({ query: "small", find: "lot:1" })}\n`;

const ASKED = { language: "en", at: "2025-06-30", titled: false, elsewhere: { order: "lot" } };

let parts: Record<string, Part> = {};

let loaded = 0;

/** A module of the page as it is loaded anew: it begins at once. */
const load = async (module: string) => await import(/* @vite-ignore */ `../../src/page/${module}?${loaded++}`);

/** The page with its program, which asks what is typed. */
const open = async (asked: object, register = REGISTER + QUERIES): Promise<(text: string) => Promise<void>> => {
  parts = {
    ...{ "#asked": new Part(JSON.stringify(asked)), "#register": new Part(register), "#told": new Part() },
    ...{ "#query": new Part(), "#answers": new Part(), "#links": new Part(), "#ask": new Part() },
    ...{ h1: new Part("before"), title: new Part("before") },
  };
  vi.stubGlobal("document", { querySelector: (selector: string) => parts[selector] ?? null });
  await load("answer-back.ts");
  return async (text) => {
    part("#query").value = text;
    const prevented = vi.fn();
    part("#ask").listeners["submit"]?.({ preventDefault: prevented });
    expect(prevented).toHaveBeenCalledOnce();
    expect(part("#answers").attributes).toEqual({ "aria-busy": "true" });
    await vi.waitUntil(() => part("#answers").attributes["aria-busy"] === "false", { interval: 1 });
  };
};

const part = (selector: string): Part => parts[selector] ?? expect.unreachable(selector);
const told = () => ({ ...part("#told").attributes, invalid: part("#query").attributes["aria-invalid"] });

afterAll(() => {
  vi.unstubAllGlobals();
});

describe("a page answers", () => {
  let ask: (text: string) => Promise<void>;
  beforeEach(async () => {
    ask = await open(ASKED);
  });

  test("nothing before it is asked, but shows where to ask", () => {
    expect(part("#ask").hidden).toBe(false);
    expect(part("#answers").innerHTML).toBe("");
  });

  test("what is typed, in the place of the answer before", async () => {
    await ask("lot:1");
    expect(part("#answers").innerHTML).toContain("Small");
    expect(part("#answers").innerHTML).not.toContain("Large");
    expect(part("#links").innerHTML).toContain("href=");
    await ask("lot:2");
    expect(part("#answers").innerHTML).toContain("Large");
    expect(part("#answers").innerHTML).not.toContain("Small");
    expect(told()).toEqual({ role: "status", lang: "en", invalid: "false" });
    expect(part("h1").textContent).toBe(part("title").textContent);
    expect(part("h1").textContent).not.toBe("before");
  });

  test("by a query that the register names", async () => {
    await ask(":small");
    expect(part("#answers").innerHTML).toContain("Small");
    expect(part("#answers").innerHTML).not.toContain("Large");
  });

  test("that nothing matches, and what may be meant", async () => {
    await ask("supplier:albo");
    expect(part("#told").innerHTML).toMatch(/^<p>Nothing matches\.\n.*alba.*<\/p>$/i);
    expect(told()).toEqual({ role: "status", lang: "en", invalid: "false" });
    await ask("is:shared");
    expect(part("#told").innerHTML).toMatch(/^<p>Nothing matches\./);
    // Of the lot that nobody holds some figures are none.
    await ask("lot:2");
    expect(part("#told").innerHTML).not.toContain("Nothing matches");
  });

  test("what is wrong with a query, the answer before stays", async () => {
    await ask("lot:1");
    const before = part("#answers").innerHTML;
    await ask("ceiling:<b>");
    expect(part("#answers").innerHTML).toBe(before);
    expect(told()).toEqual({ role: "alert", lang: "en", invalid: "true" });
    expect(part("#told").innerHTML).toMatch(
      /^<p>[^<]+<\/p><pre tabindex="0"> {4}ceiling:&lt;b&gt;\n {13}\^<\/pre><p>[^<]+<\/p>$/,
    );
    await ask('ceiling:"a    b"');
    expect(part("#told").innerHTML).toContain("<p>lotbook: &quot;a    b&quot; is not an amount</p><pre");
    await ask("order:1");
    expect(part("#told").innerHTML).toContain("lot");
    await ask(":large");
    expect(part("#told").innerHTML).toContain(":small");
    await ask("@small");
    expect(part("#told").innerHTML).toContain("no query file");
  });
});

test("a title that was given stays, and what is told is in the language of the page", async () => {
  const ask = await open({ ...ASKED, titled: true, language: "de" });
  await ask("is:shared");
  expect(part("h1").textContent).toBe("before");
  expect(part("title").textContent).toBe("before");
  expect(part("#told").innerHTML).toContain("Nichts passt dazu.");
  expect(told()).toEqual({ role: "status", lang: "de", invalid: "false" });
});

test("what is wrong with the page itself is told, too", async () => {
  const ask = await open(ASKED, "{");
  await ask("lot:1");
  expect(told()).toEqual({ role: "alert", lang: "en", invalid: "true" });
  expect(part("#told").innerHTML).toContain("this page");
  delete parts["#ask"];
  await expect(load("answer-back.ts")).rejects.toThrow("the page has no #ask");
});

test.each([
  [{ words: [["Total", "Summe"]] }, [["Total", "Summe", "Summe"]]],
  [{}, []],
])("the words of a page are those that it brings along: %j", async (asked, expected) => {
  await open({ ...ASKED, ...asked });
  expect((await load("page-words.ts")).WORDS).toEqual(expected);
});
