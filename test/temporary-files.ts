import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives the tests a folder of their own for temporary files, which goes when all have run: workers are ended before they
 * could clean up, and what several tests share has no other end.
 */
export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-tests-"));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
};
