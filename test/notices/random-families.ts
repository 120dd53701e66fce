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
  readonly kind: "award" | "change" | "modify" | "callOff" | "recall";
  readonly picks: readonly [number, number, number, number];
  readonly value: number;
}

/** Frameworks and plain contracts, and what happens to them. */
export interface Script {
  /** Of each family how many lots it has, and whether it is a framework agreement. */
  readonly families: readonly { readonly lots: number; readonly framework: boolean }[];
  readonly steps: readonly Step[];
}

const pick = fc.nat({ max: 999 });

export const scripts: fc.Arbitrary<Script> = fc.record({
  families: fc.array(fc.record({ lots: fc.integer({ min: 1, max: 3 }), framework: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom<Step["kind"]>("award", "award", "change", "modify", "callOff", "callOff", "recall"),
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
  readonly day: number;
}

/** A notice, whatever its format: what it says is a copy, for things change later. */
export interface Told {
  readonly day: number;
  readonly family: number;
  readonly framework: boolean;
  readonly role: "award" | "modification" | "call-off";
  /** The day of the notice whose place it takes. */
  readonly changes: number | undefined;
  readonly deals: readonly Deal[];
  readonly ceilings: ReadonlyMap<string, number>;
  /** Of a call-off: its framework's notice, the family of its procedure if that is the framework's, and its lot there. */
  readonly callOff:
    | {
        readonly key: number;
        readonly of: number;
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
  readonly family: number;
  readonly own: boolean;
  readonly lot: string | undefined;
  readonly supplier: string;
  value: number;
}

export interface Life {
  readonly told: readonly Told[];
  readonly families: readonly {
    readonly framework: boolean;
    readonly first: number;
    readonly lots: ReadonlyMap<string, LotTruth>;
  }[];
  readonly callOffs: readonly CallOffTruth[];
}

const SUPPLIERS = ["Alder", "Birch", "Cedar", "Damson", "Elm"];

const choose = <T>(items: readonly T[], number: number): T | undefined => items[number % Math.max(1, items.length)];

/**
 * Plays a script: what its notices say one after the other, and what is true in the end, kept apart from them. A change is
 * the corrected notice in eForms; in OCDS it is how things stand now, and lists only grow: no other supplier won.
 */
export const lifeOf = ({ families, steps }: Script, format: "eforms" | "ocds"): Life => {
  const told: Told[] = [];
  const deals: { deal: Deal; family: number; toldOn: number; repeated: boolean }[] = [];
  const ceilings = families.map(() => new Map<string, number>());
  const ceilingToldOn = families.map(() => new Map<string, number>());
  const modified = families.map(() => new Set<string>());
  const extraSeats = families.map(() => [] as { lot: string; supplier: string }[]);
  const callOffs: CallOffTruth[] = [];
  let day = 0;

  const lotsOf = (family: number): readonly string[] =>
    Array.from({ length: families[family]?.lots ?? 1 }, (_, index) => `LOT-${index + 1}`);
  const isFramework = (family: number): boolean => families[family]?.framework === true;
  const base = (family: number) => ({
    day,
    family,
    framework: isFramework(family),
    role: "award" as const,
    changes: undefined,
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
        day: day * 4 + index,
      };
    });
    const said = [...repeated.map(({ deal }) => deal), ...fresh];
    for (const deal of fresh) deals.push({ deal, family, toldOn: day, repeated: false });
    const known = ceilings[family] ?? new Map();
    if (isFramework(family) && !known.has(lot)) {
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
    const deal = { ...chosen.deal, value, supplier };
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

  const modify = ([a, b]: Step["picks"], value: number): void => {
    const chosen = choose(deals, a);
    if (chosen === undefined) return;
    const { family, deal } = chosen;
    const restates = isFramework(family) && b % 2 === 0;
    if (restates) {
      ceilings[family]?.set(deal.lot, value * 11);
      modified[family]?.add(deal.lot);
    }
    extraSeats[family]?.push({ lot: deal.lot, supplier: deal.supplier });
    told.push({
      ...base(family),
      role: "modification",
      deals: [{ ...deal, value }],
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
      family: parent.family,
      own,
      lot: own || d % 2 === 0 ? lot : undefined,
      supplier: choose(SUPPLIERS, d) ?? "",
      value,
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
        day: truth.day * 4,
      },
    ],
    ceilings: new Map(),
    callOff: {
      key: truth.key,
      of: truth.ofDay,
      root: "family" in truth.of ? truth.of.family : `c${truth.of.callOff}`,
      own: truth.own,
      lot: truth.lot,
    },
  });

  const recall = ([a]: Step["picks"], value: number): void => {
    const chosen = choose(callOffs, a);
    if (chosen === undefined) return;
    chosen.value = value;
    told.push(toldOf(chosen, chosen.day));
  };

  for (const [family] of families.entries()) {
    day++;
    award(family, [0, 0, family, 1 + family], 40 + family);
  }
  for (const { kind, picks, value } of steps) {
    day++;
    if (kind === "award") award(picks[0] % families.length, picks, value);
    else if (kind === "change") change(picks, value);
    else if (kind === "modify") modify(picks, value);
    else if (kind === "callOff") callOff(picks, value);
    else recall(picks, value);
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
          ordered: 0,
          possible: 0,
          told: false,
        });
      }
      return { framework, first: family + 1, lots };
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
    for (const lot of places) lot[places.length === 1 ? "ordered" : "possible"] += callOff.value;
  }
  return life;
};

const dateOf = (day: number): string => new Date(Date.UTC(2024, 0, day)).toISOString().slice(0, 10);

export const numberOf = (day: number): string => `${String(day).padStart(8, "0")}-2024`;

const eur = (value: number): string => `EUR ${value}`;

/** The id of a notice: a change is a higher version of it, or another notice that names it. */
const noticeIdOf = (day: number): string => `5f0c7f9e-0000-4000-8000-${String(day).padStart(12, "0")}`;

/** The notice of eForms that says what is told. */
export const eformsOf = (one: Told): string => {
  const { day, family, role, framework, changes, deals, ceilings, callOff } = one;
  const suppliers = [...new Set(deals.map(({ supplier }) => supplier))];
  const lots = [...new Set(deals.map(({ lot }) => lot))];
  const org = (name: string): string => `ORG-${SUPPLIERS.indexOf(name) + 1}`;
  const tpa = (name: string): string => `TPA-${SUPPLIERS.indexOf(name) + 1}`;
  const isValued = role !== "award" || !framework;
  const isVersion = changes !== undefined && day % 2 === 0;
  const calls =
    callOff === undefined
      ? ""
      : `<efbc:ContractFrameworkIndicator>true</efbc:ContractFrameworkIndicator><cac:NoticeDocumentReference><cbc:ID>${numberOf(callOff.of)}</cbc:ID></cac:NoticeDocumentReference>`;
  const procedure = callOff === undefined || callOff.own ? family : 100 + callOff.key;
  const names =
    changes === undefined || isVersion
      ? ""
      : `<efac:Changes><efbc:ChangedNoticeIdentifier>${numberOf(changes)}</efbc:ChangedNoticeIdentifier></efac:Changes>`;
  const modifies =
    role === "modification"
      ? `<efac:ContractModification><efac:ChangeReason><cbc:ReasonCode>mod-cir</cbc:ReasonCode></efac:ChangeReason></efac:ContractModification>`
      : "";
  return notice({
    noticeId: noticeIdOf(isVersion ? changes : day),
    version: String(day).padStart(2, "0"),
    number: numberOf(day),
    published: `${dateOf(day)}Z`,
    procedure: `11111111-2222-4333-8444-${String(procedure).padStart(12, "0")}`,
    form: role === "modification" ? "cont-modif" : "result",
    changes: names + modifies,
    organisations: SUPPLIERS.map((name) =>
      organisation(org(name), name, { legalId: `12345${name.length}${name.charCodeAt(0)}`, country: "DEU" }),
    ).join(""),
    results:
      lots
        .map((lot) => {
          const own = deals.filter((deal) => deal.lot === lot);
          const maximum = ceilings.get(lot);
          return result(lot, {
            ...(role === "modification" ? {} : { status: "selec-w" }),
            tenders: own.map(({ id }) => `TEN-${id}`),
            contracts: own.map(({ id }) => `CON-${id}`),
            ...(maximum !== undefined && { maximum: eur(maximum) }),
          });
        })
        .join("") +
      deals
        .map(({ id, lot, supplier, value }) =>
          tender(`TEN-${id}`, { party: tpa(supplier), lot, ...(isValued && { value: eur(value) }) }),
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
      suppliers.map((name) => party(tpa(name), [org(name)])).join("") +
      amount("cbc:Unread", eur(0)),
    lots: lots.map((lot) => declaredLot(lot, framework && callOff === undefined ? technique("fa-wo-rc") : "")).join(""),
  });
};

export const ocidOf = ({ family, callOff }: Pick<Told, "family" | "callOff">): string =>
  callOff === undefined ? `ocds-zz-f${family}` : `ocds-zz-c${callOff.key}`;

/** The release of OCDS that says what is told. */
export const ocdsOf = (one: Told): object => {
  const { day, role, framework, deals, ceilings, callOff } = one;
  const isValued = callOff !== undefined || (!framework && role === "award");
  const lots = [...new Set(deals.map(({ lot }) => lot))];
  return {
    ocid: ocidOf(one),
    id: numberOf(day),
    date: `${dateOf(day)}T00:00:00Z`,
    tag: [role],
    tender: {
      id: "t",
      ...(framework && callOff === undefined && { techniques: { hasFrameworkAgreement: true } }),
      lots: lots.map((id) => ({
        id,
        ...(ceilings.has(id) && { maximumValue: { amount: ceilings.get(id), currency: "EUR" } }),
      })),
    },
    awards: deals.map(({ id, lot, supplier, value }) => ({
      id,
      status: "active",
      suppliers: [{ id: supplier, name: supplier }],
      relatedLots: [lot],
      ...(isValued && { value: { amount: value, currency: "EUR" } }),
    })),
    parties: deals.map(({ supplier }) => ({
      id: supplier,
      name: supplier,
      roles: ["supplier"],
      identifier: { scheme: "DE-X", id: `L${supplier}` },
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
