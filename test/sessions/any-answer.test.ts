import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { heardAt, type SpokenSegment } from "../../edge/session/heard.ts";
import { createRecorder } from "../../edge/session/recorder.ts";
import { eventsOf } from "./fixture.ts";

const pieces = [
  ...[
    "今天",
    "价格是",
    "OK",
    "hello",
    "it’s",
    "naïve",
    "¥2,999.50",
    "$1,299",
    "15%",
    "2026-11-28",
    "9:30",
    "-5°C",
    "3/4",
    "U.S.",
  ],
  ...[
    "**重要**",
    "*soft*",
    "`npm ci`",
    "[官网](https://example.com)",
    "a@b.example",
    "\n```js\nlet x = 1;\n```\n",
    "\n- ",
    "\n1. ",
    "\n## ",
  ],
  ...[
    "😀",
    "👨‍👩‍👧",
    "1️⃣",
    "🇩🇪",
    "e\u0301",
    "葛\u{e0100}",
    "| a | $2 |\n|---|---|\n",
    "$x^2$",
    "สวัสดี",
    "नमस्ते",
    "안녕하세요",
    "مرحبا",
  ],
  ...["。", "，", "！", ". ", ", ", "? ", "” ", "（", "）", " ", " ", "\n\n", "— ", "…"],
];
const texts = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 25 }).map((parts) => parts.join(""));
const runs = Number(process.env.SESSION_TEXTS ?? 150);

test(`of any answer what was heard grows with the sound, cuts nothing and stays within what was sent (${runs} of them)`, () => {
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), fc.nat(), (text, lengths, stop) => {
      const all = eventsOf(text, (index) => lengths[index % lengths.length] as number, 5);
      const recorder = createRecorder("");
      const sent = all.slice(0, 2 + (stop % (all.length - 1)));
      for (const event of sent) recorder.note(event, 0);
      const { speech } = recorder.answer;
      const characters = new Set([...new Intl.Segmenter().segment(text)].map(({ index }) => index).concat(text.length));
      let last = 0;
      for (const [segment, { frames, done, end: sentTo }] of speech.segments.entries())
        for (let offset = 0; offset <= frames; offset++) {
          const { end } = heardAt(text, speech, { segment, offset });
          assert.ok(end >= last, `${segment}:${offset} goes back from ${last} to ${end}`);
          const isBorder = (at: number) =>
            speech.segments.some(({ start, end }: SpokenSegment) => at === start || at === end);
          assert.ok(characters.has(end) || isBorder(end), `${segment}:${offset} cuts a character at ${end}`);
          if (offset < frames || !done) assert.ok(end <= sentTo, `${segment}:${offset} hears what was not sent`);
          last = end;
        }
      assert.equal(heardAt(text, speech, { segment: 1e6, offset: 0 }).end, last);
    }),
    { numRuns: runs },
  );
});
