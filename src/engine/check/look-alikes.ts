import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { codeOf, hiddenIn, withoutHidden } from "../../model/hidden-characters.ts";
import { hiddenLetters, latinLookAlike } from "../../model/look-alikes.ts";
import type { Contract } from "../../records/contract.ts";
import type { ContractRule } from "./contract-rule.ts";

const describe = (letter: string): string => {
  const script = /\p{Script=Greek}/u.test(letter)
    ? "Greek"
    : /\p{Script=Cyrillic}/u.test(letter)
      ? "Cyrillic"
      : "foreign";
  return `${script} ${letter} (${codeOf(letter)}), which looks like ${latinLookAlike(letter)}`;
};

const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const describeHidden = (char: string): string => {
  if (DIRECTION.test(char)) return `${codeOf(char)}, which moves what stands beside it`;
  if (/\p{M}/u.test(char) && withoutHidden(char) !== "") return `${codeOf(char)}, a mark too many on one letter`;
  return `${codeOf(char)}, which shows nothing`;
};

/** Line breaks and tabs can be seen. */
const isLayout = (char: string): boolean => char === "\n" || char === "\r" || char === "\t";

const foundIn = (what: string, text: string, described: readonly string[]): string =>
  `${what} "${text}" has ${described.join(", and ")}`;

/** A text with characters that cannot be seen, or that move others (N5). */
export const checkHidden = (what: string, text: string, place: () => Position): readonly Finding[] => {
  const hidden = hiddenIn(text).filter((char) => !isLayout(char));
  if (hidden.length === 0) return [];
  const message = foundIn(what, text, hidden.map(describeHidden));
  return [findingOf("N5-hidden", message, place(), "write it without them")];
};

/** A name with characters that cannot be seen, or with letters of another script among Latin ones (N5). */
export const checkLetters = (what: string, text: string, place: () => Position): readonly Finding[] => {
  const hidden = checkHidden(what, text, place);
  const letters = [...new Set(hiddenLetters(text))];
  if (letters.length === 0) return hidden;
  const message = foundIn(what, text, letters.map(describe));
  return [findingOf("N5-lookalike", message, place(), "write it with letters of one script"), ...hidden];
};

/** Texts that are compared exactly, to find those of which only what cannot be seen tells two apart (N5). */
export class Spellings {
  readonly #byLook = new Map<string, string[]>();

  /** A finding for each spelling but the first; each is told once. */
  check(what: string, text: string, place: () => Position): readonly Finding[] {
    const look = withoutHidden(text);
    const spellings = this.#byLook.get(look);
    if (spellings === undefined) this.#byLook.set(look, [text]);
    if (spellings === undefined || spellings.includes(text)) return [];
    spellings.push(text);
    const message = `${what} "${text}" differs only by hidden characters from "${spellings[0]}"`;
    return [findingOf("N5-hidden", message, place(), "write both alike if they are one")];
  }
}

const buyersOf = (contract: Contract) => [
  ...(["buyer", "coordinator"] as const).flatMap((field) =>
    (contract[field] ?? []).map(({ value }) => ({ field, what: `its ${field}`, name: value })),
  ),
  ...(["jointBuyers", "users"] as const).flatMap((field) =>
    (contract[field] ?? []).flatMap(({ value }) => value.map((name) => ({ field, what: field, name }))),
  ),
];

/** Looks through contracts one after the other for buyers and lots that only what cannot be seen tells apart. */
export class ContractNames {
  readonly #buyers = new Spellings();
  readonly #ids = new Spellings();

  check(contract: Contract): readonly Finding[] {
    const { id, lots, origin } = contract;
    const inLots = new Spellings();
    // The ids of most contracts are plain, and those of a million take memory.
    const ids = /[^\x00-\x7f]/.test(id) ? this.#ids.check("contract id", id, () => origin.locate(["contract"])) : [];
    return [
      ...ids,
      ...lots.flatMap((lot, index) =>
        inLots.check(`${id}: lot id`, lot.id, () => origin.locate(["lots", index, "lot"])),
      ),
      ...buyersOf(contract).flatMap(({ field, what, name }) =>
        this.#buyers.check(`${id}: ${what}`, name, () => origin.locate([field])),
      ),
    ];
  }
}

/** The ids and titles of the parts of a contract. */
const checkParts = (contract: Contract, what: "lot" | "group"): readonly Finding[] => {
  const list = `${what}s` as const;
  return contract[list].flatMap(({ id, title = "" }, index) => {
    const place = (key: string) => () => contract.origin.locate([list, index, key]);
    return [
      ...checkHidden(`${contract.id}: ${what} id`, id, place(what)),
      ...checkHidden(`${contract.id}: ${what} ${id}: its title`, title, place("title")),
    ];
  });
};

/** The names of a contract, of its parts, and of those who buy under it. */
export const checkContractLetters: ContractRule = (contract) => {
  const { id, title = "", origin } = contract;
  return [
    ...checkHidden("contract id", id, () => origin.locate(["contract"])),
    ...checkLetters(`${id}: its title`, title, () => origin.locate(["title"])),
    ...buyersOf(contract).flatMap(({ field, what, name }) =>
      checkLetters(`${id}: ${what}`, name, () => origin.locate([field])),
    ),
    ...checkParts(contract, "lot"),
    ...checkParts(contract, "group"),
  ];
};
