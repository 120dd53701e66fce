import type { Conversion, Question } from "../commands/command.ts";
import { type Arrangement, arrange } from "../engine/report.ts";
import { seats } from "../engine/seats.ts";
import type { Surface } from "../output/format.ts";
import { FORMATS } from "../output/formats.ts";
import { contractsAskedFor } from "../query/selection.ts";
import { registerLines } from "../writers/register-lines.ts";
import { registerYaml } from "../writers/register-yaml.ts";

/** How the rows of a table are to look. */
export interface Look {
  readonly arrangement: Arrangement;
  readonly surface: Surface;
}

/** The contracts that are asked for in another form, piece by piece; `folder` is where the text will lie. */
export async function* convert(
  to: Conversion,
  { register, selection }: Question,
  folder: string,
  { arrangement, surface }: Look,
): AsyncGenerator<string> {
  const contracts = contractsAskedFor(register, selection);
  const options = { folder, ...(contracts && { contracts }) };
  switch (to) {
    case "yaml":
      yield await registerYaml(register, options);
      return;
    case "jsonl":
      yield* registerLines(register, options);
      return;
    case "csv":
      yield* FORMATS.csv(arrange(seats(register, selection), arrangement), surface);
  }
}
