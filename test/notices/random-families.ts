import fc from "fast-check";
import {
  amount,
  contract,
  lot as declaredLot,
  notice,
  organisation,
  party,
  result,
  technique,
  tender,
} from "./eforms/notice-xml.ts";

/** What happens to frameworks and contracts, one step after the other; numbers choose among what is there then. */
export interface Step {
  readonly kind: "award" | "change" | "modify" | "callOff" | "recall" | "extend" | "complete";
  readonly picks: readonly [number, number, number, number];
  readonly value: number;
}

/** Frameworks and plain contracts, and what happens to them. */
export interface Script {
  /** Of each family how many lots it has, whether it is a framework agreement, and whether its amounts are in kronor. */
  readonly families: readonly { readonly lots: number; readonly framework: boolean; readonly abroad: boolean }[];
  readonly steps: readonly Step[];
}

const pick = fc.nat({ max: 999 });

export const scripts: fc.Arbitrary<Script> = fc.record({
  families: fc.array(
    fc.record({ lots: fc.integer({ min: 1, max: 3 }), framework: fc.boolean(), abroad: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom<Step["kind"]>(
        "award",
        "award",
        "change",
        "modify",
        "callOff",
        "callOff",
        "recall",
        "extend",
        "complete",
      ),
      picks: fc.tuple(pick, pick, pick, pick),
      value: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 1, maxLength: 9 },
  ),
});

/** A contract signed with one supplier for one lot. */
interface Deal {
  readonly id: string;
  readonly reference: string | undefined;
  readonly lot: string;
  readonly supplier: string;
  readonly value: number;
  readonly currency: string;
  readonly day: number;
}

/** Whether a change is a higher version of what it changes, and not another notice that names it. */
const isVersion = ({ changes, day }: Pick<Told, "changes" | "day">): boolean => changes !== undefined && day % 2 === 0;

/** The day after which a notice has its id. */
const noticeDayOf = (one: Pick<Told, "changes" | "day">): number =>
  isVersion(one) ? (one.changes ?? one.day) : one.day;

/** A notice, whatever its format: what it says is a copy, for things change later. */
export interface Told {
  readonly day: number;
  readonly family: number;
  readonly framework: boolean;
  readonly role: "award" | "modification" | "call-off" | "completion";
  /** The day of the notice whose place it takes. */
  readonly changes: number | undefined;
  /** Of a modification: the day of the notice that it names, if any; and how it says what became of the value. */
  readonly modifies:
    | { readonly named: number | undefined; readonly before: number; readonly says: "growth" | "present" }
    | undefined;
  /** The currency of its ceilings. */
  readonly currency: string;
  readonly deals: readonly Deal[];
  readonly ceilings: ReadonlyMap<string, number>;
  /** Of a call-off: its framework's notice, the family of its procedure if that is the framework's, and its lot there. */
  readonly callOff:
    | {
        readonly key: number;
        readonly of: number;
        /** The day by which its publisher's id goes. */
        readonly ofId: number;
        readonly root: number | string;
        readonly own: boolean;
        readonly lot: string | undefined;
      }
    | undefined;
}

/** What is true of a lot in the end. */
interface LotTruth {
  ceiling: number | undefined;
  readonly seats: Set<string>;
  awarded: number;
  readonly currency: string;
  /** What is certainly ordered on it, and what may be besides. */
  ordered: number;
  possible: number;
  /** Whether anything is said of orders under its framework. */
  told: boolean;
}

interface CallOffTruth {
  readonly key: number;
  readonly day: number;
  readonly of: { readonly family: number } | { readonly callOff: number };
  readonly ofDay: number;
  readonly ofId: number;
  readonly family: number;
  readonly own: boolean;
  readonly lot: string | undefined;
  readonly supplier: string;
  value: number;
  /** By how much it was modified. */
  grown: number;
}

export interface Life {
  readonly told: readonly Told[];
  readonly families: readonly {
    readonly framework: boolean;
    readonly first: number;
    readonly currency: string;
    /** By how much its contracts were modified. */
    readonly grown: ReadonlyMap<string, number>;
    readonly lots: ReadonlyMap<string, LotTruth>;
  }[];
  readonly callOffs: readonly CallOffTruth[];
}

/** The last two of them bid together. */
const SUPPLIERS = ["Alder", "Birch", "Cedar", "Damson", "Elm", "Fir+Gorse"];
const COMPANIES = SUPPLIERS.flatMap((name) => name.split("+"));

export type Format = "eforms" | "ocds" | "ted";

/** What can happen in each format; in the older forms of TED each award is a contract of its own. */
const HAPPENS: Readonly<Record<Format, ReadonlySet<Step["kind"]>>> = {
  eforms: new Set(["award", "change", "modify", "callOff", "recall", "extend", "complete"]),
  ocds: new Set(["award", "change", "modify", "callOff", "recall"]),
  ted: new Set(["modify"]),
};

const choose = <T>(items: readonly T[], number: number): T | undefined => items[number % Math.max(1, items.length)];

/**
 * Plays a script: what its notices say one after the other, and what is true in the end, kept apart from them. A change is
 * the corrected notice in eForms; in OCDS it is how things stand now, and lists only grow: no other supplier won.
 */
export const lifeOf = ({ families, steps }: Script, format: Format): Life => {
  const told: Told[] = [];
  const deals: { deal: Deal; family: number; toldOn: number; repeated: boolean }[] = [];
  const ceilings = families.map(() => new Map<string, number>());
  const ceilingToldOn = families.map(() => new Map<string, number>());
  const modified = families.map(() => new Set<string>());
  const grown = families.map(() => new Map<string, number>());
  /** What contracts are worth as modified. */
  const present = new Map<string, number>();
  const extraSeats = families.map(() => [] as { lot: string; supplier: string }[]);
  const callOffs: CallOffTruth[] = [];
  let day = 0;

  const lotsOf = (family: number): readonly string[] =>
    Array.from({ length: families[family]?.lots ?? 1 }, (_, index) => `LOT-${index + 1}`);
  const isFramework = (family: number): boolean => families[family]?.framework === true;
  const currencyOf = (family: number): string => (families[family]?.abroad === true ? "SEK" : "EUR");
  const base = (family: number) => ({
    day,
    family,
    framework: isFramework(family),
    role: "award" as const,
    changes: undefined,
    modifies: undefined,
    currency: currencyOf(family),
    callOff: undefined,
  });

  const award = (family: number, [, b, c, d]: Step["picks"], value: number): void => {
    const lot = choose(lotsOf(family), b) ?? "LOT-1";
    const repeated = deals.filter((one) => one.family === family && d % 3 === 0);
    for (const one of repeated) one.repeated = true;
    const fresh = Array.from({ length: 1 + (c % 2) }, (_, index): Deal => {
      const id = `K${deals.length + index + 1}`;
      const supplier = choose(SUPPLIERS, c + index) ?? "";
      return {
        id,
        reference: d % 4 === 1 ? undefined : `R/${id}`,
        lot,
        supplier,
        value: value + index,
        // Lots of one contract may be paid in unlike currencies.
        currency: !isFramework(family) && lot === "LOT-3" ? "PLN" : currencyOf(family),
        day: day * 4 + index,
      };
    });
    const said = [...repeated.map(({ deal }) => deal), ...fresh];
    for (const deal of fresh) deals.push({ deal, family, toldOn: day, repeated: false });
    const known = ceilings[family] ?? new Map();
    if (isFramework(family) && format !== "ted" && !known.has(lot)) {
      known.set(lot, value * 10);
      ceilingToldOn[family]?.set(lot, day);
    }
    const lots = new Set(said.map((deal) => deal.lot));
    told.push({ ...base(family), deals: said, ceilings: new Map([...known].filter(([id]) => lots.has(id))) });
  };

  /** Whether the ceiling of a lot is the one that a notice told first. */
  const correctable = (family: number, lot: string, toldOn: number): boolean =>
    ceilingToldOn[family]?.get(lot) === toldOn && modified[family]?.has(lot) === false;

  /** A corrected version of the notice that first told of a deal. */
  const change = ([a, b, c]: Step["picks"], value: number): void => {
    const own = deals.filter(({ deal }) => deal.reference !== undefined);
    const chosen = choose(own, a);
    if (chosen === undefined) return;
    const { family, toldOn } = chosen;
    const before = told.filter((one) => one.role === "award" && (one.day === toldOn || one.changes === toldOn)).at(-1);
    if (before === undefined) return;
    const supplier =
      format === "ocds" || chosen.repeated || b % 2 === 0 ? chosen.deal.supplier : (choose(SUPPLIERS, c) ?? "");
    // What it is worth as modified is known by what it was before: that stays.
    const deal = { ...chosen.deal, value: present.has(chosen.deal.id) ? chosen.deal.value : value, supplier };
    const { lot } = deal;
    chosen.deal = deal;
    const standing = new Map((format === "ocds" ? deals : [chosen]).map((one) => [one.deal.id, one.deal]));
    if (correctable(family, lot, toldOn)) ceilings[family]?.set(lot, value * 9);
    told.push({
      ...base(family),
      changes: toldOn,
      deals: before.deals.map((one) => standing.get(one.id) ?? one),
      ceilings: new Map(
        [...before.ceilings].map(([id, old]) => [
          id,
          format === "ocds" || (id === lot && correctable(family, id, toldOn))
            ? (ceilings[family]?.get(id) ?? old)
            : old,
        ]),
      ),
    });
  };

  const modify = ([a, b, c]: Step["picks"], value: number): void => {
    const chosen = choose(deals, a);
    if (chosen === undefined) return;
    const { family, deal } = chosen;
    const restates = isFramework(family) && format !== "ted" && b % 2 === 0;
    if (restates) {
      ceilings[family]?.set(deal.lot, value * 11);
      modified[family]?.add(deal.lot);
    }
    extraSeats[family]?.push({ lot: deal.lot, supplier: deal.supplier });
    const before = present.get(deal.id) ?? deal.value;
    const first = told.findIndex((one) => one.role === "award" && one.deals.some(({ id }) => id === deal.id));
    // Where contracts have no reference of the buyer's, nothing tells which of a lot is meant: what it is worth is not known.
    const says = deal.reference !== undefined && !isFramework(family) && c % 2 === 0 ? "present" : "growth";
    if (format === "eforms" || (format === "ted" && !isFramework(family))) {
      present.set(deal.id, before + value);
      grown[family]?.set(deal.currency, (grown[family]?.get(deal.currency) ?? 0) + value);
    }
    told.push({
      ...base(family),
      role: "modification",
      modifies: { named: format === "ted" || c % 3 === 0 ? told[first]?.day : undefined, before, says },
      deals: [{ ...deal, value: says === "present" ? before + value : value }],
      ceilings: new Map(restates ? [[deal.lot, value * 11]] : []),
    });
  };

  const callOff = ([a, b, c, d]: Step["picks"], value: number): void => {
    const parents = told.filter((one) => one.framework && one.role !== "modification");
    const parent = choose(parents, a);
    if (parent === undefined) return;
    const of = parent.callOff === undefined ? { family: parent.family } : { callOff: parent.callOff.key };
    const own = parent.callOff === undefined && b % 2 === 0;
    const lot = choose(
      [...new Set(deals.filter((one) => one.family === parent.family).map(({ deal }) => deal.lot))],
      c,
    );
    const truth: CallOffTruth = {
      key: callOffs.length,
      day,
      of,
      ofDay: parent.day,
      ofId: noticeDayOf(parent),
      family: parent.family,
      own,
      lot: own || d % 2 === 0 ? lot : undefined,
      supplier: choose(SUPPLIERS, d) ?? "",
      value,
      grown: 0,
    };
    callOffs.push(truth);
    told.push(toldOf(truth, undefined));
  };

  const toldOf = (truth: CallOffTruth, changes: number | undefined): Told => ({
    ...base(truth.family),
    role: "call-off",
    changes,
    deals: [
      {
        id: `C${truth.key}`,
        reference: `C/${truth.key}`,
        lot: truth.lot ?? "LOT-1",
        supplier: truth.supplier,
        value: truth.value,
        currency: currencyOf(truth.family),
        day: truth.day * 4,
      },
    ],
    ceilings: new Map(),
    callOff: {
      key: truth.key,
      of: truth.ofDay,
      ofId: truth.ofId,
      root: "family" in truth.of ? truth.of.family : `c${truth.of.callOff}`,
      own: truth.own,
      lot: truth.lot,
    },
  });

  /** A modification of what was called off: by its notice, its framework or its reference known as that. */
  const extend = ([a, b, c]: Step["picks"], value: number): void => {
    const chosen = choose(callOffs, a);
    if (chosen === undefined) return;
    const before = chosen.value + chosen.grown;
    const says = c % 2 === 0 ? "growth" : "present";
    chosen.grown += value;
    const one = toldOf(chosen, undefined);
    told.push({
      ...one,
      role: "modification",
      modifies: { named: b % 3 === 0 ? undefined : chosen.day, before, says },
      deals: one.deals.map((deal) => ({ ...deal, value: says === "growth" ? value : before + value })),
    });
  };

  /** A notice of what was paid in the end, which is neither awarded nor ordered. */
  const complete = ([a]: Step["picks"], value: number): void => {
    const chosen = choose(deals, a);
    if (chosen === undefined) return;
    told.push({ ...base(chosen.family), role: "completion", deals: [{ ...chosen.deal, value }], ceilings: new Map() });
  };

  const recall = ([a]: Step["picks"], value: number): void => {
    const chosen = choose(callOffs, a);
    if (chosen === undefined) return;
    if (chosen.grown === 0) chosen.value = value;
    told.push(toldOf(chosen, chosen.day));
  };

  for (const [family] of families.entries()) {
    day++;
    award(family, [0, 0, family, 1 + family], 40 + family);
  }
  for (const { kind, picks, value } of steps) {
    day++;
    if (!HAPPENS[format].has(kind)) continue;
    if (kind === "award") award(picks[0] % families.length, picks, value);
    else if (kind === "change") change(picks, value);
    else if (kind === "modify") modify(picks, value);
    else if (kind === "callOff") callOff(picks, value);
    else if (kind === "recall") recall(picks, value);
    else if (kind === "extend") extend(picks, value);
    else complete(picks, value);
  }

  return {
    told,
    callOffs,
    families: families.map(({ framework }, family) => {
      const own = deals.filter((one) => one.family === family).map(({ deal }) => deal);
      const lots = new Map<string, LotTruth>();
      for (const id of [...new Set(own.map(({ lot }) => lot))].sort()) {
        const ofLot = own.filter(({ lot }) => lot === id);
        const extra = (extraSeats[family] ?? []).filter(({ lot }) => lot === id).map(({ supplier }) => supplier);
        lots.set(id, {
          ceiling: ceilings[family]?.get(id),
          seats: new Set([...ofLot.map(({ supplier }) => supplier), ...extra]),
          awarded: ofLot.reduce((sum, { value }) => sum + value, 0),
          currency: ofLot[0]?.currency ?? "",
          ordered: 0,
          possible: 0,
          told: false,
        });
      }
      return { framework, first: family + 1, currency: currencyOf(family), grown: grown[family] ?? new Map(), lots };
    }),
  };
};

/** Adds what call-offs use up of the lots of frameworks; `names` tells which lot of its framework a call-off names. */
export const withOrders = (life: Life, names: (callOff: CallOffTruth) => string | undefined): Life => {
  for (const callOff of life.callOffs) {
    if (!("family" in callOff.of)) continue;
    const lots = life.families[callOff.of.family]?.lots ?? new Map<string, LotTruth>();
    for (const lot of lots.values()) lot.told = true;
    const named = lots.get(names(callOff) ?? "");
    const held = [...lots.values()].filter(({ seats }) => seats.has(callOff.supplier));
    const places = named !== undefined ? [named] : held.length > 0 ? held : [...lots.values()];
    for (const lot of places) lot[places.length === 1 ? "ordered" : "possible"] += callOff.value + callOff.grown;
  }
  return life;
};

const dateOf = (day: number): string => new Date(Date.UTC(2024, 0, day)).toISOString().slice(0, 10);

export const numberOf = (day: number): string => `${String(day).padStart(8, "0")}-2024`;

/** The id of a notice: a change is a higher version of it, or another notice that names it. */
const noticeIdOf = (day: number): string => `5f0c7f9e-0000-4000-8000-${String(day).padStart(12, "0")}`;

const FORMS: Readonly<Record<Told["role"], string>> = {
  award: "result",
  "call-off": "result",
  modification: "cont-modif",
  completion: "completion",
};

/** The number of its procedure in eForms. */
export const procedureOf = ({ family, callOff }: Pick<Told, "family" | "callOff">): string => {
  const number = callOff === undefined || callOff.own ? family : 100 + callOff.key;
  return `11111111-2222-4333-8444-${String(number).padStart(12, "0")}`;
};

/** The notice of eForms that says what is told. */
export const eformsOf = (one: Told): string => {
  const { day, role, framework, changes, modifies, deals, ceilings, callOff, currency } = one;
  const suppliers = [...new Set(deals.map(({ supplier }) => supplier))];
  const lots = [...new Set(deals.map(({ lot }) => lot))];
  const org = (name: string): string => `ORG-${COMPANIES.indexOf(name) + 1}`;
  const tpa = (name: string): string => `TPA-${SUPPLIERS.indexOf(name) + 1}`;
  const isValued = role !== "award" || !framework;
  const calls =
    callOff === undefined
      ? ""
      : `<efbc:ContractFrameworkIndicator>true</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>${callOff.key % 2 === 0 ? numberOf(callOff.of) : `${noticeIdOf(callOff.ofId)}-01`}</cbc:ID></cac:NoticeDocumentReference>`;
  const names =
    changes === undefined || isVersion(one)
      ? ""
      : `<efac:Changes><efbc:ChangedNoticeIdentifier>${numberOf(changes)}</efbc:ChangedNoticeIdentifier></efac:Changes>`;
  const modification =
    role === "modification"
      ? `<efac:ContractModification>${modifies?.named === undefined ? "" : `<efbc:ChangedNoticeIdentifier>${numberOf(modifies.named)}</efbc:ChangedNoticeIdentifier>`}<efac:ChangeReason><cbc:ReasonCode>mod-cir</cbc:ReasonCode></efac:ChangeReason></efac:ContractModification>`
      : "";
  return notice({
    noticeId: noticeIdOf(noticeDayOf(one)),
    version: String(day).padStart(2, "0"),
    number: numberOf(day),
    published: `${dateOf(day)}Z`,
    procedure: procedureOf(one),
    form: FORMS[role],
    changes: names + modification,
    organisations: COMPANIES.map((name) =>
      organisation(org(name), name, { legalId: `12345${name.length}${name.charCodeAt(0)}`, country: "DEU" }),
    ).join(""),
    results:
      (modifies?.says === "present"
        ? deals.map(({ value }) => amount("cbc:TotalAmount", `${deals[0]?.currency} ${value}`))
        : []
      ).join("") +
      lots
        .map((lot) => {
          const own = deals.filter((deal) => deal.lot === lot);
          const maximum = ceilings.get(lot);
          return result(lot, {
            ...(role === "modification" ? {} : { status: "selec-w" }),
            tenders: own.map(({ id }) => `TEN-${id}`),
            contracts: own.map(({ id }) => `CON-${id}`),
            ...(maximum !== undefined && { maximum: `${currency} ${maximum}` }),
          });
        })
        .join("") +
      deals
        .map(({ id, lot, supplier, value, currency: own }) =>
          tender(`TEN-${id}`, { party: tpa(supplier), lot, ...(isValued && { value: `${own} ${value}` }) }),
        )
        .join("") +
      deals
        .map(({ id, reference, day: signed }) =>
          contract(`CON-${id}`, {
            tenders: [`TEN-${id}`],
            more: `<cbc:IssueDate>${dateOf(signed - 400)}Z</cbc:IssueDate>${reference === undefined ? "" : `<efac:ContractReference><cbc:ID>${reference}</cbc:ID></efac:ContractReference>`}${calls}`,
          }),
        )
        .join("") +
      suppliers.map((name) => party(tpa(name), name.split("+").map(org))).join(""),
    lots: lots.map((lot) => declaredLot(lot, framework && callOff === undefined ? technique("fa-wo-rc") : "")).join(""),
  });
};

export const ocidOf = ({ family, callOff }: Pick<Told, "family" | "callOff">): string =>
  callOff === undefined ? `ocds-zz-f${family}` : `ocds-zz-c${callOff.key}`;

/** The release of OCDS that says what is told, with what it calls its tender. */
export const ocdsOf = (one: Told, tender = "t"): object => {
  const { day, role, framework, deals, ceilings, callOff, currency } = one;
  const companies = [...new Set(deals.flatMap(({ supplier }) => supplier.split("+")))];
  const isValued = callOff !== undefined || (!framework && role === "award");
  const lots = [...new Set(deals.map(({ lot }) => lot))];
  return {
    ocid: ocidOf(one),
    id: numberOf(day),
    date: `${dateOf(day)}T00:00:00Z`,
    tag: [role],
    tender: {
      id: tender,
      ...(framework && callOff === undefined && { techniques: { hasFrameworkAgreement: true } }),
      lots: lots.map((id) => ({
        id,
        ...(ceilings.has(id) && { maximumValue: { amount: ceilings.get(id), currency } }),
      })),
    },
    bids: {
      details: deals.map(({ id, supplier }) => ({
        id,
        tenderers: supplier.split("+").map((name) => ({ id: name, name })),
      })),
    },
    awards: deals.map(({ id, lot, supplier, value, currency: own }) => ({
      id,
      status: "active",
      suppliers: supplier.split("+").map((name) => ({ id: name, name })),
      relatedBids: [id],
      relatedLots: [lot],
      ...(isValued && { value: { amount: value, currency: own } }),
    })),
    parties: companies.map((name) => ({
      id: name,
      name,
      roles: ["supplier"],
      identifier: { scheme: "DE-X", id: `L${name}` },
    })),
    ...(callOff !== undefined && {
      relatedProcesses: [
        {
          id: "1",
          relationship: ["framework"],
          identifier: typeof callOff.root === "number" ? `ocds-zz-f${callOff.root}` : `ocds-zz-${callOff.root}`,
          ...(callOff.lot !== undefined && { relatedLots: [callOff.lot] }),
        },
      ],
    }),
  };
};

const journalNumberOf = (day: number): string => `2024/S 001-${String(day).padStart(6, "0")}`;

const contractorsOf = (supplier: string): string => {
  const names = supplier.split("+");
  const each = names.map(
    (name) => `<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>${name}</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR>`,
  );
  return `<CONTRACTORS>${names.length > 1 ? "<AWARDED_TO_GROUP/>" : "<NO_AWARDED_TO_GROUP/>"}${each.join("")}</CONTRACTORS>`;
};

const figure = (element: string, currency: string, value: number): string =>
  `<${element} CURRENCY="${currency}">${value}</${element}>`;

/** The notice in the older forms of TED that says what is told: F03, and F20 for a modification. */
export const tedOf = (one: Told): string => {
  const { day, framework, deals, modifies } = one;
  const lots = [...new Set(deals.map(({ lot }) => lot))];
  const awards = deals.map(({ id, lot, supplier, value, currency }) => {
    const total = figure("VAL_TOTAL", currency, modifies === undefined ? value : modifies.before);
    const values = framework ? "" : `<VALUES>${total}</VALUES>`;
    return `<AWARD_CONTRACT><CONTRACT_NO>${id}</CONTRACT_NO><LOT_NO>${lot}</LOT_NO><AWARDED_CONTRACT>${contractorsOf(supplier)}${values}</AWARDED_CONTRACT></AWARD_CONTRACT>`;
  });
  const named =
    modifies?.named === undefined ? "" : `<NOTICE_NUMBER_OJ>${journalNumberOf(modifies.named)}</NOTICE_NUMBER_OJ>`;
  const changes = deals.map(({ supplier, value, currency }) => {
    if (modifies === undefined) return "";
    const after = modifies.says === "present" ? value : modifies.before + value;
    const values = framework
      ? ""
      : `<VALUES>${figure("VAL_TOTAL_BEFORE", currency, modifies.before)}${figure("VAL_TOTAL_AFTER", currency, after)}</VALUES>`;
    return `<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT>${contractorsOf(supplier)}</DESCRIPTION_PROCUREMENT><INFO_MODIFICATIONS>${values}</INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>`;
  });
  const form = modifies === undefined ? "F03_2014" : "F20_2014";
  const objects = lots.map((lot) => `<OBJECT_DESCR><LOT_NO>${lot}</LOT_NO></OBJECT_DESCR>`).join("");
  return `<TED_EXPORT DOC_ID="${day}-2024"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>${dateOf(day).replaceAll("-", "")}</DATE_PUB></REF_OJS><NOTICE_DATA><NO_DOC_OJS>${journalNumberOf(day)}</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION><${form} CATEGORY="ORIGINAL"><OBJECT_CONTRACT>${objects}</OBJECT_CONTRACT><PROCEDURE>${framework ? "<FRAMEWORK/>" : ""}${named}</PROCEDURE>${awards.join("")}${changes.join("")}</${form}></FORM_SECTION></TED_EXPORT>`;
};
