import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { spanWeight } from "../../../../infra/text/weight.ts";
import { type Captions, createCaptions } from "./captions.ts";

const rate = 1000;

function piece(written: string, start: number, spoken = written) {
  return { written, start, asWritten: written === spoken, weight: spanWeight(spoken) };
}

function plain(captions: Captions, text: string, start: number, frames: number): void {
  captions.segment({ start, end: start + text.length, pieces: [piece(text, start)] });
  captions.audio(frames);
  captions.done(frames);
}

test("walks through the words in order and ends behind the last", () => {
  const text = "The quick brown fox jumps.";
  const captions = createCaptions(rate);
  plain(captions, text, 0, 2000);
  const said: string[] = [];
  for (let frame = 0; frame < 2000; frame += 10) {
    const caption = captions.at(frame);
    assert.ok(caption);
    const word = text.slice(caption.start, caption.end);
    if (said.at(-1) !== word) said.push(word);
  }
  assert.deepEqual(said, ["The", "quick", "brown", "fox", "jumps"]);
  assert.equal(captions.at(5000)?.heard, text.length);
});

test("lights up what was written while its spoken form is said", () => {
  const captions = createCaptions(rate);
  const pieces = [piece("只要", 0), piece("¥128", 2, "一百二十八元"), piece("。", 6)];
  captions.segment({ start: 0, end: 7, pieces });
  captions.audio(1000);
  captions.done(1000);
  const middle = captions.at(500);
  assert.deepEqual(middle, { heard: 2, start: 2, end: 6 });
});

test("goes on to the next segment at its first sample", () => {
  const captions = createCaptions(rate);
  plain(captions, "你好。", 0, 600);
  plain(captions, "再见。", 3, 600);
  assert.ok((captions.at(599)?.start ?? 9) < 3);
  assert.equal(captions.at(600)?.heard, 3);
});

test("says nothing before the first segment and does not run ahead of a segment that is still coming", () => {
  const captions = createCaptions(rate);
  assert.equal(captions.at(0), undefined);
  const text = "一二三四五六七八九十";
  captions.segment({ start: 0, end: 10, pieces: [piece(text, 0)] });
  captions.audio(100);
  assert.ok((captions.at(100)?.heard ?? 9) <= 1);
});

test("never goes back while frames go on", () => {
  const sentence = fc.stringMatching(/^[a-z好天气 ,。]{1,40}$/);
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), (sentences) => {
      const captions = createCaptions(rate);
      let start = 0;
      for (const text of sentences) {
        plain(captions, text, start, 300);
        start += text.length;
      }
      let heard = 0;
      for (let frame = 0; frame <= sentences.length * 300; frame += 7) {
        const caption = captions.at(frame);
        if (caption === undefined) continue;
        assert.ok(caption.heard >= heard);
        heard = caption.heard;
      }
    }),
  );
});
