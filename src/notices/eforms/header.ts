import { flatMap } from "../../model/lists.ts";
import type { Regime } from "../../records/contract.ts";
import type { Publication } from "../../records/history.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notes, NoticeRole } from "../notice.ts";
import { LEGAL_ACTS, noticeName, publicationNumber, readNoticeDate } from "../stated-values.ts";
import { extensionOf, idIn, idsIn, valueIn } from "./reading.ts";

export interface Header {
  readonly publication: Publication;
  readonly role: NoticeRole;
  /** BT-758. */
  readonly changes: string | undefined;
  /** BT-140. */
  readonly cancels: boolean;
  readonly names: readonly string[];
  /** OPP-090 and BT-1501. */
  readonly follows: readonly string[];
  /** BT-04. */
  readonly procedure: string | undefined;
  /** BT-702: three capitals of ISO 639-3. */
  readonly language: string | undefined;
  readonly regime: Regime | undefined;
}

export const headerOf = (root: XmlElement, file: string): Header => {
  const extension = extensionOf(root);
  const type = childOf(root, "NoticeTypeCode");
  const form = type?.attributes["listName"];
  const number = numberOf(extension);
  const noticeId = idIn(root);
  return {
    publication: {
      id: number ?? noticeIdOf(root) ?? nameOf(file),
      version: valueIn(root, "VersionID"),
      noticeId,
      date: dateOf(root, extension),
      kind: form ?? valueIn(root, "NoticeTypeCode"),
      file,
    },
    role: roleOf(form, extension),
    changes: changedNoticeIn(extension),
    cancels: childrenOf(childOf(extension, "Changes"), "ChangeReason").some(
      (reason) => valueIn(reason, "ReasonCode") === "cancel",
    ),
    names: flatMap([number, noticeId], (name) => name ?? []),
    follows: [...earlierNoticesIn(root), ...modifiedNoticesIn(extension)],
    procedure: valueIn(root, "ContractFolderID"),
    language: valueIn(root, "NoticeLanguageCode"),
    // BT-01.
    regime: LEGAL_ACTS.get(valueIn(root, "RegulatoryDomain") ?? ""),
  };
};

const SUBTYPE_OF_COMPLETION = "E5";

const roleOf = (form: string | undefined, extension: XmlElement | undefined): NoticeRole => {
  if (form === "cont-modif" || childOf(extension, "ContractModification") !== undefined) return "modification";
  const subtype = valueIn(childOf(extension, "NoticeSubType"), "SubTypeCode");
  return form === "completion" || subtype === SUBTYPE_OF_COMPLETION ? "completion" : "award";
};

/** The notices of the procedure that came before this one (OPP-090). */
const earlierNoticesIn = (root: XmlElement): readonly string[] =>
  idsIn(childOf(root, "TenderingProcess"), "NoticeDocumentReference").map(noticeName);

/** The notices whose contracts this one modifies (BT-1501). */
const modifiedNoticesIn = (extension: XmlElement | undefined): readonly string[] =>
  flatMap(childrenOf(extension, "ContractModification"), (one) => {
    const named = valueIn(one, "ChangedNoticeIdentifier");
    return named === undefined ? [] : [noticeName(named)];
  });

/** The notice that this one changes: its number as the Official Journal writes it, or its id. */
const changedNoticeIn = (extension: XmlElement | undefined): string | undefined => {
  const named = valueIn(childOf(extension, "Changes"), "ChangedNoticeIdentifier");
  return named === undefined ? undefined : (publicationNumber(named) ?? named);
};

/** The number under which the Official Journal published the notice; undefined before that. */
const numberOf = (extension: XmlElement | undefined): string | undefined =>
  childrenOf(childOf(extension, "Publication"), "NoticePublicationID")
    .map((element) => publicationNumber(textOf(element)))
    .find((number) => number !== undefined);

const noticeIdOf = (root: XmlElement): string | undefined => {
  const id = idIn(root);
  const version = valueIn(root, "VersionID");
  return id === undefined ? undefined : sourceId(version === undefined ? id : `${id}-${version}`);
};

const nameOf = (file: string): string => sourceId(file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, ""));

const sourceId = (text: string): string => `${text.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[-_]+/, "")}`;

/** When it was published; before that, when it was sent. */
const dateOf = (root: XmlElement, extension: XmlElement | undefined) =>
  readNoticeDate(valueIn(childOf(extension, "Publication"), "PublicationDate") ?? valueIn(root, "IssueDate") ?? "");

/** A version of the eForms SDK, by which notices say how they are written. */
interface SdkVersion {
  readonly major: number;
  readonly minor: number;
}

/** The last version of each line that this reader knows; of line 2 only what its previews say. */
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

/** Notes that a notice is of a newer version than those that are known. It is read as they are. */
export const noteVersion = (version: SdkVersion | undefined, notes: Notes): void => {
  if (version === undefined) return;
  const last = KNOWN.find(({ major }) => major === version.major) ?? KNOWN.at(-1);
  if (last === undefined || isBefore(version, last.major, last.minor + 1)) return;
  notes.add(
    "R-VERSION",
    `eForms SDK ${version.major}.${version.minor} is newer than those that are known: it is read as they are`,
  );
};
