import type { Position } from "../../src/model/errors.ts";
import { readDecp, readDecpLines, readDecpTable } from "../../src/notices/decp/read-decp.ts";
import { readEforms } from "../../src/notices/eforms/read-eforms.ts";
import type { ReadNotices } from "../../src/notices/notice.ts";
import { readOcds } from "../../src/notices/ocds/read-ocds.ts";
import { SupplierPool } from "../../src/notices/supplier-pool.ts";
import { readTed } from "../../src/notices/ted/read-ted.ts";
import { DECP_DOCUMENTS, DECP_LINES, DECP_TABLES } from "../notices/decp/documents.ts";
import { EFORMS_DOCUMENTS } from "../notices/eforms/documents.ts";
import { emptyFacts } from "../notices/empty-facts.ts";
import { OCDS_DOCUMENTS } from "../notices/ocds/documents.ts";
import { TED_DOCUMENTS } from "../notices/ted/documents.ts";
import { mutantOf } from "./mutants.ts";
import { Fault, type Trial } from "./trial.ts";

const isPlace = (position: Position | undefined): boolean =>
  position !== undefined && position.line >= 1 && position.column >= 1;

/** Reads mutants of valid notices: each is answered, or refused with a place, and never thrown at. */
const mutantsOf =
  (read: ReadNotices, documents: readonly string[]): Trial =>
  async (seed) => {
    const text = mutantOf(
      documents.map((document) => Buffer.from(document)),
      seed,
    );
    const { notices, findings, other } = read(text, "mutant", new SupplierPool());
    // Of nothing, nothing need be said.
    if (notices.length + findings.length === 0 && other === undefined && text.trim() !== "")
      throw new Fault("neither answered nor refused", text);
    if (!findings.every(({ position, message }) => isPlace(position) && message !== ""))
      throw new Fault(`refused without a place: ${JSON.stringify(findings)}`, text);
    const empty = notices.flatMap(({ contract }) => emptyFacts(contract));
    if (empty.length > 0) throw new Fault(`what says nothing: ${empty.join(", ")}`, text);
    return findings.length > 0 || other !== undefined ? "refused" : "answered";
  };

export const NOTICE_TRIALS: Readonly<Record<string, Trial>> = {
  eforms: mutantsOf(readEforms, EFORMS_DOCUMENTS),
  ted: mutantsOf(readTed, TED_DOCUMENTS),
  ocds: mutantsOf(readOcds, OCDS_DOCUMENTS),
  decp: mutantsOf((text, file, pool) => readDecp(text, file, pool), DECP_DOCUMENTS),
  "decp-lines": mutantsOf((text, file, pool) => readDecpLines(text, file, pool, 1), DECP_LINES),
  "decp-csv": mutantsOf((text, file, pool) => readDecpTable(text, file, pool), DECP_TABLES),
};
