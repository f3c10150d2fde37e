import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "vitest";

test("leaves a child that nothing holds", async () => {
  const child = spawn("sleep", ["3601"], { stdio: "ignore", detached: true });
  await once(child, "spawn");
  child.unref();
});
