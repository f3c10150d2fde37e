import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { FinishReason, Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { type Caller, protocols } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

for (const [name, connect] of Object.entries(protocols))
  describe(name, () => {
    let caller: Caller;
    beforeAll(() => {
      caller = connect(stack.url);
    });
    afterAll(() => caller.close());

    it("answers in text and speech", async () => {
      const turn = await readTurn(caller.converse({ text: "[[say:你好，我是一个语音助手。很高兴认识你！]]" }));
      assert.equal(turn.text, "你好，我是一个语音助手。很高兴认识你！");
      assert.equal(turn.started.model, "duet-script");
      assert.equal(turn.finished.outcome, Outcome.COMPLETED);
      assert.equal(turn.finished.finishReason, FinishReason.STOP);
      assert.ok((turn.finished.usage?.completionTokens ?? 0) > 5);
      assertSpeech(turn.pcm, turn.text, turn.started.audioFormat?.sampleRateHertz);
    });

    it("speaks a given text", async () => {
      const text = "The weather is fine today, and tomorrow it will be better.";
      const turn = await readTurn(caller.speak({ text }));
      assert.equal(turn.started.model, "");
      assert.equal(turn.finished.outcome, Outcome.COMPLETED);
      assert.equal(turn.finished.timings?.firstTextMs, undefined);
      assertSpeech(turn.pcm, text, turn.started.audioFormat?.sampleRateHertz);
    });

    it("refuses before the turn starts with a status", async () => {
      await assert.rejects(readTurn(caller.speak({ text: "!?" })), { rawMessage: /^text: .*letter or digit/ });
    });
  });

/** Somewhere between a very fast and a very slow speaker, and not silence. */
function assertSpeech(pcm: Buffer, text: string, sampleRateHertz = 0): void {
  const seconds = pcm.length / 2 / sampleRateHertz;
  assert.ok(seconds > text.length * 0.03 && seconds < text.length * 0.5, `${seconds} s for ${text.length} characters`);
  const samples = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length));
  const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  assert.ok(loudness > 300, `loudness ${loudness}`);
}
