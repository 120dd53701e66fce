import type { Cell } from "../engine/report.ts";
import type { Language } from "../model/language.ts";
import { cellLines } from "./cell-text.ts";
import { WORDS } from "./words.ts";

export interface Tongue {
  readonly language: Language;
  /** Translates lotbook's own words, headings or sentences. Those without a translation stay as they are. */
  readonly say: (english: string) => string;
  /** Whether there is a translation. */
  readonly knows: (english: string) => boolean;
  /** A cell of a column for people, one line for each of several values. Texts of data stay as they are. */
  readonly lines: (cell: Cell | undefined, column?: string) => readonly string[];
  /** Translates a text that consists only of numbers, amounts and dates. */
  readonly figures: (english: string) => string;
}

export const ENGLISH: Tongue = {
  language: "en",
  say: (english) => english,
  knows: () => true,
  lines: (cell) => cellLines(cell),
  figures: (english) => english,
};

interface Notation {
  readonly thousands: string;
  readonly decimal: string;
  readonly scales: Readonly<Record<string, string>>;
  readonly date: string;
}

const NO_BREAK = "\u00a0";
const NARROW = "\u202f";

const NOTATIONS: Readonly<Record<Exclude<Language, "en">, Notation>> = {
  fr: { thousands: NARROW, decimal: ",", scales: { k: "k", M: "M", bn: "Md" }, date: "/" },
  de: { thousands: ".", decimal: ",", scales: { k: "Tsd.", M: "Mio.", bn: "Mrd." }, date: "." },
};

/** Columns whose texts are words of lotbook. */
const OWN_WORDS = new Set([
  ...["act", "action", "beginPrecision", "certainty", "decision", "endPrecision", "fact", "in", "kind", "overdue"],
  ...["phase", "reason", "runsOut", "severity", "state", "status", "use", "verdict", "what"],
]);

const DATE = /\b(?<year>\d{4})-(?<month>\d\d)(?:-(?<day>\d\d))?\b/;
const AMOUNT = /\b(?<currency>[A-Z]{3}) (?<amount>-?\d[\d,]*(?:\.\d+)?)(?<scale>k|M|bn)?\b/;
const NUMBER = /(?<![\w.,])(?<number>-?\d+(?:,\d{3})*(?:\.\d+)?)(?![\w,]|\.\d)/;
const FIGURE = new RegExp([DATE, AMOUNT, NUMBER].map(({ source }) => source).join("|"), "g");

class Spoken implements Tongue {
  readonly language: Exclude<Language, "en">;
  readonly #notation: Notation;
  readonly #exact = new Map<string, string>();
  readonly #phrases: Phrase[] = [];
  readonly #said = new Map<string, string | undefined>();

  constructor(language: Exclude<Language, "en">) {
    this.language = language;
    this.#notation = NOTATIONS[language];
    for (const [english, french, german] of WORDS) {
      const said = language === "fr" ? french : german;
      if (/[{[]/.test(english)) this.#phrases.push(phraseOf(english, said));
      else this.#exact.set(english, said);
    }
    // Phrases without names come first, because a name would match the rest of a sentence: "{n} not stated, {n}
    // withheld" is no number that is "withheld". Then come those with the most letters of their own.
    this.#phrases.sort((one, other) => Number(hasNames(one)) - Number(hasNames(other)) || other.own - one.own);
  }

  readonly say = (english: string): string => this.#find(english) ?? english;

  readonly knows = (english: string): boolean => this.#find(english) !== undefined;

  readonly lines = (cell: Cell | undefined, column = ""): readonly string[] => {
    const lines = cellLines(cell);
    switch (cell?.type) {
      case "id":
      case "suppliers":
      case "texts":
      case "composite":
      case "composites":
      case "notes":
        return lines;
      case "text":
        return OWN_WORDS.has(column) ? lines.map(this.say) : lines;
      default:
        return lines.map((line) => this.#exact.get(line) ?? this.figures(line));
    }
  };

  readonly figures = (english: string): string =>
    english
      .replaceAll(FIGURE, (...match) => this.#figure(match.at(-1)))
      .replaceAll("incl. VAT", this.say("incl. VAT"))
      .replaceAll(" to ", this.language === "fr" ? " à " : " bis ");

  #figure({ year, month, day, currency, amount = "", scale, number = "" }: Readonly<Record<string, string>>): string {
    const { date, scales } = this.#notation;
    if (year !== undefined) return [...(day === undefined ? [] : [day]), month, year].join(date);
    if (currency === undefined) return this.#number(number);
    return [this.#number(amount), ...(scale === undefined ? [] : [scales[scale]]), currency].join(NO_BREAK);
  }

  #number(english: string): string {
    const { thousands, decimal } = this.#notation;
    return english.replaceAll(/[.,]/g, (mark) => (mark === "." ? decimal : thousands));
  }

  #find(english: string): string | undefined {
    if (!this.#said.has(english)) this.#said.set(english, this.#exact.get(english) ?? this.#filled(english));
    return this.#said.get(english);
  }

  /** Translates a sentence that has parts from the data. Names stay as they are. */
  #filled(english: string): string | undefined {
    for (const { pattern, holes, said } of this.#phrases) {
      const parts = pattern.exec(english)?.slice(1);
      const spoken = parts?.map((part, index) => this.#part(part, holes[index] ?? ""));
      if (spoken === undefined || spoken.includes(undefined)) continue;
      let next = 0;
      const counted = said.replaceAll(/\[([^|\]]*)\|([^\]]*)\]/g, this.#countsOne(parts ?? []) ? "$1" : "$2");
      return counted.replaceAll(/\{(\d?)\}/g, (_, index) => spoken[index === "" ? next++ : Number(index)] ?? "");
    }
    return undefined;
  }

  /** Whether the first number of a sentence takes the singular: 1, and in French 0, too. */
  #countsOne(parts: readonly string[]): boolean {
    const count = parts.find((part) => /^\d[\d,]*$/.test(part));
    return count === "1" || (count === "0" && this.language === "fr");
  }

  #listed(parts: readonly string[]): string {
    return [parts.slice(0, -1).join(", "), ...parts.slice(-1)].join(` ${this.say("and")} `);
  }

  /**
   * Translates the only "and", which joins the last two of several names. With more than one, a name may have it, and
   * all stay. Names of groups and sources may have words among them, which are translated.
   */
  #namesIn(english: string, hole: string): string {
    const said = hole === "g" ? english.replaceAll(NAMELESS, this.say) : english;
    const [before, after, ...others] = said.split(" and ");
    return after === undefined || others.length > 0 ? said : `${before} ${this.say("and")} ${after}`;
  }

  /** The translation of what is said only within sentences. */
  #within(english: string): string | undefined {
    return english.startsWith("…") ? undefined : this.#find(`… ${english}`);
  }

  #part(english: string, hole: string): string | undefined {
    const isName = /[ilg]/.test(hole);
    if (!isName && isFigure(english)) return this.figures(english);
    const [, first, more] = /^(.+) (and \d+ more)$/.exec(english) ?? [];
    if (hole !== "w" && more !== undefined) return `${first} ${this.say(more)}`;
    if (isName) return hole === "i" ? english : this.#namesIn(english, hole);
    const listed = english.split(/, | and /);
    if (listed.every(isFigure)) return this.#listed(listed.map(this.figures));
    return hole === "" ? english : hole === "w" ? (this.#find(english) ?? this.#within(english)) : undefined;
  }
}

const isFigure = (text: string): boolean =>
  /^[\s\u2265\u2264\u2013.]*$/.test(text.replaceAll(FIGURE, "").replace(/incl\. VAT|\bto\b/, ""));

/** A phrase of the table: what it matches, what its parts may be, how it is said, and how many letters of it are its own. */
interface Phrase {
  readonly pattern: RegExp;
  readonly holes: readonly string[];
  readonly said: string;
  readonly own: number;
}

const hasNames = ({ holes }: Phrase): boolean => holes.some((hole) => /^[ilg]?$/.test(hole));

/**
 * Words that stand among names and are none: among groups, the contract's own ceiling and what was ordered; among
 * sources, a fact whose source is not named.
 */
const NAMELESS = /(?<=^|, | and )(?:its own|its orders|the register)(?=$|, | and )/g;

const HOLES = /\{([wnlig]?)\}/g;

const phraseOf = (english: string, said: string): Phrase => {
  const source = english
    .replaceAll(/[.*+?^$()]/g, String.raw`\$&`)
    .replaceAll("[", "(?:")
    .replaceAll("]", ")")
    .replaceAll(HOLES, "(.+?)");
  const holes = [...english.matchAll(HOLES)].map(([, hole = ""]) => hole);
  return { pattern: new RegExp(`^${source}$`), holes, said, own: english.replaceAll(HOLES, "").length };
};

const TONGUES = new Map<Language, Tongue>([["en", ENGLISH]]);

export const tongueOf = (language: Language): Tongue => {
  const known = TONGUES.get(language);
  if (known !== undefined || language === "en") return known ?? ENGLISH;
  const tongue = new Spoken(language);
  TONGUES.set(language, tongue);
  return tongue;
};
