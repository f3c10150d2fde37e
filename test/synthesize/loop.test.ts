import assert from "node:assert/strict";
import { beforeAll, describe, it } from "vitest";
import { createEspeakSpeaker } from "../../infra/twins/sound/espeak.ts";
import { speakerRateHertz as rate, type Speaker } from "../../infra/twins/sound/speaker.ts";
import { createLoopCheck } from "../../services/synthesize/audio/loop.ts";
import { concatSamples } from "../../services/synthesize/audio/pcm.ts";
import { estimateSeconds } from "../../services/synthesize/text/duration.ts";

const texts = [
  "今天天气很好，我们一起出去走走，看看外面的风景。",
  "不要不要不要，真的不要，千万不要。",
  "The train leaves at nine, and we should be at the station a little earlier than that.",
  "Row, row, row your boat, gently down the stream.",
];
const breath = new Int16Array(Math.round(0.137 * rate));

function isLooped(seconds: number, ...parts: readonly Int16Array[]): boolean {
  const check = createLoopCheck(rate, seconds);
  for (const part of parts) check.listen(part);
  return check.isLooped;
}

describe("speech that says again what it has just said", () => {
  let speaker: Speaker;
  beforeAll(async () => {
    speaker = (await createEspeakSpeaker()) as Speaker;
  });

  for (const voice of ["xiaolin", "oliver"])
    for (const text of texts)
      it(`is known by its sound, and nothing else is taken for it: ${voice}, ${text.slice(0, 12)}`, () => {
        const once = speaker.speak(text, voice, 60);
        const seconds = estimateSeconds(text);
        assert.equal(isLooped(seconds, once), false, "it is said once");
        assert.equal(isLooped(seconds / 2, once), false, "it is said once, and slowly");
        assert.equal(isLooped(seconds, once, once), true, "it is said twice");
        assert.equal(isLooped(seconds, once, breath, once), true, "it is said twice, with a breath between");
        const end = once.subarray(-0.9 * rate);
        const ends = Array<Int16Array>(Math.ceil(seconds)).fill(end);
        assert.equal(isLooped(seconds, once, ...ends), true, "its end is said over and over");
        assert.equal(isLooped(seconds * 2, once, once), false, "the text says it twice");
      });

  it("does not depend on how it is cut", () => {
    const once = speaker.speak(texts[0] as string, "emma", 60);
    const all = concatSamples([once, breath, once]);
    const pieces = Array.from({ length: 99 }, (_, n) => all.subarray(n * 7001, (n + 1) * 7001));
    assert.equal(isLooped(estimateSeconds(texts[0] as string), ...pieces), true);
  });

  it("is not a tone, nor silence, however long", () => {
    const tone = Int16Array.from({ length: 8 * rate }, (_, at) => 9000 * Math.sin(at / 20));
    assert.equal(isLooped(2, tone), false);
    assert.equal(isLooped(2, new Int16Array(8 * rate)), false);
  });
});
