import type { Codec } from "./codec.ts";
import { isProblem } from "./decode.ts";
import { id } from "./values.ts";

/** A source that is to be believed before others. */
export const preferredSource: Codec<string> = {
  schema: id.schema,
  encode: id.encode,
  decode: (value, at) => {
    const source = id.decode(value, at);
    if (source === undefined) return undefined;
    const found = at.references.attribution(source);
    return isProblem(found) ? at.report(found.rule, found.problem, found.hint) : source;
  },
};
