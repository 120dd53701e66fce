/// <reference path="../texts.d.ts" />
import TABLE from "./words.txt?raw";

/**
 * All words of a report, in English, French and German. A heading and a cell may be the same words. `{}` stands for
 * something that is said with them: a number, a date, an amount or a text. `{i}` is an id or a name, which stays as it
 * is. `{n}` is a figure alone, and `{w}` such a figure or words of this table. `{l}` is names, of which there are
 * several, and `{g}` names of groups and sources, among which words stand. `…` begins what is said only within other
 * sentences. `[a|b]` is one of these, and in French and German `[of one|of more]`.
 */
export const WORDS: readonly (readonly [english: string, french: string, german: string])[] = TABLE.split("\n")
  .filter((line) => line.includes("\t"))
  .map((line) => {
    const [english = "", french = "", german = ""] = line.split("\t");
    return [english, french, german];
  });
