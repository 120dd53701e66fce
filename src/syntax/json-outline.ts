/** What the beginning of a JSON text shows of its first object, which may stand in a list. */
export interface JsonOutline {
  /** Its own keys, as far as the text goes, without those of objects within it. */
  readonly keys: readonly string[];
  /**
   * The first keys of the objects within it, each with the number of brackets around it: 2 if that object stands
   * directly in it.
   */
  readonly within: readonly InnerKey[];
  /** Whether a line ends within it. */
  readonly overLines: boolean;
  /** The offset behind it; undefined where the text ends before it does. */
  readonly end: number | undefined;
}

interface InnerKey {
  readonly key: string;
  readonly depth: number;
}

const DEEPEST = 4;
const MOST_WITHIN = 200;

/** Looks only at brackets and strings, so a text that is no JSON may have an outline, too. */
export const outlineOf = (text: string): JsonOutline => {
  const keys: string[] = [];
  const within: InnerKey[] = [];
  const start = text.indexOf("{");
  let overLines = false;
  let depth = 0;
  let atKey = false;
  /** For each depth at which keys are looked for, whether the bracket that is open there is that of an object. */
  const isObject: boolean[] = [];
  for (let at = start === -1 ? text.length : start; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (end === -1) return { keys, within, overLines, end: undefined };
        if (atKey && depth === 1) keys.push(text.slice(at + 1, end));
        else if (atKey && within.length < MOST_WITHIN) within.push({ key: text.slice(at + 1, end), depth });
        atKey = false;
        at = end;
        break;
      }
      case "{":
      case "[":
        depth++;
        atKey = depth <= DEEPEST && text[at] === "{";
        if (depth <= DEEPEST) isObject[depth] = atKey;
        break;
      case "}":
      case "]":
        depth--;
        if (depth === 0) return { keys, within, overLines, end: at + 1 };
        // The next key comes only after a comma.
        atKey = false;
        break;
      case ",":
        atKey = depth <= DEEPEST && isObject[depth] === true;
        break;
      case "\n":
        overLines = true;
        break;
    }
  }
  return { keys, within, overLines, end: undefined };
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

/** One of several texts of JSON that stand one after the other. */
interface JsonText {
  readonly text: string;
  /** How many lines end before it. */
  readonly linesBefore: number;
}

/**
 * Whether a JSON text begins here whose first bracket ends its line, so that it goes on over several lines. Undefined
 * where the text given is too short to tell.
 */
export const beginsOverLines = (text: string): boolean | undefined => {
  const [, after] = /^\s*[[{][ \t\r]*(\S|\n)?/.exec(text) ?? [undefined, ""];
  return after === undefined ? undefined : after === "\n";
};

/**
 * Takes apart JSON texts, objects or lists, that stand one after the other, on one line or over several, as programs
 * write that print each by itself. Empty where the text holds anything else.
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
