import { type Finding, findingOf } from "../../model/errors.ts";
import { rulesNamed } from "../../model/rule.ts";
import type { Ignore } from "../../records/ignore.ts";

/** What a finding is about. */
export interface About {
  readonly contract?: string;
  readonly supplier?: string;
}

const isMeant = (ignore: Ignore, { rule }: Finding, about: About): boolean =>
  rulesNamed(ignore.rule).includes(rule) &&
  (ignore.contract === undefined || ignore.contract === about.contract) &&
  (ignore.supplier === undefined || ignore.supplier === about.supplier);

/** The findings that a register asks to ignore, and which of its entries do ignore something. */
export class Ignores {
  readonly #everywhere: readonly Ignore[];
  readonly #used = new Set<Ignore>();
  readonly ignored: Finding[] = [];

  constructor(everywhere: readonly Ignore[]) {
    this.#everywhere = everywhere;
  }

  /** Those that no entry means; `own` are the entries of the contract that they are about. */
  keep(findings: readonly Finding[], about: About, own: readonly Ignore[] = []): readonly Finding[] {
    const entries = [...own, ...this.#everywhere];
    if (entries.length === 0) return findings;
    return findings.filter((finding) => {
      const meaning = entries.filter((ignore) => isMeant(ignore, finding, about));
      for (const ignore of meaning) this.#used.add(ignore);
      if (meaning.length > 0) this.ignored.push(finding);
      return meaning.length === 0;
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
