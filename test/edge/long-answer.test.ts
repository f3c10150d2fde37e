import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type TestContext, test } from "vitest";
import { FinishReason, Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { countCodePoints } from "../../infra/text/code-points.ts";
import { createGrpcClient } from "../support/callers.ts";
import { untilQuiet } from "../support/quiet.ts";
import { startStack } from "../support/stack.ts";

// `.ci/full` asks for 8192, the most that a caller may: an hour and more of speech, of which this process takes some
// 200 MB.
const tokens = Number(process.env.LONG_ANSWER_TOKENS ?? 400);
// Nothing of it is kept anywhere: what waits is a few megabytes, in the edge, the stand-ins and this reader together.
const mostHeldBytes = 8 << 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What is held in buffers, without what is garbage already. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test(`an answer of ${tokens} tokens is spoken to its end`, async (t: TestContext) => {
  const stack = await startStack({
    timeScale: 0.002,
    fishWorkers: 2,
    settings: { DUET_GENERATE_MAX_TOKENS: `${tokens}` },
    edge: { heartbeatIntervalMs: 100 },
  });
  const { client, close } = createGrpcClient(stack.url);
  t.onTestFinished(async () => {
    close();
    await stack.close();
  });

  let sequence = 0;
  let heartbeats = 0;
  let characters = 0;
  let written = 0;
  let frames = 0;
  let bytes = 0;
  let segments = 0;
  const held: number[] = [];
  let finished: unknown;
  let pieces = 0;
  const heldBefore = heldBytes();
  const request = { text: `[[tokens:${tokens}]]`, generation: { maxTokens: tokens } };
  for await (const { sequence: number, event } of client.converse(request, { signal: new AbortController().signal })) {
    if (event.case === "heartbeat") {
      assert.equal(number, 0);
      heartbeats++;
      continue;
    }
    assert.equal(number, ++sequence, "no gap");
    if (event.case === "textDelta") characters += countCodePoints(event.value.text);
    if (event.case === "segment") {
      const { index, start, end, spoken, spans } = event.value;
      assert.equal(index, segments++);
      assert.ok(start >= written && end > start && end <= characters, `segment ${index}: ${start} to ${end}`);
      written = end;
      frames = 0;
      const length = countCodePoints(spoken);
      for (const span of spans) {
        assert.ok(span.start >= start && span.end <= end, "a span lies in what its segment covers");
        assert.ok(span.spokenStart <= span.spokenEnd && span.spokenEnd <= length, "and in what it says");
      }
    }
    if (event.case === "audio") {
      assert.equal(event.value.offset, frames);
      frames += event.value.pcm.length / 2;
      bytes += event.value.pcm.length;
      if (pieces++ % 100 === 0) held.push(heldBytes() - heldBefore);
    }
    if (event.case === "segmentDone") assert.equal(event.value.sampleCount, frames);
    if (event.case === "finished") finished = event.value;
  }
  const { outcome, finishReason, usage } = finished as {
    outcome: Outcome;
    finishReason: FinishReason;
    usage: { completionTokens: number };
  };
  assert.deepEqual([outcome, usage.completionTokens >= tokens], [Outcome.COMPLETED, true]);
  assert.ok(finishReason === FinishReason.STOP || finishReason === FinishReason.LENGTH);
  assert.ok(characters - written < 3, `all ${characters} characters are spoken, but for a last blank: ${written}`);
  // What is kept is there at every look, at the end most of all; what is under way at one is gone at another.
  const kept = Math.min(...held.slice(held.length >> 1));
  assert.ok(kept < mostHeldBytes && bytes > 2 * kept, `${kept} of ${bytes} bytes were held`);
  const minutes = Math.round(bytes / 2 / 44_100 / 60);
  await t.annotate(
    `${sequence} events, ${segments} segments, ${minutes} min, ${heartbeats} heartbeats, held ${kept >> 20} MiB, at most ${Math.max(...held) >> 20}`,
  );
  await untilQuiet(stack);
});
