import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { Failure } from "../errors.ts";
import type { Page } from "../http/routes.ts";
import { disclosure } from "../marking/disclosure.ts";
import { audioPath, type FolderStore } from "./folder.ts";
import { readRange } from "./ranges.ts";
import { storedTypes } from "./store.ts";

/**
 * Serves the files of a folder by their URLs, in whole or in part. If a URL was changed or has expired, or its file is
 * gone, the answer is NOT_FOUND, without saying which of these is the case.
 */
export function serveFolder(store: FolderStore, unixNow: () => number): Page {
  return async (path, response) => {
    if (!path.startsWith(audioPath)) return false;
    const query = new URL(response.req.url ?? "/", "http://edge").searchParams;
    const file = await store.find(path, query);
    const found = file && (await stat(file).catch(() => undefined));
    if (!file || !found)
      throw new Failure(
        "NOT_FOUND",
        "AUDIO_NOT_FOUND",
        "there is no stored speech at this URL: the URL is wrong or has expired",
      );
    const remaining = Math.max(0, Math.floor(Number(query.get("e")) - unixNow() / 1000));
    await send(response, file, { ...found, remaining });
    return true;
  };
}

async function send(
  response: ServerResponse,
  file: string,
  { size, mtimeMs, remaining }: { size: number; mtimeMs: number; remaining: number },
): Promise<void> {
  const { method, headers: asked } = response.req;
  const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  const headers = {
    "accept-ranges": "bytes",
    etag,
    "cache-control": `private, max-age=${remaining}`,
    "content-type": storedTypes[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    "content-disposition": "inline",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    ...Object.fromEntries([disclosure]),
  };
  if (asked["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  // A client that has parts of another version (`if-range`) gets the whole file: parts of two versions do not fit
  // together.
  const isSame = asked["if-range"] === undefined || asked["if-range"] === etag;
  const part = isSame ? readRange(asked.range, size) : undefined;
  if (part === "none") {
    response.writeHead(416, { ...headers, "content-range": `bytes */${size}` }).end();
    return;
  }
  const { first, last } = part ?? { first: 0, last: size - 1 };
  const length = last - first + 1;
  response.writeHead(part === undefined ? 200 : 206, {
    ...headers,
    "content-length": length,
    ...(part && { "content-range": `bytes ${first}-${last}/${size}` }),
  });
  if (method === "HEAD" || length === 0) response.end();
  else await pipeline(createReadStream(file, { start: first, end: last }), response);
}
