import { breakLogCommands, hiddenIn, showHidden } from "../model/hidden-characters.ts";
import type { YamlText } from "../syntax/yaml-tree.ts";

/** Characters that mean something to YAML, or nothing to a reader. */
const RISKY = /: |:$| #|[\p{C}\u2028\u2029]|^\s|\s$/u;
const RISKY_IN_BRACKETS = /[,[\]{}:]/;
/** Whether all of a text can be seen. */
const isSeen = (value: string): boolean => hiddenIn(value).every((char) => char === "\n");

/** What other readers of YAML take for a truth value or for nothing, not for a word. */
const NO_WORD = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** Whether a text says the same without quotes, to every reader of YAML. */
export const readsPlainly = (value: string, brackets: boolean): boolean =>
  /^\p{L}/u.test(value) &&
  isSeen(value) &&
  !RISKY.test(value) &&
  !NO_WORD.test(value) &&
  !(brackets && RISKY_IN_BRACKETS.test(value));

const yamlEscape = (char: string): string => {
  const code = (char.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
};

/** A text in quotes, with escapes for what cannot be seen and for what a build server's log would obey. */
export const quoted = (value: string): string => byCodes(JSON.stringify(value));

const byCodes = (text: string): string => breakLogCommands(showHidden(text, yamlEscape), yamlEscape);

/** Whether a text has nothing that {@link quoted} writes by its code. */
export const showsAll = (text: string): boolean => byCodes(text) === text;

/** Texts that need no quotes wherever they stand, such as ids, dates, amounts and file names. */
const BARE = /^[\p{L}\p{N}/](?:[\p{L}\p{N} ._+%/&()'@-]|(?<! )#|:(?! ))*(?<=[\p{L}\p{N}.%)])$/u;
/** What old readers of YAML take for a number of seconds. */
const CLOCK = /^[\d:.]*:[\d:.]*$/;

/** A text that several lines can hold as they are. */
const LINES = /^(?! )[^\p{C}\u2028\u2029]+(?:\n[^\p{C}\u2028\u2029]*)+$/u;
/** What a build server's log would obey, were it on a line of its own. */
const LOG_COMMAND = /^\s*(?:::|section_(?:start|end):)|##(?:\[|vso\[|teamcity\[)/im;

/** A text as it is written anew: with quotes only where they are needed, and lines of their own where it has several. */
export const yamlText = (value: string): YamlText => {
  const seen = isSeen(value);
  if (seen && LINES.test(value) && value.trim() !== "" && !LOG_COMMAND.test(value))
    return { kind: "text", form: "literal", source: "", value };
  const bare = seen && BARE.test(value) && !NO_WORD.test(value) && !CLOCK.test(value);
  return { kind: "text", form: bare ? "plain" : "quoted", source: bare ? value : quoted(value), value };
};
