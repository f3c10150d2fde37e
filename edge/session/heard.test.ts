import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { secondsPerWeight } from "../../infra/text/weight.ts";
import { farther, heardAt, positionAfter, restOf, type SpokenSegment } from "./heard.ts";

/**
 * What was heard at the moment when `said` has been said, and nothing of `rest`, which counts only as a whole: so that
 * the cut is first made between the two, whatever words they are made of.
 */
function heardOf(said: string, rest: string): string {
  const text = said + rest;
  const from = said.length + rest.search(/[\p{L}\p{N}\p{So}]|$/u);
  const pieces = [[0, said.length, 10, true] as const, [from, text.length, 10, false] as const];
  const segments = [{ start: 0, end: text.length, frames: 20, done: true, pieces }];
  const { end } = heardAt(text, { rate: 10, segments, complete: true }, { segment: 0, offset: 10 });
  return text.slice(0, end);
}

describe("marks behind what was heard", () => {
  it("make no sound of their own, and are heard with it", () => {
    for (const [said, marks, rest] of [
      ["Yes", ".", " No"],
      ["Yes", "?!", " No"],
      ["(so", ").", " And"],
      ["“Yes", ",”", " she said"],
      ["是", "。", "不"],
      ["他说“是", "！”", "然后"],
      ["等等", "……", "然后"],
      ["一", "，", "二"],
      ["你好", "～", "再见"],
      ["He said 'yes", "',", " and"],
    ] as const)
      assert.equal(heardOf(said, marks + rest), said + marks);
  });

  it("are none where letters or figures follow at once", () => {
    for (const [said, rest] of [
      ["host", ":80 now"],
      ["at 9", ":30 now"],
      ["see A", "...B"],
    ] as const)
      assert.equal(heardOf(said, rest), said);
    assert.equal(heardOf("Really", "?Yes"), "Really?", "but for marks that stand in no number, address or word");
    assert.equal(heardOf("Really", ".)Yes"), "Really.)");
    assert.equal(heardOf("A", ". "), "A.");
  });

  it("that stand before everything are not heard before it", () => {
    const text = "“…” he said";
    const segment = { start: 3, end: 14, frames: 20, done: true, pieces: [[7, 14, 20, true] as const] };
    const speech = { rate: 10, segments: [{ ...segment, start: 0, end: 1 }, segment], complete: true };
    assert.equal(heardAt(`Hm ${text}`, speech, { segment: 1, offset: 1 }).end, 3);
  });

  it("that close what is strong, or code, are heard with its last word", () => {
    for (const [said, rest, heard] of [
      ["It is **so", "** now", "It is **so**"],
      ["It is **so", ".** Now", "It is **so.**"],
      ["Run `ci", "` now", "Run `ci`"],
      ["Run `ci", ".` Now", "Run `ci.`"],
      ["It is", " **so** now", "It is"],
      ["It is", "** so **now", "It is"],
      ["**It** is", "** so", "**It** is"],
      ["**It** is **so", "** now", "**It** is **so**"],
      ["Run", "`ci` now", "Run"],
    ] as const)
      assert.equal(heardOf(said, rest), heard);
  });
});

describe("a word of which half was said", () => {
  it("is not heard, where words are known by their spaces", () => {
    for (const [said, rest] of [
      ["hel", "lo"],
      ["안녕", "하세요"],
      ["при", "вет"],
      ["مرح", "با"],
      ["नम", "स्ते"],
      ["I", "t’s"],
    ] as const)
      assert.equal(heardOf(`A ${said}`, `${rest} b`), "A ");
  });

  it("is heard, where it depends on what follows how they are divided", () => {
    for (const [said, rest] of [
      ["苏", "州"],
      ["ありが", "とう"],
      ["コー", "ヒー"],
      ["สวัส", "ดี"],
      ["ສະບາ", "ຍດີ"],
      ["សួ", "ស្តី"],
      ["မင်္ဂ", "လာ"],
    ] as const)
      assert.equal(heardOf(said, rest), said);
  });

  it("is never half a character", () => {
    assert.equal(heardOf("好👨‍", "👩‍👧"), "好");
    assert.equal(heardOf("葛", "\u{e0100}城"), "");
  });
});

describe("a segment that is still being made", () => {
  const text = "one two three four ";
  const piece = (start: number, end: number, weight: number) => [start, end, weight, true] as const;
  const made = (frames: number, done = false): SpokenSegment => ({
    start: 8,
    end: 19,
    frames,
    done,
    pieces: [piece(8, 13, 20), piece(14, 18, 20)],
  });
  const earlier = (frames: number): SpokenSegment => ({
    start: 0,
    end: 8,
    frames,
    done: true,
    pieces: [piece(0, 3, 10), piece(4, 7, 10)],
  });
  const at = (segments: SpokenSegment[], offset: number, rate = 1_000) =>
    heardAt(text, { rate, segments, complete: false }, { segment: segments.length - 1, offset }).end;

  it("is taken to be as long as the voice has been for what it has said so far", () => {
    // 40 frames for a weight of 20: as much again for each of the two words.
    assert.equal(at([earlier(40), made(50)], 39), 8);
    assert.equal(at([earlier(40), made(50)], 40), 13);
    assert.equal(at([earlier(80), made(100)], 79), 8);
    assert.equal(at([earlier(80), made(100)], 80), 13);
  });

  it("is taken for usual speech where the voice has said nothing before", () => {
    const half = 20 * secondsPerWeight * 1_000;
    const [short, long] = [Math.floor(half) - 1, Math.ceil(half) + 1];
    assert.equal(at([made(short)], short), 8);
    assert.equal(at([made(long)], long), 13);
  });

  it("is as long as it already is, at least", () => {
    assert.equal(at([earlier(40), made(400)], 199), 8);
    assert.equal(at([earlier(40), made(400)], 200), 13);
  });

  it("is heard as far as it was sent at a place beyond it, and nothing of no segment at all", () => {
    const speech = { rate: 1_000, segments: [made(60)], complete: false };
    const all = heardAt(text, speech, { segment: 0, offset: 60 });
    assert.deepEqual(heardAt(text, speech, { segment: 1, offset: 0 }), all);
    assert.equal(heardAt(text, speech, { segment: 0, offset: 0 }).end, 0, "not even what stands before it");
    assert.deepEqual(heardAt(text, { ...speech, segments: [] }, { segment: 0, offset: 9 }), {
      end: 0,
      estimated: false,
    });
  });

  it("ends where all of its frames were heard once it is done, and the text where the speech is complete", () => {
    const heard = (done: boolean, complete: boolean, offset: number) =>
      heardAt(`${text}\n`, { rate: 1_000, segments: [earlier(40), made(80, done)], complete }, { segment: 1, offset });
    assert.deepEqual(heard(true, true, 80), { end: 20, estimated: false });
    assert.deepEqual(heard(true, false, 80), { end: 19, estimated: false });
    assert.deepEqual(heard(false, false, 80), { end: 18, estimated: true });
    assert.deepEqual(heard(true, true, 79), { end: 13, estimated: true });
    assert.deepEqual(heard(true, true, 0), { end: 8, estimated: false });
  });
});

describe("a position", () => {
  const segment = (frames: number): SpokenSegment => ({ start: 0, end: 1, frames, done: true, pieces: [] });
  const speech = { rate: 1_000, segments: [segment(100), segment(0), segment(50)], complete: true };

  it("after some time is the last that playback can have reached", () => {
    assert.deepEqual(
      [-1, 0, 99.9, 100, 149.9, 150, 1_000].map((ms) => positionAfter(speech, ms)),
      [
        { segment: 0, offset: 0 },
        { segment: 0, offset: 0 },
        { segment: 0, offset: 99 },
        { segment: 2, offset: 0 },
        { segment: 2, offset: 49 },
        { segment: 3, offset: 0 },
        { segment: 3, offset: 0 },
      ],
    );
  });

  it("and what is still to be heard from it on add up to all", () => {
    for (let ms = 0; ms <= 150; ms++) assert.equal(restOf(speech, positionAfter(speech, ms)), 150 - ms);
    assert.equal(restOf(speech, { segment: 0, offset: 500 }), 50, "of a segment no more is heard than it has");
    assert.equal(restOf(speech, { segment: 7, offset: 1 }), 0);
    assert.equal(restOf({ ...speech, rate: 0 }, { segment: 0, offset: 0 }), 0);
  });

  it("is farther than another by its segment, and then by its offset", () => {
    const rising = [
      { segment: 0, offset: 0 },
      { segment: 0, offset: 9 },
      { segment: 1, offset: 0 },
      { segment: 2, offset: 1 },
    ];
    for (const [i, one] of rising.entries())
      for (const [k, other] of rising.entries())
        assert.deepEqual(farther(one, other), rising[Math.max(i, k)], `${i} and ${k}`);
    assert.deepEqual(farther(undefined, { segment: 0, offset: 0 }), { segment: 0, offset: 0 });
  });
});
