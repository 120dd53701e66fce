import { type Finding, InputError } from "../model/errors.ts";
import type { Given } from "../model/input-file.ts";
import { addAll } from "../model/lists.ts";
import { slicesOf } from "./bytes.ts";
import { contentNamed, contentOfChunks } from "./content.ts";
import { type Input, inputOf } from "./held-input.ts";
import { NO_SURROUNDINGS, type Surroundings } from "./surroundings.ts";

interface Held {
  readonly file: string;
  readonly bytes: Buffer;
}

/** What is given. Registers find their ledgers among it, by their names; nothing is read from anywhere else. */
export const openGiven = (given: readonly Given[], findings: Finding[]): Input[] => {
  const held = given.map((one, index) => heldOf(one, given.length === 1 ? "" : ` ${index + 1}`));
  const surroundings = surroundingsOf(held);
  const inputs: Input[] = [];
  for (const { file, bytes } of held)
    if (!isLedger(file, bytes, held)) addAll(inputs, inputOf({ file, bytes, surroundings }, findings));
  return inputs;
};

const heldOf = (one: Given, number: string): Held => ({
  file: one.name ?? `<data${number}>`,
  bytes: "text" in one ? Buffer.from(one.text) : bufferOf(one.bytes),
});

/** The same bytes, not a copy. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** A table is the ledger of a register that names it; any other is read as what it is, and refused. */
const isLedger = (file: string, bytes: Buffer, all: readonly Held[]): boolean =>
  contentNamed(contentOfChunks(slicesOf(bytes)), { name: file, named: true }, bytes.length === 0) === "csv" &&
  all.some((other) => other.file !== file && other.bytes.includes(file));

const surroundingsOf = (held: readonly Held[]): Surroundings => {
  if (held.length === 1) return NO_SURROUNDINGS;
  return {
    expect: (name) => name,
    open: async (name) => {
      const found = held.find(({ file }) => file === name);
      if (found === undefined) throw new InputError(`cannot read ${name}: it is not among the data that were given`);
      return { chunks: () => slicesOf(found.bytes) };
    },
  };
};
