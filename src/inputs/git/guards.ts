/** Something that git does where a repository, its owner's settings or the environment ask for it, and what stops it. */
export interface Guard {
  readonly against: string;
  /** A variable of git's environment, or a setting before the command: both count more than what a repository says. */
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
 * Repositories may come from strangers. With these guards git runs no program that one names, asks no other machine and
 * no person, and gives the objects that are stored under a name. A test holds each of them to a repository that does
 * harm without it.
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
  // Whom root stands for: git trusts repositories of that user, too.
  "SUDO_UID",
  "GIT_CEILING_DIRECTORIES",
];

export type Environment = Readonly<Record<string, string | undefined>>;

interface GuardedGit {
  readonly options: readonly string[];
  readonly env: Record<string, string | undefined>;
}

/** Of the environment git gets only what it needs, with PATH as it is given here; no variable of git's own. */
export const guardedGit = (outside: Environment, path: string, guards: readonly Guard[] = GUARDS): GuardedGit => {
  // Its answers are understood in English only.
  const env: Record<string, string | undefined> = { PATH: path, LC_ALL: "C" };
  for (const name of KEPT) if (outside[name] !== undefined) env[name] = outside[name];
  const options: string[] = [];
  for (const { by } of guards) {
    if ("variable" in by) env[by.variable] = by.value;
    else options.push("-c", `${by.setting}=${by.value}`);
  }
  return { options, env };
};
