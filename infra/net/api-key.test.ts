import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "vitest";
import { apiKeyId, createApiKey, hashApiKey } from "./api-key.ts";

test("a key names its id and holds 256 bits, and no two are alike", () => {
  const keys = Array.from({ length: 200 }, createApiKey);
  for (const { key, id, sha256 } of keys) {
    assert.match(key, /^duet_[a-p][a-z2-7]{9}_[A-Za-z0-9_-]{43}$/);
    assert.equal(apiKeyId(key), id);
    assert.equal(createHash("sha256").update(key).digest("hex"), sha256);
    assert.equal(hashApiKey(key).toString("hex"), sha256);
  }
  assert.equal(new Set(keys.map(({ id }) => id)).size, 200);
  assert.equal(new Set(keys.map(({ key }) => key.split("_").slice(2).join("_"))).size, 200);
});

test("what has another form is no key", () => {
  const { key } = createApiKey();
  for (const other of ["", "duet_", key.slice(1), key.slice(0, -1), `${key}x`, ` ${key}`, key.toUpperCase(), "a.b.c"])
    assert.equal(apiKeyId(other), undefined, other);
});
