import assert from "node:assert/strict";
import { test } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { createSpokenForm } from "./spoken.ts";

const rows: [written: string, sent: string][] = [
  ["It costs $12.50 at 25°C.", "It costs $12.50 at 25°C."],
  ["**室温25°C**，湿度40~60%。", "室温25°C，湿度40~60%。"],
  ["See [the page](https://example.com/a) now.", "See the page now."],
  ["one\n\n  two 😀 three.", "one two 😀 three."],
];

for (const [written, sent] of rows)
  test(`${JSON.stringify(written)} is sent as ${JSON.stringify(sent)}`, () => {
    const segmenter = createSegmenter();
    const form = createSpokenForm({ asWritten: true });
    const clauses = [...segmenter.push(written), ...segmenter.flush()].map((clause) => form.speak(clause));
    assert.equal(
      clauses
        .map(({ spoken }) => spoken.trim())
        .join(" ")
        .replace(/， /g, "，"),
      sent,
    );
    const points = [...written];
    for (const { spoken, spans } of clauses) {
      const characters = [...spoken];
      assert.equal(spans.at(-1)?.spokenEnd ?? 0, characters.length, "spans cover all that is sent");
      for (const { start, end, spokenStart, spokenEnd } of spans)
        if (end - start === spokenEnd - spokenStart)
          assert.equal(
            characters.slice(spokenStart, spokenEnd).join("").replace(/\s/g, " "),
            points.slice(start, end).join("").replace(/\s/g, " "),
          );
    }
  });
