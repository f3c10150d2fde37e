import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { sayAdmin, untilEnded, untilIdle } from "../support/gauges.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { ask, rawProtocols } from "./leaving/ask.ts";

const sessions = 2;

/** A stack that waits so long for a reader. */
async function start(readerTimeoutMs: number): Promise<Stack> {
  const stack = await startStack({
    timeScale: 0.01,
    settings: {
      ...sayAdmin,
      DUET_GENERATE_MAX_TOKENS: "8192",
      DUET_SYNTHESIZE_MAX_SESSIONS: `${sessions}`,
    },
    edge: { readerTimeoutMs },
  });
  await untilIdle(stack);
  return stack;
}

async function speak({ url }: Stack): Promise<Outcome> {
  const { client, close } = createGrpcClient(url);
  return (await readTurn(client.speak({ text: "Now it is my turn." })).finally(close)).finished.outcome;
}

/** Calls that take nothing of their answers. */
async function stall(stack: Stack, question: string, protocol: string, count: number) {
  const { [protocol]: chosen } = rawProtocols;
  assert.ok(chosen !== undefined);
  const before = stack.edge.turnCount;
  const calls = await Promise.all(
    Array.from({ length: count }, () => ask(stack.url, chosen, question, { stalls: true })),
  );
  await until("their turns run", () => stack.edge.turnCount === before + count);
  return calls;
}

describe("callers that take nothing of their answers", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await start(500);
  });
  afterAll(() => stack.close());

  for (const protocol of ["json on HTTP/2", "grpc on HTTP/2"])
    it(`keep the voice from nobody for long: ${protocol}`, async () => {
      const calls = await stall(stack, "[[tokens:8000]]", protocol, sessions);
      await until("their turns have ended", () => stack.edge.turnCount === 0, 8_000);
      await untilIdle(stack);
      assert.equal(await speak(stack), Outcome.COMPLETED);
      for (const { socket } of calls) socket.destroy();
    });

  it("are told why, once they read on, and miss no number", async () => {
    const [call] = await stall(stack, "[[tokens:8000]]", "json on HTTP/1", 1);
    assert.ok(call !== undefined);
    await until("its turn has ended", () => stack.edge.turnCount === 0, 8_000);
    call.read();
    const answer = await call.ended;
    const events = [...answer.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line));
    const { outcome, error } = events.at(-1).finished;
    assert.deepEqual([outcome, error.reason], ["OUTCOME_FAILED", "CLIENT_TOO_SLOW"]);
  });

  it("give the voice back once all is spoken, though nothing was taken of it", async (t) => {
    // However busy the machine is, all is spoken before it is too late.
    const stack = await start(60_000);
    t.onTestFinished(() => stack.close());
    const calls = await stall(
      stack,
      // Some 9 s of speech, of the 12 s that the edge holds for a reader.
      `[[say:${"This is a sentence of some length, to be spoken. ".repeat(3)}]]`,
      "grpc on HTTP/2",
      sessions,
    );
    await untilEnded(stack.synthesize, "Synthesize", sessions);
    await untilIdle(stack);
    assert.equal(stack.edge.turnCount, sessions, "the edge holds it for them");
    assert.equal(await speak(stack), Outcome.COMPLETED);
    for (const { socket } of calls) socket.destroy();
    await until("they are gone", () => stack.edge.turnCount === 0);
  });
});
