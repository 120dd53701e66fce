import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runInProcess } from "./cases/run-in-process.ts";
import { inLong, LONG } from "./long.ts";
import { hasLoopback, startRegistry } from "./npm-registry.ts";
import { blocks, ROOT } from "./pages.ts";

/** What the manual shows of installing, run as it is written, with a registry that does not have lotbook. */
const folder = mkdtempSync(join(tmpdir(), "lotbook-install-"));
const prefix = join(folder, "prefix");
const skipped = (await hasLoopback()) ? "" : " (skipped: there is no network, not even on this machine)";
const packed = "lotbook-0.1.0.tgz";
let registry: Awaited<ReturnType<typeof startRegistry>> | undefined;

/** What a command of the shell says and exits with. */
const shell = (command: string, cwd: string): Promise<{ said: string; status: unknown }> => {
  const env = {
    PATH: [join(prefix, "bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter),
    HOME: folder,
    npm_config_prefix: prefix,
    npm_config_registry: registry?.origin,
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
  return new Promise((resolve) =>
    execFile("sh", ["-ec", command], { cwd, env }, (error, stdout, stderr) =>
      resolve({ said: stdout + stderr, status: error?.code ?? 0 }),
    ),
  );
};

/** An empty folder with the packed file in it. */
const freshFolder = (name: string, place = "."): string => {
  const fresh = join(folder, name);
  mkdirSync(join(fresh, place), { recursive: true });
  copyFileSync(join(folder, packed), join(fresh, place, packed));
  return fresh;
};

const [, , globally = "", locally = ""] = blocks("docs/install.md", "sh");
const answer = (await runInProcess(["lots"])).stdout;

describe.skipIf(skipped !== "")(`as the manual shows it${skipped}`, () => {
  beforeAll(async () => {
    mkdirSync(join(folder, "registry"));
    registry = await startRegistry(join(folder, "registry"));
    const { said } = await shell(`npm pack --ignore-scripts --silent --pack-destination "${folder}"`, ROOT);
    expect(said).toBe(`${packed}\n`);
  }, 120_000);
  afterAll(() => {
    registry?.close();
    rmSync(folder, { recursive: true });
  });

  test.skipIf(!LONG)(
    inLong("a packed file is installed for every folder, with the manual, and without a warning"),
    async () => {
      const { said, status } = await shell(globally, freshFolder("global"));
      expect({ said: said.replace(/^\s*added \d+ packages in .+\n+/, ""), status }).toEqual({
        said: answer,
        status: 0,
      });
      expect(readdirSync(join(prefix, "share", "man", "man1"))).toContain("lotbook.1");
    },
    120_000,
  );

  test.skipIf(!LONG)(
    inLong("a packed file is installed in a project"),
    async () => {
      const project = freshFolder("project");
      writeFileSync(join(project, "package.json"), '{ "private": true }\n');
      const { said, status } = await shell(locally, project);
      expect({ said: said.replace(/^\s*added \d+ packages in .+\n+/, ""), status }).toEqual({
        said: answer,
        status: 0,
      });
    },
    120_000,
  );

  test.skipIf(!LONG)(
    inLong("the job for GitHub installs it, and annotates a pull request"),
    async () => {
      const repository = freshFolder("repository", "tools");
      cpSync(join(ROOT, "test", "registers", "bad", "second.yaml"), join(repository, "contracts", "second.yaml"));
      const [workflow] = blocks("docs/checking.md", "yaml").filter((text) => text.includes("jobs:"));
      const steps: readonly { readonly run?: string }[] = parse(workflow ?? "").jobs.check.steps;
      const { said, status } = await shell(steps.map(({ run = "" }) => run).join("\n"), repository);
      expect(status).toBe(1);
      expect(said).toContain('::error file=contracts/second.yaml,line=5,col=9,title=F3::unknown key "celling"');
    },
    120_000,
  );
});
