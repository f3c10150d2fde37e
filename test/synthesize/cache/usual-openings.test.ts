import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { usualOpenings } from "../../../infra/settings/openings.ts";
import { secondsPerWeight, spanWeight } from "../../../infra/text/weight.ts";
import { estimateSeconds } from "../../../services/synthesize/text/duration.ts";
import { createSegmenter } from "../../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../../services/synthesize/text/spoken/spoken.ts";

const rows = Object.entries(usualOpenings).flatMap(([language, texts]) =>
  texts.map((text) => [language, text] as const),
);

describe("the openings of a deployment that names none", () => {
  it.each(rows)("in %s: %s is one clause of 0.9 to 1.6 s, said as it is written", (language, text) => {
    const segmenter = createSegmenter();
    const clauses = [...segmenter.push(`${text} `), ...segmenter.flush()];
    assert.deepEqual(
      clauses.map((clause) => clause.text.trim()),
      [text],
    );
    const form = createSpokenForm({ questionLanguage: language });
    const spoken = clauses.map((clause) => form.speak(clause).spoken).join("");
    const letters = (text: string) => text.replace(/[^\p{L}' -]/gu, "").trim();
    assert.equal(letters(spoken), letters(text));
    // A voice is between both: how it stops at the mark is its own.
    expect(spanWeight(spoken) * secondsPerWeight).toBeGreaterThanOrEqual(0.9);
    expect(estimateSeconds(spoken)).toBeLessThanOrEqual(1.6);
  });

  it.each(Object.entries(usualOpenings))("in %s begin each with another word, and last for six turns", (_, texts) => {
    const heads = texts.map((text) => (/^\p{Script=Latin}/u.test(text) ? text.split(" ")[0] : text[0]));
    assert.equal(new Set(heads).size, texts.length);
    assert.ok(texts.length >= 6);
  });
});
