import type { Entry as ZipEntry, ZipFile } from "yauzl";
import { ArchiveProblem } from "./limits.ts";

/** A header with a name of one letter: no fewer bytes can hide a file. */
const LEAST_FILE_BYTES = 31;
const LOCAL_HEADER_BYTES = 30;
const MOST_EXTRA_BYTES = 0xffff;
const DESCRIPTOR = 0x08;
const DESCRIPTOR_BYTES = 24;
const END_BYTES = 22;
/** The end of a large archive has two records more. */
const LARGE_END_BYTES = 76;

/**
 * Which bytes of an archive its list of contents accounts for. Others, or the same for two files, are how one archive
 * holds unlike files for unlike programs.
 */
export class ZipLayout {
  readonly #zip: ZipFile;
  /** Where the files end: the list of contents follows. */
  readonly #end: number;
  readonly #files: { readonly from: number; to: number; slack: number }[] = [];

  constructor(zip: ZipFile) {
    this.#zip = zip;
    this.#end = cursorOf(zip);
  }

  /** Adds a file of which only the list of contents is known: its own header may be longer. */
  add(entry: ZipEntry): void {
    const from = entry.relativeOffsetOfLocalHeader;
    const to = from + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    this.#files.push({ from, to, slack: MOST_EXTRA_BYTES + DESCRIPTOR_BYTES });
  }

  /** Adds where the bytes begin of the file that was added last. */
  addStart({ compressedSize, generalPurposeBitFlag }: ZipEntry, start: number): void {
    const file = this.#files.at(-1);
    if (file === undefined) return;
    file.to = start + compressedSize;
    file.slack = (generalPurposeBitFlag & DESCRIPTOR) === 0 ? 0 : DESCRIPTOR_BYTES;
  }

  /** To be called when the list of contents was read. Throws where it and the archive differ. */
  check(): void {
    const listEnd = this.#zip.fileSize - END_BYTES - this.#zip.comment.length;
    const rest = listEnd - cursorOf(this.#zip);
    if (rest !== 0 && rest !== LARGE_END_BYTES) throw new ArchiveProblem(UNLISTED, HINT);
    let [end, slack] = [0, 0];
    for (const file of this.#files.sort((a, b) => a.from - b.from)) {
      if (file.from < end) throw new ArchiveProblem("two of its files share the same bytes", HINT);
      if (file.from - end >= LEAST_FILE_BYTES + slack) throw new ArchiveProblem(UNLISTED, HINT);
      [end, slack] = [file.to, file.slack];
    }
    if (this.#end - end >= LEAST_FILE_BYTES + slack) throw new ArchiveProblem(UNLISTED, HINT);
  }
}

const UNLISTED = "it has bytes that its list of contents does not name";
const HINT = "other programs may find other files in it; fetch it again";

/** Where the next entry of the list of contents stands; its types take it for a boolean. */
const cursorOf = ({ readEntryCursor }: ZipFile): number => Number(readEntryCursor);
