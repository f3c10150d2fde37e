import { test } from "vitest";

// What a process has loaded it keeps.
const kept = globalThis as { loads?: number };
kept.loads = (kept.loads ?? 0) + 1;

test("first", () => {});
test("second", () => {
  throw new Error(`loaded ${kept.loads} times by its process`);
});
