/** Characters that act on a terminal or reorder what a reader sees, and that JSON would leave as they are. */
const HIDDEN =
  /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

/** JSON, or a text in double quotes, with hidden characters escaped: it says the same, and shows that they are there. */
export const escapeHidden = (json: string): string =>
  json.replace(HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
