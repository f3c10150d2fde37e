import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createPipe } from "../../../infra/stream/pipe.ts";
import { duet } from "../../../infra/telemetry/names.ts";
import type { SharedTier } from "../cache/redis.ts";
import type { Engine } from "../engines/engine.ts";
import { estimateSeconds } from "../text/duration.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { type Written, words } from "../text/words.ts";
import { broken, create, first, type Options, of, offer, rate, read, second } from "./speak.fixture.ts";
import type { SpeakOptions, Speech } from "./speech.ts";
import { createWaits } from "./waits.ts";

describe("speech that was made before", () => {
  const audioOf = (events: readonly Speech[]) => Buffer.concat(of(events, "audio").map(({ pcm }) => pcm));
  const sourcesOf = (events: readonly Speech[]) => of(events, "segment").map(({ source, voice }) => [source, voice]);
  /** A speaker that has spoken the first sentence for a tenant. */
  const createKeeping = async (options: Partial<SpeakOptions> = { tenant: "acme" }, more: Options = {}) => {
    const house = create({ reuses: true, ...more });
    const events = await read(house, house.speak(offer(first), options));
    house.counted.length = 0;
    house.asked.length = 0;
    house.found.length = 0;
    return { house, made: events };
  };

  it("is heard at once, as it was, and asks for nothing", async () => {
    const { house, made } = await createKeeping();
    const waits = createWaits(house.clock);
    const before = house.clock.now();
    const trace = { traceparent: "00-1-2-01" };
    waits.received();
    const events = await Array.fromAsync(house.speak(offer(first), { tenant: "acme", waits, trace }));
    assert.equal(house.clock.now(), before);
    assert.deepEqual(sourcesOf(events), [["cache", "hand/emma"]]);
    assert.deepEqual(audioOf(events), audioOf(made));
    const seconds = audioOf(made).length / 2 / rate;
    assert.deepEqual(of(events, "done"), [{ kind: "done", index: 0, sampleCount: seconds * rate, engineMs: 0 }]);
    assert.deepEqual(house.counted, [
      ["cached", 0, seconds],
      ["ended", "mark"],
      ["first audio", 0],
    ]);
    assert.deepEqual(waits.first, { clauseMs: 0, wordsMs: 0, queueMs: 0, engineMs: 0, leadingSilenceMs: 0 });
    assert.deepEqual([house.asked, house.found], [[], ["memory"]]);
    const [, span] = house.spans;
    assert.deepEqual([span?.name, span?.parent, span?.ended], ["text_to_speech cache", trace, true]);
    assert.deepEqual(
      [duet.voice, duet.segment, duet.audioDuration].map((key) => span?.attributes[key]),
      ["emma", 0, seconds],
    );
    await house.assertOver();
  });

  it("goes before what is made anew, and behind it", async () => {
    const { house } = await createKeeping();
    const events = await read(house, house.speak(offer(second, first, second), { tenant: "acme" }));
    assert.deepEqual(
      of(events, "segment").map(({ segment, source }) => [segment.spoken, source]),
      [
        [second, "engine"],
        [first, "cache"],
        [second, "cache"],
      ],
    );
    assert.deepEqual(
      house.asked.map(({ text }) => text),
      [second],
    );
    assert.deepEqual(house.found, [undefined, "memory", undefined], "as it is when a clause comes");
    await house.assertOver();
  });

  it("is that of its tenant and voice alone, or of nobody's for all", async () => {
    for (const [kept, wanted, isFound] of [
      [{ tenant: "acme" }, { tenant: "acme" }, true],
      [{ tenant: "acme" }, { tenant: "other" }, false],
      [{ tenant: "acme" }, {}, false],
      [{}, { tenant: "acme" }, true],
      [{}, {}, true],
      [{ voice: "otto" }, {}, false],
      [{ voice: "anybody" }, { voice: "anybody" }, false],
    ] as const) {
      const { house } = await createKeeping(kept);
      await read(house, house.speak(offer(first), wanted));
      assert.equal(house.asked.length, isFound ? 0 : 1, JSON.stringify([kept, wanted]));
    }
  });

  it("is none of what failed, or was not heard to its end", async () => {
    const failing = await createKeeping({}, { say: (_, nth) => (nth <= 2 ? broken : undefined) }).catch(
      (error: unknown) => error,
    );
    assert.equal(failing, broken);
    const house = create({ reuses: true });
    const events = house.speak(offer(first));
    await events.next();
    await house.clock.advance(100);
    await events.return(undefined);
    await house.clock.advance(1_000);
    await read(house, house.speak(offer(first)));
    assert.equal(house.asked.length, 2);
    await house.assertOver();
  });

  it("is as loud as its voice speaks now", async () => {
    let level = 8_000;
    const loud = (seconds: number) =>
      new Uint8Array(Int16Array.from({ length: seconds * rate }, (_, at) => level * Math.sin((at + 1) / 3)).buffer);
    const synthesize: Engine["synthesize"] = async function* (_worker, { text }) {
      yield loud(estimateSeconds(text));
    };
    const { house, made } = await createKeeping({}, { synthesize });
    level = 16_000;
    for (let times = 0; times < 30; times++) await read(house, house.speak(offer(`${second} ${times}`)));
    const events = await read(house, house.speak(offer(first)));
    assert.deepEqual(sourcesOf(events), [["cache", "hand/emma"]]);
    const loudest = (heard: readonly Speech[]) => {
      const pcm = audioOf(heard);
      return new Int16Array(new Uint8Array(pcm).buffer).reduce((most, sample) => Math.max(most, sample), 0);
    };
    assert.ok(loudest(made) < 8_001 && loudest(events) > 15_000, `${loudest(made)}, ${loudest(events)}`);
    await house.assertOver();
  });

  /** A text that is written in pieces, and spoken while it is. */
  const written = (house: ReturnType<typeof create>, options: Partial<SpeakOptions> = {}) => {
    const pieces = createPipe<Written>({ capacity: 100 });
    const offers = words(pieces, createSegmenter(), createSpokenForm({ language: "zh" }));
    return { pieces, events: read(house, house.speak(offers, options)) };
  };

  it("is that of another process too, as one clause or as several that come one by one", async () => {
    for (const texts of [["Yes, I can."], ["Yes, ", "of ", "course."]]) {
      const kept = new Map<string, Int16Array>();
      const shared: SharedTier = {
        load: async (key) => kept.get(key),
        save: async (key, samples) => void kept.set(key, samples),
        ready: () => true,
      };
      const speakOn = async () => {
        // Several are enough to be spoken only together.
        const house = create({ reuses: true, shared, minOpenerSeconds: 0.6 });
        async function* unhurried() {
          for await (const piece of offer(...texts)) yield { ...piece, flush: false };
        }
        const events = await read(house, house.speak(unhurried()));
        return [house.asked.map(({ text }) => text), sourcesOf(events).map(([source]) => source)];
      };
      assert.deepEqual(await speakOn(), [[texts.join("")], ["engine"]]);
      assert.deepEqual(await speakOn(), [[], ["cache"]]);
    }
  });

  it("is waited for where whole clauses wait before the one that is being written", async () => {
    const text = "备战一场全程马拉松通常需要十六周左右的时间。";
    const more = "The train to the old harbour leaves from platform two. ";
    for (const [before, clause, begins, isForeseen] of [
      ["好。嗯。", text, "好。嗯。", true],
      ["好。嗯。", text, "好。对。", false],
      ["Yes. ", more, "Yes. ", true],
      ["Yes. ", more, "No. ", false],
    ] as const) {
      const house = create({ reuses: true, minOpenerSeconds: 1 });
      // As one: what stands before is too short to be spoken alone.
      const made = written(house, { opener: "written" });
      void made.pieces.write({ text: before + clause });
      made.pieces.end();
      await made.events;
      assert.equal(house.asked.splice(0).length, 1);
      const { pieces, events } = written(house);
      for (const character of begins + clause.slice(0, -2)) void pieces.write({ text: character });
      await house.clock.advance(0);
      assert.equal(house.asked.length, isForeseen ? 0 : 1, begins);
      void pieces.write({ text: clause.slice(-2) });
      pieces.end();
      await events;
      await house.assertOver();
    }
  });

  it("is waited for while its text is being written, where that has begun as it does", async () => {
    const text = "备战一场全程马拉松通常需要十六周左右的时间。";
    for (const [reuses, isMade] of [
      [false, false],
      [true, false],
      [true, true],
    ] as const) {
      const house = create({ reuses });
      if (isMade) {
        const before = written(house, { opener: "written" });
        void before.pieces.write({ text });
        before.pieces.end();
        await before.events;
        assert.deepEqual(
          house.asked.splice(0).map((asked) => asked.text),
          [text],
        );
      }
      const { pieces, events } = written(house);
      for (const character of text.slice(0, -1)) void pieces.write({ text: character });
      await house.clock.advance(0);
      assert.equal(house.asked.length, isMade ? 0 : 1, "else it is begun within its clause");
      void pieces.write({ text: text.slice(-1) });
      pieces.end();
      assert.deepEqual(
        sourcesOf(await events).map(([source]) => source),
        isMade ? ["cache"] : ["engine", "engine"],
      );
      await house.assertOver();
    }
  });
});
