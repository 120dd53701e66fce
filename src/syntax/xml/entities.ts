const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(?:(\d{1,7})|x([\da-fA-F]{1,6})));/;
const STICKY = new RegExp(ENTITY.source, "y");
const EVERY = new RegExp(ENTITY.source, "g");

const codeOf = (decimal: string | undefined, hexadecimal: string | undefined): number =>
  decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);

/** What XML 1.0 allows as a character. */
const isCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** Whether every ampersand of a text begins an entity that XML itself knows, or a character by its number. */
export const hasKnownEntitiesOnly = (text: string): boolean => {
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    STICKY.lastIndex = at;
    const match = STICKY.exec(text);
    if (match === null) return false;
    if (match[1] === undefined && !isCharacter(codeOf(match[2], match[3]))) return false;
  }
  return true;
};

/** A text of which {@link hasKnownEntitiesOnly} holds, with its entities decoded. */
export const decodeEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(EVERY, (_, named: string | undefined, decimal?: string, hexadecimal?: string) =>
        named === undefined ? String.fromCodePoint(codeOf(decimal, hexadecimal)) : (NAMED.get(named) ?? ""),
      )
    : text;
