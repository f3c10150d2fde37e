/** What is heard where one segment ends and the next begins. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { toSamples } from "../../infra/audio/pcm.ts";
import { createEspeakSpeaker } from "../../infra/twins/sound/espeak.ts";
import { speakerRateHertz as rate, type Speaker, toneSpeaker } from "../../infra/twins/sound/speaker.ts";
import { findClicks } from "../support/clicks.ts";
import { start } from "./cache/fixture.ts";

const sentences = (count: number) => Array<string>(count).fill("It is done now.");

/** Wherever it is cut off, a tone is in the middle of a wave. */
const cutShort: Speaker = {
  speak: (text, voice, mostSeconds) => toneSpeaker.speak(text, voice, mostSeconds).subarray(37),
};

for (const [what, open, joins] of [
  ["speech", createEspeakSpeaker, 20],
  ["a voice that begins and ends anywhere", async () => cutShort, 200],
] as const)
  it(`no click is heard in ${joins} joins of ${what}`, async (t) => {
    const speaker = (await open()) as Speaker;
    const settings = { DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0", DUET_SYNTHESIZE_SEGMENT_MAX_CHARACTERS: "20" };
    const { speak } = await start(t, { twin: { speaker }, settings });
    const { segments, sound } = await speak(sentences(1.2 * joins), { alone: true });
    assert.ok(segments.length > joins, `${segments.length} segments`);
    const heard = toSamples(sound);
    assert.deepEqual(findClicks(heard, rate), []);
    // One that was there would have been found: so each is without its fade.
    let end = 0;
    for (const segment of segments.slice(0, -1)) {
      end += segment.length / 2;
      heard[end - 1] = 12_000;
    }
    assert.ok(findClicks(heard, rate).length >= joins);
  });
