import { describe, expect, test } from "vitest";
import { finderOf, findRoot } from "../../../src/syntax/xml/peek.ts";

describe("the root element, found without reading the document", () => {
  test.each([
    ["<a/>", "a"],
    ['\uFEFF<?xml version="1.0"?>\r\n<can:ContractAwardNotice xmlns:can="x">', "ContractAwardNotice"],
    ["<!-- <b/> --><?pi <c/> ?>\n<a>", "a"],
    ["<!DOCTYPE a>\n<a>", "a"],
    ["<!-- one --><!-- two --><a b='c'>", "a"],
    ["<Ναός/>", "Ναός"],
  ])("%s", (text, name) => {
    const root = findRoot(text);
    expect(root?.name).toBe(name);
    expect(text[root?.offset ?? -1]).toBe("<");
  });

  test.each(["", "  ", "text", "<", "</a>", "<!-- <a/>", "<?xml", "< a/>", `${"<?a?>".repeat(10_000)}x`])(
    "%s has none",
    (text) => {
      expect(findRoot(text)).toBeUndefined();
    },
  );
});

describe("what stands in elements, found without reading the document", () => {
  const foundIn = (wanted: Parameters<typeof finderOf>[0], document: string) =>
    Array.from(finderOf(wanted)(Buffer.from(document)), ([name, text]) => [name, String(text)]);

  test.each([
    ["<a> 1 </a><b>2</b><x:a p='q'>\n3</x:a>", ["1", "3"]],
    ["<a></a><a> </a><a>1</a>", ["1"]],
    ["<a>1 2<b>3</b></a>", ["1 2"]],
    ["<a>é\u00A0</a>", ["é\u00A0"]],
    ["<a>1", []],
    ["<a", []],
    ["", []],
  ])("%s has these: %j", (document, texts) => {
    expect(foundIn({ a: 1 }, document.replaceAll("</", "<!"))).toEqual(texts.map((text) => ["a", text]));
  });

  test("and in the first element within them, and in several at once", () => {
    const document = "<a><b>1</b></a><a><b/> </a><a>\n<c d='e'> 2 </c><b>3</b></a><a><b>";
    expect(foundIn({ "<a": 2 }, document)).toEqual([
      ["<a", "1"],
      ["<a", "2"],
    ]);
    expect(foundIn({ "<a": 2, "<b": 1 }, "<b>1</b><a><c>2</c></a>")).toEqual([
      ["<b", "1"],
      ["<a", "2"],
    ]);
  });
});
