/**
 * A test of a row in a table of a store. It is true wherever the row may be what is asked for, and now and then where
 * it is not. A column without a value fails the test.
 */
export type RowTest =
  | { readonly kind: "all" | "any"; readonly parts: readonly RowTest[] }
  /** The text is one of these. */
  | { readonly kind: "is"; readonly column: string; readonly texts: readonly string[] }
  /**
   * The text, or one of several, contains this part, which is ASCII in lower case. Where a text is anything but plain
   * ASCII, the test cannot tell and is true.
   */
  | { readonly kind: "finds" | "findsAmong"; readonly column: string; readonly part: string }
  /** One of several codes begins with this. */
  | { readonly kind: "beginsAmong"; readonly column: string; readonly part: string }
  /**
   * An amount, in a certain currency where one is named, lies within about these bounds. They are in whole units of the
   * currency.
   */
  | ({ readonly kind: "amount"; readonly column: string; readonly currency: string | undefined } & About)
  | ({ readonly kind: "number"; readonly column: string } & About)
  /** A date, which may be only a month or a year, or lie between two dates, includes days between these. */
  | {
      readonly kind: "days";
      /** The columns of its first day, and of its last. Of several, the first one that has a value counts. */
      readonly first: readonly string[];
      readonly last: readonly string[];
      readonly from: string | undefined;
      readonly to: string | undefined;
    };

interface About {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** The tables of a store whose rows each belong to one contract, so that they can tell which contracts are wanted. */
export type RowTable = "lot" | "contract" | "seat" | "publication";

/**
 * The contracts of which something may be true: those that are named, those with a row that passes a test, or those of
 * which several such things hold.
 */
export type Narrowing =
  | { readonly kind: "all" | "any"; readonly parts: readonly Narrowing[] }
  | { readonly kind: "contracts"; readonly ids: readonly string[] }
  /** Lots by their ids, each alone or behind that of its contract: `2`, `cloud-i/2`. */
  | { readonly kind: "lots"; readonly ids: readonly string[] }
  | { readonly kind: "rows"; readonly table: RowTable; readonly test: RowTest };

/** What a question asks of contracts, so that others need not be read. Ids are compared exactly (N5). */
export interface Question {
  readonly narrowing: Narrowing;
  /**
   * Whether contracts without lots, and contracts with modifications, are wanted in any case. Rows are about lots, and
   * about a single day.
   */
  readonly byRows: boolean;
  /** Ids that must all exist, or else everything is read: a wrong id is reported with the ids that come near it. */
  readonly ids: Readonly<Record<"contract" | "lot" | "source", readonly string[]>>;
  /** Fields of lots whose amounts must be in one currency, or else everything is read. */
  readonly inOneCurrency: readonly string[];
  /** Called before the first contract where others are left out: everything that must exist does. */
  readonly onNarrowed: () => void;
}

/**
 * The contracts that a reader needs: those that a question may be about, or, in a store, those that no settled figures
 * include.
 */
export type Wanted = Question | { readonly unsettled: true };

/** The ids of contracts with which ids of lots may begin, as `cloud-i` in `cloud-i/2`. */
export const contractsNamedIn = (ids: Iterable<string>): ReadonlySet<string> => {
  const contracts = new Set<string>();
  for (const id of ids)
    for (let slash = id.indexOf("/"); slash !== -1; slash = id.indexOf("/", slash + 1))
      contracts.add(id.slice(0, slash));
  return contracts;
};

/**
 * Makes a test for the lots that are asked for, each by its own id or by that with its contract's before it. The two
 * are only joined where the contract is named: among many lots, joining takes longer than everything else.
 */
export const lotsAskedFor = (ids: readonly string[]): ((contract: string, lot: string) => boolean) => {
  const wanted = new Set(ids);
  const contracts = contractsNamedIn(ids);
  return (contract, lot) => wanted.has(lot) || (contracts.has(contract) && wanted.has(`${contract}/${lot}`));
};

/**
 * Makes a test of whether a question may be about a contract, by its id and those of its lots. Undefined where ids do
 * not tell.
 */
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
