import { DisjointSets } from "../../model/disjoint-sets.ts";
import { compareNatural, compareTexts, fold } from "../../model/fold.ts";
import { addUnder, madeUnder } from "../../model/lists.ts";
import { isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import type { Notes } from "../notice.ts";
import { mapIn, mapsIn, textIn, textsIn } from "../ocds/plain-members.ts";

export interface Holder {
  readonly id: string;
  /** `SIRET`, `TVA` …, as it is written. */
  readonly scheme: string | undefined;
  readonly name: string | undefined;
}

/** What a contract was changed to. What stands here replaces what stood before. */
export interface Change {
  readonly id: string | undefined;
  readonly date: string | undefined;
  readonly amount: string | undefined;
  readonly months: string | undefined;
  readonly holders: readonly Holder[];
}

/** A contract as France's essential data state it (DECP 2.0.3), with texts as they are written. */
export interface DecpRecord extends Change {
  readonly id: string;
  readonly buyer: string;
  readonly buyerName: string | undefined;
  /** Which version of the contract this is, where each has a row of its own. */
  readonly version: string;
  readonly concession: boolean;
  readonly defence: boolean;
  readonly framework: boolean;
  /** The framework agreement under which it is a call-off. */
  readonly frameworkId: string | undefined;
  /** Whether it calls itself a call-off (*marché subséquent*), whether or not it names its framework agreement. */
  readonly callOff: boolean;
  readonly title: string | undefined;
  /** How it was awarded, in French. */
  readonly procedure: string | undefined;
  readonly cpv: string | undefined;
  readonly start: string | undefined;
  readonly published: string | undefined;
  /** Whether several holders are one grouping; undefined where that is not said. */
  readonly together: boolean | undefined;
  readonly offers: string | undefined;
  readonly subcontractors: readonly string[];
  readonly changes: readonly Change[];
}

const NOTHING = /^(?:cdl|nc|n\/?a|null|none|nan|inx none|non renseign.+)$/i;

const stated = (text: string | undefined): string | undefined =>
  text === undefined || NOTHING.test(text) ? undefined : text;

class Members {
  readonly #members: PlainMap;

  constructor(plain: PlainMap) {
    this.#members = Object.fromEntries(Object.entries(plain).map(([key, value]) => [key.toLowerCase(), value]));
  }

  text(...names: readonly string[]): string | undefined {
    return this.firstOf(names);
  }

  firstOf(names: readonly string[]): string | undefined {
    for (const name of names) {
      const text = stated(textIn(this.#members, name));
      if (text !== undefined) return text;
    }
    return undefined;
  }

  texts(name: string): readonly string[] {
    return textsIn(this.#members, name).filter((text) => stated(text) !== undefined);
  }

  map(name: string): Members | undefined {
    const map = mapIn(this.#members, name);
    return map && new Members(map);
  }

  /**
   * A list of objects, each of which may stand within an object of the kind's own name: `titulaires: [{ titulaire: {…}
   * }]`.
   */
  list(name: string, ...kinds: readonly string[]): readonly Members[] {
    return mapsIn(this.#members, name).flatMap((item) => {
      const inner = kinds.flatMap((kind) => mapsIn(item, kind));
      return (inner.length === 0 ? [item] : inner).map((map) => new Members(map));
    });
  }
}

/** The contract that an object or a row is; undefined where it names no contract or no buyer. */
export const decpRecordOf = (plain: Plain): DecpRecord | undefined => {
  if (!isMap(plain)) return undefined;
  const members = new Members(plain);
  const buyer = members.map("acheteur") ?? members.map("autoriteconcedante");
  const buyerId =
    buyer?.text("id") ?? members.text("acheteur_id", "acheteur.id", "idacheteur", "autoriteconcedante_id");
  const id = members.text("id");
  if (id === undefined || buyerId === undefined) return undefined;
  const nature = members.text("nature")?.toLowerCase() ?? "";
  const grouping = members.text("typegroupementoperateurs")?.toLowerCase();
  // Many publishers give a framework agreement its own number there.
  const frameworkId = [members.text("idaccordcadre")].find((named) => named !== id);
  return {
    id,
    buyer: buyerId,
    buyerName: buyer?.text("nom") ?? members.text("acheteur_nom", "acheteur.nom", "nomacheteur"),
    version: members.text("modification_id") ?? "",
    concession: nature.includes("concession") || members.map("autoriteconcedante") !== undefined,
    defence: nature.includes("défense"),
    // A call-off states the technique of its framework agreement.
    framework: frameworkId === undefined && isFramework(members, nature),
    frameworkId,
    callOff: /subs.quent/.test(nature),
    title: members.text("objet"),
    procedure: members.text("procedure"),
    cpv: members.text("codecpv"),
    date: members.text("datenotification", "datesignature"),
    start: members.text("datedebutexecution"),
    published: members.text("datepublicationdonnees"),
    amount: members.text("montant", "valeurglobale"),
    months: members.text("dureemois"),
    together: grouping === undefined ? undefined : !grouping.startsWith("pas"),
    holders: holdersOf(members),
    offers: members.text("offresrecues"),
    subcontractors: subcontractorsOf(members),
    changes: changesOf(members),
  };
};

const FRAMEWORK = /accord[- ]cadre/i;

/**
 * Whether it is a framework agreement: by its technique, which may stand in an object of its own, or by its nature as
 * in earlier versions.
 */
const isFramework = (members: Members, nature: string): boolean =>
  [
    ...members.texts("techniques"),
    ...members.texts("technique"),
    ...(members.map("techniques")?.texts("technique") ?? []),
  ]
    .concat(nature)
    .some((text) => FRAMEWORK.test(text));

const MOST_COLUMNS = 20;

const holdersOf = (members: Members): readonly Holder[] => {
  const listed = members.list("titulaires", "titulaire").concat(members.list("concessionnaires", "concessionnaire"));
  const nested = listed.flatMap((holder) => holderOf(holder, (part) => [part]) ?? []);
  if (nested.length > 0) return nested;
  const columns = ["", ...Array.from({ length: MOST_COLUMNS }, (_, index) => `_${index + 1}`)];
  return columns.flatMap((column) => holderOf(members, (part) => columnsOf(part, column)) ?? []);
};

/** How publishers head the columns of holders: `titulaire_id_1`, `titulaire.id`, `idtitulaire_1`. */
const columnsOf = (part: string, number: string): readonly string[] => [
  `titulaire_${part}${number}`,
  `titulaire.${part}${number}`,
  `${part}titulaire${number}`,
];

const holderOf = (members: Members, namesOf: (part: string) => readonly string[]): Holder | undefined => {
  const member = (...parts: readonly string[]) => members.firstOf(parts.flatMap(namesOf));
  const name = member("denominationsociale", "denomination", "nom");
  const id = member("id") ?? name;
  return id === undefined ? undefined : { id, scheme: member("typeidentifiant"), name };
};

const subcontractorsOf = (members: Members): readonly string[] =>
  members.list("actessoustraitance", "acteSousTraitance").flatMap((act) => {
    const company = act.map("soustraitant");
    return company?.text("denominationsociale", "nom", "id") ?? [];
  });

/** When a change was notified or signed, or else when it was published. */
const CHANGE_DATES = [
  "datenotificationmodification",
  "datesignaturemodification",
  "datepublicationdonneesmodification",
] as const;

const changesOf = (members: Members): readonly Change[] => {
  const listed = members.list("modifications", "modification").map((change) => ({
    id: change.text("id"),
    date: change.firstOf(CHANGE_DATES),
    amount: change.text("montant", "valeurglobale"),
    months: change.text("dureemois"),
    holders: holdersOf(change),
  }));
  const flat = {
    id: members.text("idmodification", "modification.id"),
    date: members.firstOf([
      ...CHANGE_DATES,
      "modification_datenotificationmodification",
      "datenotificationmodificationmodification",
      "datepublicationdonneesmodificationmodification",
    ]),
    amount: members.text("montantmodification", "modification_montant", "montant_modification"),
    months: members.text("dureemoismodification", "modification_dureemois", "dureemois_modification"),
    holders: [holderOf(members, (part) => [`${part}titulairemodification`])].filter((holder) => holder !== undefined),
  };
  const saysNothing = flat.amount === undefined && flat.months === undefined && flat.holders.length === 0;
  return saysNothing ? listed : [...listed, flat];
};

type Rows = readonly [DecpRecord, ...DecpRecord[]];

/**
 * The contracts to which a buyer gave one number, mostly one, beginning with the one that was notified first. A record
 * with another subject and amount, and with other holders or another day, does not repeat a contract, but is another
 * one (T9). Records that may be one contract at several amounts, or several contracts (T10a), stand side by side.
 */
export const contractsUnderOne = (records: Rows, notes: Notes): readonly [Rows, ...Rows[]] => {
  const all = apartIn(records).map((rows) =>
    byPlace(
      amountsIn(rows).map((own) => oneOf(own, notes)),
      rows,
    ),
  );
  const [first = records, ...others] = all.sort(([a], [b]) => compareTexts(placeOf(a), placeOf(b)));
  return [first, ...others];
};

const byPlace = (records: readonly DecpRecord[], [one]: Rows): Rows => {
  const [first = one, ...others] = [...records].sort((a, b) => compareTexts(placeOf(a), placeOf(b)));
  return [first, ...others];
};

/** Whether rows can be told apart: all state their subject and their amount, and none is a later version of another. */
const areComparable = (records: Rows): boolean =>
  records.every(
    ({ title, amount, version }) => title !== undefined && amount !== undefined && version === records[0].version,
  );

/** Groups rows that have a key in common, directly or by way of other rows. */
const joined = (
  records: Rows,
  keysOf: (record: DecpRecord) => readonly (readonly [string, ...unknown[]])[],
): readonly Rows[] => {
  const sets = new DisjointSets();
  const named = records.map((record) => {
    const [own = "", ...others] = keysOf(record).map((key) => JSON.stringify(key));
    for (const key of others) sets.join(own, key);
    return [own, record] as const;
  });
  const apart = new Map<string, [DecpRecord, ...DecpRecord[]]>();
  for (const [own, record] of named) addUnder(apart, sets.find(own), record);
  return [...apart.values()];
};

/**
 * Groups rows that may tell of one contract: those with the same title, the same amount, or a common holder on the same
 * day.
 */
const apartIn = (records: Rows): readonly Rows[] => {
  if (!areComparable(records)) return [records];
  const undated = new Set(records.flatMap((record) => (record.date === undefined ? holdersOver(record) : [])));
  const dayOf = (holder: string, { date }: DecpRecord) => (undated.has(holder) ? undefined : date);
  return joined(records, (record) => [
    ["title", fold(record.title ?? "")],
    ["amount", amountOf(record)],
    ...holdersOver(record).map((holder) => ["holder", holder, dayOf(holder, record)] as const),
  ]);
};

/**
 * Groups the rows of what may be one contract by the amounts that they tell of: those with the same amount go together,
 * and so do those of one holder that were published on different days.
 */
const amountsIn = (records: Rows): readonly Rows[] => {
  if (!areComparable(records)) return [records];
  const days = new Map<string, Set<string | undefined>>();
  for (const record of records)
    for (const holder of holdersOver(record)) madeUnder(days, holder, () => new Set()).add(record.published);
  return joined(records, (record) => [
    ["amount", amountOf(record)],
    ...holdersOver(record)
      .filter((holder) => (days.get(holder)?.size ?? 0) > 1)
      .map((holder) => ["holder", holder] as const),
  ]);
};

const placeOf = ({ date = "", title = "", amount = "" }: DecpRecord): string => JSON.stringify([date, title, amount]);

/** The holders that a contract has at any time. Establishments of one company (SIRET) count as that company (SIREN). */
const holdersOver = ({ holders, changes }: DecpRecord): readonly string[] =>
  [holders, ...changes.map((change) => change.holders)].flat().map(({ id }) => id.replace(/^(\d{9})\d{5}$/, "$1"));

/**
 * Makes one contract of all that is published of it, whoever publishes it and how often. The rows of one version each
 * name a holder and repeat the amount. A later version is a change.
 */
const oneOf = (records: Rows, notes: Notes): DecpRecord => {
  const versions = new Map<string, [DecpRecord, ...DecpRecord[]]>();
  for (const record of records) {
    addUnder(versions, record.version, record);
  }
  const inOrder = [...versions].sort(([a], [b]) => compareNatural(a, b)).map(([, rows]) => rowsAsOne(rows, notes));
  const [first = records[0], ...later] = inOrder;
  const changes = [...inOrder.flatMap((record) => record.changes), ...later];
  return withNames({ ...first, changes: changesInOrder(uniqueBy(changes, keyOfChange)) });
};

/** By day, and within one day by number. A change without a day comes after the one whose number is before its own. */
const changesInOrder = (changes: readonly Change[]): readonly Change[] => {
  let day = "";
  const numbered = [...changes].sort((a, b) => compareNatural(a.id ?? "", b.id ?? ""));
  const placed = numbered.map((change) => {
    day = change.date ?? day;
    return { change, day };
  });
  return placed.sort((a, b) => compareTexts(a.day, b.day)).map(({ change }) => change);
};

/** Gives holders their names in changes, which repeat their numbers but often not their names. */
const withNames = (record: DecpRecord): DecpRecord => {
  const names = new Map<string, string>();
  for (const { id, name } of [record, ...record.changes].flatMap(({ holders }) => holders))
    if (name !== undefined && !names.has(id)) names.set(id, name);
  const named = (holders: readonly Holder[]) =>
    holders.map((holder) => ({ ...holder, name: holder.name ?? names.get(holder.id) }));
  const changes = record.changes.map((change) => ({ ...change, holders: named(change.holders) }));
  return { ...record, holders: named(record.holders), changes };
};

/**
 * Merges the rows of one version: the row that was published last says what it is, and all of them say who holds it.
 */
const rowsAsOne = (rows: Rows, notes: Notes): DecpRecord => {
  const inOrder = sorted(rows);
  let [last] = inOrder;
  for (const row of inOrder) last = { ...last, ...statedIn(row) };
  if (new Set(rows.flatMap(({ amount }) => (amount === undefined ? [] : Number(amount)))).size > 1)
    notes.add(
      "T10a",
      "rows of one contract state different amounts: the one published last counts, of one day the largest",
    );
  return {
    ...last,
    holders: uniqueBy(
      rows.flatMap(({ holders }) => holders),
      keyOfHolder,
    ),
    changes: uniqueBy(
      rows.flatMap(({ changes }) => changes),
      keyOfChange,
    ),
  };
};

const sorted = ([first, ...others]: Rows): Rows => {
  const [oldest = first, ...later] = [first, ...others].sort(
    (a, b) => compareTexts(a.published ?? "", b.published ?? "") || amountOf(a) - amountOf(b),
  );
  return [oldest, ...later];
};

/** The amount as a number, which serves only to compare and order rows. No figure is made of it. */
const amountOf = ({ amount }: DecpRecord): number => Number(amount ?? Number.NEGATIVE_INFINITY) || 0;

/** What a row states, without what it leaves open. */
const statedIn = (row: DecpRecord): Partial<DecpRecord> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

const keyOfHolder = ({ id, scheme = "" }: Holder): string => JSON.stringify([id, scheme]);

const keyOfChange = ({ id, date, amount, months }: Change): string => JSON.stringify([id, date, amount, months]);

const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];
