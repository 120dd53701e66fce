import { textOfJson } from "../../src/inputs/bytes.ts";
import { contentOf, OCDS_LISTS } from "../../src/inputs/content.ts";
import { ListPieces, type Piece, TablePieces } from "../../src/inputs/list-pieces.ts";
import { contractsOfNotices } from "../../src/notices/contract-of-notices.ts";
import { readDecp, readDecpTable } from "../../src/notices/decp/read-decp.ts";
import type { NoticesRead } from "../../src/notices/notice.ts";
import { readOcds, readOcdsPiece } from "../../src/notices/ocds/read-ocds.ts";
import { SupplierPool } from "../../src/notices/supplier-pool.ts";
import { DECP_DOCUMENTS, DECP_TABLES } from "../notices/decp/documents.ts";
import { OCDS_DOCUMENTS } from "../notices/ocds/documents.ts";
import { mutantBytes, randomFrom } from "./mutants.ts";
import { Fault, type Trial } from "./trial.ts";

interface Cutter {
  readonly add: (chunk: Buffer) => Iterable<Piece>;
  readonly finish: () => Iterable<Piece>;
}

/** A format that is read whole where it is short, and in pieces where it is long. */
interface CutFormat {
  readonly content: "ocds" | "decp" | "decp-csv";
  readonly documents: readonly string[];
  readonly cutter: () => Cutter;
  readonly whole: (bytes: Buffer, pool: SupplierPool) => NoticesRead;
  readonly piece: (piece: Piece, pool: SupplierPool) => NoticesRead;
}

const MOST_OF_CHUNK = 700;

const piecesOf = (bytes: Buffer, cutter: Cutter, size: number): readonly Piece[] => {
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...cutter.add(bytes.subarray(at, at + size)));
  return [...pieces, ...cutter.finish()];
};

/** Suppliers by their ids, for their names are those of whichever notice is read first. */
const written = (key: string, value: unknown): unknown => {
  if (typeof value === "bigint") return `${value}`;
  if (key === "statedHere") return undefined;
  return typeof value === "object" && value !== null && "legalId" in value && "id" in value ? value.id : value;
};

/** The contracts that the notices make, and all that is told of each. */
const contractsIn = (reads: readonly NoticesRead[]): readonly string[] =>
  contractsOfNotices(reads.flatMap(({ notices }) => notices))
    .map((contract) => JSON.stringify(contract, written))
    .sort();

/** Mutants say in pieces what they say as a whole, in whatever chunks they come; what is refused whole is in pieces, too. */
const cutAlike =
  ({ content, documents, cutter, whole, piece }: CutFormat): Trial =>
  async (seed) => {
    const bytes = mutantBytes(
      documents.map((document) => Buffer.from(document)),
      seed,
    );
    if (contentOf(bytes, true) !== content) return "refused";
    const size = 1 + randomFrom(seed)(MOST_OF_CHUNK);
    const read = whole(bytes, new SupplierPool());
    const pool = new SupplierPool();
    const reads = piecesOf(bytes, cutter(), size).map((one) => piece(one, pool));
    const isRefused = read.findings.length > 0;
    if (isRefused !== reads.some(({ findings }) => findings.length > 0))
      throw new Fault(`in chunks of ${size} bytes, refused only ${isRefused ? "whole" : "in pieces"}`, bytes);
    if (isRefused) return "refused";
    const [one, other] = [contractsIn([read]), contractsIn(reads)];
    const at = one.findIndex((contract, index) => contract !== other[index]);
    if (at !== -1 || one.length !== other.length)
      throw new Fault(`in chunks of ${size} bytes, read otherwise:\n${one[at]}\n${other[at]}`, bytes);
    return "answered";
  };

const textOf = (bytes: Buffer): string => textOfJson(bytes).text;

const DECP_LISTS = {
  names: new Set(["marches", "marche", "contrat-concession", "results", "data"]),
  ofItems: new Set<string>(),
};

/** Each of them on one line, and over many. */
const spread = (documents: readonly string[]): readonly string[] =>
  documents.flatMap((text) => [text, JSON.stringify(JSON.parse(text)), JSON.stringify(JSON.parse(text), undefined, 2)]);

const isOneText = (text: string): boolean => !text.includes("}\n{");

export const PIECE_TRIALS: Readonly<Record<string, Trial>> = {
  "ocds-pieces": cutAlike({
    content: "ocds",
    documents: spread(OCDS_DOCUMENTS.filter(isOneText)),
    cutter: () => new ListPieces(OCDS_LISTS),
    whole: (bytes, pool) => {
      const { text, windows1252 } = textOfJson(bytes);
      return readOcds(text, "mutant", pool, { firstLine: 1, windows1252 });
    },
    piece: (piece, pool) => readOcdsPiece(piece, "mutant", pool),
  }),
  "decp-pieces": cutAlike({
    content: "decp",
    documents: spread(DECP_DOCUMENTS),
    cutter: () => new ListPieces(DECP_LISTS),
    whole: (bytes, pool) => readDecp(textOf(bytes), "mutant", pool),
    piece: (piece, pool) => readDecp(textOf(piece.bytes), "mutant", pool, piece),
  }),
  "decp-csv-pieces": cutAlike({
    content: "decp-csv",
    documents: DECP_TABLES,
    cutter: () => new TablePieces(),
    whole: (bytes, pool) => readDecpTable(textOf(bytes), "mutant", pool),
    piece: (piece, pool) => readDecpTable(textOf(piece.bytes), "mutant", pool, piece.line),
  }),
};
