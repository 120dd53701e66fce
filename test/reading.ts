import type { Register } from "../src/records/register.ts";
import { openRegister } from "../src/register/open-register.ts";

/** A register written in a test. */
export const readRegister = (yaml: string): Promise<Register> =>
  openRegister("-", {
    stdin: async function* () {
      yield Buffer.from(yaml);
    },
  });

/** Everything that a report, or another stream, gives. */
export const allOf = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};
