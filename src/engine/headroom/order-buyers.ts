import type { Preference } from "../../model/claim.ts";
import { fold } from "../../model/fold.ts";
import { buyersOf } from "../../query/text-values.ts";
import type { Contract } from "../../records/contract.ts";
import { remembered } from "../../records/remembered.ts";

/** So many words of a name are compared. */
const MOST_WORDS = 16;

/**
 * Tells whether a buyer may order, by name; undefined where anybody may. Only where a contract names joint buyers or users does it say who may: of a
 * buyer alone, the departments order, too. A name that has another in it, word by word, may be a part of it.
 */
export const mayOrder = (contract: Contract, preference: Preference): ((buyer: string) => boolean) | undefined => {
  const users = preference.value(contract.users) ?? [];
  const joint = preference.value(contract.jointBuyers) ?? [];
  if (users.length + joint.length === 0) return undefined;
  const coordinator = preference.value(contract.coordinator);
  const stated = [...buyersOf(contract, preference), ...users, ...(coordinator === undefined ? [] : [coordinator])];
  const names = new Set(stated.map((name) => wordsOf(name).join(" ")));
  const parts = new Set(stated.flatMap((name) => phrasesIn(wordsOf(name))));
  return remembered((buyer) => {
    const words = wordsOf(buyer);
    return parts.has(words.join(" ")) || phrasesIn(words).some((phrase) => names.has(phrase));
  });
};

const wordsOf = (name: string): readonly string[] =>
  fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, MOST_WORDS);

/** Every run of words: of "a b c" also "a b", "b c" and each word. */
const phrasesIn = (words: readonly string[]): readonly string[] =>
  words.flatMap((_, start) => words.slice(start).map((_word, more) => words.slice(start, start + more + 1).join(" ")));
