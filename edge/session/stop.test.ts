import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { endTurn, leaseMs, openTurn, saveTurn } from "./changes.ts";
import { type Session, silence, toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import type { LiveTurn } from "./live.ts";
import { fields, type Running } from "./record.ts";
import { obey, stopRunning } from "./stop.ts";
import { createMemoryStore } from "./store/memory.ts";
import type { Change } from "./store/store.ts";

const key = { tenant: "default", session: "s" };
const limits = { maxMessages: 100, maxBytes: 1 << 20 };
const never = new AbortController().signal;
const course = { answer: { text: "", speech: silence }, played: undefined, cutAt: undefined };

/** A session in which a turn of the edge `one` runs, in virtual time. */
async function create() {
  const clock = createVirtualClock();
  const store = createMemoryStore({ now: () => 1e12 + clock.now() });
  const lives = new Map<string, LiveTurn>();
  const change = async (make: (session: Session) => Change | undefined) => {
    const snapshot = await store.read(key, "all");
    const made = make(toSession(snapshot));
    assert.ok(made !== undefined && (await store.write(key, snapshot.version, made, 60_000)));
  };
  const open = async (turn: string) => {
    const { place, ...made } = openTurn(
      await store.read(key, "all"),
      { turn, edge: "one", user: "", question: "?", given: "" },
      limits,
    );
    await change(() => made);
    return { turn, place };
  };
  const id = await open("t1");
  const { running } = toSession(await store.read(key, [fields.head])).head as { running: Running };
  let result: unknown;
  const stop = (signal = never) =>
    void stopRunning({ store, clock, lives }, key, running, signal).then(
      (isOurs) => {
        result = isOurs;
      },
      (error: unknown) => {
        result = error;
      },
    );
  return {
    clock,
    store,
    lives,
    open,
    stop,
    /** Whether its asker has to close it; undefined while that is not known. */
    result: () => result,
    renew: () => change((session) => saveTurn(session, id, course)),
    end: () => change((session) => endTurn(session, id, course)),
  };
}

describe("a turn that runs on another edge", () => {
  it("is closed by whoever wants to stop it, at once, where that edge is gone", async () => {
    const { clock, stop, result } = await create();
    stop();
    await clock.advance(0);
    assert.deepEqual([result(), clock.pending], [true, 0]);
  });

  it("is told to stop, and closed by its own edge, which is seen within 20 ms", async () => {
    const { clock, store, stop, result, end } = await create();
    const told: unknown[] = [];
    await store.listen("one", (message) => told.push(JSON.parse(message)));
    stop();
    await clock.advance(30);
    await end();
    await clock.advance(9);
    assert.equal(result(), undefined);
    await clock.advance(1);
    assert.deepEqual([result(), told, clock.pending], [false, [{ turn: "t1", reason: "superseded" }], 0]);
  });

  it("is nobody's any more where another has taken its place, or its session is gone", async () => {
    for (const leave of ["taken", "gone"]) {
      const { clock, store, stop, result, open } = await create();
      await store.listen("one", () => {});
      stop();
      await clock.advance(10);
      if (leave === "taken") await open("t2");
      else await store.remove(key);
      await clock.advance(10);
      assert.equal(result(), false, leave);
    }
  });

  it("is told twice a second, for five seconds, if its edge is there but does not stop it", async () => {
    const { clock, store, stop, result, renew } = await create();
    let told = 0;
    await store.listen("one", () => told++);
    stop();
    for (let ms = 0; ms < 4_980; ms += 20) {
      await clock.advance(20);
      if (ms % 1_000 === 0) await renew();
      assert.equal(told, 1 + Math.floor((ms + 20) / 500));
    }
    assert.equal(result(), undefined);
    await clock.advance(20);
    assert.deepEqual([result(), clock.pending], [true, 0]);
  });

  it("is closed once its edge has not renewed it for as long as an edge may be silent", async () => {
    const { clock, store, stop, result } = await create();
    await store.listen("one", () => {});
    stop();
    await clock.advance(leaseMs - 1);
    assert.equal(result(), undefined);
    await clock.advance(1);
    assert.equal(result(), true);
  });

  it("is closed at once where its edge goes away meanwhile", async () => {
    const { clock, store, stop, result } = await create();
    const deafen = await store.listen("one", () => {});
    stop();
    await clock.advance(100);
    deafen();
    await clock.advance(399);
    assert.equal(result(), undefined);
    await clock.advance(1);
    assert.equal(result(), true);
  });

  it("is waited for by nobody who has left", async () => {
    const { clock, store, stop, result } = await create();
    await store.listen("one", () => {});
    const leaving = new AbortController();
    stop(leaving.signal);
    await clock.advance(100);
    const reason = new Error("the caller hung up");
    leaving.abort(reason);
    await clock.advance(0);
    assert.deepEqual([result(), clock.pending], [reason, 0]);
  });
});

describe("a turn that runs here", () => {
  /** One that has so far ended or not, and what it was told. */
  const createLive = (ended: Promise<void>) => {
    const told: unknown[] = [];
    const live = {
      key,
      note: async () => {},
      report: (played: Position) => void told.push(played),
      stop: (reason: string) => void told.push(reason),
      end: (isCut: boolean) => {
        told.push(isCut);
        return ended;
      },
    };
    return { live, told };
  };

  it("is stopped, and closes itself, unless that takes more than five seconds", async () => {
    for (const [ended, afterMs, isOurs] of [
      [Promise.resolve(), 0, false],
      [new Promise<void>(() => {}), 5_000, true],
    ] as const) {
      const { clock, lives, stop, result } = await create();
      const { live, told } = createLive(ended);
      lives.set("t1", live);
      stop();
      await clock.advance(Math.max(0, afterMs - 1));
      if (afterMs > 0) assert.equal(result(), undefined);
      await clock.advance(1);
      assert.deepEqual([result(), told, clock.pending], [isOurs, ["superseded", true], 0]);
    }
  });

  it("obeys messages of other edges, which may come when it is over", async () => {
    const { live, told } = createLive(Promise.resolve());
    const lives = new Map([["t1", live]]);
    const played = { segment: 1, offset: 2 };
    obey(lives, JSON.stringify({ turn: "t1", reason: "interrupted", played }));
    obey(lives, JSON.stringify({ turn: "t1", reason: "superseded" }));
    obey(lives, JSON.stringify({ turn: "t2", reason: "interrupted", played }));
    assert.deepEqual(told, [played, "interrupted", "superseded"]);
  });
});
