import { looksLikeRegister } from "../inputs/content.ts";
import { type Finding, withoutLine } from "../model/errors.ts";
import type { PlainDocument } from "../syntax/plain.ts";

export type ReadText = { readonly document: PlainDocument } | { readonly findings: readonly Finding[] };

const withoutQuotes = (finding: Finding): Finding =>
  withoutLine({ ...finding, message: finding.message.replace(/:? (["'`]).*\1/s, "") });

/** What was read of a text; its lines, and what the parser quotes of them, are shown only where it looks like a register. */
export const showingLines = (text: string, read: ReadText): ReadText => {
  if (looksLikeRegister(text)) return read;
  if ("findings" in read) return { findings: read.findings.map(withoutQuotes) };
  const { value, locate } = read.document;
  return { document: { value, locate: (path, part) => ({ ...locate(path, part), text: "" }) } };
};
