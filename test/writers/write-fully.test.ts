import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeFully } from "../../src/writers/write-fully.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-pipe-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === "win32")(
  "a pipe that does not block, and is full, is written to again until it took everything",
  async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const text = "0123456789 äöü\n".repeat(40_000);
    const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const copy = join(folder, "copy");
    const reader = spawn("sh", ["-c", 'sleep 0.2; cat "$1" > "$2"', "sh", pipe, copy], { stdio: "ignore" });
    const ended = once(reader, "close");
    writeFully(descriptor, text);
    // More than a pipe holds was taken: the reader is there, and sees the end.
    closeSync(descriptor);
    await ended;
    expect(readFileSync(copy, "utf8") === text).toBe(true);
  },
);
