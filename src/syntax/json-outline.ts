/** What the beginning of a JSON text shows of its first object, which may stand in a list. */
interface JsonOutline {
  /** Its keys, as far as the text goes; those of objects within it left out. */
  readonly keys: readonly string[];
  /** Whether a line ends within it. */
  readonly overLines: boolean;
  /** The offset behind it; undefined where the text ends before. */
  readonly end: number | undefined;
}

/** Looks at the brackets and strings only: a text that is no JSON may have an outline, too. */
export const outlineOf = (text: string): JsonOutline => {
  const keys: string[] = [];
  const start = text.indexOf("{");
  let overLines = false;
  let depth = 0;
  let atKey = false;
  for (let at = start === -1 ? text.length : start; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (end === -1) return { keys, overLines, end: undefined };
        if (atKey) keys.push(text.slice(at + 1, end));
        atKey = false;
        at = end;
        break;
      }
      case "{":
      case "[":
        depth++;
        atKey = depth === 1;
        break;
      case "}":
      case "]":
        depth--;
        if (depth === 0) return { keys, overLines, end: at + 1 };
        break;
      case ",":
        atKey = depth === 1;
        break;
      case "\n":
        overLines = true;
        break;
    }
  }
  return { keys, overLines, end: undefined };
};

/** The offset of the quote that ends the string which begins at an offset; -1 where none does. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return end;
  }
  return -1;
};
