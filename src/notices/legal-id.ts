/** Runs of digits that stand where a number had to be given: `0000000`, `999999`, `123456789`. */
const FILLER = /^(\d)\1*$|^0?123456789?0?$/;
const NO_NUMBER = /^(?:n\/?a|none|null|unknown|internal)?$/i;
/** The commercial register of one German court: others have the same number. */
const ONE_COURT = /^(HR[AB]|GNR|PR|VR)\d/i;

/**
 * A company's number, where it can be one: that suppliers are one rests on it (T2). Notices also write `0`, `n/a` or the
 * company's name there, and numbers that only mean something beside the name of a court.
 */
export const legalId = (text: string): string | undefined => {
  const compact = text.replace(/[\s./_-]/g, "");
  const digits = compact.replace(/\D/g, "");
  return digits.length < 5 || FILLER.test(digits) || ONE_COURT.test(compact) ? undefined : text;
};

/** A company's number beside the name of the register that gives it, which vouches for all but fillers. */
export const registeredId = (text: string): string | undefined =>
  NO_NUMBER.test(text) || FILLER.test(text.replace(/\W/g, "")) || !/\w/.test(text) ? undefined : text;
