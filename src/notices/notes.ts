import { firstAndMore } from "../model/phrases.ts";
import type { Note } from "../records/history.ts";

const MOST_NAMED = 6;

/** The assumptions under which a notice answers, each once, with the lots and other parts that it was made for. */
export class Notes {
  readonly #made = new Map<string, { readonly rule: string; readonly text: string; readonly subjects: Set<string> }>();

  add(rule: string, text: string, subject?: string): void {
    const key = `${rule} ${text}`;
    const made = this.#made.get(key) ?? { rule, text, subjects: new Set<string>() };
    this.#made.set(key, made);
    if (subject !== undefined) made.subjects.add(subject);
  }

  all(): readonly Note[] {
    return [...this.#made.values()].map(({ rule, text, subjects }) => ({ rule, text: `${namesOf(subjects)}${text}` }));
  }
}

/** `LOT-0001, LOT-0002: `, of very many the first few; nothing for none. */
const namesOf = (subjects: ReadonlySet<string>): string =>
  subjects.size === 0 ? "" : `${firstAndMore([...subjects], MOST_NAMED)}: `;
