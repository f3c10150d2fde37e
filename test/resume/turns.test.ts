import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it, type TestContext } from "vitest";
import { Outcome, StoreKind, WarningReason } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { EdgeOptions } from "../../edge/options.ts";
import { told } from "../access/edges.ts";
import { follow, openEdge, startEdgeProgram } from "../sessions/edges.ts";
import { checkTurn, type Event, readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import type { Customer } from "./cuts.ts";
import { eventually } from "./eventually.ts";

const long = "[[tokens:2000]]";
const resumeWindowMs = 60_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 1 });
});
afterAll(() => stack.close());

const reasonOf = (error: unknown) => told(error as ConnectError).reason;
const resumed = (customer: Customer, turnId: string, afterSequence = 0) =>
  customer.resume({ turnId, afterSequence }) as AsyncIterable<Event>;

/** Begins a long turn, and leaves it after its first sound; what had come by then. */
async function leave(customer: Customer, fields: { resumeWindowMs: number; requestId?: string }) {
  const line = new AbortController();
  const running = follow(customer.converse({ text: long, ...fields }, { signal: line.signal }));
  await running.has("audio");
  line.abort();
  await running.ended;
  return running;
}

// On a busy machine Redis may be slow.
const patient = { maxTurnBytes: 32 << 20, patienceMs: 10_000 };

async function openPair(context: TestContext, resume: EdgeOptions["resume"] = patient) {
  const redis = await startRedis(context);
  const options = { resume };
  const [one, other] = [
    await openEdge(context, stack, redis.url, options),
    await openEdge(context, stack, redis.url, options),
  ];
  return { redis, one, other };
}

describe("a turn with a window", () => {
  it("goes on without a reader, and is stopped at the end of its window, which whoever comes late is told", async (context) => {
    const { one, other } = await openPair(context);
    const { turnId, events } = await leave(one.client, { resumeWindowMs: 300 });
    assert.equal(one.edge.turnCount, 1);
    await until("it is stopped", () => one.edge.turnCount === 0);
    const rest = await Array.fromAsync(resumed(other.client, turnId, events.at(-1)?.sequence));
    const { finished } = checkTurn([...events, ...rest]);
    assert.equal(finished.outcome, Outcome.INTERRUPTED);
  });

  it("goes on as long as somebody reads it on another edge", async (context) => {
    const { one, other } = await openPair(context);
    const { turnId } = await leave(one.client, { resumeWindowMs: 1_500 });
    const reading = follow(resumed(other.client, turnId));
    await reading.has("segmentDone", 1);
    const begun = performance.now();
    await until("its window has passed", () => performance.now() - begun > 2_000);
    assert.equal(one.edge.turnCount, 1);
    await other.client.interrupt({ turnId });
    assert.equal(await reading.ended, undefined);
    assert.equal(checkTurn(reading.events).finished.outcome, Outcome.INTERRUPTED);
  });

  it("is kept in one process where there is no Redis, and says so", async (context) => {
    const { client } = await openEdge(context, stack);
    const { turnId, events } = await leave(client, { resumeWindowMs });
    const reading = follow(resumed(client, turnId, events.at(-1)?.sequence));
    await client.interrupt({ turnId });
    assert.equal(await reading.ended, undefined);
    checkTurn([...events, ...reading.events]);
    const { resume } = await client.getStatus({});
    assert.equal(resume?.kind, StoreKind.MEMORY);
    assert.match(resume?.message ?? "", /other processes do not/);
  });

  it("of Speak is resumed as well, and one that was not asked to be kept is not there", async (context) => {
    const { one, other } = await openPair(context);
    const whole = await readTurn(one.client.speak({ text: "Yes, of course.", resumeWindowMs }));
    assert.ok(whole.started.resumable);
    const { turnId } = whole.started;
    const again = await readTurn(resumed(other.client, turnId));
    assert.deepEqual([again.pcm.equals(whole.pcm), again.events.length], [true, whole.events.length]);
    assert.deepEqual(await Array.fromAsync(resumed(other.client, turnId, whole.events.length)), []);
    const beyond = Array.fromAsync(resumed(other.client, turnId, whole.events.length + 1));
    await assert.rejects(beyond, (error) => reasonOf(error) === "LOG_INCOMPLETE");
    const plain = await readTurn(one.client.speak({ text: "Yes." }));
    assert.equal(plain.started.resumable, false);
    await assert.rejects(readTurn(resumed(one.client, plain.started.turnId)), { code: Code.NotFound });
  });

  it("goes on unlogged where its log does not answer within 0.1 s, and says so; the next one says it at once", async (context) => {
    const { redis, one, other } = await openPair(context, { ...patient, patienceMs: 100 });
    const running = follow(one.client.converse({ text: long, resumeWindowMs }));
    await running.has("audio");
    redis.freeze();
    await running.has("warning");
    const next = await readTurn(one.client.speak({ text: "Yes.", resumeWindowMs }));
    assert.equal(next.started.resumable, false);
    redis.thaw();
    const { turnId } = running;
    await running.has("audio", 3);
    const warnings = running.events.flatMap(({ event }) => (event.case === "warning" ? [event.value.reason] : []));
    assert.deepEqual(warnings, [WarningReason.NOT_RESUMABLE]);
    const reading = follow(resumed(other.client, turnId));
    assert.match(`${reasonOf(await reading.ended)}`, /LOG_INCOMPLETE|TURNS_AWAY/);
    await one.client.interrupt({ turnId });
    assert.equal(await running.ended, undefined);
    checkTurn(running.events);
    await until("it has ended", () => one.edge.turnCount === 0);
    await eventually("both are counted", async () =>
      /duet_edge_turn_logs_lost_total 2\n/.test(await one.metrics.registry.metrics()),
    );
  });

  it("whose edge is killed, or away for longer than its lease, ends once, and the same for all", async (context) => {
    const redis = await startRedis(context);
    const { client } = await openEdge(context, stack, redis.url);
    for (const sent of ["SIGKILL", "SIGSTOP"] as const) {
      const program = await startEdgeProgram(stack, redis.url, { DUET_EDGE_RESUME_PATIENCE_MS: "10000" });
      context.onTestFinished(async () => {
        program.leave();
        if (sent === "SIGSTOP") process.kill(program.pid, "SIGKILL");
        await program.stop();
      });
      const running = follow(program.client.converse({ text: long, resumeWindowMs }));
      await running.has("audio");
      process.kill(program.pid, sent);
      const readings = [follow(resumed(client, running.turnId)), follow(resumed(client, running.turnId))];
      for (const reading of readings) {
        assert.equal(await reading.ended, undefined);
        const { finished } = checkTurn(reading.events);
        assert.deepEqual([finished.outcome, finished.error?.reason], [Outcome.FAILED, "OWNER_LOST"]);
      }
      if (sent === "SIGKILL") continue;
      // It finds out that it was taken for gone, and tells whoever still listens to it.
      process.kill(program.pid, "SIGCONT");
      assert.equal(await running.ended, undefined);
      assert.deepEqual(checkTurn(running.events).finished.error?.reason, "OWNER_LOST");
      assert.equal(running.events.length, readings[0]?.events.length);
    }
  });
});

describe("a request that names itself", () => {
  const asked = () => stack.vllm.seen().length;

  it("is answered once, whoever sends it again and where, while it runs and later", async (context) => {
    const { one, other } = await openPair(context);
    const request = { text: "[[say:Yes, of course. That is how it is.]]", requestId: randomUUID(), resumeWindowMs };
    const before = asked();
    const customers = [one, other, one, other].map(({ client }) => client);
    const read = await Promise.all(customers.map((client) => readTurn(client.converse(request))));
    const [first] = read;
    for (const turn of [...read, await readTurn(other.client.converse(request))]) {
      assert.equal(turn.started.turnId, first?.started.turnId);
      assert.deepEqual([turn.text, turn.events.length], ["Yes, of course. That is how it is.", first?.events.length]);
    }
    assert.equal(asked() - before, 1);
    const changed = readTurn(other.client.converse({ ...request, text: "[[say:No.]]" }));
    await assert.rejects(changed, (error: ConnectError) => error.code === Code.InvalidArgument);
    await assert.rejects(readTurn(one.client.speak({ text: "Yes.", requestId: request.requestId })), {
      code: Code.InvalidArgument,
    });
  });

  it("goes on where its connection was cut, without a turn_id", async (context) => {
    const { one, other } = await openPair(context);
    const requestId = randomUUID();
    const before = asked();
    const { turnId, events } = await leave(one.client, { resumeWindowMs, requestId });
    const again = follow(other.client.converse({ text: long, resumeWindowMs, requestId }));
    await again.has("audio", 2);
    assert.equal(again.turnId, turnId);
    await other.client.interrupt({ turnId });
    await again.ended;
    assert.deepEqual(
      checkTurn(again.events)
        .events.slice(0, events.length)
        .map(({ sequence }) => sequence),
      events.map(({ sequence }) => sequence),
    );
    assert.equal(asked() - before, 1);
  });

  it("that was refused is free to be sent again", async (context) => {
    const { one, other } = await openPair(context);
    const request = { text: "Hello.", voice: "no such voice", requestId: randomUUID() };
    for (const { client } of [one, other, one])
      await assert.rejects(readTurn(client.speak(request)), { code: Code.NotFound });
  });

  it("is refused while it cannot be remembered", async (context) => {
    const { redis, one } = await openPair(context);
    await redis.kill();
    const refused = readTurn(one.client.speak({ text: "Yes.", requestId: randomUUID() }));
    await assert.rejects(refused, (error) => reasonOf(error) === "TURNS_AWAY");
    assert.equal((await readTurn(one.client.speak({ text: "Yes." }))).finished.outcome, Outcome.COMPLETED);
  });
});

it("any turn is interrupted from any edge, and none of another name", async (context) => {
  const { one, other } = await openPair(context);
  const running = follow(one.client.converse({ text: long }));
  await running.has("audio");
  await assert.rejects(other.client.interrupt({ turnId: randomUUID() }), { code: Code.NotFound });
  await other.client.interrupt({ turnId: running.turnId });
  assert.equal(await running.ended, undefined);
  assert.equal(checkTurn(running.events).finished.outcome, Outcome.INTERRUPTED);
  await assert.rejects(other.client.interrupt({ turnId: running.turnId }), { code: Code.NotFound });
});
