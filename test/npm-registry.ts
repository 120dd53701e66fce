import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import { fileText, ROOT } from "./pages.ts";

interface Published {
  readonly name: string;
  readonly version: string;
}

/** The folders of the packages that lotbook needs, as they are installed here. */
const neededFolders = (): string[] => {
  const { packages } = JSON.parse(fileText("package-lock.json"));
  return Object.entries<{ readonly dev?: boolean }>(packages)
    .filter(([path, { dev = false }]) => path !== "" && !dev)
    .map(([path]) => path);
};

/** What a registry says of a package: each of its versions, with where its archive is. */
const documentOf = (name: string, all: readonly Published[], origin: string): object => ({
  name,
  versions: Object.fromEntries(
    all
      .filter((each) => each.name === name)
      .map((each) => [each.version, { ...each, dist: { tarball: `${origin}/-/${fileOf(each)}` } }]),
  ),
});

/** The name that npm gives the archive of a package. */
const fileOf = ({ name, version }: Published): string => `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;

/** A registry with what lotbook needs, and without lotbook, from the packages that are installed here. */
export const startRegistry = async (folder: string): Promise<{ readonly origin: string; close(): void }> => {
  const folders = neededFolders();
  const published = folders.map((path): Published => JSON.parse(fileText(join(path, "package.json"))));
  // npm leaves out the first folder of an archive, whatever its name, and asks nothing else of how it was made.
  for (const [index, path] of folders.entries()) {
    const file = join(folder, fileOf(published[index] ?? { name: path, version: "" }));
    execFileSync("tar", ["-cf", file, "-C", join(ROOT, dirname(path)), basename(path)]);
  }
  const archives = new Set(readdirSync(folder));
  const server = createServer(({ url = "" }, response) => {
    const name = decodeURIComponent(url.slice(1));
    const file = name.replace(/^-\//, "");
    if (archives.has(file)) response.end(readFileSync(join(folder, file)));
    else if (published.some((each) => each.name === name))
      response.end(JSON.stringify(documentOf(name, published, `http://${request.host}`)));
    else response.writeHead(404).end("{}");
  });
  const request = { host: "" };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the registry has no port");
  request.host = `127.0.0.1:${address.port}`;
  return { origin: `http://${request.host}`, close: () => void server.close() };
};

/** Whether programs can talk to each other on this machine: where there is no network at all, they cannot. */
export const hasLoopback = (): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address === null || typeof address === "string" ? 0 : address.port;
      const end = (isThere: boolean) => {
        socket.destroy();
        server.close();
        resolve(isThere);
      };
      const socket = connect(port, "127.0.0.1", () => end(true)).on("error", () => end(false));
    });
    server.on("error", () => resolve(false));
  });
