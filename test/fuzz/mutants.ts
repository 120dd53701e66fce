/** Mulberry32: small, seeded, and good enough to pick places in a text. */
export const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

export type Random = ReturnType<typeof randomFrom>;

/** A span of bytes: mostly a short one. */
const spanIn = (bytes: Buffer, random: Random): readonly [from: number, to: number] => {
  const from = random(bytes.length);
  const length = 1 + random(random(4) === 0 ? bytes.length : 40);
  return [from, Math.min(bytes.length, from + length)];
};

/** Values that have surprised readers. */
const SURPRISES = [
  "",
  "null",
  "[]",
  "{ a: b }",
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

const VALUE = />[^<>"]+<|"[^<>"]*"|[:,;] ?[^:,;\n\]}]+[\n,;\]}]/g;

/** Where a value stands: between tags, within quotes, behind a colon, or in a row. */
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
  // A line lost, and a line written again elsewhere.
  inText((text, random) => {
    const lines = text.split("\n");
    const [moved] = lines.splice(random(lines.length), 1);
    if (random(2) === 0) lines.splice(random(lines.length + 1), 0, moved ?? "");
    return lines.join("\n");
  }),
  // An element moved behind another.
  inText((text, random) => {
    const [from, to] = leafIn(text, random);
    const rest = text.slice(0, from) + text.slice(to);
    const [, end] = leafIn(rest, random);
    return rest.slice(0, end) + text.slice(from, to) + rest.slice(end);
  }),
];

const MOST_MUTATIONS_EACH = 3;

/** One of the documents, changed in one to three places; the same bytes for the same seed. */
export const mutantBytes = (originals: readonly Buffer[], seed: number): Buffer => {
  const random = randomFrom(seed);
  const mutations = random(2) === 0 ? OF_BYTES : OF_MEANING;
  let bytes = originals[random(originals.length)] ?? Buffer.alloc(1);
  for (let left = 1 + random(MOST_MUTATIONS_EACH); left > 0 && bytes.length > 0; left--) {
    bytes = mutations[random(mutations.length)]?.(bytes, random) ?? bytes;
  }
  return bytes;
};

export const mutantOf = (originals: readonly Buffer[], seed: number): string =>
  mutantBytes(originals, seed).toString("utf8");
