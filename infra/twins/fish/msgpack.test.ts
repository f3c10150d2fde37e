import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeMsgpack, encodeMsgpack } from "./msgpack.ts";

test("what is written is read", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.nat(),
      fc.double({ noNaN: true }),
      fc.string(),
      tie("list"),
      tie("map"),
    ),
    list: fc.array(tie("any"), { maxLength: 20 }),
    map: fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      tie("any"),
      { maxKeys: 20, noNullPrototype: true },
    ),
  })).any;
  fc.assert(
    fc.property(value, (any) => assert.deepEqual(decodeMsgpack(encodeMsgpack(any)), Object.is(any, -0) ? 0 : any)),
  );
});

test("sizes at their borders", () => {
  for (const length of [0, 31, 32, 255, 256, 65_535, 65_536]) {
    assert.equal(decodeMsgpack(encodeMsgpack("a".repeat(length))), "a".repeat(length));
    assert.deepEqual(decodeMsgpack(encodeMsgpack(new Uint8Array(length))), Buffer.alloc(length));
    assert.deepEqual(decodeMsgpack(encodeMsgpack(Array(length).fill(1))), Array(length).fill(1));
  }
  for (const number of [127, 128, 255, 256, 65_536, 2 ** 32 - 1, 2 ** 40, -1])
    assert.equal(decodeMsgpack(encodeMsgpack(number)), number);
});

test("negative numbers of other writers, and nonsense", () => {
  assert.equal(decodeMsgpack(Buffer.of(0xff)), -1);
  assert.equal(decodeMsgpack(Buffer.of(0xd1, 0xff, 0x00)), -256);
  assert.throws(() => decodeMsgpack(Buffer.of(0xc1)), /Reserved/);
  assert.throws(() => decodeMsgpack(Buffer.of(0xa5, 0x61)), RangeError);
});
