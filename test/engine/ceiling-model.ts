import type { ContractSpec, GroupSpec, LotSpec, Stated } from "./random-contracts.ts";

/**
 * What lots of a contract may cost together: the rules of ceilings written once more, slowly and plainly, and sharing
 * nothing with the program. Amounts are hundredths of a currency.
 */

/** What may be spent in one currency: between two ends, without an upper one where nothing bounds it. */
export interface Figure {
  readonly low: bigint;
  readonly high: bigint | undefined;
  /** Whether groups that overlap or are uncertain keep the ends apart. */
  readonly range: boolean;
  /** Whether nothing is known at all. */
  readonly nothing: boolean;
}

interface Ends {
  readonly low: bigint;
  readonly high: bigint | undefined;
  /** What of the lower end stays if ceilings that are withheld are nothing. */
  readonly sure: bigint;
  readonly range: boolean;
}

interface Cap {
  /** Undefined for the contract's own. */
  readonly group: number | undefined;
  readonly lots: readonly string[];
  /** Those of them over which it holds: all, unless a less believed source states it. */
  readonly over: readonly string[];
  readonly ceiling: Exclude<Stated, "missing">;
  readonly certain: boolean;
}

const amountOf = ({ ceiling, perSupplier, holders, seats = holders }: LotSpec): Stated => {
  if (typeof ceiling === "string" || !perSupplier) return ceiling;
  return holders.length === 0 ? "missing" : { ...ceiling, cents: ceiling.cents * BigInt(seats.length) };
};

const wholeOf = (lot: LotSpec): LotSpec => ({ ...lot, seats: lot.holders });

/** A lot that states no ceiling states none for each supplier either. */
const isWhole = ({ ceiling, perSupplier, holders, seats = holders }: LotSpec): boolean =>
  !perSupplier || ceiling === "missing" || seats.length === holders.length;

const capsOf = ({ ceiling, lots, groups = [], over }: ContractSpec): readonly Cap[] => {
  const ids = lots.map(({ id }) => id);
  const whole: GroupSpec = { lots: ids, ceiling, certain: true, ...(over !== undefined && { over }) };
  return [whole, ...groups].flatMap((cap, place) =>
    cap.ceiling === "missing"
      ? []
      : [{ over: cap.lots, ...cap, ceiling: cap.ceiling, group: place === 0 ? undefined : place }],
  );
};

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The figures of some lots by currency, and whether anything in them is without any bound. */
export const allowedOn = (
  contract: ContractSpec,
  chosen: readonly LotSpec[],
): { readonly figures: ReadonlyMap<string, Figure>; readonly open: boolean } => {
  const caps = capsOf(contract);
  const currencies = new Set<string>();
  for (const lot of chosen) {
    const amount = amountOf(lot);
    const covers = caps.filter((cap) => typeof amount === "string" && cap.over.includes(lot.id));
    for (const stated of [amount, ...covers.map(({ ceiling }) => ceiling)]) {
      if (typeof stated === "object") currencies.add(stated.currency);
    }
  }
  const figures = new Map([...currencies].map((currency) => [currency, figureIn(currency, contract, caps, chosen)]));
  const open = currencies.size === 0 || [...figures.values()].some(({ high }) => high === undefined);
  return { figures, open };
};

const figureIn = (
  currency: string,
  contract: ContractSpec,
  caps: readonly Cap[],
  chosen: readonly LotSpec[],
): Figure => {
  const isIn = (stated: Stated): boolean => typeof stated === "object" && stated.currency === currency;
  const counts = (lot: LotSpec): boolean => {
    if (typeof amountOf(lot) === "object") return isIn(amountOf(lot));
    const covers = caps.filter((cap) => typeof cap.ceiling === "object" && cap.over.includes(lot.id));
    return covers.some(({ ceiling }) => isIn(ceiling)) || covers.every(({ certain }) => !certain);
  };
  const counting = chosen.filter(counts);
  const held = caps.flatMap((cap): readonly HeldCap[] => {
    const lots = counting.filter(({ id }) => cap.over.includes(id));
    if (lots.length === 0 || typeof cap.ceiling === "string" || cap.ceiling.currency !== currency) return [];
    const due = contract.lots.filter((lot) => {
      const amount = amountOf(wholeOf(lot));
      return cap.lots.includes(lot.id) && (typeof amount === "string" || isIn(amount));
    });
    const whole = lots.filter(isWhole);
    const complete = due.every(({ id }) => whole.some((lot) => lot.id === id));
    const secrets = caps.filter(
      (other) => other.ceiling === "withheld" && other.over.some((id) => cap.over.includes(id)),
    );
    const proven = secrets.every(
      (secret) =>
        secret.group !== undefined &&
        secret.over.every((id) => cap.over.includes(id)) &&
        (cap.group === undefined || secret.over.length < cap.over.length),
    );
    const ids = lots.map(({ id }) => id);
    return [{ ids, whole: cap.group === undefined, cents: cap.ceiling.cents, complete, certain: cap.certain, proven }];
  });
  const isVeiled = (id: string) => caps.some((cap) => cap.ceiling === "withheld" && cap.over.includes(id));
  const parts = new Map(
    counting.map((lot) => {
      const amount = amountOf(lot);
      const high = typeof amount === "object" ? amount.cents : undefined;
      const low = high ?? 0n;
      return [lot.id, { low, high, sure: isVeiled(lot.id) ? 0n : low, range: false }];
    }),
  );
  const { low, high, sure, range } = spend(parts, held);
  const knows = counting.some((lot) => typeof amountOf(lot) === "object");
  const nothing = high === undefined && sure === 0n && (!knows || low > 0n);
  return { low: sure, high, range: range && sure === low, nothing };
};

interface HeldCap {
  readonly ids: readonly string[];
  /** Whether it is the contract's own. */
  readonly whole: boolean;
  readonly cents: bigint;
  readonly complete: boolean;
  readonly certain: boolean;
  /** Whether what is withheld below it cannot make it less. */
  readonly proven: boolean;
}

type Parts = ReadonlyMap<string, Ends>;

const NOTHING: Ends = { low: 0n, high: 0n, sure: 0n, range: false };

const contains = (outer: HeldCap, inner: HeldCap): boolean => inner.ids.every((id) => outer.ids.includes(id));
const touches = (a: HeldCap, b: HeldCap): boolean => a.ids.some((id) => b.ids.includes(id));

const only = (parts: Parts, ids: readonly string[]): Parts => new Map([...parts].filter(([id]) => ids.includes(id)));

const add = (all: readonly Ends[]): Ends =>
  all.reduce(
    (sum, { low, high, sure, range }) => ({
      low: sum.low + low,
      sure: sum.sure + sure,
      high: sum.high === undefined || high === undefined ? undefined : sum.high + high,
      range: sum.range || range,
    }),
    NOTHING,
  );

const limit = (below: Ends, { cents, complete, proven }: HeldCap): Ends => {
  if (below.high !== undefined && cents > below.high) return below;
  const { range } = below;
  const low = complete && !range ? cents : lesser(below.low, cents);
  const sure = complete && proven ? low : lesser(below.sure, cents);
  return { low, high: cents, sure, range: range && low < cents };
};

const hull = (a: Ends, b: Ends): Ends => {
  const low = lesser(a.low, b.low);
  const high = a.high === undefined || b.high === undefined ? undefined : larger(a.high, b.high);
  return { low, high, sure: lesser(a.sure, b.sure), range: a.range || b.range || high === undefined || low < high };
};

const subsetsOf = <T>([first, ...others]: readonly T[]): readonly (readonly T[])[] =>
  first === undefined ? [[]] : subsetsOf(others).flatMap((some) => [some, [first, ...some]]);

/** What parts come to within caps that limit something: nested ones level by level, crossing ones together. */
const spend = (parts: Parts, all: readonly HeldCap[]): Ends => spendAs(parts, all, true);

/** With any of the caps that are uncertain, or none, for each part that hangs together. */
const spendAs = (parts: Parts, all: readonly HeldCap[], top: boolean): Ends => {
  const caps = [...reachable(parts, all)].sort((a, b) => smallestFirst(b, a));
  const outer = caps.filter(
    (cap, place) =>
      !caps.some(
        (other, otherPlace) =>
          otherPlace !== place && contains(other, cap) && (other.ids.length > cap.ids.length || otherPlace < place),
      ),
  );
  const clusters: HeldCap[][] = [];
  for (const cap of outer) {
    const touching = clusters.filter((cluster) => cluster.some((other) => touches(other, cap)));
    for (const cluster of touching) clusters.splice(clusters.indexOf(cluster), 1);
    clusters.push([...touching.flat(), cap]);
  }
  const free = [...parts].filter(([id]) => !caps.some(({ ids }) => ids.includes(id)));
  return add([
    ...free.map(([, ends]) => ends),
    ...clusters.map((cluster) => {
      const ids = [...new Set(cluster.flatMap((cap) => cap.ids))];
      const own = only(parts, ids);
      const inner = caps.filter((cap) => !cluster.includes(cap) && cap.ids.every((id) => ids.includes(id)));
      const [single, ...others] = cluster;
      const applied =
        single !== undefined && others.length === 0
          ? limit(spendAs(own, inner, false), single)
          : cross(own, [...cluster, ...inner]);
      const certain = [...cluster, ...inner].filter((cap) => cap.certain);
      const isSure = certain.length === cluster.length + inner.length;
      if (isSure || !top) return applied;
      const uncertain = [...cluster, ...inner].filter((cap) => !cap.certain);
      return subsetsOf(uncertain)
        .map((some) => spendAs(own, [...certain, ...some], false))
        .reduce((all, one) => hull(all, one));
    }),
  ]);
};

const smallestFirst = (a: HeldCap, b: HeldCap): number =>
  a.ids.length - b.ids.length || Number(a.whole) - Number(b.whole) || Number(a.cents - b.cents);

/** Caps that what lies within them can reach; a smaller one that lies wholly within counts for what lies in it. */
const reachable = (parts: Parts, caps: readonly HeldCap[]): readonly HeldCap[] => {
  const kept: HeldCap[] = [];
  for (const cap of [...caps].sort(smallestFirst)) {
    const isSame = (other: HeldCap) =>
      other.certain && other.cents <= cap.cents && contains(other, cap) && contains(cap, other);
    if (kept.some(isSame)) continue;
    const { low, high, sure } = aloneBelow(parts, cap, kept);
    if (high === undefined || high > cap.cents || (high === cap.cents && sure < low)) kept.push(cap);
  }
  return caps.filter((cap) => kept.includes(cap));
};

/** What lies in a cap, by itself: those of the caps within it that cross none, the largest of them. */
const aloneBelow = (parts: Parts, cap: HeldCap, smaller: readonly HeldCap[]): Ends => {
  const within = smaller.filter(
    (other, place) =>
      other.certain &&
      contains(cap, other) &&
      !smaller
        .slice(0, place)
        .some((earlier) => earlier.certain && touches(earlier, other) && !contains(other, earlier)),
  );
  const largest = within.filter(
    (other, place) => !within.some((more, later) => later > place && contains(more, other)),
  );
  const rest = cap.ids.filter((id) => !largest.some(({ ids }) => ids.includes(id)));
  return add([
    ...rest.map((id) => parts.get(id) ?? NOTHING),
    ...largest.map((other) => limit(aloneBelow(parts, other, within.slice(0, within.indexOf(other))), other)),
  ]);
};

/** Crossing caps: from the largest of them to the most that keeps within all, which is tried out in halves. */
const cross = (parts: Parts, caps: readonly HeldCap[]): Ends => {
  const items = [...parts].map(([id, { high: own }]) => ({
    most: caps.reduce(
      (least, cap) => (cap.ids.includes(id) && (least === undefined || cap.cents < least) ? cap.cents : least),
      own,
    ),
    rooms: caps.flatMap((cap, place) => (cap.ids.includes(id) ? [place] : [])),
  }));
  const rooms = caps.map(({ cents }) => 2n * cents);
  let best = 0n;
  const tryFrom = (place: number, sum: bigint): void => {
    best = larger(best, sum);
    const item = items[place];
    if (item === undefined) return;
    const rest = items.slice(place).reduce((all, { most = 0n }) => all + 2n * most, sum);
    if (rest <= best) return;
    const most = item.rooms.reduce((least, room) => lesser(least, rooms[room] ?? 0n), 2n * (item.most ?? 0n));
    for (let amount = most; amount >= 0n; amount--) {
      for (const room of item.rooms) rooms[room] = (rooms[room] ?? 0n) - amount;
      tryFrom(place + 1, sum + amount);
      for (const room of item.rooms) rooms[room] = (rooms[room] ?? 0n) + amount;
    }
  };
  tryFrom(0, 0n);
  const high = best / 2n;
  const inOrder = [...caps].sort(smallestFirst);
  const alone = inOrder.map((cap, place) => limit(aloneBelow(parts, cap, inOrder.slice(0, place)), cap));
  const low = lesser(alone.map((ends) => ends.low).reduce(larger), high);
  const sure = lesser(alone.map((ends) => ends.sure).reduce(larger), high);
  const partial = alone.some((ends) => !ends.range && ends.low !== ends.high);
  return { low, high, sure, range: !partial && low < high };
};
