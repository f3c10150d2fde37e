import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Failure } from "../../edge/errors.ts";
import { openFolder } from "../../edge/stored/folder.ts";
import { openBucket } from "../../edge/stored/s3.ts";
import { serveFolder } from "../../edge/stored/serve.ts";
import { keyOf, type SpeechStore } from "../../edge/stored/store.ts";
import { formatAddress, listen } from "../../infra/net/address.ts";
import { findS3Server, startBucket } from "./servers.ts";

/** A store, and what it is asked by. */
interface Opened {
  readonly store: SpeechStore;
  readonly origin: string;
  close(): Promise<void>;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const program = findS3Server();
const opened: Record<string, () => Promise<Opened>> = {
  async folder() {
    const folder = mkdtempSync(join(tmpdir(), "duet-stored-"));
    const store = await openFolder({ folder, unixNow: Date.now });
    const page = serveFolder(store, Date.now);
    const server = createServer((request, response) => {
      page((request.url ?? "").split("?")[0] as string, response).catch((error: unknown) =>
        response.writeHead(error instanceof Failure && error.code === "NOT_FOUND" ? 404 : 500).end(),
      );
    });
    const origin = `http://${formatAddress(await listen(server, { host: "127.0.0.1", port: 0 }, "none"))}`;
    return {
      store,
      origin,
      async close() {
        server.close();
        server.closeAllConnections();
        await once(server, "close");
        rmSync(folder, { recursive: true });
      },
    };
  },
  // Built by .ci/full; without it there is nothing here that signatures could be tried on.
  ...(program && {
    async s3() {
      const bucket = await startBucket(program);
      return { store: openBucket({ ...bucket, unixNow: Date.now }), origin: "", close: bucket.close };
    },
  }),
};

const bytes = Uint8Array.from({ length: 1_000 }, (_, i) => i);
const key = keyOf({ tenant: "acme", at: Date.now(), id: "9b2f", ending: "wav" });
const file = { key, bytes, contentType: "audio/wav" };
const read = async (response: Response) => new Uint8Array(await response.arrayBuffer());

for (const [kind, open] of Object.entries(opened))
  describe(`speech in ${kind}`, () => {
    let place: Opened;
    beforeAll(async () => {
      place = await open();
    });
    afterAll(() => place.close());
    const urlOf = (expiresAt = Date.now() + hourMs, of = key) => place.store.urlOf(of, expiresAt, place.origin);

    it("is fetched as it was stored, with its type", async () => {
      await place.store.put(file);
      const response = await fetch(await urlOf());
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "audio/wav");
      assert.equal(response.headers.get("content-length"), "1000");
      assert.deepEqual(await read(response), bytes);
    });

    it("is fetched in parts", async () => {
      const url = await urlOf();
      for (const [range, from, to] of [
        ["bytes=0-9", 0, 10],
        ["bytes=990-", 990, 1000],
        ["bytes=-10", 990, 1000],
      ] as const) {
        const response = await fetch(url, { headers: { range } });
        assert.equal(response.status, 206, range);
        assert.equal(response.headers.get("content-range"), `bytes ${from}-${to - 1}/1000`);
        assert.deepEqual(await read(response), bytes.subarray(from, to));
      }
      const beyond = await fetch(url, { headers: { range: "bytes=1000-" } });
      assert.equal(beyond.status, 416);
      await beyond.arrayBuffer();
    });

    it("tells by its ETag that it has not changed", async () => {
      const url = await urlOf();
      const first = await fetch(url);
      await first.arrayBuffer();
      const etag = first.headers.get("etag") ?? "";
      assert.match(etag, /^".+"$/);
      const again = await fetch(url, { headers: { "if-none-match": etag } });
      assert.equal(again.status, 304);
      await again.arrayBuffer();
    });

    it("is nobody's whose URL has one letter changed, or is of another file", async () => {
      await place.store.put({ ...file, key: key.replace("9b2f", "9b2e") });
      const url = new URL(await urlOf());
      const refused = async (changed: URL, what: string) => {
        const { status } = await fetch(changed);
        assert.ok(status >= 400 && status < 500, `${what}: ${status}`);
      };
      for (const [name, value] of url.searchParams) {
        const changed = new URL(url);
        const at = name === "X-Amz-Date" ? 3 : value.length - 1;
        const letter = value[at] === "1" ? "2" : "1";
        changed.searchParams.set(name, value.slice(0, at) + letter + value.slice(at + 1));
        await refused(changed, name);
      }
      const other = new URL(url);
      other.pathname = other.pathname.replace("9b2f", "9b2e");
      await refused(other, "the path");
      for (const path of ["..%2f", ".secret"]) {
        const climbing = new URL(url);
        climbing.pathname = climbing.pathname.replace("acme/", path);
        await refused(climbing, path);
      }
    });

    it("is gone once its URL has expired", async () => {
      const url = await urlOf(Date.now() + 2_000);
      const deadline = performance.now() + 10_000;
      let status = 200;
      while (status === 200 && performance.now() < deadline) status = (await fetch(url)).status;
      assert.ok(status === 404 || status === 403, String(status));
    });

    it("is replaced by what is put in its place", async () => {
      await place.store.put({ ...file, bytes: bytes.subarray(0, 10) });
      assert.deepEqual(await read(await fetch(await urlOf())), bytes.subarray(0, 10));
    });

    it("is swept with its day, and the rest is counted", async () => {
      const at = Date.now() - 3 * dayMs;
      const old = keyOf({ tenant: "acme.shop", at, id: "1", ending: "mp3" });
      await place.store.put({ ...file, key: old });
      const before = await place.store.sweep(at);
      assert.deepEqual(before, { files: 3, bytes: 2_010 }, "its day is not over at that time");
      assert.deepEqual(await place.store.sweep(at + dayMs), { files: 2, bytes: 1_010 });
      const gone = await fetch(await urlOf(Date.now() + hourMs, old));
      assert.equal(gone.status, 404);
      await gone.arrayBuffer();
      assert.equal((await fetch(await urlOf())).status, 200);
    });
  });

describe("a folder", () => {
  it("shares its secret with all that use it, and believes an old one besides", async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "duet-stored-"));
    context.onTestFinished(() => rmSync(folder, { recursive: true }));
    const stores = await Promise.all([1, 2, 3].map(() => openFolder({ folder, unixNow: Date.now })));
    const [old, young] = ["a".repeat(32), "b".repeat(32)];
    await stores[0]?.put(file);
    const proves = async (store: (typeof stores)[number], url: string) => {
      const { pathname, searchParams } = new URL(url);
      return (await store.find(pathname, searchParams)) !== undefined;
    };
    const until = Date.now() + hourMs;
    const url = await (stores[0] as SpeechStore).urlOf(key, until, "http://a");
    for (const store of stores) assert.ok(await proves(store, url));
    const before = await openFolder({ folder, secrets: [old], unixNow: Date.now });
    const after = await openFolder({ folder, secrets: [young, old], unixNow: Date.now });
    const oldUrl = await before.urlOf(key, until, "http://a");
    assert.ok(await proves(after, oldUrl));
    assert.ok(!(await proves(before, await after.urlOf(key, until, "http://a"))));
    assert.ok(!(await proves(stores[0] as (typeof stores)[number], oldUrl)));
    assert.deepEqual(readdirSync(folder).sort(), [".secret", "acme"], "nothing else is left lying about");
  });

  it("that cannot be written to says so at the start", async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "duet-stored-"));
    context.onTestFinished(() => rmSync(folder, { recursive: true }));
    const occupied = join(folder, "file");
    writeFileSync(occupied, "");
    await assert.rejects(
      openFolder({ folder: occupied, unixNow: Date.now }),
      /DUET_EDGE_STORED_FOLDER: .*set it to a folder/s,
    );
  });
});
