import type { XmlElement } from "../../syntax/xml/element.ts";
import type { Notes } from "../notice.ts";
import { valueIn } from "./reading.ts";

/** A version of the eForms SDK, by which notices say how they are written. */
export interface SdkVersion {
  readonly major: number;
  readonly minor: number;
}

/** The last ones that this reader knows, of each line of them; 2.0 as far as its previews go. */
const KNOWN: readonly SdkVersion[] = [
  { major: 1, minor: 16 },
  { major: 2, minor: 0 },
];

/** The version that a notice names: `eforms-sdk-1.10`, whatever national rules follow; undefined where it names none. */
export const sdkVersionOf = (root: XmlElement): SdkVersion | undefined => {
  const match = /^eforms-sdk-(\d{1,4})\.(\d{1,4})/.exec(valueIn(root, "CustomizationID") ?? "");
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
};

export const isBefore = (version: SdkVersion | undefined, major: number, minor: number): boolean =>
  version === undefined || version.major < major || (version.major === major && version.minor < minor);

/** A notice of a version that is newer than those known is read as they are. */
export const noteVersion = (version: SdkVersion | undefined, notes: Notes): void => {
  if (version === undefined) return;
  const last = KNOWN.find(({ major }) => major === version.major) ?? KNOWN.at(-1);
  if (last === undefined || isBefore(version, last.major, last.minor + 1)) return;
  notes.add(
    "R-VERSION",
    `eForms SDK ${version.major}.${version.minor} is newer than those that are known: it is read as they are`,
  );
};
