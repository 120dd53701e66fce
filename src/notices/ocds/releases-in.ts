import { WRAPPERS } from "../../inputs/content.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { flatMap } from "../../model/lists.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { Publication } from "../../records/history.ts";
import { isList, isMap, type Path, type Plain, type PlainMap } from "../../syntax/plain.ts";
import { readNoticeDate } from "../stated-values.ts";
import { mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";

/** A release, or the compiled release of a record, as it stands in its file: not yet merged with others of its process. */
export interface Release {
  readonly plain: PlainMap;
  readonly ocid: string | undefined;
  /** Its moment in milliseconds since 1970, for the order of merging; undefined where it states none. */
  readonly moment: number | undefined;
  readonly publication: Publication;
  /** For a compiled release: the releases of which it was compiled, as far as its record names them. */
  readonly earlier: readonly Publication[];
  /** Whether its record only links to some of its releases, instead of stating them. */
  readonly linksToOthers: boolean;
  readonly line: number;
  readonly locate: (path: Path) => Position;
  /** Whether its file was not UTF-8, and was read as Windows-1252. */
  readonly windows1252: boolean;
}

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d*)?))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?$/i;

/**
 * A moment of ISO 8601 as milliseconds since 1970. Without an offset it is taken for UTC, wherever the program runs.
 */
export const momentOf = (text: string): number | undefined => {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", sign = "+", hours = "0", minutes = "0"] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  // Some publishers state moments to the millionth of a second, and the order of releases within one second matters.
  return utc - offset + Number(second) * 1000;
};

/** A document of OCDS that was read: a package of releases or of records, one of them by itself, or a list of any. */
interface OcdsDocument {
  readonly value: Plain;
  readonly file: string;
  /** The line on which it begins. */
  readonly line: number;
  /** Whether it was not UTF-8, and was read as Windows-1252. */
  readonly windows1252: boolean;
  readonly locate: (path: Path) => Position;
}

const STAGES = ["ocid", "tender", "awards", "contracts", "buyer", "parties"];

/** The releases of a document, in its order. What is no release is reported. */
export const releasesIn = (document: OcdsDocument, findings: Finding[]): readonly Release[] => {
  const report = (path: Path, message: string, hint: string): readonly Release[] => {
    findings.push(findingOf("F2", message, document.locate(path), hint));
    return [];
  };
  const search = (plain: Plain | undefined, path: Path): readonly Release[] => {
    if (plain === undefined) return [];
    if (isList(plain)) return flatMap(plain, (item, index) => search(item, [...path, index]));
    if (!isMap(plain)) return report(path, "this is no release", "a release is an object with an ocid");
    if (isRecord(plain)) return fromRecord(plain, path);
    if (isPackage(plain)) return flatMap(["releases", "records"], (list) => search(plain[list], [...path, list]));
    const wrapper = wrapperIn(plain);
    if (wrapper !== undefined) return search(plain[wrapper], [...path, wrapper]);
    if (isLink(plain)) return report(path, "this only links to a release", "save what it links to as well");
    if (STAGES.some((key) => plain[key] !== undefined)) return [releaseOf(document, plain, path, [])];
    return report(path, "this is no OCDS data", "expected releases, records, or a package of either");
  };
  /** A record's compiled release stands for all its releases. Without one, they are merged later. */
  const fromRecord = (record: PlainMap, path: Path): readonly Release[] => {
    const versioned = record["versionedRelease"];
    const [key, plain] =
      versioned === undefined || mapIn(record, "compiledRelease") !== undefined
        ? ["compiledRelease", record["compiledRelease"]]
        : ["versionedRelease", latestValues(versioned)];
    const ocid = record["ocid"] ?? null;
    const parts = mapsIn(record, "releases");
    if (plain !== undefined && isMap(plain)) {
      const earlier = parts.map((release, index) => publicationOf(release, document, [...path, "releases", index]));
      return [releaseOf(document, { ocid, ...plain }, [...path, key], earlier)];
    }
    if (parts.length === 0) return report(path, "this record holds no release", "it may link to packages");
    if (parts.every(isLink)) {
      const hint = "save what it links to, or take its package with the compiled releases";
      return report(path, "this record only links to its releases", hint);
    }
    const linksToOthers = parts.some(isLink);
    return flatMap(parts, (release, index) =>
      isLink(release)
        ? []
        : { ...releaseOf(document, { ocid, ...release }, [...path, "releases", index], []), linksToOthers },
    );
  };
  return search(document.value, []);
};

const releaseOf = (document: OcdsDocument, written: PlainMap, path: Path, earlier: readonly Publication[]): Release => {
  const plain = isVersionedRelease(written) ? latestOf(written) : written;
  return {
    plain,
    ocid: textIn(plain, "ocid"),
    moment: momentOf(textIn(plain, "date") ?? ""),
    publication: publicationOf(plain, document, path),
    earlier,
    linksToOthers: false,
    line: document.line,
    locate: (inner) => document.locate([...path, ...inner]),
    windows1252: document.windows1252,
  };
};

/** The member in which an API wraps its answer (O5); undefined for a release. */
const wrapperIn = (plain: PlainMap): string | undefined =>
  STAGES.some((key) => plain[key] !== undefined) ? undefined : WRAPPERS.find((key) => plain[key] !== undefined);

const isRecord = (plain: PlainMap): boolean =>
  plain["compiledRelease"] !== undefined ||
  plain["versionedRelease"] !== undefined ||
  (plain["ocid"] !== undefined && plain["releases"] !== undefined);

const isPackage = (plain: PlainMap): boolean => plain["releases"] !== undefined || plain["records"] !== undefined;

const isLink = (plain: PlainMap): boolean => plain["url"] !== undefined && plain["ocid"] === undefined;

/** Whether it is a versioned release: its `initiationType`, which is one word in others, has a history. */
const isVersionedRelease = (plain: PlainMap): boolean => isList(plain["initiationType"] ?? null);

const latestOf = (versioned: PlainMap): PlainMap => {
  const latest = latestValues(versioned);
  return isMap(latest) ? latest : {};
};

const publicationOf = (release: PlainMap, document: OcdsDocument, path: Path): Publication => {
  const date = textIn(release, "date");
  const tags = textsIn(release, "tag");
  return {
    id:
      publicationId(textIn(release, "ocid"), textIn(release, "id") ?? textIn(release, "url")) ??
      placeOf(document.locate(path)),
    version: undefined,
    date: date === undefined ? undefined : readNoticeDate(date),
    kind: tags.length === 0 ? undefined : tags.join(" "),
    file: document.file,
    deadline: deadlineOf(release),
  };
};

/** When tenders are due, by a release that tells of no award yet. */
const deadlineOf = (release: PlainMap): PartialDate | undefined => {
  if (release["awards"] !== undefined || release["contracts"] !== undefined) return undefined;
  const period = mapIn(mapIn(release, "tender") ?? {}, "tenderPeriod");
  return readNoticeDate((period && textIn(period, "endDate")) ?? "");
};

/** The name of a release without an id: its place, since whatever stands beside it may have no id either. */
const placeOf = ({ file, line, column }: Position): string => `${file}:${line}${column === 1 ? "" : `:${column}`}`;

/** An id that is unique everywhere. A release's own id is so only within its process, so the ocid goes before it. */
const publicationId = (ocid: string | undefined, id: string | undefined): string | undefined => {
  if (ocid === undefined || id === undefined) return ocid ?? id;
  return id.includes(ocid) ? id : `${ocid}/${id}`;
};

/** What holds now of a versioned release: of each value's history, the last entry by date. */
const latestValues = (plain: Plain): Plain => {
  if (isList(plain)) return isVersioned(plain) ? latestValues(lastOf(plain)) : plain.map(latestValues);
  if (!isMap(plain)) return plain;
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, latestValues(value)]));
};

/** Whether a list is the history of one value. */
const isVersioned = (list: readonly Plain[]): list is readonly PlainMap[] =>
  list.length > 0 &&
  list.every((item) => isMap(item) && item["value"] !== undefined && item["releaseDate"] !== undefined);

const lastOf = (versions: readonly PlainMap[]): Plain => {
  const dated = versions.map((version) => ({ version, moment: momentOf(textIn(version, "releaseDate") ?? "") ?? 0 }));
  return dated.sort((a, b) => a.moment - b.moment).at(-1)?.version["value"] ?? null;
};
