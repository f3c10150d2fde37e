import assert from "node:assert/strict";
import { connect } from "node:net";
import { Code } from "@connectrpc/connect";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { fishCosts } from "../../infra/cost/cost.ts";
import { type Caller, createGrpcClient, protocols } from "../support/callers.ts";
import { checkTurn, type Event } from "../support/events.ts";
import { untilQuiet } from "../support/quiet.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

// About a minute of speech, written over seconds: whatever happens in it happens in mid-answer.
const longQuestion = "[[tokens:400]]";

let stack: Stack;
let customer: ReturnType<typeof createGrpcClient>;
beforeAll(async () => {
  // A slow voice, so that far more is written than spoken when a turn stops.
  stack = await startStack({ timeScale: 0.3, fish: { cost: fishCosts.uncompiled } });
  customer = createGrpcClient(stack.url);
});
afterAll(async () => {
  customer.close();
  await stack.close();
});
afterEach(() => untilQuiet(stack));

/** The model stopped writing this answer, and the voice is asked for nothing more of it. */
async function assertStopped(): Promise<void> {
  await until("vLLM reports the request aborted", () => stack.vllm.seen().at(-1)?.state === "aborted");
  assert.ok((stack.vllm.seen().at(-1)?.tokens ?? 400) < 350, "stopped in mid-answer");
  // The cancel reaches the two services each in its own time, so that one more segment may have begun, and what
  // Fish-Speech has begun cannot be stopped. A turn that still ran would be asked for all that is written, segment
  // after segment.
  const requests = () => stack.fish[0]?.seen() ?? [];
  const asked = requests().length;
  await untilQuiet(stack);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(requests().length <= asked + 1, `${requests().length - asked} further requests to Fish-Speech`);
}

describe("Interrupt", () => {
  it("ends the turn at once, and everywhere", async () => {
    const events: Event[] = [];
    let interruptedAt = 0;
    for await (const event of customer.client.converse(
      { text: longQuestion },
      { signal: new AbortController().signal },
    )) {
      events.push(event);
      if (event.event.case !== "audio" || interruptedAt > 0) continue;
      interruptedAt = performance.now();
      await customer.client.interrupt({ turnId: checkStarted(events) });
    }
    const turn = checkTurn(events);
    assert.equal(turn.finished.outcome, Outcome.INTERRUPTED);
    assert.equal(turn.finished.error, undefined);
    assert.ok(performance.now() - interruptedAt < 1_000);
    await assertStopped();
  });

  it("knows no turn that has ended", async () => {
    await assert.rejects(customer.client.interrupt({ turnId: "0a1b" }), { code: Code.NotFound, rawMessage: /turn_id/ });
  });
});

describe("a caller who hangs up in mid-answer", () => {
  for (const [name, make] of Object.entries(protocols))
    it(`stops the model and the voice: ${name}`, async () => {
      const caller: Caller = make(stack.url);
      const leave = new AbortController();
      await assert.rejects(async () => {
        for await (const { event } of caller.converse({ text: longQuestion }, { signal: leave.signal }))
          if (event.case === "audio") leave.abort();
      });
      await assertStopped();
      caller.close();
    });

  it("stops them too when he reads nothing and his socket dies", async () => {
    const body = JSON.stringify({ text: longQuestion });
    const socket = connect(stack.edge.address.port, stack.edge.address.host);
    socket.pause();
    socket.write(
      `POST /duet.assistant.v1.AssistantService/Converse HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    const seenBefore = stack.vllm.seen().length;
    await until("the model writes", () => (stack.vllm.seen()[seenBefore]?.tokens ?? 0) > 50);
    socket.resetAndDestroy();
    await assertStopped();
  });
});

function checkStarted(events: readonly Event[]): string {
  const first = events[0]?.event;
  assert.equal(first?.case, "started");
  return first.case === "started" ? first.value.turnId : "";
}
