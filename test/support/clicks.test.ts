import assert from "node:assert/strict";
import { beforeAll, describe, it } from "vitest";
import { createEspeakSpeaker } from "../../infra/twins/sound/espeak.ts";
import { speakerRateHertz as rate, type Speaker } from "../../infra/twins/sound/speaker.ts";
import { findClicks } from "./clicks.ts";

describe("clicks", () => {
  let speaker: Speaker;
  beforeAll(async () => {
    speaker = (await createEspeakSpeaker()) as Speaker;
  });
  const speech = (voice = "emma") =>
    speaker.speak("Six thick thistle sticks. 今天天气很好，我们出去走走，看看外面的风景。", voice, 60);
  /** Whole periods, of 188.5 samples. */
  const tone = () => Int16Array.from({ length: 43_354 }, (_, at) => Math.round(9000 * Math.sin(at / 30)));

  it("are not in speech, in a tone, or in silence", () => {
    for (const voice of ["xiaolin", "haoran", "emma", "oliver"]) assert.deepEqual(findClicks(speech(voice), rate), []);
    assert.deepEqual(findClicks(tone(), rate), []);
    assert.deepEqual(findClicks(new Int16Array(rate), rate), []);
  });

  it("are where a wave is cut in the middle, and where one begins there", () => {
    const [end, beginning] = [10_037, 20_028];
    const found = findClicks(tone().fill(0, end, beginning), rate);
    assert.equal(found.length, 2);
    for (const [index, at] of [end, beginning].entries()) assert.ok(Math.abs((found[index] as number) - at) < 3);
  });

  it("are a spike of one sample, and a step, wherever speech is not sharp itself", () => {
    const plain = speech();
    let [tried, found] = [0, 0];
    for (let at = 5000; at < plain.length - 5000; at += 4001) {
      for (const plant of [spike, step]) {
        tried++;
        const near = findClicks(plant(plain.slice(at - 2000, at + 2000), 2000), rate);
        if (near.some((click) => Math.abs(click - 2000) < 4)) found++;
      }
    }
    assert.ok(tried > 80 && found > 0.9 * tried, `${found} of ${tried}`);
  });
});

function spike(samples: Int16Array, at: number): Int16Array {
  samples[at] = (samples[at] as number) > 0 ? -32_768 : 32_767;
  return samples;
}

/** What comes after it is silent. */
function step(samples: Int16Array, at: number): Int16Array {
  samples[at - 1] = 8000;
  return samples.fill(0, at);
}
