import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "vitest";
import { startPeer } from "../generate/peer.ts";
import { environment } from "../support/environment.ts";

test("a turn on real engines says why nothing started", async (context) => {
  const peer = await startPeer(context, () => {}, { "/v1/models": (response) => response.end("<html></html>") });
  const child = spawn(process.execPath, ["test/real/turn.ts"], {
    cwd: join(import.meta.dirname, "../.."),
    env: environment({ DUET_VLLM_URL: peer.url }),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const status = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(status, 1);
  assert.match(output, /answers http:\S+\/v1\/models with a web page/);
});
