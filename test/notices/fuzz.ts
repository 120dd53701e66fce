import type { Position } from "../../src/model/errors.ts";
import type { ReadNotices } from "../../src/notices/notice.ts";
import { SupplierPool } from "../../src/notices/supplier-pool.ts";

/** Mulberry32: small, seeded, and good enough to pick places in a text. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

type Random = ReturnType<typeof randomFrom>;

/** A span of bytes: mostly a short one. */
const spanIn = (bytes: Buffer, random: Random): readonly [from: number, to: number] => {
  const from = random(bytes.length);
  const length = 1 + random(random(4) === 0 ? bytes.length : 40);
  return [from, Math.min(bytes.length, from + length)];
};

/** Values that have surprised readers. */
const SURPRISES = [
  "",
  " ",
  "-1",
  "0",
  "1e999",
  "9".repeat(40),
  "NaN",
  "unpublished",
  "2024-02-30",
  "9999-12-31T23:59:60Z",
  "__proto__",
  "constructor",
  "\u202e",
  "&amp;",
  "LOT-0001",
];

const VALUE = />[^<>"]+<|"[^<>"]*"/g;

/** Where a value stands: between tags, or within quotes. */
const valueIn = (text: string, random: Random): readonly [from: number, to: number] => {
  VALUE.lastIndex = random(text.length);
  const match = VALUE.exec(text);
  return match === null ? [0, 0] : [match.index + 1, match.index + match[0].length - 1];
};

const LEAF = /<([\w:]+)[^<>]*>[^<>]*<\/\1>/g;

/** An element that holds no other; nothing where there is none behind the place. */
const leafIn = (text: string, random: Random): readonly [from: number, to: number] => {
  LEAF.lastIndex = random(text.length);
  const match = LEAF.exec(text);
  return match === null ? [0, 0] : [match.index, match.index + match[0].length];
};

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const inText =
  (mutate: (text: string, random: Random) => string): Mutation =>
  (bytes, random) =>
    Buffer.from(mutate(bytes.toString("utf8"), random));

/** Mutations that most parsers refuse. */
const OF_BYTES: readonly Mutation[] = [
  // One to four bits flipped.
  (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let left = 1 + random(4); left > 0; left--) {
      const at = random(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random(8));
    }
    return flipped;
  },
  // A span deleted.
  (bytes, random) => {
    const [from, to] = spanIn(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  // A span written twice.
  (bytes, random) => {
    const [from, to] = spanIn(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  // Two spans of one length swapped.
  (bytes, random) => {
    const swapped = Buffer.from(bytes);
    const [a, end] = spanIn(bytes, random);
    const length = end - a;
    const b = random(bytes.length - length + 1);
    bytes.copy(swapped, a, b, b + length);
    bytes.copy(swapped, b, a, a + length);
    return swapped;
  },
  // All after a place lost.
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
];

/** Mutations that leave the document well-formed, and so reach what reads its meaning. */
const OF_MEANING: readonly Mutation[] = [
  // A value that is another's.
  inText((text, random) => {
    const [from, to] = valueIn(text, random);
    const [start, end] = valueIn(text, random);
    return text.slice(0, from) + text.slice(start, end) + text.slice(to);
  }),
  // A value that surprises.
  inText((text, random) => {
    const [from, to] = valueIn(text, random);
    return text.slice(0, from) + (SURPRISES[random(SURPRISES.length)] ?? "") + text.slice(to);
  }),
  // An element lost.
  inText((text, random) => {
    const [from, to] = leafIn(text, random);
    return text.slice(0, from) + text.slice(to);
  }),
  // An element moved behind another.
  inText((text, random) => {
    const [from, to] = leafIn(text, random);
    const rest = text.slice(0, from) + text.slice(to);
    const [, end] = leafIn(rest, random);
    return rest.slice(0, end) + text.slice(from, to) + rest.slice(end);
  }),
];

/** How many mutations the suite tries; LOTBOOK_FUZZ=100000 tries as many as that. */
export const FUZZ_COUNT = Number(process.env["LOTBOOK_FUZZ"] ?? 1000);
export const FUZZ_TIMEOUT = 20_000 + 5 * FUZZ_COUNT;

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
}

/** How many mutations were answered, and how many refused; and the longest that one took, in milliseconds. */
export interface Fuzzed {
  answered: number;
  refused: number;
  slowest: number;
}

const MOST_MUTATIONS_EACH = 3;
const TOO_LONG = 1000;

const isPlace = (position: Position | undefined): boolean =>
  position !== undefined && position.line >= 1 && position.column >= 1;

/**
 * Reads so many mutations of valid documents, the same for the same seed. Each must be answered, or refused with located
 * findings, within a second; throws an error that names the seed of the first that is not.
 */
export const fuzz = (read: ReadNotices, documents: readonly string[], { seed, count }: FuzzOptions): Fuzzed => {
  const originals = documents.map((document) => Buffer.from(document));
  const fuzzed = { answered: 0, refused: 0, slowest: 0 };
  for (let index = 0; index < count; index++) {
    const text = mutantOf(originals, seed + index);
    const begin = performance.now();
    const refused = readMutant(read, text, seed + index);
    const took = performance.now() - begin;
    if (took > TOO_LONG) throw new Error(`mutation ${seed + index} took ${took.toFixed(0)} ms`);
    fuzzed[refused ? "refused" : "answered"]++;
    fuzzed.slowest = Math.max(fuzzed.slowest, took);
  }
  return fuzzed;
};

/** One of the documents, changed in one to three places; the same for the same seed. */
export const mutantOf = (originals: readonly Buffer[], seed: number): string => {
  const random = randomFrom(seed);
  const mutations = random(2) === 0 ? OF_BYTES : OF_MEANING;
  let bytes = originals[random(originals.length)] ?? Buffer.alloc(1);
  for (let left = 1 + random(MOST_MUTATIONS_EACH); left > 0 && bytes.length > 0; left--) {
    bytes = mutations[random(mutations.length)]?.(bytes, random) ?? bytes;
  }
  return bytes.toString("utf8");
};

/** Whether the document was refused. */
const readMutant = (read: ReadNotices, text: string, seed: number): boolean => {
  try {
    const { notices, findings } = read(text, "mutant", new SupplierPool());
    // Of nothing, nothing need be said.
    if (notices.length + findings.length === 0 && text.trim() !== "") throw new Error("neither answered nor refused");
    if (!findings.every(({ position, message }) => isPlace(position) && message !== "")) {
      throw new Error(`refused without a place: ${JSON.stringify(findings)}`);
    }
    return findings.length > 0;
  } catch (error) {
    throw new Error(`mutation ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }
};
