// Writes the most memory that this process held, in KiB, to descriptor 3. The count of `resourceUsage` begins before the
// process was its own: it may be its parent's; Linux knows better.
const { readFileSync, writeSync } = require("node:fs");

process.on("exit", () => {
  let peak = process.resourceUsage().maxRSS;
  try {
    peak = Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    // Not Linux.
  }
  writeSync(3, String(peak));
});
