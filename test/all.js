/** `npm test`: the build and the checks side by side, for each leaves one of two cores idle; then, where both are well, the tests. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Whether a script of package.json succeeds. */
const succeeds = async (script) => {
  const [exitCode] = await once(spawn(`npm run ${script}`, { shell: true, stdio: "inherit" }), "close");
  return exitCode === 0;
};

const outcomes = await Promise.all(["build", "check"].map(succeeds));
if (outcomes.includes(false) || !(await succeeds("tests"))) process.exitCode = 1;
