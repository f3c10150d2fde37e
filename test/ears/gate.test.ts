import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { findSpeech } from "../../edge/ears/gate/gate.ts";
import { skipFor } from "../support/skip.ts";
import * as sounds from "./sounds.ts";

const { silence, fan, burst, cough, melody, sound, join, mix, louder, rate } = sounds;
const around = (samples: Int16Array) => join(silence(0.7), samples, silence(0.7));
/** In a room where something hums at so many dB. */
const inNoise = (samples: Int16Array, db: number) => mix(around(samples), fan(samples.length / rate + 1.4, db));
const repeat = (count: number, make: (index: number) => Int16Array) =>
  join(...Array.from({ length: count }, (_, i) => make(i)));
const click = sound(0.003, -3, () => 1);
const scale = [262, 330, 392, 523, 440, 349, 294, 262];
const sine = (hertz: number) => (time: number) => Math.sin(2 * Math.PI * hertz * time);

const noSpeech: Record<string, Int16Array> = {
  "no sample": silence(0),
  "a tenth of a second": silence(0.1),
  silence: silence(3),
  "silence that is off its middle": silence(3).fill(900),
  "a quiet fan": fan(3, -45),
  "a loud fan": fan(4, -15),
  "a fan that is switched on": join(fan(2, -60), fan(3, -25, 7)),
  "a moment of a fan": fan(0.6, -25),
  "the hum of the mains": sound(3, -25, (time) => sine(50)(time) + 0.3 * sine(150)(time)),
  "a cough": around(cough(-6)),
  "a cough in noise": inNoise(cough(-6), -45),
  "two coughs": around(join(cough(-6), silence(0.25), cough(-9, 21))),
  "many coughs": around(repeat(5, (i) => join(cough(-8, 10 * i), silence(0.15)))),
  "a click": around(click),
  "many clicks": around(repeat(8, () => join(click, silence(0.2)))),
  typing: inNoise(
    repeat(10, (i) => join(burst(0.04, -10, { decay: 0.01, seed: i }), silence(0.1))),
    -50,
  ),
  "knocks at the door": around(
    repeat(3, (i) => join(burst(0.1, -6, { decay: 0.03, tone: 180, seed: i }), silence(0.2))),
  ),
  "a knock": around(burst(0.1, -6, { decay: 0.03, tone: 180 })),
  "a slow knock": around(burst(0.2, -6, { decay: 0.06, tone: 180 })),
  "a knock in noise": inNoise(burst(0.1, -6, { decay: 0.03, tone: 180, seed: 5 }), -50),
  "a note": around(melody([262], 0.15, -12, 0.2)),
  "a plucked note": around(melody([330], 0.2, -12, 0.1)),
  "a short beep": around(sound(0.15, -10, sine(220))),
  "a beep": around(sound(0.4, -10, sine(1_000))),
  "a low beep": around(sound(0.3, -10, sine(220))),
  "a chord": around(mix(mix(melody([262], 2, -14), melody([330], 2, -14)), melody([392], 2, -14))),
  "an organ": around(melody(scale, 0.4, -12)),
  "a piano": around(melody(scale, 0.4, -12, 0.3)),
  "a fast piano": around(melody(scale, 0.15, -12, 0.2)),
  "an organ in noise": inNoise(melody(scale, 0.4, -12), -45),
};

describe("what is no speech is sent to nobody", () => {
  for (const [what, samples] of Object.entries(noSpeech))
    it(what, async () => assert.equal(await findSpeech(samples), undefined));
});

const voice = await sounds.createVoice();

describe("speech is found", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  const sentences: [text: string, voice: string][] = [
    ["What is the capital of France?", "emma"],
    ["Tell me a short story about a cat and a dog.", "oliver"],
    ["你好，请问今天天气怎么样？", "xiaolin"],
    ["请讲一个故事", "haoran"],
    ["Four hundred and seventy one", "oliver"],
    ["Yes.", "emma"],
    ["No.", "oliver"],
    ["Stop!", "emma"],
  ];
  const rooms: Record<string, (said: Int16Array) => Int16Array> = {
    "as it is": around,
    "28 dB quieter": (said) => around(louder(said, -28)),
    "without a pause around it": (said) => said,
    "beside a fan": (said) => inNoise(said, -38),
    "quiet, beside a quiet fan": (said) => inNoise(louder(said, -20), -55),
    "behind a cough": (said) => join(around(cough(-8)), said),
  };
  for (const [text, who] of sentences)
    for (const [where, place] of Object.entries(rooms))
      it(`${text} ${where}`, async () => {
        const said = (voice as NonNullable<typeof voice>)(text, who);
        const samples = place(said);
        const speech = await findSpeech(samples);
        assert.ok(speech !== undefined && speech.speechMs >= 200);
        const least = (0.4 * said.length) / rate;
        assert.ok((speech.end - speech.start) / rate > least, "no word is cut off");
      });

  for (const text of ["对。", "是。", "不。", "好。", "去。", "it", "go"])
    for (const who of /[a-z]/.test(text) ? ["emma", "oliver"] : ["xiaolin", "haoran"])
      it(`though it is a single syllable: ${text} by ${who}`, async () => {
        const said = (voice as NonNullable<typeof voice>)(text, who);
        for (const samples of [around(said), inNoise(louder(said, -15), -50)])
          assert.ok((await findSpeech(samples)) !== undefined);
      });

  it("with a little of the silence around it, and no more", async () => {
    const said = (voice as NonNullable<typeof voice>)("What is the capital of France?", "emma");
    const speech = await findSpeech(join(silence(3), said, silence(4)));
    assert.ok(speech !== undefined);
    const [before, behind] = [3 - speech.start / rate, speech.end / rate - 3 - said.length / rate];
    assert.ok(before > 0.1 && before <= 0.35, `${before} s before it`);
    assert.ok(behind > -0.3 && behind <= 0.35, `${behind} s behind it`);
  });

  it("with its first word, though that is soft and stands by itself", async () => {
    const say = voice as NonNullable<typeof voice>;
    const samples = join(silence(1), louder(say("And", "emma"), -30), silence(0.3), say("what is the time?", "emma"));
    const speech = await findSpeech(samples);
    assert.ok(speech !== undefined && speech.start / rate < 1.1);
  });

  it("while others go on: a minute is not worked through in one go", async () => {
    let turns = 0;
    let done = false;
    const count = () => {
      turns++;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    await findSpeech(fan(60, -30));
    done = true;
    assert.ok(turns > 30, `${turns} times`);
  });
});
