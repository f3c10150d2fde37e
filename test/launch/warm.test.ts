import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { type WarmOptions, warm } from "../../infra/launch/ahead/warm.ts";
import { startPeer } from "../generate/peer.ts";
import { until } from "../support/until.ts";
import { startLauncher } from "./launcher.ts";

function start(url: string, given: Partial<WarmOptions> = {}) {
  const said: string[] = [];
  const clock = createVirtualClock();
  const never = new AbortController().signal;
  const warmed = warm({
    url,
    apiKey: undefined,
    model: "mine",
    clock,
    say: (text, level) => said.push(`${level}: ${text}`),
    signal: never,
    ...given,
  });
  return { said, clock, warmed };
}

test("a model is asked for one token, and waited for as long as it takes", async (context) => {
  const asked: string[] = [];
  let answer: ServerResponse | undefined;
  let left = false;
  const peer = await startPeer(context, (response, _request, body) => {
    asked.push(body);
    answer = response;
    response.once("close", () => {
      left = !response.writableFinished;
    });
  });
  const { said, clock, warmed } = start(peer.url);
  await until("it is asked", () => answer !== undefined);
  await clock.advance(600_000);
  assert.equal(left, false);
  answer?.end("{}");
  await warmed;
  assert.deepEqual(said, [
    `info: mine is still loading at ${peer.url}: questions are answered as soon as it is loaded`,
    "info: mine is loaded; it took 600 s",
  ]);
  assert.equal(asked.length, 1);
  const { model, max_tokens } = JSON.parse(asked[0] as string);
  assert.deepEqual([model, max_tokens], ["mine", 1]);
  assert.equal(clock.pending, 0);
});

test("nothing is said of a model that is there, and all of one that cannot be had", async (context) => {
  const good = await startPeer(context, (response) => void response.end("{}"));
  const there = start(good.url, { model: undefined });
  await there.warmed;
  assert.deepEqual(there.said, []);
  const poor = await startPeer(context, (response) => {
    response.writeHead(500).end('{"error":"model requires more system memory (8.4 GiB) than is available (3.1 GiB)"}');
  });
  const failed = start(poor.url);
  await failed.warmed;
  assert.match(failed.said.join(), /^warn: mine at .* answered with status 500: .*requires more system memory/);
});

test("whoever stops does not wait for it", async (context) => {
  const stop = new AbortController();
  let asked = false;
  const peer = await startPeer(context, () => {
    asked = true;
  });
  const { said, warmed } = start(peer.url, { signal: stop.signal });
  await until("it is asked", () => asked);
  stop.abort();
  await warmed;
  assert.deepEqual(said, []);
});

test("npm start has the model loaded that it was given", async (context) => {
  const asked: string[] = [];
  const peer = await startPeer(context, (response, _request, body) => {
    asked.push(body);
    response.end("{}");
  });
  const launcher = startLauncher({ DUET_VLLM_URL: peer.url, DUET_EDGE_LISTEN: "127.0.0.1:0" });
  context.onTestFinished(() => launcher.end());
  await launcher.page;
  await until("the model is asked", () => asked.length > 0);
  assert.equal(JSON.parse(asked[0] as string).max_tokens, 1);
  process.kill(launcher.pid, "SIGTERM");
  await launcher.ended;
});
