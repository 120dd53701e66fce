/** Who says something, and where: the id of a source and a place in it (`3` for a paragraph, `BT-709` for a field). */
export interface Attribution {
  /** Undefined where the register names no source. */
  readonly source: string | undefined;
  readonly locator: string | undefined;
}

/** Whether a place in a source is a cell of a sheet: `B17`. */
export const isCellName = (locator: string): boolean => /^[A-Z]{1,3}[1-9]\d{0,6}$/.test(locator);

export interface Claim<T> {
  readonly value: T;
  readonly by: Attribution;
}

/** A fact: what each source says of it, as written. It is never empty. */
export type Fact<T> = readonly [Claim<T>, ...Claim<T>[]];

export const mapClaims = <T>([first, ...others]: Fact<T>, change: (value: T) => T): Fact<T> => {
  const changed = (claim: Claim<T>): Claim<T> => ({ ...claim, value: change(claim.value) });
  return [changed(first), ...others.map(changed)];
};

export const UNATTRIBUTED: Attribution = {
  source: undefined,
  locator: undefined,
};

/** The order in which sources are believed. Sources that are not in it come last. */
export class Preference {
  readonly sources: readonly string[];
  /** The source that was asked for. Undefined where the register's own order stands. */
  readonly chosen: string | undefined;
  readonly #ranks: ReadonlyMap<string | undefined, number>;

  constructor(sources: readonly string[], chosen?: string) {
    this.sources = sources;
    this.chosen = chosen;
    this.#ranks = new Map(sources.map((source, index) => [source, index]));
  }

  rank(source: string | undefined): number {
    return this.#ranks.get(source) ?? this.sources.length;
  }

  /** The claim of the most preferred source. Where that source makes several, the first. */
  choose<T>(fact: Fact<T>): Claim<T> {
    let best = fact[0];
    // Most facts have one claim, which need not be ranked.
    if (fact.length === 1) return best;
    for (const claim of fact) if (this.rank(claim.by.source) < this.rank(best.by.source)) best = claim;
    return best;
  }

  /** The preferred value of a fact that may be absent. */
  value<T>(fact: Fact<T> | undefined): T | undefined {
    return fact === undefined ? undefined : this.choose(fact).value;
  }

  startingWith(source: string): Preference {
    return new Preference([source, ...this.sources.filter((other) => other !== source)], source);
  }
}

/** The first claim of each source, for callers that look up many sources. */
export const claimsBySource = <T>(fact: readonly Claim<T>[] | undefined): ReadonlyMap<string | undefined, Claim<T>> => {
  const claims = new Map<string | undefined, Claim<T>>();
  for (const claim of fact ?? []) if (!claims.has(claim.by.source)) claims.set(claim.by.source, claim);
  return claims;
};

export const claimOf = <T>(fact: Fact<T>, source: string | undefined): Claim<T> | undefined =>
  fact.find((claim) => claim.by.source === source);
