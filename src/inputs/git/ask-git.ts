/**
 * git is asked, not run. This is the only file that starts a program: `git rev-parse` and `git cat-file`, which give
 * objects as they are stored, and `git config`, for the folders that the user trusts. Trees are read as they are stored
 * (`git-tree.ts`), each once: lists of paths can be made very long by a few trees that stand in each other, and they
 * hide names that cannot be files'. `GUARDS` lists what keeps git from doing more, one thing a line. A test holds each
 * line to a repository that does harm without it.
 */

import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, posix, win32 } from "node:path";
import { InputError } from "../../model/errors.ts";
import { tooLarge } from "../bytes.ts";
import { explainSystemError, systemErrorCode, unlessRefused } from "../system-error.ts";

export interface ProgramPlaces {
  readonly platform: NodeJS.Platform;
  /** The folders to look in, as the environment has them in PATH. */
  readonly path: string | undefined;
  /** The endings of what Windows takes for programs: `.COM;.EXE;.BAT`. */
  readonly extensions: string | undefined;
  readonly folder: string | undefined;
  readonly isProgram: (file: string) => boolean;
}

/** The endings of programs that Windows starts without a shell. */
const STARTED_BY_ITSELF: ReadonlySet<string> = new Set([".com", ".exe"]);

/**
 * The folders of PATH that mean the same wherever one stands. An empty or relative one and the current folder itself
 * are left out: they may hold programs of whoever filled the current folder.
 */
const programFolders = ({ platform, path = "", folder }: Omit<ProgramPlaces, "isProgram">): string[] => {
  const isWindows = platform === "win32";
  const { delimiter, normalize } = isWindows ? win32 : posix;
  const plain = (name: string): string => {
    const trimmed = normalize(name).replace(isWindows ? /(?<!^[A-Za-z]:)[\\/]$/ : /(?<=.)\/$/, "");
    return isWindows ? trimmed.toLowerCase() : trimmed;
  };
  const here = folder === undefined ? undefined : plain(folder);
  return path
    .split(delimiter)
    .map((entry) => (isWindows ? entry.replace(/^"(.*)"$/, "$1") : entry))
    .filter((entry) => isFixed(entry, isWindows) && plain(entry) !== here);
};

/**
 * Whether a folder of PATH is absolute. On Windows, `\tools` depends on the current drive, and `C:tools` on the current
 * folder there.
 */
const isFixed = (entry: string, isWindows: boolean): boolean =>
  isWindows ? /^(?:[A-Za-z]:[\\/]|\\\\[^\\/])/.test(entry) : entry.startsWith("/");

/** The whole path of a program; undefined if no folder of PATH has it. */
export const findProgram = (name: string, places: ProgramPlaces): string | undefined => {
  const isWindows = places.platform === "win32";
  const { join } = isWindows ? win32 : posix;
  const extensions = isWindows ? windowsExtensions(places.extensions) : [""];
  return programFolders(places)
    .flatMap((folder) => extensions.map((extension) => join(folder, `${name}${extension}`)))
    .find(places.isProgram);
};

const windowsExtensions = (written: string | undefined): readonly string[] => {
  const named = (written ?? "").split(";").map((extension) => extension.trim().toLowerCase());
  const usable = named.filter((extension) => STARTED_BY_ITSELF.has(extension));
  return usable.length > 0 ? usable : [...STARTED_BY_ITSELF];
};

/** Something that git does if a repository, its owner's settings or the environment ask for it, and what stops it. */
export interface Guard {
  readonly against: string;
  /**
   * A variable of git's environment, or a setting before the command. Both take precedence over what a repository says.
   */
  readonly by:
    | { readonly variable: string; readonly value: string }
    | { readonly setting: string; readonly value: string };
}

/** The file that is always empty. git knows it by this name on Windows, too. */
const NOTHING = "/dev/null";

const variable = (name: string, value: string, against: string): Guard => ({
  against,
  by: { variable: name, value },
});

const setting = (name: string, value: string, against: string): Guard => ({ against, by: { setting: name, value } });

/**
 * Repositories may come from strangers. With these guards, git runs no program that a repository names, asks no other
 * machine and no person, and gives the very objects that are stored under a name. A test holds each of them to a
 * repository that does harm without it.
 */
export const GUARDS: readonly Guard[] = [
  variable("GIT_NO_LAZY_FETCH", "1", "objects that a partial clone fetches when they are asked for"),
  variable("GIT_ALLOW_PROTOCOL", "", "transports, which run programs: git before 2.45 knows no GIT_NO_LAZY_FETCH"),
  variable("GIT_TERMINAL_PROMPT", "0", "questions for a password"),
  variable("GIT_ASKPASS", "", "programs that ask for a password"),
  variable("GIT_PAGER", "cat", "a pager"),
  variable("GIT_CONFIG_NOSYSTEM", "1", "settings of the machine"),
  variable("GIT_CONFIG_GLOBAL", NOTHING, "settings of the user"),
  variable("GIT_NO_REPLACE_OBJECTS", "1", "objects that stand for others"),
  variable("GIT_GRAFT_FILE", NOTHING, "commits that are given other parents"),
  variable("GIT_OPTIONAL_LOCKS", "0", "changes to the index where it is merely read"),
  variable("GIT_LITERAL_PATHSPECS", "1", "names of files that are taken for patterns"),
  setting("safe.bareRepository", "explicit", "repositories that were committed as the files of another"),
  setting("core.fsmonitor", "false", "a program that watches files"),
  setting("core.hooksPath", NOTHING, "hooks"),
  setting("core.commitGraph", "false", "an index of commits that says otherwise than they do"),
  setting("credential.helper", "", "programs that know passwords"),
];

/** What git may know of the environment: where things are, not what to do. */
const KEPT = [
  "HOME",
  "USERPROFILE",
  "HOMEDRIVE",
  "HOMEPATH",
  "SYSTEMROOT",
  "WINDIR",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "DEVELOPER_DIR",
  // The user for whom root acts: git trusts the repositories of that user, too.
  "SUDO_UID",
  "GIT_CEILING_DIRECTORIES",
];

type Environment = Readonly<Record<string, string | undefined>>;

interface GuardedGit {
  readonly options: readonly string[];
  readonly env: Record<string, string | undefined>;
}

/**
 * The options and the environment with which git runs. Of the outer environment it gets only {@link KEPT}, and PATH as
 * it is given here.
 */
export const guardedGit = (outside: Environment, path: string, guards: readonly Guard[] = GUARDS): GuardedGit => {
  // git's messages are understood in English only.
  const env: Record<string, string | undefined> = { PATH: path, LC_ALL: "C" };
  for (const name of KEPT) if (outside[name] !== undefined) env[name] = outside[name];
  const options: string[] = [];
  for (const { by } of guards) {
    if ("variable" in by) env[by.variable] = by.value;
    else options.push("-c", `${by.setting}=${by.value}`);
  }
  return { options, env };
};

/** How many bytes git may give for one question, and for one path. */
export const MOST_BYTES = 1024 * 2 ** 20;

/**
 * How long git may take to say what is there, and to give it, in milliseconds. A repository may have it wait for a pipe
 * for ever.
 */
const PATIENCE = { ask: 60_000, read: 600_000 };

/**
 * Gives git's answer; undefined if it says no. It is run without a shell and with every guard: it asks no other
 * machine, runs no other program, and changes nothing. Throws InputError if it cannot be run, or gives a reason why it
 * does not answer.
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

/**
 * A message of git without the values of settings that it quotes: these may come from any file that a repository
 * includes.
 */
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
  /** The options that name the folders that the user trusts, whoever owns them. */
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
  folder: unlessRefused(() => process.cwd()),
  isProgram,
});

const isProgram = (file: string): boolean =>
  unlessRefused(() => {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  }) ?? false;

/**
 * The values of `safe.directory` in all settings of machine, user and command line. A repository's own do not count.
 */
const trustedFolders = (program: string, cwd: string | undefined): readonly string[] => {
  // Where there is no repository, there are no settings of its own.
  const env = { ...process.env, GIT_DIR: "/dev/null" };
  const asked = ["--no-pager", "config", "-z", "--get-all", "safe.directory"];
  const { status, stdout } = spawnSync(program, asked, { cwd, env, windowsHide: true });
  return status === 0 ? stdout.toString("utf8").split("\0").slice(0, -1) : [];
};
