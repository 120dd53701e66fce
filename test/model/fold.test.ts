import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareNatural, finderOf, fold, isBlank } from "../../src/model/fold.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

describe("N5: names are searched without case and diacritics", () => {
  test.each([
    ["telecom", "Télécom"],
    ["lodz", "Łódź"],
    ["łodz", "Łódź"],
    ["LODZ", "łódź"],
    ["straße", "STRASSE"],
    ["istanbul", "İstanbul"],
    ["ISTANBUL", "istanbul"],
    ["diyarbakir", "Dıyarbakır"],
    ["aarhus", "AARHUS"],
    ["kobenhavn", "København"],
    ["dordevic", "Đorđević"],
    ["thor", "Þór"],
    ["aether oeuvre", "Æther Œuvre"],
    ["hal", "Ħal"],
    ["cafe", "cafe\u0301"],
    ["fi", "ﬁ"],
    ["abc", "ＡＢＣ"],
    ["ολυμπος", "ΌΛΥΜΠΟΣ"],
    ["a b", "  A \t\u00a0 B  "],
    ["a b", "a   b "],
  ])("%s is found as %s", (wanted, written) => {
    expect(fold(written)).toBe(fold(wanted));
  });

  test("different names stay different", () => {
    expect(fold("Atos")).not.toBe(fold("Athos"));
    expect(fold("株式会社")).toBe("株式会社");
    expect(fold("مرحبا")).toBe("مرحبا");
  });

  test("property: folding twice changes nothing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), anyText(10)), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      seeded(500),
    );
  });
});

describe("N5: ids and names are ordered as people expect", () => {
  const sorted = (...names: string[]): string[] => [...names].sort(compareNatural);

  test("numbers by value", () => {
    expect(sorted("10", "2", "1.10", "1.9", "1", "lot 12", "lot 2")).toEqual([
      "1",
      "1.9",
      "1.10",
      "2",
      "10",
      "lot 2",
      "lot 12",
    ]);
    expect(sorted("9007199254740993", "9007199254740992")).toEqual(["9007199254740992", "9007199254740993"]);
  });

  test("numbers by value, however many zeros stand before", () => {
    expect(compareNatural("LOT-0001", "LOT-2")).toBeLessThan(0);
    expect(compareNatural("LOT-2", "LOT-0001")).toBeGreaterThan(0);
  });

  test("numbers before words, a part before the whole, nothing first", () => {
    expect(sorted("b", "a1", "a", "1", "")).toEqual(["", "1", "a", "a1", "b"]);
  });

  test("names without regard to case and diacritics", () => {
    expect(sorted("Zeta", "Élan", "atos", "Eta", "BT")).toEqual(["atos", "BT", "Élan", "Eta", "Zeta"]);
  });

  test("ids that look alike stay apart, in one order", () => {
    expect(sorted("a", "A")).toEqual(["A", "a"]);
    expect(compareNatural("a", "A")).toBeGreaterThan(0);
    expect(sorted("01", "1")).toEqual(["01", "1"]);
    expect(compareNatural("1", "1")).toBe(0);
  });

  test("property: it is an order", () => {
    const ids = fc.oneof(fc.string({ unit: fc.constantFrom(..."aAbé01 9.-"), maxLength: 6 }), fc.string());
    fc.assert(
      fc.property(ids, ids, ids, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
        expect(compareNatural(a, b) === 0).toBe(a === b);
        const [first = "", second = "", third = ""] = sorted(a, b, c);
        expect(compareNatural(first, second)).toBeLessThanOrEqual(0);
        expect(compareNatural(first, third)).toBeLessThanOrEqual(0);
        expect(compareNatural(second, third)).toBeLessThanOrEqual(0);
      }),
      seeded(500),
    );
  });
});

describe("N5: names are searched in either spelling of umlauts and their like", () => {
  const names = ["Müller", "Mueller", "Muller", "Groß Straße", "Sønderå", "Gräf & Böhm", "Æther", "Ac\u200bme", "Blue"];
  test.each([
    ["mueller", ["Müller", "Mueller"]],
    ["MUELL", ["Müller", "Mueller"]],
    ["muller", ["Müller", "Muller"]],
    ["müller", ["Müller", "Mueller", "Muller"]],
    ["mu\u0308ller", ["Müller", "Mueller", "Muller"]],
    ["strasse", ["Groß Straße"]],
    ["soenderaa", ["Sønderå"]],
    ["sondera", ["Sønderå"]],
    ["sönderaa", ["Sønderå"]],
    ["graef & bohm", ["Gräf & Böhm"]],
    ["graf & boehm", ["Gräf & Böhm"]],
    ["aether", ["Æther"]],
    ["äther", ["Æther"]],
    ["acme", ["Ac\u200bme"]],
    ["blue", ["Blue"]],
    ["blu", ["Blue"]],
    ["blü", ["Blue"]],
    ["blüe", ["Blue"]],
    ["muelle r", []],
  ])("%s", (wanted, found) => {
    expect(names.filter(finderOf(wanted).isIn)).toEqual(found);
  });

  test("whole texts, too", () => {
    expect(names.filter(finderOf("mueller").is)).toEqual(["Müller", "Mueller"]);
    expect(names.filter(finderOf("mulle").is)).toEqual([]);
    expect(names.filter(finderOf("mülle").is)).toEqual([]);
  });

  test("there is nothing to look for in what cannot be seen", () => {
    expect(["", " \t", "\u200b", "\u0301", "\u2028"].filter((text) => !isBlank(text))).toEqual([]);
    expect(isBlank("a")).toBe(false);
  });

  const letters = fc.array(fc.constantFrom("a", "o", "u", "e", "ä", "ö", "ü", "å", "ø", "m", " "), { maxLength: 7 });
  /** Every way to write a folded text: the model, which tries them all. */
  const spellings = (text: string): readonly string[] =>
    [...text].reduce<string[]>(
      (all, letter) => {
        const ways = { ä: ["a", "ae"], ö: ["o", "oe"], ü: ["u", "ue"], å: ["a", "aa"], ø: ["o", "oe"] }[letter];
        return all.flatMap((start) => (ways ?? [letter]).map((way) => start + way));
      },
      [""],
    );
  const plain = (text: string) => text.replace(/ +/g, " ").trim();

  test("property: a text is another where some spellings of both are one", () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const [wanted, text] = [plain(a.join("")), plain(b.join(""))];
        const written = new Set(spellings(text));
        expect(finderOf(wanted).is(text)).toBe(spellings(wanted).some((way) => written.has(way)));
      }),
      seeded(2000),
    );
  });

  test("property: and a part of it where some part is", () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const [wanted, text] = [plain(a.join("")), plain(b.join(""))];
        const parts = [...text].flatMap((_, start) =>
          Array.from({ length: text.length - start }, (_each, length) => text.slice(start, start + length + 1)),
        );
        const isIn =
          wanted === "" || parts.some((part) => spellings(part).some((way) => spellings(wanted).includes(way)));
        expect(finderOf(wanted).isIn(text)).toBe(isIn);
      }),
      seeded(1000),
    );
  });
});
