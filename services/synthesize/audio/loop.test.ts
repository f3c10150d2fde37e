/** Where the limits of the check lie, by sound whose loudness is given frame by frame; by voices: test/synthesize. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createRandom } from "../../../infra/random/random.ts";
import { createLoopCheck } from "./loop.ts";

const rate = 8000;
/** 10 ms of sound, as loud below and above 700 Hz as it says, by the logarithm of its level. */
type Frame = readonly [low: number, high: number];

function toSound(frames: readonly Frame[]): Int16Array {
  const length = rate / 100;
  // 200 Hz below, and a sample to and fro above.
  return Int16Array.from({ length: frames.length * length }, (_, at) => {
    const [low, high] = frames[Math.floor(at / length)] as Frame;
    return Math.exp(low) * Math.sin((2 * Math.PI * at) / 40) + Math.exp(high) * (at % 2 ? 1 : -1);
  });
}

/** Sound that goes up and down at random, the same for the same seed. */
function speech(count: number, seed = 1): Frame[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => [5 + 4 * random(), 5 + 4 * random()]);
}

/** A phrase over and over, for so many frames. */
const over = (phrase: readonly Frame[], count: number): Frame[] =>
  Array.from({ length: count }, (_, at) => phrase[at % phrase.length] as Frame);

function isLooped(frames: readonly Frame[], seconds = frames.length / 200): boolean {
  const check = createLoopCheck(rate, seconds);
  check.listen(toSound(frames));
  return check.isLooped;
}

describe("a phrase", () => {
  it("is repeated if all of it sounds as the one right before it", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const phrase = speech(150, seed);
      assert.deepEqual(
        [
          isLooped([...phrase, ...phrase]),
          isLooped([...phrase, ...speech(150, seed + 100)]),
          isLooped([...phrase, ...phrase.toReversed()]),
          isLooped([...phrase, ...phrase, ...speech(50, seed + 100)]),
          isLooped([...phrase, ...speech(60, seed + 100), ...phrase.slice(60)]),
        ],
        [true, false, false, false, false],
        `seed ${seed}`,
      );
    }
  });

  it("is repeated however loud, and above and below 700 Hz alike", () => {
    const phrase = speech(150);
    const louder = (low: number, high: number) => phrase.map(([a, b]): Frame => [a + low, b + high]);
    const other = speech(150, 2);
    const mixed = (isLow: boolean) =>
      phrase.map(([low, high], at): Frame => {
        const [otherLow, otherHigh] = other[at] as Frame;
        return isLow ? [low, otherHigh] : [otherLow, high];
      });
    assert.equal(isLooped([...phrase, ...louder(0.3, 0.3)]), true);
    assert.equal(isLooped([...phrase, ...louder(-1, 0.5)]), true);
    assert.equal(isLooped([...phrase, ...mixed(true)]), false);
    assert.equal(isLooped([...phrase, ...mixed(false)]), false);
  });

  it("lasts 0.3 s at least", () => {
    // So short that no multiple of it is looked for either.
    assert.deepEqual(
      [29, 30].map((length) => isLooped(over(speech(length), 160))),
      [false, true],
    );
  });

  it("begins again within three fifths of all, though no more than the rest of it has been said", () => {
    const again = (from: number) => isLooped([...speech(from), ...speech(from)].slice(0, 400));
    assert.deepEqual([200, 240, 241].map(again), [true, true, false]);
  });

  it("is compared over 1.2 s, be it shorter, and over all of it, be it longer", () => {
    assert.deepEqual(
      [169, 170].map((count) => isLooped(over(speech(50), count))),
      [false, true],
    );
    const long = speech(200);
    assert.equal(isLooped([...speech(200, 2), ...long, ...speech(80, 3), ...long.slice(80)]), false);
  });

  it("is nothing as steady as a tone", () => {
    const random = createRandom(1);
    const steps = Array.from({ length: 150 }, () => (random() < 0.5 ? -1 : 1));
    // A step of loudness is two steps of the level.
    const wavering = (step: number) => steps.map((side): Frame => [8 + (side * step) / 2, 8 + (side * step) / 2]);
    assert.deepEqual(
      [0.2, 0.25].map((step) => isLooped(over(wavering(step), 300))),
      [false, true],
    );
    assert.equal(
      isLooped(
        over(
          speech(150).map(([low, high]): Frame => [low - 6, high - 6]),
          300,
        ),
      ),
      false,
      "silence",
    );
  });
});

describe("sound", () => {
  it("is looked at once it has lasted 1.7 times as long as expected", () => {
    const frames = over(speech(40), 170);
    assert.deepEqual([isLooped(frames, 1), isLooped(frames, 1.001)], [true, false]);
    assert.equal(isLooped(frames.slice(0, 169), 1), false);
  });

  it("is the same however it is cut, and what is heard later counts", () => {
    const sound = toSound(over(speech(150), 320));
    for (const size of [1, 79, 80, 81, 7001]) {
      const check = createLoopCheck(rate, 1.5);
      const heard: boolean[] = [];
      for (let at = 0; at < sound.length; at += size) {
        check.listen(sound.subarray(at, at + size));
        if (size === 7001) heard.push(check.isLooped);
      }
      assert.equal(check.isLooped, true, `pieces of ${size}`);
      if (size === 7001) assert.deepEqual(heard, [false, false, false, true]);
    }
  });
});
