import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { XmlElement } from "../../../src/syntax/xml/element.ts";
import type { KeepElement } from "../../../src/syntax/xml/names.ts";
import { quickScan } from "../../../src/syntax/xml/quick-scan.ts";
import { TreeBuilder } from "../../../src/syntax/xml/tree-builder.ts";
import { mutantOf } from "../../fuzz/mutants.ts";
import { times } from "../../long.ts";
import { seeded } from "../../seeded.ts";

const all: KeepElement = () => true;
const some: KeepElement = (name) => !name.endsWith("b");

const plain = ({ name, namespace, attributes, text, textBefore, tagEnd, children }: XmlElement): unknown => [
  name,
  namespace,
  { ...attributes },
  text,
  textBefore,
  tagEnd,
  children.map(plain),
];

/** What the parser makes of a document; undefined where it finds fault. */
const parsed = (text: string, keep: KeepElement): unknown => {
  const builder = new TreeBuilder(text, keep);
  builder.build();
  return builder.issues.length > 0 || builder.root === undefined ? undefined : plain(builder.root);
};

const scanned = (text: string, keep: KeepElement): unknown => {
  const root = quickScan(text, keep);
  return root && plain(root);
};

const space = fc.constantFrom("", " ", "\n  ", "\t", "\r\n");
const name = fc.constantFrom("a", "b", "x:a", "x:b", "a-1.b", "_b");
const words = fc.constantFrom("", "x", "R&amp;D", "&#233;&#x1F600;", "1 > 0", "]]", "\u00a0é", "a\r\nb\rc", "\n");
const data = fc.constantFrom("<![CDATA[]]>", "<![CDATA[<a> & ]] \r\n]]>", "<!-- a - b -->", "<!---->", "<!-- <b> -->");
const attribute = fc
  .tuple(
    fc.constantFrom("p", "q", "x:p", "xmlns:x", "xml:lang"),
    fc.constantFrom('"1"', "'2'", '"it\'s"', "'&lt;&quot;'", '">"'),
  )
  .map(([key, value]) => ` ${key}=${value}`);

/** Documents that are well-formed for the most part: an attribute may stand twice, a prefix may not be declared. */
const element = fc.letrec<{ element: string; content: string }>((tie) => ({
  content: fc.oneof({ maxDepth: 4 }, words, data, tie("element")),
  element: fc
    .tuple(name, fc.array(attribute, { maxLength: 2 }), space, fc.array(tie("content"), { maxLength: 4 }), fc.boolean())
    .map(([tag, attributes, before, contents, empty]) =>
      empty && contents.length === 0
        ? `<${tag}${attributes.join("")}${before}/>`
        : `<${tag}${attributes.join("")}${before}>${contents.join("")}</${tag}>`,
    ),
})).element;

const document = fc
  .tuple(
    fc.constantFrom("", "\ufeff", '<?xml version="1.0" encoding="UTF-8"?>\n', "<?xml version='1.0'?><!-- a -->"),
    fc.array(element, { maxLength: 4 }),
    fc.constantFrom("", "\n", " <!-- b -->\n"),
  )
  .map(([head, elements, end]) => `${head}<r xmlns:x="urn:x">${elements.join("")}</r>${end}`);

/** What XML 1.0 allows as a character. */
const CHARACTER = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]$/u;
const EDGES = [0, 0x9, 0xa, 0xd, 0x20, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x10ffff].flatMap((code) =>
  [code - 1, code, code + 1].filter((near) => near >= 0),
);

describe("entities and characters by their numbers", () => {
  test.each([...EDGES, 0xe9, 0x20ac, 0x1f600])("%i is read where it is a character of XML", (code) => {
    for (const reference of [`&#${code};`, `&#x${code.toString(16)};`, `&#x${code.toString(16).toUpperCase()};`]) {
      const text = `<a p="${reference}">${reference}</a>`;
      const isCharacter = code <= 0x10ffff && CHARACTER.test(String.fromCodePoint(code));
      expect(scanned(text, all) !== undefined).toBe(isCharacter);
      if (isCharacter) expect(quickScan(text, all)).toMatchObject({ text: String.fromCodePoint(code) });
      if (isCharacter) expect(scanned(text, all)).toEqual(parsed(text, all));
    }
  });

  test.each([
    ["amp", "&"],
    ["lt", "<"],
    ["gt", ">"],
    ["quot", '"'],
    ["apos", "'"],
  ])("&%s; is %s", (name, character) => {
    const root = quickScan(`<a p="-&${name};-">&${name};&${name}; &amp;${name};</a>`, all);
    expect({ ...root?.attributes }).toEqual({ p: `-${character}-` });
    expect(root?.text).toBe(`${character}${character} &${name};`);
  });
});

test.each(["x:", ":a", "x:a:a", "a:", ":"])("a name is in two parts at most, of which none is empty: %s", (name) => {
  for (const text of [`<r xmlns:x="u"><${name}/></r>`, `<${name} xmlns:x="u"/>`])
    expect([scanned(text, all), parsed(text, all)]).toEqual([undefined, undefined]);
});

describe("a quick scan", () => {
  test("gives the parser's tree, or gives up", () => {
    let given = 0;
    fc.assert(
      fc.property(document, fc.constantFrom(all, some), (text, keep) => {
        const scan = scanned(text, keep);
        if (scan === undefined) return;
        given++;
        expect(scan).toEqual(parsed(text, keep));
      }),
      seeded(500),
    );
    expect(given).toBeGreaterThan(times(100, 8));
  });

  test("gives up, or the parser's tree, for whatever becomes of a document", () => {
    const original = Buffer.from(
      '<?xml version="1.0"?>\n<r xmlns="urn:1" xmlns:x="urn:2"><x:a p="1">R&amp;D</x:a><b><!-- c --><a q="2">x<a/></a></b>' +
        "<a><![CDATA[<a>]]></a>\r\n<a xml:lang='en'>&#233;</a></r>\n",
    );
    for (let seed = 1; seed <= 1500; seed++) {
      const text = mutantOf([original], seed);
      const scan = scanned(text, all);
      if (scan !== undefined) expect(scan).toEqual(parsed(text, all));
    }
  });

  test.each([
    ["a document like most", '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="urn:a"><b c="d">&amp;</b></a>\n'],
    ["one with comments and CDATA", "<!-- a --><a><!-- b --><![CDATA[<c>]]></a><!-- d -->"],
    ["text in an element that may be left out", "<a>x<b>y<![CDATA[z]]><c>y</c>y</b>x<![CDATA[z]]></a>"],
  ])("reads %s", (_, text) => {
    for (const keep of [all, some]) {
      expect(scanned(text, keep)).toBeDefined();
      expect(scanned(text, keep)).toEqual(parsed(text, keep));
    }
  });

  test.each([
    ["nothing", ""],
    ["no element", "text"],
    ["text before the root", "x<a/>"],
    ["text after the root", "<a/>x"],
    ["two roots", "<a/><b/>"],
    ["an element left open", "<a><b></a>"],
    ["an end without a beginning", "<a/></a>"],
    ["an end with white space", "<a></a >"],
    ["a tag that does not end", "<a><b"],
    ["an attribute twice", '<a b="1" b="2"/>'],
    ["an attribute without quotes", "<a b=1/>"],
    ["a line break in an attribute", '<a b="1\n2"/>'],
    ["> in an attribute", '<a b="1>2"/>'],
    ["a prefix that is not declared", "<x:a/>"],
    ["one of an attribute", "<a x:b='1'/>"],
    ["]]> in text", "<a>]]></a>"],
    ["]]> in text that is left out", "<a><b>]]></b></a>"],
    ["-- in a comment", "<a><!-- -- --></a>"],
    ["a comment that does not end", "<a><!-- </a>"],
    ["CDATA that does not end", "<a><![CDATA[</a>"],
    ["CDATA outside of the root", "<![CDATA[]]><a/>"],
    ["a DOCTYPE", "<!DOCTYPE a><a/>"],
    ["a processing instruction", "<?b c?><a/>"],
    ["XML 1.1", '<?xml version="1.1"?><a/>'],
    ["an unknown entity", "<a>&b;</a>"],
    ["a stray ampersand", "<a>b & c</a>"],
    ["a character that is none", "<a>&#11;</a>"],
    ["a surrogate by its number", "<a>&#xD800;</a>"],
    ["a control character", "<a>\u0001</a>"],
    ["half a character", "<a>\ud800</a>"],
    ["letters beyond ASCII in a name", "<à/>"],
    ["101 levels", `${"<a>".repeat(101)}${"</a>".repeat(101)}`],
  ])("gives up on %s", (_, text) => expect(quickScan(text, some)).toBeUndefined());

  test("reads 100 levels", () => {
    expect(quickScan(`${"<a>".repeat(100)}${"</a>".repeat(100)}`, all)?.name).toBe("a");
  });
});

test("takes a tag for none that came after the same one before, though it begins or ends like it", () => {
  const documents = [
    "<b/>",
    "<bc/>",
    "<b />",
    '<b x="1"/>',
    '<b x="11"/>',
    "<b></b>",
    "<b.c></b.c>",
    "<b/ >",
    "<b",
    "<b/>",
  ];
  for (const inner of documents) {
    const text = `<r><a/>${inner}</r>`;
    expect(scanned(text, all)).toEqual(parsed(text, all));
  }
});
