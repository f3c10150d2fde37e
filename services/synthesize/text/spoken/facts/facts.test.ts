import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "../../segmenter/segmenter.ts";
import { readingRows } from "../readings/rows.ts";
import { createSpokenForm } from "../spoken.ts";
import { lostFacts, type Say } from "./lost-facts.ts";
import { type FactsOfLanguage, languages, sentences } from "./sentences.ts";

/**
 * Sentences of each language, and random texts of all together; .ci/full takes 5,000 and 100,000. `WORDS_ROWS` takes so
 * many rows of readings, from all of them.
 */
const count = Number(process.env.WORDS_SENTENCES ?? 20);
const numRuns = Number(process.env.WORDS_RUNS ?? 150);
const rowCount = Number(process.env.WORDS_ROWS ?? Number.POSITIVE_INFINITY);

const sayIn =
  (language: string | undefined): Say =>
  (text) => {
    const segmenter = createSegmenter();
    const spokenForm = createSpokenForm(language === undefined ? {} : { language });
    return [...segmenter.push(text), ...segmenter.flush()].map((clause) => spokenForm.speak(clause).spoken).join(" ");
  };

function lostOf(text: string, of: Pick<FactsOfLanguage, "decimalMark">, say: Say): string[] {
  return lostFacts(text, say, of).map(
    ({ kind, written, soundsLike }) => `${kind} ${written}: ${text} is heard as ${say(text)}, and so is ${soundsLike}`,
  );
}

for (const of of languages)
  for (const told of [true, false])
    it(`loses no fact of ${of.language}, language ${told ? "told" : "not told"}`, () => {
      const say = sayIn(told ? of.language : undefined);
      const lost = [...sentences(of, count)].flatMap((text) => lostOf(text, of, say));
      assert.deepEqual(lost.slice(0, 10), [], `${lost.length} facts are lost`);
    });

it("loses no fact of texts of several sentences, in any language", { timeout: 180_000 + 60 * numRuns }, () => {
  const pool = new Map(languages.map((of) => [of, [...sentences(of, 2000)]]));
  const texts = fc.constantFrom(...languages).chain((of) =>
    fc.record({
      of: fc.constant(of),
      text: fc
        .array(fc.constantFrom(...(pool.get(of) ?? [])), { minLength: 1, maxLength: 3 })
        .map((parts) => parts.join(/[一-鿿]/.test(parts[0] ?? "") ? "。" : ". ")),
    }),
  );
  fc.assert(
    fc.property(texts, ({ of, text }) => assert.deepEqual(lostOf(text, of, sayIn(of.language)), [])),
    { numRuns },
  );
});

it("loses no fact of the rows of readings", () => {
  const all = readingRows().filter(({ file }) => file !== "markup");
  const rows = all.filter((_, index) => index % Math.ceil(all.length / rowCount || 1) === 0);
  const marks = new Map(languages.map(({ language, decimalMark }) => [language, decimalMark]));
  const lost = rows.flatMap(({ written, language = "" }) =>
    lostOf(written, { decimalMark: marks.get(language) ?? "." }, sayIn(language || undefined)),
  );
  assert.deepEqual(lost, []);
});
