import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { Log } from "../../infra/log/log.ts";
import { StoreError } from "../../infra/stores/errors.ts";
import { createPipe } from "../../infra/stream/pipe.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { createCall } from "../call.ts";
import { Outcome, Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import { createTurns } from "../turn/turns.ts";
import { createSessions } from "./sessions.ts";
import { createMemoryStore } from "./store/memory.ts";

const rate = 1000;
const ttlMs = 60_000;
const anybody = { tenant: "default", user: undefined, profiles: { allowed: undefined } };

/** A deployment in virtual time: a store, which may be away, and the edges that share it. */
function create() {
  const clock = createVirtualClock();
  const kept = createMemoryStore({ now: () => 1e12 + clock.now() });
  let silent = 0;
  let failing: { readonly error: Error; readonly only: keyof typeof kept | undefined } | undefined;
  let losing = 0;
  const store = new Proxy(kept, {
    get(target, name: keyof typeof kept) {
      const work = target[name];
      if (typeof work !== "function") return work;
      if (name === "notReady") return () => failing?.error.message;
      return (...args: never[]) => {
        if (failing !== undefined && (failing.only ?? name) === name) return Promise.reject(failing.error);
        if (name === "write" && losing > 0) {
          losing--;
          return Promise.resolve(false);
        }
        if (name === "ring" && silent-- > 0) return Promise.resolve(1);
        return (work as (...args: never[]) => unknown)(...args);
      };
    },
  });
  const open = async (limits = { maxMessages: 100, maxBytes: 1 << 20 }) => {
    const lines: Record<string, unknown>[] = [];
    const keep = (fields: Record<string, unknown>) => void lines.push(fields);
    const log = { debug: keep, info: keep, warn: keep, error: keep } as unknown as Log;
    const metrics = createMetrics({ runtime: false });
    const sessions = await createSessions({ store, ttlMs, limits, clock, log, metrics });
    const turns = createTurns({ maxTurns: 10, clock });
    return { ...sessions, lines, metrics, turns };
  };
  /** Whether the store, or one method of it, fails: as if it were away, unless it is told how. */
  const setAway = (is: boolean, { error, only }: { error?: Error; only?: keyof typeof kept } = {}) => {
    failing = is ? { error: error ?? new StoreError("away", "the store is away"), only } : undefined;
  };
  /** Lets others get ahead of the next writers, so many times. */
  const lose = (writes: number) => {
    losing = writes;
  };
  /** Loses the next so many messages between edges. */
  const silence = (messages: number) => {
    silent = messages;
  };
  return { clock, kept, open, setAway, lose, silence };
}

type Edge = Awaited<ReturnType<ReturnType<typeof create>["open"]>>;

interface Asked {
  readonly session?: string;
  readonly user?: string;
  readonly proven?: string;
  readonly profile?: { readonly id: string; readonly kept: string };
}

/** A turn of a session, `s` by default, on an edge, whose events are given one by one. */
function ask(
  edge: Edge,
  id: string,
  question: string | undefined,
  { session = "s", user = "", proven, profile }: Asked = {},
) {
  const identity = { tenant: "default", user: proven, key: undefined, priority: 0 };
  const call = createCall({ signal: new AbortController().signal, identity });
  const turn = edge.turns.open(call, id);
  const source = createPipe<TurnEvent>({ capacity: 1000 });
  const { keep, prompt } = edge.join(call, { session, user, profile, question, given: "" });
  async function* events(): AsyncGenerator<TurnEvent> {
    yield* source;
  }
  const passed: TurnEvent[] = [];
  let error: unknown;
  const reading = (async () => {
    try {
      for await (const event of keep(events(), turn)) passed.push(event);
    } catch (thrown) {
      error = thrown;
    } finally {
      turn.close();
    }
  })();
  const give = (...all: TurnEvent[]) => {
    for (const event of all) void source.write(event);
  };
  const end = (...all: TurnEvent[]) => {
    give(...all);
    source.end();
    return reading;
  };
  return { turn, prompt, passed, give, end, reading, error: () => error };
}

const started: TurnEvent = { case: "started", value: { audioFormat: { sampleRateHertz: rate, channelCount: 1 } } };
const finished: TurnEvent = { case: "finished", value: { outcome: Outcome.COMPLETED } };
const interrupted: TurnEvent = { case: "finished", value: { outcome: Outcome.INTERRUPTED, error: { code: 1 } } };
const write = (text: string): TurnEvent => ({ case: "textDelta", value: { text } });
/** A segment of so many seconds. */
const speak = (index: number, start: number, text: string, seconds = 1): TurnEvent[] => [
  {
    case: "segment",
    value: {
      index,
      start,
      end: start + text.length,
      spoken: text,
      spans: [{ start, end: start + text.length, spokenStart: 0, spokenEnd: text.length, weight: 10 }],
    },
  },
  { case: "audio", value: { segment: index, offset: 0, pcm: new Uint8Array(2 * rate * seconds) } },
  { case: "segmentDone", value: { segment: index, sampleCount: rate * seconds } },
];
const answered = [started, write("One. "), ...speak(0, 0, "One. "), write("Two."), ...speak(1, 5, "Two."), finished];

describe("a conversation", () => {
  it("goes on with what was said, on any edge", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const first = ask(one, "t1", "Count, please?", { user: "me" });
    await first.end(...answered);
    assert.deepEqual(first.passed[0]?.value, { ...(started.value as object), sessionId: "s" });
    assert.deepEqual(first.passed.slice(1), answered.slice(1));
    await house.clock.advance(5_000);
    const second = ask(other, "t2", "And then?");
    await house.clock.advance(0);
    assert.deepEqual(second.prompt(), [
      { role: Role.USER, content: "Count, please?" },
      { role: Role.ASSISTANT, content: "One. Two." },
      { role: Role.USER, content: "And then?" },
    ]);
    second.give(started);
    await house.clock.advance(0);
    const { head, expiresAt, messages } = await one.get(anybody, "s");
    assert.deepEqual([head.user, head.title, head.count], ["me", "Count, please?", 4]);
    assert.equal(expiresAt, head.updatedAt + ttlMs);
    assert.deepEqual(
      messages.map(({ turn, role, text, heard, interrupted, running }) => [
        turn,
        role,
        text,
        heard,
        interrupted,
        running,
      ]),
      [
        ["t1", "user", "Count, please?", 14, false, false],
        ["t1", "assistant", "One. Two.", 9, false, false],
        ["t2", "user", "And then?", 9, false, false],
        ["t2", "assistant", "", 0, false, true],
      ],
    );
    await second.end(finished);
    assert.equal(getEventListeners(second.turn.signal, "abort").length, 0);
    assert.equal(house.clock.pending, 0);
  });

  it("keeps nothing of a turn that never started", async () => {
    const house = create();
    const edge = await house.open();
    await ask(edge, "t1", "Hm?").end();
    await house.clock.advance(2);
    await assert.rejects(edge.get(anybody, "s"), { reason: "SESSION_NOT_FOUND" });
    assert.equal(await edge.report("default", "t1", { segment: 0, offset: 1 }), false);
    assert.equal(await house.kept.findTurn("default", "t1"), undefined);
    assert.equal(house.clock.pending, 0);
  });

  it("shows nothing of a turn before it has started", async () => {
    const house = create();
    const edge = await house.open();
    const first = ask(edge, "t1", "Count?");
    await house.clock.advance(0);
    await assert.rejects(edge.get(anybody, "s"), { reason: "SESSION_NOT_FOUND" });
    await first.end(...answered);
    const second = ask(edge, "t2", "And then?");
    await house.clock.advance(0);
    const { head, messages } = await edge.get(anybody, "s");
    assert.deepEqual([head.count, messages.map(({ turn }) => turn)], [2, ["t1", "t1"]]);
    await second.end();
  });

  it("finds its turns for an hour after their end, however many it has and whatever it is called", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const session = "12 my session";
    for (let turn = 0; turn < 7; turn++) {
      await ask(one, `t${turn}`, "Count?", { session }).end(...answered);
      assert.equal(await other.report("default", `t${turn}`, { segment: 1, offset: 0 }), true);
    }
    const { messages } = await other.get(anybody, session);
    assert.deepEqual(
      messages.filter(({ role }) => role === "assistant").map(({ heard }) => heard),
      Array(7).fill(5),
    );
    assert.equal(await house.kept.findTurn("default", "t6"), "13 12 my session");
    await house.clock.advance(3_599_999);
    assert.equal(await house.kept.findTurn("default", "t6"), "13 12 my session");
    await house.clock.advance(1);
    assert.equal(await house.kept.findTurn("default", "t6"), undefined);
  });

  it("keeps of a turn that is stopped what was heard up to then, at once, though nobody reads it on", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    assert.equal(edge.interruptHere("another", "t1", undefined), false);
    assert.equal(edge.interruptHere("default", "t2", undefined), false);
    assert.equal(edge.interruptHere("default", "t1", { segment: 1, offset: 0 }), true);
    await house.clock.advance(0);
    const { messages } = await edge.get(anybody, "s");
    assert.deepEqual([messages[1]?.heard, messages[1]?.interrupted, messages[1]?.running], [5, true, false]);
    assert.equal(turn.turn.stopped, "interrupted");
    await turn.end(interrupted);
    assert.equal(house.clock.pending, 0);
  });

  it("takes for heard, where nobody says it, what there was time for", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(1_200);
    await turn.end(interrupted);
    const { messages } = await edge.get(anybody, "s");
    assert.deepEqual([messages[1]?.heard, messages[1]?.interrupted, messages[1]?.estimated], [5, true, true]);
  });
});

describe("a turn has its session alone", () => {
  for (const where of ["on the same edge", "on another edge"])
    it(`${where}: the next one stops it, and goes on from what was heard of it`, async () => {
      const house = create();
      const one = await house.open();
      const other = where === "on the same edge" ? one : await house.open();
      const first = ask(one, "t1", "Count?");
      first.give(...answered.slice(0, -1));
      await house.clock.advance(0);
      await one.report("default", "t1", { segment: 1, offset: 0 });
      const second = ask(other, "t2", "Stop.");
      await house.clock.advance(40);
      assert.equal(first.turn.stopped, "superseded");
      assert.deepEqual(
        second.prompt().map(({ content }) => content),
        ["Count?", "One. ", "Stop."],
      );
      await first.end(interrupted);
      await second.end(started, finished);
      const { messages } = await one.get(anybody, "s");
      assert.deepEqual(
        messages.map(({ turn, heard }) => [turn, heard]),
        [
          ["t1", 6],
          ["t1", 5],
          ["t2", 5],
          ["t2", 0],
        ],
      );
      await house.clock.advance(0);
      assert.equal(house.clock.pending, 0);
    });

  it("on another edge, it is told again to stop, half a second later, where the message was lost", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const first = ask(one, "t1", "Count?");
    first.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    house.silence(1);
    const second = ask(other, "t2", "Stop.");
    await house.clock.advance(499);
    assert.deepEqual([first.turn.stopped, second.passed], [undefined, []]);
    await house.clock.advance(41);
    assert.equal(first.turn.stopped, "superseded");
    assert.equal(second.prompt().at(-1)?.content, "Stop.");
    await first.end(interrupted);
    await second.end(started, finished);
  });

  it("of an edge that goes while it is waited for, the next one closes it at once when it asks again", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const first = ask(one, "t1", "Count?");
    first.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    house.silence(1);
    const second = ask(other, "t2", "Still there?");
    await house.clock.advance(100);
    await one.close(0);
    await house.clock.advance(440);
    assert.equal(second.prompt().at(-1)?.content, "Count?\nStill there?");
    assert.equal((await other.get(anybody, "s")).messages[1]?.interrupted, true);
    await Promise.all([first.end(), second.end(started, finished)]);
  });

  it("of an edge that is gone, the next one closes it as it was last known", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const first = ask(one, "t1", "Count?");
    first.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    await one.close(0);
    const second = ask(other, "t2", "Still there?");
    await house.clock.advance(0);
    assert.deepEqual(
      second.prompt().map(({ content }) => content),
      ["Count?\nStill there?"],
    );
    assert.equal((await other.get(anybody, "s")).messages[1]?.interrupted, true);
    // Once it says something again it hears that its session has gone on.
    first.give(...speak(2, 9, "."));
    await house.clock.advance(0);
    assert.equal(first.turn.stopped, "superseded");
    await Promise.all([first.end(), second.end(started, finished)]);
    await house.clock.advance(30_000);
    const played = { segment: 0, offset: rate };
    assert.equal(await other.report("default", "t1", played), true);
    await house.clock.advance(1);
    assert.equal(await other.report("default", "t1", played), false, "it was closed half a minute ago");
  });

  it("of an edge that is gone, the next one leaves out where it never started", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    await ask(one, "t0", "Who is there?").end(started, write("Me."), finished);
    const first = ask(one, "t1", "Count?");
    await house.clock.advance(0);
    await one.close(0);
    const second = ask(other, "t2", "Still there?");
    await house.clock.advance(0);
    assert.deepEqual(
      second.prompt().map(({ content }) => content.trim()),
      ["Who is there?", "Me.", "Still there?"],
    );
    await Promise.all([first.end(), second.end(started, finished)]);
  });

  it("and says while it runs that it is there, once a second", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(started);
    const isRunning = async () => (await edge.get(anybody, "s")).messages[1]?.running;
    for (let seconds = 0; seconds < 10; seconds++) {
      await house.clock.advance(1_000);
      assert.equal(await isRunning(), true);
    }
    house.setAway(true);
    await house.clock.advance(2_999);
    house.setAway(false);
    assert.equal(await isRunning(), true);
    house.setAway(true);
    await house.clock.advance(1);
    house.setAway(false);
    assert.equal(await isRunning(), false);
    assert.deepEqual(edge.lines, [], "an outage is the store's to tell");
    await turn.end(finished);
  });
});

describe("while others change a session too", () => {
  it("a change is tried twenty times, and then refused", async () => {
    const house = create();
    const edge = await house.open();
    await ask(edge, "t1", "Count?").end(...answered);
    const report = () => edge.report("default", "t1", { segment: 1, offset: 0 });
    house.lose(19);
    assert.equal(await report(), true);
    house.lose(20);
    const busy = { code: "ABORTED", reason: "SESSION_BUSY", details: { retryDelayMs: 100 }, message: /try again/ };
    await assert.rejects(report(), busy);
    assert.equal(await report(), true, "it was tried no more than that");
  });

  it("a turn tries fifty times to begin, and is then refused", async () => {
    const house = create();
    const edge = await house.open();
    house.lose(49);
    const first = ask(edge, "t1", "Count?");
    await first.end(...answered);
    assert.equal(first.error(), undefined);
    house.lose(50);
    const second = ask(edge, "t2", "And then?");
    await second.end(...answered);
    assert.equal((second.error() as { reason?: string }).reason, "SESSION_BUSY");
    await house.clock.advance(0);
    assert.equal(house.clock.pending, 0);
  });
});

describe("while the store is away", () => {
  it("an edge is not ready, and says so", async () => {
    const house = create();
    const edge = await house.open();
    assert.deepEqual([edge.kind, edge.notReady()], ["memory", undefined]);
    assert.match(await edge.metrics.registry.metrics(), /duet_edge_session_store_up 1\n/);
    house.setAway(true);
    assert.equal(edge.notReady(), "the store is away");
    assert.match(await edge.metrics.registry.metrics(), /duet_edge_session_store_up 0\n/);
  });

  it("a turn that opened, and then could not be found, is taken back", async () => {
    const house = create();
    const edge = await house.open();
    house.setAway(true, { only: "placeTurn" });
    const turn = ask(edge, "t1", "Count?");
    await turn.end(...answered);
    assert.equal((turn.error() as { reason?: string }).reason, "SESSIONS_AWAY");
    house.setAway(false);
    await house.clock.advance(300);
    assert.equal((await house.kept.read({ tenant: "default", session: "s" }, "all")).version, undefined);
    assert.equal(house.clock.pending, 0);
  });

  it("only what is no outage is logged of a turn that runs", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(started);
    await house.clock.advance(0);
    house.setAway(true, { error: new StoreError("rejected", "it is full") });
    await house.clock.advance(1_000);
    assert.deepEqual(
      edge.lines.map((line) => line.turn),
      ["t1"],
    );
    house.setAway(false);
    await turn.end(finished);
  });

  it("no turn begins, and whoever asks is told to try again", async () => {
    const house = create();
    const edge = await house.open();
    house.setAway(true);
    const turn = ask(edge, "t1", "Count?");
    await turn.end(started, finished);
    assert.deepEqual([(turn.error() as { reason?: string }).reason, turn.passed], ["SESSIONS_AWAY", []]);
    await assert.rejects(edge.get(anybody, "s"), { code: "UNAVAILABLE", reason: "SESSIONS_AWAY" });
  });

  it("a turn goes on, and its end is kept once the store is back", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(started);
    await house.clock.advance(0);
    house.setAway(true);
    const ended = turn.end(...answered.slice(1));
    // Nobody waits for longer than a tenth of a second for its last event, and as long for its end.
    await house.clock.advance(200);
    await ended;
    assert.equal(turn.passed.at(-1)?.case, "finished");
    assert.match(await edge.metrics.registry.metrics(), /duet_edge_session_turns_waiting 1\n/);
    await house.clock.advance(30_000);
    house.setAway(false);
    await house.clock.advance(250);
    const { messages } = await edge.get(anybody, "s");
    assert.deepEqual([messages[1]?.text, messages[1]?.heard, messages[1]?.running], ["One. Two.", 9, false]);
    assert.match(await edge.metrics.registry.metrics(), /duet_edge_session_turns_waiting 0\n/);
    assert.equal(house.clock.pending, 0);
  });

  it("an end that cannot be kept within a minute is lost, and counted", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(started);
    await house.clock.advance(0);
    house.setAway(true);
    void turn.end(...answered.slice(1));
    await house.clock.advance(59_900);
    assert.match(await edge.metrics.registry.metrics(), /turns_lost_total 0\n/);
    await house.clock.advance(600);
    assert.match(await edge.metrics.registry.metrics(), /turns_lost_total 1\n/);
    assert.equal(house.clock.pending, 0);
  });

  it("an edge that closes waits for what is to be kept, and no longer than it may", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(started);
    await house.clock.advance(0);
    house.setAway(true);
    void turn.end(...answered.slice(1));
    await house.clock.advance(200);
    let isClosed = false;
    void edge.close(1_000).then(() => {
      isClosed = true;
    });
    await house.clock.advance(999);
    assert.equal(isClosed, false);
    await house.clock.advance(1);
    assert.equal(isClosed, true);
    assert.ok(edge.lines.some(({ turns }) => turns === 1));
    await house.clock.advance(0);
    assert.equal(house.clock.pending, 0);
  });

  it("an edge with nothing to keep closes at once, and is called no more", async () => {
    const house = create();
    const edge = await house.open();
    await edge.close(1_000);
    assert.deepEqual([house.clock.pending, edge.lines], [0, []]);
  });
});

describe("how far a turn was heard", () => {
  /** A turn of nine characters and two seconds that has ended, and what is heard of it now. */
  const ended = async () => {
    const house = create();
    const [edge, other] = [await house.open(), await house.open()];
    const turn = ask(edge, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(1_000);
    await turn.end(finished);
    const heard = async () => (await edge.get(anybody, "s")).messages[1]?.heard;
    return { house, edge, other, heard };
  };

  it("can be said on any edge for half a minute after its sound, and then no more", async () => {
    const { house, other, heard } = await ended();
    await house.clock.advance(30_999);
    assert.equal(await other.report("another", "t1", { segment: 1, offset: 0 }), false);
    assert.equal(await other.report("default", "t1", { segment: 0, offset: rate }), true);
    assert.equal(await heard(), 5);
    await house.clock.advance(31_000);
    assert.equal(await other.report("default", "t1", { segment: 1, offset: rate }), true, "he hears the rest later");
    await house.clock.advance(30_001);
    assert.equal(await other.report("default", "t1", { segment: 1, offset: rate }), false);
  });

  it("stays where its speech was stopped", async () => {
    const { house, edge, other, heard } = await ended();
    assert.equal(await other.interruptElsewhere("default", "t2", { segment: 0, offset: 0 }), false);
    assert.equal(await other.interruptElsewhere("default", "t1", undefined), false);
    assert.equal(await other.interruptElsewhere("default", "t1", { segment: 1, offset: 0 }), true);
    assert.equal(await heard(), 5);
    assert.equal((await edge.get(anybody, "s")).messages[1]?.interrupted, true);
    await house.clock.advance(60_000);
    assert.equal(await other.report("default", "t1", { segment: 1, offset: rate }), false);
  });

  it("is told of a turn that runs: here at once, elsewhere in its session, and to no other tenant", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const turn = ask(one, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    const heard = async () => (await one.get(anybody, "s")).messages[1]?.heard;
    assert.equal(await one.report("another", "t1", { segment: 1, offset: 0 }), false);
    assert.equal(await other.report("default", "t1", { segment: 0, offset: rate }), true);
    assert.equal(await heard(), 5);
    assert.equal(await one.report("default", "t1", { segment: 1, offset: rate }), true);
    await turn.end(interrupted);
    assert.equal(await heard(), 9);
  });

  it("is what there was time for, where a turn is stopped and nobody says more", async () => {
    const house = create();
    const edge = await house.open();
    const turn = ask(edge, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(1_200);
    assert.equal(edge.interruptHere("default", "t1", undefined), true);
    await turn.end(interrupted);
    const { messages } = await edge.get(anybody, "s");
    assert.deepEqual([messages[1]?.heard, messages[1]?.interrupted, messages[1]?.estimated], [5, true, true]);
  });

  it("is kept in the session where the edge on which it runs is gone", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const turn = ask(one, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    await one.close(0);
    assert.equal(await other.interruptElsewhere("default", "t1", { segment: 1, offset: 0 }), true);
    const { messages } = await other.get(anybody, "s");
    assert.deepEqual([messages[1]?.heard, messages[1]?.interrupted], [5, true]);
    assert.equal(turn.turn.stopped, undefined);
    await turn.end(finished);
  });

  it("is told the edge on which it runs", async () => {
    const house = create();
    const [one, other] = [await house.open(), await house.open()];
    const turn = ask(one, "t1", "Count?");
    turn.give(...answered.slice(0, -1));
    await house.clock.advance(0);
    assert.equal(await other.interruptElsewhere("default", "t1", { segment: 1, offset: 0 }), true);
    await house.clock.advance(0);
    assert.equal(turn.turn.stopped, "interrupted");
    await turn.end(interrupted);
    const { messages } = await other.get(anybody, "s");
    assert.deepEqual([messages[1]?.heard, messages[1]?.interrupted, messages[1]?.estimated], [5, true, false]);
  });
});

describe("whose a session is", () => {
  const mine = { ...anybody, user: "me" };
  const theirs = { ...anybody, user: "you" };

  it("decides who may read, ask and remove", async () => {
    const house = create();
    const edge = await house.open();
    await ask(edge, "t1", "Mine?", { proven: "me" }).end(...answered);
    for (const refused of [edge.get(theirs, "s"), edge.remove(theirs, "s"), edge.profileOf(theirs, "s", "me")])
      await assert.rejects(refused, { reason: "SESSION_OF_ANOTHER" });
    const turn = ask(edge, "t2", "Mine, too?", { proven: "you" });
    await turn.end(started, finished);
    assert.equal((turn.error() as { reason?: string }).reason, "SESSION_OF_ANOTHER");
    await assert.rejects(edge.get({ ...mine, tenant: "another" }, "s"), { reason: "SESSION_NOT_FOUND" });
    assert.equal((await edge.get(mine, "s")).head.count, 2);
    assert.deepEqual(
      (await edge.pageOf(mine, "me", undefined, 10)).sessions.map(({ session }) => session),
      ["s"],
    );
    assert.deepEqual((await edge.pageOf(mine, "you", undefined, 10)).sessions, []);
  });

  it("is whom the request names, where nobody has to prove it: another is refused, and nobody is not", async () => {
    const refusedOf = async (first: string, next: string) => {
      const edge = await create().open();
      await ask(edge, "t1", "Mine?", { user: first }).end(...answered);
      const turn = ask(edge, "t2", "Mine, too?", { user: next });
      await turn.end(started, finished);
      return (turn.error() as { reason?: string } | undefined)?.reason;
    };
    assert.equal(await refusedOf("me", "you"), "SESSION_OF_ANOTHER");
    for (const [first, next] of [
      ["me", "me"],
      ["me", ""],
      ["", "you"],
      ["", ""],
    ] as const)
      assert.equal(await refusedOf(first, next), undefined, `${first}, then ${next}`);
  });

  it("is of the profile that it was begun with, as it was when a turn chose its own", async () => {
    const edge = await create().open();
    await ask(edge, "t1", "Hello?", { profile: { id: "kiosk", kept: "" } }).end(...answered);
    assert.equal(await edge.profileOf(anybody, "s", ""), "kiosk");
    for (const [id, profile, reason] of [
      ["t2", { id: "kiosk", kept: "" }, undefined],
      ["t3", { id: "", kept: "kiosk" }, undefined],
      ["t4", { id: "phone", kept: "" }, "SESSION_OF_OTHER_PROFILE"],
    ] as const) {
      const turn = ask(edge, id, "And now?", { profile });
      await turn.end(started, finished);
      assert.equal((turn.error() as { reason?: string } | undefined)?.reason, reason, id);
    }
    const phones = { ...anybody, profiles: { allowed: new Set(["phone"]) } };
    await assert.rejects(edge.get(phones, "s"), { reason: "PROFILE_NOT_ALLOWED" });
    await assert.rejects(edge.remove(phones, "s"), { reason: "PROFILE_NOT_ALLOWED" });
    assert.equal(
      (await edge.get({ ...anybody, profiles: { allowed: new Set(["kiosk"]) } }, "s")).head.profile,
      "kiosk",
    );
  });

  it("lists it no more once it is removed, and a turn of it that runs is stopped, on any edge", async () => {
    for (const where of ["here", "elsewhere"]) {
      const house = create();
      const one = await house.open();
      const other = where === "here" ? one : await house.open();
      const turn = ask(one, "t1", "Mine?", { user: "me" });
      turn.give(...answered.slice(0, -1));
      await house.clock.advance(0);
      await other.remove(mine, "s");
      await house.clock.advance(0);
      assert.equal(turn.turn.stopped, "interrupted");
      await turn.end(interrupted);
      await house.clock.advance(1_000);
      await assert.rejects(one.get(mine, "s"), { reason: "SESSION_NOT_FOUND" });
      assert.deepEqual(await one.pageOf(mine, "me", undefined, 10), { sessions: [], next: undefined });
      assert.equal(await one.report("default", "t1", { segment: 0, offset: 1 }), false);
      assert.equal(house.clock.pending, 0);
      await one.remove(mine, "s");
    }
  });
});
