import { execFileSync } from "node:child_process";
import { test } from "vitest";

test("leaves a process whose parent has ended", () => {
  execFileSync("sh", ["-c", "sleep 3602 >/dev/null 2>&1 &"]);
});
