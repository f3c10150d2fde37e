import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { sleep } from "../../../infra/clock/clock.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { estimateSeconds } from "../text/duration.ts";
import type { Offer } from "../text/words.ts";
import { createPlayback, type Heard } from "./playback.ts";
import { heardSeconds, type Session } from "./session.ts";
import { broken, create, first, gone, of, offer, rate, read, second, tone } from "./speak.fixture.ts";

describe("a text", () => {
  it("is spoken in order, each frame once, and is over", async () => {
    const house = create();
    const events = await read(house, house.speak(offer(first, second)));
    const dones = of(events, "done");
    assert.deepEqual(
      of(events, "segment").map(({ index, segment, voice, source }) => [
        index,
        segment.start,
        segment.end,
        voice,
        source,
      ]),
      [
        [0, 0, first.length, "hand/emma", "engine"],
        [1, first.length, first.length + second.length, "hand/emma", "engine"],
      ],
    );
    for (const { index, sampleCount, engineMs } of dones) {
      let frames = 0;
      for (const { offset, pcm } of of(events, "audio").filter((audio) => audio.index === index)) {
        assert.equal(offset, frames);
        frames += pcm.length / 2;
      }
      assert.equal(sampleCount, frames);
      assert.equal(engineMs, 500);
    }
    assert.deepEqual(
      events.map(({ kind }) => kind).filter((kind) => kind !== "audio"),
      ["segment", "done", "segment", "done"],
    );
    const [one = 0, two = 0] = dones.map(({ sampleCount }) => sampleCount / rate);
    assert.deepEqual(
      house.counted.filter(([what]) => what !== "ended"),
      [
        ["done", 0.5, one],
        ["first audio", 0.5],
        ["done", 0.5, two],
      ],
    );
    assert.deepEqual(
      house.counted.filter(([what]) => what === "ended"),
      [
        ["ended", "mark"],
        ["ended", "mark"],
      ],
    );
    await house.assertOver();
  });

  it("is all there of a voice that streams, though its reader came later", async () => {
    const samplesOf = async (streams: boolean) => {
      const house = create({ workers: 3, streams });
      const events = await read(house, house.speak(offer(`${first} ${second}`, second, first)));
      await house.assertOver();
      return of(events, "done").map(({ sampleCount }) => sampleCount);
    };
    assert.deepEqual(await samplesOf(true), await samplesOf(false));
  });

  it("is made at most twenty seconds ahead of its reader, however long it is", async () => {
    const house = create({ workers: 4 });
    const texts = Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? first : second));
    const events = house.speak(offer(...texts));
    let takenSeconds = 0;
    let segments = 0;
    while (segments < texts.length) {
      const next = events.next();
      await house.clock.advance(10_000);
      const { value } = await next;
      if (value?.kind === "audio") takenSeconds += value.pcm.length / 2 / rate;
      if (value?.kind !== "done") continue;
      segments++;
      const ahead = house.asked.slice(segments).reduce((sum, { text }) => sum + estimateSeconds(text), 0);
      const isAllAsked = house.asked.length === texts.length;
      assert.ok(ahead < 25 && (isAllAsked || ahead > 15), `${ahead} s ahead of ${takenSeconds} s`);
    }
    assert.ok(takenSeconds > 40, `${takenSeconds}`);
    assert.equal((await events.next()).done, true);
    await house.assertOver();
  });

  it("is named where it is not spoken", async () => {
    const house = create();
    async function* offers(): AsyncGenerator<Offer> {
      yield {
        clauses: [],
        omitted: [{ text: "```x```", start: 0, end: 7, borders: [] }],
        open: undefined,
        flush: false,
      };
    }
    assert.deepEqual(await read(house, house.speak(offers())), [
      { kind: "warning", reason: "not-spoken", start: 0, end: 7 },
    ]);
    await house.assertOver();
  });

  it("says once that all of it is made, though nobody has read it", async () => {
    const house = create();
    const made: boolean[] = [];
    const events = house.speak(offer(first), { onMade: (whole) => made.push(whole) });
    await events.next();
    await house.clock.advance(2_000);
    assert.deepEqual(made, [true]);
    await read(house, events);
    assert.deepEqual(made, [true]);
    await house.assertOver();
  });

  it("asks for one reading throughout, for another where it tries again, and another text for its own", async () => {
    const house = create({ say: (_, nth) => (nth === 1 ? broken : undefined) });
    await read(house, house.speak(offer(first, second)));
    await read(house, house.speak(offer(first)));
    const [failed = 0, again, next, other] = house.asked.map(({ seed }) => seed);
    assert.deepEqual([again, next], [(failed + 1) % 2 ** 31, failed]);
    assert.notEqual(other, failed);
  });

  it("sounds throughout like its first speech, where a voice is nobody's until then", async () => {
    const house = create({ workers: 2, fromFirst: () => true });
    const long = `${first} `.repeat(5);
    const events = await read(house, house.speak(offer(long, second)));
    const [one, two, ...more] = house.asked;
    assert.deepEqual([one?.like, more], [undefined, []]);
    assert.deepEqual([two?.like?.text, two?.like?.samples.length], [long, 10 * rate], "ten seconds show it");
    const said = Buffer.concat(of(events, "audio").map(({ pcm }) => pcm));
    assert.deepEqual(Buffer.from(two?.like?.samples.slice().buffer ?? new ArrayBuffer(0)), said.subarray(0, 20 * rate));
    await read(house, house.speak(offer(second)));
    assert.equal(house.asked.at(-1)?.like, undefined, "another text has its own");
  });

  it("tells from its first sound on that the voice is known", async () => {
    const house = create();
    assert.equal(house.speaker.isKnown, false);
    await read(house, house.speak(offer(first)));
    assert.equal(house.speaker.isKnown, true);
  });
});

describe("a text that is stopped", () => {
  it("by its signal, ends with the reason, and its engine is left", async () => {
    const house = create();
    const events = house.speak(offer(first));
    await events.next();
    const reason = new Error("the listener hung up");
    const next = events.next();
    await house.clock.advance(100);
    house.signal.abort(reason);
    await assert.rejects(next, reason);
    assert.ok(house.asked[0]?.signal.aborted);
    await house.assertOver();
    assert.deepEqual(
      house.counted.filter(([what]) => what !== "ended"),
      [["abandoned", 0.5, 0]],
    );
  });

  it("by its signal, before any of its text has come, ends with the reason", async () => {
    const house = create();
    const next = house.speak(createPipe<Offer>({ capacity: 1 })).next();
    await house.clock.advance(100);
    const reason = new Error("the listener hung up");
    house.signal.abort(reason);
    await assert.rejects(next, reason);
    await house.assertOver();
  });

  it("before it begins, is not begun", async () => {
    const house = create();
    house.signal.abort(new Error("gone"));
    await assert.rejects(house.speak(offer(first)).next(), { message: "gone" });
    await house.assertOver();
    assert.deepEqual(house.asked, []);
  });

  it("by a reader who leaves, tells nobody that it is made", async () => {
    const house = create();
    const made: boolean[] = [];
    const events = house.speak(offer(first, second), { onMade: (whole) => made.push(whole) });
    await events.next();
    await events.return(undefined);
    assert.ok(house.asked[0]?.signal.aborted);
    await house.assertOver();
    assert.deepEqual([made, house.asked.length], [[], 1]);
  });

  it("by its source, after what was spoken of it", async () => {
    const house = create();
    const lost = new Error("the text broke off");
    const spoken: string[] = [];
    await assert.rejects(async () => {
      for await (const { kind } of house.speak(offer(lost))) spoken.push(kind);
    }, lost);
    await house.assertOver();
    assert.deepEqual(spoken, []);
  });
});

describe("an engine that fails", () => {
  it("is tried once more, then warned of, and the text goes on", async () => {
    const house = create({ say: ({ text }) => (text === first ? broken : undefined) });
    const events = await read(house, house.speak(offer(first, second)));
    assert.deepEqual(of(events, "warning"), [
      { kind: "warning", reason: "segment-failed", start: 0, end: first.length },
    ]);
    assert.deepEqual(
      of(events, "done").map(({ sampleCount }) => sampleCount > 0),
      [false, true],
    );
    assert.deepEqual(
      house.asked.map(({ text }) => text),
      [first, first, second],
    );
    assert.deepEqual(house.counted.filter(([what]) => what === "ended").length, 2, "each segment is told of once");
    await house.assertOver();
  });

  it("ends a text of which nothing could be spoken", async () => {
    const house = create({ say: () => broken });
    await assert.rejects(read(house, house.speak(offer(first, second))), broken);
    await house.assertOver();
  });

  it("ends a text at once that meets a fault which the next segment would meet too", async () => {
    const house = create({ say: () => new EngineError("rejected", "no such voice") });
    await assert.rejects(read(house, house.speak(offer(first, second))), { fault: "rejected" });
    assert.ok(
      house.asked.slice(1).every(({ signal }) => signal.aborted),
      "what was asked behind it is left",
    );
    await house.assertOver();
  });

  it("that is gone ends a text with how long to wait, and is let in again once it answers", async () => {
    let probes = 0;
    let isThere = false;
    const house = create({
      say: () => (isThere ? undefined : gone),
      async probe() {
        probes++;
        return isThere ? undefined : "out of reach";
      },
    });
    const made: boolean[] = [];
    const speech = house.speak(offer(first), { onMade: (whole) => made.push(whole) });
    await assert.rejects(read(house, speech), { fault: "unreachable", retryDelayMs: 1000 });
    assert.deepEqual(made, [false]);
    assert.ok(probes > 0);
    assert.match(house.speaker.trouble(0) ?? "", /not there/);
    await assert.rejects(house.speaker.admit(), { fault: "unreachable", retryDelayMs: 1000 });
    assert.equal(house.speaker.admits(), false);
    isThere = true;
    const before = probes;
    await house.speaker.admit();
    assert.equal(probes, before + 1, "it was asked once more, and at once");
    assert.deepEqual([house.speaker.admits(), house.speaker.trouble(0)], [true, undefined]);
    await read(house, house.speak(offer(first)));
    await house.assertOver();
  });

  it("is asked no more once the speaker is closed", async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const house = create({ say: () => gone, probe: () => promise });
    await assert.rejects(read(house, house.speak(offer(first))), { fault: "unreachable" });
    house.speaker.close();
    assert.equal(house.clock.pending, 0);
    resolve(undefined);
    await house.clock.advance(10_000);
    assert.equal(house.clock.pending, 0);
    assert.equal(house.speaker.admits(), false, "what is said of a worker later changes nothing");
  });

  it("that throws while it is probed is out of reach", async () => {
    const house = create({ say: () => gone, probe: () => Promise.reject(new Error("a bug")) });
    await assert.rejects(read(house, house.speak(offer(first))), { fault: "unreachable" });
    await assert.rejects(house.speaker.admit(), { fault: "unreachable" });
    await house.assertOver();
  });
});

describe("a voice that streams and falls silent", () => {
  /** Says a second of the text that is read first, and then nothing more until it is left; all of any other. */
  const createSilent = () => {
    const pieces: { signal: AbortSignal }[] = [];
    const house: ReturnType<typeof create> = create({
      workers: 2,
      streams: true,
      async *synthesize(_worker, { text }, signal) {
        pieces.push({ signal });
        await sleep(house.clock, 100);
        if (pieces.length > 1) {
          yield tone(estimateSeconds(text));
          return;
        }
        yield tone(1);
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    return { house, pieces };
  };

  it("is cut behind what was heard: faded, warned of, and not spoken again", async () => {
    const { house, pieces } = createSilent();
    const events = await read(house, house.speak(offer(first, second)));
    assert.deepEqual(
      of(events, "warning").map(({ reason, start, end }) => [reason, start, end]),
      [["segment-failed", 0, first.length]],
    );
    const [cut] = of(events, "done");
    assert.ok((cut?.sampleCount ?? 0) >= rate && (cut?.sampleCount ?? 0) < 1.5 * rate);
    const heard = Buffer.concat(
      of(events, "audio")
        .filter(({ index }) => index === 0)
        .map(({ pcm }) => pcm),
    );
    assert.equal(heard.readInt16LE(heard.length - 2), 0);
    assert.deepEqual([pieces.length, pieces[0]?.signal.aborted], [2, true]);
    assert.equal(house.counted.filter(([what]) => what === "failed").length, 1);
    await house.assertOver();
  });
});

describe("how far a text is heard", () => {
  const session = { lengths: [2, 3] } as unknown as Session;

  it("is all that stands before, and no more of a segment than it has", () => {
    const at = (segment: number, seconds: number) => heardSeconds(session, { segment, seconds });
    assert.deepEqual([at(0, 0), at(0, 1.5), at(0, 9), at(1, 1), at(1, 9)], [0, 1.5, 2, 3, 5]);
    assert.deepEqual([at(2, 0), at(2, 4)], [5, 9], "of one that is being made it may be anything");
  });

  it("is told to whoever speaks it now, from its own first segment on", () => {
    const playback = createPlayback();
    const [one, other]: [Heard[], Heard[]] = [[], []];
    playback.tell({ segment: 0, seconds: 1 });
    playback.follow((heard) => one.push(heard));
    playback.tell({ segment: 0, seconds: 2 });
    playback.follow((heard) => other.push(heard), 2);
    for (const segment of [0, 1, 2, 3]) playback.tell({ segment, seconds: 0.5 });
    assert.deepEqual(one, [{ segment: 0, seconds: 2 }]);
    assert.deepEqual(other, [
      { segment: 0, seconds: 0.5 },
      { segment: 1, seconds: 0.5 },
    ]);
  });
});
