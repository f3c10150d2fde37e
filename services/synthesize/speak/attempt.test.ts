import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { sleep } from "../../../infra/clock/clock.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import { duet } from "../../../infra/telemetry/names.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Engine } from "../engines/engine.ts";
import { estimateSeconds } from "../text/duration.ts";
import type { Offer } from "../text/words.ts";
import { broken, create, first, of, offer, rate, read, type Say, second, tone } from "./speak.fixture.ts";
import type { Speech } from "./speech.ts";
import { createWaits } from "./waits.ts";

type House = ReturnType<typeof create>;

const silence = (seconds: number) => new Uint8Array(2 * rate * seconds);
const roar = (seconds: number) => new Uint8Array(new Int16Array(rate * seconds).fill(32_767).buffer);
const attempts = ({ counted }: House) => counted.filter(([what]) => what !== "ended" && what !== "first audio");
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

describe("what an attempt at a segment comes to", () => {
  /** A text of two sentences, the first of which is said in this way each time. */
  const say = async (...first: (Error | Uint8Array | undefined)[]) => {
    const house = create({ say: ({ text }, nth) => (text === second ? undefined : first[nth - 1]) });
    const events = await read(house, house.speak(offer(firstText, second)));
    const [done] = of(events, "done");
    await house.assertOver();
    return {
      counted: attempts(house).slice(0, -1),
      warned: of(events, "warning").map(({ reason }) => reason),
      seconds: (done?.sampleCount ?? 0) / rate,
    };
  };
  const firstText = first;

  it("is its sound, if that is well", async () => {
    const { counted, warned, seconds } = await say(undefined);
    assert.ok(seconds > 1);
    assert.deepEqual([counted, warned], [[["done", 0.5, seconds]], []]);
  });

  it("is another attempt, if it fails or sounds wrong", async () => {
    for (const bad of [broken, tone(0.2), silence(2), roar(2)]) {
      const { counted, warned, seconds } = await say(bad, undefined);
      assert.ok(seconds > 1);
      assert.deepEqual(
        [counted, warned],
        [
          [
            ["again", 0.5, 0],
            ["done", 0.5, seconds],
          ],
          [],
        ],
      );
    }
  });

  it("is what there is, with a warning, if it sounds wrong again", async () => {
    const { counted, warned, seconds } = await say(tone(0.2), tone(0.3));
    assert.ok(seconds >= 0.3 && seconds < 1, `${seconds}`);
    assert.deepEqual(
      [counted, warned],
      [
        [
          ["again", 0.5, 0],
          ["done", 0.5, seconds],
        ],
        ["audio-suspect"],
      ],
    );
  });

  it("is nothing, with a warning, if there is no sound at all", async () => {
    for (const nothing of [broken, silence(2), roar(2)]) {
      const { counted, warned, seconds } = await say(nothing, nothing);
      assert.deepEqual(
        [counted, warned],
        [
          [
            ["again", 0.5, 0],
            ["failed", 0.5, 0],
          ],
          ["segment-failed"],
        ],
      );
      assert.equal(seconds, 0);
    }
  });

  it("is told where nothing else is heard of a text", async () => {
    for (const [said, fault, message] of [
      [silence(2), "empty", "the speech server at http://hand:0 sent only silence"],
      [roar(2), "misshapen", "the speech server at http://hand:0 sent noise instead of speech"],
      [broken, "broken", "it broke"],
    ] as const) {
      const house = create({ say: () => said });
      await assert.rejects(read(house, house.speak(offer(first))), { fault, message });
      await house.assertOver();
    }
  });

  it("is nothing of what is abandoned, though some of it was heard", async () => {
    const house: House = create({
      streams: true,
      async *synthesize(_worker, _request, signal) {
        await sleep(house.clock, 100);
        yield tone(2);
        await never(signal);
      },
    });
    const events = house.speak(offer(first));
    await events.next();
    const audio = events.next();
    await house.clock.advance(100);
    assert.equal((await audio).value?.kind, "audio");
    await house.clock.advance(200);
    await events.return(undefined);
    await house.assertOver();
    assert.deepEqual(attempts(house), [["abandoned", 0.3, 0]]);
    assert.equal(house.speaker.trouble(0), undefined);
  });

  it("is asked for with what follows: whether the text goes on where it ends", async () => {
    async function* offers(): AsyncGenerator<Offer> {
      for await (const { clauses, ...more } of offer(first, second)) {
        const isFirst = clauses[0]?.spoken === first;
        yield {
          ...more,
          clauses: clauses.map((clause) => (isFirst ? { ...clause, ends: "phrase" as const } : clause)),
        };
      }
    }
    const house = create();
    await read(house, house.speak(offers()));
    assert.deepEqual(
      house.asked.map(({ goesOn, like }) => [goesOn, like]),
      [
        [true, undefined],
        [false, undefined],
      ],
    );
    assert.deepEqual(
      house.counted.filter(([what]) => what === "ended").map(([, border]) => border),
      ["phrase", "mark"],
    );
  });
});

describe("the trace of an attempt", () => {
  const trace = { traceparent: "00-1-2-01" };
  const spansOf = ({ spans }: House) =>
    spans.map(({ name, parent, attributes, failed, ended }) => {
      const told = [duet.segment, duet.attempt, duet.speechOutcome, duet.audioDuration].map((key) => attributes[key]);
      return [name, parent, ended, failed, ...told];
    });

  it("ends with it, and tells what it came to", async () => {
    const house = create({ say: (_, nth) => (nth === 1 ? broken : nth === 2 ? tone(0.2) : undefined) });
    const events = await read(house, house.speak(offer(first, second), { trace }));
    const [one, two] = of(events, "done").map(({ sampleCount }) => sampleCount / rate);
    assert.deepEqual(spansOf(house), [
      ["text_to_speech hand", trace, true, "broken", 0, 0, "again", 0],
      ["text_to_speech hand", trace, true, "short", 0, 1, "done", one],
      ["text_to_speech hand", trace, true, undefined, 1, 0, "done", two],
    ]);
  });

  it("is of no caller where there is none, and of no fault where nobody wants it any more", async () => {
    const house = create();
    const events = house.speak(offer(first));
    await events.next();
    await events.return(undefined);
    await house.assertOver();
    assert.deepEqual(spansOf(house), [["text_to_speech hand", {}, true, undefined, 0, 0, "abandoned", 0]]);
  });
});

it("speech that was noise has the next text wait for more words, unless it was its engine that failed", async () => {
  const short = "Yes, of course I can help.";
  for (const [said, waits] of [
    [undefined, false],
    [broken, false],
    [roar(0.5), true],
  ] as const) {
    let isOver = false;
    const house = create({ say: ({ text }) => (isOver || text !== short ? undefined : said) });
    for (let nth = 0; nth < 40; nth++) {
      await read(house, house.speak(offer(short))).catch(() => {});
      // The engine takes as long for any text.
      await read(house, house.speak(offer(first)));
    }
    isOver = true;
    house.asked.length = 0;
    const pieces = createPipe<Offer>({ capacity: 1 });
    const speaking = read(house, house.speak(pieces));
    for await (const piece of offer(short)) void pieces.write({ ...piece, flush: false });
    await house.clock.advance(0);
    assert.equal(house.asked.length, waits ? 0 : 1, String(said));
    pieces.end();
    await speaking;
    await house.assertOver();
  }
});

describe("a worker of several", () => {
  it("that takes no request leaves it to another, though a text could not go on with it alone", async () => {
    const refused = new EngineError("rejected", "no such voice");
    const house = create({ workers: 2, say: ({ worker }) => (worker === 0 ? refused : undefined) });
    const events = await read(house, house.speak(offer(first)));
    assert.deepEqual([of(events, "warning"), house.asked.map(({ worker }) => worker)], [[], [0, 1]]);
    await house.assertOver();
  });

  it("that hangs has its work done by another, and nobody hears of it", async () => {
    const asked: number[] = [];
    const house: House = create({
      workers: 2,
      async *synthesize(worker, { text }, signal) {
        asked.push(worker);
        if (asked.length === 1) await never(signal);
        await sleep(house.clock, 500);
        yield tone(estimateSeconds(text));
      },
    });
    const events = await read(house, house.speak(offer(first)));
    const [done] = of(events, "done");
    assert.deepEqual([asked, of(events, "warning"), of(events, "segment").length], [[0, 1], [], 1]);
    assert.deepEqual(
      attempts(house).map(([outcome, , seconds]) => [outcome, seconds]),
      [
        ["again", 0],
        ["done", (done?.sampleCount ?? 0) / rate],
      ],
    );
    assert.equal(
      house.speaker.trouble(0),
      "the speech server at http://hand:0 has sent nothing for longer than its current requests should take",
    );
    assert.equal(house.speaker.trouble(1), undefined);
    await house.assertOver();
  });

  it("that is on trial uses up no attempt of a segment that another can speak", async () => {
    let isLast = false;
    let failed = 0;
    const say: Say = ({ worker }) => (worker === 0 || (isLast && failed++ === 0) ? broken : undefined);
    const house = create({ workers: 2, say });
    while (house.speaker.trouble(0) === undefined) await read(house, house.speak(offer(first)));
    await house.clock.advance(1_000);
    isLast = true;
    house.asked.length = 0;
    const events = await read(house, house.speak(offer(first)));
    assert.deepEqual([of(events, "warning"), house.asked.map(({ worker }) => worker)], [[], [0, 1, 1]]);
    await house.assertOver();
  });

  it("that is on trial is kept to what was heard of it, though another could say that better", async () => {
    let isLast = false;
    const say: Say = ({ worker }) => {
      if (worker === 2) return undefined;
      return isLast && worker === 0 ? tone(0.3) : worker === 0 || isLast ? broken : undefined;
    };
    const house = create({ workers: 3, streams: true, say });
    while (house.speaker.trouble(0) === undefined) await read(house, house.speak(offer(first)));
    // Its trial is due when the next worker has failed at the next segment.
    isLast = true;
    house.asked.length = 0;
    const events = await read(house, house.speak(offer(first)));
    assert.deepEqual(
      house.asked.map(({ worker }) => worker),
      [1, 0],
    );
    assert.deepEqual(
      of(events, "warning").map(({ reason }) => reason),
      ["audio-suspect"],
    );
    await house.assertOver();
  });

  it("that is too busy is asked again for as long as a listener may wait, and no longer", async () => {
    const busy = new EngineError("overloaded", "it has too much to do");
    const house = create({ say: () => busy });
    const began = house.clock.now();
    await assert.rejects(read(house, house.speak(offer(first))), busy);
    const tookMs = house.clock.now() - began;
    assert.ok(tookMs >= 2_000 && tookMs < 5_000, `${tookMs}`);
    assert.ok(house.asked.length > 1);
    await house.assertOver();
  });
});

describe("a second segment that is made while the first is heard", () => {
  /**
   * What comes of it where it says a second of its text and then nothing, or all of it (`ends`). `fails`: nothing is
   * heard of the first.
   */
  const spoken = async ({ spare = false, fails = false, ends = false }) => {
    const house: House = create({
      workers: 3,
      streams: true,
      async *synthesize(_worker, { text }, signal) {
        await sleep(house.clock, 500);
        if (text === first || (ends && text === second)) {
          yield tone(estimateSeconds(text));
          return;
        }
        if (text === second) {
          yield tone(1);
          await never(signal);
        }
        for (let seconds = 0; seconds < 12; seconds++) {
          yield fails ? new Uint8Array() : tone(1);
          await sleep(house.clock, 1_000);
        }
        if (fails) throw broken;
      },
    });
    // From then on it is known that half a second passes before a voice says anything.
    await read(house, house.speak(offer(first)));
    const events = await read(house, house.speak(offer(`${first} `.repeat(3), second), { spare })).catch(
      (error) => error,
    );
    await house.assertOver();
    if (events instanceof Error) throw events;
    return (events as Speech[]).filter((event) => !("index" in event) || event.index === 1);
  };

  it("is all there when its reader comes", async () => {
    const events = await spoken({ ends: true });
    assert.ok((of(events, "done")[0]?.sampleCount ?? 0) >= rate * estimateSeconds(second));
    assert.deepEqual(of(events, "warning"), []);
  });

  it("and falls silent, is what there is of it, where no other engine can take over", async () => {
    const events = await spoken({});
    const [done] = of(events, "done");
    assert.ok((done?.sampleCount ?? 0) >= rate);
    assert.ok((done?.engineMs ?? 0) >= 2_000 && (done?.engineMs ?? 0) < 8_000, `${done?.engineMs}`);
    assert.deepEqual(
      of(events, "warning").map(({ reason }) => reason),
      ["segment-failed"],
    );
  });

  it("and falls silent, is nothing, where another can: it was not heard yet", async () => {
    const events = await spoken({ spare: true });
    assert.deepEqual([of(events, "audio").length, of(events, "done")[0]?.sampleCount], [0, 0]);
    assert.equal(of(events, "warning").length, 1);
  });

  it("and falls silent, is told by its worker's address where nothing else was heard", async () => {
    await assert.rejects(spoken({ spare: true, fails: true }), {
      fault: "silent",
      message: "the speech server at http://hand:1 stopped sending audio before the segment was complete",
    });
  });
});

describe("what the first audio waits for", () => {
  const waitsOf = async (options: Parameters<typeof create>[0], ...texts: string[]) => {
    const house = create(options);
    const waits = createWaits(house.clock);
    await house.clock.advance(100);
    waits.received();
    await read(house, house.speak(offer(...texts), { waits }));
    await house.assertOver();
    return waits.first;
  };
  const none = { clauseMs: 0, wordsMs: 0, queueMs: 0, engineMs: 0, leadingSilenceMs: 0 };

  it("is an engine that says all at once", async () => {
    assert.deepEqual(await waitsOf({}, first, second), { ...none, engineMs: 500 });
  });

  it("is an engine that streams, up to its first bytes, and then the silence that it begins with", async () => {
    let clock: House["clock"] | undefined;
    const synthesize: Engine["synthesize"] = async function* (_worker, { text }) {
      if (clock === undefined) return;
      await sleep(clock, 70);
      yield silence(0.5);
      await sleep(clock, 30);
      yield tone(estimateSeconds(text));
    };
    const house = create({ streams: true, synthesize });
    ({ clock } = house);
    const waits = createWaits(clock);
    waits.received();
    await read(house, house.speak(offer(first), { waits }));
    assert.deepEqual(waits.first, { ...none, engineMs: 70, leadingSilenceMs: 30 });
  });

  it("is the engine too, where it comes to nothing before", async () => {
    const failing = { workers: 2, say: ({ text }: { text: string }) => (text === first ? broken : undefined) };
    assert.deepEqual(await waitsOf(failing, first, second), { ...none, engineMs: 1_500 });
  });

  it("is nothing that is known, where nothing is heard", async () => {
    const house = create({ say: () => broken });
    const waits = createWaits(house.clock);
    waits.received();
    await assert.rejects(read(house, house.speak(offer(first), { waits })), broken);
    assert.equal(waits.first, undefined);
  });
});
