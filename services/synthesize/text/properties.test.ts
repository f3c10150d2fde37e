import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "./segmenter/segmenter.ts";
import { languages } from "./spoken/facts/sentences.ts";
import type { PieceRead } from "./spoken/observer.ts";
import { createSpokenForm } from "./spoken/spoken.ts";
import type { SpokenClause } from "./spoken/spoken-clause.ts";

/** Texts of each property; .ci/full takes 100,000. */
const numRuns = Number(process.env.WORDS_RUNS ?? 1500);

/** What may stand in a text of any language. */
const common =
  "3|12|1,5|0.75|1.234,50|2024|10:30|-3|−2|3~5|3〜5|20-30|5%|€|$|℃|°C|kg|GPT-4|Dr. |e.g. |ACME| |\n|, |. |! |? |。|，|、|「|」|。」|؟ |، |۔ |। |។ |။ |** |**|# |- |1. |`a`|(|)|…|😀|👨‍👩‍👧|é|\u200b".split(
    "|",
  );

/** A text in some language, and the language where it is told. */
const texts = fc.constantFrom(...languages).chain(({ language, frames, suffixes }) => {
  const words = [...frames.flatMap((frame) => frame.split(/(?<= )|#/)).filter((word) => word !== ""), ...suffixes];
  return fc.record({
    text: fc
      .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(...common)), { maxLength: 24 })
      .map((parts) => parts.join("")),
    language: fc.constantFrom(language, undefined),
  });
});

interface Spoken extends SpokenClause {
  readonly read: readonly PieceRead[];
}

function speak(pieces: readonly string[], language: string | undefined): Spoken[] {
  const segmenter = createSegmenter();
  let read: PieceRead[] = [];
  const observer = {
    choose() {
      read = [];
    },
    read: (piece: PieceRead) => void read.push(piece),
  };
  const spokenForm = createSpokenForm({ observer, ...(language === undefined ? {} : { language }) });
  const clauses = [...pieces.flatMap((piece) => segmenter.push(piece)), ...segmenter.flush()];
  return clauses.map((clause) => ({ ...spokenForm.speak(clause), read }));
}

it("finds the same clauses and words in every language, however a text is cut into pushes", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(texts, sizes, ({ text, language }, sizes) => {
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < text.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      assert.deepEqual(speak(pieces, language), speak([text], language));
    }),
    { numRuns },
  );
});

it("points at the written words of all that is spoken, in every language", () => {
  fc.assert(
    fc.property(texts, ({ text, language }) => {
      const points = [...text];
      for (const { clause, spoken, spans, read } of speak([text], language)) {
        const said = [...spoken];
        let spokenEnd = 0;
        let start = clause.start;
        for (const span of spans) {
          assert.equal(span.spokenStart, spokenEnd);
          assert.ok(span.spokenEnd > span.spokenStart);
          assert.ok(span.start >= start && span.end >= span.start && span.end <= clause.end);
          start = span.start;
          spokenEnd = span.spokenEnd;
          if (span.end - span.start !== span.spokenEnd - span.spokenStart) continue;
          // A formula or an address is read as a whole, and may come out as long as it was.
          if (/[$\\]|[A-Za-z\d]\.[A-Za-z]/.test(points.slice(span.start, span.end).join(""))) continue;
          // A letter that no rule has read stands over itself.
          for (let at = 0; at < span.end - span.start; at++) {
            const place = span.start + at;
            const [written = "", heard = ""] = [points[place], said[span.spokenStart + at]];
            if (read.some((piece) => piece.start <= place && place < piece.end) || !/\p{L}/u.test(written)) continue;
            assert.equal(heard.normalize("NFKC"), written.normalize("NFKC"), `${text}: ${spoken}`);
          }
        }
        assert.equal(said.length, spokenEnd);
      }
    }),
    { numRuns },
  );
});
