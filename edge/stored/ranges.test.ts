import assert from "node:assert/strict";
import { test } from "vitest";
import { readRange } from "./ranges.ts";

const all = undefined;
const table: readonly (readonly [header: string | undefined, ReturnType<typeof readRange>])[] = [
  [undefined, all],
  ["bytes=0-", { first: 0, last: 99 }],
  ["bytes=0-0", { first: 0, last: 0 }],
  ["bytes=10-19", { first: 10, last: 19 }],
  ["bytes=90-200", { first: 90, last: 99 }],
  ["bytes=99-", { first: 99, last: 99 }],
  ["bytes=100-", "none"],
  ["bytes=-10", { first: 90, last: 99 }],
  ["bytes=-200", { first: 0, last: 99 }],
  ["bytes=-0", "none"],
  [" bytes=1-2 ", { first: 1, last: 2 }],
  ["bytes=2-1", all],
  ["bytes=-", all],
  ["bytes=0-1,3-4", all],
  ["bytes=a-b", all],
  ["items=0-1", all],
  ["bytes=99999999999999999999-", all],
];

test("a range is what RFC 9110 says it is", () => {
  for (const [header, part] of table) assert.deepEqual(readRange(header, 100), part, String(header));
  assert.equal(readRange("bytes=0-", 0), "none", "an empty file");
});
