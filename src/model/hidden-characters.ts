import { once } from "./once.ts";

/**
 * The content of a character class, for patterns with the flag u: characters that show nothing, that move or replace
 * their neighbours, or that are no characters. These are controls, all that Unicode lets a program ignore
 * (Default_Ignorable_Code_Point: joiners, bidirectional controls, variation selectors, fillers, tags, and the places
 * kept for more of them), line and paragraph separators, blanks that are no white space, annotations, halves of
 * surrogate pairs, and noncharacters. They are written out so that every version of Node finds the same ones. Most
 * texts are plain ASCII, so patterns are made only for the first that is not.
 */
export const HIDDEN_CLASS = [
  String.raw`\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f`,
  String.raw`\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0`,
  String.raw`\ufff0-\ufffc\ufffe\uffff\u{13430}-\u{13442}\u{16fe4}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}`,
  String.raw`\u{e0000}-\u{e0fff}`,
  ...Array.from(
    { length: 16 },
    (_, plane) => `\\u{${(plane + 1).toString(16)}fffe}\\u{${(plane + 1).toString(16)}ffff}`,
  ),
].join("");
const hidden = once(() => new RegExp(`[${HIDDEN_CLASS}]`, "gu"));
const ASCII = /^[\x20-\x7e]*$/;

/** The ranges in which Unicode has marks, roughly. */
const MAY_BE_MARK = String.raw`[\u0300-\u036f\u0483-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud800-\udfff\ufb1e\ufe00-\ufe2f]`;
/** Finds whether marks may be stacked. Only then is `stack` worth compiling, which takes a millisecond. */
const mayStack = once(() => new RegExp(`(?:^|${MAY_BE_MARK})${MAY_BE_MARK}`));
const stack = once(() => /^[\p{Mn}\p{Me}]+|[\p{Mn}\p{Me}]{2,}/gu);
/** The most marks that Unicode's security report (UTS 39, 5.4) allows on one letter. */
const MOST_MARKS = 4;

/** Signs after which a joiner shapes letters: the viramas of the scripts of India and its neighbours. */
const virama = once(
  () =>
    /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u1714\u17d2\u1a60\u1b44\u1baa\u1bab\ua806\ua8c4\ua953\ua9c0\uaaf6\uabed\u{11046}\u{110b9}\u{11133}\u{11134}\u{111c0}\u{11235}\u{1134d}\u{11442}\u{114c2}\u{115bf}\u{1163f}\u{116b6}]$/u,
);
/** `র‍্য` of Bengali: before a joiner and a virama, a consonant keeps its form. */
const beforeVirama = once(
  () =>
    /[\u0915-\u0939\u0995-\u09b9\u0a15-\u0a39\u0a95-\u0ab9\u0b15-\u0b39\u0c15-\u0c39\u0c95-\u0cb9\u0d15-\u0d39\u0d9a-\u0dc6]$/,
);
const ARABIC_MARKS =
  "[\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed]*";
/** Letters of Arabic that join the one after them (Joining_Type=Dual_Joining), with marks. */
const joinsOn = once(
  () =>
    new RegExp(
      `[\\u0620\\u0626\\u0628\\u062a-\\u062e\\u0633-\\u063f\\u0641-\\u0647\\u0649\\u064a\\u066e\\u066f\\u0678-\\u0687\\u069a-\\u06bf\\u06c1\\u06c2\\u06cc\\u06ce\\u06d0\\u06d1\\u06fa-\\u06fc\\u06ff\\u0750-\\u0758\\u075c-\\u076a\\u076d-\\u0770\\u0772\\u0775-\\u0777\\u077a-\\u077f\\u08a0-\\u08a9\\u08af\\u08b0\\u08b3-\\u08b8\\u08ba-\\u08c8]${ARABIC_MARKS}$`,
    ),
);
/** Letters of Arabic that join the one before them. */
const joinsBack = once(
  () =>
    new RegExp(
      `^${ARABIC_MARKS}[\\u0620\\u0622-\\u063f\\u0641-\\u064a\\u066e\\u066f\\u0671-\\u0673\\u0675-\\u06d3\\u06d5\\u06ee\\u06ef\\u06fa-\\u06fc\\u06ff\\u0750-\\u077f\\u08a0-\\u08ac\\u08ae-\\u08c8]`,
    ),
);
/**
 * The style or the skin tone of a picture. It is written in code units, because Node 26 does not find such a range of
 * code points at the end of a text.
 */
const STYLE_AT_END = /(?:\ufe0f|\ud83c[\udffb-\udfff])$/;
const pictureAtEnd = once(() => /\p{Extended_Pictographic}$/u);
const pictureAfter = once(() => /^\p{Extended_Pictographic}/u);
const NON_JOINER = "\u200c";
const JOINER = "\u200d";
const EMOJI_STYLE = "\ufe0f";
/** How far to look for the letters that a joiner joins. Few marks stand between them. */
const REACH = 8;

/**
 * Whether a hidden character shapes its neighbours as their spelling requires: joiners after a virama, a non-joiner
 * between Arabic letters that would join (RFC 5892, A.1 and A.2), joiners and the emoji style within emoji. Anywhere
 * else they show nothing.
 */
const shapes = (char: string, at: number, text: string): boolean => {
  if (char !== NON_JOINER && char !== JOINER && char !== EMOJI_STYLE) return false;
  const before = text.slice(Math.max(0, at - REACH), at);
  const after = text.slice(at + 1, at + 1 + REACH);
  if (char === EMOJI_STYLE)
    return pictureAtEnd().test(before) || (/[0-9#*]$/.test(before) && after.startsWith("\u20e3"));
  if (virama().test(before)) return true;
  if (char === NON_JOINER) return joinsOn().test(before) && joinsBack().test(after);
  return (
    (beforeVirama().test(before) && virama().test(after.slice(0, 1))) ||
    (pictureAtEnd().test(before.replace(STYLE_AT_END, "")) && pictureAfter().test(after))
  );
};

/** Shows marks that stand on nothing, repeat the one below, or are too many for one letter. */
const showStacked = (text: string, show: (char: string) => string): string =>
  text.replace(stack(), (marks, at: number) =>
    [...marks]
      .map((mark, index, all) =>
        index >= MOST_MARKS || mark === all[index - 1] || (at === 0 && index === 0) ? show(mark) : mark,
      )
      .join(""),
  );

/**
 * The text with `show` applied to each character that shows nothing or moves others, and to marks that pile up.
 * Characters that shape letters or emoji where their spelling needs it stay, so that names of every language look as
 * they should.
 */
export const showHidden = (text: string, show: (char: string) => string): string => {
  if (ASCII.test(text)) return text;
  const flat = mayStack().test(text) ? showStacked(text, show) : text;
  return flat.replace(hidden(), (char, at: number, all: string) => (shapes(char, at, all) ? char : show(char)));
};

export const hiddenIn = (text: string): readonly string[] => {
  const found = new Set<string>();
  showHidden(text, (char) => {
    found.add(char);
    return "";
  });
  return [...found];
};

/**
 * The text without characters that cannot be seen, joiners of letters included. Names of which the same is left look
 * alike.
 */
export const withoutHidden = (text: string): string => (ASCII.test(text) ? text : text.replace(hidden(), ""));

/** `U+200B`. */
export const codeOf = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/**
 * Commands that build servers obey anywhere in a line of their logs (GitHub Actions, Azure Pipelines, TeamCity). It
 * finds the first of the two signs `##`.
 */
const LOG_COMMAND = /#(?=#(?:\[|vso\[|teamcity\[))/gi;

export const breakLogCommands = (text: string, show: (char: string) => string): string =>
  text.includes("##") ? text.replace(LOG_COMMAND, show) : text;

/**
 * Commands that build servers obey at the beginning of a line: `::` (GitHub Actions) and the sections of GitLab, even
 * behind white space and colours.
 */
const LINE_COMMAND = /^((?:[^\S\n]|\u001b\[[\d;]*m)*)(:(?=:)|s(?=ection_(?:start|end):))/gim;

export const breakLineCommands = (text: string, show: (char: string) => string): string =>
  text.includes("::") || /section_/i.test(text)
    ? text.replace(LINE_COMMAND, (_, before: string, sign: string) => before + show(sign))
    : text;

const jsonEscape = (char: string): string => {
  let text = "";
  for (let index = 0; index < char.length; index++)
    text += `\\u${char.charCodeAt(index).toString(16).padStart(4, "0")}`;
  return text;
};

/**
 * JSON in which hidden characters are escaped, and commands that a build server would obey in its log. It means the
 * same, and shows that they are there.
 */
export const escapeHidden = (json: string): string => breakLogCommands(showHidden(json, jsonEscape), jsonEscape);
