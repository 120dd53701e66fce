/** Switches a mutant on, or notes which ones tests reach. Sources with switches share `__stryker__` with this. */
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, inject } from "vitest";

const { active, hits, seconds, tests } = inject("mutant");
globalThis.__stryker__ ??= {};
const shared = globalThis.__stryker__;
shared.activeMutant = active;
shared.hitCount = 0;
shared.hitLimit = hits;

// A mutant may never end, and tests that wait for it would not, either.
shared.guard ??= new Worker(`setTimeout(() => process.kill(process.pid, "SIGKILL"), ${seconds * 1000})`, {
  eval: true,
});
shared.guard.unref();

if (active === undefined) {
  shared.mutantCoverage ??= { static: {}, perTest: {} };
  const { static: atLoading, perTest } = shared.mutantCoverage;
  beforeEach(({ task }) => {
    shared.currentTestId = task.id;
  });
  afterEach(({ task }) => {
    shared.currentTestId = undefined;
    task.meta.reached = perTest[task.id] ?? {};
    task.file.meta.reached = atLoading;
  });
} else {
  const reaching = new Set(tests);
  beforeEach(({ task, skip }) => {
    if (!reaching.has(task.id)) skip();
  });
}
