import { type Finding, findingOf, type Position } from "../model/errors.ts";

/** So many mistakes of one file are told; what follows them would fill the memory, and nobody would read it. */
export const MOST_FINDINGS = 10_000;

/** Tells that a file was not read on, and from where. */
export const readNoFurther = (file: string, position?: Position): Finding =>
  findingOf(
    "F1",
    `more than ${MOST_FINDINGS} mistakes: the rest of ${file} was not read`,
    position,
    "fix the first ones, and ask again",
  );
