/**
 * git is asked, not run: this is the only file that starts a program, `git rev-parse` and `cat-file`, which give
 * objects as they are stored. Trees are read as such (`git-tree.ts`), each once, for lists of paths can be made very
 * long by a few that stand in each other, and hide names that are none of files. `guards.ts` lists what keeps git from
 * doing more, one thing a line; a test holds each line to a repository that does harm without it.
 */

import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter } from "node:path";
import { InputError } from "../../model/errors.ts";
import { tooLarge } from "../bytes.ts";
import { explainSystemError, systemErrorCode } from "../system-error.ts";
import { findProgram, type ProgramPlaces, programFolders } from "./find-program.ts";
import { guardedGit } from "./guards.ts";

/** So many git may give for one question, and for one path. */
export const MOST_BYTES = 1024 * 2 ** 20;

/** How long git may take to say what is there, and to give it: a repository may have it wait for a pipe for ever. */
const PATIENCE = { ask: 60_000, read: 600_000 };

/**
 * What git answers; undefined where it says no. It is run without a shell and with every guard: it asks no other machine,
 * runs no other program, and changes nothing. Throws InputError where it cannot be run, or says why it does not answer.
 */
export const askGit = (argv: readonly string[], about: string, input?: string): Buffer | undefined => {
  const git = gitFor(about);
  const first = git.run(argv, input);
  const distrusted = first.status !== 0 && /dubious ownership/.test(reasonOf(first));
  const { error, status, signal, stdout, ...answer } = distrusted ? git.run([...git.trusted(), ...argv], input) : first;
  if (error !== undefined) throw explainFailure(error, about);
  if (status === 0) return stdout;
  if (signal !== null) throw new InputError(`cannot read ${about}: git was ended by ${signal}`, READ_THROUGH_GIT);
  const reason = reasonOf(answer);
  if (reason === "") return undefined;
  throw new InputError(`cannot read ${about}: ${withoutValues(reason)}`, hintOf(reason));
};

/** Settings may come from any file that a repository includes: what git quotes of them is not shown. */
const withoutValues = (reason: string): string =>
  /\b(?:config|setting|value|variable)\b/i.test(reason) ? reason.replace(/'.*'/g, "'…'") : reason;

const hintOf = (reason: string): string | undefined => HINTS.find(([pattern]) => pattern.test(reason))?.[1];

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /bad (?:numeric |boolean )?config|unable to (?:parse|read|access)/,
    "fix the settings of the repository: git config --list",
  ],
  [/not a git repository/, "there is no repository here: name two registers to compare, or a path without git:"],
  [/dubious ownership/, "if you trust it: git config --global --add safe.directory, and that folder"],
  [
    /cannot use bare repository/,
    "a folder may hold a stranger's repository as files: clone it, and ask from the clone",
  ],
];

const reasonOf = ({ stderr }: Pick<SpawnSyncReturns<Buffer>, "stderr">): string =>
  /(?<=^fatal: ).*/m.exec(stderr?.toString("utf8") ?? "")?.[0] ?? "";

const explainFailure = (error: Error, about: string): InputError =>
  systemErrorCode(error) === "ENOBUFS"
    ? tooLarge(about, MOST_BYTES)
    : new InputError(`cannot read ${about}: ${explainSystemError(error)}`, READ_THROUGH_GIT);

const READ_THROUGH_GIT = "paths that begin with git: are read through git";

interface Git {
  readonly run: (argv: readonly string[], input?: string) => SpawnSyncReturns<Buffer>;
  /** The options that name the folders which the user trusts, whoever owns them. */
  readonly trusted: () => readonly string[];
}

const gitFor = (about: string): Git => {
  const places = programPlaces();
  const program = findProgram("git", places);
  if (program === undefined) throw new InputError(`cannot read ${about}: git is not installed`, READ_THROUGH_GIT);
  const { options, env } = guardedGit(process.env, programFolders(places).join(delimiter));
  const cwd = places.folder;
  const common = { cwd, maxBuffer: MOST_BYTES, windowsHide: true } as const;
  return {
    run: (argv, input) => {
      const timeout = input === undefined ? PATIENCE.ask : PATIENCE.read;
      return spawnSync(program, [...options, ...argv], { ...common, env, input, timeout });
    },
    trusted: () => trustedFolders(program, cwd).flatMap((folder) => ["-c", `safe.directory=${folder}`]),
  };
};

export const programPlaces = (): ProgramPlaces => ({
  platform: process.platform,
  path: process.env["PATH"],
  extensions: process.env["PATHEXT"],
  folder: currentFolder(),
  isProgram,
});

const currentFolder = (): string | undefined => {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
};

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** What `safe.directory` says, of all the settings of machine, user and command line; a repository's own do not count. */
const trustedFolders = (program: string, cwd: string | undefined): readonly string[] => {
  // Where there is no repository, it has nothing to say.
  const env = { ...process.env, GIT_DIR: "/dev/null" };
  const asked = ["--no-pager", "config", "-z", "--get-all", "safe.directory"];
  const { status, stdout } = spawnSync(program, asked, { cwd, env, windowsHide: true });
  return status === 0 ? stdout.toString("utf8").split("\0").slice(0, -1) : [];
};
