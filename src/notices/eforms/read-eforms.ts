import type { Finding } from "../../model/errors.ts";
import { findingOf } from "../../model/errors.ts";
import { positionsIn } from "../../syntax/plain.ts";
import { tagStart } from "../../syntax/xml/tree-builder.ts";
import { readXml, type XmlDocument } from "../../syntax/xml.ts";
import type { ReadNotices } from "../notice.ts";
import { originAt } from "../notice.ts";
import { AWARD_NOTICE, keepElement } from "./names.ts";
import { noticeOf } from "./notice.ts";

/**
 * Reads a notice of the European Union's eForms (Implementing Regulation (EU) 2019/1780) about awards: results, their
 * corrections and modifications, and direct awards announced in advance.
 */
export const readEforms: ReadNotices = (text, file, suppliers) => {
  const read = readXml(text, file, keepElement);
  if ("findings" in read) return { notices: [], findings: read.findings };
  const { document } = read;
  if (document.root.namespace !== AWARD_NOTICE || document.root.name !== "ContractAwardNotice") {
    return { notices: [], findings: [noAward(document)] };
  }
  const { tagEnd } = document.root;
  const origin = originAt(positionsIn(text.slice(0, tagEnd), file)(tagStart(text, tagEnd)));
  return { notices: [noticeOf(document.root, file, suppliers, origin)], findings: [] };
};

/** Roots of documents that look alike. */
const KNOWN_ROOTS: ReadonlyMap<string, string> = new Map([
  ["ContractNotice", "a call for tenders"],
  ["PriorInformationNotice", "a plan announced in advance"],
  ["BusinessRegistrationInformationNotice", "a notice about a company"],
  ["TED_EXPORT", "a notice of the older TED forms"],
]);

const noAward = ({ root, locate }: XmlDocument): Finding => {
  const what = KNOWN_ROOTS.get(root.name);
  return findingOf(
    "F9",
    `${root.name} is ${what ?? "no notice of eForms"}, not an award notice`,
    locate(root),
    "award notices of eForms have the root element ContractAwardNotice of UBL 2.3",
  );
};
