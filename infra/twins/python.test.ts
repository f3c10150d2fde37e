import assert from "node:assert/strict";
import { test } from "vitest";
import { pythonFloat, pythonJson, pythonRepr } from "./python.ts";

test("JSON as json.dumps writes it", () => {
  assert.equal(
    pythonJson({ a: [1, "你好", null], b: { c: true }, d: "😀\n" }),
    '{"a": [1, "\\u4f60\\u597d", null], "b": {"c": true}, "d": "\\ud83d\\ude00\\n"}',
  );
});

test("values as repr writes them", () => {
  assert.equal(
    pythonRepr({ a: [1, null, true, false], b: "it's", c: `"'` }),
    `{'a': [1, None, True, False], 'b': "it's", 'c': '"\\''}`,
  );
});

test("floats as they are printed", () => {
  assert.deepEqual([3, 0.5].map(pythonFloat), ["3.0", "0.5"]);
});
