import type { PlainMap } from "../../syntax/plain.ts";
import { NO_LOT } from "../stated-values.ts";
import type { Award } from "./awards.ts";
import { mapIn, mapsIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** A lot before its facts: what declares it, and the awards that are of it. */
export interface PlannedLot {
  readonly id: string;
  /** Undefined for a lot that only awards name. */
  readonly declared: PlainMap | undefined;
  /** Its place in the release: `/tender/lots/0`, or that of the first award that names it. */
  readonly pointer: string;
  /** All awards that are of it, alone or with other lots. */
  readonly awards: readonly Award[];
}

type Draft = PlannedLot & { readonly awards: Award[] };

export interface LotPlan {
  /** Those that are declared, those that awards name, and last the one without an id. */
  readonly lots: readonly PlannedLot[];
  /** The ids of the lots that an award is of. */
  readonly lotsOf: (award: Award) => readonly string[];
}

/**
 * Which lots a process has, and which awards are of them. An award that names no lot is of the only one there is, if
 * there is but one (R-LOTNO); lots that are not declared are lots none the less.
 */
export const planLots = (process: Process, awards: readonly Award[]): LotPlan => {
  const drafts = declaredLots(process);
  const declared = [...drafts.keys()];
  const lotsOf = (award: Award): readonly string[] => {
    if (award.lots.length > 0) return award.lots;
    return declared.length === 1 ? declared : [NO_LOT];
  };
  const lotless: Draft[] = [];
  const known = new Set(declared);
  for (const award of awards) {
    noteLots(award, known, process);
    for (const id of lotsOf(award)) {
      const draft = drafts.get(id) ?? { id, declared: undefined, pointer: award.pointer, awards: [] };
      if (id === NO_LOT && !drafts.has(id)) lotless.push(draft);
      drafts.set(id, draft);
      draft.awards.push(award);
    }
  }
  const others = [...drafts.values()].filter((draft) => !lotless.includes(draft));
  return { lots: [...others, ...lotless], lotsOf };
};

const declaredLots = ({ plain }: Process): Map<string, Draft> => {
  const drafts = new Map<string, Draft>();
  const tender = mapIn(plain, "tender");
  for (const [index, lot] of (tender === undefined ? [] : mapsIn(tender, "lots")).entries()) {
    const id = textIn(lot, "id") ?? (Object.keys(lot).length === 0 ? undefined : `#${index + 1}`);
    if (id === undefined || drafts.has(id)) continue;
    drafts.set(id, { id, declared: lot, pointer: `/tender/lots/${index}`, awards: [] });
  }
  return drafts;
};

const noteLots = (award: Award, declared: ReadonlySet<string>, { assumptions }: Process): void => {
  const name = award.id ?? award.pointer;
  if (award.lots.length === 0 && declared.size > 0) {
    assumptions.make(declared.size === 1 ? "impliedLot" : "noLot", name);
  }
  for (const lot of award.lots) if (!declared.has(lot)) assumptions.make("undeclaredLot", lot);
};
