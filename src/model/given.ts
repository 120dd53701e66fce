/** Data that are given themselves, not by a path: a text, or bytes as a file has them. */
export type Given = {
  /** What messages call it, and registers that name it as their ledger; its ending counts as that of a file does. */
  readonly name?: string;
} & ({ readonly text: string } | { readonly bytes: Uint8Array });
