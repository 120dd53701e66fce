import { describe, expect, test } from "vitest";
import { encodingFinding, textOfJson, textOfXml, wideEncodingOf } from "../../src/inputs/bytes.ts";

const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
const declaring = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>é</a>`;

describe("XML", () => {
  test.each([
    ["UTF-8", Buffer.from("<a>é</a>"), "<a>é</a>"],
    ["UTF-8, declared", Buffer.from(declaring("UTF-8")), declaring("UTF-8")],
    ["Latin-1", Buffer.from(declaring("ISO-8859-1"), "latin1"), declaring("ISO-8859-1")],
    [
      "Latin-1, with what only Windows-1252 has",
      Buffer.from("<?xml version='1.0' encoding='iso-8859-1'?>\x80", "latin1"),
      "<?xml version='1.0' encoding='iso-8859-1'?>€",
    ],
    [
      "Windows-1252",
      Buffer.from("<?xml version='1.0' encoding='windows-1252'?>\x80", "latin1"),
      "<?xml version='1.0' encoding='windows-1252'?>€",
    ],
    ["UTF-16 with a mark", utf16("\uFEFF<a>é</a>"), "<a>é</a>"],
    ["UTF-16 without a mark", utf16(declaring("UTF-16")), declaring("UTF-16")],
    ["UTF-16, big end first", utf16("\uFEFF<a>é</a>").swap16(), "<a>é</a>"],
    [
      "ASCII",
      Buffer.from('<?xml version="1.0" encoding="us-ascii"?><a/>'),
      '<?xml version="1.0" encoding="us-ascii"?><a/>',
    ],
  ])("in %s", (_, bytes, text) => {
    expect(textOfXml(bytes, "a.xml")).toBe(text);
  });

  test.each([
    ["no UTF-8", Buffer.from("<a>\n\xe9</a>", "latin1"), "the file is not valid UTF-8 here"],
    [
      "not what it declares",
      Buffer.from('<?xml version="1.0" encoding="shift_jis"?><a>\xfd</a>', "latin1"),
      "the file is not valid shift_jis",
    ],
    ["an encoding that nobody knows", Buffer.from(declaring("martian")), 'the encoding "martian" is not known'],
  ])("%s", (_, bytes, message) => {
    expect(textOfXml(bytes, "a.xml")).toMatchObject({ message, severity: "error", position: { file: "a.xml" } });
  });

  test("what is no UTF-8 is shown where it stands", () => {
    const bytes = Buffer.from("<a>\n\n\u00c3\u00a9 \u00e9</a>\n", "latin1");
    expect(textOfXml(bytes, "a.xml")).toMatchObject({ position: { line: 3, column: 3, text: "\u00e9 \ufffd</a>" } });
    expect(encodingFinding(bytes, "a.xml", 7).position).toMatchObject({ line: 9, column: 3 });
    const binary = Buffer.from([0x3c, 0xff, 0]);
    expect(textOfXml(binary, "a.xml")).toMatchObject({ position: { line: 1, column: 2, text: "" } });
  });
});

test("JSON that is no UTF-8 is taken for Windows-1252", () => {
  expect(textOfJson(Buffer.from('"é"'))).toEqual({ text: '"é"', windows1252: false });
  expect(textOfJson(Buffer.from('\uFEFF"é"'))).toEqual({ text: '"é"', windows1252: false });
  expect(textOfJson(utf16('\uFEFF"é"'))).toEqual({ text: '"é"', windows1252: false });
  expect(textOfJson(Buffer.from('"é"', "latin1"))).toEqual({ text: '"é"', windows1252: true });
});

test.each(["\xffa", "a\xfe", "\xfea", "a\xff", "\xff\xff", "\xfe\xfe"])(
  "%j in Latin-1 is no mark of UTF-16",
  (text) => {
    expect(wideEncodingOf(Buffer.from(text, "latin1"))).toBeUndefined();
  },
);
