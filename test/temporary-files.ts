import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "lotbook-tests-";

/**
 * Gives the tests a folder of their own for temporary files, which goes when all have run: workers are ended before they
 * could clean up, and what several tests share has no other end. It is made once, though each project of the settings asks
 * for it: sockets have no place deep in others.
 */
export default (): (() => void) | undefined => {
  if (basename(tmpdir()).startsWith(PREFIX)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
};
