import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { CHECKER } from "../../schema-checker.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "..", "shared", "ocds");
const RELEASE = join(FOLDER, "release-schema.closed.json");

/** Whether the standard's own schema lies beside the project: OCDS 1.1 with extensions, in which no other member may stand. */
export const hasStandardSchema = existsSync(RELEASE);

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

/** What draft 4 says otherwise than its successors: whether a limit itself is excluded. */
const modern = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(modern);
  if (!isSchema(value)) return value;
  const { $schema, id, exclusiveMinimum, exclusiveMaximum, ...rest } = value;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, modern(one)]));
  const limits = {
    ...(exclusiveMinimum === true && { exclusiveMinimum: rest["minimum"] }),
    ...(exclusiveMaximum === true && { exclusiveMaximum: rest["maximum"] }),
  };
  return { ...inner, ...limits, ...(isSchema(id) && { id: modern(id) }) };
};

const compiled = () => {
  const schema = modern(JSON.parse(readFileSync(RELEASE, "utf8")));
  if (!isSchema(schema) || !isSchema(schema["definitions"])) throw new Error("no schema");
  // The lots extension refers to a definition of another one, which need not be there.
  for (const [, name = ""] of JSON.stringify(schema).matchAll(/#\/definitions\/(\w+)/g))
    schema["definitions"][name] ??= {};
  return new Ajv({ ...CHECKER, strict: false, validateFormats: false }).compile(schema);
};

let validate: ReturnType<typeof compiled> | undefined;

/** Where the releases of a package are not as the standard wants them, each kind once. */
export const standardProblems = (text: string): readonly string[] => {
  validate ??= compiled();
  const problems = new Set<string>();
  const { releases } = JSON.parse(text);
  for (const release of releases) {
    if (validate(release)) continue;
    for (const { instancePath, message, params } of validate.errors ?? [])
      problems.add(`${instancePath.replace(/\/\d+/g, "/*")} ${message} ${JSON.stringify(params)}`);
  }
  return [...problems];
};
