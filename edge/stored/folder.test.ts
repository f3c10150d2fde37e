import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "vitest";
import { openFolder } from "./folder.ts";
import { keyOf } from "./store.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 30, 12);
const bytes = new Uint8Array(100);

async function create(t: TestContext) {
  const parent = mkdtempSync(join(tmpdir(), "duet-folder-"));
  t.onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, "speech");
  const open = () => openFolder({ folder, unixNow: () => now });
  const store = await open();
  const put = async (tenant: string, at: number, id: string) => {
    const key = keyOf({ tenant, at, id, ending: "wav" });
    await store.put({ key, bytes, contentType: "audio/wav" });
    return key;
  };
  return { folder, store, open, put };
}

/** Everything below a folder, and for whom it is. */
function modesOf(folder: string): Record<string, string> {
  const inside = readdirSync(folder, { recursive: true }) as string[];
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
  return Object.fromEntries(["", ...inside].map((path) => [path, modeOf(join(folder, path))]));
}

describe("a folder of speech", () => {
  it("is its owner's alone, with all that is in it, and has nothing half written", async (t) => {
    const { folder, put } = await create(t);
    const key = await put("acme", now, "9b2f");
    const parts = key.split("/");
    const folders = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join("/"));
    assert.deepEqual(modesOf(folder), {
      "": "700",
      ".secret": "600",
      ...Object.fromEntries(folders.map((path) => [path, "700"])),
      [key]: "600",
    });
  });

  it("has one secret, whoever opens it first, and is refused where that is something else", async (t) => {
    const { folder, store, open, put } = await create(t);
    const key = await put("acme", now, "9b2f");
    const [one, other] = await Promise.all([open(), open()]);
    const urls = await Promise.all([store, one, other].map((each) => each.urlOf(key, now + 1_000, "")));
    assert.equal(new Set(urls).size, 1);
    chmodSync(join(folder, ".secret"), 0o600);
    writeFileSync(join(folder, ".secret"), "hello");
    await assert.rejects(
      open(),
      /DUET_EDGE_STORED_FOLDER.*the file \.secret in this folder holds no secret of Duet's: remove that file/,
    );
  });

  it("loses days that are over, tenants without any, and what a writer left ten minutes ago", async (t) => {
    const { folder, store, put } = await create(t);
    const old = await put("acme", now - 3 * dayMs, "old1");
    const recent = await put("acme", now, "new1");
    await put("gone", now - 3 * dayMs, "old2");
    for (const [name, agoMs] of [
      [".late.tmp", 600_001],
      [".under-way.tmp", 599_000],
    ] as const) {
      writeFileSync(join(folder, name), "half");
      utimesSync(join(folder, name), new Date(now - agoMs), new Date(now - agoMs));
    }
    mkdirSync(join(folder, "empty"));
    assert.deepEqual(await store.sweep(now - dayMs), { files: 1, bytes: 100 });
    const left = Object.keys(modesOf(folder)).filter((path) => !path.startsWith("acme/"));
    assert.deepEqual(left.toSorted(), ["", ".secret", ".under-way.tmp", recent.split("/")[0]].toSorted());
    const files = readdirSync(folder, { recursive: true }) as string[];
    assert.deepEqual([files.includes(recent), files.includes(old)], [true, false]);
  });
});
