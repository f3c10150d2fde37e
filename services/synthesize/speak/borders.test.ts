import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import { after, partClause, type SpeakableClause, unfinished } from "../text/speakable.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { cut, word } from "../text/words.ts";

/** Texts of the property; .ci/full takes 100,000. */
const numRuns = Number(process.env.WORDS_RUNS ?? 800);

const snippets =
  "我们|今天|明天早上七点|苏州|去公园|散步|的|了|是|在|和|对|把客厅的灯光|调到|因为|如果|所以|可以|需要|很|就|还有|比较|北京|上海|25%|3.5|2024年|5月1日|12:30|¥9.9|25°C|《红楼梦》|“好。”|VLOOKUP|，|。|、|：|！|\n|I think |that |the |cat |and |because |it is |going to |the park |in |on |for |Monday |at 5 p.m. |$3.50 |25% |Dr. |New York |with |friends |, |. |! |? |**bold** |`code` |- |1. |(see it) |— |…".split(
    "|",
  );
const texts = fc.array(fc.constantFrom(...snippets), { minLength: 1, maxLength: 30 }).map((parts) => parts.join(""));

/** Only what is heard: between parts of a text stand spaces, and marks for pauses. */
const words = (parts: readonly { spoken: string }[]) =>
  parts
    .map(({ spoken }) => spoken)
    .join("")
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Speaks a text as a schedule might that uses borders at random: `dice` gives numbers from 0 to 1. */
async function spoken(pieces: readonly string[], dice: () => number): Promise<SpeakableClause[]> {
  async function* written() {
    for (const text of pieces) yield { text };
  }
  const heard: SpeakableClause[] = [];
  let spokenTo = 0;
  for await (const { clauses, open } of word(cut(written(), createSegmenter()), createSpokenForm())) {
    for (const clause of after(clauses, spokenTo)) {
      let rest = clause;
      for (let border = 0; border < (rest.borders?.length ?? 0); ) {
        const parts = dice() < 0.4 ? partClause(rest, border) : undefined;
        if (parts === undefined) border++;
        else {
          heard.push(parts[0]);
          rest = parts[1];
          border = 0;
        }
      }
      heard.push(rest);
    }
    let begun =
      open &&
      unfinished(open, Math.max(spokenTo, open.from), (place) => {
        spokenTo = place;
      });
    while (begun !== undefined && begun.borders.length > 0 && dice() < 0.4) {
      const taken = begun.part(Math.floor(dice() * begun.borders.length));
      if (taken !== undefined) heard.push(taken.head);
      begun = taken?.rest;
    }
  }
  return heard;
}

it("says the same words whichever borders are used, and each once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      async (text, size, stream) => {
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, "gu")) ?? [];
        const whole = await spoken([text], () => 1);
        const parted = await spoken(pieces, () => stream.next().value as number);
        assert.equal(words(parted), words(whole));
        let end = 0;
        for (const { clause } of parted) {
          assert.ok(clause.start >= end && clause.end >= clause.start, text);
          end = clause.end;
        }
      },
    ),
    { numRuns },
  );
});
