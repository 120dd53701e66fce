import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PageLook, Question } from "../commands/command.ts";
import { hintsElsewhere } from "../commands/commands.ts";
import { familiesAskedFor, isWithin } from "../engine/families.ts";
import { page } from "../engine/page.ts";
import { registerLines } from "../writers/register-records.ts";

/** The program that pages run; the build makes it. */
const SCRIPT = join(import.meta.dirname, "..", "..", "dist", "page", "answer-back.js");

/** The most that a page can hold and still be opened, and answer, at once. */
const MOST = { lots: 5_000, orders: 20_000 };

const TOO_MUCH = `This page shows tables alone: there are more than ${MOST.lots} lots, or ${MOST.orders} orders, which is more than a page can hold to answer questions.`;

const linesOf = async ({ register, selection }: Question, most: typeof MOST): Promise<string | undefined> => {
  const asked = await familiesAskedFor(register, selection);
  if (!(await isWithin(register, asked?.() ?? register.contracts(), most))) return undefined;
  let lines = "";
  const options = { folder: undefined, ...(asked && { contracts: asked() }) };
  for await (const piece of registerLines(register, options)) lines += piece;
  return lines;
};

export const reportOn = async (
  question: Question,
  { title, still, language }: PageLook,
  most = MOST,
): Promise<string> => {
  const shown = await page(question.register, question.selection, { title });
  const register = still ? undefined : await linesOf(question, most);
  const { reportPage } = await import("../output/report-page.ts");
  if (register === undefined) return await reportPage(shown, { why: still ? "" : TOO_MUCH }, language);
  const asked = { language, at: shown.day, titled: title !== undefined, elsewhere: await hintsElsewhere() };
  return await reportPage(shown, { register, asked, script: readFileSync(SCRIPT, "utf8") }, language);
};
