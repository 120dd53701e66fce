/** A tree of files that has links in it, as an archive or a commit holds it. */
interface LinkedTree<Entry> {
  /** What stands at a path from the top, links not followed; undefined for nothing. */
  readonly entryAt: (path: string) => Entry | undefined;
  /** Where a link leads, as it is written; undefined for what is no link. */
  readonly linkOf: (entry: Entry) => string | undefined;
}

export interface Followed<Entry> {
  readonly entry: Entry;
  /** Where it really stands, from the top. */
  readonly path: string;
}

/** Why a path leads to nothing: there is nothing, it leaves the tree, or its links lead in a circle. */
export type Astray = "nowhere" | "outside" | "circle";

/** As many as systems follow, before they take it for a circle. */
const MOST_LINKS = 40;

/** What a path leads to where links are followed, in the tree alone. */
export const followLinks = <Entry>(path: string, tree: LinkedTree<Entry>): Followed<Entry> | Astray => {
  const ahead = path.split("/").reverse();
  const done: string[] = [];
  let links = 0;
  for (let segment = ahead.pop(); segment !== undefined; segment = ahead.pop()) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") {
      if (done.pop() === undefined) return "outside";
      continue;
    }
    const entry = tree.entryAt([...done, segment].join("/"));
    if (entry === undefined) return "nowhere";
    const target = tree.linkOf(entry);
    if (target === undefined) done.push(segment);
    else if (target.startsWith("/")) return "outside";
    else if (++links > MOST_LINKS) return "circle";
    else for (const step of target.split("/").reverse()) ahead.push(step);
  }
  const entry = tree.entryAt(done.join("/"));
  return entry === undefined ? "nowhere" : { entry, path: done.join("/") };
};
