import assert from "node:assert/strict";
import { test } from "vitest";

test("is wrong", () => assert.equal(1, 2));
test("is right", () => assert.equal(1, 1));
