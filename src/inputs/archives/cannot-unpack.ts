import type { Entry } from "./entry.ts";
import { ArchiveProblem } from "./entry.ts";

/** What stands in place of `unpack.ts` in the library for browsers. */

const refusal = (): ArchiveProblem => new ArchiveProblem("archives are not read here", "unpack it, and give its files");

const refused = async function* (): AsyncGenerator<never> {
  yield* [];
  throw refusal();
};

export const gunzip = (): AsyncGenerator<Buffer> => refused();
export const tarEntries = (): AsyncGenerator<Entry> => refused();
export const zipEntries = (): AsyncGenerator<Entry> => refused();
