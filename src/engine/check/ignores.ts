import { addUnder } from "../../model/add-under.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { type RuleId, rulesNamed } from "../../model/rule.ts";
import type { Ignore } from "../../records/ignore.ts";

/** What a finding is about. */
export interface About {
  readonly contract?: string;
  readonly supplier?: string;
}

const keyOf = (rule: RuleId, contract: string | undefined, supplier: string | undefined): string =>
  JSON.stringify([rule, contract, supplier]);

/** Entries by the findings that they mean, and which of them were met. */
class Entries {
  readonly #byMeaning = new Map<string, Ignore[]>();
  readonly #used: Set<Ignore>;

  constructor(entries: readonly Ignore[], used: Set<Ignore>) {
    this.#used = used;
    for (const entry of entries)
      for (const rule of rulesNamed(entry.rule)) this.#add(keyOf(rule, entry.contract, entry.supplier), entry);
  }

  /** Whether an entry means the finding; those that do are used from then on. */
  mean({ rule }: Finding, { contract, supplier }: About): boolean {
    const contracts = new Set([undefined, contract]);
    const suppliers = new Set([undefined, supplier]);
    const keys = [...contracts].flatMap((one) => [...suppliers].map((other) => keyOf(rule, one, other)));
    const meant = keys.map((key) => this.#byMeaning.get(key)).filter((entries) => entries !== undefined);
    // Entries that were used once need not be noted again.
    for (const entries of meant) for (const entry of entries.splice(0)) this.#used.add(entry);
    return meant.length > 0;
  }

  #add(key: string, entry: Ignore): void {
    addUnder(this.#byMeaning, key, entry);
  }
}

/** The findings that a register asks to ignore, and which of its entries do ignore something. */
export class Ignores {
  readonly #everywhere: readonly Ignore[];
  readonly #used = new Set<Ignore>();
  readonly #entries: Entries;
  readonly ignored: Finding[] = [];

  constructor(everywhere: readonly Ignore[]) {
    this.#everywhere = everywhere;
    this.#entries = new Entries(everywhere, this.#used);
  }

  /** Those that no entry means; `own` are the entries of the contract that they are about. */
  keep(findings: readonly Finding[], about: About, own: readonly Ignore[] = []): readonly Finding[] {
    if (this.#everywhere.length + own.length === 0) return findings;
    const ofContract = new Entries(own, this.#used);
    return findings.filter((finding) => {
      const meanings = [ofContract, this.#entries].map((entries) => entries.mean(finding, about));
      const isIgnored = meanings.includes(true);
      if (isIgnored) this.ignored.push(finding);
      return !isIgnored;
    });
  }

  /** A finding for each entry that ignored nothing. */
  unused(entries: readonly Ignore[] = this.#everywhere): readonly Finding[] {
    return entries
      .filter((ignore) => !this.#used.has(ignore))
      .map(({ rule, position }) =>
        findingOf("F10", `nothing is found of ${rule} that could be ignored here`, position(), "remove the entry"),
      );
  }
}
