import { ArchiveProblem, type Entry } from "./entry.ts";

/** What stands in place of `unpack.ts` in the library for browsers. */

const refused = async function* (): AsyncGenerator<never> {
  yield* [];
  throw new ArchiveProblem("archives are not read here", "unpack it, and give its files");
};

export const gunzip = (): AsyncGenerator<Buffer> => refused();
export const tarEntries = (): AsyncGenerator<Entry> => refused();
export const zipEntries = (): AsyncGenerator<Entry> => refused();
