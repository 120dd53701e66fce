/// <reference path="../texts.d.ts" />
import TABLE from "./words.txt?raw";

/**
 * All words of a report, in English, French and German. Each `{}` stands for something that is said with them, a number, a
 * date, an amount or a text, `{i}` for an id or a name, which stays as it is, `{n}` for a figure alone, and `{w}` for such or for words of this table, `{l}` for names of which there are several, `{g}` for those of groups and sources, among which words stand; `…` before what is said within others alone; `[a|b]` for one of these, which in French and German is `[of one|of more]`. A heading and a cell may be the same words.
 */
export const WORDS: readonly (readonly [english: string, french: string, german: string])[] = TABLE.split("\n")
  .filter((line) => line.includes("\t"))
  .map((line) => {
    const [english = "", french = "", german = ""] = line.split("\t");
    return [english, french, german];
  });
