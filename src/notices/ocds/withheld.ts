import type { Claim } from "../../model/claim.ts";
import type { Award } from "./awards.ts";
import { mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** Which of an award's values each field of the extension names, and what its id ends in. */
const FIELDS: Readonly<Record<string, string>> = {
  maximumValue: "max-val",
  estimatedValue: "ree-val",
  value: "win-ten-val",
};

/**
 * What a release says it withholds (withheld information extension, as the profile for eForms fills it): a field's code,
 * followed in the item's id by that of the award or bid.
 */
export class Withheld {
  readonly #process: Process;
  readonly #ids = new Map<string, string>();

  constructor(process: Process) {
    this.#process = process;
    for (const [index, item] of mapsIn(process.plain, "withheldInformation").entries()) {
      const id = textIn(item, "id");
      if (id !== undefined) this.#ids.set(id, `/withheldInformation/${index}`);
    }
  }

  /** The claim that an award's value is withheld, where no figure stands there. */
  claimFor(award: Award, key: string): Claim<"withheld"> | undefined {
    if (this.#ids.size === 0) return undefined;
    const subjects = [award.id, ...textsIn(award.plain, "relatedBids")];
    for (const subject of subjects) {
      const pointer = this.#ids.get(`${FIELDS[key]}-${subject}`);
      if (pointer === undefined) continue;
      this.#process.assumptions.make("withheld", `${award.pointer}/${key}`);
      return { value: "withheld", by: this.#process.by(award.plain, award.pointer, `/${key}`) };
    }
    return undefined;
  }
}
