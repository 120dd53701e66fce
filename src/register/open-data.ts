import { BUILTIN_REGISTER, isServer } from "../inputs/data-words.ts";
import { type Input, openGiven } from "../inputs/held-input.ts";
import { openPaths, registersOnce } from "../inputs/inputs.ts";
import type { StoreInput } from "../inputs/store/store-input.ts";
import { NO_SURROUNDINGS } from "../inputs/surroundings.ts";
import { type Finding, InputError } from "../model/errors.ts";
import type { Given } from "../model/input-file.ts";
import type { Register } from "../records/register.ts";
import type { PlainDocument } from "../syntax/plain.ts";
import { DEFAULT_REGISTER, readDefaultRegister } from "./default-register.ts";
import type { OpenOptions } from "./read-options.ts";
import { type Opened, openedAs, type ReferringRegister, readRegister } from "./read-register.ts";

export const openData = async (
  data: string | Given | readonly (string | Given)[],
  options: OpenOptions,
): Promise<Opened> => {
  const all = typeof data === "string" || !isList(data) ? [data] : data;
  const wanted = all.length === 0 ? [BUILTIN_REGISTER] : all;
  const findings: Finding[] = [];
  const skipped: Finding[] = [];
  const paths = wanted.filter((one) => typeof one === "string");
  const shipped = paths.some(isBuiltin) ? openDefault(options.positions === true) : NOTHING;
  const others = paths.filter((path) => !isBuiltin(path) && !isServer(path));
  const remote = await openRemote(paths.filter(isServer), options.clickhouse);
  const given = openGiven(
    wanted.filter((one) => typeof one !== "string"),
    findings,
  );
  const opened = await openPaths(others, options.stdin, findings, options.skipBad ? skipped : undefined);
  const isDefault = others.length + remote.length === 0 && paths.length === wanted.length;
  const name = isDefault ? "the default register" : [...paths, ...given.map(({ file }) => file)].join(", ");
  const once = others.length > 1 ? registersOnce(opened, findings) : opened;
  const inputs = [...shipped.inputs, ...once, ...remote, ...given];
  const aliases = await openPaths(options.aliases ?? [], undefined, findings);
  return { ...shipped, inputs, findings, skipped, name, isDefault, aliases };
};

const isList = (data: Given | readonly (string | Given)[]): data is readonly (string | Given)[] => Array.isArray(data);

/** Opens stores that were loaded into ClickHouse. The code that asks a server is loaded only for them. */
const openRemote = async (names: readonly string[], access: OpenOptions["clickhouse"]): Promise<readonly Input[]> => {
  if (names.length === 0) return [];
  const { remoteStore } = await import("../inputs/store/remote-store.ts");
  return await Promise.all(names.map((name) => remoteStore(name, access ?? {})));
};

interface Shipped {
  readonly documents: readonly PlainDocument[];
  readonly inputs: readonly Input[];
}

const NOTHING: Shipped = { documents: [], inputs: [] };

/** Whether a path names the register that lotbook ships. Throws InputError for any other name in `builtin:`. */
const isBuiltin = (path: string): boolean => {
  if (!path.startsWith("builtin:")) return false;
  if (path === BUILTIN_REGISTER) return true;
  throw new InputError(`lotbook ships no register "${path.slice("builtin:".length)}"`, `there is ${BUILTIN_REGISTER}`);
};

const openDefault = (positions: boolean): Shipped => {
  const read = readDefaultRegister(positions);
  if ("document" in read) return { documents: [read.document], inputs: [] };
  return {
    documents: [],
    inputs: [
      {
        kind: "yaml",
        file: DEFAULT_REGISTER,
        chunks: () => [Buffer.from(read.text)],
        named: true,
        text: read.text,
        surroundings: NO_SURROUNDINGS,
      },
    ],
  };
};

/**
 * Opens data that are added to a store. Ids refer to what is in the store. Its contracts are not read again, except
 * those that these documents tell of. Throws what {@link openRegister} throws.
 */
export const openAddition = async (
  data: readonly string[],
  store: StoreInput,
  addition: NonNullable<Opened["addition"]>,
  options: OpenOptions = {},
): Promise<ReferringRegister> => {
  const opened = data.length === 0 ? openedAs(store.file, []) : await openData(data, options);
  const known = { ...store, contracts: nothing, told: nothing };
  return await readRegister({ ...opened, inputs: [known, ...opened.inputs], addition }, options);
};

/** Opens a store. With `alike`, a register whose contracts refer to the same, what they refer to is not read again. */
export const openStore = async (store: StoreInput, alike?: ReferringRegister): Promise<Register> =>
  alike === undefined
    ? await readRegister(openedAs(store.file, [store]), {})
    : await readRegister(
        { ...openedAs(store.file, [{ ...store, definitions: nothing }]), referred: alike.referred },
        {},
      );

async function* nothing(): AsyncGenerator<never> {}
