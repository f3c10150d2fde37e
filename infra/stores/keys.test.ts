import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { storeKey } from "./keys.ts";

test("a key begins with the house and the id in braces", () => {
  assert.equal(storeKey("7f3a", "log"), "duet:{7f3a}:log");
  assert.equal(storeKey(["acme", "7f3a"], "req"), "duet:{acme:7f3a}:req");
  assert.equal(storeKey("jobs", "job", "7f3a"), "duet:{jobs}:job:7f3a");
});

// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
function hashTag(key: string): string {
  const open = key.indexOf("{");
  return key.slice(open + 1, key.indexOf("}", open));
}

const part = fc.string({ minLength: 1, unit: fc.constantFrom("a", ":", "{", "}", "%", "3", "今") });

test("all keys of an id have one hash tag, and no other id has it", () => {
  fc.assert(
    fc.property(part, part, part, (id, other, name) => {
      assert.equal(hashTag(storeKey(id, name)), hashTag(storeKey(id, "other", name)));
      if (id !== other) assert.notEqual(hashTag(storeKey(id, name)), hashTag(storeKey(other, name)));
    }),
  );
});

test("no two lists of parts make one key: strangers do not meet", () => {
  const parts = fc.tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.array(part, { maxLength: 3 }));
  fc.assert(
    fc.property(parts, parts, ([id, names], [otherId, otherNames]) => {
      const same = JSON.stringify([id, names]) === JSON.stringify([otherId, otherNames]);
      assert.equal(storeKey(id, ...names) === storeKey(otherId, ...otherNames), same);
    }),
  );
});

test("an empty id is refused: it would be no hash tag", () => {
  assert.throws(() => storeKey("", "log"), RangeError);
  assert.throws(() => storeKey([], "log"), RangeError);
});
