import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { Status } from "nice-grpc";
import { ErrorInfo, RetryInfo, RichClientError } from "nice-grpc-error-details";
import { pino } from "pino";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { until } from "../support/until.ts";
import { delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, hurry, startGenerate } from "./start.ts";

/** A server that is stopped and goes on as a test says; what it was asked meanwhile, it answers then. */
async function startStoppable(context: Parameters<typeof startPeer>[0]) {
  const state = { stopped: false, asked: 0, looks: 0 };
  const waiting: (() => void)[] = [];
  const whenRunning = (write: () => void) => (state.stopped ? void waiting.push(write) : write());
  const page = (text: string) => (response: ServerResponse) => {
    state.looks++;
    whenRunning(() => response.end(text));
  };
  const peer = await startPeer(
    context,
    (response) => {
      state.asked++;
      whenRunning(() => sendEvents(response, delta("Hello."), finish("stop"), "[DONE]"));
    },
    { "/v1/models": page('{"data":[{"id":"peer"}]}'), "/health": page("") },
  );
  const goOn = () => {
    state.stopped = false;
    for (const write of waiting.splice(0)) write();
  };
  return { ...peer, state, goOn };
}

/** Whether the only server takes work, by the metrics. */
async function available(admin: string): Promise<string | undefined> {
  const page = await (await fetch(`${admin}/metrics`)).text();
  return /^duet_generate_server_available\{.*\} (\d)$/m.exec(page)?.[1];
}

async function refusalOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => assert.fail("the call did not fail"),
    (thrown) => thrown,
  );
  assert.ok(error instanceof RichClientError);
  const info = error.extra.find(({ $type }) => $type === ErrorInfo.$type) as ErrorInfo;
  const retry = error.extra.find(({ $type }) => $type === RetryInfo.$type) as RetryInfo | undefined;
  return { code: Status[error.code], reason: info.reason, waitS: retry?.retryDelay?.seconds };
}

test("of callers of a server that is known to be silent one finds out whether it still is; the others are told at once", async (context) => {
  const server = await startStoppable(context);
  const clock = createVirtualClock();
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const { client, admin } = await startGenerate(context, server.url, { clock, firstTokenTimeoutMs: 30_000, log });
  assert.equal((await answer(client, ask("hi"))).text, "Hello.");

  server.state.stopped = true;
  const first = refusalOf(answer(client, ask("hi")));
  await until("it is asked", () => server.state.asked === 2);
  assert.equal(await hurry(clock, available(admin)), "0");
  const probe = refusalOf(answer(client, ask("hi")));
  await until("one more is let through", () => server.state.asked === 3);
  for (let caller = 0; caller < 5; caller++)
    assert.deepEqual(await refusalOf(answer(client, ask("hi"))), {
      code: "UNAVAILABLE",
      reason: "ENGINE_SILENT",
      waitS: 2,
    });
  assert.equal(server.state.asked, 3);
  assert.ok(lines.some((line) => line.includes("did not answer a check")));
  assert.equal((await hurry(clock, fetch(`${admin}/readyz`))).status, 503);
  assert.equal((await hurry(clock, first)).reason, "ENGINE_STALLED");
  assert.equal((await hurry(clock, probe)).reason, "ENGINE_STALLED");
  assert.ok(lines.some((line) => line.includes("DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS")));

  server.goOn();
  assert.equal(await hurry(clock, available(admin)), "1");
  const all = await Promise.all(Array.from({ length: 4 }, () => answer(client, ask("hi"))));
  assert.ok(all.every(({ text }) => text === "Hello."));
  assert.equal((await hurry(clock, fetch(`${admin}/readyz`))).status, 200);
});

test("the caller hears nothing of settings when a model is slow to load, and the log does", async (context) => {
  const peer = await startPeer(context, () => {});
  const clock = createVirtualClock();
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const { client } = await startGenerate(context, peer.url, { clock, model: "peer", log });
  const call = answer(client, ask("hi"));
  const failed = hurry(clock, call);
  await assert.rejects(
    failed,
    (error: Error) => /wrote nothing for 10 s/.test(error.message) && !/DUET_/.test(error.message),
  );
  assert.ok(lines.some((line) => /DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS/.test(line)));
});

test("a server that says when to come back is believed", async (context) => {
  for (const status of [429, 503]) {
    const peer = await startPeer(context, (response) => response.writeHead(status, { "retry-after": "20" }).end());
    const { client } = await startGenerate(context, peer.url);
    const { code, waitS } = await refusalOf(answer(client, ask("hi")));
    assert.deepEqual([code, waitS], ["RESOURCE_EXHAUSTED", 20]);
  }
});

test("an address that sends us elsewhere is not ready, and the log says where to", async (context) => {
  const away = (response: ServerResponse) =>
    response.writeHead(308, { location: "https://models.example/v1/models" }).end();
  const peer = await startPeer(context, away, { "/v1/models": away, "/health": away });
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  for (const model of [undefined, "peer"]) {
    const { client, admin } = await startGenerate(context, peer.url, { log, model });
    const ready = await fetch(`${admin}/readyz`);
    assert.equal(ready.status, 503);
    assert.match(await ready.text(), /redirects to https:\/\/models\.example: set DUET_VLLM_URL to that/);
    await assert.rejects(answer(client, ask("hi")), (error: Error) => !error.message.includes("models.example"));
  }
  assert.ok(lines.some((line) => line.includes("redirects to https://models.example")));
});

test("a web page in place of the list of models is told", async (context) => {
  const page = (response: ServerResponse) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
  const peer = await startPeer(context, page, { "/v1/models": page });
  const { admin } = await startGenerate(context, peer.url);
  assert.match(await (await fetch(`${admin}/readyz`)).text(), /returned a web page instead of a list of models/);
});

test("of the models that a server lists the first is taken that answers questions", async (context) => {
  const peer = await startPeer(context, (response) => sendEvents(response, delta("Hello."), finish("stop"), "[DONE]"), {
    "/v1/models": (response) => response.end('{"data":[{"id":"nomic-embed-text:latest"},{"id":"qwen2.5:7b"}]}'),
  });
  const { client } = await startGenerate(context, peer.url);
  assert.equal((await answer(client, ask("hi"))).started?.model, "qwen2.5:7b");
});
