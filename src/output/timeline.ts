import type { Bar, Drawing, Report } from "../engine/report.ts";
import { type DayRange, dateOfDay, dayNumber, dayRange } from "../model/calendar.ts";
import { addUnder } from "../model/lists.ts";
import { formatPartialDate } from "../model/partial-date.ts";
import type { Phase } from "../model/phases.ts";
import type { Style, Surface } from "./format.ts";
import { safeLines, safeText } from "./safe-text.ts";
import { isNarrow, type Measure, measureOf, paragraph, wrap } from "./text-width.ts";

export interface Lane {
  readonly contract: string;
  readonly title: string | undefined;
  readonly state: string | undefined;
  readonly bars: readonly Bar[];
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The days from the left edge to the right: whole years that hold every phase and the day that is marked. */
  readonly scale: DayRange;
  readonly mark: number;
}

const middleOf = ({ first, last }: DayRange): number => Math.floor((first + last) / 2);

const scaleOf = (bars: readonly Bar[], mark: number): DayRange => {
  let [first, last] = [mark, mark];
  for (const { phase } of bars) {
    const { firstDays, lastDays } = phase;
    const known = [firstDays.first, lastDays.first, lastDays.last].find(Number.isFinite);
    first = Math.min(first, known ?? first);
    last = Math.max(last, lastDays.last);
  }
  return { first: dayNumber(dateOfDay(first).year, 1, 1), last: dayNumber(dateOfDay(last).year, 12, 31) };
};

/**
 * A phase as it is drawn. If its begin is unknown, it starts at the left edge. If it may have ended at any time, its
 * first possible end is just before the edge.
 */
export const onScale = (phase: Phase, { first }: DayRange): Phase => {
  const { firstDays, lastDays } = phase;
  const within = (day: number, edge: number): number => (day === Number.NEGATIVE_INFINITY ? edge : day);
  return {
    ...phase,
    firstDays: { first: within(firstDays.first, first), last: within(firstDays.last, first) },
    lastDays: { first: within(lastDays.first, first - 1), last: lastDays.last },
  };
};

/** Reads a report to its end, for a common scale needs every row. */
export const readLanes = async <Row>({ batches }: Report<Row>, { day, bar }: Drawing<Row>): Promise<Lanes> => {
  const byContract = new Map<string, Bar[]>();
  for await (const batch of batches) {
    for (const each of batch.map(bar)) {
      addUnder(byContract, each.contract, each);
    }
  }
  const mark = middleOf(dayRange(day));
  const lanes = [...byContract].map(([contract, bars]) => {
    const [{ title, state } = { title: undefined, state: undefined }] = bars;
    return { contract, title, state, bars };
  });
  return { lanes, scale: scaleOf([...byContract.values()].flat(), mark), mark };
};

const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;

/** The years to name on a scale, as many as there is room for: every one, every second, every fifth … */
export const yearsToName = (scale: DayRange, room: number): readonly number[] => {
  const [first, last] = [dateOfDay(scale.first).year, dateOfDay(scale.last).year];
  const count = last - first + 1;
  const step = YEAR_STEPS.find((candidate) => Math.ceil(count / candidate) <= room) ?? 1000;
  return Array.from({ length: count }, (_, index) => first + index).filter((year) => year % step === 0 || count === 1);
};

const USUAL_WIDTH = 80;
const LEAST_CELLS = 10;
const YEAR_CELLS = 6;
const FIRM = "█";
const RENEWAL = "▒";
const OPEN = "░";
const MARK = "│";

interface Grid {
  readonly scale: DayRange;
  readonly cells: number;
}

const cellOf = ({ scale: { first, last }, cells }: Grid, day: number): number =>
  Math.floor(((day - first) * cells) / (last - first + 1));

/**
 * The cells of a contract. Where a phase is certain, they have its sign, with a renewal's number in front. Where one
 * may be, they have the open sign.
 */
const drawBars = ({ bars }: Lane, grid: Grid): string[] => {
  const cells = Array.from({ length: grid.cells }, () => " ");
  const paint = (from: number, to: number, sign: string): void => {
    if (from <= to) cells.fill(sign, cellOf(grid, from), cellOf(grid, to) + 1);
  };
  const phases = bars.map(({ phase }) => onScale(phase, grid.scale));
  for (const phase of phases) paint(phase.firstDays.first, phase.lastDays.last, OPEN);
  for (const phase of phases) {
    paint(phase.firstDays.last, phase.lastDays.first, phase.name === "firm" ? FIRM : RENEWAL);
  }
  for (const phase of phases) writeNumber(cells, phase, grid);
  return cells;
};

/** A renewal's number where it begins, if the renewal has room for it and a sign more. */
const writeNumber = (cells: string[], { name, firstDays, lastDays }: Phase, grid: Grid): void => {
  const digits = [...name.replace(/\D/g, "")];
  const from = cellOf(grid, firstDays.last);
  if (cellOf(grid, lastDays.first + 1) - from > digits.length) write(cells, from, digits);
};

const write = (cells: string[], at: number, letters: readonly string[]): void => {
  for (const [index, letter] of letters.entries()) cells[at + index] = letter;
};

const marked = (cells: readonly string[], at: number, { warning }: Style): string => {
  const after = cells.slice(at + 1).join("");
  return `${cells.slice(0, at).join("")}${warning(MARK)}${after}`.trimEnd();
};

const drawScale = (grid: Grid, indent: string, style: Style): string => {
  const years = Array.from({ length: grid.cells }, () => " ");
  const ticks = Array.from({ length: grid.cells }, () => "─");
  for (const year of yearsToName(grid.scale, Math.floor(grid.cells / YEAR_CELLS))) {
    const cell = cellOf(grid, dayNumber(year, 1, 1));
    const digits = [...String(year).padStart(4, "0")];
    ticks[cell] = "┬";
    if (cell + digits.length <= grid.cells) write(years, cell, digits);
  }
  return `${indent}${style.heading(years.join("").trimEnd())}\n${indent}${style.dim(ticks.join(""))}\n`;
};

const LEGEND = [
  [FIRM, "firm"],
  [RENEWAL, "renewal 1, 2 …"],
  [OPEN, "open: known to the month or year only"],
] as const;

/** The meaning of the signs that were used, in one line if there is room. */
const drawLegend = (drawn: string, day: string, surface: Surface & { readonly width: number }): string => {
  const used = LEGEND.filter(([sign]) => drawn.includes(sign)).map(([sign, meaning]) => `${sign} ${meaning}`);
  const items = [...used, `${MARK} ${day}`];
  const line = items.join("  ");
  const lines = line.length <= surface.width ? [line] : items;
  return lines.map((text) => paragraph(text, surface, surface.style.dim)).join("");
};

interface Tools {
  readonly measure: Measure;
  readonly style: Style;
}

const drawLanes = ({ lanes, scale, mark }: Lanes, labels: readonly string[], width: number, tools: Tools): string => {
  const { measure, style } = tools;
  const widest = labels.reduce((most, label) => Math.max(most, measure(label)), 0);
  const labelWidth = Math.min(widest, Math.max(1, Math.floor(width / 3)));
  const grid = { scale, cells: Math.max(LEAST_CELLS, width - labelWidth - 2) };
  const at = cellOf(grid, mark);
  const rows = lanes.map((lane, index) => {
    const [first = "", ...more] = wrap(labels[index] ?? "", labelWidth, measure);
    const space = " ".repeat(labelWidth - measure(first) + 2);
    const rest = more.map((line) => `${style.id(line)}\n`).join("");
    return `${style.id(first)}${space}${marked(drawBars(lane, grid), at, style)}\n${rest}`;
  });
  return drawScale(grid, " ".repeat(labelWidth + 2), style) + rows.join("");
};

/** Bars on a common scale, a line for each contract. They are as wide as the terminal, and readable without colour. */
export async function* formatTimeline<Row>(
  report: Report<Row>,
  drawing: Drawing<Row>,
  surface: Surface,
): AsyncGenerator<string> {
  const { style, width = USUAL_WIDTH } = surface;
  const lanes = await readLanes(report, drawing);
  const labels = lanes.lanes.map(({ contract }) => safeLines(safeText(contract)));
  if (labels.length === 0) yield style.dim("Nothing matches.\n");
  else {
    const drawn = drawLanes(lanes, labels, width, { measure: await measureOf(labels.every(isNarrow)), style });
    yield `${drawn}\n${drawLegend(drawn, formatPartialDate(drawing.day), { ...surface, width })}`;
  }
  for (const note of report.closing().notes) yield paragraph(note, surface, style.warning);
}
