import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

const PLACES = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const BINARY = PLACES.find((path) => path !== "" && existsSync(path));

/** Whether there is a browser to ask, and what to say where there is none. */
export const hasBrowser = BINARY !== undefined;
export const inBrowser = (name: string): string =>
  hasBrowser ? name : `${name}: left out, for there is no Chromium here (CHROMIUM names one)`;

/** How a page is looked at. */
interface Look {
  readonly colorScheme?: "light" | "dark";
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A browser that sees nothing but files that are written here, in one context, whose pages share a process. */
export class Screen {
  readonly #folder = mkdtempSync(join(tmpdir(), "lotbook-page-"));
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  #files = 0;

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  static async open(): Promise<Screen> {
    const browser = await chromium.launch({ ...(BINARY !== undefined && { executablePath: BINARY }) });
    return new Screen(browser, await browser.newContext());
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Opens a page, and what it does that it should not: requests, errors, dialogs, breaches of its policy. */
  async show(
    html: string,
    { colorScheme = "light", viewport }: Look = {},
  ): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> {
    const file = join(this.#folder, `${++this.#files}.html`);
    writeFileSync(file, html);
    const url = pathToFileURL(file).href;
    const page = await this.#context.newPage();
    await page.emulateMedia({ colorScheme });
    if (viewport !== undefined) await page.setViewportSize(viewport);
    const wrong: string[] = [];
    page.on("request", (request) => request.url() === url || wrong.push(`request: ${request.url()}`));
    page.on("requestfailed", (request) => wrong.push(`failed: ${request.failure()?.errorText}`));
    page.on("console", (message) => wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("dialog", async (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    await page.goto(url);
    return { page, wrong };
  }
}

/** What the program prints. */
export const told = async (argv: readonly string[], register?: string): Promise<string> => {
  const input = register === undefined ? undefined : Buffer.from(register);
  const { stdout, exitCode } = await runInProcess(argv, { input });
  expect(exitCode).toBe(0);
  return stdout;
};

/** A text without what a page leaves out of it: the spaces that prose begins with, and line ends where a part ends. */
export const folded = (text: string): string => text.replaceAll(/\n+/g, "").replaceAll(/ {2}(?=hint: )/g, "");

/** Types a query and waits for what the page says of it. */
export const ask = async (page: Page, query: string): Promise<string> => {
  await page.fill("#query", query);
  await page.press("#query", "Enter");
  await page.waitForSelector("#answers[aria-busy=false]");
  return (await page.textContent("#told")) ?? "";
};

/** The markup of parts of a page, as a browser reads it. */
export const markupOf = async (page: Page, selector: string, html?: string): Promise<readonly string[]> =>
  await page.evaluate(
    `((html, selector) => {
      const root = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
      return [...root.querySelectorAll(selector)].map((part) => part.outerHTML);
    })(${JSON.stringify(html)}, ${JSON.stringify(selector)})`,
  );
