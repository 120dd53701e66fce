/**
 * A register has surroundings: a folder, a commit or an archive. Each kind has a file of its own, which opens what the
 * register names and refuses what lies outside. Whatever else registers may name one day is opened there, too.
 */

/**
 * Where a register came from: a folder, a commit or an archive. What the register names is read from there, and from
 * nowhere else.
 */
export interface Surroundings {
  /**
   * What people call a file that the register names. Asking this announces that the file will be opened: an archive,
   * which is read in one go, then looks out for it.
   */
  readonly expect: (name: string) => string;
  /** Opens such a file. Throws InputError if it is not there or cannot be read. */
  readonly open: (name: string) => Promise<NamedFile | Refusal>;
  /** The path of such a file, if it is on disk, where other programs can open it, too. */
  readonly onDisk?: (name: string) => string;
}

export interface NamedFile {
  /** Its bytes, from the beginning at each call. Each chunk is valid only until the next is asked for. */
  readonly chunks: () => Iterable<Buffer>;
}

/** Why a file is not opened, though it may be there. */
export interface Refusal {
  readonly refused: string;
  readonly hint: string;
}

export const leadsOutside = (name: string): Refusal => ({
  refused: `"${name}" leads out of the folder of the register`,
  hint: "put the file itself there: links are followed within the folder only",
});

export const noRegularFile = (name: string): Refusal => ({
  refused: `"${name}" is no regular file`,
  hint: "folders, devices and pipes are not read as ledgers",
});

const refusing = (refusal: (name: string) => Refusal): Surroundings => ({
  expect: (name) => name,
  open: async (name) => refusal(name),
});

/** The surroundings of what came through a pipe: it lies in no folder. */
export const NO_SURROUNDINGS: Surroundings = refusing((name) => ({
  refused: `there is no folder to read "${name}" from: this register came through a pipe`,
  hint: "save the register as a file beside it",
}));

const AMBIGUOUS: Surroundings = refusing((name) => ({
  refused: `it is not clear which "${name}" is meant: two registers go by this name`,
  hint: "ask each of them by itself",
}));

/** Finds the surroundings of registers by their names, which are all that their records know of their files. */
export const surroundingsAmong = (
  registers: readonly { readonly file: string; readonly surroundings: Surroundings }[],
): ((file: string) => Surroundings) => {
  const known = new Map<string, Surroundings>();
  for (const { file, surroundings } of registers) {
    const other = known.get(file) ?? surroundings;
    known.set(file, other === surroundings ? surroundings : AMBIGUOUS);
  }
  return (file) => known.get(file) ?? NO_SURROUNDINGS;
};
