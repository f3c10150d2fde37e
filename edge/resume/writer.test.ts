import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { Log } from "../../infra/log/log.ts";
import { StoreError } from "../../infra/stores/errors.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import { toEntry } from "./entry.ts";
import { createMemoryLogs } from "./store/memory.ts";
import type { LogStore } from "./store/store.ts";
import { openLog } from "./writer.ts";

const key = { tenant: "default", turn: "t1" };
const text: TurnEvent = { case: "textDelta", value: { text: "Yes." } };
const finished: TurnEvent = { case: "finished", value: { outcome: Outcome.COMPLETED } };
const away = new StoreError("away", "the store is away");

/** A turn's log in virtual time; `fails` says which calls of its store fail from now on. */
async function create({ windowMs = 60_000, keptMs, mostBytes = 10_000, fails = [] }: Given = {}) {
  const clock = createVirtualClock();
  const logs = createMemoryLogs({ clock });
  const failing = new Set<keyof LogStore>(fails);
  let held = false;
  const store = new Proxy(logs, {
    get(target, name: keyof LogStore) {
      const work = target[name];
      if (typeof work !== "function") return work;
      return (...args: never[]) => {
        if (held) return new Promise(() => {});
        return failing.has(name) ? Promise.reject(away) : (work as (...args: never[]) => unknown).apply(target, args);
      };
    },
  });
  const warned: object[] = [];
  const log = { warn: (fields: object) => void warned.push(fields), error() {}, info() {}, debug() {} } as never as Log;
  let lost = 0;
  const options = { store, clock, log, leaseMs: 3_000, mostBytes, patienceMs: 100 };
  const opening = openLog(options, key, "me", { windowMs, keptMs }, () => void lost++);
  await clock.advance(200);
  const writer = await opening;
  let sequence = 0;
  const write = async (event: TurnEvent) => {
    const writing = writer.write({ sequence: ++sequence, event });
    await clock.advance(0);
    return writing;
  };
  const hold = (is: boolean) => {
    held = is;
  };
  return { clock, logs, failing, writer, write, hold, warned, lost: () => lost, read: () => logs.read(key, 0, 10) };
}

interface Given {
  readonly windowMs?: number;
  readonly keptMs?: number;
  readonly mostBytes?: number;
  readonly fails?: readonly (keyof LogStore)[];
}

describe("the log of a turn", () => {
  it("is kept for as long as its turn may be taken up again, and half a minute more, from when its owner was there", async () => {
    for (const windowMs of [0, 60_000]) {
      const { clock, writer, write, read } = await create({ windowMs });
      await write(text);
      await writer.close(false);
      await clock.advance(windowMs + 29_999);
      assert.equal((await read())?.state, "incomplete");
      await clock.advance(1);
      assert.equal(await read(), undefined);
      assert.equal(clock.pending, 0);
    }
  });

  it("is kept once its turn has ended for as long as it is to be, whatever its window", async () => {
    for (const keptMs of [5_000, 600_000]) {
      const { clock, writer, write, read } = await create({ keptMs });
      await write(text);
      await write(finished);
      await writer.close(false);
      await clock.advance(keptMs - 1);
      assert.deepEqual([(await read())?.state, (await read())?.last], ["ended", 2]);
      await clock.advance(1);
      assert.equal(await read(), undefined);
    }
  });

  it("is its owner's while that is there, which says so thrice in the time of a lease", async () => {
    const { clock, hold, read } = await create();
    await clock.advance(100_000);
    assert.equal((await read())?.owned, true);
    hold(true);
    await clock.advance(1_999);
    assert.equal((await read())?.owned, true, "the last time was a second ago at most");
    await clock.advance(1_001);
    assert.equal((await read())?.owned, false);
  });

  it("is none where it could not be opened in time, and its turn has lost nothing that another wrote", async () => {
    const { writer, write, read, hold, warned, lost } = await create({ fails: ["open"] });
    assert.deepEqual([writer.kept, writer.fenced, lost()], [false, false, 1]);
    await write(text);
    hold(true);
    // Nothing is asked of a store that would not answer.
    await writer.close(false);
    assert.deepEqual([await read(), warned.length, lost()], [undefined, 1, 1]);
  });

  it("is as large as it may be, and then incomplete, but for its end", async () => {
    const size = toEntry({ sequence: 1, event: text }).bytes.length;
    for (const [mostBytes, isKept] of [
      [2 * size, true],
      [2 * size - 1, false],
    ] as const) {
      const { writer, write, read } = await create({ mostBytes });
      await write(text);
      await write(text);
      assert.equal(writer.kept, isKept, String(mostBytes));
      assert.equal((await read())?.state, isKept ? "open" : "incomplete");
      await write(finished);
      assert.equal((await read())?.state, isKept ? "ended" : "incomplete");
    }
  });

  it("is tried to be written again for a tenth of a second while its store is away, and no more", async () => {
    for (const [backAfterMs, isKept] of [
      [70, true],
      [110, false],
    ] as const) {
      const { clock, writer, write, failing } = await create();
      failing.add("append");
      const writing = write(text);
      await clock.advance(backAfterMs);
      failing.delete("append");
      await clock.advance(100);
      await writing;
      assert.equal(writer.kept, isKept, `after ${backAfterMs} ms`);
    }
  });

  it("is taken back where nothing of its turn was sent, and left incomplete where something was", async () => {
    for (const [forget, state] of [
      [true, undefined],
      [false, "incomplete"],
    ] as const) {
      const { writer, write, read, clock } = await create();
      await write(text);
      await writer.close(forget);
      assert.equal((await read())?.state, state);
      assert.equal(clock.pending, 0);
    }
  });

  it("that has its end is not lost by being asked how long nobody has read it", async () => {
    const { clock, writer, write, read, lost } = await create();
    await write(text);
    await read();
    await clock.advance(700);
    assert.equal(await writer.idleMs(), 700);
    await write(finished);
    assert.deepEqual([await writer.idleMs(), writer.kept, lost()], [0, true, 0]);
  });

  it("belongs to another once that has written its end, and is not written on", async () => {
    const { clock, logs, hold, writer, write, read, lost } = await create();
    await write(text);
    hold(true);
    await clock.advance(3_001);
    assert.equal(await logs.endFor(key, { sequence: 2, bytes: new Uint8Array([1]), ends: true }, 60_000), true);
    hold(false);
    await write(text);
    assert.deepEqual([writer.kept, writer.fenced, lost()], [false, true, 1]);
    assert.equal((await read())?.last, 2);
  });
});
