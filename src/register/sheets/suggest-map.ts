import { currenciesNamed, scaledFigure, unitOfHeading } from "../../model/amount-unit.ts";
import { betweenCompanies } from "../../model/company-name.ts";
import { beginningOf, DataError, type Finding, UsageError } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { hasDecimalComma } from "../../model/meant-amount.ts";
import { importField } from "../../records/import-fields.ts";
import { importMapCodec } from "../../records/import-map.ts";
import { isList, isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import type { Cell, Sheet, SheetRow } from "../../syntax/sheet.ts";
import { isAmbiguousFigure, isTotalRow, writtenAmount } from "../ledgers/dialect.ts";
import { isAmbiguousDay, notationOf } from "../ledgers/written-day.ts";
import { decodeRecord } from "../records.ts";
import { NO_REFERENCES } from "../references.ts";
import {
  headingMeanings,
  type KnownHeading,
  type KnownTable,
  plainHeading,
  saysGross,
  weightOf,
} from "./known-headings.ts";
import { isDay, periodIn } from "./notations.ts";
import type { UsedMap } from "./read-cells.ts";
import { besideFigures, type Heading, type Table, tableOf } from "./table.ts";

export interface SuggestedMap {
  readonly map: PlainMap;
  /** What is not certain, by the keys that lead there: `columns ceiling`. */
  readonly doubts: ReadonlyMap<string, string>;
}

/** A column, what it is taken for, and what stands in it. */
interface Guess {
  readonly heading: Heading;
  readonly field: string;
  readonly sure: boolean;
  readonly cells: readonly Cell[];
  /** What is not certain, if it is not whether the heading means this. */
  readonly doubt?: string;
}

/** The known table that headings belong to, as a few of them tell. Undefined for any other. */
const knownTable = (headings: readonly Heading[]): KnownTable => {
  const keys = new Set(headings.map(({ text }) => plainHeading(text)));
  if (keys.has("acheteur id") && keys.has("montant")) return "decp";
  if (keys.has("commitment position key") && keys.has("total amount")) return "fts";
  return keys.has("ceiling state") && keys.has("holders") && keys.has("held") ? "seats" : undefined;
};

export const hasSeats = (sheet: Sheet): boolean => knownTable(tableFor(sheet).headings) === "seats";

/** Whether a sheet has a heading that may be for the ids of contracts or orders, and others that are known. */
export const hasContracts = (sheet: Sheet): boolean => {
  const { guesses } = guessesFor(tableFor(sheet));
  return guesses.length > 1 && guesses.some(({ field }) => field === "contract" || field === "order");
};

const tableFor = (sheet: Sheet): Table => tableOf(sheet, weightOf);

const MOST_ROWS = 5000;

interface Guesses {
  readonly guesses: readonly Guess[];
  readonly unknown: readonly Heading[];
}

const guessesFor = ({ headings: all, rows }: Table): Guesses => {
  const known = knownTable(all);
  const besides = new Set([...besideFigures(all).values()].flatMap((beside) => Object.values(beside)));
  const headings = all.filter(({ column }) => !besides.has(column));
  const looked = rows
    .slice(0, MOST_ROWS)
    .filter(({ cells }) => !isTotalRow([...cells.values()].map(({ text }) => text)));
  const looks = headings.map((heading) => {
    const cells = looked.flatMap((row) => row.cells.get(heading.column) ?? []);
    return { heading, cells, meanings: headingMeanings(heading.text, known) };
  });
  const taken = new Set(looks.flatMap(({ meanings }) => meanings.flatMap(({ field, sure }) => (sure ? [field] : []))));
  const guesses = looks.flatMap(({ heading, cells, meanings }) =>
    guessesOf(heading, cells, likeliest(meanings, taken)),
  );
  const kept = withTitlesOfLots(known === "seats" ? guesses : settled(guesses), looked);
  return { guesses: kept, unknown: headings.filter((heading) => !kept.some((guess) => guess.heading === heading)) };
};

/**
 * The likeliest meaning of a heading: one that is sure, or that no other heading surely has. Beside a column of
 * suppliers, *SIRET attributaire* means their number.
 */
const likeliest = (meanings: readonly KnownHeading[], taken: ReadonlySet<string>): KnownHeading | undefined =>
  meanings.find(({ field, sure }) => sure || !taken.has(field)) ?? meanings[0];

/** A column of extensions with days in it says until when they run. */
const asEnds = (guess: Guess): Guess => {
  const isEnds = guess.field === "renewals" && guess.cells.some(({ text }) => isDay(text));
  return isEnds ? { ...guess, field: "latestEndDate", sure: false } : guess;
};

/** What a column may be. A column of periods says both when contracts begin and when they end. */
const guessesOf = (heading: Heading, cells: readonly Cell[], meant: KnownHeading | undefined): readonly Guess[] => {
  if (cells.some(({ text }) => periodIn(text) !== undefined))
    return ["startDate", "endDate"].map((field) => ({ heading, cells, field, sure: false }));
  const isOtherType = meant?.field === "framework" && !meant.sure && !cells.some(({ text }) => saysKind(text));
  return meant === undefined || isOtherType ? [] : [doubted(asEnds({ heading, cells, ...meant }))];
};

/** Doubts a column of names if all its cells are numbers, which may count suppliers or be a program's ids for them. */
const doubted = (guess: Guess): Guess => {
  const isNumbers = kindOf(guess) === "name" && guess.cells.every(({ text }) => /^[\d.,]+$/.test(text));
  return isNumbers && guess.cells.length > 0
    ? { ...guess, sure: false, doubt: "its cells are numbers, no names" }
    : guess;
};

/** If rows of one contract have different lots and different titles, the titles are those of lots. */
const withTitlesOfLots = (guesses: readonly Guess[], rows: readonly SheetRow[]): readonly Guess[] => {
  const columnOf = (field: string) => guesses.find((guess) => guess.field === field)?.heading.column;
  const [contract, lot, title] = ["contract", "lot", "title"].map(columnOf);
  if (contract === undefined || lot === undefined || title === undefined || columnOf("lotTitle") !== undefined)
    return guesses;
  const seen = new Map<string, { readonly lot: string; readonly title: string }>();
  const differ = rows.some(({ cells }) => {
    const [id = "", ...one] = [contract, lot, title].map((column) => cells.get(column)?.text);
    const [ofLot, called] = one;
    if (ofLot === undefined || called === undefined) return false;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, { lot: ofLot, title: called });
    return first !== undefined && first.lot !== ofLot && first.title !== called;
  });
  return differ ? guesses.map((guess) => (guess.field === "title" ? { ...guess, field: "lotTitle" } : guess)) : guesses;
};

/** Fields that may have several columns. */
const SEVERAL: ReadonlySet<string> = new Set(["supplier", "legalId", "country", "note", "tags", "cpv"]);

/**
 * If several columns are taken for one field, keeps the first that is sure, or else the first. Of fields that may have
 * several columns it keeps all that are as sure as that one. Amounts with tax and without are not taken for one.
 */
const settled = (guesses: readonly Guess[]): readonly Guess[] => {
  const kept: Guess[] = [];
  for (const guess of guesses) {
    const isGross = saysGross(guess.heading.text);
    const rivals = guesses.filter((other) => other.field === guess.field && saysGross(other.heading.text) === isGross);
    const isFirst = rivals.find(({ sure }) => sure) ?? rivals[0];
    if (guess === isFirst || (SEVERAL.has(guess.field) && guess.sure === isFirst?.sure)) kept.push(guess);
  }
  return kept;
};

export const suggestMap = (sheets: readonly Sheet[]): SuggestedMap => {
  const [sheet] = sheets;
  if (sheet === undefined) throw new UsageError("import needs a spreadsheet", "lotbook import FILE --suggest");
  const table = tableFor(sheet);
  const { guesses, unknown } = guessesFor(table);
  const headings = table.headings.map(({ text }) => text).join(", ");
  if (headings === "")
    throw new UsageError(`${sheet.file} has no headings`, "the first row of a table says what its columns are");
  if (guesses.length === 0)
    throw new UsageError(`no heading of ${sheet.file} is known`, `write a map; its headings are ${headings}`);
  const doubts = new Map<string, string>();
  const map = {
    ...(sheet.isChosen && sheet.name !== undefined && { sheet: sheet.name }),
    ...(guesses.some(({ field }) => field === "share") && { rows: "beneficiary" }),
    ...(guesses.some(({ field }) => field === "order") && { rows: "order" }),
    ...notationOfAll(guesses, table, doubts),
    ...(knownTable(table.headings) === "seats" ? WORDS_OF_SEATS : wordsOf(guesses, doubts)),
    columns: withBuyers(table, columnsFrom(guesses, doubts)),
    ...alwaysFrom(guesses, doubts),
    ...frameworkWords(guesses, doubts),
    ...leaving(unknown.filter((heading) => heading !== buyerOf(table))),
  };
  if (!guesses.some(({ field }) => field === "contract"))
    doubts.set("columns", "no heading says which column has the ids of contracts: add contract: HEADING");
  return { map, doubts };
};

/** The words for the state of a figure that add nothing to it. The third one, *withheld*, does. */
const WORDS_OF_SEATS: PlainMap = { missing: ["known", "missing"] };

const leaving = (headings: readonly Heading[]): PlainMap =>
  headings.length === 0 ? {} : { leave: headings.map(({ text }) => text) };

/** The buyer's column in France's essential data, where a buyer's own numbers of contracts mean nothing without it. */
const buyerOf = ({ headings }: Table): Heading | undefined =>
  knownTable(headings) === "decp" ? headings.find(({ text }) => plainHeading(text) === "acheteur id") : undefined;

const withBuyers = (table: Table, columns: PlainMap): PlainMap => {
  const buyer = buyerOf(table)?.text;
  if (buyer === undefined) return columns;
  const entries = Object.entries(columns).map(([field, heading]): readonly [string, Plain] =>
    (field === "contract" || field === "callOffOf") && typeof heading === "string"
      ? [field, [buyer, heading]]
      : [field, heading],
  );
  return Object.fromEntries(entries);
};

const columnsFrom = (guesses: readonly Guess[], doubts: Map<string, string>): PlainMap => {
  const columns: Record<string, string[]> = {};
  for (const { field, heading, sure, doubt = "is it this?" } of guesses) {
    columns[field] = [...(columns[field] ?? []), heading.text];
    if (!sure) doubts.set(`columns ${field}`, doubt);
  }
  return Object.fromEntries(
    Object.entries(columns).map(([field, texts]) => [field, texts.length === 1 ? (texts[0] ?? "") : texts]),
  );
};

const kindOf = ({ field }: Guess): string | undefined => importField(field)?.kind;

const isAmount = (guess: Guess): boolean => /^amounts?$/.test(kindOf(guess) ?? "");

const textsIn = (guesses: readonly Guess[]): readonly string[] =>
  guesses.flatMap(({ cells }) => cells.filter(({ kind }) => kind === "text").map(({ text }) => text));

/** How days and figures are written, and in which currency amounts are. */
const notationOfAll = (guesses: readonly Guess[], table: Table, doubts: Map<string, string>): PlainMap => {
  const dated = guesses.filter((guess) => kindOf(guess) === "date");
  const days = textsIn(dated).flatMap((text) => periodIn(text) ?? [text]);
  const shown = new Set(days.map(notationOf).filter((notation) => notation?.includes("/")));
  const [notation] = shown;
  const doubtful = days.find((day) => isAmbiguousDay(day, {}));
  const dates = shown.size === 1 ? notation : undefined;
  if (dates === undefined && doubtful !== undefined)
    doubts.set("dates", `${doubtful} may be one of two days: DD/MM/YYYY, or MM/DD/YYYY?`);
  const amounts = textsIn(guesses.filter(isAmount)).map((text) => text.replace(/[^\d.,' -]/g, "").trim());
  const comma =
    amounts.some(hasDecimalComma) &&
    !amounts.some((figure) => /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$|\.\d{1,2}$/.test(figure));
  const doubtfulFigure = comma ? undefined : guesses.filter(isAmount).flatMap(doubtfulFigures)[0];
  if (doubtfulFigure !== undefined)
    doubts.set("decimal", `${doubtfulFigure} may have decimals, or thousands: "." or ","?`);
  const gross = guesses.filter((guess) => isAmount(guess) && saysGross(guess.heading.text));
  return {
    ...(comma && { decimal: "," }),
    ...(doubtfulFigure !== undefined && { decimal: "." }),
    ...(dates !== undefined ? { dates } : doubtful !== undefined && { dates: "DD/MM/YYYY" }),
    ...currencyFrom(guesses, table, doubts),
    ...(gross.length > 0 && { gross: gross.map(({ heading }) => heading.text) }),
  };
};

/** Figures in thousands or millions in a column, if nobody knows whether they have decimals. */
const doubtfulFigures = ({ heading, cells }: Guess): readonly string[] => {
  const { scale } = unitOfHeading(heading.text);
  return cells.flatMap(({ kind, text }) => {
    const figure = kind === "text" ? writtenAmount(text, {})?.figure : undefined;
    return figure !== undefined && isAmbiguousFigure(scaledFigure(figure, scale), {}) ? [text] : [];
  });
};

const currencyFrom = (guesses: readonly Guess[], { headings }: Table, doubts: Map<string, string>): PlainMap => {
  const besides = besideFigures(headings);
  const amounts = guesses.filter((guess) => isAmount(guess) && !besides.has(guess.heading.column));
  if (guesses.some(({ field }) => field === "currency") || amounts.length === 0) return {};
  const texts = [...textsIn(amounts), ...amounts.map(({ heading }) => heading.text)];
  const formats = amounts.flatMap(({ cells }) => cells.flatMap(({ currency }) => currency ?? []));
  const found = new Set([...texts.flatMap((text) => [...currenciesNamed(text)]), ...formats]);
  const [currency, ...others] = found;
  if (currency !== undefined && others.length === 0) return { currency };
  if (amounts.every(({ heading }) => unitOfHeading(heading.text).currency !== undefined)) return {};
  const isFrench = guesses.some(({ heading }) => plainHeading(heading.text) === "dureemois");
  if (isFrench && currency === undefined) return { currency: "EUR" };
  const which =
    currency === undefined ? "in which currency amounts are" : "in which of several currencies the others are";
  doubts.set("currency", `nothing says ${which}`);
  return { currency: currency ?? "EUR" };
};

const SECRET = /sensitive|confidential|vertraulich|geheim|secret|withheld|redacted|exempt/;

/**
 * Words that say that nothing is known. `n/a` is not one of them: it may stand for a secret, unless days are `n/a`,
 * too.
 */
const NOTHING =
  /^(?:tb[acd]|unknown|not (?:known|yet known)|none|k\. ?a\.?|keine angaben?|unbekannt|offen|noch offen|inconnue?|non (?:renseignee?|connue?)|n\.? ?r\.?|a definir|nil|sans (?:minimum|maximum)|sans objet|(?:no|ohne) limit|ohne (?:obergrenze|hochstwert)|no maximum)$/;

const wordsOf = (guesses: readonly Guess[], doubts: Map<string, string>): PlainMap => {
  const inDays = new Set(textsIn(guesses.filter((guess) => kindOf(guess) === "date")));
  const inAmounts = new Set(textsIn(guesses.filter(isAmount)));
  const words = [...new Set([...inAmounts, ...inDays])].filter((text) => !/\d/.test(text)).slice(0, 20);
  const isNothing = (word: string): boolean =>
    !/\w/.test(word) || NOTHING.test(fold(word)) || (inDays.has(word) && !SECRET.test(fold(word)));
  const nothing = words.filter((word) => !inAmounts.has(word) || isNothing(word));
  const withheld = words.filter((word) => !nothing.includes(word));
  if (withheld.some((word) => !SECRET.test(fold(word))))
    doubts.set("withheld", "amounts that are secret? where they are not known, write missing instead");
  const suppliers = textsIn(guesses.filter(({ field }) => field === "supplier" || field === "legalId"));
  const [split] = suppliers.flatMap((text) => betweenCompanies(text) ?? []);
  if (split !== undefined) doubts.set("split", "between several suppliers of a cell");
  const otherNames = suppliers.some((name) => /\S\*\S/.test(name));
  return {
    ...(nothing.length > 0 && { missing: nothing }),
    ...(withheld.length > 0 && { withheld }),
    ...(split !== undefined && { split }),
    ...(otherNames && { otherNames: "*" }),
  };
};

/** The country of company numbers, if no column has it: they are numbers in the register of a country. */
const alwaysFrom = (guesses: readonly Guess[], doubts: Map<string, string>): PlainMap => {
  const numbers = guesses.find(({ field }) => field === "legalId");
  if (numbers === undefined || guesses.some(({ field }) => field === "country")) return {};
  const name = plainHeading(numbers.heading.text);
  if (/siret|siren|titulaire/.test(name)) return { always: { country: "FR" } };
  doubts.set("always country", "the country whose register gives the company numbers");
  const country = /register|hrb|ust|kreditor/.test(name) && !/registration/.test(name) ? "DE" : "GB";
  return { always: { country: /tva/.test(name) ? "FR" : country } };
};

const FRAMEWORKS = /^(?:accord.?cadre|framework|rahmen)/;
/** Words for contracts that are no framework agreements, in France's essential data and elsewhere. */
const CONTRACTS = /^(?:marche|contract|contrat|call.?off|einzel(?:auftrag|abruf|vertrag))/;

/**
 * Whether a word says that a contract is a framework agreement, or that it is none. A column of contract types may also
 * say works, goods or services instead.
 */
const saysKind = (word: string): boolean => FRAMEWORKS.test(fold(word)) || CONTRACTS.test(fold(word));

const frameworkWords = (guesses: readonly Guess[], doubts: Map<string, string>): PlainMap => {
  const kinds = guesses.find(({ field }) => field === "framework");
  if (kinds === undefined) return {};
  const words = [...new Set(textsIn([kinds]))].slice(0, 20);
  const meanings = words.map((word) => [word, FRAMEWORKS.test(fold(word)) ? "yes" : "no"] as const);
  if (words.every((word) => /^(?:yes|no|oui|non|ja|nein|true|false)$/i.test(word))) return {};
  if (!words.every(saysKind)) doubts.set("words", "which of these are framework agreements: yes or no");
  return { words: { [kinds.heading.text]: Object.fromEntries(meanings) } };
};

/** A map without what it says of columns other than these. */
const speakingOf = (named: ReadonlySet<Plain>, { gross = [], words = {}, ...others }: PlainMap): PlainMap => {
  const ownGross = isList(gross) ? gross.filter((heading) => named.has(heading)) : [];
  const ownWords = Object.entries(isMap(words) ? words : {}).filter(([heading]) => named.has(heading));
  return {
    ...others,
    ...(ownGross.length > 0 && { gross: ownGross }),
    ...(ownWords.length > 0 && { words: Object.fromEntries(ownWords) }),
  };
};

/**
 * The map of what headings leave no doubt of, for users who give none. Throws UsageError if it is in doubt which column
 * has the ids of contracts, and DataError if the map is not valid.
 */
export const mapOf = (sheets: readonly Sheet[]): UsedMap => {
  const { map, doubts } = suggestMap(sheets);
  const { columns = {}, ...others } = map;
  const sure = Object.entries(isMap(columns) ? columns : {}).filter(([field]) => !doubts.has(`columns ${field}`));
  const named = new Set(sure.flatMap(([, headings]) => headings));
  const certain = Object.entries(speakingOf(named, others)).filter(
    ([key]) => key !== "leave" && ![...doubts.keys()].some((doubt) => doubt.split(" ")[0] === key),
  );
  const findings: Finding[] = [];
  const origin = { locate: () => beginningOf(sheets[0]?.file ?? "") };
  const plain = { ...Object.fromEntries(certain), columns: Object.fromEntries(sure) };
  const read = decodeRecord(importMapCodec, { plain, origin }, NO_REFERENCES, findings);
  if (!sure.some(([field]) => field === "contract"))
    throw new UsageError(
      "no heading leaves no doubt which column has the ids of contracts",
      "write a map to look through: lotbook import FILE --suggest --output map.yaml, then --map map.yaml",
    );
  if (read === undefined) throw new DataError(findings);
  // What lotbook wrote itself leaves nothing to guess.
  return { map: read, isSuggested: !sheets.every(hasSeats) };
};
