const HOSTILE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const PLAIN = /^[\x20-\x7e]*$/;

const visible = (char: string): string =>
  `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;

/**
 * Text from data as a terminal may show it: control characters, invisible ones and those that reorder what the reader
 * sees (CVE-2021-42574) become visible, line breaks and tabs become spaces. Letters of every script stay as they are.
 */
export const safeText = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(/\r\n|[\n\t]/g, " ").replace(HOSTILE, visible);
