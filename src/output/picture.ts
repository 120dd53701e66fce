import type { Report } from "../engine/report.ts";
import { UsageError } from "../model/errors.ts";
import { barsSvg } from "./bars-svg.ts";
import type { PictureLook } from "./svg.ts";
import { timelineSvg } from "./timeline-svg.ts";

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
