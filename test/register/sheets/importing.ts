import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome } from "../../cases/case-file.ts";
import { runInProcess } from "../../cases/run-in-process.ts";

/** A folder for sheets and maps, which stays until all tests end: files of tests share it. */
export const folder = mkdtempSync(join(tmpdir(), "lotbook-import-"));

let files = 0;

/** A file with this content, and a name that ends so. */
export const fileWith = (content: string | Uint8Array, ending = ".csv"): string => {
  const file = join(folder, `sheet-${files++}${ending}`);
  writeFileSync(file, content);
  return file;
};

/** Messages name files by their paths, which differ from run to run. */
const plain = (text: string): string => text.replaceAll(`${folder}/`, "").replace(/sheet-\d+/g, "sheet");

/** What the program answers to the import of a sheet with a map. */
export const importing = async (sheet: string | Uint8Array, map?: string, ending?: string): Promise<Outcome> => {
  const file = fileWith(sheet, ending);
  const named = map === undefined ? [] : ["--map", fileWith(map, ".yaml")];
  const outcome = await runInProcess(["import", file, ...named]);
  return { ...outcome, stdout: plain(outcome.stdout), stderr: plain(outcome.stderr) };
};

/** The register that a sheet comes to, of which nothing is to be said besides. */
export const registerOf = async (sheet: string | Uint8Array, map: string, ending?: string): Promise<string> => {
  const { stdout, stderr, exitCode } = await importing(sheet, map, ending);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
};

/** What is wrong with a sheet, a line each, without the hints. */
export const errorsOf = async (
  sheet: string | Uint8Array,
  map: string,
  ending?: string,
): Promise<readonly string[]> => {
  const { stdout, stderr } = await importing(sheet, map, ending);
  if (stdout !== "") throw new Error(stdout);
  return stderr.split("\n").filter((line) => /^sheet[^ ]*: /.test(line));
};

/** What is told beside a register. */
export const notesOf = async (sheet: string | Uint8Array, map?: string, ending?: string): Promise<readonly string[]> =>
  (await importing(sheet, map, ending)).stderr
    .split("\n")
    .filter((line) => line.startsWith("note: "))
    .map((line) => line.slice("note: ".length));

/** What an answer is about an imported register. */
export const answerTo = async (argv: readonly string[], register: string): Promise<string> => {
  const { stdout } = await runInProcess([...argv, "--data", "-"], { input: Buffer.from(register) });
  return stdout;
};
