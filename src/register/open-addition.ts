import type { StoreInput } from "../inputs/store/store-input.ts";
import type { Register } from "../records/register.ts";
import { openData } from "./open-data.ts";
import type { OpenOptions } from "./read-options.ts";
import { type Opened, readRegister } from "./read-register.ts";

/**
 * Opens data as what is added to a store: ids refer to what is in it, and its contracts are not read again, but those of
 * which these documents tell. Throws what {@link openRegister} throws.
 */
export const openAddition = async (
  data: readonly string[],
  store: StoreInput,
  addition: NonNullable<Opened["addition"]>,
  options: OpenOptions = {},
): Promise<Register> => {
  const opened = data.length === 0 ? nothingOpened(store.file) : await openData(data, options);
  const known = { ...store, contracts: nothing, told: nothing };
  return await readRegister({ ...opened, inputs: [known, ...opened.inputs], addition }, options);
};

const nothingOpened = (name: string): Opened => ({
  documents: [],
  inputs: [],
  findings: [],
  skipped: [],
  name,
  isDefault: false,
  aliases: [],
});

async function* nothing(): AsyncGenerator<never> {}
