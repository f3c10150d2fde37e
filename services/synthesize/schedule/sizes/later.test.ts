import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { BorderKind } from "./border.ts";
import type { End } from "./ends.ts";
import { laterEnd } from "./later.ts";

const end = (kind: BorderKind, seconds: number, border: number | undefined = 0): End => ({
  kind,
  seconds,
  whole: border === undefined ? 1 : 0,
  border,
});

/** What goes, and how long before its sound is needed; `work` ms for a second. */
function goes(ends: readonly End[], { whole, inMs, mayGrow = true }: { whole?: End; inMs: number; mayGrow?: boolean }) {
  const workMs = (seconds: number) => seconds * 100;
  const options = { deadline: inMs, mayGrow, whole, workMs, leastSeconds: 0.9, shortSlackMs: 1500 };
  const next = laterEnd(ends, options, 0);
  return next && [`${next.end.kind} ${next.end.seconds}`, inMs - next.readyAt];
}

describe("where a segment that is not the first ends", () => {
  const clause = end("mark", 3, undefined);
  const inside = [end("word", 1), end("phrase", 2), end("word", 2.5), clause];

  it("is with its clauses, which wait for more until the sound in hand is short", () =>
    assert.deepEqual(goes(inside, { whole: clause, inMs: 5000 }), ["mark 3", 1800]));

  it("is with its clauses at once where nothing follows", () =>
    assert.deepEqual(goes(inside, { whole: clause, inMs: 5000, mayGrow: false }), ["mark 3", 5000]));

  it("is before the end of a clause that would come too late, where it sounds best", () =>
    assert.deepEqual(goes(inside, { whole: clause, inMs: 400 }), ["phrase 2", 400]));

  it("is as early as it may be where all would come too late", () =>
    assert.deepEqual(goes(inside, { whole: clause, inMs: 100 }), ["word 1", 100]));

  it("is behind a few words where nothing longer would come in time, but not behind one", () => {
    const long = end("mark", 5.4, undefined);
    assert.deepEqual(goes([end("phrase", 0.6), long], { whole: long, inMs: 500 }), ["phrase 0.6", 500]);
    assert.deepEqual(goes([end("phrase", 0.6), long], { whole: long, inMs: 100 }), ["mark 5.4", 100]);
    assert.deepEqual(goes([end("phrase", 0.4), long], { whole: long, inMs: 500 }), ["mark 5.4", 500]);
  });

  it("is at a phrase that sounds good by itself rather than behind a mark that comes too soon for that", () => {
    const both = [end("mark", 0.6, undefined), end("phrase", 1.5), clause];
    assert.deepEqual(goes(both, { whole: clause, inMs: 400 }), ["phrase 1.5", 400]);
    assert.deepEqual(goes(both, { whole: clause, inMs: 200 }), ["mark 0.6", 200]);
  });

  it("is with an earlier clause rather than inside the last", () => {
    const both = [end("phrase", 1), end("mark", 1.5, undefined), end("phrase", 2.5), clause];
    assert.deepEqual(goes(both, { whole: clause, inMs: 400 }), ["mark 1.5", 400]);
  });

  it("is at the last phrase of a clause that is being written, once its end cannot be waited for", () =>
    assert.deepEqual(goes(inside.slice(0, 3), { inMs: 5000 }), ["phrase 2", 800]));

  it("is between words where no phrase ends", () =>
    assert.deepEqual(goes([end("word", 1), end("word", 1.4)], { inMs: 5000 }), ["word 1.4", 740]));

  it("is nowhere while there is too little to be spoken well", () =>
    assert.equal(goes([end("word", 0.7)], { inMs: 100 }), undefined));

  it("takes something of the next clause where the last is a word", () => {
    const word = end("mark", 0.4, undefined);
    assert.deepEqual(goes([word, end("phrase", 1.4)], { whole: word, inMs: 2000 }), ["phrase 1.4", 740]);
  });
});
