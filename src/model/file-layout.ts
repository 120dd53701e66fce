export interface FileLayout {
  readonly file: string;
  readonly state: "changed" | "unchanged" | "other";
  /** The laid out text of what came from standard input, and so lies in no file. */
  readonly printed: string | undefined;
}
