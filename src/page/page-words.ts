/** The part of a browser that is used here. */
declare const document: { querySelector(selector: string): { readonly textContent: string | null } | null };

/**
 * The words of the page's language, which the page brings along; none in English. In pages they take the place of the
 * table of all languages.
 */
const { words = [] }: { readonly words?: readonly (readonly [english: string, said: string])[] } = JSON.parse(
  document.querySelector("#asked")?.textContent ?? "{}",
);

export const WORDS: readonly (readonly [english: string, french: string, german: string])[] = words.map(
  ([english, said]) => [english, said, said],
);
