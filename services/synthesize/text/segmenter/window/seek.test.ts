import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { enclosed } from "../constructs/enclosed.ts";
import { verbatim } from "../constructs/verbatim.ts";
import { WAIT, type Window } from "./window.ts";

const marks = "* ** *** _ ~~ “ ” 「 」 ( ) [ ] ' ‘ ’ \" ` `` $ $$ \\( \\) \\[ \\] <b > &".split(" ");
const texts = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...marks) },
      { weight: 2, arbitrary: fc.constantFrom("a", "好", " ", "\n", "。") },
      { weight: 1, arbitrary: fc.constantFrom("a".repeat(25), "好".repeat(12), "a".repeat(79)) },
    ),
    { maxLength: 24 },
  )
  .map((parts) => [...parts.join("")]);

const windowOf = (points: readonly string[], offset: number, ended: boolean): Window => ({
  points,
  offset,
  ended,
  absent: new Map(),
  pairs: new Map(),
  unemphatic: new Map(),
});

it("finds what it would have found without what it remembers of earlier searches", () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(texts, pieces, fc.boolean(), (text, pieces, isCut) => {
      for (const find of [verbatim, enclosed]) {
        const kept = windowOf([], 0, false);
        let from = 0;
        let arrived = 0;
        for (let at = 0, turn = 0; at < text.length; ) {
          const ended = arrived >= text.length;
          // What stands before the clause is removed from the front.
          if (isCut && text[at - 1] === "。") from = at;
          const now = { ...kept, points: text.slice(from, arrived), offset: from, ended };
          const found = at < arrived ? find(now, at - from) : WAIT;
          assert.equal(found, at < arrived ? find(windowOf(now.points, 0, ended), at - from) : WAIT, `at ${at}`);
          if (found === WAIT && !ended) arrived += pieces[turn++ % pieces.length] ?? 1;
          else at++;
        }
      }
    }),
    { numRuns: 400 },
  );
});
