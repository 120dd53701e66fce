import type { Bar, Cell, Column, Drawing, Report } from "../engine/report.ts";
import { type DayRange, dayNumber } from "../model/calendar.ts";
import { UsageError } from "../model/errors.ts";
import { formatDate, formatPartialDate } from "../model/partial-date.ts";
import { formatEnd } from "../model/phases.ts";
import { plural } from "../model/phrases.ts";
import { isEmpty, isNumeric } from "./cell-text.ts";
import {
  type Box,
  dashedBox,
  edgedBox,
  escapeXml,
  filledBox,
  lengthOf,
  MARGIN,
  type PictureLook,
  partsWithin,
  round,
  svgPicture,
  svgText,
  upright,
  WIDTH,
} from "./svg.ts";
import { type Lane, type Lanes, onScale, readLanes, yearsToName } from "./timeline.ts";
import { ENGLISH, type Tongue } from "./tongue.ts";
import { visibleColumns } from "./visible-columns.ts";

const BARS_TOP = 40;
const ROW_HEIGHT = 48;
const BOX_HEIGHT = 16;
const LONGEST = WIDTH - 2 * MARGIN;
/** The room for names on the left, and for figures on the right. */
const NAME_ROOM = LONGEST * 0.4;
const FIGURES_ROOM = LONGEST * 0.58;
/** The highest percentage that is drawn: more than the whole, but not without end. */
const MOST = 125;

interface BarRow {
  readonly name: string;
  readonly figures: readonly string[];
  readonly certain: number | undefined;
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

const barLength = (percent: number, scale: number): number => (Math.max(0, Math.min(percent, MOST)) * LONGEST) / scale;
const wordsOf = ({ name, figures }: Pick<BarRow, "name" | "figures">): string => `${name}: ${figures.join(", ")}`;

/**
 * Draws a bar, filled as far as is certain and dashed as far as may be. What is above the whole is in another colour
 * behind a mark.
 */
const drawRow = ({ name, figures, certain, upTo }: BarRow, y: number, scale: number): string => {
  const box = { x: MARGIN, y: y + 8, height: BOX_HEIGHT };
  const whole = barLength(100, scale);
  const length = barLength(certain ?? 0, scale);
  const within = { ...box, width: Math.min(length, whole) };
  const above = { ...box, x: MARGIN + whole, width: Math.max(0, length - whole) };
  const more = { ...box, x: MARGIN + length, width: Math.max(0, barLength(upTo ?? 0, scale) - length) };
  return [
    svgText(MARGIN, y, name, { room: NAME_ROOM, bold: true }),
    svgText(WIDTH - MARGIN, y, partsWithin(figures, FIGURES_ROOM), { room: FIGURES_ROOM, anchor: "end" }),
    `<g><title>${escapeXml(wordsOf({ name, figures }))}</title>`,
    edgedBox({ ...box, width: whole }, "ground", "line"),
    ...(within.width > 0 ? [filledBox(within, "bar")] : []),
    ...(above.width > 0 ? [filledBox(above, "mark")] : []),
    ...(more.width > 0 ? [dashedBox(more, "bar")] : []),
    ...(scale > 100 ? [upright(MARGIN + whole, y + 4, y + 12 + BOX_HEIGHT, "mark", 2)] : []),
    "</g>",
  ].join("");
};

/** A picture without bars says why. */
const emptyPicture = (title: string, words: string, look: PictureLook): string =>
  svgPicture({
    ...look,
    title,
    description: words,
    height: BARS_TOP + ROW_HEIGHT / 2,
    parts: [svgText(MARGIN, BARS_TOP, words, { room: LONGEST })],
  });

const barsSvg = async <Row>(report: Report<Row>, bar: Column<Row>, look: PictureLook): Promise<string> => {
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
    title: tongue.say(`${bar.title}: ${plural(rows.length, "row")}`),
    description: rows.map((row) => `${wordsOf(row)}.`).join(" "),
    height: BARS_TOP + rows.length * ROW_HEIGHT,
    parts: rows.map((row, index) => drawRow(row, BARS_TOP + index * ROW_HEIGHT, scale)),
  });
};

const LANES_TOP = 64;
const LANE_HEIGHT = 52;
const BAR_HEIGHT = 18;
const YEAR_WIDTH = 48;
const BELOW = 56;
const LEGEND_BOX = { width: 24, height: 12 };
const LEGEND_TEXT = 32;

const placeOf = ({ first, last }: DayRange, day: number): number =>
  round(MARGIN + ((day - first) * (WIDTH - 2 * MARGIN)) / (last - first + 1));

const phaseText = ({ phase }: Bar): string =>
  `${phase.name}: ${phase.begin === undefined ? "until" : `${formatDate(phase.begin)} to`} ${formatEnd(phase)}`;

const boxOf = (scale: DayRange, from: number, to: number, y: number): Box => {
  const x = placeOf(scale, from);
  return { x, y, width: placeOf(scale, to + 1) - x, height: BAR_HEIGHT };
};

const certainBox = (box: Box, phase: string): string =>
  phase === "firm" ? filledBox(box, "bar") : edgedBox(box, "light", "bar");

/** Draws a phase: dashed where it may be, filled where it certainly is. */
const drawBar = (bar: Bar, scale: DayRange, y: number, { say }: Tongue): string => {
  const { name, firstDays, lastDays } = onScale(bar.phase, scale);
  const isOpen = firstDays.first < firstDays.last || lastDays.first < lastDays.last;
  const open = isOpen ? dashedBox(boxOf(scale, firstDays.first, lastDays.last, y), "bar") : "";
  const certain =
    firstDays.last <= lastDays.first ? certainBox(boxOf(scale, firstDays.last, lastDays.first, y), name) : "";
  return `<g><title>${escapeXml(say(phaseText(bar)))}</title>${open}${certain}</g>`;
};

const headOf = ({ contract, title, state }: Lane, { say }: Tongue): string =>
  [contract, ...(title === undefined ? [] : [title]), ...(state === undefined ? [] : [say(state)])].join(" · ");

const drawLane = (lane: Lane, scale: DayRange, y: number, tongue: Tongue): string =>
  [svgText(MARGIN, y, headOf(lane, tongue)), ...lane.bars.map((bar) => drawBar(bar, scale, y + 8, tongue))].join(
    "\n    ",
  );

const drawYear = (year: number, scale: DayRange, bottom: number): string => {
  const x = placeOf(scale, dayNumber(year, 1, 1));
  return upright(x, 30, bottom, "line") + svgText(x, 24, String(year).padStart(4, "0"), { color: "faint" });
};

const drawLegend = (y: number, day: string, { say, figures }: Tongue): readonly string[] => {
  const shapes: readonly (readonly [draw: (box: Box) => string, means: string])[] = [
    [(box) => filledBox(box, "bar"), say("firm part")],
    [(box) => edgedBox(box, "light", "bar"), say("renewal")],
    [(box) => dashedBox(box, "bar"), say("may be: known to the month or year only")],
    [({ x }) => upright(x + LEGEND_BOX.width - 4, y - 12, y + 2, "mark", 2), figures(day)],
  ];
  let x = MARGIN;
  return shapes.map(([draw, means]) => {
    const box = { x, y: y - LEGEND_BOX.height + 1, ...LEGEND_BOX };
    const drawn = draw(box) + svgText(x + LEGEND_TEXT, y, means);
    x += LEGEND_TEXT + lengthOf(means) + LEGEND_BOX.width;
    return drawn;
  });
};

const describe = ({ lanes }: Lanes, tongue: Tongue): string =>
  lanes
    .map((lane) => `${headOf(lane, tongue)}: ${lane.bars.map((bar) => tongue.say(phaseText(bar))).join(", ")}.`)
    .join(" ");

const timelineSvg = async <Row>(report: Report<Row>, drawing: Drawing<Row>, look: PictureLook): Promise<string> => {
  const { tongue = ENGLISH } = look;
  const all = await readLanes(report, drawing);
  const { lanes, scale, mark } = all;
  const day = formatPartialDate(drawing.day);
  const bottom = LANES_TOP + lanes.length * LANE_HEIGHT;
  const years = yearsToName(scale, Math.floor((WIDTH - 2 * MARGIN) / YEAR_WIDTH));
  return svgPicture({
    ...look,
    title: tongue.say(`Timeline of ${plural(lanes.length, "contract")} on ${day}`),
    description: describe(all, tongue),
    height: bottom + BELOW,
    parts: [
      ...years.map((year) => drawYear(year, scale, bottom)),
      ...lanes.map((lane, index) => drawLane(lane, scale, LANES_TOP + index * LANE_HEIGHT, tongue)),
      upright(placeOf(scale, mark + 0.5), 30, bottom, "mark", 2),
      ...drawLegend(bottom + 28, day, tongue),
    ],
  });
};

/**
 * An answer as a picture: its timeline, or bars where a column is a part of a whole. Throws UsageError for any other answer.
 */
export const pictureOf = <Row>(report: Report<Row>, look: PictureLook = {}): Promise<string> => {
  const { shape, columns } = report;
  if (shape?.kind === "drawing") return timelineSvg(report, shape, look);
  const bar = columns.find((column) => column.bar === true);
  if (bar !== undefined) return barsSvg(report, bar, look);
  throw new UsageError(
    "this answer cannot be drawn as svg",
    "lotbook timeline, lotbook headroom and lotbook suppliers --shares draw, with all fields or the one that is drawn",
  );
};
