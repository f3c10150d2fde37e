import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { listen } from "../../infra/net/address.ts";
import { environment } from "../support/environment.ts";
import { descendantsOf, stillRunning } from "../support/process-table.ts";
import { until } from "../support/until.ts";

const root = join(import.meta.dirname, "../..");

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "-");
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs a script of package.json as npm does; whatever it starts is ended with the test. */
function runScript(t: TestContext, args: readonly string[], env: Record<string, string>) {
  const child = spawn("npm", args, { cwd: root, env: environment(env), stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const ended = once(child, "close");
  const pid = child.pid as number;
  t.onTestFinished(async () => {
    for (const left of stillRunning([pid, ...descendantsOf(pid)])) process.kill(left, "SIGKILL");
    await ended;
  });
  return { pid, output: () => output };
}

describe("SIGTERM to npm", () => {
  const rows: readonly { args: readonly string[]; env: (port: number) => Record<string, string>; says: RegExp }[] = [
    { args: ["run", "edge"], env: (port) => ({ DUET_EDGE_LISTEN: `127.0.0.1:${port}` }), says: /draining/ },
    {
      args: ["run", "generate"],
      env: (port) => ({
        DUET_VLLM_URL: "http://127.0.0.1:9",
        DUET_GENERATE_LISTEN: "127.0.0.1:0",
        DUET_GENERATE_ADMIN_LISTEN: `127.0.0.1:${port}`,
      }),
      says: /listening/,
    },
    {
      args: ["run", "synthesize"],
      env: (port) => ({
        DUET_FISH_URL: "http://127.0.0.1:9",
        DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
        DUET_SYNTHESIZE_ADMIN_LISTEN: `127.0.0.1:${port}`,
      }),
      says: /listening/,
    },
    {
      args: ["start"],
      env: (port) => ({ DUET_DISCOVER: "0", DUET_EDGE_LISTEN: `127.0.0.1:${port}` }),
      says: /Duet is ready/,
    },
  ];
  for (const { args, env, says } of rows)
    test(`npm ${args.join(" ")} ends all that it started, and its port is free`, async (t) => {
      const port = await freePort();
      const npm = runScript(t, args, env(port));
      await until("it listens", () => /"msg":"listening"|Duet is ready/.test(npm.output()), 30_000);
      assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
      const family = descendantsOf(npm.pid);
      assert.ok(family.length > 0);
      process.kill(npm.pid, "SIGTERM");
      await until("all processes ended", () => stillRunning([npm.pid, ...family]).length === 0, 10_000);
      assert.match(npm.output(), says);
      const server = createServer();
      await listen(server, { host: "127.0.0.1", port }, "-");
      await new Promise((resolve) => server.close(resolve));
    });
});
