import { test } from "vitest";

test("comes to no end, and leaves no turn for a timer", () => {
  for (;;);
});
