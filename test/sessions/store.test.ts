import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { createMemoryStore } from "../../edge/session/store/memory.ts";
import type { SessionStore } from "../../edge/session/store/store.ts";
import { until } from "../support/until.ts";
import { stores } from "./stores.ts";

const key = { tenant: "acme", session: "s" };
const ttlMs = 60_000;
const bytes = Buffer.from([0, 255, 13, 10, 128]);
const put = (...records: [string, Buffer | string][]) => ({
  put: new Map(records.map(([name, record]) => [name, Buffer.from(record)])),
  drop: [] as string[],
});
const all = async (store: SessionStore, of = key) =>
  Object.fromEntries([...(await store.read(of, "all")).records].sort().map(([name, record]) => [name, `${record}`]));

for (const [kind, open] of Object.entries(stores))
  describe(`sessions kept in ${kind}`, () => {
    test("records are read as they were written, all or some, with the time", async (context) => {
      const [one, other] = await open(context);
      assert.equal(one.kind, kind);
      const { version, records } = await one.read(key, "all");
      assert.deepEqual([version, records.size], [undefined, 0]);
      assert.equal(await one.write(key, undefined, put(["a", bytes], ["b", "今天"]), ttlMs), true);
      const read = await other.read(key, ["a", "none"]);
      assert.deepEqual(read.records, new Map([["a", bytes]]));
      assert.ok(Math.abs(read.now - Date.now()) < 5_000);
      assert.deepEqual(Object.keys(await all(other)), ["a", "b"]);
      assert.equal(typeof (await other.read(key, [])).version, "string");
    });

    test("a session is changed only by whoever has seen what is there", async (context) => {
      const [one, other] = await open(context);
      assert.equal(await one.write(key, undefined, put(["a", "1"]), ttlMs), true);
      assert.equal(await other.write(key, undefined, put(["a", "2"]), ttlMs), false);
      const { version } = await other.read(key, []);
      assert.equal(await other.write(key, version, { ...put(["b", "2"]), drop: ["a", "none"] }, ttlMs), true);
      assert.equal(await one.write(key, version, put(["a", "3"]), ttlMs), false);
      assert.deepEqual(await all(one), { b: "2" });
    });

    test("of many that change it at once each gets on, and nothing is lost", async (context) => {
      const pair = await open(context);
      const add = async (store: SessionStore, name: string) => {
        for (;;) {
          const { version } = await store.read(key, []);
          if (await store.write(key, version, put([name, name]), ttlMs)) return;
        }
      };
      const names = Array.from({ length: 20 }, (_, index) => `${index}`);
      await Promise.all(names.map((name, index) => add(pair[index % 2] as SessionStore, name)));
      assert.deepEqual(Object.keys(await all(pair[0])).sort(), names.toSorted());
    });

    test("tenants do not meet, nor does what an id is made of reach elsewhere", async (context) => {
      const [store] = await open(context);
      const others = ["acme:s", "acm", "ac}me", "s"].map((tenant) => ({ tenant, session: "s" }));
      await store.write(key, undefined, put(["a", "ours"]), ttlMs);
      await store.list("acme", "s", "s", ttlMs);
      await store.placeTurn("acme", "s", "ours", ttlMs);
      for (const other of [...others, { tenant: "acme", session: "s:session" }]) {
        assert.deepEqual(await all(store, other), {});
        assert.equal(await store.write(other, undefined, put(["a", "theirs"]), ttlMs), true);
      }
      assert.deepEqual(await all(store), { a: "ours" });
      assert.equal(await store.findTurn("other", "s"), undefined);
      assert.deepEqual((await store.page("other", "s", undefined, 9)).sessions, []);
    });

    test("what was removed, and what nobody came back to, is gone", async (context) => {
      const [one, other] = await open(context);
      await one.write(key, undefined, put(["a", "1"]), ttlMs);
      await other.remove(key);
      assert.equal((await one.read(key, "all")).version, undefined);
      await one.write(key, undefined, put(["a", "1"]), 1);
      await one.placeTurn("acme", "t", "7 s", 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(await all(other), {});
      assert.equal(await other.findTurn("acme", "t"), undefined);
      assert.equal(await other.write(key, undefined, put(["b", "2"]), ttlMs), true);
      assert.deepEqual(await all(one), { b: "2" });
    });

    test("a turn is found by its id", async (context) => {
      const [one, other] = await open(context);
      await one.placeTurn("acme", "t", "7 s", ttlMs);
      await one.placeTurn("acme", "t", "8 s", ttlMs);
      assert.equal(await other.findTurn("acme", "t"), "8 s");
    });

    test("a person's sessions come page by page, the last that was touched first", async (context) => {
      const [one, other] = await open(context);
      for (const session of ["a", "b", "c", "d", "a"]) await one.list("acme", "me", session, ttlMs);
      const first = await other.page("acme", "me", undefined, 2);
      assert.deepEqual(first.sessions, ["a", "d"]);
      // What comes to the front meanwhile moves nothing.
      await one.list("acme", "me", "b", ttlMs);
      const second = await other.page("acme", "me", first.next, 2);
      assert.deepEqual([second.sessions, second.next], [["c"], undefined]);
      await one.unlist("acme", "me", "b");
      assert.deepEqual(await other.page("acme", "me", undefined, 3), { sessions: ["a", "d", "c"], next: undefined });
    });

    test("what one tenant or person keeps pushes out nothing of others, and has an end", async (context) => {
      const [store] = await open(context, { mostBytes: 200_000, mostTurns: 200, mostListed: 2_500 });
      const keep = async (tenant: string, person: string, session: string) => {
        const change = { ...put(["a", Buffer.alloc(1_000, session)]), person };
        assert.equal(await store.write({ tenant, session }, undefined, change, ttlMs), true);
        await store.list(tenant, person, session, ttlMs);
        await store.placeTurn(tenant, session, `7 ${session}`, ttlMs);
      };
      const mine = ["acme", "me", "mine"] as const;
      await keep(...mine);
      const floods: [tenant: string, personOf: (n: number) => string][] = [
        ["acme", () => "busy"],
        ["other", () => "busy"],
        ["many", (n) => `person ${n}`],
      ];
      // A hundred at a time: a store on a busy machine answers thousands at once too late.
      for (const [tenant, personOf] of floods)
        for (let from = 0; from < 1_200; from += 100)
          await Promise.all(
            Array.from({ length: 100 }, (_, n) => keep(tenant, personOf(from + n), `${tenant}-${from + n}`)),
          );
      assert.deepEqual(Object.keys(await all(store, { tenant: "acme", session: "mine" })), ["a"]);
      assert.deepEqual((await store.page("acme", "me", undefined, 9)).sessions, ["mine"]);
      const busy = await store.page("acme", "busy", undefined, 2_000);
      assert.ok(busy.sessions.length <= 1_000, `${busy.sessions.length}`);
      assert.equal(busy.sessions[0], "acme-1199");
      for (const tenant of ["acme", "other", "many"]) {
        assert.equal(await store.findTurn(tenant, `${tenant}-1199`), `7 ${tenant}-1199`, "the last of each is there");
        assert.deepEqual(Object.keys(await all(store, { tenant, session: `${tenant}-1199` })), ["a"]);
      }
    });

    test("an edge hears what is sent to it, and who sends it knows whether it was heard", async (context) => {
      const [one, other] = await open(context);
      const heard: string[] = [];
      assert.equal(await other.ring("edge", "1"), 0);
      const stop = await one.listen("edge", (message) => heard.push(message));
      assert.equal(await other.ring("edge", "2"), 1);
      assert.equal(await other.ring("another", "3"), 0);
      await until("it was heard", () => heard.length > 0);
      stop();
      for (let listening = 1; listening > 0; ) listening = await other.ring("edge", "4");
      assert.equal(heard[0], "2");
    });
  });

test("a memory forgets the oldest sessions when they take more than they may", async () => {
  const store = createMemoryStore({ mostBytes: 4_000 });
  const of = (session: string) => ({ tenant: "acme", session });
  for (const session of ["a", "b", "c"])
    await store.write(of(session), undefined, put(["m", Buffer.alloc(900)]), ttlMs);
  assert.equal((await store.read(of("a"), [])).version, undefined);
  const { version } = await store.read(of("b"), []);
  await store.write(of("b"), version, put(["n", "touched"]), ttlMs);
  await store.write(of("d"), undefined, put(["m", Buffer.alloc(900)]), ttlMs);
  assert.deepEqual(Object.keys(await all(store, of("b"))), ["m", "n"]);
  assert.deepEqual(await all(store, of("c")), {});
});
