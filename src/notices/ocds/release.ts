import type { Position } from "../../model/errors.ts";
import type { Publication } from "../../records/history.ts";
import type { Path, PlainMap } from "../../syntax/plain.ts";

/** A release, or the compiled release of a record, as it stands in its file: not yet merged with others of its process. */
export interface Release {
  readonly plain: PlainMap;
  readonly ocid: string | undefined;
  /** Its moment in milliseconds, for the order of merging; undefined where it states none. */
  readonly moment: number | undefined;
  readonly publication: Publication;
  /** Of a compiled release those that it was made of, as far as its record names them. */
  readonly earlier: readonly Publication[];
  /** Whether its record links to releases that are not there, instead of stating them. */
  readonly linksToOthers: boolean;
  /** The line on which its document begins. */
  readonly line: number;
  /** Where something in it stands. */
  readonly locate: (path: Path) => Position;
  /** Whether its file was no UTF-8 and was read as Windows-1252. */
  readonly windows1252: boolean;
}

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d*)?)?)?(?:Z|([+-])(\d{2}):?(\d{2}))?$/;

/** Milliseconds since 1970 of a moment of ISO 8601; without an offset it is taken for UTC, wherever the program runs. */
export const momentOf = (text: string): number | undefined => {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", sign = "+", hours = "0", minutes = "0"] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return utc - offset;
};
