import type { CommandBody } from "./command.ts";

export const auditCommand: CommandBody = {
  options: [
    {
      flags: "--verify <pack>",
      description: "derive a pack again from the data that it names, and say whether it is the same byte for byte",
      offers: "files",
    },
  ],
  takes: ["data", "day", "answer", "output"],
  selects: true,
  examples: [
    "lotbook audit --data examples/fleet.yaml --at 2025-06-30 -f markdown",
    "lotbook audit lot:1 --data examples/fleet.yaml --at 2025-06-30",
  ],
  run: async (call) => {
    const pack = call.text("verify");
    if (pack !== undefined) return await call.verify(pack);
    await call.audit();
    return 0;
  },
};
