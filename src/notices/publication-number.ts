/** `627166-2024` as eForms write it, `2024/S 201-627166` as the Official Journal did before. */
const NUMBER = /^(\d{1,8})-(\d{4})$/;
const JOURNAL_NUMBER = /^(\d{4})\/S \d{1,3}-(\d{1,8})$/;

/** The number of a notice in the Official Journal, always written as `00627166-2024`; undefined for any other text. */
export const publicationNumber = (text: string): string | undefined => {
  const [, number, year] = NUMBER.exec(text) ?? [];
  const [, journalYear = year, journalNumber = number] = JOURNAL_NUMBER.exec(text) ?? [];
  return journalNumber === undefined ? undefined : `${journalNumber.padStart(8, "0")}-${journalYear}`;
};

/** The id of a notice with its version, as BT-758 names it. */
const VERSIONED = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})-\d+$/i;

/** A notice as others name it, in one writing: by its number in the Official Journal, or by its id without a version. */
export const noticeName = (text: string): string => publicationNumber(text) ?? VERSIONED.exec(text)?.[1] ?? text;
