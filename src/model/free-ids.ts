import { fold } from "./fold.ts";

export class FreeIds {
  readonly #taken = new Set<string>();
  /** The number that the next one of a word would have. */
  readonly #next = new Map<string, number>();

  of(name: string): string {
    const word = fold(name)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
    const base = word === "" ? "supplier" : word;
    let id = base;
    for (let number = this.#next.get(base) ?? 2; this.#taken.has(id); number++) {
      id = `${base}-${number}`;
      this.#next.set(base, number + 1);
    }
    this.#taken.add(id);
    return id;
  }
}
