import type { Conversion, Question } from "../commands/command.ts";
import { contracts as contractRows } from "../engine/contracts.ts";
import { lots } from "../engine/lots.ts";
import { orders } from "../engine/orders/orders.ts";
import { type Arrangement, arrange } from "../engine/report.ts";
import { seats } from "../engine/seats.ts";
import { sources } from "../engine/sources.ts";
import type { Piece, Surface } from "../output/format.ts";
import { FORMATS } from "../output/formats.ts";
import { contractsAskedFor } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type ReleasePackageOptions, releasePackage } from "../writers/ocds/release-package.ts";
import { registerLines, type WriteOptions } from "../writers/register-records.ts";
import { registerYaml } from "../writers/register-yaml.ts";

export interface Look {
  readonly arrangement: Arrangement;
  readonly surface: Surface;
}

interface ConversionTarget {
  readonly to: Exclude<Conversion, "parquet">;
  readonly folder: string;
  readonly ocds: Omit<ReleasePackageOptions, "contracts" | "tell">;
  /** Called with what the format has no place for. */
  readonly tell: (note: string) => void;
}

export async function* convert(
  { to, folder, ocds, tell }: ConversionTarget,
  { register, selection }: Question,
  { arrangement, surface }: Look,
): AsyncGenerator<Piece> {
  const contracts = contractsAskedFor(register, selection);
  const asked = contracts && { contracts };
  const options = { folder, ...asked };
  switch (to) {
    case "yaml":
    case "jsonl":
      yield* writtenRegister(to, register, options);
      return;
    case "ocds":
      yield* releasePackage(register, { ...ocds, ...asked, tell });
      return;
    case "xlsx":
      yield await workbook({ register, selection }, tell);
      return;
    case "csv": {
      const report = seats(register, selection);
      yield* FORMATS.csv(arrange(report, arrangement), surface);
      report.closing().notes.forEach(tell);
    }
  }
}

export async function* writtenRegister(
  to: "yaml" | "jsonl",
  register: Register,
  options: WriteOptions,
): AsyncGenerator<string> {
  if (to === "jsonl") yield* registerLines(register, options);
  else yield await registerYaml(register, options);
}

const workbook = async ({ register, selection }: Question, tell: ConversionTarget["tell"]): Promise<Uint8Array> => {
  const { tableOf, workbookOf } = await import("../output/xlsx.ts");
  const ofSeats = seats(register, selection, true);
  const sheets = [
    await tableOf("Contracts", contractRows(register, selection)),
    await tableOf("Lots", lots(register, selection)),
    await tableOf("Seats", ofSeats),
    await tableOf("Orders", orders(register, selection)),
    await tableOf("Sources", sources(register)),
  ];
  ofSeats.closing().notes.forEach(tell);
  return workbookOf(sheets);
};
