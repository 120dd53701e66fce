/**
 * What a row of a store's table says of what is asked for: true wherever that may be so, and now and then where it is not.
 * A column that says nothing says no.
 */
export type RowTest =
  | { readonly kind: "all" | "any"; readonly parts: readonly RowTest[] }
  /** A text is one of these. */
  | { readonly kind: "is"; readonly column: string; readonly texts: readonly string[] }
  /** A text, or one of several, has this part: letters of ASCII, small ones. Of any but such texts nothing is said, so yes. */
  | { readonly kind: "finds" | "findsAmong"; readonly column: string; readonly part: string }
  /** One of several codes begins so. */
  | { readonly kind: "beginsAmong"; readonly column: string; readonly part: string }
  /** An amount, in a currency where one is named, lies about here; in whole units of the currency. */
  | ({ readonly kind: "amount"; readonly column: string; readonly currency: string | undefined } & About)
  | ({ readonly kind: "number"; readonly column: string } & About)
  /** A date, which may be a month or a year, or one between two of them, has days between these. */
  | {
      readonly kind: "days";
      /** The columns of the first of them, and of the last: of several that which says something. */
      readonly first: readonly string[];
      readonly last: readonly string[];
      readonly from: string | undefined;
      readonly to: string | undefined;
    };

interface About {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** The tables of a store that have rows of one contract each, by which it can be told which contracts are wanted. */
export type RowTable = "lot" | "contract" | "seat" | "publication";

/** Of which contracts something may be true: those named, those with a row that says so, those of which several such things are. */
export type Narrowing =
  | { readonly kind: "all" | "any"; readonly parts: readonly Narrowing[] }
  | { readonly kind: "contracts"; readonly ids: readonly string[] }
  /** Lots by their ids, each alone or behind its contract's: `2`, `cloud-i/2`. */
  | { readonly kind: "lots"; readonly ids: readonly string[] }
  | { readonly kind: "rows"; readonly table: RowTable; readonly test: RowTest };

/** What a question asks of contracts, so that others need not be read. Ids are compared exactly (N5). */
export interface Question {
  readonly narrowing: Narrowing;
  /** Whether contracts without lots, and those that change, are wanted in any case: rows tell of lots, and of one day. */
  readonly byRows: boolean;
  /** What must be there, or all is to be read: a wrong id is told with what comes near it. */
  readonly ids: Readonly<Record<"contract" | "lot" | "source", readonly string[]>>;
  /** Amounts of lots that must be in one currency, or all is to be read. */
  readonly inOneCurrency: readonly string[];
  /** Told before the first contract where others are left out: what was to be there is. */
  readonly onNarrowed: () => void;
}

/** Of which contracts a reader has need: those that a question may be about; or, of a store, those that are in no settled figures. */
export type Wanted = Question | { readonly unsettled: true };

/** The ids of contracts that ids of lots may begin with, as `cloud-i` in `cloud-i/2`. */
export const contractsNamedIn = (ids: Iterable<string>): ReadonlySet<string> => {
  const contracts = new Set<string>();
  for (const id of ids)
    for (let slash = id.indexOf("/"); slash !== -1; slash = id.indexOf("/", slash + 1))
      contracts.add(id.slice(0, slash));
  return contracts;
};

/**
 * Tells which lots are asked for, each by its id or by that of its contract and its own. The two are put together only
 * where the contract is named: among many lots that takes longer than all else that is asked of them.
 */
export const lotsAskedFor = (ids: readonly string[]): ((contract: string, lot: string) => boolean) => {
  const wanted = new Set(ids);
  const contracts = contractsNamedIn(ids);
  return (contract, lot) => wanted.has(lot) || (contracts.has(contract) && wanted.has(`${contract}/${lot}`));
};

/** Whether a question may be about a contract, by its ids and those of its lots; undefined where these do not tell. */
export const askedById = (narrowing: Narrowing): IdTest | undefined => {
  switch (narrowing.kind) {
    case "contracts": {
      const ids = new Set(narrowing.ids);
      return ({ id }) => ids.has(id);
    }
    case "lots": {
      const isAskedFor = lotsAskedFor(narrowing.ids);
      return ({ id, lots }) => lots.some((lot) => isAskedFor(id, lot.id));
    }
    case "rows":
      return undefined;
  }
  const tests = narrowing.parts.map(askedById);
  const known = tests.filter((test) => test !== undefined);
  if (narrowing.kind === "all") return known.length === 0 ? undefined : (one) => known.every((test) => test(one));
  return known.length < tests.length ? undefined : (one) => known.some((test) => test(one));
};

type IdTest = (contract: { readonly id: string; readonly lots: readonly { readonly id: string }[] }) => boolean;
