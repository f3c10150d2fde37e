import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { triggers } from "../../infra/twins/speaking/faults.ts";
import type { SpeechKindName } from "../../infra/twins/speech/kinds/kinds.ts";
import { type End, keepAliveMs, limitMs, stackOf } from "./turns.ts";

const cut = "completed, SEGMENT_FAILED";
const odd = "completed, AUDIO_SUSPECT";
const both = (end: End) => ({ always: end, once: end });
const retried = (always: End) => ({ always, once: "completed" as const });

/**
 * What becomes of a turn when a server of `/v1/audio/speech` does this each time it is asked, and when it does it
 * `once`.
 */
const ofServer: Record<string, { always: End; once: End }> = {
  FAIL: retried(cut),
  OOM: retried(cut),
  // It answers that it is full, and has nothing of ours: a second, and once more.
  BUSY: retried("failed: ResourceExhausted ENGINE_OVERLOADED"),
  LATER: retried("failed: ResourceExhausted ENGINE_OVERLOADED"),
  DENIED: both("failed: Internal ENGINE_UNAUTHORIZED"),
  REFUSED: both("failed: Internal ENGINE_REJECTED"),
  // What was sent is never taken back: it ends there, faded.
  ERROR: both(cut),
  CUT: both(cut),
  FREEZE: both(cut),
  TAIL: both(cut),
  STUB: both(odd),
  RESET: retried(cut),
  HANG: both("failed: DeadlineExceeded ENGINE_STALLED"),
  RESTART: retried(cut),
  CRAWL: both("completed"),
  ODD: both("completed"),
  SHORT: both(odd),
  LOOP: both(odd),
  SILENT: retried(cut),
  // The silence after the words is not waited for, and not heard.
  DEAD: both("completed"),
  // Nothing of it is heard: it is found out before the first byte goes on.
  CLIP: retried(cut),
  OFFSET: retried(cut),
  RATE: both("completed"),
  STEREO: retried(cut),
  PAGE: retried(cut),
  DISGUISE: retried(cut),
  SORRY: retried(cut),
  MPEG: retried(cut),
  GZIP: retried(cut),
  EMPTY: retried(cut),
};

/** Where servers differ: events have an end of their own, and samples have no header. */
const differs: Partial<Record<SpeechKindName, Record<string, { always: End; once: End }>>> = {
  "sglang-omni-wav-events": { STUB: both(cut), STEREO: both("completed") },
};

/** Takes a wait of seconds in a test of its own. */
const alike = new Set(["HANG", "FREEZE", "BUSY", "LATER", "RESTART"]);

for (const kind of ["vllm-omni", "sglang-omni-wav-events"] as const)
  describe(`whatever ${kind} does, a turn ends as it should`, () => {
    const { speak, assertWell, stack } = stackOf({
      speech: { kind, restartMs: 100, keepAliveMs },
      settings: { DUET_SPEECH_TIMEOUT_MS: `${limitMs}` },
    });
    for (const [word, { does }] of Object.entries(triggers)) {
      if (alike.has(word) && kind !== "vllm-omni") continue;
      const row = differs[kind]?.[word] ?? ofServer[word];
      it(`${word}: ${does}`, async () => {
        assert.ok(row !== undefined, "it has a row");
        assert.equal(await speak(`${word} 这一句说得不太好，请多包涵。`), row.always);
        await assertWell();
      });
      if (row !== undefined && row.once !== row.always)
        it(`${word}, once`, async () => {
          assert.equal(await speak(`${word} ONCE 这一句说得不太好，请多包涵。`), row.once);
          await assertWell();
        });
    }

    it("texts of several callers are spoken at once", async () => {
      const texts = Array.from({ length: 6 }, (_, i) => `这是第${"一二三四五六"[i]}段话，几个人可以一起说。`);
      assert.deepEqual(await Promise.all(texts.map((text) => speak(text))), Array(6).fill("completed"));
      const together =
        stack()
          .speech?.seen()
          .map((one) => one.together) ?? [];
      assert.ok(Math.max(...together) > 1, `${Math.max(...together)} at once`);
      await assertWell();
    });
  });
