/** So much of a browser as this needs. */
declare const document: { querySelector(selector: string): { readonly textContent: string | null } | null };

/** The words of the page's own language, which it brings along; none in English. They take the place of the table of all. */
const { words = [] }: { readonly words?: readonly (readonly [english: string, said: string])[] } = JSON.parse(
  document.querySelector("#asked")?.textContent ?? "{}",
);

export const WORDS: readonly (readonly [english: string, french: string, german: string])[] = words.map(
  ([english, said]) => [english, said, said],
);
