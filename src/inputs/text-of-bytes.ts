import { isAscii } from "node:buffer";
import type { Finding } from "../model/errors.ts";
import { beginningOf, findingOf } from "../model/errors.ts";
import { decodeUtf8, encodingFinding } from "./bytes.ts";

/** The text of an XML document, in the encoding that its first bytes or its declaration name (XML 1.0, appendix F). */
export const textOfXml = (bytes: Buffer, file: string): string | Finding => {
  const encoding = wideEncodingOf(bytes) ?? declaredEncodingOf(bytes);
  if (encoding !== "utf-8" && !(encoding === "us-ascii" && isAscii(bytes))) return decodeAs(encoding, bytes, file);
  return decodeUtf8(bytes) ?? encodingFinding(bytes, file, 1);
};

/** The text of a JSON document and whether it had to be taken for Windows-1252, as some that publish OCDS write it. */
export const textOfJson = (bytes: Buffer): { readonly text: string; readonly windows1252: boolean } => {
  const wide = wideEncodingOf(bytes);
  const text = wide === undefined ? decodeUtf8(bytes) : new TextDecoder(wide).decode(bytes);
  if (text === undefined) return { text: textOfWindows1252(bytes), windows1252: true };
  return { text: text.startsWith("\uFEFF") ? text.slice(1) : text, windows1252: false };
};

/** UTF-16 shows by its byte order mark, or by the zero beside its first character. */
export const wideEncodingOf = ([first, second]: Buffer): "utf-16le" | "utf-16be" | undefined => {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? "utf-16be" : undefined;
};

const declaredEncodingOf = (bytes: Buffer): string => {
  const declaration = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)["']/;
  return (declaration.exec(bytes.toString("latin1", 0, 200))?.[1] ?? "utf-8").toLowerCase();
};

const decodeAs = (encoding: string, bytes: Buffer, file: string): string | Finding => {
  // Those of Node.js take this for Latin-1.
  if (encoding === "iso-8859-1" || encoding === "windows-1252") return textOfWindows1252(bytes);
  const refuse = (message: string, hint: string): Finding => findingOf("F9", message, beginningOf(file), hint);
  const decoder = decoderFor(encoding);
  if (decoder === undefined) return refuse(`the encoding "${encoding}" is not known`, "save it as UTF-8");
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(`the file is not valid ${encoding}`, "is it the right file?");
  }
};

/** As the Web reads Latin-1, too: what says that it is that mostly is this. */
export const textOfWindows1252 = (bytes: Buffer): string =>
  bytes.toString("latin1").replace(/[\u0080-\u009f]/g, inWindows1252);

/** What Windows-1252 has in the place of the second control characters of Windows-1252, from 0x80 on. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const inWindows1252 = (control: string): string => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control;

const decoderFor = (encoding: string) => {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
};
