import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { describe, it, type TestContext } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { checkTurn, type Event, readTurn } from "../support/events.ts";
import { startProgram } from "../support/processes.ts";
import { type Stack, type StackOptions, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

async function start(t: TestContext, options?: StackOptions): Promise<Stack & ReturnType<typeof createGrpcClient>> {
  const stack = await startStack(options);
  const customer = createGrpcClient(stack.url);
  t.onTestFinished(async () => {
    customer.close();
    await stack.close();
  });
  return Object.assign(Object.create(null), customer, stack, { close: stack.close });
}

/** Reads on in the background. */
function collect(source: AsyncIterable<Event>) {
  const events: Event[] = [];
  const ended = (async () => {
    for await (const event of source) events.push(event);
  })();
  return { events, ended };
}

/** What callers on this machine alone are told. */
const internals = /DUET_/;
/** A caller from elsewhere: a proxy on this machine passes the call on. */
const stranger = { headers: { "x-forwarded-for": "203.0.113.7" } };

const reasonOf = (error: ConnectError) => error.findDetails(ErrorInfoSchema)[0]?.reason;

describe("drain", () => {
  it("refuses new turns, says so, and lets a running turn finish", async (t) => {
    const { edge, client, url } = await start(t, { timeScale: 0.3 });
    const turn = collect(client.converse({ text: "[[tokens:60]]" }));
    await until("the turn runs", () => turn.events.length > 0);
    const drained = edge.drain(20_000);

    await assert.rejects(readTurn(client.speak({ text: "too late" })), (error: ConnectError) => {
      assert.deepEqual([error.code, reasonOf(error)], [Code.Unavailable, "DRAINING"]);
      return true;
    });
    const readiness = await fetch(`${url}/readyz`);
    assert.deepEqual([readiness.status, await readiness.text()], [503, "draining: no new turns\n"]);

    await turn.ended;
    assert.equal(checkTurn(turn.events).finished.outcome, Outcome.COMPLETED);
    await drained;
    assert.deepEqual([edge.turnCount, edge.connectionCount], [0, 0]);
    await assert.rejects(fetch(`${url}/healthz`));
  });

  it("interrupts what runs past the limit", async (t) => {
    const { edge, client, vllm } = await start(t, { timeScale: 1 });
    const turn = collect(client.converse({ text: "[[tokens:2000]]" }));
    await until("the turn speaks", () => turn.events.some(({ event }) => event.case === "audio"));
    await edge.drain(50);
    await turn.ended;
    assert.equal(checkTurn(turn.events).finished.outcome, Outcome.INTERRUPTED);
    await until("the model stops", () => vllm.seen().at(-1)?.state === "aborted");
  });
});

describe("the program", () => {
  it("announces itself and ends on SIGTERM with a turn under way", async (t) => {
    const { generate, synthesize } = await start(t, { timeScale: 1 });
    const edge = await startProgram("edge/main.ts", {
      DUET_EDGE_LISTEN: "127.0.0.1:0",
      DUET_EDGE_GENERATE_URL: generate.url,
      DUET_EDGE_SYNTHESIZE_URL: synthesize.url,
      DUET_DRAIN_TIMEOUT_MS: "100",
      DUET_LOG_LEVEL: "info",
    });
    const { client, close } = createGrpcClient(edge.url);
    const turn = collect(client.converse({ text: "A secret of mine. [[tokens:2000]]" }));
    await until("the turn runs", () => turn.events.length > 0);
    await edge.stop();
    await turn.ended;
    close();
    const { started, finished } = checkTurn(turn.events);
    assert.equal(finished.outcome, Outcome.INTERRUPTED);
    const line = edge.written.split("\n").find((written) => written.includes("turn ended"));
    const logged = JSON.parse(String(line));
    assert.equal(logged.turn, started.turnId);
    assert.equal(logged.rpc, "Converse");
    assert.ok(logged.totalMs > 0);
    assert.doesNotMatch(edge.written, /secret/, "no text of users in the log");
  });

  it("names the setting and the remedy if its port is taken", async (t) => {
    const { url } = await start(t);
    await assert.rejects(
      startProgram("edge/main.ts", { DUET_EDGE_LISTEN: new URL(url).host }),
      /DUET_EDGE_LISTEN to a free port/,
    );
  });
});

describe("a service", () => {
  it("that is gone is named with its setting, and found again when it is back", async (t) => {
    const { client, generate, vllm, url } = await start(t);
    assert.equal(
      (await readTurn(client.converse({ text: "[[say:One, two, three.]]" }))).finished.outcome,
      Outcome.COMPLETED,
    );
    await generate.stop();
    for (let i = 0; i < 2; i++)
      for (const who of [undefined, stranger])
        await assert.rejects(readTurn(client.converse({ text: "hello" }, who)), (error: ConnectError) => {
          assert.deepEqual([error.code, reasonOf(error)], [Code.Unavailable, "GENERATE_UNREACHABLE"]);
          assert.equal(internals.test(error.rawMessage), who === undefined, error.rawMessage);
          assert.ok(error.findDetails(RetryInfoSchema)[0], "when to try again");
          return true;
        });
    for (const who of [undefined, stranger]) {
      const status = await client.getStatus({}, who);
      assert.deepEqual([status.generate?.ready, status.synthesize?.ready], [false, true]);
      assert.equal(internals.test(String(status.generate?.message)), who === undefined);
    }
    const readiness = await fetch(`${url}/readyz`);
    assert.equal(readiness.status, 503);
    assert.match(await readiness.text(), /Generate does not answer at http.*DUET_EDGE_GENERATE_URL/);

    const again = await startProgram("services/generate/main.ts", {
      DUET_VLLM_URL: vllm.url,
      DUET_GENERATE_LISTEN: new URL(generate.url).host,
      DUET_GENERATE_ADMIN_LISTEN: "127.0.0.1:0",
    });
    t.onTestFinished(again.stop);
    assert.equal(
      (await readTurn(client.converse({ text: "[[say:Back again.]]" }))).finished.outcome,
      Outcome.COMPLETED,
    );
  });

  it("that dies in mid-turn fails the turn", async (t) => {
    const { client, synthesize, vllm } = await start(t, { timeScale: 0.5, separate: true });
    const turn = collect(client.converse({ text: "[[tokens:300]]" }));
    await until("the turn speaks", () => turn.events.some(({ event }) => event.case === "audio"));
    assert.ok("pid" in synthesize);
    process.kill(synthesize.pid, "SIGKILL");
    await turn.ended;
    const { finished } = checkTurn(turn.events);
    assert.equal(finished.outcome, Outcome.FAILED);
    assert.deepEqual([finished.error?.code, finished.error?.reason], [Code.Unavailable, "SYNTHESIZE_UNREACHABLE"]);
    await until("the model stops", () => vllm.seen().at(-1)?.state === "aborted");
  });
});

describe("status and voices", () => {
  it("tell what the deployment is made of", async (t) => {
    const { client } = await start(t);
    const status = await client.getStatus({});
    assert.match(status.version, /^\d+\.\d+\.\d+/);
    assert.deepEqual([status.generate?.ready, status.synthesize?.ready, status.turnCount], [true, true, 0]);
    assert.equal(status.script?.setting, "DUET_VLLM_URL");
    assert.deepEqual(new Set(status.script?.questions.map(({ language }) => language)), new Set(["zh", "en"]));
    const { voices } = await client.listVoices({});
    assert.deepEqual(
      voices.map(({ name }) => name),
      ["fish/emma", "fish/haoran", "fish/oliver", "fish/xiaolin"],
    );
    assert.deepEqual(new Set(voices.map(({ engine }) => engine)), new Set(["fish"]));
    assert.deepEqual(
      status.synthesize?.engines.map(({ name, ready }) => [name, ready]),
      [["fish", true]],
    );
  });
});

it("more turns than the edge may carry are refused with the time to wait", async (t) => {
  const { client, edge } = await start(t, { timeScale: 1, edge: { maxTurns: 1 } });
  const leave = new AbortController();
  const turn = collect(client.converse({ text: "[[tokens:500]]" }, { signal: leave.signal }));
  await until("the turn runs", () => turn.events.length > 0);
  for (const who of [undefined, stranger])
    await assert.rejects(readTurn(client.speak({ text: "one too many" }, who)), (error: ConnectError) => {
      assert.deepEqual([error.code, reasonOf(error)], [Code.ResourceExhausted, "TOO_MANY_TURNS"]);
      assert.equal(internals.test(error.rawMessage), who === undefined, error.rawMessage);
      return true;
    });
  leave.abort();
  await assert.rejects(turn.ended);
  await until("its place is free", () => edge.turnCount === 0);
  assert.equal((await readTurn(client.speak({ text: "now there is room" }))).finished.outcome, Outcome.COMPLETED);
});
