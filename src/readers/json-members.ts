import { isUtf8 } from "node:buffer";
import { isList, MAX_DEPTH, type Plain } from "../syntax/plain.ts";
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_MAP,
  COMMA,
  DOUBT,
  OPEN_LIST,
  OPEN_MAP,
  QUOTE,
  skipColon,
  skipLiteral,
  skipSpace,
  skipString,
  skipValue,
} from "./json-skip.ts";

/**
 * The members of an object that are wanted. A leaf is a single value or a list of them; of a member with members of its
 * own only those are read, and a list of such objects is looked into. Keys are of ASCII letters.
 */
export interface WantedShape {
  readonly [key: string]: "leaf" | WantedShape;
}

interface Member {
  readonly key: string;
  /** Undefined for a leaf. */
  readonly wanted: WantedMembers | undefined;
}

/** The members by the length of their key, which tells most others apart without a look at their letters. */
export type WantedMembers = readonly (readonly Member[] | undefined)[];

/** Makes ready what {@link readMembers} looks for. */
export const wantedMembers = (shape: WantedShape): WantedMembers => {
  const byLength: Member[][] = [];
  for (const [key, inner] of Object.entries(shape)) {
    const members = byLength[key.length] ?? [];
    members.push({ key, wanted: inner === "leaf" ? undefined : wantedMembers(inner) });
    byLength[key.length] = members;
  }
  return byLength;
};

/** JSON as bytes, which are searched, and as a text with one character a byte, out of which strings are cut. */
export interface JsonBytes {
  readonly bytes: Buffer;
  readonly text: string;
  readonly encoding: "utf8" | "latin1";
}

/** Bytes that are not UTF-8 are taken for Latin-1. */
export const jsonBytes = (bytes: Buffer): JsonBytes => ({
  bytes,
  text: bytes.toString("latin1"),
  encoding: isUtf8(bytes) ? "utf8" : "latin1",
});

/** What was read, and the offset behind it. */
export interface MembersRead {
  readonly value: Plain;
  readonly end: number;
}

/**
 * Reads the JSON value that begins at an offset, but only its members that are wanted; its numbers are the text that was
 * written (`1.10` stays `1.10`), and its texts have single spaces for white space: see {@link withSingleSpaces}. What is
 * not wanted is passed over with a look at its structure alone.
 *
 * Undefined where there is any doubt: a mistake, a wanted key that stands twice, a key with escapes, an object where a
 * leaf is expected. Such a text is for `readJsonExactly`.
 */
export const readMembers = (json: JsonBytes, start: number, wanted: WantedMembers): MembersRead | undefined => {
  const reader = new MemberReader(json, start);
  try {
    return { value: reader.read(wanted, 0), end: reader.at };
  } catch (error) {
    if (error === DOUBT) return undefined;
    throw error;
  }
};

const SPACE = 0x20;
const RAGGED = /^\s|\s$|\s\s|[^\S ]/;

/** A text with one space for each run of white space, and none at its ends (R-WS). */
const withSingleSpaces = (text: string): string => (RAGGED.test(text) ? text.replace(/\s+/g, " ").trim() : text);

/** A value with all its texts so. */
export const neatly = (plain: Plain): Plain => {
  if (plain === null) return plain;
  if (typeof plain === "string") return withSingleSpaces(plain);
  if (isList(plain)) return plain.map(neatly);
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, neatly(value)]));
};

class MemberReader {
  readonly #text: string;
  readonly #bytes: Buffer;
  readonly #encoding: "utf8" | "latin1";
  /** The offset of the next byte to look at. */
  at: number;

  constructor({ bytes, text, encoding }: JsonBytes, start: number) {
    this.#text = text;
    this.#bytes = bytes;
    this.#encoding = encoding;
    this.at = start;
  }

  read(wanted: WantedMembers | undefined, depth: number): Plain {
    this.at = skipSpace(this.#bytes, this.at);
    const byte = this.#bytes[this.at];
    if (byte === QUOTE) return this.#string();
    if (byte === OPEN_LIST) return this.#list(wanted, depth + 1);
    if (byte !== OPEN_MAP) return this.#literal();
    if (wanted === undefined) throw DOUBT;
    return this.#map(wanted, depth + 1);
  }

  #map(wanted: WantedMembers, depth: number): Plain {
    const map: Record<string, Plain> = {};
    if (this.#isEmpty(CLOSE_MAP, depth)) return map;
    do {
      const member = this.#member(wanted);
      if (member === undefined) this.at = skipValue(this.#bytes, this.at, depth);
      else if (map[member.key] !== undefined) throw DOUBT;
      else map[member.key] = this.read(member.wanted, depth);
    } while (this.#goesOn(CLOSE_MAP));
    return map;
  }

  #list(wanted: WantedMembers | undefined, depth: number): Plain {
    const list: Plain[] = [];
    if (this.#isEmpty(CLOSE_LIST, depth)) return list;
    do list.push(this.read(wanted, depth));
    while (this.#goesOn(CLOSE_LIST));
    return list;
  }

  /** Passes the opening bracket, and the closing one where it follows. */
  #isEmpty(closing: number, depth: number): boolean {
    if (depth > MAX_DEPTH) throw DOUBT;
    const at = skipSpace(this.#bytes, this.at + 1);
    const empty = this.#bytes[at] === closing;
    this.at = empty ? at + 1 : at;
    return empty;
  }

  /** Passes the comma or the closing bracket behind an entry; whether another entry follows. */
  #goesOn(closing: number): boolean {
    const at = skipSpace(this.#bytes, this.at);
    const byte = this.#bytes[at];
    if (byte !== COMMA && byte !== closing) throw DOUBT;
    this.at = at + 1;
    return byte === COMMA;
  }

  /** Passes a key and its colon; gives the member where it is wanted. */
  #member(wanted: WantedMembers): Member | undefined {
    const bytes = this.#bytes;
    const start = skipSpace(bytes, this.at) + 1;
    if (bytes[start - 1] !== QUOTE) throw DOUBT;
    let end = start;
    for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[++end])
      if (byte === BACKSLASH || byte === undefined) throw DOUBT;
    this.at = skipColon(bytes, end + 1);
    const members = wanted[end - start];
    if (members !== undefined)
      for (const member of members) if (this.#text.startsWith(member.key, start)) return member;
    return undefined;
  }

  #string(): string {
    const bytes = this.#bytes;
    const start = this.at + 1;
    let end = start;
    let bits = 0;
    let before = SPACE;
    let ragged = false;
    for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[++end]) {
      if (byte === BACKSLASH) return this.#escapedString();
      if (byte === undefined || byte < SPACE) throw DOUBT;
      if (byte === SPACE && before === SPACE) ragged = true;
      bits |= byte;
      before = byte;
    }
    this.at = end + 1;
    if (bits >= 0x80 || ragged || before === SPACE)
      return withSingleSpaces(bytes.toString(bits >= 0x80 ? this.#encoding : "latin1", start, end));
    // A longer slice would be no copy, and keep the whole text in memory as long as it is used.
    return end - start < 13 ? this.#text.slice(start, end) : bytes.toString("latin1", start, end);
  }

  #escapedString(): string {
    const start = this.at;
    this.at = skipString(this.#bytes, start);
    try {
      return withSingleSpaces(String(JSON.parse(this.#bytes.toString(this.#encoding, start, this.at))));
    } catch {
      throw DOUBT;
    }
  }

  #literal(): Plain {
    const start = this.at;
    this.at = skipLiteral(this.#bytes, start);
    const literal = this.#text.slice(start, this.at);
    return literal === "null" ? null : literal;
  }
}
