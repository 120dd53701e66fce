import fc from "fast-check";
import { parseQuery } from "../../src/query/parse-query.ts";
import { printQuery } from "../../src/query/print-query.ts";
import { QueryError } from "../../src/query/query-error.ts";
import { randomQuery } from "../query/random-query.ts";
import { mutantBytes } from "./mutants.ts";
import { ask, Fault, type Trial } from "./trial.ts";

const NOTHING = Buffer.from('{"contract":"c","lots":[{"lot":"1","ceiling":"EUR 1M"},{"lot":"2"}]}\n');

/** A query that was changed somewhere is refused, or means the same once it was printed and read again. */
const queries: Trial = async (seed) => {
  const [random] = fc.sample(randomQuery, { seed, numRuns: 1 });
  if (random === undefined) throw new Error("no query");
  const text = mutantBytes([Buffer.from(printQuery(random))], seed).toString("utf8");
  try {
    const printed = printQuery(parseQuery(text));
    const again = printQuery(parseQuery(printed));
    if (again !== printed) throw new Fault(`printed as ${printed}, then as ${again}`, text);
    const written = await ask(["lots", "--json", "--data", "-", "--", text], NOTHING);
    const rewritten = await ask(["lots", "--json", "--data", "-", "--", printed], NOTHING);
    if (written.stdout !== rewritten.stdout) throw new Fault(`${printed} answers otherwise`, text);
    return "answered";
  } catch (error) {
    if (error instanceof QueryError) return "refused";
    throw error;
  }
};

export const QUERY_TRIALS: Readonly<Record<string, Trial>> = { queries };
