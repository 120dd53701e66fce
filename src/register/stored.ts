import type { StoredLine, StoreInput } from "../inputs/store/store-input.ts";
import type { Finding } from "../model/errors.ts";
import type { Assumption, PassedOver } from "../model/publication.ts";
import type { Told } from "../model/told.ts";
import type { Wanted } from "../model/wanted.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import type { References } from "../records/decode.ts";
import { type Definitions, kindOf, LISTS, noDefinitions, recordOn } from "./json-lines.ts";
import { decodeRecord } from "./records.ts";

/** A store with what its contracts refer to, and what was told when it was made. */
export interface ReadStore extends Told {
  readonly input: StoreInput;
  readonly definitions: Definitions;
}

export const readStore = async (input: StoreInput): Promise<ReadStore> => ({
  input,
  definitions: await storedDefinitions(input),
  ...(await toldIn(input)),
});

const storedDefinitions = async ({ file, manifest, definitions }: StoreInput): Promise<Definitions> => {
  const found = noDefinitions();
  found.callOffs = manifest.mayCallOff;
  for await (const lines of definitions())
    for (const { line, text } of lines) {
      const record = recordOn(text, { file, line }, []);
      const kind = record && kindOf(record.plain);
      if (record !== undefined && kind !== undefined) found[LISTS[kind]].push(record);
    }
  return found;
};

/** The contracts of a store, all or those that a question may be about. */
export async function* storedContracts(
  { file, contracts }: StoreInput,
  references: References,
  findings: Finding[],
  wanted: Wanted | undefined,
): AsyncGenerator<readonly Contract[]> {
  const contractOn = ({ line, text }: StoredLine): readonly Contract[] => {
    const record = recordOn(text, { file, line }, findings);
    const contract = record && decodeRecord(contractCodec, record, references, findings);
    return contract === undefined ? [] : [contract];
  };
  for await (const lines of contracts(wanted)) yield lines.flatMap(contractOn);
}

/** What a store says was told when it was made. */
export const toldIn = async (store: StoreInput): Promise<Told> => {
  const assumptions: Assumption[] = [];
  const passedOver: PassedOver[] = [];
  const findings: Finding[] = [];
  for await (const lines of store.told())
    for (const { text } of lines) {
      const told: unknown = JSON.parse(text);
      if (isAssumption(told)) assumptions.push(told);
      else if (isPassedOver(told)) passedOver.push(told);
      else if (isFinding(told)) findings.push(told);
    }
  return { assumptions, passedOver, findings };
};

const hasAll = (value: unknown, ...names: readonly string[]): value is object =>
  typeof value === "object" && value !== null && names.every((name) => name in value);

const isAssumption = (value: unknown): value is Assumption => hasAll(value, "rule", "first", "count");
const isPassedOver = (value: unknown): value is PassedOver => hasAll(value, "one", "many", "count");
const isFinding = (value: unknown): value is Finding => hasAll(value, "rule", "severity", "message");
