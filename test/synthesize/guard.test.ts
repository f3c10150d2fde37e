/**
 * What a listener gets where the voice speaks badly: each way in which it may, with real speech, of a generation that
 * streams and of one that does not.
 */
import assert from "node:assert/strict";
import { beforeAll, describe, it, type TestContext } from "vitest";
import { toSamples } from "../../infra/audio/pcm.ts";
import { createEspeakSpeaker } from "../../infra/twins/sound/espeak.ts";
import type { Speaker } from "../../infra/twins/sound/speaker.ts";
import { WarningReason } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { findClicks } from "../support/clicks.ts";
import { start } from "./cache/fixture.ts";

/**
 * `suspect`, `failed`: it is heard, or not, after a second try, with a warning; `mended`: it is heard as it should be
 * at once.
 */
type End = "mended" | "suspect" | "failed";

/**
 * What becomes of a sentence that is always spoken so. `streamed`: of one that streams it has been heard before it is
 * found out.
 */
const ends: Readonly<Record<string, { readonly end: End; readonly streamed?: true; readonly clicks?: true }>> = {
  VOID: { end: "failed" },
  SILENT: { end: "failed" },
  SHORT: { end: "suspect", streamed: true },
  LOOP: { end: "suspect", streamed: true },
  TWICE: { end: "suspect", streamed: true },
  CLIP: { end: "failed" },
  OFFSET: { end: "failed" },
  LOUD: { end: "suspect", streamed: true },
  // A spike that is no longer at the other end is a spike still.
  WRAP: { end: "mended", clicks: true },
  OVER: { end: "mended" },
  LEAD: { end: "mended" },
  DEAD: { end: "mended" },
};

const rate = 44_100;
const bad = "这一句说得不太好请您多多包涵。";
const next = "下面这一句又说得很好，大家都听得清楚。";

describe("speech that is not as it should be", () => {
  let speaker: Speaker;
  beforeAll(async () => {
    speaker = (await createEspeakSpeaker()) as Speaker;
  });

  async function say(t: TestContext, mode: "1.5.1" | "s2", word: string) {
    const settings = { DUET_FISH_MODE: mode, DUET_FISH_VOICES: "xiaolin", DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0" };
    const { speak, voice } = await start(t, { twin: { mode, speaker }, settings });
    const spoken = await speak([`${word} ${bad}`, next], { alone: true });
    /** The seeds of the requests for the first sentence. */
    const seeds = voice.seen().flatMap(({ body }) => {
      const { text = "", seed } = body as { text?: string; seed: number };
      return text.includes("包涵") ? [seed] : [];
    });
    return { ...spoken, seeds };
  }

  for (const [word, { end, streamed, clicks }] of Object.entries(ends))
    for (const mode of ["1.5.1", "s2"] as const) {
      const onceOnly = end === "mended" || (mode === "1.5.1" && streamed);
      it(`${word} is ${end} by ${mode}${onceOnly ? "" : ", after another seed"}, and the next sentence is heard`, async (t) => {
        const { segments, seeds, warnings } = await say(t, mode, word);
        assert.deepEqual(
          warnings,
          {
            mended: [],
            suspect: [WarningReason.AUDIO_SUSPECT],
            failed: [WarningReason.SEGMENT_FAILED],
          }[end],
        );
        assert.equal(seeds.length, onceOnly ? 1 : 2);
        if (!onceOnly) assert.equal(seeds[1], ((seeds[0] as number) + 1) % 2 ** 31);
        const [first, ...others] = segments.map(toSamples) as [Int16Array, ...Int16Array[]];
        assert.equal(first.length === 0, end === "failed");
        assert.ok(others.length > 0 && others.every(({ length }) => length > rate));
        for (const segment of [first, ...others]) assertEdges(segment);
        if (end === "mended" && !clicks) assert.deepEqual(findClicks(first, rate), []);
        assert.ok(word !== "WRAP" || !first.includes(-32_768));
      });

      if (!onceOnly)
        it(`${word} is spoken well by ${mode} the second time`, async (t) => {
          const { segments, seeds, warnings } = await say(t, mode, `${word} ONCE`);
          assert.deepEqual([warnings, seeds.length], [[], 2]);
          const seconds = (segments[0] as Buffer).length / 2 / rate;
          assert.ok(seconds > 2 && seconds < 5, `${seconds} s`);
        });
    }
});

/** Rises from zero and falls to it. */
function assertEdges(samples: Int16Array): void {
  if (samples.length === 0) return;
  assert.deepEqual([samples[0], samples.at(-1)], [0, 0]);
}
