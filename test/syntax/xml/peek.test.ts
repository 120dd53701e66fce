import { describe, expect, test } from "vitest";
import { findRoot } from "../../../src/syntax/xml/peek.ts";

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
