/**
 * A store is records, and answers as tables. Questions are answered from the records, so that the answers are those
 * from the files. The tables are the answers of commands, so that other engines have figures that only lotbook can work
 * out. DuckDB writes and reads the Parquet files: no package in JavaScript alone does both. It is loaded only here, as
 * an optional peer that most people do without. Amounts are decimals of minor units, since Parquet has no other number
 * that is exact at any size. Records are kept as they are stated, before call-offs change anything, and notices as they
 * were published, with hashes of the procedures that they name. So `store/add-to-store.ts` puts together anew what
 * shares a procedure with the news, and SQL does the rest. A source or supplier that a contract was the first to name
 * goes with the last contract that names it. Notices and the suppliers that they alone name are known to the contracts
 * of a store but declared by nobody, so that no source is believed before another because of its place in a store. What
 * notices told first of a company that no contract names is kept, too, since a contract that comes later may name it.
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
  /** Only these of its contracts. All where it is left out. */
  readonly contracts?: AsyncIterable<readonly Contract[]>;
  /** The names that the user gave for what was read. */
  readonly paths: readonly string[];
  /** The day of its figures. */
  readonly day: PartialDate;
  readonly version: string;
}

/**
 * Writes a store: first all records, in one reading of the inputs, and then from these the answers as tables, which
 * other programs read. If only some contracts are written, documents are not kept, and nothing can be added to the
 * store.
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
    // What call-offs use up follows from all contracts, including those that are added later.
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

/** What is known of a store once its records are written. */
export interface Unfinished extends Pick<Manifest, "inputs" | "mayCallOff" | "hasNotices" | "isWhole"> {
  readonly told: Told;
  readonly day: PartialDate;
  readonly version: string;
  /** The store that this one goes on with. */
  readonly before?: Before;
}

/** A store that another goes on with. */
export interface Before {
  readonly store: StoreInput;
  /** Opens it as it is now, without reading again what is already known of it. */
  readonly open: (store: StoreInput) => Promise<Register>;
  /** What of its tables stays as it was. Undefined where nothing does. */
  readonly standing: (stored: Register) => Promise<Standing | undefined>;
}

/** Writes everything that follows from the records of a store, and puts it in its place. */
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
