import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../clock/virtual.ts";
import { idle, withIdle } from "./idle.ts";
import { merge } from "./merge.ts";
import { createPipe } from "./pipe.ts";
import { withinTick } from "./tick.ts";

async function* from<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}
const collect = <T>(source: AsyncIterable<T>) => Array.fromAsync(source);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("pipe", () => {
  it("gives the reader what was written, in order, and ends", async () => {
    const pipe = createPipe<number>({ capacity: 8 });
    for (const n of [1, 2, 3]) void pipe.write(n);
    pipe.end();
    assert.deepEqual(await collect(pipe), [1, 2, 3]);
  });

  it("makes the writer wait above its capacity until the reader has made room", async () => {
    const pipe = createPipe<number>({ capacity: 1 });
    let written = 0;
    const writing = (async () => {
      for (const n of [1, 2, 3]) await pipe.write(n).then(() => written++);
      pipe.end();
    })();
    await turn();
    assert.equal(written, 1);
    assert.deepEqual(await collect(pipe), [1, 2, 3]);
    await writing;
  });

  it("joins what waits", async () => {
    const pipe = createPipe<string>({ capacity: 1, join: (last, item) => last + item });
    for (const letter of "duet") await pipe.write(letter);
    pipe.end();
    assert.deepEqual(await collect(pipe), ["duet"]);
  });

  it("gives an error after what was written before it", async () => {
    const pipe = createPipe<number>({ capacity: 2 });
    void pipe.write(1);
    pipe.fail(new Error("cut"));
    const seen: number[] = [];
    await assert.rejects(async () => {
      for await (const n of pipe) seen.push(n);
    }, /cut/);
    assert.deepEqual(seen, [1]);
  });

  it("lets a waiting writer go when the reader leaves", async () => {
    const pipe = createPipe<number>({ capacity: 1 });
    const writing = Promise.all([pipe.write(1), pipe.write(2), pipe.write(3)]);
    for await (const _ of pipe) break;
    await writing;
    await pipe.write(4);
  });
});

describe("merge", () => {
  it("passes items on as they come, and ends when all sources have", async () => {
    const slow = createPipe<string>({ capacity: 1 });
    const merged = merge(slow, from("a", "b"));
    assert.equal((await merged.next()).value, "a");
    assert.equal((await merged.next()).value, "b");
    void slow.write("late");
    slow.end();
    assert.deepEqual(await collect(merged), ["late"]);
  });

  it("throws the first error and leaves the other sources", async () => {
    let left = false;
    async function* endless() {
      try {
        for (;;) yield 0;
      } finally {
        left = true;
      }
    }
    const broken = createPipe<number>({ capacity: 1 });
    broken.fail(new Error("broken"));
    await assert.rejects(collect(merge(endless(), broken)), /broken/);
    await turn();
    assert.ok(left);
  });

  it("keeps at most one item of a source that nobody reads", async () => {
    let pulled = 0;
    async function* counting() {
      for (;;) yield ++pulled;
    }
    const merged = merge(counting());
    await merged.next();
    await turn();
    assert.equal(pulled, 1);
    await merged.return();
  });
});

describe("withIdle", () => {
  it("marks a pause once, after the last item and not before", async () => {
    const clock = createVirtualClock();
    const pipe = createPipe<string>({ capacity: 4 });
    const seen: (string | symbol)[] = [];
    const reading = (async () => {
      for await (const item of withIdle(pipe, clock, 100)) seen.push(item);
    })();
    void pipe.write("a");
    await clock.advance(99);
    assert.deepEqual(seen, ["a"]);
    await clock.advance(1000);
    assert.deepEqual(seen, ["a", idle]);
    void pipe.write("b");
    await clock.advance(100);
    assert.deepEqual(seen, ["a", idle, "b", idle]);
    pipe.end();
    await clock.advance(0);
    await reading;
    assert.equal(clock.pending, 0);
  });
});

describe("within a tick", () => {
  const joined = (source: AsyncIterable<string>) =>
    withinTick(source, (last, item) => (item === "." ? undefined : last + item));

  it("all that comes is one, and what comes later is another", async () => {
    async function* written() {
      yield "d";
      yield "u";
      await turn();
      await turn();
      yield "e";
      yield "t";
    }
    assert.deepEqual(await collect(joined(written())), ["du", "et"]);
  });

  it("what cannot be joined stays, in order", async () => {
    assert.deepEqual(await collect(joined(from("a", "b", ".", "c", "."))), ["ab", ".c", "."]);
    assert.deepEqual(await collect(joined(from<string>())), []);
  });

  it("an error comes after what came before it", async () => {
    async function* broken() {
      yield "a";
      yield "b";
      throw new Error("broken");
    }
    const read: string[] = [];
    await assert.rejects(async () => {
      for await (const item of joined(broken())) read.push(item);
    }, /broken/);
    assert.deepEqual(read, ["ab"]);
  });

  it("leaves its source when it is left, be it busy or not", async () => {
    for (const isBusy of [true, false]) {
      let isLeft = false;
      async function* endless() {
        try {
          yield "a";
          if (isBusy) await turn();
          for (;;) {
            yield ".";
            await turn();
          }
        } finally {
          isLeft = true;
        }
      }
      for await (const _ of joined(endless())) break;
      for (let n = 0; n < 5; n++) await turn();
      assert.ok(isLeft, isBusy ? "busy" : "at rest");
    }
  });
});
