import { Preference } from "../model/claim.ts";
import { type Finding, findingOf } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import { type NamedQuery, queryCodec } from "../records/register.ts";
import { preferredSource, type Source, sourceCodec } from "../records/source.ts";
import { type Supplier, supplierCodec } from "../records/supplier.ts";
import { decodeDefinition, decodeRecord, type PlainRecord } from "./records.ts";
import { ReferenceTable } from "./references.ts";
import { successionFindings } from "./successions.ts";

type Identified = Pick<Source | Supplier | Contract | NamedQuery, "id" | "origin">;

export const duplicate = (kind: string, { id, origin }: Identified, where: string): Finding =>
  findingOf("F7", `the ${kind} "${id}" stands twice`, origin.locate([kind]), `the other one is at ${where}`);

export const placeOf = (record: Identified, kind: string): string => {
  const { file, line } = record.origin.locate([kind]);
  return `${file}:${line}`;
};

export const collectReferences = (
  definitions: {
    readonly sources: readonly PlainRecord[];
    readonly suppliers: readonly PlainRecord[];
  },
  findings: Finding[],
): ReferenceTable => {
  const references = new ReferenceTable();
  for (const record of definitions.sources) {
    const source = decodeDefinition(sourceCodec, record, references, findings);
    const earlier = source?.id ? references.addSource(source) : undefined;
    if (source && earlier) findings.push(duplicate("source", source, placeOf(earlier, "source")));
  }
  for (const record of definitions.suppliers) {
    const supplier = decodeDefinition(supplierCodec, record, references, findings);
    const earlier = supplier?.id ? references.addSupplier(supplier) : undefined;
    if (supplier && earlier) findings.push(duplicate("supplier", supplier, placeOf(earlier, "supplier")));
  }
  for (const { name, first, second } of references.indexNames()) {
    const message = `"${name}" names both ${first.id} and ${second.id}`;
    findings.push(
      findingOf("T2-alias", message, second.origin.locate(["supplier"]), "an alias belongs to one supplier"),
    );
  }
  addAll(findings, successionFindings(references));
  return references;
};

/** The order in which sources are believed: those that a register prefers, then the others as they are listed. */
export const preferredOrder = (
  records: readonly PlainRecord[],
  references: ReferenceTable,
  findings: Finding[],
): Preference => {
  const listed = references.sources.map(({ id }) => id);
  const [first] = records;
  const preferred = new Set<string>();
  for (const record of records) {
    const id = decodeRecord(preferredSource, record, references, findings);
    const again = id !== undefined && preferred.has(id);
    if (id !== undefined) preferred.add(id);
    if (first !== undefined && (again || fileOf(record) !== fileOf(first)))
      findings.push(preferredTwice(record, first));
  }
  return new Preference([...preferred, ...listed.filter((id) => !preferred.has(id))]);
};

const fileOf = ({ origin }: PlainRecord): string => origin.locate([]).file;

const preferredTwice = ({ origin }: PlainRecord, first: PlainRecord): Finding => {
  const { file, line } = first.origin.locate([]);
  const message = "one list says which sources are preferred, each once";
  return findingOf("F7", message, origin.locate([]), `it begins at ${file}:${line}`);
};

export const collectQueries = (
  records: readonly PlainRecord[],
  references: ReferenceTable,
  findings: Finding[],
): ReadonlyMap<string, NamedQuery> => {
  const queries = new Map<string, NamedQuery>();
  for (const record of records) {
    const query = decodeRecord(queryCodec, record, references, findings);
    if (query === undefined) continue;
    const earlier = queries.get(query.id);
    if (earlier === undefined) queries.set(query.id, query);
    else findings.push(duplicate("query", query, placeOf(earlier, "query")));
  }
  return queries;
};
