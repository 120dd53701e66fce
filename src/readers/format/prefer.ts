import { type Codec, isProblem } from "../decode.ts";
import { sourceId } from "./scalars.ts";

/** A source that is to be believed before others. */
export const preferredSource: Codec<string> = {
  schema: sourceId.schema,
  decode: (value, at) => {
    const id = sourceId.decode(value, at);
    if (id === undefined) return undefined;
    const found = at.references.attribution(id);
    return isProblem(found) ? at.report(found.rule, found.problem, found.hint) : id;
  },
};
