import { test } from "vitest";

test("leaves a timer", () => {
  setTimeout(() => {}, 3_600_000);
});
