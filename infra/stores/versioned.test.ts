import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { versioned } from "./versioned.ts";

const first = versioned(1);

test("what was stored comes back, bytes and texts, empty ones too", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 127 }), (value, version) => {
      const { encode, decode } = versioned(version);
      assert.deepEqual(decode(encode(value)), Buffer.from(value));
    }),
  );
  assert.equal(first.decode(first.encode("室温25°C"))?.toString(), "室温25°C");
  assert.equal(first.decode(first.encode(""))?.length, 0);
});

test("a value that another release wrote is absent, newer or older", () => {
  const stored = versioned(2).encode("a schema that nobody here knows");
  assert.equal(first.decode(stored), undefined);
  assert.equal(versioned(3).decode(stored), undefined);
});

test("nothing, and nothing in it, is absent", () => {
  for (const nothing of [null, undefined, Buffer.alloc(0), new Uint8Array(0)])
    assert.equal(first.decode(nothing), undefined);
});

test("a value that was cut short or grew is absent, wherever it was cut", () => {
  const stored = first.encode("a whole value");
  for (let length = 0; length < stored.length; length++)
    assert.equal(first.decode(stored.subarray(0, length)), undefined, `${length} bytes`);
  assert.equal(first.decode(Buffer.concat([stored, Buffer.from("x")])), undefined);
});

test("what others wrote is absent: texts, numbers, JSON, bare protobuf", () => {
  for (const foreign of ["1", '{"version":1}', "\x01hello", "\x0a\x05hello"])
    assert.equal(first.decode(Buffer.from(foreign)), undefined);
  // Every character whose first byte is the one that our values begin with.
  for (let point = 0x540; point <= 0x57f; point++) {
    const text = Buffer.from(`${String.fromCodePoint(point)}\0\0\0\x01!`);
    for (const version of [1, 127]) assert.equal(versioned(version).decode(text), undefined);
  }
});

test("a value is read where it lies in a larger buffer", () => {
  const around = Buffer.concat([Buffer.from("before"), first.encode("within"), Buffer.from("after")]);
  const stored = new Uint8Array(around.buffer, around.byteOffset + 6, first.encode("within").length);
  assert.equal(first.decode(stored)?.toString(), "within");
});

test("a version that does not fit its byte is refused where it is declared", () => {
  for (const version of [0, 128, 1.5, Number.NaN]) assert.throws(() => versioned(version), RangeError);
});
