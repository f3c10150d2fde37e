import assert from "node:assert/strict";
import { it, type TestContext } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import type { Link, Passage } from "../support/link.ts";
import { type StackOptions, startStack } from "../support/stack.ts";

async function start(t: TestContext, options: StackOptions & { roundTripMs: number }) {
  const stack = await startStack(options);
  const { client, close } = createGrpcClient(stack.url);
  t.onTestFinished(async () => {
    close();
    await stack.close();
  });
  const converse = (text: string) => readTurn(client.converse({ text: `[[say:${text}]]` }, { timeoutMs: 60_000 }));
  return { converse, links: stack.links as { generate: Link; synthesize: Link } };
}

/** The directions in which a line was used, one after the other. */
function flights(passages: readonly Passage[]): string[] {
  return passages.map(({ direction }) => direction).filter((direction, index, all) => direction !== all[index - 1]);
}

it("asks Generate one round trip after Synthesize: not before the turn is admitted, and no later", async (t) => {
  const { converse, links } = await start(t, { roundTripMs: 20 });
  // Opens the connections, whose greetings are no part of a turn.
  await converse("This sentence comes first.");
  const [before, generateBefore] = [links.synthesize.passages.length, links.generate.passages.length];
  await converse("This sentence comes second.");

  const asked = links.generate.passages[generateBefore];
  assert.equal(asked?.direction, "there");
  const admission = links.synthesize.passages.slice(before).filter(({ at }) => at < (asked as Passage).at);
  assert.deepEqual(flights(admission), ["there", "back"]);
});

it("16 turns at once over 100 ms: all are whole, and no HTTP/2 window holds their sound back", async (t) => {
  const { converse, links } = await start(t, { roundTripMs: 100, fishWorkers: 4, timeScale: 0 });
  const sentence =
    "It has several sentences of an ordinary length, so that its sound is far more than what fits into a window. ";
  const texts = Array.from(
    { length: 16 },
    (_, index) => `This is answer number ${index}. ${sentence.repeat(3).trim()}`,
  );
  const turns = await Promise.all(texts.map(converse));
  for (const [index, { text, finished }] of turns.entries()) {
    assert.equal(text, texts[index]);
    assert.equal(finished.outcome, Outcome.COMPLETED);
  }
  const back = links.synthesize.passages.filter(({ direction }) => direction === "back");
  assert.equal(new Set(back.map(({ connection }) => connection)).size, 1, "all share one connection");
  const most = Math.max(...back.map(({ inFlightBytes }) => inFlightBytes));
  // HTTP/2's own window is 64 KiB, for a stream and for all of a connection.
  assert.ok(most > 2 * 65_536, `at most ${most} bytes were on their way at once`);
});

it("one turn alone over 100 ms is not held back either", async (t) => {
  const { converse, links } = await start(t, { roundTripMs: 100, timeScale: 0 });
  await converse(
    "A sentence of an ordinary length, so that there is enough sound for a window to be felt. ".repeat(8).trim(),
  );
  const most = Math.max(
    ...links.synthesize.passages
      .filter(({ direction }) => direction === "back")
      .map((passage) => passage.inFlightBytes),
  );
  assert.ok(most > 2 * 65_536, `at most ${most} bytes were on their way at once`);
});
