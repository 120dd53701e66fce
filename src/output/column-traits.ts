import type { Cell, Column } from "../engine/report.ts";
import type { Style } from "./format.ts";

/** Names, which a terminal that is too narrow shows as far as there is room; the name of a column means one thing everywhere. */
const NAMES: ReadonlySet<string> = new Set(["title", "name", "buyer", "suppliers"]);

/** In which turn a terminal that is too narrow does without a column: others beside it tell the same, or more. */
const TURNS: ReadonlyMap<string, number> = new Map([
  ...["service", "deployment", "kind", "difference", "facts", "alone"].map((name) => [name, 1] as const),
  ...["awardDate", "otherSource", "certainty", "organisations"].map((name) => [name, 2] as const),
  ...["buyer", "source", "sole", "awarded"].map((name) => [name, 3] as const),
]);

/** Whether its texts may end in `…`. */
export const isCut = <Row>({ name, type }: Column<Row>): boolean =>
  NAMES.has(name) && (type === "text" || type === "suppliers");

/** The turn in which a table does without a column; undefined for one that was asked for, or says too much. */
export const turnOf = <Row>({ name, shown, expendable }: Column<Row>): number | undefined =>
  shown === "asked" ? undefined : (expendable ?? TURNS.get(name));

/** Columns of words, some of which tell at a glance that something is wrong or right: the same word looks the same everywhere. */
const TOLD: ReadonlySet<string> = new Set(["use", "verdict", "fits", "severity", "decision"]);

type Tone = "good" | "warning" | "error";
const TONES: ReadonlyMap<string, Tone> = new Map([
  ...["breach", "exhausted", "contradicts", "no", "error"].map((word) => [word, "error"] as const),
  ...["warning", "unknown", "rounded", "cut", "names differ", "undecided"].map((word) => [word, "warning"] as const),
  ...["yes", "agrees"].map((word) => [word, "good"] as const),
]);

/** How a cell is set off: ids, and words that tell something at a glance, of several the gravest. */
export const setOff = <Row>(
  { name, type }: Column<Row>,
  cell: Cell | undefined,
  style: Style,
): ((text: string) => string) => {
  if (type === "id") return style.id;
  const tone = TOLD.has(name) && cell?.type === "text" ? toneOf(cell.value) : undefined;
  return tone === undefined ? (text) => text : style[tone];
};

/** `open or warning` is as grave as a warning, `open to breach` as a breach. */
const toneOf = (text: string): Tone | undefined => {
  const tones = text.split(/ or | to /).map((word) => TONES.get(word));
  return (["error", "warning", "good"] as const).find((tone) => tones.includes(tone));
};
