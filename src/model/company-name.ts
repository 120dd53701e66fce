import { fold } from "./fold.ts";

/** Legal forms as they stand in names, folded and without points; `co` of `GmbH & Co. KG` with them. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    "ab ad ag ans aps as asa bhd bv bvba co company corp corporation cv dd doo ead ehf ek eood eu ev eurl gbr gmbh " +
    "hf inc incorporated kft kg kgaa ks lda limited limitada lllp llc llp ltd ltda mbh nv nyrt oao ohg oo ood ooo ou oy " +
    "oyj plc pte pty rt ryf sa sarl sas sasu sca scop scrl se sia sl slu sau snc spa spk spol spolka sp spzoo sprl srl sro " +
    "uab ug unipessoal vof zao zoo zrt"
  ).split(" "),
);

/** Words that stand for `&`. */
const AND: ReadonlySet<string> = new Set(["and", "e", "en", "et", "i", "og", "och", "und", "y"]);

/**
 * What is left of a company's name without case, accents, punctuation and legal form: two names of which the same is left
 * may be names of one company. Never empty.
 */
export const bareCompanyName = (name: string): string => {
  const folded = fold(name);
  const words = folded
    .replace(/['\u2019`\u00b4.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    // `S. A.`, `s r o`: letters of one form, spaced out.
    .replace(/(?<=(?:^| )\p{L}) (?=\p{L}(?: |$))/gu, "")
    .replace(/ z oo(?= |$)/g, "")
    .split(" ");
  const bare = words.filter((word) => !LEGAL_FORMS.has(word) && !AND.has(word)).join(" ");
  return bare === "" ? folded : bare;
};
