import { fold } from "./fold.ts";
import { withoutHidden } from "./hidden-characters.ts";

/** Legal forms as they stand in names, folded and without points. `co` is among them for `GmbH & Co. KG`. */
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
 * A company's name without case, accents, punctuation, legal form and words for `&`. Two names of which the same is
 * left may be names of one company. Never empty.
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

/** Whether a name ends in a legal form, apart from a remark in brackets behind it: `Alder SA (mandataire)`. */
const isWithForm = (name: string): boolean => {
  const words = fold(name)
    .replace(/\([^()]*\)\s*$/, "")
    .replace(/\./g, "")
    .trim()
    .split(" ");
  return words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? "");
};

/** Signs that stand between several companies. Those after the second may also stand within the name of one. */
const BETWEEN_COMPANIES = [";", "\n", "|", "/", ","];

/** The sign that separates what may be several companies, or their numbers. Undefined where the text names only one. */
export const betweenCompanies = (text: string): string | undefined =>
  BETWEEN_COMPANIES.find((sign, place) => {
    const parts = text.split(sign).flatMap((part) => part.trim() || []);
    return parts.length > 1 && (place < 2 || parts.every(isWithForm));
  });

/** What stands between two names of one company, such as the registered one and the one that it trades under. */
const ALSO_KNOWN_AS =
  /(?:^|\s|,|\()(?:t\/as?|trading as|d\/b\/a|dba|doing business as|a\/k\/a|also known as)(?=[\s:])/i;

/** Signs that stand between the same name in two languages: `X SA*X NV`. */
const BETWEEN_NAMES = /[*|]|\s[/;\u2013-]\s/;

/** Two letters that stand for one with a mark: `ue` for `ü`. */
const WRITTEN_OUT = /([aou])e|aa/g;

const keyOf = (name: string): string => {
  const bare = bareCompanyName(name).replace(/^the (?=.)/, "");
  return bare.replace(WRITTEN_OUT, (written, vowel: string | undefined) => vowel ?? written.charAt(0));
};

/**
 * Keys of a company's name: two names that share a key are likely to be of one company. Besides what
 * {@link bareCompanyName} leaves out, keys ignore a leading "The", the two spellings of umlauts and the like, and
 * characters that cannot be seen. Where a text has several names, each has a key, after that of the whole.
 */
export const companyKeys = (written: string): readonly string[] => {
  const name = withoutHidden(written.replace(/\s+/g, " "));
  const called = name.split(ALSO_KNOWN_AS).flatMap((each) => (each.trim() === "" ? [] : [keyOf(each)]));
  const parts = name.split(BETWEEN_NAMES).map(keyOf);
  // A sign may also stand between two companies. The names are of one company where all have the same key.
  const [twice, ...others] = parts;
  const isOne = twice !== undefined && others.length > 0 && others.every((other) => other === twice);
  const isBilingual = name.includes("*");
  return [...new Set([keyOf(name), ...(called.length > 1 ? called : []), ...(isOne || isBilingual ? parts : [])])];
};

/**
 * A key of a company's legal number. Numbers with the same key differ at most in case, in points, blanks and other
 * signs, and in leading zeros: they are near, and never count as equal (N5).
 */
export const legalIdKey = (legalId: string): string =>
  legalId
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/^(\p{L}*)0+(?=\p{N})/u, "$1");

export class FreeIds {
  readonly #taken = new Set<string>();
  /** The number to try next for a word that is taken. */
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
