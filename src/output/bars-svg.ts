import type { Cell, Column, Report } from "../engine/report.ts";
import { isEmpty, isNumeric } from "./cell-text.ts";
import {
  dashedBox,
  edgedBox,
  escapeXml,
  filledBox,
  MARGIN,
  type PictureLook,
  partsWithin,
  svgPicture,
  svgText,
  upright,
  WIDTH,
} from "./svg.ts";
import { ENGLISH, type Tongue } from "./tongue.ts";
import { visibleColumns } from "./visible-columns.ts";

const TOP = 40;
const ROW_HEIGHT = 48;
const BAR_HEIGHT = 16;
const LONGEST = WIDTH - 2 * MARGIN;
/** Names stand to the left, and figures to the right. */
const NAME_ROOM = LONGEST * 0.4;
const FIGURES_ROOM = LONGEST * 0.58;
/** More than the whole is drawn, but not without end. */
const MOST = 125;

interface BarRow {
  readonly name: string;
  /** What matters most comes first. */
  readonly figures: readonly string[];
  /** In percent of the whole; undefined where it is unknown. */
  readonly certain: number | undefined;
  /** As much more as it may be. */
  readonly upTo: number | undefined;
}

const isStated = (cell: Cell | undefined): cell is Cell => cell !== undefined && !isEmpty(cell);

const percentOf = ({ numerator, denominator }: { readonly numerator: bigint; readonly denominator: bigint }): number =>
  Number((numerator * 1000n) / denominator) / 1000;

const textOf = <Row>({ title, name, cell }: Column<Row>, row: Row, tongue: Tongue): string | undefined => {
  const value = cell(row);
  if (!isStated(value)) return undefined;
  const text = tongue.lines(value, name).join(", ");
  return value.type === "text" || value.type === "id" ? text : `${tongue.say(title === "" ? name : title)} ${text}`;
};

const extentOf = (cell: Cell | undefined): Pick<BarRow, "certain" | "upTo"> => {
  if (cell?.type !== "percent") return { certain: undefined, upTo: undefined };
  const value = percentOf(cell.value);
  switch (cell.bound) {
    case "between":
      return { certain: cell.least === undefined ? 0 : percentOf(cell.least), upTo: value };
    case "atMost":
      return { certain: 0, upTo: value };
    case "atLeast":
      return { certain: value, upTo: MOST };
    default:
      return { certain: value, upTo: undefined };
  }
};

const rowOf = <Row>(columns: readonly Column<Row>[], bar: Column<Row>, row: Row, tongue: Tongue): BarRow => {
  const isName = ({ type }: Column<Row>) => type === "id" || type === "text";
  const before = columns.slice(0, columns.indexOf(bar)).filter(isName);
  const others = columns.filter((column) => column !== bar && !before.includes(column));
  const words = others.filter(isName);
  const figures = others.filter(({ type }) => isNumeric(type));
  const texts = (shown: readonly Column<Row>[]) => shown.flatMap((column) => textOf(column, row, tongue) ?? []);
  const own = tongue.lines(bar.cell(row)).join(", ");
  const shown = [own, ...texts(words), ...texts(figures)];
  return { name: texts(before).join(" · "), figures: shown, ...extentOf(bar.cell(row)) };
};

const lengthOf = (percent: number, scale: number): number => (Math.max(0, Math.min(percent, MOST)) * LONGEST) / scale;

const wordsOf = ({ name, figures }: Pick<BarRow, "name" | "figures">): string => `${name}: ${figures.join(", ")}`;

/** Filled as far as is certain, dashed as far as may be; what is above the whole is in another colour behind a mark. */
const drawRow = ({ name, figures, certain, upTo }: BarRow, y: number, scale: number): string => {
  const box = { x: MARGIN, y: y + 8, height: BAR_HEIGHT };
  const whole = lengthOf(100, scale);
  const length = lengthOf(certain ?? 0, scale);
  const within = { ...box, width: Math.min(length, whole) };
  const above = { ...box, x: MARGIN + whole, width: Math.max(0, length - whole) };
  const more = { ...box, x: MARGIN + length, width: Math.max(0, lengthOf(upTo ?? 0, scale) - length) };
  return [
    svgText(MARGIN, y, name, { room: NAME_ROOM, bold: true }),
    svgText(WIDTH - MARGIN, y, partsWithin(figures, FIGURES_ROOM), { room: FIGURES_ROOM, anchor: "end" }),
    `<g><title>${escapeXml(wordsOf({ name, figures }))}</title>`,
    edgedBox({ ...box, width: whole }, "ground", "line"),
    ...(within.width > 0 ? [filledBox(within, "bar")] : []),
    ...(above.width > 0 ? [filledBox(above, "mark")] : []),
    ...(more.width > 0 ? [dashedBox(more, "bar")] : []),
    ...(scale > 100 ? [upright(MARGIN + whole, y + 4, y + 12 + BAR_HEIGHT, "mark", 2)] : []),
    "</g>",
  ].join("");
};

/** A picture without bars says why. */
const emptyPicture = (title: string, words: string, look: PictureLook): string =>
  svgPicture({
    ...look,
    title,
    description: words,
    height: TOP + ROW_HEIGHT / 2,
    parts: [svgText(MARGIN, TOP, words, { room: LONGEST })],
  });

/** The rows of a report as bars of one of its columns, which is a part of a whole. */
export const barsSvg = async <Row>(report: Report<Row>, bar: Column<Row>, look: PictureLook): Promise<string> => {
  const { tongue = ENGLISH } = look;
  const { summarised = () => false } = report;
  const { columns, batches } = await visibleColumns(report);
  const rows: BarRow[] = [];
  for await (const batch of batches) {
    for (const row of batch) if (!summarised(row)) rows.push(rowOf(columns, bar, row, tongue));
  }
  const [first = "Nothing matches."] = rows.length > 0 ? [] : report.closing().notes;
  if (rows.length === 0) return emptyPicture(tongue.say(bar.title), tongue.say(first), look);
  const longest = rows.reduce((most, { certain = 0, upTo = 0 }) => Math.max(most, certain, upTo), 100);
  const scale = Math.min(MOST, longest);
  return svgPicture({
    ...look,
    title: tongue.say(`${bar.title}: ${rows.length} ${rows.length === 1 ? "row" : "rows"}`),
    description: rows.map((row) => `${wordsOf(row)}.`).join(" "),
    height: TOP + rows.length * ROW_HEIGHT,
    parts: rows.map((row, index) => drawRow(row, TOP + index * ROW_HEIGHT, scale)),
  });
};
