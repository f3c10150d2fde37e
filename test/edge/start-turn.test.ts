import assert from "node:assert/strict";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { createCall } from "../../edge/call.ts";
import { Failure } from "../../edge/errors.ts";
import { FinishReason, Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createServices, type Services } from "../../edge/hosts/clients.ts";
import { createPorts } from "../../edge/hosts/ports.ts";
import type { Ending, TurnEvent } from "../../edge/turn/events.ts";
import { createTurnCounts } from "../../edge/turn/stages/metrics.ts";
import type { Numbered } from "../../edge/turn/stages/number.ts";
import { startTurn, type TurnTools } from "../../edge/turn/turn.ts";
import { createTurns } from "../../edge/turn/turns.ts";
import { giveText, type Writer } from "../../edge/turn/writer.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { noCredentials } from "../../infra/net/credentials.ts";
import { createMetrics, type Metrics } from "../../infra/telemetry/metrics.ts";
import { checkTurn, type Event } from "../support/events.ts";
import { untilQuiet } from "../support/quiet.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { createKeptLog, type Line } from "../trust/service.ts";

// A turn as any way of asking may start it: nothing here goes through the edge's port, and nothing is Connect's.
let stack: Stack;
let services: Services;
let tools: TurnTools;
let metrics: Metrics;
let lines: Line[];
beforeAll(async () => {
  stack = await startStack();
  services = createServices({ generateUrl: stack.generate.url, synthesizeUrl: stack.synthesize.url }, noCredentials);
});
beforeEach(() => {
  metrics = createMetrics({ runtime: false });
  const turns = createTurns({ maxTurns: 10, clock: systemClock });
  const kept = createKeptLog();
  lines = kept.lines;
  tools = {
    turns,
    openSpeech: createPorts(services, systemClock).openSpeech,
    count: createTurnCounts(metrics, turns),
    heartbeatIntervalMs: 12_000,
    readerTimeoutMs: 12_000,
    clock: systemClock,
    log: kept.log,
  };
});
afterAll(async () => {
  services.generate.close();
  services.synthesize.close();
  await stack.close();
});
afterEach(async () => {
  assert.equal(tools.turns.count, 0, "no turn is left");
  await untilQuiet(stack);
});

const plan = { rpc: "Converse", voice: "", language: "", questionLanguage: "" } as const;
const text = "One sentence is written by hand. And so is another, which is a little longer.";

/** Writes the text, and then nothing more; ends if `ending` says how, else with the call. */
const writeByHand =
  (ending?: Ending): Writer =>
  async ({ signal }) => {
    async function* deltas(): AsyncGenerator<string, Ending> {
      for (const word of text.match(/\S+ ?/g) ?? []) yield word;
      if (ending !== undefined) return ending;
      if (!signal.aborted) await once(signal, "abort");
      throw signal.reason;
    }
    return { model: "a hand", shown: true, deltas: deltas() };
  };

/** The one line that tells of the turn, and whether it was counted alike. */
async function assertTold(outcome: string, code: string): Promise<Record<string, unknown>> {
  const told = lines.filter(({ message }) => message === "turn ended").map(({ fields }) => fields);
  assert.deepEqual(
    told.map((fields) => [fields.rpc, fields.outcome, fields.code]),
    [["Converse", outcome, code]],
  );
  const counted = `duet_edge_turns_total{rpc="Converse",outcome="${outcome}",code="${code}"} 1\n`;
  assert.ok((await metrics.registry.metrics()).includes(counted), counted);
  return told[0] as Record<string, unknown>;
}

const toEvents = (events: readonly Numbered<TurnEvent>[]) => events as unknown as Event[];

describe("a turn from a call that no RPC made", () => {
  it("is written by whom it is given, spoken, numbered and told of in its trace", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const headers = new Headers({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    const call = createCall({ signal: new AbortController().signal, headers });
    const ending = { finishReason: FinishReason.LENGTH, usage: undefined };
    const events = await Array.fromAsync(startTurn(call, { ...plan, write: writeByHand(ending) }, tools));
    const turn = checkTurn(toEvents(events));
    assert.equal(turn.text, text);
    assert.ok(turn.segmentCount > 0 && turn.pcm.length > 0);
    assert.equal(turn.started.model, "a hand");
    assert.deepEqual([turn.finished.outcome, turn.finished.finishReason], [Outcome.COMPLETED, FinishReason.LENGTH]);
    const told = await assertTold("completed", "OK");
    assert.deepEqual([told.turn, told.trace], [turn.started.turnId, traceId]);
  });

  it("is refused with a plain failure, before anything is written", async () => {
    const call = createCall(new AbortController());
    const events = startTurn(call, { ...plan, write: giveText(text), voice: "nobody" }, tools);
    await assert.rejects(events.next(), (error) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual([error.code, error.reason], ["NOT_FOUND", "NOT_FOUND"]);
      return true;
    });
    await assertTold("refused", "NOT_FOUND");
  });
});

describe("a turn that would go on is stopped", () => {
  /** Reads to the end; `onSound` is told when there is sound, and which turn it is. */
  async function read(events: AsyncIterable<Numbered<TurnEvent>>, onSound: (turnId: string) => void = () => {}) {
    const read: Numbered<TurnEvent>[] = [];
    for await (const event of events) {
      read.push(event);
      const first = read[0]?.event;
      if (event.event.case === "audio" && first?.case === "started") onSound(String(first.value.turnId));
    }
    return checkTurn(toEvents(read));
  }

  it("by an interrupt, and says so in its last event", async () => {
    const events = startTurn(createCall(new AbortController()), { ...plan, write: writeByHand() }, tools);
    const { finished } = await read(events, (turnId) => tools.turns.interrupt("default", turnId));
    assert.deepEqual([finished.outcome, finished.error], [Outcome.INTERRUPTED, undefined]);
    await assertTold("interrupted", "OK");
  });

  it("by its deadline, and says so in its last event", async () => {
    const call = createCall({ signal: new AbortController().signal, deadline: systemClock.now() + 400 });
    const { finished } = await read(startTurn(call, { ...plan, write: writeByHand() }, tools));
    assert.deepEqual([finished.outcome, finished.error?.reason], [Outcome.FAILED, "DEADLINE_EXCEEDED"]);
    await assertTold("failed", "DEADLINE_EXCEEDED");
  });

  it("by its caller's leaving, of which nobody is told but the log", async () => {
    const caller = new AbortController();
    const events = startTurn(createCall(caller), { ...plan, write: writeByHand() }, tools);
    await assert.rejects(read(events, () => caller.abort()));
    await assertTold("left", "CANCELLED");
  });

  it("by a reader who breaks off", async () => {
    for await (const { event } of startTurn(
      createCall(new AbortController()),
      { ...plan, write: writeByHand() },
      tools,
    ))
      if (event.case === "audio") break;
    await assertTold("left", "CANCELLED");
  });
});
