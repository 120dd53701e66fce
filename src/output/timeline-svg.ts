import type { Bar, Report } from "../engine/report.ts";
import { type DayRange, dayNumber } from "../model/calendar.ts";
import { UsageError } from "../model/errors.ts";
import { formatPartialDate } from "../model/partial-date.ts";
import { formatEnd } from "../model/phases.ts";
import { formatDate } from "../model/reckoned-date.ts";
import { type Lane, type Lanes, onScale, readLanes, yearsToName } from "./lanes.ts";
import { safeText } from "./safe-text.ts";

const WIDTH = 960;
const MARGIN = 24;
const TOP = 64;
const LANE_HEIGHT = 52;
const BAR_HEIGHT = 18;
const YEAR_WIDTH = 48;
const BELOW = 56;

const STYLE = `
    :root { color-scheme: light dark; --ground: #fff; --text: #1b1b1b; --faint: #6a6a6a; --line: #d5d5d5; --bar: #1f5fa8; --mark: #b3261e }
    @media (prefers-color-scheme: dark) { :root { --ground: #16181b; --text: #ececec; --faint: #a3a3a3; --line: #3b3e42; --bar: #7db3ee; --mark: #ff8a80 } }
    text { font: 13px system-ui, sans-serif; fill: var(--text) }
    .ground { fill: var(--ground) } .faint { fill: var(--faint) } .year { stroke: var(--line) }
    .firm { fill: var(--bar) } .renewal { fill: url(#hatched) } .renewal, .open { stroke: var(--bar) }
    .open { fill: none; stroke-dasharray: 3 3 } .hatch { stroke: var(--bar); stroke-width: 3 } .mark { stroke: var(--mark); stroke-width: 2 }
`;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** A text from data as XML may hold it: nothing in it acts, and characters that XML forbids are shown by their codes. */
const escapeXml = (text: string): string => safeText(text).replace(/[&<>"']/g, (char) => ENTITIES.get(char) ?? char);

const placeOf = ({ first, last }: DayRange, day: number): number =>
  Math.round((MARGIN + ((day - first) * (WIDTH - 2 * MARGIN)) / (last - first + 1)) * 10) / 10;

const phaseText = ({ phase }: Bar): string =>
  `${phase.name}: ${phase.begin === undefined ? "until" : `${formatDate(phase.begin)} to`} ${formatEnd(phase)}`;

const rect = (scale: DayRange, from: number, to: number, y: number, kind: string): string => {
  const [left, right] = [placeOf(scale, from), placeOf(scale, to + 1)];
  const width = Math.round((right - left) * 10) / 10;
  return `<rect class="${kind}" x="${left}" y="${y}" width="${width}" height="${BAR_HEIGHT}"/>`;
};

/** A phase: dashed where it may be, filled where it certainly is. */
const drawBar = (bar: Bar, scale: DayRange, y: number): string => {
  const { name, firstDays, lastDays } = onScale(bar.phase, scale);
  const open = firstDays.first < firstDays.last ? rect(scale, firstDays.first, lastDays.last, y, "open") : "";
  const kind = name === "firm" ? "firm" : "renewal";
  const certain = firstDays.last <= lastDays.first ? rect(scale, firstDays.last, lastDays.first, y, kind) : "";
  return `<g><title>${escapeXml(phaseText(bar))}</title>${open}${certain}</g>`;
};

const headOf = ({ contract, title, state }: Lane): string =>
  [contract, ...(title === undefined ? [] : [title]), ...(state === undefined ? [] : [state])].join(" · ");

const drawLane = (lane: Lane, scale: DayRange, y: number): string => {
  const bars = lane.bars.map((bar) => drawBar(bar, scale, y + 8)).join("\n    ");
  return `<text x="${MARGIN}" y="${y}">${escapeXml(headOf(lane))}</text>\n    ${bars}`;
};

const drawYear = (year: number, scale: DayRange, bottom: number): string => {
  const x = placeOf(scale, dayNumber(year, 1, 1));
  const line = `<line class="year" x1="${x}" y1="30" x2="${x}" y2="${bottom}"/>`;
  return `${line}<text class="faint" x="${x}" y="24">${String(year).padStart(4, "0")}</text>`;
};

const drawLegend = (y: number, day: string): string => {
  const box = (kind: string, x: number, text: string) =>
    `<rect class="${kind}" x="${x}" y="${y - 11}" width="24" height="12"/><text x="${x + 32}" y="${y}">${text}</text>`;
  const mark = `<line class="mark" x1="620" y1="${y - 12}" x2="620" y2="${y + 2}"/><text x="632" y="${y}">${day}</text>`;
  return `${box("firm", MARGIN, "firm part")}${box("renewal", 160, "renewal")}${box("open", 280, "may be: known to the month or year only")}${mark}`;
};

const describe = ({ lanes }: Lanes): string =>
  lanes.map((lane) => `${headOf(lane)}: ${lane.bars.map(phaseText).join(", ")}.`).join(" ");

const drawSvg = (all: Lanes, day: string): string => {
  const { lanes, scale, mark } = all;
  const bottom = TOP + lanes.length * LANE_HEIGHT;
  const height = bottom + BELOW;
  const years = yearsToName(scale, Math.floor((WIDTH - 2 * MARGIN) / YEAR_WIDTH));
  const x = placeOf(scale, mark + 0.5);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
  <title id="title">Timeline of ${lanes.length} contract${lanes.length === 1 ? "" : "s"} on ${day}</title>
  <desc id="description">${escapeXml(describe(all))}</desc>
  <style>${STYLE}  </style>
  <defs><pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
  <rect class="ground" width="${WIDTH}" height="${height}"/>
  <g aria-hidden="true">${years.map((year) => drawYear(year, scale, bottom)).join("")}</g>
  ${lanes.map((lane, index) => drawLane(lane, scale, TOP + index * LANE_HEIGHT)).join("\n  ")}
  <line class="mark" x1="${x}" y1="30" x2="${x}" y2="${bottom}"/>
  <g aria-hidden="true">${drawLegend(bottom + 28, day)}</g>
</svg>
`;
};

/** The drawing as a picture that needs nothing else: no script, no font, no address to load from; for light and dark grounds. */
export async function* formatSvg<Row>(report: Report<Row>): AsyncGenerator<string> {
  const drawing = report.shape;
  if (drawing?.kind !== "drawing") {
    throw new UsageError("this answer cannot be drawn as svg", "lotbook timeline --svg draws, without --fields");
  }
  yield drawSvg(await readLanes(report, drawing), formatPartialDate(drawing.day));
}
