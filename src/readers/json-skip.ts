import { MAX_DEPTH } from "../syntax/plain.ts";

/** Thrown where bytes may be no JSON; `readMembers` catches it. */
export const DOUBT = new Error("this may be no JSON");

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const OPEN_MAP = 0x7b;
export const CLOSE_MAP = 0x7d;

// Each of these functions takes an offset and gives the one behind what it passed: their loops work on local numbers.

/** The offset of the next byte that is no white space. */
export const skipSpace = (bytes: Buffer, start: number): number => {
  // Most bytes that are asked about are none, and programs write no space.
  if ((bytes[start] ?? 0) > 0x20) return start;
  let at = start;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; ) byte = bytes[++at];
  return at;
};

/** Behind the string whose quote stands at the offset. */
export const skipString = (bytes: Buffer, start: number): number => {
  let at = start + 1;
  for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[++at]) {
    if (byte === BACKSLASH) at++;
    else if (byte === undefined || byte < 0x20) throw DOUBT;
  }
  return at + 1;
};

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= 0x39;

/** Behind one digit or more. */
const skipDigits = (bytes: Buffer, start: number): number => {
  let at = start;
  while (isDigit(bytes[at])) at++;
  if (at === start) throw DOUBT;
  return at;
};

const skipNumber = (bytes: Buffer, start: number): number => {
  let at = bytes[start] === MINUS ? start + 1 : start;
  at = bytes[at] === ZERO ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === POINT) at = skipDigits(bytes, at + 1);
  // `E` and `e`, `+` and `-`.
  if (bytes[at] !== 0x45 && bytes[at] !== 0x65) return at;
  const sign = bytes[at + 1];
  return skipDigits(bytes, sign === 0x2b || sign === MINUS ? at + 2 : at + 1);
};

const WORDS: ReadonlyMap<number, Buffer> = new Map(
  ["true", "false", "null"].map((word) => [word.charCodeAt(0), Buffer.from(word)]),
);

const skipWord = (bytes: Buffer, start: number): number => {
  const word = WORDS.get(bytes[start] ?? -1);
  if (word === undefined) throw DOUBT;
  for (let index = 1; index < word.length; index++) if (bytes[start + index] !== word[index]) throw DOUBT;
  return start + word.length;
};

/** Behind a number, `true`, `false` or `null`. */
export const skipLiteral = (bytes: Buffer, start: number): number => {
  const byte = bytes[start];
  return byte === MINUS || isDigit(byte) ? skipNumber(bytes, start) : skipWord(bytes, start);
};

export const skipColon = (bytes: Buffer, start: number): number => {
  const at = skipSpace(bytes, start);
  if (bytes[at] !== COLON) throw DOUBT;
  return at + 1;
};

/** Behind the value, whatever it is; `depth` counts the brackets that are open around it. */
export const skipValue = (bytes: Buffer, start: number, depth: number): number => {
  const at = skipSpace(bytes, start);
  const byte = bytes[at];
  if (byte === QUOTE) return skipString(bytes, at);
  if (byte === OPEN_MAP) return skipMap(bytes, at, depth + 1);
  if (byte === OPEN_LIST) return skipList(bytes, at, depth + 1);
  return skipLiteral(bytes, at);
};

/** Whether bytes are one value of JSON, as far as a look at their structure tells. */
export const isOneValue = (bytes: Buffer): boolean => {
  try {
    return skipSpace(bytes, skipValue(bytes, 0, 0)) === bytes.length;
  } catch (error) {
    if (error === DOUBT) return false;
    throw error;
  }
};

const skipMap = (bytes: Buffer, start: number, depth: number): number => {
  if (depth > MAX_DEPTH) throw DOUBT;
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_MAP) return at + 1;
  for (;;) {
    if (bytes[at] !== QUOTE) throw DOUBT;
    at = skipColon(bytes, skipString(bytes, at));
    at = skipSpace(bytes, skipValue(bytes, at, depth));
    if (bytes[at] === CLOSE_MAP) return at + 1;
    if (bytes[at] !== COMMA) throw DOUBT;
    at = skipSpace(bytes, at + 1);
  }
};

const skipList = (bytes: Buffer, start: number, depth: number): number => {
  if (depth > MAX_DEPTH) throw DOUBT;
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_LIST) return at + 1;
  for (;;) {
    at = skipSpace(bytes, skipValue(bytes, at, depth));
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) throw DOUBT;
    at++;
  }
};
