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
  MARGIN,
  round,
  svgPicture,
  svgText,
  upright,
  WIDTH,
} from "./svg.ts";

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
const drawBar = (bar: Bar, scale: DayRange, y: number): string => {
  const { name, firstDays, lastDays } = onScale(bar.phase, scale);
  const isOpen = firstDays.first < firstDays.last || lastDays.first < lastDays.last;
  const open = isOpen ? dashedBox(boxOf(scale, firstDays.first, lastDays.last, y), "bar") : "";
  const certain =
    firstDays.last <= lastDays.first ? certainBox(boxOf(scale, firstDays.last, lastDays.first, y), name) : "";
  return `<g><title>${escapeXml(phaseText(bar))}</title>${open}${certain}</g>`;
};

const headOf = ({ contract, title, state }: Lane): string =>
  [contract, ...(title === undefined ? [] : [title]), ...(state === undefined ? [] : [state])].join(" · ");

const drawLane = (lane: Lane, scale: DayRange, y: number): string =>
  [svgText(MARGIN, y, headOf(lane)), ...lane.bars.map((bar) => drawBar(bar, scale, y + 8))].join("\n    ");

const drawYear = (year: number, scale: DayRange, bottom: number): string => {
  const x = placeOf(scale, dayNumber(year, 1, 1));
  return upright(x, 30, bottom, "line") + svgText(x, 24, String(year).padStart(4, "0"), { color: "faint" });
};

const drawLegend = (y: number, day: string): readonly string[] => {
  const box = (x: number): Box => ({ x, y: y - LEGEND_BOX.height + 1, ...LEGEND_BOX });
  return [
    filledBox(box(MARGIN), "bar") + svgText(MARGIN + LEGEND_TEXT, y, "firm part"),
    edgedBox(box(160), "light", "bar") + svgText(160 + LEGEND_TEXT, y, "renewal"),
    dashedBox(box(280), "bar") + svgText(280 + LEGEND_TEXT, y, "may be: known to the month or year only"),
    upright(660, y - 12, y + 2, "mark", 2) + svgText(672, y, day),
  ];
};

const describe = ({ lanes }: Lanes): string =>
  lanes.map((lane) => `${headOf(lane)}: ${lane.bars.map(phaseText).join(", ")}.`).join(" ");

/** The drawing as a picture. */
export const timelineSvg = async <Row>(
  report: Report<Row>,
  drawing: Drawing<Row>,
  within?: string,
): Promise<string> => {
  const all = await readLanes(report, drawing);
  const { lanes, scale, mark } = all;
  const day = formatPartialDate(drawing.day);
  const bottom = TOP + lanes.length * LANE_HEIGHT;
  const years = yearsToName(scale, Math.floor((WIDTH - 2 * MARGIN) / YEAR_WIDTH));
  return svgPicture({
    title: `Timeline of ${lanes.length} contract${lanes.length === 1 ? "" : "s"} on ${day}`,
    within,
    description: describe(all),
    height: bottom + BELOW,
    parts: [
      ...years.map((year) => drawYear(year, scale, bottom)),
      ...lanes.map((lane, index) => drawLane(lane, scale, TOP + index * LANE_HEIGHT)),
      upright(placeOf(scale, mark + 0.5), 30, bottom, "mark", 2),
      ...drawLegend(bottom + 28, day),
    ],
  });
};
