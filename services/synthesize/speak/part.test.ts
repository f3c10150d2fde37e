import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import type { SpeakableClause } from "../text/speakable.ts";
import { createPart, type PartOptions } from "./part.ts";
import { pieceBytes, type Speech } from "./speech.ts";

const clause = (text: string, start: number): SpeakableClause => {
  const end = start + text.length;
  const spans = [{ start, end, spokenStart: 0, spokenEnd: text.length }];
  return { clause: { text, start, end, borders: [] }, spoken: text, spans, seconds: 1, characters: text.length };
};

const begin = (options: Partial<PartOptions> = {}) =>
  createPart(3, [clause("One, ", 10), clause("two.", 15)], { voice: "hand/emma", ...options });

const samples = (count: number, level = 1) => new Int16Array(count).fill(level);
const well = { failure: undefined, engineMs: 7 };

/** All that a reader gets, which has been sent already. */
async function read(part: ReturnType<typeof createPart>): Promise<Speech[]> {
  return await Array.fromAsync(part.events);
}

/** The audio of some events as one, which is without gaps. */
function audioOf(events: readonly Speech[]): number[] {
  const heard: number[] = [];
  for (const event of events)
    if (event.kind === "audio") {
      assert.equal(event.offset, heard.length);
      assert.ok(event.pcm.length > 0 && event.pcm.length <= pieceBytes);
      heard.push(...new Int16Array(event.pcm.slice().buffer));
    }
  return heard;
}

describe("the part of a segment", () => {
  it("begins with its segment and ends with what it came to", async () => {
    const part = begin();
    part.send(samples(5));
    part.send(samples(3));
    part.end(well);
    const [segment, ...rest] = await read(part);
    assert.deepEqual(segment, {
      kind: "segment",
      index: 3,
      segment: part.segment,
      voice: "hand/emma",
      source: "engine",
    });
    assert.deepEqual([part.segment.spoken, part.segment.start, part.segment.end], ["One, two.", 10, 19]);
    assert.deepEqual(
      rest.map(({ kind }) => kind),
      ["audio", "audio", "done"],
    );
    assert.deepEqual(rest.at(-1), { kind: "done", index: 3, sampleCount: 8, engineMs: 7 });
  });

  it("tells where its audio comes from", async () => {
    const part = begin({ source: "cache" });
    part.end(well);
    assert.equal((await read(part)).map((event) => event.kind === "segment" && event.source)[0], "cache");
  });

  it("sends much at once in pieces of which none is too large", async () => {
    const part = begin();
    part.send(Int16Array.from({ length: pieceBytes + 1 }, (_, at) => at % 1_000));
    part.end(well);
    const events = await read(part);
    assert.equal(events.filter(({ kind }) => kind === "audio").length, 3);
    assert.deepEqual(
      audioOf(events),
      Array.from({ length: pieceBytes + 1 }, (_, at) => at % 1_000),
    );
  });

  it("warns of its range where it was not spoken, or sounds wrong, before it is done", async () => {
    const failure = new Error("it broke");
    for (const [ending, reason] of [
      [{ failure: undefined }, undefined],
      [{ failure: undefined, suspect: false }, undefined],
      [{ failure: undefined, suspect: true }, "audio-suspect"],
      [{ failure }, "segment-failed"],
      [{ failure, suspect: true }, "segment-failed"],
    ] as const) {
      const part = begin();
      assert.equal(part.failure, undefined);
      part.end({ ...ending, engineMs: 7 });
      assert.equal(part.failure, ending.failure);
      const warnings = (await read(part)).slice(1, -1);
      assert.deepEqual(warnings, reason === undefined ? [] : [{ kind: "warning", reason, start: 10, end: 19 }]);
    }
  });

  it("has its reader fail after what was sent", async () => {
    const part = begin();
    part.send(samples(5));
    const gone = new Error("gone");
    part.fail(gone);
    const events: Speech[] = [];
    await assert.rejects(async () => {
      for await (const event of part.events) events.push(event);
    }, gone);
    assert.equal(audioOf(events).length, 5);
  });

  it("has begun when its first audio came, and not before", () => {
    const part = begin();
    const at = (ms: number) => ({ broughtAt: ms, passedAt: ms });
    part.send(samples(0), at(1));
    assert.equal(part.beginning, undefined);
    part.send(samples(1), at(2));
    part.send(samples(1), at(3));
    assert.deepEqual(part.beginning, at(2));
    part.takeBack();
    assert.equal(part.beginning, undefined);
    part.send(samples(1), at(4));
    assert.deepEqual(part.beginning, at(4));
  });
});

describe("a sample of a voice", () => {
  it("is what was sent, up to ten seconds of it, with all of its text", () => {
    const part = begin({ sampleRateHertz: 2 });
    const shown = () => part.sample;
    assert.equal(shown(), undefined);
    part.send(samples(0));
    assert.equal(shown(), undefined);
    part.send(samples(19, 1));
    assert.deepEqual(shown(), { samples: samples(19, 1), text: "One, two." });
    part.send(samples(9, 2));
    part.send(samples(9, 3));
    assert.deepEqual(shown()?.samples, Int16Array.of(...samples(19, 1), 2));
  });

  it("is nothing of what was taken back", () => {
    const part = begin({ sampleRateHertz: 2 });
    part.send(samples(4, 1));
    const shown = () => part.sample;
    part.takeBack();
    assert.equal(shown(), undefined);
    part.send(samples(4, 2));
    assert.deepEqual(shown()?.samples, samples(4, 2));
  });

  it("is not kept where nobody asks for it", () => {
    const part = begin();
    part.send(samples(4));
    assert.equal(part.sample, undefined);
  });
});

it("whatever is sent and taken back, a reader gets each frame of what stays once", async () => {
  const step = fc.oneof(
    fc.record({ send: fc.nat(3) }),
    fc.constant("take back" as const),
    fc.constant("read" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const part = begin();
      let stays: number[] = [];
      let level = 0;
      let reading: Promise<Speech[]> | undefined;
      for (const step of steps) {
        if (step === "read") reading ??= read(part);
        else if (step === "take back") {
          assert.equal(part.takeBack(), reading === undefined || stays.length === 0, "only what nobody has heard");
          if (reading === undefined) stays = [];
        } else {
          const sent = samples(step.send, ++level);
          part.send(sent);
          stays.push(...sent);
        }
        assert.equal(part.sampleCount, stays.length);
      }
      part.end(well);
      const events = await (reading ?? read(part));
      assert.deepEqual(
        events.map(({ kind }) => kind).filter((kind) => kind !== "audio"),
        ["segment", "done"],
      );
      assert.deepEqual(audioOf(events), stays);
      assert.deepEqual(events.at(-1), { kind: "done", index: 3, sampleCount: stays.length, engineMs: 7 });
    }),
    { numRuns: 200 },
  );
});
