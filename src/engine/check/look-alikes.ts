import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { hiddenLetters, latinLookAlike } from "../../model/look-alikes.ts";
import type { ContractRule } from "./contract-rule.ts";

const describe = (letter: string): string => {
  const code = letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const script = /\p{Script=Greek}/u.test(letter)
    ? "Greek"
    : /\p{Script=Cyrillic}/u.test(letter)
      ? "Cyrillic"
      : "foreign";
  return `${script} ${letter} (U+${code}), which looks like ${latinLookAlike(letter)}`;
};

/** A text in which letters of another script stand among Latin ones (N5). */
export const checkLetters = (what: string, text: string, place: () => Position): readonly Finding[] => {
  const letters = [...new Set(hiddenLetters(text))];
  if (letters.length === 0) return [];
  const message = `${what} "${text}" has ${letters.map(describe).join(", and ")}`;
  return [findingOf("N5-lookalike", message, place(), "write it with letters of one script")];
};

/** The names of a contract and of those who buy under it. */
export const checkContractLetters: ContractRule = (contract) => {
  const place = (field: string) => () => contract.origin.locate([field]);
  const people = (["buyer", "coordinator"] as const).flatMap((field) =>
    (contract[field] ?? []).flatMap(({ value }) => checkLetters(`${contract.id}: its ${field}`, value, place(field))),
  );
  const groups = (["jointBuyers", "users"] as const).flatMap((field) =>
    (contract[field] ?? []).flatMap(({ value }) =>
      value.flatMap((name) => checkLetters(`${contract.id}: ${field}`, name, place(field))),
    ),
  );
  return [...checkLetters(`${contract.id}: its title`, contract.title ?? "", place("title")), ...people, ...groups];
};
