import { isList, isMap, type Plain, type PlainMap } from "../../src/syntax/plain.ts";

/** Gives whole numbers below a limit, the same ones for the same seed. */
export type Dice = (below: number) => number;

export const diceFrom = (seed: number): Dice => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** A register as somebody might have typed it. */
export interface MessyText {
  readonly text: string;
  /** Every comment in it, from its #. */
  readonly comments: readonly string[];
}

/**
 * Writes what is said in any of the ways of YAML: keys of records in any order, any indentation, brackets or not, quotes
 * or not, empty lines and comments wherever they may stand.
 */
export const messyYaml = (value: PlainMap, dice: Dice): MessyText => {
  const writer = new MessyWriter(dice);
  writer.block(value, 0);
  return { text: `${writer.lines.join("\n")}\n`, comments: writer.comments };
};

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 ._+%-]*$/;
const isFact = (map: PlainMap): boolean => Object.keys(map).every((key) => /^s\d([ #]|$)/.test(key));

class MessyWriter {
  readonly lines: string[] = [];
  readonly comments: string[] = [];
  readonly #dice: Dice;
  /** Whether the last line is that of a text of several lines. */
  #inText = false;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  #chance(oneIn: number): boolean {
    return this.#dice(oneIn) === 0;
  }

  #comment(): string {
    const comment = `#${[" ", "", "  "][this.#dice(3)]}c${this.comments.length}: [x] "y" - z`;
    this.comments.push(comment);
    return comment;
  }

  /** Comments and empty lines may stand between any two lines, however far in. */
  #between(): void {
    // What stands as deep as a text of several lines would be part of it.
    const deepest = this.#inText ? 1 : 9;
    while (this.#chance(3)) this.lines.push(this.#chance(2) ? "" : " ".repeat(this.#dice(deepest)) + this.#comment());
  }

  #beside(): string {
    return this.#chance(4) ? ` ${this.#comment()}` : "";
  }

  block(value: Plain, indent: number): void {
    const step = 1 + this.#dice(4);
    const pad = " ".repeat(indent);
    if (isList(value)) for (const item of value) this.#item(item, pad, indent + step);
    else if (isMap(value)) for (const key of this.#order(value)) this.#entry(key, value[key] ?? "", pad, indent + step);
    this.#between();
  }

  /** The claims of a fact stay in their order, for the first is believed. */
  #order(map: PlainMap): readonly string[] {
    const keys = Object.keys(map);
    if (isFact(map)) return keys;
    return keys
      .map((key) => [this.#dice(1000), key] as const)
      .sort(([a], [b]) => a - b)
      .map(([, key]) => key);
  }

  #entry(key: string, value: Plain, pad: string, inner: number): void {
    this.#between();
    const mark = this.#chance(12)
      ? `${pad}? ${this.#inline(key, false)}\n${pad}:`
      : `${pad}${this.#inline(key, false)}:`;
    this.#value(mark, value, inner);
  }

  #item(value: Plain, pad: string, inner: number): void {
    this.#between();
    const deeper = isMap(value) && inner > pad.length + 1 && this.#chance(2);
    if (!deeper) {
      this.#value(`${pad}-`, value, inner);
      return;
    }
    // The first key beside the dash.
    const before = this.lines.length;
    const [first = "", ...others] = this.#order(value);
    this.#entry(first, value[first] ?? "", " ".repeat(inner), inner + 2);
    const start = this.lines.findIndex((line, index) => index >= before && /^ *[^ #]/.test(line));
    this.lines[start] = `${pad}-${" ".repeat(inner - pad.length - 1)}${this.lines[start]?.slice(inner)}`;
    for (const key of others) this.#entry(key, value[key] ?? "", " ".repeat(inner), inner + 2);
  }

  #value(mark: string, value: Plain, inner: number): void {
    this.#inText = false;
    if (value === null || typeof value === "string") this.#text(mark, value ?? "", inner);
    else if (this.#chance(3) || isEmpty(value)) this.#brackets(mark, value, inner);
    else {
      this.lines.push(...`${mark}${this.#beside()}`.split("\n"));
      this.block(value, inner);
    }
  }

  #text(mark: string, value: string, inner: number): void {
    const pad = " ".repeat(inner);
    this.#inText = true;
    if (/^[^\s].*[^\s]\n?$/s.test(value) && !/\t|\n\n$/.test(value) && this.#chance(4)) {
      const ends = value.endsWith("\n");
      this.lines.push(...`${mark} |${ends ? "" : "-"}${this.#beside()}`.split("\n"));
      for (const line of (ends ? value.slice(0, -1) : value).split("\n")) this.lines.push(line && pad + line);
      return;
    }
    if (PLAIN.test(value) && value.includes(" ") && !/ $| {2}/.test(value) && this.#chance(4)) {
      // Folded over two lines.
      const [first = "", ...rest] = value.split(" ");
      this.lines.push(...`${mark} >-${this.#beside()}\n${pad}${first}\n${pad}${rest.join(" ")}`.split("\n"));
      return;
    }
    this.#inText = false;
    const apart = this.#chance(8) ? `\n${pad}` : " ";
    this.lines.push(...`${mark}${apart}${this.#inline(value, false)}${this.#beside()}`.split("\n"));
  }

  #inline(value: string, brackets: boolean): string {
    const plain = PLAIN.test(value) && !/ $/.test(value) && !(brackets && value.includes(","));
    if (plain && !this.#chance(4)) return value;
    return /[\n\t]/.test(value) || this.#chance(2) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
  }

  /** In brackets, on one line or with every item and comment on lines of their own. */
  #brackets(mark: string, value: Exclude<Plain, string | null>, inner: number): void {
    const wide = this.#chance(3);
    const text = wide ? this.#wide(value, inner) : this.#narrow(value);
    this.lines.push(...`${mark} ${text}${this.#beside()}`.split("\n"));
  }

  #narrow(value: Plain): string {
    if (isList(value)) return `[${value.map((item) => this.#narrow(item)).join(this.#chance(2) ? "," : " , ")}]`;
    if (!isMap(value)) return this.#inline(value ?? "", true);
    const entries = this.#order(value).map((key) => `${this.#inline(key, true)}: ${this.#narrow(value[key] ?? "")}`);
    return `{${entries.join(", ")}}`;
  }

  #wide(value: Exclude<Plain, string | null>, inner: number): string {
    const pad = `\n${" ".repeat(inner)}`;
    const [open, close] = isList(value) ? ["[", "]"] : ["{", "}"];
    const items = isList(value)
      ? value.map((item) => this.#narrow(item))
      : isMap(value)
        ? this.#order(value).map((key) => `${this.#inline(key, true)}: ${this.#narrow(value[key] ?? "")}`)
        : [];
    const remark = (): string => (this.#chance(3) ? `${pad}${this.#comment()}` : "");
    const body = items.map(
      (item) => `${remark()}${pad}${item}${this.#chance(3) ? ` ${this.#comment()}${pad}` : ""},${this.#beside()}`,
    );
    return `${open}${this.#beside()}${body.join("")}${remark()}${pad}${close}`;
  }
}

const isEmpty = (value: Plain): boolean =>
  isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
