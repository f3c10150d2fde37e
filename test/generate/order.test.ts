import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { Status } from "nice-grpc";
import { type TestContext, test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { Tracer } from "../../infra/telemetry/tracer.ts";
import { Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { until } from "../support/until.ts";
import { delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, startGenerate } from "./start.ts";

// Why the layers of Generate's engine stand in the order in which `engine.ts` names them.

/** One place and nobody may wait for it. */
const tight = { maxInFlight: 1, maxQueued: 0, ttftSloMs: 0, model: "peer" };

/** A vLLM that guesses tokens ahead, by its metrics, and answers "held" when it is told to. */
async function startHeld(context: TestContext, given = {}) {
  const held: ServerResponse[] = [];
  const metrics = "vllm:num_requests_running 0\nvllm:spec_decode_num_drafts_total 1\n";
  const peer = await startPeer(
    context,
    (response, _request, body) => {
      if (body.includes("held")) held.push(response);
      else sendEvents(response, delta("ok"), finish("stop"), "[DONE]");
    },
    { "/metrics": (response) => response.end(metrics) },
  );
  const service = await startGenerate(context, peer.url, { ...tight, ...given });
  // The report looks at the server: from now on it is known to guess.
  await service.client.getEngine({});
  return { held, ...service };
}

test("sampling stands above admission: what cannot be done is said, however much there is to do", async (context) => {
  const { held, client } = await startHeld(context);
  const first = answer(client, ask("held"));
  await until("it is written", () => held.length === 1);
  await assert.rejects(answer(client, ask("hi")), { code: Status.RESOURCE_EXHAUSTED });
  await assert.rejects(answer(client, ask("hi", { sampling: { minP: 0.5 } })), { code: Status.INVALID_ARGUMENT });
  sendEvents(held[0] as ServerResponse, delta("ok"), finish("stop"), "[DONE]");
  await first;
  assert.equal((await client.getEngine({})).admission?.refused, 1n);
});

test("context stands above admission: nobody is kept out while a server is asked how much it holds", async (context) => {
  const lists: ServerResponse[] = [];
  const peer = await startPeer(context, (response) => sendEvents(response, delta("ok"), finish("stop"), "[DONE]"), {
    "/v1/models": (response) => lists.push(response),
  });
  // Time stands still, so that the look waits for the page as long as it takes.
  const { client } = await startGenerate(context, peer.url, { ...tight, clock: createVirtualClock() });
  const long = Array.from({ length: 41 }, (_, i) => ({
    role: i % 2 === 0 ? Role.USER : Role.ASSISTANT,
    content: "We spoke of ships and harbours. ".repeat(10),
  }));
  const looking = answer(client, { messages: long });
  await until("the server is asked how much it holds", () => lists.length === 1);
  assert.equal((await answer(client, ask("hi"))).text, "ok");
  lists[0]?.end('{"data":[{"id":"peer","max_model_len":32768}]}');
  assert.equal((await looking).text, "ok");
});

test("context stands above admission: a prompt that is cut once more leaves its place first", async (context) => {
  const sizes: number[] = [];
  const peer = await startPeer(context, (response, _request, body) => {
    sizes.push(JSON.parse(body).messages.length);
    const error = { message: "too long", type: "exceed_context_size_error", code: 400 };
    if (sizes.length === 1) response.writeHead(400).end(JSON.stringify({ error }));
    else sendEvents(response, delta("ok"), finish("stop"), "[DONE]");
  });
  const { client } = await startGenerate(context, peer.url, tight);
  const messages = Array.from({ length: 21 }, (_, i) => ({
    role: i % 2 === 0 ? Role.USER : Role.ASSISTANT,
    content: `${i}`.repeat(50),
  }));
  assert.equal((await answer(client, { messages })).text, "ok");
  assert.ok(sizes.length === 2 && (sizes[1] as number) < (sizes[0] as number), `${sizes}`);
});

test("spans are outermost: they tell of what any other layer refused, and of the whole wait", async (context) => {
  const failed: string[] = [];
  const tracer: Tracer = {
    enabled: true,
    read: () => ({}),
    start: (_name, { parent }) => ({
      context: parent,
      set() {},
      rename() {},
      fail: (type) => failed.push(type),
      end() {},
    }),
    record() {},
  };
  const { held, client } = await startHeld(context, { tracer });
  const first = answer(client, ask("held"));
  await until("it is written", () => held.length === 1);
  await assert.rejects(answer(client, ask("hi", { sampling: { minP: 0.5 } })));
  await assert.rejects(answer(client, ask("hi")));
  const choice = { constraint: { $case: "choice" as const, value: { options: ["yes"] } } };
  sendEvents(held[0] as ServerResponse, delta("ok"), finish("stop"), "[DONE]");
  await first;
  await assert.rejects(answer(client, ask("hi", choice)));
  assert.deepEqual(failed, ["InvalidRequestError", "OverloadedError", "misshapen"]);
});
