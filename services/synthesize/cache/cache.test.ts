import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import { createSegmentCache, openSegmentCache } from "./cache.ts";
import { utteranceKey } from "./key.ts";
import { createMemoryTier, type MemoryTier } from "./memory.ts";
import type { SharedTier } from "./redis.ts";

const samples = (count: number, value = 1) => new Int16Array(count).fill(value);

describe("key of an utterance", () => {
  const one = { spoken: "你好。", voice: "emma", revision: "r", sampleRateHertz: 44_100, tenant: "acme" };
  for (const [what, other] of [
    ["other words", { spoken: "您好。" }],
    ["another voice", { voice: "otto" }],
    ["another revision", { revision: "s" }],
    ["another rate", { sampleRateHertz: 24_000 }],
    ["another tenant", { tenant: "" }],
    ["a border that has moved", { voice: "emma你", spoken: "好。" }],
  ] as const)
    it(`differs for ${what}`, () => assert.notEqual(utteranceKey({ ...one, ...other }), utteranceKey(one)));

  it("is the same for the same", () => assert.equal(utteranceKey({ ...one }), utteranceKey(one)));
});

describe("memory", () => {
  const kept = (memory: MemoryTier, keys: string) => [...keys].filter((key) => memory.has(key)).join("");

  it("holds no more than it may, and drops what was used longest ago", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "abcdefgh") memory.set(key, samples(1_000));
    assert.equal(kept(memory, "abcdefgh"), "efgh");
    assert.ok(memory.size.bytes <= 10_000);
  });

  it("does not let what is made once push out what is heard again and again", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "ab") memory.set(key, samples(1_000));
    for (const key of "ab") assert.ok(memory.get(key));
    for (const key of "cdefghijkl") memory.set(key, samples(1_000));
    assert.equal(kept(memory, "abcdefghijkl"), "abijkl");
  });

  it("drops of what is heard again what was longest not, once there is too much of it", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "abcdef") {
      memory.set(key, samples(1_000));
      memory.get(key);
    }
    assert.equal(kept(memory, "abcdef"), "cdef");
  });

  it("takes an eighth of itself at most, of which an entry costs 400 bytes beside its samples", () => {
    const memory = createMemoryTier(20_000);
    memory.set("a", samples(1_050));
    memory.set("b", samples(1_051));
    assert.deepEqual([kept(memory, "ab"), memory.size], ["a", { entries: 1, bytes: 2_500 }]);
    for (const size of [0, 1, 7]) createMemoryTier(size).set("a", samples(1));
  });

  it("counts what is heard again beside what is not, each once", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "abc") memory.set(key, samples(100));
    assert.equal(memory.get("a")?.length, 100);
    assert.equal(memory.get("d"), undefined);
    assert.deepEqual(memory.size, { entries: 3, bytes: 1_800 });
    memory.set("a", samples(200));
    assert.deepEqual([memory.get("a")?.length, memory.size], [200, { entries: 3, bytes: 2_000 }]);
  });

  it("takes nothing that would empty it", () => {
    const memory = createMemoryTier(20_000);
    memory.set("small", samples(500));
    memory.set("large", samples(2_000));
    assert.deepEqual([memory.get("large"), memory.get("small")?.length], [undefined, 500]);
  });
});

describe("cache", () => {
  /** A shared tier that answers when it is told to. */
  function slowTier() {
    const asked: string[] = [];
    const saved: string[] = [];
    let answer = (_: Int16Array | undefined) => {};
    const tier: SharedTier = {
      ready: () => true,
      load: (key) => {
        asked.push(key);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      save: async (key) => void saved.push(key),
    };
    return { tier, asked, saved, answer: (found: Int16Array | undefined) => answer(found) };
  }

  it("finds what is in memory without asking anybody", async () => {
    const { tier, asked } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    cache.keep("k", [samples(2), samples(3)]);
    assert.deepEqual([...(await cache.fetch(["k"]))], [["k", "memory"]]);
    assert.deepEqual([cache.get("k")?.length, asked], [5, []]);
  });

  it("brings what is shared to memory", async () => {
    const { tier, answer } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    const fetched = cache.fetch(["k"]);
    answer(samples(4));
    assert.deepEqual([...(await fetched)], [["k", "shared"]]);
    assert.equal(cache.get("k")?.length, 4);
  });

  it("holds a clause up for two milliseconds at most; what comes later serves the next", async () => {
    const { tier, asked, answer } = slowTier();
    const clock = createVirtualClock();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock });
    const fetched = cache.fetch(["k"]);
    await clock.advance(2);
    assert.deepEqual([...(await fetched)], []);
    const again = cache.fetch(["k"]);
    answer(samples(4));
    assert.deepEqual([[...(await again)], asked], [[["k", "shared"]], ["k"]], "asked once");
  });

  it("shares what is kept, and keeps no silence of no length", () => {
    const { tier, saved } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    cache.keep("k", [samples(1)]);
    cache.keep("empty", []);
    assert.deepEqual(saved, ["k"]);
  });

  it("asks for what is missing alone, and finds the rest", async () => {
    const { tier, asked, answer } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    cache.keep("k", [samples(1)]);
    const fetched = cache.fetch(["k", "l"]);
    answer(undefined);
    assert.deepEqual([[...(await fetched)], asked, cache.has("l")], [[["k", "memory"]], ["l"], false]);
    const again = cache.fetch(["l"]);
    answer(samples(2));
    assert.deepEqual([[...(await again)], asked], [[["l", "shared"]], ["l", "l"]], "what is not there may come");
    const alone = createSegmentCache({ memory: createMemoryTier(10_000), clock: createVirtualClock() });
    assert.deepEqual([...(await alone.fetch(["k"]))], []);
  });

  it("leaves no timer behind, and waits as long as it is told to", async () => {
    const { tier, answer } = slowTier();
    const clock = createVirtualClock();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock, patienceMs: 50 });
    const fetched = cache.fetch(["k"]);
    await clock.advance(49);
    answer(samples(1));
    assert.deepEqual([...(await fetched)], [["k", "shared"]]);
    assert.equal(clock.pending, 0);
  });

  it("loads 64 at once and saves 16, and takes the next once one has ended", async () => {
    const loads: (() => void)[] = [];
    const saves: (() => void)[] = [];
    const tier: SharedTier = {
      ready: () => true,
      load: () => new Promise((resolve) => loads.push(() => resolve(undefined))),
      save: () => new Promise((resolve) => saves.push(resolve)),
    };
    const clock = createVirtualClock();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000_000), shared: tier, clock });
    const fetched = cache.fetch(Array.from({ length: 70 }, (_, n) => `k${n}`));
    await clock.advance(2);
    await fetched;
    assert.equal(loads.length, 64);
    loads[0]?.();
    await clock.advance(0);
    void cache.fetch(["l", "m"]);
    await clock.advance(2);
    assert.equal(loads.length, 65);

    for (let n = 0; n < 20; n++) cache.keep(`s${n}`, [samples(1)]);
    assert.equal(saves.length, 16);
    assert.ok(cache.has("s19"), "it is in memory all the same");
    saves[0]?.();
    await clock.advance(0);
    for (let n = 0; n < 2; n++) cache.keep(`t${n}`, [samples(1)]);
    assert.equal(saves.length, 17);
  });

  it("reports what it holds, and how often it was asked and had an answer", async () => {
    const metrics = createMetrics({ runtime: false });
    const { tier } = slowTier();
    const clock = createVirtualClock();
    assert.equal(openSegmentCache(0, { metrics, clock }), undefined);
    const cache = openSegmentCache(10_000, { metrics, clock, shared: tier });
    assert.ok(cache !== undefined);
    cache.keep("k", [samples(50)]);
    for (const found of ["memory", undefined, "shared"] as const) cache.looked(found);
    assert.deepEqual(cache.report(), { bytes: 500, maxBytes: 10_000, lookups: 3, hits: 2, sharedReady: true });
    assert.match(await metrics.registry.metrics(), /^duet_synthesize_cache_bytes 500$/m);
    const bare = createSegmentCache({ memory: createMemoryTier(10_000), clock });
    assert.deepEqual(bare.report(), { bytes: 0, maxBytes: 0, lookups: 0, hits: 0, sharedReady: undefined });
  });
});
