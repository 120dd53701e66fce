/** A file, and how it stands to the one layout of registers: what is no YAML has none. */
export interface FileLayout {
  readonly file: string;
  readonly state: "changed" | "unchanged" | "other";
  /** The laid out text of what came from standard input, and so lies in no file. */
  readonly printed: string | undefined;
}
