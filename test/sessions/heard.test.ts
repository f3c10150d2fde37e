import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { describe, test } from "vitest";
import { ConverseResponseSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { Playback } from "../../edge/playground/page/audio/playback.ts";
import { createTurn, receive } from "../../edge/playground/page/turn/turn.ts";
import { heardAt, positionAfter, type Speech, type SpokenSegment } from "../../edge/session/heard.ts";
import { createRecorder } from "../../edge/session/recorder.ts";
import type { TurnEvent } from "../../edge/turn/events.ts";
import { wordsOf } from "../../infra/text/spoken-words.ts";
import { answers, eventsOf, rate } from "./fixture.ts";

const framesOf = (index: number, weight: number) => Math.max(3, Math.round(weight * (0.6 + (index % 3) * 0.1)));

function record(events: readonly TurnEvent[]) {
  const recorder = createRecorder("");
  for (const event of events) recorder.note(event, 0);
  return recorder.answer;
}

/** Every place in a speech, in order: the border before each sample and the last one of each segment. */
function* placesOf({ segments }: Speech) {
  for (const [segment, { frames }] of segments.entries())
    for (let offset = 0; offset <= frames; offset++) yield { segment, offset };
}

const toPieces = (text: string, { pieces }: SpokenSegment) =>
  pieces.map(([start, end, weight, asWritten]) => ({ written: text.slice(start, end), start, asWritten, weight }));

/** Where what is heard only as a whole begins and ends, but for white space. */
const wholesOf = (text: string, { pieces }: SpokenSegment) =>
  pieces.flatMap(([start, end, , asWritten]) => {
    const [{ index = 0, 0: whole = "" } = {}] = [...text.slice(start, end).matchAll(/\S(?:.*\S)?/gs)];
    return asWritten || whole === "" ? [] : [[start + index, start + index + whole.length] as const];
  });

const segmenters = (["grapheme", "word"] as const).map((granularity) => new Intl.Segmenter(undefined, { granularity }));
const closers = /^[\p{Pe}\p{Pf}.,!?;:…"'。，、！？；：～*`]*$/u;

/**
 * The same by trying every cut of a segment: what is before it has to be said, and it has to end with a word and cut
 * nothing.
 */
function bruteForce(text: string, segment: SpokenSegment, played: number): number {
  const words = wordsOf(toPieces(text, segment));
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  const saidAt = new Map<number, number>();
  let passed = 0;
  for (const word of words) {
    for (let unit = word.start; unit < word.end; unit++) saidAt.set(unit, (passed + word.said) / total);
    passed += word.weight;
  }
  // What is heard only as a whole is heard with its last word.
  for (const [start, end] of wholesOf(text, segment)) {
    const units = [...saidAt].filter(([unit]) => start <= unit && unit < end);
    for (const [unit] of units) saidAt.set(unit, Math.max(...units.map(([, time]) => time)));
  }
  const share = played / segment.frames + 1e-9;
  const written = text.slice(segment.start, segment.end);
  const cutsNothing = (cut: number) =>
    !wholesOf(text, segment).some(([start, end]) => start < cut && cut < end) &&
    segmenters.every((segmenter, index) => {
      const unit = segmenter.segment(written).containing(cut - segment.start);
      if (unit === undefined || unit.index === cut - segment.start) return true;
      return index === 1 && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(unit.segment);
    });
  let best = segment.start;
  for (let cut = segment.start + 1; cut <= segment.end; cut++) {
    const before = [...saidAt].filter(([unit]) => unit < cut);
    if (saidAt.has(cut - 1) && before.every(([, time]) => time <= share) && cutsNothing(cut)) best = cut;
  }
  return best;
}

for (const [name, text] of Object.entries(answers))
  describe(`what was heard of an answer, at every sample of it: ${name}`, () => {
    const events = eventsOf(text, framesOf);
    const { speech } = record(events);
    const places = [...placesOf(speech)];

    test("grows with the sound, and never beyond what was sent", () => {
      let last = 0;
      for (const place of places) {
        const { end } = heardAt(text, speech, place);
        const segment = speech.segments[place.segment] as SpokenSegment;
        assert.ok(end >= last, `${JSON.stringify(place)}: ${end} after ${last}`);
        if (place.offset < segment.frames) assert.ok(end <= segment.end);
        last = end;
      }
      assert.equal(last, text.length);
    });

    test("is what a search of all cuts finds, but for marks that close it", () => {
      for (const place of places) {
        const segment = speech.segments[place.segment] as SpokenSegment;
        if (place.offset === 0 || place.offset === segment.frames) continue;
        const { end, estimated } = heardAt(text, speech, place);
        const found = bruteForce(text, segment, place.offset);
        const base = place.segment === 0 && found === segment.start ? 0 : found;
        assert.ok(estimated);
        assert.ok(
          end >= base && closers.test(text.slice(base, end)),
          `${JSON.stringify(place)}: ${text.slice(base, end)}`,
        );
      }
    });

    test("ends with no half of a character, word, price or code", () => {
      const whole = new Set([...new Intl.Segmenter().segment(text)].map(({ index }) => index));
      for (const place of places) {
        const { end } = heardAt(text, speech, place);
        assert.ok(end === text.length || whole.has(end), `${end} cuts a character`);
        for (const segment of speech.segments)
          for (const [start, stop] of wholesOf(text, segment)) assert.ok(end <= start || end >= stop, `${end}`);
        assert.doesNotMatch(text.slice(end - 1, end + 1), /^[A-Za-z]{2}$/);
      }
    });

    test("agrees with the captions: all but the word that lights up, and its marks", () => {
      const turn = createTurn("?", 0);
      const playback = { push() {}, end() {}, stop() {} } as unknown as Playback;
      for (const event of events) receive(turn, create(ConverseResponseSchema, { event }).event, () => playback, 0);
      let before = 0;
      for (const [index, segment] of speech.segments.entries()) {
        const { frames } = segment;
        for (let offset = 1; offset < frames; offset++) {
          const { end } = heardAt(text, speech, { segment: index, offset });
          const caption = turn.captions?.at(before + offset);
          assert.ok(caption !== undefined);
          const lacks = wordsOf(toPieces(text, segment)).filter(
            ({ start, end: stop }) => start >= end && stop <= caption.heard,
          );
          // A long piece that is not said as it is written lights up word by word, and is heard as a whole.
          assert.ok(
            lacks.every((word) =>
              wholesOf(text, segment).some(([start, end]) => start <= word.start && word.end <= end),
            ),
            `${index}:${offset} lacks ${JSON.stringify(lacks)}`,
          );
          assert.ok(
            closers.test(text.slice(caption.end, end)),
            `${index}:${offset} has ${text.slice(caption.end, end)}`,
          );
        }
        before += frames;
      }
    });

    test("does not depend on the pieces in which the sound came", () => {
      for (const chunk of [1, 64, 10_000]) assert.deepEqual(record(eventsOf(text, framesOf, chunk)).speech, speech);
    });
  });

test("a place beyond what was sent is taken for its end, and time for a place at most", () => {
  const text = answers.english;
  const { speech } = record(eventsOf(text, framesOf));
  assert.deepEqual(heardAt(text, speech, { segment: 99, offset: 5 }), { end: text.length, estimated: false });
  const first = speech.segments[0] as SpokenSegment;
  assert.deepEqual(
    heardAt(text, speech, { segment: 0, offset: 1e9 }),
    heardAt(text, speech, { segment: 0, offset: first.frames }),
  );
  assert.deepEqual(positionAfter(speech, ((first.frames + 2) * 1000) / rate), { segment: 1, offset: 2 });
  assert.deepEqual(positionAfter(speech, -5), { segment: 0, offset: 0 });
});

test("of a segment that is still being made no more was heard than what was sent of it", () => {
  const text = answers.mixed;
  const all = eventsOf(text, framesOf);
  for (let count = 2; count < all.length; count++) {
    const { speech } = record(all.slice(0, count));
    const whole = record(all).speech;
    const last = speech.segments.length - 1;
    const sent = { segment: last, offset: speech.segments[last]?.frames ?? 0 };
    const { end } = heardAt(text, speech, { segment: 99, offset: 0 });
    assert.ok(
      last < 0 || end <= heardAt(text, { ...whole, complete: false }, { ...sent, offset: sent.offset + 5 }).end + 20,
    );
    assert.ok(end <= (speech.segments[last]?.end ?? 0));
  }
});

test("what stands in a segment that is not done is heard no further than its sound was sent, whatever is reported", () => {
  const pieces = [[0, 10, 100, true] as const];
  const speech = { rate: 10, segments: [{ start: 0, end: 10, frames: 11, done: false, pieces }], complete: false };
  const text = "一二三四五六七八九十";
  const sent = heardAt(text, speech, { segment: 0, offset: 11 });
  assert.ok(sent.end > 0 && sent.end <= 5 && sent.estimated);
  for (const offset of [12, 22, 4_000_000_000]) assert.deepEqual(heardAt(text, speech, { segment: 0, offset }), sent);
});

test("what is heard only as a whole is heard when it has been said, though white space follows", () => {
  const text = "| basic | $29 | now";
  const pieces = [
    [2, 7, 20, true] as const,
    [9, 14, 20, false] as const,
    [10, 13, 60, false] as const,
    [16, 19, 10, true] as const,
  ];
  const speech = { rate: 10, segments: [{ start: 0, end: 19, frames: 110, done: true, pieces }], complete: true };
  const at = (offset: number) => text.slice(0, heardAt(text, speech, { segment: 0, offset }).end);
  assert.deepEqual(
    [at(19), at(20), at(99), at(100), at(109), at(110)],
    ["", "| basic", "| basic", "| basic | $29", "| basic | $29", text],
  );
});

test("a word that comes in pieces is heard as one, and so is a character", () => {
  const rows: [text: string, pieces: SpokenSegment["pieces"], heard: string[]][] = [
    [
      "It’s so",
      [
        [0, 2, 10, true],
        [2, 3, 0, false],
        [3, 4, 10, true],
        [5, 7, 20, true],
      ],
      ["", "It’s", "It’s so"],
    ],
    [
      "葛\u{e0100}城",
      [
        [0, 1, 20, true],
        [3, 4, 20, true],
      ],
      ["", "", "葛\u{e0100}城"],
    ],
  ];
  for (const [text, pieces, heard] of rows) {
    const segment = { start: 0, end: text.length, frames: 4, done: true, pieces };
    const speech = { rate: 10, segments: [segment], complete: true };
    const at = (offset: number) => text.slice(0, heardAt(text, speech, { segment: 0, offset }).end);
    assert.deepEqual([1, 2, 4].map(at), heard);
  }
});
