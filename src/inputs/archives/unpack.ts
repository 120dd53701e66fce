/** What unpacks archives, behind one door: where there is no Node, nothing does (`cannot-unpack.ts`). */
export { gunzip } from "./gunzip.ts";
export { tarEntries } from "./tar-entries.ts";
export { zipEntries } from "./zip-entries.ts";
