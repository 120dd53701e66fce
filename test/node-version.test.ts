import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "bin", "lotbook.js");
const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** Starts the program where it takes this Node for another version. */
const startAs = (
  version: string,
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }> => {
  const script = `
    const versions = { ...process.versions, node: "${version}" };
    Object.defineProperty(process, "versions", { value: versions });
    process.argv.push("total");
    require(${JSON.stringify(BIN)});`;
  return new Promise((resolve) => {
    execFile(process.execPath, ["-e", script, "--", BIN], (error, stdout, stderr) =>
      resolve({ stdout, stderr, exitCode: Number(error?.code ?? 0) }),
    );
  });
};

describe("a version of Node that is too old, or lacks what later ones of the line before have", () => {
  test.each(["10.24.1", "18.20.8", "20.18.3", "21.7.3", "22.1.0"])("%s is told so, in one line", async (version) => {
    expect(await startAs(version)).toEqual({
      stdout: "",
      stderr: `lotbook: this is Node.js ${version}, and lotbook needs 20.19, or 22.2 or newer\n`,
      exitCode: 2,
    });
  });

  test("can read the file that says so", () => {
    const code = readFileSync(BIN, "utf8");
    const inOldWords = transformSync(code, { target: "node10.24", format: "cjs" }).code;
    expect(inOldWords).toBe(transformSync(code, { target: "esnext", format: "cjs" }).code);
    expect(code).not.toContain('require("node:');
  });
});

test.each(["20.19.0", "22.2.0", "23.0.0", "30.0.0"])("Node %s is new enough", async (version) => {
  expect(await startAs(version)).toMatchObject({ stdout: expect.stringContaining("Total"), stderr: "", exitCode: 0 });
});

test("package.json asks for the same version", () => {
  expect(engines).toEqual({ node: "^20.19 || >=22.2" });
});
