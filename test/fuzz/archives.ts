import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Packed, tarOf, zipOf } from "../archives.ts";
import { EFORMS_DOCUMENTS } from "../notices/eforms/documents.ts";
import { OCDS_DOCUMENTS } from "../notices/ocds/documents.ts";
import { TED_DOCUMENTS } from "../notices/ted/documents.ts";
import { mutantBytes, mutantOf } from "./mutants.ts";
import { ask, Fault, sameAnswers, type Trial } from "./trial.ts";

const AT = ["--json", "--at", "2024-06-01"];
const QUESTIONS = [
  ["lots", "--fields", "contract,lot,ceiling,suppliers,awarded", ...AT],
  ["total", ...AT],
] as const;

/** Notices, most of them changed somewhere, by names that keep their order. */
const filesFrom = (seed: number): Packed => {
  const mutant = (documents: readonly string[], index: number): string =>
    seed % 4 === index ? (documents[0] ?? "") : mutantOf([Buffer.from(documents[0] ?? "")], seed + index);
  return {
    "a.xml": mutant(EFORMS_DOCUMENTS, 0),
    "b.json": mutant(OCDS_DOCUMENTS, 1),
    "c.xml": mutant(TED_DOCUMENTS, 2),
  };
};

const answersOf = async (paths: readonly string[], input: Buffer): Promise<readonly string[]> => {
  const answers: string[] = [];
  for (const argv of QUESTIONS) {
    const { stdout } = await ask([...argv, "--skip-bad", ...paths.flatMap((path) => ["--data", path])], input);
    answers.push(stdout);
  }
  return answers;
};

const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-fuzz-"));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Notices by themselves, in a folder, each packed there, and all in an archive: they answer alike. */
const packed: Trial = async (seed) => {
  const files = filesFrom(seed);
  const tar = await tarOf(files);
  const none: Buffer = Buffer.alloc(0);
  await inFolder(async (folder) => {
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
    const expected = await answersOf([folder], none);
    // A file that is named must be one that can be read; one that lies in a folder need not.
    const named = await ask(["total", "--skip-bad", ...paths.flatMap((path) => ["--data", path])], none);
    if (named.exitCode === 0) sameAnswers("each file", expected, await answersOf(paths, none), none);
    const same = async (what: string, input: Buffer): Promise<void> =>
      sameAnswers(what, expected, await answersOf(["-"], input), input);
    await inFolder(async (gzipped) => {
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(gzipped, `${name}.gz`), gzipSync(content));
      sameAnswers("each file in gzip", expected, await answersOf([gzipped], none), none);
    });
    for (const [name, content] of Object.entries({ "n.zip": zipOf(files), "n.tar": tar, "n.tar.gz": gzipSync(tar) }))
      await same(name, content);
  });
  return "answered";
};

/** An archive that was changed somewhere: what can be read is answered, what cannot is told. */
const mutants: Trial = async (seed) => {
  const files = { "a.xml": EFORMS_DOCUMENTS[0] ?? "", "b.json": OCDS_DOCUMENTS[0] ?? "" };
  const tar = await tarOf(files);
  const originals = [
    zipOf(files),
    zipOf(files, { stored: true }),
    zipOf(files, { descriptors: true }),
    tar,
    gzipSync(tar),
  ];
  // Most changes break a checksum: now and then an archive stays whole.
  const whole = seed % 4 === 0 ? originals[seed % originals.length] : undefined;
  const bytes = whole ?? mutantBytes(originals, seed);
  const { exitCode, stderr } = await ask(["lots", ...AT, "--data", "-"], bytes);
  if (exitCode === 0) return "answered";
  if (stderr.trim() === "") throw new Fault("refused without a word", bytes);
  if (whole !== undefined) throw new Fault(`refused: ${stderr}`, bytes);
  return "refused";
};

export const ARCHIVE_TRIALS: Readonly<Record<string, Trial>> = { archives: packed, "archive-mutants": mutants };
