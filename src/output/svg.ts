import { safeText } from "./safe-text.ts";
import type { Tongue } from "./tongue.ts";

/**
 * Pictures that need nothing else: no script, no font, no address to load from. All that must be seen stands in plain
 * attributes, which every renderer understands; only the colours for dark grounds are left to those that know style sheets.
 */

export const WIDTH = 960;
export const MARGIN = 24;

/** The colours of what is drawn, on a light and on a dark ground. */
const COLORS = {
  ground: ["#ffffff", "#16181b"],
  text: ["#1b1b1b", "#ececec"],
  faint: ["#595959", "#a8a8a8"],
  line: ["#d5d5d5", "#3b3e42"],
  bar: ["#1f5fa8", "#7db3ee"],
  light: ["#c5daf1", "#2b4a6d"],
  mark: ["#b3261e", "#ff8a80"],
} as const;

type Color = keyof typeof COLORS;

/**
 * The colours for dark screens; paper is never dark. Each has a media rule of its own, because renderers that take a
 * nested rule for a plain one then apply none of them.
 */
export const DARK_RULES = Object.entries(COLORS)
  .flatMap(([name, [, dark]]) => [`.${name}{fill:${dark}}`, `.${name}-edge{stroke:${dark}}`])
  .map((rule) => `@media screen and (prefers-color-scheme:dark){${rule}}`)
  .join("");

const fill = (color: Color): string => `class="${color}" fill="${COLORS[color][0]}"`;
const edge = (color: Color): string => `class="${color}-edge" fill="none" stroke="${COLORS[color][0]}"`;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** A text from data as XML may hold it: nothing in it acts, and characters that XML forbids are shown by their codes. */
export const escapeXml = (text: string): string =>
  safeText(text).replace(/[&<>"']/g, (char) => ENTITIES.get(char) ?? char);

export const round = (length: number): number => Math.round(length * 10) / 10;

const FONT_SIZE = 13;
/**
 * The most that a letter takes of a line on average, in pixels, as widths differ from font to font. Letters of wide
 * scripts take twice that.
 */
const LETTER = 0.62 * FONT_SIZE;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|[^\u0000-\uffff]/u;

const widthOf = (letter: string): number => (WIDE.test(letter) ? 2 * LETTER : LETTER);

/** A text cut to a width in pixels. One that is too long ends in an ellipsis. */
const fitted = (text: string, room: number): string => {
  let width = 0;
  let kept = "";
  for (const letter of safeText(text)) {
    width += widthOf(letter);
    if (width > room) return `${kept.slice(0, -1).trimEnd()}…`;
    kept += letter;
  }
  return kept;
};

/** As many of the parts, from the first, as fit into a width in pixels. The first is kept even if it is too long. */
export const partsWithin = (parts: readonly string[], room: number): string => {
  let shown = "";
  for (const part of parts) {
    const longer = shown === "" ? part : `${shown} · ${part}`;
    if (shown !== "" && lengthOf(longer) > room) break;
    shown = longer;
  }
  return shown;
};

export const lengthOf = (text: string): number => [...safeText(text)].reduce((sum, letter) => sum + widthOf(letter), 0);

interface TextLook {
  readonly color?: Color;
  readonly anchor?: "start" | "end";
  readonly bold?: boolean;
  /** Its greatest width in pixels; by default all that is left of the picture. */
  readonly room?: number;
}

export const svgText = (x: number, y: number, text: string, look: TextLook = {}): string => {
  const { color = "text", anchor = "start", bold = false, room = WIDTH - MARGIN - x } = look;
  const traits = `${anchor === "end" ? ' text-anchor="end"' : ""}${bold ? ' font-weight="bold"' : ""}`;
  return `<text x="${round(x)}" y="${round(y)}" font-family="sans-serif" font-size="${FONT_SIZE}"${traits} ${fill(color)}>${escapeXml(fitted(text, room))}</text>`;
};

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const sides = ({ x, y, width, height }: Box): string =>
  `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;

export const filledBox = (box: Box, color: Color): string => `<rect ${sides(box)} ${fill(color)}/>`;

/** A box with an edge, which print shows without colour, too. */
export const edgedBox = (box: Box, color: Color, edgeColor: Color): string =>
  `${filledBox(box, color)}<rect ${sides(box)} ${edge(edgeColor)}/>`;

export const dashedBox = (box: Box, color: Color): string =>
  `<rect ${sides(box)} ${edge(color)} stroke-dasharray="3 3"/>`;

export const upright = (x: number, from: number, to: number, color: Color, width = 1): string =>
  `<line x1="${round(x)}" y1="${round(from)}" x2="${round(x)}" y2="${round(to)}" ${edge(color)} stroke-width="${width}"/>`;

export interface PictureLook {
  /**
   * In a page, the prefix that tells the picture's ids from those of others. The page then has the colours for dark
   * grounds.
   */
  readonly within?: string;
  readonly tongue?: Tongue;
}

interface Picture extends Pick<PictureLook, "within"> {
  readonly title: string;
  /** All that the picture shows, for those who do not see it. */
  readonly description: string;
  readonly height: number;
  readonly parts: readonly string[];
}

export const svgPicture = ({ title, description, height, parts, within }: Picture): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${within ?? ""}title ${within ?? ""}description">
  <title id="${within ?? ""}title">${escapeXml(title)}</title>
  <desc id="${within ?? ""}description">${escapeXml(description)}</desc>
  ${within === undefined ? `<style>${DARK_RULES}</style>` : ""}
  ${[filledBox({ x: 0, y: 0, width: WIDTH, height }, "ground"), ...parts].join("\n  ")}
</svg>
`;
