import type { Bar, Drawing, Report } from "../engine/report.ts";
import { type DayRange, dayNumber } from "../model/calendar.ts";
import { formatPartialDate } from "../model/partial-date.ts";
import { formatEnd } from "../model/phases.ts";
import { formatDate } from "../model/reckoned-date.ts";
import { type Lane, type Lanes, onScale, readLanes, yearsToName } from "./lanes.ts";
import {
  type Box,
  dashedBox,
  edgedBox,
  escapeXml,
  filledBox,
  lengthOf,
  MARGIN,
  type PictureLook,
  round,
  svgPicture,
  svgText,
  upright,
  WIDTH,
} from "./svg.ts";
import { ENGLISH, type Tongue } from "./tongue.ts";

const TOP = 64;
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

/** A phase: dashed where it may be, filled where it certainly is. */
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

/** What each look of a bar means, one after the other, and the day that is marked. */
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

/** The drawing as a picture. */
export const timelineSvg = async <Row>(
  report: Report<Row>,
  drawing: Drawing<Row>,
  look: PictureLook,
): Promise<string> => {
  const { tongue = ENGLISH } = look;
  const all = await readLanes(report, drawing);
  const { lanes, scale, mark } = all;
  const day = formatPartialDate(drawing.day);
  const bottom = TOP + lanes.length * LANE_HEIGHT;
  const years = yearsToName(scale, Math.floor((WIDTH - 2 * MARGIN) / YEAR_WIDTH));
  return svgPicture({
    ...look,
    title: tongue.say(`Timeline of ${lanes.length} contract${lanes.length === 1 ? "" : "s"} on ${day}`),
    description: describe(all, tongue),
    height: bottom + BELOW,
    parts: [
      ...years.map((year) => drawYear(year, scale, bottom)),
      ...lanes.map((lane, index) => drawLane(lane, scale, TOP + index * LANE_HEIGHT, tongue)),
      upright(placeOf(scale, mark + 0.5), 30, bottom, "mark", 2),
      ...drawLegend(bottom + 28, day, tongue),
    ],
  });
};
