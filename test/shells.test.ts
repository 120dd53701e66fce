import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

/** Completion in real shells, on a terminal, as far as they are here. The program must be built. */
const BIN = join(import.meta.dirname, "..", "bin", "lotbook.js");
/** It goes with the folder of all tests, at the end: a shell that was ended may still be writing down what it was asked. */
const folder = mkdtempSync(join(tmpdir(), "lotbook-shells-"));
const PATH = `${folder}/bin${delimiter}${process.env["PATH"]}`;

/** Completes as lotbook does; else only shows the words that it was given. */
const PROGRAM = `#!/bin/sh
case "$1" in
  __complete | completion) exec "$NODE" "$BIN" "$@" ;;
esac
printf 'GIVEN'
for word; do printf '<%s>' "$word"; done
printf 'END\\n'
`;

/** Each text would leave a file behind if a shell took it for more than a text. */
const HOSTILE = `suppliers:
  - { supplier: quay, name: "zed $(touch harm-1) \`touch harm-2\`; touch harm-3" }
contracts:
  - contract: c
    lots:
      - { lot: "$(touch harm-4)", suppliers: [quay], service: "se $HOME\`touch harm-5\`;touch harm-6 'x\\"" }
      - { lot: "it's", service: iaas }
      - { lot: "w!w;touch harm-7", service: paas }
`;

beforeAll(() => {
  spawnSync("mkdir", ["-p", join(folder, "bin"), join(folder, "work")]);
  writeFileSync(join(folder, "bin", "lotbook"), PROGRAM);
  chmodSync(join(folder, "bin", "lotbook"), 0o755);
  writeFileSync(join(folder, "work", "hostile.yaml"), HOSTILE);
  writeFileSync(join(folder, "work", "a$(touch harm-8);.yaml"), HOSTILE);
});

const SHELLS = {
  bash: { start: "bash --norc --noprofile -i", setUp: 'eval "$(lotbook completion bash)"' },
  zsh: {
    start: "zsh -f -i",
    setUp: "autoload -Uz compinit && compinit -u -D && source <(lotbook completion zsh)",
  },
  fish: { start: "fish --no-config -i", setUp: "lotbook completion fish | source" },
} as const;
type Shell = keyof typeof SHELLS;

/** What gives a shell a terminal. */
const hasTerminal = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;
const missing = (shell: Shell): string =>
  spawnSync(shell, ["--version"]).status !== 0
    ? ` (skipped: ${shell} is not installed)`
    : hasTerminal
      ? ""
      : " (skipped: script of util-linux is not installed)";

/** Types each line into a shell, and gives the words that the program was given for it. */
const typeInto = async (shell: Shell, lines: readonly string[]): Promise<readonly string[]> => {
  const child = spawn("script", ["-qefc", SHELLS[shell].start, "/dev/null"], {
    cwd: join(folder, "work"),
    env: { PATH, HOME: folder, TERM: "dumb", LC_ALL: "C.UTF-8", NODE: process.execPath, BIN },
  });
  let shown = "";
  let wake = (): void => {};
  const hear = (chunk: Buffer): void => {
    shown += chunk.toString("utf8");
    wake();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const next = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(shown);
      if (found !== null) {
        shown = shown.slice(found.index + found[0].length);
        return found[1] ?? "";
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  try {
    const given: string[] = [];
    for (const line of [`${SHELLS[shell].setUp}; lotbook ready`, ...lines]) {
      child.stdin.write(`${line}\r`);
      given.push(await next(/GIVEN(.*?)END\r?\n/));
    }
    return given.slice(1);
  } finally {
    child.stdin.end();
    child.kill();
  }
};

const LINES: Readonly<Record<string, string>> = {
  "lotbook tota\t--b\tserv\t": "<total><--by><service>",
  "lotbook lots servi\tpa\t": "<lots><service:paas>",
  "lotbook lots -d host\tservi\ti\t": "<lots><-d><hostile.yaml><service:iaas>",
  "lotbook check a\t": "<check><a$(touch harm-8);.yaml>",
  "lotbook lots --format=ndj\t": "<lots><--format=ndjson>",
  "lotbook lots -d hostile.yaml --lot \\$\t": "<lots><-d><hostile.yaml><--lot><$(touch harm-4)>",
  "lotbook lots -d hostile.yaml --lot w\t": "<lots><-d><hostile.yaml><--lot><w!w;touch harm-7>",
  "lotbook lots -d hostile.yaml --lot it\t": "<lots><-d><hostile.yaml><--lot><it's>",
  "lotbook lots -d hostile.yaml --lot 'it\t": "<lots><-d><hostile.yaml><--lot><it's>",
  "lotbook lots -d hostile.yaml service:s\t":
    '<lots><-d><hostile.yaml><service:"se $home`touch harm-5`;touch harm-6 \'x\\"">',
  "lotbook lots -d hostile.yaml supplier:zed\t":
    '<lots><-d><hostile.yaml><supplier:"zed $(touch harm-1) `touch harm-2`; touch harm-3">',
};

describe.concurrent.each(["bash", "zsh", "fish"] as const)("%s", (shell) => {
  const skipped = missing(shell);
  test.skipIf(skipped !== "")(
    `completes, and takes nothing for more than a text${skipped}`,
    { timeout: 60_000 },
    async () => {
      const given = await typeInto(shell, Object.keys(LINES));
      expect(given).toEqual(Object.values(LINES));
      expect(readdirSync(join(folder, "work"))).toEqual(["a$(touch harm-8);.yaml", "hostile.yaml"]);
    },
  );
});
