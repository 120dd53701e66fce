import { childrenNamed, elementsNamed } from "../syntax/xml/elements-named.ts";
import { readEforms } from "./eforms/read-eforms.ts";
import type { ReadNotices } from "./notice.ts";
import { ocidsIn, readOcds } from "./ocds/read-ocds.ts";

import { noticeName, publicationNumber } from "./stated-values.ts";
import { readTed } from "./ted/read-ted.ts";

interface NoticeFormat {
  readonly read: ReadNotices;
  /**
   * What may be the numbers of the procedures in a document, found without reading it: as bytes of UTF-8. A number too
   * many only costs memory; one that is missing keeps notices of one procedure apart.
   */
  readonly procedures: (document: Buffer) => Iterable<Buffer>;
}

const EFORMS: NoticeFormat = {
  read: readEforms,
  procedures: (document) => [
    ...elementsNamed("ContractFolderID", document),
    ...NAMING.flatMap((name) => namesIn(elementsNamed(name, document))),
    ...namesIn(childrenNamed("NoticeDocumentReference", document)),
  ],
};

/** Where a notice names itself and others: BT-701, OPP-010, BT-758 and BT-1501. */
const NAMING = ['"notice-id"', "NoticePublicationID", "ChangedNoticeIdentifier"];

const namesIn = (texts: Iterable<Buffer>): readonly Buffer[] =>
  Array.from(texts, (text) => Buffer.from(noticeName(text.toString())));

/** Most of these notices have no number for the procedure; those that modify others name them, as the Official Journal numbers them. */
const TED: NoticeFormat = {
  read: readTed,
  procedures: (document) => [
    ...journalNumbersIn("NO_DOC_OJS", document),
    ...journalNumbersIn("NOTICE_NUMBER_OJ", document),
    ...elementsNamed("NO_DOC_EXT", document),
    // The United Kingdom's own forms are releases of OCDS.
    ...elementsNamed("ocid", document),
  ],
};

const journalNumbersIn = (element: string, document: Buffer): readonly Buffer[] =>
  [...elementsNamed(element, document)].map((text) => Buffer.from(publicationNumber(text.toString()) ?? ""));

export const XML_FORMATS: ReadonlyMap<string, NoticeFormat> = new Map([
  ["ContractAwardNotice", EFORMS],
  ["TED_EXPORT", TED],
]);

/** Documents in XML that tell what is sought: steps before an award of their procedures, where there is one. */
export const XML_ANNOUNCEMENTS: ReadonlySet<string> = new Set(["ContractNotice", "PriorInformationNotice"]);

/** The numbers of procedures and notices in a document in XML, by its root element. */
export const numbersInXml = (root: string, document: Buffer): Iterable<Buffer> =>
  (XML_FORMATS.get(root) ?? (XML_ANNOUNCEMENTS.has(root) ? EFORMS : undefined))?.procedures(document) ?? [];

/** OCDS: releases, records and packages of them, one document or one a line. */
export const OCDS_FORMAT: NoticeFormat = { read: readOcds, procedures: ocidsIn };
