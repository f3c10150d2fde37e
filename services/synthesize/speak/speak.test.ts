import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "vitest";
import { sleep } from "../../../infra/clock/clock.ts";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { createSegmentCache, type Found } from "../cache/cache.ts";
import { createClauseCache } from "../cache/clauses.ts";
import { createMemoryTier } from "../cache/memory.ts";
import type { Engine, EngineRequest } from "../engines/engine.ts";
import type { SpeakMetrics } from "../report/metrics.ts";
import { nothingKept } from "../schedule/kept.ts";
import { createSchedule } from "../schedule/schedule.ts";
import { estimateSeconds } from "../text/duration.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import type { Offer } from "../text/words.ts";
import { createPlayback, type Heard } from "./playback.ts";
import { heardSeconds, type Session } from "./session.ts";
import { createSpeaker } from "./speak.ts";
import type { SpeakOptions, Speech } from "./speech.ts";
import { createWaits } from "./waits.ts";

const rate = 1000;
const broken = new EngineError("broken", "it broke");
const gone = new EngineError("unreachable", "it is not there", { unsent: true });

/** Mono PCM of so many seconds that swings as speech does. */
const tone = (seconds: number) =>
  new Uint8Array(
    Int16Array.from({ length: Math.round(seconds * rate) }, (_, at) => 8000 * Math.sin((at + 1) / 3)).buffer,
  );

/** Says a request, within half a second; an error in its place is thrown. */
type Say = (request: EngineRequest, nth: number) => Error | undefined;
const well: Say = () => undefined;

interface Options extends Partial<Pick<Engine, "fromFirst" | "probe" | "streams" | "synthesize">> {
  readonly workers?: number;
  readonly say?: Say;
  /** Whether it reuses speech, of every voice but `anybody`. */
  readonly reuses?: boolean;
}

/** A speaker in virtual time, with what its engine was asked and what was counted of it. */
function create({ workers = 1, say = well, probe, reuses = false, ...more }: Options = {}) {
  const clock = createVirtualClock();
  const asked: (EngineRequest & { readonly worker: number; readonly signal: AbortSignal })[] = [];
  const engine: Engine = {
    name: "hand",
    sampleRateHertz: rate,
    addresses: Array.from({ length: workers }, (_, worker) => `http://hand:${worker}`),
    slots: Array(workers).fill(1),
    streams: false,
    checks: { wraps: false, loops: false, speed: 1 },
    garble: [],
    fromFirst: () => false,
    probe,
    voices: async () => [],
    async *synthesize(worker, request, signal) {
      asked.push({ ...request, worker, signal });
      const error = say(request, asked.length);
      await sleep(clock, 500);
      signal.throwIfAborted();
      if (error !== undefined) throw error;
      yield tone(estimateSeconds(request.text));
    },
    notReady: async () => undefined,
    caution: async () => undefined,
    workers: async () => [],
    close: async () => {},
    ...more,
  };
  const counted: unknown[][] = [];
  const metrics: SpeakMetrics = {
    segment: (outcome, engineSeconds, audioSeconds) => void counted.push([outcome, engineSeconds, audioSeconds]),
    firstAudio: (seconds) => void counted.push(["first audio", seconds]),
    ended: (border) => void counted.push(["ended", border]),
    waited() {},
    looked() {},
  };
  const found: (Found | undefined)[] = [];
  const cache = reuses
    ? createClauseCache({
        cache: createSegmentCache({ memory: createMemoryTier(2 ** 20), clock }),
        sampleRateHertz: rate,
        revision: (voice) => (voice === "anybody" ? undefined : "r"),
        looked: (where) => void found.push(where),
      })
    : undefined;
  const schedule = createSchedule<SpeakableClause>({
    slots: engine.slots,
    segmentMaxCharacters: 80,
    probes: probe !== undefined,
    kept: cache ?? nothingKept,
  });
  const speaker = createSpeaker({ engine, schedule, clock, metrics, cache });
  const signal = new AbortController();
  const speak = (offers: AsyncIterable<Offer>, options: Partial<SpeakOptions> = {}) =>
    speaker.speak(offers, { voice: "emma", signal: signal.signal, ...options });
  /** Nothing of what was spoken goes on, or is waited for. */
  const assertOver = async () => {
    await clock.advance(10_000);
    assert.deepEqual(schedule.load, { sessions: 0, busy: 0 });
    speaker.close();
    assert.equal(clock.pending, 0);
    assert.equal(getEventListeners(signal.signal, "abort").length, 0);
  };
  return { clock, asked, counted, found, schedule, speaker, speak, signal, assertOver };
}

/** Offers each text as a clause that is spoken at once; then ends, or throws the error that is last. */
async function* offer(...texts: readonly (string | Error)[]): AsyncGenerator<Offer> {
  let start = 0;
  for (const text of texts) {
    if (text instanceof Error) throw text;
    const end = start + text.length;
    const clause: SpeakableClause = {
      clause: { text, start, end, borders: [] },
      spoken: text,
      spans: [{ start, end, spokenStart: 0, spokenEnd: text.length }],
      seconds: estimateSeconds(text),
      characters: text.length,
    };
    yield { clauses: [clause], omitted: [], open: undefined, flush: true };
    start = end;
  }
}

const first = "This is the first of two sentences that are spoken.";
const second = "And this is the second of the two, which goes behind it.";

/** Reads all of it while time passes. */
async function read(house: ReturnType<typeof create>, speech: AsyncIterable<Speech>): Promise<Speech[]> {
  const events: Speech[] = [];
  let isOver = false;
  const reading = (async () => {
    try {
      for await (const event of speech) events.push(event);
    } finally {
      isOver = true;
    }
  })();
  reading.catch(() => {});
  for (let i = 0; i < 600 && !isOver; i++) await house.clock.advance(100);
  assert.ok(isOver, "it ends");
  await reading;
  return events;
}

const of = <Kind extends Speech["kind"]>(events: readonly Speech[], kind: Kind) =>
  events.filter((event): event is Extract<Speech, { kind: Kind }> => event.kind === kind);

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
    waits.received();
    const events = await Array.fromAsync(house.speak(offer(first), { tenant: "acme", waits }));
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
