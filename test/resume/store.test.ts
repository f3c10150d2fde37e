import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "vitest";
import type { LogStore, TurnKey } from "../../edge/resume/store/store.ts";
import { until } from "../support/until.ts";
import { eventually } from "./eventually.ts";
import { stores } from "./stores.ts";

const times = { leaseMs: 60_000, keepMs: 60_000 };
const brief = { leaseMs: 1, keepMs: 60_000 };
const newKey = (): TurnKey => ({ tenant: "acme", turn: randomUUID() });
const entry = (sequence: number, ends = false) => ({ sequence, bytes: Buffer.from([0, sequence, 255, 10]), ends });
const sequencesOf = async (store: LogStore, key: TurnKey, after = 0) =>
  (await store.read(key, after, 99))?.entries.map(({ sequence }) => sequence);
/** Resolves once the lease of a log has run out. */
const unowned = (store: LogStore, key: TurnKey) =>
  eventually("its owner is gone", async () => (await store.read(key, 0, 1))?.owned === false);

for (const [kind, open] of Object.entries(stores))
  describe(`logs kept in ${kind}`, () => {
    test("entries are read as they were written, behind any of them, so many at most", async (context) => {
      const [one, other] = await open(context);
      const key = newKey();
      assert.equal(one.kind, kind);
      assert.equal(await other.read(key, 0, 9), undefined);
      assert.equal(await one.open(key, "a", times), true);
      assert.deepEqual(await other.read(key, 0, 9), { state: "open", last: 0, owned: true, entries: [] });
      for (const sequence of [1, 2, 3]) assert.equal(await one.append(key, "a", entry(sequence), times), "kept");
      assert.equal(await one.append(key, "a", entry(4, true), times), "kept");
      const page = await other.read(key, 1, 2);
      assert.deepEqual([page?.state, page?.last, page?.owned], ["ended", 4, false]);
      assert.deepEqual(
        page?.entries.map(({ sequence, bytes }) => [sequence, [...bytes]]),
        [2, 3].map((sequence) => [sequence, [...entry(sequence).bytes]]),
      );
      assert.deepEqual(await sequencesOf(other, key, 4), []);
    });

    test("what is repeated changes nothing twice, and a gap is never written over", async (context) => {
      const [store] = await open(context);
      const key = newKey();
      assert.equal(await store.append(key, "a", entry(1), times), "gap");
      for (let twice = 0; twice < 2; twice++) assert.equal(await store.open(key, "a", times), true);
      for (const sequence of [1, 1, 2, 1, 2])
        assert.equal(await store.append(key, "a", entry(sequence), times), "kept");
      assert.equal(await store.append(key, "a", entry(4), times), "gap");
      for (let twice = 0; twice < 2; twice++) assert.equal(await store.append(key, "a", entry(3, true), times), "kept");
      assert.deepEqual(await sequencesOf(store, key), [1, 2, 3]);
    });

    test("whoever listens to a log hears of each change of it, and of no other's, until it listens no more", async (context) => {
      const [one, other] = await open(context);
      const [key, ended, removed] = [newKey(), newKey(), newKey()];
      const rung = new Map<string, number>();
      const listenTo = (of: TurnKey) => other.listen(of, () => void rung.set(of.turn, (rung.get(of.turn) ?? 0) + 1));
      const ends = await Promise.all([key, ended, removed].map(listenTo));
      const hears = async (of: TurnKey, what: string, change: () => Promise<unknown>) => {
        const before = rung.get(of.turn) ?? 0;
        await change();
        await until(what, () => (rung.get(of.turn) ?? 0) > before);
      };
      for (const each of [key, removed]) await one.open(each, "a", times);
      await one.open(ended, "a", brief);
      await hears(key, "an entry", () => one.append(key, "a", entry(1), times));
      await hears(key, "its abandonment", () => one.abandon(key, "a"));
      await hears(removed, "its removal", () => one.remove(removed, "a"));
      await unowned(one, ended);
      await hears(ended, "its end by another", () => one.endFor(ended, entry(1, true), 60_000));
      assert.ok(Number(rung.get(key.turn)) >= 2 && rung.get(removed.turn) === 1);
      for (const end of ends) end();
      const before = [...rung.values()];
      await one.remove(key, "a");
      await one.tell("a message behind it");
      assert.deepEqual([...rung.values()], before);
    });

    test("whoever does not own a log changes nothing of it", async (context) => {
      const [one, other] = await open(context);
      const key = newKey();
      await one.open(key, "a", times);
      await one.append(key, "a", entry(1), times);
      assert.equal(await other.open(key, "b", times), false);
      assert.equal(await other.append(key, "b", entry(2), times), "fenced");
      assert.equal(await other.renew(key, "b", times), "fenced");
      assert.equal(await other.abandon(key, "b"), false);
      await other.remove(key, "b");
      assert.equal(await other.endFor(key, entry(2, true), 60_000), false);
      assert.deepEqual([await sequencesOf(one, key), (await one.read(key, 0, 1))?.state], [[1], "open"]);
    });

    test("an owner who was away for longer than its lease is fenced once the end was written for it, and not before", async (context) => {
      const [one, other] = await open(context);
      const [paused, late] = [newKey(), newKey()];
      for (const key of [paused, late]) {
        await one.open(key, "a", times);
        await one.append(key, "a", entry(1), brief);
        await unowned(other, key);
      }
      assert.equal(await one.append(late, "a", entry(2), times), "kept");
      assert.equal(await other.endFor(late, entry(3, true), 60_000), false);
      assert.equal(await other.endFor(paused, entry(3, true), 60_000), false);
      const ends = await Promise.all([one, other].map((store) => store.endFor(paused, entry(2, true), 60_000)));
      assert.deepEqual(ends.toSorted(), [false, true]);
      assert.equal(await one.append(paused, "a", entry(2), times), "fenced");
      assert.equal(await one.renew(paused, "a", times), "fenced");
      assert.equal(await one.abandon(paused, "a"), false);
      const { state, entries } = (await other.read(paused, 0, 9)) ?? {};
      assert.deepEqual([state, entries?.length], ["ended", 2]);
    });

    test("a log that its turn goes on without says so, and one that was removed is gone", async (context) => {
      const [one, other] = await open(context);
      const key = newKey();
      await one.open(key, "a", times);
      await one.append(key, "a", entry(1), times);
      assert.equal(await one.abandon(key, "a"), true);
      assert.equal((await other.read(key, 0, 9))?.state, "incomplete");
      assert.equal(await one.append(key, "a", entry(2), times), "fenced");
      await one.remove(key, "a");
      assert.equal(await other.read(key, 0, 9), undefined);
      assert.equal(await one.append(key, "a", entry(2), times), "gap");
    });

    test("its owner learns how long nobody has read it", async (context) => {
      const [one, other] = await open(context);
      const key = newKey();
      await one.open(key, "a", times);
      await eventually("some time has passed", async () => ((await one.renew(key, "a", times)) as number) > 20);
      await other.read(key, 0, 1);
      assert.ok(((await one.renew(key, "a", times)) as number) < 20);
    });

    test("a change rings, and what nobody comes back to is gone", async (context) => {
      const [one, other] = await open(context);
      const key = newKey();
      let rings = 0;
      const stop = await other.listen(key, () => rings++);
      await one.open(key, "a", times);
      await one.append(key, "a", entry(1), times);
      await until("it rings", () => rings === 1);
      stop();
      await one.append(key, "a", entry(2, true), { ...times, keepMs: 20 });
      await eventually("it is gone", async () => (await other.read(key, 0, 1)) === undefined);
      assert.equal(rings, 1);
    });

    test("tenants do not meet", async (context) => {
      const [store] = await open(context);
      const key = newKey();
      const other = { ...key, tenant: "other" };
      await store.open(key, "a", times);
      assert.equal(await store.read(other, 0, 1), undefined);
      assert.equal(await store.append(other, "a", entry(1), times), "gap");
      assert.equal(await store.claim("acme", "r", "1", 60_000), undefined);
      assert.equal(await store.claim("other", "r", "2", 60_000), undefined);
    });

    test("of many who claim a request one has it, until it lets go or the time is over", async (context) => {
      const [one, other] = await open(context);
      const claims = Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? one : other).claim("acme", "r", `${index}`, 60_000),
      );
      const told = await Promise.all(claims);
      const first = told.indexOf(undefined);
      assert.deepEqual(
        told.filter((value) => value !== undefined),
        Array(19).fill(`${first}`),
      );
      await other.release("acme", "r", "someone else's");
      assert.equal(await one.claim("acme", "r", "mine", 60_000), `${first}`);
      await other.release("acme", "r", `${first}`);
      assert.equal(await one.claim("acme", "r", "mine", 20), undefined);
      await eventually("it is free", async () => (await other.claim("acme", "r", "theirs", 60_000)) === undefined);
    });

    test("what edges are told they all hear", async (context) => {
      const [one, other] = await open(context);
      const heard: string[] = [];
      const stops = [
        await one.hear((message) => heard.push(message)),
        await other.hear((message) => heard.push(message)),
      ];
      await eventually("both hear", async () => (await one.tell("hello")) === 2);
      await until("it was heard", () => heard.length >= 2 && heard.every((message) => message === "hello"));
      for (const stop of stops) stop();
    });
  });
