import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { Status } from "nice-grpc";
import { describe, type TestContext, test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { startVllmTwin, type VllmTwinOptions } from "../../infra/twins/vllm/server.ts";
import { until } from "../support/until.ts";
import { beginStream, delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, startGenerate } from "./start.ts";

/** Two servers of one model, and the service in front of them. */
async function startPair(context: TestContext, given: Partial<VllmTwinOptions> = {}) {
  const twins = await Promise.all([startVllmTwin(given), startVllmTwin(given)]);
  for (const twin of twins) context.onTestFinished(() => twin.close());
  const service = await startGenerate(
    context,
    twins.map(({ url }) => url),
  );
  const [first, second] = twins as [(typeof twins)[0], (typeof twins)[0]];
  return { first, second, ...service };
}

test("a conversation stays with its server, and conversations are spread", async (context) => {
  const { first, second, client } = await startPair(context, { timeScale: 0 });
  const sessions = Array.from({ length: 24 }, (_, i) => `session-${i}`);
  for (const round of [1, 2, 3])
    for (const sessionId of sessions) await answer(client, ask(`round ${round}`, { sessionId, requestId: sessionId }));
  const idsAt = (twin: typeof first) => twin.seen().map(({ headers }) => String(headers["x-request-id"]));
  const [here, there] = [new Set(idsAt(first)), new Set(idsAt(second))];
  assert.equal(here.size + there.size, sessions.length, "none was at both");
  assert.ok(here.size >= 2 && there.size >= 2, `${here.size} and ${there.size}`);
});

test("requests without a conversation go where the least is done", async (context) => {
  const { first, second, client } = await startPair(context, { timeScale: 0.05 });
  await Promise.all(Array.from({ length: 20 }, () => answer(client, ask("[[tokens:30]]"))));
  assert.deepEqual([first.seen().length, second.seen().length], [10, 10]);
});

describe("when one of two servers dies", () => {
  test("only the answers end that it had begun; those it had not begun are written by the other", async (context) => {
    const { first, second, client } = await startPair(context, { prefixCaching: false });
    const spoke = new Set<number>();
    const run = async (nth: number, content: string) => {
      try {
        for await (const { event } of client.generate(ask(content, { requestId: `r${nth}`, maxTokens: 40 })))
          if (event?.$case === "delta") spoke.add(nth);
        return "finished";
      } catch (error) {
        return (error as { code: Status }).code;
      }
    };
    const begun = Array.from({ length: 8 }, (_, i) => run(i, "[[tokens:40]]"));
    await until("all have begun", () => spoke.size === 8);
    // Half a second of prompt to compute: these are silent when it dies.
    const long = "word ".repeat(4000);
    const silent = Array.from({ length: 4 }, (_, i) => run(8 + i, `${long} [[tokens:3]]`));
    await until("all are there", () => first.seen().length + second.seen().length === 12);
    const namesAtFirst = first.seen().map(({ headers }) => Number(String(headers["x-request-id"]).slice(1)));
    await first.close();

    const ends = await Promise.all([...begun, ...silent]);
    for (const [nth, end] of ends.entries())
      assert.equal(end, nth < 8 && namesAtFirst.includes(nth) ? Status.UNAVAILABLE : "finished", `request ${nth}`);
    assert.ok(namesAtFirst.some((nth) => nth >= 8) && namesAtFirst.some((nth) => nth < 8));

    // And from now on nobody notices.
    for (let i = 0; i < 6; i++) assert.equal((await answer(client, ask("[[say:ok]]"))).text, "ok");
    const { servers } = await client.getEngine({});
    assert.deepEqual(
      servers.map(({ available }) => available),
      [false, true],
    );
    assert.match(servers[0]?.reason ?? "", /cannot be reached/);
  });

  test("it is asked again once it is back", async (context) => {
    const { first, second, client, admin } = await startPair(context, { timeScale: 0 });
    const place = new URL(first.url);
    await first.close();
    for (let i = 0; i < 8; i++) await answer(client, ask("[[say:ok]]"));
    assert.equal(second.seen().length, 8);
    const again = await startVllmTwin({ port: Number(place.port), timeScale: 0 });
    context.onTestFinished(() => again.close());
    await client.getEngine({});
    const deadline = performance.now() + 5000;
    while (again.seen().length === 0 && performance.now() < deadline) {
      await answer(client, ask("[[say:ok]]"));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(again.seen().length > 0);
    assert.equal((await fetch(`${admin}/readyz`)).status, 200);
  });
});

test("a server that was unwell when somebody asked is back in a while, whoever asks then", async (context) => {
  let status = 503;
  const answered = [0, 0];
  const start = (nth: number, pages = {}) =>
    startPeer(
      context,
      (response) => {
        answered[nth] = (answered[nth] ?? 0) + 1;
        sendEvents(response, delta("ok"), finish("stop"), "[DONE]");
      },
      pages,
    );
  const ill = await start(0, { "/health": (response: ServerResponse) => response.writeHead(status).end() });
  const well = await start(1);
  const clock = createVirtualClock();
  const { client, admin } = await startGenerate(context, [ill.url, well.url], { clock });
  assert.equal((await fetch(`${admin}/readyz`)).status, 200);
  status = 200;
  for (let i = 0; i < 4; i++) await answer(client, ask("hi"));
  assert.deepEqual(answered, [0, 4]);
  await clock.advance(2000);
  for (let i = 0; i < 200 && answered[0] === 0; i++) await answer(client, ask("hi"));
  assert.ok((answered[0] ?? 0) > 0, "it is taken for well");
});

test("a server that writes nothing any more, though its health page is well, is left out", async (context) => {
  const pages = {
    "/metrics": (response: ServerResponse) =>
      response.end("vllm:num_requests_running 1\nvllm:generation_tokens_total 7\n"),
  };
  const hung = await startPeer(
    context,
    (response) => {
      beginStream(response);
      response.write(`data: ${JSON.stringify(delta("a"))}\n\n`);
    },
    pages,
  );
  const well = await startPeer(context, (response) => sendEvents(response, delta("ok"), finish("stop"), "[DONE]"));
  const clock = createVirtualClock();
  const { client } = await startGenerate(context, [hung.url, well.url], { clock, stallTimeoutMs: 20_000 });
  const leave = new AbortController();
  const silent = answer(client, ask("hi"), { signal: leave.signal });
  silent.catch(() => {});
  const reasons = async () => (await client.getEngine({})).servers.map(({ reason }) => reason);
  for (let i = 0; i < 12 && (await reasons())[0] === ""; i++) {
    await clock.advance(2000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.match((await reasons()).join(), /^the model server has written nothing for \d+ s,$/);
  for (let i = 0; i < 4; i++) assert.equal((await answer(client, ask("hi"))).text, "ok");
  leave.abort();
  await assert.rejects(silent, { name: "AbortError" });
});

test("a single server is asked whatever happened before, and says itself what is wrong", async (context) => {
  const twin = await startVllmTwin({ timeScale: 0 });
  context.onTestFinished(() => twin.close());
  const { client } = await startGenerate(context, twin.url);
  for (let i = 0; i < 6; i++)
    await assert.rejects(answer(client, ask("[[fault:engine-dead]]")), { code: Status.UNAVAILABLE });
  assert.equal((await answer(client, ask("[[say:ok]]"))).text, "ok");
  assert.equal(twin.seen().length, 7, "and never twice for one request");
});
