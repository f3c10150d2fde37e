import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { frameMs } from "../frames.ts";
import { createTurnTaking, type Decision } from "./turn-taking.ts";

/** What happens: so many milliseconds of speech, of silence, or words that come for what was asked last. */
type Happening = { readonly speech: number } | { readonly silence: number } | { readonly words: string; echo?: true };

/**
 * The assistant's voice obeys: it sounds from the start, or never, and falls silent `latencyMs` after it was told to.
 */
function play(happenings: readonly Happening[], { voice = false, latencyMs = 0 } = {}) {
  const turns = createTurnTaking();
  const log: { readonly ms: number; readonly decision: Decision }[] = [];
  let frames = 0;
  let sounds = voice;
  let silentFrom = voice ? Number.POSITIVE_INFINITY : 0;
  let lastId = 0;
  const take = (decisions: readonly Decision[]) => {
    for (const decision of decisions) {
      log.push({ ms: Math.round(frames * frameMs), decision });
      if (decision.do === "transcribe") lastId = decision.id;
      if (decision.do === "hold" || decision.do === "interrupt")
        silentFrom = Math.min(silentFrom, frames + latencyMs / frameMs);
      if (decision.do === "resume") silentFrom = Number.POSITIVE_INFINITY;
    }
  };
  for (const one of happenings) {
    if ("words" in one) take(turns.understood(lastId, { text: one.words, isEcho: one.echo === true }));
    else
      for (let n = Math.round((("speech" in one) ? one.speech : one.silence) / frameMs); n > 0; n--) {
        frames++;
        sounds = voice && frames <= silentFrom;
        take(turns.frame("speech" in one ? 0.95 : 0.02, sounds ? "turn" : undefined));
      }
  }
  return {
    log,
    done: log.map(({ decision }) => decision.do),
    turns,
    at: (what: Decision["do"]) => log.find(({ decision }) => decision.do === what)?.ms,
  };
}

const question = "What is Duet?";

describe("where nobody else speaks", () => {
  for (const [what, happenings, expected] of [
    ["silence is nothing", [{ silence: 5000 }], []],
    ["a click is nothing", [{ silence: 100 }, { speech: 64 }, { silence: 3000 }], []],
    [
      "a question is written down at its pause, and asked once it is understood",
      [{ speech: 800 }, { silence: 260 }, { words: question }, { silence: 400 }],
      ["begin", "transcribe", "ask"],
    ],
    [
      "is asked as soon as it is understood, where that takes longer",
      [{ speech: 800 }, { silence: 900 }, { words: question }],
      ["begin", "transcribe", "ask"],
    ],
    [
      "what has no words is dropped",
      [{ speech: 400 }, { silence: 260 }, { words: "" }, { silence: 2000 }],
      ["begin", "transcribe", "drop"],
    ],
    [
      "who goes on before the end is joined",
      [
        { speech: 600 },
        { silence: 260 },
        { words: "I would like to" },
        { silence: 700 },
        { speech: 600 },
        { silence: 260 },
        { words: question },
        { silence: 400 },
      ],
      ["begin", "transcribe", "withdraw", "transcribe", "ask"],
    ],
    [
      "who goes on before the words are there is joined",
      [{ speech: 600 }, { silence: 260 }, { speech: 600 }, { silence: 260 }, { words: question }, { silence: 400 }],
      ["begin", "transcribe", "withdraw", "transcribe", "ask"],
    ],
    ["a stop consonant is no pause", [{ speech: 300 }, { silence: 200 }, { speech: 300 }, { silence: 220 }], ["begin"]],
    [
      "what is longer than a recording may be is asked as it is",
      [{ speech: 59_000 }, { words: "and then" }],
      ["begin", "transcribe", "ask"],
    ],
  ] as [string, Happening[], string[]][])
    it(what, () => assert.deepEqual(play(happenings).done, expected));

  it("words that are late for what was withdrawn change nothing", () => {
    const turns = createTurnTaking();
    const run = (count: number, speech: number) =>
      Array.from({ length: count }, () => turns.frame(speech, undefined)).flat();
    run(20, 0.9);
    run(8, 0);
    assert.deepEqual(run(1, 0.9), [{ do: "withdraw", id: 1 }]);
    assert.deepEqual(turns.understood(1, { text: "Too early.", isEcho: false }), []);
    assert.equal(turns.pending, undefined);
  });

  for (const [text, leastMs, mostMs] of [
    [question, 280, 340],
    ["what is duet", 480, 540],
    ["I would like to", 1480, 1540],
    ["我想问一下，然后", 1480, 1540],
  ] as const)
    it(`“${text}” ends after ${leastMs} to ${mostMs} ms`, () => {
      const { at } = play([{ speech: 640 }, { silence: 256 }, { words: text }, { silence: 3000 }]);
      const ms = (at("ask") ?? 0) - 640;
      assert.ok(ms >= leastMs && ms <= mostMs, `${ms} ms`);
      assert.ok(Math.abs((at("transcribe") ?? 0) - 640 - 240) <= frameMs);
    });

  it("what is written down begins half a second before the first sound, and joined speech with its first part", () => {
    const frames = (happenings: Happening[]) =>
      play(happenings).log.flatMap(({ decision }) => (decision.do === "transcribe" ? [decision.frames * frameMs] : []));
    const [short, joined] = frames([
      { silence: 960 },
      { speech: 640 },
      { silence: 320 },
      { speech: 640 },
      { silence: 320 },
    ]);
    assert.deepEqual([short, joined], [512 + 640 + 256, 512 + 640 + 320 + 640 + 256]);
  });
});

describe("while the assistant speaks", () => {
  const over = { voice: true };
  for (const [what, happenings, expected] of [
    ["a click is nothing", [{ speech: 64 }, { silence: 3000 }], []],
    [
      "what is shorter than a word only lowers its voice",
      [{ speech: 130 }, { silence: 400 }, { words: "" }, { silence: 3000 }],
      ["begin", "lower", "transcribe", "resume", "drop"],
    ],
    [
      "what has no words holds it, and it goes on",
      [{ speech: 300 }, { silence: 400 }, { words: "" }, { silence: 3000 }],
      ["begin", "lower", "hold", "transcribe", "drop", "resume"],
    ],
    [
      "a word interrupts it",
      [{ speech: 300 }, { silence: 260 }, { words: "Stop." }, { silence: 400 }],
      ["begin", "lower", "hold", "transcribe", "interrupt", "ask"],
    ],
    [
      "so does a word so short that its voice was only lowered",
      [{ speech: 130 }, { silence: 260 }, { words: "No." }, { silence: 400 }],
      ["begin", "lower", "transcribe", "resume", "interrupt", "ask"],
    ],
    [
      "whoever goes on interrupts it before there are words",
      [{ speech: 640 }],
      ["begin", "lower", "hold", "interrupt"],
    ],
    [
      "it goes on after 2 s where nothing came of it",
      [{ speech: 300 }, { silence: 3000 }],
      ["begin", "lower", "hold", "transcribe", "resume"],
    ],
    [
      "and words that come later interrupt it still",
      [{ speech: 300 }, { silence: 3000 }, { words: "Wait." }],
      ["begin", "lower", "hold", "transcribe", "resume", "interrupt", "ask"],
    ],
    [
      "its own voice is dropped, and it goes on",
      [{ speech: 400 }, { silence: 260 }, { words: "The river runs", echo: true }, { silence: 400 }],
      ["begin", "lower", "hold", "transcribe", "drop", "resume"],
    ],
  ] as [string, Happening[], string[]][])
    it(what, () => assert.deepEqual(play(happenings, over).done, expected));

  it("200 ms of speech hold it, and 500 ms interrupt it", () => {
    const { at } = play([{ silence: 320 }, { speech: 1000 }], over);
    assert.ok(Math.abs((at("hold") ?? 0) - 320 - 200) <= frameMs);
    assert.ok(Math.abs((at("interrupt") ?? 0) - 320 - 500) <= frameMs);
  });

  it("it is held for 2 s at most", () => {
    const { at } = play([{ speech: 300 }, { silence: 4000 }], over);
    assert.ok(Math.abs((at("resume") ?? 0) - (at("hold") ?? 0) - 2000) <= frameMs);
  });

  it("what still comes out of a slow loudspeaker does not interrupt it", () => {
    const echo: Happening[] = [{ speech: 500 }, { silence: 260 }, { words: "The river runs", echo: true }];
    assert.ok(!play(echo, { voice: true, latencyMs: 250 }).done.includes("interrupt"));
  });

  it("is not held again and again by its own voice: after two echoes it cannot be interrupted, and the next answer can", () => {
    const echo: Happening[] = [
      { speech: 400 },
      { silence: 260 },
      { words: "The river runs", echo: true },
      { silence: 100 },
    ];
    const { turns, done } = play([...echo, ...echo, ...echo, { speech: 5000 }], over);
    assert.equal(done.filter((what) => what === "hold").length, 2);
    assert.equal(done.filter((what) => what === "transcribe").length, 2);
    assert.ok(turns.isDeaf);
    turns.frame(0, "the next");
    assert.ok(!turns.isDeaf);
  });

  it("after one echo it takes twice as much speech to hold it", () => {
    const echo: Happening[] = [{ speech: 400 }, { silence: 260 }, { words: "The river runs", echo: true }];
    const { log } = play([...echo, { silence: 96 }, { speech: 640 }], over);
    const [, begin = 0] = log.flatMap(({ ms, decision }) => (decision.do === "begin" ? [ms] : []));
    const [, hold = 0] = log.flatMap(({ ms, decision }) => (decision.do === "hold" ? [ms] : []));
    // Speech began three frames before it was noticed.
    assert.ok(Math.abs(hold - (begin - 3 * frameMs) - 400) <= frameMs, `${hold - begin} ms`);
  });

  for (const [what, before, meanwhile, after, overVoice] of [
    ["nobody else spoke", 0, 0, 40, false],
    ["it spoke just before", 30, 0, 0, true],
    ["it began meanwhile", 0, 5, 0, true],
    ["it had ended long before", 30, 0, 40, false],
  ] as const)
    it(`what is written down tells whether it was spoken over: ${what}`, () => {
      const turns = createTurnTaking();
      const run = (count: number, speech: number, voice?: string) =>
        Array.from({ length: count }, () => turns.frame(speech, voice)).flat();
      run(before, 0, "turn");
      run(after, 0);
      run(10, 0.9);
      run(meanwhile, 0.9, "turn");
      const asked = run(10, 0).find((decision) => decision.do === "transcribe");
      assert.equal(asked?.overVoice, overVoice);
    });

  it("speech that is unsure is its own voice, and is not while it is silent", () => {
    const begins = (voice: string | undefined) => {
      const turns = createTurnTaking();
      return Array.from({ length: 20 }, () => turns.frame(0.6, voice)).flat().length > 0;
    };
    assert.deepEqual([begins("turn"), begins(undefined)], [false, true]);
  });

  it("an answer that begins while somebody speaks is held at once", () => {
    const turns = createTurnTaking();
    for (let n = 0; n < 20; n++) turns.frame(0.9, undefined);
    assert.deepEqual(turns.frame(0.9, "turn"), [{ do: "hold" }]);
  });

  it("what is forgotten lets it go on", () => {
    const { turns } = play([{ speech: 300 }], over);
    assert.deepEqual(turns.reset(), [{ do: "drop" }, { do: "resume" }]);
    assert.deepEqual(turns.reset(), []);
  });
});

it("whatever is heard, the voice is let go on or interrupted after each hold, and each question was written down before", () => {
  const happening = fc.oneof(
    fc.record({ speech: fc.integer({ min: 32, max: 1500 }) }),
    fc.record({ silence: fc.integer({ min: 32, max: 2500 }) }),
    fc.record({ words: fc.constantFrom("", "Stop.", "and", "what is duet") }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 20 }), fc.boolean(), (happenings, voice) => {
      const { done } = play([...happenings, { silence: 4000 }, { words: "" }], { voice });
      let [held, open, asked] = [false, false, false];
      for (const what of done) {
        if (what === "begin") assert.ok(!open);
        if (what === "hold") assert.ok(!held);
        if (what === "ask") assert.ok(open && asked);
        if (what === "hold") held = true;
        if (what === "resume" || what === "interrupt") held = false;
        if (what === "begin") [open, asked] = [true, false];
        if (what === "transcribe") asked = true;
        if (what === "withdraw") asked = false;
        if (what === "ask" || what === "drop") open = false;
      }
      assert.ok(!held && !open);
    }),
    { numRuns: 200 },
  );
});
