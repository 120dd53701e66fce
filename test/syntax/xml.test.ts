import { describe, expect, test } from "vitest";
import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../src/syntax/xml/element.ts";
import type { KeepElement } from "../../src/syntax/xml/names.ts";
import { readXml, type XmlDocument } from "../../src/syntax/xml.ts";

const read = (text: string, keep?: KeepElement): XmlDocument => {
  const result = readXml(text, "notice.xml", keep);
  if ("findings" in result) throw new Error(result.findings.map(({ message }) => message).join("; "));
  return result.document;
};

/** What a user reads of a document that is refused: line, column and message of each finding. */
const faults = (text: string): readonly string[] => {
  const result = readXml(text, "notice.xml");
  if (!("findings" in result)) throw new Error("the document was read");
  return result.findings.map(({ message, position }) => `${position?.line}:${position?.column} ${message}`);
};

const plain = ({ name, text, children }: XmlElement): unknown => [name, text, ...children.map(plain)];

describe("a document", () => {
  test("becomes a tree of elements with their own text", () => {
    const { root } = read('<?xml version="1.0"?>\n<a x="1">one<b>two</b><c/>three</a>\n');
    expect(plain(root)).toEqual(["a", "onethree", ["b", "two"], ["c", ""]]);
    expect(root.attributes["x"]).toBe("1");
    expect(root.attributes["y"]).toBeUndefined();
  });

  test("has entities, characters by number and CDATA decoded, and comments left out", () => {
    const { root } = read("<a>&lt;&#233;&#xE9;&amp;<![CDATA[<b> & c]]><!-- & -->.</a>");
    expect(root.text).toBe("<éé&<b> & c.");
  });

  test("may have an ampersand by itself in a comment, in CDATA and in a processing instruction", () => {
    expect(read("<?p a & b?><a><!-- a & b --><![CDATA[a & b]]></a>").root.text).toBe("a & b");
  });

  test("names its elements by namespace, whatever the prefixes", () => {
    const prefixed = read('<x:a xmlns:x="urn:1"><x:b/><y:c xmlns:y="urn:2"/></x:a>').root;
    const bare = read('<a xmlns="urn:1"><b/><c xmlns="urn:2"/></a>').root;
    const names = (element: XmlElement): unknown => [element.name, element.namespace, ...element.children.map(names)];
    expect(names(prefixed)).toEqual(["a", "urn:1", ["b", "urn:1"], ["c", "urn:2"]]);
    expect(names(bare)).toEqual(names(prefixed));
  });

  test("knows a prefix in its element only, and the innermost meaning of it", () => {
    const { root } = read('<x:a xmlns:x="urn:1"><x:b xmlns:x="urn:2"><x:c/></x:b><x:d xml:lang="en"/></x:a>');
    expect(descend(root, "b", "c")?.namespace).toBe("urn:2");
    expect(childOf(root, "d")?.namespace).toBe("urn:1");
  });

  test("leaves out what nobody asks for, with all that is in it", () => {
    const { root } = read("<a><b>1</b><c>2<b>3</b></c>4<b>5</b></a>", (name) => name === "b");
    expect(plain(root)).toEqual(["a", "4", ["b", "1"], ["b", "5"]]);
  });

  test("says where an element stands when asked", () => {
    const { root, locate } = read('<a>\n  <b\n    x=">">1</b>\n</a>');
    const b = childOf(root, "b");
    expect(b && locate(b)).toEqual({ file: "notice.xml", line: 2, column: 3, text: "  <b" });
  });
});

describe("the parts of an element", () => {
  const { root } = read("<a><b>1</b><c/><b>2<d>3</d></b></a>");

  test("are found by name", () => {
    expect(childOf(root, "b")?.text).toBe("1");
    expect(childrenOf(root, "b").map(({ text }) => text)).toEqual(["1", "2"]);
    expect(descend(root, "c", "d")).toBeUndefined();
    expect(childrenOf(undefined, "b")).toEqual([]);
  });

  test("give one text in reading order (R-WS)", () => {
    const mixed = read("<p>\n  one <b>two <i>three</i> four</b>\u00a0\u00a0five&#10;</p>").root;
    expect(textOf(mixed)).toBe("one two three four five");
    expect(textOf(read("<p> \u00a0 </p>").root)).toBe("");
    expect(textOf(read("<p>A  B</p>").root)).toBe("A B");
  });
});

describe("a document that is not well-formed is refused with the place", () => {
  const deep = (levels: number): string => `${"<a>".repeat(levels)}${"</a>".repeat(levels)}`;
  const refusals: readonly [what: string, text: string, ...faults: string[]][] = [
    ["nothing", "", "1:1 document must contain a root element"],
    ["text without a root", "hello", "1:6 text data outside of root node"],
    ["an element left open", "<a>\n<b>\n</a>", "3:1 <b> is not closed before"],
    ["a truncated document", "<a>\n<b>x\n", "2:5 the document ends within <b>"],
    ["a document cut in a tag", "<a>\n<b", "2:3 the document ends within <a>"],
    ["a document cut in a comment", "<a>\n<!-- b", "2:7 the document ends within <a>"],
    ["a tag closed that is not open", "<a></b></a>", "1:4 <a> is not closed before"],
    ["two roots", "<a/>\n<b/>", "2:3 documents may contain only one root"],
    ["text after the root", "<a/>x", "1:6 text data outside of root node"],
    ["an attribute that stands twice", '<a x="1" x="2"/>', "1:16 duplicate attribute: x"],
    ["an attribute without quotes", "<a x=1/>", "1:6 unquoted attribute value"],
    ["an attribute without a value", "<a x />", "1:6 attribute without value"],
    ["a < in an attribute", '<a x="<"/>', "1:7 disallowed character"],
    ["a < in text", "<a>1 < 2</a>", "1:7 disallowed character in tag name"],
    ["a stray &", "<a>\nA &amp; B & C\n</a>", "2:11 this & begins no entity"],
    ["two stray & and a tag left open", "<a>A & B\nC &\n<b></a>", "1:6", "2:3", "3:4 <b> is not closed before"],
    ["several mistakes", '<a>&b;\n<c d="1" d="2"/>\n&e;</a>', "1:6 undefined", "2:16 duplicate", "3:3 undefined"],
    ["an entity of one's own", "<a>&company;</a>", "1:12 undefined entity"],
    ["a name every object has", "<a>&constructor;</a>", "1:16 undefined entity"],
    ["a character that is none", "<a>&#0;</a>", "1:7 malformed character entity"],
    ["a control character", "<a>\u0001</a>", "1:4 disallowed character"],
    ["]]> in text", "<a>]]></a>", '1:6 the string "]]>" is disallowed in char data'],
    ["-- in a comment", "<a><!-- a -- b --></a>", "1:13 malformed comment"],
    ["a declaration that is not at the start", "\n<?xml version='1.0'?><a/>", "2:6 an XML declaration must be"],
    ["a prefix that is not declared", "<a>\n<x:b/></a>", "2:1 the namespace prefix x is not declared"],
    ["one of an attribute", "<a>\n<b x:y='1'/></a>", "2:1 the namespace prefix x is not declared"],
    ["a name with two colons", "<a><xml:b:c/></a>", "1:4 malformed name: xml:b:c"],
    ["one in an element that is left out", "<a>\n<b>\n<x:c/></b></a>", "3:1 the namespace prefix x is not declared"],
    ["a DOCTYPE", '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "2:1 a DOCTYPE is not allowed"],
    ["too deep a document", deep(101), "1:301 nested more than 100 levels deep"],
  ];

  test.each(refusals)("%s", (_, text, ...expected) => {
    const found = faults(text);
    expect(found.map((fault, index) => fault.slice(0, expected[index]?.length))).toEqual(expected);
  });

  test("100 levels are read", () => {
    expect(read(deep(100)).root.name).toBe("a");
  });

  test("what comes after twenty mistakes is left out", () => {
    expect(faults(`<a>${"\n&".repeat(1000)}</a>`)).toHaveLength(20);
    expect(faults(`<a>${"\n&b;".repeat(1000)}</a>`)).toHaveLength(20);
  });

  test("beyond all measure, without reading it", () => {
    expect(faults(`<a>${" ".repeat(64 * 2 ** 20)}</a>`)).toEqual(["1:1 longer than 64 million characters"]);
  });
});
