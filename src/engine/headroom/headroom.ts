import { dayOf, type Selection } from "../../query/selection.ts";
import type { Register } from "../../records/register.ts";
import { type Report, reportOf } from "../report.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import { allCeilings } from "./contract-ceilings.ts";
import { contractUses, isAskedFor, isOnlyCallOff, type SelectedUse } from "./contract-uses.ts";
import { HeadroomNotes } from "./headroom-notes.ts";
import { type HeadroomOptions, type HeadroomRow, headroomColumns, placeOf } from "./headroom-rows.ts";
import { type PaceWindow, paceOf, windowTo } from "./pace.ts";
import { figuresOf, NOTHING_KNOWN, WARN_AT } from "./use-figures.ts";

const rowsOf = (
  ceiling: CeilingUse,
  { selected, use }: SelectedUse,
  { preference }: Register,
  warnAt: number,
  window: PaceWindow | undefined,
): readonly HeadroomRow[] => {
  const place = placeOf(ceiling, selected, preference);
  return ceiling.units.map((unit) => {
    const known = use.known && unit !== undefined;
    return {
      ...place,
      ceiling: ceiling.ceiling,
      orders: ceiling.orders,
      ...(known ? figuresOf(ceiling, unit, warnAt) : NOTHING_KNOWN),
      pace: known && window !== undefined ? paceOf(ceiling, unit, window) : undefined,
    };
  });
};

/**
 * What is left of each ceiling on a day: of a contract, of its groups and lots, or of suppliers where each has its own. An
 * order uses up every ceiling whose scope contains it (L1); what is wrong with where orders belong is told beside. A
 * call-off from which nothing can be ordered in its turn has no row.
 */
export const headroom = (
  register: Register,
  selection: Selection = {},
  options: HeadroomOptions = {},
): Report<HeadroomRow> => {
  const { warnAt = WARN_AT, burn } = options;
  const day = dayOf(selection);
  const window = burn && windowTo(day, burn);
  const notes = new HeadroomNotes(day, window);
  const batches = async function* () {
    const callOffs = await register.callOffs();
    for await (const each of contractUses(register, selection, { day, recent: window?.days })) {
      if (isOnlyCallOff(each, callOffs)) continue;
      notes.add(each);
      const ceilings = allCeilings(each.use).filter((ceiling) => isAskedFor(ceiling, each.selected));
      yield ceilings.flatMap((ceiling) => rowsOf(ceiling, each, register, warnAt, window));
    }
  };
  return reportOf(headroomColumns(options), batches(), () => notes.closing());
};
