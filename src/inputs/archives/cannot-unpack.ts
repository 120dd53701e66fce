import { ArchiveProblem, type Entry } from "./entry.ts";

/** Takes the place of `unpack.ts` in the library for browsers, and refuses all archives. */

const refused = async function* (): AsyncGenerator<never> {
  yield* [];
  throw new ArchiveProblem("archives are not read here", "unpack it, and give its files");
};

export const gunzip = (): AsyncGenerator<Buffer> => refused();
export const tarEntries = (): AsyncGenerator<Entry> => refused();
export const zipEntries = (): AsyncGenerator<Entry> => refused();
