/** One of several texts of JSON that stand one after the other. */
export interface JsonText {
  readonly text: string;
  /** How many lines end before it. */
  readonly linesBefore: number;
}

/** Whether a text of JSON begins here that goes on over lines; undefined where more of it could tell. */
export const beginsOverLines = (text: string): boolean | undefined => {
  const [, after] = /^\s*[[{][ \t\r]*(\S|\n)?/.exec(text) ?? [undefined, ""];
  return after === undefined ? undefined : after === "\n";
};

/**
 * Takes apart texts of JSON, objects or lists, that stand one after the other, over lines or on one: as programs write
 * that print each by itself. Empty where that is not all there is.
 */
export const jsonTextsIn = (text: string): readonly JsonText[] => {
  const texts: JsonText[] = [];
  let depth = 0;
  let start = 0;
  let lines = 0;
  let linesBefore = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "\n":
        lines++;
        break;
      case '"':
        at = endOfString(text, at);
        if (at === -1 || depth === 0) return [];
        break;
      case "{":
      case "[":
        if (depth++ === 0) [start, linesBefore] = [at, lines];
        break;
      case "}":
      case "]":
        if (--depth === 0) texts.push({ text: text.slice(start, at + 1), linesBefore });
        if (depth < 0) return [];
        break;
      default:
        // A record separator may begin each text (RFC 7464).
        if (depth === 0 && !/[\s\u001e]/.test(text[at] ?? "")) return [];
    }
  }
  return depth === 0 ? texts : [];
};

/** The offset of the quote that ends a string; -1 where none does. Strings hold no line ends. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return -1;
};
