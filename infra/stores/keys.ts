/**
 * The name of a key or channel: `duet:{id}:name:…`. Redis Cluster assigns a key to a node by the text between the
 * braces, so all keys of one id are on one node, and one script may change them together. Ids and names are escaped, so
 * that keys of different ids can never be the same, even if callers choose the ids. An id that consists of several
 * strings, such as a tenant and its request, is given as a list.
 */
export function storeKey(id: string | readonly string[], ...names: readonly string[]): string {
  const tag = (typeof id === "string" ? [id] : id).map(escapePart).join(":");
  if (tag === "")
    throw new RangeError(
      "a Redis key needs an id that is not empty: Redis Cluster would spread keys with an empty one over several nodes",
    );
  return ["duet", `{${tag}}`, ...names.map(escapePart)].join(":");
}

function escapePart(part: string): string {
  return part.replace(/[%:{}]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}
