/**
 * A store is records, and answers as tables: questions are answered from the records, so that they are answered as
 * ever; the tables are the answers of commands, so that other engines have figures that only lotbook can work out.
 * DuckDB writes and reads the Parquet: no package for JavaScript alone does both, and it is loaded only there, as a
 * peer that most people do without. Amounts are decimals of minor units, for Parquet has no other number that is exact
 * at any size. Records are kept as they are stated, before call-offs make anything of them, and notices as they were
 * published, by the hashes of what they name: so `store/add-to-store.ts` puts together anew what shares one with the
 * news, and SQL does the rest. A record that a contract was the first to name goes with the last contract that names
 * it. Notices and the suppliers that they alone name are known to the contracts of a store and declared by nobody, so
 * that no source is believed before another for its place in a store; what notices told first of a company that no
 * contract names is kept, too, for one that comes later may.
 */

import { indexedInputs, type Manifest, STORE_FORMAT, STORE_VERSION } from "../inputs/store/manifest.ts";
import type { StoreInput } from "../inputs/store/store-input.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import type { Told } from "../model/publication.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import { openStore } from "../register/open-data.ts";
import { type Standing, writeAnswers } from "./answer-tables.ts";
import { documentTable, noteTable, storeTable, toldBy, writeMentions } from "./kept-tables.ts";
import { recordTable } from "./record-table.ts";
import { restoreTexts, shareTexts } from "./shared-records.ts";
import { StoreDraft } from "./store-draft.ts";

/** What a store is made of. */
export interface StoreContents {
  readonly register: Register;
  /** Some of its contracts; all where it is left out. */
  readonly contracts?: AsyncIterable<readonly Contract[]>;
  /** What was read, by the names that the user gave. */
  readonly paths: readonly string[];
  /** The day of which its figures are. */
  readonly day: PartialDate;
  readonly version: string;
}

/**
 * Writes a store: first all records, in one reading of the inputs; then, from these, the answers as tables, which other
 * programs read. Of some contracts alone the documents are not kept: nothing can be added to them.
 */
export const writeStore = async (name: string, contents: StoreContents): Promise<Manifest> => {
  const { register, contracts, paths, day, version } = contents;
  const inputs = indexedInputs(paths);
  const draft = await StoreDraft.begin(name);
  try {
    let mayCallOff = false;
    const options = {
      folder: draft.folder,
      onContract: (contract: { readonly isCallOff: boolean }) => {
        mayCallOff ||= contract.isCallOff;
      },
    };
    // What call-offs make of contracts follows from all of them, however many are added.
    const stated = { ...register, contracts: () => register.stated() };
    await draft.writeForNow(recordTable(stated, { ...options, ...(contracts && { contracts }) }));
    await writeMentions(draft, register);
    await draft.write(documentTable(contracts === undefined ? register : { ...register, documents: noDocuments }));
    return await finishStore(draft, {
      told: toldBy(register),
      day,
      version,
      inputs,
      mayCallOff,
      hasNotices: register.hasNotices,
      isWhole: contracts === undefined,
    });
  } finally {
    draft.discard();
  }
};

async function* noDocuments(): AsyncGenerator<never> {}

/** What is known of a store when its records are written. */
export interface Unfinished extends Pick<Manifest, "inputs" | "mayCallOff" | "hasNotices" | "isWhole"> {
  readonly told: Told;
  readonly day: PartialDate;
  readonly version: string;
  /** The store that is gone on with. */
  readonly before?: Before;
}

/** A store that is gone on with. */
export interface Before {
  readonly store: StoreInput;
  /** Opens it as it is now, without reading again what is known of it. */
  readonly open: (store: StoreInput) => Promise<Register>;
  /** What is as it was of its tables; undefined where nothing is. */
  readonly standing: (stored: Register) => Promise<Standing | undefined>;
}

/** Writes what follows from the records of a store, and puts it in its place. */
export const finishStore = async (
  draft: StoreDraft,
  { told, day, version, inputs, mayCallOff, hasNotices, isWhole, before }: Unfinished,
): Promise<Manifest> => {
  await draft.write(noteTable(told));
  const [[contracts = 0, lots = 0] = []] = await draft.rows(
    `SELECT count(*), sum(lots) FROM ${draft.read("record")} WHERE contract IS NOT NULL`,
  );
  const manifest = {
    format: STORE_FORMAT,
    version: STORE_VERSION,
    lotbook: version,
    day: formatPartialDate(day),
    inputs,
    counts: { contracts: Number(contracts), lots: Number(lots ?? 0) },
    mayCallOff,
    hasNotices,
    isWhole,
  } as const;
  await draft.write(storeTable(manifest));
  await draft.writeManifest(manifest);
  const open = before?.open ?? openStore;
  let stored = await open(draft.store());
  const standing = await before?.standing(stored);
  if (before !== undefined && standing === undefined) {
    await restoreTexts(draft, before.store);
    await draft.writeManifest(manifest);
    stored = await open(draft.store());
  }
  await writeAnswers(draft, stored, day, standing);
  await shareTexts(draft);
  await draft.joinSmallParts();
  await draft.writeManifest(manifest);
  draft.commit();
  return { ...manifest, tables: draft.parts };
};
