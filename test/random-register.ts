import fc from "fast-check";
import { NATURES, PROCEDURE_TYPES, REGIMES, VAT_BASES } from "../src/records/contract.ts";
import { CALL_OFF_MECHANISMS, LOT_STATUSES } from "../src/records/lot.ts";
import { MODIFICATION_GROUNDS } from "../src/records/modification.ts";
import { COMPANY_SIZES } from "../src/records/supplier.ts";
import type { Plain, PlainMap } from "../src/syntax/plain.ts";

/**
 * Registers with anything that the format has, as their files would write them: texts, lists and maps. What refers to
 * something refers to what is there, so every one of them can be read.
 */

type Fields = Readonly<Record<string, fc.Arbitrary<Plain>>>;

export interface WrittenRegister {
  readonly sources: readonly PlainMap[];
  readonly suppliers: readonly PlainMap[];
  readonly contracts: readonly PlainMap[];
  readonly queries: readonly PlainMap[];
  readonly ignore: readonly PlainMap[];
}

const ODD = [
  ...["a: b", "x # y", "- dash", "? mark", "it's", 'say "so"', "back\\slash", "#hash", "[in, brackets]", "{ a: b }"],
  ...["yes", "No", "null", "~", "true", "01", "1.10", "0x1F", "1e3", "2016", "2016-02", "12:30", "@at", "`tick`", "%x"],
  ...[
    "Télécom",
    "Łódź",
    "日本 電気",
    "👩‍👩‍👧",
    "\u202eright to left",
    "no-break\u00a0space",
    "two\nlines",
    "ends\n",
    "\ta tab",
  ],
  ...[
    " leads",
    "trails ",
    "three\n\nlines\n",
    "  indented\nless",
    "&anchor",
    "*alias",
    "!tag",
    "|",
    ">",
    "a,b",
    "=1+1",
    "a:",
  ],
];

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("Networks", "Support for ports", "Radar 2", "A B", "x") },
  { weight: 2, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
);

const currencies = fc.constantFrom("EUR", "EUR", "EUR", "USD", "JPY");
const figures = fc.oneof(
  fc.constantFrom("0", "10.2M", "700,000", "1.25M", "300k", "2bn"),
  fc.nat(99_999_999).map(String),
);
const orWithheld = (amount: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 6, arbitrary: amount }, { weight: 1, arbitrary: fc.constant("withheld") });
/** Ceilings and what changes them are in one unit. */
const plainIn = (currency: string) => figures.map((figure) => `${currency} ${figure}`);
const moneyIn = (currency: string) =>
  fc.oneof(
    { weight: 8, arbitrary: figures.map((figure) => `${currency} ${figure}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        `${currency} 5 incl. VAT`,
        `${currency} 7M excl. VAT`,
        `${currency} 9 (stated as 8.9951)`,
      ),
    },
  );
const money = currencies.chain(moneyIn);
/** Quantities of one unit, which is not always written alike. */
const counted = fc
  .tuple(fc.oneof(figures, fc.constantFrom("12.5", "0.25")), fc.constantFrom("GPU hours", "gpu hours"))
  .map(([figure, unit]) => `${figure} ${unit}`);
const amounts = orWithheld(money);
/** What contracts are worth may be less than zero (T10e). */
const worth = fc.oneof(
  { weight: 6, arbitrary: amounts },
  { weight: 1, arbitrary: fc.constantFrom("EUR -5k", "-7 USD") },
);
const awarded: fc.Arbitrary<Plain> = fc.oneof<fc.Arbitrary<Plain>[]>(
  worth,
  money.map((amount) => `at least ${amount}`),
  fc.constantFrom(["EUR 1M", "USD -250k"], ["at least JPY 5", "EUR 1.5M"], "between EUR -3 and EUR 5"),
);
const dates = fc.constantFrom("2015", "2016-02", "2016-02-29", "2024-03-24", "2024-03-24+02:00", "2019-12");
const durations = fc.constantFrom("4 years", "18 months", "1 year");
const terms = fc.oneof(
  durations,
  fc.constantFrom(
    "2 years + 2 renewals of 1 year",
    "1000 days + 1 renewal of 26 weeks + 1 renewal of 6 months",
    "1 year + tacit renewals of 1 year",
  ),
);
const quantities = fc.constantFrom("56", "about 50", "75 %", "2,500 virtual machines", "9");
const cpv = fc.uniqueArray(fc.constantFrom("72000000", "72000000-5", "03000000", "48000000"), { minLength: 1 });
const words = fc.array(texts, { minLength: 1, maxLength: 3 });
const countries = fc.constantFrom("BE", "NO", "ES");
const YES = fc.constant("yes");
const PLACES = ["s1", "s1 3", "s2", "s2#BT-709", "s3 article 4", "s3 II.2.6"];
export const SOURCE_IDS = ["s1", "s2", "s3"];
const SUPPLIER_IDS = ["a", "b", "c"];
const LOT_IDS = ["1", "01", "1.10", "LOT-0001", "NO"];

/** One value, or what each source says. */
const fact = (value: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> => {
  const claims = fc
    .uniqueArray(fc.constantFrom(...PLACES), { minLength: 1, maxLength: 3 })
    .chain((places) => fc.tuple(...places.map((place) => fc.tuple(fc.constant(place), value))))
    .map((said) => Object.fromEntries(said));
  return fc.oneof<fc.Arbitrary<Plain>[]>(value, value, claims);
};

/** A record with the given fields, and any of the others. */
const record = (required: Fields, optional: Fields): fc.Arbitrary<PlainMap> =>
  fc.tuple(fc.record(required), fc.record(optional, { requiredKeys: [] })).map(([must, may]) => {
    const entries = Object.entries({ ...must, ...may });
    return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
  });

const listOf = (item: fc.Arbitrary<Plain>, minLength = 1): fc.Arbitrary<readonly Plain[]> =>
  fc.array(item, { minLength, maxLength: 3 });

/** Some of the ids, each with its record. */
const someOf = (ids: readonly string[], recordOf: (id: string) => fc.Arbitrary<PlainMap>) =>
  fc.subarray([...ids], { minLength: 1 }).chain((chosen) => fc.tuple(...chosen.map(recordOf)));

const seats: fc.Arbitrary<readonly Plain[]> = fc.subarray(SUPPLIER_IDS);

const members = record({ name: texts }, { country: countries, legalId: texts, lead: YES });

const URL = fc.constantFrom("https://example.org/guide", "http://example.org/?a=b#c");

const sourceOf = (source: string): fc.Arbitrary<PlainMap> =>
  record(
    { source: fc.constant(source), title: texts },
    { url: URL, publisher: texts, reference: texts, date: dates, language: texts, locator: texts, note: texts },
  );

/** A supplier, whose names are no other's. */
const supplierOf = (supplier: string): fc.Arbitrary<PlainMap> => {
  const names = texts.map((text) => `${text} ${supplier}`);
  // Only into a later one, so that nobody ends up merged into itself.
  const later = SUPPLIER_IDS.slice(SUPPLIER_IDS.indexOf(supplier) + 1);
  const seats = { contract: fc.constantFrom("k", "C-1"), lot: fc.constantFrom("1", "2") };
  const successions = fc.oneof(
    record({ renamed: dates, from: names }, {}),
    record({ left: dates }, seats),
    ...later.map((into) => record({ merged: dates, into: fc.constant(into) }, seats)),
  );
  return record(
    { supplier: fc.constant(supplier), name: fact(names) },
    {
      source: fc.constantFrom(...PLACES),
      kind: fc.constantFrom("company", "grouping"),
      aliases: listOf(names),
      members: fact(listOf(members)),
      country: fact(countries),
      legalId: texts,
      size: fact(fc.constantFrom(...COMPANY_SIZES)),
      successions: listOf(successions),
      note: texts,
    },
  );
};

const lotOf = (lot: string, currency: string): fc.Arbitrary<PlainMap> =>
  fc
    .tuple(
      ...[
        ["ceiling", "ceilingPerSupplier"],
        ["quantity", "quantityPerSupplier"],
      ].map((of) => fc.constantFrom(...of)),
    )
    .chain(([ceiling = "ceiling", quantity = "quantity"]) =>
      record(
        { lot: fc.constant(lot) },
        {
          title: texts,
          source: fc.constantFrom(...PLACES),
          status: fc.constantFrom(...LOT_STATUSES),
          service: fact(texts),
          deployment: fact(texts),
          longTermReason: fact(texts),
          [ceiling]: fact(orWithheld(plainIn(currency))),
          [quantity]: fact(orWithheld(counted)),
          estimate: fact(amounts),
          reestimate: fact(amounts),
          awarded: fact(awarded),
          cpv: fact(cpv),
          startDate: fact(dates),
          endDate: fact(dates),
          latestEndDate: fact(dates),
          term: fact(terms),
          callOff: fact(fc.constantFrom(...CALL_OFF_MECHANISMS)),
          awardCriteria: fact(texts),
          offers: fact(quantities),
          suppliers: fact(seats),
          calledHere: fc
            .subarray(SUPPLIER_IDS, { minLength: 1 })
            .map((ids) => Object.fromEntries(ids.map((id) => [id, `${id} here`]))),
          subcontractors: fact(words),
          note: texts,
        },
      ),
    );

const groupOf = (group: string, lots: readonly string[], currency: string): fc.Arbitrary<PlainMap> =>
  record(
    { group: fc.constant(group), lots: fc.subarray([...lots], { minLength: 1 }) },
    {
      title: texts,
      source: fc.constantFrom(...PLACES),
      ceiling: fact(orWithheld(plainIn(currency))),
      quantity: fact(orWithheld(counted)),
      reestimate: fact(amounts),
      certain: fc.constantFrom("yes", "no"),
      note: texts,
    },
  );

/** Decisions about renewals, one after the other; after a declined one there is none. */
const renewals = fc
  .tuple(fc.subarray(["1"]), fc.constantFrom("exercised", "declined"), dates)
  .map(([before, decision, date]): readonly PlainMap[] => [
    ...before.map((renewal) => ({ renewal, exercised: "2015" })),
    { renewal: String(before.length + 1), [decision]: date },
  ]);

/** What a contract may say beside its lots that refers to them. */
const aboutLots = (lots: readonly string[], currency: string): Fields => {
  const some = fc.subarray([...lots], { minLength: 1 });
  const one = fc.constantFrom(...lots);
  const modificationOf = (id: string) =>
    record(
      { modification: fc.constant(id), date: dates },
      {
        source: fc.constantFrom(...PLACES),
        lot: one,
        settled: texts,
        amount: plainIn(currency),
        quantity: counted,
        value: plainIn(currency),
        total: plainIn(currency),
        startDate: dates,
        endDate: dates,
        term: terms,
        suppliers: seats,
        ground: fc.constantFrom(...MODIFICATION_GROUNDS),
        title: texts,
        note: texts,
      },
    );
  const orderOf = (id: string) =>
    record(
      { order: fc.constant(id), amount: money },
      {
        lot: one,
        supplier: fc.constantFrom(...SUPPLIER_IDS),
        quantity: counted,
        buyer: texts,
        date: dates,
        description: texts,
        declinedBy: texts,
      },
    );
  const settledOf = (id: string) =>
    record(
      { settled: fc.constant(id), lots: some },
      {
        reference: texts,
        title: texts,
        suppliers: seats,
        awardDate: dates,
        signedDate: dates,
        value: worth,
        callOffOf: texts,
      },
    );
  return {
    groups: fc.tuple(groupOf("A", lots, currency), groupOf("B", lots, currency)),
    modifications: someOf(["M1", "M2"], modificationOf),
    orders: someOf(["PO-1", "PO-2"], orderOf),
    settledContracts: someOf(["CON-0001", "x y"], settledOf),
    sharedAwards: listOf(record({ lots: some, value: awarded }, {})),
  };
};

const ABOUT_CONTRACT: Fields = {
  title: texts,
  description: texts,
  source: fc.constantFrom(...PLACES),
  framework: fc.constantFrom("yes", "no"),
  procedure: texts,
  regime: fc.constantFrom(...REGIMES),
  procedureType: fact(fc.constantFrom(...PROCEDURE_TYPES)),
  directAward: fact(words),
  longTermReason: fact(texts),
  nature: fact(fc.constantFrom(...NATURES)),
  buyerCountry: fact(countries),
  vat: fc.constantFrom(...VAT_BASES),
  cpv: fact(cpv),
  buyer: fact(texts),
  jointBuyers: fact(words),
  users: fact(words),
  coordinator: fact(texts),
  callDate: fact(dates),
  awardDate: fact(dates),
  startDate: fact(dates),
  endDate: fact(dates),
  latestEndDate: fact(dates),
  firstUse: fact(dates),
  term: fact(terms),
  maximumDuration: fact(durations),
  noticePeriod: fact(durations),
  leadTime: fact(durations),
  reviewDate: fact(dates),
  splitBelow: fact(amounts),
  splitDays: fact(quantities),
  estimate: fact(amounts),
  reestimate: fact(amounts),
  awarded: fact(worth),
  participants: fact(quantities),
  supplierOrigins: fact(listOf(quantities)),
  tenderers: fact(quantities),
  offers: fact(quantities),
  capacity: fact(listOf(quantities)),
  reservedShare: fact(quantities),
  reservedFor: fact(words),
  dataLocation: fact(words),
  note: texts,
  renewals: renewals,
  callOffOf: texts,
  callOffLots: fc.subarray([...LOT_IDS], { minLength: 1 }),
  otherFrameworks: listOf(texts),
  publications: listOf(
    record(
      { publication: texts },
      {
        version: texts,
        noticeId: texts,
        date: dates,
        kind: texts,
        file: texts,
        did: texts,
        maximum: amounts,
        deadline: dates,
      },
    ),
  ),
  notes: listOf(record({ rule: texts, text: texts }, {})),
  tags: words,
  ignore: listOf(record({ rule: fc.constantFrom("D2", "T4-sum"), reason: texts }, {})),
  links: listOf(fc.oneof<fc.Arbitrary<Plain>[]>(URL, record({ url: URL }, { title: texts }))),
};

const contractOf = (contract: string): fc.Arbitrary<PlainMap> =>
  fc.tuple(fc.subarray(LOT_IDS, { minLength: 1, maxLength: 3 }), currencies).chain(([lots, currency]) =>
    record(
      { contract: fc.constant(contract), lots: fc.tuple(...lots.map((lot) => lotOf(lot, currency))) },
      {
        ...ABOUT_CONTRACT,
        ceiling: fact(orWithheld(plainIn(currency))),
        quantity: fact(orWithheld(counted)),
        ...aboutLots(lots, currency),
      },
    ),
  );

export const randomRegister: fc.Arbitrary<WrittenRegister> = fc.record({
  sources: fc.tuple(...SOURCE_IDS.map(sourceOf)),
  suppliers: fc.tuple(...SUPPLIER_IDS.map(supplierOf)),
  contracts: fc.integer({ min: 1, max: 2 }).chain((count) => fc.tuple(...["c1", "c2"].slice(0, count).map(contractOf))),
  queries: fc.constantFrom<readonly PlainMap[]>(
    [],
    [{ query: "late", find: "latestEnd:..today", note: "Asked each month." }],
  ),
  ignore: fc.constantFrom<readonly PlainMap[]>(
    [],
    [{ rule: "T2", reason: "known", supplier: "a" }],
    [
      { rule: "N3-rounding", reason: "minutes round" },
      { rule: "D2", reason: "as agreed", contract: "c1" },
    ],
  ),
});
