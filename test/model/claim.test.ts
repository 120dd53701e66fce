import { expect, test } from "vitest";
import { claimOf, claimsBySource, type Fact, Preference } from "../../src/model/claim.ts";

const said = <T>(source: string | undefined, value: T) => ({ value, by: { source, locator: undefined } });
const fact: Fact<string> = [said("c", "third"), said("b", "second"), said("a", "first"), said("a", "later")];
const preference = new Preference(["a", "b"]);

test("the most preferred source's first claim answers", () => {
  expect(preference.choose(fact).value).toBe("first");
  expect(preference.value(fact)).toBe("first");
  expect(preference.value(undefined)).toBeUndefined();
});

test("a source that is not listed, or none at all, comes last, in the order written", () => {
  expect([preference.rank("a"), preference.rank("b"), preference.rank("c"), preference.rank(undefined)]).toEqual([
    0, 1, 2, 2,
  ]);
  expect(preference.choose([said(undefined, "anonymous"), said("c", "unlisted")]).value).toBe("anonymous");
  expect(preference.choose([said(undefined, "anonymous"), said("b", "listed")]).value).toBe("listed");
  expect(preference.value([said("c", "only")])).toBe("only");
});

test("moving a source to the front keeps the order of the others", () => {
  expect(new Preference(["a", "b", "c"]).startingWith("c").sources).toEqual(["c", "a", "b"]);
  expect(preference.startingWith("b").choose(fact).value).toBe("second");
});

test("one source's claim, or none where it is silent", () => {
  expect(claimOf(fact, "b")?.value).toBe("second");
  expect(claimOf(fact, "d")).toBeUndefined();
  expect(claimOf([said(undefined, "anonymous")], undefined)?.value).toBe("anonymous");
});

test("of each source the first claim, and none of what nobody states", () => {
  expect([...claimsBySource(fact)].map(([source, { value }]) => `${source} ${value}`)).toEqual([
    "c third",
    "b second",
    "a first",
  ]);
  expect(claimsBySource(undefined).size).toBe(0);
});
