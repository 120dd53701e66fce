import fc from "fast-check";
import { expect, test } from "vitest";
import { column, reportOf } from "../../src/engine/report.ts";
import { escapeLine, escapeMarkdown, formatMarkdown } from "../../src/output/markdown.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

test.each([
  ["a [link](https://x.example) b", "a `[link](https://x.example)` b"],
  ["![image](x)", "!\\[image\\](x)"],
  ["see www.example.org, or http://a", "see `www.example.org,` or `http://a`"],
  ["ask @octocat or team@example.org", "ask `@octocat` or `team@example.org`"],
  ["lot #1, org/repo#12, GH-7", "lot `#1,` `org/repo#12,` `GH-7`"],
  ["# 1 C# a#b", "\\# 1 C\\# a\\#b"],
  ["fixed in 1a2b3c4 and deadbeef of 20240101", "fixed in `1a2b3c4` and deadbeef of 20240101"],
  [":tada: at 10:30:15, a:b", "`:tada:` at 10:30:15, a:b"],
  ["~~gone~~ ~a~ $x$ costs $5", "\\~\\~gone\\~\\~ \\~a\\~ &#36;x&#36; costs &#36;5"],
  ["<b>@x</b> &lt; a|b `c` \\", "&lt;b&gt;`@x`&lt;/b&gt; &amp;lt; a\\|b \\`c\\` \\\\"],
  ["`@a`|@b\\@c", "\\``@a`\\`\\|`@b`\\\\`@c`"],
  ["_a_ *b* __init__", "\\_a\\_ \\*b\\* \\_\\_init\\_\\_"],
  ["[^1] [ ] [x]: y", "\\[^1\\] \\[ \\] \\[x\\]: y"],
  ["mailto:a xmpp:b ftp://c", "`mailto:a` `xmpp:b` `ftp://c`"],
])("Markdown shows %j as it is: %j", (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
});

test.each([
  ["- a", "\\- a"],
  ["    1. a", "1\\. a"],
  ["+ a", "\\+ a"],
  ["# a", "\\# a"],
  ["> a", "&gt; a"],
  ["=== a", "\\=== a"],
  ["~~~", "\\~\\~\\~"],
  [":: a", "\\:: a"],
])("a line of Markdown that says %j: %j", (text, markdown) => {
  expect(escapeLine(text)).toBe(markdown);
});

test("nothing of a text acts outside of code, and code holds words as they are", () => {
  const parts = fc.constantFrom(
    ..."` @a #1 | \\ < > & * _ ~ $ [ ] ( ) ! : https://x www.a a".split(" "),
    " ",
    " 1a2b3c4 ",
  );
  fc.assert(
    fc.property(
      fc.array(parts, { maxLength: 8 }).map((texts) => texts.join("")),
      (text) => {
        const markdown = escapeMarkdown(text);
        // What escapes are and what stands in code is taken away; the words of code hold neither bars nor backslashes.
        const code: string[] = [];
        const rest = markdown.replace(/\\[\\`*_[\]~#|]|&(?:amp|lt|gt|#36);|`([^`|\\<>\s]+)`/g, (_, word?: string) => {
          if (word !== undefined) code.push(word);
          return "";
        });
        expect(rest).not.toMatch(/[\\`*_[\]~#|<>&$@]|:\/\/|www\.|1a2b3c4/);
        for (const word of code) expect(text).toContain(word);
      },
    ),
    seeded(1_000),
  );
});

test("a table has its head once, above the first of its rows, and none where there are only sums", async () => {
  const written = async (...batches: readonly (readonly string[])[]): Promise<string> => {
    const rows = (async function* () {
      for (const batch of batches) yield batch.map((name) => ({ name }));
    })();
    const closing = () => ({ summaries: [], notes: ["All."] });
    const report = reportOf([column.text("name", "Its name.")], rows, closing, ({ name }) => name === "sum");
    return (await allOf(formatMarkdown(report))).join("");
  };
  const table = "| Name |\n| --- |\n| a |\n| b |\n";
  expect(await written(["sum"], ["a", "sum"], [], ["b"])).toBe(`${table}\nAll.\n`);
  expect(await written(["sum"], [])).toBe("All.\n");
});
