import { missedValues } from "../engine/missed-values.ts";
import { answers } from "../engine/page-answers.ts";
import { UserError } from "../model/errors.ts";
import type { Language } from "../model/language.ts";
import { answersHtml } from "../output/answers-html.ts";
import { errorText } from "../output/error-text.ts";
import { PLAIN_STYLE } from "../output/format.ts";
import { escapeXml } from "../output/svg.ts";
import { tongueOf } from "../output/tongue.ts";
import { parseQuery, queryNameHint } from "../query/parse-query.ts";

import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import { openLines } from "../register/open-lines.ts";

/**
 * The program of a report: it asks the contracts that the page holds whatever the reader types, and puts the answer in
 * place of the one before. It reads and writes nothing but the page.
 */

/** The part of an element of the page that is used here. */
interface Part {
  textContent: string | null;
  innerHTML: string;
  hidden: boolean;
  value: string;
  setAttribute(name: string, value: string): void;
  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
}

declare const document: { querySelector(selector: string): Part | null };

/** How the report was asked for, as the page says. */
export interface AskedPage {
  readonly language: Language;
  /** The day of the report. */
  readonly at: string;
  /** Whether its title was given, and so stays as it is. */
  readonly titled: boolean;
  /** Hints for fields that only other answers have, by the fields' names: what to write instead. */
  readonly elsewhere: Readonly<Record<string, string>>;
}

const part = (selector: string): Part => {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
};

const textOf = (selector: string): string => part(selector).textContent ?? "";

/**
 * The register that the page holds. Its contracts are kept in memory, because every answer reads them several times.
 */
const openHeld = async (): Promise<Register> => {
  const register = await openLines(textOf("#register"), "this page");
  const batches: (readonly Contract[])[] = [];
  for await (const batch of register.contracts()) batches.push(batch);
  return {
    ...register,
    contracts: async function* () {
      yield* batches;
    },
  };
};

/** A message as HTML: lines of prose as paragraphs, and a query with the caret below it as it stands. */
const toldHtml = (text: string): string =>
  text
    .split(/^((?: {4}.*(?:\n|$))+)/m)
    .map((piece, index) => {
      const lines = piece.trimEnd().split("\n").map(escapeXml).join("\n");
      return index % 2 === 1 ? `<pre tabindex="0">${lines}</pre>` : `<p>${lines}</p>`;
    })
    .join("");

const tell = (role: "alert" | "status", language: Language, text: string): void => {
  const told = part("#told");
  told.setAttribute("role", role);
  told.setAttribute("lang", language);
  told.innerHTML = toldHtml(text);
  part("#query").setAttribute("aria-invalid", String(role === "alert"));
};

/** Puts the answer to a query in place of the one before. Throws UserError for a query that has no answer. */
const answer = async (
  register: Register,
  text: string,
  { language, at, titled, elsewhere }: AskedPage,
): Promise<void> => {
  const tongue = tongueOf(language);
  const lookup = (name: string) => (name.startsWith(":") ? register.queries.get(name.slice(1))?.find : undefined);
  const otherwise = new Map(Object.entries(elsewhere));
  const query = parseQuery(text, lookup, (word) => queryNameHint(register, word) ?? otherwise.get(word));
  const selection = { query, at };
  const found = await answers(register, selection);
  const { html, link } = await answersHtml(found, tongue);
  const isNothing = found.figures.every(([, { value }]) => value === 0);
  const missed = isNothing ? await missedValues(register, selection, () => true) : [];
  part("#answers").innerHTML = html;
  part("#links").innerHTML = link;
  if (!titled) for (const name of ["h1", "title"]) part(name).textContent = found.title ?? tongue.say(found.count);
  tell("status", language, isNothing ? [tongue.say("Nothing matches."), ...missed].join("\n") : tongue.say(found.says));
};

const explanationOf = async (error: unknown): Promise<string> =>
  error instanceof UserError ? (await errorText(error, PLAIN_STYLE)).trimEnd() : String(error);

const start = (): void => {
  const asked: AskedPage = JSON.parse(textOf("#asked"));
  let opened: Promise<Register> | undefined;
  const ask = async (text: string): Promise<void> => {
    try {
      opened ??= openHeld();
      await answer(await opened, text, asked);
    } catch (error) {
      tell("alert", "en", await explanationOf(error));
    }
  };
  let waiting = 0;
  const busy = (change: number): void => {
    waiting += change;
    part("#answers").setAttribute("aria-busy", String(waiting > 0));
  };
  let last = Promise.resolve();
  const form = part("#ask");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = part("#query").value;
    busy(1);
    last = last.then(() => ask(text)).then(() => busy(-1));
  });
  form.hidden = false;
};

start();
