import type { Finding } from "../../../model/errors.ts";
import type { PlainDocument } from "../../../syntax/plain.ts";
import { type LinePlace, readJsonExactly } from "../../json.ts";
import { type JsonBytes, neatly, readMembers } from "../../json-members.ts";
import { skipSpace } from "../../json-skip.ts";
import { OCDS_MEMBERS } from "./release-members.ts";
import type { OcdsDocument } from "./releases-in.ts";

/**
 * Reads a text that is one value of JSON: what is wanted of it quickly, or where that leaves a doubt, all of it exactly.
 * What is no JSON gives findings.
 */
export const readDocument = (
  json: JsonBytes,
  place: LinePlace,
  hint?: string,
): Omit<OcdsDocument, "latin1"> | { readonly findings: readonly Finding[] } => {
  const about = { file: place.file, line: place.line };
  const read = readMembers(json, 0, OCDS_MEMBERS);
  if (read !== undefined && skipSpace(json.bytes, read.end) === json.bytes.length) {
    return { ...about, value: read.value, locate: locateLater(json, place) };
  }
  const exact = readJsonExactly(textOf(json), place, hint);
  if ("findings" in exact) return exact;
  const { value, locate } = exact.document;
  return { ...about, value: neatly(value), locate: (path) => locate(path, "value") };
};

/** The text itself; the bytes may have been overwritten by others since. */
const textOf = ({ text, encoding }: Pick<JsonBytes, "text" | "encoding">): string =>
  encoding === "latin1" ? text : Buffer.from(text, "latin1").toString("utf8");

/** Says where things stand; the text is read again, with positions, when first asked. */
const locateLater = ({ text, encoding }: JsonBytes, place: LinePlace): OcdsDocument["locate"] => {
  let document: PlainDocument | undefined;
  return (path) => {
    if (document === undefined) {
      const read = readJsonExactly(textOf({ text, encoding }), place);
      document = "document" in read ? read.document : undefined;
    }
    return document?.locate(path, "value") ?? { ...place, column: 1, text: "" };
  };
};
