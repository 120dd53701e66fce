import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const hasGit = spawnSync("git", ["--version"]).status === 0;

/** The title of tests that need git, which says so where there is none. */
export const withGit = (title: string): string => (hasGit ? title : `${title} (skipped: git is not installed)`);

/** A repository of a test, in a folder of its own. */
export interface Repository {
  readonly folder: string;
  readonly git: (...argv: readonly string[]) => string;
  /** Writes files, by their paths, and commits them. */
  readonly commit: (files: Readonly<Record<string, string>>) => void;
  readonly remove: () => void;
}

const IDENTITY = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];

export const makeRepository = (): Repository => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-git-"));
  const git = (...argv: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync("git", [...IDENTITY, ...argv], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${argv.join(" ")}: ${stderr}`);
    return stdout;
  };
  git("init", "--quiet", "--initial-branch=main");
  return {
    folder,
    git,
    commit: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--message", "Change");
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};
