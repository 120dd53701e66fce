import { expect, test } from "vitest";
import { InputError, openRegister } from "../../src/index.ts";

const MIB = 2 ** 20;

/** Standard input that gives the same bytes so many times. */
const repeated = (bytes: Uint8Array, times: number) => ({
  stdin: async function* () {
    for (let count = 0; count < times; count++) yield bytes;
  },
});

test("a YAML text past 32 MiB is refused before it is parsed", async () => {
  const comment = Buffer.from(`# ${"-".repeat(MIB - 3)}\n`);
  await expect(openRegister("-", repeated(comment, 33))).rejects.toThrow(InputError);
  await expect(openRegister("-", repeated(comment, 33))).rejects.toThrow("<stdin> is larger than 32 MiB");
});

test("input past 1 GiB is refused before it fills the memory", async () => {
  const zeros = new Uint8Array(64 * MIB);
  await expect(openRegister("-", repeated(zeros, 17))).rejects.toThrow("<stdin> is larger than 1024 MiB");
});

test("without an input there is nothing to read", async () => {
  await expect(openRegister("-")).rejects.toThrow('"-" names standard input, and none was given');
});
