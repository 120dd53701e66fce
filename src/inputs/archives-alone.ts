import { holdsNoData } from "./bytes.ts";

/** A folder that has nothing but archives in it: where none of them holds data, neither does the folder. */
export class ArchivesAlone {
  readonly #folder: string;
  readonly #archives: number;
  readonly #empty = new Set<string>();

  constructor(folder: string, archives: number) {
    this.#folder = folder;
    this.#archives = archives;
  }

  /** Notes an archive without data, however often it is read. Throws InputError once all of them are such. */
  noteEmpty(archive: string): void {
    this.#empty.add(archive);
    if (this.#empty.size === this.#archives) throw holdsNoData(this.#folder);
  }
}
