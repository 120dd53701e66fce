import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { page } from "../../src/engine/page.ts";
import type { Cell, Report } from "../../src/engine/report.ts";
import { why } from "../../src/engine/why.ts";
import { LANGUAGES, type Language } from "../../src/model/language.ts";
import { htmlTable, notesHtml } from "../../src/output/html.ts";
import { reportPage } from "../../src/output/report-page.ts";
import { tongueOf } from "../../src/output/tongue.ts";
import { visibleColumns } from "../../src/output/visible-columns.ts";
import { WORDS } from "../../src/output/words.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { lifeRegisters, openLife } from "../engine/random-lives.ts";
import { LONG } from "../long.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

const money = (minor: bigint, precision: number, more: object = {}): Cell => ({
  type: "money",
  value: { minor, currency: "EUR", precision, ...more },
});

describe("the table of words", () => {
  test("has each phrase once", () => {
    const phrases = WORDS.map(([english]) => english);
    expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
  });

  test("says each phrase in all languages", () => {
    expect(WORDS.filter((phrase) => phrase.length !== 3 || phrase.some((said) => said.trim() === ""))).toEqual([]);
  });

  test("says in each language all that a phrase leaves open", () => {
    const openIn = (text: string) => [...text.matchAll(/\{[wnlig\d]?\}/g)].length;
    const wrong = WORDS.filter(([english, ...others]) => others.some((said) => openIn(said) !== openIn(english)));
    expect(wrong).toEqual([]);
  });
});

describe("what is said of one, and of more", () => {
  test.each([
    ["Found: 1 warning, 2 infos.", "Constats : 1 alerte, 2 informations.", "Befunde: 1 Warnung, 2 Hinweise."],
    ["Found: 2 warnings, 1 info.", "Constats : 2 alertes, 1 information.", "Befunde: 2 Warnungen, 1 Hinweis."],
    ["in 1 month", "dans 1 mois", "in 1 Monat"],
    ["in 30\u201331 months", "dans 30\u201331 mois", "in 30\u201331 Monaten"],
    ["Timeline of 0 contracts on 2025", "Calendrier de 0 contrat au 2025", "Zeitleiste von 0 Vertr\u00e4gen am 2025"],
    [
      "one ceiling, shared by Alba, Bora and Cora",
      "un seul plafond, partag\u00e9 par Alba, Bora et Cora",
      "eine Obergrenze, geteilt von Alba, Bora und Cora",
    ],
    [
      "one ceiling, shared by Quay and Mast and Cora",
      "un seul plafond, partag\u00e9 par Quay and Mast and Cora",
      "eine Obergrenze, geteilt von Quay and Mast and Cora",
    ],
    ["and 1,200 more", "et 1\u202f200 autres", "und 1.200 weitere"],
  ])("%s", (english, french, german) => {
    expect([tongueOf("fr").say(english), tongueOf("de").say(english)]).toEqual([french, german]);
  });

  test("leaves nothing of its signs", () => {
    const brackets = WORDS.flatMap(([, ...said]) => said).filter((text) => /\(s\)|\[[^|\]]*\]/.test(text));
    expect(brackets).toEqual([]);
  });
});

const titlesOf = async <Row>(report: Report<Row>): Promise<readonly string[]> =>
  (await visibleColumns(report)).columns.map(({ title, name }) => (title === "" ? name : title));

describe("names and titles of the data", () => {
  const NAME = "Qx";
  const pageOf = async (name: string, language: Language): Promise<readonly string[]> => {
    const register = await openText(
      `
suppliers: [{ supplier: NAME, name: NAME }, { supplier: 0, name: 0 }]
sources: [{ source: NAME, title: NAME }]
contracts:
  - contract: NAME
    title: NAME
    buyer: NAME
    awardDate: 2024-03
    term: 2 years + 2 renewals of 1 year
    lots:
      - { lot: NAME, title: NAME, service: NAME, ceiling: EUR 1, suppliers: [NAME] }
      - { lot: 0, title: NAME, ceiling: EUR 2, suppliers: [NAME, 0], source: NAME }
      - { lot: 00, ceiling: EUR 2 }
    groups: [{ group: NAME, ceiling: EUR 2, lots: [NAME, 0] }]
    orders: [{ order: NAME, lot: 0, supplier: NAME, date: 2024-05, amount: EUR 1 }]
`.replaceAll("NAME", JSON.stringify(name)),
    );
    const shown = await page(register, { at: { year: 2025, month: 6 } }, { title: undefined });
    return (await reportPage({ ...shown, whole: [] }, { why: "" }, language)).split("\n");
  };

  test.each(["Timeline", "Lots", "Total", "No contracts", "awarded", "firm", "1.10", "2,500", "2024-03", "EUR 1,000"])(
    "stay as they are in every language: %s",
    async (name) => {
      for (const language of LANGUAGES)
        expect(await pageOf(name, language)).toEqual(
          (await pageOf(NAME, language)).map((line) => line.replaceAll(NAME, name)),
        );
    },
  );
});

const REGISTERS = [
  ..."bounds called-quantities checked city decisions declared declared-many ended-seats gross groups names ordered quantities terms three-sources".split(
    " ",
  ),
  ..."unplaced-orders wide withheld orders/watch".split(" "),
].map((name) => `test/registers/${name}.yaml`);

const EXAMPLES = ["cloud-i", "fleet", "harbour", "totals", "market", "machines", "ports"].map((name) =>
  name === "cloud-i" ? "data/cloud-i.yaml" : `examples/${name}.yaml`,
);

const OTHERS = LANGUAGES.filter((language) => language !== "en");

describe.each(OTHERS)("in %s", (language) => {
  const tongue = tongueOf(language);
  /** In the short run each page in one language: that none lacks a phrase which another has is held above. */
  const isOfThis = (_: string, index: number): boolean => LONG || index % OTHERS.length === OTHERS.indexOf(language);

  test.each(EXAMPLES.filter(isOfThis))("a page of %s has no heading without words", async (file) => {
    const { answers, whole } = await page(await openRegister(file), { at: "2025-06-30" }, { title: undefined });
    const said: string[] = answers.figures.map(([term]) => term);
    for (const { heading, says, fold, answer } of [...answers.sections, ...whole]) {
      said.push(heading, says, ...(fold === undefined ? [] : [fold]));
      said.push(...(await answer(titlesOf)));
    }
    expect(said.filter((english) => !tongue.knows(english))).toEqual([]);
  });

  test.each([...EXAMPLES, ...REGISTERS].filter(isOfThis))(
    "a page of %s has no note in English but its drawings",
    async (file) => {
      const { stdout } = await runInProcess(["report", file, "--lang", language, "--at", "2025-06-30", "--static"]);
      expect([...stdout.matchAll(/<li lang="en">([^<]+)<\/li>/g)].map(([, note]) => note)).toEqual([]);
    },
  );

  test("whatever ceilings there are, it is said in whole why they count, and what else there is to know of them", async () => {
    const isDrawn = (text: string): boolean => /[\u251C\u2514\u2190]|limits nothing|^c\d( |$)/.test(text);
    await fc.assert(
      fc.asyncProperty(lifeRegisters, async (life) => {
        const report = why(await openLife(life), { at: life.at });
        const reasons = (await allOf(report.batches)).flat().map(({ reason }) => reason);
        const found = [...reasons, ...report.closing().notes.filter((note) => !isDrawn(note))];
        expect(found.filter((english) => !tongue.knows(english))).toEqual([]);
        expect(found.map(tongue.say).filter((said) => /\b(the|is|are|and|its|which|of|own)\b/.test(said))).toEqual([]);
      }),
      seeded(2000),
    );
  });

  test("names are listed in its words, however many there are", () => {
    const [and, others] = language === "fr" ? ["et", "3 autres"] : ["und", "3 weitere"];
    const parts = [
      `c0/1, c0/2 ${and} c1 group g`,
      `a, b ${and} ${others}`,
      language === "fr" ? "celui du contrat, g1" : "die des Vertrags, g1",
    ];
    const said = [
      "Where the preferred source is silent another fills in: the register for x on c0/1, c0/2 and c1 group g; y for x on c2.",
      "one ceiling, shared by a, b and 3 more",
      "no ceiling is stated; what the groups its own, g1 and g2 allow together stands for it",
    ].map(tongue.say);
    expect(said).toEqual(parts.map((part) => expect.stringContaining(part)));
    expect(said.join()).not.toMatch(/\b(the|for|on|its|and|more)\b/);
    expect(tongue.say("one ceiling, shared by its own, its orders and the register")).toContain(
      `its own, its orders ${and} the register`,
    );
  });

  test("whatever is said ends", () => {
    for (const unsaid of ["… …", "… … …", "a, or …", "x, y …, z", "…; …"]) expect(tongue.say(unsaid)).toBe(unsaid);
  });

  test("a sentence is said whole or stays as it is", () => {
    const unknown = "Nobody says what came to nothing of it, and 3 more are withheld.";
    expect([tongue.say(unknown), tongue.knows(unknown)]).toEqual([unknown, false]);
    const say = (english: string): string => tongue.say(english);
    expect([say("3 not stated, 1 withheld"), say("3 not stated"), say("1 withheld")]).toEqual(
      language === "fr"
        ? ["3 non indiqué, 1 non communiqué", "3 non indiqué", "1 non communiqué"]
        : ["3 nicht angegeben, 1 vertraulich", "3 nicht angegeben", "1 vertraulich"],
    );
    expect(say("2 repetitions, EUR 1,250.00 and JPY 150,000, left out.")).toContain(
      language === "fr" ? "1\u202f250,00\u00a0EUR et 150\u202f000\u00a0JPY" : "1.250,00\u00a0EUR und 150.000\u00a0JPY",
    );
    expect(say("No orders are stated under a, b and 6 more, so what is left is unknown.")).toContain(
      language === "fr" ? "a, b et 6 autres" : "a, b und 6 weitere",
    );
  });

  test("a page keeps names, ids and texts of data", async () => {
    const register = await openRegister({
      text: JSON.stringify({
        suppliers: [{ supplier: "Total", name: "Total" }],
        contracts: [
          {
            contract: "Lot",
            title: "Contracts",
            lots: [{ lot: "1", title: "open", ceiling: "EUR 1M", suppliers: ["Total"] }],
          },
        ],
      }),
    });
    const { answers } = await page(register, { at: "2025-06-30" }, { title: undefined });
    const pages: string[] = [];
    for (const { answer } of answers.sections) pages.push((await answer((report) => htmlTable(report, tongue))).html);
    const html = pages.join("");
    for (const kept of ['<th scope="row">Lot</th>', "<td>Contracts</td>", "<td>open</td>", "<td>Total</td>"])
      expect(html).toContain(kept);
    expect(html).toMatch(language === "fr" ? /détenu par Total seul/ : /allein von Total gehalten/);
  });
});

test("numbers and days are written as the language has them", () => {
  const [fr, de] = [tongueOf("fr"), tongueOf("de")];
  expect(fr.lines(money(73525050n, -2))).toEqual(["735\u202f250,50\u00a0EUR"]);
  expect(de.lines(money(73525050n, -2))).toEqual(["735.250,50\u00a0EUR"]);
  expect(de.lines(money(95000000n, 0))).toEqual(["950.000\u00a0EUR"]);
  expect(fr.lines(money(3440000000n, 5))).toEqual(["34,4\u00a0M\u00a0EUR"]);
  expect(de.lines(money(3440000000n, 5))).toEqual(["34,4\u00a0Mio.\u00a0EUR"]);
  expect(fr.lines(money(500000000n, 6, { bound: "between", least: 200000000n }))).toEqual([
    "2\u00a0M\u00a0EUR à 5\u00a0M\u00a0EUR",
  ]);
  expect(fr.lines(money(500000000n, 6, { bound: "atLeast" }))).toEqual(["≥ 5\u00a0M\u00a0EUR"]);
  expect(fr.lines({ type: "money", value: "missing" })).toEqual(["non indiqué"]);
  expect(de.figures("2025-06-30")).toBe("30.06.2025");
  expect(fr.figures("2025-06")).toBe("06/2025");
  expect(fr.figures("73.5 %")).toBe("73,5 %");
  expect(fr.lines({ type: "id", value: "2025-06-30" })).toEqual(["2025-06-30"]);
});

test("sentences take what they say of the data along", () => {
  const [fr, de] = [tongueOf("fr"), tongueOf("de")];
  expect(fr.say("1 order dated after 2025-06-30 is not counted.")).toBe(
    "Commandes postérieures au 30/06/2025, non comptées : 1.",
  );
  expect(de.say("firm or ended")).toBe("fest oder beendet");
  expect(fr.say("no ceiling is stated; the ceiling of group north stands for it")).toBe(
    "aucun plafond n’est indiqué ; le plafond du groupe north en tient lieu",
  );
  expect(fr.say("somebody or other")).toBe("somebody or other");
  expect(fr.knows("somebody or other")).toBe(false);
});

test("a page in another language says so, and what it keeps in English", async () => {
  const asked = ["report", "--static", "-d", "examples/totals.yaml", "--at", "2025-06-30", "--lang"];
  const { stdout } = await runInProcess([...asked, "fr"]);
  expect(stdout).toContain('<html lang="fr">');
  expect(stdout).toContain('<h2 id="lots">Lots</h2>\n<p class="faint">Chaque lot, son plafond, et qui le détient.</p>');
  expect(stdout).toContain('<li lang="en"><pre>capped EUR 9M ← the limit');
  const { stderr, exitCode } = await runInProcess([...asked, "it"]);
  expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining("fr"), exitCode: 2 });
});

test("a note that a language has no words for says that it is English, and in English none does", () => {
  const notes = ["Nothing matches.", "nobody has words for this"];
  const items = ["<li>Nothing matches.</li>", "<li>nobody has words for this</li>"];
  expect(notesHtml(notes)).toBe(`<ul class="notes">${items.join("")}</ul>`);
  expect(notesHtml(notes, tongueOf("de"))).toBe(
    '<ul class="notes"><li>Nichts passt dazu.</li><li lang="en">nobody has words for this</li></ul>',
  );
});

test("of several figures the last two are joined by a word", () => {
  const french = tongueOf("fr");
  const [one, two, three] = ["EUR 1k", "EUR 2k", "EUR 3k"].map(french.figures);
  expect(french.say("As of EUR 1k, EUR 2k and EUR 3k.")).toBe(`Au ${one}, ${two} et ${three}.`);
  expect(french.say("As of EUR 1k and EUR 2k.")).toBe(`Au ${one} et ${two}.`);
});
