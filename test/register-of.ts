import { openRegister } from "../src/index.ts";
import type { Register } from "../src/records/register.ts";

export type Stated = string | Readonly<Record<string, string>>;

/** A lot as a register file writes it; what a test does not name is left out. */
export interface PlainLot {
  readonly lot: string;
  readonly title?: string;
  readonly status?: string;
  readonly service?: Stated;
  readonly deployment?: Stated;
  readonly ceiling?: Stated | undefined;
  readonly ceilingPerSupplier?: Stated | undefined;
  readonly awarded?: Stated | undefined;
  readonly callOff?: string;
  readonly offers?: number;
  readonly suppliers?: readonly string[];
}

export interface PlainGroup {
  readonly group: string;
  readonly lots: readonly string[];
  readonly ceiling?: Stated | undefined;
  readonly certain?: "no";
}

export interface PlainContract {
  readonly contract: string;
  readonly title?: string;
  readonly framework?: "yes" | "no";
  readonly vat?: "included" | "excluded";
  readonly buyer?: string;
  readonly coordinator?: string;
  readonly callDate?: string;
  readonly awardDate?: string;
  readonly startDate?: string;
  readonly term?: string;
  readonly ceiling?: Stated | undefined;
  readonly callOffOf?: string;
  readonly lots: readonly PlainLot[];
  readonly groups?: readonly PlainGroup[];
}

export interface PlainSupplier {
  readonly supplier: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly country?: string;
  readonly members?: readonly { readonly name: string; readonly country?: string }[];
}

export interface PlainRegister {
  readonly sources?: readonly { readonly source: string; readonly title: string }[];
  readonly suppliers?: readonly PlainSupplier[];
  readonly contracts?: readonly PlainContract[];
}

/** The register in JSON Lines: a record a line. */
export const linesOf = ({ sources = [], suppliers = [], contracts = [] }: PlainRegister): string =>
  [...sources, ...suppliers, ...contracts].map((record) => `${JSON.stringify(record)}\n`).join("");

/** Opens what could stand in a file, through the same door as a file. */
export const registerOf = (plain: PlainRegister): Promise<Register> =>
  openRegister("-", {
    stdin: async function* () {
      yield Buffer.from(linesOf(plain));
    },
  });
