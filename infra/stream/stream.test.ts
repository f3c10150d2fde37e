import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../clock/virtual.ts";
import { begun } from "./begun.ts";
import { idle, isLate, withIdle } from "./idle.ts";
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

  it("has room for as much as its items take together", async () => {
    const pipe = createPipe<string>({ capacity: 3, sizeOf: (text) => text.length });
    const written: string[] = [];
    const write = (text: string) => void pipe.write(text).then(() => written.push(text));
    for (const text of ["ab", "c", "d"]) write(text);
    await turn();
    assert.deepEqual(written, ["ab", "c"]);
    const reader = pipe[Symbol.asyncIterator]();
    assert.equal((await reader.next()).value, "ab");
    assert.equal((await reader.next()).value, "c");
    await turn();
    assert.deepEqual(written, ["ab", "c", "d"]);
    write("efg");
    await turn();
    assert.deepEqual(written, ["ab", "c", "d"], "four are too many");
    assert.equal((await reader.next()).value, "d");
    assert.equal((await reader.next()).value, "efg");
    await turn();
    assert.deepEqual(written, ["ab", "c", "d", "efg"]);
    await reader.return?.();
  });

  it("counts what was joined by its size as a whole", async () => {
    const pipe = createPipe<string>({
      capacity: 3,
      sizeOf: (text) => text.length,
      join: (last, item) => (item === "." ? undefined : last + item),
    });
    let written = 0;
    const writing = (async () => {
      for (const text of ["a", "b", "c", "d", "."]) await pipe.write(text).then(() => written++);
      pipe.end();
    })();
    await turn();
    assert.equal(written, 3);
    assert.deepEqual(await collect(pipe), ["abcd", "."]);
    await writing;
  });

  it("drops what waits when it is cleared, and has room again", async () => {
    const pipe = createPipe<number>({ capacity: 1 });
    const writing = Promise.all([pipe.write(1), pipe.write(2)]);
    pipe.clear();
    await writing;
    await pipe.write(3);
    pipe.end();
    assert.deepEqual(await collect(pipe), [3]);
  });

  it("takes nothing after its end, which comes once", async () => {
    const ended = createPipe<number>({ capacity: 1 });
    await ended.write(1);
    ended.end();
    await ended.write(2);
    ended.fail(new Error("too late"));
    assert.deepEqual(await collect(ended), [1]);
    const failed = createPipe<number>({ capacity: 1 });
    failed.fail(undefined);
    failed.end();
    failed.fail(new Error("too late"));
    await assert.rejects(
      collect(failed).catch((error) => {
        assert.equal(error, undefined);
        throw new Error("failed");
      }),
      /failed/,
    );
  });

  it("wakes a reader that waits, for an item, its end and an error", async () => {
    for (const how of ["end", "fail"] as const) {
      const pipe = createPipe<number>({ capacity: 1 });
      const reader = pipe[Symbol.asyncIterator]();
      const first = reader.next();
      await turn();
      void pipe.write(1);
      assert.deepEqual(await first, { done: false, value: 1 });
      const last = reader.next();
      await turn();
      if (how === "end") pipe.end();
      else pipe.fail(new Error("cut"));
      if (how === "end") assert.equal((await last).done, true);
      else await assert.rejects(last, /cut/);
    }
  });

  it("is drained once its reader asks for more, or has left", async () => {
    for (const how of ["more", "left"] as const) {
      const pipe = createPipe<number>({ capacity: 8 });
      await pipe.drained();
      const reader = pipe[Symbol.asyncIterator]();
      for (const n of [1, 2]) await pipe.write(n);
      let isDrained = false;
      const drained = pipe.drained().then(() => {
        isDrained = true;
      });
      await reader.next();
      await reader.next();
      await turn();
      assert.ok(!isDrained, "the reader may still be busy with the last item");
      if (how === "more") void reader.next();
      else void reader.return?.();
      await drained;
      pipe.end();
    }
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

  it("leaves what is left of its sources when it is left, and waits for none of them", async () => {
    const left: string[] = [];
    const source = (name: string, isBusy: boolean): AsyncIterable<string> => ({
      [Symbol.asyncIterator]: () => {
        let isFirst = true;
        return {
          next: () => {
            if (isBusy && !isFirst) return new Promise(() => {});
            const result = Promise.resolve({ done: name === "done", value: name } as IteratorResult<string>);
            isFirst = false;
            return result;
          },
          return: async () => {
            left.push(name);
            throw new Error("it minds");
          },
        };
      },
    });
    const merged = merge(source("done", false), source("busy", true), source("quick", false));
    const seen = [await merged.next(), await merged.next(), await merged.next()].map(({ value }) => value);
    assert.deepEqual(seen, ["busy", "quick", "quick"]);
    await merged.return();
    assert.deepEqual(left, ["busy", "quick"], "not what has ended");
    // A source without a way to leave it.
    const bare = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 1 }) as const }) };
    const alone = merge<number>(bare);
    await alone.next();
    await alone.return();
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

  it("marks a pause again and again if it is wished, and before the first item too", async () => {
    const clock = createVirtualClock();
    const pipe = createPipe<string>({ capacity: 4 });
    const seen: (string | symbol)[] = [];
    const reading = (async () => {
      for await (const item of withIdle(pipe, clock, 100, { repeats: true })) seen.push(item);
    })();
    await clock.advance(350);
    assert.deepEqual(seen, [idle, idle, idle]);
    void pipe.write("a");
    await clock.advance(99);
    assert.deepEqual(seen.slice(3), ["a"]);
    pipe.end();
    await clock.advance(0);
    await reading;
    assert.equal(clock.pending, 0);
  });

  it("passes an error on", async () => {
    const clock = createVirtualClock();
    const pipe = createPipe<string>({ capacity: 4 });
    pipe.fail(new Error("cut"));
    await assert.rejects(collect(withIdle(pipe, clock, 100)), /cut/);
    assert.equal(clock.pending, 0);
  });

  it("leaves its source when it is left, and waits only where that is at rest", async () => {
    const clock = createVirtualClock();
    const left: string[] = [];
    async function* source(name: string) {
      try {
        yield name;
        yield name;
      } finally {
        await turn();
        left.push(name);
      }
    }
    for await (const _ of withIdle(source("at rest"), clock, 100)) break;
    assert.deepEqual(left, ["at rest"]);

    let fail = (_: Error) => {};
    const busy: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((_, reject) => {
            fail = reject;
          }),
        return: async () => {
          left.push("busy");
          throw new Error("it minds");
        },
      }),
    };
    const reader = withIdle(busy, clock, 100);
    const first = reader.next();
    await clock.advance(100);
    assert.equal((await first).value, idle);
    await reader.return(undefined);
    assert.deepEqual(left, ["at rest", "busy"]);
    fail(new Error("nobody hears of it"));
    await turn();
    assert.equal(clock.pending, 0);
  });
});

describe("a promise", () => {
  it("is late if it has not settled in time, whatever it settles to", async () => {
    const clock = createVirtualClock();
    const late = isLate(new Promise(() => {}), clock, 10);
    const kept = isLate(Promise.resolve(1), clock, 10);
    const broken = isLate(Promise.reject(new Error("broken")), clock, 10);
    assert.deepEqual(await Promise.all([kept, broken]), [false, false]);
    assert.equal(clock.pending, 1);
    await clock.advance(10);
    assert.equal(await late, true);
  });
});

describe("a stream that has begun", () => {
  it("is all of it, or none if it is empty", async () => {
    assert.deepEqual(await collect((await begun(from(1, 2, 3))) ?? from(0)), [1, 2, 3]);
    assert.equal(await begun(from()), undefined);
  });

  it("has thrown what came before its first item, and throws what comes after it later", async () => {
    async function* broken(...items: number[]) {
      yield* items;
      throw new Error("broken");
    }
    await assert.rejects(begun(broken()), /broken/);
    const stream = (await begun(broken(1))) as AsyncGenerator<number>;
    assert.equal((await stream.next()).value, 1);
    await assert.rejects(stream.next(), /broken/);
  });

  it("is left when it is left, be it at its first item", async () => {
    for (const count of [1, 2]) {
      let isLeft = false;
      async function* endless() {
        try {
          for (;;) yield 0;
        } finally {
          isLeft = true;
        }
      }
      const stream = (await begun(endless())) as AsyncGenerator<number>;
      for (let read = 0; read < count; read++) await stream.next();
      assert.equal(isLeft, false);
      await stream.return(undefined);
      assert.equal(isLeft, true);
    }
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

  it("waits for its source to be left, if that is at rest, and for nothing if it is busy", async () => {
    for (const isBusy of [false, true]) {
      let isLeft = false;
      let goOn = () => {};
      async function* source() {
        try {
          yield "a";
          if (isBusy)
            await new Promise<void>((resolve) => {
              goOn = resolve;
            });
          for (;;) yield ".";
        } finally {
          await turn();
          await turn();
          isLeft = true;
        }
      }
      const reader = joined(source());
      assert.equal((await reader.next()).value, "a");
      await turn();
      await reader.return(undefined);
      assert.equal(isLeft, !isBusy);
      goOn();
      for (let n = 0; n < 5; n++) await turn();
      assert.ok(isLeft);
    }
  });

  it("lets an error pass that comes once it is left", async () => {
    let fail = (_: Error) => {};
    async function* source() {
      yield "a";
      await new Promise((_, reject) => {
        fail = reject;
      });
    }
    const reader = joined(source());
    assert.equal((await reader.next()).value, "a");
    await reader.return(undefined);
    fail(new Error("nobody hears of it"));
    await turn();
  });
});
