import assert from "node:assert/strict";
import { test } from "vitest";
import { toCount } from "./counts.ts";

const rows: [value: number, count: number][] = [
  [0, 0],
  [7, 7],
  [7.5, 8],
  [-1, 0],
  [99_999_999_999, 0],
  [2 ** 32 - 1, 2 ** 32 - 1],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, 0],
];

for (const [value, count] of rows) test(`${value} goes out as ${count}`, () => assert.equal(toCount(value), count));
