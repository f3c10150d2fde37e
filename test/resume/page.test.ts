import assert from "node:assert/strict";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { afterAll, beforeAll, type TestContext, test } from "vitest";
import { AssistantService, Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "../../edge/playground/page/api.ts";
import { type Answered, converse } from "../../edge/playground/page/turn/stream.ts";
import { type Clock, systemClock } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { layWire } from "../e2e/wire.ts";
import { openEdge } from "../sessions/edges.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.05, fishWorkers: 2 });
});
afterAll(() => stack.close());

const request = { text: "[[say:We open at nine. Come and see us. Bring a friend, and stay for tea.]]" };

/** The page's call by a wire that can be cut. */
async function begin(context: TestContext, { url = stack.url, clock = systemClock as Clock } = {}) {
  const wire = await layWire(url);
  context.onTestFinished(() => wire.close());
  // What browsers have: `fetch`, and what it throws.
  const assistant: Assistant = createClient(
    AssistantService,
    createConnectTransport({ baseUrl: wire.url, useBinaryFormat: true }),
  );
  const leaving = new AbortController();
  context.onTestFinished(() => leaving.abort());
  return { wire, leaving, events: converse(assistant, request, { headers: {}, signal: leaving.signal, clock }) };
}

/** What a listener has in the end, and the numbers of what came. */
function sum(answered: readonly Answered[]) {
  const numbers = answered.map(({ sequence }) => sequence).filter((sequence) => sequence > 0);
  const pcm = answered.flatMap(({ event }) => (event.case === "audio" ? [event.value.pcm] : []));
  const text = answered.map(({ event }) => (event.case === "textDelta" ? event.value.text : "")).join("");
  return { numbers, text, pcm: Buffer.concat(pcm) };
}

test("an answer whose connection is cut again and again is whole, each event of it once", async (context) => {
  const whole = sum(await Array.fromAsync((await begin(context)).events));
  const { wire, events } = await begin(context);
  const answered: Answered[] = [];
  let cuts = 0;
  for await (const event of events) {
    answered.push(event);
    if (event.sequence % 3 !== 1) continue;
    wire.cut();
    wire.mend();
    cuts++;
  }
  assert.ok(cuts > 3, `${cuts}`);
  const { numbers, text, pcm } = sum(answered);
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, index) => index + 1),
  );
  assert.equal(text, whole.text);
  assert.ok(pcm.equals(whole.pcm));
  const { event } = answered.at(-1) as Answered;
  assert.equal(event.case === "finished" && event.value.outcome, Outcome.COMPLETED);
});

test("a server that cannot be reached is tried for half a minute", async (context) => {
  const clock = createVirtualClock();
  const { wire, events } = await begin(context, { clock });
  await events.next();
  wire.cut();
  let ended: unknown;
  const rest = Array.fromAsync(events).catch((error) => {
    ended = error;
  });
  let waited = 0;
  while (ended === undefined) {
    await clock.advance(250);
    waited += 250;
    // Each try is refused by a real socket.
    while (ended === undefined && clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await rest;
  assert.ok(waited >= 30_000 && waited < 33_000, `${waited} ms`);
  assert.ok(ConnectError.from(ended).cause !== undefined, "what cut it is told");
});

test("an answer that the server knows no longer is lost at once", async (context) => {
  const first = await openEdge(context, stack);
  const { wire, events } = await begin(context, { url: `http://${formatAddress(first.edge.address)}` });
  await events.next();
  wire.cut();
  await first.edge.drain(0);
  await openEdge(context, stack, undefined, { listen: first.edge.address });
  wire.mend();
  await assert.rejects(Array.fromAsync(events), (error) => ConnectError.from(error).code !== Code.NotFound);
});

test("an answer that is kept no longer is not asked for again", async (context) => {
  const { edge } = await openEdge(context, stack, undefined, { resume: { maxTurnBytes: 1 << 10, patienceMs: 10_000 } });
  const url = `http://${formatAddress(edge.address)}`;
  const { wire, events } = await begin(context, { url, clock: createVirtualClock() });
  const read = async () => {
    for await (const { event } of events) if (event.case === "warning") wire.cut();
  };
  await assert.rejects(read(), "though its clock stands still");
});

test("whoever leaves waits for nothing", async (context) => {
  const { wire, leaving, events } = await begin(context);
  await events.next();
  wire.cut();
  const rest = Array.fromAsync(events);
  leaving.abort();
  await assert.rejects(rest);
});
