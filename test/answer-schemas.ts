import { Ajv2020 } from "ajv/dist/2020.js";
import { runInProcess } from "./cases/run-in-process.ts";
import { CHECKER } from "./schema-checker.ts";

const ajv = new Ajv2020({ ...CHECKER, allowUnionTypes: true });

const readSchema = async (command: string) => {
  const { stdout } = await runInProcess(["schema", command]);
  const schema = JSON.parse(stdout);
  return { schema, valid: ajv.compile(schema) };
};

type Schema = Awaited<ReturnType<typeof readSchema>>;
const schemas = new Map<string, Promise<Schema>>();

/** What `lotbook schema` prints for a command, compiled once: large ones take their time. */
export const schemaOf = (command: string): Promise<Schema> => {
  const known = schemas.get(command) ?? readSchema(command);
  schemas.set(command, known);
  return known;
};
